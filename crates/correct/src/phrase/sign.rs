//! A text as signs: without the marks of an extractor, one sign for all forms of a quotation mark or a dash, and line breaks
//! for what they may be.

use rapporteur_source::{Clean, Source, Span};

/// One sign of a text, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Symbol {
    pub(super) sign: Sign,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A letter, a digit or a sign; quotation marks of one kind are one sign, and dashes are hyphens.
    Of(char),
    /// White space.
    Space,
    /// A line break that may be a space or nothing, as behind a dash.
    Break,
    /// A hyphen before a line break: that of a word, or one that the break caused.
    Hyphen,
}

impl Sign {
    pub(super) fn is_word(self) -> bool {
        matches!(self, Self::Of(c) if c.is_alphanumeric())
    }

    pub(super) fn bare(self) -> Option<char> {
        match self {
            Self::Of(c) if c != '-' => Some(c),
            _ => None,
        }
    }
}

/// How far two texts go on together: how many signs of each; `None` where they part.
pub(super) fn step(text: Sign, phrase: Sign) -> Option<(usize, usize)> {
    use Sign::{Break, Hyphen, Of, Space};
    match (text, phrase) {
        _ if text == phrase => Some((1, 1)),
        (Hyphen, Of('-')) | (Of('-'), Hyphen) | (Break, Space) | (Space, Break) => Some((1, 1)),
        (Hyphen | Break, _) => Some((1, 0)),
        (_, Hyphen | Break) => Some((0, 1)),
        _ => None,
    }
}

/// The signs of a phrase as somebody writes it: that it may be copied from a text, with its breaks and marks, is no
/// matter.
pub(super) fn signs(phrase: &str) -> Vec<Sign> {
    let source = Source::new("", "", phrase.as_bytes().to_vec());
    symbols(&source).into_iter().map(|symbol| symbol.sign).collect()
}

/// The signs of a text and their places.
pub(super) fn symbols(source: &Source) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Vec::with_capacity(source.text().len());
    for line in source.lines() {
        let clean = Clean::new(source.text(), line.span);
        if clean.is_empty() {
            continue;
        }
        join(&mut symbols, clean.span().start);
        for (at, c) in clean.text.char_indices() {
            let sign = if c.is_whitespace() { Sign::Space } else { Sign::Of(sign_of(c)) };
            let span = clean.source_span(at..at + c.len_utf8());
            symbols.push(Symbol { sign, span });
        }
    }
    symbols
}

/// What stands between the last line and the next, which begins at `start`.
fn join(symbols: &mut Vec<Symbol>, start: usize) {
    let Some(last) = symbols.last().copied() else { return };
    let gap = Span::new(last.span.end, start.max(last.span.end));
    let after_word = symbols.len() > 1 && symbols[symbols.len() - 2].sign.is_word();
    match last.sign {
        Sign::Of('\u{ad}') => {
            symbols.pop();
            symbols.push(Symbol { sign: Sign::Hyphen, ..last });
        }
        Sign::Of('-') if after_word => {
            symbols.pop();
            symbols.push(Symbol { sign: Sign::Hyphen, ..last });
        }
        Sign::Of('-' | '/') => symbols.push(Symbol { sign: Sign::Break, span: gap }),
        _ => symbols.push(Symbol { sign: Sign::Space, span: gap }),
    }
}

/// One sign for all forms of it.
fn sign_of(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | '´' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        c => c,
    }
}
