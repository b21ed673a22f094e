use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, printed};

rule! {
    /// A credit has several parts, and which of them is the organisation cannot be told.
    ///
    /// # Why it matters
    /// All of it stands as the office in the document, and whoever looks for an organisation does not find it.
    ///
    /// # Example
    /// ```text
    /// Ada Brun, Keeper, Light of Selvik
    /// ```
    ///
    /// # What to do
    /// If a word of the organisation's name is one that many have (`Agency`, `Trust`), add it to a lexicon:
    ///
    /// ```toml
    /// [people]
    /// organisations = ["light"]
    /// ```
    "person/unsplit-credit", Advice
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for session in &subject.document.sessions {
        for credit in session.speakers.iter().chain(&session.moderators) {
            let office = credit.office.as_deref().unwrap_or_default();
            if credit.organisation.is_some() || !office.contains(", ") {
                continue;
            }
            let Some(place) = printed(&credit.evidence, "credit") else { continue };
            findings.push(
                Finding::new(
                    &RULE,
                    format!("the credit of {} cannot be split into office and organisation", credit.name),
                )
                .at(&place.source, place.span(), "all of it is taken for the office")
                .help("a word that names organisations can be added to the lexicon: [people] organisations"),
            );
        }
    }
}
