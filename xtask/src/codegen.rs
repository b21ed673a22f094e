//! `cargo xtask codegen`: the files that are made from the code.

mod rules;

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur_diagnostics::render::json;

use crate::Result;

/// What `cargo xtask codegen` takes.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Write nothing; fail where a file is not as it would be written
    #[arg(long)]
    pub check: bool,
}

/// Writes the files, or sees whether they are current.
///
/// # Errors
/// Where a file cannot be written; in check mode, where one is stale.
pub fn run(options: &Options) -> Result<()> {
    let root = root();
    for (path, text) in files()? {
        let is_current = fs::read_to_string(root.join(&path)).is_ok_and(|written| written == text);
        if is_current {
            continue;
        }
        if options.check {
            return Err(format!("{} is stale: run `cargo xtask codegen`", path.display()).into());
        }
        fs::create_dir_all(root.join(&path).parent().unwrap_or(&root))?;
        fs::write(root.join(&path), text)?;
        println!("wrote {}", path.display());
    }
    Ok(())
}

/// The files, by their paths in the repository, with what they hold.
fn files() -> Result<Vec<(PathBuf, String)>> {
    let schema = |schema| Ok::<_, serde_json::Error>(serde_json::to_string_pretty(&schema)? + "\n");
    let document = format!("schema/document-{}.json", rapporteur_model::SCHEMA_VERSION);
    let findings = format!("schema/findings-{}.json", json::SCHEMA_VERSION);
    let diff = format!("schema/diff-{}.json", rapporteur_diff::SCHEMA_VERSION);
    let people = format!("schema/people-{}.json", rapporteur_people::SCHEMA_VERSION);
    Ok(vec![
        (document.into(), schema(rapporteur_model::schema())?),
        (findings.into(), schema(rapporteur::findings_schema())?),
        (diff.into(), schema(rapporteur_diff::Diff::schema())?),
        (people.into(), schema(rapporteur_people::Register::json_schema())?),
        ("docs/rules.md".into(), rules::page(&rapporteur::rules().collect::<Vec<_>>())),
    ])
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_files_are_current() {
        if let Err(error) = run(&Options { check: true }) {
            panic!("{error}");
        }
    }
}
