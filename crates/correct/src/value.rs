//! Values of a document put right.

use jiff::civil::Date;
use rapporteur_diagnostics::{Finding, nearest};
use rapporteur_model as model;
use rapporteur_model::{Corrected, Correction, Document};
use rapporteur_source::{Span, fold};
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::file::{Corrections, Entry, What};
use crate::rules::{conflict, no_match, stale, unneeded, wrong_value};

/// Characters of a value that a message repeats.
const SHOWN: usize = 60;

/// What came of the value corrections.
#[derive(Debug, Default)]
pub struct Applied {
    /// Those that were applied, in the order of the files.
    pub corrections: Vec<Correction>,
    /// Why others were not.
    pub findings: Vec<Finding>,
}

/// Puts the values of a document right. Ids and references follow what they are made of.
///
/// An entity is called by its id as it was read, or by the id that it has after the other corrections.
pub fn apply(files: &[&Corrections], document: &mut Document) -> Applied {
    let mut pending: Vec<(usize, &Corrections, &Entry)> = files
        .iter()
        .flat_map(|file| file.entries().iter().map(move |entry| (*file, entry)))
        .filter(|(file, entry)| matches!(entry.what, What::Value { .. }) && file.source().is_some())
        .enumerate()
        .map(|(index, (file, entry))| (index, file, entry))
        .collect();
    let mut done: Vec<(usize, Correction, Vec<Step>)> = Vec::new();
    let mut findings = Vec::new();
    let mut taken: FxHashMap<(Vec<Step>, String), (Span, String)> = FxHashMap::default();
    while !pending.is_empty() {
        let Ok(mut root) = serde_json::to_value(&*document) else { break };
        let mut left = Vec::new();
        let mut applied = 0;
        for (index, file, entry) in std::mem::take(&mut pending) {
            let What::Value { entity, field, was, value } = &entry.what else { continue };
            let Some(steps) = resolve(&root, entity) else {
                left.push((index, file, entry));
                continue;
            };
            let change = Change { file, entry, steps: &steps, field, was, value };
            if let Some((place, id)) = taken.get(&(steps.clone(), field.clone())) {
                let finding = file.told(&conflict::RULE, entry, format!("{id} is of the same value"));
                let finding = finding.at(file.file().id(), *place, "this one was applied");
                findings.push(finding.help("make one correction of the two"));
                continue;
            }
            match change.apply(&mut root) {
                Ok(was) => {
                    let source = file.source().unwrap_or_default();
                    taken.insert((steps.clone(), field.clone()), (entry.place, entry.id.clone()));
                    let record = Correction { field: Some(field.clone()), was, ..entry.record(source) };
                    done.push((index, record, steps));
                    applied += 1;
                }
                Err(finding) => findings.push(*finding),
            }
        }
        if applied == 0 {
            findings.extend(left.iter().map(|(_, file, entry)| nowhere(&root, file, entry)));
            break;
        }
        pending = left;
        let Ok(corrected) = serde_json::from_value(root) else { break };
        *document = corrected;
        document.renew_ids();
    }
    done.sort_by_key(|(index, ..)| *index);
    let root = serde_json::to_value(&*document).unwrap_or_default();
    let named =
        |(_, record, steps): (usize, Correction, Vec<Step>)| Correction { entity: Some(path(&root, &steps)), ..record };
    Applied { corrections: done.into_iter().map(named).collect(), findings }
}

/// What stands in a field of an entity, which may have an item behind its list: `summary/0`. `None` where there is no such
/// field.
#[must_use]
pub fn current(document: &Document, entity: &str, field: &str) -> Option<Value> {
    let root = serde_json::to_value(document).ok()?;
    let entity = at(&root, &resolve(&root, entity)?)?;
    match field.split_once('/') {
        Some((list, item)) => entity.get(list)?.get(item.parse::<usize>().ok()?).cloned(),
        None => entity.get(field).cloned(),
    }
}

/// Whether a text is a day as the document writes it.
pub(crate) fn is_date(text: &str) -> bool {
    text.parse::<Date>().is_ok_and(|date| date.to_string() == text)
}

fn is_time(text: &str) -> bool {
    let number = |part: &str, end: u8| part.len() == 2 && part.parse::<u8>().is_ok_and(|number| number < end);
    text.split_once(':').is_some_and(|(hour, minute)| number(hour, 24) && number(minute, 60))
}

/// One step from an object to one in it: the name of a list and the number in it, or the name of a member alone.
type Step = (String, Option<usize>);

/// Where an entity stands: by its id, and from there by names of lists and numbers or ids in them.
fn resolve(root: &Value, entity: &str) -> Option<Vec<Step>> {
    let mut parts = entity.split('/');
    let id = parts.next()?;
    let has_id = |value: &Value, id: &str| value.get("id").and_then(Value::as_str) == Some(id);
    let mut steps: Vec<Step> = Vec::new();
    if has_id(&root["edition"], id) {
        steps.push(("edition".to_owned(), None));
    } else {
        let lists = root.as_object()?.iter().filter(|(name, _)| !matches!(name.as_str(), "sources" | "corrections"));
        let found = lists.filter_map(|(name, list)| {
            let at = list.as_array()?.iter().position(|entry| has_id(entry, id))?;
            Some((name.clone(), Some(at)))
        });
        steps.push(found.into_iter().next()?);
    }
    while let Some(name) = parts.next() {
        let list = at(root, &steps)?.get(name)?.as_array()?;
        let wanted = parts.next()?;
        let called = |entry: &Value| {
            ["speaker", "source"].iter().any(|key| entry.get(key).and_then(Value::as_str) == Some(wanted))
        };
        let number = wanted.parse().ok().filter(|number| *number < list.len());
        let index = list.iter().position(called).or(number)?;
        list[index].is_object().then_some(())?;
        steps.push((name.to_owned(), Some(index)));
    }
    Some(steps)
}

fn at<'v>(root: &'v Value, steps: &[Step]) -> Option<&'v Value> {
    steps.iter().try_fold(root, |value, (name, index)| {
        let member = value.get(name)?;
        index.map_or(Some(member), |index| member.get(index))
    })
}

fn at_mut<'v>(root: &'v mut Value, steps: &[Step]) -> Option<&'v mut Map<String, Value>> {
    let found = steps.iter().try_fold(root, |value, (name, index)| {
        let member = value.get_mut(name)?;
        match index {
            Some(index) => member.get_mut(*index),
            None => Some(member),
        }
    });
    found.and_then(Value::as_object_mut)
}

/// How an entity is called that stands there.
fn path(root: &Value, steps: &[Step]) -> String {
    let mut path = String::new();
    for (depth, (name, index)) in steps.iter().enumerate() {
        let entity = at(root, &steps[..=depth]);
        let id = |key: &str| entity.and_then(|entity| entity.get(key)).and_then(Value::as_str);
        if depth == 0 {
            path.push_str(id("id").unwrap_or_default());
        } else {
            let called = id("speaker").or_else(|| id("source")).map(str::to_owned);
            let called = called.unwrap_or_else(|| index.unwrap_or_default().to_string());
            path.push_str(&format!("/{name}/{called}"));
        }
    }
    path
}

fn nowhere(root: &Value, file: &Corrections, entry: &Entry) -> Finding {
    let What::Value { entity, .. } = &entry.what else { return file.told(&no_match::RULE, entry, "") };
    let id = entity.split('/').next().unwrap_or_default();
    let mut ids: Vec<(&str, &Value)> =
        root["edition"]["id"].as_str().map(|id| (id, &root["edition"])).into_iter().collect();
    for list in root.as_object().into_iter().flat_map(Map::values).filter_map(Value::as_array) {
        ids.extend(list.iter().filter_map(|entry| Some((entry.get("id")?.as_str()?, entry))));
    }
    let message = format!("there is no entity `{entity}` in the document");
    let finding = file.told(&no_match::RULE, entry, message);
    // that of which a part is wanted is there
    if ids.iter().any(|(known, _)| *known == id) {
        return finding.help("behind the id stand the name of a list and a number or an id in it: `…/speakers/0`");
    }
    match nearest(id, ids.iter().map(|(id, _)| *id)) {
        Some(known) => {
            let near = ids.iter().find(|(id, _)| *id == known).and_then(|(_, entity)| place(entity, ""));
            let finding = finding.help(format!("did you mean `{known}`?"));
            match near {
                Some((source, span)) => finding.at(&source, span, format!("the nearest is `{known}`")),
                None => finding,
            }
        }
        None => finding.help("ids stand in the document; they follow the text that they are made of"),
    }
}

/// Where a value of an entity was read; of several places the first.
fn place(entity: &Value, field: &str) -> Option<(String, Span)> {
    let evidence = entity.get("evidence")?.as_array()?;
    let found = evidence
        .iter()
        .find(|place| field.is_empty() || place["field"].as_str().is_some_and(|name| is_of(name, field)))?;
    let end = |key: &str| found[key].as_u64().and_then(|at| usize::try_from(at).ok());
    let (start, end) = (end("start")?, end("end")?);
    Some((found["source"].as_str()?.to_owned(), Span::new(start, end.max(start))))
}

/// Whether `name` is the field, or an item of the list that it is.
fn is_of(name: &str, field: &str) -> bool {
    name == field || name.strip_prefix(field).is_some_and(|rest| rest.starts_with('/'))
}

/// One correction and the entity that it is of.
struct Change<'c> {
    file: &'c Corrections,
    entry: &'c Entry,
    steps: &'c [Step],
    field: &'c str,
    was: &'c Value,
    value: &'c Value,
}

impl Change<'_> {
    /// Changes the document, and gives what was there.
    fn apply(&self, root: &mut Value) -> Result<Value, Box<Finding>> {
        let entity = at(root, self.steps).cloned().unwrap_or_default();
        let (name, item) = match self.field.split_once('/') {
            Some((list, item)) => (list, Some(item)),
            None => (self.field, None),
        };
        let fixed = ["id", "evidence", "inferred", "corrected"];
        let Some(member) = entity.get(name).filter(|_| !fixed.contains(&name)) else {
            let fields = entity.as_object().into_iter().flat_map(Map::keys).map(String::as_str);
            let fields: Vec<&str> = fields.filter(|field| !fixed.contains(field)).collect();
            let help = nearest(name, fields.iter().copied()).filter(|_| !fixed.contains(&name)).map_or_else(
                || format!("the fields that can be corrected are `{}`", fields.join("`, `")),
                |field| format!("did you mean `{field}`?"),
            );
            return Err(self.wrong(format!("there is no field `{name}` to be corrected here"), help));
        };
        let entities = |value: &Value| value.as_array().is_some_and(|items| items.iter().any(Value::is_object));
        if entities(member) || member.is_object() {
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
        let before = root.clone();
        self.set(root, name, index.and_then(Result::ok), value);
        if let Err(message) = typed(root, self.steps) {
            *root = before;
            let help = "`rapporteur schema` says what each field holds".to_owned();
            return Err(self.wrong(format!("`{}` cannot be {}: {message}", self.field, shown(value)), help));
        }
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
        match item {
            Some(item) => entity[name][item] = value.clone(),
            None => entity[name] = value.clone(),
        }
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

/// Whether what stands at the first step has its type still; if not, why.
fn typed(root: &Value, steps: &[Step]) -> Result<(), String> {
    let entity = at(root, &steps[..1]).cloned().unwrap_or_default();
    match steps[0].0.as_str() {
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
