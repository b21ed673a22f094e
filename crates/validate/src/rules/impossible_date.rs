use rapporteur_diagnostics::rule;

use crate::fault::Fault;
use crate::subject::Subject;

rule! {
    /// A date is not in the calendar.
    ///
    /// # Why it matters
    /// No program can sort by it or count from it.
    ///
    /// # Example
    /// ```json
    /// {"start_date": "2031-02-30"}
    /// ```
    ///
    /// # What to do
    /// Look the date up in the report.
    "document/impossible-date", Error
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for date in subject.dates() {
        let Some(text) = date.str() else { continue };
        if is_impossible(text) {
            faults.push(subject.fault(&RULE, date.span(), &format!("there is no day {text}")));
        }
    }
}

/// Whether a text has the form of a day that there is not. Other forms are the schema's; what else is wrong with such a day
/// follows from this.
pub(super) fn is_impossible(text: &str) -> bool {
    is_date(text) && text.parse::<jiff::civil::Date>().is_err()
}

fn is_date(text: &str) -> bool {
    let digits =
        |range: std::ops::Range<usize>| text.get(range).is_some_and(|part| part.bytes().all(|b| b.is_ascii_digit()));
    text.len() == 10 && digits(0..4) && digits(5..7) && digits(8..10)
}
