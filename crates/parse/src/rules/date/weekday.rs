use rapporteur_diagnostics::{Finding, rule};

use crate::rules::Subject;

rule! {
    /// A weekday does not fit its date.
    ///
    /// # Why it matters
    /// One of the two is wrong. The document has the date as it is printed.
    ///
    /// # Example
    /// ```text
    /// Monday, 14 May 2031
    /// ```
    ///
    /// # What to do
    /// See which of the two is right.
    "date/weekday", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let edition = subject.document.edition.year;
    for (at, piece, printed) in subject.dates() {
        let (Some(date), Some(weekday)) = (printed.date(edition), printed.weekday) else { continue };
        let right = date.weekday().to_monday_one_offset();
        if right == weekday {
            continue;
        }
        let right = usize::try_from(right - 1).ok().and_then(|day| names.get(day)).unwrap_or(&"another day");
        let span = piece.clean.source_span(printed.range.clone());
        findings.push(
            Finding::new(&RULE, format!("{date} is a {right}"))
                .at(subject.reports[*at].context.source.id(), span, "another weekday is printed")
                .help("the document has the date as it is printed"),
        );
    }
}
