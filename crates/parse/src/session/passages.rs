//! Passages of which a correction says what they are.

use std::ops::Range;

use rapporteur_grammar as grammar;
use rapporteur_source::Clean;

use super::{Reader, Unit};
use crate::{RegionLabel as L, piece::Piece};

impl Reader<'_, '_> {
    /// Reads the passage that begins at `at` as what it is said to be; returns where the next thing stands.
    pub(super) fn passage(&mut self, at: usize) -> Option<usize> {
        let passage = self.pieces[at].passage?;
        let label = self.pieces[at].label?;
        let lines = lines_of(self.pieces, passage, at..self.end);
        let next = lines.last()? + 1;
        match label {
            L::Quote => {
                let parts = unquoted(self.pieces, &lines, self.context.lexicon);
                let next = self.closed(&parts, None);
                self.flow.passages.push(passage);
                return Some(next);
            }
            L::QuoteBy => return self.passage_by(passage, &lines),
            L::Body => lines.iter().for_each(|&line| self.body(line)),
            L::Caption => {
                let caption = without_sign(self.pieces, &lines);
                self.flow.captions.push(caption);
                self.units.push(Unit::Break);
            }
            L::Conclusion => {
                let conclusion = without_sign(self.pieces, &lines);
                self.flow.conclusions.push(conclusion);
            }
            _ => return None,
        }
        self.flow.passages.push(passage);
        Some(next)
    }

    /// Who said a quote. Where no name is found in the passage, it is left as it is, and nothing is read of it.
    fn passage_by(&mut self, passage: usize, lines: &[usize]) -> Option<usize> {
        let (first, last) = (*lines.first()?, *lines.last()?);
        lines.iter().for_each(|&line| self.pieces[line].label = None);
        let end = std::mem::replace(&mut self.end, last + 1);
        let by = self.by(first, true);
        self.end = end;
        let is_read = lines.iter().all(|&line| self.pieces[line].label == Some(L::QuoteBy));
        lines.iter().for_each(|&line| self.pieces[line].label = Some(L::QuoteBy));
        let (by, _) = by.filter(|_| is_read)?;
        self.units.push(Unit::By(by));
        self.flow.passages.push(passage);
        Some(last + 1)
    }
}

/// The pieces of a passage in `range`.
pub(crate) fn lines_of(pieces: &[Piece<'_>], passage: usize, range: Range<usize>) -> Vec<usize> {
    range.filter(|&at| pieces[at].passage == Some(passage)).collect()
}

/// The lines of a quote without the marks around it.
pub(crate) fn unquoted(
    pieces: &[Piece<'_>],
    lines: &[usize],
    lexicon: &grammar::Lexicon,
) -> Vec<(usize, Range<usize>)> {
    let mut parts: Vec<(usize, Range<usize>)> =
        lines.iter().map(|&line| (line, 0..pieces[line].text().len())).collect();
    let glyphs = &lexicon.words.glyphs.quotes;
    let is_mark = |c: char| glyphs.iter().any(|pair| pair.contains(c));
    if let Some((line, range)) = parts.first_mut() {
        range.start = range.end - pieces[*line].text().trim_start_matches(is_mark).len();
    }
    if let Some((line, range)) = parts.last_mut() {
        let text = &pieces[*line].text()[range.clone()];
        range.end = range.start + text.trim_end_matches(is_mark).len();
    }
    parts
}

/// The lines without the sign or the number of a list before them.
pub(crate) fn without_sign<'a>(pieces: &[Piece<'a>], lines: &[usize]) -> Vec<Clean<'a>> {
    let clean = |(index, &line): (usize, &usize)| {
        let piece = &pieces[line];
        let number = piece.cues.number.map_or(0, |(_, at)| at);
        let from = if index == 0 { piece.entry().max(number) } else { 0 };
        piece.clean.slice(from..piece.text().len())
    };
    lines.iter().enumerate().map(clean).collect()
}
