use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use rapporteur_diagnostics::Label;
use rapporteur_diagnostics::render::{harmless, harmless_char};
use rapporteur_source::{Position, Source, Span};

use crate::input;

/// Most lines that are shown under one label.
const LINES: usize = 3;
/// Most lines between two labels that are shown too, so that both stand in one piece.
const BETWEEN: usize = 2;
/// Characters before a label in a line that is too long to be shown whole.
const BEFORE: usize = 30;

/// The lines that the labels of one finding stand in, cut out of their sources.
///
/// Left alone, miette reads a source from its first byte at every label, panics at a label past the end, and prints
/// lines whole, though in these texts a paragraph is one line. So the lines are looked up here and long ones are cut to
/// a window round the label; what miette gets is this short text, each piece of which knows where it came from.
#[derive(Debug)]
pub(crate) struct Excerpt {
    text: String,
    pieces: Vec<Piece>,
    labels: Vec<Shown>,
}

/// Consecutive lines of one source.
#[derive(Debug)]
struct Piece {
    /// Index of the source.
    source: usize,
    name: String,
    /// Number of the first line, and how many there are.
    line: usize,
    lines: usize,
    /// Where they stand in the text.
    range: Range<usize>,
}

/// A label in the text.
#[derive(Debug)]
struct Shown {
    start: usize,
    end: usize,
    text: String,
    /// Where it starts in its source.
    position: Position,
}

/// The part of a label that is in one line.
#[derive(Debug)]
struct Part {
    label: usize,
    /// Bytes of the source.
    range: Range<usize>,
}

impl Excerpt {
    /// The lines of `sources` that `labels` stand in, each shown in about `width` characters at most; `None` where there
    /// are no such lines.
    pub(crate) fn new(labels: &[Label], sources: &[Source], width: usize) -> Option<Self> {
        let mut shown = Vec::new();
        let mut lines: BTreeMap<(usize, usize), Vec<Part>> = BTreeMap::new();
        for label in labels {
            let Some(index) = sources.iter().position(|source| source.id() == label.source) else { continue };
            let source = &sources[index];
            let Span { start, end } = source.clamp(label.start, label.end);
            let first = source.line_number(start);
            let last = source.line_number(end.saturating_sub(1).max(start));
            for line in (first..=last).take(LINES).filter_map(|number| source.line_at(number)) {
                let within = |at: usize| at.clamp(line.span.start, line.span.end);
                let part = Part { label: shown.len(), range: within(start)..within(end) };
                lines.entry((index, line.number)).or_default().push(part);
            }
            let mut text = harmless(&label.text);
            if last - first >= LINES {
                let _ = write!(text, "{}to line {last}", if text.is_empty() { "" } else { ", " });
            }
            shown.push(Shown { start: usize::MAX, end: 0, text, position: source.position(start) });
        }
        let mut excerpt = Self { text: String::new(), pieces: Vec::new(), labels: shown };
        for ((index, number), parts) in lines {
            excerpt.push(index, &sources[index], number, &parts, width);
        }
        (!excerpt.labels.is_empty()).then_some(excerpt)
    }

    /// The labels as miette takes them.
    pub(crate) fn labels(&self) -> impl Iterator<Item = LabeledSpan> + '_ {
        self.labels.iter().enumerate().map(|(index, label)| {
            let text = (!label.text.is_empty()).then(|| label.text.clone());
            let span = (label.start, label.end - label.start);
            if index == 0 {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })
    }

    /// Adds a line: to the last piece where that is near, with the lines between them.
    fn push(&mut self, index: usize, source: &Source, number: usize, parts: &[Part], width: usize) {
        let next = self.pieces.last().filter(|piece| piece.source == index).map(|piece| piece.line + piece.lines);
        match next {
            Some(next) if number <= next + BETWEEN => {
                (next..number).for_each(|between| self.push_line(source, between, &[], width));
            }
            _ => {
                let name = harmless(&input::shown(source.path().as_ref()));
                let range = self.text.len()..self.text.len();
                self.pieces.push(Piece { source: index, name, line: number, lines: 0, range });
            }
        }
        self.push_line(source, number, parts, width);
    }

    fn push_line(&mut self, source: &Source, number: usize, parts: &[Part], width: usize) {
        let (Some(line), Some(piece)) = (source.line_at(number), self.pieces.last_mut()) else { return };
        let mut at = line.span.start;
        for window in windows(source.text(), line.span.range(), parts, width) {
            self.text.push_str(if window.start > at { "…" } else { "" });
            at = window.end;
            push_window(&mut self.text, &mut self.labels, source.text(), window, parts);
        }
        self.text.push_str(if line.span.end > at { "…\n" } else { "\n" });
        piece.lines += 1;
        piece.range.end = self.text.len();
    }
}

/// Adds a part of a line, and notes where the labels come to stand.
fn push_window(out: &mut String, labels: &mut [Shown], text: &str, window: Range<usize>, parts: &[Part]) {
    let mut at = window.start;
    loop {
        for part in parts.iter().filter(|part| (window.start..=window.end).contains(&part.range.start)) {
            let shown = &mut labels[part.label];
            if part.range.start == at {
                shown.start = shown.start.min(out.len());
            }
            // A label that is longer than its window ends with it.
            if part.range.end.min(window.end) == at {
                shown.end = shown.end.max(out.len());
            }
        }
        let Some(c) = text[at..window.end].chars().next() else { break };
        out.push(harmless_char(c));
        at += c.len_utf8();
    }
}

/// The parts of a line that are shown, in order: all of it where it is short, else what is around the labels.
fn windows(text: &str, line: Range<usize>, parts: &[Part], width: usize) -> Vec<Range<usize>> {
    let forward = |from: usize, by: usize| {
        text[from..line.end].char_indices().nth(by).map_or(line.end, |(offset, _)| from + offset)
    };
    let back = |from: usize, by: usize| {
        text[line.start..from].char_indices().rev().take(by).last().map_or(from, |(offset, _)| line.start + offset)
    };
    if forward(line.start, width) == line.end {
        return vec![line];
    }
    // Labels that are far apart in one line share the width.
    let width = (width / parts.len().max(1)).max(2 * BEFORE);
    let mut windows: Vec<Range<usize>> = Vec::new();
    for part in parts {
        let end = forward(back(part.range.start, BEFORE), width);
        windows.push(back(end, width)..end);
    }
    if windows.is_empty() {
        windows.push(line.start..forward(line.start, width));
    }
    windows.sort_unstable_by_key(|window| window.start);
    windows.dedup_by(|next, window| {
        let joined = next.start <= window.end;
        if joined {
            window.end = window.end.max(next.end);
        }
        joined
    });
    windows
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        // The error tells miette that two labels are not in one piece; each then gets an excerpt of its own.
        let piece = self
            .pieces
            .iter()
            .find(|piece| piece.range.contains(&start) && end <= piece.range.end)
            .ok_or(MietteError::OutOfBounds)?;
        // Asked without the lines around a label, miette wants to know where the label stands.
        let label = self.labels.iter().find(|label| before + after == 0 && (label.start, label.end) == (start, end));
        let (line, column) = label.map_or((piece.line, 1), |label| (label.position.line, label.position.column));
        Ok(Box::new(MietteSpanContents::new_named(
            piece.name.clone(),
            &self.text.as_bytes()[piece.range.clone()],
            (piece.range.start, piece.range.len()).into(),
            line - 1,
            column - 1,
            piece.lines,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("report", "report.txt", text.as_bytes().to_vec())
    }

    fn label(start: usize, end: usize) -> Label {
        Label { source: "report".to_owned(), start, end, text: "here".to_owned(), pointer: None }
    }

    /// What is shown, with the labels in brackets.
    fn shown(text: &str, labels: &[Label]) -> String {
        let excerpt = Excerpt::new(labels, &[source(text)], 100).expect("there are lines");
        let mut shown = excerpt.text.clone();
        let mut marks: Vec<_> =
            excerpt.labels.iter().flat_map(|label| [(label.end, ']'), (label.start, '[')]).collect();
        marks.sort_by_key(|&(at, _)| std::cmp::Reverse(at));
        for (at, mark) in marks {
            shown.insert(at, mark);
        }
        shown
    }

    #[test]
    fn short_lines_are_shown_whole() {
        assert_eq!(shown("one\ntwo three\nfour\n", &[label(8, 13)]), "two [three]\n");
        assert_eq!(shown("one\r\ntwo\r\n", &[label(0, 3)]), "[one]\r\n".replace('\r', ""));
    }

    #[test]
    fn long_lines_are_cut_round_the_label() {
        let text = format!("{}HERE{}", "left ".repeat(400), " right".repeat(400));
        let shown = shown(&text, &[label(2000, 2004)]);
        assert_eq!(shown.chars().count(), 100 + "…[]…\n".chars().count(), "{shown}");
        assert!(shown.starts_with("…left") && shown.contains("[HERE] right") && shown.ends_with("…\n"), "{shown}");
    }

    #[test]
    fn labels_at_both_ends_of_a_long_line_are_both_shown() {
        let text = format!("FIRST{}LAST", " word".repeat(400));
        let shown = shown(&text, &[label(0, 5), label(2005, 2009)]);
        assert!(shown.starts_with("[FIRST] word") && shown.ends_with(" word[LAST]\n"), "{shown}");
        assert!(shown.chars().count() < 130, "{shown}");
    }

    #[test]
    fn a_label_of_many_lines_shows_the_first_and_says_where_it_ends() {
        let excerpt = Excerpt::new(&[label(0, 20)], &[source(&"a\n".repeat(20))], 100).expect("there are lines");
        assert_eq!((excerpt.text.as_str(), excerpt.labels[0].text.as_str()), ("a\na\na\n", "here, to line 10"));
    }

    #[test]
    fn labels_off_the_text_are_moved_into_it() {
        assert_eq!(shown("café", &[label(4, 4), label(90, 99)]), "caf[]é[]\n");
        assert_eq!(shown("", &[label(0, 5)]), "[]\n");
        assert_eq!(shown("a\n", &[label(2, 2)]), "[]\n");
    }

    #[test]
    fn nothing_in_a_source_reaches_the_terminal_as_a_command() {
        assert_eq!(shown("\u{1b}[31mred\u{202e}\t\u{ad}", &[label(0, 1)]), "[\u{fffd}][31mred\u{fffd} -\n");
    }

    #[test]
    fn labels_near_each_other_stand_in_one_piece() {
        let text = "one\n\ntwo\nthree\nfour\nfive\nsix\n";
        let near = Excerpt::new(&[label(0, 3), label(5, 8)], &[source(text)], 100).expect("there are lines");
        assert_eq!((near.pieces.len(), near.text.as_str()), (1, "one\n\ntwo\n"));
        let far = Excerpt::new(&[label(0, 3), label(25, 28)], &[source(text)], 100).expect("there are lines");
        assert_eq!((far.pieces.len(), far.text.as_str()), (2, "one\nsix\n"));
    }
}
