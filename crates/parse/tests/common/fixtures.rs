//! The texts in `fixtures/`.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rapporteur_correct::Corrections;
use rapporteur_grammar::Lexicon;
use rapporteur_parse::{Options, Reading};
use rapporteur_source::Source;
use serde_json::Value;

use super::checks;

/// Editions, and the ids of the sources that make one document of each.
pub(crate) const EDITIONS: &[(&str, &[&str])] =
    &[("vmc2017", &["report"]), ("vmc2021", &["report", "takeaways"]), ("vmc2024", &["report", "takeaways"])];

/// The words that the parser knows, read once.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::embedded);

/// One text, or several that are read together.
#[derive(Clone, Debug)]
pub(crate) struct Fixture {
    /// The name: `vmc2021`, `reprints/vmc2021.column.pypdf`, `small/credit-comma`.
    pub(crate) name: String,
    /// The sources.
    pub(crate) files: Vec<File>,
}

/// One source of a fixture.
#[derive(Clone)]
pub(crate) struct File {
    /// The id that the document calls it by.
    pub(crate) id: String,
    /// The name of the file, without folders.
    pub(crate) path: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl fmt::Debug for File {
    /// Shows the bytes as text: a failure is to be read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {:?}", self.id, self.path, String::from_utf8_lossy(&self.bytes))
    }
}

impl Fixture {
    /// A fixture that is in no file: `bytes` as the report of an edition.
    pub(crate) fn of(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let file = File { id: "report".to_owned(), path: "report.txt".to_owned(), bytes: bytes.into() };
        Self { name: name.into(), files: vec![file] }
    }

    /// The same with each source's bytes changed.
    pub(crate) fn map(&self, change: impl Fn(&[u8]) -> Vec<u8>) -> Self {
        let mut changed = self.clone();
        for file in &mut changed.files {
            file.bytes = change(&file.bytes);
        }
        changed
    }

    /// The sources, to be read.
    pub(crate) fn sources(&self) -> Vec<Source> {
        self.files.iter().map(|file| Source::new(&file.id, &file.path, file.bytes.clone())).collect()
    }

    /// What the tool reads in it.
    pub(crate) fn read(&self) -> Reading {
        rapporteur_parse::read(&self.sources(), &LEXICON)
    }

    /// The corrections of the report of an edition.
    pub(crate) fn corrections(&self) -> Corrections {
        const NAME: &str = "report.corrections.toml";
        let bytes = bytes(&folder().join(&self.name).join(NAME));
        Corrections::parse(Source::new(NAME, NAME, bytes), &self.sources(), Some(0))
    }

    /// What the tool reads in an edition with the corrections that an archivist would sign.
    pub(crate) fn read_signed(&self) -> Reading {
        let corrections = [self.corrections()];
        let options = Options { corrections: &corrections, ..Options::new(&LEXICON) };
        rapporteur_parse::read_with(&self.sources(), &options)
    }

    /// The text of the first source.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.files[0].bytes).into_owned()
    }
}

/// `fixtures/` in the workspace.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// The three editions, each from all its sources.
pub(crate) fn editions() -> Vec<Fixture> {
    let edition = |&(name, ids): &(&str, &[&str])| Fixture {
        name: name.to_owned(),
        files: ids.iter().map(|id| file(&folder().join(name).join(format!("{id}.txt")), id)).collect(),
    };
    EDITIONS.iter().map(edition).collect()
}

/// Each source of the editions, alone.
pub(crate) fn alone() -> Vec<Fixture> {
    let each = editions().into_iter().flat_map(|edition| {
        let name = edition.name;
        edition.files.into_iter().map(move |file| Fixture { name: format!("{name}/{}", file.id), files: vec![file] })
    });
    each.collect()
}

/// The report of 2021 in other layouts, out of other extractors.
pub(crate) fn reprints() -> Vec<Fixture> {
    listed("reprints", ".txt")
}

/// The small texts, one for each form of things.
pub(crate) fn small() -> Vec<Fixture> {
    listed("small", ".txt")
}

/// Every text there is, with what the tool reads in it.
pub(crate) static ALL: LazyLock<Vec<Read>> = LazyLock::new(|| {
    let all = [editions(), alone(), reprints(), small()].concat();
    let read = |fixture: Fixture| {
        let sources = fixture.sources();
        let reading = rapporteur_parse::read(&sources, &LEXICON);
        let document = checks::json(&reading);
        Read { fixture, sources, reading, document }
    };
    all.into_iter().map(read).collect()
});

/// A fixture and what the tool reads in it.
pub(crate) struct Read {
    /// The texts.
    pub(crate) fixture: Fixture,
    /// The same, as the tool takes them.
    pub(crate) sources: Vec<Source>,
    /// What is read.
    pub(crate) reading: Reading,
    /// The document as JSON.
    pub(crate) document: Value,
}

/// The bytes of a file.
///
/// # Panics
/// Where there is no such file: a test that has nothing to read must not pass.
pub(crate) fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn file(path: &Path, id: &str) -> File {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    File { id: id.to_owned(), path: name, bytes: bytes(path) }
}

/// The files of a folder whose names end like this, in the order of their names; `….expected.txt` are no fixtures.
fn listed(name: &str, ending: &str) -> Vec<Fixture> {
    let folder = folder().join(name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder that can be read").path()).collect();
    paths.sort();
    let fixture = |path: &PathBuf| {
        let stem = path.file_name()?.to_str()?.strip_suffix(ending)?;
        let name = format!("{name}/{stem}");
        (!stem.ends_with(".expected")).then(|| Fixture { name, files: vec![file(path, "report")] })
    };
    let fixtures: Vec<Fixture> = paths.iter().filter_map(fixture).collect();
    assert!(!fixtures.is_empty(), "no texts in {}", folder.display());
    fixtures
}
