use rapporteur_diagnostics::rule;

use crate::fault::{Edit, Fault};
use crate::subject::Subject;

rule! {
    /// An id is not the one that the rule for ids gives.
    ///
    /// # Why it matters
    /// Ids are made of names, titles and texts, so that they are the same whenever a report is read again. Another id
    /// makes of one thing two.
    ///
    /// # Example
    /// ```json
    /// {"id": "ada-brunn", "name": "Ada Brun"}
    /// ```
    ///
    /// # What to do
    /// Correct the id, or the value that it is made of. `rapporteur validate --fix` makes the id anew, wherever it
    /// stands.
    "document/wrong-id", Error
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for entry in &subject.ids.entries {
        let (id, place) = (entry.actual, entry.place);
        if id == entry.expected || subject.ids.holders(entry.list, id) > 1 {
            continue;
        }
        let mut edits = vec![Edit::value(place.whole(), entry.expected.as_str())];
        let held = subject.references.iter().filter(|(list, node)| *list == entry.list && node.str() == Some(id));
        edits.extend(held.map(|(_, node)| Edit::value(node.whole(), entry.expected.as_str())));
        let message = format!("the id is to be \"{}\", which follows from {}", entry.expected, entry.list.made_of());
        faults.push(subject.fault(&RULE, place.span(), &message).fix(edits));
    }
    if let Some((place, expected)) = subject.ids.edition() {
        // all other ids begin with it: they are told when it is right
        let message = format!("the id is to be \"{expected}\", which follows from the short name or the name");
        faults.push(subject.fault(&RULE, place.span(), &message).fix([Edit::value(place.whole(), expected)]));
    }
}
