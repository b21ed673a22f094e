//! 7. What is written passes validation, and reads back as what was written.
//!
//! Generated and mutilated texts are validated in [`crate::i4_never_fails`].

use rapporteur_model::Document;

use crate::common::fixtures::{self, Read};
use crate::common::{assert_none, checks};

#[test]
fn documents_pass_validation() {
    for Read { fixture, document, .. } in fixtures::ALL.iter() {
        assert_none(&fixture.name, &checks::violations(document));
    }
}

#[test]
fn documents_read_back() {
    for Read { fixture, reading, .. } in fixtures::ALL.iter() {
        let text = serde_json::to_string(&reading.document).expect("a document is JSON");
        let back: Document = serde_json::from_str(&text).expect("the tool reads what it writes");
        assert!(back == reading.document, "{}", fixture.name);
    }
}

#[test]
fn a_document_that_the_schema_does_not_allow_is_noticed() {
    let mut document = fixtures::ALL[0].document.clone();
    document["sessions"][0]["kind"] = "lecture".into();
    assert_eq!(checks::violations(&document).len(), 1);
}
