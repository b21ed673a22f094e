//! The texts that documents were read from, found by the paths that the documents record.

use std::collections::VecDeque;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rapporteur_source::Source;
use rapporteur_validate::{Recorded, Text};

use crate::{convert, input};

/// How many bytes of texts are kept for documents that are still to come. What is reckoned of a text takes up to twenty
/// times as much.
const KEPT: usize = 16 << 20;

/// The texts in a folder. One that several documents were read from is read once, as long as not too many others come
/// between them.
pub(crate) struct Originals {
    folder: PathBuf,
    /// Those that were read last, the last one at the end.
    recent: Mutex<VecDeque<(PathBuf, Arc<Text>)>>,
}

impl Originals {
    /// The texts in a folder, of which none is read yet.
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), recent: Mutex::default() }
    }

    /// The text that a document was read from. The recorded path is that of another machine or another time: its last parts
    /// count, as many of them as there are. Of several files that could be meant, it is the one whose text was read, and
    /// otherwise the one with the longest path.
    pub(crate) fn find(&self, recorded: &Recorded<'_>) -> Option<Arc<Text>> {
        // nothing outside of the folder is read, whatever a document says
        let normal = Path::new(recorded.path).components().filter_map(|component| match component {
            Component::Normal(part) => Some(part),
            _ => None,
        });
        let parts: Vec<_> = normal.collect();
        let mut first = None;
        for from in 0..parts.len() {
            let Some(text) = self.text(&self.folder.join(parts[from..].iter().collect::<PathBuf>())) else { continue };
            if text.source().sha256() == recorded.sha256 {
                return Some(text);
            }
            first = first.or(Some(text));
        }
        first
    }

    /// The text of a file, where there is one.
    fn text(&self, path: &Path) -> Option<Arc<Text>> {
        let known = self.recent().iter().find(|(known, _)| known == path).map(|(_, text)| Arc::clone(text));
        if known.is_some() {
            return known;
        }
        let text = Arc::new(Text::new(path.is_file().then(|| read(path))??));
        let mut recent = self.recent();
        recent.push_back((path.to_owned(), Arc::clone(&text)));
        let mut bytes: usize = recent.iter().map(|(_, text)| text.source().bytes().len()).sum();
        while bytes > KEPT
            && let Some((_, oldest)) = recent.pop_front()
        {
            bytes -= oldest.source().bytes().len();
        }
        Some(text)
    }

    fn recent(&self) -> MutexGuard<'_, VecDeque<(PathBuf, Arc<Text>)>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The text of a file; that of a PDF file or a web page is got out of it again.
fn read(path: &Path) -> Option<Source> {
    let text = convert::text(path, input::read(path).ok()?).ok()?;
    let name = path.to_string_lossy();
    Some(Source::new(name.clone(), name, text.bytes))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn texts_are_found_by_the_end_of_their_paths() {
        let folder = tempfile::tempdir().expect("a folder");
        let texts = folder.path().join("texts");
        fs::create_dir_all(texts.join("2031")).expect("is made");
        fs::write(texts.join("2031/report.txt"), "one").expect("is written");
        fs::write(texts.join("report.txt"), "other").expect("is written");
        fs::write(folder.path().join("secret.txt"), "secret").expect("is written");
        let other = rapporteur_source::sha256(b"other");
        let originals = Originals::new(&texts);
        let found = |path: &str, sha256: &str| {
            originals.find(&Recorded { path, sha256 }).map(|text| text.source().text().to_owned())
        };
        for (path, sha256, expected) in [
            ("2031/report.txt", "", Some("one")),
            ("/in/2031/report.txt", "", Some("one")),
            ("2031/report.txt", other.as_str(), Some("other")),
            ("2032/report.txt", "", Some("other")),
            ("../secret.txt", "", None),
            ("-", "", None),
            ("", "", None),
        ] {
            assert_eq!(found(path, sha256).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn a_text_is_read_once_and_not_kept_for_ever() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, bytes: usize| fs::write(folder.path().join(name), "x".repeat(bytes)).expect("written");
        let originals = Originals::new(folder.path());
        let find = |path: &str| originals.find(&Recorded { path, sha256: "" }).expect("is there");
        write("one.txt", 1);
        write("large.txt", KEPT);
        let one = find("one.txt");
        assert!(Arc::ptr_eq(&one, &find("one.txt")));
        find("large.txt");
        assert!(!Arc::ptr_eq(&one, &find("one.txt")), "the other one took its place");
        assert!(originals.recent().iter().map(|(_, text)| text.source().bytes().len()).sum::<usize>() <= KEPT);
    }
}
