//! What a file holds: a document or a register of people.

use rapporteur_model::Document;
use rapporteur_people::Register;
use serde_json::Value;

use crate::tree::Node;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The document of an edition.
    Document,
    /// A register of people.
    Register,
}

impl Shape {
    /// What a file holds by its `$schema`; where that says nothing, by its fields.
    pub(crate) fn of(root: Node<'_>) -> Self {
        let schema = root.text("$schema").unwrap_or_default();
        // without the version, which may be another
        let is = |id: &str| id.rsplit_once(':').is_some_and(|(stem, _)| schema.starts_with(stem));
        let has_people = || root.get("people").is_some() && root.get("edition").is_none();
        if is(rapporteur_people::SCHEMA_ID) || !is(rapporteur_model::SCHEMA_ID) && has_people() {
            Self::Register
        } else {
            Self::Document
        }
    }

    pub(crate) fn schema(self) -> Value {
        match self {
            Self::Document => rapporteur_model::schema(),
            Self::Register => Register::json_schema(),
        }
    }

    pub(crate) fn schema_id(self) -> &'static str {
        match self {
            Self::Document => rapporteur_model::SCHEMA_ID,
            Self::Register => rapporteur_people::SCHEMA_ID,
        }
    }

    pub(crate) fn schema_version(self) -> &'static str {
        match self {
            Self::Document => rapporteur_model::SCHEMA_VERSION,
            Self::Register => rapporteur_people::SCHEMA_VERSION,
        }
    }

    /// A text that follows the schema, as it is written.
    pub(crate) fn pretty(self, text: &str) -> Option<String> {
        let pretty = match self {
            Self::Document => serde_json::to_string_pretty(&serde_json::from_str::<Document>(text).ok()?),
            Self::Register => serde_json::to_string_pretty(&serde_json::from_str::<Register>(text).ok()?),
        };
        pretty.ok().map(|text| text + "\n")
    }
}
