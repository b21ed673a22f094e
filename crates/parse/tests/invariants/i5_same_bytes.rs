//! 5. The same bytes in give the same bytes out, at any number of threads.

use std::thread;

use rapporteur_parse::Reading;

use crate::common::fixtures::{self, Fixture, Read};

/// Everything that reading gives, as bytes.
fn bytes(reading: &Reading) -> String {
    let document = serde_json::to_string(&reading.document).expect("a document is JSON");
    let ledgers = serde_json::to_string(&reading.ledgers).expect("a ledger is JSON");
    let findings = serde_json::to_string(&reading.findings).expect("findings are JSON");
    [document, ledgers, findings].join("\n")
}

/// Reads a fixture with a lexicon of its own, as another process would.
fn anew(fixture: &Fixture) -> String {
    bytes(&rapporteur_parse::read(&fixture.sources(), &rapporteur_grammar::Lexicon::embedded()))
}

#[test]
fn reading_twice_gives_the_same_bytes() {
    for Read { fixture, reading, .. } in fixtures::ALL.iter() {
        assert!(bytes(reading) == anew(fixture), "{} is read differently the second time", fixture.name);
    }
}

#[test]
fn eight_threads_give_the_same_bytes() {
    for fixture in fixtures::editions() {
        let once = anew(&fixture);
        thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| bytes(&fixture.read()))).collect();
            for thread in threads {
                assert!(once == thread.join().expect("reading never fails"), "{}", fixture.name);
            }
        });
    }
}

#[test]
fn a_change_is_seen() {
    let fixture = &fixtures::editions()[0];
    let changed = fixture.map(|text| String::from_utf8_lossy(text).replacen("quote", "quota", 1).into_bytes());
    assert_ne!(anew(fixture), anew(&changed));
}
