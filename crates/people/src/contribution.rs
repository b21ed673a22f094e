//! What one document says of one person, apart from what others say.

use rapporteur_model::{Document, Speaker, slug};
use rustc_hash::FxHashMap;

use crate::register::{Office, PrintedName, Register, Role, id_of, key};

/// What one edition prints of one person.
#[derive(Clone, Debug)]
pub(crate) struct Contribution {
    pub(crate) edition: String,
    /// The id that the document has for the person.
    pub(crate) speaker: String,
    pub(crate) names: Vec<PrintedName>,
    pub(crate) offices: Vec<Office>,
}

impl Contribution {
    /// What is the same in all contributions about one person, decisions aside.
    pub(crate) fn key(&self) -> String {
        let main = self.names.iter().find(|name| name.role != Role::Variant);
        let id = main.map(|main| id_of(&main.name)).unwrap_or_default();
        let number = self.speaker.strip_prefix(&id).and_then(|rest| rest.strip_prefix('-'));
        // another id than that of the name was read from a register, which knows whose name it is
        let is_own = self.speaker == id || number.is_some_and(|number| number.parse::<usize>().is_ok());
        key(if is_own { &id } else { &self.speaker })
    }

    /// What a register holds, taken apart again.
    pub(crate) fn of_register(register: &Register) -> Vec<Self> {
        let mut contributions = Contributions::default();
        for person in &register.people {
            for name in &person.names {
                contributions.of(&name.edition, &name.speaker).names.push(name.clone());
            }
            for office in &person.offices {
                contributions.of(&office.edition, &office.speaker).offices.push(office.clone());
            }
        }
        contributions.list
    }

    /// What a document says.
    pub(crate) fn of_document(document: &Document) -> Vec<Self> {
        let edition = &document.edition;
        let mut contributions = Contributions::default();
        let mut note = |speaker: &str, name: &str, honorific: Option<&String>, role: Role, entity: &str| {
            contributions.of(&edition.id, speaker).names.push(PrintedName {
                name: name.to_owned(),
                honorific: honorific.cloned(),
                edition: edition.id.clone(),
                date: edition.start_date.clone(),
                role,
                entity: entity.to_owned(),
                speaker: speaker.to_owned(),
            });
        };
        let speakers: FxHashMap<&str, &Speaker> =
            document.speakers.iter().map(|speaker| (speaker.id.as_str(), speaker)).collect();
        for speaker in &document.speakers {
            note(&speaker.id, &speaker.name, speaker.honorific.as_ref(), Role::Listed, &speaker.id);
            for variant in &speaker.variants {
                note(&speaker.id, variant, None, Role::Variant, &speaker.id);
            }
        }
        for session in &document.sessions {
            let speakers_of = session.speakers.iter().map(|credit| (Role::Speaker, credit));
            let moderators = session.moderators.iter().map(|credit| (Role::Moderator, credit));
            for (role, credit) in speakers_of.chain(moderators) {
                // of a name that was put right, what is printed stands in the reason and among the variants
                let reason = credit.inferred.iter().find(|inferred| inferred.field == "name");
                let variants = speakers.get(credit.speaker.as_str()).map_or(&[][..], |speaker| &speaker.variants);
                let printed = reason.and_then(|inferred| {
                    variants.iter().find(|variant| inferred.reason.contains(&format!("“{variant}”")))
                });
                let name = printed.unwrap_or(&credit.name);
                note(&credit.speaker, name, credit.honorific.as_ref(), role, &session.id);
            }
        }
        for quote in &document.quotes {
            let is_printed = !quote.inferred.iter().any(|inferred| inferred.field == "speaker");
            if let Some(speaker) = quote.speaker.as_deref().and_then(|id| speakers.get(id)).filter(|_| is_printed) {
                note(&speaker.id, &speaker.name, None, Role::Quoted, &quote.id);
            }
        }
        // those who are in no list of speakers have no id in the document but that of their name
        let known: FxHashMap<String, &str> =
            document.speakers.iter().map(|speaker| (key(&speaker.name), speaker.id.as_str())).collect();
        let id = |name: &str| known.get(&key(name)).map_or_else(|| id_of(name), |id| (*id).to_owned());
        for article in &document.articles {
            for author in &article.authors {
                note(&id(&author.name), &author.name, None, Role::Author, &article.id);
            }
        }
        for takeaway in &document.takeaways {
            for author in &takeaway.authors {
                note(&id(author), author, None, Role::Author, &takeaway.id);
            }
        }
        for member in &document.team {
            note(&id(&member.name), &member.name, None, Role::Team, &member.id);
        }
        for speaker in &document.speakers {
            let offices = &mut contributions.of(&edition.id, &speaker.id).offices;
            offices.extend(speaker.affiliations.iter().map(|affiliation| Office {
                credit: affiliation.credit.clone(),
                office: affiliation.office.clone(),
                organisation: affiliation.organisation.clone(),
                country: affiliation.country.clone(),
                country_code: affiliation.country_code.clone(),
                edition: edition.id.clone(),
                date: edition.start_date.clone(),
                speaker: speaker.id.clone(),
            }));
        }
        for author in document.articles.iter().flat_map(|article| &article.authors) {
            let Some(role) = &author.role else { continue };
            let speaker = id(&author.name);
            let offices = &mut contributions.of(&edition.id, &speaker).offices;
            if offices.iter().any(|office| office.credit == *role) {
                continue;
            }
            offices.push(Office {
                credit: role.clone(),
                office: Some(role.clone()),
                organisation: None,
                country: None,
                country_code: None,
                edition: edition.id.clone(),
                date: edition.start_date.clone(),
                speaker: speaker.clone(),
            });
        }
        contributions.list
    }
}

/// Contributions by edition and speaker, in the order in which they come.
#[derive(Default)]
struct Contributions {
    list: Vec<Contribution>,
    places: FxHashMap<(String, String), usize>,
}

impl Contributions {
    fn of(&mut self, edition: &str, speaker: &str) -> &mut Contribution {
        let next = self.list.len();
        let at = *self.places.entry((edition.to_owned(), speaker.to_owned())).or_insert(next);
        if at == next {
            self.list.push(Contribution {
                edition: edition.to_owned(),
                speaker: speaker.to_owned(),
                names: Vec::new(),
                offices: Vec::new(),
            });
        }
        &mut self.list[at]
    }
}

/// JSON pointer to the first place where a document has a name: among the speakers, the authors or the staff.
#[must_use]
pub fn pointer(document: &Document, name: &str) -> Option<String> {
    let wanted = slug(name);
    let is = |other: &str| slug(other) == wanted;
    let speakers = document.speakers.iter().enumerate().flat_map(|(at, speaker)| {
        let variants = speaker.variants.iter().enumerate();
        let variants = variants.map(move |(number, variant)| (variant, format!("/speakers/{at}/variants/{number}")));
        std::iter::once((&speaker.name, format!("/speakers/{at}/name"))).chain(variants)
    });
    let articles = document.articles.iter().enumerate().flat_map(|(at, article)| {
        let authors = article.authors.iter().enumerate();
        authors.map(move |(number, author)| (&author.name, format!("/articles/{at}/authors/{number}/name")))
    });
    let takeaways = document.takeaways.iter().enumerate().flat_map(|(at, takeaway)| {
        let authors = takeaway.authors.iter().enumerate();
        authors.map(move |(number, author)| (author, format!("/takeaways/{at}/authors/{number}")))
    });
    let team = document.team.iter().enumerate().map(|(at, member)| (&member.name, format!("/team/{at}/name")));
    let mut names = speakers.chain(articles).chain(takeaways).chain(team);
    names.find(|(name, _)| is(name)).map(|(_, pointer)| pointer)
}
