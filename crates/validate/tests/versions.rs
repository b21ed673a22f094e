//! Files of every version of every schema are read, and nothing of them is lost. `fixtures/versions` holds one of each, and the
//! texts that they were read from.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rapporteur_model::Versions;
use rapporteur_source::Source;
use rapporteur_validate::{Recorded, Text, Validator, canonical};
use serde_json::Value;
use sha2::{Digest, Sha256};

const SHAPES: [Versions; 2] = [rapporteur_model::VERSIONS, rapporteur_people::VERSIONS];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Has a file of every version of every shape checked.
fn each(check: impl Fn(&Versions, &str, String)) {
    for versions in &SHAPES {
        for version in versions.all() {
            let path = root().join("fixtures/versions").join(versions.file(version));
            let text = fs::read_to_string(&path);
            let text = text.unwrap_or_else(|error| panic!("{}: {error}; every version has a file", path.display()));
            check(versions, version, text);
        }
    }
}

#[test]
fn a_file_of_every_version_is_sound() {
    each(|versions, version, text| {
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value["schema_version"], version, "{}", versions.file(version));
        assert_eq!(value["$schema"], versions.id(version));
        let lookup = |recorded: &Recorded<'_>| {
            let bytes = fs::read(root().join("fixtures/versions/sources").join(recorded.path)).ok()?;
            Some(Arc::new(Text::new(Source::new(recorded.path, recorded.path, bytes))))
        };
        let checked = Validator::new().document(&Source::new("x.json", "x.json", text.into_bytes()), Some(&lookup));
        let told: Vec<&str> = checked.faults.iter().map(|fault| fault.finding.rule.code).collect();
        let expected: &[&str] = if version == versions.today { &[] } else { &["document/older-version"] };
        assert_eq!(told, expected, "{}: {:?}", versions.file(version), checked.faults);
    });
}

#[test]
fn a_file_of_every_version_becomes_one_of_today() {
    let validator = Validator::new();
    each(|versions, version, text| {
        let name = versions.file(version);
        let today = canonical(&validator, &text).unwrap_or_else(|| panic!("{name} is not read"));
        assert_eq!(canonical(&validator, &today).as_deref(), Some(today.as_str()));
        let [before, after] = [&text, &today].map(|text| serde_json::from_str::<Value>(text).expect("JSON"));
        assert_eq!(after["schema_version"], versions.today);
        assert!(version != versions.today || text == today, "{name} is not in canonical form");
        if version.split('.').next() == versions.today.split('.').next() {
            assert_added_only(&before, &after, "");
        }
    });
}

#[test]
fn every_schema_that_was_written_is_that_of_a_version() {
    for versions in &SHAPES {
        let names = fs::read_dir(root().join("schema")).expect("is there");
        let names = names.map(|entry| entry.expect("is there").file_name().into_string().expect("UTF-8"));
        let names: Vec<String> = names.collect();
        let mut written: Vec<&str> = names.iter().filter_map(|name| versions.led_to(name)).collect();
        let parts = |version: &str| version.split('.').map(|part| part.parse().expect("a number")).collect();
        written.sort_by_key(|version| -> Vec<u32> { parts(version) });
        assert_eq!(
            written,
            versions.all().collect::<Vec<_>>(),
            "on the left the versions of {} in schema/, on the right those in its `VERSIONS`: \
             the module `versions` of crates/model says what a new version takes",
            versions.name
        );
    }
}

#[test]
fn older_schemas_are_as_they_were() {
    for versions in &SHAPES {
        for older in versions.older {
            let digest: String = Sha256::digest(older.schema).iter().map(|byte| format!("{byte:02x}")).collect();
            let name = versions.file(older.version);
            assert_eq!(digest, older.sha256, "schema/{name} is not what it was when it was written");
            let schema: Value = serde_json::from_str(older.schema).expect("JSON");
            assert_eq!(schema["$id"], versions.id(older.version));
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
