use rapporteur_diagnostics::rule;
use rapporteur_source::fold;
use rustc_hash::FxHashMap;

use crate::fault::Fault;
use crate::subject::{List, Subject};
use crate::tree::Node;

rule! {
    /// A list has the same entry twice: the same person, the same quote.
    ///
    /// # Why it matters
    /// It is counted twice, and a change of the one leaves the other as it was.
    ///
    /// # Example
    /// ```json
    /// [{"text": "Ropes hold."}, {"text": "Ropes hold!"}]
    /// ```
    ///
    /// # What to do
    /// Remove one of them. `rapporteur validate --fix` does so where they are the same to the letter.
    "document/doubled", Warning
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let entries = &subject.ids.entries;
    let mut seen: FxHashMap<(List, String), Node<'_>> = FxHashMap::default();
    for entry in entries {
        // what is named by its text is one thing; titles may stand twice, and their ids tell them apart
        let by_text = matches!(entry.list, List::Quotes | List::Speakers);
        if !by_text && entry.stem != entry.actual {
            continue;
        }
        let key = match entry.list {
            List::Quotes => fold(entry.node.text("text").unwrap_or_default()),
            List::Speakers => fold(entry.node.text("name").unwrap_or_default()),
            _ => entry.stem.clone(),
        };
        match seen.get(&(entry.list, key.clone())) {
            Some(first) => {
                let message = format!("{} stands twice in `{}`", entry.list.what(), entry.list.name());
                let fault = subject.fault(&RULE, entry.node.span(), &message);
                let finding = fault.finding.at(subject.file.id(), first.span(), "first here");
                let same = first.to_value() == entry.node.to_value();
                let removed = subject.removed(entry.list.name(), entry.node).filter(|_| same);
                faults.push(Fault { finding, edits: removed.into_iter().collect() });
            }
            None => {
                seen.insert((entry.list, key), entry.node);
            }
        }
    }
}
