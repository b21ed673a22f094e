use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, printed};

rule! {
    /// Nobody is named as the speaker of a quote, and it could not be inferred whose it is.
    ///
    /// # Why it matters
    /// A quote without its speaker can hardly be used.
    ///
    /// # Example
    /// ```text
    /// “A knot is a promise.”
    ///
    /// The panel went on to …
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report: the name may stand on a picture, or was lost by the extractor.
    "quote/no-speaker", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for quote in subject.document.quotes.iter().filter(|quote| quote.speaker.is_none()) {
        let Some(text) = printed(&quote.evidence, "text") else { continue };
        findings.push(
            Finding::new(&RULE, "nobody is named as the speaker of this quote")
                .at(&text.source, text.span(), "whose words are these?")
                .help("the document has it with no speaker"),
        );
    }
}
