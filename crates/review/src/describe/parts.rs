//! The edition, and what a report prints beside its sessions.

use rapporteur_model::{
    Article, Caption, Correction, CorrectionForm, Document, Edition, Figure, Format, Post, Recommendation, Takeaway,
    TeamMember, Venue,
};

use super::{Describer, NONE_READ, Subject, fact};
use crate::marks::Look;
use crate::view::{Entity, Group, Value};

impl<'d> Describer<'d, '_, '_> {
    pub(super) fn edition(&mut self, edition: &'d Edition) -> Entity {
        let subject = Subject::new("edition", &edition.id, &edition.evidence, &edition.inferred, &edition.corrected);
        let (year, ordinal) = (edition.year.map(|year| year.to_string()), edition.ordinal.map(|nth| nth.to_string()));
        let format = edition.format.map(|format| match format {
            Format::InPerson => "in person",
            Format::Online => "online",
            Format::Hybrid => "hybrid",
        });
        let facts = [
            ("series", "Series", edition.series.as_deref()),
            ("short_name", "Short name", edition.short_name.as_deref()),
            ("year", "Year", year.as_deref()),
            ("ordinal", "Number", ordinal.as_deref()),
            ("theme", "Theme", edition.theme.as_deref()),
            ("start_date", "First day", edition.start_date.as_deref()),
            ("end_date", "Last day", edition.end_date.as_deref()),
            ("venue", "Venue", edition.venue.as_deref()),
            ("city", "City", edition.city.as_deref()),
            ("format", "Format", format),
            ("organiser", "Organiser", edition.organiser.as_deref()),
        ];
        Entity {
            kind: "edition",
            heading: Some(self.wanted(&subject, "name", edition.name.as_deref(), "no name")),
            facts: facts
                .into_iter()
                .filter_map(|(field, title, text)| fact(title, self.wanted(&subject, field, text, NONE_READ)))
                .collect(),
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    pub(super) fn takeaway(&mut self, takeaway: &'d Takeaway) -> Entity {
        let subject =
            Subject::new("takeaway", &takeaway.id, &takeaway.evidence, &takeaway.inferred, &takeaway.corrected);
        let kicker = vec![self.value(&subject, "number", &takeaway.number.to_string())];
        let heading = Some(self.value(&subject, "title", &takeaway.title));
        let facts = self.wanted_list(&subject, "authors", "Authors", false, &takeaway.authors);
        let texts = self.wanted_list(&subject, "body", "Text", false, &takeaway.body);
        let versions = takeaway.versions.iter().enumerate().map(|(nth, version)| {
            let subject = subject.inner("versions", nth, &version.evidence, &[], &version.corrected);
            let heading = Some(self.value(&subject, "title", &version.title));
            let texts = self.list(&subject, "body", "Text", false, &version.body).into_iter().collect();
            Entity { kind: "version", heading, texts, id: subject.id, entity: subject.path, ..Entity::default() }
        });
        let entities: Vec<_> = versions.collect();
        Entity {
            entity: subject.path,
            kind: "takeaway",
            kicker,
            heading,
            facts: facts.into_iter().collect(),
            texts: texts.into_iter().collect(),
            groups: if entities.is_empty() {
                Vec::new()
            } else {
                vec![Group { title: "As other sources print it", entities }]
            },
            id: subject.id,
        }
    }

    pub(super) fn recommendation(&mut self, recommendation: &'d Recommendation) -> Entity {
        let subject = Subject::new(
            "recommendation",
            &recommendation.id,
            &recommendation.evidence,
            &[],
            &recommendation.corrected,
        );
        Entity {
            kind: "recommendation",
            heading: Some(self.value(&subject, "title", &recommendation.title)),
            texts: self.list(&subject, "body", "Text", false, &recommendation.body).into_iter().collect(),
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    pub(super) fn article(&mut self, article: &'d Article) -> Entity {
        let subject = Subject::new("article", &article.id, &article.evidence, &[], &article.corrected);
        let heading = Some(self.value(&subject, "title", &article.title));
        let texts = self.list(&subject, "body", "Text", false, &article.body).into_iter().collect();
        let authors = article.authors.iter().enumerate().map(|(nth, author)| {
            let subject = subject.inner("authors", nth, &author.evidence, &[], &author.corrected);
            let heading = Some(self.value(&subject, "name", &author.name));
            let facts = fact("Role", self.maybe(&subject, "role", author.role.as_deref())).into_iter().collect();
            Entity { kind: "author", heading, facts, id: subject.id, entity: subject.path, ..Entity::default() }
        });
        let entities: Vec<_> = authors.collect();
        Entity {
            kind: "article",
            heading,
            texts,
            groups: if entities.is_empty() { Vec::new() } else { vec![Group { title: "Authors", entities }] },
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    pub(super) fn caption(&mut self, caption: &'d Caption) -> Entity {
        let subject = Subject::new("caption", &caption.id, &caption.evidence, &[], &caption.corrected);
        let heading = Some(self.value(&subject, "text", &caption.text));
        Entity { kind: "caption", heading, id: subject.id, entity: subject.path, ..Entity::default() }
    }

    pub(super) fn post(&mut self, post: &'d Post) -> Entity {
        let subject = Subject::new("post", &post.id, &post.evidence, &[], &post.corrected);
        let kicker = [
            self.value(&subject, "handle", &post.handle),
            self.wanted(&subject, "date", post.date.as_deref(), "no day"),
        ];
        Entity {
            kind: "post",
            kicker: kicker.into(),
            heading: Some(self.value(&subject, "text", &post.text)),
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    pub(super) fn figure(&mut self, figure: &'d Figure) -> Entity {
        let subject = Subject::new("figure", &figure.id, &figure.evidence, &[], &figure.corrected);
        Entity {
            kind: "figure",
            kicker: vec![self.value(&subject, "value", &figure.value)],
            heading: Some(self.value(&subject, "label", &figure.label)),
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    pub(super) fn venue(&mut self, venue: &'d Venue) -> Entity {
        let subject = Subject::new("venue", &venue.id, &venue.evidence, &[], &venue.corrected);
        Entity {
            kind: "venue",
            kicker: vec![self.value(&subject, "years", &venue.years)],
            heading: Some(self.value(&subject, "place", &venue.place)),
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    pub(super) fn member(&mut self, member: &'d TeamMember) -> Entity {
        let subject = Subject::new("member", &member.id, &member.evidence, &[], &member.corrected);
        let facts = [
            fact("Role", self.wanted(&subject, "role", member.role.as_deref(), NONE_READ)),
            fact("Group", self.maybe(&subject, "group", member.group.as_deref())),
        ];
        Entity {
            kind: "member",
            heading: Some(self.value(&subject, "name", &member.name)),
            facts: facts.into_iter().flatten().collect(),
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    pub(super) fn correction(&mut self, correction: &'d Correction) -> Entity {
        let subject = Subject::new("correction", &correction.id, &[], &[], &[]);
        let place = correction.start.zip(correction.end);
        let places = place.into_iter().map(|(start, end)| (correction.source.as_str(), start, end));
        let what = match correction.form {
            CorrectionForm::Text => "text",
            CorrectionForm::Region => "passage",
            CorrectionForm::Value => "value",
        };
        let was = match &correction.was {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        let of = correction.entity.as_ref().zip(correction.field.as_ref());
        let of = of.map(|(entity, field)| format!("{field} of {entity}"));
        let facts = [
            ("Of", of.as_deref()),
            ("Was", was.as_deref()),
            ("Is read as", correction.text.as_deref().or(correction.label.as_deref())),
            ("By", correction.by.as_deref()),
            ("On", correction.date.as_deref()),
        ];
        let facts = facts.into_iter().filter_map(|(title, text)| {
            let field = title.to_lowercase().replace(' ', "_");
            fact(title, self.maybe(&subject, &field, text))
        });
        let facts = facts.collect();
        let mark = self.marks.add(places, Look::Corrected);
        Entity {
            kind: "correction",
            kicker: vec![self.value(&subject, "form", what)],
            heading: Some(Value { mark, ..self.value(&subject, "reason", &correction.reason) }),
            facts,
            id: subject.id,
            entity: subject.path,
            ..Entity::default()
        }
    }

    pub(super) fn imprint(&mut self, document: &'d Document) -> Vec<Entity> {
        let (evidence, corrected) = (&document.evidence, &document.corrected);
        // the document itself has no id that a correction could name
        let subject =
            Subject { id: "imprint-text".to_owned(), path: String::new(), evidence, inferred: &[], corrected };
        let texts = self.list(&subject, "imprint", "Text", false, &document.imprint);
        texts
            .map(|field| Entity {
                kind: "imprint",
                texts: vec![field],
                id: subject.id,
                entity: subject.path,
                ..Entity::default()
            })
            .into_iter()
            .collect()
    }
}
