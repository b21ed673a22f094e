//! A register in the terms of Popolo (<https://www.popoloproject.com>), for tools that read those.

use std::collections::BTreeMap;

use rapporteur_model::slug;
use rapporteur_source::fold;
use serde_json::{Value, json};

use crate::register::{Office, Person, Register, RegisteredEdition};

/// The people, organisations and memberships of a register, as Popolo JSON.
///
/// An edition tells only that somebody had an office on its days. So `start_date` of a membership is the first day of the
/// first edition that prints the office, and `end_date` the last day of the last one that does. An office without an
/// organisation is a membership without one.
#[must_use]
pub fn popolo(register: &Register) -> Value {
    let mut organizations: BTreeMap<String, String> = BTreeMap::new();
    let mut memberships = Vec::new();
    let mut persons = Vec::new();
    for person in &register.people {
        let own = memberships_of(person, register, &mut organizations);
        persons.push(person_of(person, register));
        memberships.extend(own);
    }
    let organizations: Vec<Value> =
        organizations.into_iter().map(|(id, name)| json!({"id": id, "name": name})).collect();
    json!({"persons": persons, "organizations": organizations, "memberships": memberships})
}

fn person_of(person: &Person, register: &Register) -> Value {
    let spellings = person.spellings().into_iter().filter(|spelling| *spelling != person.name);
    let other_names: Vec<Value> = spellings
        .map(|spelling| {
            let printed = person.names.iter().filter(|printed| printed.name == spelling);
            let mut editions: Vec<&str> = printed.map(|printed| printed.edition.as_str()).collect();
            editions.dedup();
            json!({"name": spelling, "note": format!("printed so in {}", editions.join(", "))})
        })
        .collect();
    let identifiers = register.redirects.iter().filter(|redirect| redirect.to == person.id);
    let identifiers: Vec<Value> = identifiers.map(|redirect| json!({"identifier": redirect.from})).collect();
    let honorific = person.names.iter().rev().find_map(|printed| printed.honorific.as_ref());
    json!({
        "id": person.id,
        "name": person.name,
        "honorific_prefix": honorific,
        "other_names": other_names,
        "identifiers": identifiers,
        "sources": sources(register, &person.editions()),
    })
}

/// One membership for each office, over all editions that print it.
fn memberships_of(person: &Person, register: &Register, organizations: &mut BTreeMap<String, String>) -> Vec<Value> {
    let mut offices: Vec<(String, &Office, Vec<&str>)> = Vec::new();
    for office in &person.offices {
        let parts = [&office.office, &office.organisation, &office.country];
        let same: Vec<String> = parts.map(|part| fold(part.as_deref().unwrap_or_default())).into();
        let same = same.join("|");
        match offices.iter_mut().find(|(known, ..)| *known == same) {
            Some((.., editions)) => editions.push(&office.edition),
            None => offices.push((same, office, vec![&office.edition])),
        }
    }
    let memberships = offices.into_iter().enumerate().map(|(number, (_, office, mut editions))| {
        editions.dedup();
        let organization = office.organisation.as_ref().map(|name| {
            let id = format!("organization-{}", slug(name));
            organizations.entry(id.clone()).or_insert_with(|| name.clone());
            id
        });
        let known = |id: &&str| register.editions.iter().find(|edition| edition.id == *id);
        let first = editions.iter().find_map(known);
        let last = editions.iter().rev().find_map(known);
        json!({
            "id": format!("{}-{}", person.id, number + 1),
            "person_id": person.id,
            "organization_id": organization,
            "role": office.office,
            "label": office.credit,
            "start_date": first.and_then(|edition| edition.start_date.as_ref()),
            "end_date": last.and_then(|edition| edition.end_date.as_ref()),
            "sources": sources(register, &editions),
        })
    });
    memberships.collect()
}

/// The editions and where their documents are. Popolo wants a URI for each source: a path is none, and where the documents
/// are published nobody said, so that an edition is named by its id, as the schemas are.
fn sources(register: &Register, editions: &[&str]) -> Vec<Value> {
    let named = |edition: &&RegisteredEdition| editions.contains(&edition.id.as_str());
    let editions = register.editions.iter().filter(named);
    let source = |edition: &RegisteredEdition| {
        let name = edition.name.as_deref().unwrap_or(&edition.id);
        json!({"url": format!("urn:rapporteur:edition:{}", edition.id), "note": format!("{name} ({})", edition.document)})
    };
    editions.map(source).collect()
}
