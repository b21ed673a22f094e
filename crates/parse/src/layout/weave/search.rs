//! The likeliest way to take woven lines apart.
//!
//! A search down the page: each row is a line of the full width, one of the left or the right column, or both. A way to
//! read the rows is the likelier the better the words at its breaks follow each other, the worse those that it takes
//! apart do, the nearer the lines of a column come to its width, and the more evenly they alternate with those beside
//! them. A quote or a caption may interrupt a column, which then goes on where it was left.

use rustc_hash::FxHashMap;

use super::pairs::Pairs;
use super::text::{NO_TOKEN, Row, Text};

/// So many ways are kept from row to row.
const BEAM: usize = 24;
/// What it costs to begin a pair of columns,
const OPEN: f32 = -4.0;
/// and to end one where no page ends.
const CLOSE: f32 = -5.0;
/// A running head or foot is no line of a column.
const RUNNING: f32 = 3.0;
/// What it costs to take a line apart.
const SPLIT: f32 = -1.5;
/// What it costs to begin a quote that stands in a column by itself.
const QUOTE: f32 = -2.0;
/// The lines below a quote that name the speaker.
const CREDITS: u8 = 3;
/// What it costs to begin the caption of a picture, in smaller type, in a column,
const CAPTION: f32 = -2.5;
/// which can be so much wider than the column seems to be.
const SMALLER: f32 = 1.45;
/// A column that waits longer than this for its next line waits no more.
const LATEST: u8 = 7;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// A line of the full width.
    Full,
    Left,
    Right,
    /// The left column ends before this token.
    Split(u32),
}

/// A row taken apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) choice: Choice,
    /// Whether a pair of columns begins here.
    pub(super) opens: bool,
    /// Whether the left and the right line begin something.
    pub(super) gaps: [bool; 2],
}

/// What a column is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Flow {
    /// Its text.
    Text,
    /// A quote that interrupts its text.
    Quote,
    /// The lines below such a quote, so many of them.
    Credits(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Column {
    /// The last word of its text.
    last: u32,
    /// The last word of a quote that interrupts it.
    quote: u32,
    flow: Flow,
    /// Nothing of its text has come yet.
    fresh: bool,
    /// Its last line may be the last of a paragraph.
    ends: bool,
    /// So many lines of the other column have come since its own last line.
    since: u8,
    /// It has a line.
    begun: bool,
}

impl Column {
    fn new(carry: u32) -> Self {
        Self { last: carry, quote: NO_TOKEN, flow: Flow::Text, fresh: true, ends: true, since: 0, begun: false }
    }
}

#[derive(Clone, Copy, Debug)]
struct State {
    score: f32,
    columns: [Column; 2],
    /// Whether it is in a pair of columns.
    band: bool,
    /// Whether the row before was taken apart.
    split: bool,
    /// The first word of the right column's text.
    first_right: u32,
    /// The last word of the text before.
    carry: u32,
    /// The step that led here.
    step: u32,
}

type Key = ([Column; 2], bool, bool, u32, u32);

impl State {
    fn key(&self) -> Key {
        (self.columns, self.band, self.split, self.first_right, self.carry)
    }
}

pub(super) struct Search<'t> {
    text: &'t Text<'t>,
    pairs: &'t Pairs<'t>,
    /// How wide a column is.
    width: f32,
    steps: Vec<(u32, Step)>,
}

impl<'t> Search<'t> {
    pub(super) fn new(text: &'t Text<'t>, pairs: &'t Pairs<'t>, width: f32) -> Self {
        Self { text, pairs, width, steps: Vec::new() }
    }

    /// What each row is.
    pub(super) fn run(mut self, rows: &[Row]) -> Vec<Step> {
        let mut beam = vec![State {
            score: 0.0,
            columns: [Column::new(NO_TOKEN); 2],
            band: false,
            split: false,
            first_right: NO_TOKEN,
            carry: NO_TOKEN,
            step: NO_TOKEN,
        }];
        for row in rows {
            beam = self.advance(row, &beam);
        }
        let best = beam.iter().map(|state| self.closed(state, true)).max_by(|a, b| a.score.total_cmp(&b.score));
        let mut steps = Vec::with_capacity(rows.len());
        let mut at = best.map_or(NO_TOKEN, |state| state.step);
        while at != NO_TOKEN {
            let (before, step) = self.steps[at as usize];
            steps.push(step);
            at = before;
        }
        steps.reverse();
        steps
    }

    fn advance(&mut self, row: &Row, beam: &[State]) -> Vec<State> {
        let mut next: Vec<(State, Step)> = Vec::new();
        let splits = self.splits(row);
        for state in beam {
            let outside = if state.band { self.closed(state, row.gap || row.running) } else { *state };
            next.push(self.full(row, &outside));
            if row.width > 2.55 * self.width {
                continue;
            }
            if !state.band || row.gap {
                let carry = outside.carry;
                let opened = State {
                    score: outside.score + OPEN,
                    columns: [Column::new(carry), Column::new(NO_TOKEN)],
                    band: true,
                    split: false,
                    first_right: NO_TOKEN,
                    carry: NO_TOKEN,
                    step: outside.step,
                };
                self.columns(row, &opened, true, &splits, &mut next);
            } else {
                self.columns(row, state, false, &splits, &mut next);
            }
        }
        // of ways that lead to the same place, the best one
        next.sort_unstable_by(|a, b| b.0.score.total_cmp(&a.0.score));
        let mut kept: FxHashMap<Key, ()> = FxHashMap::default();
        let mut beam = Vec::with_capacity(BEAM);
        for (mut state, step) in next {
            if beam.len() == BEAM {
                break;
            }
            if kept.insert(state.key(), ()).is_none() {
                self.steps.push((state.step, step));
                state.step = self.steps.len() as u32 - 1;
                beam.push(state);
            }
        }
        beam
    }

    /// The state after the end of a pair of columns.
    fn closed(&self, state: &State, page_ends: bool) -> State {
        let mut closed = *state;
        if !state.band {
            return closed;
        }
        let [left, right] = &state.columns;
        if !page_ends {
            closed.score += CLOSE;
        }
        if state.first_right != NO_TOKEN && left.last != NO_TOKEN && !left.fresh {
            closed.score += self.pairs.over_break(left.last, state.first_right).clamp(-3.0, 5.0);
        }
        for column in &state.columns {
            if column.begun && !column.ends && column.since > 1 {
                closed.score -= 2.5;
            }
        }
        let last = if right.fresh { left.last } else { right.last };
        closed.carry = last;
        closed.columns = [Column::new(last), Column::new(NO_TOKEN)];
        closed.band = false;
        closed.split = false;
        closed.first_right = NO_TOKEN;
        closed
    }

    fn full(&self, row: &Row, state: &State) -> (State, Step) {
        let mut state = *state;
        let (first, last) = ends(row);
        let before = state.columns[0].last;
        state.score += self.pairs.over_break(before, first).clamp(-0.5, 2.0);
        if row.running {
            state.score += RUNNING;
        } else {
            if (0.94..1.06).contains(&(row.width / self.width)) {
                state.score -= 1.0;
            }
            // the text may go on below
            state.columns[0].last = last;
            state.carry = last;
        }
        (state, Step { choice: Choice::Full, opens: false, gaps: [row.gap; 2] })
    }

    fn columns(&self, row: &Row, state: &State, opens: bool, splits: &[u32], next: &mut Vec<(State, Step)>) {
        let (first, last) = ends(row);
        let mut state = *state;
        if row.running {
            state.score -= RUNNING;
        }
        for (side, choice) in [(0, Choice::Left), (1, Choice::Right)] {
            for (score, column, gap) in self.place(&state.columns[side], first, last, true).into_iter().flatten() {
                let mut after = state;
                after.score += score - if state.split { 0.7 } else { 0.0 };
                if opens && side == 1 {
                    after.score -= 1.0;
                }
                after.columns[side] = column;
                let other = &mut after.columns[1 - side];
                if other.begun {
                    other.since = (other.since + 1).min(LATEST);
                }
                after.split = false;
                if side == 1 && state.columns[1].fresh && !column.fresh {
                    after.first_right = first;
                }
                let gaps = if side == 0 { [gap, false] } else { [false, gap] };
                next.push((after, Step { choice, opens, gaps }));
            }
        }
        for &at in splits {
            let (before, after) = (&self.text.tokens[at as usize - 1], &self.text.tokens[at as usize]);
            let quoted = state.columns.iter().all(|column| column.flow != Flow::Text);
            let cut = match (
                row.width < 1.1 * self.width && !quoted,
                before.stop || before.closes || after.opens || before.hyphen || self.text.tokens[last as usize].closes,
            ) {
                (true, true) => 2.0 * SPLIT,
                (true, false) => 3.0 * SPLIT,
                _ => SPLIT,
            };
            let within = self.pairs.within(at - 1);
            let lefts = self.place(&state.columns[0], first, at - 1, false);
            for (left_score, left, left_gap) in lefts.into_iter().flatten() {
                let rights = self.place(&state.columns[1], at, last, false);
                for (right_score, right, right_gap) in rights.into_iter().flatten() {
                    let mut after = state;
                    let shift = if !state.split && !opens { -0.7 } else { 0.0 };
                    after.score += left_score + right_score - within + cut + shift;
                    after.columns = [left, right];
                    after.split = true;
                    if state.columns[1].fresh && !right.fresh {
                        after.first_right = at;
                    }
                    next.push((after, Step { choice: Choice::Split(at), opens, gaps: [left_gap, right_gap] }));
                }
            }
        }
    }

    /// The tokens before which a row may be taken apart.
    fn splits(&self, row: &Row) -> Vec<u32> {
        let tokens = &self.text.tokens;
        let near = |width: f32| (0.85..1.07).contains(&(width / self.width));
        let fits = |width: f32| width < SMALLER * self.width;
        let mut splits = Vec::new();
        for at in row.tokens.clone().skip(1) {
            let left = tokens[at - 1].to;
            let right = row.width - tokens[at].from;
            let sign = tokens[row.tokens.end - 1].closes
                || tokens[at - 1].hyphen
                || tokens[at - 1].stop
                || tokens[at].opens
                || tokens[at - 1].closes;
            let short = row.width < 1.6 * self.width;
            if fits(left) && fits(right) && (near(left) || near(right) || sign || short) {
                splits.push(at as u32);
            }
        }
        splits
    }

    /// The ways in which the tokens `first..=last` can be the next line of a column.
    fn place(&self, column: &Column, first: u32, last: u32, single: bool) -> [Option<(f32, Column, bool)>; 3] {
        let tokens = &self.text.tokens;
        let (head, tail) = (&tokens[first as usize], &tokens[last as usize]);
        let width = (tail.to - head.from) / self.width;
        let late = f32::from(column.since.saturating_sub(u8::from(single)));
        let late = if column.begun { late } else { 0.0 };
        // lines stand at even distances, but for the end of a paragraph and larger type
        let lenient = 0.3 * late.min(2.0) + 1.2 * (late - 2.0).max(0.0);
        let slip = match column.flow {
            Flow::Text if !column.ends => 3.0 * late,
            Flow::Quote => 1.2 * late,
            _ => lenient,
        };
        let after = Column { since: 0, begun: true, ..*column };
        let wide = if width > 1.06 { (1.06 - width) * 80.0 } else { 0.0 };
        let filled = wide
            + match width {
                0.94.. => 1.5,
                0.88..0.94 => 0.0,
                _ if tail.stop => -0.7,
                _ => -2.5,
            };
        let text = |score: f32, gap: bool| {
            let gap = gap || !column.begun;
            let mut follows = self.pairs.over_break(column.last, first);
            if column.fresh {
                follows = follows.clamp(-1.5, 4.0);
            }
            let ends = tail.stop && width < 0.97;
            let column = Column { last, quote: NO_TOKEN, flow: Flow::Text, fresh: false, ends, ..after };
            Some((score + filled + follows - slip, column, gap))
        };
        let quote = |score: f32, gap: bool| {
            let narrow = if width < 0.6 && !tail.closes { -2.0 } else { 0.0 };
            let flow = if tail.closes { Flow::Credits(0) } else { Flow::Quote };
            let column = Column { quote: last, flow, ends: false, ..after };
            let slip = if gap { lenient } else { slip };
            Some((score + wide + narrow - slip, column, gap || !column.begun))
        };
        match column.flow {
            Flow::Text if head.opens => [text(0.0, false), quote(QUOTE, true), None],
            Flow::Text => {
                let whole = !tokens[first as usize..last as usize].iter().any(|token| token.hyphen);
                let caption = (whole && !head.low && !tail.stop && (1.05..SMALLER).contains(&width)).then(|| {
                    let column = Column { flow: Flow::Credits(1), ends: true, ..after };
                    (CAPTION - lenient, column, true)
                });
                [text(0.0, false), caption, None]
            }
            Flow::Quote => [quote(self.pairs.over_break(column.quote, first) + 0.5, false), None, None],
            Flow::Credits(lines) => {
                let resumed = text(if lines == 0 { -2.0 } else { 0.0 }, true);
                let another = if head.opens { quote(QUOTE, true) } else { None };
                let credit = (lines < CREDITS && !head.low && !head.opens && !tail.stop && !tail.hyphen).then(|| {
                    let capitals = tokens[first as usize..=last as usize].iter().filter(|token| !token.low).count();
                    let name = capitals * 3 >= (last - first + 1) as usize * 2 && last - first < 6;
                    let score = match (lines, name) {
                        (0, true) => 2.0,
                        (0, false) => 0.0,
                        _ => -0.5,
                    };
                    let column = Column { flow: Flow::Credits(lines + 1), ends: true, ..after };
                    (score + wide - slip, column, false)
                });
                [resumed, another, credit]
            }
        }
    }
}

/// The first and the last token of a row.
fn ends(row: &Row) -> (u32, u32) {
    (row.tokens.start as u32, row.tokens.end as u32 - 1)
}
