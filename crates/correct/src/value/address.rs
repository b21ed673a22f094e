//! Where in a document an entity stands that a correction names.

use rapporteur_diagnostics::{Finding, nearest};
use rapporteur_source::Span;
use serde_json::{Map, Value};

use crate::file::{Corrections, Entry, What};
use crate::rules::{ambiguous, no_match};

/// One step from an object to one in it: the name of a list and the number in it, or the name of a member alone.
pub(super) type Step = (String, Option<usize>);

/// Where an entity stands: by its id, and from there by names of lists and numbers or ids in them. Where an id stands
/// twice in its list, the entities that may be meant, by their numbers; otherwise none.
pub(super) fn resolve(root: &Value, entity: &str) -> Result<Vec<Step>, Vec<String>> {
    let mut parts = entity.split('/');
    let mut steps = vec![top(root, parts.next().unwrap_or_default()).ok_or_else(Vec::new)?];
    while let Some(name) = parts.next() {
        let list = at(root, &steps).and_then(|entity| entity.get(name)).and_then(Value::as_array);
        let (list, wanted) = list.zip(parts.next()).ok_or_else(Vec::new)?;
        let called: Vec<usize> = (0..list.len()).filter(|index| called(&list[*index]) == Some(wanted)).collect();
        let index = match called.as_slice() {
            [index] => *index,
            [] => wanted.parse().ok().filter(|number| *number < list.len()).ok_or_else(Vec::new)?,
            several => {
                let before = path(root, &steps);
                return Err(several.iter().map(|index| format!("{before}/{name}/{index}")).collect());
            }
        };
        if !list[index].is_object() {
            return Err(Vec::new());
        }
        steps.push((name.to_owned(), Some(index)));
    }
    Ok(steps)
}

/// The step to the entity with this id.
fn top(root: &Value, id: &str) -> Option<Step> {
    let has_id = |value: &Value| value.get("id").and_then(Value::as_str) == Some(id);
    if has_id(&root["edition"]) {
        return Some(("edition".to_owned(), None));
    }
    let mut lists = root.as_object()?.iter().filter(|(name, _)| !matches!(name.as_str(), "sources" | "corrections"));
    lists.find_map(|(name, list)| Some((name.clone(), Some(list.as_array()?.iter().position(has_id)?))))
}

/// What an entity is called in the list of another.
fn called(entity: &Value) -> Option<&str> {
    ["speaker", "source"].iter().find_map(|key| entity.get(key)?.as_str())
}

pub(super) fn at<'v>(root: &'v Value, steps: &[Step]) -> Option<&'v Value> {
    steps.iter().try_fold(root, |value, (name, index)| {
        let member = value.get(name)?;
        index.map_or(Some(member), |index| member.get(index))
    })
}

pub(super) fn at_mut<'v>(root: &'v mut Value, steps: &[Step]) -> Option<&'v mut Map<String, Value>> {
    let found = steps.iter().try_fold(root, |value, (name, index)| {
        let member = value.get_mut(name)?;
        match index {
            Some(index) => member.get_mut(*index),
            None => Some(member),
        }
    });
    found.and_then(Value::as_object_mut)
}

/// How an entity is called that stands there: in the list of another by what it is called there, or where several are
/// called so, by its number.
pub(super) fn path(root: &Value, steps: &[Step]) -> String {
    let mut path = String::new();
    for (depth, (name, index)) in steps.iter().enumerate() {
        let Some(entity) = at(root, &steps[..=depth]) else { break };
        if depth == 0 {
            path.push_str(entity.get("id").and_then(Value::as_str).unwrap_or_default());
            continue;
        }
        let list = at(root, &steps[..depth]).and_then(|entity| entity.get(name)).and_then(Value::as_array);
        let is_only = |id: &&str| list.into_iter().flatten().filter(|other| called(other) == Some(*id)).count() == 1;
        let number = index.unwrap_or_default().to_string();
        path.push_str(&format!("/{name}/{}", called(entity).filter(is_only).unwrap_or(&number)));
    }
    path
}

/// What is told of a correction whose entity is called by its number in a list, where the text has changed: another may have
/// that number now.
pub(super) fn unsure(root: &Value, file: &Corrections, entry: &Entry, steps: &[Step]) -> Option<Finding> {
    let What::Value { entity, .. } = &entry.what else { return None };
    let names = entity.split('/').skip(2).step_by(2);
    let is_number = |(depth, name)| at(root, &steps[..=depth]).and_then(called) != Some(name);
    if !file.changed || !(1..steps.len()).zip(names).any(is_number) {
        return None;
    }
    let message = format!("whether `{entity}` is the same one as before cannot be told");
    let finding = file.told(&no_match::RULE, entry, message);
    let finding = finding.help("look whether it is, then `rapporteur correct SOURCE --confirm`");
    Some(match at(root, steps).and_then(|entity| place(entity, "")) {
        Some((source, span)) => finding.at(&source, span, "it has this number now"),
        None => finding,
    })
}

/// What is told of a correction whose entity is nowhere, or in several places.
pub(super) fn nowhere(root: &Value, file: &Corrections, entry: &Entry) -> Finding {
    let What::Value { entity, .. } = &entry.what else { return file.told(&no_match::RULE, entry, "") };
    let id = entity.split('/').next().unwrap_or_default();
    let mut ids: Vec<(&str, &Value)> =
        root["edition"]["id"].as_str().map(|id| (id, &root["edition"])).into_iter().collect();
    for list in root.as_object().into_iter().flat_map(Map::values).filter_map(Value::as_array) {
        ids.extend(list.iter().filter_map(|entry| Some((entry.get("id")?.as_str()?, entry))));
    }
    if let Err(several) = resolve(root, entity)
        && !several.is_empty()
    {
        let message = format!("`{entity}` is in its list {} times", several.len());
        let help = format!("say which of them by its number: `{}`", several.join("` or `"));
        return file.told(&ambiguous::RULE, entry, message).help(help);
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
pub(super) fn place(entity: &Value, field: &str) -> Option<(String, Span)> {
    let evidence = entity.get("evidence")?.as_array()?;
    let found = evidence
        .iter()
        .find(|place| field.is_empty() || place["field"].as_str().is_some_and(|name| is_of(name, field)))?;
    let end = |key: &str| found[key].as_u64().and_then(|at| usize::try_from(at).ok());
    let (start, end) = (end("start")?, end("end")?);
    Some((found["source"].as_str()?.to_owned(), Span::new(start, end.max(start))))
}

/// Whether `name` is the field, or an item of the list that it is.
pub(super) fn is_of(name: &str, field: &str) -> bool {
    name == field || name.strip_prefix(field).is_some_and(|rest| rest.starts_with('/'))
}
