use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, printed};

rule! {
    /// A slot of the programme starts before the one before it ends.
    ///
    /// Slots that start at the same time are parallel, and not meant.
    ///
    /// # Why it matters
    /// One of the times is wrong, or what overlaps is in another room.
    ///
    /// # Example
    /// ```text
    /// 09:30 – 10:30  Opening remarks
    /// 10:00 – 11:00  Who keeps the light?
    /// ```
    ///
    /// # What to do
    /// See whether both are right.
    "time/overlap", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    // the agenda is in the order of times
    for pair in subject.document.agenda.windows(2) {
        let [before, slot] = pair else { continue };
        let (Some(end), Some(start)) = (&before.end, &slot.start) else { continue };
        let ordered = before.start.as_ref().is_some_and(|first| first < start && first < end);
        if before.date != slot.date || !ordered || start >= end {
            continue;
        }
        let (Some(here), Some(there)) = (printed(&slot.evidence, "start"), printed(&before.evidence, "end")) else {
            continue;
        };
        findings.push(
            Finding::new(&RULE, format!("“{}” starts at {start}, before “{}” ends", slot.title, before.title))
                .at(&here.source, here.span(), "starts here")
                .at(&there.source, there.span(), format!("ends at {end}")),
        );
    }
}
