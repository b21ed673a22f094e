//! Changes of the file itself, which keep its comments and its order.

use rapporteur_model::CorrectionForm;
use serde_json::Value as Json;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

use crate::file::{Corrections, Entry, Header, What};

/// The file `text` with one correction more, at its end; one of a value that the file has a correction of takes the place of
/// that. Where the file says nothing of its source yet, `header` is written.
///
/// # Errors
/// Where `text` is not TOML, or holds something else where corrections stand: why.
pub fn added(text: &str, header: &Header, entry: &Entry) -> Result<String, String> {
    let mut document = parsed(text)?;
    if !document.contains_key("source") {
        write_header(&mut document, header)?;
    }
    let form = entry.what.form().as_str();
    let last = last_position(&document);
    let list = document.entry(form).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(list) = list.as_array_of_tables_mut() else {
        return Err(format!("`{form}` is not written with two brackets: [[{form}]]"));
    };
    let mut table = table(entry);
    let known = list.iter().position(|known| is_of_the_same(known, &entry.what));
    if let Some(known) = known.and_then(|index| list.get_mut(index)) {
        put_in_place(known, table);
    } else {
        // behind everything that is there
        table.set_position(Some(last + 1));
        list.push(table);
    }
    Ok(document.to_string())
}

/// Whether a correction of the file is of the same value.
fn is_of_the_same(table: &Table, what: &What) -> bool {
    let text = |key: &str| table.get(key).and_then(Item::as_str).unwrap_or_default();
    what.is_of(text("entity"), text("field"))
}

/// Says in a table of the file what another says. The comments at its keys stay.
fn put_in_place(known: &mut Table, table: Table) {
    known.retain(|key, _| table.contains_key(key));
    for (key, item) in table {
        match (known.get_mut(&key).and_then(Item::as_value_mut), item) {
            (Some(old), Item::Value(mut new)) => {
                *new.decor_mut() = old.decor().clone();
                *old = new;
            }
            (_, item) => drop(known.insert(&key, item)),
        }
    }
}

/// The file without one of its corrections; `None` where it has none with this id.
#[must_use]
pub fn removed(corrections: &Corrections, id: &str) -> Option<String> {
    let entry = corrections.entries().iter().find(|entry| entry.id == id)?;
    let form = entry.what.form().as_str();
    let text = corrections.file().text();
    let mut document = toml_edit::Document::parse(text).ok()?;
    // tables that say something wrong are no entries: the one that is meant is found by its place
    let list = document.get(form)?.as_array_of_tables()?;
    let holds = |table: &Table| {
        let keys = ["find", "at", "entity"];
        let place = keys.iter().find_map(|key| table.get(key)).and_then(Item::span);
        place.is_some_and(|place| place.start == entry.place.start)
    };
    let index = list.iter().position(holds)?;
    let mut document: DocumentMut = std::mem::replace(&mut document, toml_edit::Document::parse("").ok()?).into_mut();
    document.get_mut(form)?.as_array_of_tables_mut()?.remove(index);
    Some(document.to_string())
}

/// The file with what `header` says of its source: its corrections were looked at in the text as it is.
///
/// # Errors
/// Where `text` is not TOML: why.
pub fn confirmed(text: &str, header: &Header) -> Result<String, String> {
    let mut document = parsed(text)?;
    write_header(&mut document, header)?;
    Ok(document.to_string())
}

fn parsed(text: &str) -> Result<DocumentMut, String> {
    text.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())
}

fn write_header(document: &mut DocumentMut, header: &Header) -> Result<(), String> {
    let is_new = !document.contains_key("source");
    let table = document.entry("source").or_insert(Item::Table(Table::new()));
    let Some(table) = table.as_table_like_mut() else { return Err("`source` is no table".to_owned()) };
    for (key, text) in [("path", &header.path), ("sha256", &header.sha256)] {
        if let Some(text) = text {
            table.insert(key, value(text.as_str()));
        }
    }
    if is_new && let Some(table) = document.get_mut("source").and_then(Item::as_table_mut) {
        table.set_position(Some(0));
    }
    Ok(())
}

fn last_position(document: &DocumentMut) -> isize {
    let forms = [CorrectionForm::Text, CorrectionForm::Region, CorrectionForm::Value].map(CorrectionForm::as_str);
    let lists = forms.iter().filter_map(|form| document.get(form)?.as_array_of_tables());
    lists.flat_map(ArrayOfTables::iter).filter_map(Table::position).max().unwrap_or(0)
}

fn table(entry: &Entry) -> Table {
    let mut table = Table::new();
    let mut put = |key: &str, item: Value| drop(table.insert(key, Item::Value(item)));
    match &entry.what {
        What::Text { before, find, after, replace } => {
            let context = |text: &str| (!text.is_empty()).then(|| Value::from(text));
            context(before).into_iter().for_each(|before| put("before", before));
            put("find", find.as_str().into());
            context(after).into_iter().for_each(|after| put("after", after));
            put("replace", replace.as_str().into());
        }
        What::Region { at, until, label } => {
            put("at", at.as_str().into());
            until.iter().for_each(|until| put("until", until.as_str().into()));
            put("label", label.as_str().into());
        }
        What::Value { entity, field, was, value } => {
            put("entity", entity.as_str().into());
            put("field", field.as_str().into());
            toml(was).into_iter().for_each(|was| put("was", was));
            match toml(value) {
                Some(value) => put("value", value),
                None => put("absent", true.into()),
            }
        }
    }
    put("reason", entry.reason.as_str().into());
    entry.by.iter().for_each(|by| put("by", by.as_str().into()));
    entry.date.iter().for_each(|date| put("date", date.as_str().into()));
    table
}

/// A value as TOML writes it; `None` for nothing.
fn toml(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Null | Json::Object(_) => return None,
        Json::Bool(yes) => (*yes).into(),
        Json::Number(number) => number.as_i64()?.into(),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => Value::Array(items.iter().filter_map(toml).collect::<Array>()),
    })
}
