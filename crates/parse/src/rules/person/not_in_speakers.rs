use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::fold;

use crate::rules::{Subject, printed};

rule! {
    /// Somebody is credited at a session and missing from the section of speakers.
    ///
    /// # Why it matters
    /// The section is incomplete, the name is spelt in another way there, or the credit was misread.
    ///
    /// # Example
    /// `On stage: Ada Brun, Mayor` at a session, and a section of speakers that goes from Amaral to Castro.
    ///
    /// # What to do
    /// See how the name stands in that section.
    "person/not-in-speakers", Advice
}

/// Where fewer of those credited have a card than one in this many, the section is of something else.
const MOST_HAVE_ONE: usize = 2;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(report) = subject.report().filter(|report| !report.cards.is_empty()) else { return };
    let cards: Vec<String> = report.cards.iter().map(|card| fold(&report.context.join(&card.name).text)).collect();
    let has_card = |name: &str| subject.notes.spellings(name).iter().any(|name| cards.contains(name));
    let credits: Vec<_> = subject.document.sessions.iter().flat_map(|session| &session.speakers).collect();
    let (with, without): (Vec<_>, Vec<_>) = credits.into_iter().partition(|credit| has_card(&credit.name));
    if without.len() > with.len() / MOST_HAVE_ONE {
        return;
    }
    for credit in without {
        let Some(place) = printed(&credit.evidence, "name") else { continue };
        findings.push(Finding::new(&RULE, format!("{} is not in the section of speakers", credit.name)).at(
            &place.source,
            place.span(),
            "credited here",
        ));
    }
}
