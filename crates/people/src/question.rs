//! Who of a register may be the same as who: for somebody to decide.

use std::collections::BTreeSet;

use crate::decided::Decided;
use crate::index::Candidates;
use crate::near::{Nearness, near};
use crate::register::{Person, Register, Role, key};

/// Two people whose names are near to each other, and of whom nobody has decided yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question<'r> {
    /// The two, in the order of the register.
    pub people: [&'r Person; 2],
    /// The spellings that are near to each other.
    pub names: [&'r str; 2],
    /// In which way they are.
    pub nearness: Nearness,
}

/// All that is open about who is who in a register, in its order.
///
/// Two people who stand on one stage are two, however near their names are.
#[must_use]
pub fn questions(register: &Register) -> Vec<Question<'_>> {
    let decided = Decided::of(&register.decisions);
    let mut candidates = Candidates::default();
    let mut found = Vec::new();
    for (at, person) in register.people.iter().enumerate() {
        let spellings = person.spellings();
        let mut others = BTreeSet::new();
        for spelling in &spellings {
            others.extend(candidates.of(&key(spelling), spelling));
        }
        for spelling in &spellings {
            candidates.add(&key(spelling), spelling, at);
        }
        for other in others.into_iter().map(|other| &register.people[other]) {
            if decided.are_different(&key(&person.id), &key(&other.id)) || on_one_stage(person, other) {
                continue;
            }
            let pairs = other.spellings().into_iter().flat_map(|one| spellings.iter().map(move |two| (one, *two)));
            let near = pairs.filter_map(|(one, two)| Some(([one, two], near(one, two)?)));
            if let Some((names, nearness)) = near.min_by_key(|(_, nearness)| *nearness) {
                found.push(Question { people: [other, person], names, nearness });
            }
        }
    }
    found
}

/// Whether two people are credited at one session.
fn on_one_stage(one: &Person, other: &Person) -> bool {
    let stages = |person: &Person| -> BTreeSet<String> {
        let credited = person.names.iter().filter(|name| matches!(name.role, Role::Speaker | Role::Moderator));
        credited.map(|name| name.entity.clone()).collect()
    };
    !stages(one).is_disjoint(&stages(other))
}
