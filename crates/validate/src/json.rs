//! The tree of a document as the validator of JSON Schema reads it, so that no copy is made for it.

use std::borrow::Cow;
use std::iter::Map;
use std::slice;

use jsonc_parser::ast;
use jsonc_parser::common::Range;
use jsonschema::json::{self, Json, NodeIdentity};
use jsonschema::{JsonType, Keyword, ValidationError};
use serde_json::{Number, Value};

use crate::tree::Node;

/// JSON whose values know where they stand.
pub(crate) struct Tree;

impl Json for Tree {
    type Node<'a> = Node<'a>;
    type PreparedKey = String;
    type StringBuffer = Option<ast::Value<'static>>;

    // a lookup looks at every member, so that one pass over them is never more
    const KEYS_PER_LOOKUP: usize = usize::MAX >> 8;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(buffer: &mut Self::StringBuffer, string: &str, f: impl FnOnce(Node<'_>) -> T) -> T {
        let (range, value) = (Range { start: 0, end: 0 }, string.to_owned().into());
        f(Node::new(buffer.insert(ast::Value::StringLit(ast::StringLit { range, value }))))
    }
}

impl<'a> json::Node<'a, Tree> for Node<'a> {
    type Object = Object<'a>;
    type Array = Array<'a>;
    type Number = Number;

    fn as_object(&self) -> Option<Object<'a>> {
        if let ast::Value::Object(object) = self.value() { Some(Object(&object.properties)) } else { None }
    }

    fn as_array(&self) -> Option<Array<'a>> {
        if let ast::Value::Array(list) = self.value() { Some(Array(&list.elements)) } else { None }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.str().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<Number> {
        Node::as_number(*self)
    }

    fn as_boolean(&self) -> Option<bool> {
        if let ast::Value::BooleanLit(boolean) = self.value() { Some(boolean.value) } else { None }
    }

    fn is_null(&self) -> bool {
        self.json_type() == JsonType::Null
    }

    fn json_type(&self) -> JsonType {
        match self.value() {
            ast::Value::StringLit(_) => JsonType::String,
            // what is no number of JSON was told as such
            ast::Value::NumberLit(_) if Node::as_number(*self).is_none() => JsonType::Null,
            ast::Value::NumberLit(_) => JsonType::Number,
            ast::Value::BooleanLit(_) => JsonType::Boolean,
            ast::Value::NullKeyword(_) => JsonType::Null,
            ast::Value::Array(_) => JsonType::Array,
            ast::Value::Object(_) => JsonType::Object,
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(Node::to_value(*self))
    }

    // only for schemas that lead back to themselves for the same value: ours do not
    fn identity(&self) -> Option<NodeIdentity> {
        None
    }
}

/// The members of an object.
pub(crate) struct Object<'a>(&'a [ast::ObjectProp<'a>]);

/// The items of a list.
pub(crate) struct Array<'a>(&'a [ast::Value<'a>]);

impl<'a> json::Object<'a, Tree> for Object<'a> {
    type Node = Node<'a>;
    type MemberName = &'a str;
    type MembersIter = Map<slice::Iter<'a, ast::ObjectProp<'a>>, fn(&'a ast::ObjectProp<'a>) -> (&'a str, Node<'a>)>;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, key: &String) -> Option<Node<'a>> {
        let property = self.0.iter().find(|property| property.name.as_str() == key)?;
        Some(Node::new(&property.value))
    }

    fn members(&self) -> Self::MembersIter {
        self.0.iter().map(|property| (property.name.as_str(), Node::new(&property.value)))
    }
}

impl<'a> json::Array<'a, Tree> for Array<'a> {
    type Node = Node<'a>;
    type ElementsIter = Map<slice::Iter<'a, ast::Value<'a>>, fn(&'a ast::Value<'a>) -> Node<'a>>;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn elements(&self) -> Self::ElementsIter {
        self.0.iter().map(Node::new)
    }
}

/// How large a number may be, by the `format` that the schemas give: one that is larger cannot be read. What narrower types
/// hold, the schemas say by `maximum`.
pub(crate) struct Width {
    is_bounded: bool,
}

impl Width {
    const LARGEST: u64 = u64::MAX;

    pub(crate) fn of(format: &Value) -> Self {
        Self { is_bounded: format == "uint" || format == "uint64" }
    }
}

impl<'i> Keyword<'i, Tree> for Width {
    fn validate(&self, node: Node<'i>) -> Result<(), ValidationError<'i>> {
        if self.is_valid(node) {
            return Ok(());
        }
        let number = node.number().unwrap_or_default();
        Err(ValidationError::custom(format!("{number} is larger than {}, the largest number here", Self::LARGEST)))
    }

    fn is_valid(&self, node: Node<'i>) -> bool {
        let is_larger = |number: Number| {
            number.as_u64().is_none() && number.as_f64().is_some_and(|f| f > Self::LARGEST as f64 / 2.0)
        };
        !self.is_bounded || !node.as_number().is_some_and(is_larger)
    }
}
