//! The register of the editions in the fixtures: it is current, and nobody is in it twice.
//!
//! `UPDATE_FIXTURES=1 cargo test -p rapporteur-people --test fixtures` writes it anew, with the decisions that are in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rapporteur_model::Document;
use rapporteur_people::{Index, Register, Role, popolo, questions, update};

const EDITIONS: [&str; 3] = ["vmc2017", "vmc2021", "vmc2024"];

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/people.json")
}

fn register() -> Register {
    serde_json::from_str(&fs::read_to_string(file()).expect("it is there")).expect("it follows the model")
}

fn documents() -> Vec<(String, Document)> {
    let documents = EDITIONS.map(|edition| {
        let path = format!("fixtures/{edition}/signed.json");
        let text = fs::read_to_string(file().with_file_name(edition).join("signed.json")).expect("it is there");
        (path, serde_json::from_str(&text).expect("it follows the model"))
    });
    documents.into()
}

#[test]
fn the_register_of_the_fixtures_is_current() {
    let written = register();
    let documents = documents();
    let given: Vec<(&str, &Document)> = documents.iter().map(|(path, document)| (path.as_str(), document)).collect();
    let made = update(Register::default(), &given, written.decisions.clone()).expect("nothing contradicts");
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        let text = serde_json::to_string_pretty(&made).expect("it is JSON") + "\n";
        fs::write(file(), text).expect("can be written");
    } else {
        let help = "fixtures/people.json is stale: `UPDATE_FIXTURES=1 cargo test -p rapporteur-people --test fixtures`";
        assert!(made == written, "{help}");
    }
}

#[test]
fn nobody_is_in_the_register_twice_and_nothing_is_open() {
    let register = register();
    assert_eq!(questions(&register), []);
    // whoever has a name in common with somebody is that one
    let mut seen = BTreeSet::new();
    for person in &register.people {
        let own: BTreeSet<String> = person.spellings().into_iter().map(rapporteur_model::slug).collect();
        for name in own {
            assert!(seen.insert(name.clone()), "{name} is the name of two people");
        }
    }
}

#[test]
fn everybody_whom_documents_name_is_found_by_that_name() {
    let register = register();
    let index = Index::new(&register);
    for (_, document) in documents() {
        for speaker in &document.speakers {
            let person = index.person(&speaker.name).expect("somebody has this name");
            assert!(person.names.iter().any(|name| name.edition == document.edition.id && name.role == Role::Listed));
            for affiliation in &speaker.affiliations {
                assert!(person.offices.iter().any(|office| office.credit == affiliation.credit));
            }
        }
    }
}

#[test]
fn popolo_has_the_fields_of_its_specification_and_no_reference_leads_nowhere() {
    let register = register();
    let popolo = popolo(&register);
    let list = |name: &str| popolo[name].as_array().expect("a list").clone();
    let ids = |name: &str| -> BTreeSet<String> {
        list(name).iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
    };
    let (persons, organizations) = (ids("persons"), ids("organizations"));
    assert_eq!(persons.len(), register.people.len());
    assert_eq!(ids("memberships").len(), list("memberships").len(), "each has an id of its own");
    let fields =
        |item: &serde_json::Value| item.as_object().expect("an object").keys().cloned().collect::<BTreeSet<_>>();
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    for person in list("persons") {
        let known = ["id", "name", "honorific_prefix", "other_names", "identifiers", "sources"];
        assert_eq!(fields(&person), named(&known));
        for other in person["other_names"].as_array().expect("a list") {
            assert_eq!(fields(other), named(&["name", "note"]));
        }
    }
    for item in ["persons", "memberships"].into_iter().flat_map(list) {
        for source in item["sources"].as_array().expect("a list") {
            let url = source["url"].as_str().expect("an address");
            assert!(
                url.starts_with("urn:") && url.bytes().all(|b| b.is_ascii_alphanumeric() || b":-".contains(&b)),
                "{url}"
            );
        }
    }
    let mut dated = 0;
    for membership in list("memberships") {
        let known = ["id", "person_id", "organization_id", "role", "label", "start_date", "end_date", "sources"];
        assert_eq!(fields(&membership), named(&known));
        assert!(persons.contains(membership["person_id"].as_str().expect("an id")));
        if let Some(organization) = membership["organization_id"].as_str() {
            assert!(organizations.contains(organization));
        }
        if let (Some(start), Some(end)) = (membership["start_date"].as_str(), membership["end_date"].as_str()) {
            assert!(start <= end && start.len() == "2031-05-01".len());
            dated += usize::from(start[..4] != end[..4]);
        }
    }
    assert!(dated > 0, "somebody has one office in two editions");
}
