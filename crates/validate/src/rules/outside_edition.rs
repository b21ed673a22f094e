use rapporteur_diagnostics::rule;

use super::impossible_date::is_impossible;
use crate::fault::Fault;
use crate::subject::Subject;
use crate::tree::Node;

rule! {
    /// A session or a slot of the programme is on a day that is not one of the edition.
    ///
    /// # Why it matters
    /// One of the two dates is wrong, or the session belongs to another edition.
    ///
    /// # Example
    /// ```json
    /// {"edition": {"start_date": "2031-05-05", "end_date": "2031-05-06"}, "sessions": [{"date": "2031-06-05"}]}
    /// ```
    ///
    /// # What to do
    /// Look both up in the report.
    "document/outside-edition", Warning
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let Some(edition) = subject.root.get("edition") else { return };
    let bound = |name| edition.get(name).and_then(|node| Some((node, day(node)?)));
    let (Some((first, start)), Some((last, end))) = (bound("start_date"), bound("end_date")) else { return };
    if let Some(year) = edition.get("year").and_then(|year| Some((year, year.number()?))) {
        let of = |date: &str| date.get(..4).is_some_and(|date| date == year.1);
        if !of(start) && !of(end) {
            let fault =
                subject.fault(&RULE, year.0.span(), &format!("the year is {}, but the days are not in it", year.1));
            faults.push(Fault {
                finding: fault.finding.at(subject.file.id(), first.span(), "the first day"),
                edits: Vec::new(),
            });
        }
    }
    if start > end {
        return;
    }
    let days = ["agenda", "sessions"].into_iter().flat_map(|list| subject.root.list(list));
    let days: Vec<(Node<'_>, &str)> =
        days.filter_map(|slot| slot.get("date").and_then(|date| Some((date, day(date)?)))).collect();
    let before: Vec<_> = days.iter().filter(|(_, day)| *day < start).collect();
    let after: Vec<_> = days.iter().filter(|(_, day)| *day > end).collect();
    for (outside, bound, which, date) in [(before, first, "first", start), (after, last, "last", end)] {
        // where most days are outside, it is the edition that is wrong
        if outside.len() > 1 && 2 * outside.len() > days.len() {
            let message = format!(
                "the {which} day is {date}, but {} of {} sessions and slots are not",
                outside.len(),
                days.len()
            );
            let fault = subject.fault(&RULE, bound.span(), &message);
            faults.push(Fault {
                finding: fault.finding.at(subject.file.id(), outside[0].0.span(), "this one"),
                edits: Vec::new(),
            });
            continue;
        }
        for (node, day) in outside {
            let fault = subject.fault(&RULE, node.span(), &format!("{day} is not one of the days of the edition"));
            let finding = fault.finding.at(subject.file.id(), bound.span(), format!("its {which} day"));
            faults.push(Fault { finding, edits: Vec::new() });
        }
    }
}

/// A day, unless there is none such.
fn day<'t>(node: Node<'t>) -> Option<&'t str> {
    node.str().filter(|day| !is_impossible(day))
}
