use rapporteur_diagnostics::rule;

use crate::fault::Fault;
use crate::subject::Subject;

rule! {
    /// Evidence or a reason is given for a field that has no value.
    ///
    /// # Why it matters
    /// The value was lost, or the evidence belongs to another.
    ///
    /// # Example
    /// ```json
    /// {"title": "Ropes", "evidence": [{"source": "report", "start": 0, "end": 5, "field": "tittle"}]}
    /// ```
    ///
    /// # What to do
    /// Correct the name of the field, or remove the entry.
    "document/evidence-field", Error
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for entity in &subject.entities {
        for list in ["evidence", "inferred", "corrected"] {
            for entry in entity.node.list(list) {
                let Some(place) = entry.get("field") else { continue };
                let Some(field) = place.str() else { continue };
                if !entity.has_value(field, list != "evidence") {
                    faults.push(subject.fault(&RULE, place.span(), &format!("`{field}` has no value here")));
                }
            }
        }
    }
}
