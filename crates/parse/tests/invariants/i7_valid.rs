//! 7. What is written passes validation, and reads back as what was written.
//!
//! Generated and mutilated texts are validated in [`crate::i4_never_fails`].

use rapporteur_model::Document;

use crate::common::fixtures::Fixture;
use crate::common::{assert_none, checks, fixtures};

#[test]
fn documents_pass_validation() {
    let nothing = Fixture::of("nothing", "");
    for fixture in fixtures::all().into_iter().chain([nothing]) {
        assert_none(&fixture.name, &checks::violations(&checks::json(&fixture.read())));
    }
}

#[test]
fn documents_read_back() {
    for fixture in fixtures::editions() {
        let document = fixture.read().document;
        let text = serde_json::to_string(&document).expect("a document is JSON");
        let back: Document = serde_json::from_str(&text).expect("the tool reads what it writes");
        assert_eq!(back, document, "{}", fixture.name);
    }
}

#[test]
fn a_document_that_the_schema_does_not_allow_is_noticed() {
    let mut document = checks::json(&fixtures::editions()[0].read());
    document["sessions"][0]["kind"] = "lecture".into();
    assert_eq!(checks::violations(&document).len(), 1);
}
