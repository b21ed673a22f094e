use memchr::memmem;

use crate::Source;

/// How much of a file is looked at.
const HEAD: usize = 8192;

/// What a file is when it is not the text of anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotText {
    /// A PDF file, from which no text was extracted yet.
    Pdf,
    /// A web page with its markup.
    Html,
    /// Text in UTF-16 or UTF-32.
    Utf16,
    /// A document of a word processor: a zip archive, an OLE file or RTF.
    Office,
    /// Anything else with bytes that no text has: a picture, a program, a compressed file.
    Binary,
}

impl NotText {
    /// Every kind.
    pub const ALL: &[Self] = &[Self::Pdf, Self::Html, Self::Utf16, Self::Office, Self::Binary];

    /// What a file with these bytes is; nothing where they may well be a text. A look at its beginning, whatever its
    /// length.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        sniff(bytes)
    }

    /// What it is, to stand after "this is".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "a PDF file",
            Self::Html => "an HTML page",
            Self::Utf16 => "text in UTF-16",
            Self::Office => "a word processor's document",
            Self::Binary => "a binary file",
        }
    }

    /// How to get the text out of it.
    #[must_use]
    pub fn way_out(self) -> &'static str {
        match self {
            Self::Pdf => "extract its text first, for example with `pdftotext -raw report.pdf report.txt`",
            Self::Html => "save the page as plain text, or convert it with `pandoc -t plain page.html -o page.txt`",
            Self::Utf16 => "convert it to UTF-8 first, for example with `iconv -f UTF-16 -t UTF-8 report.txt`",
            Self::Office => "save it as plain text (UTF-8) in the word processor that wrote it",
            Self::Binary => "give the plain text of the report, in UTF-8",
        }
    }
}

impl Source {
    /// What the file is, if its bytes say that it is no text. A look at its beginning, whatever its length.
    ///
    /// A text with a few stray control characters or bytes that are no UTF-8 is still a text: extractors leave such in.
    #[must_use]
    pub fn not_text(&self) -> Option<NotText> {
        sniff(self.bytes())
    }
}

fn sniff(bytes: &[u8]) -> Option<NotText> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || head.starts_with(b"\0\0\xfe\xff") {
        return Some(NotText::Utf16);
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if start.starts_with(b"%PDF-") {
        return Some(NotText::Pdf);
    }
    if is_page(start) {
        return Some(NotText::Html);
    }
    if [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"].iter().any(|magic| start.starts_with(magic))
    {
        return Some(NotText::Office);
    }
    if without_a_mark_in_utf16(head) {
        return Some(NotText::Utf16);
    }
    let control = head.iter().filter(|&&byte| is_control(byte)).count();
    // One byte in nine is a control character in random data, in text hardly any: one in thirty is far from both.
    (control > 1 && control * 30 > head.len()).then_some(NotText::Binary)
}

/// Whether a web page begins here; browsers put a comment before the pages that they save.
fn is_page(mut start: &[u8]) -> bool {
    while let Some(comment) = start.strip_prefix(b"<!--") {
        let Some(end) = memmem::find(comment, b"-->") else { return false };
        start = comment[end + 3..].trim_ascii_start();
    }
    starts_with_ignore_case(start, b"<!doctype html")
        || starts_with_ignore_case(start, b"<html")
        || (start.starts_with(b"<?xml") && memmem::find(start, b"<html").is_some())
}

fn starts_with_ignore_case(bytes: &[u8], prefix: &[u8]) -> bool {
    bytes.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Whether every other byte is zero, nearly always on the same side, as in UTF-16 of mostly Latin letters.
fn without_a_mark_in_utf16(head: &[u8]) -> bool {
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let (less, more) = (even.min(odd), even.max(odd));
    head.len() >= 4 && more * 5 > head.len() * 2 && less * 20 < more
}

/// A byte that stands in no text. Tab, line feed, form feed and the like do; so do escape and substitute, now and then.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0e..=0x19 | 0x1c..=0x1f | 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_kinds_are_known() {
        for (bytes, kind) in [
            (&b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"[..], NotText::Pdf),
            (b"\xef\xbb\xbf\n%PDF-1.4", NotText::Pdf),
            (b"<!DOCTYPE html>\n<html lang=\"en\">", NotText::Html),
            (b"\r\n  <HTML><body>", NotText::Html),
            (b"<!-- saved from url=(0020)https://example.org/ -->\n<html lang=\"en\">", NotText::Html),
            (b"<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">", NotText::Html),
            (b"\xff\xfeR\0e\0p\0", NotText::Utf16),
            (b"\xfe\xff\0R\0e", NotText::Utf16),
            (b"\xff\xfe\0\0R\0\0\0", NotText::Utf16),
            (b"R\0e\0p\0o\0r\0t\0", NotText::Utf16),
            (b"\0R\0e\0p\0o\0r\0t", NotText::Utf16),
            (b"PK\x03\x04\x14\0\x06\0", NotText::Office),
            (b"{\\rtf1\\ansi Report}", NotText::Office),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NotText::Binary),
            (b"\x7fELF\x02\x01\x01\0\0\0", NotText::Binary),
            (b"\0\0\0\0\0\0\0\0", NotText::Binary),
        ] {
            assert_eq!(sniff(bytes), Some(kind), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn texts_with_blemishes_are_texts() {
        let stray = format!("{}\0 and \u{1}", "The report of a conference. ".repeat(4));
        let late = format!("{}%PDF- <html>", "x\n".repeat(9));
        for bytes in [
            &b""[..],
            b"\n",
            b"R",
            b"\0",
            b"<!-- image -->\n## Report",
            b"<br>Report",
            b"<!-- page",
            b"PK",
            b"\xef\xbb\xbfReport\r\n\x0cPage 2",
            "Žofie → Ünlü".as_bytes(),
            b"caf\xe9 r\xe9sum\xe9 in Latin-1",
            stray.as_bytes(),
            late.as_bytes(),
        ] {
            assert_eq!(sniff(bytes), None, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn every_kind_says_what_it_is_and_what_to_do() {
        for kind in NotText::ALL {
            assert!(kind.name().contains(' ') && !kind.way_out().is_empty());
        }
    }
}
