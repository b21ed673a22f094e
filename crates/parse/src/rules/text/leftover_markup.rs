use std::collections::BTreeMap;

use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::Span;

use crate::rules::{Subject, places::gathered};

rule! {
    /// Marks of HTML or LaTeX are left in the text.
    ///
    /// # Why it matters
    /// They are no words of the report. Those that are known are left out of the document; others would stand in it.
    ///
    /// # Example
    /// ```text
    /// Watch the panel! $\rightarrow$ on stage <b>Ada Brun</b>
    /// ```
    ///
    /// # What to do
    /// Nothing where the document has the words without them. Else extract the text as plain text.
    "text/leftover-markup", Advice
}

/// A tag or an entity is at most this long, in bytes.
const LONGEST: usize = 120;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let source = report.context.source;
        let text = source.text();
        let mut places: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        for at in memchr::memchr3_iter(b'<', b'&', b'\\', text.as_bytes()) {
            let end = (at..=text.len().min(at + LONGEST)).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(at);
            if let Some((mark, length)) = mark(&text[at..end]) {
                places.entry(mark).or_default().push(Span::new(at, at + length));
            }
        }
        for (mark, places) in places {
            let what = format!("the mark `{mark}`");
            let help = "nothing to do where the document has the words without it";
            findings.extend(gathered(&RULE, &what, source, &places, help));
        }
    }
}

/// The mark that `text` starts with, the same for all of its kind, and its length.
fn mark(text: &str) -> Option<(String, usize)> {
    let letters = |text: &str| text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (sign, rest) = text.split_at(1);
    match sign {
        "<" => {
            let slash = usize::from(rest.starts_with('/'));
            let name = letters(&rest[slash..]);
            let after = &rest[slash + name..];
            let end = after.find('>')?;
            let attributes = after[..end].is_empty() || after.starts_with([' ', '/']);
            let known = rest[slash..].starts_with(|c: char| c.is_ascii_alphabetic()) && attributes;
            let tag = &rest[slash..slash + name];
            (known && !after[..end].contains('<')).then(|| (format!("<{tag}>"), 1 + slash + name + end + 1))
        }
        "&" => {
            let number = usize::from(rest.starts_with('#'));
            let name = letters(&rest[number..]);
            let end = 1 + number + name;
            (name >= 2 && text[end..].starts_with(';')).then(|| (text[..=end].to_owned(), end + 1))
        }
        _ => {
            let name = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            (name >= 2).then(|| (text[..=name].to_owned(), name + 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn marks_of_html_and_latex_are_told_from_signs() {
        for (text, expected) in [
            ("<br>then", Some(("<br>", 4))),
            ("<br/>then", Some(("<br>", 5))),
            ("<a href=\"x\">y", Some(("<a>", 12))),
            ("</sup>", Some(("<sup>", 6))),
            ("&amp; so", Some(("&amp;", 5))),
            ("&#8217;s", Some(("&#8217;", 7))),
            ("\\rightarrow$", Some(("\\rightarrow", 11))),
            ("\\textbf{x}", Some(("\\textbf", 7))),
            ("< 5 and > 3", None),
            ("<ada@example.org>", None),
            ("<https://example.org>", None),
            ("& Sons; Ltd", None),
            ("\\ 5", None),
        ] {
            assert_eq!(mark(text).as_ref().map(|(mark, length)| (mark.as_str(), *length)), expected, "{text}");
        }
    }
}
