//! The texts that documents were read from, found by the paths that the documents record.

use std::path::{Component, Path, PathBuf};

use rapporteur_source::Source;
use rapporteur_validate::Recorded;

use crate::{convert, input};

/// The text that a document was read from, under the folder of sources. The recorded path is that of another machine or
/// another time: its last parts count, as many of them as there are. Of several files that could be meant, it is the one
/// whose text was read, and otherwise the one with the longest path.
pub(crate) fn find(folder: &Path, recorded: &Recorded<'_>) -> Option<Source> {
    // nothing outside of the folder is read, whatever a document says
    let normal = Path::new(recorded.path).components().filter_map(|component| match component {
        Component::Normal(part) => Some(part),
        _ => None,
    });
    let parts: Vec<_> = normal.collect();
    let candidates = (0..parts.len()).map(|from| folder.join(parts[from..].iter().collect::<PathBuf>()));
    let mut found: Vec<Source> = candidates.filter(|path| path.is_file()).filter_map(|path| read(&path)).collect();
    let exact = found.iter().position(|source| source.sha256() == recorded.sha256).unwrap_or(0);
    (!found.is_empty()).then(|| found.swap_remove(exact))
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
        let found =
            |path: &str, sha256: &str| find(&texts, &Recorded { path, sha256 }).map(|source| source.text().to_owned());
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
}
