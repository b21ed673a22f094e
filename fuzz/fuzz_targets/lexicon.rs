//! Any file gives a lexicon or an error whose place lies in the file; what it gives can be read with.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rapporteur_grammar::Lexicon;
use rapporteur_source::Source;

const TEXT: &str = "Rope Forum 2031\n\nPanel discussion\n\nWho keeps the light?\n\nON STAGE\nAda Brunsen, Mayor, City of Selvik\n";

fuzz_target!(|file: &str| {
    match Lexicon::extended(file) {
        Ok(lexicon) => {
            let source = Source::new("report", "report.txt", TEXT.into());
            let _ = rapporteur_parse::read(std::slice::from_ref(&source), &lexicon);
        }
        Err(error) => {
            assert!(!error.message.is_empty());
            if let Some(span) = error.span {
                assert!(span.start <= span.end && span.end <= file.len(), "{span:?}");
            }
        }
    }
});
