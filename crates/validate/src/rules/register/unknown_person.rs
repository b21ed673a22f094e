use rapporteur_diagnostics::rule;

use super::Registered;
use crate::fault::Fault;

rule! {
    /// A decision of a register is about an id that is nobody's.
    ///
    /// # Why it matters
    /// It decides nothing. Those whom it was meant for are still a question, or will be taken for others.
    ///
    /// # Example
    /// ```json
    /// {"kind": "same", "ids": ["ada-brunsen", "ada-brunso"], "reason": "a misprint"}
    /// ```
    ///
    /// # What to do
    /// Correct the id. Where the name was put right in the document since, the decision may go.
    "register/unknown-person", Error
}

pub(super) fn check(subject: &Registered<'_>, faults: &mut Vec<Fault>) {
    for (at, decision) in subject.register.decisions.iter().enumerate() {
        for (number, id) in decision.ids.iter().enumerate().filter(|(_, id)| !subject.is_known(id)) {
            let pointer = format!("/decisions/{at}/ids/{number}");
            let mut fault = subject.fault(&RULE, &pointer, &format!("nobody has the id \"{id}\""));
            fault.finding.help = subject.nearest(id);
            faults.push(fault);
        }
    }
}
