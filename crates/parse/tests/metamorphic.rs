//! What does not matter to a person does not matter to the tool: the same text with other line ends, blank lines,
//! quotation marks, bullets, spaces or composition of letters says the same.

#[path = "common/mod.rs"]
mod common;

use common::fixtures::{self, Read};
use common::values::{differences, map_strings, values};
use common::{assert_none, checks};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

/// Reads every fixture after a change and compares the values with those before it. What the change does to the values
/// as well (another quotation mark inside a string) is undone by `alike`, on both sides.
#[track_caller]
fn assert_same(change: impl Fn(&str) -> String, alike: impl Fn(&str) -> String) {
    let mut faults = Vec::new();
    let mut changed = 0;
    for Read { fixture, document, .. } in fixtures::ALL.iter() {
        let other = fixture.map(|bytes| change(&String::from_utf8_lossy(bytes)).into_bytes());
        changed += usize::from(other.files[0].bytes != fixture.files[0].bytes);
        let (before, after) = (said(document, &alike), said(&checks::json(&other.read()), &alike));
        faults.extend(differences(&before, &after).into_iter().map(|fault| format!("{}{fault}", fixture.name)));
    }
    assert!(changed > 5, "the change does something: {changed} texts");
    assert_none("values changed", &faults);
}

/// What a document says, apart from where it was read.
fn said(document: &Value, alike: &impl Fn(&str) -> String) -> Value {
    let mut values = values(document.clone());
    map_strings(&mut values, alike);
    values
}

/// For a change that no value shows.
fn as_it_is(text: &str) -> String {
    text.to_owned()
}

#[test]
fn carriage_returns_do_not_matter() {
    assert_same(|text| text.replace('\n', "\r\n"), as_it_is);
}

#[test]
fn a_byte_order_mark_does_not_matter() {
    assert_same(|text| format!("\u{feff}{text}"), as_it_is);
}

#[test]
fn spaces_at_line_ends_do_not_matter() {
    assert_same(|text| text.replace('\n', "  \n"), as_it_is);
}

#[test]
fn a_line_end_at_the_end_does_not_matter() {
    assert_same(|text| text.trim_end().to_owned(), as_it_is);
}

#[test]
fn doubled_blank_lines_do_not_matter() {
    let double = |text: &str| {
        let lines = text.split_inclusive('\n');
        lines.flat_map(|line| if line.trim().is_empty() { [line, "\n"] } else { [line, ""] }).collect()
    };
    assert_same(double, as_it_is);
}

#[test]
fn straight_quotation_marks_do_not_matter() {
    let straight = |text: &str| text.replace(['“', '”', '„'], "\"").replace(['‘', '’'], "'");
    assert_same(straight, straight);
}

#[test]
fn the_shape_of_bullets_does_not_matter() {
    /// What an extractor or a typesetter puts before the entries of a list, and what another puts there.
    const BULLETS: [(&str, &str); 5] = [("• ", "▪ "), ("●", "•"), ("▪", "•"), ("■", "•"), ("- ", "• ")];
    let other = |before: &str, line: &str| {
        let body = line.trim_start();
        // a dash behind a line that ends no sentence may be one of that sentence, and no bullet
        let within = body.starts_with("- ")
            && before.trim_end().ends_with(char::is_alphanumeric)
            && !before.trim_start().starts_with("- ");
        match BULLETS.iter().find(|(bullet, _)| body.starts_with(bullet)) {
            Some((bullet, other)) if !within => line.replacen(bullet, other, 1),
            _ => line.to_owned(),
        }
    };
    let others = |text: &str| {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let before = std::iter::once("").chain(lines.iter().copied());
        before.zip(&lines).map(|(before, line)| other(before, line)).collect()
    };
    // a bullet inside a value is a sign like any other
    let alike = |text: &str| text.replace(['●', '▪', '■'], "•").replace("- ", "• ");
    assert_same(others, alike);
}

#[test]
fn decomposed_letters_do_not_matter() {
    assert_same(|text| text.nfd().collect(), |text| text.nfc().collect());
}
