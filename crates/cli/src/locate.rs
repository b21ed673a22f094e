//! Where the values of a JSON document stand in its text.

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged as _;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use rapporteur_source::Span;

/// JSON as it is, without any of what other tools add to it.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_extended_string_escapes: false,
    allow_non_finite_numbers: false,
};

/// Where the values stand that these JSON pointers (RFC 6901) lead to; of objects and lists, their opening bracket. `None`
/// where a pointer leads nowhere. The text has to be JSON that is not nested too deeply: the parser takes its stack.
pub(crate) fn locate<'p>(text: &str, pointers: impl IntoIterator<Item = &'p str>) -> Vec<Option<Span>> {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT).ok();
    let root = parsed.as_ref().and_then(|parsed| parsed.value.as_ref());
    let span = |value: &Value<'_>| {
        let range = value.range();
        match value {
            Value::Object(_) | Value::Array(_) => Span::new(range.start, range.start + 1),
            _ => Span::new(range.start, range.end),
        }
    };
    pointers.into_iter().map(|pointer| root.and_then(|root| value_at(root, pointer)).map(span)).collect()
}

fn value_at<'v, 'a>(root: &'v Value<'a>, pointer: &str) -> Option<&'v Value<'a>> {
    pointer.split('/').skip(1).try_fold(root, |value, part| match value {
        Value::Object(object) => {
            let name = part.replace("~1", "/").replace("~0", "~");
            // of a name that stands twice, the last one counts
            let property = object.properties.iter().rev().find(|property| property.name.as_str() == name)?;
            Some(&property.value)
        }
        Value::Array(list) => list.elements.get(part.parse::<usize>().ok()?),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_lead_to_values() {
        let text = r#"{"a": [1, {"b/c~": "ž", "x": 1, "x": 22}], "": null}"#;
        for (pointer, value) in [
            ("", Some("{")),
            ("/a", Some("[")),
            ("/a/0", Some("1")),
            ("/a/1/b~1c~0", Some("\"ž\"")),
            ("/a/1/x", Some("22")),
            ("/", Some("null")),
            ("/a/2", None),
            ("/a/x", None),
            ("/a/0/x", None),
        ] {
            let span = locate(text, [pointer]).remove(0);
            assert_eq!(span.map(|span| &text[span.range()]), value, "{pointer}");
        }
        assert_eq!(locate("{'a': 1}", ["/a"]), [None], "no JSON");
    }
}
