use rapporteur_diagnostics::rule;

use crate::fault::{Edit, Fault};
use crate::subject::Subject;
use crate::tree::Node;

rule! {
    /// Sessions are not in the order of their positions, or slots of the programme not in that of time.
    ///
    /// # Why it matters
    /// The order of lists says in which order things are printed, or take place.
    ///
    /// # Example
    /// ```json
    /// [{"position": 2}, {"position": 1}]
    /// ```
    ///
    /// # What to do
    /// `rapporteur validate --fix` puts them in order.
    "document/order", Error
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let sessions: Vec<_> = subject.root.list("sessions").collect();
    let positions: Vec<_> = sessions.iter().map(|node| node.get("position").and_then(Node::count)).collect();
    let mut sorted = positions.clone();
    sorted.sort_unstable();
    if sorted.iter().copied().eq((1..=sorted.len()).map(Some)) {
        look(subject, &sessions, &positions, "position", faults);
    }
    let slots: Vec<_> = subject.root.list("agenda").collect();
    let times: Vec<_> = slots.iter().map(|slot| (slot.text("date"), slot.text("start"))).collect();
    look(subject, &slots, &times, "start", faults);
}

fn look<K: Ord>(subject: &Subject<'_>, nodes: &[Node<'_>], keys: &[K], field: &str, faults: &mut Vec<Fault>) {
    let Some(at) = keys.windows(2).position(|pair| pair[1] < pair[0]) else { return };
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by(|&one, &other| keys[one].cmp(&keys[other]));
    let text = subject.file.text();
    let edits = nodes.iter().zip(&order).filter(|(node, from)| node.whole() != nodes[**from].whole());
    let edits = edits.map(|(node, &from)| Edit::new(node.whole(), &text[nodes[from].whole().range()]));
    // of two neighbours in the wrong order, the one that moved further is out of place
    let place = |index: usize| order.iter().position(|&from| from == index).unwrap_or(index);
    let moved = if place(at).abs_diff(at) > place(at + 1).abs_diff(at + 1) { at } else { at + 1 };
    let span = nodes[moved].get(field).map_or(nodes[moved].span(), Node::span);
    let edits: Vec<Edit> = edits.collect();
    faults.push(subject.fault(&RULE, span, "this is out of order").fix(edits));
}
