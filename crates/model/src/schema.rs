use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::Document;

/// Version of the canonical document's schema.
pub const SCHEMA_VERSION: &str = "1.0.0";

/// Identifies the schema; also the `$schema` of every document.
pub const SCHEMA_ID: &str = "urn:rapporteur:schema:document:1.0.0";

/// The JSON Schema (draft 2020-12) of [`Document`].
#[must_use]
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Document>().to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("$id".to_owned(), SCHEMA_ID.into());
        root.insert("title".to_owned(), "rapporteur document".into());
    }
    schema
}
