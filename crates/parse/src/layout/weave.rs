//! Columns that an extractor wove together: it wrote a page row by row, and joined what stands side by side by a space.
//!
//! The idea: a report of woven pages has many words that break off in mid-line, at the right edge of the left column.
//! They say how wide a column is. From there on, the rows are taken apart so that each column reads on from line to
//! line: broken words are completed, sentences go on, and words follow each other as they do in mid-line elsewhere in the
//! text.

mod pairs;
mod search;
mod text;

use rapporteur_source::{Line, Source, Span};

use pairs::Pairs;
use search::{Choice, Search, Step};
use text::{Row, Text};

/// A text is looked at if so many of its words break off in mid-line,
const BROKEN: usize = 6;
/// one in so many of its lines,
const BROKEN_LINES: usize = 60;
/// and most of them at one place, give or take so much of the width.
const SPREAD: f32 = 0.06;

/// A run of bytes of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strip {
    /// 1-based number of the line.
    pub(super) line: usize,
    /// That of the first line since the last blank one.
    pub(super) page: usize,
    pub(super) span: Span,
    /// Whether something begins with it: a column, a quote, what follows a quote.
    pub(super) gap: bool,
}

/// The lines of a woven text in reading order; `None` if it is not woven.
pub(super) fn unwoven(source: &Source, lines: &[Line]) -> Option<Vec<Strip>> {
    let broken = lines.iter().map(|line| broken_words(source.slice(line.span))).sum::<usize>();
    if broken < BROKEN || broken * BROKEN_LINES < lines.len() {
        return None;
    }
    let text = Text::of(source, lines);
    let width = column_width(&text)?;
    let pairs = Pairs::of(&text);
    let steps = Search::new(&text, &pairs, width).run(&text.rows);
    Some(strips(&text, &steps))
}

/// How many words of a line break off before its end.
fn broken_words(line: &str) -> usize {
    let breaks = |(at, _): &(usize, &str)| {
        line[..*at].ends_with(char::is_lowercase) && line[at + 2..].starts_with(char::is_lowercase)
    };
    line.match_indices("- ").filter(breaks).count()
}

/// How wide the left column of a woven text is: most of the words that break off in mid-line do so at one place.
fn column_width(text: &Text<'_>) -> Option<f32> {
    let mut widths = Vec::new();
    for row in &text.rows {
        let tokens = &text.tokens[row.tokens.clone()];
        let inner = &tokens[..tokens.len() - 1];
        widths.extend(inner.iter().filter(|token| token.hyphen).map(|token| token.to));
    }
    widths.sort_unstable_by(f32::total_cmp);
    let near = |&width: &f32| {
        let low = widths.partition_point(|&other| other < width * (1.0 - SPREAD));
        let high = widths.partition_point(|&other| other <= width * (1.0 + SPREAD));
        low..high
    };
    let peak = widths.iter().map(near).max_by_key(ExactSizeIterator::len)?;
    (peak.len() >= BROKEN && peak.len() * 2 > widths.len()).then(|| widths[peak.start + peak.len() / 2])
}

fn strips(text: &Text<'_>, steps: &[Step]) -> Vec<Strip> {
    let mut strips = Vec::with_capacity(text.rows.len());
    let mut right: Vec<Strip> = Vec::new();
    let mut after_band = false;
    let mut first_left = true;
    let mut page = 0;
    for (row, step) in text.rows.iter().zip(steps) {
        if row.gap {
            page = row.line;
        }
        let strip = |span, gap| Strip { line: row.line, page, span, gap };
        let whole = |gap| strip(row.span, gap);
        if step.opens || step.choice == Choice::Full {
            after_band |= !right.is_empty();
            strips.append(&mut right);
            first_left = true;
        }
        match step.choice {
            Choice::Full => strips.push(whole(step.gaps[0] || after_band)),
            Choice::Left => {
                strips.push(whole(step.gaps[0] && !first_left || row.gap));
                first_left = false;
            }
            Choice::Right => right.push(whole(step.gaps[1] || right.is_empty())),
            Choice::Split(at) => {
                let (left, rest) = cut(text, row, at);
                strips.push(strip(left, step.gaps[0] && !first_left || row.gap));
                first_left = false;
                right.push(strip(rest, step.gaps[1] || right.is_empty()));
            }
        }
        after_band = false;
    }
    strips.append(&mut right);
    strips
}

/// The two parts of a row that is taken apart before a token.
fn cut(text: &Text<'_>, row: &Row, at: u32) -> (Span, Span) {
    let middle = text.tokens[at as usize].span.start;
    (Span::new(row.span.start, middle), Span::new(middle, row.span.end))
}
