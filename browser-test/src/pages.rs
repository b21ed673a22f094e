//! The pages that are tested.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::page::Page;
use crate::{Result, Setting};

/// A short report that nobody wrote.
pub const HARBOUR: &str = include_str!("../../crates/cli/tests/data/harbour.txt");

impl Setting {
    /// A folder with that report, and nothing else in it.
    pub fn harbour(&self) -> Result<tempfile::TempDir> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("report.txt"), HARBOUR)?;
        Ok(folder)
    }

    /// Writes the page of some sources.
    pub fn written(&self, name: &str, sources: &[&Path]) -> Result<PathBuf> {
        let path = self.out.join(name).with_extension("html");
        let output = Command::new(&self.rapporteur)
            .args(["review", "--no-config"])
            .args(sources)
            .arg("-o")
            .arg(&path)
            .output()?;
        if output.status.code() == Some(2) || !path.is_file() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(std::fs::canonicalize(path)?)
    }

    /// The page of the report of 2024 and its article.
    pub fn report(&self) -> Result<PathBuf> {
        let folder = Path::new("fixtures/vmc2024");
        self.written("report", &[&folder.join("report.txt"), &folder.join("takeaways.txt")])
    }

    /// That page, open; `address` is what stands after its name.
    pub fn open_report(&self, address: &str) -> Result<Page> {
        self.chromium.open(&format!("file://{}{address}", self.report()?.display()))
    }
}
