//! What decisions add up to.

use rustc_hash::FxHashMap;

use crate::register::{Decision, DecisionKind, key};

/// Who is one by decision: for the key of a name that of the person it belongs to.
#[derive(Debug, Default)]
pub(crate) struct Decided {
    /// For each key of whom it was decided, the one that is kept instead.
    kept: FxHashMap<String, String>,
    different: Vec<Vec<String>>,
}

impl Decided {
    pub(crate) fn of(decisions: &[Decision]) -> Self {
        let mut decided = Self::default();
        for decision in decisions {
            let mut keys: Vec<String> = decision.ids.iter().map(|id| key(id)).collect();
            match decision.kind {
                DecisionKind::Different => decided.different.push(keys),
                DecisionKind::Same if !keys.is_empty() => {
                    let first = keys.remove(0);
                    let kept = decided.kept(&first);
                    for other in keys {
                        let other = decided.kept(&other);
                        if other != kept {
                            decided.kept.insert(other, kept.clone());
                        }
                    }
                }
                DecisionKind::Same => {}
            }
        }
        decided
    }

    /// The key of the person whose name has this key.
    pub(crate) fn kept(&self, key: &str) -> String {
        let mut key = key;
        // no circles: what is kept has no entry when it is put in
        while let Some(kept) = self.kept.get(key) {
            key = kept;
        }
        key.to_owned()
    }

    /// Whether it was decided that two keys are of different people.
    pub(crate) fn are_different(&self, one: &str, other: &str) -> bool {
        let (one, other) = (self.kept(one), self.kept(other));
        self.different.iter().any(|keys| {
            let has = |wanted: &str| keys.iter().any(|key| self.kept(key) == wanted);
            one != other && has(&one) && has(&other)
        })
    }
}

/// Two people of whom it was decided that they are one and that they are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The number of the decision that says that they are different.
    pub decision: usize,
    /// The two ids.
    pub ids: [String; 2],
}

/// The decisions that they are different about people of whom others say that they are one.
#[must_use]
pub fn contradictions(decisions: &[Decision]) -> Vec<Conflict> {
    let decided = Decided::of(decisions);
    let mut conflicts = Vec::new();
    for (number, decision) in decisions.iter().enumerate().filter(|(_, d)| d.kind == DecisionKind::Different) {
        for (at, one) in decision.ids.iter().enumerate() {
            let same = decision.ids[at + 1..].iter().find(|other| decided.kept(&key(one)) == decided.kept(&key(other)));
            conflicts.extend(same.map(|other| Conflict { decision: number, ids: [one.clone(), other.clone()] }));
        }
    }
    conflicts
}
