use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, printed};

rule! {
    /// The speaker of a quote is not among those of its session.
    ///
    /// # Why it matters
    /// The quote may belong to another session, or the name at it is a mistake.
    ///
    /// # Example
    /// A quote by Ada Brun in a session whose credits name others only.
    ///
    /// # What to do
    /// Look at the page of the report.
    "quote/speaker-elsewhere", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for quote in &subject.document.quotes {
        let (Some(speaker), Some(id)) = (&quote.speaker, &quote.session) else { continue };
        let Some(session) = subject.document.sessions.iter().find(|session| session.id == *id) else { continue };
        let mut credits = session.speakers.iter().chain(&session.moderators).peekable();
        if credits.peek().is_none() || credits.any(|credit| credit.speaker == *speaker) {
            continue;
        }
        let place = printed(&quote.evidence, "speaker").or_else(|| printed(&quote.evidence, "text"));
        let (Some(place), Some(title)) = (place, printed(&session.evidence, "title")) else { continue };
        let name = subject.document.speakers.iter().find(|known| known.id == *speaker).map_or("", |known| &known.name);
        findings.push(
            Finding::new(&RULE, format!("{name} is quoted in “{}” and not in its credits", session.title))
                .at(&place.source, place.span(), "quoted here")
                .at(&title.source, title.span(), "the session"),
        );
    }
}
