use crate::{Clean, Span};

/// Text put together from pieces of a source, and where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The text with line breaks and the hyphenation that they caused undone, white space folded to one space.
    pub text: String,
    /// The bytes it was read from, in reading order. Pieces with nothing but space and marks between them are one span.
    pub spans: Vec<Span>,
}

/// What becomes of a hyphen at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hyphen {
    /// The break caused it: `part-` + `nerships` is `partnerships`.
    Drop,
    /// The word has it: `cross-` + `border` is `cross-border`.
    Keep,
}

/// Knows the words of a text, to tell a hyphen that a break caused from one that a word has.
pub trait Vocabulary {
    /// What becomes of the hyphen between `left` and `right`, the parts of a word around a line break.
    fn hyphen(&self, left: &str, right: &str) -> Hyphen;

    /// What becomes of a soft hyphen inside a line, between the parts of a word: some extractors write the hyphen that a
    /// word has as one.
    fn soft_hyphen(&self, left: &str, right: &str) -> Hyphen;
}

/// Knows no words: every hyphen before a break and a lower-case letter was caused by the break.
impl Vocabulary for () {
    fn hyphen(&self, _: &str, _: &str) -> Hyphen {
        Hyphen::Drop
    }

    fn soft_hyphen(&self, _: &str, _: &str) -> Hyphen {
        Hyphen::Drop
    }
}

impl<V: Vocabulary> Vocabulary for &V {
    fn hyphen(&self, left: &str, right: &str) -> Hyphen {
        (*self).hyphen(left, right)
    }

    fn soft_hyphen(&self, left: &str, right: &str) -> Hyphen {
        (*self).soft_hyphen(left, right)
    }
}

/// What an extractor leaves of a LaTeX arrow.
pub(crate) const LATEX_ARROW: &str = "ightarrow";

/// Joins pieces of one source into a [`Passage`].
#[derive(Debug)]
pub struct Joiner<'a, V = ()> {
    source: &'a str,
    vocabulary: V,
    text: String,
    spans: Vec<Span>,
}

impl<'a> Joiner<'a> {
    /// A joiner of pieces of `source` that knows no words.
    #[must_use]
    pub fn new(source: &'a str) -> Self {
        Self::with(source, ())
    }
}

impl<'a, V: Vocabulary> Joiner<'a, V> {
    /// A joiner of pieces of `source` that asks `vocabulary` about hyphens.
    pub fn with(source: &'a str, vocabulary: V) -> Self {
        Self { source, vocabulary, text: String::new(), spans: Vec::new() }
    }

    /// Appends a piece.
    pub fn push(&mut self, piece: &Clean<'_>) {
        let text = piece.text.trim();
        if text.is_empty() {
            return;
        }
        self.glue(text);
        self.text.push_str(text);
        let lead = piece.text.len() - piece.text.trim_start().len();
        self.spans.push(piece.source_span(lead..lead + text.len()));
    }

    /// Whether nothing was pushed yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The passage. Pieces that lie in order with no letter or digit between them (a line break, a mark) share one span:
    /// the evidence of a wrapped paragraph is one range, not one a line.
    pub fn finish(self) -> Passage {
        /// The widest gap that one span may run over, in bytes.
        const NEAR: usize = 16;
        let near = |from: usize, to: usize| {
            to >= from && to - from <= NEAR && !self.source[from..to].contains(char::is_alphanumeric)
        };
        let mut spans: Vec<Span> = Vec::with_capacity(self.spans.len());
        for span in self.spans {
            match spans.last_mut() {
                Some(last) if near(last.end, span.start) => last.end = span.end,
                _ => spans.push(span),
            }
        }
        Passage { text: self.text, spans }
    }

    /// What stands between the text so far and `next`: nothing, a space, or one hyphen less.
    fn glue(&mut self, next: &str) {
        let Some(last) = self.text.chars().next_back() else { return };
        let Some(first) = next.chars().next() else { return };
        match last {
            '\u{ad}' => {
                self.text.pop();
            }
            '-' | '\u{2010}' => {
                let stem = self.text.trim_end_matches(last);
                let cut_word = stem.ends_with(char::is_alphanumeric) && stem.len() + last.len_utf8() == self.text.len();
                if !cut_word {
                    // a dash, not a hyphen
                    if self.text.len() > stem.len() && !stem.ends_with(' ') {
                        return;
                    }
                    self.text.push(' ');
                } else if first.is_lowercase() {
                    let left = stem.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or(stem);
                    let right = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(next);
                    if self.vocabulary.hyphen(left, right) == Hyphen::Drop {
                        self.text.pop();
                    }
                } else if !first.is_alphanumeric() {
                    self.text.push(' ');
                }
            }
            // a dash with no space on its other side has none here
            '—' | '/' if !self.text.ends_with([' ', '—', '/']) || !ends_spaced(&self.text, last) => {}
            _ if first == '—' && next.chars().nth(1).is_some_and(|c| !c.is_whitespace()) => {}
            _ => self.text.push(' '),
        }
    }
}

fn ends_spaced(text: &str, last: char) -> bool {
    text.strip_suffix(last).is_some_and(|stem| stem.ends_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    struct Words(&'static [&'static str]);
    impl Vocabulary for Words {
        fn hyphen(&self, left: &str, right: &str) -> Hyphen {
            if self.0.contains(&format!("{left}-{right}").as_str()) { Hyphen::Keep } else { Hyphen::Drop }
        }

        fn soft_hyphen(&self, left: &str, right: &str) -> Hyphen {
            self.hyphen(left, right)
        }
    }

    fn join(text: &str) -> Passage {
        let source = Source::new("s", "s.txt", text.into());
        let mut joiner = Joiner::with(source.text(), Words(&["cross-border"]));
        for line in source.lines() {
            joiner.push(&Clean::new(source.text(), line.span));
        }
        joiner.finish()
    }

    #[test]
    fn breaks_and_their_hyphens_are_undone() {
        for (lines, text) in [
            ("one\ntwo", "one two"),
            ("part-\nnerships", "partnerships"),
            ("part\u{ad}\nnerships", "partnerships"),
            ("cross-\nborder trade", "cross-border trade"),
            ("Directorate-\nGeneral", "Directorate-General"),
            ("2015 -\nand then", "2015 - and then"),
            ("the conference—\ndeveloping", "the conference—developing"),
            ("faces\n—2.2 million", "faces—2.2 million"),
            ("faces\n— and more", "faces — and more"),
            ("and/\nor", "and/or"),
            ("  two   spaces \n\n here", "two spaces here"),
        ] {
            assert_eq!(join(lines).text, text, "{lines:?}");
        }
    }

    #[test]
    fn the_way_back_covers_the_lines() {
        let passage = join("one\n  two-\nthree");
        assert_eq!(passage.text, "one twothree");
        assert_eq!(passage.spans, [Span::new(0, 16)]);
    }
}
