//! Lines as rows of a drawing: which columns of characters their text takes.

use std::ops::Range;

use rapporteur_source::{Line, Span};

/// White space wider than this, in characters, does not stand between words on any page.
const WIDEST_SPACE: usize = 6;
/// No page is wider than this, in characters: a longer line is running text, and nothing is beside anything in it.
pub(super) const WIDEST: usize = 1000;
/// A row with more parts than this is not looked at for a gutter of one space.
const MOST_PARTS: usize = 8;
/// So far to the left of its column may a text begin, in characters: hanging quotation marks, rows that an extractor
/// pushed together.
const SLACK: usize = 3;
/// Lines of narrow letters are no more than so many characters too long for their column.
const MOST_PUSHED: usize = 12;
/// Tabs stand this far apart, in characters.
const TAB: usize = 8;

/// A line that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Row<'t> {
    /// 1-based number of the line.
    pub(super) line: usize,
    /// The bytes of the line.
    span: Span,
    text: &'t str,
    parts: Vec<Part>,
    /// How many rows of the page stand before it.
    pub(super) index: usize,
    /// How many blank lines of the page stand before it, all the way up.
    blanks: usize,
}

/// A part of a row with no wide white space in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The first column of characters that it takes.
    pub(super) from: usize,
    /// The column after the last.
    pub(super) to: usize,
    /// Its bytes, counted from the start of the line.
    bytes: Span,
    /// Whether the white space before it is too wide to stand between words.
    pub(super) apart: bool,
    /// Whether it holds letters; a time, a number and a bullet hold none.
    pub(super) letters: bool,
    /// Whether it begins with a letter that is no capital, as lines in mid-sentence do.
    pub(super) low: bool,
    /// Whether it begins with a digit.
    pub(super) digit: bool,
    /// Whether a bar stands in it between words, as between a name and an office.
    pub(super) bar: bool,
    /// Whether it ends in mid-sentence: with a hyphen, a comma or a word that is no name.
    open: bool,
}

/// How wide white space is on a page, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spacing {
    /// White space this wide may part columns, if that of other rows at the same place does.
    parting: usize,
    /// White space this wide does not stand between the words of a text.
    gutter: usize,
}

/// What one column holds of a row: neighbouring parts, at least one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'p> {
    pub(super) row: &'p Row<'p>,
    pub(super) parts: &'p [Part],
}

impl Spacing {
    /// The spacing of a page, from the space between most of its words: an extractor may have stretched it.
    fn of<'t>(lines: impl Iterator<Item = &'t str>) -> Self {
        let mut counts = [0_usize; WIDEST_SPACE + 1];
        for line in lines {
            let mut space = 0;
            for byte in line.trim().bytes() {
                if byte == b' ' {
                    space += 1;
                } else if space > 0 {
                    if let Some(count) = counts.get_mut(space) {
                        *count += 1;
                    }
                    space = 0;
                }
            }
        }
        let half = counts.iter().sum::<usize>().div_ceil(2);
        let mut below = 0;
        let median = counts.iter().position(|count| {
            below += count;
            below >= half
        });
        match median.unwrap_or(1) {
            0 | 1 => Self { parting: 2, gutter: 3 },
            wide => Self { parting: wide * 2 + 1, gutter: wide * 2 + 1 },
        }
    }
}

/// The rows of a page whose lines these are, of a source's `text` in which `single` blank lines are one.
pub(super) fn rows<'t>(text: &'t str, lines: &[Line], single: usize) -> Vec<Row<'t>> {
    let spacing = Spacing::of(lines.iter().map(|line| &text[line.span.range()]));
    let mut rows: Vec<Row<'t>> = Vec::with_capacity(lines.len());
    let mut blanks = 0;
    // blank lines since the last row
    let mut blank = 0;
    for line in lines {
        let text = &text[line.span.range()];
        let parts = parts(text, spacing);
        if parts.is_empty() {
            blank += 1;
            continue;
        }
        blanks += (blank / single).max(blank.min(1));
        blank = 0;
        rows.push(Row { line: line.number, span: line.span, text, parts, index: rows.len(), blanks });
    }
    for index in 0..rows.len() {
        let gutters = narrow_gutters(&rows, index);
        rows[index].part_at(&gutters);
    }
    rows
}

/// Where a text begins after a single space, though in a column: a text of the row above or below begins at this column
/// of characters behind wide white space, and no neighbour runs over it.
fn narrow_gutters(rows: &[Row<'_>], index: usize) -> Vec<usize> {
    let row = &rows[index];
    let neighbours = [index.checked_sub(1), Some(index + 1)];
    let beside: Vec<&Row<'_>> = neighbours
        .into_iter()
        .flatten()
        .filter_map(|at| rows.get(at))
        .filter(|other| other.blanks == row.blanks && other.parts.len() <= MOST_PARTS)
        .collect();
    let mut gutters: Vec<usize> = beside
        .iter()
        .flat_map(|other| other.parts.windows(2))
        .filter(|pair| pair[1].apart || pair[1].from == pair[0].to + 1)
        .map(|pair| pair[1].from)
        .filter(|&column| row.parts.iter().any(|part| part.from < column && column < part.to))
        .filter(|&column| row.begins_word(column) && !beside.iter().any(|other| other.has_ink(column - 1)))
        .collect();
    gutters.sort_unstable();
    gutters.dedup();
    gutters
}

impl Row<'_> {
    /// The first byte at this column of characters.
    fn byte(&self, column: usize) -> Option<usize> {
        columns(self.text)
            .take_while(|&(_, at, _)| at <= column)
            .find(|&(_, at, _)| at == column)
            .map(|(byte, ..)| byte)
    }

    fn has_ink(&self, column: usize) -> bool {
        self.byte(column).is_some_and(|byte| !self.text[byte..].starts_with(char::is_whitespace))
    }

    /// Whether a word begins at this column of characters.
    fn begins_word(&self, column: usize) -> bool {
        self.has_ink(column) && !self.has_ink(column - 1)
    }

    /// Parts it before these columns of characters as well.
    fn part_at(&mut self, gutters: &[usize]) {
        for &column in gutters {
            let Some(at) = self.parts.iter().position(|part| part.from < column && column < part.to) else { continue };
            let Some(byte) = self.byte(column) else { continue };
            let Part { from, to, bytes, .. } = self.parts[at];
            let left = bytes.start + self.text[bytes.start..byte].trim_end().len();
            let parts = [
                Part::new(self.text, (bytes.start, from), (left, column - 1)),
                Part::new(self.text, (byte, column), (bytes.end, to)),
            ];
            self.parts.splice(at..=at, parts);
        }
    }

    /// The row as a cell.
    pub(super) fn cell(&self) -> Cell<'_> {
        Cell { row: self, parts: &self.parts }
    }
}

impl<'p> Cell<'p> {
    /// The first column of characters that it takes.
    pub(super) fn from(&self) -> usize {
        self.parts.first().map_or(0, |part| part.from)
    }

    /// The column after the last.
    pub(super) fn to(&self) -> usize {
        self.parts.last().map_or(0, |part| part.to)
    }

    /// Whether it begins in mid-sentence.
    pub(super) fn is_low(&self) -> bool {
        self.parts.first().is_some_and(|part| part.low)
    }

    /// Whether it holds letters.
    pub(super) fn has_letters(&self) -> bool {
        self.parts.iter().any(|part| part.letters)
    }

    /// Whether `next` goes on with its sentence, as far as form tells.
    pub(super) fn runs_into(&self, next: &Self) -> bool {
        next.is_low() || self.parts.last().is_some_and(|part| part.open)
    }

    /// How many blank lines stand between it and `next`.
    pub(super) fn blanks_to(&self, next: &Self) -> usize {
        next.row.blanks.saturating_sub(self.row.blanks)
    }

    /// Whether `below` begins the row below that which this cell ends, with no blank line between.
    pub(super) fn is_directly_above(&self, below: &Self) -> bool {
        let ends = self.parts.last() == self.row.parts.last();
        let begins = below.parts.first() == below.row.parts.first();
        ends && begins && below.row.index == self.row.index + 1 && self.blanks_to(below) == 0
    }

    /// Whether text runs over a gutter before this column of characters.
    pub(super) fn covers(&self, column: usize) -> bool {
        let right = self.right_of(column);
        right > 0 && self.parts[right - 1].to >= column
    }

    /// Where the text ends that runs over a gutter before this column of characters, if it pushed what stands right of the
    /// gutter aside: a drawing in characters has no room for a line of many narrow letters.
    pub(super) fn pushes(&self, column: usize) -> Option<usize> {
        let right = self.right_of(column);
        let (left, aside) = (right.checked_sub(1).map(|left| &self.parts[left])?, self.parts.get(right)?);
        let pushed = left.letters && aside.letters && aside.apart && aside.from <= column + MOST_PUSHED;
        (pushed && left.to >= column).then_some(left.to)
    }

    /// What stands left and right of a gutter that it does not cover.
    pub(super) fn split(&self, column: usize) -> (Option<Self>, Option<Self>) {
        let (left, right) = self.parts.split_at(self.right_of(column));
        let cell = |parts: &'p [Part]| (!parts.is_empty()).then_some(Self { row: self.row, parts });
        (cell(left), cell(right))
    }

    /// The index of the first part right of a gutter before `column`: one that begins a little to the left of it and runs over
    /// it stands right of it as well, since a drawing in characters does not keep every line of a column in its place.
    fn right_of(&self, column: usize) -> usize {
        let right = self.parts.partition_point(|part| part.from + SLACK < column);
        let aside = right.checked_sub(1).filter(|&before| {
            let part = &self.parts[before];
            let apart = part.apart || before == 0;
            apart && part.letters && part.to > column && part.from + MOST_PUSHED >= column
        });
        aside.unwrap_or(right)
    }

    /// Its bytes: from the left `edge` of its column on, so that its indent is seen; to the end of the line where nothing
    /// follows on it.
    pub(super) fn span(&self, edge: Option<usize>) -> Span {
        let (Some(first), Some(last)) = (self.parts.first(), self.parts.last()) else { return self.row.span };
        let start = match edge {
            None if self.parts.first() == self.row.parts.first() => 0,
            None => first.bytes.start,
            Some(edge) => {
                let indent = self.row.text[..first.bytes.start].char_indices().rev();
                let indent = indent.take(first.from.saturating_sub(edge)).take_while(|(_, c)| is_indent(*c));
                indent.last().map_or(first.bytes.start, |(at, _)| at)
            }
        };
        let end = if self.parts.last() == self.row.parts.last() { self.row.text.len() } else { last.bytes.end };
        Span::new(self.row.span.start + start, self.row.span.start + end)
    }
}

fn is_indent(c: char) -> bool {
    c.is_whitespace() && c != '\u{c}'
}

/// The characters of a line with their bytes and columns.
fn columns(line: &str) -> impl Iterator<Item = (usize, usize, char)> {
    let mut column = 0;
    line.char_indices().map(move |(at, c)| {
        let here = column;
        column += width(c, column);
        (at, here, c)
    })
}

/// The parts of a line.
fn parts(line: &str, spacing: Spacing) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let end = line.trim_end().len();
    let start = end - line[..end].trim_start().len();
    // where the part under way starts: byte and column
    let mut from = (start, advance(0, &line[..start]));
    let mut at = from;
    let mut push = |from: (usize, usize), to: (usize, usize)| {
        let apart = parts.last().is_some_and(|last| from.1 - last.to >= spacing.gutter);
        parts.push(Part { apart, ..Part::new(line, from, to) });
    };
    for gap in wide_gaps(&line[..end], start) {
        let to = (gap.start, advance(at.1, &line[at.0..gap.start]));
        at = (gap.end, advance(to.1, &line[gap.clone()]));
        if at.1 - to.1 >= spacing.parting {
            push(from, to);
            from = at;
        }
    }
    if from.0 < end {
        push(from, (end, advance(at.1, &line[at.0..end])));
    }
    match parts[..] {
        [first, .., last] if last.to > WIDEST => {
            vec![Part { to: last.to, bytes: first.bytes.cover(last.bytes), ..first }]
        }
        _ => parts,
    }
}

/// The runs of two spaces and more and of tabs in a line, from the byte `at` on, where a text begins.
fn wide_gaps(line: &str, mut at: usize) -> impl Iterator<Item = Range<usize>> {
    let bytes = line.as_bytes();
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
    std::iter::from_fn(move || {
        loop {
            let start = at + bytes.get(at..)?.iter().position(is_space)?;
            let length = bytes[start..].iter().position(|byte| !is_space(byte))?;
            at = start + length;
            if length > 1 || bytes[start] == b'\t' {
                return Some(start..at);
            }
        }
    })
}

/// The column of characters after `text` that begins at `column`.
fn advance(column: usize, text: &str) -> usize {
    // a tab, a form feed, what may be a byte order mark or a combining mark
    if text.bytes().any(|byte| matches!(byte, b'\t' | 0x0c | 0xcc | 0xcd | 0xef)) {
        text.chars().fold(column, |column, c| column + width(c, column))
    } else {
        column + text.chars().count()
    }
}

/// How many columns of characters a character takes at a column.
pub(crate) fn width(c: char, column: usize) -> usize {
    match c {
        '\t' => TAB - column % TAB,
        // marks over the letter before them
        '\u{c}' | '\u{feff}' | '\u{300}'..='\u{36f}' => 0,
        _ => 1,
    }
}

impl Part {
    /// The part between two places of a line, each a byte and a column.
    fn new(line: &str, start: (usize, usize), end: (usize, usize)) -> Self {
        let text = &line[start.0..end.0];
        let first = text.chars().next();
        let last_word = text.rsplit(char::is_whitespace).next().unwrap_or(text);
        let hyphen = ['-', '\u{ad}', '\u{2010}', ','];
        Self {
            from: start.1,
            to: end.1,
            bytes: Span::new(start.0, end.0),
            apart: false,
            letters: text.contains(char::is_alphabetic),
            low: first.is_some_and(|c| c.is_alphabetic() && !c.is_uppercase()),
            digit: first.is_some_and(|c| c.is_ascii_digit()),
            bar: text.contains(" | "),
            open: text.ends_with(hyphen)
                || last_word.starts_with(char::is_lowercase) && text.ends_with(char::is_alphabetic),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<(usize, usize, &str)> {
        parts(line, Spacing { parting: 2, gutter: 3 })
            .iter()
            .map(|part| (part.from, part.to, &line[part.bytes.range()]))
            .collect()
    }

    fn drawn(lines: &[&str]) -> Vec<Vec<String>> {
        let text = lines.join("\n");
        let mut start = 0;
        let lines = lines.iter().enumerate().map(|(at, line)| {
            let span = Span::new(start, start + line.len());
            start += line.len() + 1;
            Line { number: at + 1, span }
        });
        let text_of = |row: &Row<'_>| row.parts.iter().map(|part| row.text[part.bytes.range()].to_owned()).collect();
        rows(&text, &lines.collect::<Vec<_>>(), 1).iter().map(text_of).collect()
    }

    #[test]
    fn wide_space_parts_a_line() {
        for (line, expected) in [
            ("", vec![]),
            ("  \u{c} ", vec![]),
            ("one two", vec![(0, 7, "one two")]),
            ("  one  two", vec![(2, 5, "one"), (7, 10, "two")]),
            ("é ö   č", vec![(0, 3, "é ö"), (6, 7, "č")]),
            ("a\tb", vec![(0, 1, "a"), (8, 9, "b")]),
            ("\u{c}a   b ", vec![(0, 1, "a"), (4, 5, "b")]),
        ] {
            assert_eq!(texts(line), expected, "{line:?}");
        }
        let long = format!("{}   b", "a".repeat(WIDEST));
        assert_eq!(texts(&long), [(0, WIDEST + 4, long.as_str())], "a line too long for any page is one part");
    }

    #[test]
    fn a_neighbour_shows_a_gutter_of_one_space() {
        type Parts<'a> = &'a [&'a [&'a str]];
        let table: [(&[&str], Parts<'_>); 4] = [
            (&["25       57", "villages roads mended"], &[&["25", "57"], &["villages", "roads mended"]]),
            (&["25        57", "villages roads mended"], &[&["25", "57"], &["villages roads mended"]]),
            (&["25       57", "", "villages roads mended"], &[&["25", "57"], &["villages roads mended"]]),
            (
                &["25       57", "villages roads", "and those mended"],
                &[&["25", "57"], &["villages roads"], &["and those mended"]],
            ),
        ];
        for (lines, expected) in table {
            assert_eq!(drawn(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_cell_keeps_the_indent_of_its_column() {
        let text = "\u{c}  left side     right side  ";
        let rows = rows(text, &[Line { number: 1, span: Span::new(0, text.len()) }], 1);
        let cell = rows[0].cell();
        assert!(cell.covers(11) && !cell.covers(12));
        let (Some(left), Some(right)) = cell.split(16) else { panic!("two cells") };
        let slice = |cell: Cell<'_>, edge| &text[cell.span(edge).range()];
        assert_eq!(slice(cell, None), text);
        assert_eq!(slice(left, None), "\u{c}  left side");
        assert_eq!(slice(right, Some(14)), "  right side  ");
        assert_eq!(slice(right, Some(16)), "right side  ");
    }
}
