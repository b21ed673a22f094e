//! What the tests of the parser share: the fixtures, and the checks of what was read.

#![allow(dead_code, unused_imports, reason = "each test binary uses a part of it")]

pub(crate) mod checks;
pub(crate) mod fixtures;
pub(crate) mod generate;
pub(crate) mod values;

/// Fails with what a check found, the first faults in full.
#[track_caller]
pub(crate) fn assert_none(what: &str, faults: &[String]) {
    /// As many as a person reads before running the test again.
    const SHOWN: usize = 25;
    let shown: Vec<&str> = faults.iter().take(SHOWN).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} {what}:\n{}", faults.len(), shown.join("\n"));
}

/// `text` in quotation marks, cut to a length that fits a line.
pub(crate) fn shown(text: &str) -> String {
    /// In characters.
    const LONGEST: usize = 90;
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("{short:?}")
}
