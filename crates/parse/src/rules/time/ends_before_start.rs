use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, printed};

rule! {
    /// A slot or a session ends before it starts.
    ///
    /// # Why it matters
    /// One of the times is wrong; the document has both as they are printed.
    ///
    /// # Example
    /// ```text
    /// 14:30 – 13:15  Who keeps the light?
    /// ```
    ///
    /// # What to do
    /// See which of them is right.
    "time/ends-before-start", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let document = subject.document;
    let slots = document.agenda.iter().map(|slot| (&slot.start, &slot.end, &slot.title, &slot.evidence));
    let sessions =
        document.sessions.iter().map(|session| (&session.start, &session.end, &session.title, &session.evidence));
    let mut told = Vec::new();
    for (start, end, title, evidence) in slots.chain(sessions) {
        // times of one form sort as text
        let (Some(start), Some(end), Some(place)) = (start, end, printed(evidence, "end")) else { continue };
        if end >= start || told.contains(&place.span()) {
            continue;
        }
        told.push(place.span());
        findings.push(Finding::new(&RULE, format!("“{title}” starts at {start} and ends at {end}")).at(
            &place.source,
            place.span(),
            "ends before it starts",
        ));
    }
}
