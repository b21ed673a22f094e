//! The rules of the measure on a small report with every kind of mistake, and on the gold itself.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xtask::eval::score::{Score, fill_summaries, score, score_takeaways};

/// Kind, how many in the gold, how many in the document, how many of them right.
const MISTAKEN: &[(&str, usize, usize, usize)] = &[
    ("edition fields", 9, 8, 6),
    ("session titles", 3, 3, 2),
    ("session kinds", 2, 3, 2),
    ("session order", 3, 3, 0),
    ("session speakers", 5, 5, 4),
    ("session speakers with credit", 5, 5, 3),
    ("session moderators", 1, 1, 0),
    ("session moderators with credit", 1, 1, 0),
    ("summaries", 3, 2, 1),
    ("conclusions", 3, 3, 2),
    ("speakers", 3, 3, 2),
    ("quotes", 4, 4, 2),
    ("quotes with speaker", 4, 4, 1),
    ("quotes with session", 4, 4, 1),
    ("takeaways", 2, 2, 1),
    ("agenda slots", 3, 4, 3),
    ("figures", 2, 3, 1),
    ("captions", 2, 1, 1),
    ("posts", 1, 1, 1),
    ("articles", 1, 0, 0),
    ("recommendations", 1, 2, 1),
    ("team", 2, 2, 1),
];

/// What is wrong with that document, in short.
const MISSES: &[(&str, &str)] = &[
    ("edition", "ordinal: want \"4\", got \"None\""),
    ("edition", "end_date: want"),
    ("edition", "venue: want"),
    ("session titles", "missed or wrong: \"Ropes, knots and other ties\" (nearest \"Ropes, knots and ties\")"),
    ("session speakers", "Ada Brun: credit want \"Mayor\", got \"Mayor of Porto\""),
    ("session speakers", "\"Who pays for the quay?\": missed \"Goran Hek\""),
    ("session speakers", "\"Who pays for the quay?\": spurious \"Cem Dal\""),
    ("session moderators", "\"Who pays for the quay?\": missed \"Cem Dal\""),
    ("session moderators", "\"Who pays for the quay?\": spurious \"Goran Hek\""),
    ("summaries", "\"Who pays for the quay?\": word F1 0.825"),
    ("summaries", "\"Ropes, knots and other ties\": word F1 0.000"),
    ("speakers", "missed \"Mia Noor\""),
    ("speakers", "spurious \"Port Authority\""),
    ("quote speakers", "\"A knot is a promise between two ends of a rope.\": want \"Kai Lund\", got \"Ada Brun\""),
    ("quote sessions", "\"A knot is a promise between two ends of a rope.\": want"),
    ("quotes", "text differs (0.93): \"We have waited"),
    ("quotes", "missed \"Nobody ever thanked a lighthouse.\""),
    ("quotes", "spurious \"An old rope is no rope.\""),
    ("takeaways", "\"Keep the small boats\": body word F1 0.615"),
    ("figures", "missed \"1,204 sailors\""),
    ("captions", "missed \"Ada Brun at the harbour wall\""),
    ("articles", "missed \"What the tide left\""),
    ("team", "missed \"Ola Pinto Text\""),
];

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn every_mistake_counts_once() {
    let folder = folder("tests/score");
    let mut gold = json(&folder.join("gold.json"));
    fill_summaries(&mut gold, &read(&folder.join("report.txt")));
    assert_eq!(
        gold["sessions"][0]["summary"],
        json!([
            "The mayor opened the forum with a look at the new breakwater and at the old one. which both hold, she \
             said."
        ])
    );
    let score = score(&gold, &json(&folder.join("document.json")));
    let rows: Vec<_> = score.rows.iter().map(|row| (row.kind, row.gold, row.found, row.right)).collect();
    assert_eq!(rows, MISTAKEN);
    assert_eq!(score.summary_word_f1, Some(0.608_465_608_465_608_5));
    assert_eq!(score.misses.len(), MISSES.len());
    for (miss, (kind, start)) in score.misses.iter().zip(MISSES) {
        assert!(miss.kind == *kind && miss.message.starts_with(start), "{miss:?}, expected {kind}: {start}");
    }
    let f1 = score.row("edition fields").map(xtask::eval::score::Row::f1);
    assert_eq!(f1, Some(12.0 / 17.0));
}

/// A gold annotation as the document that would get everything right.
fn document(gold: &Value) -> Value {
    let mut document = gold.clone();
    let mut names: Vec<Value> = Vec::new();
    for session in document["sessions"].as_array_mut().into_iter().flatten() {
        session["id"] = session["key"].clone();
        for role in ["speakers", "moderators"] {
            names.extend(session[role].as_array().into_iter().flatten().map(|person| person["name"].clone()));
        }
    }
    for (section, key) in [("speakers", "name"), ("quotes", "speaker")] {
        names.extend(gold[section].as_array().into_iter().flatten().map(|entity| entity[key].clone()));
    }
    names.retain(|name| !name.is_null());
    let mut speakers: Vec<Value> = Vec::new();
    for name in names {
        let speaker = json!({"id": name, "name": name});
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    document["speakers"] = speakers.into();
    document["posts"] = document["social"].take();
    for takeaway in document["takeaways"].as_array_mut().into_iter().flatten() {
        takeaway["authors"] = gold["authors"].clone();
    }
    document
}

fn assert_perfect(name: &str, score: &Score) {
    for row in &score.rows {
        assert_eq!(row.f1(), 1.0, "{name}: {row:?}");
    }
    assert_eq!(score.mean_f1(), 1.0, "{name}");
    assert!(score.summary_word_f1.is_none_or(|f1| f1 == 1.0), "{name}");
    assert!(score.misses.is_empty(), "{name}: {:?}", score.misses);
}

#[test]
fn the_gold_itself_is_all_right() {
    let fixtures = folder("../fixtures");
    for name in ["vmc2017", "vmc2021", "vmc2024"] {
        let mut gold = json(&fixtures.join(format!("gold/{name}.gold.json")));
        fill_summaries(&mut gold, &read(&fixtures.join(name).join("report.txt")));
        assert_perfect(name, &score(&gold, &document(&gold)));
    }
    let gold = json(&fixtures.join("gold/vmc2021-takeaways.gold.json"));
    assert_perfect("takeaways", &score_takeaways(&gold, &document(&gold)));
}
