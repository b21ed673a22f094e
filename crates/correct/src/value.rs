//! Values of a document put right.

mod address;
mod change;

use rapporteur_diagnostics::Finding;
use rapporteur_model::{Correction, CorrectionForm, Document};
use rapporteur_source::Span;
use rustc_hash::FxHashMap;
use serde_json::Value;

use self::address::{Step, at, nowhere, path, resolve, unsure};
use self::change::Change;
pub use self::change::is_date;
use crate::file::{Corrections, Entry, What};
use crate::rules::conflict;

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
            let Ok(steps) = resolve(&root, entity) else {
                left.push((index, file, entry));
                continue;
            };
            if let Some(finding) = unsure(&root, file, entry, &steps) {
                findings.push(finding);
                continue;
            }
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
    let entity = at(&root, &resolve(&root, entity).ok()?)?;
    match field.split_once('/') {
        Some((list, item)) => entity.get(list)?.get(item.parse::<usize>().ok()?).cloned(),
        None => entity.get(field).cloned(),
    }
}

/// The names of the fields of an entity that can be corrected, in the order of the document; none where there is no such
/// entity.
#[must_use]
pub fn fields(document: &Document, entity: &str) -> Vec<String> {
    let Ok(root) = serde_json::to_value(document) else { return Vec::new() };
    let Ok(steps) = resolve(&root, entity) else { return Vec::new() };
    change::fields(&root, &steps)
}

/// The `id` of the source that an entity was read from, or else that of the entity that it is in: that of the field comes
/// first. `None` where nothing of it was read.
#[must_use]
pub fn source_of(document: &Document, entity: &str, field: &str) -> Option<String> {
    let root = serde_json::to_value(document).ok()?;
    let steps = resolve(&root, entity).ok()?;
    let of = |depth: usize, field: &str| address::place(at(&root, &steps[..depth])?, field).map(|(source, _)| source);
    of(steps.len(), field).or_else(|| (1..=steps.len()).rev().find_map(|depth| of(depth, "")))
}

/// A correction of a value that is there already.
#[derive(Debug)]
pub struct Standing<'c> {
    /// The number of its file.
    pub file: usize,
    /// What it says.
    pub entry: &'c Entry,
    /// What is read without it.
    pub was: Value,
}

/// The correction of a value among those of `files`, with which `document` was read: one that was applied, or one that was
/// not but names the entity and the field in the same way.
#[must_use]
pub fn standing<'c>(files: &'c [Corrections], document: &Document, entity: &str, field: &str) -> Option<Standing<'c>> {
    let root = serde_json::to_value(document).ok()?;
    let path = path(&root, &resolve(&root, entity).ok()?);
    let is_of = |record: &&Correction| {
        record.form == CorrectionForm::Value
            && record.entity.as_ref() == Some(&path)
            && record.field.as_deref() == Some(field)
    };
    if let Some(record) = document.corrections.iter().find(is_of) {
        let file = files.iter().position(|file| file.source() == Some(record.source.as_str()))?;
        let entry = files[file].entries().iter().find(|entry| entry.id == record.id)?;
        return Some(Standing { file, entry, was: record.was.clone() });
    }
    let entries = files.iter().enumerate().flat_map(|(file, known)| known.entries().iter().map(move |it| (file, it)));
    let (file, entry) = entries.into_iter().find(|(_, entry)| entry.what.is_of(entity, field))?;
    Some(Standing { file, entry, was: current(document, entity, field)? })
}
