//! The programme, the sessions, and the people in them.

use rapporteur_model::{Affiliation, Credit, Quote, Session, Slot, Speaker};

use super::{Describer, Subject, fact};
use crate::view::{Entity, Field, Group, Value};

impl<'d> Describer<'d, '_, '_> {
    pub(super) fn slot(&mut self, slot: &'d Slot) -> Entity {
        let subject = Subject::new("slot", &slot.id, &slot.evidence, &slot.inferred, &slot.corrected);
        let mut kicker = self.when(&subject, [&slot.date, &slot.start, &slot.end]);
        kicker.extend(self.maybe(&subject, "kind", slot.kind.as_deref()));
        Entity {
            kind: "slot",
            kicker,
            heading: Some(self.value(&subject, "title", &slot.title)),
            facts: fact("Session", self.reference(&subject, "session", "session", slot.session.as_deref()))
                .into_iter()
                .collect(),
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    pub(super) fn session(&mut self, session: &'d Session) -> Entity {
        let subject = Subject::new("session", &session.id, &session.evidence, &session.inferred, &session.corrected);
        let mut kicker = vec![self.wanted(&subject, "kind_label", session.kind_label.as_deref(), "no kind")];
        kicker.extend(self.when(&subject, [&session.date, &session.start, &session.end]));
        let heading = Some(self.wanted(&subject, "title", Some(&session.title), "no title"));
        let mut credits = |role: &'static str, title, credits: &'d [Credit]| {
            let entities: Vec<_> = (0..credits.len()).map(|nth| self.credit(&subject, role, credits, nth)).collect();
            (!entities.is_empty()).then_some(Group { title, entities })
        };
        let groups = [
            credits("speakers", "On stage", &session.speakers),
            credits("moderators", "Moderation", &session.moderators),
        ];
        let texts = [
            self.wanted_list(&subject, "summary", "Summary", false, &session.summary),
            self.list(&subject, "conclusions", "Conclusions", true, &session.conclusions),
            self.list(&subject, "links", "Links", true, &session.links),
        ];
        Entity {
            kind: "session",
            kicker,
            heading,
            groups: groups.into_iter().flatten().collect(),
            texts: texts.into_iter().flatten().collect(),
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    /// The day and the time of something; an end is missed only where it has begun.
    fn when(&mut self, subject: &Subject<'d>, [date, start, end]: [&Option<String>; 3]) -> Vec<Value> {
        let mut when = vec![
            self.wanted(subject, "date", date.as_deref(), "no day"),
            self.wanted(subject, "start", start.as_deref(), "no start"),
        ];
        when.extend(match start {
            Some(_) => Some(self.wanted(subject, "end", end.as_deref(), "no end")),
            None => self.maybe(subject, "end", end.as_deref()),
        });
        when
    }

    /// One of the credits of a session: called by who it is of, or where several are of one person, by its number.
    fn credit(&mut self, session: &Subject<'d>, role: &str, credits: &'d [Credit], nth: usize) -> Entity {
        let credit = &credits[nth];
        let is_only = credits.iter().filter(|other| other.speaker == credit.speaker).count() == 1;
        let called = if is_only { credit.speaker.clone() } else { nth.to_string() };
        let subject = session.inner(role, called, &credit.evidence, &credit.inferred, &credit.corrected);
        let name =
            Value { to: Some(format!("#speaker-{}", credit.speaker)), ..self.value(&subject, "name", &credit.name) };
        let country = country(credit.country.as_deref(), credit.country_code.as_deref());
        let facts = [
            fact("Credit", self.wanted(&subject, "credit", credit.credit.as_deref(), "no office")),
            self.parts(&subject, credit.office.as_deref(), credit.organisation.as_deref(), country.as_deref()),
            fact("Takes part", credit.online.then(|| self.value(&subject, "online", "online"))),
        ];
        Entity {
            kind: "credit",
            kicker: self.maybe(&subject, "honorific", credit.honorific.as_deref()).into_iter().collect(),
            heading: Some(name),
            facts: facts.into_iter().flatten().collect(),
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    /// The parts of a credit. Where all of it is an office, the organisation and the country are missed; who has one of them
    /// has seldom the other.
    fn parts(
        &mut self,
        subject: &Subject<'d>,
        office: Option<&str>,
        organisation: Option<&str>,
        country: Option<&str>,
    ) -> Option<Field> {
        let values = if organisation.or(country).is_some() {
            let office = self.wanted(subject, "office", office, "no office");
            let others = [("organisation", organisation), ("country", country)];
            let others = others.into_iter().filter_map(|(field, text)| self.maybe(subject, field, text));
            std::iter::once(office).chain(others).collect()
        } else {
            office?;
            vec![
                self.wanted(subject, "organisation", None, "no organisation"),
                self.wanted(subject, "country", None, "no country"),
            ]
        };
        Some(Field { title: "Parts", is_list: false, values })
    }

    pub(super) fn speaker(&mut self, speaker: &'d Speaker) -> Entity {
        let subject = Subject::new("speaker", &speaker.id, &speaker.evidence, &speaker.inferred, &speaker.corrected);
        let kicker = self.maybe(&subject, "honorific", speaker.honorific.as_deref());
        let heading = Some(self.value(&subject, "name", &speaker.name));
        let facts = self.list(&subject, "variants", "Also printed as", false, &speaker.variants);
        let affiliations = speaker.affiliations.iter().enumerate();
        let entities: Vec<_> =
            affiliations.map(|(nth, affiliation)| self.affiliation(&subject, nth, affiliation)).collect();
        Entity {
            kind: "speaker",
            kicker: kicker.into_iter().collect(),
            heading,
            facts: facts.into_iter().collect(),
            groups: if entities.is_empty() { Vec::new() } else { vec![Group { title: "Offices", entities }] },
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    fn affiliation(&mut self, speaker: &Subject<'d>, nth: usize, affiliation: &'d Affiliation) -> Entity {
        let subject = speaker.inner("affiliations", nth, &affiliation.evidence, &[], &affiliation.corrected);
        let country = country(affiliation.country.as_deref(), affiliation.country_code.as_deref());
        let (office, organisation) = (affiliation.office.as_deref(), affiliation.organisation.as_deref());
        Entity {
            kind: "affiliation",
            facts: [
                fact("Credit", Some(self.value(&subject, "credit", &affiliation.credit))),
                self.parts(&subject, office, organisation, country.as_deref()),
            ]
            .into_iter()
            .flatten()
            .collect(),
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    pub(super) fn quote(&mut self, quote: &'d Quote) -> Entity {
        let subject = Subject::new("quote", &quote.id, &quote.evidence, &quote.inferred, &quote.corrected);
        let facts = [
            fact("Speaker", self.wanted_reference(&subject, "speaker", "speaker", quote.speaker.as_deref())),
            fact("Credit", self.maybe(&subject, "credit", quote.credit.as_deref())),
            fact("Session", self.wanted_reference(&subject, "session", "session", quote.session.as_deref())),
        ];
        Entity {
            kind: "quote",
            heading: Some(self.value(&subject, "text", &quote.text)),
            facts: facts.into_iter().flatten().collect(),
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }
}

/// A state with its code, as far as there are such.
fn country(name: Option<&str>, code: Option<&str>) -> Option<String> {
    match (name, code) {
        (Some(name), Some(code)) => Some(format!("{name} ({code})")),
        (name, code) => name.or(code).map(str::to_owned),
    }
}
