use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::Span;

use crate::rules::Subject;

rule! {
    /// The source holds no text.
    ///
    /// # Why it matters
    /// There is nothing to read, and no document is written.
    ///
    /// # Example
    /// A file of no bytes, or of blank lines and form feeds: what `pdftotext` makes of scanned pages.
    ///
    /// # What to do
    /// A PDF that holds only pictures of its pages needs character recognition first.
    "text/empty", Error
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.reports.iter().filter(|report| report.is_blank()) {
        findings.push(
            Finding::new(&RULE, "the source holds no text").at(report.context.source.id(), Span::new(0, 0), "").help(
                "a PDF that holds only pictures of its pages gives no text: it needs character recognition first",
            ),
        );
    }
}
