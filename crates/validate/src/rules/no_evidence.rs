use rapporteur_diagnostics::rule;

use crate::entity::Class;
use crate::fault::Fault;
use crate::subject::Subject;

rule! {
    /// A value that the report prints has no evidence, and is not said to be inferred.
    ///
    /// # Why it matters
    /// Nobody can see where it comes from.
    ///
    /// # Example
    /// ```json
    /// {"title": "Ropes", "evidence": [], "inferred": []}
    /// ```
    ///
    /// # What to do
    /// Add the place where it is printed; or, where it is printed nowhere, say in `inferred` why it follows.
    "document/no-evidence", Error
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for entity in &subject.entities {
        // evidence for a field that is not there was meant for one that is: that is told there
        if entity.evidence().iter().any(|place| !entity.has_value(place.field, false)) {
            continue;
        }
        for value in &entity.values {
            let needed = match value.class {
                Class::Printed => value.node.str().is_some_and(|text| !text.trim().is_empty()),
                Class::Normalised => value.node.str().is_some() || value.node.number().is_some(),
                Class::Person => value.node.str().is_some(),
                Class::Derived => false,
            };
            if needed
                && !entity.has_spoilt_evidence()
                && entity.places(&value.field).is_empty()
                && !entity.is_inferred(&value.field)
                && entity.corrections(&value.field).next().is_none()
            {
                faults.push(subject.fault(
                    &RULE,
                    value.node.span(),
                    &format!("there is no evidence for `{}`", value.field),
                ));
            }
        }
    }
}
