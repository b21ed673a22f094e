//! Every printed string carries evidence, and folding the evidence gives the string again.

use rapporteur_source::{Source, Span, fold, fold_span};
use serde_json::Value;

use super::{Entity, entities};
use crate::common::shown;

/// What evidence a field needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// It is printed: its evidence has its letters and digits, and no others.
    Printed,
    /// It is printed in another form (a date, a year): it has evidence.
    Normalised,
    /// A part of `credit`, which is printed: the parts stand in it in their order.
    PartOfCredit,
    /// It is an id or a reference, or follows from another field.
    Derived,
}

/// The rule for a field of the entities of one shape. A field that nobody thought of counts as printed.
fn rule(shape: &str, field: &str) -> Rule {
    match (shape, field) {
        (_, "id" | "country_code")
        | ("", "$schema" | "schema_version")
        | ("agenda" | "quotes", "session")
        | ("sessions", "kind" | "position")
        | ("quotes" | "sessions.speakers" | "sessions.moderators", "speaker")
        | ("takeaways", "number")
        | ("takeaways.versions", "source") => Rule::Derived,
        ("edition", "year" | "ordinal" | "start_date" | "end_date" | "format")
        | ("agenda" | "sessions", "date" | "start" | "end")
        | ("posts", "date") => Rule::Normalised,
        (_, "office" | "organisation" | "country") => Rule::PartOfCredit,
        _ => Rule::Printed,
    }
}

/// Printed values without evidence or with other evidence than their own, and evidence of values that are not there.
pub(crate) fn evidence(document: &Value, sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for entity in entities(document) {
        for (field, value) in entity.fields {
            match rule(&entity.shape, field) {
                Rule::Derived | Rule::PartOfCredit => {}
                rule => faults.extend(entity.check(field, value, rule, sources)),
            }
        }
        faults.extend(entity.parts_of_credit());
        faults.extend(entity.stray());
        if entity.shape == "quotes" {
            faults.extend(entity.speaker_of_quote(document, sources));
        }
    }
    faults
}

impl Entity<'_> {
    /// What is wrong with the evidence of one field: a string, a number, or a list of strings.
    fn check(&self, field: &str, value: &Value, rule: Rule, sources: &[Source]) -> Vec<String> {
        match value {
            Value::Array(items) => {
                let strings = items.iter().enumerate().filter(|(_, item)| item.is_string());
                strings.flat_map(|(at, item)| self.check(&format!("{field}/{at}"), item, rule, sources)).collect()
            }
            Value::String(text) if rule == Rule::Printed => self.unlike(field, text, sources).into_iter().collect(),
            Value::String(_) | Value::Number(_) if rule == Rule::Normalised && !self.is_inferred(field) => {
                let missing = self.folded(field, sources).is_none();
                missing.then(|| format!("{}/{field} has no evidence: {value}", self.pointer)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// A printed string whose evidence folds to something else.
    fn unlike(&self, field: &str, text: &str, sources: &[Source]) -> Option<String> {
        if self.is_inferred(field) {
            return None;
        }
        let Some(folded) = self.folded(field, sources) else {
            return Some(format!("{}/{field} has no evidence: {}", self.pointer, shown(text)));
        };
        let wanted = fold(text);
        (folded != wanted).then(|| {
            let (place, text) = (&self.pointer, shown(text));
            format!("{place}/{field} is {text}, its evidence {}", difference(&wanted, &folded))
        })
    }

    /// The letters and digits of the evidence for a field; `None` where there is none.
    fn folded(&self, field: &str, sources: &[Source]) -> Option<String> {
        let mut folded = None;
        for place in self.places().filter(|place| place.field == field) {
            let source = sources.iter().find(|source| source.id() == place.source)?;
            let span = Span::new(place.start, place.end.max(place.start));
            fold_span(source, span, folded.get_or_insert_with(String::new));
        }
        folded
    }

    fn is_inferred(&self, field: &str) -> bool {
        // what a correction has put right is looked at with the corrections
        let lists = ["inferred", "corrected"].into_iter().filter_map(|list| self.fields.get(list)?.as_array());
        lists.flatten().any(|inferred| {
            let inferred = inferred["field"].as_str().unwrap_or_default();
            inferred == field || field.strip_prefix(inferred).is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// `office`, `organisation` and `country` that do not stand in `credit` one after the other.
    fn parts_of_credit(&self) -> Option<String> {
        let credit = self.fields.get("credit").and_then(Value::as_str).map(fold).unwrap_or_default();
        let mut rest = credit.as_str();
        for field in ["office", "organisation", "country"] {
            let Some(part) = self.fields.get(field).and_then(Value::as_str) else { continue };
            if self.is_inferred(field) {
                return None;
            }
            let part = fold(part);
            match rest.find(&part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return Some(format!("{}/{field} does not stand in the credit", self.pointer)),
            }
        }
        None
    }

    /// Evidence for a field that the entity does not have, or that is empty.
    fn stray(&self) -> Vec<String> {
        let is_there = |field: &str| match field.split_once('/') {
            Some((list, at)) => {
                at.parse::<usize>().is_ok_and(|at| self.fields.get(list).is_some_and(|list| list.get(at).is_some()))
            }
            None => self.fields.get(field).is_some_and(|value| !value.is_null() && !value.is_array()),
        };
        let stray = self.places().map(|place| place.field).filter(|field| !is_there(field));
        stray.map(|field| format!("{}: evidence for {field}, which has no value", self.pointer)).collect()
    }

    /// A quote whose speaker is neither inferred nor printed at it, in one of the person's spellings.
    fn speaker_of_quote(&self, document: &Value, sources: &[Source]) -> Option<String> {
        let id = self.fields["speaker"].as_str()?;
        let persons = document["speakers"].as_array()?;
        let Some(person) = persons.iter().find(|person| person["id"] == id) else {
            return Some(format!("{}/speaker is nobody in the list: {id}", self.pointer));
        };
        if self.is_inferred("speaker") {
            return None;
        }
        let Some(printed) = self.folded("speaker", sources) else {
            return Some(format!("{}/speaker is neither printed nor inferred: {id}", self.pointer));
        };
        let spellings = person["variants"].as_array().into_iter().flatten().chain([&person["name"]]);
        let known = spellings.filter_map(Value::as_str).any(|spelling| fold(spelling) == printed);
        (!known).then(|| format!("{}/speaker is {id}, its evidence {printed:?}", self.pointer))
    }
}

/// What two folded strings have apart, in a few words.
fn difference(value: &str, evidence: &str) -> String {
    let same = value.chars().zip(evidence.chars()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| shown(&text.chars().skip(same.saturating_sub(8)).take(40).collect::<String>());
    format!("parts from it at letter {same}: {}, not {}", from(evidence), from(value))
}
