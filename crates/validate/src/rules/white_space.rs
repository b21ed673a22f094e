use rapporteur_diagnostics::rule;

use crate::fault::{Edit, Fault};
use crate::subject::Subject;

rule! {
    /// A text begins or ends with white space, or has more than one space between two words.
    ///
    /// # Why it matters
    /// The text is not found when it is looked for, and does not equal the same text elsewhere.
    ///
    /// # Example
    /// ```json
    /// {"name": "Ada  Brun "}
    /// ```
    ///
    /// # What to do
    /// `rapporteur validate --fix` removes it.
    "document/white-space", Warning
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for node in &subject.texts {
        let Some(text) = node.str().filter(|text| may_have_too_much(text)) else { continue };
        let words: Vec<&str> = text.split(|c: char| c.is_ascii_whitespace()).filter(|word| !word.is_empty()).collect();
        let single = words.join(" ");
        if !single.is_empty() && single != text {
            let message = "there is white space at an end of the text, or too much of it between two words";
            faults.push(subject.fault(&RULE, node.span(), message).fix([Edit::value(node.whole(), single)]));
        }
    }
}

/// Whether there is white space at an end, beside other white space, or other than a space. Most texts have none, which is
/// told of many bytes at once.
fn may_have_too_much(text: &str) -> bool {
    let bytes = text.as_bytes();
    let [first, inner @ ..] = bytes else { return false };
    let neighbours = bytes.iter().zip(inner);
    neighbours.fold(*first <= b' ', |found, (one, next)| found | (*next < b' ') | (*one <= b' ') & (*next <= b' '))
        || bytes.ends_with(b" ")
}
