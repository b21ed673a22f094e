use std::path::Path;

use memchr::memmem;
use rapporteur_source::{Source, Span};

use crate::{Finding, Label, Rule};

/// That somebody has looked at a finding, and that it need not be told again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The rule whose finding it is.
    pub rule: &'static Rule,
    /// A phrase of the text at the finding's place; white space counts as one space, whatever it is.
    pub at: String,
    /// The end of the path of the only source that is meant: `report.txt`, `2031/report.txt`; all are without it.
    pub source: Option<String>,
}

impl Silence {
    /// Whether it is about this source.
    #[must_use]
    pub fn is_for(&self, source: &Source) -> bool {
        self.source.as_ref().is_none_or(|end| Path::new(source.path()).ends_with(end))
    }
}

/// Drops the findings that a silence is for, and says of each silence whether there was any.
///
/// A silence is for the findings of its rule that have a label on its phrase: at least one letter of the one is a letter
/// of the other. An empty label is on the letter that it stands before.
pub fn silence(silences: &[Silence], findings: &mut Vec<Finding>, sources: &[Source]) -> Vec<bool> {
    let mut used = vec![false; silences.len()];
    for (silence, used) in silences.iter().zip(&mut used) {
        if !findings.iter().any(|finding| finding.rule == silence.rule) {
            continue;
        }
        let sources = sources.iter().filter(|source| silence.is_for(source));
        let phrases: Vec<_> = sources.map(|source| (source, occurrences(source.text(), &silence.at))).collect();
        let is_at = |label: &Label| {
            phrases.iter().any(|(source, spans)| source.id() == label.source && is_on(source, label, spans))
        };
        let before = findings.len();
        findings.retain(|finding| finding.rule != silence.rule || !finding.labels.iter().any(is_at));
        *used = findings.len() < before;
    }
    used
}

/// Whether a label is on one of these spans, which stand in order and apart.
fn is_on(source: &Source, label: &Label, spans: &[Span]) -> bool {
    let label = source.clamp(label.start, label.end);
    let end = label.end.max(label.start + 1);
    let next = spans.partition_point(|span| span.end <= label.start);
    spans.get(next).is_some_and(|span| span.start < end)
}

/// Where `phrase` stands in a text, whatever the white space between its words.
fn occurrences(text: &str, phrase: &str) -> Vec<Span> {
    let mut words = phrase.split_whitespace();
    let Some(first) = words.next() else { return Vec::new() };
    let mut spans: Vec<Span> = Vec::new();
    for start in memmem::find_iter(text.as_bytes(), first) {
        let rest = words.clone().try_fold(&text[start + first.len()..], |rest, word| {
            let word_on = rest.trim_start();
            if word_on.len() == rest.len() { None } else { word_on.strip_prefix(word) }
        });
        if let Some(rest) = rest.filter(|_| spans.last().is_none_or(|last| last.end <= start)) {
            spans.push(Span::new(start, text.len() - rest.len()));
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    static MISSPELT: Rule = Rule { code: "person/misspelt", severity: Severity::Warning, documentation: "" };
    static VARIANT: Rule = Rule { code: "person/variant", severity: Severity::Advice, documentation: "" };

    fn found(text: &str, phrase: &str) -> Vec<(usize, usize)> {
        occurrences(text, phrase).into_iter().map(|span| (span.start, span.end)).collect()
    }

    #[test]
    fn a_phrase_is_found_whatever_the_white_space() {
        assert_eq!(found("Ada Brunn, Ada\n  Brunn, AdaBrunn, Ada-Brunn", " Ada  Brunn "), [(0, 9), (11, 22)]);
        assert_eq!(found("Žofie Žofie", "Žofie"), [(0, 6), (7, 13)]);
        assert_eq!(found("a a a", "a a"), [(0, 3)], "one after the other, and none over another");
        assert_eq!(found("Ada", "Ada Brunn"), []);
        assert_eq!(found("Ada", " "), []);
    }

    /// Of findings at `spans` of the text `Ada Brunn spoke. Ada Brun left.`, how many are left; and whether the silence
    /// was used.
    fn left(silence_: &Silence, rule: &'static Rule, spans: &[(usize, usize)]) -> (usize, bool) {
        let source = Source::new("report", "2031/report.txt", b"Ada Brunn spoke. Ada Brun left.".to_vec());
        let mut finding = Finding::new(rule, "");
        for &(start, end) in spans {
            finding.labels.push(Label { source: "report".to_owned(), start, end, text: String::new(), pointer: None });
        }
        let mut findings = vec![finding];
        let used = silence(std::slice::from_ref(silence_), &mut findings, &[source]);
        (findings.len(), used[0])
    }

    #[test]
    fn a_finding_is_silenced_where_one_of_its_labels_is_on_the_phrase() {
        let silence = Silence { rule: &MISSPELT, at: "Ada Brun left".to_owned(), source: None };
        for spans in [&[(17, 25)][..], &[(0, 9), (17, 25)], &[(0, 31)], &[(29, 31)], &[(17, 17)], &[(0, usize::MAX)]] {
            assert_eq!(left(&silence, &MISSPELT, spans), (0, true), "{spans:?}");
        }
        for spans in [&[][..], &[(0, 9)], &[(0, 17)], &[(30, 31)], &[(30, 30)], &[(99, 120)]] {
            assert_eq!(left(&silence, &MISSPELT, spans), (1, false), "{spans:?}");
        }
        assert_eq!(left(&silence, &VARIANT, &[(17, 25)]), (1, false));
    }

    #[test]
    fn a_source_is_named_by_the_end_of_its_path() {
        for (source, expected) in [
            (None, (0, true)),
            (Some("report.txt"), (0, true)),
            (Some("2031/report.txt"), (0, true)),
            (Some("port.txt"), (1, false)),
            (Some("2030/report.txt"), (1, false)),
        ] {
            let silence = Silence { rule: &MISSPELT, at: "Ada".to_owned(), source: source.map(str::to_owned) };
            assert_eq!(left(&silence, &MISSPELT, &[(17, 25)]), expected, "{source:?}");
        }
    }
}
