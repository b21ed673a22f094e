use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::Span;

use crate::rules::Subject;

rule! {
    /// A quotation is opened and never closed.
    ///
    /// # Why it matters
    /// Where it ends is a guess: a part of it may be missing, or words of others in it.
    ///
    /// # Example
    /// ```text
    /// “A knot is a promise.
    /// Ada Brun, Mayor
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report: was the mark lost, or the rest of the words?
    "quote/unclosed", Warning
}

/// A quotation is at most this long, in bytes; behind it, its mark is lost.
const LONGEST: usize = 3_000;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let pairs = report.context.lexicon.words.glyphs.quotes.iter().filter_map(|pair| {
            let mut chars = pair.chars();
            Some((chars.next()?, chars.next()?))
        });
        // a straight mark opens and closes, and one that is an apostrophe closes nothing
        let pairs: Vec<(char, char)> = pairs.filter(|&(open, close)| open != close && close != '’').collect();
        for at in unclosed(report.context.source.text(), &pairs) {
            let length = report.context.source.text()[at..].chars().next().map_or(0, char::len_utf8);
            findings.push(
                Finding::new(&RULE, "a quotation is opened here and never closed")
                    .at(report.context.source.id(), Span::new(at, at + length), "opened here")
                    .help("look at the page of the report: was the mark lost, or the rest of the words?"),
            );
        }
    }
}

/// Where a mark opens that none closes before the next one opens, or within a quotation's length.
fn unclosed(text: &str, pairs: &[(char, char)]) -> Vec<usize> {
    // `»` opens in one language and closes in another: which of two such marks comes first says which it is here
    let mut openers: Vec<char> = Vec::new();
    for &(open, close) in pairs {
        let turned = pairs.contains(&(close, open));
        let first = |mark: char| text.find(mark).unwrap_or(usize::MAX);
        if !turned || first(open) < first(close) {
            openers.push(open);
        }
    }
    let mut found = Vec::new();
    // one inside another
    let mut open: Vec<(usize, char)> = Vec::new();
    // where the paragraph of a quotation begins
    let mut paragraph = 0;
    for (at, c) in text.char_indices() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            continue;
        }
        if open.last().is_some_and(|&(_, mark)| pairs.contains(&(mark, c))) {
            open.pop();
        } else if openers.contains(&c) {
            let begins = text[..at].trim_end_matches([' ', '\t', '#', '>']).ends_with('\n');
            let from = std::mem::replace(&mut paragraph, at);
            if begins && open.last().is_some_and(|&(_, mark)| mark == c) && goes_on(&text[from..at]) {
                continue;
            }
            // what begins a paragraph stands in no other quotation
            if begins {
                found.extend(open.drain(..).map(|(at, _)| at));
            }
            open.push((at, c));
        } else if open.first().is_some_and(|&(start, _)| at - start > LONGEST) {
            found.push(open.remove(0).0);
        }
    }
    found.extend(open.into_iter().map(|(at, _)| at));
    found
}

/// Whether one paragraph lies between the mark that opens a quotation and one at the head of its next paragraph.
fn goes_on(between: &str) -> bool {
    !between.trim_end().split('\n').any(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::unclosed;

    #[test]
    fn each_mark_that_opens_has_one_that_closes() {
        let pairs = [('“', '”'), ('„', '“'), ('„', '”'), ('«', '»'), ('»', '«')];
        for (text, expected) in [
            ("“a” and “b”", &[][..]),
            ("“a and “b”", &[0]),
            ("“a “nested” and more”", &[]),
            ("“a\n\nAda\n\n“b”", &[0]),
            ("“a” and “b", &[12]),
            ("“a\n\n“b\n\n“c”", &[]),
            ("„a“ und „b“", &[]),
            ("„a und „b“", &[0]),
            ("«a» et «b", &[9]),
            ("»a« und »b«", &[]),
        ] {
            assert_eq!(unclosed(text, &pairs), expected, "{text}");
        }
    }
}
