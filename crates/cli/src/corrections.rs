//! Files of corrections, found beside their sources or named.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rapporteur_correct::Corrections;
use rapporteur_model::Ids;
use rapporteur_source::Source;

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
    let first = if own.is_file() {
        file(own, &mut ids)?
    } else {
        Source::new(ids.unique(name(own)), own.to_string_lossy(), Vec::new())
    };
    let mut found = vec![Corrections::parse(first, sources, Some(0))];
    for (at, path) in paths.iter().enumerate().skip(1) {
        if let Some(path) = beside(path).filter(|path| path.is_file() && path != own) {
            found.push(Corrections::parse(file(&path, &mut ids)?, sources, Some(at)));
        }
    }
    Ok(found)
}

/// A file as a source, called by its name.
fn file(path: &Path, ids: &mut Ids) -> Result<Source, Failure> {
    Ok(Source::new(ids.unique(name(path)), path.to_string_lossy(), input::read(path)?))
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
