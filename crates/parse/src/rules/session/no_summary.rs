use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, printed};

rule! {
    /// A session has no running text.
    ///
    /// # Why it matters
    /// The text of the session may have been taken for something else, or for that of another session.
    ///
    /// # Example
    /// ```text
    /// Panel discussion
    /// Who keeps the light?
    /// On stage: Ada Brun, Mayor
    ///
    /// Keynote
    /// ```
    ///
    /// # What to do
    /// See what its lines were taken for: `rapporteur ledger`.
    "session/no-summary", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for session in subject.document.sessions.iter().filter(|session| session.summary.is_empty()) {
        let Some(title) = printed(&session.evidence, "title") else { continue };
        findings.push(Finding::new(&RULE, format!("“{}” has no running text", session.title)).at(
            &title.source,
            title.span(),
            "this session",
        ));
    }
}
