//! The file that corrections are kept in.

mod reader;

use rapporteur_diagnostics::Finding;
use rapporteur_model::CorrectionForm;
use rapporteur_source::{Source, Span, sha256};
use rustc_hash::FxHashSet;
use serde_json::Value;

use self::reader::Reader;
use crate::ReadAs;
use crate::rules::no_source;

/// A file of corrections: what it says, and what is wrong with it.
#[derive(Debug)]
pub struct Corrections {
    pub(crate) file: Source,
    header: Header,
    /// The id of the source that the file is for.
    source: Option<String>,
    /// Whether that source is another than the one that the corrections were made for.
    pub(crate) changed: bool,
    entries: Vec<Entry>,
    findings: Vec<Finding>,
}

/// What a file says of the source that it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Its path, as seen from the file.
    pub path: Option<String>,
    /// SHA-256 of the bytes that the corrections were made for, in hexadecimal.
    pub sha256: Option<String>,
}

/// One correction of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its form and a short hash of what it says; unique in its file.
    pub id: String,
    /// What it says.
    pub what: What,
    /// Why it was made.
    pub reason: String,
    /// Who made it.
    pub by: Option<String>,
    /// When, as `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Where it stands in the file: its phrase, or its entity.
    pub place: Span,
}

/// What a correction says.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Other text is to be read in the place of a phrase.
    Text {
        /// What stands before the phrase; may be empty.
        before: String,
        /// The phrase.
        find: String,
        /// What stands after the phrase; may be empty.
        after: String,
        /// What it should be. A line break in it is one in the text.
        replace: String,
    },
    /// A passage is to be read as something.
    Region {
        /// The phrase that begins the passage.
        at: String,
        /// The phrase that ends it; without it, the passage ends with its paragraph.
        until: Option<String>,
        /// What it is to be read as.
        label: ReadAs,
    },
    /// A value of the document is to be another.
    Value {
        /// The id of an entity, or the way to one in a list of another: `hd2031-ropes/speakers/ada-brun`.
        entity: String,
        /// The field of the entity: `title`, `summary/0`.
        field: String,
        /// What was read when the correction was made; `null` where nothing was.
        was: Value,
        /// What it should be; `null` where there should be nothing.
        value: Value,
    },
}

impl What {
    /// Which form of correction it is.
    #[must_use]
    pub fn form(&self) -> CorrectionForm {
        match self {
            Self::Text { .. } => CorrectionForm::Text,
            Self::Region { .. } => CorrectionForm::Region,
            Self::Value { .. } => CorrectionForm::Value,
        }
    }

    /// Whether it is of this value of this entity, called so.
    #[must_use]
    pub fn is_of(&self, of: &str, name: &str) -> bool {
        matches!(self, Self::Value { entity, field, .. } if entity == of && field == name)
    }

    /// Whether both are of one value of an entity, called so in both.
    #[must_use]
    pub fn is_of_the_same_value(&self, other: &Self) -> bool {
        matches!(other, Self::Value { entity, field, .. } if self.is_of(entity, field))
    }

    /// The id of a correction that says this: it moves only when what it says changes.
    #[must_use]
    pub fn id(&self) -> String {
        /// Digits of the hash in an id.
        const DIGITS: usize = 8;
        let said = match self {
            Self::Text { before, find, after, replace } => {
                [before, find, after, replace].map(String::as_str).join("\n")
            }
            Self::Region { at, until, label } => [at, until.as_deref().unwrap_or_default(), label.as_str()].join("\n"),
            Self::Value { entity, field, was, value } => format!("{entity}\n{field}\n{was}\n{value}"),
        };
        format!("{}-{}", self.form().as_str(), &sha256(said.as_bytes())[..DIGITS])
    }
}

impl Corrections {
    /// Reads a file, which is for one of `sources`: for the one with the number `beside`, which it was found beside, or for
    /// the one that it names by digest or by path, or for the only one.
    ///
    /// What is wrong in the file becomes findings, and the rest of it holds.
    #[must_use]
    pub fn parse(file: Source, sources: &[Source], beside: Option<usize>) -> Self {
        let Reader { header, mut entries, mut findings, .. } = Reader::read(&file);
        // as they stand in the file
        entries.sort_by_key(|entry| entry.place);
        let mut taken = FxHashSet::default();
        for entry in &mut entries {
            let id = std::mem::take(&mut entry.id);
            let more = (2..).map(|number| format!("{id}-{number}"));
            entry.id = std::iter::once(id.clone()).chain(more).find(|id| taken.insert(id.clone())).unwrap_or(id);
        }
        let source = beside.or_else(|| header.of(sources)).and_then(|index| sources.get(index));
        if source.is_none() && !entries.is_empty() {
            let named = header.path.as_deref().map_or_else(String::new, |path| format!(", but for {path}"));
            let message = format!("this file is for none of the sources that were read{named}");
            let finding = Finding::new(&no_source::RULE, message).at(file.id(), entries[0].place, "");
            findings.push(finding.help("`path` under `[source]` names the source that its corrections are for"));
        }
        let changed =
            source.is_some_and(|source| header.sha256.as_ref().is_some_and(|known| *known != source.sha256()));
        let source = source.map(|source| source.id().to_owned());
        Self { file, header, source, changed, entries, findings }
    }

    /// The same file with another text.
    #[must_use]
    pub fn with_text(&self, text: String, sources: &[Source]) -> Self {
        let beside = sources.iter().position(|source| Some(source.id()) == self.source());
        Self::parse(Source::new(self.file.id(), self.file.path(), text.into_bytes()), sources, beside)
    }

    /// The file itself, as one more source.
    #[must_use]
    pub fn into_file(self) -> Source {
        self.file
    }

    /// The file itself, for findings that are in it.
    #[must_use]
    pub fn file(&self) -> &Source {
        &self.file
    }

    /// What the file says of its source.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The id of the source that the corrections are for; `None` where it is none of those that were read.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The corrections, in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What is wrong with the file itself.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl Header {
    /// The number of the source that it is of.
    fn of(&self, sources: &[Source]) -> Option<usize> {
        let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let digest = sources.iter().position(|source| self.sha256.as_deref() == Some(source.sha256()));
        let path = || {
            let wanted = name(self.path.as_deref()?);
            sources.iter().position(|source| name(source.path()) == wanted)
        };
        let only = (sources.len() == 1 && self.path.is_none()).then_some(0);
        digest.or_else(path).or(only)
    }
}
