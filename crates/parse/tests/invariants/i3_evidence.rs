//! 3. Every printed string carries evidence, and folding the evidence gives the string again. What is not printed is
//!    inferred.

use rapporteur_source::Source;
use serde_json::Value;

use crate::common::fixtures::{self, Read};
use crate::common::{assert_none, checks};

#[test]
fn evidence_gives_every_printed_string_again() {
    let mut faults = Vec::new();
    for Read { fixture, sources, document, .. } in fixtures::ALL.iter() {
        let found = checks::evidence(document, sources);
        faults.extend(found.into_iter().map(|fault| format!("{}{fault}", fixture.name)));
    }
    assert_none("values and their evidence differ", &faults);
}

#[test]
fn inferred_values_carry_a_reason() {
    for Read { fixture, document, .. } in fixtures::ALL.iter() {
        let mut inferred = Vec::new();
        collect(document, "inferred", &mut inferred);
        for entry in inferred {
            let reason = entry["reason"].as_str().unwrap_or_default();
            assert!(reason.split_whitespace().count() > 3, "{}: {entry}", fixture.name);
        }
    }
}

/// The items of every array that is called `key`.
fn collect<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get(key).and_then(Value::as_array).into_iter().flatten());
            fields.values().for_each(|value| collect(value, key, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, key, found)),
        _ => {}
    }
}

/// A document as a careful hand would write it, and its text.
fn sound() -> (Value, Vec<Source>) {
    let text =
        "Harbour Days 2031\nThe ropes of to-\nmorrow\nŽofie Marn, Pilot, Port Office\n“Ropes hold.” Zofie Marn\n";
    let place = |field: &str, printed: &str| {
        let start = text.find(printed).expect("it is printed");
        serde_json::json!({"source": "report", "start": start, "end": start + printed.len(), "field": field})
    };
    let document = serde_json::json!({
        "edition": {"year": 2031, "name": "Harbour Days 2031", "evidence": [place("name", "Harbour Days 2031"), place("year", "2031")]},
        "sessions": [{
            "id": "hd2031-the-ropes-of-tomorrow", "title": "The ropes of tomorrow", "kind": null, "links": [],
            "evidence": [place("title", "The ropes of to-\nmorrow")],
            "speakers": [{
                "speaker": "zofie-marn", "name": "Žofie Marn", "credit": "Pilot, Port Office",
                "office": "Pilot", "organisation": "Port Office", "country": null,
                "evidence": [place("name", "Žofie Marn"), place("credit", "Pilot, Port Office")]
            }]
        }],
        "speakers": [{
            "id": "zofie-marn", "name": "Žofie Marn", "variants": ["Zofie Marn"],
            "evidence": [place("name", "Žofie Marn"), place("variants/0", "Zofie Marn")]
        }],
        "quotes": [{
            "text": "Ropes hold.", "speaker": "zofie-marn", "inferred": [],
            "evidence": [place("text", "Ropes hold."), place("speaker", "Zofie Marn")]
        }]
    });
    (document, vec![Source::new("report", "report.txt", text.into())])
}

#[test]
fn sound_evidence_passes() {
    let (document, sources) = sound();
    assert_none("faults", &checks::evidence(&document, &sources));
}

#[test]
fn evidence_of_anything_else_is_noticed() {
    let cases = [
        ("/sessions/0/title", "The ropes of yesterday".into(), "parts from it"),
        ("/sessions/0/evidence", Value::Array(Vec::new()), "/title has no evidence"),
        ("/sessions/0/evidence/0/end", 20.into(), "parts from it"),
        ("/sessions/0/evidence/0/field", "summary/0".into(), "evidence for summary/0, which has no value"),
        ("/sessions/0/links", vec!["Watch"].into(), "/links/0 has no evidence"),
        ("/sessions/0/speakers/0/organisation", "Port Authority".into(), "does not stand in the credit"),
        ("/sessions/0/speakers/0/office", "Port Office".into(), "/organisation does not stand in the credit"),
        ("/edition/evidence/1/field", "name".into(), "/year has no evidence"),
        ("/speakers/0/variants/0", "Sofie Marn".into(), "parts from it"),
        ("/quotes/0/speaker", "ada-brun".into(), "is nobody in the list"),
        ("/quotes/0/evidence/1/start", 40.into(), "its evidence"),
        ("/quotes/0/evidence/1/field", "text".into(), "neither printed nor inferred"),
    ];
    for (pointer, value, expected) in cases {
        let (mut document, sources) = sound();
        *document.pointer_mut(pointer).expect("there is such a value") = value;
        let faults = checks::evidence(&document, &sources).join("\n");
        assert!(faults.contains(expected), "{pointer}: {faults}");
    }
}

#[test]
fn what_is_inferred_needs_no_evidence() {
    let (mut document, sources) = sound();
    document["quotes"][0]["evidence"].as_array_mut().expect("a list").truncate(1);
    document["quotes"][0]["inferred"] = serde_json::json!([{"field": "speaker", "reason": "…"}]);
    document["sessions"][0]["speakers"][0]["name"] = "Sofia Marn".into();
    document["sessions"][0]["speakers"][0]["inferred"] = serde_json::json!([{"field": "name", "reason": "…"}]);
    assert_none("faults", &checks::evidence(&document, &sources));
}
