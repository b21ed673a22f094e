//! When two strings count as the same: folding, similarity, and paragraphs put together from lines.
//!
//! Every function here is exact to the character, since a table of accuracy can only be compared with another one when
//! both count alike.

use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The tags that extractors leave around words.
const TAGS: &[&str] = &["b", "i", "u", "sup", "sub", "small"];

/// `text` without what does not count in a comparison: compatibility forms, markup, quotation marks, the kind and the
/// spacing of dashes, runs of white space, punctuation at both ends, case.
#[must_use]
pub fn fold(text: &str) -> String {
    let text = strip_markup(&text.nfkc().collect::<String>());
    let mut folded = String::with_capacity(text.len());
    let mut chars = text.chars().filter(|c| !matches!(c, '“' | '”' | '„' | '«' | '»' | '"' | '\u{ad}')).peekable();
    while let Some(c) = chars.next() {
        match c {
            '’' | '‘' => folded.push('\''),
            // NFKC has turned U+2011 into U+2010, which stays: it is another letter than the hyphen here.
            '–' | '—' | '-' => {
                if folded.ends_with(' ') {
                    folded.pop();
                }
                folded.push('-');
                while chars.next_if(|&c| is_space(c)).is_some() {}
            }
            c if is_space(c) => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    casefold(folded.trim_matches([' ', '.', ',', ';', ':', '!']))
}

/// Case folding of text in compatibility composition: lower case, and the two letters of modern Latin, Greek and
/// Cyrillic where folding differs from that.
fn casefold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'ς' => folded.push('σ'),
            c => folded.push(c),
        }
    }
    folded
}

/// How alike two strings are once folded, from 0 to 1.
#[must_use]
pub fn sim(a: &str, b: &str) -> f64 {
    folded_sim(&fold(a), &fold(b))
}

/// [`sim`] of what is folded already.
#[must_use]
pub fn folded_sim(a: &str, b: &str) -> f64 {
    if a == b {
        1.0
    } else if a.is_empty() || b.is_empty() {
        0.0
    } else {
        ratio(a, b)
    }
}

/// Similarity by insertions and deletions: twice the length of the longest common subsequence over the sum of the
/// lengths, in characters.
#[must_use]
pub fn ratio(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    ratio_of(common_subsequence(&a, &b), a.len() + b.len())
}

/// A bound that [`ratio`] never passes, from the lengths in characters alone.
pub(super) fn ratio_bound(a: usize, b: usize) -> f64 {
    if a + b == 0 { 1.0 } else { ratio_of(a.min(b), a + b) }
}

/// The order of the operations decides about the last bit, and the last bit about a tie at a threshold.
fn ratio_of(common: usize, total: usize) -> f64 {
    let distance = (total - 2 * common) as f64;
    (1.0 - distance / total as f64) * 100.0 / 100.0
}

/// Length of the longest common subsequence, 64 characters of `a` at a time (Hyyrö 2004: a zero in `row` is a step of
/// the length).
fn common_subsequence(a: &[char], b: &[char]) -> usize {
    let width = a.len().div_ceil(64);
    let mut masks: FxHashMap<char, Vec<u64>> = FxHashMap::default();
    for (at, &c) in a.iter().enumerate() {
        masks.entry(c).or_insert_with(|| vec![0; width])[at / 64] |= 1 << (at % 64);
    }
    let mut row = vec![u64::MAX; width];
    for c in b {
        let Some(mask) = masks.get(c) else { continue };
        let mut carry = false;
        for (word, mask) in row.iter_mut().zip(mask) {
            let matched = *word & mask;
            let (sum, first) = word.overflowing_add(matched);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *word = sum | (*word - matched);
        }
    }
    row.iter().map(|word| word.count_zeros() as usize).sum()
}

/// The words of `text` once folded: runs of letters, digits and `_`.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    fold(text).split(|c| !is_word(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Precision and recall of the words of two texts in one number, in their order: what lies in common blocks, the
/// longest block first and then left and right of it.
#[must_use]
pub fn word_f1(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    2.0 * matching_words(&a, &b) as f64 / (a.len() + b.len()) as f64
}

fn matching_words(a: &[String], b: &[String]) -> usize {
    if a == b {
        return a.len();
    }
    let mut places: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, word) in b.iter().enumerate() {
        places.entry(word).or_default().push(at);
    }
    let a: Vec<&[usize]> = a.iter().map(|word| places.get(word.as_str()).map_or(&[][..], Vec::as_slice)).collect();
    let (mut matched, mut open) = (0, vec![(0, a.len(), 0, b.len())]);
    while let Some((a_start, a_end, b_start, b_end)) = open.pop() {
        let (a_at, b_at, size) = longest_block(&a, a_start..a_end, b_start..b_end);
        if size > 0 {
            matched += size;
            open.push((a_start, a_at, b_start, b_at));
            open.push((a_at + size, a_end, b_at + size, b_end));
        }
    }
    matched
}

/// Where the longest run of equal words starts in `a` and in `b`, and its length; of several, the first in `a`, then
/// the first in `b`. `a` gives for each of its words the places in `b`, ascending.
fn longest_block(a: &[&[usize]], a_range: Range<usize>, b_range: Range<usize>) -> (usize, usize, usize) {
    let mut best = (a_range.start, b_range.start, 0);
    // The length of the run that ends at the previous word of `a` and a place in `b`.
    let (mut runs, mut next) = (FxHashMap::<usize, usize>::default(), FxHashMap::default());
    for a_at in a_range {
        let from = a[a_at].partition_point(|&at| at < b_range.start);
        for &b_at in a[a_at][from..].iter().take_while(|&&at| at < b_range.end) {
            let size = 1 + b_at.checked_sub(1).and_then(|before| runs.get(&before)).copied().unwrap_or(0);
            next.insert(b_at, size);
            if size > best.2 {
                best = (a_at + 1 - size, b_at + 1 - size, size);
            }
        }
        std::mem::swap(&mut runs, &mut next);
        next.clear();
    }
    best
}

/// `text` without the tags, heading marks and stars that extractors leave.
#[must_use]
pub fn strip_markup(text: &str) -> String {
    let text = strip_tags(text);
    let text = unwrap_double_stars(strip_heading(&text));
    let text = unwrap_single_stars(&text).replace("**", "");
    text.trim_matches(is_space).to_owned()
}

fn strip_tags(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(open) = rest.find('<') {
        let tag = &rest[open + 1..];
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let after = TAGS.iter().find_map(|tag| name.strip_prefix(tag)?.strip_prefix('>'));
        out.push_str(&rest[..if after.is_some() { open } else { open + 1 }]);
        rest = after.unwrap_or(tag);
    }
    out + rest
}

fn strip_heading(text: &str) -> &str {
    let marks = text.trim_start_matches(is_space);
    let title = marks.trim_start_matches('#');
    let heading = (1..=6).contains(&(marks.len() - title.len())) && title.starts_with(is_space);
    if heading { title.trim_start_matches(is_space) } else { text }
}

/// `**a**` becomes `a`, on one line.
fn unwrap_double_stars(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(open) = rest.find("**") {
        let inner = &rest[open + 2..];
        let first = inner.chars().next().map_or(0, char::len_utf8);
        match inner[first..].find("**").map(|at| at + first).filter(|&at| !inner[..at].contains('\n')) {
            Some(close) => {
                out.push_str(&rest[..open]);
                out.push_str(&inner[..close]);
                rest = &inner[close + 2..];
            }
            // The second star may open what the first one does not.
            None => {
                out.push_str(&rest[..=open]);
                rest = &rest[open + 1..];
            }
        }
    }
    out + rest
}

/// `*a*` becomes `a`, on one line, where the stars hug the words between them and no word outside.
fn unwrap_single_stars(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let word_at = |at: usize| chars.get(at).copied().is_some_and(is_word);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    while at < chars.len() {
        let opens = chars[at] == '*'
            && !at.checked_sub(1).is_some_and(word_at)
            && chars.get(at + 1).is_some_and(|&next| !is_space(next));
        let close = opens
            .then(|| {
                (at + 2..chars.len())
                    .take_while(|&end| chars[end - 1] != '\n')
                    .find(|&end| chars[end] == '*' && !is_space(chars[end - 1]) && !word_at(end + 1))
            })
            .flatten();
        if let Some(close) = close {
            out.extend(&chars[at + 1..close]);
            at = close + 1;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Lines made one, with the breaks and the hyphenation that they caused undone.
#[must_use]
pub fn join<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for line in lines {
        let line = strip_markup(line);
        if line.is_empty() {
            continue;
        }
        if out.ends_with('-') && line.starts_with(char::is_lowercase) && !out.ends_with(" -") {
            out.pop();
        } else if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&line);
    }
    let mut spaced = String::with_capacity(out.len());
    for word in out.split(is_space).filter(|word| !word.is_empty()) {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// The paragraphs in some ranges of lines (1-based, inclusive): parted by blank lines and ends of ranges, and put
/// together again where one ends in the middle of a sentence or the next starts in one.
#[must_use]
pub fn paragraphs(lines: &[String], ranges: &[(usize, usize)]) -> Vec<String> {
    let mut parts = Vec::new();
    for &(first, last) in ranges {
        let range = lines.iter().skip(first.saturating_sub(1)).take((last + 1).saturating_sub(first.max(1)));
        let range: Vec<&str> = range.map(|line| line.trim_matches(is_space)).collect();
        parts.extend(
            range.split(|line| line.is_empty()).filter(|part| !part.is_empty()).map(|part| join(part.to_vec())),
        );
    }
    let mut out: Vec<String> = Vec::new();
    for part in parts {
        match out.last_mut() {
            Some(last) if !ends_sentence(last) || part.starts_with(char::is_lowercase) => {
                *last = join([last.as_str(), &part]);
            }
            _ => out.push(part),
        }
    }
    out
}

/// Whether a paragraph ends as a sentence does, a footnote's number aside.
fn ends_sentence(paragraph: &str) -> bool {
    let text = paragraph.trim_end_matches(|c: char| c.is_ascii_digit());
    text.ends_with(['.', '!', '?', ':', '”', '"', '’', ')', ']'])
}

/// White space and the four separators of ASCII.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// A letter, digit or `_`; no mark that stands on a letter.
fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric() && !is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "The internal and external dimensions of migration policy are inherently interconnected, yet \
                        finding the right";

    #[test]
    fn folding_drops_what_does_not_count() {
        for (text, folded) in [
            ("  **Trust**  needs <b>part\u{ad}ners</b>. ", "trust needs partners"),
            ("“We can’t” – she said — „no“", "we can't-she said-no"),
            ("Straße \u{2011} Große \u{1e9e}", "strasse \u{2010} grosse ss"),
            ("part -\nner", "part-ner"),
            ("### A heading!", "a heading"),
            ("####### seven", "####### seven"),
            ("*a* b*c* *d*e * f * **x*", "a b*c* d*e * f * x"),
            ("**a** ** b ** ****", "a b"),
            ("A\u{fb01}…", "afi"),
            ("ODYSSEUS ΟΔΥΣΣΕΥΣ ς", "odysseus οδυσσευσ σ"),
            ("x\u{a0}\u{1f}y", "x y"),
            ("** one\ntwo **", "one two"),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }

    #[test]
    fn ratio_is_that_of_the_common_subsequence() {
        let reworded = LONG.replace("policy", "politics").replace("yet", "but");
        let reversed: String = LONG.chars().rev().collect();
        let (ones, shifted) = ("a".repeat(64) + "b", "b".to_owned() + &"a".repeat(64));
        for (a, b, expected) in [
            ("", "", 1.0),
            ("a", "", 0.0),
            ("abc", "abc", 1.0),
            ("kitten", "sitting", 0.615_384_615_384_615_4),
            ("Selma El Nadir", "Selma Elnadir", 0.888_888_888_888_888_8),
            ("šimoňák", "simonak", 0.571_428_571_428_571_4),
            (LONG, &reworded, 0.963_636_363_636_363_6),
            (LONG, &reversed, 0.431_192_660_550_458_7),
            (&ones, &shifted, 0.984_615_384_615_384_7),
            (&"ab".repeat(100), &"ba".repeat(65), 0.787_878_787_878_787_8),
        ] {
            assert_eq!(ratio(a, b), expected, "{a:?} {b:?}");
            assert!(ratio_bound(a.chars().count(), b.chars().count()) >= expected, "{a:?} {b:?}");
        }
        assert_eq!(sim("H.E. “Ana” Silva.", "h.e. ana silva"), 1.0);
        assert_eq!(sim("", " . "), 1.0);
        assert_eq!(sim("a", ""), 0.0);
    }

    #[test]
    fn words_count_in_their_order() {
        let moved = "The external and internal dimensions of policy are interconnected, yet finding the right";
        for (a, b, expected) in [
            ("", "", 1.0),
            ("...", "!", 1.0),
            ("one", "", 0.0),
            ("One two, three.", "one TWO three", 1.0),
            ("a b c d e f", "d e f a b c", 0.5),
            ("a b c x y", "a x b c y", 0.8),
            ("the cat the dog the end", "the end the dog the cat", 0.666_666_666_666_666_6),
            ("re-think it’s", "rethink its", 0.0),
            (LONG, moved, 0.785_714_285_714_285_7),
        ] {
            assert_eq!(word_f1(a, b), expected, "{a:?} {b:?}");
        }
    }

    #[test]
    fn lines_are_joined() {
        for (lines, joined) in [
            (&["part-", "nerships"][..], "partnerships"),
            (&["EU-", "Africa"], "EU- Africa"),
            (&["pre- and post -", "departure"], "pre- and post - departure"),
            (&["**Bold**", "", "  # x"], "Bold x"),
            (&["a -", "b"], "a - b"),
            (&["well-", "<i>being</i>"], "wellbeing"),
            (&["a  b", "c"], "a b c"),
        ] {
            assert_eq!(join(lines.iter().copied()), joined, "{lines:?}");
        }
    }

    #[test]
    fn paragraphs_go_on_where_a_sentence_does() {
        let lines = [
            "First one starts",
            "and ends here.",
            "",
            "Second ends.12",
            "",
            "third goes on lower",
            "",
            "Fourth is cut",
            "“A quote.”",
            "by a quote.",
            "",
            "* item",
            "(end)",
            "Not in any range.",
        ]
        .map(str::to_owned);
        let second = "Second ends.12 third goes on lower Fourth is cut “A quote.” by a quote.";
        for (ranges, expected) in [
            (&[(1, 13)][..], &["First one starts and ends here.", second, "* item (end)"][..]),
            (&[(1, 2), (4, 4)], &["First one starts and ends here.", "Second ends.12"]),
            (&[(8, 8), (10, 10)], &["Fourth is cut by a quote."]),
            (&[(9, 9), (12, 13)], &["“A quote.”", "* item (end)"]),
            (&[(1, 1), (2, 2), (14, 14)], &["First one starts and ends here.", "Not in any range."]),
            (&[], &[]),
        ] {
            assert_eq!(paragraphs(&lines, ranges), expected, "{ranges:?}");
        }
    }
}
