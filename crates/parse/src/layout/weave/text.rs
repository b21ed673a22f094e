//! Lines as rows of words with widths.

use std::ops::Range;

use rapporteur_source::{Line, Source, Span};
use rustc_hash::FxHashMap;

use super::pairs::bare;

pub(crate) const NO_TOKEN: u32 = u32::MAX;
/// A space between words is so wide.
const SPACE: f32 = 25.0;
/// A line that stands so often in a text is a running head or foot.
const RUNNING: u32 = 3;

/// A word and the signs that touch it.
#[derive(Clone, Debug)]
pub(crate) struct Token<'t> {
    pub(crate) text: &'t str,
    /// Without the signs around it.
    pub(crate) word: &'t str,
    /// The number of that word.
    pub(crate) number: u32,
    pub(crate) span: Span,
    /// Where it ends, from the start of its row, in hundredths of a letter's height.
    pub(crate) to: f32,
    pub(crate) from: f32,
    /// It breaks off with a hyphen.
    pub(crate) hyphen: bool,
    /// It ends a sentence.
    pub(crate) stop: bool,
    /// It opens a quotation.
    pub(crate) opens: bool,
    /// It closes one.
    pub(crate) closes: bool,
    /// It begins with a small letter.
    pub(crate) low: bool,
    /// 1 where it is a whole word for certain: in mid-line, and not after a hyphen.
    pub(crate) inner: u32,
}

/// A line that is not blank.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// 1-based number of the line.
    pub(crate) line: usize,
    pub(crate) span: Span,
    pub(crate) tokens: Range<usize>,
    /// Whether a blank line or a page break stands before it.
    pub(crate) gap: bool,
    /// Whether it is a running head or foot.
    pub(crate) running: bool,
    pub(crate) width: f32,
}

pub(crate) struct Text<'t> {
    pub(crate) rows: Vec<Row>,
    pub(crate) tokens: Vec<Token<'t>>,
    rows_of: Vec<u32>,
    /// The number of each word.
    numbers: FxHashMap<&'t str, u32>,
}

impl<'t> Text<'t> {
    pub(crate) fn of(source: &'t Source, lines: &[Line]) -> Self {
        let mut gap = true;
        Self::of_rows(lines.iter().filter_map(|line| {
            let content = source.slice(line.span);
            let blank = content.trim().is_empty();
            gap |= blank || content.contains('\u{c}');
            (!blank).then(|| (*line, content, std::mem::take(&mut gap)))
        }))
    }

    /// Of lines that are not blank, with what stands on them and whether a gap stands before them.
    pub(crate) fn of_rows(rows: impl Iterator<Item = (Line, &'t str, bool)>) -> Self {
        let mut text =
            Self { rows: Vec::new(), tokens: Vec::new(), rows_of: Vec::new(), numbers: FxHashMap::default() };
        rows.for_each(|(line, content, gap)| text.push(&line, content, gap));
        text.mark_running();
        for token in &mut text.tokens {
            let next = text.numbers.len() as u32;
            token.number = *text.numbers.entry(token.word).or_insert(next);
        }
        text
    }

    /// A word that may stand elsewhere in the text.
    pub(crate) fn token(&self, word: &'t str) -> Token<'t> {
        let token = Token::new(word, 0);
        Token { number: self.numbers.get(token.word).copied().unwrap_or(NO_TOKEN), ..token }
    }

    fn push(&mut self, line: &Line, content: &'t str, gap: bool) {
        let start = self.tokens.len();
        let row = self.rows.len() as u32;
        let mut to = 0.0;
        for word in content.split_whitespace() {
            let at = line.span.start + (word.as_ptr() as usize - content.as_ptr() as usize);
            let from = if self.tokens.len() > start { to + SPACE } else { 0.0 };
            to = from + word.chars().map(advance).sum::<f32>();
            let inner = self.tokens.len() > start && !self.tokens[self.tokens.len() - 1].hyphen;
            self.tokens.push(Token { inner: u32::from(inner), from, to, ..Token::new(word, at) });
            self.rows_of.push(row);
        }
        let tokens = start..self.tokens.len();
        self.rows.push(Row { line: line.number, span: line.span, tokens, gap, running: false, width: to });
    }

    pub(crate) fn row_of(&self, token: usize) -> u32 {
        self.rows_of[token]
    }

    /// Page numbers, and lines that are the same but for them on several pages.
    fn mark_running(&mut self) {
        let mut counts: FxHashMap<String, u32> = FxHashMap::default();
        let keys: Vec<Option<String>> = self.rows.iter().map(|row| self.running_key(row)).collect();
        for key in keys.iter().flatten() {
            *counts.entry(key.clone()).or_default() += 1;
        }
        for (row, key) in self.rows.iter_mut().zip(&keys) {
            row.running = key.as_ref().is_some_and(|key| key.is_empty() || counts[key] >= RUNNING);
        }
    }

    fn running_key(&self, row: &Row) -> Option<String> {
        let tokens = &self.tokens[row.tokens.clone()];
        let digit = |c: char| c.is_ascii_digit();
        if tokens.len() > 14 || !tokens.iter().any(|token| token.text.contains(digit)) {
            return None;
        }
        if let [token] = tokens
            && token.text.len() <= 3
            && token.text.chars().all(digit)
        {
            return Some(String::new());
        }
        let text: Vec<String> = tokens.iter().map(|token| token.text.replace(digit, "")).collect();
        let key = text.join(" ");
        (key.chars().filter(|c| c.is_alphabetic()).count() > 2).then_some(key)
    }
}

impl<'t> Token<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        let ends = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'));
        let ends = if ends.is_empty() { text } else { ends };
        let body = ends.trim_end_matches(CLOSING);
        let mut last = text.chars().rev();
        let hyphen = last.next().is_some_and(is_hyphen) && last.next().is_some_and(char::is_alphanumeric);
        let unclosed = text.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        Self {
            text,
            word: bare(text),
            number: 0,
            span: Span::new(at, at + text.len()),
            from: 0.0,
            to: 0.0,
            hyphen,
            stop: body.ends_with(['.', '!', '?', '…']) || ends.len() > body.len() && body.ends_with([':']),
            opens: text.starts_with(['“', '"', '„', '«', '»']),
            closes: unclosed.ends_with(['”', '"', '“', '»', '«']),
            low: text.starts_with(char::is_lowercase),
            inner: 0,
        }
    }
}

const CLOSING: [char; 9] = ['”', '"', '“', '»', '«', '’', '\'', ')', ']'];

pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}' | '\u{fffe}' | '\u{2}')
}

/// How wide a letter is in most fonts for running text, in hundredths of their size.
pub(crate) fn advance(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | '\'' | '’' | '‘' | '.' | ',' | ':' | ';' | '|' | '!' => 27.0,
        'f' | 't' | 'I' | '(' | ')' | '[' | ']' | '-' | '/' | '\u{ad}' | '\u{2010}' => 32.0,
        'r' | 's' | 'J' => 38.0,
        'c' | 'z' | 'a' | 'e' | 'g' | '“' | '”' | '"' | '„' | '?' => 44.0,
        'v' | 'y' | 'k' | 'x' => 48.0,
        'w' => 72.0,
        'm' => 80.0,
        'M' | 'W' => 90.0,
        '—' => 95.0,
        _ if c.is_uppercase() => 66.0,
        _ => 51.0,
    }
}
