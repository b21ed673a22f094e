use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::Span;

use crate::rules::Subject;

rule! {
    /// A line is so long that it is no line of a report.
    ///
    /// # Why it matters
    /// A report is read line by line. What stands on such a line is kept as running text, and nothing in it is told
    /// apart.
    ///
    /// # Example
    /// A whole report whose line breaks were turned into spaces.
    ///
    /// # What to do
    /// Extract the text again with its line breaks.
    "text/long-line", Warning
}

/// A line longer than this is no line of a report, in bytes.
const LONG: usize = 100_000;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let source = report.context.source;
        for line in source.lines().filter(|line| line.span.len() > LONG) {
            findings.push(
                Finding::new(&RULE, format!("line {} has {} bytes", line.number, line.span.len()))
                    .at(source.id(), Span::new(line.span.start, line.span.start), "the line starts here")
                    .help("extract the text again with line breaks: a report on one line cannot be told apart"),
            );
        }
    }
}
