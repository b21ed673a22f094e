use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

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
    if !text.is_ascii() && is_nfkc_quick(text.chars()) != IsNormalized::Yes {
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

/// The letters and digits of ASCII in lower case; 0 for all that is none.
const FOLDED: [u8; 256] = {
    let (mut folded, mut byte) = ([0; 256], 0_u8);
    while byte < 0x80 {
        if byte.is_ascii_alphanumeric() {
            folded[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// Whether a text [folds](fold) to `folded`. Where it does, that is mostly told without folding it.
#[must_use]
pub fn folds_to(text: &str, folded: &str) -> bool {
    has_letters(text, folded) || fold(text) == folded
}

/// Whether the letters and digits of a text are these, and none of its characters becomes another one in composition.
fn has_letters(text: &str, letters: &str) -> bool {
    let (mut rest, mut wanted) = (text, letters.as_bytes());
    while !rest.is_empty() {
        let (ascii, after) = rest.split_at(rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len()));
        let Some(length) = ascii_folds_to(ascii.as_bytes(), wanted) else { return false };
        wanted = &wanted[length..];
        let mut characters = after.chars();
        if let Some(c) = characters.next() {
            if is_nfkc_quick([c].into_iter()) != IsNormalized::Yes || canonical_combining_class(c) != 0 {
                return false;
            }
            for lower in c.to_lowercase().filter(|_| c.is_alphanumeric()) {
                let Some(after) = wanted.strip_prefix(lower.encode_utf8(&mut [0; 4]).as_bytes()) else { return false };
                wanted = after;
            }
        }
        rest = characters.as_str();
    }
    wanted.is_empty()
}

/// How many letters and digits there are in ASCII, where `wanted` begins with them. As in [`push_ascii`], nothing depends on
/// where words end: every byte is compared, and those that are no letters count for nothing.
fn ascii_folds_to(text: &[u8], wanted: &[u8]) -> Option<usize> {
    let (mut length, mut is_same) = (0, true);
    for byte in text {
        let folded = FOLDED[usize::from(*byte)];
        is_same &= folded == 0 || wanted.get(length) == Some(&folded);
        length += usize::from(folded != 0);
    }
    is_same.then_some(length)
}

/// The letters and digits of ASCII. Where words end is hard to foresee, so that nothing depends on it: every byte is
/// written, and those that are no letters are written over.
fn push_ascii(text: &[u8], folded: &mut String) {
    for part in text.chunks(64) {
        let (mut letters, mut length) = ([0; 64], 0);
        for byte in part {
            let folded = FOLDED[usize::from(*byte)];
            letters[length] = folded;
            length += usize::from(folded != 0);
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
        for text in
            ["", "Ada", "Ada-", "adà", "S\u{30c}", "\u{30c}", "de\u{fb01}ne", "ǅ İ", "“1,311”", "½ …", "한\u{11ab}"]
        {
            let folded = fold(text);
            for other in [&folded, "", "ad", "ada", "adaa", "adà", "define", "1311", "š", "s", "i"] {
                assert_eq!(folds_to(text, other), folded == other, "{text:?} {other:?}");
            }
            for kept in folded.char_indices().map(|(at, _)| &folded[..at]) {
                assert!(!folds_to(text, kept), "{text:?} {kept:?}");
            }
        }
        assert_eq!(fold_words("  What works, and what doesn't: "), "what works and what doesn t");
    }
}
