//! What a file holds: a document or a register of people. Each shape has its versions.

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
    /// What a file holds by its `$schema`, whatever version that leads to; where it leads nowhere, by its fields.
    pub(crate) fn of(root: Node<'_>) -> Self {
        let schema = root.text("$schema").unwrap_or_default();
        let has_people = || root.get("people").is_some() && root.get("edition").is_none();
        let is_document = || rapporteur_model::VERSIONS.led_to(schema).is_some();
        if rapporteur_people::VERSIONS.led_to(schema).is_some() || !is_document() && has_people() {
            Self::Register
        } else {
            Self::Document
        }
    }

    /// A value of today that follows the schema, as it is written.
    pub(crate) fn pretty(self, value: Value) -> Option<String> {
        let pretty = match self {
            Self::Document => serde_json::to_string_pretty(&serde_json::from_value::<Document>(value).ok()?),
            Self::Register => serde_json::to_string_pretty(&serde_json::from_value::<Register>(value).ok()?),
        };
        pretty.ok().map(|text| text + "\n")
    }
}
