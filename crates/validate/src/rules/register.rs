//! The rules on registers of people.

pub(crate) mod contradiction;
pub(crate) mod dangling_redirect;
pub(crate) mod duplicate_id;
pub(crate) mod unknown_edition;
pub(crate) mod unknown_person;
pub(crate) mod wrong_id;

use rapporteur_diagnostics::{Finding, Rule};
use rapporteur_people::Register;
use rapporteur_source::Source;

use crate::fault::Fault;
use crate::tree::Node;

/// What the rules on registers look at.
pub(crate) struct Registered<'t> {
    pub(crate) file: &'t Source,
    pub(crate) root: Node<'t>,
    pub(crate) register: &'t Register,
}

/// Every rule on registers.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        &wrong_id::RULE,
        &duplicate_id::RULE,
        &dangling_redirect::RULE,
        &unknown_person::RULE,
        &unknown_edition::RULE,
        &contradiction::RULE,
    ]
    .into_iter()
    .chain(rapporteur_people::rules())
}

/// What the rules on registers find.
pub(crate) fn check(subject: &Registered<'_>, faults: &mut Vec<Fault>) {
    wrong_id::check(subject, faults);
    duplicate_id::check(subject, faults);
    dangling_redirect::check(subject, faults);
    unknown_person::check(subject, faults);
    unknown_edition::check(subject, faults);
    contradiction::check(subject, faults);
    let questions = rapporteur_people::findings(subject.register, |person, name| {
        let at = subject.register.people.iter().position(|known| std::ptr::eq(known, person))?;
        let printed = person.names.iter().position(|printed| printed.name == name)?;
        let node = subject.root.at(&format!("/people/{at}/names/{printed}/name"))?;
        Some((subject.file.id().to_owned(), node.span()))
    });
    faults.extend(questions.into_iter().map(Fault::new));
}

impl Registered<'_> {
    /// A fault at the value that a pointer leads to; the message begins with the pointer.
    fn fault(&self, rule: &'static Rule, pointer: &str, message: &str) -> Fault {
        let span = self.root.at(pointer).map(Node::span).unwrap_or_default();
        Fault::new(Finding::new(rule, format!("{pointer}: {message}")).at(self.file.id(), span, ""))
    }

    /// Whether an id is somebody's, or leads to somebody.
    fn is_known(&self, id: &str) -> bool {
        self.register.person(id).is_some()
    }

    /// The id that was likely meant by one that is nobody's.
    fn nearest(&self, id: &str) -> Option<String> {
        let known = self.register.people.iter().map(|person| person.id.as_str());
        rapporteur_diagnostics::nearest(id, known).map(|known| format!("did you mean \"{known}\"?"))
    }
}
