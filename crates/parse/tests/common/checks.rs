//! Invariants of a reading, as functions that list what breaks them.

mod evidence;
mod ledger;
mod spans;

use std::sync::LazyLock;

use rapporteur_parse::Reading;
use rapporteur_source::Source;
use rapporteur_validate::Validator;
use serde_json::{Map, Value};

pub(crate) use evidence::evidence;
pub(crate) use ledger::ledger;
pub(crate) use spans::spans;

/// What a schema, or whoever reads the document, sees of it.
pub(crate) fn json(reading: &Reading) -> Value {
    serde_json::to_value(&reading.document).expect("a document is JSON")
}

/// What holds for any bytes whatever: the spans, the ledger, the evidence, the schema.
pub(crate) fn always(sources: &[Source], reading: &Reading) -> Vec<String> {
    let document = json(reading);
    let mut faults = spans(&document, &reading.findings, sources);
    faults.extend(ledger(sources, &reading.ledgers));
    faults.extend(evidence(&document, sources));
    faults.extend(violations(&document));
    faults
}

/// What the schema has against a document.
pub(crate) fn violations(document: &Value) -> Vec<String> {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(Validator::new);
    VALIDATOR.check(document).into_iter().map(|fault| format!("{}: {}", fault.pointer, fault.message)).collect()
}

/// An object of the document that has evidence of its own, and where it stands.
struct Entity<'d> {
    /// JSON pointer: `/sessions/3/speakers/0`.
    pointer: String,
    /// The pointer without its numbers: `sessions.speakers`; empty for the document itself.
    shape: String,
    fields: &'d Map<String, Value>,
}

/// Every entity of a document.
fn entities(document: &Value) -> Vec<Entity<'_>> {
    let mut found = Vec::new();
    walk(document, String::new(), String::new(), &mut found);
    found
}

fn walk<'d>(value: &'d Value, pointer: String, shape: String, found: &mut Vec<Entity<'d>>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let dot = if shape.is_empty() { "" } else { "." };
                walk(value, format!("{pointer}/{key}"), format!("{shape}{dot}{key}"), found);
            }
            if fields.contains_key("evidence") {
                found.push(Entity { pointer, shape, fields });
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                walk(item, format!("{pointer}/{at}"), shape.clone(), found);
            }
        }
        _ => {}
    }
}

/// One entry of `evidence`.
struct Place<'d> {
    source: &'d str,
    start: usize,
    end: usize,
    field: &'d str,
}

impl Entity<'_> {
    /// Its evidence, in order.
    fn places(&self) -> impl Iterator<Item = Place<'_>> {
        let offset = |place: &Value, key: &str| place[key].as_u64().and_then(|at| usize::try_from(at).ok());
        self.fields["evidence"].as_array().into_iter().flatten().map(move |place| Place {
            source: place["source"].as_str().unwrap_or_default(),
            start: offset(place, "start").unwrap_or(usize::MAX),
            end: offset(place, "end").unwrap_or(usize::MAX),
            field: place["field"].as_str().unwrap_or_default(),
        })
    }
}
