use std::sync::OnceLock;

use memchr::memchr_iter;
use sha2::{Digest, Sha256};

use crate::Span;

/// What stands in [`Source::text`] for a byte that is no UTF-8: ASCII SUBSTITUTE, one byte long, so that every offset
/// into the text is an offset into the bytes.
const SUBSTITUTE: char = '\u{1a}';

/// Bytes between two places at which the characters before are counted once and for all, so that a place in a line of
/// megabytes is found as fast as any other.
const STRIDE: usize = 4096;

/// One text file as an extractor left it.
#[derive(Clone, Debug)]
pub struct Source {
    id: String,
    path: String,
    /// The bytes as read where they are not UTF-8; `None` where `text` is those bytes.
    raw: Option<Vec<u8>>,
    text: String,
    invalid: Vec<Span>,
    line_starts: Vec<usize>,
    /// How many characters start before each multiple of [`STRIDE`]; counted when a long line asks for it.
    characters: OnceLock<Vec<usize>>,
    sha256: OnceLock<String>,
}

/// One line, without its line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// 1-based.
    pub number: usize,
    /// The bytes of the line without its line end.
    pub span: Span,
}

/// A place as a person counts: 1-based line, 1-based column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// 1-based line.
    pub line: usize,
    /// 1-based column, in characters.
    pub column: usize,
}

impl Source {
    /// Takes the bytes of a file. `id` is the source's name in the document (`report`), `path` where it was read from.
    ///
    /// Never fails: bytes that are no UTF-8 are kept, listed in [`Source::invalid`] and stand as one U+001A each in
    /// [`Source::text`].
    #[must_use]
    pub fn new(id: impl Into<String>, path: impl Into<String>, bytes: Vec<u8>) -> Self {
        let (raw, text, invalid) = match String::from_utf8(bytes) {
            Ok(text) => (None, text, Vec::new()),
            Err(error) => {
                let bytes = error.into_bytes();
                let (text, invalid) = substitute(&bytes);
                (Some(bytes), text, invalid)
            }
        };
        let line_starts = line_starts(text.as_bytes());
        Self {
            id: id.into(),
            path: path.into(),
            raw,
            text,
            invalid,
            line_starts,
            characters: OnceLock::new(),
            sha256: OnceLock::new(),
        }
    }

    /// The source's name in the document: `report`, `takeaways`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where the bytes were read from, as the user named it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The bytes as read.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.raw.as_deref().unwrap_or(self.text.as_bytes())
    }

    /// The text, as long as the bytes; a byte that is no UTF-8 stands as U+001A.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the bytes are no UTF-8, in order; neighbours are one span.
    #[must_use]
    pub fn invalid(&self) -> &[Span] {
        &self.invalid
    }

    /// The text under a span; empty where the span is not of this source.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The lines in order. They end at `\n` (a `\r` before it is not part of the line); in a text without any `\n`, at
    /// `\r`.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = Line> + '_ {
        (0..self.line_starts.len()).map(|index| self.line(index))
    }

    /// The line with this 1-based number, found without going through those before it.
    #[must_use]
    pub fn line_at(&self, number: usize) -> Option<Line> {
        let index = number.checked_sub(1)?;
        (index < self.line_starts.len()).then(|| self.line(index))
    }

    /// How many lines there are; an empty text has one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The 1-based number of the line that holds the byte `offset`.
    #[must_use]
    pub fn line_number(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= offset)
    }

    /// Where a person finds the byte `offset`; the end of the text for an offset past it. The time that it takes does not
    /// grow with the length of the line.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.boundary(offset);
        let line = self.line_number(offset);
        let start = self.line_starts[line - 1];
        let bytes = self.text.as_bytes();
        let before = if offset - start <= STRIDE {
            characters(&bytes[start..offset])
        } else {
            self.characters_before(offset) - self.characters_before(start)
        };
        Position { line, column: before + 1 }
    }

    /// The span that is of this text: its ends moved into the text and to the start of the character that they are in.
    #[must_use]
    pub fn clamp(&self, start: usize, end: usize) -> Span {
        let start = self.boundary(start);
        Span::new(start, self.boundary(end).max(start))
    }

    /// The start of the character that the byte `at` belongs to; the end of the text for a byte past it.
    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let counts = self.characters.get_or_init(|| {
            let mut sum = 0;
            let strides = bytes.chunks(STRIDE).map(|stride| {
                sum += characters(stride);
                sum
            });
            [0].into_iter().chain(strides).collect()
        });
        let stride = offset / STRIDE;
        counts[stride] + characters(&bytes[stride * STRIDE..offset])
    }

    /// SHA-256 of the bytes as read, in lower-case hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        self.sha256.get_or_init(|| sha256(self.bytes()))
    }

    fn line(&self, index: usize) -> Line {
        let start = self.line_starts[index];
        let next = self.line_starts.get(index + 1).copied();
        let mut end = next.map_or(self.text.len(), |next| next - 1);
        if next.is_some() || end > start {
            let bytes = self.text.as_bytes();
            while end > start && bytes[end - 1] == b'\r' {
                end -= 1;
            }
        }
        Line { number: index + 1, span: Span::new(start, end) }
    }
}

/// SHA-256 of any bytes, in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// How many characters start in a piece of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

fn substitute(bytes: &[u8]) -> (String, Vec<Span>) {
    let mut text = String::with_capacity(bytes.len());
    let mut invalid: Vec<Span> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let start = text.len();
        text.extend(chunk.invalid().iter().map(|_| SUBSTITUTE));
        match invalid.last_mut() {
            Some(last) if last.end == start => last.end = text.len(),
            _ if text.len() > start => invalid.push(Span::new(start, text.len())),
            _ => {}
        }
    }
    (text, invalid)
}

fn line_starts(bytes: &[u8]) -> Vec<usize> {
    let mut starts = vec![0];
    starts.extend(memchr_iter(b'\n', bytes).map(|at| at + 1));
    if starts.len() == 1 {
        starts.extend(memchr_iter(b'\r', bytes).map(|at| at + 1));
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<String> {
        let source = Source::new("s", "s.txt", bytes.to_vec());
        source.lines().map(|line| source.slice(line.span).to_owned()).collect()
    }

    #[test]
    fn lines_end_at_any_line_end() {
        assert_eq!(lines(b""), [""]);
        assert_eq!(lines(b"a\nb"), ["a", "b"]);
        assert_eq!(lines(b"a\r\nb\r\n"), ["a", "b", ""]);
        assert_eq!(lines(b"a\rb"), ["a", "b"]);
        assert_eq!(lines(b"a\x0cb\n"), ["a\u{c}b", ""]);
    }

    #[test]
    fn lines_are_found_by_number() {
        let source = Source::new("s", "s.txt", b"a\r\nb\n".to_vec());
        let found: Vec<_> = (0..5).filter_map(|number| source.line_at(number)).collect();
        assert_eq!(found, source.lines().collect::<Vec<_>>());
    }

    #[test]
    fn invalid_bytes_keep_every_offset() {
        let source = Source::new("s", "s.txt", b"a\xff\xfeb\xe2\x82\nc".to_vec());
        assert_eq!(source.text().len(), source.bytes().len());
        assert_eq!(source.text(), "a\u{1a}\u{1a}b\u{1a}\u{1a}\nc");
        assert_eq!(source.invalid(), [Span::new(1, 3), Span::new(4, 6)]);
        assert_eq!(source.bytes(), b"a\xff\xfeb\xe2\x82\nc");
    }

    #[test]
    fn positions_count_characters() {
        let source = Source::new("s", "s.txt", "é\nčb".into());
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position(5), Position { line: 2, column: 2 });
        assert_eq!(source.position(4), Position { line: 2, column: 1 }, "inside a character: its start");
        assert_eq!(source.position(99), Position { line: 2, column: 3 });
    }

    #[test]
    fn positions_in_a_line_of_any_length_count_characters() {
        let text = "a€ſ𝄞".repeat(STRIDE);
        let source = Source::new("s", "s.txt", format!("x\n{text}\ny").into_bytes());
        let ends = [0, 1, STRIDE - 2, STRIDE, 2 * STRIDE + 7, text.chars().count()];
        for characters in ends {
            let bytes: usize = text.chars().take(characters).map(char::len_utf8).sum();
            assert_eq!(source.position(2 + bytes), Position { line: 2, column: characters + 1 });
        }
        assert_eq!(source.position(usize::MAX), Position { line: 3, column: 2 });
        let exact = Source::new("s", "s.txt", vec![b'a'; 2 * STRIDE]);
        assert_eq!(exact.position(2 * STRIDE), Position { line: 1, column: 2 * STRIDE + 1 });
    }

    #[test]
    fn spans_are_moved_into_the_text() {
        let source = Source::new("s", "s.txt", "café".into());
        for (start, end, span) in [(1, 2, (1, 2)), (4, 4, (3, 3)), (4, 5, (3, 5)), (9, 12, (5, 5)), (3, 1, (3, 3))] {
            assert_eq!(source.clamp(start, end), Span::new(span.0, span.1), "{start}..{end}");
        }
    }
}
