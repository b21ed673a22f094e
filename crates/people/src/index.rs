//! A register as one looks names up in it.

use rustc_hash::FxHashMap;

use crate::decided::Decided;
use crate::near::near;
use crate::register::{Person, Register, Role, key};

/// A register by its names.
#[derive(Debug)]
pub struct Index<'r> {
    register: &'r Register,
    decided: Decided,
    /// By the key of each name whose it is; `None` where several people are spelt so.
    names: FxHashMap<String, Option<usize>>,
    /// The same of spellings that an edition took for misprints.
    variants: FxHashMap<String, Option<usize>>,
    candidates: Candidates,
}

impl<'r> Index<'r> {
    /// An index of a register.
    #[must_use]
    pub fn new(register: &'r Register) -> Self {
        let mut index = Self {
            register,
            decided: Decided::of(&register.decisions),
            names: FxHashMap::default(),
            variants: FxHashMap::default(),
            candidates: Candidates::default(),
        };
        let note = |names: &mut FxHashMap<String, Option<usize>>, key: String, at: usize| {
            let person = names.entry(key).or_insert(Some(at));
            if *person != Some(at) {
                *person = None;
            }
        };
        for (at, person) in register.people.iter().enumerate() {
            note(&mut index.names, key(&person.id), at);
            for printed in &person.names {
                let names = if printed.role == Role::Variant { &mut index.variants } else { &mut index.names };
                note(names, key(&printed.name), at);
            }
            for spelling in person.spellings() {
                index.candidates.add(&key(spelling), spelling, at);
            }
        }
        for redirect in &register.redirects {
            let to = register.people.iter().position(|person| person.id == redirect.to);
            if let Some(at) = to {
                index.names.entry(key(&redirect.from)).or_insert(Some(at));
            }
        }
        index
    }

    /// The one person of this name: as printed anywhere, or as misprinted, or by an id that leads to them.
    #[must_use]
    pub fn person(&self, name: &str) -> Option<&'r Person> {
        let key = key(name);
        let at = self.names.get(&key).or_else(|| self.variants.get(&key)).copied().flatten()?;
        Some(&self.register.people[at])
    }

    /// Whether an edition other than this one prints the name.
    #[must_use]
    pub fn is_printed_elsewhere(&self, name: &str, edition: &str) -> bool {
        let wanted = key(name);
        let printed = self.person(name).into_iter().flat_map(|person| &person.names);
        printed.into_iter().any(|printed| printed.edition != edition && key(&printed.name) == wanted)
    }

    /// Those whose names other editions than this one print, and are near to this name, each with the spelling that is;
    /// nobody of whom it was decided that they are somebody else, or the same.
    #[must_use]
    pub fn near(&self, name: &str, edition: &str) -> Vec<(&'r Person, &'r str)> {
        let own = key(name);
        let mut found = Vec::new();
        for at in self.candidates.of(&own, name) {
            let person = &self.register.people[at];
            let is_own = self.decided.kept(&own) == self.decided.kept(&key(&person.id));
            if is_own || self.decided.are_different(&own, &key(&person.id)) {
                continue;
            }
            let elsewhere = person.names.iter().filter(|printed| printed.edition != edition);
            let spelling = elsewhere.map(|printed| printed.name.as_str()).find(|other| near(name, other).is_some());
            found.extend(spelling.map(|spelling| (person, spelling)));
        }
        found
    }
}

/// Those whose names may be near to a name: with a word in common, or the first or the last letters.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    by: FxHashMap<String, Vec<usize>>,
}

impl Candidates {
    /// Notes that somebody has a name, given with its key.
    pub(crate) fn add(&mut self, key: &str, name: &str, person: usize) {
        for part in Self::parts(key, name) {
            let people = self.by.entry(part).or_default();
            if people.last() != Some(&person) {
                people.push(person);
            }
        }
    }

    /// Who may have a name near to this one, in the order of the register.
    pub(crate) fn of(&self, key: &str, name: &str) -> Vec<usize> {
        let parts = Self::parts(key, name);
        let mut people: Vec<usize> = parts.iter().filter_map(|part| self.by.get(part)).flatten().copied().collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    fn parts(key: &str, name: &str) -> Vec<String> {
        /// A misprint leaves either the first or the last so many letters as they were.
        const EDGE: usize = 4;
        /// A shorter word says little.
        const SHORTEST: usize = 3;
        let slug = rapporteur_model::slug(name);
        let words = slug.split('-').filter(|word| word.len() >= SHORTEST).map(str::to_owned);
        // keys are ASCII
        let edges =
            (key.len() >= EDGE).then(|| [format!("^{}", &key[..EDGE]), format!("{}$", &key[key.len() - EDGE..])]);
        words.chain(edges.into_iter().flatten()).collect()
    }
}
