//! The words of a source as its pieces hold them, and how often each stands there.

use std::borrow::Cow;
use std::ops::Range;

use rapporteur_source::Span;
use rustc_hash::FxHashMap;

use crate::{piece::Piece, report::Report};

/// A word: letters, and the marks on them.
#[derive(Clone, Debug)]
pub(super) struct Word<'p> {
    pub(super) text: &'p str,
    /// The same in small letters.
    pub(super) lower: Cow<'p, str>,
    /// Which piece it stands in, and where in its text.
    pub(super) piece: usize,
    pub(super) range: Range<usize>,
}

/// The words of a source in order.
pub(super) struct Words<'p, 'a> {
    pieces: &'p [Piece<'a>],
    pub(super) list: Vec<Word<'p>>,
    counts: FxHashMap<Cow<'p, str>, usize>,
}

impl<'p, 'a> Words<'p, 'a> {
    pub(super) fn of(report: &'p Report<'a>) -> Self {
        let mut words = Self { pieces: &report.pieces, list: Vec::new(), counts: FxHashMap::default() };
        for (piece, at) in report.pieces.iter().zip(0..) {
            for range in ranges(piece.text()) {
                let text = &piece.text()[range.clone()];
                let small = text.bytes().all(|b| b.is_ascii_lowercase());
                let lower = if small { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) };
                *words.counts.entry(lower.clone()).or_default() += 1;
                words.list.push(Word { text, lower, piece: at, range });
            }
        }
        words
    }

    /// How often a word, in small letters, stands in the text.
    pub(super) fn count(&self, lower: &str) -> usize {
        self.counts.get(lower).copied().unwrap_or_default()
    }

    /// Neighbours in one piece, and what stands between them.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Word<'p>, &'p str, &Word<'p>)> {
        self.list.windows(2).filter_map(|pair| {
            let [a, b] = pair else { return None };
            (a.piece == b.piece).then(|| (a, &self.pieces[a.piece].text()[a.range.end..b.range.start], b))
        })
    }

    /// What may be the name of a person: two or three words with capitals side by side, small ones between them: the
    /// piece, where in its text, and the words with one space between them.
    pub(super) fn names(&self) -> impl Iterator<Item = (usize, Range<usize>, String)> {
        let is_capital = |word: &Word<'_>| word.text.starts_with(char::is_uppercase);
        // `von`, `de la`
        let is_particle = |word: &Word<'_>| word.text.len() <= 4 && word.text.starts_with(char::is_lowercase);
        let starts = (0..self.list.len()).filter(move |&at| is_capital(&self.list[at]));
        starts.flat_map(move |at| {
            (2..=4).rev().filter_map(move |length| {
                let words = self.list.get(at..at + length)?;
                let (first, last) = (&words[0], &words[length - 1]);
                let text = self.pieces[first.piece].text();
                let joined = words.windows(2).all(|pair| {
                    pair[0].piece == pair[1].piece
                        && matches!(&text[pair[0].range.end..pair[1].range.start], " " | "-" | "’")
                });
                let inner = words[1..length - 1].iter().all(|word| is_capital(word) || is_particle(word));
                (joined && inner && is_capital(last)).then(|| {
                    let range = first.range.start..last.range.end;
                    (first.piece, range.clone(), text[range].to_owned())
                })
            })
        })
    }

    /// Where in the source something of a piece stands.
    pub(super) fn span(&self, piece: usize, range: Range<usize>) -> Span {
        self.pieces[piece].clean.source_span(range)
    }
}

/// Where the words of `text` stand.
fn ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_letter = |c: char| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter)?;
        let end = text[start..].find(|c| !is_letter(c)).map_or(text.len(), |length| start + length);
        at = end;
        Some(start..end)
    })
}
