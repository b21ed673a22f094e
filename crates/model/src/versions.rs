//! The versions that the document's schema has had, and the steps that lead from each to the next.
//!
//! A schema that is in `schema/` does not change any more: documents follow it that nobody here knows of. A change of the
//! model takes these steps, and tests fail until all are done:
//!
//! 1. raise [`SCHEMA_VERSION`](crate::SCHEMA_VERSION);
//! 2. `cargo xtask codegen` writes the schema of that version beside the older ones;
//! 3. add the version of before to [`OLDER`], with a function that makes a document of the new version of an old one;
//! 4. put a document of the new version, in canonical form, into `fixtures/versions`; those of before stay.
//!
//! A step is a line or two:
//!
//! ```ignore
//! Older {
//!     version: "1.0.0",
//!     schema: include_str!("../../../schema/document-1.0.0.json"),
//!     sha256: "…", // sha256sum schema/document-1.0.0.json
//!     step: |document| {
//!         document.entry("corrections").or_insert_with(|| json!([]));
//!     },
//! }
//! ```
//!
//! | part of the version | is raised where | the step |
//! | --- | --- | --- |
//! | major | a program that reads documents of before cannot read those of now: a field is gone, has another name, type or meaning; an entry of a closed list is gone | moves values to their new places |
//! | minor | something is there beside what was: a field, a list, an entry of a closed list | adds what is missing: `null` or an empty list |
//! | patch | the same fields are described more exactly: a pattern, a bound | changes nothing |
//!
//! Other words in a description make no new version.

use serde_json::{Map, Value, json};

use crate::schema::{SCHEMA_VERSION, schema_id};

/// A version that the schema had before.
#[derive(Debug)]
pub struct Older {
    /// The version, as `major.minor.patch`.
    pub version: &'static str,
    /// Its JSON Schema, as it was written to `schema/`.
    pub schema: &'static str,
    /// SHA-256 of that file, in lower-case hexadecimal: it stays as it was.
    pub sha256: &'static str,
    /// Makes a document of the next version of one of this: adds what is missing, moves what stands elsewhere now. It is
    /// given every document that says it is of this version, even one that does not follow its schema: what has another
    /// form than expected is left alone. `$schema` and `schema_version` are none of its business.
    pub step: fn(&mut Map<String, Value>),
}

/// The versions of before, the oldest first.
pub const OLDER: &[Older] = &[Older {
    version: "1.0.0",
    schema: include_str!("../../../schema/document-1.0.0.json"),
    sha256: "8b9172f018b7819d6b69ddde8a31d8ba1a3c4e0a8daf2e0d0339597944c3a9bc",
    // nothing was corrected
    step: |document| {
        document.values_mut().for_each(add_corrected);
        document.entry("corrected").or_insert_with(|| json!([]));
        document.entry("corrections").or_insert_with(|| json!([]));
    },
}];

/// Says of everything that has evidence that none of its values was corrected.
fn add_corrected(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(add_corrected);
            if members.get("evidence").is_some_and(Value::is_array) {
                members.entry("corrected").or_insert_with(|| json!([]));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(add_corrected),
        _ => {}
    }
}

/// Makes a document of today of one that is of a version in `older`, which are all that lead to today's. Any other is left
/// as it is.
pub fn migrate(document: &mut Value, older: &[Older]) {
    let Value::Object(members) = document else { return };
    let version = members.get("schema_version").and_then(Value::as_str);
    let Some(at) = older.iter().position(|older| version == Some(older.version)) else { return };
    older[at..].iter().for_each(|older| (older.step)(members));
    members.insert("$schema".to_owned(), schema_id(SCHEMA_VERSION).into());
    members.insert("schema_version".to_owned(), SCHEMA_VERSION.into());
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use sha2::{Digest, Sha256};

    use super::*;

    fn parts(version: &str) -> Vec<u32> {
        version.split('.').map(|part| part.parse().expect("three numbers")).collect()
    }

    #[test]
    fn every_schema_that_was_written_is_that_of_a_version() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema");
        let names = fs::read_dir(folder).expect("is there").map(|entry| entry.expect("is there").file_name());
        let names: Vec<String> = names.map(|name| name.into_string().expect("UTF-8")).collect();
        let version = |name: &String| Some(name.strip_prefix("document-")?.strip_suffix(".json")?.to_owned());
        let mut written: Vec<String> = names.iter().filter_map(version).collect();
        written.sort_by_key(|version| parts(version));
        let known: Vec<&str> = OLDER.iter().map(|older| older.version).chain([SCHEMA_VERSION]).collect();
        assert_eq!(
            written, known,
            "on the left the versions in schema/, on the right those in OLDER and SCHEMA_VERSION: \
             the module `versions` of crates/model says what a new version takes"
        );
    }

    #[test]
    fn older_schemas_are_as_they_were() {
        for older in OLDER {
            let digest: String = Sha256::digest(older.schema).iter().map(|byte| format!("{byte:02x}")).collect();
            let version = older.version;
            assert_eq!(digest, older.sha256, "schema/document-{version}.json is not what it was when it was written");
            let schema: Value = serde_json::from_str(older.schema).expect("JSON");
            assert_eq!(schema["$id"], schema_id(version));
        }
    }

    #[test]
    fn a_document_takes_every_step_from_its_version_on() {
        let older = |version, step| Older { version, schema: "", sha256: "", step };
        let steps = [
            older("0.1.0", |members| drop(members.insert("first".to_owned(), Value::Null))),
            older("0.2.0", |members| drop(members.insert("second".to_owned(), Value::Null))),
        ];
        for (version, expected) in [
            (Some("0.1.0"), &["schema_version", "first", "second", "$schema"][..]),
            (Some("0.2.0"), &["schema_version", "second", "$schema"]),
            (Some("0.3.0"), &["schema_version"]),
            (Some(SCHEMA_VERSION), &["schema_version"]),
            (None, &["schema_version"]),
        ] {
            let mut document = serde_json::json!({ "schema_version": version });
            migrate(&mut document, &steps);
            let members = document.as_object().expect("an object");
            assert_eq!(members.keys().collect::<Vec<_>>(), expected, "{version:?}");
            let is_migrated = expected.len() > 1;
            let now = if is_migrated { Some(SCHEMA_VERSION) } else { version };
            assert_eq!(members["schema_version"].as_str(), now);
        }
    }
}
