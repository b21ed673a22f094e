//! Captions in the running text of a session.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Bullet};

use super::{Reader, Unit};
use crate::{
    RegionLabel as L,
    piece::{Begin, End, Piece},
};

impl<'a> Reader<'_, 'a> {
    /// An entry of a list that is no sentence: what photographs show.
    pub(super) fn caption(&mut self, at: usize) -> Option<usize> {
        let piece = &self.pieces[at];
        if piece.cues.days.is_some() || piece.cues.times.is_some() {
            return None;
        }
        let start = match (&piece.cues.bullet, piece.cues.number) {
            (Some((bullet, start)), _) => {
                if matches!(bullet, Bullet::Glyph(c) if self.context.lexicon.words.glyphs.arrows.contains(*c)) {
                    return None;
                }
                *start
            }
            (None, Some((_, start))) if piece.cues.chars > 12 => start,
            // a part's symbol in place of the number
            (None, None)
                if piece.text().starts_with(|c| self.context.lexicon.words.glyphs.symbols.contains(c))
                    && piece.cues.chars > 12 =>
            {
                piece.text().find(char::is_alphanumeric)?
            }
            _ => return self.caption_apart(at),
        };
        let mut end = at + 1;
        while end < self.end
            && self.pieces[end].label.is_none()
            && !self.pieces[end].gap
            && self.pieces[end].cues.bullet.is_none()
            && self.pieces[end].cues.number.is_none()
        {
            end += 1;
        }
        let last = &self.pieces[end - 1];
        // a name behind a dash says whose the words before it are
        let named = grammar::is_name(&self.pieces[at].text()[start..], self.context.lexicon);
        if last.text().ends_with('.') || self.pieces[at].cues.chars > 500 || named {
            return None;
        }
        // the number before it, misread as a sign
        let symbols = &self.context.lexicon.words.glyphs.symbols;
        let text = &self.pieces[at].text()[start..];
        let start = start + text.len() - text.trim_start_matches(|c: char| symbols.contains(c) || c == ' ').len();
        let mut lines = vec![self.pieces[at].clean.slice(start..self.pieces[at].text().len())];
        lines.extend(self.pieces[at + 1..end].iter().map(|piece| piece.clean.clone()));
        for piece in &mut self.pieces[at..end] {
            piece.label = Some(L::Caption);
        }
        self.flow.captions.push(lines);
        self.units.push(Unit::Break);
        Some(end)
    }

    /// What a photograph shows, without a sign before it: a line or two that stand apart and end no sentence. It breaks a
    /// sentence that goes on after it, a picture stands right before it, or it speaks of somebody known.
    fn caption_apart(&mut self, at: usize) -> Option<usize> {
        /// A caption is neither shorter nor longer, in words and characters.
        const WORDS: usize = 5;
        const LONGEST: usize = 200;
        let piece = &self.pieces[at];
        let apart = piece.gap || at > 0 && self.pieces[at - 1].label.is_some_and(|label| label != L::Body);
        let wraps = self
            .pieces
            .get(at + 1)
            .is_some_and(|next| at + 1 < self.end && !next.gap && next.label.is_none() && next.cues.end == End::Open);
        let end = at + 1 + usize::from(wraps);
        let after = self.pieces.get(end).filter(|_| end < self.end);
        let chars: usize = self.pieces[at..end].iter().map(|piece| piece.cues.chars).sum();
        let credit = piece
            .cues
            .name
            .as_ref()
            .filter(|name| name.start == 0)
            .is_some_and(|name| piece.text()[name.end..].trim_start().starts_with([',', '|', '(', ':', '–', '—']));
        let form = piece.cues.begin == Begin::Upper
            && !credit
            && piece.cues.kind.is_none()
            && !piece.text().contains(['“', '”', '„', '«', '»'])
            && self.pieces[end - 1].cues.end == End::Open
            && !piece.text().ends_with([',', ';'])
            && !self.pieces[at..end].iter().any(Piece::is_marked)
            && piece.cues.role.or(self.pieces[end - 1].cues.role).is_none()
            && !piece.cues.capitals
            && piece.text().split_whitespace().count() >= WORDS
            && chars <= LONGEST;
        let after_gap = after.is_none_or(|after| after.gap || after.label.is_some());
        if !form || !apart || !after_gap {
            return None;
        }
        let goes_on = after.is_some_and(|after| after.cues.begin == Begin::Lower);
        let pictured = at > 0 && self.pieces[at - 1].clean.is_empty();
        let breaks = self.open_body() && goes_on;
        let speaks = || {
            let found = self.people.find_all(piece.text());
            let name = |range: &Range<usize>| !piece.text()[range.end..].trim_start().starts_with([',', '|', '(', ':']);
            !goes_on && !self.open_body() && found.iter().any(|found| name(&found.range))
        };
        if !(pictured || breaks || speaks()) {
            return None;
        }
        let lines = self.pieces[at..end].iter().map(|piece| piece.clean.clone()).collect();
        for piece in &mut self.pieces[at..end] {
            piece.label = Some(L::Caption);
        }
        self.flow.captions.push(lines);
        self.units.push(Unit::Break);
        Some(end)
    }
}
