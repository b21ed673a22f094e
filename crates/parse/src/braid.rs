//! Quotes in a narrow column whose boxes overlap on the page, so that an extractor took their lines in turn.
//!
//! The idea: where two boxes overlap, their lines stand at heights in between, so that a line of the one follows a line of
//! the other, or their words stand side by side on one row. Such a *braid* shows itself by its faults: capitals in
//! mid-sentence, sentences that go on behind their end, lines as wide as two. A search then takes it apart into *threads*,
//! each of which reads on from line to line, fills its lines and ends with the end of a sentence and a name. What reads
//! nearly as well as it stands stays as it is.

use std::ops::Range;

use rapporteur_grammar as grammar;
use rapporteur_source::{Clean, Line};

use crate::{
    RegionLabel as L,
    context::Context,
    furniture,
    layout::weave::{pairs::Pairs, text::Text},
    outline::{Part, Zone},
    people::People,
    piece::{Begin, End, Piece},
    session,
};

mod search;
mod words;

use self::search::Search;
use self::words::{Names, Words};

/// A braid has at least so many lines,
const LINES: usize = 6;
/// and at most so many words: a bound on the work.
const MOST_WORDS: usize = 400;
/// It must read well taken apart, and so much better than as it stands.
const WORTH: f32 = 6.0;
/// The name below a quote and its office have at most so many lines.
const NAME_LINES: usize = 3;

/// What stands in a place of its own: pieces, or parts of them, in reading order.
#[derive(Debug, PartialEq, Eq)]
struct Strand {
    piece: usize,
    range: Range<usize>,
    /// Whether something begins with it.
    gap: bool,
}

/// Takes the braids in sessions apart; returns the first piece of each.
pub(crate) fn unbraid<'a>(
    pieces: &mut Vec<Piece<'a>>,
    parts: &mut [Part],
    people: &People,
    context: &Context<'a>,
) -> Vec<Clean<'a>> {
    let blocks: Vec<Range<usize>> = parts.iter().flat_map(|part| blocks(pieces, part)).collect();
    let Some(width) = width(pieces, &blocks, people, context) else { return Vec::new() };
    let faulty = |block: &Range<usize>| is_faulty(&pieces[block.clone()], width, people, context);
    let blocks: Vec<Range<usize>> = blocks.into_iter().filter(faulty).collect();
    if blocks.is_empty() {
        return Vec::new();
    }
    let apart = {
        let text = text_around(pieces, &blocks);
        let pairs = Pairs::of(&text);
        let names = Names::of(people);
        let taken_apart = |block: &Range<usize>| {
            let words = Words::of(&pieces[block.clone()], &text);
            if words.atoms.len() > MOST_WORDS || words.are_loose(width) {
                return None;
            }
            Search::new(&words, &pairs, &names, width, context).run(WORTH)
        };
        blocks.iter().map(taken_apart).collect::<Vec<_>>()
    };
    let mut moved = Vec::new();
    // from the end, so that what stands before keeps its place
    for (block, strands) in blocks.iter().zip(apart).rev() {
        let Some(strands) = strands else { continue };
        moved.push(pieces[block.start].clean.clone());
        let more = put(pieces, block.clone(), &strands, context);
        for part in &mut *parts {
            part.shift(block.end, more);
        }
    }
    moved.reverse();
    moved
}

/// Gives a session the quotes that stand before its title: an extractor may take the narrow column of a page before what
/// stands beside it.
pub(crate) fn before_titles(pieces: &[Piece<'_>], parts: &mut [Part], context: &Context<'_>) {
    for at in 1..parts.len() {
        let (before, session) = (&parts[at - 1], &parts[at]);
        let Zone::Session { title, .. } = &session.zone else { continue };
        let page = pieces[title.start].page;
        let top = (before.range.start + 1..session.range.start).rev().take_while(|&at| pieces[at].page == page).last();
        let top = top.filter(|&top| {
            let full = session::full_width(pieces, session.range.clone());
            full.is_some_and(|full| are_quotes(&pieces[top..session.range.start], full, context))
        });
        if let Some(top) = top {
            parts[at - 1].range.end = top;
            parts[at].range.start = top;
        }
    }
}

/// Whether narrow lines beside running text so wide are quotes, each with a name below it.
fn are_quotes(lines: &[Piece<'_>], full: usize, context: &Context<'_>) -> bool {
    let lines: Vec<&Piece<'_>> = lines.iter().filter(|piece| piece.label != Some(L::Furniture)).collect();
    let is_name = |piece: &&&Piece<'_>| grammar::is_name(piece.text(), context.lexicon);
    let low = lines.iter().filter(|piece| piece.cues.begin == Begin::Lower).count();
    let begins = lines.first().is_some_and(|piece| piece.cues.begin != Begin::Lower);
    let names = lines.iter().filter(is_name).count();
    begins
        && lines.iter().all(|piece| is_free(piece) && piece.cues.chars <= session::narrow(full))
        && low * 3 >= lines.len()
        && names > 0
        // a sentence ends in it, and names end it
        && lines.iter().any(|piece| piece.cues.end == End::Stop)
        && lines.iter().rev().take(NAME_LINES).any(|piece| is_name(&piece))
}

/// Puts what stands in a block in the order of its strands; returns how many pieces more there are.
fn put<'a>(pieces: &mut Vec<Piece<'a>>, range: Range<usize>, strands: &[Strand], context: &Context<'a>) -> usize {
    let block = &pieces[range.clone()];
    let mut out: Vec<Piece<'a>> = Vec::with_capacity(strands.len());
    for strand in strands {
        let piece = &block[strand.piece];
        let mut part = if strand.range == (0..piece.text().len()) {
            piece.clone()
        } else {
            piece.part(strand.range.clone(), context.lexicon)
        };
        part.gap = strand.gap;
        part.page_start = false;
        out.push(part);
    }
    // what no word stands on
    out.extend(block.iter().filter(|piece| piece.label.is_some()).cloned());
    if let (Some(first), Some(before)) = (out.first_mut(), block.first()) {
        (first.gap, first.page_start) = (true, before.page_start);
    }
    let more = out.len() - range.len();
    pieces.splice(range, out);
    more
}

/// The text without what stands in these blocks.
fn text_around<'p>(pieces: &'p [Piece<'_>], blocks: &[Range<usize>]) -> Text<'p> {
    let mut blocks = blocks.iter().peekable();
    let rows = pieces.iter().enumerate().filter_map(move |(at, piece)| {
        while blocks.next_if(|range| range.end <= at).is_some() {}
        let outside = !piece.text().is_empty() && blocks.peek().is_none_or(|range| !range.contains(&at));
        outside.then(|| (Line { number: piece.line, span: piece.clean.span() }, piece.text(), piece.gap))
    });
    Text::of_rows(rows)
}

/// The runs of narrow lines in a session; where an extractor wrote two of them on one row, that may be as wide as both.
fn blocks(pieces: &[Piece<'_>], part: &Part) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let range = part.range.clone();
    let full = session::full_width(pieces, range.clone()).filter(|_| matches!(part.zone, Zone::Session { .. }));
    let Some(full) = full else { return blocks };
    let narrow = |piece: &Piece<'_>| piece.cues.chars <= session::narrow(full);
    let begins = |at: usize| {
        let (piece, before) = (&pieces[at], at.checked_sub(1).map(|before| &pieces[before]));
        // the last line of a paragraph is short as well
        let rest = !piece.gap && before.is_some_and(|before| before.label.is_none() && before.cues.end != End::Stop);
        is_free(piece) && narrow(piece) && !rest
    };
    let goes_on = |at: usize| {
        let piece = &pieces[at];
        let row_of_two = !piece.gap && piece.cues.chars * 3 <= full * 2;
        is_empty(piece) || is_free(piece) && (narrow(piece) || row_of_two)
    };
    let mut at = range.start;
    while at < range.end {
        if !begins(at) {
            at += 1;
            continue;
        }
        let start = at;
        at += (at..range.end).take_while(|&at| goes_on(at)).count();
        let last = (start..at).rfind(|&at| !is_empty(&pieces[at])).unwrap_or(start);
        if last - start >= LINES {
            blocks.push(start..last + 1);
        }
    }
    blocks
}

/// Whether a piece may be a line of a quote or of a name.
fn is_free(piece: &Piece<'_>) -> bool {
    piece.label.is_none()
        && piece.passage.is_none()
        && (piece.cues.bullet.is_none() || !piece.gap)
        && (piece.cues.role.is_none() || !piece.gap)
        && (piece.cues.section.is_none() || !piece.gap)
        && !piece.cues.link
        && !furniture::is_page_number(piece.text())
}

/// A fence, a picture: marks only.
fn is_empty(piece: &Piece<'_>) -> bool {
    piece.label == Some(L::Furniture) && piece.text().is_empty()
}

/// How wide the column is, in characters: many lines are as wide, and few are wider, on which several stand.
fn width(pieces: &[Piece<'_>], blocks: &[Range<usize>], people: &People, context: &Context<'_>) -> Option<usize> {
    /// One in so many lines of a column is as wide as it is.
    const FULL: usize = 40;
    /// So many characters beside an edge are looked at,
    const NEAR: usize = 3;
    /// and for one line beyond it, so many stand before it,
    const EDGE: usize = 4;
    /// at least these.
    const FEW: usize = 3;
    let lines = blocks.iter().flat_map(|block| &pieces[block.clone()]);
    let lines = lines.filter(|piece| !is_empty(piece) && people.whole(piece.text(), context.lexicon).is_none());
    let widths: Vec<usize> = lines.map(|piece| piece.cues.chars).collect();
    let most = widths.iter().max()?;
    let mut counts = vec![0; most + NEAR + 1];
    widths.iter().for_each(|&width| counts[width] += 1);
    let sum = |range: Range<usize>| counts[range].iter().sum::<usize>();
    let is_edge = |&width: &usize| {
        let (near, beyond) = (sum(width + 1 - NEAR..width + 1), sum(width + 1..width + 1 + NEAR));
        counts[width] * FULL >= widths.len() && near >= FEW.max(widths.len() * 2 / FULL) && beyond * EDGE <= near
    };
    (NEAR..=*most).rev().find(is_edge)
}

/// Whether narrow lines do not read on as they stand.
fn is_faulty(block: &[Piece<'_>], width: usize, people: &People, context: &Context<'_>) -> bool {
    let lines: Vec<&Piece<'_>> = block.iter().filter(|piece| !is_empty(piece)).collect();
    let is_person = |piece: &Piece<'_>| people.whole(piece.text(), context.lexicon).is_some();
    lines.windows(2).any(|pair| {
        let (before, piece) = (pair[0], pair[1]);
        let first = piece.text().split_whitespace().next().unwrap_or_default();
        match (before.cues.end, piece.cues.begin) {
            _ if is_person(before) => false,
            _ if is_person(piece) => before.cues.end != End::Stop,
            _ if piece.cues.chars > width + 1 => true,
            (End::Stop, Begin::Lower) => !words::is_pause(before.text()),
            (End::Open | End::Hyphen, Begin::Upper) => !words::is_pause(before.text()) && !context.is_proper(first),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    use super::*;
    use crate::piece;

    /// Running text beside the quotes.
    const BESIDE: [&str; 8] = [
        "The session looked at the rivers of the north and at those who live beside",
        "them, and it asked how the water could be shared between the towns and the",
        "mills. The mills have been there for as long as the towns, and both need it",
        "in spring and in autumn. A gauge that measures the water stands beside each",
        "of them, and the agency that looks after the gauges said that the next ones",
        "will be paid for by the mills. The towns said that they have no money left,",
        "and that the sea takes what the mills leave of it. They will meet in spring",
        "to look at the gauges and to share the money that the agency still has now.",
    ];

    /// The lines of a session's quotes once braids were taken apart, an empty string for each gap but the first.
    fn read(quotes: &[&str]) -> Vec<String> {
        let text = format!("{}\n\n{}\n", BESIDE.join("\n"), quotes.join("\n"));
        let (source, lexicon) = (Source::new("s", "s.txt", text.into()), Lexicon::embedded());
        let context = Context::new(&source, &lexicon);
        let mut people = People::default();
        people.learn("Ana Silva", "Director, Agency of Rivers");
        people.learn("Bo Lind", "Mayor");
        let mut pieces = piece::pieces(&context);
        let zone = Zone::Session { title: 0..0, kind: None, known: None, facts: Vec::new() };
        let mut parts = [Part { zone, range: 0..pieces.len() }];
        unbraid(&mut pieces, &mut parts, &people, &context);
        assert_eq!(parts[0].range, 0..pieces.len());
        let mut lines = Vec::new();
        for piece in &pieces[BESIDE.len()..] {
            if piece.gap && !lines.is_empty() {
                lines.push(String::new());
            }
            lines.push(piece.text().to_owned());
        }
        lines
    }

    const APART: [&str; 14] = [
        "We have to look at the",
        "gauges, and to measure",
        "what the towns and the",
        "mills take out of it.",
        "Ana Silva",
        "",
        "No town has any money",
        "left for them, and it",
        "will be the mills that",
        "pay for all the gauges",
        "beside the water, and",
        "for those of the sea.",
        "Bo Lind",
        "",
    ];

    #[test]
    fn overlapping_quotes_are_taken_apart() {
        let a = &APART[..5];
        let b = &APART[6..13];
        let whole = [a[0], a[1], b[0], a[2], b[1], a[3], b[2], a[4], b[3], b[4], b[5], "", b[6]];
        let names_after = [a[0], a[1], b[0], a[2], b[1], a[3], b[2], b[3], b[4], b[5], "", a[4], "", b[6]];
        let (row, other) = (format!("{} {}", a[2], b[1]), format!("{} {}", a[3], b[2]));
        let joined = [a[0], a[1], b[0], &row, &other, a[4], b[3], b[4], b[5], "", b[6]];
        for (case, lines) in
            [("lines in turn", &whole[..]), ("names after them", &names_after), ("rows of two", &joined)]
        {
            assert_eq!(read(lines), APART[..13], "{case}");
        }
    }

    #[test]
    fn a_quote_may_have_no_name() {
        let (a, b) = (&APART[..5], &APART[6..12]);
        let (row, other) = (format!("{} {}", a[2], b[1]), format!("{} {}", a[3], b[2]));
        let joined = [a[0], a[1], b[0], &row, &other, a[4], b[3], b[4], b[5]];
        assert_eq!(read(&joined), APART[..12]);
    }

    #[test]
    fn what_reads_on_stays_as_it_is() {
        let plain = &APART[..13];
        assert_eq!(read(plain), plain);
        // two names of states in mid-sentence are no fault worth mending
        let names = [
            "We have to look at all",
            "of the water between",
            "Norway and Sweden, and",
            "at that of the towns",
            "along the coast of",
            "Finland, which needs",
            "it more than others.",
            "Bo Lind",
        ];
        assert_eq!(read(&names), names);
    }
}
