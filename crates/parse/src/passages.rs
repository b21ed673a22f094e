//! Passages of which corrections say what they are: their pieces are labelled before anything else is read, and each is
//! read as that, or told not to be.

use std::ops::Range;

use rapporteur_correct::{Passage, ReadAs};
use rapporteur_grammar::{self as grammar, Lexicon, Role};
use rapporteur_source::Clean;

use crate::{
    RegionLabel as L,
    credits::{self, CreditDraft},
    outline::Zone,
    piece::Piece,
    report::Report,
    session::{QuoteDraft, lines_of, unquoted, without_sign},
};

/// The label of a piece of such a passage.
pub(crate) fn label(read_as: ReadAs) -> L {
    match read_as {
        ReadAs::Furniture => L::Furniture,
        ReadAs::Heading => L::Heading,
        ReadAs::SessionTitle => L::SessionTitle,
        ReadAs::Credit => L::Credit,
        ReadAs::Body => L::Body,
        ReadAs::Quote => L::Quote,
        ReadAs::QuoteBy => L::QuoteBy,
        ReadAs::Conclusion => L::Conclusion,
        ReadAs::Caption => L::Caption,
        ReadAs::About => L::About,
    }
}

/// Labels the pieces of passages, which are in the order of the text. Pieces that are in a passage in part are parted.
/// Furniture inside a passage stays what it is.
pub(crate) fn mark<'a>(pieces: &mut Vec<Piece<'a>>, passages: &[Passage], lexicon: &Lexicon) {
    if passages.is_empty() {
        return;
    }
    let mut marked: Vec<Piece<'a>> = Vec::with_capacity(pieces.len() + passages.len());
    for piece in pieces.drain(..) {
        let mut rest = Some(piece);
        while let Some(piece) = rest.take() {
            let span = piece.clean.span();
            let found =
                passages.iter().position(|passage| passage.span.start < span.end && span.start < passage.span.end);
            let Some((index, passage)) = found.filter(|_| !piece.text().is_empty()).map(|at| (at, passages[at])) else {
                marked.push(piece);
                continue;
            };
            let inside = passage.span.start < span.start && span.end < passage.span.end;
            if inside && piece.label == Some(L::Furniture) {
                marked.push(piece);
                continue;
            }
            let (start, end) = (offset(&piece.clean, passage.span.start), offset(&piece.clean, passage.span.end));
            let length = piece.text().len();
            if start > 0 {
                let before = piece.part(0..start, lexicon);
                let label = piece.label;
                marked.push(Piece { label, ..before });
            }
            let mut part = if start == 0 && end == length { piece.clone() } else { piece.part(start..end, lexicon) };
            part.gap |= start > 0;
            part.label = Some(label(passage.label));
            part.passage = Some(index);
            let more = end < length && !part.text().is_empty();
            marked.push(part);
            if more {
                rest = Some(Piece { label: piece.label, ..piece.part(end..length, lexicon) });
            }
        }
    }
    *pieces = marked;
}

/// Where in a piece the first sign stands that is read at or behind a byte of the source.
fn offset(clean: &Clean<'_>, byte: usize) -> usize {
    let mut signs = clean.text.char_indices();
    let found = signs.find(|&(at, c)| clean.source_span(at..at + c.len_utf8()).start >= byte);
    found.map_or(clean.text.len(), |(at, _)| at)
}

impl<'a> Report<'a> {
    /// Notes which passages were read, in a session or outside of one: there it has no conclusions.
    pub(crate) fn note_passages(&mut self, passages: &mut Vec<usize>, in_session: bool) {
        for passage in passages.drain(..) {
            let conclusion =
                self.pieces.iter().any(|piece| piece.passage == Some(passage) && piece.label == Some(L::Conclusion));
            self.passages[passage] |= in_session || !conclusion;
        }
    }

    /// Credits among those of a session, in the order of the text.
    pub(crate) fn insert_credits(&mut self, range: Range<usize>, credits: &mut Vec<CreditDraft<'a>>) {
        let mut role = Role::Speakers;
        let mut at = range.start;
        while at < range.end {
            let piece = &self.pieces[at];
            if let Some((found, _)) =
                piece.cues.role.filter(|_| matches!(piece.label, Some(L::CreditLabel | L::Credit)))
            {
                role = found;
            }
            let Some(passage) = piece.passage.filter(|_| piece.label == Some(L::Credit)) else {
                at += 1;
                continue;
            };
            let lines = lines_of(&self.pieces, passage, at..range.end);
            at = lines.last().map_or(at, |last| *last) + 1;
            let draft = CreditDraft { role, lines: without_sign(&self.pieces, &lines), width: 0 };
            let text = self.context.join(&draft.lines).text;
            let lexicon = self.context.lexicon;
            let named =
                credits::name_line(&draft.lines, &text, lexicon).is_some() || grammar::credit(&text, lexicon).is_some();
            if named {
                let start = |draft: &CreditDraft<'_>| draft.lines.first().map(|line| line.span().start);
                let place = credits.iter().position(|known| start(known) > start(&draft)).unwrap_or(credits.len());
                credits.insert(place, draft);
                self.passages[passage] = true;
            }
        }
    }

    /// Running text of an article: what was kept from being read as anything else.
    pub(crate) fn release_body(&mut self, range: Range<usize>) {
        for piece in &mut self.pieces[range] {
            if let Some(passage) = piece.passage.filter(|_| piece.label == Some(L::Body)) {
                piece.label = None;
                self.passages[passage] = true;
            }
        }
    }

    /// Passages outside of sessions, and what is only left out.
    pub(crate) fn read_passages(&mut self, passages: &[Passage]) {
        for (index, passage) in passages.iter().enumerate() {
            let lines = lines_of(&self.pieces, index, 0..self.pieces.len());
            let expected = label(passage.label);
            let article = expected == L::Body;
            let kept = |&line: &usize| {
                let label = self.pieces[line].label;
                label == Some(expected) || article && label == Some(L::Article)
            };
            let Some(first) = lines.first().copied().filter(|_| lines.iter().all(kept)) else {
                self.passages[index] = false;
                continue;
            };
            let zone = self.outline.parts.iter().find(|part| part.range.contains(&first)).map(|part| &part.zone);
            let zone = zone.cloned();
            let is_read = match passage.label {
                ReadAs::Furniture | ReadAs::Heading | ReadAs::About => true,
                // nothing is kept of the text between the parts
                ReadAs::Body => self.passages[index] || matches!(zone, Some(Zone::Front)),
                ReadAs::SessionTitle => matches!(zone, Some(Zone::Session { title, .. }) if title.contains(&first)),
                ReadAs::Quote if !self.passages[index] => {
                    let parts = unquoted(&self.pieces, &lines, self.context.lexicon);
                    let text = parts.into_iter().map(|(line, range)| self.pieces[line].clean.slice(range)).collect();
                    self.quotes.push((None, QuoteDraft::new(text, None)));
                    true
                }
                ReadAs::Caption if !self.passages[index] => {
                    self.captions.push(without_sign(&self.pieces, &lines));
                    true
                }
                _ => self.passages[index],
            };
            self.passages[index] = is_read;
        }
    }
}
