//! Puts the lines of a programme into rows, one after the other: a time, its title, its names.
//!
//! Extractors read a programme in several orders: row by row with wide space or bars between the cells, all times of a
//! column before all its titles, two days that stand side by side line by line. Afterwards a time stands before what
//! belongs to it, and names stand after the title that they stood beside.

use std::{collections::VecDeque, ops::Range};

use rapporteur_grammar as grammar;
use rapporteur_source::Clean;

use super::{Words, dates_in, is_day_heading, lines_go_on, times_in};
use crate::piece::{Piece, numbered_kind};

/// Between the two ends of a time.
const DASHES: [char; 3] = ['–', '—', '-'];

/// The pieces of a programme in the order of its rows.
pub(super) fn arrange<'a>(pieces: Vec<Piece<'a>>, words: &Words<'_>) -> Vec<Piece<'a>> {
    let pieces = part_sides(pieces, words);
    let pieces = part_cells(pieces, words);
    if times_behind(&pieces, words) { times_first(pieces, words) } else { pair_columns(&pieces, words) }
}

/// A cell of a row: a range of its text, and the column of characters that it begins in.
struct Cell {
    range: Range<usize>,
    column: usize,
}

/// The cells of a line: parted by wide white space, or by the bars of a table.
fn cells(clean: &Clean<'_>, words: &Words<'_>) -> Vec<Cell> {
    let text: &str = &clean.text;
    let bars = text.starts_with('|');
    let wide = clean.span().len() > text.len();
    let mut cells = Vec::new();
    let mut start = 0;
    let mut column = clean.marks.indent;
    let mut at_column = column;
    let mut push = |range: Range<usize>, column: usize| {
        if let Some(range) = crate::piece::trim(text, range, &['|'], &['|']) {
            cells.push(Cell { range, column });
        }
    };
    for (at, c) in text.char_indices() {
        column += 1;
        let next = at + c.len_utf8();
        let mut gap = bars && c == '|';
        if wide && c == ' ' && next < text.len() {
            let (from, to) = (clean.source_span(at..next).start, clean.source_span(next..next + 1).start);
            let space = words.text.get(from..to).unwrap_or(" ");
            column += space.chars().count().saturating_sub(1);
            gap |= !bars && space.len() > 1 && space.trim().is_empty();
        }
        if gap {
            push(start..at, at_column);
            (start, at_column) = (next, column);
        }
    }
    push(start..text.len(), at_column);
    cells
}

/// Columns of a page, each with times or days of its own: the left one is read before those on its right.
fn part_sides<'a>(pieces: Vec<Piece<'a>>, words: &Words<'_>) -> Vec<Piece<'a>> {
    /// So many rows show where a column begins.
    const FEWEST: usize = 2;
    /// How far the beginnings of one column may lie apart, in characters.
    const SLACK: usize = 3;
    let begins = |text: &str| {
        grammar::times(text, words.lexicon).is_ok()
            || grammar::numbered_day(text, words.lexicon).is_ok()
            || words.days(text).is_some()
    };
    let mut columns: Vec<usize> = Vec::new();
    let mut first = pieces.len();
    for (at, piece) in pieces.iter().enumerate() {
        let marked: Vec<Cell> =
            cells(&piece.clean, words).into_iter().filter(|cell| begins(&piece.text()[cell.range.clone()])).collect();
        if marked.len() > 1 && !piece.text().starts_with('|') {
            columns.extend(marked[1..].iter().map(|cell| cell.column));
            first = first.min(at);
        }
    }
    columns.sort_unstable();
    let near = columns.chunk_by(|column, next| next - column <= SLACK).filter(|near| near.len() >= FEWEST);
    let columns: Vec<usize> = near.map(|near| near[near.len() / 2]).collect();
    if columns.is_empty() {
        return pieces;
    }
    let end = (first + 1..pieces.len()).find(|&at| pieces[at].page_start).unwrap_or(pieces.len());
    let mut parted = pieces[..first].to_vec();
    let mut sides: Vec<Vec<Piece<'a>>> = vec![Vec::new(); columns.len() + 1];
    for piece in &pieces[first..end] {
        let cells = cells(&piece.clean, words);
        let side = |cell: &Cell| columns.iter().take_while(|column| cell.column + SLACK >= **column).count();
        let mut from = 0;
        for run in cells.chunk_by(|cell, next| side(cell) == side(next)) {
            let to = cells.iter().find(|cell| cell.range.start > run[run.len() - 1].range.start);
            let to = to.map_or(piece.text().len(), |next| next.range.start);
            let mut part =
                if to - from == piece.text().len() { piece.clone() } else { piece.part(from..to, words.lexicon) };
            part.gap = piece.gap;
            sides[side(&run[0])].push(part);
            from = to;
        }
        if cells.is_empty() {
            sides[0].push(piece.clone());
        }
    }
    parted.extend(sides.into_iter().flatten());
    parted.extend_from_slice(&pieces[end..]);
    parted
}

/// The cells behind the title, each as a piece of its own; names come after all lines of the title.
fn part_cells<'a>(pieces: Vec<Piece<'a>>, words: &Words<'_>) -> Vec<Piece<'a>> {
    /// How far a cell's lines may begin before its first one, in characters.
    const SLACK: usize = 2;
    let mut rows = Vec::with_capacity(pieces.len());
    let mut aside: Vec<Piece<'a>> = Vec::new();
    let mut column: Option<usize> = None;
    for piece in pieces {
        let cells = cells(&piece.clean, words);
        let times = times_in(&piece, words.lexicon);
        let new_row = !times.is_empty() || is_day_heading(&piece, words);
        if new_row {
            rows.append(&mut aside);
            column = None;
        }
        if times.len() > 1 || cells.is_empty() {
            rows.push(piece);
            continue;
        }
        // the time and the title stay together
        let lead = times.first().and_then(|(time, _)| cells.iter().position(|cell| cell.range.start >= time.end));
        let mut start = 0;
        for (index, cell) in cells.iter().enumerate() {
            let text = &piece.text()[cell.range.clone()];
            let names = new_row && lead.is_some_and(|lead| index > lead) && begins_with_name(text, words);
            if names {
                column = column.or(Some(cell.column));
            }
            let beside = column.is_some_and(|column| cell.column + SLACK >= column);
            let cut = index > 0 && (beside || lead.is_none_or(|lead| index > lead));
            if beside || cut {
                if cut && start < cell.range.start {
                    rows.push(piece.part(start..cell.range.start, words.lexicon));
                }
                start = piece.text().len();
                let part = piece.part(cell.range.clone(), words.lexicon);
                if beside { aside.push(part) } else { rows.push(part) }
            }
        }
        match cells.as_slice() {
            _ if start > 0 => {}
            [only] if times.is_empty() => rows.push(piece.part(only.range.clone(), words.lexicon)),
            _ => rows.push(piece),
        }
    }
    rows.append(&mut aside);
    rows
}

/// Whether a cell holds names: one stands at its start, alone or with its office or another name behind it.
fn begins_with_name(text: &str, words: &Words<'_>) -> bool {
    grammar::name(text, words.lexicon).is_some_and(|name| {
        let rest = text[name.name.end..].trim_start();
        rest.is_empty() || rest.starts_with([',', ';', '(', '|', '&'])
    })
}

/// Where a line has its time.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// Before a title, or among other times.
    Before,
    /// Behind a title.
    Behind(Range<usize>),
    /// With nothing else on the line.
    Alone(Range<usize>),
}

impl Place {
    fn of(piece: &Piece<'_>, words: &Words<'_>) -> Option<Self> {
        let text = piece.text();
        match times_in(piece, words.lexicon).as_slice() {
            [] => open_time(piece, words).map(|start| Self::Behind(start..text.len())),
            [(range, _)] if !text[range.end..].contains(char::is_alphanumeric) => {
                let before = text[..range.start].contains(char::is_alphabetic);
                let end = if is_dash(&text[range.end..]) { text.len() } else { range.end };
                Some(if before { Self::Behind(range.start..end) } else { Self::Alone(range.start..end) })
            }
            _ => Some(Self::Before),
        }
    }
}

/// Where a time begins that ends a title's line and breaks off behind its dash: `Rivers in focus (10:15–`.
fn open_time(piece: &Piece<'_>, words: &Words<'_>) -> Option<usize> {
    let text = piece.text();
    let time = text.trim_end().trim_end_matches(DASHES).trim_end();
    let start = time.rfind(|c: char| c.is_whitespace() || c == '(').map_or(0, |space| space + 1);
    let open = piece.label.is_none() && time.len() < text.len() && text[..start].contains(char::is_alphabetic);
    (open && is_broken(&text[start..], words)).then_some(start)
}

/// Whether a text is the dash in a time.
pub(super) fn is_dash(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.trim_matches(DASHES).is_empty()
}

/// Whether a programme prints each time behind its title: on the line where that ends, or where no room is left, on the
/// next one.
pub(super) fn times_behind(pieces: &[Piece<'_>], words: &Words<'_>) -> bool {
    /// Fewer than this are no rule.
    const FEWEST: usize = 3;
    let (mut behind, mut alone) = (0, 0);
    for place in pieces.iter().filter_map(|piece| Place::of(piece, words)) {
        match place {
            Place::Before => return false,
            Place::Behind(_) => behind += 1,
            Place::Alone(_) => alone += 1,
        }
    }
    behind >= FEWEST && behind >= alone
}

/// The rows of a programme that prints each time behind its title: the time is put before it.
fn times_first<'a>(pieces: Vec<Piece<'a>>, words: &Words<'_>) -> Vec<Piece<'a>> {
    let width = pieces.iter().map(|piece| piece.cues.chars).max().unwrap_or_default();
    let mut turned: Vec<Piece<'a>> = Vec::with_capacity(pieces.len() * 2);
    // where the last slot ends, and a title may begin
    let mut slot = 0;
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let (range, alone) = match Place::of(&piece, words) {
            Some(Place::Behind(range)) => (range, false),
            Some(Place::Alone(range)) => (range, true),
            _ => {
                if is_day_heading(&piece, words) {
                    slot = turned.len() + 1;
                }
                turned.push(piece);
                continue;
            }
        };
        let begins = |line: &Piece<'_>| begins_with_name(line.text(), words);
        let goes_on = |before: &Piece<'_>, line: &Piece<'_>| {
            let full = is_full(before, line, width) || lines_go_on(before, line);
            !line.gap && full && !begins(before)
        };
        let mut first = turned.len();
        if alone && first > slot {
            first -= 1;
        }
        while first > slot && goes_on(&turned[first - 1], turned.get(first).unwrap_or(&piece)) {
            first -= 1;
        }
        let open = |text: &str| text.trim_end().ends_with(['(', '|', ',', ':', '–', '-', ' ']);
        let mut end = range.start;
        while end > 0 && open(&piece.text()[..end]) {
            end -= piece.text()[..end].chars().next_back().map_or(0, char::len_utf8);
        }
        let mut times = vec![piece.part(range, words.lexicon)];
        let broken = is_broken(times[0].text(), words);
        let rest = pieces.next_if(|next| broken && is_time_alone(next, words));
        times.extend(rest.map(|rest| match Place::of(&rest, words) {
            Some(Place::Alone(range)) => rest.part(range, words.lexicon),
            _ => rest,
        }));
        turned.splice(first..first, times);
        turned.extend((end > 0).then(|| piece.part(0..end, words.lexicon)));
        slot = turned.len();
    }
    turned
}

/// Whether a time breaks off behind its dash.
fn is_broken(text: &str, words: &Words<'_>) -> bool {
    grammar::times(text, words.lexicon).is_ok_and(|(rest, _)| is_dash(rest))
}

/// Whether a line broke because the next word did not fit: lines of proportional type differ in their number of letters.
fn is_full(before: &Piece<'_>, line: &Piece<'_>, width: usize) -> bool {
    let word = line.text().split_whitespace().next().map_or(0, |word| word.chars().count());
    (before.cues.chars + 1 + word) * 10 > width * 9
}

/// Columns that were read one after the other: several times stand alone in succession, and what belongs to them follows
/// in the same order. Days side by side are told apart by their times, which go on within a day.
fn pair_columns<'a>(pieces: &[Piece<'a>], words: &Words<'_>) -> Vec<Piece<'a>> {
    let mut rows = Vec::with_capacity(pieces.len());
    let mut rest = pieces;
    while !rest.is_empty() {
        let (heads, lines) = day_from(rest, words);
        rest = &rest[heads.len() + lines.len()..];
        let alone: Vec<bool> = lines.iter().map(|line| is_time_alone(line, words)).collect();
        if !alone.windows(2).any(|pair| pair[0] && pair[1]) {
            rows.extend(heads.iter().chain(lines).cloned());
            continue;
        }
        if alone.iter().all(|alone| *alone) && !rest.is_empty() {
            rest = pair_days(heads, lines, rest, words, &mut rows);
            continue;
        }
        let (before, slots) = pair(lines, &alone, words);
        // `Day 1` over its date heads one day
        let dated = |head: &Piece<'_>| !dates_in(head.text(), words).is_empty();
        let heads: Vec<&[Piece<'a>]> = heads.chunk_by(|number, date| !dated(number) && dated(date)).collect();
        let mut days = by_day(slots, heads.len().max(1), words).into_iter();
        rows.extend(before.iter().cloned());
        for index in 0..heads.len().max(1) {
            rows.extend(heads.get(index).into_iter().copied().flatten().cloned());
            rows.extend(days.next().into_iter().flatten().flatten().cloned());
        }
    }
    rows
}

/// The headings of the day that begins `pieces`, and its lines.
fn day_from<'p, 'a>(pieces: &'p [Piece<'a>], words: &Words<'_>) -> (&'p [Piece<'a>], &'p [Piece<'a>]) {
    let heads = pieces.iter().take_while(|piece| is_day_heading(piece, words)).count();
    let (heads, lines) = pieces.split_at(heads);
    let end = lines.iter().position(|piece| is_day_heading(piece, words)).unwrap_or(lines.len());
    (heads, &lines[..end])
}

/// Days of times alone, read before all titles: those follow under the last of the days. Returns what comes behind it.
fn pair_days<'p, 'a>(
    heads: &'p [Piece<'a>],
    times: &'p [Piece<'a>],
    mut rest: &'p [Piece<'a>],
    words: &Words<'_>,
    rows: &mut Vec<Piece<'a>>,
) -> &'p [Piece<'a>] {
    let mut days = vec![(heads, times.len())];
    let mut lines = times.to_vec();
    let mut alone = true;
    while alone && !rest.is_empty() {
        let (heads, day) = day_from(rest, words);
        rest = &rest[heads.len() + day.len()..];
        days.push((heads, day.iter().filter(|line| is_time_alone(line, words)).count()));
        alone = day.iter().all(|line| is_time_alone(line, words));
        lines.extend_from_slice(day);
    }
    let alone: Vec<bool> = lines.iter().map(|line| is_time_alone(line, words)).collect();
    let mut slots = pair(&lines, &alone, words).1.into_iter();
    for (heads, count) in days {
        rows.extend(heads.iter().cloned());
        rows.extend(slots.by_ref().take(count).flatten().cloned());
    }
    rest
}

pub(super) fn is_time_alone(piece: &Piece<'_>, words: &Words<'_>) -> bool {
    match times_in(piece, words.lexicon).as_slice() {
        [(range, _)] => {
            !piece.text()[..range.start].contains(char::is_alphanumeric)
                && !piece.text()[range.end..].contains(char::is_alphanumeric)
        }
        _ => false,
    }
}

/// A time and the lines that belong to it.
type Row<'p, 'a> = Vec<&'p Piece<'a>>;

/// What stands before the first time, and each time with its lines: the title that comes first belongs to the time that
/// has waited longest.
fn pair<'p, 'a>(lines: &'p [Piece<'a>], alone: &[bool], words: &Words<'_>) -> (&'p [Piece<'a>], Vec<Row<'p, 'a>>) {
    let first = alone.iter().position(|alone| *alone).unwrap_or(lines.len());
    let mut slots: Vec<Row<'p, 'a>> = Vec::new();
    let mut waiting: VecDeque<usize> = VecDeque::new();
    let mut at = first;
    while at < lines.len() {
        if alone[at] {
            waiting.push_back(slots.len());
            slots.push(vec![&lines[at]]);
            at += 1;
            continue;
        }
        let end = (at..lines.len()).find(|&next| alone[next]).unwrap_or(lines.len());
        for title in titles(&lines[at..end], waiting.len(), words) {
            let slot = waiting.pop_front().unwrap_or(slots.len() - 1);
            slots[slot].extend(title);
        }
        at = end;
    }
    (&lines[..first], slots)
}

/// The lines of `wanted` titles: each begins anew, or after a gap; a kind belongs to the line after it.
fn titles<'p, 'a>(lines: &'p [Piece<'a>], wanted: usize, words: &Words<'_>) -> Vec<&'p [Piece<'a>]> {
    let kind = |piece: &Piece<'_>| numbered_kind(piece.text(), words.lexicon).is_some();
    let anew = |before: &Piece<'_>, line: &Piece<'_>| !lines_go_on(before, line);
    let with_kind = |before: &Piece<'a>, line: &Piece<'a>| !anew(before, line) || kind(before);
    let mut finest = Vec::new();
    for scheme in 0..4 {
        let together = |before: &Piece<'a>, line: &Piece<'a>| match scheme {
            0 => !anew(before, line),
            1 => with_kind(before, line),
            2 => !line.gap || !anew(before, line),
            _ => !line.gap || with_kind(before, line),
        };
        let parts: Vec<_> = lines.chunk_by(together).collect();
        if parts.len() == wanted || wanted <= 1 {
            return if wanted <= 1 { vec![lines] } else { parts };
        }
        if scheme == 2 || parts.len() < wanted && finest.is_empty() {
            finest = parts;
        }
    }
    finest
}

/// Parts the slots of `days` days that were read at once: within a day, a slot begins where the one before it ended or
/// later.
fn by_day<'p, 'a>(slots: Vec<Row<'p, 'a>>, days: usize, words: &Words<'_>) -> Vec<Vec<Row<'p, 'a>>> {
    let mut parted: Vec<Vec<Row<'p, 'a>>> = vec![Vec::new(); days];
    let mut ends = vec![None; days];
    let mut last = days;
    for slot in slots {
        let Some((_, times)) = times_in(slot[0], words.lexicon).into_iter().next() else { continue };
        // the day that the slot follows most closely; of two alike, the one whose turn it is
        let fits = (0..days).filter(|&day| ends[day].is_none_or(|end| end <= times.start));
        let day = fits.max_by_key(|&day| (ends[day], day != last, std::cmp::Reverse(day))).unwrap_or(days - 1);
        ends[day] = Some(times.end.unwrap_or(times.start));
        last = day;
        parted[day].push(slot);
    }
    parted
}
