use unicode_normalization::UnicodeNormalization as _;

use crate::{Clean, Source, Span};

/// The letters and digits of `text`, lower case and in compatibility composition (NFKC): what is left when case, space,
/// punctuation, hyphens and marks do not count. Two strings that fold alike are printed alike.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// [`fold`], appended to `folded`.
pub fn fold_into(text: &str, folded: &mut String) {
    if !text.is_ascii()
        && unicode_normalization::is_nfkc_quick(text.chars()) != unicode_normalization::IsNormalized::Yes
    {
        folded.extend(letters(text).flat_map(char::to_lowercase));
        return;
    }
    let mut rest = text;
    while !rest.is_empty() {
        let (ascii, after) = rest.split_at(rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len()));
        push_ascii(ascii.as_bytes(), folded);
        let mut characters = after.chars();
        folded.extend(characters.next().filter(|c| c.is_alphanumeric()).into_iter().flat_map(char::to_lowercase));
        rest = characters.as_str();
    }
}

/// The letters and digits of ASCII. Where words end is hard to foresee, so that nothing depends on it: every byte is
/// written, and those that are no letters are written over.
fn push_ascii(text: &[u8], folded: &mut String) {
    for part in text.chunks(64) {
        let (mut letters, mut length) = ([0; 64], 0);
        for byte in part {
            letters[length] = byte.to_ascii_lowercase();
            length += usize::from(byte.is_ascii_alphanumeric());
        }
        folded.push_str(str::from_utf8(&letters[..length]).expect("ASCII is UTF-8"));
    }
}

/// [`fold`] of what is printed under a span of a source, without the marks that an extractor added; appended to `folded`.
///
/// Evidence bears a value when the folded text of its spans is the folded value.
pub fn fold_span(source: &Source, span: Span, folded: &mut String) {
    let last = source.line_number(span.end.saturating_sub(1).max(span.start));
    for line in (source.line_number(span.start)..=last).filter_map(|number| source.line_at(number)) {
        // the line as a whole: what is a mark depends on what stands beside it
        let clean = Clean::new(source.text(), line.span);
        let inside = |at: usize, c: char| {
            let printed = clean.source_span(at..at + c.len_utf8());
            span.start <= printed.start && printed.end <= span.end
        };
        let text: String = clean.text.char_indices().filter(|&(at, c)| inside(at, c)).map(|(_, c)| c).collect();
        fold_into(&text, folded);
    }
}

/// [`fold`] word by word: folded words parted by one space.
#[must_use]
pub fn fold_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_combining(c)) {
        let start = words.len();
        if start > 0 {
            words.push(' ');
        }
        let before = words.len();
        fold_into(word, &mut words);
        if words.len() == before {
            words.truncate(start);
        }
    }
    words
}

/// The letters and digits of `text` in compatibility composition.
pub fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkc().filter(|c| c.is_alphanumeric())
}

/// Whether a character may become one with those before it in compatibility composition: an accent, a part of a syllable.
#[must_use]
pub fn joins_before(c: char) -> bool {
    use unicode_normalization::{IsNormalized, char::canonical_combining_class, is_nfkc_quick};
    !c.is_ascii() && (canonical_combining_class(c) != 0 || is_nfkc_quick([c].into_iter()) == IsNormalized::Maybe)
}

fn is_combining(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_letters_and_digits_only() {
        for (text, folded) in [
            ("Part-\nnerships", "partnerships"),
            ("de\u{fb01}ne", "define"),
            ("S\u{30c}imon\u{30c}a\u{301}k", "šimoňák"),
            ("“1,311”", "1311"),
            ("—", ""),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
        assert_eq!(fold_words("  What works, and what doesn't: "), "what works and what doesn t");
    }
}
