use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, printed};

rule! {
    /// A day of the programme or of a session lies outside the days of the edition.
    ///
    /// # Why it matters
    /// One of the dates is wrong, or the event began before or ended after the days that the title page names.
    ///
    /// # Example
    /// `3 and 4 May 2031` on the title page, and `Monday, 5 May` in the programme.
    ///
    /// # What to do
    /// See which of them is right.
    "date/outside-edition", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let document = subject.document;
    let edition = &document.edition;
    // dates of one form sort as text
    let (Some(first), Some(last)) = (&edition.start_date, edition.end_date.as_ref().or(edition.start_date.as_ref()))
    else {
        return;
    };
    let slots = document.agenda.iter().map(|slot| (&slot.date, &slot.evidence));
    let sessions = document.sessions.iter().map(|session| (&session.date, &session.evidence));
    let mut told = Vec::new();
    for (date, evidence) in slots.chain(sessions) {
        let (Some(date), Some(place)) = (date, printed(evidence, "date")) else { continue };
        if (first..=last).contains(&date) || told.contains(&place.span()) {
            continue;
        }
        told.push(place.span());
        let mut finding = Finding::new(&RULE, format!("{date} lies outside the edition, {first} to {last}")).at(
            &place.source,
            place.span(),
            "this day",
        );
        if let Some(days) = printed(&edition.evidence, "start_date") {
            finding = finding.at(&days.source, days.span(), "the days of the edition");
        }
        findings.push(finding);
    }
}
