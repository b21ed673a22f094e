//! Reading order: running text that a layout took apart is put back together by how its parts end and begin.

use rapporteur_source::Clean;

use crate::{
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
}

/// How a part begins and ends.
#[derive(Clone, Copy, Debug)]
struct Ends {
    begin: Begin,
    end: End,
    /// Whether it may be moved, and others put before it: a gap stands there.
    apart: bool,
}

/// Parts further away than this are not brought together: a bound on the work, and on what one may believe.
const WINDOW: usize = 24;
/// A move must mend at least this much.
const WORTH: i32 = 4;

/// Puts `chunks` in reading order.
pub(crate) fn order<'a>(chunks: Vec<Chunk<'a>>, people: &People) -> Ordered<'a> {
    let mut ends: Vec<Ends> = chunks.iter().map(|chunk| Ends::of(chunk, people)).collect();
    let mut places: Vec<usize> = (0..chunks.len()).collect();
    let mut moved = Vec::new();
    // every move mends something, so that this ends; the bound is for texts made to be slow
    for _ in 0..8 {
        let Some((range, to)) = best_move(&ends) else { break };
        moved.push(places[range.start]);
        shift(&mut ends, range.clone(), to);
        shift(&mut places, range, to);
    }
    let mut chunks: Vec<Option<Chunk<'a>>> = chunks.into_iter().map(Some).collect();
    let mut ordered = Ordered::default();
    ordered.moved =
        moved.iter().filter_map(|&at| chunks[at].as_ref().and_then(|chunk| chunk.pieces.first().cloned())).collect();
    let mut before: Option<Ends> = None;
    for (index, place) in places.into_iter().enumerate() {
        let Some(chunk) = chunks[place].take() else { continue };
        let here = ends[index];
        let goes_on = before.is_some_and(|before| before.end != End::Stop && (before.end == End::Hyphen || here.begin != Begin::Upper) || here.begin == Begin::Lower);
        if let (Some(before), false) = (before, goes_on) {
            if before.end != End::Stop {
                ordered.cut_off.extend(ordered.paragraphs.last().and_then(|last| last.last()).cloned());
            }
        }
        match ordered.paragraphs.last_mut() {
            Some(paragraph) if goes_on => paragraph.extend(chunk.pieces),
            _ => ordered.paragraphs.push(chunk.pieces),
        }
        before = Some(here);
    }
    ordered
}

impl Ends {
    fn of(chunk: &Chunk<'_>, people: &People) -> Self {
        let first = chunk.pieces.first().map_or("", |piece| &piece.text);
        let last = chunk.pieces.last().map_or("", |piece| &piece.text);
        let mut begin = Begin::of(first.trim_start_matches(['—', '–', ' ']));
        // `Ana Silva. The panel was …`: a name is no sentence; it ends one that stands elsewhere
        if let Some((sentence, _)) = first.split_once(". ") {
            if begin == Begin::Upper && sentence.len() < 60 && people.of_name(sentence).is_some() {
                begin = Begin::Lower;
            }
        }
        if first.starts_with('—') {
            begin = Begin::Lower;
        }
        Self { begin, end: End::of(last), apart: chunk.apart }
    }
}

/// What speaks against `after` following `before`.
fn cost(before: Option<Ends>, after: Option<Ends>) -> i32 {
    match (before, after) {
        (None, Some(after)) => 2 * i32::from(after.begin == Begin::Lower),
        (Some(before), None) => match before.end {
            End::Stop => 0,
            End::Open => 2,
            End::Hyphen => 4,
        },
        (Some(before), Some(after)) => match (before.end, after.begin) {
            (End::Stop, Begin::Lower) => 4,
            (End::Open, Begin::Upper) => 2,
            (End::Hyphen, Begin::Upper) => 4,
            (End::Hyphen, Begin::Other) => 3,
            (End::Open, Begin::Other) => 1,
            (End::Stop, Begin::Upper | Begin::Other) | (End::Open | End::Hyphen, Begin::Lower) => 0,
        },
        (None, None) => 0,
    }
}

/// The run of parts and the place for it that mend most: `(range, to)` with `to` outside `range`, before removal.
fn best_move(ends: &[Ends]) -> Option<(std::ops::Range<usize>, usize)> {
    let count = ends.len();
    let at = |index: usize| ends.get(index).copied();
    let before = |index: usize| index.checked_sub(1).and_then(at);
    // only parts beside a fault are worth moving
    let faulty: Vec<bool> = (0..=count).map(|index| cost(before(index), at(index)) > 0).collect();
    if !faulty.iter().any(|fault| *fault) {
        return None;
    }
    let mut best: Option<(i32, usize, std::ops::Range<usize>, usize)> = None;
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
                let gain = removed + cost(before(to), at(to))
                    - cost(before(to), at(start))
                    - cost(at(end - 1), at(to));
                let distance = if to < start { end - to } else { to - start };
                let better = best.as_ref().is_none_or(|(most, least, ..)| gain > *most || gain == *most && distance < *least);
                if gain >= WORTH && better {
                    best = Some((gain, distance, start..end, to));
                }
            }
        }
    }
    best.map(|(_, _, range, to)| (range, to))
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
    use rapporteur_source::Span;

    fn ordered(parts: &[&str]) -> Vec<String> {
        let chunks = parts
            .iter()
            .map(|part| Chunk { pieces: vec![Clean::new(part, Span::new(0, part.len()))], apart: true })
            .collect();
        let join = |paragraph: &Vec<Clean<'_>>| paragraph.iter().map(|piece| piece.text.to_string()).collect::<Vec<_>>().join(" ");
        order(chunks, &People::default()).paragraphs.iter().map(join).collect()
    }

    #[test]
    fn parts_find_what_they_continue() {
        for (parts, expected) in [
            (&["A sentence ends.", "Another ends."][..], &["A sentence ends.", "Another ends."][..]),
            (&["It goes", "on here."], &["It goes on here."]),
            // the column that goes on stands before the one it continues
            (
                &["First ends.", "option for all. Then", "it goes to", "Neutrality is not an", "achieving it."],
                &["First ends.", "Neutrality is not an option for all. Then it goes to achieving it."],
            ),
            // what cannot be decided stays
            (&["It stops", "Another begins."], &["It stops", "Another begins."]),
        ] {
            assert_eq!(ordered(parts), expected, "{parts:?}");
        }
    }
}
