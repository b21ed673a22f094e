//! The versions that a schema has had, and the steps that lead from each to the next.
//!
//! A file has a shape, the document of an edition or another, and each shape has its versions. A schema that is in
//! `schema/` does not change any more: files follow it that nobody here knows of. A change of the types takes these steps,
//! and tests fail until all are done:
//!
//! 1. raise the `SCHEMA_VERSION` of the shape (of documents [`SCHEMA_VERSION`]);
//! 2. add the version of before to the `older` of its [`Versions`] (of documents [`VERSIONS`]), with a function that makes
//!    a file of the new version of an old one;
//! 3. put a file of the new version, in canonical form, into `fixtures/versions`; those of before stay;
//! 4. `cargo xtask codegen` writes the schema of the new version beside the older ones, and `docs/schema.md`.
//!
//! A step is a line or two:
//!
//! ```text
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
//! Other words in a description make no new version. Which part of the version is raised, `docs/schema.md` says.

use serde_json::{Map, Value, json};

use crate::schema::{SCHEMA_VERSION, schema};

/// The versions of the canonical document's schema.
pub const VERSIONS: Versions = Versions { name: "document", older: OLDER, today: SCHEMA_VERSION, schema };

/// The versions that the schema of a shape has had.
#[derive(Debug)]
pub struct Versions {
    /// What the shape is called in the identifiers of its schemas and the names of their files.
    pub name: &'static str,
    /// The versions of before, the oldest first.
    pub older: &'static [Older],
    /// The version of today, as `major.minor.patch`.
    pub today: &'static str,
    /// Makes the JSON Schema of today.
    pub schema: fn() -> Value,
}

/// A version that a schema had before.
#[derive(Debug)]
pub struct Older {
    /// The version, as `major.minor.patch`.
    pub version: &'static str,
    /// Its JSON Schema, as it was written to `schema/`.
    pub schema: &'static str,
    /// SHA-256 of that file, in lower-case hexadecimal: it stays as it was.
    pub sha256: &'static str,
    /// Makes a file of the next version of one of this: adds what is missing, moves what stands elsewhere now. It is given
    /// every file that says it is of this version, even one that does not follow its schema: what has another form than
    /// expected is left alone. `$schema` and `schema_version` are none of its business.
    pub step: fn(&mut Map<String, Value>),
}

/// The versions of the document before today's, the oldest first.
const OLDER: &[Older] = &[Older {
    version: "1.0.0",
    schema: include_str!("../../../schema/document-1.0.0.json"),
    sha256: "e8437cce049892bffb8c0822971695f4d3106757adcd3f804ec26dadd630ba21",
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

impl Versions {
    /// All versions, the oldest first; the last is today's.
    pub fn all(&self) -> impl Iterator<Item = &'static str> {
        self.older.iter().map(|older| older.version).chain([self.today])
    }

    /// Identifies the schema of a version; also the `$schema` of every file of that version that is written here.
    #[must_use]
    pub fn id(&self, version: &str) -> String {
        format!("urn:rapporteur:schema:{}:{version}", self.name)
    }

    /// The name of the file that holds the schema of a version; a `$schema` may lead to it, for editors.
    #[must_use]
    pub fn file(&self, version: &str) -> String {
        format!("{}-{version}.json", self.name)
    }

    /// The version whose schema an address leads to, known or not: the identifier of a schema, or any path or address of
    /// its file. `None` where it leads elsewhere.
    #[must_use]
    pub fn led_to<'a>(&self, address: &'a str) -> Option<&'a str> {
        let file = address.rsplit('/').next().unwrap_or_default();
        let version = match address.strip_prefix(&self.id("")) {
            Some(version) => version,
            None => file.strip_prefix(self.name)?.strip_prefix('-')?.strip_suffix(".json")?,
        };
        let is_version = version.split('.').all(|part| part.parse::<u32>().is_ok());
        is_version.then_some(version)
    }

    /// Makes a file of today of one that is of an older version. Any other is left as it is.
    pub fn migrate(&self, file: &mut Value) {
        let Value::Object(members) = file else { return };
        let version = members.get("schema_version").and_then(Value::as_str);
        let Some(at) = self.older.iter().position(|older| version == Some(older.version)) else { return };
        self.older[at..].iter().for_each(|older| (older.step)(members));
        let address = members.get("$schema").and_then(Value::as_str).unwrap_or_default();
        let folder = address.strip_suffix(&self.file(self.older[at].version));
        let address = folder.map_or(self.id(self.today), |folder| folder.to_owned() + &self.file(self.today));
        members.insert("$schema".to_owned(), address.into());
        members.insert("schema_version".to_owned(), self.today.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_a_version() {
        for (address, version) in [
            ("urn:rapporteur:schema:document:1.0.0", Some("1.0.0")),
            ("document-1.0.0.json", Some("1.0.0")),
            ("../schema/document-9.0.0.json", Some("9.0.0")),
            ("https://example.org/document-1.0.json", Some("1.0")),
            ("urn:rapporteur:schema:people:1.0.0", None),
            ("people-1.0.0.json", None),
            ("a-document-1.0.0.json", None),
            ("document-1.0.0.json/", None),
            ("document-new.json", None),
            ("document-.json", None),
            ("", None),
        ] {
            assert_eq!(VERSIONS.led_to(address), version, "{address}");
        }
    }

    #[test]
    fn a_document_takes_every_step_from_its_version_on() {
        let older = |version, step| Older { version, schema: "", sha256: "", step };
        let steps = [
            older("0.1.0", |members| drop(members.insert("first".to_owned(), Value::Null))),
            older("0.2.0", |members| drop(members.insert("second".to_owned(), Value::Null))),
        ];
        let versions = Versions { older: Box::leak(Box::new(steps)), ..VERSIONS };
        for (version, expected) in [
            (Some("0.1.0"), &["schema_version", "first", "second", "$schema"][..]),
            (Some("0.2.0"), &["schema_version", "second", "$schema"]),
            (Some("0.3.0"), &["schema_version"]),
            (Some(SCHEMA_VERSION), &["schema_version"]),
            (None, &["schema_version"]),
        ] {
            let mut document = serde_json::json!({ "schema_version": version });
            versions.migrate(&mut document);
            let members = document.as_object().expect("an object");
            assert_eq!(members.keys().collect::<Vec<_>>(), expected, "{version:?}");
            let is_migrated = expected.len() > 1;
            let now = if is_migrated { Some(SCHEMA_VERSION) } else { version };
            assert_eq!(members["schema_version"].as_str(), now);
        }
        for (before, after) in [
            ("../schema/document-0.1.0.json", format!("../schema/document-{SCHEMA_VERSION}.json")),
            (&versions.id("0.1.0"), versions.id(SCHEMA_VERSION)),
        ] {
            let mut document = serde_json::json!({ "$schema": before, "schema_version": "0.1.0" });
            versions.migrate(&mut document);
            assert_eq!(document["$schema"], after);
        }
    }
}
