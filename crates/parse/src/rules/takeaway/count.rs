use rapporteur_diagnostics::{Finding, rule};

use crate::rules::Subject;

rule! {
    /// The heading of the takeaways promises another number of them than were read.
    ///
    /// # Why it matters
    /// One of them was lost, or two were taken for one.
    ///
    /// # Example
    /// ```text
    /// Five takeaways
    ///
    /// 1. Keep every rope dry
    /// 2. Tie before you sail
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report, and at what its lines were taken for: `rapporteur ledger`.
    "takeaway/count", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let Some(list) = &report.takeaways else { continue };
        let Some((promised, heading)) = &list.promised else { continue };
        let count = list.entries.len();
        if *promised != count {
            findings.push(
                Finding::new(&RULE, format!("the heading promises {promised} takeaways, and {count} were read")).at(
                    report.context.source.id(),
                    heading.span(),
                    "promised here",
                ),
            );
        }
    }
}
