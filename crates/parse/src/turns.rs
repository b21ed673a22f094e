//! Two columns of which an extractor took the blocks in turn: the first of the left one, the first of the right one, the
//! second of the left one…
//!
//! The idea: such a page shows itself by a right column that begins in mid-sentence. What it goes on from is the end of the
//! left one, which stands further down. An extractor reads all pages in one way: where some show it and few speak against
//! it, those that show nothing are read so as well.

use std::{cmp::Ordering, ops::Range};

use rapporteur_source::Clean;

use crate::{
    RegionLabel as L,
    outline::{Part, Zone},
    piece::{Begin, End, Piece},
};

/// So many pages must show it,
const SHOWN: usize = 2;
/// and so many for each one that speaks against it.
const AGAINST: usize = 3;
/// Two columns have at least so many blocks.
const BLOCKS: usize = 3;

/// What stands on a page of a session below its credits, between blank lines: blocks of pieces.
struct Page {
    blocks: Vec<Vec<usize>>,
    /// How the next page begins.
    next: Option<Begin>,
}

/// What a page says of how it is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// Its blocks stand in turn.
    Turns,
    /// They stand as they are read.
    Order,
    Nothing,
}

/// Puts the columns of sessions one after the other; returns the first piece that each right column has.
pub(crate) fn untwine<'a>(pieces: &mut [Piece<'a>], parts: &[Part]) -> Vec<Clean<'a>> {
    let sessions = parts.iter().filter(|part| matches!(part.zone, Zone::Session { .. }));
    let pages: Vec<Page> = sessions.flat_map(|part| pages(pieces, part.range.clone())).collect();
    let says: Vec<Says> = pages.iter().map(|page| page.says(pieces)).collect();
    let count = |what: Says| says.iter().filter(|&&says| says == what).count();
    if count(Says::Turns) < SHOWN.max(AGAINST * count(Says::Order)) {
        return Vec::new();
    }
    let mut moved = Vec::new();
    for (page, says) in pages.iter().zip(&says) {
        if *says == Says::Turns || *says == Says::Nothing && page.may_turn(pieces) {
            moved.push(pieces[page.blocks[1][0]].clean.clone());
            page.put(pieces);
        }
    }
    moved
}

/// The pages of a session.
fn pages(pieces: &[Piece<'_>], range: Range<usize>) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    let mut next = range.start;
    for run in pieces[range].chunk_by(|piece, next| piece.page == next.page) {
        let start = next;
        next += run.len();
        // running heads in capitals and links stand over and below both columns
        let is_text = |piece: &Piece<'_>| {
            let free = piece.label.is_none() && !(piece.cues.capitals && piece.gap) && !piece.cues.link;
            (piece.signed || free) && piece.passage.is_none()
        };
        let below = run.iter().rposition(|piece| {
            piece.passage.is_some() || !piece.signed && !matches!(piece.label, None | Some(L::Furniture))
        });
        let mut blocks: Vec<Vec<usize>> = Vec::new();
        for (at, piece) in run.iter().enumerate().skip(below.map_or(0, |at| at + 1)) {
            match blocks.last_mut() {
                _ if !is_text(piece) => {}
                Some(block) if !piece.gap => block.push(start + at),
                _ => blocks.push(vec![start + at]),
            }
        }
        if let (Some(before), Some(first)) = (pages.last_mut(), blocks.first()) {
            before.next = Some(pieces[first[0]].cues.begin);
        }
        pages.push(Page { blocks, next: None });
    }
    pages
}

impl Page {
    /// What the page says by how its blocks begin and end.
    fn says(&self, pieces: &[Piece<'_>]) -> Says {
        if self.blocks.len() < BLOCKS {
            return Says::Nothing;
        }
        let as_read: Vec<usize> = (0..self.blocks.len()).collect();
        let last_left = (self.blocks.len() - 1) / 2 * 2;
        let right_goes_on = self.begin(1, pieces) == Begin::Lower
            && self.end(0, pieces) == End::Stop
            && self.end(last_left, pieces) != End::Stop;
        match self.misfits(&as_read, pieces).cmp(&self.misfits(&self.in_turn(), pieces)) {
            Ordering::Greater if right_goes_on => Says::Turns,
            Ordering::Less => Says::Order,
            _ => Says::Nothing,
        }
    }

    /// The blocks of the left column, and those of the right one.
    fn in_turn(&self) -> Vec<usize> {
        (0..self.blocks.len()).step_by(2).chain((1..self.blocks.len()).step_by(2)).collect()
    }

    /// How many blocks do not go on from the one before them in an order.
    fn misfits(&self, order: &[usize], pieces: &[Piece<'_>]) -> usize {
        let ends = order.iter().map(|&at| self.end(at, pieces));
        let begins = order.iter().skip(1).map(|&at| Some(self.begin(at, pieces))).chain([self.next]);
        let misfit = |pair: &(End, Option<Begin>)| {
            matches!(pair, (End::Stop, Some(Begin::Lower)) | (End::Hyphen, Some(Begin::Upper | Begin::Other)))
        };
        ends.zip(begins).filter(misfit).count()
    }

    fn begin(&self, block: usize, pieces: &[Piece<'_>]) -> Begin {
        pieces[self.blocks[block][0]].cues.begin
    }

    fn end(&self, block: usize, pieces: &[Piece<'_>]) -> End {
        self.blocks[block].last().map_or(End::Open, |&at| pieces[at].cues.end)
    }

    /// Whether nothing speaks against columns of running text, of which the left one is filled first.
    fn may_turn(&self, pieces: &[Piece<'_>]) -> bool {
        let column = |from: usize| self.blocks.iter().skip(from).step_by(2);
        let lines = |from: usize| column(from).map(Vec::len).sum::<usize>();
        let runs = |from: usize| column(from).any(|block| is_running(block, pieces));
        self.blocks.len() >= BLOCKS
            && lines(1) * 3 <= lines(0) * 4
            && runs(0)
            && runs(1)
            && self.misfits(&self.in_turn(), pieces) == 0
    }

    /// Puts the pieces of the page in the order of its columns.
    fn put(&self, pieces: &mut [Piece<'_>]) {
        let places = self.blocks.iter().flatten();
        let order = self.in_turn();
        let read: Vec<Piece<'_>> =
            order.iter().flat_map(|&block| &self.blocks[block]).map(|&at| pieces[at].clone()).collect();
        for (&place, piece) in places.zip(read) {
            pieces[place] = piece;
        }
    }
}

/// Whether a block is running text: many of its lines begin in mid-sentence.
fn is_running(block: &[usize], pieces: &[Piece<'_>]) -> bool {
    /// A quote may have fewer.
    const LINES: usize = 6;
    let low = block.iter().filter(|&&at| pieces[at].cues.begin == Begin::Lower).count();
    block.len() >= LINES && low * 2 >= block.len()
}

#[cfg(test)]
mod tests {
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    use super::*;
    use crate::{context::Context, furniture, piece};

    /// The left column in two blocks, and the right one, which goes on from it.
    const SHOWN: [&str; 3] = [
        "The session looked at the rivers\nof the north and at the towns\nthat live beside them.",
        "mills have no money left\nfor it, and nobody knows\nwho will pay.",
        "Both need the water in spring.\nA mayor said that the",
    ];
    /// Each column of these begins a paragraph.
    const SILENT: [&str; 4] = [
        "It was asked how the water\nis shared in spring, and\nwhat becomes of\nthe gauges beside it\nif nobody looks\nafter them.",
        "The agency has new gauges\nthat stand beside each\nof the mills and\nmeasure the water\nthat they take\nout of it.",
        "Most of the towns agreed.",
        "They will meet again.",
    ];

    /// The blocks of a session, each page of them behind a form feed, as they are read.
    fn read(pages: &[&[&str]]) -> Vec<String> {
        let text = pages.iter().map(|blocks| blocks.join("\n\n")).collect::<Vec<_>>().join("\n\u{c}");
        let (source, lexicon) = (Source::new("s", "s.txt", text.into()), Lexicon::embedded());
        let context = Context::new(&source, &lexicon);
        let mut pieces = furniture::mark(piece::pieces(&context), None, &lexicon);
        let zone = Zone::Session { title: 0..0, kind: None, known: None, facts: Vec::new() };
        let parts = [Part { zone, range: 0..pieces.len() }];
        untwine(&mut pieces, &parts);
        let blocks = pieces.chunk_by(|_, next| !next.gap && !next.page_start);
        blocks.map(|block| block.iter().map(Piece::text).collect::<Vec<_>>().join("\n")).collect()
    }

    #[test]
    fn blocks_in_turn_are_read_column_by_column() {
        let [a, b, c] = SHOWN;
        let [d, e, f, g] = SILENT;
        assert_eq!(read(&[&SHOWN, &SILENT, &SHOWN]), [a, c, b, d, f, e, g, a, c, b], "two pages show it");
        assert_eq!(read(&[&SHOWN, &SILENT]), [a, b, c, d, e, f, g], "one page may be a chance");
        let read_on = [a, "No town has any money left, and the", "mills of the north know it."];
        let expected = [&SHOWN[..], &read_on, &SHOWN].concat();
        assert_eq!(read(&[&SHOWN, &read_on, &SHOWN]), expected, "a page speaks against it");
    }

    #[test]
    fn what_does_not_run_is_no_column() {
        let quotes = ["Ask the ships.", "Nobody asks the tide.", "Ana Silva", "Bo Lind"];
        let [a, b, c] = SHOWN;
        let expected = [&[a, c, b][..], &quotes, &[a, c, b]].concat();
        assert_eq!(read(&[&SHOWN, &quotes, &SHOWN]), expected);
    }
}
