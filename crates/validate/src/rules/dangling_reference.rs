use rapporteur_diagnostics::{nearest, rule};
use rustc_hash::FxHashMap;

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
    let mut known: FxHashMap<(List, &str), usize> = FxHashMap::default();
    for &(list, reference) in &subject.references {
        let Some(id) = reference.str() else { continue };
        // where what it leads to has a fault itself, that is told there
        if subject.find(list, id).is_some() || !subject.is_whole(list) || subject.ids.is_expected(list, id) {
            continue;
        }
        let at = *known.entry((list, id)).or_insert_with(|| {
            places.push((list, id, Vec::new()));
            places.len() - 1
        });
        places[at].2.push(reference);
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
