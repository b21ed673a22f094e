use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::Span;

use crate::rules::{Subject, places::gathered};

rule! {
    /// The text holds U+FFFD, the sign for a letter that was lost.
    ///
    /// # Why it matters
    /// Somebody before us could not read a byte or a glyph; the letter is gone, often from a name.
    ///
    /// # Example
    /// ```text
    /// Ren�e Dubois, Director
    /// ```
    ///
    /// # What to do
    /// Extract the text again from the report, with another tool or encoding.
    "text/replacement-character", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let source = report.context.source;
        let signs = source.text().match_indices(char::REPLACEMENT_CHARACTER);
        let places: Vec<Span> = signs.map(|(at, sign)| Span::new(at, at + sign.len())).collect();
        findings.extend(gathered(
            &RULE,
            "U+FFFD, the sign for a lost letter,",
            source,
            &places,
            "extract the text again with another tool or encoding",
        ));
    }
}
