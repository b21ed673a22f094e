//! Documents of every version of the schema are read, and nothing of them is lost. `fixtures/versions` holds one of each.

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur_model::{OLDER, SCHEMA_VERSION};
use rapporteur_source::Source;
use rapporteur_validate::{Validator, canonical};
use serde_json::Value;

fn document(version: &str) -> (PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../fixtures/versions/{version}.json"));
    let text = fs::read_to_string(&path);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}; every version has a document", path.display()));
    (path, text)
}

fn versions() -> impl Iterator<Item = &'static str> {
    OLDER.iter().map(|older| older.version).chain([SCHEMA_VERSION])
}

#[test]
fn a_document_of_every_version_is_sound() {
    for version in versions() {
        let (path, text) = document(version);
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value["schema_version"], version, "{}", path.display());
        let checked = Validator::new().document(&Source::new("x.json", "x.json", text.into_bytes()), None);
        assert_eq!(checked.faults, [], "{}", path.display());
    }
}

#[test]
fn a_document_of_every_version_becomes_one_of_today() {
    let validator = Validator::new();
    for version in versions() {
        let (path, text) = document(version);
        let today = canonical(&validator, &text).unwrap_or_else(|| panic!("{} is not read", path.display()));
        assert_eq!(canonical(&validator, &today).as_deref(), Some(today.as_str()));
        let [before, after] = [&text, &today].map(|text| serde_json::from_str::<Value>(text).expect("JSON"));
        assert_eq!(after["schema_version"], SCHEMA_VERSION);
        if version.split('.').next() == SCHEMA_VERSION.split('.').next() {
            assert_added_only(&before, &after, "");
        }
    }
}

/// Within a major version, every value stands where it stood.
fn assert_added_only(before: &Value, after: &Value, pointer: &str) {
    match (before, after) {
        _ if ["/$schema", "/schema_version"].contains(&pointer) => {}
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                assert_added_only(value, after.get(name).unwrap_or(&Value::Null), &format!("{pointer}/{name}"));
            }
        }
        (Value::Array(before), Value::Array(after)) => {
            assert_eq!(before.len(), after.len(), "{pointer}");
            for (at, (before, after)) in before.iter().zip(after).enumerate() {
                assert_added_only(before, after, &format!("{pointer}/{at}"));
            }
        }
        _ => assert_eq!(before, after, "{pointer}"),
    }
}
