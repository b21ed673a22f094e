//! A text read as the corrections that a document lists have it.

use rapporteur_source::{Patched, Source, Span, fold};

use super::bears::bears;
use crate::entity::Class;
use crate::fault::Fault;
use crate::rules::correction_differs;
use crate::subject::Subject;
use crate::text::Text;
use crate::tree::Node;

/// A text with the corrections that a document lists.
pub(super) struct Corrected {
    patched: Patched,
    text: Text,
}

impl Corrected {
    /// The text with the corrections that the document lists for it; `None` where there are none, or they do not fit.
    pub(super) fn new(subject: &Subject<'_>, id: &str, source: &Source, faults: &mut Vec<Fault>) -> Option<Self> {
        let mut edits = Vec::new();
        for entry in subject.root.list("corrections").filter(|entry| entry.text("source") == Some(id)) {
            let (Some(start), Some(end)) = (entry.get("start"), entry.get("end")) else { continue };
            let (Some(first), Some(last)) = (start.count(), end.count()) else { continue };
            let span = source.clamp(first, last);
            let is_text = entry.text("form") == Some("text");
            let was = entry.get("was").and_then(Node::str);
            if (span.start, span.end) != (first, last) || is_text && was != Some(source.slice(span)) {
                let fault = subject.fault(&correction_differs::RULE, start.span(), "the text has something else here");
                let finding = fault.finding.at(source.id(), span, "what the text has");
                faults.push(Fault { finding, edits: Vec::new() });
            } else if let Some(text) = entry.text("text").filter(|_| is_text) {
                edits.push(rapporteur_source::Edit { span, text: text.to_owned() });
            }
        }
        let patched = if edits.is_empty() { None } else { Patched::new(source, edits) }?;
        let text = Source::new(source.id(), source.path(), patched.source().bytes().to_vec());
        Some(Self { patched, text: Text::new(text) })
    }

    /// Whether evidence bears a value where the text is read as corrected. Replaced text may be of several values: of it a
    /// value is a part.
    pub(super) fn bears(&self, class: Class, printed: &str, spellings: &[&str], given: &[Span]) -> bool {
        let spans: Vec<Span> = given.iter().map(|span| self.patched.forward(*span)).collect();
        let phrase = spans.first().map(|span| self.text.source().slice(*span)).unwrap_or_default();
        let folded = self.text.folded(&spans);
        let is_part = || match class {
            Class::Printed => folded.contains(&fold(printed)),
            Class::Person => spellings.iter().any(|spelling| folded.contains(&fold(spelling))),
            _ => false,
        };
        let is_cut = given.iter().any(|span| self.patched.cuts(*span));
        bears(class, printed, spellings, &folded, phrase) || is_cut && is_part()
    }
}
