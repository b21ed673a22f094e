//! Reading order: running text that a layout took apart is put back together by how its parts end and begin.

use std::cmp::Reverse;

use rapporteur_source::Clean;

use crate::{
    context::Context,
    people::People,
    piece::{Begin, End},
    session::Chunk,
};

/// Running text in reading order.
#[derive(Debug, Default)]
pub(crate) struct Ordered<'a> {
    /// The paragraphs, each in its pieces.
    pub(crate) paragraphs: Vec<Vec<Clean<'a>>>,
    /// Where a part was moved to another place: its first piece.
    pub(crate) moved: Vec<Clean<'a>>,
    /// Where a sentence stops and nothing goes on with it: its last piece.
    pub(crate) cut_off: Vec<Clean<'a>>,
    /// Where a sentence stops before a gap, and what follows begins with a name, which says nothing: the last piece before.
    pub(crate) doubtful: Vec<Clean<'a>>,
    /// Where a part begins in mid-sentence behind one that ends a sentence: its first piece.
    pub(crate) headless: Vec<Clean<'a>>,
}

/// How a part begins and ends.
#[derive(Clone, Debug)]
struct Ends<'t> {
    begin: Begin,
    /// It begins with a name, which says nothing: a name keeps its capital anywhere.
    proper: bool,
    end: End,
    first_word: &'t str,
    last_word: &'t str,
    /// Whether it may be moved, and others put before it: a gap stands there.
    apart: bool,
    /// Whether something else stands between it and what the text has before it.
    interrupted: bool,
    /// The page that it begins on.
    page: usize,
}

/// Parts further away than this are not brought together: a bound on the work, and on what one may believe.
const WINDOW: usize = 24;
/// A move must mend at least this much.
const WORTH: i32 = 4;

/// Puts `chunks` in reading order.
pub(crate) fn order<'a>(chunks: &[Chunk<'a>], people: &People, context: &Context<'_>) -> Ordered<'a> {
    let mut ends: Vec<Ends<'_>> = chunks.iter().map(|chunk| Ends::of(chunk, people, context)).collect();
    let mut places: Vec<usize> = (0..chunks.len()).collect();
    let mut ordered = Ordered::default();
    // every move mends something, so that this ends; the bound is for texts made to be slow
    for _ in 0..8 {
        let Some((range, to)) = best_move(&ends, context) else { break };
        ordered.moved.extend(chunks[places[range.start]].pieces.first().cloned());
        shift(&mut ends, range.clone(), to);
        shift(&mut places, range, to);
    }
    let mut before: Option<&Ends<'_>> = None;
    for (here, &place) in ends.iter().zip(&places) {
        let goes_on = here.begin == Begin::Lower
            || before.is_some_and(|before| match before.end {
                End::Stop => false,
                End::Hyphen => true,
                // no sentence ends with a comma
                End::Open => here.begin != Begin::Upper || here.proper || before.last_word.ends_with(','),
            });
        if let (Some(End::Open | End::Hyphen), false) = (before.map(|before| before.end), goes_on) {
            ordered.cut_off.extend(ordered.paragraphs.last().and_then(|last| last.last()).cloned());
        }
        if here.begin == Begin::Lower && here.apart && before.is_none_or(|before| before.end == End::Stop) {
            ordered.headless.extend(chunks[place].pieces.first().cloned());
        }
        let doubtful = goes_on
            && here.apart
            && here.proper
            && before.is_some_and(|before| {
                before.end == End::Open
                    && !before.last_word.ends_with(',')
                    && !context.follows(before.last_word, here.first_word)
            });
        if doubtful {
            ordered.doubtful.extend(ordered.paragraphs.last().and_then(|last| last.last()).cloned());
        }
        let pieces = chunks[place].pieces.iter().cloned();
        match ordered.paragraphs.last_mut() {
            Some(paragraph) if goes_on => paragraph.extend(pieces),
            _ => ordered.paragraphs.push(pieces.collect()),
        }
        before = Some(here);
    }
    if before.is_some_and(|last| last.end != End::Stop) {
        ordered.cut_off.extend(ordered.paragraphs.last().and_then(|last| last.last()).cloned());
    }
    ordered
}

impl<'t> Ends<'t> {
    fn of(chunk: &'t Chunk<'_>, people: &People, context: &Context<'_>) -> Self {
        let first = chunk.pieces.first().map_or("", |piece| &piece.text);
        let last = chunk.pieces.last().map_or("", |piece| &piece.text);
        let mut begin = Begin::of(first.trim_start_matches(['—', '–', ' ']));
        // `Ana Silva. The panel was …`: a name is no sentence; it ends one that stands elsewhere
        if let Some((sentence, _)) = first.split_once(". ")
            && begin == Begin::Upper
            && sentence.len() < 60
            && people.of_name(sentence).is_some()
        {
            begin = Begin::Lower;
        }
        if first.starts_with('—') {
            begin = Begin::Lower;
        }
        let first_word = first.split_whitespace().next().unwrap_or_default();
        let last_word = last.split_whitespace().next_back().unwrap_or_default();
        let proper = begin == Begin::Upper && context.is_proper(first_word);
        Self {
            begin,
            proper,
            end: End::of(last),
            first_word,
            last_word,
            apart: chunk.apart,
            interrupted: chunk.interrupted,
            page: chunk.page,
        }
    }
}

/// What speaks against `after` following `before`; less than nothing where the text has the two words side by side.
fn cost(before: Option<&Ends<'_>>, after: Option<&Ends<'_>>, context: &Context<'_>) -> i32 {
    match (before, after) {
        (None, Some(after)) => 2 * i32::from(after.begin == Begin::Lower),
        (Some(before), None) => match before.end {
            End::Stop => 0,
            End::Open => 2,
            End::Hyphen => 4,
        },
        (Some(before), Some(after)) => match (before.end, after.begin) {
            (End::Stop, Begin::Lower) => 4,
            (End::Open, Begin::Upper) if after.proper || before.last_word.ends_with(',') => 0,
            (End::Open, Begin::Upper) => 2,
            (End::Hyphen, Begin::Upper) => 4,
            (End::Hyphen, Begin::Other) => 3,
            (End::Open, Begin::Other) => 1,
            (End::Stop, Begin::Upper | Begin::Other) => 0,
            (End::Open | End::Hyphen, Begin::Lower) => -i32::from(context.follows(before.last_word, after.first_word)),
        },
        (None, None) => 0,
    }
}

/// What a move is worth: how much it mends, whether columns change places, how near it is, how few paragraphs it parts
/// from their neighbours.
type Worth = (i32, bool, Reverse<usize>, Reverse<usize>);

/// The run of parts and the place for it that mend most: `(range, to)` with `to` outside `range`, before removal.
fn best_move(ends: &[Ends<'_>], context: &Context<'_>) -> Option<(std::ops::Range<usize>, usize)> {
    let count = ends.len();
    let at = |index: usize| ends.get(index);
    let before = |index: usize| index.checked_sub(1).and_then(at);
    let cost = |before, after| cost(before, after, context);
    // only parts beside a fault are worth moving
    let faulty: Vec<bool> = (0..=count).map(|index| cost(before(index), at(index)) > 0).collect();
    if !faulty.iter().any(|fault| *fault) {
        return None;
    }
    // a column stands beside another to the end of their page: rather the two change places than a part of one moves
    let page_ends = |index: usize| match (before(index), at(index)) {
        (Some(before), Some(after)) => before.page != after.page,
        _ => true,
    };
    let neighbours = |index: usize| !faulty[index] && at(index).is_some_and(|here| index > 0 && !here.interrupted);
    let swaps_columns = |start: usize, end: usize, to: usize| {
        let (first, last) = (start.min(to), end.max(to));
        ends[first].page == ends[last - 1].page && page_ends(first) && page_ends(last)
    };
    let mut best: Option<(Worth, std::ops::Range<usize>, usize)> = None;
    for start in (0..count).filter(|&start| ends[start].apart) {
        for end in start + 1..=count.min(start + WINDOW) {
            if !(faulty[start] || faulty[end]) || end < count && !ends[end].apart {
                continue;
            }
            let removed = cost(before(start), at(start)) + cost(at(end - 1), at(end)) - cost(before(start), at(end));
            let low = start.saturating_sub(WINDOW);
            let high = count.min(end + WINDOW);
            for to in (low..start).chain(end + 1..=high) {
                if to < count && !ends[to].apart {
                    continue;
                }
                let gain = removed + cost(before(to), at(to)) - cost(before(to), at(start)) - cost(at(end - 1), at(to));
                let distance = if to < start { end - to } else { to - start };
                if gain < WORTH {
                    continue;
                }
                let parted = [start, end, to].into_iter().filter(|&place| neighbours(place)).count();
                let worth = (gain, swaps_columns(start, end, to), Reverse(distance), Reverse(parted));
                if best.as_ref().is_none_or(|(known, ..)| worth > *known) {
                    best = Some((worth, start..end, to));
                }
            }
        }
    }
    best.map(|(_, range, to)| (range, to))
}

fn shift<T>(items: &mut [T], range: std::ops::Range<usize>, to: usize) {
    if to < range.start {
        items[to..range.end].rotate_left(range.start - to);
    } else {
        items[range.start..to].rotate_left(range.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::{Source, Span};

    fn ordered(parts: &[&str]) -> Vec<String> {
        let (source, lexicon) = (Source::new("s", "s", parts.join("\n").into()), Lexicon::embedded());
        let context = Context::new(&source, &lexicon);
        let chunks: Vec<Chunk<'_>> = parts
            .iter()
            .map(|part| Chunk {
                pieces: vec![Clean::new(part, Span::new(0, part.len()))],
                apart: true,
                interrupted: false,
                page: 0,
            })
            .collect();
        let join = |paragraph: &Vec<Clean<'_>>| {
            paragraph.iter().map(|piece| piece.text.to_string()).collect::<Vec<_>>().join(" ")
        };
        order(&chunks, &People::default(), &context).paragraphs.iter().map(join).collect()
    }

    #[test]
    fn parts_find_what_they_continue() {
        for (parts, expected) in [
            (&["A sentence ends.", "Another ends."][..], &["A sentence ends.", "Another ends."][..]),
            (&["It goes", "on here."], &["It goes on here."]),
            // the column that goes on stands before the one it continues
            (
                &[
                    "First is to achieving.",
                    "option for all. Then",
                    "it goes to",
                    "Neutrality is not an",
                    "achieving it.",
                ],
                &["First is to achieving.", "Neutrality is not an option for all. Then it goes to achieving it."],
            ),
            // what cannot be decided stays
            (&["It stops", "Another begins."], &["It stops", "Another begins."]),
        ] {
            assert_eq!(ordered(parts), expected, "{parts:?}");
        }
    }
}
