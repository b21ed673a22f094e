use std::collections::BTreeSet;

use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, printed};

rule! {
    /// The contents name somebody for a session, and no session has them in its credits.
    ///
    /// # Why it matters
    /// A credit was lost, or the person did not come. The document follows the credits.
    ///
    /// # Example
    /// ```text
    /// p. 12  Who keeps the light?  Ada Brun, Cem Dahl
    /// …
    /// Who keeps the light?
    /// On stage: Ada Brun, Mayor
    /// ```
    ///
    /// # What to do
    /// Look at the page of the session.
    "person/not-in-credits", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(report) = subject.report() else { return };
    let names = |name: &str| subject.notes.spellings(name);
    let credits =
        subject.document.sessions.iter().flat_map(|session| session.speakers.iter().chain(&session.moderators));
    let credited: BTreeSet<String> = credits.flat_map(|credit| names(&credit.name)).collect();
    for (session, draft) in subject.document.sessions.iter().zip(&report.sessions) {
        let Some(listed) = draft.known.map(|known| &report.outline.titles[known]) else { continue };
        let Some(title) = printed(&session.evidence, "title").filter(|_| !draft.credits.is_empty()) else { continue };
        for (_, name) in &listed.people {
            if names(&name.text).iter().any(|name| credited.contains(name)) {
                continue;
            }
            findings.push(
                Finding::new(&RULE, format!("{} is listed for “{}” and in no credits", name.text, session.title))
                    .at(report.context.source.id(), name.span(), "listed here")
                    .at(&title.source, title.span(), "the session"),
            );
        }
    }
}
