use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, printed};

rule! {
    /// The same quote is printed twice.
    ///
    /// # Why it matters
    /// It is one quote in the document, where it is printed first.
    ///
    /// # Example
    /// A pull quote in the session and again on the back cover.
    ///
    /// # What to do
    /// Nothing, unless a page was extracted twice.
    "quote/doubled", Advice
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for doubled in &subject.notes.doubled {
        let Some(first) = subject.document.quotes.get(doubled.quote) else { continue };
        let Some(place) = printed(&first.evidence, "text") else { continue };
        findings.push(
            Finding::new(&RULE, "this quote is printed twice").at(&doubled.source, doubled.span, "again here").at(
                &place.source,
                place.span(),
                "first here",
            ),
        );
    }
}
