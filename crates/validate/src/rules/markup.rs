use rapporteur_diagnostics::rule;
use rapporteur_grammar::leftover_mark;

use crate::fault::Fault;
use crate::subject::Subject;

rule! {
    /// Marks of HTML, LaTeX or Markdown, or characters that are none of a text, stand in a text.
    ///
    /// # Why it matters
    /// They are no words of the report, and whoever prints the text prints them too.
    ///
    /// # Example
    /// ```json
    /// {"title": "Ropes &amp; <b>knots</b>"}
    /// ```
    ///
    /// # What to do
    /// Write the text as the report prints it.
    "document/markup", Warning
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    for node in &subject.texts {
        if let Some(mark) = node.str().filter(|text| may_have_mark(text)).and_then(found) {
            faults.push(subject.fault(&RULE, node.span(), &format!("there is {mark} in the text")));
        }
    }
}

/// The first mark in a text.
/// Whether there is a byte that marks begin with. Most texts have none, which is told of many bytes at once.
fn may_have_mark(text: &str) -> bool {
    let begins = |byte: u8| {
        matches!(byte, b'<' | b'&' | b'\\' | b'*' | ..b' ' | 0x7f)
            // those of U+00AD and other controls, and of U+FFFD
            || matches!(byte, 0xc2 | 0xef)
    };
    text.bytes().fold(false, |found, byte| found | begins(byte))
}

fn found(text: &str) -> Option<String> {
    for (at, c) in text.char_indices() {
        match c {
            '<' | '&' | '\\' => {
                if let Some((mark, _)) = leftover_mark(&text[at..]) {
                    return Some(format!("the mark `{mark}`"));
                }
            }
            '*' if text[at..].starts_with("**") => return Some("the mark `**`".to_owned()),
            '\u{ad}' => return Some("a soft hyphen (U+00AD)".to_owned()),
            '\u{fffd}' => return Some("a character that was lost (U+FFFD)".to_owned()),
            c if c.is_control() && !c.is_ascii_whitespace() => {
                return Some(format!("a control character (U+{:04X})", u32::from(c)));
            }
            _ => {}
        }
    }
    None
}
