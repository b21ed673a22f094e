//! Findings written down: one file a format, all made from the same findings and sources.
//!
//! Nothing here reads or writes files. Labels that name none of the sources are left out; spans are moved into the text
//! that they point into. Nothing takes time that grows with the length of a source for each finding.

mod github;
pub mod json;
mod junit;
mod place;
mod plain;
pub mod sarif;

pub use github::github;
pub use json::json;
pub use junit::junit;
pub use plain::plain;
pub use sarif::sarif;

/// Most places of one finding that are shown to a person; of further ones is told how many there are.
pub const SHOWN: usize = 5;

/// What is said of the places of one finding that are not shown, where there are such.
#[must_use]
pub fn more_places(more: usize) -> Option<String> {
    (more > 0).then(|| format!("and {}", crate::count(more, "more place", "more places")))
}

/// `text` on one line, without characters that would do something to a terminal or hide something from the reader, or
/// that XML does not allow.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.chars().map(harmless_char).collect()
}

/// [`harmless`], one character.
#[must_use]
pub fn harmless_char(c: char) -> char {
    match c {
        '\t' | '\n' => ' ',
        '\u{ad}' => '-',
        // Zero width, direction, byte order, no character at all.
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fffe}'..='\u{ffff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// Pretty-printed, with a line end at the end.
fn pretty(value: &impl serde::Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value).expect("the types of the formats have string keys only");
    json.push('\n');
    json
}
