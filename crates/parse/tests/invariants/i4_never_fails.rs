//! 4. Reading never fails: any bytes give a document, findings and a ledger that keep the other invariants.
//!
//! That time and memory stay bounded is tested in `growth.rs`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::common::fixtures::{self, Fixture};
use crate::common::{assert_none, checks, generate};

/// The same cases at every run, so that a commit passes or fails for good. `PROPTEST_RNG_SEED` and `PROPTEST_CASES` in
/// the environment ask for others and for more; a text that is found so is added to [`once_failed`].
fn config(cases: u32) -> ProptestConfig {
    let defaults = ProptestConfig::default();
    let asked = |name: &str| std::env::var_os(name).is_some();
    ProptestConfig {
        cases: if asked("PROPTEST_CASES") { defaults.cases } else { cases },
        rng_seed: if asked("PROPTEST_RNG_SEED") { defaults.rng_seed } else { RngSeed::Fixed(2031) },
        failure_persistence: None,
        ..defaults
    }
}

/// Reads a text and checks what holds for any.
fn read(fixture: &Fixture) {
    let sources = fixture.sources();
    let reading = rapporteur_parse::read(&sources, &fixtures::LEXICON);
    assert_none(&fixture.name, &checks::always(&sources, &reading));
}

/// The same, for one text after the other: a failure names those that fail.
fn read_each(fixtures: impl IntoIterator<Item = Fixture>) {
    let fails = |fixture: &Fixture| catch_unwind(AssertUnwindSafe(|| read(fixture))).is_err();
    let failed: Vec<String> = fixtures.into_iter().filter(fails).map(|fixture| fixture.name).collect();
    assert_none("texts fail", &failed);
}

/// Lines of a lexicon file, right and wrong, in any order and number.
fn lexicon_file() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("[roles]".to_owned()),
        Just("[glyphs]".to_owned()),
        Just("[dates]".to_owned()),
        Just("[nothing]".to_owned()),
        Just("speakers = [\"On the sofa\", \"\"]".to_owned()),
        Just("quotes = [\"\", \"x\", \"“”\"]".to_owned()),
        Just("months = [[], [\"mai\"]]".to_owned()),
        Just("bullets = \"–\"".to_owned()),
        "\\PC{0,40}",
    ];
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

/// Any JSON, of a depth and a size that a person might write.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "\\PC{0,20}".prop_map(Into::into),
    ];
    let key = prop_oneof![Just("edition"), Just("sessions"), Just("evidence"), Just("$schema"), Just("x")];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|fields| {
                fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<serde_json::Map<_, _>>().into()
            }),
        ]
    })
}

proptest! {
    #![proptest_config(config(250))]

    #[test]
    fn any_bytes_are_read(bytes in generate::bytes()) {
        read(&Fixture::of("bytes", bytes));
    }

    #[test]
    fn cues_in_any_order_are_read(text in generate::cues()) {
        read(&Fixture::of("cues", text));
    }

    #[test]
    fn any_lexicon_file_is_taken_or_refused_at_a_place(file in lexicon_file()) {
        match rapporteur_grammar::Lexicon::extended(&file) {
            Ok(lexicon) => {
                let fixture = &fixtures::Fixture::of("cues", "Panel discussion\n\nWho keeps the light?\n\nOn stage Ada Brunsen, Mayor\n");
                let _ = rapporteur_parse::read(&fixture.sources(), &lexicon);
            }
            Err(error) => {
                prop_assert!(!error.message.is_empty());
                let inside = error.span.is_none_or(|span| span.start <= span.end && span.end <= file.len());
                prop_assert!(inside, "{:?}", error.span);
            }
        }
    }

    #[test]
    fn any_json_is_told_to_be_a_document_or_not(document in json()) {
        for violation in rapporteur_validate::Validator::new().check(&document) {
            prop_assert!(!violation.message.is_empty());
        }
    }

    #[test]
    fn two_sources_of_anything_are_read(one in generate::cues(), mut other in generate::mutilated()) {
        let one = Fixture::of("cues", one);
        other.files[0].id = "other".to_owned();
        other.files.extend(one.files);
        read(&other);
    }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn mutilated_texts_are_read(fixture in generate::mutilated()) {
        read(&fixture);
    }
}

#[test]
fn a_text_cut_off_anywhere_is_read() {
    for fixture in fixtures::alone() {
        // primes, so that the cuts fall everywhere in lines and characters
        let step = if fixture.name == "vmc2021/report" { 211 } else { 1_009 };
        let cut = |at: usize| Fixture::of(format!("{} cut off at {at}", fixture.name), &fixture.files[0].bytes[..at]);
        read_each((0..fixture.files[0].bytes.len()).step_by(step).map(cut));
    }
}

#[test]
fn what_is_no_report_is_read() {
    let long = "word ".repeat(60_000);
    let texts = [
        ("nothing", &b""[..]),
        ("a line end", b"\n"),
        ("line ends", b"\r\n\r\n\n"),
        ("a byte order mark", b"\xef\xbb\xbf"),
        ("a byte that is no text", b"\xff"),
        ("zeros", &[0; 5_000]),
        ("a letter", b"R"),
        ("a year", b"2031"),
        ("a name", "Žofie Marn".as_bytes()),
        ("marks on no letter", "\u{301}\nZ-\n\u{30c}ofie Marn\u{ad}\n\u{301}".as_bytes()),
        ("a PDF file", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nstream\n\x00\x01\xfe\nendstream"),
        ("UTF-16", b"\xff\xfeR\0e\0p\0o\0r\0t\0\n\0"),
        ("one long line", long.as_bytes()),
    ];
    read_each(texts.map(|(name, bytes)| Fixture::of(name, bytes)));
    assert!(rapporteur_parse::read(&[], &fixtures::LEXICON).ledgers.is_empty(), "no sources at all");
}

/// Texts that once made reading fail or break another invariant, as small as they could be made.
#[test]
fn once_failed() {
    let texts = [
        "ON STAGE\u{a0}Institute of Ropes and Knots (IRK)\n",
        "REFLECTIONS\n④",
        "THE DISCUSSIONS\n@hr\nOct 9 2021",
        "Recommendations\n• \"\t\n",
        "Conclusions\nON STAGE\n\" AGENDA\tAGENDA\u{c}\n",
        "!0 | \nSPEAKERS Ada Brun, “\n",
        "p6p1p5Onstage C B,Ashraf Hekkelin o\n#fro\nONSTAGE\nAhra Hekkelin,tn Ashraf Hekkelin.",
    ];
    read_each(texts.map(|text| Fixture::of(format!("{text:?}"), text)));
}
