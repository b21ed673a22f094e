use std::borrow::Cow;
use std::ops::Range;

use crate::{Hyphen, Span, Vocabulary, join::LATEX_ARROW};

/// A piece of one line without the marks that extractors leave in it.
///
/// Gone are Markdown's `#`, `**`, `_`, backticks and images, HTML tags and comments, soft hyphens inside the line and
/// zero-width characters; white space is folded to one space and trimmed; ligatures are spelt out, decomposed letters
/// composed, HTML entities, the remains of LaTeX arrows and the signs that stand for a hyphen before a line break replaced
/// by their character. What was there is kept in
/// [`Clean::marks`], and [`Clean::source_span`] leads back to the bytes. A line with nothing of the kind is borrowed.
#[derive(Clone, Debug, Default)]
pub struct Clean<'a> {
    /// The text that is left.
    pub text: Cow<'a, str>,
    /// The marks that were found.
    pub marks: Marks,
    /// Where `text` starts in the source, while it is a slice of it.
    start: usize,
    /// Runs of `text` and where they come from, in order; empty while `text` is a slice of the source.
    runs: Vec<Run>,
}

/// What the marks of an extractor say about a piece of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Level of a Markdown heading, 1 to 6; 0 where the piece is none.
    pub heading: u8,
    /// Ranges of the clean text that were set in bold, in order.
    pub bold: Vec<Range<usize>>,
    /// Whether the piece was set in italics as a whole.
    pub italic: bool,
    /// Ranges of the clean text that were set in a smaller type, in order.
    pub small: Vec<Range<usize>>,
    /// White space before the piece, in characters.
    pub indent: usize,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    /// Start in the clean text.
    text: usize,
    /// Start and end in the source.
    source: Span,
    /// Whether the run is the source's own bytes, so that offsets inside it correspond.
    verbatim: bool,
}

impl<'a> Clean<'a> {
    /// Cleans the bytes under `span` of a source's `text`.
    ///
    /// # Panics
    /// Where `span` is not on character boundaries of `text`.
    #[must_use]
    pub fn new(text: &'a str, span: Span) -> Self {
        Self::with(text, span, &())
    }

    /// As [`Clean::new`], with a `vocabulary` that is asked about soft hyphens inside a line: an extractor may have written
    /// the hyphen of a word as one.
    ///
    /// # Panics
    /// Where `span` is not on character boundaries of `text`.
    #[must_use]
    pub fn with(text: &'a str, span: Span, vocabulary: &dyn Vocabulary) -> Self {
        let raw = &text[span.range()];
        let trimmed = raw.trim_start_matches(is_space);
        let indent = raw[..raw.len() - trimmed.len()].chars().filter(|&c| c != '\u{c}').count();
        let start = span.start + (raw.len() - trimmed.len());
        let trimmed = trimmed.trim_end_matches(is_space);
        if is_plain(trimmed) {
            return Self {
                text: Cow::Borrowed(trimmed),
                marks: Marks { indent, ..Marks::default() },
                start,
                runs: Vec::new(),
            };
        }
        let mut cleaner = Cleaner::new(trimmed, start, vocabulary);
        cleaner.marks.indent = indent;
        cleaner.run();
        cleaner.finish()
    }

    /// Whether nothing is left: a blank line, or one of marks only.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the whole piece was set in bold.
    #[must_use]
    pub fn is_bold(&self) -> bool {
        let covered: usize = self.marks.bold.iter().map(ExactSizeIterator::len).sum();
        !self.text.is_empty() && covered + self.marks.bold.len() > self.text.len()
    }

    /// The bytes of the source that `range` of the clean text came from.
    #[must_use]
    pub fn source_span(&self, range: Range<usize>) -> Span {
        if self.runs.is_empty() {
            return Span::new(self.start + range.start, self.start + range.end);
        }
        let first = self.run_at(range.start);
        let start = if first.verbatim { first.source.start + (range.start - first.text) } else { first.source.start };
        if range.is_empty() {
            return Span::new(start, start);
        }
        let last = self.run_at(range.end - 1);
        let end = if last.verbatim { last.source.start + (range.end - last.text) } else { last.source.end };
        Span::new(start, end.max(start))
    }

    /// All the bytes that the text came from.
    #[must_use]
    pub fn span(&self) -> Span {
        self.source_span(0..self.text.len())
    }

    /// The part of this piece under `range` of its text.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let text = match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[range.clone()]),
            Cow::Owned(text) => Cow::Owned(text[range.clone()].to_owned()),
        };
        let runs = if self.runs.is_empty() {
            Vec::new()
        } else {
            let mut runs = Vec::new();
            for (index, run) in self.runs.iter().enumerate() {
                let end = self.runs.get(index + 1).map_or(self.text.len(), |next| next.text);
                let from = run.text.max(range.start);
                let to = end.min(range.end);
                if from < to || (range.is_empty() && run.text <= range.start && range.start < end) {
                    let source = if run.verbatim {
                        Span::new(run.source.start + (from - run.text), run.source.start + (to - run.text))
                    } else {
                        run.source
                    };
                    runs.push(Run { text: from - range.start, source, verbatim: run.verbatim });
                }
            }
            runs
        };
        let within = |marked: &[Range<usize>]| {
            let overlapping = marked.iter().filter(|mark| mark.start < range.end && mark.end > range.start);
            overlapping
                .map(|mark| mark.start.max(range.start) - range.start..mark.end.min(range.end) - range.start)
                .collect()
        };
        let marks = Marks {
            heading: self.marks.heading,
            bold: within(&self.marks.bold),
            italic: self.marks.italic,
            small: within(&self.marks.small),
            indent: self.marks.indent,
        };
        Self { text, marks, start: if self.runs.is_empty() { self.start + range.start } else { self.start }, runs }
    }

    fn run_at(&self, at: usize) -> Run {
        let index = self.runs.partition_point(|run| run.text <= at).saturating_sub(1);
        self.runs[index]
    }
}

/// White space of any kind, the form feed between pages and the byte order mark included.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// Whether a trimmed line has nothing to clean: the common case, decided without looking at characters.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut before = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'*' | b'_' | b'`' | b'<' | b'&' | b'$' | b'\t' | 0x02 | 0x0b..=0x0d | 0x1a => return false,
            b'#' | b'>' if at == 0 => return false,
            b'!' if bytes.get(at + 1) == Some(&b'[') => return false,
            b'~' if before == b'~' => return false,
            b' ' if before == b' ' => return false,
            b'\\' => return false,
            // the remains of an arrow: few words begin with the letter, and fewer go on so
            b'i' if !before.is_ascii_alphanumeric() && text[at..].starts_with(LATEX_ARROW) => return false,
            // soft hyphen and no-break space; zero width and other spaces; ligatures and the byte order mark;
            // combining marks
            0xc2 if matches!(bytes.get(at + 1), Some(0xa0 | 0xad)) => return false,
            0xe2 if matches!((bytes.get(at + 1), bytes.get(at + 2)), (Some(0x80), Some(0x80..=0x8f | 0xaf))) => {
                return false;
            }
            0xef if matches!(bytes.get(at + 1), Some(0xac | 0xbb)) => return false,
            // what is no character, U+FFFE
            0xef if bytes[at..].starts_with(&[0xef, 0xbf, 0xbe]) => return false,
            0xcc | 0xcd => return false,
            _ => {}
        }
        before = byte;
    }
    true
}

struct Cleaner<'a, 'v> {
    raw: &'a str,
    vocabulary: &'v dyn Vocabulary,
    /// Where `raw` starts in the source.
    base: usize,
    at: usize,
    text: String,
    runs: Vec<Run>,
    marks: Marks,
    bold_since: Option<usize>,
    small_since: Option<usize>,
    italic_since: Option<usize>,
    italic_all: bool,
}

impl<'a, 'v> Cleaner<'a, 'v> {
    fn new(raw: &'a str, base: usize, vocabulary: &'v dyn Vocabulary) -> Self {
        Self {
            raw,
            vocabulary,
            base,
            at: 0,
            text: String::with_capacity(raw.len()),
            runs: Vec::new(),
            marks: Marks::default(),
            bold_since: None,
            small_since: None,
            italic_since: None,
            italic_all: false,
        }
    }

    fn finish(mut self) -> Clean<'a> {
        self.close_bold();
        let trimmed = self.text.trim_end().len();
        self.text.truncate(trimmed);
        for bold in &mut self.marks.bold {
            bold.end = bold.end.min(trimmed);
        }
        self.marks.bold.retain(|bold| bold.start < bold.end);
        self.marks.italic = self.italic_all && !self.text.is_empty();
        if self.runs.is_empty() {
            // nothing but marks: keep the place
            self.runs.push(Run { text: 0, source: Span::new(self.base, self.base + self.raw.len()), verbatim: false });
        }
        Clean { text: Cow::Owned(self.text), marks: self.marks, start: self.base, runs: self.runs }
    }

    fn rest(&self) -> &'a str {
        &self.raw[self.at..]
    }

    fn run(&mut self) {
        let hashes = self.rest().bytes().take_while(|&b| b == b'#').count();
        if (1..=6).contains(&hashes) && self.rest()[hashes..].starts_with([' ', '*', '`', '\t']) {
            self.marks.heading = hashes as u8;
            self.at += hashes;
        }
        // a block quotation of Markdown
        if self.marks.heading == 0 && self.rest().starts_with("> ") {
            self.at += 2;
        }
        while let Some(c) = self.rest().chars().next() {
            self.step(c);
        }
    }

    /// The length of the LaTeX arrow, or of what is left of one, that the rest starts with: `$\rightarrow$`,
    /// `ightarrow`. It is one wherever it stands as a word of its own, not before a call to action only: the evidence of a
    /// text is cleaned anew, and what began a piece may stand within its bytes.
    fn arrow(&self) -> Option<usize> {
        let rest = self.rest();
        let form = ["$\\rightarrow$", "\\rightarrow", LATEX_ARROW].into_iter().find(|form| rest.starts_with(form))?;
        let before = self.raw[..self.at].chars().next_back();
        let after = rest[form.len()..].chars().next();
        let parts = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        (form.starts_with('$') || parts(after) && (form.starts_with('\\') || parts(before))).then_some(form.len())
    }

    fn step(&mut self, c: char) {
        let rest = self.rest();
        match c {
            '*' => self.emphasis('*'),
            '_' => self.emphasis('_'),
            '`' => self.at += 1,
            // struck out: an extractor takes the rule beside a running head for that
            '~' if rest.starts_with("~~") => self.at += 2,
            '<' => {
                if let Some(length) = tag(rest) {
                    self.tag(length);
                } else {
                    self.keep(c);
                }
            }
            '!' if rest.starts_with("![") => match near(rest, ")") {
                Some(end) if rest[..end].contains("](") => self.at += end + 1,
                _ => self.keep(c),
            },
            '&' => match entity(rest) {
                Some((length, character)) => self.replace(character, length),
                None => self.keep(c),
            },
            '$' | '\\' | 'i' => match self.arrow() {
                Some(length) => self.replace('→', length),
                None => self.keep(c),
            },
            '\u{ad}' => self.soft_hyphen(),
            '\u{200b}'..='\u{200f}' | '\u{feff}' => self.at += c.len_utf8(),
            // a hyphen before a line break, to some extractors
            '\u{fffe}' | '\u{2}' => self.replace('-', c.len_utf8()),
            '\u{1a}' => self.replace(char::REPLACEMENT_CHARACTER, 1),
            '\u{fb00}'..='\u{fb06}' => self.ligature(c),
            _ if c.is_whitespace() || c.is_control() => self.space(c),
            _ if is_combining(c) => self.combine(c),
            _ => self.keep(c),
        }
    }

    fn keep(&mut self, c: char) {
        let source = self.base + self.at;
        let length = c.len_utf8();
        match self.runs.last_mut() {
            Some(run) if run.verbatim && run.source.end == source => run.source.end += length,
            _ => self.runs.push(Run {
                text: self.text.len(),
                source: Span::new(source, source + length),
                verbatim: true,
            }),
        }
        self.text.push(c);
        self.at += length;
    }

    fn replace(&mut self, character: char, length: usize) {
        let source = Span::new(self.base + self.at, self.base + self.at + length);
        self.runs.push(Run { text: self.text.len(), source, verbatim: false });
        self.text.push(character);
        self.at += length;
    }

    /// A soft hyphen counts before the break that it allows. Inside a line it is a hyphen that the word has, or nothing; a
    /// space after it was that break.
    fn soft_hyphen(&mut self) {
        let after = &self.rest()['\u{ad}'.len_utf8()..];
        if after.is_empty() {
            return self.keep('\u{ad}');
        }
        let next = after.strip_prefix(' ').filter(|next| next.starts_with(char::is_lowercase)).unwrap_or(after);
        let length = '\u{ad}'.len_utf8() + after.len() - next.len();
        let word = |c: char| !c.is_alphanumeric();
        let left = self.text.rsplit(word).next().unwrap_or_default();
        let right = next.split(word).next().unwrap_or_default();
        if self.vocabulary.soft_hyphen(left, right) == Hyphen::Keep {
            self.replace('-', length);
        } else {
            self.at += length;
        }
    }

    fn space(&mut self, c: char) {
        if self.text.is_empty() || self.text.ends_with(' ') {
            self.at += c.len_utf8();
        } else if c == ' ' {
            self.keep(c);
        } else {
            self.replace(' ', c.len_utf8());
        }
    }

    fn ligature(&mut self, c: char) {
        const LIGATURES: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
        let source = Span::new(self.base + self.at, self.base + self.at + c.len_utf8());
        self.runs.push(Run { text: self.text.len(), source, verbatim: false });
        self.text.push_str(LIGATURES[c as usize - 0xfb00]);
        self.at += c.len_utf8();
    }

    fn combine(&mut self, mark: char) {
        /// No letter has more marks that it cannot be composed with.
        const MARKS: usize = 4;
        let composed = self.text.chars().next_back().and_then(|base| unicode_normalization::char::compose(base, mark));
        let Some(composed) = composed else {
            self.keep(mark);
            // some typesetters write such a letter twice for one that is seen
            let (printed, rest) = self.raw.split_at(self.at);
            let letter = rest.chars().next().map_or(0, char::len_utf8);
            let marks = rest[letter..].chars().take(MARKS).take_while(|&c| is_combining(c));
            let twice = letter + marks.map(char::len_utf8).sum::<usize>();
            if twice > letter && printed.ends_with(&rest[..twice]) {
                self.at += twice;
            }
            return;
        };
        let base = self.text.pop().map_or(0, char::len_utf8);
        let text = self.text.len();
        let end = self.base + self.at + mark.len_utf8();
        // the base letter leaves its run: it and the mark are a run of their own
        let mut start = self.base + self.at - base;
        if let Some(last) = self.runs.last_mut() {
            if last.verbatim {
                last.source.end -= base;
            } else {
                start = last.source.start;
                last.source.end = last.source.start;
            }
            if last.source.is_empty() {
                self.runs.pop();
            }
        }
        self.runs.push(Run { text, source: Span::new(start, end), verbatim: false });
        self.text.push(composed);
        self.at += mark.len_utf8();
    }

    /// `**`, `*`, `__` or `_`: a mark where it opens before or closes after a word, a character elsewhere.
    fn emphasis(&mut self, mark: char) {
        let rest = self.rest();
        let length = rest.chars().take_while(|&c| c == mark).count();
        let after = rest[length..].chars().next();
        let before = self.raw[..self.at].chars().next_back();
        let opens = after.is_some_and(|c| !c.is_whitespace()) && before.is_none_or(|c| !c.is_alphanumeric());
        let closes = before.is_some_and(|c| !c.is_whitespace());
        if length >= 2 {
            // `**` never stands in running text
            if let Some(since) = self.bold_since {
                self.close_bold();
                // a name in bold that the extractor ran into what follows it
                if self.text.len() > since + 2 && after.is_some_and(char::is_alphanumeric) {
                    self.break_word(length);
                }
            } else {
                self.bold_since = Some(self.text.len());
            }
            if length == 3 {
                self.italics();
            }
        } else if self.italic_since.is_some() && closes && after.is_none_or(|c| !c.is_alphanumeric())
            || self.italic_since.is_none() && opens && rest[1..].contains(mark)
        {
            self.italics();
        } else {
            return self.keep(mark);
        }
        self.at += length;
    }

    fn italics(&mut self) {
        match self.italic_since.take() {
            None => self.italic_since = Some(self.text.len()),
            Some(since) => {
                let rest = self.rest().trim_start_matches(['_', '*', ' ']);
                self.italic_all = since == 0 && rest.is_empty();
            }
        }
    }

    fn close_bold(&mut self) {
        if let Some(since) = self.bold_since.take()
            && since < self.text.len()
        {
            self.marks.bold.push(since..self.text.len());
        }
    }

    fn close_small(&mut self) {
        if let Some(since) = self.small_since.take()
            && since < self.text.len()
        {
            self.marks.small.push(since..self.text.len());
        }
    }

    fn tag(&mut self, length: usize) {
        let tag = self.rest()[1..length].trim_end_matches('>');
        let closing = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "b" | "strong" if closing => self.close_bold(),
            "b" | "strong" => self.bold_since = self.bold_since.or(Some(self.text.len())),
            "small" if closing => self.close_small(),
            "small" => self.small_since = Some(self.text.len()),
            "br" | "p" | "div" | "td" | "th" | "li" | "tr" => self.break_word(length),
            _ => {}
        }
        self.at += length;
    }

    /// A tag that parts words: one space in its place.
    fn break_word(&mut self, length: usize) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            let source = Span::new(self.base + self.at, self.base + self.at + length);
            self.runs.push(Run { text: self.text.len(), source, verbatim: false });
            self.text.push(' ');
        }
    }
}

/// The length of the HTML tag or comment that `text` starts with.
fn tag(text: &str) -> Option<usize> {
    /// Longer than any tag that an extractor writes; `a < b` in running text must not swallow a page.
    const LONGEST: usize = 200;
    if text.starts_with("<!--") {
        return near(text, "-->").map(|end| end + 3);
    }
    let body = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    if !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = text.bytes().take(LONGEST).skip(1).position(|b| matches!(b, b'>' | b'<'))? + 1;
    (text.as_bytes()[end] == b'>').then_some(end + 1)
}

/// Where `end` stands in the next bytes of `text`: what opens and is not closed must not be looked for to the end of a
/// long line again and again.
fn near(text: &str, end: &str) -> Option<usize> {
    /// The longest comment or address that an extractor leaves, in bytes.
    const REACH: usize = 2_000;
    memchr::memmem::find(&text.as_bytes()[..text.len().min(REACH)], end.as_bytes())
}

/// The length of the HTML entity that `text` starts with, and its character.
fn entity(text: &str) -> Option<(usize, char)> {
    const NAMED: [(&str, char); 8] = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&apos;", '\''),
        ("&#39;", '\''),
        ("&#x27;", '\''),
        ("&nbsp;", ' '),
    ];
    NAMED.iter().find(|(name, _)| text.starts_with(name)).map(|&(name, character)| (name.len(), character))
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str) -> Clean<'_> {
        Clean::new(text, Span::new(0, text.len()))
    }

    #[test]
    fn marks_go_and_text_stays() {
        for (raw, text) in [
            ("plain", "plain"),
            ("### **Julie de Wit** ", "Julie de Wit"),
            ("**Gustav Lindner**Federal Minister", "Gustav Lindner Federal Minister"),
            ("_“Now is the time.”_ ", "“Now is the time.”"),
            ("# `Vienna 2021`", "Vienna 2021"),
            ("~~14~~", "14"),
            ("~5 per cent", "~5 per cent"),
            ("10.00 <small>In conversation</small> Title", "10.00 In conversation Title"),
            ("the 9<sup>th</sup> edition", "the 9th edition"),
            ("a < b and c > d", "a < b and c > d"),
            ("@some_user_name", "@some_user_name"),
            ("a *sine qua non* should", "a sine qua non should"),
            ("related  to\u{a0}the", "related to the"),
            ("de\u{fb01}ne", "define"),
            ("Z\u{30c}a\u{301}k", "Žák"),
            ("a\u{302}\u{301}", "ấ"),
            ("Ay\u{1ecd}\u{300}\u{1ecd}\u{300} Bo", "Ay\u{1ecd}\u{300} Bo"),
            ("z\u{300}z", "z\u{300}z"),
            ("co\u{ad}operation", "cooperation"),
            ("ends in\u{ad}", "ends in\u{ad}"),
            ("$\\rightarrow$  Watch", "→ Watch"),
            ("ightarrow Watch", "→ Watch"),
            ("in full \\rightarrow Watch", "in full → Watch"),
            ("one\nightarrow Watch", "one → Watch"),
            ("“ightarrow”", "“→”"),
            ("the rightarrow and ightarrows", "the rightarrow and ightarrows"),
            ("Q&amp;A", "Q&A"),
            ("> “Quoted.”", "“Quoted.”"),
            ("<!-- image -->", ""),
            ("![](a.png)", ""),
            ("```", ""),
            ("a\u{1a}b", "a\u{fffd}b"),
            ("one<br>two", "one two"),
        ] {
            assert_eq!(clean(raw).text, text, "{raw:?}");
        }
    }

    #[test]
    fn marks_are_remembered() {
        let piece = clean("## **Title**");
        assert_eq!((piece.marks.heading, piece.is_bold()), (2, true));
        let piece = clean("**Gustav Lindner**Federal");
        assert_eq!(piece.marks.bold.first(), Some(&(0..14)));
        assert!(!piece.is_bold());
        assert!(clean("_all of it_").marks.italic);
        assert!(!clean("_some_ of it").marks.italic);
        assert_eq!(clean("   x").marks.indent, 3);
    }

    #[test]
    fn every_offset_leads_back() {
        let raw = "  **Z\u{30c}a\u{301}k**  of &amp; the of\u{fb01}ce";
        let piece = clean(raw);
        assert_eq!(piece.text, "Žák of & the office");
        for (word, source) in [("Žák", "Z\u{30c}a\u{301}k"), ("&", "&amp;"), ("office", "of\u{fb01}ce"), ("the", "the")]
        {
            let at = piece.text.find(word).expect("the word is there");
            let span = piece.source_span(at..at + word.len());
            assert_eq!(&raw[span.range()], source, "{word}");
            let part = piece.slice(at..at + word.len());
            assert_eq!(part.text, word);
            assert_eq!(&raw[part.span().range()], source, "{word}, sliced");
        }
    }
}
