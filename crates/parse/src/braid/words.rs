//! The words of a braid, and those of names.

use std::ops::Range;

use rapporteur_source::fold;
use rustc_hash::FxHashMap;

use crate::{
    layout::weave::text::{NO_TOKEN, Text, Token},
    people::People,
    piece::{End, Piece},
};

/// What is run together on one row is at most so many words,
const RUN_TOGETHER: usize = 3;
/// and at most so long, in bytes.
const LONGEST: usize = 40;

/// A word, or a part of one that an extractor ran together with another.
#[derive(Clone, Debug)]
pub(super) struct Atom<'t> {
    pub(super) token: Token<'t>,
    /// The piece that it stands in, and where in its text.
    pub(super) piece: usize,
    pub(super) range: Range<usize>,
    pub(super) chars: u16,
    /// Whether it begins a line.
    pub(super) first: bool,
    /// The number of characters on its line.
    pub(super) line: u16,
    /// Whether the words of its line are set as those of a title.
    pub(super) titled: bool,
}

impl Atom<'_> {
    /// Whether it stands right behind another on its line.
    pub(super) fn is_right_behind(&self, before: &Self) -> bool {
        self.piece == before.piece && self.range.start == before.range.end + 1
    }
}

/// The words of a block, each with the ways to read it.
pub(super) struct Words<'t> {
    pub(super) atoms: Vec<Atom<'t>>,
    /// For each word its readings; the first is the word as it stands.
    pub(super) readings: Vec<Vec<Range<u32>>>,
}

impl<'t> Words<'t> {
    pub(super) fn of(block: &'t [Piece<'_>], text: &Text<'t>) -> Self {
        let mut words = Self { atoms: Vec::new(), readings: Vec::new() };
        for (piece, found) in block.iter().enumerate() {
            let line = found.text();
            let titled = is_titled(line);
            for word in line.split_whitespace() {
                let start = word.as_ptr() as usize - line.as_ptr() as usize;
                let readings = std::iter::once(Vec::new()).chain(run_together(word, text));
                let readings = readings.map(|cuts| {
                    let from = words.atoms.len() as u32;
                    let bounds: Vec<usize> = std::iter::once(0).chain(cuts).chain([word.len()]).collect();
                    words.atoms.extend(bounds.windows(2).map(|bounds| {
                        let part = &word[bounds[0]..bounds[1]];
                        let range = start + bounds[0]..start + bounds[1];
                        let (token, chars) = (text.token(part), part.chars().count() as u16);
                        Atom { token, piece, first: range.start == 0, range, chars, line: found.cues.chars as u16, titled }
                    }));
                    from..words.atoms.len() as u32
                });
                let readings = readings.collect();
                words.readings.push(readings);
            }
        }
        words
    }

    /// Whether an extractor took words one by one, and ran some together.
    pub(super) fn are_loose(&self, width: usize) -> bool {
        let lines = || self.atoms.iter().filter(|atom| atom.first);
        let short = lines().filter(|atom| usize::from(atom.line) * 2 < width).count();
        short * 4 >= lines().count() && self.readings.iter().any(|readings| readings.len() > 1)
    }

    pub(super) fn count(&self) -> usize {
        self.readings.len()
    }
}

/// The places at which a word that stands nowhere else may be several which do.
fn run_together(word: &str, text: &Text<'_>) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    if word.len() <= LONGEST && !text.knows(word) {
        cut(word, 0, &mut Vec::new(), text, &mut found);
        // the fewer words the likelier
        let fewest = found.iter().map(Vec::len).min().unwrap_or_default();
        found.retain(|cuts| cuts.len() == fewest);
    }
    found
}

fn cut(word: &str, from: usize, cuts: &mut Vec<usize>, text: &Text<'_>, found: &mut Vec<Vec<usize>>) {
    for (at, c) in word[from..].char_indices().map(|(at, c)| (from + at, c)).skip(1) {
        let Some(before) = word[from..at].chars().next_back() else { continue };
        // a sign behind a word is its own
        if !c.is_alphanumeric() || !before.is_alphanumeric() && !",.;:!?-".contains(before) {
            continue;
        }
        // no word goes on with a capital, or behind a sign: one of the two may stand nowhere else
        let clear = before.is_lowercase() && c.is_uppercase() || !before.is_alphanumeric() && before != '-';
        let (left, right) = (text.knows(&word[from..at]), text.knows(&word[at..]));
        cuts.push(at);
        if left && right || clear && (left || right) {
            found.push(cuts.clone());
        } else if left && cuts.len() + 1 < RUN_TOGETHER {
            cut(word, at, cuts, text, found);
        }
        cuts.pop();
    }
}

/// Whether a line is written as an office is: its words have capitals, and it is no sentence.
fn is_titled(line: &str) -> bool {
    /// Shorter words have none, in bytes.
    const SHORT: usize = 3;
    let words = line.split_whitespace();
    End::of(line) == End::Open
        && words.into_iter().all(|word| word.len() <= SHORT || !word.starts_with(char::is_lowercase))
        && line.starts_with(char::is_uppercase)
}

/// Whether a text ends in a pause that may end a sentence or not: dots, a dash.
pub(super) fn is_pause(text: &str) -> bool {
    text.ends_with("...") || text.ends_with(['…', '—', '–'])
}

/// The words that the names of known people are made of.
pub(super) struct Names {
    /// For each word, the people in whose names it is and the places that it has there, as bits.
    words: FxHashMap<String, Vec<(u32, u16)>>,
    /// For each person, the bits of all words of the name.
    whole: Vec<u16>,
    /// For each person, the words of offices.
    offices: Vec<Vec<String>>,
}

impl Names {
    pub(super) fn of(people: &People) -> Self {
        /// A name has no more words.
        const WORDS: usize = 8;
        let mut names = Self { words: FxHashMap::default(), whole: Vec::new(), offices: Vec::new() };
        for person in people.all() {
            let known = people.get(person);
            let words: Vec<String> = known.name.split_whitespace().map(fold).collect();
            // a word alone may be any other
            let is_name = (2..=WORDS).contains(&words.len());
            names.whole.push(if is_name { (1 << words.len()) - 1 } else { 0 });
            names.offices.push(known.credits.iter().flat_map(|credit| credit.split_whitespace().map(fold)).collect());
            for (place, word) in words.into_iter().enumerate().filter(|_| is_name) {
                names.words.entry(word).or_default().push((person as u32, 1 << place));
            }
        }
        names
    }

    /// The people in whose name a folded word is, each with the place that it has there.
    pub(super) fn with(&self, word: &str) -> &[(u32, u16)] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// The bits of all words of a name.
    pub(super) fn whole(&self, person: u32) -> u16 {
        self.whole[person as usize]
    }

    /// Whether a folded word is in an office of a person.
    pub(super) fn is_office(&self, person: u32, word: &str) -> bool {
        self.offices[person as usize].iter().any(|known| *known == word)
    }
}
