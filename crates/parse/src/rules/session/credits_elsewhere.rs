use rapporteur_diagnostics::{Finding, rule};

use crate::{
    outline::Zone,
    rules::{Subject, printed},
};

rule! {
    /// A session prints no credits; those in the document are from the contents or the programme.
    ///
    /// Where no session of the report prints credits, that is its form, and nothing is said.
    ///
    /// # Why it matters
    /// The credits of the session may have been lost, and with them an office or somebody who joined later.
    ///
    /// # Example
    /// Contents with `Who keeps the light?  On stage Ada Brun, Cem Dahl`, and a session of that title that begins with
    /// running text.
    ///
    /// # What to do
    /// Look at the page of the session.
    "session/credits-elsewhere", Advice
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(report) = subject.report() else { return };
    let parts = report.outline.parts.iter().filter(|part| matches!(part.zone, Zone::Session { .. }));
    let mut own = 0;
    let mut elsewhere = Vec::new();
    for (session, part) in subject.document.sessions.iter().zip(parts) {
        let pieces = &report.pieces[part.range.clone()];
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { continue };
        let inside = first.clean.span().start..last.clean.span().end;
        let mut credits = session.speakers.iter().chain(&session.moderators).peekable();
        if credits.peek().is_none() {
            continue;
        }
        if credits.any(|credit| credit.evidence.iter().any(|evidence| inside.contains(&evidence.start))) {
            own += 1;
        } else {
            elsewhere.push(session);
        }
    }
    for session in elsewhere.into_iter().filter(|_| own > 0) {
        let credit =
            session.speakers.iter().chain(&session.moderators).find_map(|credit| printed(&credit.evidence, "name"));
        let Some(title) = printed(&session.evidence, "title") else { continue };
        let mut finding = Finding::new(&RULE, format!("“{}” prints no credits", session.title)).at(
            &title.source,
            title.span(),
            "this session",
        );
        if let Some(credit) = credit {
            finding = finding.at(&credit.source, credit.span(), "its credits are from here on");
        }
        findings.push(finding);
    }
}
