use rapporteur_diagnostics::rule;

use crate::fault::{Edit, Fault};
use crate::subject::Subject;

rule! {
    /// Two entries of a list have the same id.
    ///
    /// # Why it matters
    /// A reference to it could mean either of them.
    ///
    /// # Example
    /// ```json
    /// [{"id": "ada-brun", "name": "Ada Brun"}, {"id": "ada-brun", "name": "Olu Feyi"}]
    /// ```
    ///
    /// # What to do
    /// Give each entry its own id. `rapporteur validate --fix` does so where it follows from the rule for ids.
    "document/duplicate-id", Error
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for entry in &subject.ids.entries {
        let (id, place) = (entry.actual, entry.place);
        // what is the same but for its id is another rule's
        if subject.ids.holders(entry.list, id) < 2 || id == entry.expected || entry.stem == id {
            continue;
        }
        let mut fault = subject.fault(&RULE, place.span(), &format!("the id \"{id}\" stands twice"));
        if let Some(other) = subject.ids.other(entry) {
            fault.finding = fault.finding.at(subject.file.id(), other.span(), "also here");
        }
        let taken = subject.ids.holders(entry.list, &entry.expected) > 0;
        faults.push(fault.fix((!taken).then(|| Edit::value(place.whole(), entry.expected.as_str()))));
    }
    for (place, first) in subject.twice("sources", "id") {
        let fault = subject.fault(&RULE, place.span(), "two sources have this id");
        let finding = fault.finding.at(subject.file.id(), first.span(), "also here");
        faults.push(Fault { finding, edits: fault.edits });
    }
}
