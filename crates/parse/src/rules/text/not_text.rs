use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::Span;

use crate::rules::Subject;

rule! {
    /// The source is a file of another kind, not the text of a report.
    ///
    /// A PDF file, a web page, text in UTF-16, a picture: its bytes say what it is, whatever it is called.
    ///
    /// # Why it matters
    /// Nothing can be read of it, and no document is written.
    ///
    /// # Example
    /// ```text
    /// %PDF-1.7
    /// ```
    ///
    /// # What to do
    /// Get the text out of it first. `rapporteur parse` does so itself for PDF files and web pages that it opens.
    "text/not-text", Error
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.reports {
        let source = report.context.source;
        let Some(kind) = source.not_text() else { continue };
        findings.push(
            Finding::new(&RULE, format!("this is {}, not the text of a report", kind.name()))
                .at(source.id(), Span::new(0, 0), "")
                .help(kind.way_out()),
        );
    }
}
