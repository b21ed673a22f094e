use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, printed};

rule! {
    /// A session stands in another place than the programme has it.
    ///
    /// # Why it matters
    /// The report may be ordered by theme; or a page was extracted too early or too late.
    ///
    /// # Example
    /// The closing session before the panel that the programme has before it.
    ///
    /// # What to do
    /// Nothing, if the report is in that order. The document keeps it; the agenda is in the order of times.
    "structure/out-of-order", Advice
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let sessions = &subject.document.sessions;
    let times: Vec<_> = sessions
        .iter()
        .map(|session| session.date.as_ref().zip(session.start.as_ref()))
        .enumerate()
        .filter_map(|(at, time)| Some((at, time?)))
        .collect();
    for at in misplaced(&times) {
        let session = &sessions[at];
        let Some(title) = printed(&session.evidence, "title") else { continue };
        let mut finding = Finding::new(
            &RULE,
            format!("“{}” stands in another place than in the programme", session.title),
        )
        .at(&title.source, title.span(), "the session");
        let slot = subject.document.agenda.iter().find(|slot| slot.session.as_ref() == Some(&session.id));
        if let Some(slot) = slot.and_then(|slot| printed(&slot.evidence, "title")) {
            finding = finding.at(&slot.source, slot.span(), "its place in the programme");
        }
        findings.push(finding);
    }
}

/// Those that have to be taken out so that the others stand in order: all but a longest run in order.
fn misplaced<T: PartialOrd>(times: &[(usize, T)]) -> Vec<usize> {
    let mut longest: Vec<(usize, Option<usize>)> = Vec::with_capacity(times.len());
    for (at, (_, time)) in times.iter().enumerate() {
        let before = (0..at).filter(|&before| times[before].1 <= *time).max_by_key(|&before| longest[before].0);
        longest.push((before.map_or(1, |before| longest[before].0 + 1), before));
    }
    let mut ordered = vec![false; times.len()];
    let mut at = (0..times.len()).max_by_key(|&at| longest[at].0);
    while let Some(here) = at {
        ordered[here] = true;
        at = longest[here].1;
    }
    (0..times.len()).filter(|&at| !ordered[at]).map(|at| times[at].0).collect()
}

#[cfg(test)]
mod tests {
    use super::misplaced;

    #[test]
    fn the_fewest_are_out_of_order() {
        for (times, expected) in
            [(&[1, 2, 3][..], &[][..]), (&[1, 3, 2, 4], &[1]), (&[5, 1, 2, 3], &[0]), (&[1, 2, 3, 0], &[3]), (&[], &[])]
        {
            let times: Vec<(usize, i32)> = times.iter().copied().enumerate().collect();
            assert_eq!(misplaced(&times), expected, "{times:?}");
        }
    }
}
