use rapporteur_diagnostics::rule;
use rustc_hash::FxHashMap;

use super::Registered;
use crate::fault::Fault;
use crate::tree::Node;

rule! {
    /// Two people of a register, or a person and a redirect, have one id.
    ///
    /// # Why it matters
    /// Whoever looks the id up finds either of them.
    ///
    /// # Example
    /// ```json
    /// {"people": [{"id": "ada-brunsen"}], "redirects": [{"from": "ada-brunsen", "to": "ada-brunson"}]}
    /// ```
    ///
    /// # What to do
    /// Remove the one that is wrong, or make the register anew: `rapporteur people` gives each person one entry.
    "register/duplicate-id", Error
}

pub(super) fn check(subject: &Registered<'_>, faults: &mut Vec<Fault>) {
    let register = subject.register;
    let people = register.people.iter().enumerate().map(|(at, person)| (&person.id, format!("/people/{at}/id")));
    let redirects = register.redirects.iter().enumerate();
    let redirects = redirects.map(|(at, redirect)| (&redirect.from, format!("/redirects/{at}/from")));
    let mut seen: FxHashMap<&str, String> = FxHashMap::default();
    for (id, pointer) in people.chain(redirects) {
        let Some(first) = seen.get(id.as_str()) else {
            seen.insert(id, pointer);
            continue;
        };
        let mut fault = subject.fault(&RULE, &pointer, &format!("the id \"{id}\" stands twice"));
        if let Some(first) = subject.root.at(first).map(Node::span) {
            fault.finding = fault.finding.at(subject.file.id(), first, "first here");
        }
        faults.push(fault);
    }
}
