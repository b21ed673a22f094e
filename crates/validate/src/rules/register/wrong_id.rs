use rapporteur_diagnostics::rule;
use rapporteur_model::slug;
use rapporteur_people::DecisionKind;

use super::Registered;
use crate::fault::Fault;

rule! {
    /// The id of a person in a register is not the slug of the name.
    ///
    /// # Why it matters
    /// Documents make the ids of people of their names. One of another form is found by none of them.
    ///
    /// # Example
    /// ```json
    /// {"id": "brunsen", "name": "Ada Brunsen"}
    /// ```
    ///
    /// # What to do
    /// Correct the id, or the name. An id that was kept by a decision, or that a document has for the person, may be
    /// another.
    "register/wrong-id", Error
}

pub(super) fn check(subject: &Registered<'_>, faults: &mut Vec<Fault>) {
    let same = subject.register.decisions.iter().filter(|decision| decision.kind == DecisionKind::Same);
    let kept: Vec<&String> = same.filter_map(|decision| decision.ids.first()).collect();
    for (at, person) in subject.register.people.iter().enumerate() {
        let id = slug(&person.name);
        let is_stated = person.names.iter().any(|name| name.speaker == person.id);
        if person.id == id || id.is_empty() || is_stated || kept.contains(&&person.id) {
            continue;
        }
        let message = format!("the id is to be \"{id}\", which follows from the name");
        faults.push(subject.fault(&RULE, &format!("/people/{at}/id"), &message));
    }
}
