//! The values of a document, without where they were read.

use serde_json::Value;

use super::shown;

/// A document without evidence and sources.
pub(crate) fn values(mut document: Value) -> Value {
    if let Some(fields) = document.as_object_mut() {
        fields.remove("sources");
    }
    strip(&mut document);
    document
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("evidence");
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Changes every string of a value.
pub(crate) fn map_strings(value: &mut Value, change: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| map_strings(item, change)),
        Value::Object(fields) => fields.values_mut().for_each(|value| map_strings(value, change)),
        _ => {}
    }
}

/// Where two values differ: a pointer and both sides, one line for each place.
pub(crate) fn differences(left: &Value, right: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare(left, right, "", &mut found);
    found
}

fn compare(left: &Value, right: &Value, pointer: &str, found: &mut Vec<String>) {
    match (left, right) {
        _ if left == right => {}
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            for (key, value) in a {
                compare(value, &b[key], &format!("{pointer}/{key}"), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                compare(a, b, &format!("{pointer}/{at}"), found);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            let extra = |a: &[Value], b: &[Value]| a.iter().find(|item| !b.contains(item)).map(Value::to_string);
            let (only, new) = (extra(a, b).unwrap_or_default(), extra(b, a).unwrap_or_default());
            found.push(format!("{pointer}: {} became {}; {} / {}", a.len(), b.len(), shown(&only), shown(&new)));
        }
        _ => found.push(format!("{pointer}: {} became {}", shown(&text(left)), shown(&text(right)))),
    }
}

/// A string without quotation marks, anything else as JSON.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
