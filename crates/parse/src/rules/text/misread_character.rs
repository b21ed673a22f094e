use std::ops::Range;

use rapporteur_diagnostics::{Finding, rule};

use crate::rules::{Subject, words::Words};

rule! {
    /// A sign stands inside a word that is likely a letter, misread.
    ///
    /// A digit or a bar between letters, or a capital `I` between small ones where the same word stands with an `l`
    /// elsewhere: what character recognition makes of unclear print.
    ///
    /// # Why it matters
    /// Names are not recognised, or enter the document misspelt.
    ///
    /// # Example
    /// ```text
    /// Li1y Brandt, Mayor of Se1vik
    /// ```
    ///
    /// # What to do
    /// Correct the text that was extracted.
    "text/misread-character", Warning
}

/// What is misread for which letters.
const CONFUSED: &[(char, &str)] =
    &[('0', "oO"), ('1', "lIi"), ('5', "sS"), ('8', "B"), ('6', "b"), ('9', "g"), ('|', "lI"), ('I', "l"), ('!', "li")];

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for (report, words) in subject.worded() {
        for (at, piece) in report.pieces.iter().enumerate() {
            let mut done = 0;
            for sign in signs(piece.text()) {
                let token = token_at(piece.text(), sign);
                // one that holds several is looked at once
                if sign < std::mem::replace(&mut done, token.end) {
                    continue;
                }
                let text = &piece.text()[token.clone()];
                let Some((sign, likely)) = misread(text, words) else { continue };
                let mut finding = Finding::new(&RULE, format!("“{text}” holds `{sign}`, likely a misread letter")).at(
                    report.context.source.id(),
                    words.span(at, token),
                    "",
                );
                if let Some(likely) = likely {
                    finding = finding.help(format!("the text has “{likely}” elsewhere"));
                }
                findings.push(finding);
            }
        }
    }
}

/// Where in `text` a sign stands between letters that may be one of them.
fn signs(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    (1..bytes.len().saturating_sub(1)).filter(move |&at| {
        let sign = bytes[at].is_ascii_digit() || matches!(bytes[at], b'|' | b'!' | b'I');
        sign && is_letter(bytes[at - 1]) && is_letter(bytes[at + 1])
    })
}

/// The token around a byte, without the punctuation behind it.
fn token_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at]
        .rfind(char::is_whitespace)
        .map_or(0, |space| space + text[space..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(char::is_whitespace).map_or(text.len(), |length| at + length);
    start..start + text[start..end].trim_end_matches(|c: char| c.is_ascii_punctuation() && c != '|').len()
}

/// The sign in `token` that is no letter of it, and the word that it is likely meant to be.
fn misread(token: &str, words: &Words<'_, '_>) -> Option<(char, Option<String>)> {
    let is_sign = |c: &char| !c.is_alphabetic() && !matches!(c, '-' | '’' | '\'');
    if token.chars().filter(is_sign).count() > 1 {
        return None;
    }
    let mut before = None;
    let mut chars = token.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let inside = before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_lowercase);
        let confused = CONFUSED.iter().find(|(sign, _)| *sign == c).filter(|_| inside);
        if let Some((_, letters)) = confused {
            let meant = letters.chars().find_map(|letter| {
                let word = format!("{}{letter}{}", &token[..at], &token[at + c.len_utf8()..]);
                let bare = word.trim_matches(|c: char| !c.is_alphabetic());
                (words.count(&bare.to_lowercase()) > 0).then(|| bare.to_owned())
            });
            // no word has a digit between two small letters; elsewhere the right word has to stand in the text
            let small = before.is_some_and(char::is_lowercase) && c != 'I' && c != '!';
            if meant.is_some() || small {
                return Some((c, meant));
            }
        }
        before = Some(c);
    }
    None
}
