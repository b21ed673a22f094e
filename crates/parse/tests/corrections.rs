//! Corrections applied: the document says so, everything points into the source as it is, and what does not fit changes
//! nothing.

mod common;

use std::sync::Arc;

use common::fixtures::{Fixture, LEXICON, editions};
use common::{assert_none, checks};
use rapporteur_correct::{Corrections, ReadAs};
use rapporteur_parse::{Options, Reading, RegionLabel, read_with};
use rapporteur_source::Source;
use rapporteur_validate::{Recorded, Text, Validator};

const TEXT: &str = "\
Harbour Days 2031

5 and 6 May 2031
Harbour Hall, Selvik

Panel discussion

Who keeps the light?

ON STAGE
Ada Brunsen, Mayor, City of Selvik
Cem Dahlgrun, Director, Harbour Trst

MODERATION
Ivo Jansson, Editor, Selvik Gazette Agency

Lighthouses have no owners any more. The panel asked who should pay for lamps that every ship can
see, and found that nobody had asked the ships. A route-based plan would help the profes sional
keepers of the coast.

“A lamp that nobody pays for is a lamp that nobody trims.”
Ada Brunsen

The panel closed with a look at the charts, on which half the lamps are no longer drawn. The keepers
want a common fund for the coast, and a school for those who will follow them.

A harbour is a promise to those at sea

Selvik Evening Bulletin, page four

Keepers agreed on three lamps for the north. They will be lit in spring, when the ice has gone and the
first boats come back to the harbour.

Ropes for the next hundred years

Eda Frunberg, Head of Unit, Ministry of Tides

A rope outlives the ship that it holds. The two spoke about hemp, about steel, and about what can be
learnt from a knot that nobody can untie. They agreed that a study is due.
";

fn sources(text: &str) -> Vec<Source> {
    vec![Source::new("report", "report.txt", text.as_bytes().to_vec())]
}

fn corrections(file: &str, sources: &[Source]) -> Corrections {
    let file = Source::new("report.corrections.toml", "report.corrections.toml", file.as_bytes().to_vec());
    Corrections::parse(file, sources, Some(0))
}

fn read(text: &str, file: &str) -> Reading {
    let sources = sources(text);
    let corrections = [corrections(file, &sources)];
    let reading = read_with(&sources, &Options { corrections: &corrections, ..Options::new(&LEXICON) });
    assert_sound(&reading, &sources);
    reading
}

/// The invariants that hold with corrections as without.
fn assert_sound(reading: &Reading, sources: &[Source]) {
    let document = checks::json(reading);
    let in_text: Vec<_> = reading
        .findings
        .iter()
        .cloned()
        .map(|mut finding| {
            finding.labels.retain(|label| !label.source.ends_with(".toml"));
            finding
        })
        .collect();
    assert_none("spans", &checks::spans(&document, &in_text, sources));
    assert_none("ledger", &checks::ledger(sources, &reading.ledgers));
    assert_none("evidence", &checks::evidence(&document, sources));
    for (described, source) in reading.document.sources.iter().zip(sources) {
        assert_eq!((described.sha256.as_str(), described.bytes), (source.sha256(), source.bytes().len()));
    }
    let file = Source::new("x.json", "x.json", serde_json::to_string_pretty(&document).expect("JSON").into_bytes());
    let lookup = |recorded: &Recorded<'_>| {
        let source = sources.iter().find(|source| source.path() == recorded.path)?;
        Some(Arc::new(Text::new(source.clone())))
    };
    let faults = Validator::new().document(&file, Some(&lookup)).faults;
    let told: Vec<String> =
        faults.iter().map(|fault| format!("{}: {}", fault.finding.rule, fault.finding.message)).collect();
    let told: Vec<String> = told.into_iter().filter(|told| !told.starts_with("document/outside-edition")).collect();
    assert_none("validate", &told);
}

fn codes(reading: &Reading) -> Vec<&'static str> {
    let codes = reading.findings.iter().map(|finding| finding.rule.code);
    codes.filter(|code| code.starts_with("correction/")).collect()
}

fn region(at: &str, label: ReadAs) -> String {
    format!("[[region]]\nat = {at:?}\nlabel = \"{}\"\nreason = \"seen\"\n", label.as_str())
}

/// The label of the line that begins so.
fn label_of(text: &str, reading: &Reading, start: &str) -> String {
    let line = text.lines().position(|line| line.starts_with(start)).expect("it is there") + 1;
    let region =
        reading.ledgers[0].regions.iter().find(|region| (region.first_line..=region.last_line).contains(&line));
    region.expect("it is in a region").label()
}

#[test]
fn text_is_read_as_corrected_and_evidence_points_into_the_source() {
    let file = "[[text]]\nfind = \"Cem Dahlgrun, Director, Harbour Trst\"\nreplace = \"Cem Dahlgren, Director, Harbour Trust\"\n\
                reason = \"two misprints\"\nby = \"M. Toft\"\n\n[[text]]\nfind = \"profes sional\"\nreplace = \"professional\"\n\
                reason = \"broken by a space\"\n";
    let reading = read(TEXT, file);
    assert_eq!(codes(&reading), Vec::<&str>::new());
    let document = &reading.document;
    let credit = &document.sessions[0].speakers[1];
    assert_eq!((credit.name.as_str(), credit.organisation.as_deref()), ("Cem Dahlgren", Some("Harbour Trust")));
    let printed = |field: &str| {
        let place = credit.evidence.iter().find(|place| place.field == field).expect("it has evidence");
        &TEXT[place.start..place.end]
    };
    assert_eq!(
        (printed("name"), printed("credit")),
        ("Cem Dahlgrun, Director, Harbour Trst", "Dahlgrun, Director, Harbour Trst")
    );
    assert!(document.sessions[0].summary[0].contains("the professional keepers"));
    let forms: Vec<_> = document.corrections.iter().map(|known| (known.text.as_deref(), known.was.as_str())).collect();
    assert_eq!(forms[1], (Some("professional"), Some("profes sional")));
    assert_eq!(document.corrections[0].by.as_deref(), Some("M. Toft"));
    let marked: Vec<&str> = document.sessions[0].corrected.iter().map(|mark| mark.field.as_str()).collect();
    assert_eq!(marked, ["summary/0"]);
    assert!(!reading.findings.iter().any(|finding| finding.rule.code == "text/broken-word"));
}

#[test]
fn lines_can_be_broken_joined_and_taken_away() {
    let file = "[[text]]\nfind = \"Ada Brunsen, Mayor, City of Selvik Cem Dahlgrun, Director, Harbour Trst\"\n\
                replace = \"Ada Brunsen, Mayor\"\nreason = \"the other was not there\"\n";
    let reading = read(TEXT, file);
    assert_eq!(reading.document.sessions[0].speakers.len(), 1);
    assert_eq!(label_of(TEXT, &reading, "Cem Dahlgrun"), "furniture");
    let run_on = TEXT.replace("Selvik\\nCem", "Selvik Cem");
    let file = "[[text]]\nfind = \"Selvik Cem\"\nreplace = \"Selvik\\nCem\"\nreason = \"two people on one line\"\n";
    let reading = read(&run_on, file);
    assert_eq!(reading.document.sessions[0].speakers.len(), 2);
    let gone = "[[text]]\nfind = \"Selvik Evening Bulletin, page four\"\nreplace = \"\"\nreason = \"pasted in\"\n";
    assert_eq!(label_of(TEXT, &read(TEXT, gone), "Selvik Evening"), "furniture");
    let joined = TEXT.replace("on which half", "on which\n\nHalf");
    let file = "[[text]]\nfind = \"on which Half\"\nreplace = \"on which half\"\nreason = \"cut by the extractor\"\n";
    assert!(
        read(&joined, file).document.sessions[0].summary.iter().any(|text| text.contains("on which half the lamps"))
    );
}

#[test]
fn a_passage_is_read_as_what_it_is_said_to_be() {
    let plain = read(TEXT, "");
    let promise = "A harbour is a promise to those at sea";
    let bulletin = "Selvik Evening Bulletin, page four";
    let keepers = "Keepers agreed on three lamps";
    let has = |reading: &Reading, text: &str| {
        let summary = reading.document.sessions.iter().flat_map(|session| &session.summary);
        summary.into_iter().any(|paragraph| paragraph.contains(text))
    };

    let reading = read(TEXT, &region(promise, ReadAs::Quote));
    assert_eq!(codes(&reading), Vec::<&str>::new());
    assert_eq!(reading.document.quotes.len(), plain.document.quotes.len() + 1);
    let quote = reading.document.quotes.iter().find(|quote| quote.text == promise).expect("it is a quote");
    assert_eq!(quote.session.as_deref(), Some(reading.document.sessions[0].id.as_str()));
    assert_eq!(label_of(TEXT, &reading, promise), "quote");

    let reading = read(TEXT, &region(bulletin, ReadAs::Caption));
    assert!(reading.document.captions.iter().any(|caption| caption.text == bulletin) && !has(&reading, bulletin));

    let reading = read(TEXT, &region(keepers, ReadAs::Conclusion));
    assert!(reading.document.sessions[0].conclusions[0].starts_with(keepers) && !has(&reading, keepers));

    for left_out in [ReadAs::Furniture, ReadAs::Heading, ReadAs::About] {
        let reading = read(TEXT, &region(keepers, left_out));
        assert!(has(&plain, keepers) && !has(&reading, keepers));
        assert_eq!(label_of(TEXT, &reading, keepers), left_out.as_str());
    }

    let reading = read(TEXT, &region("“A lamp that nobody pays", ReadAs::Body));
    assert!(has(&reading, "A lamp that nobody pays") && reading.document.quotes.is_empty());

    let title = "Ropes for the next hundred years";
    let reading = read(TEXT, &(region(title, ReadAs::SessionTitle) + &region("Eda Frunberg, Head", ReadAs::Credit)));
    assert_eq!(codes(&reading), Vec::<&str>::new());
    let session = reading.document.sessions.iter().find(|session| session.title == title).expect("it begins there");
    assert_eq!(session.speakers.iter().map(|credit| credit.name.as_str()).collect::<Vec<_>>(), ["Eda Frunberg"]);
    assert!(session.summary[0].starts_with("A rope outlives"), "{:?}", session.summary);

    let by = region(promise, ReadAs::Quote)
        + &format!("[[text]]\nfind = \"{bulletin}\"\nreplace = \"Cem Dahlgrun, Director\"\nreason = \"x\"\n")
        + &region("Cem Dahlgrun, Director Keepers", ReadAs::QuoteBy);
    assert_eq!(codes(&read(TEXT, &by)), ["correction/misplaced"], "running text is no name");
    let by = by
        .replace("Director Keepers", "Director")
        .replace("quote_by\"\nreason", "quote_by\"\nuntil = \"Director\"\nreason");
    assert!(codes(&read(TEXT, &by)).contains(&"correction/ambiguous"), "it stands among the credits, too");
}

#[test]
fn what_has_no_meaning_where_it_stands_is_refused_whole() {
    let text = std::fs::read_to_string(common::fixtures::folder().join("ok/report.txt")).expect("is there");
    let plain = serde_json::to_string(&checks::json(&read(&text, ""))).expect("JSON");
    for (at, label) in [
        ("Harbour Hall, Selvik", ReadAs::Conclusion),
        ("Harbour Hall, Selvik", ReadAs::Credit),
        ("Lighthouses have no owners", ReadAs::Credit),
        ("Lighthouses have no owners", ReadAs::QuoteBy),
        ("Harbour Hall, Selvik", ReadAs::QuoteBy),
        ("Coffee break", ReadAs::SessionTitle),
    ] {
        let reading = read(&text, &region(at, label));
        assert_eq!(codes(&reading), ["correction/misplaced"], "{at} as {label:?}");
        assert_eq!(serde_json::to_string(&checks::json(&reading)).expect("JSON"), plain, "{at} as {label:?}");
    }
}

#[test]
fn every_label_that_can_be_said_is_one_of_the_ledger() {
    for label in ReadAs::ALL {
        assert!(RegionLabel::ALL.iter().any(|known| known.as_str() == label.as_str()), "{label:?}");
    }
}

#[test]
fn values_follow_and_validate() {
    let quote = read(TEXT, "").document.quotes[0].id.clone();
    let value = |entity: &str, field: &str, was: &str, value: &str| {
        format!("[[value]]\nentity = {entity:?}\nfield = {field:?}\n{was}\nvalue = {value}\nreason = \"known\"\n")
    };
    let file = value("cem-dahlgrun", "name", "was = \"Cem Dahlgrun\"", "\"Cem Dahlgren\"")
        + &value("harbour-days-2031", "ordinal", "", "6")
        + &value(
            "harbour-days-2031-who-keeps-the-light/speakers/cem-dahlgren",
            "credit",
            "was = \"Director, Harbour Trst\"",
            "\"Director, Harbour Trust\"",
        )
        + &value(&quote, "speaker", "was = \"ada-brunsen\"", "\"cem-dahlgren\"");
    let reading = read(TEXT, &file);
    assert_eq!(
        codes(&reading),
        ["correction/wrong-value"],
        "a reference leads to an id as it is: {:?}",
        reading.findings
    );
    let file = file.replace("value = \"cem-dahlgren\"", "value = \"ivo-jansson\"");
    let reading = read(TEXT, &file);
    assert_eq!(codes(&reading), Vec::<&str>::new(), "{:?}", reading.findings);
    let document = &reading.document;
    assert_eq!(document.edition.ordinal, Some(6));
    let credit = &document.sessions[0].speakers[1];
    assert_eq!((credit.speaker.as_str(), credit.organisation.as_deref()), ("cem-dahlgren", Some("Harbour Trust")));
    assert_eq!(document.quotes[0].speaker.as_deref(), Some("ivo-jansson"));
    assert_eq!(document.corrections.len(), 4);
}

#[test]
fn a_document_that_was_only_read_has_the_ids_that_follow_from_it() {
    for fixture in editions() {
        let document = fixture.read().document;
        let mut renewed = document.clone();
        renewed.renew_ids();
        assert!(renewed == document, "{}", fixture.name);
    }
}

#[test]
fn the_same_corrections_give_the_same_bytes() {
    let file = region("A harbour is a promise", ReadAs::Quote)
        + "[[text]]\nfind = \"Trst\"\nreplace = \"Trust\"\nreason = \"x\"\n";
    let bytes = || serde_json::to_string(&checks::json(&read(TEXT, &file))).expect("JSON");
    assert_eq!(bytes(), bytes());
}

#[test]
fn nothing_fails_whatever_the_text_is() {
    let file = region("A harbour", ReadAs::SessionTitle)
        + &region("page four", ReadAs::Credit)
        + "[[text]]\nfind = \"Trst\"\nreplace = \"\"\nreason = \"x\"\n[[value]]\nentity = \"edition\"\nfield = \"city\"\nvalue = \"X\"\nreason = \"x\"\n";
    for text in [
        "",
        "\n",
        "Trst",
        "A harbour",
        "A harbour\rpage four Trst",
        "%PDF-1.7 Trst A harbour",
        "Trst\u{0}\u{c}A harbour\n\n\n",
    ] {
        let _ = read(text, &file);
    }
    let fixture = Fixture::of("bytes", b"\xff\xfe Trst \xff A harbour\n".to_vec());
    let sources = fixture.sources();
    let corrections = [corrections(&file, &sources)];
    let reading = read_with(&sources, &Options { corrections: &corrections, ..Options::new(&LEXICON) });
    assert_eq!(reading.document.corrections.iter().filter(|known| known.text.is_some()).count(), 1);
}

/// What an archivist would sign: the corrections of the reports all apply, and this is what they change.
#[test]
fn the_reports_are_signed() {
    for fixture in editions() {
        let sources = fixture.sources();
        let (file, name) = (fixture.corrections(), &fixture.name);
        assert_eq!(file.header().sha256.as_deref(), Some(sources[0].sha256()), "{name}");
        let signed = fixture.read_signed();
        assert_sound(&signed, &sources);
        assert_eq!(codes(&signed), Vec::<&str>::new(), "{name}");
        assert_eq!(signed.document.corrections.len(), file.entries().len());
        let (before, after) = (values(&checks::json(&fixture.read())), values(&checks::json(&signed)));
        let mut changes = String::new();
        let gone = before.iter().filter(|(place, value)| after.get(*place) != Some(value));
        gone.for_each(|(place, value)| changes.push_str(&format!("- {place}: {value}\n")));
        let new = after.iter().filter(|(place, value)| before.get(*place) != Some(value));
        new.for_each(|(place, value)| changes.push_str(&format!("+ {place}: {value}\n")));
        insta::assert_snapshot!(format!("signed__{}", fixture.name), changes);
    }
}

/// The values of a document by their places, in which ids stand for numbers.
fn values(document: &serde_json::Value) -> std::collections::BTreeMap<String, String> {
    fn collect(value: &serde_json::Value, place: &str, found: &mut std::collections::BTreeMap<String, String>) {
        match value {
            serde_json::Value::Object(members) => {
                let told = |name: &str| !matches!(name, "evidence" | "corrected" | "corrections");
                for (name, value) in members.iter().filter(|(name, _)| told(name)) {
                    collect(value, &format!("{place}/{name}"), found);
                }
            }
            serde_json::Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    let id = item.get("id").and_then(serde_json::Value::as_str).map_or(at.to_string(), str::to_owned);
                    collect(item, &format!("{place}/{id}"), found);
                }
            }
            value => drop(found.insert(place.to_owned(), value.to_string())),
        }
    }
    let mut found = std::collections::BTreeMap::new();
    collect(document, "", &mut found);
    found
}
