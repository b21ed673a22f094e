use rapporteur_diagnostics::rule;

use crate::fault::{Edit, Fault};
use crate::subject::Subject;
use crate::tree::Node;

rule! {
    /// A number that counts something is not what is counted.
    ///
    /// # Why it matters
    /// Programs that go by the number and those that go by the list find different things.
    ///
    /// # Example
    /// ```json
    /// {"sessions": [{"position": 1}, {"position": 3}]}
    /// ```
    ///
    /// # What to do
    /// `rapporteur validate --fix` numbers sessions anew. Two takeaways of one number are to be looked up in the report.
    "document/count", Error
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let sessions: Vec<Option<Node<'_>>> =
        subject.root.list("sessions").map(|session| session.get("position")).collect();
    let counted: Vec<Option<usize>> = sessions.iter().map(|place| place.and_then(Node::count)).collect();
    let mut sorted = counted.clone();
    sorted.sort_unstable();
    // each number once, but in another order: that is another rule's
    if !sorted.iter().copied().eq((1..=sorted.len()).map(Some)) {
        for ((place, count), right) in sessions.iter().zip(&counted).zip(1..) {
            if let (Some(place), Some(count)) = (place, count)
                && *count != right
            {
                let message = format!("this is session {right} of the list, not {count}");
                faults.push(subject.fault(&RULE, place.span(), &message).fix([Edit::value(place.whole(), right)]));
            }
        }
    }
    for (place, first) in subject.twice("takeaways", "number") {
        let fault = subject.fault(&RULE, place.span(), "two takeaways have this number");
        let finding = fault.finding.at(subject.file.id(), first.span(), "also here");
        faults.push(Fault { finding, edits: Vec::new() });
    }
}
