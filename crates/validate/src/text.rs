//! A text that documents were read from, and what is reckoned of it once for all of them.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use rapporteur_source::{Clean, Source, Span, fold_into, joins_before};

/// A text that documents were read from.
///
/// Its digest and its letters are reckoned at most once, whichever document and whichever thread asks for them first: of a
/// text that several documents were read from, one is enough.
#[derive(Debug)]
pub struct Text {
    source: Arc<Source>,
    letters: OnceLock<Letters>,
}

/// The letters and digits of a whole text, folded.
#[derive(Debug)]
pub(crate) struct Letters {
    pub(crate) folded: String,
    /// For each byte of `folded`, the bytes of the text that it came from; in order.
    pub(crate) spans: Vec<Span>,
    /// How many letters start before each multiple of [`STRIDE`] in the text.
    before: Vec<usize>,
}

/// Bytes between two places before which the letters are counted once and for all: a text has so many letters that a search
/// through all of them goes all over the memory.
const STRIDE: usize = 16;

impl Text {
    /// A text, of which nothing is reckoned yet.
    #[must_use]
    pub fn new(source: Source) -> Self {
        Self { source: Arc::new(source), letters: OnceLock::new() }
    }

    /// The text as it was read.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The text alone, for as long as findings point into it.
    pub(crate) fn shared(&self) -> Arc<Source> {
        Arc::clone(&self.source)
    }

    pub(crate) fn letters(&self) -> &Letters {
        self.letters.get_or_init(|| Letters::new(&self.source))
    }

    /// What is printed under these spans, folded.
    pub(crate) fn folded(&self, spans: &[Span]) -> Cow<'_, str> {
        match spans {
            [span] => self.letters().under(*span).into(),
            _ => spans.iter().map(|span| self.letters().under(*span)).collect::<String>().into(),
        }
    }
}

impl Letters {
    fn new(source: &Source) -> Self {
        let length = source.text().len();
        let mut letters =
            Self { folded: String::with_capacity(length), spans: Vec::with_capacity(length), before: Vec::new() };
        for line in source.lines() {
            letters.push(&Clean::new(source.text(), line.span));
        }
        letters.before.reserve(length / STRIDE + 1);
        let mut count = 0;
        for start in (0..=length).step_by(STRIDE) {
            count += letters.spans[count..].iter().take_while(|letter| letter.start < start).count();
            letters.before.push(count);
        }
        letters
    }

    /// Adds a line. What is composed of several characters came from all of them.
    fn push(&mut self, line: &Clean<'_>) {
        let mut characters = line.text.char_indices().peekable();
        while let Some((start, first)) = characters.next() {
            let mut end = start + first.len_utf8();
            while let Some((at, next)) = characters.next_if(|(_, next)| joins_before(*next)) {
                end = at + next.len_utf8();
            }
            fold_into(&line.text[start..end], &mut self.folded);
            if self.spans.len() < self.folded.len() {
                self.spans.resize(self.folded.len(), line.source_span(start..end));
            }
        }
    }

    /// The letters that came from a span.
    pub(crate) fn under(&self, span: Span) -> &str {
        let start = self.starting_before(span.start);
        let end = self.starting_before(span.end).max(start);
        // the last may have come from more than is under the span
        let crossing = self.spans[start..end].iter().rev().take_while(|letter| letter.end > span.end).count();
        self.folded.get(start..end - crossing).unwrap_or_default()
    }

    /// How many letters start before a byte of the text.
    fn starting_before(&self, at: usize) -> usize {
        let stride = at / STRIDE;
        let Some(&from) = self.before.get(stride) else { return self.spans.len() };
        let to = self.before.get(stride + 1).copied().unwrap_or(self.spans.len());
        from + self.spans[from..to].partition_point(|letter| letter.start < at)
    }
}

#[cfg(test)]
mod tests {
    use rapporteur_source::fold_span;

    use super::*;

    #[test]
    fn letters_under_a_span_are_those_that_it_folds_to() {
        let text = "The **ropes** of to-\nmorrow, de\u{fb01}ned &amp; S\u{30c}imon\u{30c}a\u{301}k\n# \u{1112}\u{1161}\u{11ab} ½ ＡＢ İ\n\nĳ";
        let text = Text::new(Source::new("report", "report.txt", text.into()));
        let ends_here = |rest: &str| rest.chars().next().is_none_or(|next| !joins_before(next));
        let length = text.source().text().len();
        let bounds: Vec<usize> =
            (0..=length).filter(|&at| text.source().text().get(at..).is_some_and(ends_here)).collect();
        for &start in &bounds {
            for &end in bounds.iter().filter(|end| **end >= start) {
                let span = Span::new(start, end);
                let mut expected = String::new();
                fold_span(text.source(), span, &mut expected);
                assert_eq!(text.folded(&[span]), expected, "{:?}", text.source().slice(span));
            }
        }
    }
}
