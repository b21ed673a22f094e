use rapporteur_diagnostics::{Finding, rule};

use crate::rules::Subject;

rule! {
    /// There is no such day.
    ///
    /// # Why it matters
    /// The line is not read as a date, and what it dates has none in the document.
    ///
    /// # Example
    /// ```text
    /// 31 June 2031
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report and correct the text that was extracted.
    "date/impossible", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    // a year with a 29 February, where neither the date nor the edition has one
    const LEAP: i16 = 2000;
    let edition = subject.document.edition.year.unwrap_or(LEAP);
    for (at, piece, printed) in subject.dates() {
        if printed.date(Some(edition)).is_some() {
            continue;
        }
        let text = &piece.text()[printed.range.clone()];
        findings.push(Finding::new(&RULE, format!("there is no such day as “{text}”")).at(
            subject.reports[*at].context.source.id(),
            piece.clean.source_span(printed.range.clone()),
            "",
        ));
    }
}
