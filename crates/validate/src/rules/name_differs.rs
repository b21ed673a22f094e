use rapporteur_diagnostics::rule;

use crate::fault::{Edit, Fault};
use crate::subject::{List, Subject};
use crate::tree::Node;

rule! {
    /// The name at a credit is not that of the person whom it refers to.
    ///
    /// # Why it matters
    /// The credit is somebody else's, or the name is spelt in two ways.
    ///
    /// # Example
    /// ```json
    /// {"speakers": [{"speaker": "ada-brun", "name": "Olu Feyi"}]}
    /// ```
    ///
    /// # What to do
    /// Correct the name or the reference. Other spellings of a name stand in the `variants` of the person.
    /// `rapporteur validate --fix` corrects the reference where somebody else has the name.
    "document/name-differs", Error
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for credit in subject.credits() {
        let (Some(id), Some(printed)) = (credit.get("speaker"), credit.get("name")) else { continue };
        let (Some(speaker), Some(name)) = (id.str(), printed.str()) else { continue };
        let Some(person) = subject.find(List::Speakers, speaker) else { continue };
        let variants = person.list("variants").filter_map(Node::str);
        let Some(known) = person.get("name").filter(|known| known.str().is_some()) else { continue };
        // a person whose own name is no longer that of the id is told there
        if known.str() == Some(name)
            || variants.into_iter().any(|variant| variant == name)
            || subject.ids.is_renamed(person)
        {
            continue;
        }
        let other = subject.root.list("speakers").find(|other| other.text("name") == Some(name));
        let place = if other.is_some() { id } else { printed };
        let message = format!("\"{speaker}\" is {}, not {name}", known.str().unwrap_or_default());
        let mut fault = subject.fault(&RULE, place.span(), &message);
        fault.finding = fault.finding.at(subject.file.id(), known.span(), "the person that it refers to");
        let right = other.and_then(|other| other.text("id"));
        faults.push(fault.fix(right.map(|right| Edit::value(id.whole(), right))));
    }
}
