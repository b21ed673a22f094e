use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, printed};

rule! {
    /// The speaker of a quote is not printed at it, but follows from the rest.
    ///
    /// By the office alone, when only one person holds it; or because everybody else in the session has a quote of their
    /// own.
    ///
    /// # Why it matters
    /// The name in the document is a conclusion of the tool, not of the report.
    ///
    /// # Example
    /// ```text
    /// “A knot is a promise.”
    /// Mayor of Selvik
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report and see whether the conclusion holds.
    "quote/speaker-inferred", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for quote in subject.document.quotes.iter().filter(|quote| printed(&quote.evidence, "speaker").is_none()) {
        let inferred = quote.inferred.iter().find(|inferred| inferred.field == "speaker");
        let (Some(inferred), Some(text)) = (inferred, printed(&quote.evidence, "text")) else { continue };
        findings.push(Finding::new(&RULE, "the speaker of this quote is not printed, but follows from the rest").at(
            &text.source,
            text.span(),
            inferred.reason.clone(),
        ));
    }
}
