use rapporteur_diagnostics::rule;

use super::Registered;
use crate::fault::Fault;

rule! {
    /// A register has names or offices of an edition that is not among its editions.
    ///
    /// # Why it matters
    /// When and in which document they are printed is lost.
    ///
    /// # Example
    /// ```json
    /// {"editions": [], "people": [{"names": [{"name": "Ada Brunsen", "edition": "vmc2031"}]}]}
    /// ```
    ///
    /// # What to do
    /// Make the register anew of the documents: `rapporteur people DOCUMENT… -o FILE`.
    "register/unknown-edition", Error
}

pub(super) fn check(subject: &Registered<'_>, faults: &mut Vec<Fault>) {
    let known = |id: &String| subject.register.editions.iter().any(|edition| edition.id == *id);
    for (at, person) in subject.register.people.iter().enumerate() {
        let names = person.names.iter().map(|name| &name.edition).enumerate();
        let names = names.map(|(number, edition)| (edition, format!("names/{number}")));
        let offices = person.offices.iter().map(|office| &office.edition).enumerate();
        let offices = offices.map(|(number, edition)| (edition, format!("offices/{number}")));
        for (edition, place) in names.chain(offices).filter(|(edition, _)| !known(edition)) {
            let message = format!("there is no edition \"{edition}\"");
            faults.push(subject.fault(&RULE, &format!("/people/{at}/{place}/edition"), &message));
        }
    }
}
