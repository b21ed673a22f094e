use rapporteur_diagnostics::rule;
use rapporteur_people::contradictions;

use super::Registered;
use crate::fault::Fault;

rule! {
    /// Two people are one by a decision of a register, and different people by another.
    ///
    /// # Why it matters
    /// Such a register is not updated: whatever is done, somebody's decision would be lost.
    ///
    /// # Example
    /// ```json
    /// [{"kind": "same", "ids": ["ada-brunsen", "ada-brunson"], "reason": "a misprint"},
    ///  {"kind": "different", "ids": ["ada-brunsen", "ada-brunson"], "reason": "sisters"}]
    /// ```
    ///
    /// # What to do
    /// Remove the decision that is wrong.
    "register/contradiction", Error
}

pub(super) fn check(subject: &Registered<'_>, faults: &mut Vec<Fault>) {
    for conflict in contradictions(&subject.register.decisions) {
        let [one, other] = &conflict.ids;
        let message = format!("\"{one}\" and \"{other}\" are one person by another decision");
        faults.push(subject.fault(&RULE, &format!("/decisions/{}", conflict.decision), &message));
    }
}
