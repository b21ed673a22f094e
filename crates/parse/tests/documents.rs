//! The document of each edition, committed beside its texts.

#[path = "common/mod.rs"]
mod common;

use std::fs;
use std::path::Path;

use common::fixtures::{self, Fixture};
use common::values::differences;
use rapporteur_model::Document;
use serde_json::Value;

/// Set in the environment, the documents are written instead of compared.
const UPDATE: &str = "UPDATE_FIXTURES";

/// How the documents are written anew.
const COMMAND: &str = "UPDATE_FIXTURES=1 cargo test -p rapporteur-parse --test documents";

/// The documents of an edition, by the names of their files: what `rapporteur parse` writes without corrections, and with.
fn documents(edition: &Fixture) -> [(&'static str, Document); 2] {
    [("document.json", edition.read().document), ("signed.json", edition.read_signed().document)]
}

/// What is wrong with the committed document of an edition, if anything is.
fn stale(path: &Path, written: &str) -> Option<String> {
    let name = path.display();
    let committed = match fs::read_to_string(path) {
        Ok(committed) => committed,
        Err(error) => return Some(format!("{name}: {error}")),
    };
    if committed == written {
        return None;
    }
    let (old, new) = (serde_json::from_str::<Value>(&committed), serde_json::from_str(written));
    let differences = match (old, new) {
        (Ok(old), Ok(new)) => differences(&old, &new),
        _ => vec!["it is no JSON".to_owned()],
    };
    let shown = differences.iter().take(20).map(|line| format!("  {line}\n")).collect::<String>();
    Some(format!("{name} differs in {} places:\n{shown}", differences.len()))
}

#[test]
fn the_committed_documents_are_what_the_tool_writes() {
    let mut faults = Vec::new();
    for edition in fixtures::editions() {
        for (name, document) in documents(&edition) {
            let path = fixtures::folder().join(&edition.name).join(name);
            let written = serde_json::to_string_pretty(&document).expect("a document is JSON") + "\n";
            if std::env::var_os(UPDATE).is_some() {
                fs::write(&path, &written).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            }
            faults.extend(stale(&path, &written));
        }
    }
    assert!(faults.is_empty(), "{}\nlook at the change, then run\n\n    {COMMAND}\n", faults.join("\n"));
}

#[test]
fn paths_in_the_documents_are_relative() {
    for edition in fixtures::editions() {
        for source in &edition.read().document.sources {
            assert!(Path::new(&source.path).is_relative(), "{}", source.path);
            assert!(fixtures::folder().join(&edition.name).join(&source.path).is_file(), "{}", source.path);
        }
    }
}
