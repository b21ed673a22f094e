use std::collections::HashMap;

use deunicode::deunicode;
use rapporteur_source::fold;
use sha2::{Digest, Sha256};

/// The letters and digits of `text` in lower-case ASCII, words parted by `-`: `Žofie Łęk` is `zofie-lek`.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in deunicode(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c != '\'' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Gives out ids that do not move when something is added before them, and are unique.
#[derive(Debug, Default)]
pub struct Ids {
    edition: String,
    /// Those that were given out, each with the number that the next one of its kind is tried with.
    taken: HashMap<String, usize>,
}

impl Ids {
    /// Ids of the edition whose id is `edition`.
    #[must_use]
    pub fn new(edition: &str) -> Self {
        Self { edition: edition.to_owned(), taken: HashMap::new() }
    }

    /// An id made of the edition's and the slug of a title.
    pub fn titled(&mut self, title: &str) -> String {
        let id = format!("{}-{}", self.edition, slug(title));
        self.unique(id)
    }

    /// An id made of the edition's and a short hash of the folded text.
    pub fn hashed(&mut self, text: &str) -> String {
        let digest = Sha256::digest(fold(text).as_bytes());
        let id = format!("{}-{:02x}{:02x}{:02x}{:02x}", self.edition, digest[0], digest[1], digest[2], digest[3]);
        self.unique(id)
    }

    /// `id`, or `id-2`, `id-3`… where it is taken.
    pub fn unique(&mut self, id: String) -> String {
        let Some(mut number) = self.taken.get(&id).copied() else {
            self.taken.insert(id.clone(), 2);
            return id;
        };
        loop {
            let next = format!("{id}-{number}");
            number += 1;
            if !self.taken.contains_key(&next) {
                self.taken.insert(id, number);
                self.taken.insert(next.clone(), 2);
                return next;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii() {
        for (text, expected) in [
            ("Ayşe Öztürk", "ayse-ozturk"),
            ("Peter J. Holm", "peter-j-holm"),
            ("What works, and what doesn't: Closing", "what-works-and-what-doesnt-closing"),
            ("  —  ", ""),
        ] {
            assert_eq!(slug(text), expected);
        }
    }

    #[test]
    fn what_is_taken_gets_a_number() {
        let mut ids = Ids::default();
        let given: Vec<String> =
            ["a-3", "a", "a", "a", "a-2", "a-2", "a"].into_iter().map(|id| ids.unique(id.to_owned())).collect();
        assert_eq!(given, ["a-3", "a", "a-2", "a-4", "a-2-2", "a-2-3", "a-5"]);
    }

    #[test]
    fn very_many_of_one_kind_take_no_longer_than_as_many_others() {
        let mut ids = Ids::default();
        let last = (0..200_000).map(|_| ids.unique("a".to_owned())).last();
        assert_eq!(last.as_deref(), Some("a-200000"));
    }

    #[test]
    fn ids_are_unique_and_stable() {
        let mut ids = Ids::new("x2020");
        assert_eq!(ids.titled("A b"), "x2020-a-b");
        assert_eq!(ids.titled("A b"), "x2020-a-b-2");
        let first = ids.hashed("Some words.");
        assert_eq!(Ids::new("x2020").hashed("“Some  words”"), first, "the hash is of the folded text");
    }
}
