//! What is other in a document than it was, value by value: enough to see what a correction does.

use rapporteur_model::Document;
use serde_json::Value;

/// No more changes are told.
const MOST: usize = 40;

/// Characters of a value that are told.
const SHOWN: usize = 80;

/// Characters of them before what differs.
const BESIDE: usize = 30;

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
        (Value::Array(old), Value::Array(new)) if is_told_apart(old, new) => {
            for gone in old.iter().filter(|entry| !new.contains(entry)) {
                changes.push(format!("{path}: {} → nothing", shown(gone)));
            }
            for added in new.iter().filter(|entry| !old.contains(entry)) {
                changes.push(format!("{path}: nothing → {}", shown(added)));
            }
        }
        (Value::String(old), Value::String(new)) if old != new => {
            let start = start_of_change(old, new);
            changes.push(format!("{path}: {} → {}", cut(old, start), cut(new, start)));
        }
        _ if before != after => changes.push(format!("{path}: {} → {}", shown(before), shown(after))),
        _ => {}
    }
}

/// Whether two lists hold texts, and one of them a text that the other has not.
fn is_told_apart(old: &[Value], new: &[Value]) -> bool {
    let lacks = |one: &[Value], other: &[Value]| one.iter().any(|entry| !other.contains(entry));
    old.iter().chain(new).all(Value::is_string) && (lacks(old, new) || lacks(new, old))
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.len() == 1 => "1 entry".to_owned(),
        Value::Array(items) => format!("{} entries", items.len()),
        other => other.to_string(),
    };
    cut(&text, 0)
}

/// Where two texts begin to be told: at their beginning, or a little before what differs where that would not be seen.
fn start_of_change(one: &str, other: &str) -> usize {
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    if same + BESIDE < SHOWN { 0 } else { same - BESIDE }
}

/// Of a text as much as is told, from a character on.
fn cut(text: &str, start: usize) -> String {
    let before = if start > 0 { "…" } else { "" };
    let mut rest = text.chars().skip(start);
    let told: String = rest.by_ref().take(SHOWN).collect();
    let after = if rest.next().is_some() { "…" } else { "" };
    format!("{before}{told}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_seen_however_far_behind() {
        let of = |end: &str| serde_json::json!({ "summary": [format!("{}{end}", "knots and ropes ".repeat(20))] });
        let mut changes = Vec::new();
        compare(&of("of hemp"), &of("of steel"), "", &mut changes);
        assert_eq!(changes.len(), 1);
        assert!(changes[0].starts_with("/summary/0: …") && changes[0].ends_with(" of steel"), "{changes:?}");
        assert!(changes[0].contains(" of hemp → …"), "{changes:?}");
    }

    #[test]
    fn texts_that_are_gone_or_new_in_a_list_are_told() {
        let mut changes = Vec::new();
        let of = |list: &[&str]| serde_json::json!({ "variants": list });
        compare(&of(&["Ada", "Eda"]), &of(&["Eda", "Ida", "Ode"]), "", &mut changes);
        assert_eq!(changes, ["/variants: Ada → nothing", "/variants: nothing → Ida", "/variants: nothing → Ode"]);
    }
}
