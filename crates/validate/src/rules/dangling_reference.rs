use rapporteur_diagnostics::{nearest, rule};

use crate::fault::Fault;
use crate::subject::{List, Subject};
use crate::tree::Node;

rule! {
    /// A reference leads nowhere: nothing in the document has this id.
    ///
    /// # Why it matters
    /// The quote, credit or slot has lost what it belongs to.
    ///
    /// # Example
    /// ```json
    /// {"speaker": "ada-brunn"}
    /// ```
    ///
    /// # What to do
    /// Correct the reference, or add what it should lead to.
    "document/dangling-reference", Error
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let mut places: Vec<(List, &str, Vec<Node<'_>>)> = Vec::new();
    for &(list, reference) in &subject.references {
        let Some(id) = reference.str() else { continue };
        // where what it leads to has a fault itself, that is told there
        if !subject.is_whole(list) || subject.find(list, id).is_some() || subject.ids.is_expected(list, id) {
            continue;
        }
        match places.iter_mut().find(|known| (known.0, known.1) == (list, id)) {
            Some((.., places)) => places.push(reference),
            None => places.push((list, id, vec![reference])),
        }
    }
    for (list, id, places) in places {
        let mut fault =
            subject.fault(&RULE, places[0].span(), &format!("nothing in `{}` has the id \"{id}\"", list.name()));
        for place in &places[1..] {
            fault.finding = fault.finding.at(subject.file.id(), place.span(), "and here");
        }
        fault.finding.help = nearest(id, subject.root.list(list.name()).filter_map(|entry| entry.text("id")))
            .map(|known| format!("did you mean \"{known}\"?"));
        faults.push(fault);
    }
}
