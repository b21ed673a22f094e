//! The findings on the real reports, each read and found true: a line a finding, by code and place.

use std::fmt::Write as _;

use rapporteur_grammar::Lexicon;
use rapporteur_source::Source;

/// The findings of an edition, one a line: severity, code, source and line, message.
fn findings(edition: &str, files: &[&str]) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");
    let sources: Vec<Source> = files
        .iter()
        .map(|file| {
            let path = format!("{folder}/{edition}/{file}.txt");
            let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
            Source::new(*file, format!("{file}.txt"), bytes)
        })
        .collect();
    let reading = rapporteur_parse::read(&sources, &Lexicon::embedded());
    reading.findings.iter().fold(String::new(), |mut text, finding| {
        let place = finding.labels.first().map(|label| {
            let source = sources.iter().find(|source| source.id() == label.source).expect("a label names a source");
            format!("{}:{}", label.source, source.position(label.start).line)
        });
        let _ = writeln!(
            text,
            "{:?} {} {}: {}",
            finding.severity,
            finding.rule,
            place.unwrap_or_default(),
            finding.message
        );
        text
    })
}

#[test]
fn findings_of_2017() {
    insta::assert_snapshot!("vmc2017", findings("vmc2017", &["report"]));
}

#[test]
fn findings_of_2021() {
    insta::assert_snapshot!("vmc2021", findings("vmc2021", &["report", "takeaways"]));
}

#[test]
fn findings_of_2024() {
    insta::assert_snapshot!("vmc2024", findings("vmc2024", &["report", "takeaways"]));
}
