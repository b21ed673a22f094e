//! What is other in a document than it was, value by value: enough to see what a correction does.

use rapporteur_model::Document;
use serde_json::Value;

/// No more changes are told.
const MOST: usize = 40;

/// Characters of a value that are told.
const SHOWN: usize = 80;

/// What differs between two documents, one line for each value: where it stands, what it was, what it is. Entries of lists
/// are told apart by their ids. Evidence is left out.
pub(crate) fn changes(before: &Document, after: &Document) -> Vec<String> {
    let mut changes = Vec::new();
    if let (Ok(before), Ok(after)) = (serde_json::to_value(before), serde_json::to_value(after)) {
        compare(&before, &after, "", &mut changes);
    }
    if changes.len() > MOST {
        let more = changes.len() - MOST;
        changes.truncate(MOST);
        changes.push(format!("and {more} more"));
    }
    changes
}

fn compare(before: &Value, after: &Value, path: &str, changes: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            let told = |name: &&String| !matches!(name.as_str(), "evidence" | "inferred" | "corrected" | "corrections");
            for name in new.keys().filter(told) {
                compare(old.get(name).unwrap_or(&Value::Null), &new[name], &format!("{path}/{name}"), changes);
            }
        }
        (Value::Array(old), Value::Array(new)) if old.iter().chain(new).any(|entry| entry.get("id").is_some()) => {
            let of = |list: &'_ [Value], id: &Value| list.iter().position(|entry| entry["id"] == *id);
            for entry in old.iter().filter(|entry| of(new, &entry["id"]).is_none()) {
                changes.push(format!("{path}: {} is gone", shown(&entry["id"])));
            }
            for entry in new {
                let id = &entry["id"];
                match of(old, id) {
                    Some(at) => {
                        compare(&old[at], entry, &format!("{path}/{}", id.as_str().unwrap_or_default()), changes);
                    }
                    None => changes.push(format!("{path}: {} is new", shown(id))),
                }
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (at, (old, new)) in old.iter().zip(new).enumerate() {
                compare(old, new, &format!("{path}/{at}"), changes);
            }
        }
        _ if before != after => changes.push(format!("{path}: {} → {}", shown(before), shown(after))),
        _ => {}
    }
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("{} entries", items.len()),
        other => other.to_string(),
    };
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
