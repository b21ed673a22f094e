//! Making a register of documents, and updating it.

use std::collections::BTreeMap;

use rapporteur_model::Document;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::contribution::Contribution;
use crate::decided::{Conflict, Decided, contradictions};
use crate::register::{Decision, Person, Redirect, Register, RegisteredEdition, Role, id_of, key};

/// Why a register was not updated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Two documents are of the edition with this id: which of them counts?
    TwoOfAnEdition(String),
    /// Decisions contradict each other.
    Contradiction(Conflict),
}

/// A register with what documents say, each given with its path, and with what was decided about people.
///
/// Of an edition that is there already, all is replaced by what the new document says. The order of the documents does not
/// matter, and doing it again changes nothing. Ids stay; that of somebody who turned out to be somebody else leads to them.
///
/// # Errors
/// Where two documents are of one edition, or decisions contradict each other.
pub fn update(
    register: Register,
    documents: &[(&str, &Document)],
    decisions: Vec<Decision>,
) -> Result<Register, Refused> {
    let mut contributions = Contribution::of_register(&register);
    let Register { mut editions, people, decisions: mut all_decisions, redirects, .. } = register;
    let mut seen = FxHashSet::default();
    for (path, document) in documents {
        let edition = &document.edition;
        if !seen.insert(edition.id.as_str()) {
            return Err(Refused::TwoOfAnEdition(edition.id.clone()));
        }
        contributions.retain(|contribution| contribution.edition != edition.id);
        contributions.extend(Contribution::of_document(document));
        editions.retain(|known| known.id != edition.id);
        editions.push(RegisteredEdition {
            id: edition.id.clone(),
            name: edition.name.clone(),
            start_date: edition.start_date.clone(),
            end_date: edition.end_date.clone(),
            document: (*path).to_owned(),
        });
    }
    // an edition without a day comes last
    editions.sort_by(|one, other| {
        let day = |edition: &RegisteredEdition| (edition.start_date.is_none(), edition.start_date.clone());
        (day(one), &one.id).cmp(&(day(other), &other.id))
    });
    let order: FxHashMap<&str, usize> = editions.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
    contributions.sort_by(|one, other| {
        let place = |one: &Contribution| order.get(one.edition.as_str()).copied();
        (place(one), &one.speaker).cmp(&(place(other), &other.speaker))
    });

    all_decisions.extend(decisions.into_iter().filter(|new| !all_decisions.contains(new)).collect::<Vec<_>>());
    if let Some(conflict) = contradictions(&all_decisions).into_iter().next() {
        return Err(Refused::Contradiction(conflict));
    }
    let known: FxHashMap<String, String> = people.iter().map(|person| (key(&person.id), person.id.clone())).collect();
    let people = merged(contributions, &Decided::of(&all_decisions), &known, &all_decisions);
    let redirects = redirects_to(&people, &all_decisions, redirects);
    Ok(Register { editions, people, decisions: all_decisions, redirects, ..Register::default() })
}

/// One entry a person, in the order of their ids. `known` are the ids that people have already.
fn merged(
    contributions: Vec<Contribution>,
    decided: &Decided,
    known: &FxHashMap<String, String>,
    decisions: &[Decision],
) -> Vec<Person> {
    let mut groups: BTreeMap<String, Vec<Contribution>> = BTreeMap::new();
    for contribution in contributions {
        groups.entry(decided.kept(&contribution.key())).or_default().push(contribution);
    }
    let kept_ids = decisions.iter().filter_map(|decision| decision.ids.first());
    let kept_ids: FxHashMap<String, &String> = kept_ids.map(|id| (key(id), id)).collect();
    let mut people: Vec<Person> = groups
        .into_iter()
        .map(|(group, contributions)| {
            let names: Vec<_> = contributions.iter().flat_map(|one| one.names.iter().cloned()).collect();
            // the first edition gives the id, so that a later one does not move it
            let first = names.iter().find(|name| name.role != Role::Variant && key(&name.name) == group);
            // a document that was read with a register has the id from there
            let stated = contributions.iter().find(|one| key(&one.speaker) == group);
            let id = known
                .get(&group)
                .or_else(|| kept_ids.get(&group).copied())
                .cloned()
                .or_else(|| first.map(|name| id_of(&name.name)))
                .or_else(|| stated.map(|one| one.speaker.clone()))
                .unwrap_or_else(|| id_of(&group));
            let offices = contributions.into_iter().flat_map(|one| one.offices).collect();
            let name = preferred(&names, &id);
            Person { id, name, names, offices }
        })
        .collect();
    people.sort_by(|one, other| one.id.cmp(&other.id));
    people
}

/// The spelling that is printed most among those that the id is made of, of equals the latest.
fn preferred(names: &[crate::PrintedName], id: &str) -> String {
    let mut counts: FxHashMap<&str, (bool, usize, usize)> = FxHashMap::default();
    for (at, name) in names.iter().enumerate() {
        let count = counts.entry(name.name.as_str()).or_insert((id_of(&name.name) == id, 0, at));
        count.1 += usize::from(name.role != Role::Variant);
        count.2 = at;
    }
    let best = counts.into_iter().max_by_key(|(_, rank)| *rank);
    best.map(|(name, _)| name.to_owned()).unwrap_or_default()
}

/// Where ids lead that are nobody's any more: by decision, by another way to write the same name, or as before.
fn redirects_to(people: &[Person], decisions: &[Decision], before: Vec<Redirect>) -> Vec<Redirect> {
    let decided = Decided::of(decisions);
    let ids: FxHashMap<String, &str> = people.iter().map(|person| (key(&person.id), person.id.as_str())).collect();
    let is_free = |id: &str| people.binary_search_by(|person| person.id.as_str().cmp(id)).is_err();
    let spelt = people.iter().flat_map(|person| &person.names).flat_map(|name| {
        let own = (name.role != Role::Variant).then(|| id_of(&name.name));
        own.into_iter().chain([name.speaker.clone()])
    });
    let decided_ids = decisions.iter().flat_map(|decision| decision.ids.iter().cloned());
    let mut redirects: BTreeMap<String, String> = BTreeMap::new();
    for from in spelt.chain(decided_ids).filter(|id| is_free(id)) {
        if let Some(to) = ids.get(&decided.kept(&key(&from))) {
            redirects.insert(from, (*to).to_owned());
        }
    }
    for Redirect { from, to } in before {
        let to = ids.get(&decided.kept(&key(&to)));
        if let Some(to) = to.filter(|_| is_free(&from)) {
            redirects.entry(from).or_insert_with(|| (*to).to_owned());
        }
    }
    redirects.into_iter().map(|(from, to)| Redirect { from, to }).collect()
}
