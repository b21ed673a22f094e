//! A document as its text has it: each value with the place where it stands.

use std::borrow::Cow;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged as _;
use jsonc_parser::errors::ParseError;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use rapporteur_source::Span;
use serde_json::{Map, Number, Value};

/// JSON as it is, without any of what other tools add to it.
pub(crate) const STRICT: ParseOptions = ParseOptions {
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

/// JSON with slips that do not hide what was meant, so that what else is wrong in the file can be told too.
pub(crate) const LENIENT: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_missing_commas: true,
    allow_non_finite_numbers: true,
    ..STRICT
};

/// Parses a text; one without any value is an error at its end, which is told as `None`.
pub(crate) fn parse<'t>(text: &'t str, options: &ParseOptions) -> Result<ast::Value<'t>, Option<ParseError>> {
    // an empty text has no tokens, and nesting is bounded by the parser itself
    parse_to_ast(text, &CollectOptions::default(), options).map_err(Some)?.value.ok_or(None)
}

/// A value, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t>(&'t ast::Value<'t>);

/// A member of an object.
#[derive(Clone, Copy)]
pub(crate) struct Member<'t> {
    pub(crate) name: &'t str,
    /// Where the name stands.
    pub(crate) key: Span,
    pub(crate) value: Node<'t>,
}

impl<'t> Node<'t> {
    pub(crate) fn new(value: &'t ast::Value<'t>) -> Self {
        Self(value)
    }

    pub(crate) fn value(self) -> &'t ast::Value<'t> {
        self.0
    }

    /// All bytes of the value.
    pub(crate) fn whole(self) -> Span {
        let range = self.0.range();
        Span::new(range.start, range.end)
    }

    /// Where the value is pointed at; of objects and lists, their opening bracket.
    pub(crate) fn span(self) -> Span {
        match self.0 {
            ast::Value::Object(_) | ast::Value::Array(_) => {
                let start = self.whole().start;
                Span::new(start, start + 1)
            }
            _ => self.whole(),
        }
    }

    pub(crate) fn is_boolean(self) -> bool {
        matches!(self.0, ast::Value::BooleanLit(_))
    }

    /// The members of an object, in their order.
    pub(crate) fn members(self) -> impl DoubleEndedIterator<Item = Member<'t>> {
        let properties = if let ast::Value::Object(object) = self.0 { object.properties.as_slice() } else { &[] };
        properties.iter().map(|property| {
            let key = property.name.range();
            Member { name: property.name.as_str(), key: Span::new(key.start, key.end), value: Node(&property.value) }
        })
    }

    /// The items of a list.
    pub(crate) fn items(self) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator {
        let elements = if let ast::Value::Array(list) = self.0 { list.elements.as_slice() } else { &[] };
        elements.iter().map(Node)
    }

    /// The item of this list that stands before another of its items.
    pub(crate) fn item_before(self, item: Self) -> Option<Self> {
        let ast::Value::Array(list) = self.0 else { return None };
        // items stand one after the other
        let at = list.elements.partition_point(|before| before.range().end <= item.whole().start);
        list.elements.get(at.checked_sub(1)?).map(Node)
    }

    pub(crate) fn is_object(self) -> bool {
        matches!(self.0, ast::Value::Object(_))
    }

    pub(crate) fn is_list(self) -> bool {
        matches!(self.0, ast::Value::Array(_))
    }

    /// The member called `name`.
    pub(crate) fn get(self, name: &str) -> Option<Self> {
        self.members().find(|member| member.name == name).map(|member| member.value)
    }

    /// The items of the list called `name`; none where there is no such list.
    pub(crate) fn list(self, name: &str) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator {
        let elements = match self.get(name).map(|list| list.0) {
            Some(ast::Value::Array(list)) => list.elements.as_slice(),
            _ => &[],
        };
        elements.iter().map(Node)
    }

    /// The text of the member called `name`, where it is a string.
    pub(crate) fn text(self, name: &str) -> Option<&'t str> {
        self.get(name)?.str()
    }

    /// The text of a string.
    pub(crate) fn str(self) -> Option<&'t str> {
        if let ast::Value::StringLit(string) = self.0 { Some(&string.value) } else { None }
    }

    /// A number that counts something; one that is far more than there can be of anything is made small enough to be
    /// reckoned with.
    pub(crate) fn count(self) -> Option<usize> {
        const FAR: usize = usize::MAX >> 2;
        let number = self.number()?;
        let is_far = || self.as_number().and_then(|number| number.as_f64()).is_some_and(|number| number > FAR as f64);
        number.parse().ok().or_else(|| is_far().then_some(FAR)).map(|count: usize| count.min(FAR))
    }

    /// A number, where it is one of JSON that is not too large to be read. `1.0` and `1e0` are the number 1, as JSON Schema
    /// has it.
    pub(crate) fn as_number(self) -> Option<Number> {
        /// Above it not every whole number is one of those that have a fraction.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let number: Number = serde_json::from_str(self.literal()?).ok()?;
        let whole = number.as_f64().filter(|value| number.is_f64() && value.fract() == 0.0 && value.abs() <= EXACT);
        Some(whole.map_or(number, |whole| Number::from(whole as i64)))
    }

    /// The digits of a number, in the one way in which it is written here.
    pub(crate) fn number(self) -> Option<Cow<'t, str>> {
        let literal = self.literal()?;
        let is_plain = literal.bytes().all(|byte| byte.is_ascii_digit());
        let number = if is_plain { None } else { self.as_number() };
        Some(number.map_or(literal.into(), |number| number.to_string().into()))
    }

    /// A number as it stands in the file.
    pub(crate) fn literal(self) -> Option<&'t str> {
        if let ast::Value::NumberLit(number) = self.0 { Some(number.value) } else { None }
    }

    /// The value that a JSON pointer (RFC 6901) leads to, from here.
    pub(crate) fn at(self, pointer: &str) -> Option<Self> {
        pointer.split('/').skip(1).try_fold(self, |node, part| match node.0 {
            ast::Value::Object(_) if part.contains('~') => node.get(&part.replace("~1", "/").replace("~0", "~")),
            ast::Value::Object(_) => node.get(part),
            ast::Value::Array(list) => list.elements.get(part.parse::<usize>().ok()?).map(Node),
            _ => None,
        })
    }

    /// The JSON pointer from here to the innermost value that `span` is in, or whose name it is in.
    pub(crate) fn pointer(self, span: Span) -> String {
        let holds = |outer: Span| outer.start <= span.start && span.end <= outer.end;
        let (mut node, mut pointer) = (self, String::new());
        loop {
            let (part, inner): (Cow<'_, str>, _) = match node.0 {
                ast::Value::Object(_) => {
                    let mut members = node.members();
                    let Some(member) = members.find(|member| holds(member.key.cover(member.value.whole()))) else {
                        break pointer;
                    };
                    (member.name.replace('~', "~0").replace('/', "~1").into(), member.value)
                }
                ast::Value::Array(list) => {
                    // items stand one after the other
                    let at = list.elements.partition_point(|item| item.range().end < span.end);
                    let Some(item) = list.elements.get(at).map(Node).filter(|item| holds(item.whole())) else {
                        break pointer;
                    };
                    (at.to_string().into(), item)
                }
                _ => break pointer,
            };
            pointer.push('/');
            pointer.push_str(&part);
            node = inner;
        }
    }

    /// The value alone, for those who do not ask where it stands.
    pub(crate) fn to_value(self) -> Value {
        match self.0 {
            ast::Value::StringLit(string) => Value::String(string.value.to_string()),
            // what is no number of JSON was told as such, and is no number for the schema either
            ast::Value::NumberLit(_) => self.as_number().map_or(Value::Null, Value::Number),
            ast::Value::BooleanLit(boolean) => Value::Bool(boolean.value),
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::Array(_) => self.items().map(Self::to_value).collect(),
            ast::Value::Object(_) => {
                let members = self.members().map(|member| (member.name.to_owned(), member.value.to_value()));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_any_form() {
        for (literal, number, count) in [
            ("1", Some("1"), Some(1)),
            ("1.0", Some("1"), Some(1)),
            ("120e-1", Some("12"), Some(12)),
            ("-0", Some("0"), Some(0)),
            ("-3.0", Some("-3"), None),
            ("1.5", Some("1.5"), None),
            ("18446744073709551615", Some("18446744073709551615"), Some(usize::MAX >> 2)),
            ("18446744073709551616", Some("18446744073709551616"), Some(usize::MAX >> 2)),
            ("1e30", Some("1e+30"), Some(usize::MAX >> 2)),
            ("1e999", Some("1e999"), None),
        ] {
            let value = parse(literal, &STRICT).expect("it is JSON");
            let node = Node::new(&value);
            assert_eq!((node.number().as_deref(), node.count()), (number, count), "{literal}");
        }
    }

    #[test]
    fn pointers_lead_to_values_and_back() {
        let text = r#"{"a": [1, {"b/c~": "ž", "x": 22}], "": null}"#;
        let value = parse(text, &STRICT).expect("it is JSON");
        let root = Node::new(&value);
        for (pointer, expected) in [
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
            let span = root.at(pointer).map(Node::span);
            assert_eq!(span.map(|span| &text[span.range()]), expected, "{pointer}");
            if let Some(span) = span {
                assert_eq!(root.pointer(span), pointer);
            }
        }
        assert_eq!(root.to_value(), serde_json::json!({"a": [1, {"b/c~": "ž", "x": 22}], "": null}));
        assert!(parse("{'a': 1}", &STRICT).is_err() && parse("", &STRICT).is_err());
        assert!(parse("[1,]", &LENIENT).is_ok());
    }
}
