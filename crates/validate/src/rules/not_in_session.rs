use rapporteur_diagnostics::rule;

use crate::fault::Fault;
use crate::subject::{List, Subject, credits};
use crate::tree::Node;

rule! {
    /// A quote is by somebody who was on stage in other sessions, but not in the one of the quote.
    ///
    /// # Why it matters
    /// The quote stands in the wrong session, or is somebody else's.
    ///
    /// # Example
    /// ```json
    /// {"quotes": [{"speaker": "ada-brun", "session": "hd2031-the-ropes-of-tomorrow"}]}
    /// ```
    ///
    /// # What to do
    /// Look the quote up in the report. Where the report prints it there, silence this finding.
    "document/not-in-session", Warning
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let on_stage = |session: Node<'_>, id: &str| credits(session).any(|credit| credit.text("speaker") == Some(id));
    for quote in subject.root.list("quotes") {
        let (Some(place), Some(id)) = (quote.get("speaker"), quote.text("session")) else { continue };
        let Some(speaker) = place.str() else { continue };
        let Some(session) = subject.find(List::Sessions, id) else { continue };
        let elsewhere = || subject.root.list("sessions").find(|session| on_stage(*session, speaker));
        if session.list("speakers").len() == 0 || on_stage(session, speaker) {
            continue;
        }
        let Some(other) = elsewhere() else { continue };
        let fault =
            subject.fault(&RULE, place.span(), &format!("\"{speaker}\" is not on stage in the session of this quote"));
        let finding = fault.finding.at(subject.file.id(), session.span(), "the session of the quote").at(
            subject.file.id(),
            other.span(),
            "where the speaker is on stage",
        );
        faults.push(Fault { finding, edits: Vec::new() });
    }
}
