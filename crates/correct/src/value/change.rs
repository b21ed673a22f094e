//! One value put right, with what follows from it.

use jiff::civil::Date;
use rapporteur_diagnostics::{Finding, nearest};
use rapporteur_model::{self as model, Corrected};
use rapporteur_source::fold;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::address::{Step, at, at_mut, is_of, place};
use crate::file::{Corrections, Entry};
use crate::rules::{stale, unneeded, wrong_value};

/// Characters of a value that a message repeats.
const SHOWN: usize = 60;

/// One correction and the entity that it is of.
pub(super) struct Change<'c> {
    pub(super) file: &'c Corrections,
    pub(super) entry: &'c Entry,
    pub(super) steps: &'c [Step],
    pub(super) field: &'c str,
    pub(super) was: &'c Value,
    pub(super) value: &'c Value,
}

impl Change<'_> {
    /// Changes the document, and gives what was there.
    pub(super) fn apply(&self, root: &mut Value) -> Result<Value, Box<Finding>> {
        let entity = at(root, self.steps).cloned().unwrap_or_default();
        let (name, item) = match self.field.split_once('/') {
            Some((list, item)) => (list, Some(item)),
            None => (self.field, None),
        };
        let Some(member) = entity.get(name).filter(|_| !FIXED.contains(&name)) else {
            let fields = fields(root, self.steps);
            let help = nearest(name, fields.iter().map(String::as_str)).map_or_else(
                || format!("the fields that can be corrected are `{}`", fields.join("`, `")),
                |field| format!("did you mean `{field}`?"),
            );
            return Err(self.wrong(format!("there is no field `{name}` to be corrected here"), help));
        };
        if holds_entities(member) {
            let help = format!("correct one of its entries: entity = \"…/{name}/0\"");
            return Err(self.wrong(format!("`{name}` is a list of entities"), help));
        }
        let index = item.map(str::parse::<usize>);
        let current = match &index {
            None => Some(member),
            Some(index) => index.as_ref().ok().and_then(|index| member.get(index)),
        };
        let Some(current) = current else {
            let items = member.as_array().map_or(0, Vec::len);
            let help = format!("`{name}` has {items} of them, counted from 0");
            return Err(self.wrong(format!("there is no `{}`", self.field), help));
        };
        let nothing = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        let same = |one: &Value, other: &Value| one == other || nothing(one) && nothing(other);
        if same(current, self.value) {
            let finding = self.file.told(&unneeded::RULE, self.entry, format!("`{}` is that already", self.field));
            return Err(Box::new(self.read_at(&entity, finding)));
        }
        if !same(current, self.was) {
            let message =
                format!("`{}` is {}, but was {} when it was corrected", self.field, shown(current), shown(self.was));
            let finding = self.file.told(&stale::RULE, self.entry, message);
            let help = "remove the correction if the value is right now; otherwise write the value as `was`";
            return Err(Box::new(self.read_at(&entity, finding).help(help)));
        }
        let was = current.clone();
        let list = member.is_array() && index.is_none();
        let value = if list && self.value.is_null() { &json!([]) } else { self.value };
        self.check(root, name, value)?;
        let index = index.and_then(Result::ok);
        let put = |entity: &mut Map<String, Value>| *field_mut(entity, name, index) = value.clone();
        if let Err(message) = typed(root, self.steps, put) {
            let help = "`rapporteur schema` says what each field holds".to_owned();
            return Err(self.wrong(format!("`{}` cannot be {}: {message}", self.field, shown(value)), help));
        }
        self.set(root, name, index, value);
        Ok(was)
    }

    /// What the type of a field does not say: days that exist, references that lead somewhere, names of nobody else.
    fn check(&self, root: &Value, name: &str, value: &Value) -> Result<(), Box<Finding>> {
        let list = self.steps.last().map(|(name, _)| name.as_str()).unwrap_or_default();
        let ids = |list: &str| -> Vec<String> {
            let entries = root[list].as_array().into_iter().flatten();
            entries.filter_map(|entry| Some(entry.get("id")?.as_str()?.to_owned())).collect()
        };
        let Some(text) = value.as_str() else { return Ok(()) };
        let wrong = |message: &str, help: &str| Err(self.wrong(format!("{} {message}", shown(value)), help.to_owned()));
        match (list, name) {
            (_, "date" | "start_date" | "end_date") if !is_date(text) => {
                wrong("is no day", "write a day as 2031-05-06")
            }
            ("agenda" | "sessions", "start" | "end") if !is_time(text) => wrong("is no time", "write a time as 09:30"),
            ("quotes" | "moderators" | "speakers", "speaker") | ("agenda" | "quotes", "session") => {
                let known = ids(if name == "session" { "sessions" } else { "speakers" });
                if known.iter().any(|id| id == text) {
                    return Ok(());
                }
                let what = if name == "session" { "session" } else { "person" };
                let help = nearest(text, known.iter().map(String::as_str)).map_or_else(
                    || format!("give the id of a {what} in the document"),
                    |id| format!("did you mean `{id}`?"),
                );
                wrong(&format!("is the id of no {what}"), &help)
            }
            ("versions", "source") => wrong("is where it was read", "correct another field"),
            ("speakers", "name") if self.steps.len() == 1 => {
                let people = root["speakers"].as_array().into_iter().flatten().enumerate();
                let me = self.steps[0].1;
                let mut others = people.filter(|(at, _)| Some(*at) != me);
                let namesake =
                    others.any(|(_, person)| person["name"].as_str().is_some_and(|known| fold(known) == fold(text)));
                if !namesake {
                    return Ok(());
                }
                wrong(
                    "is the name of somebody else in the document",
                    "correct the name as text, where it is printed: the two are one then",
                )
            }
            _ if text.trim().is_empty() => wrong("says nothing", "write `absent = true` where there should be nothing"),
            _ => Ok(()),
        }
    }

    fn set(&self, root: &mut Value, name: &str, item: Option<usize>, value: &Value) {
        let top = (self.steps.len() == 1).then(|| self.steps[0].0.clone());
        let id = at(root, self.steps).and_then(|entity| entity.get("id")).and_then(Value::as_str).map(str::to_owned);
        let person = match (name, value.as_str()) {
            ("speaker", Some(id)) => named(root, id),
            _ => None,
        };
        let credit = self.steps.len() == 2 && matches!(self.steps[1].0.as_str(), "speakers" | "moderators");
        let Some(entity) = at_mut(root, self.steps) else { return };
        let old = entity.get(name).cloned().unwrap_or_default();
        *field_mut(entity, name, item) = value.clone();
        self.mark(entity, self.field);
        // evidence for what is not there any more
        if item.is_none() && (value.is_null() || value.is_array()) {
            retain(entity, "evidence", |field| !is_of(field, name));
        }
        // who a credit is of says how that person is called
        if let Some(person) = person.filter(|_| credit) {
            entity["name"] = person.into();
            self.mark(entity, "name");
        }
        // a person's credits bear the person's name; the spelling that was read is one of the others now
        if let (Some("speakers"), "name", Some(id)) = (top.as_deref(), name, id) {
            let printed = entity["evidence"].as_array().into_iter().flatten().any(|place| place["field"] == "name");
            let variants = entity.get_mut("variants").and_then(Value::as_array_mut);
            if let Some(variants) = variants.filter(|variants| printed && !variants.contains(&old)) {
                variants.push(old.clone());
                let field = format!("variants/{}", variants.len() - 1);
                let places = entity.get_mut("evidence").and_then(Value::as_array_mut).into_iter().flatten();
                places
                    .filter(|place| place["field"] == "name")
                    .for_each(|place| place["field"] = field.as_str().into());
            }
            self.rename(root, &id, value);
        }
    }

    fn rename(&self, root: &mut Value, id: &str, name: &Value) {
        for session in root["sessions"].as_array_mut().into_iter().flatten() {
            for list in ["speakers", "moderators"] {
                let credits = session.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
                for credit in credits.filter_map(Value::as_object_mut).filter(|credit| credit["speaker"] == id) {
                    credit["name"] = name.clone();
                    self.mark(credit, "name");
                }
            }
        }
    }

    /// Says in an entity that a field was corrected: it is inferred no more.
    fn mark(&self, entity: &mut Map<String, Value>, field: &str) {
        retain(entity, "inferred", |inferred| !is_of(inferred, field));
        let mark = Corrected { field: field.to_owned(), correction: self.entry.id.clone() };
        if let (Some(corrected), Ok(mark)) =
            (entity.get_mut("corrected").and_then(Value::as_array_mut), serde_json::to_value(mark))
        {
            corrected.push(mark);
        }
    }

    fn read_at(&self, entity: &Value, finding: Finding) -> Finding {
        match place(entity, self.field) {
            Some((source, span)) => finding.at(&source, span, "what was read"),
            None => finding,
        }
    }

    fn wrong(&self, message: String, help: String) -> Box<Finding> {
        Box::new(self.file.told(&wrong_value::RULE, self.entry, message).help(help))
    }
}

/// Fields that follow from others, or say where those come from.
const FIXED: [&str; 4] = ["id", "evidence", "inferred", "corrected"];

/// The fields of an entity that can be corrected.
pub(super) fn fields(root: &Value, steps: &[Step]) -> Vec<String> {
    let members = at(root, steps).and_then(Value::as_object).into_iter().flatten();
    let members = members.filter(|(name, member)| !FIXED.contains(&name.as_str()) && !holds_entities(member));
    // what an empty list may hold only its type knows
    let takes_texts = |name: &str| typed(root, steps, |entity| entity[name] = json!([""])).is_ok();
    let is_open = |(name, member): &(&String, &Value)| *member != &json!([]) || takes_texts(name);
    members.filter(is_open).map(|(name, _)| name.clone()).collect()
}

/// Whether a member of an entity is one, or a list of such.
fn holds_entities(member: &Value) -> bool {
    member.is_object() || member.as_array().is_some_and(|items| items.iter().any(Value::is_object))
}

/// The name of the person with this id.
fn named(root: &Value, id: &str) -> Option<String> {
    let people = root["speakers"].as_array()?;
    people.iter().find(|person| person["id"] == id)?["name"].as_str().map(str::to_owned)
}

/// Keeps of a list of entries with a `field` those whose field is wanted.
fn retain(entity: &mut Map<String, Value>, list: &str, wanted: impl Fn(&str) -> bool) {
    if let Some(entries) = entity.get_mut(list).and_then(Value::as_array_mut) {
        entries.retain(|entry| wanted(entry["field"].as_str().unwrap_or_default()));
    }
}

/// Whether what stands at the first step keeps its type where the entity at the last one is changed; if not, why.
fn typed(root: &Value, steps: &[Step], change: impl FnOnce(&mut Map<String, Value>)) -> Result<(), String> {
    let (first, rest) = steps.split_at(1);
    let mut entity = at(root, first).cloned().unwrap_or_default();
    if let Some(changed) = at_mut(&mut entity, rest) {
        change(changed);
    }
    match first[0].0.as_str() {
        "edition" => is::<model::Edition>(entity),
        "agenda" => is::<model::Slot>(entity),
        "sessions" => is::<model::Session>(entity),
        "speakers" => is::<model::Speaker>(entity),
        "quotes" => is::<model::Quote>(entity),
        "takeaways" => is::<model::Takeaway>(entity),
        "recommendations" => is::<model::Recommendation>(entity),
        "articles" => is::<model::Article>(entity),
        "captions" => is::<model::Caption>(entity),
        "posts" => is::<model::Post>(entity),
        "figures" => is::<model::Figure>(entity),
        "venues" => is::<model::Venue>(entity),
        "team" => is::<model::TeamMember>(entity),
        other => Err(format!("nothing in `{other}` can be corrected")),
    }
}

/// Where a field of an entity stands, or an item of it.
fn field_mut<'e>(entity: &'e mut Map<String, Value>, name: &str, item: Option<usize>) -> &'e mut Value {
    let field = &mut entity[name];
    match item {
        Some(item) => &mut field[item],
        None => field,
    }
}

fn is<T: DeserializeOwned>(value: Value) -> Result<(), String> {
    serde_json::from_value::<T>(value).map(drop).map_err(|error| error.to_string())
}

/// A value as a message says it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("“{}…”", &text[..end]),
            None => format!("“{text}”"),
        },
        other => {
            let text = other.to_string();
            text.char_indices().nth(SHOWN).map_or(text.clone(), |(end, _)| format!("{}…", &text[..end]))
        }
    }
}

/// Whether a text is a day as the document writes it: `2031-05-06`, a day that exists.
#[must_use]
pub fn is_date(text: &str) -> bool {
    text.parse::<Date>().is_ok_and(|date| date.to_string() == text)
}

fn is_time(text: &str) -> bool {
    let number = |part: &str, end: u8| part.len() == 2 && part.parse::<u8>().is_ok_and(|number| number < end);
    text.split_once(':').is_some_and(|(hour, minute)| number(hour, 24) && number(minute, 60))
}
