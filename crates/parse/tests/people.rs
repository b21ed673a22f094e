//! Reading with a register of people: ids agree with it, near names are told, and printed names stay.

use rapporteur_grammar::Lexicon;
use rapporteur_model::Document;
use rapporteur_parse::{Options, Reading, read, read_with};
use rapporteur_people::{Decision, DecisionKind, Register, update};
use rapporteur_source::Source;
use rapporteur_validate::Validator;

/// The report of an edition at which these people were on stage.
fn report(year: u16, people: &[&str]) -> Source {
    let people: String = people.iter().map(|name| format!("{name}, Mayor, Harbour of Selvik\n")).collect();
    let text = format!(
        "Harbour Forum {year}\n\nPanel discussion\n\nWho keeps the light?\n\nON STAGE\n{people}\n\
         Lighthouses have no owners any more. The panel asked who should pay for lamps that every\n\
         ship can see, and found that nobody had asked the ships.\n"
    );
    Source::new("report", "report.txt", text.into_bytes())
}

fn register(people: &[&str], decisions: Vec<Decision>) -> Register {
    let document = read(&[report(2030, people)], &Lexicon::embedded()).document;
    update(Register::default(), &[("x.json", &document)], decisions).expect("one edition")
}

fn decision(kind: DecisionKind) -> Decision {
    let ids = ["ada-brunsen", "ada-brunson"].map(str::to_owned).into();
    Decision { kind, ids, reason: "it was asked".to_owned(), by: None, date: None }
}

fn read_in_2031(people: &[&str], register: &Register) -> Reading {
    let lexicon = Lexicon::embedded();
    let reading = read_with(&[report(2031, people)], &Options { people: Some(register), ..Options::new(&lexicon) });
    let document = serde_json::to_value(&reading.document).expect("it is JSON");
    let file = Source::new("x", "x.json", document.to_string().into_bytes());
    let faults = Validator::new().document(&file, None).faults;
    assert!(faults.is_empty(), "what is read with a register is valid: {faults:?}");
    reading
}

fn near(reading: &Reading) -> Vec<&str> {
    let findings = reading.findings.iter().filter(|finding| finding.rule.code == "person/near-registered");
    findings.map(|finding| finding.message.as_str()).collect()
}

fn speakers(document: &Document) -> Vec<(&str, &str)> {
    document.speakers.iter().map(|speaker| (speaker.id.as_str(), speaker.name.as_str())).collect()
}

#[test]
fn a_name_that_only_another_edition_shows_to_be_misspelt_is_told_and_stays() {
    let reading = read_in_2031(&["Ada Brunson", "Olu Feyi"], &register(&["Ada Brunsen", "Olu Feyi"], Vec::new()));
    assert_eq!(near(&reading), ["“Ada Brunson” may be Ada Brunsen, who took part in harbour-forum-2030"]);
    assert_eq!(speakers(&reading.document), [("ada-brunson", "Ada Brunson"), ("olu-feyi", "Olu Feyi")]);
}

#[test]
fn what_was_decided_is_not_told_again() {
    for kind in [DecisionKind::Same, DecisionKind::Different] {
        let register = register(&["Ada Brunsen"], vec![decision(kind)]);
        let reading = read_in_2031(&["Ada Brunson"], &register);
        assert!(near(&reading).is_empty(), "{kind:?}");
        let id = if kind == DecisionKind::Same { "ada-brunsen" } else { "ada-brunson" };
        assert_eq!(speakers(&reading.document), [(id, "Ada Brunson")], "the name stays as printed");
        assert_eq!(reading.document.sessions[0].speakers[0].speaker, id);
    }
}

#[test]
fn two_names_of_one_person_are_one_speaker_with_a_variant() {
    let mut same = decision(DecisionKind::Same);
    same.ids = vec!["ada-brunsen".to_owned(), "ada-maria-brunsen".to_owned()];
    let register = register(&["Ada Brunsen"], vec![same]);
    let reading = read_in_2031(&["Ada Brunsen", "Ada Maria Brunsen"], &register);
    let [speaker] = reading.document.speakers.as_slice() else { panic!("{:?}", reading.document.speakers) };
    assert_eq!((speaker.id.as_str(), speaker.name.as_str()), ("ada-brunsen", "Ada Brunsen"));
    assert_eq!(speaker.variants, ["Ada Maria Brunsen"]);
    let printed: Vec<_> = reading.document.sessions[0].speakers.iter().map(|credit| &credit.inferred).collect();
    assert!(printed[0].is_empty() && printed[1][0].reason.contains("Ada Maria Brunsen"), "{printed:?}");
}

#[test]
fn a_register_of_nobody_changes_nothing() {
    let lexicon = Lexicon::embedded();
    let report = [report(2031, &["Ada Brunson", "Olu Feyi"])];
    let with = read_with(&report, &Options { people: Some(&Register::default()), ..Options::new(&lexicon) });
    assert_eq!(with.document, read(&report, &lexicon).document);
}
