use std::sync::LazyLock;

use rapporteur_diagnostics::rule;
use rapporteur_grammar::Lexicon;

use crate::fault::Fault;
use crate::subject::Subject;

rule! {
    /// A word is broken by a hyphen and a space.
    ///
    /// # Why it matters
    /// The word is not found when it is looked for.
    ///
    /// # Example
    /// ```json
    /// {"summary": ["the ropes of the intro- duction"]}
    /// ```
    ///
    /// # What to do
    /// Put the halves together.
    "document/broken-word", Warning
}

/// Halves of fewer letters than this are words of their own too often.
const SHORTEST_HALF: usize = 2;

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::embedded);
    for node in &subject.texts {
        let text = node.str().unwrap_or_default();
        for (at, _) in text.match_indices('-').filter(|(at, _)| text[at + 1..].starts_with(' ')) {
            let is_letter = |c: char| !c.is_alphabetic();
            let left = text[..at].rsplit(is_letter).next().unwrap_or_default();
            let right = text[at + 2..].split(is_letter).next().unwrap_or_default();
            let is_half = |word: &str| word.chars().count() >= SHORTEST_HALF;
            let one_case = right.chars().all(char::is_lowercase)
                || [left, right].iter().all(|half| half.chars().all(char::is_uppercase));
            // short- and long-term
            if is_half(left) && is_half(right) && one_case && !LEXICON.is_function_word(right) {
                let message = format!("“{left}- {right}” is likely “{left}{right}”");
                faults.push(subject.fault(&RULE, node.span(), &message));
            }
        }
    }
}
