//! Columns that stand side by side, found by the white space between them.
//!
//! The idea: the *gutter* of a page is the column of characters that most rows leave blank between two texts. Rows that
//! cover it run over the full width; they part the others into *bands*. A band is read column after column if both its
//! sides look like columns: like running text, whose lines begin in mid-sentence, or like cards, whose blocks stand in
//! pairs. If they do not, as in a table of times and titles, the rows stay as they are. Each side of a band, and what lies
//! above and below it, is then read in the same way, so that three columns are two gutters.

use std::ops::Range;

use super::row::{Cell, Part, WIDEST};

/// Columns in columns, and bands between bands, are looked for this deep.
const DEEPEST: usize = 6;
/// Rows on neighbouring lines stand side by side if so many characters lie between them.
const GUTTER: usize = 3;
/// So many gutters are tried before a page is taken for one column.
const TRIES: usize = 3;
/// A column has at least this many rows,
const ROWS: usize = 3;
/// of which this many show that two texts stand side by side,
const PAIRED_ROWS: usize = 2;
/// and so many more for each side where a line of the full width follows with no blank line between: in running text,
/// spaces stand one below the other by chance.
const CHANCE_ROWS: usize = 3;
/// Lines of running text are at least this long on the average, in characters.
const RUNNING: usize = 10;
/// A card has at most this many rows.
const CARD: usize = 8;
/// So many blank lines part cards,
const CARD_GAP: usize = 1;
/// and so many what stands beside a margin.
const MARGIN_GAP: usize = 2;

/// A cell in reading order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed<'p> {
    pub(super) cell: Cell<'p>,
    /// Whether a blank line or the end of another column stands before it.
    pub(super) gap: bool,
    /// The left edge of its column, where that is not the edge of the page.
    pub(super) edge: Option<usize>,
}

/// The cells of a page in reading order.
pub(super) fn reading_order<'p>(cells: &[Cell<'p>]) -> Vec<Placed<'p>> {
    let mut reader = Reader { placed: Vec::with_capacity(cells.len()) };
    // running heads and feet belong to no column
    let head = usize::from(cells.len() > 1 && cells[0].blanks_to(&cells[1]) > 0);
    let foot = cells.len() - usize::from(has_foot(&cells[head..]));
    let page = Area::default();
    reader.lines(&cells[..head], page);
    reader.read(&cells[head..foot], page);
    reader.lines(&cells[foot..], page);
    reader.placed
}

/// Whether the last row of a page is its foot: it stands alone, with a number or far from the text.
fn has_foot(cells: &[Cell<'_>]) -> bool {
    let [.., before, last] = cells else { return false };
    let blanks = before.blanks_to(last);
    blanks > 1 || blanks > 0 && last.parts.iter().any(|part| part.digit)
}

/// What is known of cells before they are read.
#[derive(Clone, Copy, Debug, Default)]
struct Area {
    /// The left edge of their column, where that is not the edge of the page.
    edge: Option<usize>,
    /// Whether they are a row of cards.
    cards: bool,
    /// How many bands and columns they lie within.
    depth: usize,
}

struct Reader<'p> {
    placed: Vec<Placed<'p>>,
}

impl<'p> Reader<'p> {
    /// Reads an area: column after column where it has some.
    fn read(&mut self, cells: &[Cell<'p>], area: Area) {
        let bands = if area.depth < DEEPEST { bands(cells, area.cards) } else { Vec::new() };
        if bands.is_empty() {
            return self.lines(cells, area);
        }
        let inner = Area { depth: area.depth + 1, ..area };
        let mut done = 0;
        for Band { rows, gutter, parted_by } in bands {
            self.read(&cells[done..rows.start], inner);
            done = rows.end;
            let inner = Area { cards: parted_by == CARD_GAP, ..inner };
            for block in blocks(&cells[rows], parted_by) {
                self.side_by_side(block, gutter, inner);
            }
        }
        self.read(&cells[done..], inner);
    }

    /// Reads the left column and then the right one.
    fn side_by_side(&mut self, cells: &[Cell<'p>], gutter: usize, area: Area) {
        let (left, right) = columns(cells, gutter);
        let edge = right.iter().map(Cell::from).min();
        self.read(&left, area);
        self.read(&right, Area { edge, ..area });
    }

    /// Takes the cells of one column as they come.
    fn lines(&mut self, cells: &[Cell<'p>], area: Area) {
        for (index, &cell) in cells.iter().enumerate() {
            let gap = match self.placed.last() {
                Some(before) if index == 0 => !before.cell.is_directly_above(&cell),
                _ => index > 0 && gap_before(cells, index),
            };
            self.placed.push(Placed { cell, gap, edge: area.edge });
        }
    }
}

/// Whether a blank line stands before a cell of a column.
///
/// That rows lie between which have text in other columns only is not enough: the lines of neighbouring columns may
/// stand at different heights. It is a gap if no sentence runs over it and the lines beside it stand closer.
fn gap_before(cells: &[Cell<'_>], index: usize) -> bool {
    let cell = &cells[index];
    let before = &cells[index - 1];
    let step = |at: usize| cells[at].row.index - cells[at - 1].row.index;
    let runs_on = |at: usize| cells[at - 1].runs_into(&cells[at]);
    let beside =
        [index.wrapping_sub(1), index + 1].into_iter().filter(|&at| (1..cells.len()).contains(&at) && runs_on(at));
    before.blanks_to(cell) > 0 || !runs_on(index) && step(index) > beside.map(step).max().unwrap_or(1)
}

/// Rows with columns side by side.
#[derive(Debug)]
struct Band {
    rows: Range<usize>,
    /// The right end of the gutter, over which none of the rows runs.
    gutter: usize,
    /// So many blank lines end a block, of which the columns are read before the next one begins.
    parted_by: usize,
}

/// The bands of an area; none if it is one column. `among_cards` if cards were found around it.
fn bands(cells: &[Cell<'_>], among_cards: bool) -> Vec<Band> {
    let mut rejected = Vec::new();
    for _ in 0..TRIES {
        let Some(gutter) = likely_gutter(cells, &rejected) else { break };
        let runs = uncovered(cells, gutter);
        let find = |known| -> Vec<Band> { runs.iter().filter_map(|run| band(cells, run, gutter, known)).collect() };
        if !find(among_cards).is_empty() {
            // one band shows that the gutter is none by chance
            return find(true);
        }
        rejected.push(gutter);
    }
    Vec::new()
}

/// The right end of the gutter: of the columns of characters that most rows leave blank between two texts, the one after
/// the last.
fn likely_gutter(cells: &[Cell<'_>], rejected: &[usize]) -> Option<usize> {
    let mut gaps: Vec<Range<usize>> = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        gaps.extend((1..cell.parts.len()).filter(|&at| is_paired(cell.parts, at)).map(|at| gap_at(cell.parts, at)));
        gaps.extend(index.checked_sub(1).and_then(|before| gap_between(&cells[before], cell)));
    }
    gaps.retain(|gap| gap.end <= WIDEST && !rejected.iter().any(|&column| spans(gap, column)));
    let widest = gaps.iter().map(|gap| gap.end).max()?;
    // how many gaps begin less how many end at a column
    let mut changes = vec![0_isize; widest + 1];
    for gap in &gaps {
        changes[gap.start] += 1;
        changes[gap.end] -= 1;
    }
    let mut votes = 0;
    let votes = changes.iter().map(|change| {
        votes += change;
        votes
    });
    let (gutter, votes) = votes.enumerate().max_by_key(|&(_, votes)| votes)?;
    (votes >= PAIRED_ROWS as isize).then_some(gutter + 1)
}

/// Whether the gap before the part `at` of a row stands between two texts, or two figures: a number before a text is its
/// time or its bullet, and one after a text is a page or a sum.
fn is_paired(parts: &[Part], at: usize) -> bool {
    let right = parts[at..].iter().any(|part| part.letters);
    parts[at].apart && parts[at - 1].letters == right
}

fn gap_at(parts: &[Part], at: usize) -> Range<usize> {
    parts[at - 1].to..parts[at].from
}

/// Whether a gap is where a gutter is that ends before `column`.
fn spans(gap: &Range<usize>, column: usize) -> bool {
    gap.start < column && column <= gap.end
}

/// The gap between two texts that stand side by side though on neighbouring rows, because the lines of their columns are
/// not at one height.
fn gap_between(above: &Cell<'_>, below: &Cell<'_>) -> Option<Range<usize>> {
    if above.blanks_to(below) > 0 || !above.has_letters() || !below.has_letters() {
        return None;
    }
    let gap = if above.to() < below.from() { above.to()..below.from() } else { below.to()..above.from() };
    (gap.len() >= GUTTER).then_some(gap)
}

/// The runs of rows that do not run over a gutter. Where lines of the left column push the right one aside, others are as
/// long as they are.
fn uncovered(cells: &[Cell<'_>], gutter: usize) -> Vec<Range<usize>> {
    let pushing: Vec<usize> = cells.iter().filter_map(|cell| cell.pushes(gutter)).collect();
    let reach = pushing.iter().max().copied().filter(|_| pushing.len() >= PAIRED_ROWS).unwrap_or(0);
    let covers =
        |cell: &Cell<'_>| cell.covers(gutter) && cell.to() > reach && (reach == 0 || cell.pushes(gutter).is_none());
    let mut start = 0;
    let runs = cells.split(covers).map(|run| {
        let rows = start..start + run.len();
        start = rows.end + 1;
        rows
    });
    runs.collect()
}

/// The band of a run of rows, if what stands left and right of the gutter are columns. Less is asked of them where the
/// gutter is `known`.
fn band(cells: &[Cell<'_>], run: &Range<usize>, gutter: usize, known: bool) -> Option<Band> {
    let has_right = |at: &usize| cells[*at].split(gutter).1.is_some();
    let first = run.clone().find(has_right)?;
    let last = run.clone().rfind(has_right)?;
    // rows of the left column only may begin and end it
    let core = &cells[run.start.max(first.saturating_sub(1))..run.end.min(last + 2)];
    let touches = |above: usize| cells.get(above + 1).is_some_and(|below| cells[above].blanks_to(below) == 0);
    let above = first == run.start && first > 0 && touches(first - 1);
    let below = last + 1 == run.end && touches(last);
    let chances = if known { 0 } else { usize::from(above) + usize::from(below) };
    let parted_by = arrangement(core, gutter, PAIRED_ROWS + CHANCE_ROWS * chances, known)?;
    let tail = tail(&cells[last..run.end], run.end == cells.len());
    Some(Band { rows: run.start..last + tail, gutter, parted_by })
}

/// How many of these cells belong to a band: the first is the last row with a right column, the others have a left one
/// only. What follows without a blank line belongs to it, and so do blocks of running text no wider than the column: they
/// continue the left column below the end of the right one. Lines that stand alone there do not, nor does what leads over
/// to a line of the full width.
fn tail(cells: &[Cell<'_>], at_end: bool) -> usize {
    let mut end = 0;
    let mut tail = 0;
    for block in blocks(cells, 1) {
        let leads_over = !at_end && end + block.len() == cells.len();
        end += block.len();
        if tail == 0 || runs_on(block) && !leads_over {
            tail = end;
        }
    }
    tail
}

/// How a pair of columns is to be read: after how many blank lines the left one is left for the right one. `None` if they
/// are no columns but a table, or a chance.
///
/// At `least` so many rows must show that two texts stand side by side, if that is not `known`.
fn arrangement(cells: &[Cell<'_>], gutter: usize, least: usize, known: bool) -> Option<usize> {
    if are_cards(cells, gutter, known) {
        return Some(CARD_GAP);
    }
    let (left, right) = columns(cells, gutter);
    let texts = is_text(&left) && is_text(&right);
    let columns = texts || are_notes(&left, &right) || are_notes(&right, &left) || is_panel(&left, &right);
    if paired_rows(cells, gutter) < least || !columns || is_timed(&left, &right) {
        return None;
    }
    // notes beside a text belong to what they stand beside; of equal columns each is read to its end
    Some(if is_margin(&left, &right) || is_margin(&right, &left) { MARGIN_GAP } else { usize::MAX })
}

/// Whether a column is so much narrower than the one beside it that it is its margin.
fn is_margin(column: &[Cell<'_>], beside: &[Cell<'_>]) -> bool {
    width(column) * 5 < width(beside) * 3
}

/// Whether a panel stands left of running text: the title of what the text is about, and its people. Its rows follow each
/// other as closely as larger type lets them, which those of a table's entries beside long descriptions do not.
fn is_panel(panel: &[Cell<'_>], text: &[Cell<'_>]) -> bool {
    let near = |pair: &&[Cell<'_>]| pair[1].row.index - pair[0].row.index <= 2;
    panel.len() >= ROWS
        && is_wide(panel)
        && panel.windows(2).filter(near).count() * 3 >= panel.len() * 2
        && is_wide(text)
        && has_stretch(text)
}

/// Whether cards and quotes stand in the margin of running text. Their rows follow each other, which those of labels and
/// of a table's entries do not.
fn are_notes(column: &[Cell<'_>], text: &[Cell<'_>]) -> bool {
    let next = |pair: &&[Cell<'_>]| pair[0].row.index + 1 == pair[1].row.index && pair[0].blanks_to(&pair[1]) == 0;
    column.len() >= ROWS
        && is_margin(column, text)
        && is_wide(column)
        && column.windows(2).filter(next).count() * 2 >= column.len()
        && is_running(text)
}

/// How many rows show that two texts stand side by side.
fn paired_rows(cells: &[Cell<'_>], gutter: usize) -> usize {
    let within = |cell: &Cell<'_>| {
        (1..cell.parts.len()).any(|at| spans(&gap_at(cell.parts, at), gutter) && is_paired(cell.parts, at))
    };
    let between = |pair: &[Cell<'_>]| gap_between(&pair[0], &pair[1]).is_some_and(|gap| spans(&gap, gutter));
    cells.iter().filter(|cell| within(cell)).count() + cells.windows(2).filter(|pair| between(pair)).count()
}

/// Whether a column is running text, or a list whose entries are whole: those beside it are others.
fn is_text(column: &[Cell<'_>]) -> bool {
    /// Fewer bars may stand anywhere.
    const FEWEST: usize = 3;
    let bars = column.iter().filter(|cell| cell.parts.iter().any(|part| part.bar)).count();
    is_running(column) || is_wide(column) && bars >= FEWEST && bars * 4 >= column.len()
}

/// Whether a column is running text: lines of some length that run on, all along or for a good stretch of a page that has
/// a list in the same column.
fn is_running(column: &[Cell<'_>]) -> bool {
    is_wide(column) && (runs_on(column) || has_stretch(column))
}

/// Whether many lines in succession, more than an entry of a table has, are running text: half of them begin in
/// mid-sentence.
fn has_stretch(column: &[Cell<'_>]) -> bool {
    const STRETCH: usize = 8;
    column.windows(STRETCH).any(|lines| lines.iter().filter(|line| line.is_low()).count() * 2 >= STRETCH)
}

/// Whether the lines of a column are long enough for text.
fn is_wide(column: &[Cell<'_>]) -> bool {
    let chars: usize = column.iter().map(|cell| cell.to() - cell.from()).sum();
    chars >= RUNNING * column.len()
}

/// Whether many of these lines begin in mid-sentence.
fn runs_on(cells: &[Cell<'_>]) -> bool {
    let low = cells.iter().skip(1).filter(|cell| cell.is_low()).count();
    cells.len() >= ROWS && low * 3 >= cells.len() - 1
}

/// Whether the left column begins its entries with times or numbers and the right one does not: what stands right then
/// belongs to the entry beside it.
fn is_timed(left: &[Cell<'_>], right: &[Cell<'_>]) -> bool {
    let timed = |column: &[Cell<'_>]| column.iter().filter(|cell| cell.parts[0].digit).count();
    timed(left) * 4 >= left.len() && timed(right) * 8 < right.len()
}

/// Whether small blocks stand in pairs between blank lines: cards of people, figures with what they count. One pair is a
/// chance, and so are pairs of which no line runs on (labels and what they say), unless the gutter is `known` or numbers
/// alone stand over words.
fn are_cards(cells: &[Cell<'_>], gutter: usize, known: bool) -> bool {
    let (mut all, mut pairs, mut figures, mut low) = (0, 0, 0, 0);
    // what stands alone above the first pair or below the last says nothing
    let last = cells.iter().rposition(|cell| cell.split(gutter).1.is_some()).map_or(0, |last| last + 1);
    for block in blocks(&cells[..last], CARD_GAP) {
        let block = without_heading(block, gutter);
        let (left, right) = columns(block, gutter);
        if all == 0 && right.is_empty() {
            continue;
        }
        all += 1;
        let pair = is_pair(block, &left, &right);
        pairs += usize::from(pair);
        figures += usize::from(pair && is_figure(&left) && is_figure(&right));
        low += left.iter().chain(&right).filter(|cell| cell.is_low()).count();
    }
    let chance = figures < pairs && (pairs < 2 || low < pairs);
    pairs > 0 && pairs * 4 >= all * 3 && (known || !chance)
}

/// A block without the line above its figures.
fn without_heading<'a, 'p>(block: &'a [Cell<'p>], gutter: usize) -> &'a [Cell<'p>] {
    let digit = |cell: Option<Cell<'_>>| cell.is_some_and(|cell| cell.parts[0].digit);
    match block {
        [heading, cells @ ..] if heading.split(gutter).1.is_none() => {
            match cells.first().map(|cell| cell.split(gutter)) {
                Some((left, right)) if digit(left) && digit(right) => cells,
                _ => block,
            }
        }
        _ => block,
    }
}

/// Whether two cards stand side by side: both begin in the first row of their block, and each has more than one.
fn is_pair(block: &[Cell<'_>], left: &[Cell<'_>], right: &[Cell<'_>]) -> bool {
    let is_card = |card: &[Cell<'_>]| {
        card.len() > 1
            && card[0].row.index == block[0].row.index
            && !card[0].is_low()
            && card.iter().any(Cell::has_letters)
    };
    block.len() <= CARD && is_card(left) && is_card(right)
}

/// Whether a card is numbers over what they count.
fn is_figure(card: &[Cell<'_>]) -> bool {
    let [number, rest @ ..] = card else { return false };
    number.parts.iter().all(|part| part.digit && !part.letters) && rest.iter().all(Cell::has_letters)
}

/// The cells left and right of a gutter.
fn columns<'p>(cells: &[Cell<'p>], gutter: usize) -> (Vec<Cell<'p>>, Vec<Cell<'p>>) {
    let (mut left, mut right) = (Vec::with_capacity(cells.len()), Vec::with_capacity(cells.len()));
    for cell in cells {
        let (at_left, at_right) = cell.split(gutter);
        left.extend(at_left);
        right.extend(at_right);
    }
    (left, right)
}

/// The cells between so many blank lines.
fn blocks<'a, 'p>(cells: &'a [Cell<'p>], blanks: usize) -> impl Iterator<Item = &'a [Cell<'p>]> {
    cells.chunk_by(move |above, below| above.blanks_to(below) < blanks)
}

fn width(column: &[Cell<'_>]) -> usize {
    let from = column.iter().map(Cell::from).min().unwrap_or(0);
    column.iter().map(Cell::to).max().unwrap_or(0) - from
}
