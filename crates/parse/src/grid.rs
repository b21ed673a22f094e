//! Cards that stand side by side, where nothing but wide space parts them: a row of names over rows of their offices, or
//! quotations over their names.

use rapporteur_grammar::{self as grammar, Lexicon};
use rapporteur_source::{Clean, Source, Span};

use crate::layout::{self, Fragment};

/// Cells of a row stand at least so many characters apart.
const APART: usize = 3;
/// A card has at most so many rows.
const ROWS: usize = 8;
/// A quotation, with the name below it, at most so many.
const QUOTE_ROWS: usize = 16;
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

/// Reads the cards of each row of names or quotations one after the other; all other fragments stay as they are.
pub(crate) fn card_by_card(fragments: &[Fragment], source: &Source, lexicon: &Lexicon) -> Vec<Fragment> {
    let mut out = Vec::with_capacity(fragments.len());
    let mut at = 0;
    while at < fragments.len() {
        let names = cells(source, fragments[at].span);
        let quotes = are_quotes(&names, source, lexicon);
        let end = fragments.len().min(at + if quotes { QUOTE_ROWS } else { ROWS });
        let below: Vec<Vec<Cell>> = if quotes || are_names(&names, source, lexicon) {
            let rows = fragments[at + 1..end].iter().take_while(|row| !row.gap && !row.page_start);
            let rows = rows.map(|row| cells(source, row.span));
            let stands = |row: &Vec<Cell>| row.iter().all(|cell| column_of(cell, &names).is_some());
            rows.take_while(|row| stands(row) && (quotes || is_below(row, source, lexicon))).collect()
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
                let gap = quotes && row == 0 || fragments[at + row].gap;
                out.extend(own.map(|cell| Fragment { span: cell.span, gap, ..fragments[at + row] }));
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

/// Whether a row is several quotations that begin.
fn are_quotes(cells: &[Cell], source: &Source, lexicon: &Lexicon) -> bool {
    (2..=COLUMNS).contains(&cells.len())
        && cells.iter().all(|cell| grammar::opening_quote(source.slice(cell.span), lexicon).is_some())
}

/// Whether a row goes on with the cards below names: it is no row of names itself, nor the label of other people.
fn is_below(row: &[Cell], source: &Source, lexicon: &Lexicon) -> bool {
    let is_label = |cell: &Cell| {
        grammar::role_label(&Clean::new(source.text(), cell.span).text, lexicon).is_ok_and(|(rest, _)| rest.is_empty())
    };
    !row.iter().any(is_label) && !are_names(row, source, lexicon)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_side_by_side() {
        let text = "   \"The tide keeps no          \"A lamp is lit by nobody.\"\n    minutes.\"                  Orla Venn\n   \
                    Ana Silva                  Director\n   Editor\n";
        let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
        let whole: Vec<Fragment> = source
            .lines()
            .map(|line| Fragment { line: line.number, span: line.span, gap: false, page_start: false })
            .collect();
        let read: Vec<&str> =
            card_by_card(&whole, &source, &lexicon).iter().map(|fragment| source.slice(fragment.span)).collect();
        assert_eq!(
            read,
            [
                "\"The tide keeps no",
                "minutes.\"",
                "Ana Silva",
                "Editor",
                "\"A lamp is lit by nobody.\"",
                "Orla Venn",
                "Director"
            ]
        );
    }
}
