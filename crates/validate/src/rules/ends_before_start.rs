use rapporteur_diagnostics::rule;

use super::impossible_date::is_impossible;
use crate::fault::Fault;
use crate::subject::Subject;

rule! {
    /// The edition, a session or a slot ends before it starts.
    ///
    /// # Why it matters
    /// The two were swapped, or one of them is wrong.
    ///
    /// # Example
    /// ```json
    /// {"start": "14:00", "end": "12:30"}
    /// ```
    ///
    /// # What to do
    /// Look both up in the report.
    "document/ends-before-start", Warning
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let slots = ["agenda", "sessions"].into_iter().flat_map(|list| subject.root.list(list));
    let slots = slots.map(|slot| (slot, "start", "end"));
    for (node, start, end) in
        subject.root.get("edition").map(|node| (node, "start_date", "end_date")).into_iter().chain(slots)
    {
        let (Some(first), Some(last)) = (node.get(start), node.get(end)) else { continue };
        let (Some(start), Some(end)) = (first.str(), last.str()) else { continue };
        if end < start && ![start, end].into_iter().any(is_impossible) {
            let fault = subject.fault(&RULE, last.span(), &format!("it ends {end}, before it starts {start}"));
            faults.push(Fault {
                finding: fault.finding.at(subject.file.id(), first.span(), "it starts here"),
                edits: Vec::new(),
            });
        }
    }
}
