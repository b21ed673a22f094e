//! Any bytes give a document that follows its schema, and findings whose labels lie in the text.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rapporteur_grammar::Lexicon;
use rapporteur_source::Source;
use rapporteur_validate::Validator;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::embedded);
static VALIDATOR: LazyLock<Validator> = LazyLock::new(Validator::new);

fuzz_target!(|bytes: &[u8]| {
    let source = Source::new("report", "report.txt", bytes.to_vec());
    let reading = rapporteur_parse::read(std::slice::from_ref(&source), &LEXICON);
    let document = serde_json::to_value(&reading.document).expect("a document is JSON");
    let violations = VALIDATOR.check(&document);
    assert!(violations.is_empty(), "{violations:?}");
    for label in reading.findings.iter().flat_map(|finding| &finding.labels) {
        assert!(label.start <= label.end && label.end <= bytes.len(), "{label:?}");
    }
});
