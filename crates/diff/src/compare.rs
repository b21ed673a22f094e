//! The walk over two documents, side by side.

use rapporteur_model::Document;
use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::change::{Change, Diff, Kind, SCHEMA_ID, SCHEMA_VERSION, Side};
use crate::known::{self, EVIDENCE, POSITION};
use crate::{matching, words};

/// What changed from one document to another.
///
/// The same documents give the same result. What is in both is told field by field; what is in one only is told once, as a
/// whole.
#[must_use]
pub fn diff(old: &Document, new: &Document) -> Diff {
    let side = |document: &Document| Side { path: String::new(), edition: document.edition.id.clone() };
    let mut walk = Walk::default();
    // by way of the types, so that the order of the fields is that of the model
    let values = (serde_json::to_value(old), serde_json::to_value(new));
    if let (Ok(old), Ok(new)) = values {
        walk.learn_renamed(&old, &new);
        walk.document(&old, &new);
    }
    Diff {
        schema: SCHEMA_ID.to_owned(),
        schema_version: SCHEMA_VERSION.to_owned(),
        old: side(old),
        new: side(new),
        changes: walk.changes,
        evidence: walk.evidence,
    }
}

/// A place in both documents.
#[derive(Clone, Default)]
struct Place {
    list: String,
    entity: Option<String>,
    label: String,
    field: String,
    old: String,
    new: String,
}

impl Place {
    /// What stands in a field.
    fn member(&self, name: &str) -> Self {
        let name = name.replace('~', "~0").replace('/', "~1");
        self.inner(&name, &name, &name)
    }

    /// What stands in a list: its number in the old and in the new one, and what it is called by.
    fn item(&self, old: usize, new: usize, called: Option<&str>) -> Self {
        let (old, new) = (old.to_string(), new.to_string());
        self.inner(&old, &new, called.unwrap_or(&new))
    }

    fn inner(&self, old: &str, new: &str, called: &str) -> Self {
        let between = if self.field.is_empty() { "" } else { "/" };
        Self {
            field: format!("{}{between}{called}", self.field),
            old: format!("{}/{old}", self.old),
            new: format!("{}/{new}", self.new),
            ..self.clone()
        }
    }

    /// The entity itself: an entry of a list of the document.
    fn entity(list: &str, item: &Value, old: usize, new: usize) -> Self {
        Self {
            list: list.to_owned(),
            entity: item.get("id").and_then(Value::as_str).map(str::to_owned),
            label: known::label(item).to_owned(),
            field: String::new(),
            old: format!("/{list}/{old}"),
            new: format!("/{list}/{new}"),
        }
    }

    fn change(&self, kind: Kind, before: Value, after: Value) -> Change {
        Change {
            kind,
            list: self.list.clone(),
            entity: self.entity.clone(),
            label: self.label.clone(),
            field: self.field.clone(),
            old: (kind != Kind::Added).then(|| self.old.clone()),
            new: (kind != Kind::Removed).then(|| self.new.clone()),
            before,
            after,
            words: Vec::new(),
        }
    }
}

#[derive(Default)]
struct Walk {
    changes: Vec<Change>,
    evidence: Vec<String>,
    /// By list and old id the new id of what has another one now.
    renamed: FxHashMap<(String, String), String>,
}

impl Walk {
    /// Looks for entries with new ids, so that references that follow them are no changes of their own.
    fn learn_renamed(&mut self, old: &Value, new: &Value) {
        for (list, new) in new.as_object().into_iter().flatten() {
            let (Some(old), Some(new)) = (old[list].as_array(), new.as_array()) else { continue };
            for (from, to) in matching::pairs(old, new) {
                if let (Some(from), Some(to)) = (old[from]["id"].as_str(), new[to]["id"].as_str()) {
                    self.renamed.insert((list.clone(), from.to_owned()), to.to_owned());
                }
            }
        }
    }

    fn document(&mut self, old: &Value, new: &Value) {
        for (name, new) in new.as_object().into_iter().flatten() {
            let old = &old[name];
            match (old, new) {
                (Value::Object(_), Value::Object(_)) => {
                    let place = Place {
                        list: name.clone(),
                        entity: new["id"].as_str().map(str::to_owned),
                        label: known::label(new).to_owned(),
                        old: format!("/{name}"),
                        new: format!("/{name}"),
                        ..Place::default()
                    };
                    self.value("", old, new, &place);
                }
                (Value::Array(old), Value::Array(new)) if old.iter().chain(new).all(Value::is_object) => {
                    if name == EVIDENCE {
                        self.evidence.extend((old != new).then(|| format!("/{name}")));
                    } else {
                        self.list(old, new, &|item, old, new| Place::entity(name, item, old, new));
                    }
                }
                _ => {
                    let root = Place { list: "document".to_owned(), ..Place::default() };
                    self.value(name, old, new, &root.member(name));
                }
            }
        }
    }

    fn value(&mut self, name: &str, old: &Value, new: &Value, place: &Place) {
        match (old, new) {
            _ if old == new || name == POSITION => {}
            _ if name == EVIDENCE => self.evidence.push(place.new.clone()),
            (Value::Object(old), Value::Object(new)) => {
                // both are of one type of the model: they have the same fields
                for (name, new) in new {
                    self.value(name, old.get(name).unwrap_or(&Value::Null), new, &place.member(name));
                }
            }
            (Value::Array(old), Value::Array(new)) => {
                self.list(old, new, &|item, old, new| {
                    place.item(old, new, known::key(item).filter(|_| item.is_object()))
                });
            }
            (Value::String(before), Value::String(after)) => {
                let follows = known::reference(name)
                    .and_then(|list| self.renamed.get(&(list.to_owned(), before.clone())))
                    .is_some_and(|renamed| renamed == after);
                if follows {
                    return;
                }
                let words = if name == "id" { None } else { words::words(before, after) };
                let kind = if words.is_some() { Kind::Reworded } else { Kind::Changed };
                let change = place.change(kind, old.clone(), new.clone());
                self.changes.push(Change { words: words.unwrap_or_default(), ..change });
            }
            (Value::Null, _) => self.changes.push(place.change(Kind::Added, Value::Null, new.clone())),
            (_, Value::Null) => self.changes.push(place.change(Kind::Removed, old.clone(), Value::Null)),
            _ => self.changes.push(place.change(Kind::Changed, old.clone(), new.clone())),
        }
    }

    /// Compares two lists; `place` says where an item is, by its numbers in both.
    fn list(&mut self, old: &[Value], new: &[Value], place: &dyn Fn(&Value, usize, usize) -> Place) {
        let pairs = matching::pairs(old, new);
        let moved = matching::moved(&pairs);
        let mut pairs = pairs.iter().zip(moved).peekable();
        let mut kept = vec![false; old.len()];
        for (at, item) in new.iter().enumerate() {
            let Some(((from, _), is_moved)) = pairs.next_if(|((_, to), _)| *to == at) else {
                self.changes.push(place(item, at, at).change(Kind::Added, Value::Null, item.clone()));
                continue;
            };
            kept[*from] = true;
            let here = place(item, *from, at);
            if is_moved {
                self.changes.push(here.change(Kind::Moved, (*from).into(), at.into()));
            }
            self.value("", &old[*from], item, &here);
        }
        for (at, item) in old.iter().enumerate().filter(|(at, _)| !kept[*at]) {
            self.changes.push(place(item, at, at).change(Kind::Removed, item.clone(), Value::Null));
        }
    }
}
