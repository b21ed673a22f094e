//! Files of corrections, found beside their sources or named.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rapporteur_correct::{Corrections, What};
use rapporteur_model::{Document, Ids};
use rapporteur_source::Source;
use serde_json::Value;

use crate::{Failure, Problem, args, input};

/// What stands behind the name of a source in the name of its file.
const ENDING: &str = ".corrections.toml";

/// The file that the corrections of a source are kept in: `report.corrections.toml` beside `report.txt`. Standard input
/// has none.
pub(crate) fn beside(source: &Path) -> Option<PathBuf> {
    let stem = source.file_stem().filter(|_| !input::is_standard(source))?;
    let mut name = OsString::from(stem);
    name.push(ENDING);
    Some(source.with_file_name(name))
}

/// The corrections of sources that were read from `paths`: those of the files that are named, and for the other sources those
/// beside them.
pub(crate) fn read(
    args: &args::Corrections,
    sources: &[Source],
    paths: &[PathBuf],
) -> Result<Vec<Corrections>, Failure> {
    let mut ids = Ids::default();
    let mut found: Vec<Corrections> = Vec::new();
    for path in &args.corrections {
        let corrections = Corrections::parse(file(path, &mut ids)?, sources, None);
        let taken = found.iter().find(|known| known.source().is_some() && known.source() == corrections.source());
        if let Some(taken) = taken {
            return Err(Failure::from(Problem {
                message: format!("{} and {} are for the same source", taken.file().path(), path.display()),
                help: "Put the corrections of a source into one file.".to_owned(),
            }));
        }
        found.push(corrections);
    }
    if args.no_corrections {
        return Ok(found);
    }
    for (at, (source, path)) in sources.iter().zip(paths).enumerate() {
        let path = beside(path).filter(|path| path.is_file());
        let is_taken = found.iter().any(|known| known.source() == Some(source.id()));
        if let Some(path) = path.filter(|_| !is_taken) {
            found.push(Corrections::parse(file(&path, &mut ids)?, sources, Some(at)));
        }
    }
    Ok(found)
}

/// The corrections of an edition: those of its first source in the file `own`, which need not be there yet, and those of
/// the others beside them.
pub(crate) fn with_own(own: &Path, sources: &[Source], paths: &[PathBuf]) -> Result<Vec<Corrections>, Failure> {
    let mut ids = Ids::default();
    let first = if own.is_file() { file(own, &mut ids)? } else { absent(own, &mut ids) };
    let mut found = vec![Corrections::parse(first, sources, Some(0))];
    for (at, path) in paths.iter().enumerate().skip(1) {
        if let Some(path) = beside(path).filter(|path| path.is_file() && path != own) {
            found.push(Corrections::parse(file(&path, &mut ids)?, sources, Some(at)));
        }
    }
    Ok(found)
}

/// The files of corrections of all sources, which need not be there yet: that of the first source comes first.
pub(crate) fn each(files: &[PathBuf], sources: &[Source]) -> Result<Vec<Corrections>, Failure> {
    let mut ids = Ids::default();
    let read = |(at, path): (usize, &PathBuf)| {
        let file = if path.is_file() { file(path, &mut ids)? } else { absent(path, &mut ids) };
        Ok(Corrections::parse(file, sources, Some(at)))
    };
    files.iter().enumerate().map(read).collect()
}

/// A value that is to be corrected.
pub(crate) struct Valued {
    /// The number of the file that its correction belongs in.
    pub(crate) file: usize,
    /// What the correction may say; the first that applies is meant.
    pub(crate) whats: Vec<What>,
    /// The id of the correction that there is of it already.
    pub(crate) replaced: Option<String>,
}

/// What a value of a field is to be, for a text that somebody wrote; `None` is nothing. The text may be a number or that of
/// one: what the field holds now says which is tried first. A value that is corrected already is corrected again by the same
/// file, in the same words and from what was read; any other, by the file of the source that its entity was read from.
pub(crate) fn value(
    document: &Document,
    files: &[Corrections],
    (entity, field): (&str, &str),
    text: Option<&str>,
) -> Valued {
    let standing = rapporteur_correct::standing(files, document, entity, field);
    let (file, replaced) = match &standing {
        Some(standing) => (standing.file, Some(standing.entry.id.clone())),
        None => {
            let source = rapporteur_correct::source_of(document, entity, field);
            (files.iter().position(|file| source.is_some() && file.source() == source.as_deref()).unwrap_or(0), None)
        }
    };
    let current = || rapporteur_correct::current(document, entity, field).unwrap_or_default();
    let was = standing.as_ref().map_or_else(current, |standing| standing.was.clone());
    let (entity, field) = match standing.map(|standing| &standing.entry.what) {
        Some(What::Value { entity, field, .. }) => (entity.as_str(), field.as_str()),
        _ => (entity, field),
    };
    let other = text.and_then(|text| serde_json::from_str::<Value>(text).ok());
    let other = other.filter(|value| value.is_number() || value.is_boolean() || value.is_array());
    let mut values = vec![text.map_or(Value::Null, Value::from)];
    if let Some(other) = other {
        let first = usize::from(was.is_string());
        values.insert(first, other);
    }
    let what = |value| What::Value { entity: entity.to_owned(), field: field.to_owned(), was: was.clone(), value };
    Valued { file, whats: values.into_iter().map(what).collect(), replaced }
}

fn absent(path: &Path, ids: &mut Ids) -> Source {
    Source::new(ids.unique(name(path)), path.to_string_lossy(), Vec::new())
}

/// A file as a source, called by its name.
fn file(path: &Path, ids: &mut Ids) -> Result<Source, Failure> {
    Ok(Source::new(ids.unique(name(path)), path.to_string_lossy(), input::read(path)?))
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
