//! `cargo xtask codegen`: the files that are made from the code.

mod rules;

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur_diagnostics::render::json;
use serde_json::Value;

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
/// Where a file cannot be written; in check mode, where one is stale. In both, where a schema says something else than the
/// file that has its version: that file is never written anew.
pub fn run(options: &Options) -> Result<()> {
    let root = root();
    for (path, text) in files()? {
        let written = fs::read_to_string(root.join(&path)).unwrap_or_default();
        if written == text {
            continue;
        }
        if path.starts_with("schema") && !written.is_empty() && !is_same_schema(&written, &text) {
            return Err(format!("{}: {NEW_VERSION}", path.display()).into());
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

/// What to do where the model says something else than the schema of its version.
const NEW_VERSION: &str = "the types in the code are not those of this version any more, and documents follow it
  A change of the types takes a new version: raise `SCHEMA_VERSION` beside them (crates/model/src/schema.rs, for findings
  crates/diagnostics/src/render/json.rs), then run `cargo xtask codegen`, which leaves this file as it is. For documents,
  crates/model/src/versions.rs says what else it takes: above all, the step from this version to the new one.
  Where nobody has this version yet, since it is of this very change: delete the file, and run `cargo xtask codegen`.";

/// Whether two schemas allow the same, whatever words they describe it in.
fn is_same_schema(one: &str, other: &str) -> bool {
    let shape = |text: &str| {
        let mut schema: Value = serde_json::from_str(text).ok()?;
        forget_descriptions(&mut schema);
        Some(schema)
    };
    shape(one).is_some_and(|one| Some(one) == shape(other))
}

fn forget_descriptions(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            // a field that is called so has a schema, and no text
            members.retain(|key, value| !(key == "description" && value.is_string()));
            members.values_mut().for_each(forget_descriptions);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_descriptions),
        _ => {}
    }
}

/// The files, by their paths in the repository, with what they hold.
fn files() -> Result<Vec<(PathBuf, String)>> {
    let schema = |schema| Ok::<_, serde_json::Error>(serde_json::to_string_pretty(&schema)? + "\n");
    let document = format!("schema/document-{}.json", rapporteur_model::SCHEMA_VERSION);
    let findings = format!("schema/findings-{}.json", json::SCHEMA_VERSION);
    Ok(vec![
        (document.into(), schema(rapporteur_model::schema())?),
        (findings.into(), schema(rapporteur::findings_schema())?),
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
    #[test]
    fn a_schema_is_another_where_it_allows_something_else() {
        let schema = rapporteur_model::schema();
        let is_same = |change: fn(&mut Value)| {
            let mut changed = schema.clone();
            change(&mut changed);
            is_same_schema(&schema.to_string(), &changed.to_string())
        };
        assert!(is_same(|_| {}));
        assert!(is_same(|schema| schema["description"] = "In other words.".into()));
        assert!(is_same(|schema| schema["$defs"]["Session"]["properties"]["title"]["description"] = "So.".into()));
        assert!(!is_same(|schema| schema["properties"]["description"] = serde_json::json!({"type": "string"})));
        assert!(!is_same(|schema| schema["$defs"]["Session"]["properties"]["title"]["type"] = "null".into()));
        assert!(!is_same(|schema| drop(schema["$defs"]["Quote"]["required"].as_array_mut().expect("a list").pop())));
        assert!(!is_same_schema("<<<<<<< not JSON", &schema.to_string()));
    }
}
