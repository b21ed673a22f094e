use rapporteur_diagnostics::rule;

use crate::fault::Fault;
use crate::subject::Subject;

rule! {
    /// A text of a document is empty.
    ///
    /// # Why it matters
    /// What is absent is `null`, or not in its list; an empty text looks like a value.
    ///
    /// # Example
    /// ```json
    /// {"theme": ""}
    /// ```
    ///
    /// # What to do
    /// Write `null`, take the item out of its list, or fill in the text.
    "document/empty-string", Warning
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for node in &subject.texts {
        if node.str().is_some_and(|text| text.trim().is_empty()) {
            faults.push(subject.fault(&RULE, node.span(), "the text is empty"));
        }
    }
}
