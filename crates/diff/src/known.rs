//! What things are known by. All that the comparison has to be told of the model stands here.

use serde_json::Value;

/// Fields that name a thing among its like, the first that it has.
const KEYS: &[&str] = &["id", "speaker", "source", "field"];

/// Fields that a person calls a thing by, the first that it has.
const LABELS: &[&str] = &["reason", "title", "name", "text", "credit", "label", "place", "path"];

/// Fields that things which are one mostly agree in.
const BESIDE: &[&str] = &["session", "speaker", "kind", "date", "start", "number"];

/// Fields that hold no text that a thing could be told by.
const NO_TEXT: &[&str] = &["id", "speaker", "session", "source", "evidence", "inferred"];

/// Fields that hold the id of an entry of a list.
const REFERENCES: &[(&str, &str)] = &[("speaker", "speakers"), ("session", "sessions"), ("source", "sources")];

/// Where a value was read: no content.
pub(crate) const EVIDENCE: &str = "evidence";

/// The number of an item in its list, which tells nothing that the order does not.
pub(crate) const POSITION: &str = "position";

/// What names a thing among its like; of a text, nothing but itself does.
pub(crate) fn key(item: &Value) -> Option<&str> {
    item.as_str().or_else(|| KEYS.iter().find_map(|field| item.get(field)?.as_str()))
}

/// What a person calls a thing.
pub(crate) fn label(item: &Value) -> &str {
    item.as_str().or_else(|| LABELS.iter().find_map(|field| item.get(field)?.as_str())).unwrap_or_default()
}

/// All that can be read of a thing.
pub(crate) fn text(item: &Value) -> String {
    fn collect(item: &Value, text: &mut String) {
        match item {
            Value::String(string) => {
                text.push_str(string);
                text.push(' ');
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, text)),
            Value::Object(members) => {
                let members = members.iter().filter(|(name, _)| !NO_TEXT.contains(&name.as_str()));
                members.for_each(|(_, value)| collect(value, text));
            }
            _ => {}
        }
    }
    let mut text = String::new();
    collect(item, &mut text);
    text
}

/// In how many of the fields that both have they agree, from 0 to 1.
pub(crate) fn agreement(one: &Value, other: &Value) -> f64 {
    let pairs = BESIDE.iter().filter_map(|field| Some((one.get(field)?, other.get(field)?)));
    let (mut same, mut all) = (0.0, 0.0);
    for (one, other) in pairs {
        all += 1.0;
        same += f64::from(u8::from(one == other));
    }
    if all > 0.0 { same / all } else { 0.0 }
}

/// The list that a field leads into.
pub(crate) fn reference(field: &str) -> Option<&'static str> {
    REFERENCES.iter().find(|(name, _)| *name == field).map(|(_, list)| *list)
}
