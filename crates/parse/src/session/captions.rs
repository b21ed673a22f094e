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
        let dash = matches!(self.pieces[at].cues.bullet, Some((Bullet::Glyph('-' | '–' | '—'), _)));
        // a sentence that breaks before a dash: `to speak with a vote ⏎ – not merely a voice`
        let before = at.checked_sub(1).map(|before| &self.pieces[before]);
        let inside = before.is_some_and(|before| before.label == Some(L::Body) && before.cues.end == End::Open);
        if inside && !piece.gap && (dash || Begin::of(&piece.text()[start..]) == Begin::Lower) {
            return None;
        }
        let mut end = at + 1;
        while end < self.end
            && self.pieces[end].label.is_none()
            && !self.pieces[end].gap
            && self.pieces[end].cues.bullet.is_none()
            && self.pieces[end].cues.number.is_none()
            && self.pieces[end].cues.opens.is_none()
        {
            end += 1;
        }
        let last = &self.pieces[end - 1];
        let lexicon = self.context.lexicon;
        let symbols = &lexicon.words.glyphs.symbols;
        let is_sign = |c: char| symbols.contains(c) || c == ' ';
        let depicts = || {
            let text = self.pieces[at].text();
            let signs = text[start..].len() - text[start..].trim_start_matches(is_sign).len();
            let first = self.pieces[at].clean.slice(start + signs..text.len());
            let rest = self.pieces[at + 1..end].iter().map(|piece| &piece.clean);
            grammar::depicts(&self.context.join(std::iter::once(&first).chain(rest)).text, lexicon)
        };
        // a name behind a dash, alone or with its office, says whose the words before it are, or is one of a list
        let named = grammar::is_name(&self.pieces[at].text()[start..], lexicon) || dash && !depicts();
        if last.cues.end == End::Stop || self.pieces[at].cues.chars > 500 || named || self.goes_on(end) {
            return None;
        }
        // the number before it, misread as a sign
        let text = &self.pieces[at].text()[start..];
        let start = start + text.len() - text.trim_start_matches(is_sign).len();
        let mut lines = vec![self.pieces[at].clean.slice(start..self.pieces[at].text().len())];
        lines.extend(self.pieces[at + 1..end].iter().map(|piece| piece.clean.clone()));
        for piece in &mut self.pieces[at..end] {
            piece.label = Some(L::Caption);
        }
        self.flow.captions.push(lines);
        self.units.push(Unit::Break);
        Some(end)
    }

    /// Whether what stands before the piece `end` is a fragment: its last word closes nothing, and the text that comes next,
    /// over whatever a new page brings, goes on in mid-sentence.
    fn goes_on(&self, end: usize) -> bool {
        let open = self.pieces[end - 1].cues.end == End::Hyphen || self.ends_in_a_function_word(end - 1);
        open && self.goes_on_small(end)
    }

    fn ends_in_a_function_word(&self, at: usize) -> bool {
        let word = self.pieces[at].text().split_whitespace().next_back();
        word.is_some_and(|word| self.context.lexicon.is_function_word(word))
    }

    /// Whether the text that comes next at `end`, over whatever a new page brings, begins in mid-sentence.
    fn goes_on_small(&self, end: usize) -> bool {
        let next = self.pieces[end..self.end].iter().find(|piece| piece.label != Some(L::Furniture));
        next.is_some_and(|next| next.label.is_none() && next.cues.begin == Begin::Lower)
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
            && !grammar::runs_over_a_stop(piece.text(), self.context.lexicon)
            && !self.ends_in_a_function_word(end - 1)
            && piece.cues.role.or(self.pieces[end - 1].cues.role).is_none()
            && !piece.cues.capitals
            && piece.text().split_whitespace().count() >= WORDS
            && chars <= LONGEST;
        let after_gap = after.is_none_or(|after| after.gap || after.label.is_some());
        if !form || !apart || !after_gap {
            return None;
        }
        let goes_on = self.goes_on_small(end);
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
        Some(self.take_caption(at, end))
    }

    /// What a photograph shows, told by what it says: a block that begins a sentence, ends none, and says who does what.
    /// Where no gap stands around it, the line before ends a sentence, and the one behind begins the next though its
    /// first word would have fitted.
    pub(super) fn caption_shown(&mut self, at: usize) -> Option<usize> {
        let end = self.shown_until(at)?;
        Some(self.take_caption(at, end))
    }

    /// Where a caption that says who does what ends, if one begins at `at`.
    pub(super) fn shown_until(&self, at: usize) -> Option<usize> {
        let piece = &self.pieces[at];
        let before = at.checked_sub(1).map(|before| &self.pieces[before]);
        let apart = piece.gap
            || before.is_none_or(|before| {
                before.label.is_some_and(|label| label != L::Body) || before.cues.end == End::Stop
            });
        let cues = &piece.cues;
        let form = cues.begin == Begin::Upper
            && cues.opens.is_none()
            && cues.role.is_none()
            && cues.kind.is_none()
            && cues.section.is_none()
            && piece.clean.marks.heading == 0
            && !cues.capitals;
        if !apart || !form {
            return None;
        }
        let end = self.caption_end(at)?;
        let text = self.context.join(self.pieces[at..end].iter().map(|piece| &piece.clean)).text;
        let shown = grammar::depicts(&text, self.context.lexicon)
            && !grammar::runs_over_a_stop(&text, self.context.lexicon)
            && !text.ends_with([',', ';', ':'])
            && !self.context.lexicon.is_function_word(text.split_whitespace().next_back().unwrap_or_default());
        // a fragment of a sentence that goes on behind it
        (shown && (!self.goes_on_small(end) || self.open_body())).then_some(end)
    }

    /// Where a block of lines that ends no sentence ends, from `at`: at a gap or something read already, or where a line
    /// stops short of the next.
    fn caption_end(&self, at: usize) -> Option<usize> {
        /// A caption has no more lines.
        const MOST: usize = 7;
        for here in at..self.end.min(at + MOST) {
            if self.pieces[here].cues.end == End::Stop {
                return None;
            }
            let next =
                self.pieces.get(here + 1).filter(|next| here + 1 < self.end && next.label.is_none() && !next.gap);
            match next {
                Some(next) if !self.stops_short(at, here, next) => {}
                _ => return Some(here + 1),
            }
        }
        None
    }

    /// Whether the caption that begins at `at` ends with the line `here`: the next begins a sentence, and its first word
    /// would still have fitted, or is none that stands in mid-sentence with a capital.
    fn stops_short(&self, at: usize, here: usize, next: &Piece<'a>) -> bool {
        /// So many lines before it tell how wide the text is.
        const AROUND: usize = 6;
        let line = &self.pieces[here];
        if line.cues.end == End::Hyphen
            || line.text().ends_with(',')
            || next.cues.begin != Begin::Upper && next.cues.opens.is_none()
        {
            return false;
        }
        let word = next.text().split_whitespace().next().unwrap_or_default();
        let last = line.text().split_whitespace().next_back().unwrap_or_default();
        if self.context.lexicon.is_function_word(last) {
            return false;
        }
        let lines = &self.pieces[at.saturating_sub(AROUND)..(here + AROUND).min(self.end)];
        let width = lines.iter().map(|piece| piece.cues.chars).max().unwrap_or_default();
        let fits = line.cues.chars + 1 + word.chars().count() + 2 < width;
        let sentence = self.context.lexicon.is_function_word(word) && !self.context.is_proper(word);
        fits || sentence
    }

    fn take_caption(&mut self, at: usize, end: usize) -> usize {
        let lines = self.pieces[at..end].iter().map(|piece| piece.clean.clone()).collect();
        for piece in &mut self.pieces[at..end] {
            piece.label = Some(L::Caption);
        }
        self.flow.captions.push(lines);
        self.units.push(Unit::Break);
        end
    }
}
