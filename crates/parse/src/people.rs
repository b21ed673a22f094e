//! The people of a report: names learnt from the safe places and recognised in the others.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Lexicon};
use rapporteur_source::{fold, fold_into};
use rustc_hash::{FxHashMap, FxHashSet};

/// The names that a report prints in places where they can be told by form.
#[derive(Debug, Default)]
pub(crate) struct People {
    known: Vec<Known>,
    by_fold: FxHashMap<String, usize>,
    by_first: FxHashMap<String, Vec<usize>>,
    by_edge: FxHashMap<Edge, Vec<usize>>,
    /// How names begin, to pass by most words of a text at once.
    openings: FxHashSet<[u8; 2]>,
}

/// The first or the last letters of a folded name: a misprint leaves one of the two as it was.
type Edge = (bool, [char; EDGE]);

/// Letters of an edge.
const EDGE: usize = 4;

fn edges(folded: &str) -> [Edge; 2] {
    fn of(mut letters: impl Iterator<Item = char>) -> [char; EDGE] {
        std::array::from_fn(|_| letters.next().unwrap_or_default())
    }
    [(false, of(folded.chars())), (true, of(folded.chars().rev()))]
}

/// One name and what is printed of its bearer.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The name as printed first.
    pub(crate) name: String,
    folded: String,
    /// Credits as printed after it.
    pub(crate) credits: Vec<String>,
    folded_credits: Vec<String>,
}

/// A known name found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Which of the known.
    pub(crate) person: usize,
    /// Where it stands.
    pub(crate) range: Range<usize>,
}

impl People {
    pub(crate) fn learn(&mut self, name: &str, credit: &str) -> usize {
        let folded = fold(name);
        let at = *self.by_fold.entry(folded.clone()).or_insert_with(|| {
            self.openings.extend(opening(name));
            self.by_first.entry(first_words(name)).or_default().push(self.known.len());
            for edge in edges(&folded) {
                self.by_edge.entry(edge).or_default().push(self.known.len());
            }
            self.known.push(Known { name: name.to_owned(), folded, ..Known::default() });
            self.known.len() - 1
        });
        let person = &mut self.known[at];
        let folded_credit = fold(credit);
        if !folded_credit.is_empty() && !person.folded_credits.contains(&folded_credit) {
            person.credits.push(credit.to_owned());
            person.folded_credits.push(folded_credit);
        }
        at
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    pub(crate) fn all(&self) -> std::ops::Range<usize> {
        0..self.known.len()
    }

    pub(crate) fn get(&self, person: usize) -> &Known {
        &self.known[person]
    }

    /// The person of exactly this name.
    pub(crate) fn of_name(&self, name: &str) -> Option<usize> {
        self.by_fold.get(&fold(name)).copied()
    }

    /// The person whose name all of `text` is, honorifics, dashes and a note aside; a misprint of one letter or two
    /// counts.
    pub(crate) fn whole(&self, text: &str, lexicon: &Lexicon) -> Option<Found> {
        if text.len() > 90 || self.is_empty() {
            return None;
        }
        let lead = text.len() - text.trim_start_matches(|c: char| !c.is_alphabetic()).len();
        let mut body = &text[lead..];
        if let Some(note) = body.find('(') {
            body = body[..note].trim_end();
        }
        body = body.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
        if let Some(name) = grammar::name(body, lexicon) {
            if name.name.end != body.len() {
                return self.exact(body).map(|person| Found { person, range: lead..lead + body.len() });
            }
            let text = &body[name.name.clone()];
            let range = lead + name.name.start..lead + name.name.end;
            return self.exact(text).or_else(|| self.near(text)).map(|person| Found { person, range });
        }
        self.exact(body).map(|person| Found { person, range: lead..lead + body.len() })
    }

    fn exact(&self, name: &str) -> Option<usize> {
        self.by_fold.get(&fold(name)).copied()
    }

    /// The one person whose name differs from `name` by a misprint.
    pub(crate) fn near(&self, name: &str) -> Option<usize> {
        match self.nearby(&fold(name)).as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Those whose folded name differs from `folded` by one letter or two.
    pub(crate) fn nearby(&self, folded: &str) -> Vec<usize> {
        /// Names with one edge in common; more than this are no report's.
        const MOST: usize = 64;
        let candidates = edges(folded)
            .into_iter()
            .filter_map(|edge| self.by_edge.get(&edge))
            .flat_map(|known| known.iter().take(MOST));
        let mut near: Vec<usize> =
            candidates.copied().filter(|&at| rapporteur_people::is_misprint(folded, &self.known[at].folded)).collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    /// How often each known name stands in `text`.
    pub(crate) fn counts(&self, text: &str) -> Vec<usize> {
        let mut counts = vec![0; self.known.len()];
        for found in self.find_all(text) {
            counts[found.person] += 1;
        }
        counts
    }

    /// The known names in `text`, in order, none inside another.
    pub(crate) fn find_all(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let Some(start) = rest.find(char::is_alphanumeric) else { break };
            let word_start = at + start;
            let word = &text[word_start..];
            let word_end = word.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(word.len());
            let hit = if word.starts_with(char::is_uppercase) || word.starts_with(char::is_lowercase) {
                self.starting(word)
            } else {
                None
            };
            if let Some((person, length)) = hit {
                found.push(Found { person, range: word_start..word_start + length });
                at = word_start + length;
            } else {
                at = word_start + word_end.max(1);
                while !text.is_char_boundary(at) {
                    at += 1;
                }
            }
        }
        found
    }

    /// The longest known name that `text` starts with, and its length.
    fn starting(&self, text: &str) -> Option<(usize, usize)> {
        opening(text).filter(|opening| self.openings.contains(opening))?;
        let candidates = self.by_first.get(&first_words(text))?;
        candidates
            .iter()
            .filter_map(|&person| {
                let name = &self.known[person].name;
                let length = matching_prefix(text, name)?;
                Some((person, length))
            })
            .max_by_key(|(_, length)| *length)
    }

    /// Whether `text` is, or begins or is begun by, a credit that is printed for the person: how much of `text` the
    /// credit covers, in bytes.
    pub(crate) fn credit_prefix(&self, person: usize, before: &str, text: &str) -> Option<usize> {
        let before = fold(before);
        // a misprint of the name stands with an office of the same person
        let spellings = std::iter::once(person).chain(self.nearby(&self.known[person].folded));
        spellings
            .flat_map(|spelling| &self.known[spelling].folded_credits)
            .filter_map(|credit| {
                let rest = credit.strip_prefix(before.as_str())?;
                let covered = folded_prefix(text, rest)?;
                (covered > 0).then_some(covered)
            })
            .max()
    }
}

/// How many bytes of `text` fold to all of `folded`, or all of `text` where it folds to a prefix of `folded`.
fn folded_prefix(text: &str, folded: &str) -> Option<usize> {
    if folded.is_empty() {
        return None;
    }
    let mut rest = folded;
    for (at, c) in text.char_indices() {
        let letter = fold(c.encode_utf8(&mut [0; 4]));
        if letter.is_empty() {
            continue;
        }
        if rest.is_empty() {
            // the credit ends before a word does
            let whole = text[..at].ends_with(|c: char| !c.is_alphanumeric());
            return whole.then(|| text[..at].trim_end().len());
        }
        rest = rest.strip_prefix(letter.as_str())?;
    }
    Some(text.len())
}

/// The first two words of a text, folded: what names are looked up by.
fn first_words(text: &str) -> String {
    let words = text.split_whitespace().take(2).map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word)
    });
    words.fold(String::new(), |mut folded, word| {
        fold_into(word, &mut folded);
        folded.push(' ');
        folded
    })
}

/// The first two bytes, small; no name is shorter.
fn opening(text: &str) -> Option<[u8; 2]> {
    text.as_bytes().first_chunk().map(|bytes: &[u8; 2]| bytes.map(|byte| byte.to_ascii_lowercase()))
}

/// The length of the prefix of `text` that is `name`, at a word's end. One of the two may be in capitals.
fn matching_prefix(text: &str, name: &str) -> Option<usize> {
    let rest = text.strip_prefix(name).or_else(|| in_capitals(text, name))?;
    rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '-').then_some(text.len() - rest.len())
}

/// What follows the prefix of `text` that is `name` but for its capitals, which one of the two has throughout.
fn in_capitals<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for letter in name.chars() {
        let found = rest.next()?;
        if found != letter && !found.to_lowercase().eq(letter.to_lowercase()) {
            return None;
        }
    }
    let rest = rest.as_str();
    let shouted = |text: &str| !text.contains(char::is_lowercase);
    let prefix = &text[..text.len() - rest.len()];
    (shouted(name) && prefix.starts_with(char::is_uppercase) || shouted(prefix)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> People {
        let mut people = People::default();
        people.learn("Karim Haddadi", "Senior Advisor on Irrigation Networks, Agrarian Organization");
        people.learn("Julie de Wit", "State Secretary for Canals, added to the Minister, Belgium");
        people.learn("Bo Janssens", "");
        people
    }

    #[test]
    fn a_name_alone_is_known_with_its_misprints() {
        let (people, lexicon) = (people(), Lexicon::embedded());
        for (text, person) in [
            ("Karim Haddadi", Some(0)),
            ("Kari Haddadi", Some(0)),
            ("H.E. Julie de Wit", Some(1)),
            ("— Bo Janssens", Some(2)),
            ("Bo Janssens (online)", Some(2)),
            ("Bo Janssens said", None),
            ("Somebody Else", None),
        ] {
            assert_eq!(people.whole(text, &lexicon).map(|found| found.person), person, "{text}");
        }
    }

    #[test]
    fn names_are_found_in_running_text() {
        let mut people = people();
        people.learn("ÞÓRA VAN STRØM", "");
        for (text, persons) in [
            ("included Julie de Wit, Bo Janssens and Bo Janssensen", [1, 2].as_slice()),
            ("JULIE DE WIT and Þóra van Strøm", &[1, 3]),
            ("julie de wit and þóra van strøm", &[]),
        ] {
            assert_eq!(people.find_all(text).iter().map(|found| found.person).collect::<Vec<_>>(), persons, "{text}");
        }
    }

    #[test]
    fn offices_are_told_from_what_follows_them() {
        let people = people();
        let text = "Senior Advisor on Irrigation Networks, Agrarian Organization collecting data";
        assert_eq!(people.credit_prefix(0, "", text).map(|end| &text[end..]), Some(" collecting data"));
        assert_eq!(people.credit_prefix(1, "", "State Secretary for Canals, added"), Some(33));
        assert_eq!(people.credit_prefix(1, "State Secretary for", "Canals, added"), Some(13));
        assert_eq!(people.credit_prefix(1, "", "Minister"), None);
    }
}
