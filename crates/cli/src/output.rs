//! Writing to standard output, standard error and files.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::{Failure, Problem};

/// Writes to standard output. That nobody reads on is no error: `rapporteur … | head`.
pub(crate) fn stdout(text: &str) -> Result<(), Failure> {
    write_out(io::stdout().lock(), text)
}

/// Writes text with styles to standard output, without them where they are not wanted.
pub(crate) fn styled_stdout(text: &str) -> Result<(), Failure> {
    write_out(anstream::stdout().lock(), text)
}

fn write_out(mut stdout: impl Write, text: &str) -> Result<(), Failure> {
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::from(Problem {
            message: format!("cannot write to standard output: {error}"),
            help: "Is the disk full?".to_owned(),
        })),
        _ => Ok(()),
    }
}

/// Writes to standard error. Where that fails there is nobody left to tell.
pub(crate) fn stderr(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// A file to write, known to be none of those that were read.
#[derive(Debug)]
pub(crate) struct Target {
    /// As the user named it.
    named: PathBuf,
    /// What is written to: where `named` is a link, what it leads to.
    path: PathBuf,
}

impl Target {
    /// Sees whether `path` can be written to at all, before any work is done.
    pub(crate) fn new<P: AsRef<Path>>(path: &Path, sources: &[P]) -> Result<Self, Failure> {
        let target = Self { named: path.to_owned(), path: place(path) };
        if target.path.is_dir() {
            return Err(target.problem("it is a folder", "Name a file in it."));
        }
        if !target.folder().is_dir() {
            return Err(target.problem("there is no such folder", "Make the folder first."));
        }
        if sources.iter().any(|source| fs::canonicalize(source).is_ok_and(|source| source == target.path)) {
            return Err(target.problem("it is one of the sources", "Sources are never changed; name another file."));
        }
        Ok(target)
    }

    /// Writes the file whole or not at all: first to a file beside it, which then takes its place.
    pub(crate) fn write(&self, text: &[u8]) -> Result<(), Failure> {
        self.replace(text).map_err(|error| {
            self.problem(&error.to_string(), "Nothing was written, and a file that was there is as it was.")
        })
    }

    fn replace(&self, text: &[u8]) -> io::Result<()> {
        let old = fs::metadata(&self.path).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            // A device or a pipe (/dev/null) cannot be replaced.
            return fs::OpenOptions::new().write(true).open(&self.path)?.write_all(text);
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".rapporteur-").suffix(".tmp");
        if let Some(permissions) = old.map(|old| old.permissions()).or_else(usual_permissions) {
            builder.permissions(permissions);
        }
        let mut file = builder.tempfile_in(self.folder())?;
        file.write_all(text)?;
        file.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }

    fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    fn problem(&self, reason: &str, help: &str) -> Failure {
        Failure::from(Problem {
            message: format!("cannot write {}: {reason}", self.named.display()),
            help: help.to_owned(),
        })
    }
}

/// Sees whether no two targets are the same file.
pub(crate) fn distinct<'a>(targets: impl Iterator<Item = &'a Target>) -> Result<(), Failure> {
    let mut places = Vec::new();
    for target in targets {
        if places.contains(&&target.path) {
            return Err(target.problem("two things are to be written there", "Name a file for each."));
        }
        places.push(&target.path);
    }
    Ok(())
}

/// Where a path leads to: the same for all ways to name one place.
fn place(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::canonicalize(path)
        // a file that is not there yet
        .or_else(|_| fs::canonicalize(folder).map(|folder| folder.join(path.file_name().unwrap_or_default())))
        .unwrap_or_else(|_| path.to_owned())
}

/// What a new file may be read by, before the user's mask; without it a temporary file is its owner's only.
#[cfg(unix)]
fn usual_permissions() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<fs::Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.json");
        for text in ["first, and longer", "second"] {
            Target::new::<&Path>(&path, &[]).expect("can be written").write(text.as_bytes()).expect("is written");
            assert_eq!(fs::read_to_string(&path).expect("is there"), text);
        }
        assert_eq!(fs::read_dir(folder.path()).expect("is there").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").expect("is written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("is set");
        symlink(&file, &link).expect("a link");
        Target::new::<&Path>(&link, &[]).expect("can be written").write(b"new").expect("is written");
        assert_eq!(fs::read_to_string(&file).expect("is there"), "new");
        assert!(fs::symlink_metadata(&link).expect("is there").is_symlink());
        assert_eq!(fs::metadata(&file).expect("is there").permissions().mode() & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_written_to_and_not_replaced() {
        use std::os::unix::fs::FileTypeExt as _;
        Target::new::<&Path>(Path::new("/dev/null"), &[]).expect("can be written").write(b"x").expect("is written");
        assert!(fs::metadata("/dev/null").expect("is there").file_type().is_char_device());
    }
}
