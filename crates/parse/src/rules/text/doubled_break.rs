use rapporteur_diagnostics::{Finding, rule};

use crate::rules::Subject;

rule! {
    /// Letters of a word are printed on both sides of a line break.
    ///
    /// # Why it matters
    /// Put together, the halves give no word.
    ///
    /// # Example
    /// ```text
    /// of a socio-eco-
    /// conomic kind, as is all socio-economic work
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report: the misprint may be there.
    "text/doubled-break", Warning
}

/// Most letters that are printed twice.
const MOST: usize = 4;
/// Fewer letters on a side are the end of many words.
const SHORTEST: usize = 3;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for (report, words) in subject.worded() {
        for pair in words.list.windows(2) {
            let [left, right] = pair else { continue };
            let ends = report.pieces[left.piece].text()[left.range.end..].trim_end();
            if left.piece == right.piece || !matches!(ends, "-" | "\u{ad}" | "\u{2010}") || right.range.start > 0 {
                continue;
            }
            let most = MOST.min(left.lower.len()).min(right.lower.len());
            let whole = (1..=most).rev().find_map(|doubled| {
                let rest = right.lower.get(doubled..)?;
                let same = left.lower.ends_with(right.lower.get(..doubled)?);
                let whole = format!("{}{rest}", left.lower);
                (same && right.lower.len() >= SHORTEST && words.count(&whole) > 0).then_some(whole)
            });
            // put together as they stand they may well be a word: `bat-tle`, `com-mon`
            let plain = words.count(&format!("{}{}", left.lower, right.lower)) > 0;
            let Some(whole) = whole.filter(|_| !plain) else { continue };
            let id = report.context.source.id();
            findings.push(
                Finding::new(&RULE, format!("letters of “{whole}” stand on both sides of a break"))
                    .at(id, words.span(left.piece, left.range.clone()), "begins here")
                    .at(id, words.span(right.piece, right.range.clone()), "and goes on here"),
            );
        }
    }
}
