use rapporteur_diagnostics::rule;

use super::Registered;
use crate::fault::Fault;

rule! {
    /// A redirect of a register leads to nobody.
    ///
    /// # Why it matters
    /// The id that it is for is in documents that were written before; they have lost their person.
    ///
    /// # Example
    /// ```json
    /// {"people": [], "redirects": [{"from": "ada-brunson", "to": "ada-brunsen"}]}
    /// ```
    ///
    /// # What to do
    /// Correct where it leads, or remove it. Redirects lead to people and not to other redirects.
    "register/dangling-redirect", Error
}

pub(super) fn check(subject: &Registered<'_>, faults: &mut Vec<Fault>) {
    for (at, redirect) in subject.register.redirects.iter().enumerate() {
        if subject.register.people.iter().any(|person| person.id == redirect.to) {
            continue;
        }
        let message = format!("nobody has the id \"{}\"", redirect.to);
        let mut fault = subject.fault(&RULE, &format!("/redirects/{at}/to"), &message);
        fault.finding.help = subject.nearest(&redirect.to);
        faults.push(fault);
    }
}
