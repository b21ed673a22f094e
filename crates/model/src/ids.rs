use std::collections::HashSet;

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
    taken: HashSet<String>,
}

impl Ids {
    /// Ids of the edition whose id is `edition`.
    #[must_use]
    pub fn new(edition: &str) -> Self {
        Self { edition: edition.to_owned(), taken: HashSet::new() }
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
        if self.taken.insert(id.clone()) {
            return id;
        }
        let mut number = 2;
        loop {
            let next = format!("{id}-{number}");
            if self.taken.insert(next.clone()) {
                return next;
            }
            number += 1;
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
    fn ids_are_unique_and_stable() {
        let mut ids = Ids::new("x2020");
        assert_eq!(ids.titled("A b"), "x2020-a-b");
        assert_eq!(ids.titled("A b"), "x2020-a-b-2");
        let first = ids.hashed("Some words.");
        assert_eq!(Ids::new("x2020").hashed("“Some  words”"), first, "the hash is of the folded text");
    }
}
