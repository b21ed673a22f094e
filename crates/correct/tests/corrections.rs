//! Files of corrections: what is read of them, where their corrections belong, and how they are changed.

use rapporteur_correct::{Corrections, Entry, Header, ReadAs, What, edit};
use rapporteur_model::{Credit, Document, Edition, Quote, Session, Speaker};
use rapporteur_source::{Patched, Source, Span};
use serde_json::{Value, json};

const TEXT: &str = "Harbour Days 2031\n\nThe ropes hodl to-\nmorrow, said Ada Brnu, Pilot.\n\nRopes hold where\nhands \
                    do. It is so.\nAda Brnu\n\nAnother paragraph of Ada Brun.\n";

fn source(text: &str) -> Source {
    Source::new("report", "in/report.txt", text.as_bytes().to_vec())
}

fn corrections(file: &str) -> Corrections {
    let file = Source::new("report.corrections.toml", "report.corrections.toml", file.as_bytes().to_vec());
    Corrections::parse(file, &[source(TEXT)], Some(0))
}

fn codes(findings: &[rapporteur_diagnostics::Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.code).collect()
}

fn text(find: &str, replace: &str) -> String {
    format!("[[text]]\nfind = {find:?}\nreplace = {replace:?}\nreason = \"because\"\n")
}

#[test]
fn a_wrong_file_is_no_panic_and_what_is_right_in_it_holds() {
    for (file, faults) in [
        ("", 0),
        ("text = 3\nsource = 4\nother = []\n", 3),
        ("text = [1]\n", 1),
        ("[[text]]\n", 3),
        ("[[text]]\nfind = \"a\"\nreplace = \"b\"\n", 1),
        ("[[text]]\nfind = \"a\"\nreplace = \"b\"\nreason = \" \"\n", 1),
        ("[[text]]\nfind = \"a\"\nreplace = \"\"\nreason = \"x\"\n", 0),
        ("[[text]]\nfind = \"a\"\nreplace = \"b\"\nreason = \"x\"\ndate = \"today\"\n", 1),
        ("[[text]]\nfind = \"a\"\nreplace = \"b\"\nreason = \"x\"\ndate = 2031-05-06\nby = \"Ada\"\n", 0),
        ("[[region]]\nat = \"a\"\nlabel = \"toc\"\nreason = \"x\"\n", 1),
        ("[[value]]\nentity = \"a\"\nfield = \"b\"\nreason = \"x\"\n", 1),
        ("[[value]]\nentity = \"a\"\nfield = \"b\"\nvalue = 1\nabsent = true\nreason = \"x\"\n", 1),
        ("[[value]]\nentity = \"a\"\nfield = \"b\"\nvalue = 1.5\nreason = \"x\"\n", 1),
        ("[[value]]\nentity = \"a\"\nfield = \"b\"\nvalue = 99999999999999999999\nreason = \"x\"\n", 1),
        ("[[value]]\nentity = \"a\"\nfield = \"b\"\nabsent = false\nreason = \"x\"\n", 1),
        ("[[value]]\nentity = \"a\"\nfield = \"b\"\nvalue = [\"c\"]\nreason = \"x\"\n", 0),
        ("\0", 1),
    ] {
        let found = corrections(file);
        let messages: Vec<&str> = found.findings().iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages.len(), faults, "{file:?}: {messages:?}");
    }
    let half = corrections(&format!("[[text]]\nfind = 1\n{}", text("hodl", "hold")));
    assert_eq!(half.entries().len(), 1);
}

#[test]
fn a_file_is_for_the_source_that_it_names() {
    let sources = [source(TEXT), Source::new("articles", "in/articles.txt", b"Articles".to_vec())];
    let of = |header: &str| {
        let file = format!("{header}{}", text("hodl", "hold"));
        let file = Source::new("c", "c.toml", file.into_bytes());
        Corrections::parse(file, &sources, None).source().map(str::to_owned)
    };
    assert_eq!(of("[source]\npath = \"articles.txt\"\n").as_deref(), Some("articles"));
    let digest = format!("[source]\npath = \"old.txt\"\nsha256 = \"{}\"\n", sources[1].sha256().to_uppercase());
    assert_eq!(of(&digest).as_deref(), Some("articles"));
    assert_eq!(of("[source]\npath = \"old.txt\"\n"), None);
    assert_eq!(of(""), None, "there are two");
}

/// What a text becomes, and what is found.
fn patched(file: &str) -> (String, Vec<&'static str>) {
    let source = source(TEXT);
    let (edits, findings) = corrections(file).text(&source);
    let patched =
        Patched::new(&source, edits.into_iter().map(|edit| edit.edit).collect()).expect("they do not overlap");
    (patched.source().text().to_owned(), codes(&findings))
}

#[test]
fn text_is_corrected_in_one_place_or_not_at_all() {
    let (read, found) = patched(&text("hodl tomorrow", "hold tomorrow"));
    assert_eq!((read, found), (TEXT.replace("hodl", "hold"), vec![]));
    for (find, replace, code) in [
        ("Ada Brnu", "Ada Brun", "correction/ambiguous"),
        ("nothing of this", "x", "correction/no-match"),
        ("Ada Brwn of", "Ada Browne", "correction/no-match"),
        ("Another chapter", "Another paragraph", "correction/unneeded"),
        ("Ada", "Ada Brun", "correction/ambiguous"),
        ("of Ada", "of Ada Brun", "correction/unneeded"),
        ("Pilot", "Pilot", "correction/unneeded"),
    ] {
        assert_eq!(patched(&text(find, replace)), (TEXT.to_owned(), vec![code]), "{find} to {replace}");
    }
    let both = text("said Ada Brnu", "said Ada Brun") + &text("Brnu, Pilot", "Brun, First Pilot");
    assert_eq!(patched(&both).1, ["correction/conflict"]);
    let context = "[[text]]\nbefore = \"It is so.\"\nfind = \"Ada Brnu\"\nreplace = \"Ada Brun\"\nreason = \"x\"\n";
    assert_eq!(patched(context), (TEXT.replace("so.\nAda Brnu", "so.\nAda Brun"), vec![]));
}

#[test]
fn passages_end_with_their_paragraph_or_where_it_is_said() {
    let source = source(TEXT);
    let of = |at: &str, until: &str| {
        let until = if until.is_empty() { String::new() } else { format!("until = {until:?}\n") };
        let file = corrections(&format!("[[region]]\nat = {at:?}\n{until}label = \"quote\"\nreason = \"x\"\n"));
        let (passages, findings) = file.regions(&source, |span| span);
        let text = passages.first().map(|passage| (source.slice(passage.span), passage.label));
        (text, codes(&findings))
    };
    let quote = |text: &'static str| (Some((text, ReadAs::Quote)), vec![]);
    assert_eq!(of("Ropes hold", ""), quote("Ropes hold where\nhands do. It is so.\nAda Brnu"));
    assert_eq!(of("Ropes hold", "hands do."), quote("Ropes hold where\nhands do."));
    assert_eq!(of("Ropes hold where hands do.", "hands do."), quote("Ropes hold where\nhands do."));
    assert_eq!(of("Ropes hold", "hodl"), (None, vec!["correction/no-match"]), "it stands before");
    assert_eq!(of("Ada Brnu", ""), (None, vec!["correction/ambiguous"]));
    assert_eq!(of("Robes holt where", ""), (None, vec!["correction/no-match"]));
    assert_eq!(rapporteur_correct::ending(&source, "Ropes hold").as_deref(), Some("is so. Ada Brnu"));
}

#[test]
fn a_changed_source_is_told() {
    let file = |digest: &str| format!("[source]\nsha256 = \"{digest}\"\n{}", text("hodl", "hold"));
    let source = source(TEXT);
    assert!(corrections(&file(source.sha256())).changed(&source).is_none());
    assert!(corrections(&text("hodl", "hold")).changed(&source).is_none());
    let told = corrections(&file("00")).changed(&source).expect("it has changed");
    assert_eq!(told.rule.code, "correction/source-changed");
}

fn document() -> Document {
    let mut document = Document {
        edition: Edition {
            short_name: Some("HD2031".into()),
            city: Some("Altmarsh".into()),
            year: Some(2031),
            ..Edition::default()
        },
        speakers: ["Ada Brnu", "Bo Carl"]
            .map(|name| Speaker { name: name.into(), id: rapporteur_model::slug(name), ..Speaker::default() })
            .into(),
        sessions: vec![Session {
            title: "Ropes".into(),
            summary: vec!["One.".into(), "Two.".into()],
            speakers: vec![Credit { speaker: "ada-brnu".into(), name: "Ada Brnu".into(), ..Credit::default() }],
            ..Session::default()
        }],
        quotes: vec![Quote { text: "Ropes hold.".into(), ..Quote::default() }],
        ..Document::default()
    };
    document.renew_ids();
    document
}

/// What becomes of the document, and what is found.
fn valued(entity: &str, field: &str, was: &str, value: &str) -> (Document, Vec<&'static str>) {
    let was = if was.is_empty() { String::new() } else { format!("was = {was}\n") };
    let value = if value.is_empty() { "absent = true".to_owned() } else { format!("value = {value}") };
    let file = format!("[[value]]\nentity = \"{entity}\"\nfield = \"{field}\"\n{was}{value}\nreason = \"because\"\n");
    let file = corrections(&file);
    assert_eq!(file.findings(), []);
    let mut document = document();
    let applied = rapporteur_correct::apply(&[&file], &mut document);
    assert_eq!(applied.corrections.len() + applied.findings.len(), 1);
    (document, codes(&applied.findings))
}

#[test]
fn values_are_put_right() {
    let quote = document().quotes[0].id.clone();
    for (entity, field, was, value, pointer, expected) in [
        ("hd2031", "city", "\"Altmarsh\"", "\"Old Marsh\"", "/edition/city", json!("Old Marsh")),
        ("hd2031", "city", "\"Altmarsh\"", "", "/edition/city", Value::Null),
        ("hd2031", "start_date", "", "2031-05-06", "/edition/start_date", json!("2031-05-06")),
        ("hd2031", "ordinal", "", "6", "/edition/ordinal", json!(6)),
        ("hd2031-ropes", "summary/1", "\"Two.\"", "\"Three.\"", "/sessions/0/summary/1", json!("Three.")),
        ("hd2031-ropes", "summary", "[\"One.\", \"Two.\"]", "[\"All.\"]", "/sessions/0/summary", json!(["All."])),
        ("hd2031-ropes/speakers/ada-brnu", "office", "", "\"Pilot\"", "/sessions/0/speakers/0/office", json!("Pilot")),
        ("hd2031-ropes/speakers/0", "online", "false", "true", "/sessions/0/speakers/0/online", json!(true)),
        (quote.as_str(), "speaker", "", "\"bo-carl\"", "/quotes/0/speaker", json!("bo-carl")),
        (
            "hd2031-ropes/speakers/0",
            "speaker",
            "\"ada-brnu\"",
            "\"bo-carl\"",
            "/sessions/0/speakers/0/name",
            json!("Bo Carl"),
        ),
        ("ada-brnu", "name", "\"Ada Brnu\"", "\"Ada Brun\"", "/sessions/0/speakers/0/speaker", json!("ada-brun")),
        ("ada-brnu", "name", "\"Ada Brnu\"", "\"Ada Brun\"", "/sessions/0/speakers/0/name", json!("Ada Brun")),
        ("hd2031", "short_name", "\"HD2031\"", "\"Days 2031\"", "/sessions/0/id", json!("days2031-ropes")),
    ] {
        let (document, findings) = valued(entity, field, was, value);
        assert_eq!(findings, Vec::<&str>::new(), "{entity} {field}");
        let document = serde_json::to_value(document).expect("JSON");
        assert_eq!(document.pointer(pointer), Some(&expected), "{entity} {field}");
    }
}

#[test]
fn a_corrected_value_says_so() {
    let (document, _) = valued("ada-brnu", "name", "\"Ada Brnu\"", "\"Ada Brun\"");
    let marks = [&document.speakers[0].corrected, &document.sessions[0].speakers[0].corrected];
    for mark in marks {
        assert_eq!(mark.len(), 1);
        assert_eq!(mark[0].field, "name");
        assert!(mark[0].correction.starts_with("value-"), "{mark:?}");
    }
}

#[test]
fn values_that_cannot_be_are_refused_and_change_nothing() {
    for (entity, field, was, value, code) in [
        ("nobody", "name", "\"x\"", "\"y\"", "correction/no-match"),
        ("hd2031-ropes/speakers/9", "name", "\"x\"", "\"y\"", "correction/no-match"),
        ("hd2031-ropes/speakers", "name", "\"x\"", "\"y\"", "correction/no-match"),
        ("hd2031", "city", "\"Marsh\"", "\"Old Marsh\"", "correction/stale"),
        ("hd2031", "city", "", "\"Old Marsh\"", "correction/stale"),
        ("hd2031", "city", "\"Altmarsh\"", "\"Altmarsh\"", "correction/unneeded"),
        ("hd2031", "venue", "", "", "correction/unneeded"),
        ("hd2031", "town", "\"Altmarsh\"", "\"Marsh\"", "correction/wrong-value"),
        ("hd2031", "id", "\"hd2031\"", "\"hd\"", "correction/wrong-value"),
        ("hd2031", "evidence", "", "[\"x\"]", "correction/wrong-value"),
        ("hd2031", "city", "\"Altmarsh\"", "3", "correction/wrong-value"),
        ("hd2031", "city", "\"Altmarsh\"", "\" \"", "correction/wrong-value"),
        ("hd2031", "start_date", "", "\"2031-02-30\"", "correction/wrong-value"),
        ("hd2031", "start_date", "", "\"6 May\"", "correction/wrong-value"),
        ("hd2031", "format", "", "\"remote\"", "correction/wrong-value"),
        ("hd2031-ropes", "start", "", "\"9:30\"", "correction/wrong-value"),
        ("hd2031-ropes", "summary/2", "", "\"x\"", "correction/wrong-value"),
        ("hd2031-ropes", "summary/one", "", "\"x\"", "correction/wrong-value"),
        ("hd2031-ropes", "speakers", "", "[\"ada-brnu\"]", "correction/wrong-value"),
        ("hd2031-ropes", "title", "\"Ropes\"", "", "correction/wrong-value"),
        ("hd2031-ropes/speakers/0", "speaker", "\"ada-brnu\"", "\"nobody\"", "correction/wrong-value"),
        ("ada-brnu", "name", "\"Ada Brnu\"", "\"Bo Carl\"", "correction/wrong-value"),
    ] {
        let (changed, findings) = valued(entity, field, was, value);
        assert_eq!(findings, [code], "{entity} {field} {value}");
        assert_eq!(changed, document(), "{entity} {field} {value}");
    }
}

#[test]
fn an_entity_is_known_by_the_id_that_it_gets() {
    let file = "[[value]]\nentity = \"ada-brun\"\nfield = \"honorific\"\nvalue = \"Dr\"\nreason = \"x\"\n\
                [[value]]\nentity = \"ada-brnu\"\nfield = \"name\"\nwas = \"Ada Brnu\"\nvalue = \"Ada Brun\"\nreason = \"x\"\n\
                [[value]]\nentity = \"ada-brnu\"\nfield = \"name\"\nwas = \"Ada Brnu\"\nvalue = \"Ada\"\nreason = \"x\"\n";
    let file = corrections(file);
    let mut document = document();
    let applied = rapporteur_correct::apply(&[&file], &mut document);
    assert_eq!(codes(&applied.findings), ["correction/conflict"]);
    assert_eq!(document.speakers[0].honorific.as_deref(), Some("Dr"));
    let entities: Vec<_> = applied.corrections.iter().map(|known| known.entity.as_deref()).collect();
    assert_eq!(entities, [Some("ada-brun"), Some("ada-brun")], "as they are called in the end");
}

fn entry(what: What) -> Entry {
    let date = Some("2031-05-06".to_owned());
    Entry { id: what.id(), what, reason: "because \"so\"".into(), by: None, date, place: Span::default() }
}

#[test]
fn a_file_keeps_its_comments_and_its_order() {
    let before = "# ours\n[source]\npath = \"report.txt\" # the report\n\n# a misprint\n[[text]]\nfind = \"hodl\"\nreplace = \
                  \"hold\"\nreason = \"x\"\n\n[[value]]\nentity = \"a\"\nfield = \"b\"\nvalue = \"c\"\nreason = \"x\"\n";
    let what = What::Text {
        before: String::new(),
        find: "It is".into(),
        after: "so.".into(),
        replace: "It was\nindeed".into(),
    };
    let header = Header { path: Some("other.txt".into()), sha256: Some("00".into()) };
    let after = edit::added(before, &header, &entry(what.clone())).expect("it is TOML");
    assert!(after.starts_with(before), "{after}");
    let read = corrections(&after);
    assert_eq!(read.findings(), []);
    assert_eq!(read.entries().last().map(|entry| &entry.what), Some(&what));
    let id = read.entries()[2].id.clone();
    assert_eq!(edit::removed(&read, &id).as_deref(), Some(before));
    assert_eq!(edit::removed(&read, "text-00000000"), None);
    let without = edit::removed(&read, &read.entries()[0].id).expect("it is there");
    assert_eq!(corrections(&without).entries().len(), 2, "{without}");
    let confirmed = edit::confirmed(before, &header).expect("it is TOML");
    assert_eq!(corrections(&confirmed).header(), &header);
    assert!(edit::added("text = 1\n", &header, &entry(what.clone())).is_err());
    assert!(edit::added("[", &header, &entry(what)).is_err());
}

#[test]
fn a_value_that_is_corrected_again_has_one_correction() {
    let value = |value: &str| What::Value {
        entity: "hd2031".into(),
        field: "city".into(),
        was: json!("Altmarsh"),
        value: value.into(),
    };
    let before = "[[value]] # the town\nentity = \"hd2031\"\nfield = \"city\"\nwas = \"Altmarsh\"\n# see p. 4\nvalue = \"Marsh\" # or so\n\
                  reason = \"x\"\nby = \"Ada\"\n\n# a misprint\n[[text]]\nfind = \"hodl\"\nreplace = \"hold\"\nreason = \"x\"\n";
    let after = edit::added(before, &Header::default(), &entry(value("Old Marsh"))).expect("it is TOML");
    let expected = before.replace("\"Marsh\"", "\"Old Marsh\"").replace("\"x\"\nby = \"Ada\"", "REASON");
    let expected = expected.replace("REASON", "'because \"so\"'\ndate = \"2031-05-06\"");
    assert!(after.ends_with(&expected), "{after}");

    let file = [corrections(&after)];
    let mut read = document();
    read.corrections = rapporteur_correct::apply(&[&file[0]], &mut read).corrections;
    assert_eq!(read.edition.city.as_deref(), Some("Old Marsh"));
    let standing = rapporteur_correct::standing(&file, &read, "hd2031", "city").expect("it is corrected");
    assert_eq!((standing.file, &standing.entry.what, standing.was), (0, &value("Old Marsh"), json!("Altmarsh")));
    assert!(rapporteur_correct::standing(&file, &read, "hd2031", "venue").is_none());
}

#[test]
fn the_correction_of_a_value_is_found_by_what_the_entity_is_called_now() {
    let file = "[[value]]\nentity = \"ada-brnu\"\nfield = \"name\"\nwas = \"Ada Brnu\"\nvalue = \"Ada Brun\"\nreason = \"x\"\n\
                [[value]]\nentity = \"bo-carl\"\nfield = \"name\"\nwas = \"B Carl\"\nvalue = \"Bo Karl\"\nreason = \"x\"\n";
    let file = [corrections(file)];
    let mut read = document();
    read.corrections = rapporteur_correct::apply(&[&file[0]], &mut read).corrections;
    let standing = rapporteur_correct::standing(&file, &read, "ada-brun", "name").expect("it is corrected");
    assert!(standing.entry.what.is_of("ada-brnu", "name"), "{standing:?}");
    let stale = rapporteur_correct::standing(&file, &read, "bo-carl", "name").expect("there is one");
    assert_eq!(stale.was, json!("Bo Carl"), "it was not applied");
}

#[test]
fn two_credits_of_one_person_are_told_apart_by_their_numbers() {
    let mut twice = document();
    let again = Credit { office: Some("Pilot".into()), ..twice.sessions[0].speakers[0].clone() };
    twice.sessions[0].speakers.push(again);
    let file = |called: &str| {
        let entity = format!("hd2031-ropes/speakers/{called}");
        corrections(&format!(
            "[[value]]\nentity = \"{entity}\"\nfield = \"online\"\nwas = false\nvalue = true\nreason = \"x\"\n"
        ))
    };
    let mut read = twice.clone();
    let applied = rapporteur_correct::apply(&[&file("ada-brnu")], &mut read);
    assert_eq!((codes(&applied.findings), &read), (vec!["correction/ambiguous"], &twice));
    let help = applied.findings[0].help.as_deref();
    assert_eq!(help, Some("say which of them by its number: `hd2031-ropes/speakers/0` or `hd2031-ropes/speakers/1`"));
    let applied = rapporteur_correct::apply(&[&file("1")], &mut read);
    assert_eq!(applied.corrections[0].entity.as_deref(), Some("hd2031-ropes/speakers/1"));
    assert!(read.sessions[0].speakers[1].online && !read.sessions[0].speakers[0].online);
}

#[test]
fn a_number_is_not_trusted_in_a_text_that_has_changed() {
    let mut document = document();
    document.speakers[1].affiliations =
        vec![rapporteur_model::Affiliation { credit: "Pilot".into(), ..Default::default() }];
    let applied = |entity: &str, field: &str, digest: &str| {
        let file = format!(
            "[source]\nsha256 = \"{digest}\"\n[[value]]\nentity = \"{entity}\"\nfield = \"{field}\"\nvalue = \"Sea\"\nreason = \"x\"\n"
        );
        codes(&rapporteur_correct::apply(&[&corrections(&file)], &mut document.clone()).findings)
    };
    let (text, other) = (source(TEXT), "00");
    assert_eq!(applied("bo-carl/affiliations/0", "organisation", text.sha256()), Vec::<&str>::new());
    assert_eq!(applied("bo-carl/affiliations/0", "organisation", other), ["correction/no-match"]);
    assert_eq!(applied("hd2031-ropes/speakers/ada-brnu", "organisation", other), Vec::<&str>::new());
    assert_eq!(applied("hd2031-ropes/speakers/0", "organisation", other), ["correction/no-match"]);
}

#[test]
fn the_fields_of_an_entity_are_those_that_can_be_corrected() {
    let document = document();
    let fields = |entity: &str| rapporteur_correct::fields(&document, entity);
    let session = fields("hd2031-ropes");
    for (field, is_open) in [
        ("start", true),
        ("conclusions", true),
        ("summary", true),
        ("moderators", false),
        ("speakers", false),
        ("id", false),
    ] {
        assert_eq!(session.iter().any(|known| known == field), is_open, "{field}: {session:?}");
    }
    assert!(fields("hd2031-ropes/speakers/ada-brnu").contains(&"country".to_owned()));
    assert_eq!(fields("nobody"), Vec::<String>::new());
}

#[test]
fn a_value_belongs_to_the_source_that_it_was_read_from() {
    let mut document = document();
    let place = |source: &str, field: &str| rapporteur_model::Evidence {
        source: source.into(),
        start: 0,
        end: 1,
        field: field.into(),
    };
    document.sessions[0].evidence = vec![place("articles", "title"), place("report", "summary/0")];
    let of = |entity: &str, field: &str| rapporteur_correct::source_of(&document, entity, field);
    assert_eq!(of("hd2031-ropes", "summary").as_deref(), Some("report"));
    assert_eq!(of("hd2031-ropes", "date").as_deref(), Some("articles"), "that of the session");
    assert_eq!(of("hd2031-ropes/speakers/0", "office").as_deref(), Some("articles"), "that of the session");
    assert_eq!(of("hd2031", "city"), None);
}

#[test]
fn what_is_written_is_read_again() {
    let whats = [
        What::Region { at: "a".into(), until: Some("b".into()), label: ReadAs::Caption },
        What::Region { at: "a".into(), until: None, label: ReadAs::Furniture },
        What::Value { entity: "a".into(), field: "b".into(), was: json!(["x", "y"]), value: Value::Null },
        What::Value { entity: "a".into(), field: "c".into(), was: Value::Null, value: json!(12) },
        What::Value { entity: "a".into(), field: "d".into(), was: json!(true), value: json!("\u{7}\"\\") },
    ];
    let mut file = String::new();
    for what in &whats {
        file = edit::added(&file, &Header { path: Some("report.txt".into()), sha256: None }, &entry(what.clone()))
            .expect("TOML");
    }
    let read = corrections(&file);
    assert_eq!(read.findings(), [], "{file}");
    assert!(file.starts_with("[source]\n"), "{file}");
    assert_eq!(read.entries().iter().map(|entry| entry.what.clone()).collect::<Vec<_>>(), whats);
}
