use std::cmp::Reverse;

use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::Span;

use crate::rules::{Subject, places::gathered};

rule! {
    /// Some lines end in another way than the others.
    ///
    /// # Why it matters
    /// The text was put together from several files or edited by hand; other tools number its lines differently.
    ///
    /// # Example
    /// A file with CR LF at the end of most lines and LF at the end of one.
    ///
    /// # What to do
    /// See whether anything was added or lost there. To make them alike: `dos2unix report.txt`.
    "text/mixed-line-ends", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let source = report.context.source;
        let text = source.text().as_bytes();
        let mut ends: [(&str, Vec<Span>); 3] = [("CR LF", Vec::new()), ("LF", Vec::new()), ("CR", Vec::new())];
        for at in memchr::memchr2_iter(b'\n', b'\r', text) {
            match (text[at], text.get(at + 1)) {
                (b'\r', Some(b'\n')) => ends[0].1.push(Span::new(at, at + 2)),
                (b'\r', _) => ends[2].1.push(Span::new(at, at + 1)),
                _ if at > 0 && text[at - 1] == b'\r' => {}
                _ => ends[1].1.push(Span::new(at, at + 1)),
            }
        }
        ends.sort_by_key(|(_, places)| Reverse(places.len()));
        let [(usual, _), others @ ..] = &ends;
        for (name, places) in others {
            let what = format!("a line end {name}, where most are {usual},");
            findings.extend(gathered(&RULE, &what, source, places, "see whether anything was added or lost there"));
        }
    }
}
