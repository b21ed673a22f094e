//! Every line that is not blank stands in exactly one region of the ledger, whatever the bytes.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rapporteur_grammar::Lexicon;
use rapporteur_source::Source;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::embedded);

fuzz_target!(|bytes: &[u8]| {
    let source = Source::new("report", "report.txt", bytes.to_vec());
    let reading = rapporteur_parse::read(std::slice::from_ref(&source), &LEXICON);
    let mut counts = vec![0_usize; source.line_count() + 1];
    for region in &reading.ledgers[0].regions {
        assert!(region.first_line <= region.last_line && region.last_line <= source.line_count());
        for line in region.first_line..=region.last_line {
            counts[line] += 1;
        }
    }
    for line in source.lines().filter(|line| !source.slice(line.span).trim().is_empty()) {
        assert_eq!(counts[line.number], 1, "line {}", line.number);
    }
});
