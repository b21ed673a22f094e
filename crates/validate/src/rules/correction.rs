use rapporteur_diagnostics::{nearest, rule};

use crate::fault::Fault;
use crate::subject::Subject;
use crate::tree::Node;

rule! {
    /// A value was put right by a correction that is not listed, or a correction of a value is listed and no value names it.
    ///
    /// # Why it matters
    /// Who corrected what, and why, can be told no more.
    ///
    /// # Example
    /// ```json
    /// {"corrected": [{"field": "city", "correction": "value-00000000"}]}
    /// ```
    ///
    /// # What to do
    /// Read the source again with its corrections: `rapporteur parse` writes both.
    "document/correction", Error
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let listed: Vec<(&str, Node<'_>)> =
        subject.root.list("corrections").filter_map(|entry| Some((entry.text("id")?, entry))).collect();
    let marks: Vec<Node<'_>> = subject
        .entities
        .iter()
        .flat_map(|entity| entity.node.list("corrected").filter_map(|mark| mark.get("correction")))
        .collect();
    for mark in &marks {
        let Some(id) = mark.str().filter(|id| !listed.iter().any(|(known, _)| known == id)) else { continue };
        let mut fault = subject.fault(&RULE, mark.span(), &format!("no correction \"{id}\" is listed"));
        fault.finding.help =
            nearest(id, listed.iter().map(|(id, _)| *id)).map(|known| format!("did you mean \"{known}\"?"));
        faults.push(fault);
    }
    for (id, entry) in listed {
        let is_named = marks.iter().any(|mark| mark.str() == Some(id));
        if entry.text("form") == Some("value") && !is_named {
            let place = entry.get("id").unwrap_or(entry);
            faults.push(subject.fault(&RULE, place.span(), "no value was put right by this correction"));
        }
    }
}
