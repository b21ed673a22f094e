use rapporteur_diagnostics::rule;
use rapporteur_source::fold;

use crate::fault::Fault;
use crate::subject::Subject;
use crate::tree::Node;

rule! {
    /// The parts of a credit do not stand in it, one after the other.
    ///
    /// # Why it matters
    /// `credit` is what is printed, and `office`, `organisation` and `country` are its parts; where they differ one of them was
    /// changed alone.
    ///
    /// # Example
    /// ```json
    /// {"credit": "Pilot, Port Office", "office": "Captain"}
    /// ```
    ///
    /// # What to do
    /// Make both say the same. Where the parts cannot be told apart, all of the credit is `office`.
    "document/credit-parts", Error
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let affiliations = subject.root.list("speakers").flat_map(|speaker| speaker.list("affiliations"));
    for node in subject.credits().chain(affiliations) {
        let whole = node.get("credit");
        let credit = whole.and_then(Node::str).map(fold).unwrap_or_default();
        let mut rest = credit.as_str();
        for field in ["office", "organisation", "country"] {
            let Some(part) = node.get(field).filter(|part| part.str().is_some()) else { continue };
            // somebody has looked
            if node
                .list("corrected")
                .any(|mark| matches!(mark.text("field"), Some(name) if name == field || name == "credit"))
            {
                break;
            }
            let folded = fold(part.str().unwrap_or_default());
            if let Some(at) = rest.find(&folded) {
                rest = &rest[at + folded.len()..];
                continue;
            }
            let fault =
                subject.fault(&RULE, part.span(), "this does not stand in the credit, after the parts before it");
            let place = whole.map_or(node.span(), Node::span);
            faults.push(Fault { finding: fault.finding.at(subject.file.id(), place, "the credit"), edits: Vec::new() });
            break;
        }
    }
}
