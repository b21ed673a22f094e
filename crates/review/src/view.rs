//! What the templates are filled with: plain text and numbers, nothing of HTML.

/// One source: its text in lines.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) blocks: Vec<Block>,
}

/// Some lines that a browser lays out together.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) lines: Vec<TextLine>,
}

/// A line of a text.
#[derive(Debug)]
pub(crate) struct TextLine {
    pub(crate) number: usize,
    pub(crate) id: String,
    pub(crate) class: String,
    /// The label of the ledger; empty for a blank line.
    pub(crate) label: String,
    /// The label in words, where a region begins.
    pub(crate) starts: Option<String>,
    pub(crate) segments: Vec<Segment>,
}

/// A part of a line in which the same marks are.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) text: String,
    /// Marks and their places, the shortest first: `17.0 3.1`; may be empty.
    pub(crate) marks: String,
    pub(crate) class: String,
}

/// One part of the document: all sessions, all quotes.
#[derive(Debug)]
pub(crate) struct Section {
    /// `sessions`; also the id of the part on the page.
    pub(crate) kind: &'static str,
    pub(crate) title: &'static str,
    pub(crate) entities: Vec<Entity>,
}

/// One thing of the document.
#[derive(Debug, Default)]
pub(crate) struct Entity {
    /// `session`, `quote`, `credit`.
    pub(crate) kind: &'static str,
    /// Its id on the page, which addresses end in: `quote-vmc2031-0a1b2c3d`.
    pub(crate) id: String,
    /// What a correction calls it; empty where it cannot be corrected so.
    pub(crate) entity: String,
    /// Short facts over the heading: the kind, the day, the time.
    pub(crate) kicker: Vec<Value>,
    pub(crate) heading: Option<Value>,
    /// Named facts in one row each.
    pub(crate) facts: Vec<Field>,
    /// Running text.
    pub(crate) texts: Vec<Field>,
    /// What it is made of.
    pub(crate) groups: Vec<Group>,
}

impl Entity {
    /// Whether its heading is a title, and not a passage of text.
    pub(crate) fn is_titled(&self) -> bool {
        matches!(
            self.kind,
            "edition" | "slot" | "session" | "speaker" | "takeaway" | "recommendation" | "article" | "correction"
        )
    }
}

/// Entities inside an entity.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) title: &'static str,
    pub(crate) entities: Vec<Entity>,
}

impl Group {
    /// Whether it is read before the text: who is on stage, who wrote it.
    pub(crate) fn is_before_text(&self) -> bool {
        self.entities.first().is_none_or(|entity| entity.kind != "version")
    }
}

/// A field with its values.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) title: &'static str,
    pub(crate) is_list: bool,
    pub(crate) values: Vec<Value>,
}

/// A value with the places that it was read from.
#[derive(Debug, Default)]
pub(crate) struct Value {
    /// Its id on the page: `quote-vmc2031-0a1b2c3d--text`.
    pub(crate) id: String,
    /// The field that it is of: `title`, `summary/0`.
    pub(crate) field: String,
    pub(crate) text: String,
    /// The address of what it names, where it is a reference.
    pub(crate) to: Option<String>,
    pub(crate) mark: Option<crate::marks::Mark>,
    /// Why it follows, where it is not printed.
    pub(crate) inferred: Option<String>,
    /// Why it is not as printed, where somebody corrected it.
    pub(crate) corrected: Option<Note>,
    /// Whether there is no value: its text only says so.
    pub(crate) absent: bool,
}

/// What is said of a value by something else on the page.
#[derive(Debug)]
pub(crate) struct Note {
    /// The address of that.
    pub(crate) to: String,
    pub(crate) reason: String,
}

impl Value {
    /// The name of its field in words.
    pub(crate) fn name(&self) -> String {
        self.field.replace('_', " ")
    }

    /// Whether it stands out.
    pub(crate) fn class(&self) -> &'static str {
        match (&self.corrected, &self.inferred) {
            (Some(_), _) => "corrected",
            (None, Some(_)) => "inferred",
            (None, None) if self.absent => "absent",
            (None, None) => "",
        }
    }
}

/// A finding.
#[derive(Debug)]
pub(crate) struct FindingView {
    /// Its id on the page: `finding-quote-no-speaker-1`.
    pub(crate) id: String,
    pub(crate) severity: &'static str,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) labels: Vec<LabelView>,
}

/// A place of a finding.
#[derive(Debug)]
pub(crate) struct LabelView {
    /// Where it is; for a text that is not on the page, its path.
    pub(crate) mark: Option<crate::marks::Mark>,
    pub(crate) text: String,
}

/// An entry of a filter: what is chosen, how it is called, how often there is such.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) title: String,
    pub(crate) count: usize,
}
