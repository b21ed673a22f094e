//! The programme, the sessions, and the people in them.

use rapporteur_model::{Affiliation, Credit, Quote, Session, Slot, Speaker};

use super::{Describer, Subject, fact};
use crate::view::{Entity, Group, Value};

impl<'d> Describer<'d, '_, '_> {
    pub(super) fn slot(&mut self, slot: &'d Slot) -> Entity {
        let subject = Subject::new("slot", &slot.id, &slot.evidence, &slot.inferred, &slot.corrected);
        let kicker = [("date", &slot.date), ("start", &slot.start), ("end", &slot.end), ("kind", &slot.kind)];
        Entity {
            kind: "slot",
            kicker: self.kicker(&subject, &kicker),
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
        let kicker = [
            ("kind_label", &session.kind_label),
            ("date", &session.date),
            ("start", &session.start),
            ("end", &session.end),
        ];
        let kicker = self.kicker(&subject, &kicker);
        let heading = Some(self.value(&subject, "title", &session.title));
        let mut credits = |role: &'static str, title, credits: &'d [Credit]| {
            let entities: Vec<_> = credits.iter().map(|credit| self.credit(&subject, role, credit)).collect();
            (!entities.is_empty()).then_some(Group { title, entities })
        };
        let groups = [
            credits("speakers", "On stage", &session.speakers),
            credits("moderators", "Moderation", &session.moderators),
        ];
        let texts = [
            self.list(&subject, "summary", "Summary", false, &session.summary),
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

    /// Short facts over a heading, as many as there are.
    fn kicker(&mut self, subject: &Subject<'d>, fields: &[(&str, &Option<String>)]) -> Vec<Value> {
        fields.iter().filter_map(|(field, value)| self.maybe(subject, field, value.as_deref())).collect()
    }

    fn credit(&mut self, session: &Subject<'d>, role: &str, credit: &'d Credit) -> Entity {
        let subject = session.inner(role, &credit.speaker, &credit.evidence, &credit.inferred, &credit.corrected);
        let name =
            Value { to: Some(format!("#speaker-{}", credit.speaker)), ..self.value(&subject, "name", &credit.name) };
        let country = country(credit.country.as_deref(), credit.country_code.as_deref());
        let facts = [
            fact("Credit", self.maybe(&subject, "credit", credit.credit.as_deref())),
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

    /// The parts of a credit, where it has more than one.
    fn parts(
        &mut self,
        subject: &Subject<'d>,
        office: Option<&str>,
        organisation: Option<&str>,
        country: Option<&str>,
    ) -> Option<crate::view::Field> {
        organisation.or(country)?;
        let values = [("office", office), ("organisation", organisation), ("country", country)];
        let values = values.into_iter().filter_map(|(field, text)| self.maybe(subject, field, text)).collect();
        Some(crate::view::Field { title: "Parts", is_list: false, values })
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
            fact("Speaker", self.reference(&subject, "speaker", "speaker", quote.speaker.as_deref())),
            fact("Credit", self.maybe(&subject, "credit", quote.credit.as_deref())),
            fact("Session", self.reference(&subject, "session", "session", quote.session.as_deref())),
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
