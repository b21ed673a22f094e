//! A document as its text has it: each value with the place where it stands.

use std::borrow::Cow;
use std::slice;

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

/// Parses a text, be it sound or not; one without any value is an error at its end, which is told as `None`.
pub(crate) fn parse<'t>(text: &'t str, options: &ParseOptions) -> Result<ast::Value<'t>, Option<ParseError>> {
    // an empty text has no tokens, and nesting is bounded by the parser itself
    parse_to_ast(text, &CollectOptions::default(), options).map_err(Some)?.value.ok_or(None)
}

/// A value with all that is in it.
///
/// The values of all lists stand in one vector, and the members of all objects in another, those of each beside one another:
/// a document has tens of thousands of values, and none of them is allocated by itself.
pub(crate) struct Tree<'t> {
    text: &'t str,
    pub(crate) root: Item,
    items: Vec<Item>,
    members: Vec<Pair>,
    /// The strings that are not what stands between their quotation marks, since they are written with escapes.
    unescaped: Vec<String>,
}

/// A value in a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// The bytes of it; files are far shorter than 4 GB.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: Kind,
}

/// A name in an object, and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// A string.
    pub(crate) name: Item,
    pub(crate) value: Item,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Boolean(bool),
    /// Its digits are its bytes.
    Number,
    /// A string that is what stands between its quotation marks.
    Plain,
    /// Another one: where it stands in `unescaped`.
    Escaped(u32),
    /// Where its values begin in `items`, and how many they are.
    List(u32, u32),
    /// Where its members begin in `members`, and how many they are.
    Object(u32, u32),
}

impl<'t> Tree<'t> {
    /// A tree of nothing but `null`.
    pub(crate) fn new(text: &'t str) -> Self {
        let root = Item::new(0, 0, Kind::Null);
        Self { text, root, items: Vec::new(), members: Vec::new(), unescaped: Vec::new() }
    }

    /// The tree of a value that was parsed with all its slips.
    pub(crate) fn of(text: &'t str, value: &ast::Value<'_>) -> Self {
        let mut tree = Self::new(text);
        tree.root = tree.copied(value);
        tree
    }

    /// A tree of one string, which stands nowhere.
    pub(crate) fn of_string(string: &str) -> Self {
        let mut tree = Self::new("");
        tree.root.kind = tree.escaped(string.to_owned());
        tree
    }

    /// Puts a string in that is written with escapes.
    pub(crate) fn escaped(&mut self, string: String) -> Kind {
        self.unescaped.push(string);
        Kind::Escaped(small(self.unescaped.len() - 1))
    }

    /// Puts the values of a list in.
    pub(crate) fn list(&mut self, items: impl IntoIterator<Item = Item>) -> Kind {
        let start = self.items.len();
        self.items.extend(items);
        Kind::List(small(start), small(self.items.len() - start))
    }

    /// Puts the members of an object in.
    pub(crate) fn object(&mut self, members: impl IntoIterator<Item = Pair>) -> Kind {
        let start = self.members.len();
        self.members.extend(members);
        Kind::Object(small(start), small(self.members.len() - start))
    }

    fn copied(&mut self, value: &ast::Value<'_>) -> Item {
        let range = value.range();
        let kind = match value {
            ast::Value::NullKeyword(_) => Kind::Null,
            ast::Value::BooleanLit(boolean) => Kind::Boolean(boolean.value),
            ast::Value::NumberLit(_) => Kind::Number,
            ast::Value::StringLit(string) => self.string(range.start, range.end, &string.value),
            ast::Value::Array(list) => {
                let items: Vec<Item> = list.elements.iter().map(|item| self.copied(item)).collect();
                self.list(items)
            }
            ast::Value::Object(object) => {
                let pairs = object.properties.iter().map(|property| {
                    let name = property.name.range();
                    let kind = self.string(name.start, name.end, property.name.as_str());
                    Pair { name: Item::new(name.start, name.end, kind), value: self.copied(&property.value) }
                });
                let pairs: Vec<Pair> = pairs.collect();
                self.object(pairs)
            }
        };
        Item::new(range.start, range.end, kind)
    }

    fn string(&mut self, start: usize, end: usize, string: &str) -> Kind {
        if self.between(start, end) == Some(string) { Kind::Plain } else { self.escaped(string.to_owned()) }
    }

    /// What stands between quotation marks.
    fn between(&self, start: usize, end: usize) -> Option<&'t str> {
        self.text.get(start + 1..end.checked_sub(1)?)
    }

    pub(crate) fn text_of(&self, item: &Item) -> Option<&str> {
        match item.kind {
            Kind::Plain => self.between(item.start as usize, item.end as usize),
            Kind::Escaped(at) => self.unescaped.get(at as usize).map(String::as_str),
            _ => None,
        }
    }
}

impl Item {
    pub(crate) fn new(start: usize, end: usize, kind: Kind) -> Self {
        Self { start: small(start), end: small(end), kind }
    }

    fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// A place in a file, or a number of values: none is as large as 4 GB.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A value, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t> {
    tree: &'t Tree<'t>,
    item: &'t Item,
}

/// A member of an object.
#[derive(Clone, Copy)]
pub(crate) struct Member<'t> {
    pub(crate) name: &'t str,
    /// Where the name stands.
    pub(crate) key: Span,
    pub(crate) value: Node<'t>,
}

impl<'t> Node<'t> {
    /// The value that a tree is of.
    pub(crate) fn new(tree: &'t Tree<'t>) -> Self {
        Self { tree, item: &tree.root }
    }

    /// All bytes of the value.
    pub(crate) fn whole(self) -> Span {
        self.item.span()
    }

    /// Where the value is pointed at; of objects and lists, their opening bracket.
    pub(crate) fn span(self) -> Span {
        match self.item.kind {
            Kind::Object(..) | Kind::List(..) => {
                let start = self.whole().start;
                Span::new(start, start + 1)
            }
            _ => self.whole(),
        }
    }

    pub(crate) fn is_boolean(self) -> bool {
        matches!(self.item.kind, Kind::Boolean(_))
    }

    /// What the value is.
    pub(crate) fn kind(self) -> Kind {
        self.item.kind
    }

    /// The members of an object, in their order.
    pub(crate) fn members(self) -> Members<'t> {
        let members = match self.item.kind {
            Kind::Object(start, length) => run(&self.tree.members, start, length),
            _ => &[],
        };
        Members { tree: self.tree, members: members.iter() }
    }

    /// The items of a list.
    pub(crate) fn items(self) -> Items<'t> {
        Items { tree: self.tree, items: self.list_items().iter() }
    }

    fn list_items(self) -> &'t [Item] {
        if let Kind::List(start, length) = self.item.kind { run(&self.tree.items, start, length) } else { &[] }
    }

    fn beside(self, item: &'t Item) -> Self {
        Self { tree: self.tree, item }
    }

    /// The item of this list that stands before another of its items.
    pub(crate) fn item_before(self, item: Self) -> Option<Self> {
        let items = self.list_items();
        // items stand one after the other
        let at = items.partition_point(|before| before.end <= item.item.start);
        items.get(at.checked_sub(1)?).map(|before| self.beside(before))
    }

    pub(crate) fn is_object(self) -> bool {
        matches!(self.item.kind, Kind::Object(..))
    }

    pub(crate) fn is_list(self) -> bool {
        matches!(self.item.kind, Kind::List(..))
    }

    /// The member called `name`.
    pub(crate) fn get(self, name: &str) -> Option<Self> {
        self.members().find(|member| member.name == name).map(|member| member.value)
    }

    /// The items of the list called `name`; none where there is no such list.
    pub(crate) fn list(self, name: &str) -> Items<'t> {
        self.get(name).map_or(Items { tree: self.tree, items: [].iter() }, Self::items)
    }

    /// The text of the member called `name`, where it is a string.
    pub(crate) fn text(self, name: &str) -> Option<&'t str> {
        self.get(name)?.str()
    }

    /// The text of a string.
    pub(crate) fn str(self) -> Option<&'t str> {
        self.tree.text_of(self.item)
    }

    /// A number that counts something; one that is far more than there can be of anything is made small enough to be
    /// reckoned with.
    pub(crate) fn count(self) -> Option<usize> {
        const FAR: usize = usize::MAX >> 2;
        if let Ok(count) = self.literal()?.parse() {
            return Some(FAR.min(count));
        }
        let number = self.number()?;
        let is_far = || self.as_number().and_then(|number| number.as_f64()).is_some_and(|number| number > FAR as f64);
        number.parse().ok().or_else(|| is_far().then_some(FAR)).map(|count: usize| count.min(FAR))
    }

    /// A number, where it is one of JSON that is not too large to be read. `1.0` and `1e0` are the number 1, as JSON Schema
    /// has it.
    pub(crate) fn as_number(self) -> Option<Number> {
        /// Above it not every whole number is one of those that have a fraction.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let literal = self.literal()?;
        // most are a few digits, which need no second look
        let is_plain = literal == "0" || literal.starts_with(|c| matches!(c, '1'..='9'));
        if let Some(whole) = literal.parse::<u64>().ok().filter(|_| is_plain) {
            return Some(whole.into());
        }
        let number: Number = serde_json::from_str(literal).ok()?;
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
        if self.item.kind == Kind::Number { self.tree.text.get(self.whole().range()) } else { None }
    }

    /// The value that a JSON pointer (RFC 6901) leads to, from here.
    pub(crate) fn at(self, pointer: &str) -> Option<Self> {
        pointer.split('/').skip(1).try_fold(self, |node, part| match node.kind() {
            Kind::Object(..) if part.contains('~') => node.get(&part.replace("~1", "/").replace("~0", "~")),
            Kind::Object(..) => node.get(part),
            Kind::List(..) => node.items().nth(part.parse().ok()?),
            _ => None,
        })
    }

    /// The JSON pointer from here to the innermost value that `span` is in, or whose name it is in.
    pub(crate) fn pointer(self, span: Span) -> String {
        let holds = |outer: Span| outer.start <= span.start && span.end <= outer.end;
        let (mut node, mut pointer) = (self, String::new());
        loop {
            let (part, inner): (Cow<'_, str>, _) = match node.kind() {
                Kind::Object(..) => {
                    let mut members = node.members();
                    let Some(member) = members.find(|member| holds(member.key.cover(member.value.whole()))) else {
                        break pointer;
                    };
                    (member.name.replace('~', "~0").replace('/', "~1").into(), member.value)
                }
                Kind::List(..) => {
                    let items = node.list_items();
                    // items stand one after the other
                    let at = items.partition_point(|item| item.span().end < span.end);
                    let Some(item) = items.get(at).filter(|item| holds(item.span())) else { break pointer };
                    (at.to_string().into(), node.beside(item))
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
        match self.kind() {
            Kind::Plain | Kind::Escaped(_) => self.str().map_or(Value::Null, Value::from),
            // what is no number of JSON was told as such, and is no number for the schema either
            Kind::Number => self.as_number().map_or(Value::Null, Value::Number),
            Kind::Boolean(boolean) => Value::Bool(boolean),
            Kind::Null => Value::Null,
            Kind::List(..) => self.items().map(Self::to_value).collect(),
            Kind::Object(..) => {
                let members = self.members().map(|member| (member.name.to_owned(), member.value.to_value()));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}

/// Values or members that stand beside one another.
fn run<T>(all: &[T], start: u32, length: u32) -> &[T] {
    &all[start as usize..][..length as usize]
}

/// The items of a list.
#[derive(Clone)]
pub(crate) struct Items<'t> {
    tree: &'t Tree<'t>,
    items: slice::Iter<'t, Item>,
}

/// The members of an object.
#[derive(Clone)]
pub(crate) struct Members<'t> {
    tree: &'t Tree<'t>,
    members: slice::Iter<'t, Pair>,
}

impl<'t> Iterator for Items<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        self.items.next().map(|item| Node { tree: self.tree, item })
    }

    fn nth(&mut self, at: usize) -> Option<Node<'t>> {
        self.items.nth(at).map(|item| Node { tree: self.tree, item })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }
}

impl DoubleEndedIterator for Items<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.items.next_back().map(|item| Node { tree: self.tree, item })
    }
}

impl ExactSizeIterator for Items<'_> {}

impl<'t> Iterator for Members<'t> {
    type Item = Member<'t>;

    fn next(&mut self) -> Option<Member<'t>> {
        self.members.next().map(|Pair { name, value }| Member {
            name: self.tree.text_of(name).unwrap_or_default(),
            key: name.span(),
            value: Node { tree: self.tree, item: value },
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.members.size_hint()
    }
}

impl ExactSizeIterator for Members<'_> {}

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
            let tree = Tree::of(literal, &value);
            let node = Node::new(&tree);
            assert_eq!((node.number().as_deref(), node.count()), (number, count), "{literal}");
        }
    }

    #[test]
    fn pointers_lead_to_values_and_back() {
        let text = r#"{"a": [1, {"b/c~": "ž", "x": 22}], "": null}"#;
        let value = parse(text, &STRICT).expect("it is JSON");
        let tree = Tree::of(text, &value);
        let root = Node::new(&tree);
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
