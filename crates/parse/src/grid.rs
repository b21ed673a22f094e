//! Cards that stand side by side, where nothing but wide space parts them: a row of names over rows of their offices.

use rapporteur_grammar::{self as grammar, Lexicon};
use rapporteur_source::{Clean, Source, Span};

use crate::layout::{self, Fragment};

/// Cells of a row stand at least so many characters apart.
const APART: usize = 3;
/// A card has at most so many rows.
const ROWS: usize = 8;
/// No page has more cards side by side.
const COLUMNS: usize = 8;
/// So far from the edge of its column may a cell begin, in characters.
const SLACK: usize = 2;

/// What stands between wide space on a row.
struct Cell {
    span: Span,
    /// The columns of characters that it begins and ends at.
    from: usize,
    to: usize,
}

/// Reads the cards of each row of names one after the other; all other fragments stay as they are.
pub(crate) fn card_by_card(fragments: &[Fragment], source: &Source, lexicon: &Lexicon) -> Vec<Fragment> {
    let mut out = Vec::with_capacity(fragments.len());
    let mut at = 0;
    while at < fragments.len() {
        let end = fragments.len().min(at + ROWS);
        let names = cells(source, fragments[at].span);
        let below: Vec<Vec<Cell>> = if are_names(&names, source, lexicon) {
            let rows = fragments[at + 1..end].iter().take_while(|row| !row.gap && !row.page_start);
            rows.map(|row| cells(source, row.span)).take_while(|row| is_below(row, &names, source, lexicon)).collect()
        } else {
            Vec::new()
        };
        if below.is_empty() {
            out.push(fragments[at]);
            at += 1;
            continue;
        }
        for column in 0..names.len() {
            for (row, cells) in std::iter::once(&names).chain(&below).enumerate() {
                let own = cells.iter().filter(|cell| column_of(cell, &names) == Some(column));
                out.extend(own.map(|cell| Fragment { span: cell.span, ..fragments[at + row] }));
            }
        }
        at += 1 + below.len();
    }
    out
}

/// Whether a row is several names.
fn are_names(cells: &[Cell], source: &Source, lexicon: &Lexicon) -> bool {
    (2..=COLUMNS).contains(&cells.len())
        && cells.iter().all(|cell| grammar::is_name(&Clean::new(source.text(), cell.span).text, lexicon))
}

/// Whether a row goes on with the cards below these names: each of its cells stands in a column, and it is no row of
/// names itself, nor the label of other people.
fn is_below(row: &[Cell], names: &[Cell], source: &Source, lexicon: &Lexicon) -> bool {
    let is_label = |cell: &Cell| {
        grammar::role_label(&Clean::new(source.text(), cell.span).text, lexicon).is_ok_and(|(rest, _)| rest.is_empty())
    };
    !row.iter().any(is_label)
        && !are_names(row, source, lexicon)
        && row.iter().all(|cell| column_of(cell, names).is_some())
}

/// The column that a cell stands in, unless it runs over into the next one.
fn column_of(cell: &Cell, names: &[Cell]) -> Option<usize> {
    let column = names.iter().rposition(|name| name.from <= cell.from + SLACK)?;
    names.get(column + 1).is_none_or(|next| cell.to < next.from).then_some(column)
}

/// What stands between wide space on a line.
fn cells(source: &Source, line: Span) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let (mut column, mut space) = (0, APART);
    for (at, c) in source.slice(line).char_indices() {
        let width = layout::width(c, column);
        column += width;
        if c.is_whitespace() {
            space += width;
            continue;
        }
        let end = line.start + at + c.len_utf8();
        match cells.last_mut() {
            Some(cell) if space < APART => (cell.span.end, cell.to) = (end, column),
            _ => cells.push(Cell { span: Span::new(line.start + at, end), from: column - width, to: column }),
        }
        space = 0;
    }
    cells
}
