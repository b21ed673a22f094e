use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use crate::Document;

/// Version of the canonical document's schema. A change of the model raises it: [`OLDER`](crate::OLDER).
pub const SCHEMA_VERSION: &str = "1.1.0";

/// Identifies the schema of a version; also the `$schema` of every document of that version.
#[must_use]
pub fn schema_id(version: &str) -> String {
    format!("urn:rapporteur:schema:document:{version}")
}

/// The JSON Schema (draft 2020-12) of [`Document`].
#[must_use]
pub fn schema() -> Value {
    schema_of::<Document>(&schema_id(SCHEMA_VERSION), "rapporteur document")
}

/// The JSON Schema (draft 2020-12) of a type as it is written, with its identifier and its title.
#[must_use]
pub fn schema_of<T: JsonSchema>(id: &str, title: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    let mut root = Map::new();
    if let Value::Object(generated) = &mut schema {
        // What it is stands first, what it refers to last.
        generated.insert("$id".to_owned(), id.into());
        generated.insert("title".to_owned(), title.into());
        let definitions = generated.remove("$defs");
        for key in ["$schema", "$id", "title", "description"] {
            root.extend(generated.remove(key).map(|value| (key.to_owned(), value)));
        }
        root.append(generated);
        root.extend(definitions.map(|value| ("$defs".to_owned(), value)));
    }
    let mut schema = Value::Object(root);
    unwrap_descriptions(&mut schema);
    schema
}

/// Puts each paragraph of the descriptions on one line: in the code they are comments, wrapped at the margin.
fn unwrap_descriptions(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "description" => {
                        let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
                        *text = paragraphs.collect::<Vec<_>>().join("\n\n");
                    }
                    _ => unwrap_descriptions(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(unwrap_descriptions),
        _ => {}
    }
}
