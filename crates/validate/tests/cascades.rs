//! A fault that makes others is told once, at its cause.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rapporteur_model::VERSIONS;
use rapporteur_source::Source;
use rapporteur_validate::{Lookup, Text, Validator};

/// The code of each finding, and the text that it points to first.
fn told(bytes: impl Into<Vec<u8>>) -> Vec<(&'static str, String)> {
    told_with(bytes.into(), None)
}

/// The same where the texts are at hand.
fn told_against_texts(text: String) -> Vec<(&'static str, String)> {
    told_with(
        text.into_bytes(),
        Some(&|recorded| {
            let bytes = fs::read(versions().join("sources").join(recorded.path)).ok()?;
            Some(Arc::new(Text::new(Source::new(recorded.path, recorded.path, bytes))))
        }),
    )
}

fn told_with(bytes: Vec<u8>, lookup: Option<Lookup<'_>>) -> Vec<(&'static str, String)> {
    let file = Source::new("x.json", "x.json", bytes);
    let faults = Validator::new().document(&file, lookup).faults;
    let place = |label: &rapporteur_diagnostics::Label| file.text()[label.start..label.end].to_owned();
    faults.iter().map(|fault| (fault.finding.rule.code, place(&fault.finding.labels[0]))).collect()
}

fn versions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/versions")
}

/// A sound document, with one text put for another.
fn with(before: &str, after: &str) -> String {
    let text =
        fs::read_to_string(versions().join(VERSIONS.file(VERSIONS.today))).expect("every version has a document");
    assert!(text.contains(before), "{before} is not in the document");
    text.replacen(before, after, 1)
}

#[test]
fn what_is_no_number_is_no_wrong_value_as_well() {
    for number in ["NaN", "-Infinity"] {
        let text = with("\"position\": 1,", &format!("\"position\": {number},"));
        assert_eq!(told(text), [("document/not-json", number.to_owned())]);
    }
}

#[test]
fn a_value_with_bytes_that_are_no_text_is_told_for_these_alone() {
    let spoilt = |text: String| {
        let at = text.find('§').expect("it is there");
        let mut bytes = text.into_bytes();
        bytes.splice(at..at + '§'.len_utf8(), [0xfc]);
        told(bytes)
    };
    let codes = |told: Vec<(&'static str, String)>| told.into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    assert_eq!(codes(spoilt(with("\"start_date\": \"", "\"start_date\": \"§"))), ["document/not-utf-8"]);
    assert_eq!(codes(spoilt(with("\"edition\": {", "§\"edition\": {"))), ["document/not-utf-8"]);
}

#[test]
fn a_file_in_utf_16_is_told_once() {
    let text = with("Rope Forum", "Rôpe Forum ž");
    for encoded in [
        text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
        text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ] {
        let mark: &[u8] = if encoded[0] == 0 { &[0xfe, 0xff] } else { &[0xff, 0xfe] };
        let told = told([mark, &encoded].concat());
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, "document/not-utf-8");
    }
}

#[test]
fn a_newer_version_is_told_and_nothing_else() {
    let today = format!("\"{}\"", VERSIONS.today);
    let text = with("\"edition\":", "\"editions\":").replacen(&today, "\"9.0.0\"", 1);
    assert_eq!(told(text), [("document/schema-version", "\"9.0.0\"".to_owned())]);
}

#[test]
fn a_value_that_is_not_json_is_told_for_that_alone() {
    let text = with("\"year\": 2031", "\"year\": 1e999");
    assert_eq!(told(text), [("document/not-json", "1e999".to_owned())]);
    let text = with("\"city\": \"Selvik\"", "\"city\": \"Sel\tvik\"");
    assert_eq!(told(text), [("document/not-json", "\t".to_owned())]);
}

#[test]
fn an_id_that_follows_from_a_spoilt_value_is_not_told_beside_it() {
    let text = with("\"start\": \"09:30\"", "\"start\": \"24:30\"");
    assert_eq!(told(text), [("document/schema", "\"24:30\"".to_owned())]);
    let text = with("\"start\": \"09:30\"", "\"strat\": \"09:30\"");
    assert_eq!(told(text), [("document/unknown-field", "\"strat\"".to_owned())]);
}

#[test]
fn spoilt_evidence_is_no_missing_evidence_as_well() {
    for place in ["-5", "\"0\"", "null"] {
        let text = with("\"start\": 0,", &format!("\"start\": {place},"));
        assert_eq!(told(text), [("document/schema", place.to_owned())]);
    }
}

#[test]
fn a_misspelt_name_is_not_told_again_where_somebody_is_quoted() {
    let told = told_against_texts(with(
        "\"name\": \"Ada Brunsen\",\n      \"honorific\"",
        "\"name\": \"Ada Brunson\",\n      \"honorific\"",
    ));
    assert_eq!(told, [("document/evidence-differs", "\"Ada Brunson\"".to_owned())]);
}

#[test]
fn a_day_that_there_is_not_is_not_told_again_as_another_one_than_the_text_has() {
    let text = with("\"start_date\": \"2031-05-05\"", "\"start_date\": \"2031-06-31\"");
    assert_eq!(told_against_texts(text), [("document/impossible-date", "\"2031-06-31\"".to_owned())]);
}
