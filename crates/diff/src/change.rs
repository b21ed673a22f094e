use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Version of the shape of [`Diff`].
pub const SCHEMA_VERSION: &str = "1.0.0";

/// Identifies the JSON Schema of [`Diff`]; also the `$schema` of each.
pub const SCHEMA_ID: &str = "urn:rapporteur:schema:diff:1.0.0";

/// What changed between two documents, in the order of the new one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Diff {
    /// Address of the JSON Schema that this follows.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// Version of that schema, as `major.minor.patch`.
    pub schema_version: String,
    /// The document before.
    pub old: Side,
    /// The document after.
    pub new: Side,
    /// What changed, field by field. Where this is empty the two say the same.
    pub changes: Vec<Change>,
    /// JSON pointers into the new document to all `evidence` that is other than before, of what is in both documents.
    /// Evidence says where a value was read and is no content: such a move alone is no change.
    pub evidence: Vec<String>,
}

/// One of the two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// The path of the file, as given; empty where there is none.
    pub path: String,
    /// The id of its edition.
    pub edition: String,
}

/// One thing that is other than before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What happened to it.
    pub kind: Kind,
    /// What kind of entity it belongs to: the list of the document that holds it (`quotes`), `edition`, or `document` for
    /// what belongs to none.
    pub list: String,
    /// The id that the entity has in the new document; where it is not there, that of the old one.
    pub entity: Option<String>,
    /// What a person calls the entity: its title, name or text.
    pub label: String,
    /// The field of the entity, and in lists what the item is known by, or its number counted from 0: `text`,
    /// `speakers/ada-brun/office`, `summary/2`. Empty where it is about the entity as a whole.
    pub field: String,
    /// JSON pointer to it in the old document; `null` where it was added.
    pub old: Option<String>,
    /// JSON pointer to it in the new document; `null` where it was removed.
    pub new: Option<String>,
    /// What stood there; of what moved, its place in its list, counted from 0.
    pub before: Value,
    /// What stands there now; of what moved, its place in its list, counted from 0.
    pub after: Value,
    /// Of what was reworded, the words of both in one order; otherwise empty.
    pub words: Vec<Word>,
}

/// What happened to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It is in the new document only.
    Added,
    /// It was in the old document only.
    Removed,
    /// It has another place among those that are in both.
    Moved,
    /// It is a text, and some of its words are others.
    Reworded,
    /// It has another value.
    Changed,
}

/// Words that follow each other in a text that was reworded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// In which of the two texts they stand.
    pub kind: WordKind,
    /// The words, with the white space and punctuation between them.
    pub text: String,
}

/// In which of two texts words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WordKind {
    /// In both.
    Same,
    /// In the old one.
    Removed,
    /// In the new one.
    Added,
}

impl Diff {
    /// The JSON Schema of what is written of it.
    #[must_use]
    pub fn schema() -> Value {
        rapporteur_model::schema_of::<Self>(SCHEMA_ID, "rapporteur diff")
    }

    /// Whether the two documents say the same, wherever they read it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

impl Kind {
    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Reworded => "reworded",
            Self::Changed => "changed",
        }
    }
}
