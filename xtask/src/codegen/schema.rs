//! The page of the document: its objects, their fields, and an example of each, from the JSON Schema.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// Where the document is that the examples are from; a test of `crates/validate` checks it by the schema and by all rules.
pub(super) const EXAMPLES: &str = "fixtures/versions";
/// Characters of an example that stand on one line.
const WIDTH: usize = 110;

/// The schema as a page of Markdown, its objects in the order in which a reader of a document meets them. The examples are
/// excerpts of `example`.
///
/// # Errors
/// Where the example has nothing of an object that the schema has.
pub(super) fn page(schema: &Value, version: &str, example: &Value) -> crate::Result<String> {
    let mut found = Map::new();
    collect(schema, schema, example, &mut found);
    let mut page = INTRODUCTION.replace("VERSION", version);
    let _ = write!(page, "\n## Document\n\n{}\n\n{}", text(schema), fields(schema));
    for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
        let _ = write!(page, "\n## {name}\n\n{}\n\n", text(definition));
        if definition.get("properties").is_some() {
            let Some(instance) = found.get(name) else {
                return Err(format!(
                    "{EXAMPLES}/document-{version}.json has no {name}: the page takes an example of each"
                )
                .into());
            };
            let _ = write!(page, "{}\n```json\n{}\n```\n", fields(definition), compact(instance, 0));
        } else if let Some(options) = definition["oneOf"].as_array() {
            page.push_str("| value | meaning |\n| --- | --- |\n");
            for option in options {
                let _ = writeln!(page, "| `{}` | {} |", option["const"], cell(&text(option)));
            }
        } else {
            let pattern = definition["pattern"].as_str().unwrap_or_default();
            let _ = writeln!(page, "A string of the form `{pattern}`.");
        }
    }
    Ok(page)
}

const INTRODUCTION: &str = "\
# The document

<!-- Written by `cargo xtask codegen` from the types in crates/model/src/document.rs. -->

What `rapporteur parse` writes and `rapporteur validate` checks, version VERSION of the schema. The schema itself is
[schema/document-VERSION.json](../schema/document-VERSION.json) (JSON Schema, draft 2020-12); `rapporteur schema` prints it.

Every field is there in every document: what is absent is `null` or an empty list. Other fields than these are not allowed.
The examples are excerpts of [one invented document](../fixtures/versions/document-VERSION.json), which the tests check by the schema,
by the rules, and against [its texts](../fixtures/versions/sources).

## In an editor

Completion, descriptions and checks as you type need a `$schema` that leads to a file. Write the schema beside the
documents:

```console
rapporteur schema > document-VERSION.json
```

and name it in them, by its path from the document: `\"$schema\": \"../document-VERSION.json\"`. `validate` takes any path or
address that ends in this name, and `fmt` keeps it. `parse` writes the schema's `$id`, which leads nowhere: with that, editors
say that they cannot load the schema.

## Versions

A schema that was given out stays as it is; another one has another version.

| part of the version | is raised where | documents of before |
| --- | --- | --- |
| major | programs that read documents of before cannot read those of now: a field is gone, has another name, type or meaning; an entry of a closed list is gone | have values that move |
| minor | something is there beside what was: a field, a list, an entry of a closed list | lack fields, which are added as `null` or an empty list |
| patch | the same fields are described more exactly: a pattern, a bound | are as they would be now |

Other words in a description make no new version. `validate` checks a document by the schema of its own version, and by the
rules of today; `fmt` and `validate --fix` write it as one of today, with nothing lost. A document of a version that is newer
than the tool is told as such, and not judged.
";

/// The first paragraph, and those after it.
fn text(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().to_owned()
}

fn fields(object: &Value) -> String {
    let mut table = "| field | type | meaning |\n| --- | --- | --- |\n".to_owned();
    for (name, field) in object["properties"].as_object().into_iter().flatten() {
        let _ = writeln!(table, "| `{name}` | {} | {} |", kind(field), cell(&text(field)));
    }
    table
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace("\n\n", " ")
}

/// The type of a field in words, with links to what it is made of.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    let of_items = |kind: &str| {
        if kind == "array" { format!("list of {}", self::kind(&schema["items"])) } else { kind.to_owned() }
    };
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).map(of_items).collect::<Vec<_>>().join(" or "),
        kind => of_items(kind.as_str().unwrap_or("anything")),
    }
}

/// Of each definition the value in the example in which most fields say something.
fn collect(root: &Value, schema: &Value, value: &Value, found: &mut Map<String, Value>) {
    for choice in schema["anyOf"].as_array().into_iter().flatten() {
        collect(root, choice, value, found);
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        if value.is_object() && found.get(name).is_none_or(|known| said(value) > said(known)) {
            found.insert(name.to_owned(), value.clone());
        }
        collect(root, &root["$defs"][name], value, found);
    }
    for item in value.as_array().into_iter().flatten() {
        collect(root, &schema["items"], item, found);
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        collect(root, field, &value[name], found);
    }
}

fn said(object: &Value) -> usize {
    let is_empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    object.as_object().into_iter().flatten().filter(|(_, value)| !is_empty(value)).count()
}

/// JSON with each value on one line that has room there.
fn compact(value: &Value, depth: usize) -> String {
    let line = one_line(value);
    let (open, close, parts): (_, _, Vec<String>) = match value {
        Value::Array(items) => ('[', ']', items.iter().map(|item| compact(item, depth + 1)).collect()),
        Value::Object(members) => {
            let part = |(name, value): (&String, &Value)| {
                format!("{}: {}", Value::from(name.as_str()), compact(value, depth + 1))
            };
            ('{', '}', members.iter().map(part).collect())
        }
        _ => return line,
    };
    if parts.is_empty() || depth > 0 && line.chars().count() + 2 * depth <= WIDTH {
        return line;
    }
    let indent = "  ".repeat(depth + 1);
    format!("{open}\n{indent}{}\n{}{close}", parts.join(&format!(",\n{indent}")), "  ".repeat(depth))
}

fn one_line(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(one_line).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let part =
                |(name, value): (&String, &Value)| format!("{}: {}", Value::from(name.as_str()), one_line(value));
            format!("{{{}}}", members.iter().map(part).collect::<Vec<_>>().join(", "))
        }
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_page_tells_fields_types_lists_and_examples() {
        let schema = json!({
            "description": "A parcel.",
            "properties": {
                "knots": {"type": "array", "items": {"$ref": "#/$defs/Knot"}, "description": "What | holds it."},
                "from": {"type": ["string", "null"], "description": "Who sent it.\n\nIf known."},
            },
            "$defs": {
                "Knot": {"description": "A knot.", "properties": {"kind": {"anyOf": [{"$ref": "#/$defs/Kind"}, {"type": "null"}]}}},
                "Kind": {"description": "A kind.", "oneOf": [{"const": "reef", "description": "Flat."}]},
                "Day": {"description": "A day.", "pattern": "^[0-9]+$"},
            },
        });
        let example = json!({"knots": [{"kind": null}, {"kind": "reef"}], "from": null});
        let page = page(&schema, "7.0.0", &example).expect("there is one of each");
        let (introduction, page) = page.split_once("\n## Document\n").expect("it begins with what it is");
        assert!(introduction.contains("document-7.0.0.json") && !introduction.contains("VERSION"));
        let expected = "
A parcel.

| field | type | meaning |
| --- | --- | --- |
| `knots` | list of [Knot](#knot) | What \\| holds it. |
| `from` | string or null | Who sent it. If known. |

## Knot

A knot.

| field | type | meaning |
| --- | --- | --- |
| `kind` | [Kind](#kind) or null |  |

```json
{
  \"kind\": \"reef\"
}
```

## Kind

A kind.

| value | meaning |
| --- | --- |
| `\"reef\"` | Flat. |

## Day

A day.

A string of the form `^[0-9]+$`.
";
        assert_eq!(page, expected);
        assert!(super::page(&schema, "7.0.0", &json!({"knots": []})).is_err(), "no example of a knot");
    }
}
