//! From a file that holds a text to the text itself: a PDF file, a web page.
//!
//! The parser reads text only. What is no text is known by its first bytes, never by the name of the file.

mod html;
mod pdf;

use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rapporteur_model::Extractor;
use rapporteur_source::{NotText, sha256};

use crate::Problem;
use crate::input::shown;

/// A long report takes a second or two. Some files would take for ever, most of them broken.
const LIMIT: Duration = Duration::from_secs(120);

/// A text, and what got it out of a file; nothing did where the file was a text itself.
#[derive(Debug)]
pub(crate) struct Text {
    /// The text; a file that is neither text nor known here as it was.
    pub(crate) bytes: Vec<u8>,
    /// What got it out, and of which file.
    pub(crate) extractor: Option<Extractor>,
}

/// The text in the bytes of a file that was read from `path`.
pub(crate) fn text(path: &Path, bytes: Vec<u8>) -> Result<Text, Problem> {
    let convert = match NotText::of(&bytes) {
        Some(NotText::Pdf) => pdf::convert,
        Some(NotText::Html) => html::convert,
        _ => return Ok(Text { bytes, extractor: None }),
    };
    let mut extractor = Extractor {
        path: path.to_string_lossy().into_owned(),
        sha256: sha256(&bytes),
        bytes: bytes.len(),
        ..Extractor::default()
    };
    let Converted { text, name, version, mode } = convert(path, &bytes)?;
    extractor.name = name.to_owned();
    extractor.version = version;
    extractor.mode = mode.to_owned();
    Ok(Text { bytes: text, extractor: Some(extractor) })
}

/// A text and the tool that it came out of.
#[derive(Debug)]
struct Converted {
    text: Vec<u8>,
    name: &'static str,
    version: Option<String>,
    mode: &'static str,
}

/// Does some work, unless it takes longer than `limit`. Then the thread is left behind: the command is about to end.
fn within<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(work()));
    receiver.recv_timeout(limit).ok()
}

fn endless(path: &Path) -> Problem {
    Problem {
        message: format!("cannot read {}: no text came out of it in {} seconds", shown(path), LIMIT.as_secs()),
        help: "The file may be broken. Save it anew, or get the text out of it with another tool.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_never_ends_is_given_up() {
        assert_eq!(within(LIMIT, || 1), Some(1));
        assert_eq!(within(Duration::from_millis(10), || thread::sleep(LIMIT)), None);
    }

    #[test]
    fn what_is_text_already_stays_as_it_is() {
        for bytes in [&b"Report"[..], b"", b"caf\xe9", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"] {
            let text = text(Path::new("report.pdf"), bytes.to_vec()).expect("nothing can go wrong");
            assert_eq!((text.bytes.as_slice(), text.extractor), (bytes, None));
        }
    }
}
