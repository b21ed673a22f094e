use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, printed};

rule! {
    /// A session has no credits.
    ///
    /// # Why it matters
    /// Who spoke is what a session is looked up by. The report may print nobody, or the label of its credits is not known.
    ///
    /// # Example
    /// ```text
    /// Dinner at the Harbour
    ///
    /// The evening began with a toast, and went on until midnight.
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report. If it prints credits under a label that the lexicon lacks, add that with `--lexicon`.
    "session/no-credits", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for session in
        subject.document.sessions.iter().filter(|session| session.speakers.is_empty() && session.moderators.is_empty())
    {
        let Some(title) = printed(&session.evidence, "title") else { continue };
        findings.push(Finding::new(&RULE, format!("“{}” has no credits", session.title)).at(
            &title.source,
            title.span(),
            "this session",
        ));
    }
}
