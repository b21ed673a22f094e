//! 6. No person, organisation, session or title of any report stands in the code.
//!
//! What the reports name is taken from the documents that the tool reads in the fixtures and from the gold beside them,
//! and looked for in the sources of every crate, comments and unit tests included, and in the lexicon.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rapporteur_grammar::{Phrase, country_code};
use rapporteur_source::fold_words;
use serde_json::Value;

use crate::common::{assert_none, fixtures};

/// The fields that name somebody or something, in the documents and in the gold.
const NAMING: &[&str] = &[
    "name",
    "variants",
    "authors",
    "title",
    "theme",
    "series",
    "short_name",
    "organiser",
    "organisation",
    "affiliation",
    "venue",
    "city",
    "handle",
];

#[test]
fn no_name_of_a_report_stands_in_the_code() {
    let names = names();
    assert!(names.len() > 200, "the fixtures name more than these: {names:?}");
    let mut faults = Vec::new();
    for path in code() {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for (at, line) in text.lines().enumerate() {
            let named = names.iter().filter(|name| mentions(line, name));
            faults.extend(named.map(|name| format!("{}:{}: {name}", path.display(), at + 1)));
        }
    }
    assert_none("names of reports in the code", &faults);
}

#[test]
fn no_name_of_a_report_stands_in_the_lexicon() {
    let lexicon = workspace().join("crates/grammar/src/lexicon.toml");
    let text = fs::read_to_string(&lexicon).expect("the lexicon");
    let entries: BTreeSet<String> = text.split('"').skip(1).step_by(2).map(fold_words).collect();
    assert!(entries.len() > 400, "the lexicon has entries: {}", entries.len());
    let named = names().into_iter().filter(|name| entries.contains(&fold_words(name)));
    assert_none("names of reports in the lexicon", &named.collect::<Vec<_>>());
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What the reports in the fixtures name.
fn names() -> BTreeSet<String> {
    let read = fixtures::ALL.iter().filter(|read| !read.fixture.name.starts_with("small/"));
    let mut documents: Vec<Value> = read.map(|read| read.document.clone()).collect();
    for (edition, _) in fixtures::EDITIONS {
        let gold = fixtures::bytes(&fixtures::folder().join(format!("gold/{edition}.gold.json")));
        documents.push(serde_json::from_slice(&gold).expect("the gold is JSON"));
    }
    let mut names = BTreeSet::new();
    for document in &documents {
        collect(document, false, &mut names);
        // `ABC` of `ABC2031`
        let short = document["edition"]["short_name"].as_str().unwrap_or_default();
        names.insert(short.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned());
    }
    names.retain(|name| is_telling(name));
    names
}

/// The strings under the fields that name something.
fn collect(value: &Value, naming: bool, names: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if naming => {
            names.insert(text.trim().to_owned());
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, naming, names)),
        Value::Object(fields) => {
            for (key, value) in fields {
                collect(value, NAMING.contains(&key.as_str()), names);
            }
        }
        _ => {}
    }
}

/// Whether a name says which report it is of: not a word or an abbreviation that any text may have, no state, and no
/// phrase that the lexicon has for its own sake (`Opening remarks`).
fn is_telling(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let abbreviation = name.chars().filter(|c| c.is_uppercase() || c.is_ascii_digit()).count() >= 3;
    let lexicon = &*fixtures::LEXICON;
    let generic = lexicon.phrase(name).iter().any(|phrase| matches!(phrase, Phrase::Kind(_) | Phrase::Section(_)))
        || name.split(' ').all(|word| lexicon.is_office(word) || lexicon.is_organisation(word));
    (words > 1 || abbreviation) && country_code(name, lexicon).is_none() && !generic
}

/// Whether `name` stands in `line`, with no letter or digit right beside it.
fn mentions(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        !line[..at].ends_with(char::is_alphanumeric) && !line[at + name.len()..].starts_with(char::is_alphanumeric)
    })
}

/// The sources of all crates and of xtask.
fn code() -> Vec<PathBuf> {
    let crates = fs::read_dir(workspace().join("crates")).expect("the crates");
    let mut folders: Vec<PathBuf> = crates.map(|entry| entry.expect("a crate").path().join("src")).collect();
    folders.push(workspace().join("xtask/src"));
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.map(|entry| entry.expect("a folder that can be read").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.file_stem().is_some_and(|stem| stem != "tests") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(files.len() > 30, "the code is found: {} files", files.len());
    files
}

#[test]
fn names_are_found_as_words() {
    assert!(mentions("if title == \"Ropes and knots\" {", "Ropes and knots"));
    assert!(mentions("\"VMC\"", "VMC"));
    assert!(!mentions("let VMCX = 1;", "VMC"));
    for name in ["Opening remarks", "Director General", "Norway", "Ropes"] {
        assert!(!is_telling(name), "{name}");
    }
    for name in ["Ada Brun", "Ropes and knots", "IRKO", "HF2031"] {
        assert!(is_telling(name), "{name}");
    }
}
