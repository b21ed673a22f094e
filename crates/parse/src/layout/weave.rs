//! Columns that an extractor wove together: it wrote a page row by row, and joined what stands side by side by a space.
//!
//! The idea: a report of woven pages has many words that break off in mid-line, at the right edge of the left column.
//! They say how wide a column is. From there on, the rows are taken apart so that each column reads on from line to
//! line: broken words are completed, sentences go on, and words follow each other as they do in mid-line elsewhere in the
//! text.

pub(crate) mod pairs;
mod search;
pub(crate) mod text;

use rapporteur_source::{Line, Source, Span};

use pairs::Pairs;
use search::{Choice, Search, Step};
use text::{Row, Text};

/// A text is looked at if so many of its words break off in mid-line,
const BROKEN: usize = 6;
/// one in so many of its lines,
const BROKEN_LINES: usize = 120;
/// and most of them at one place, give or take so much of the width.
const SPREAD: f32 = 0.06;
/// Where fewer rows than this have a right column, there are no columns.
const PAIRED: usize = 4;

/// A run of bytes of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strip {
    /// 1-based number of the line.
    pub(super) line: usize,
    /// Where the first line since the last blank one starts.
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
    let mut steps = Search::new(&text, &pairs, width).run(&text.rows);
    drop_chances(&mut steps);
    Some(strips(&text, &steps))
}

/// Takes back what was taken apart by chance: columns side by side are some rows high.
fn drop_chances(steps: &mut [Step]) {
    let full = |step: &Step| step.choice == Choice::Full;
    for band in steps.chunk_by_mut(|step, next| !next.opens && full(step) == full(next)) {
        let paired = band.iter().filter(|step| matches!(step.choice, Choice::Right | Choice::Split(_))).count();
        if paired < PAIRED {
            band.iter_mut().for_each(|step| step.choice = Choice::Full);
        }
    }
}

/// How many words of a line break off before its end.
fn broken_words(line: &str) -> usize {
    let breaks = |(at, hyphen): &(usize, &str)| {
        let next = line[at + hyphen.len()..].strip_prefix(' ');
        line[..*at].ends_with(char::is_lowercase) && next.is_some_and(|next| next.starts_with(char::is_lowercase))
    };
    line.match_indices(text::is_hyphen).filter(breaks).count()
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
            page = row.span.start;
        }
        let strip = |span, gap| Strip { line: row.line, page, span, gap };
        let whole = |gap| strip(row.span, gap);
        if step.opens || step.choice == Choice::Full {
            after_band |= !right.is_empty();
            strips.append(&mut right);
            first_left = true;
        }
        match step.choice {
            Choice::Full => strips.push(whole(row.gap || after_band)),
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

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [(&str, &str); 17] = [
        ("The rivers of the north rise in spr-", "In the afternoon the communities"),
        ("ing, and those who live beside them", "spoke about their experience with"),
        ("know what it means to wait for the", "the repairs. They said that the gau-"),
        ("water. A meeting of the agencies", "ges beside the water measure the ri-"),
        ("that measure the rivers began with", "vers in spring and in autumn, and"),
        ("the question of how the work could", "that the agencies know what the me-"),
        ("be shared. The director of the age-", "asurements mean. The mayor of the"),
        ("ncy said that the gauges of the val-", "valley reminded the meeting that"),
        ("ley had been repaired, and that the", "the water belongs to those who live"),
        ("repairs would be paid for by the co-", "beside the rivers. It was agreed that"),
        ("mmunities beside the water. She re-", "the agencies and the communities"),
        ("minded the meeting that the agenc-", "would share the money for the repa-"),
        ("ies share the water of the valley and", "irs of the gauges, and that the next"),
        ("the work of measuring it. The ques-", "meeting would begin with the meas-"),
        ("tion of how the money could be", "urements of the autumn. The direc-"),
        ("found was left for the afternoon,", "tor thanked the communities for"),
        ("when the communities would speak", "their experience and their patience."),
    ];
    const TITLE: &str = "What Rivers Share";
    const QUOTE: [&str; 3] = ["“Whoever lives beside a", "river waits for it.”", "Ana Silva"];

    /// The strips of lines, an empty string for each gap but the first.
    fn read(lines: &[String]) -> Option<Vec<String>> {
        let source = Source::new("s", "s.txt", lines.join("\n").into());
        let lines: Vec<Line> = source.lines().collect();
        let mut texts = Vec::new();
        for strip in unwoven(&source, &lines)? {
            if strip.gap && !texts.is_empty() {
                texts.push(String::new());
            }
            texts.push(source.slice(strip.span).trim_end().to_owned());
        }
        Some(texts)
    }

    /// Both columns one after the other, what begins in the right one after its first lines.
    fn columns(head: &[&str], right: &[&str], foot: &[&str]) -> Vec<String> {
        let left = ROWS.iter().map(|row| row.0);
        let mut all: Vec<&str> = head.iter().copied().chain(left).collect();
        all.push("");
        all.extend(right);
        all.extend(foot);
        all.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn woven_columns_are_read_one_after_the_other() {
        let woven = |apart: usize| -> Vec<String> {
            let rows = ROWS.iter().enumerate().flat_map(|(index, (left, right))| {
                if index < apart {
                    vec![(*left).to_owned(), (*right).to_owned()]
                } else {
                    vec![format!("{left} {right}")]
                }
            });
            rows.collect()
        };
        let right: Vec<&str> = ROWS.iter().map(|row| row.1).collect();
        let titled: Vec<String> = [TITLE.to_owned()].into_iter().chain(woven(0)).collect();
        let paged: Vec<String> = woven(0).into_iter().chain(["".to_owned(), "The rivers 7".to_owned()]).collect();
        let mut quoted = woven(0);
        for ((row, (left, _)), quote) in quoted[14..].iter_mut().zip(&ROWS[14..]).zip(QUOTE) {
            *row = format!("{left} {quote}");
        }
        let soft =
            |lines: Vec<String>| -> Vec<String> { lines.iter().map(|line| line.replace('-', "\u{ad}")).collect() };
        let interrupted: Vec<&str> = right[..14].iter().copied().chain([""]).chain(QUOTE).collect();
        let table = [
            ("each row one line", woven(0), columns(&[], &right, &[])),
            ("words broken by soft hyphens", soft(woven(0)), soft(columns(&[], &right, &[]))),
            ("some rows at different heights", woven(2), columns(&[], &right, &[])),
            ("below a title", titled, columns(&[TITLE], &right, &[])),
            ("above a foot", paged, columns(&[], &right, &["", "The rivers 7"])),
            ("a quote in one of them", quoted, columns(&[], &interrupted, &[])),
        ];
        for (case, lines, expected) in table {
            assert_eq!(read(&lines), Some(expected), "{case}");
        }
    }

    #[test]
    fn what_is_not_woven_is_left_alone() {
        let one_column: Vec<String> =
            ROWS.iter().flat_map(|(left, right)| [left, right].map(|&text| text.to_owned())).collect();
        let undone: Vec<String> =
            ["a", "in a word", "in spite of what was", "and of the rest of them all", "so", "they do not"]
                .iter()
                .enumerate()
                .map(|(index, start)| format!("{start} the rep- airs of the rivers {index}"))
                .collect();
        let compounds: Vec<String> = (0..9).map(|index| format!("{}pre- and post-war", "so ".repeat(index))).collect();
        for (case, lines) in [("one column", one_column), ("breaks undone", undone), ("compounds", compounds)] {
            assert_eq!(read(&lines), None, "{case}");
        }
    }

    #[test]
    fn every_byte_is_in_one_strip() {
        let text: Vec<String> = ROWS.iter().map(|(left, right)| format!("  {left} {right} ")).collect();
        let source = Source::new("s", "s.txt", text.join("\n").into());
        let lines: Vec<Line> = source.lines().collect();
        let mut strips = unwoven(&source, &lines).expect("it is woven");
        strips.sort_by_key(|strip| strip.span.start);
        let parts: Vec<&str> = strips.iter().map(|strip| source.slice(strip.span)).collect();
        assert_eq!(parts.concat(), text.concat());
        assert_eq!(strips.len(), 2 * ROWS.len());
    }
}
