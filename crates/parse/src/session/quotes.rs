//! Pull quotes: between quotation marks, or in a column of their own.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Bullet};
use rapporteur_source::Clean;

use super::{By, QuoteDraft, Reader, Unit, by::looks_like_name};
use crate::{
    RegionLabel as L,
    credits::trim_entry,
    furniture,
    piece::{Begin, End, Piece, next_free},
    signed::DASHES,
};

/// A quote is at most this long, in lines and in characters.
pub(super) const LONGEST_QUOTE_LINES: usize = 60;

pub(super) const LONGEST_QUOTE: usize = 1_800;

/// How wide the lines of running text are, in characters, where they are wide enough for narrow ones beside them.
pub(crate) fn full_width(pieces: &[Piece<'_>], range: Range<usize>) -> Option<usize> {
    let mut widths: Vec<usize> =
        pieces[range].iter().filter(|piece| piece.label.is_none()).map(|piece| piece.cues.chars).collect();
    widths.sort_unstable();
    // most lines of running text are nearly full
    widths.get(widths.len() * 3 / 4).copied().filter(|full| (55..=130).contains(full))
}

/// A line of a column of its own, beside running text so wide, is no wider than this.
pub(crate) fn narrow(full: usize) -> usize {
    full * 2 / 5
}

/// Runs of lines so much narrower than the text around them that they are a column of their own: pull quotes.
pub(super) fn narrow_runs(pieces: &[Piece<'_>], range: Range<usize>) -> Vec<Range<usize>> {
    let Some(full) = full_width(pieces, range.clone()) else { return Vec::new() };
    let limit = narrow(full);
    let is_narrow = |at: usize| {
        let piece = &pieces[at];
        piece.label.is_none()
            && (2..=limit).contains(&piece.cues.chars)
            && (piece.cues.bullet.is_none() || is_dash_within(pieces, at))
            && piece.cues.role.is_none()
            && !piece.cues.link
            && !furniture::is_page_number(piece.text())
    };
    let mut runs = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if !is_narrow(at) {
            at += 1;
            continue;
        }
        let mut start = at;
        while at < range.end && is_narrow(at) {
            at += 1;
        }
        // the last line of a paragraph is short as well
        let (first, second) = (&pieces[start], pieces.get(start + 1));
        let rest = first.cues.begin == Begin::Lower
            || first.cues.end == End::Stop && second.is_some_and(|second| second.cues.begin == Begin::Upper);
        let ends_paragraph = start > range.start
            && !first.gap
            && rest
            && pieces[start - 1].cues.chars > limit
            && pieces[start - 1].cues.end != End::Stop
            && pieces[start - 1].label.is_none();
        if ends_paragraph {
            start += 1;
        }
        if at - start >= 3 {
            runs.push(start..at);
        }
    }
    runs
}

/// Whether the sign that begins a line is a dash within a sentence: the line before stops in mid-sentence, and this one
/// goes on in small letters.
fn is_dash_within(pieces: &[Piece<'_>], at: usize) -> bool {
    let piece = &pieces[at];
    let before = at.checked_sub(1).map(|before| &pieces[before]);
    let open = before
        .is_some_and(|before| before.label.is_none() && before.cues.end == End::Open && before.cues.bullet.is_none());
    let low = Begin::of(&piece.text()[piece.entry()..]) == Begin::Lower;
    !piece.gap && open && low && piece.text().starts_with(['-', '–', '—'])
}

impl<'a> Reader<'_, 'a> {
    /// A column of narrow lines: quotes, each up to its name. A name in mid-sentence was set over the quote by the
    /// extractor and parts nothing.
    pub(super) fn narrow_quote(&mut self, run: Range<usize>) -> Option<usize> {
        if self.pieces[run.clone()].iter().any(|piece| piece.cues.opens.is_some()) {
            return None;
        }
        let mut lines: Vec<Clean<'a>> = Vec::new();
        let mut at = run.start;
        let mut end = run.end;
        while at < run.end {
            let before = lines.last().map(|line: &Clean<'a>| End::of(&line.text));
            // in mid-sentence, a name has to be known
            let ended = before.is_none_or(|end| end == End::Stop);
            if let Some((by, next)) = self.by(at, ended) {
                let inside = before.is_some_and(|end| end != End::Stop)
                    && self.pieces.get(next).is_some_and(|piece| next < run.end && piece.cues.begin == Begin::Lower);
                end = end.max(next);
                at = next;
                if !inside {
                    self.push_quote(&mut lines);
                }
                self.units.push(Unit::By(by));
                continue;
            }
            let piece = &self.pieces[at];
            if piece.gap && before == Some(End::Stop) && piece.cues.begin == Begin::Upper {
                self.push_quote(&mut lines);
            }
            lines.push(self.pieces[at].clean.clone());
            self.pieces[at].label = Some(L::Quote);
            at += 1;
        }
        self.push_quote(&mut lines);
        Some(end)
    }

    /// A quote that was told by its signature, which is read here: its name may be known by now.
    pub(super) fn signed(&mut self, at: usize) -> Option<usize> {
        if !self.pieces[at].signed || self.pieces[at].label != Some(L::Quote) {
            return None;
        }
        let by =
            (at..self.end).find(|&line| self.pieces[line].signed && self.pieces[line].label == Some(L::QuoteBy))?;
        let lines = (at..by).filter(|&line| self.pieces[line].signed);
        let text = lines.map(|line| self.pieces[line].clean.clone()).collect();
        self.pieces[by].label = None;
        let (found, next) = self.by(by, true).unwrap_or_else(|| {
            let clean = &self.pieces[by].clean;
            let start = clean.text.find(char::is_alphabetic).unwrap_or(0);
            let end = clean.text.find([',', '|', '(']).unwrap_or(clean.text.len());
            let rest = clean.text.len() - clean.text[end..].trim_start_matches([',', '|', '(', ' ']).len();
            let credit = trim_entry(&clean.text, rest..clean.text.len()).map(|range| clean.slice(range));
            let name = vec![clean.slice(start..end)];
            (By { person: None, name, credit: credit.into_iter().collect(), gap: false }, by + 1)
        });
        self.pieces[by].label = Some(L::QuoteBy);
        self.units.push(Unit::Quote(QuoteDraft::new(text, Some(found))));
        Some(next)
    }

    fn push_quote(&mut self, lines: &mut Vec<Clean<'a>>) {
        if !lines.is_empty() {
            let text = std::mem::take(lines);
            self.units.push(Unit::Quote(QuoteDraft::new(text, None)));
        }
    }

    /// `Ana Silva: “We go.”`, `Ana Silva (Director): “We go.”`: who said a quote, before it on its line, and where its
    /// mark stands. Running text that quotes in the same way does not begin a line behind the end of a sentence.
    fn announced(&self, at: usize) -> Option<(usize, By<'a>)> {
        /// Name and office before the colon are no longer, in bytes.
        const LONGEST: usize = 160;
        let (piece, lexicon) = (&self.pieces[at], self.context.lexicon);
        let text = piece.text();
        let (start, colon) = text.match_indices(':').find_map(|(colon, _)| {
            let mark = colon + 1 + text[colon + 1..].len() - text[colon + 1..].trim_start().len();
            grammar::opening_quote(&text[mark..], lexicon).map(|_| (mark, colon))
        })?;
        let before = at.checked_sub(1).map(|before| &self.pieces[before]);
        let inside =
            !piece.gap && before.is_some_and(|before| before.label == Some(L::Body) && before.cues.end != End::Stop);
        if inside || colon > LONGEST {
            return None;
        }
        let from = piece.entry().min(colon);
        let by = self.by_in(at, from..colon).or_else(|| {
            let name = vec![piece.clean.slice(from..colon)];
            looks_like_name(&text[from..colon], lexicon).then_some(By {
                person: None,
                name,
                credit: vec![],
                gap: false,
            })
        })?;
        // `Ana Silva, minister since May, said: “We go.”`
        let verb = text[..colon].split_whitespace().next_back().is_some_and(|word| Begin::of(word) == Begin::Lower);
        (!verb).then_some((start, by))
    }

    /// A quote in quotation marks: it begins a paragraph, and the mark that closes it ends one.
    pub(super) fn quote(&mut self, at: usize) -> Option<usize> {
        let lexicon = self.context.lexicon;
        if let Some((start, by)) = self.announced(at) {
            return self.quote_from(at, start, Some(by));
        }
        let piece = &self.pieces[at];
        let entry = match (&piece.cues.bullet, &piece.cues.opens) {
            (_, Some(_)) => 0,
            (Some((Bullet::Glyph(_), entry)), None) => *entry,
            _ => return None,
        };
        let (mark, _) = grammar::opening_quote(&piece.text()[entry..], lexicon)?;
        if !(piece.gap || at == 0 || entry > 0) {
            let before = &self.pieces[at - 1];
            let body = before.label == Some(L::Body);
            let open = body && before.cues.end != End::Stop;
            // words that a sentence quotes
            let words = Begin::of(piece.text()[entry..].trim_start_matches(mark)) == Begin::Lower;
            if open && (words || self.runs_on_behind(at) || !self.attributed_soon(at) && !self.signed_below(at)) {
                return None;
            }
        }
        self.quote_from(at, entry, None)
    }

    /// Whether the sentence goes on behind words in quotation marks that fill the line `at`.
    fn runs_on_behind(&self, at: usize) -> bool {
        let text = self.pieces[at].text();
        let Some((mark, closing)) = grammar::opening_quote(text, self.context.lexicon) else { return false };
        let rest = &text[mark.len_utf8()..];
        let closed =
            closes(rest, mark, &closing, &mut 1).filter(|close| !rest[close.end..].contains(char::is_alphanumeric));
        let next = self.pieces.get(at + 1).filter(|next| !next.gap && next.label.is_none());
        closed.is_some() && next.is_some_and(|next| next.cues.begin == Begin::Lower)
    }

    /// A quote whose mark stands at `entry` of the line `at`, by somebody who is named before it or below.
    fn quote_from(&mut self, at: usize, entry: usize, said: Option<By<'a>>) -> Option<usize> {
        let lexicon = self.context.lexicon;
        let (mark, closing) = grammar::opening_quote(&self.pieces[at].text()[entry..], lexicon)?;
        let announced = said.is_some();
        let unclosed = |reader: &mut Self| if announced { None } else { reader.unclosed(at, entry + mark.len_utf8()) };
        let mut depth = 1;
        let mut chars = 0;
        let mut lines = Vec::new();
        let mut here = at;
        // where running text stands between the parts of a quote in a column of its own
        let mut interrupted = None;
        let mut column = self.narrow.iter().position(|run| run.contains(&at));
        loop {
            if let Some(run) = column.filter(|&run| here == self.narrow[run].end)
                && let Some(rest) = self.rest_of_column(run, mark, &closing)
            {
                interrupted.get_or_insert(here);
                column = Some(run + 1);
                here = rest;
            }
            let piece = &self.pieces[here];
            if piece.label == Some(L::Furniture) {
                here += 1;
                if here >= self.end {
                    return unclosed(self);
                }
                continue;
            }
            if piece.label.is_some() || piece.cues.link || here - at > LONGEST_QUOTE_LINES || chars > LONGEST_QUOTE {
                return unclosed(self);
            }
            if here > at
                && piece.gap
                && (piece.cues.opens.is_some() || self.people.whole(piece.text(), lexicon).is_some())
            {
                return unclosed(self);
            }
            let start = if here == at {
                entry
            } else {
                piece.cues.bullet.as_ref().filter(|_| entry > 0 && !announced).map_or(0, |(_, start)| *start)
            };
            // behind the mark that opens
            let start = if here == at { start + mark.len_utf8() } else { start };
            match closes(&piece.text()[start..], mark, &closing, &mut depth) {
                Some(close) => {
                    let rest_from = start + close.end;
                    // a dash alone stands before the name on the next line
                    let rest = piece.text()[rest_from..].trim_matches([' ', '.', ',', '*', '_', '!']);
                    let rest = rest.trim_end_matches(DASHES);
                    if rest.is_empty() {
                        lines.push((here, start..start + close.start));
                        let next = if announced { self.closed_after(&lines, said) } else { self.closed(&lines, None) };
                        return Some(interrupted.unwrap_or(next));
                    }
                    if announced {
                        return None;
                    }
                    // the name on the same line
                    let end = piece.text().len();
                    let by = self.by_over(here, rest_from).or_else(|| self.by_in(here, rest_from..end))?;
                    lines.push((here, start..start + close.start));
                    let next = self.closed(&lines, Some(by));
                    return Some(interrupted.unwrap_or(next));
                }
                None => {
                    lines.push((here, start..piece.text().len()));
                    chars += piece.cues.chars;
                }
            }
            here += 1;
            if here >= self.end {
                return unclosed(self);
            }
        }
    }

    /// Where a quote goes on that stops at the end of a column: at the top of the next one, if it is closed there.
    fn rest_of_column(&self, run: usize, mark: char, closing: &str) -> Option<usize> {
        /// The text between the two has at most so many pieces.
        const REACH: usize = 60;
        let end = self.narrow[run].end;
        let next = self.narrow.get(run + 1).filter(|next| next.start < self.end && next.start - end <= REACH)?;
        let width = self.pieces[self.narrow[run].clone()].iter().map(|piece| piece.cues.chars).max()?;
        let wide = |piece: &Piece<'_>| piece.label.is_none() && piece.cues.chars >= 2 * width;
        let text = self.pieces[end..next.start.max(end)].iter().any(wide);
        let lines = self.pieces[next.clone()].iter().take_while(|piece| piece.cues.opens.is_none());
        let mut depth = 1;
        let closes = lines.into_iter().any(|piece| closes(piece.text(), mark, closing, &mut depth).is_some());
        (text && closes).then_some(next.start)
    }

    /// A quote whose speaker stands before it: what follows it is none of its own.
    fn closed_after(&mut self, lines: &[(usize, Range<usize>)], by: Option<By<'a>>) -> usize {
        let text = lines.iter().map(|(at, range)| self.pieces[*at].clean.slice(range.clone())).collect();
        for (at, _) in lines {
            self.pieces[*at].label = Some(L::Quote);
        }
        if let Some((first, _)) = lines.first() {
            self.pieces[*first].also.push(L::QuoteBy);
        }
        self.units.push(Unit::Quote(QuoteDraft::new(text, by)));
        lines.last().map_or(0, |(last, _)| last + 1)
    }

    pub(super) fn closed(&mut self, lines: &[(usize, Range<usize>)], by: Option<By<'a>>) -> usize {
        let text = lines.iter().map(|(at, range)| self.pieces[*at].clean.slice(range.clone())).collect();
        let last = lines.last().map_or(0, |(at, _)| *at);
        for (at, _) in lines {
            self.pieces[*at].label = Some(L::Quote);
        }
        let mut next = last + 1;
        // a name at the foot of several pages is no running head where it stands right below a quote
        if let Some(below) = self.pieces.get(next).filter(|_| next < self.end && by.is_none())
            && below.label == Some(L::Furniture)
            && !below.gap
            && self.people.whole(below.text(), self.context.lexicon).is_some()
        {
            self.pieces[next].label = None;
        }
        let mut by_office = None;
        let mut by = by;
        if let Some(found) = &mut by {
            self.pieces[last].also.push(L::QuoteBy);
            if let Some(person) = found.person {
                let printed: String = found.credit.iter().map(|part| part.text.as_ref()).collect::<Vec<_>>().join(" ");
                let (more, after) = self.offices(next, Some(person), &printed);
                found.credit.extend(more);
                next = after;
            }
        } else if let Some(here) = next_free(self.pieces, next, self.end) {
            if let Some((found, after)) = self.by(here, true) {
                by = Some(found);
                next = after;
            } else if let Some((person, after)) = self.office_alone(here) {
                by_office = Some(person);
                next = after;
            }
        }
        self.units.push(Unit::Quote(QuoteDraft { by_office, ..QuoteDraft::new(text, by) }));
        next
    }

    /// A quote whose closing mark was lost: it goes as far as the gap after it, if a name follows there.
    fn unclosed(&mut self, at: usize, from: usize) -> Option<usize> {
        let mut end = at + 1;
        while end < self.end
            && self.pieces[end].label.is_none()
            && !self.pieces[end].gap
            && self.people.whole(self.pieces[end].text(), self.context.lexicon).is_none()
        {
            end += 1;
        }
        let chars: usize = self.pieces[at..end].iter().map(|piece| piece.cues.chars).sum();
        let named = next_free(self.pieces, end, self.end)
            .is_some_and(|next| self.people.whole(self.pieces[next].text(), self.context.lexicon).is_some());
        if !named || chars > LONGEST_QUOTE {
            return None;
        }
        let mut text = vec![self.pieces[at].clean.slice(from..self.pieces[at].text().len())];
        text.extend(self.pieces[at + 1..end].iter().map(|piece| piece.clean.clone()));
        for piece in &mut self.pieces[at..end] {
            piece.label = Some(L::Quote);
        }
        let mut draft = QuoteDraft::new(text, None);
        let mut next = end;
        if let Some(here) = next_free(self.pieces, end, self.end)
            && let Some((by, after)) = self.by(here, true)
        {
            draft.by = Some(by);
            next = after;
        }
        self.units.push(Unit::Quote(draft));
        Some(next)
    }

    /// Whether a name stands alone on a line soon after `at`.
    fn attributed_soon(&self, at: usize) -> bool {
        self.pieces[at..self.end.min(at + 25)]
            .iter()
            .any(|piece| self.people.whole(piece.text(), self.context.lexicon).is_some())
    }

    /// Whether the quotation that begins at `at` ends at the end of a line, and a known person stands on the next.
    fn signed_below(&self, at: usize) -> bool {
        let Some((mark, closing)) = grammar::opening_quote(self.pieces[at].text(), self.context.lexicon) else {
            return false;
        };
        let mut depth = 1;
        let free = (at..self.end.min(at + LONGEST_QUOTE_LINES)).filter(|&line| self.pieces[line].label.is_none());
        for line in free {
            let start = if line == at { mark.len_utf8() } else { 0 };
            let text = &self.pieces[line].text()[start..];
            if let Some(close) = closes(text, mark, &closing, &mut depth) {
                let next = next_free(self.pieces, line + 1, self.end);
                return close.end == text.len() && next.is_some_and(|next| self.begins_with_person(next));
            }
        }
        false
    }

    /// Whether a line is the name of a known person, with or without an office behind it.
    fn begins_with_person(&self, at: usize) -> bool {
        let text = self.pieces[at].text().trim_start_matches(DASHES).trim_start();
        let credit = grammar::credit(text, self.context.lexicon);
        credit.is_some_and(|credit| self.people.of_name(&text[credit.name]).is_some())
    }

    /// Whether the line before flows into this one and this one into the next: no name of its own, though it is one.
    pub(super) fn is_inside_paragraph(&self, at: usize) -> bool {
        if self.pieces[at].gap || at == 0 {
            return false;
        }
        let before = &self.pieces[at - 1];
        let next = self.pieces.get(at + 1).filter(|next| !next.gap);
        before.label == Some(L::Body)
            && before.cues.end == End::Open
            && next.is_some_and(|next| next.cues.begin == Begin::Lower)
    }
}

/// Where the quotation that is open `depth` times closes in `text`: the range of the closing mark.
fn closes(text: &str, mark: char, closing: &str, depth: &mut i32) -> Option<Range<usize>> {
    let straight = closing.contains(mark);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let after = text[end..].chars().next();
        let is_opening = c == mark
            && (!straight || before.is_whitespace() || matches!(before, '(' | '—' | '–' | '['))
            && (!straight || after.is_some_and(|c| !c.is_whitespace()));
        // an apostrophe closes nothing
        let apostrophe = matches!(c, '’' | '\'') && after.is_some_and(char::is_alphanumeric);
        if is_opening {
            *depth += 1;
        } else if closing.contains(c) && !apostrophe {
            *depth -= 1;
            if *depth <= 0 {
                return Some(at..end);
            }
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    use super::*;
    use crate::{context::Context, piece};

    #[test]
    fn a_dash_within_a_sentence_parts_no_column() {
        let wide = "The session looked at the rivers of the north and at those who live there\n".repeat(6);
        for (quote, expected) in [
            ("The mills take\nwhat the water\n- for all of us\nbrings along.\n", 7..11),
            ("The mills take\nwhat the water\nbrings along.\n- nets\n- a boat\n", 7..10),
        ] {
            let source = Source::new("s", "s", format!("{wide}\n{quote}").into());
            let lexicon = Lexicon::embedded();
            let context = Context::new(&source, &lexicon);
            let pieces = piece::pieces(&context);
            let runs: Vec<_> =
                narrow_runs(&pieces, 0..pieces.len()).iter().map(|run| run.start + 1..run.end + 1).collect();
            assert_eq!(runs, vec![expected], "{quote}");
        }
    }
}
