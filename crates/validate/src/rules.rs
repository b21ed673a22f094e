//! The rules on documents. A rule is one file; at its head stands what it says of itself.

/// `document/not-json`.
pub mod not_json;
/// `document/schema`.
pub mod schema;

use rapporteur_diagnostics::Rule;

/// Every rule on documents.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [&not_json::RULE, &schema::RULE].into_iter()
}
