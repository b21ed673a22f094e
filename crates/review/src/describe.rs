//! The right side: the document, part by part.

mod parts;
mod sessions;

use std::fmt::Display;

use rapporteur_model::{Corrected, Correction, Document, Evidence, Inferred};
use rustc_hash::FxHashMap;

use crate::marks::{Look, Marks};
use crate::shown::shown_text;
use crate::view::{Entity, Field, Note, Section, Value};

/// The document in its parts; parts that it does not have are left out.
pub(crate) fn sections(document: &Document, marks: &mut Marks<'_>) -> Vec<Section> {
    let mut describer = Describer::new(document, marks);
    let mut sections = Vec::new();
    let mut section = |kind, title, entities: Vec<Entity>| {
        if !entities.is_empty() {
            sections.push(Section { kind, title, entities });
        }
    };
    section("edition", "Edition", vec![describer.edition(&document.edition)]);
    section("agenda", "Programme", document.agenda.iter().map(|slot| describer.slot(slot)).collect());
    section("sessions", "Sessions", document.sessions.iter().map(|session| describer.session(session)).collect());
    section("speakers", "Speakers", document.speakers.iter().map(|speaker| describer.speaker(speaker)).collect());
    section("quotes", "Quotes", document.quotes.iter().map(|quote| describer.quote(quote)).collect());
    section("takeaways", "Takeaways", document.takeaways.iter().map(|it| describer.takeaway(it)).collect());
    let recommendations = document.recommendations.iter().map(|it| describer.recommendation(it));
    section("recommendations", "Recommendations", recommendations.collect());
    section("articles", "Articles", document.articles.iter().map(|article| describer.article(article)).collect());
    section("captions", "Captions", document.captions.iter().map(|caption| describer.caption(caption)).collect());
    section("posts", "Posts", document.posts.iter().map(|post| describer.post(post)).collect());
    section("figures", "Figures", document.figures.iter().map(|figure| describer.figure(figure)).collect());
    section("venues", "Venues", document.venues.iter().map(|venue| describer.venue(venue)).collect());
    section("team", "Team", document.team.iter().map(|member| describer.member(member)).collect());
    section("imprint", "Imprint", describer.imprint(document));
    section("corrections", "Corrections", document.corrections.iter().map(|it| describer.correction(it)).collect());
    sections
}

/// Makes views of entities, and marks for their values.
struct Describer<'d, 'm, 's> {
    marks: &'m mut Marks<'s>,
    /// Names of people and titles of sessions by their ids.
    names: FxHashMap<&'d str, &'d str>,
    /// The corrections that were applied.
    corrections: &'d [Correction],
}

/// What an entity says of its values.
struct Subject<'d> {
    /// Its id on the page.
    id: String,
    /// What a correction calls it: `hd2031-ropes`, `hd2031-ropes/speakers/ada-brunn`.
    path: String,
    evidence: &'d [Evidence],
    inferred: &'d [Inferred],
    corrected: &'d [Corrected],
}

impl<'d> Subject<'d> {
    fn new(
        kind: &str,
        id: &str,
        evidence: &'d [Evidence],
        inferred: &'d [Inferred],
        corrected: &'d [Corrected],
    ) -> Self {
        Self { id: format!("{kind}-{id}"), path: id.to_owned(), evidence, inferred, corrected }
    }

    /// What is in a list of it; `called` is its id there, or its number.
    fn inner(
        &self,
        list: &str,
        called: impl Display,
        evidence: &'d [Evidence],
        inferred: &'d [Inferred],
        corrected: &'d [Corrected],
    ) -> Self {
        let (id, path) = (format!("{}--{list}-{called}", self.id), format!("{}/{list}/{called}", self.path));
        Self { id, path, evidence, inferred, corrected }
    }
}

impl<'d, 'm, 's> Describer<'d, 'm, 's> {
    fn new(document: &'d Document, marks: &'m mut Marks<'s>) -> Self {
        let people = document.speakers.iter().map(|speaker| (speaker.id.as_str(), speaker.name.as_str()));
        let sessions = document.sessions.iter().map(|session| (session.id.as_str(), session.title.as_str()));
        Self { marks, names: people.chain(sessions).collect(), corrections: &document.corrections }
    }

    /// The value of `field`: its text, its evidence, and what is said of it.
    fn value(&mut self, subject: &Subject<'d>, field: &str, text: &str) -> Value {
        let inferred = subject.inferred.iter().find(|inferred| inferred.field == field);
        let places = subject.evidence.iter().filter(|evidence| evidence.field == field);
        // a list may be corrected as a whole
        let list = field.split('/').next().unwrap_or_default();
        let corrected = subject.corrected.iter().find(|corrected| corrected.field == field || corrected.field == list);
        let look = match (corrected, inferred) {
            (Some(_), _) => Look::Corrected,
            (None, Some(_)) => Look::Inferred,
            (None, None) => Look::Value,
        };
        Value {
            id: format!("{}--{}", subject.id, field.replace('/', "-")),
            field: field.to_owned(),
            text: shown_text(text),
            to: None,
            mark: self.marks.add(places.map(|place| (place.source.as_str(), place.start, place.end)), look),
            inferred: inferred.map(|inferred| shown_text(&inferred.reason)),
            corrected: corrected.map(|corrected| self.note(&corrected.correction)),
            absent: false,
        }
    }

    /// What is said of a value by the correction with this id.
    fn note(&self, id: &str) -> Note {
        let reason = self.corrections.iter().find(|correction| correction.id == id).map(|it| shown_text(&it.reason));
        Note { to: format!("#correction-{id}"), reason: reason.unwrap_or_default() }
    }

    /// The value of a field that often has none. That somebody took it away is shown.
    fn maybe(&mut self, subject: &Subject<'d>, field: &str, text: Option<&str>) -> Option<Value> {
        let is_corrected = || subject.corrected.iter().any(|corrected| corrected.field == field);
        match text {
            None if is_corrected() => Some(self.absent(subject, field, "nothing")),
            text => text.map(|text| self.value(subject, field, text)),
        }
    }

    /// The value of a field that is missed where it has none: `none` stands in its place.
    fn wanted(&mut self, subject: &Subject<'d>, field: &str, text: Option<&str>, none: &str) -> Value {
        match text.filter(|text| !text.trim().is_empty()) {
            Some(text) => self.value(subject, field, text),
            None => self.absent(subject, field, none),
        }
    }

    /// What stands in the place of a value that is not there.
    fn absent(&mut self, subject: &Subject<'d>, field: &str, none: &str) -> Value {
        Value { absent: true, ..self.value(subject, field, none) }
    }

    /// A reference to a person or a session, called by the name.
    fn reference(&mut self, subject: &Subject<'d>, field: &str, kind: &str, id: Option<&str>) -> Option<Value> {
        let name = id.map(|id| self.names.get(id).copied().unwrap_or(id));
        let value = self.maybe(subject, field, name)?;
        Some(Value { to: id.map(|id| format!("#{kind}-{id}")), ..value })
    }

    /// A reference that is missed where it leads nowhere.
    fn wanted_reference(&mut self, subject: &Subject<'d>, field: &str, kind: &str, id: Option<&str>) -> Value {
        self.reference(subject, field, kind, id).unwrap_or_else(|| self.absent(subject, field, NONE_READ))
    }

    /// A list of strings, with an entry of evidence each.
    fn list(
        &mut self,
        subject: &Subject<'d>,
        field: &str,
        title: &'static str,
        is_list: bool,
        texts: &[String],
    ) -> Option<Field> {
        let values = texts.iter().enumerate().map(|(nth, text)| self.value(subject, &format!("{field}/{nth}"), text));
        let values: Vec<_> = values.collect();
        (!values.is_empty()).then_some(Field { title, is_list, values })
    }

    /// A list of strings that is missed where it is empty.
    fn wanted_list(
        &mut self,
        subject: &Subject<'d>,
        field: &str,
        title: &'static str,
        is_list: bool,
        texts: &[String],
    ) -> Option<Field> {
        let list = self.list(subject, field, title, is_list, texts);
        list.or_else(|| fact(title, self.absent(subject, field, NONE_READ)))
    }
}

/// What stands in the place of a value where its name stands beside it.
const NONE_READ: &str = "none read";

/// A fact with a name; none where there is no value to be shown.
fn fact(title: &'static str, value: impl Into<Option<Value>>) -> Option<Field> {
    value.into().map(|value| Field { title, is_list: false, values: vec![value] })
}
