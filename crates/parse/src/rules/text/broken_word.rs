use rapporteur_diagnostics::{Finding, rule};
use rapporteur_grammar::Lexicon;

use crate::rules::{
    Subject,
    words::{Word, Words},
};

rule! {
    /// A word is broken by a space.
    ///
    /// Its two halves stand next to each other, one of them stands nowhere else in the text, and the whole word does; or
    /// a hyphen and a space stand between them.
    ///
    /// # Why it matters
    /// The word is not found when the document is searched, and names so broken are not recognised.
    ///
    /// # Example
    /// ```text
    /// the profes sional rope makers of the INTRO- DUCTION
    /// ```
    ///
    /// # What to do
    /// Correct the text that was extracted, or extract it again: some tools take a wide letter space for a word's end.
    "text/broken-word", Warning
}

/// Halves of fewer letters than this are words of their own too often.
const SHORTEST_HALF: usize = 2;
/// Shorter words are put together of two others too often.
const SHORTEST_WORD: usize = 7;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for (report, words) in subject.worded() {
        for (left, between, right) in words.pairs() {
            if !is_broken(words, left, between, right, report.context.lexicon) {
                continue;
            }
            let whole = format!("{}{}", left.text, right.text);
            let span = words.span(left.piece, left.range.start..right.range.end);
            findings.push(
                Finding::new(&RULE, format!("“{}{between}{}” is likely “{whole}”", left.text, right.text))
                    .at(report.context.source.id(), span, "broken by a space")
                    .help("the document has it as it is printed here"),
            );
        }
    }
}

fn is_broken(words: &Words<'_, '_>, left: &Word<'_>, between: &str, right: &Word<'_>, lexicon: &Lexicon) -> bool {
    let hyphen = between == "- ";
    if between != " " && !hyphen {
        return false;
    }
    let rare = words.count(&left.lower) == 1 || words.count(&right.lower) == 1;
    if !rare && !hyphen {
        return false;
    }
    let halves = [left, right];
    let long = |word: &&Word<'_>| word.text.chars().count() >= SHORTEST_HALF;
    let capitals = left.text.chars().all(char::is_uppercase);
    let one_case = right.text.chars().all(|c| if capitals { c.is_uppercase() } else { c.is_lowercase() });
    if !halves.iter().all(long) || !one_case || lexicon.is_function_word(&right.lower) {
        return false;
    }
    let whole = format!("{}{}", left.lower, right.lower);
    if hyphen {
        return words.count(&whole) > 0 || rare && words.count(&right.lower) == 1;
    }
    whole.chars().count() >= SHORTEST_WORD && rare && words.count(&whole) > 0 && !lexicon.is_function_word(&left.lower)
}
