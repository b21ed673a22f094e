//! What the rules found before the texts were looked at, by its place: what an evidence that is wrong explains.

use rapporteur_source::{Source, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::entity::{Entity, Place};
use crate::fault::{Edit, Fault};
use crate::rules::{credit_parts, evidence_range, impossible_date, name_differs, wrong_id};
use crate::tree::Node;

/// What is said of the place in the text that a value differs from.
pub(super) const TEXT_HAS: &str = "what the text has";

/// The faults of a document, to which more are added.
pub(super) struct Told<'f> {
    pub(super) faults: &'f mut Vec<Fault>,
    /// The faults that a place is none, by the bytes that they begin at.
    ranges: FxHashMap<usize, usize>,
    /// The faults that there is no such value, by the bytes that it begins at.
    impossible: FxHashMap<usize, usize>,
    /// The faults that follow where a value was changed.
    following: FxHashMap<usize, Vec<usize>>,
    /// Where values stand that are told not to be what the text has.
    differing: FxHashSet<usize>,
    /// Those that are explained.
    explained: FxHashSet<usize>,
}

impl<'f> Told<'f> {
    pub(super) fn new(faults: &'f mut Vec<Fault>) -> Self {
        let (mut ranges, mut impossible) = (FxHashMap::default(), FxHashMap::default());
        let mut following = FxHashMap::<usize, Vec<usize>>::default();
        for (index, fault) in faults.iter().enumerate() {
            let Some(label) = fault.finding.labels.first() else { continue };
            if fault.finding.rule == &evidence_range::RULE {
                ranges.insert(label.start, index);
            } else if fault.finding.rule == &impossible_date::RULE {
                impossible.insert(label.start, index);
            } else if [&wrong_id::RULE, &credit_parts::RULE, &name_differs::RULE].contains(&fault.finding.rule) {
                following.entry(label.start).or_default().push(index);
            }
        }
        Self { faults, ranges, impossible, following, differing: FxHashSet::default(), explained: FxHashSet::default() }
    }

    /// Adds what mends evidence to the fault that its place is none, if that was told.
    pub(super) fn mended(&mut self, places: &[Place<'_>], edits: &[Edit]) -> bool {
        let nodes = places.iter().map(|place| place.node);
        let mut nodes = nodes.flat_map(|node| [Some(node), node.get("start"), node.get("end")]).flatten();
        let told = nodes.find_map(|node| self.ranges.get(&node.span().start).copied());
        if let Some(told) = told {
            self.faults[told].edits.extend_from_slice(edits);
        }
        told.is_some()
    }

    /// Adds what the text has to the fault that there is no such value, if that was told.
    pub(super) fn contrasted(&mut self, node: Node<'_>, source: &Source, span: Span) -> bool {
        let told = self.impossible.get(&node.span().start).map(|&index| &mut self.faults[index].finding);
        told.map(|finding| *finding = finding.clone().at(source.id(), span, TEXT_HAS)).is_some()
    }

    /// Whether a value was told not to be what the text has.
    pub(super) fn differs(&self, node: Node<'_>) -> bool {
        self.differing.contains(&node.span().start)
    }

    /// What follows from a value of an entity that was changed is not told beside it.
    pub(super) fn explain(&mut self, entity: &Entity<'_>, value: Node<'_>) {
        self.differing.insert(value.span().start);
        let members = entity.node.members().map(|member| member.value.span().start);
        self.explained.extend(members.filter_map(|start| self.following.get(&start)).flatten());
    }

    /// Takes away what is explained.
    pub(super) fn finish(self) {
        let mut index = 0;
        self.faults.retain(|_| {
            index += 1;
            !self.explained.contains(&(index - 1))
        });
    }
}
