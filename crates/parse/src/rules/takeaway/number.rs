use rapporteur_diagnostics::{Finding, rule};

use crate::rules::Subject;

rule! {
    /// A number in a list of takeaways is left out, doubled or out of order.
    ///
    /// # Why it matters
    /// A takeaway was lost, or two were taken for one.
    ///
    /// # Example
    /// ```text
    /// 1. Keep every rope dry
    /// 2. Tie before you sail
    /// 4. Name the knot
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report.
    "takeaway/number", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let mut before = 0;
        for entry in report.takeaways.iter().flat_map(|list| &list.entries) {
            let (Some(number), Some(title)) = (entry.number, entry.title.first()) else {
                // one whose number is not printed takes a place all the same
                before += 1;
                continue;
            };
            let message = match number {
                number if number == before => Some(format!("takeaway {number} stands twice")),
                number if number < before => Some(format!("takeaway {number} comes after takeaway {before}")),
                number if number > before + 1 => Some(format!("takeaway {} is missing before this one", before + 1)),
                _ => None,
            };
            if let Some(message) = message {
                findings.push(Finding::new(&RULE, message).at(
                    report.context.source.id(),
                    title.span(),
                    format!("number {number}"),
                ));
            }
            before = number.max(before);
        }
    }
}
