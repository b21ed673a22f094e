//! What extractors leave in a text of the files that they read.

/// The mark of HTML or LaTeX that `text` starts with, the same for all of its kind, and its length.
#[must_use]
pub fn leftover_mark(text: &str) -> Option<(String, usize)> {
    let letters = |text: &str| text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (sign, rest) = text.split_at_checked(1)?;
    match sign {
        "<" => {
            let slash = usize::from(rest.starts_with('/'));
            let name = letters(&rest[slash..]);
            let after = &rest[slash + name..];
            // what comes first, so that a text of nothing but `<` is not looked through for each of them
            let end = after.find(['<', '>']).filter(|&end| after[end..].starts_with('>'))?;
            let attributes = after[..end].is_empty() || after.starts_with([' ', '/']);
            let known = rest[slash..].starts_with(|c: char| c.is_ascii_alphabetic()) && attributes;
            let tag = &rest[slash..slash + name];
            known.then(|| (format!("<{tag}>"), 1 + slash + name + end + 1))
        }
        "&" => {
            let number = usize::from(rest.starts_with('#'));
            let name = letters(&rest[number..]);
            let end = 1 + number + name;
            (name >= 2 && text[end..].starts_with(';')).then(|| (text[..=end].to_owned(), end + 1))
        }
        "\\" => {
            let name = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            (name >= 2).then(|| (text[..=name].to_owned(), name + 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::leftover_mark;

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
            assert_eq!(leftover_mark(text).as_ref().map(|(mark, length)| (mark.as_str(), *length)), expected, "{text}");
        }
    }
}
