use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::Span;

use crate::rules::Subject;

rule! {
    /// The text shows no edition: no conference with a year, no date.
    ///
    /// # Why it matters
    /// Every id in the document begins with that of the edition, and days printed without a year cannot be placed.
    ///
    /// # Example
    /// One session cut out of a report, without title page or running heads.
    ///
    /// # What to do
    /// See whether the title page is in the text: `rapporteur ledger` shows what was made of each line.
    "edition/not-found", Error
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(report) = subject.report().filter(|report| !report.is_blank()) else { return };
    if subject.document.edition.name.is_none() {
        findings.push(
            Finding::new(&RULE, "the text names no conference with its year")
                .at(report.context.source.id(), Span::new(0, 0), "")
                .help("is this the text of a conference report? `rapporteur ledger` shows what was made of each line"),
        );
    }
}
