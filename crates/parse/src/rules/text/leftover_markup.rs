use std::collections::BTreeMap;

use rapporteur_diagnostics::{Finding, rule};
use rapporteur_grammar::leftover_mark;
use rapporteur_source::Span;

use crate::rules::{Subject, places::gathered};

rule! {
    /// Marks of HTML or LaTeX are left in the text.
    ///
    /// # Why it matters
    /// They are no words of the report. Those that are known are left out of the document; others would stand in it.
    ///
    /// # Example
    /// ```text
    /// Watch the panel! $\rightarrow$ on stage <b>Ada Brun</b>
    /// ```
    ///
    /// # What to do
    /// Nothing where the document has the words without them. Else extract the text as plain text.
    "text/leftover-markup", Advice
}

/// A tag or an entity is at most this long, in bytes.
const LONGEST: usize = 120;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let source = report.context.source;
        let text = source.text();
        let mut places: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        for at in memchr::memchr3_iter(b'<', b'&', b'\\', text.as_bytes()) {
            let end = (at..=text.len().min(at + LONGEST)).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(at);
            if let Some((mark, length)) = leftover_mark(&text[at..end]) {
                places.entry(mark).or_default().push(Span::new(at, at + length));
            }
        }
        for (mark, places) in places {
            let what = format!("the mark `{mark}`");
            let help = "nothing to do where the document has the words without it";
            findings.extend(gathered(&RULE, &what, source, &places, help));
        }
    }
}
