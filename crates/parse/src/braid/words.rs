//! The words of a braid, and those of names.

use std::ops::Range;

use rapporteur_source::fold;
use rustc_hash::FxHashMap;

use crate::{
    layout::weave::text::{Text, Token},
    people::People,
    piece::{End, Piece},
};

/// Where one in so many lines is less than half full, they are no lines of a column.
const LOOSE: usize = 4;

/// A word.
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

/// The words of a block.
pub(super) struct Words<'t> {
    pub(super) atoms: Vec<Atom<'t>>,
}

impl<'t> Words<'t> {
    pub(super) fn of(block: &'t [Piece<'_>], text: &Text<'t>) -> Self {
        let atoms = block.iter().enumerate().flat_map(|(piece, found)| {
            let line = found.text();
            let titled = is_titled(line);
            line.split_whitespace().map(move |word| {
                let start = word.as_ptr() as usize - line.as_ptr() as usize;
                let chars = word.chars().count() as u16;
                let (token, range) = (text.token(word), start..start + word.len());
                Atom { token, piece, first: start == 0, range, chars, line: found.cues.chars as u16, titled }
            })
        });
        Self { atoms: atoms.collect() }
    }

    /// Whether an extractor took words one by one, so that lines are no lines.
    pub(super) fn are_loose(&self, width: usize) -> bool {
        let lines = || self.atoms.iter().filter(|atom| atom.first);
        let short = lines().filter(|atom| usize::from(atom.line) * 2 < width).count();
        short * LOOSE >= lines().count()
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
