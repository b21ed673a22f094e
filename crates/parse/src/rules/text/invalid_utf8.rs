use rapporteur_diagnostics::{Finding, rule};

use crate::rules::Subject;

rule! {
    /// Bytes are not UTF-8.
    ///
    /// # Why it matters
    /// Each such byte stands as U+FFFD in the document: letters are lost, often those of a name.
    ///
    /// # Example
    /// A text in Latin-1, in which `é` is the byte `E9`:
    ///
    /// ```text
    /// Ren\xE9e Dubois, Director
    /// ```
    ///
    /// # What to do
    /// Extract the text again as UTF-8, or convert it: `iconv -f LATIN1 -t UTF-8 report.txt`.
    "text/invalid-utf8", Error
}

/// Bytes of one place that are shown.
const SHOWN: usize = 8;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let source = report.context.source;
        for span in source.invalid() {
            let bytes = &source.bytes()[span.range()];
            let mut shown: Vec<String> = bytes.iter().take(SHOWN).map(|byte| format!("{byte:02X}")).collect();
            if bytes.len() > SHOWN {
                shown.push("…".to_owned());
            }
            let noun = if bytes.len() == 1 { "byte" } else { "bytes" };
            let verb = if bytes.len() == 1 { "is" } else { "are" };
            findings.push(
                Finding::new(&RULE, format!("{noun} {} at offset {} {verb} not UTF-8", shown.join(" "), span.start))
                    .at(source.id(), *span, "read as U+FFFD")
                    .help("extract the text again as UTF-8, or convert it with iconv"),
            );
        }
    }
}
