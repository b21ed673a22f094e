//! What holds of all registers: nothing printed is lost, and the order in which documents come does not matter.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rapporteur_model::{Affiliation, Article, Author, Document, Edition, Speaker, slug};
use rapporteur_people::{Decision, DecisionKind, Register, update};

/// Names of which some are near to others, and some the same but for marks and hyphens.
const NAMES: &[&str] = &[
    "Ada Brunsen",
    "Ada Brunson",
    "Ada Brünsen",
    "Ada-Brunsen",
    "A. Brunsen",
    "Brunsen Ada",
    "Ada M. Brunsen",
    "Olu Feyi",
    "Žofie Łęk",
    "Zofie Lek",
    "Cem Dahl-Orre",
    "Cem Dahlorre",
    "Cem Dahl Orre",
];

fn document(edition: u16, speakers: &BTreeSet<usize>, authors: &BTreeSet<usize>, variant: Option<usize>) -> Document {
    let mut ids = rapporteur_model::Ids::new("");
    let speakers = speakers.iter().map(|&name| Speaker {
        id: ids.unique(slug(NAMES[name])),
        name: NAMES[name].to_owned(),
        variants: variant.map(|variant| NAMES[variant].to_owned()).into_iter().collect(),
        affiliations: vec![Affiliation { credit: format!("Office of {edition}"), ..Affiliation::default() }],
        ..Speaker::default()
    });
    let author = |name: &usize| Author { name: NAMES[*name].to_owned(), ..Author::default() };
    let article = Article {
        id: format!("x{edition}-article"),
        authors: authors.iter().map(author).collect(),
        ..Article::default()
    };
    let edition =
        Edition { id: format!("x{edition}"), start_date: Some(format!("{edition}-05-01")), ..Edition::default() };
    Document { edition, speakers: speakers.collect(), articles: vec![article], ..Document::default() }
}

fn documents() -> impl Strategy<Value = Vec<(String, Document)>> {
    let names = || proptest::collection::btree_set(0..NAMES.len(), 0..5);
    let one = (names(), names(), proptest::option::of(0..NAMES.len()));
    proptest::collection::vec(one, 1..5).prop_map(|all| {
        let numbered = all.into_iter().zip(2030..);
        let documents =
            numbered.map(|((speakers, authors, variant), year)| document(year, &speakers, &authors, variant));
        documents.map(|document| (format!("{}.json", document.edition.id), document)).collect()
    })
}

fn borrowed(documents: &[(String, Document)]) -> Vec<(&str, &Document)> {
    documents.iter().map(|(path, document)| (path.as_str(), document)).collect()
}

fn built(documents: &[(&str, &Document)]) -> Register {
    update(Register::default(), documents, Vec::new()).expect("each is of an edition of its own")
}

fn same(ids: [&str; 2]) -> Decision {
    let ids = ids.map(str::to_owned).into();
    Decision { kind: DecisionKind::Same, ids, reason: "a misprint".to_owned(), by: None, date: None }
}

/// The spellings in documents, each with its edition.
fn printed(documents: &[(String, Document)]) -> BTreeSet<(String, String)> {
    let names = documents.iter().flat_map(|(_, document)| {
        let speakers = document.speakers.iter().flat_map(|speaker| speaker.variants.iter().chain([&speaker.name]));
        let authors = document.articles.iter().flat_map(|article| &article.authors).map(|author| &author.name);
        speakers.chain(authors).map(|name| (document.edition.id.clone(), name.clone()))
    });
    names.collect()
}

fn registered(register: &Register) -> BTreeSet<(String, String)> {
    let names = register.people.iter().flat_map(|person| &person.names);
    names.map(|name| (name.edition.clone(), name.name.clone())).collect()
}

proptest! {
    #[test]
    fn the_order_of_documents_does_not_matter(documents in documents(), turn in any::<prop::sample::Index>()) {
        let mut given = borrowed(&documents);
        let register = built(&given);
        let turn = turn.index(given.len());
        given.rotate_left(turn);
        prop_assert_eq!(&built(&given), &register);
        given.reverse();
        prop_assert_eq!(&built(&given), &register);
    }

    #[test]
    fn merging_loses_no_printed_name(documents in documents(), merges in proptest::collection::vec(any::<[prop::sample::Index; 2]>(), 0..4)) {
        let mut register = built(&borrowed(&documents));
        prop_assert_eq!(registered(&register), printed(&documents));
        for [one, other] in merges {
            if register.people.is_empty() { break }
            let ids = [one, other].map(|at| at.get(&register.people).id.clone());
            let offices: usize = register.people.iter().map(|person| person.offices.len()).sum();
            let before = register.people.len();
            register = update(register, &[], vec![same([&ids[0], &ids[1]])]).expect("there are no contradictions");
            prop_assert_eq!(register.people.len(), before - usize::from(ids[0] != ids[1]));
            prop_assert_eq!(register.people.iter().map(|person| person.offices.len()).sum::<usize>(), offices);
            prop_assert_eq!(&register.person(&ids[1]).expect("the id leads somewhere").id, &ids[0]);
        }
        prop_assert_eq!(registered(&register), printed(&documents));
    }

    #[test]
    fn doing_it_again_changes_nothing(documents in documents(), merge in any::<[prop::sample::Index; 2]>()) {
        let given = borrowed(&documents);
        let mut register = built(&given);
        if !register.people.is_empty() {
            let ids = merge.map(|at| at.get(&register.people).id.clone());
            register = update(register, &[], vec![same([&ids[0], &ids[1]])]).expect("there are no contradictions");
        }
        prop_assert_eq!(&update(register.clone(), &given, Vec::new()).expect("as before"), &register);
        prop_assert_eq!(&update(register.clone(), &[], Vec::new()).expect("as before"), &register);
    }

    #[test]
    fn ids_stay_when_editions_are_added(documents in documents()) {
        let given = borrowed(&documents);
        // the last first, so that earlier ones are added to it
        let mut register = Register::default();
        for one in given.iter().rev() {
            let before = register.clone();
            register = update(register, &[*one], Vec::new()).expect("an edition of its own");
            for person in &before.people {
                let now = register.people.iter().find(|now| now.id == person.id);
                prop_assert!(now.is_some_and(|now| person.names.iter().all(|name| now.names.contains(name))));
            }
        }
        prop_assert_eq!(registered(&register), registered(&built(&given)));
    }

    #[test]
    fn everybody_has_one_entry_and_redirects_lead_to_them(documents in documents()) {
        let register = built(&borrowed(&documents));
        let ids: BTreeSet<&str> = register.people.iter().map(|person| person.id.as_str()).collect();
        prop_assert_eq!(ids.len(), register.people.len());
        for person in &register.people {
            prop_assert_eq!(&slug(&person.name), &person.id);
        }
        for redirect in &register.redirects {
            prop_assert!(ids.contains(redirect.to.as_str()) && !ids.contains(redirect.from.as_str()));
        }
        let names: BTreeSet<String> = register.people.iter().map(|person| slug(&person.name).replace('-', "")).collect();
        prop_assert_eq!(names.len(), register.people.len());
    }
}
