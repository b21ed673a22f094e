//! Any JSON is told to be valid or not.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rapporteur_validate::Validator;

static VALIDATOR: LazyLock<Validator> = LazyLock::new(Validator::new);

fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = serde_json::from_slice(bytes) {
        for violation in VALIDATOR.check(&document) {
            assert!(!violation.message.is_empty());
        }
    }
});
