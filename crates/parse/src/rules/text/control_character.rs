use std::collections::BTreeMap;

use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::Span;

use crate::rules::{Subject, places::gathered};

rule! {
    /// A character stands in the text that nothing prints.
    ///
    /// A control character, one that only turns the direction of writing, or one that means something in a single font:
    /// what an extractor leaves of a glyph that it has no letter for. The signs that extractors put for a hyphen at the
    /// end of a line are known, and not meant.
    ///
    /// # Why it matters
    /// A letter may be lost there, and what looks like two equal words is not equal.
    ///
    /// # Example
    /// A bell (U+0007) in the place of a bullet, or the ligature of `fi` as U+F001.
    ///
    /// # What to do
    /// Look at the page of the report. If letters are lost, extract the text with another tool.
    "text/control-character", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let source = report.context.source;
        let invalid = |at: usize| source.invalid().iter().any(|span| span.start <= at && at < span.end);
        let mut places: BTreeMap<char, Vec<Span>> = BTreeMap::new();
        for (at, c) in source.text().char_indices().filter(|&(at, c)| is_unprintable(c, at) && !invalid(at)) {
            places.entry(c).or_default().push(Span::new(at, at + c.len_utf8()));
        }
        for (c, places) in places {
            let what = format!("the {} U+{:04X}", kind(c), u32::from(c));
            findings.extend(gathered(&RULE, &what, source, &places, "look whether a letter was lost there"));
        }
    }
}

fn is_unprintable(c: char, at: usize) -> bool {
    match c {
        ' '..='~' => false,
        // line ends, pages, and what extractors put for a hyphen or a break
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{2}' => false,
        '\u{feff}' => at > 0,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => true,
        '\u{e000}'..='\u{f8ff}' => true,
        c => c.is_control(),
    }
}

fn kind(c: char) -> &'static str {
    match c {
        '\u{e000}'..='\u{f8ff}' => "character of a single font",
        c if c.is_control() => "control character",
        _ => "invisible character",
    }
}
