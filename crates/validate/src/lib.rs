//! Validation of canonical documents against their JSON Schema.
//!
//! ```
//! use rapporteur_model::Document;
//! use rapporteur_validate::Validator;
//!
//! let validator = Validator::new();
//! let mut document = serde_json::to_value(Document::default())?;
//! assert!(validator.check(&document).is_empty());
//!
//! document["sessions"] = "none".into();
//! let violations = validator.check(&document);
//! assert_eq!(violations[0].pointer, "/sessions");
//! assert_eq!(violations[0].message, "\"none\" is not of type \"array\"");
//! # Ok::<(), serde_json::Error>(())
//! ```

mod message;
pub mod rules;

pub use rules::rules;

use std::sync::OnceLock;

use jsonschema::PatternOptions;
use serde_json::Value;

/// Holds the compiled schema of the canonical document.
///
/// Making one costs nothing; the schema is compiled at the first check.
#[derive(Debug, Default)]
pub struct Validator {
    compiled: OnceLock<jsonschema::Validator>,
}

/// One value that the schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer (RFC 6901) to the value: `/sessions/3/kind`; empty for the whole document.
    pub pointer: String,
    /// What is wrong with it, in one sentence without a full stop.
    pub message: String,
}

impl Validator {
    /// A validator of canonical documents.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Everything in `document` that the schema does not allow, in the order of the schema; empty where it is valid.
    #[must_use]
    pub fn check(&self, document: &Value) -> Vec<Violation> {
        let mut violations = Vec::new();
        for error in self.compiled().iter_errors(document) {
            message::explain(&error, &mut violations);
        }
        violations
    }

    fn compiled(&self) -> &jsonschema::Validator {
        self.compiled.get_or_init(|| {
            jsonschema::options()
                // Nothing is fetched, whatever a reference says.
                .offline()
                // Linear time, whatever a value is.
                .with_pattern_options(PatternOptions::regex())
                .build(&rapporteur_model::schema())
                .expect("the schema of the model is a JSON Schema: tested below")
        })
    }
}

#[cfg(test)]
mod tests {
    use rapporteur_model::{Credit, Document, Edition, Evidence, Quote, Session};
    use serde_json::{Value, json};

    use super::*;

    /// A small document with something in each place that the tests spoil.
    fn document() -> Value {
        let evidence = vec![Evidence { source: "report".into(), start: 0, end: 4, field: "title".into() }];
        let speaker = Credit { speaker: "a-b".into(), name: "A B".into(), ..Credit::default() };
        let session = Session { title: "Talk".into(), speakers: vec![speaker], evidence, ..Session::default() };
        let edition = Edition { start_date: Some("2020-02-29".into()), ..Edition::default() };
        let document =
            Document { edition, sessions: vec![session], quotes: vec![Quote::default()], ..Document::default() };
        serde_json::to_value(document).expect("the model is JSON")
    }

    fn spoilt(pointer: &str, value: Value) -> Vec<(String, String)> {
        let mut document = document();
        *document.pointer_mut(pointer).expect("there is such a value") = value;
        Validator::new().check(&document).into_iter().map(|v| (v.pointer, v.message)).collect()
    }

    #[test]
    fn a_document_of_the_model_is_valid() {
        assert_eq!(Validator::new().check(&document()), []);
    }

    #[test]
    fn a_wrong_value_is_named_by_its_pointer_and_told_in_a_line() {
        for (pointer, value, message) in [
            ("/sessions/0/kind", json!("lecture"), "\"lecture\" is not one of \"keynote\", \"panel\","),
            ("/sessions/0/title", json!(null), "null is not of type \"string\""),
            ("/quotes/0/text", json!(null), "null is not of type \"string\""),
            ("/edition/format", json!("real"), "\"real\" is not one of"),
            ("/edition/start_date", json!("2020-2-9"), "\"2020-2-9\" does not match \"^[0-9]{4}"),
            ("/edition/start_date", json!(2020), "2020 is not of type"),
            ("/sessions/0/position", json!(-1), "-1 is less than the minimum of 0"),
            ("/sessions/0/speakers/0/online", json!("no"), "\"no\" is not of type \"boolean\""),
            ("/sessions/0/evidence", json!({}), "{} is not of type \"array\""),
            ("", json!([]), "[] is not of type \"object\""),
        ] {
            let violations = spoilt(pointer, value);
            assert_eq!(violations.len(), 1, "{violations:?}");
            assert_eq!(violations[0].0, pointer);
            assert!(violations[0].1.starts_with(message), "{violations:?}");
            assert!(violations[0].1.len() < 250, "short enough for a line or two: {violations:?}");
        }
    }

    #[test]
    fn a_session_without_a_printed_kind_is_valid() {
        assert_eq!(spoilt("/sessions/0/kind", json!(null)), []);
    }

    #[test]
    fn missing_and_unknown_keys_are_named() {
        let mut document = document();
        let session = document["sessions"][0].as_object_mut().expect("an object");
        session.remove("title");
        session.insert("tittle".into(), "Talk".into());
        let violations = Validator::new().check(&document);
        let mut messages: Vec<_> = violations.iter().map(|v| (v.pointer.as_str(), v.message.as_str())).collect();
        messages.sort_unstable();
        assert_eq!(
            messages,
            [
                ("/sessions/0", "\"title\" is a required property"),
                ("/sessions/0", "Additional properties are not allowed ('tittle' was unexpected)"),
            ]
        );
    }

    #[test]
    fn a_long_value_is_not_repeated() {
        let violations = spoilt("/sessions/0/title", json!("long ".repeat(100).split(" ").collect::<Vec<_>>()));
        assert_eq!(violations, [("/sessions/0/title".to_owned(), "the value is not of type \"string\"".to_owned())]);
    }
}
