//! A text that is another than the one that a document was read from.

use rapporteur_diagnostics::count;
use rapporteur_source::Span;

use crate::fault::{Edit, Fault};
use crate::rules::source_changed;
use crate::subject::Subject;
use crate::text::Text;
use crate::tree::Node;

/// What becomes of a source whose text is another than it was.
pub(super) struct Changed {
    fault: Fault,
    /// How many values were looked for, and found again in another place or not at all.
    moved: usize,
    lost: usize,
    edits: Vec<Edit>,
}

impl Changed {
    /// What is said of a text that is not the one of which `node`, an entry of `sources`, tells.
    pub(super) fn new(subject: &Subject<'_>, node: Node<'_>, text: &Text) -> Option<Self> {
        let (source, digest) = (text.source(), text.source().sha256());
        let bytes = source.bytes().len();
        let sha256 = node.get("sha256").filter(|place| place.str().is_some_and(|known| known != digest));
        let length = node.get("bytes").filter(|place| place.count().is_some_and(|known| known != bytes));
        let place = sha256.or(length)?;
        let message = if sha256.is_some() { "the text has another digest" } else { "the text has another length" };
        let fault = subject.fault(&source_changed::RULE, place.span(), message);
        let mut edits = Vec::new();
        edits.extend(sha256.map(|place| Edit::value(place.whole(), digest)));
        edits.extend(length.map(|place| Edit::value(place.whole(), bytes)));
        let finding = fault.finding.at(
            source.id(),
            source.line_at(1).map_or(Span::default(), |line| line.span),
            "the text that was found",
        );
        Some(Self { fault: Fault { finding, edits: Vec::new() }, moved: 0, lost: 0, edits })
    }

    /// A value stands elsewhere, which these edits say.
    pub(super) fn moved(&mut self, edits: Vec<Edit>) {
        self.moved += 1;
        self.edits.extend(edits);
    }

    /// A value stands nowhere.
    pub(super) fn lost(&mut self) {
        self.lost += 1;
    }

    /// The one fault for all of it.
    pub(super) fn into_fault(self) -> Fault {
        let Self { mut fault, moved, lost, edits } = self;
        fault.finding.help = Some(match (moved, lost) {
            (0, 0) => "every value stands where it stood; `--fix` corrects what is said of the text".to_owned(),
            (_, 0) => format!("{} elsewhere in it; `--fix` corrects the evidence", stand(moved)),
            (0, _) => format!("{} nowhere in it", stand(lost)),
            _ => format!("{} elsewhere in it, which `--fix` corrects, and {} nowhere", stand(moved), stand(lost)),
        });
        fault.edits = edits;
        fault
    }
}

fn stand(values: usize) -> String {
    count(values, "value stands", "values stand")
}
