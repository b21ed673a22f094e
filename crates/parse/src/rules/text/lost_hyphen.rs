use rapporteur_diagnostics::{Finding, count, rule};
use rapporteur_source::Span;
use rustc_hash::FxHashMap;

use crate::rules::Subject;

rule! {
    /// A word stands without the hyphen that it has elsewhere.
    ///
    /// # Why it matters
    /// A hyphen at the end of a line was taken for one that only breaks the word.
    ///
    /// # Example
    /// ```text
    /// more comprehensive, routebased approaches … a route-based approach
    /// ```
    ///
    /// # What to do
    /// See which of the two the report prints.
    "text/lost-hyphen", Advice
}

/// Parts with fewer letters than this are prefixes, which stand with and without a hyphen: `co-operation`.
const SHORTEST_PART: usize = 4;

/// A compound as it is printed with its hyphen.
struct Compound {
    text: String,
    times: usize,
    /// Where it stands first.
    first: Span,
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for (report, words) in subject.worded() {
        let mut compounds: FxHashMap<String, Compound> = FxHashMap::default();
        for (left, between, right) in words.pairs() {
            let long = [left, right].iter().all(|word| word.text.chars().count() >= SHORTEST_PART);
            if between == "-" && long && right.text.starts_with(char::is_lowercase) {
                let first = words.span(left.piece, left.range.start..right.range.end);
                let text = format!("{}-{}", left.lower, right.lower);
                let whole = format!("{}{}", left.lower, right.lower);
                compounds.entry(whole).or_insert(Compound { text, times: 0, first }).times += 1;
            }
        }
        for word in &words.list {
            let Some(compound) = compounds.get(word.lower.as_ref()) else { continue };
            if words.count(&word.lower) > compound.times {
                continue;
            }
            let id = report.context.source.id();
            findings.push(
                Finding::new(&RULE, format!("“{}” is “{}” elsewhere", word.text, compound.text))
                    .at(id, words.span(word.piece, word.range.clone()), "without a hyphen")
                    .at(id, compound.first, format!("with one ({})", count(compound.times, "time", "times"))),
            );
        }
    }
}
