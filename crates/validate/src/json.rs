//! The tree of a document as the validator of JSON Schema reads it, so that no copy is made for it.

use std::borrow::Cow;
use std::iter::Map;

use jsonschema::json::{self, Json, NodeIdentity};
use jsonschema::{JsonType, Keyword, ValidationError};
use serde_json::{Number, Value};

use crate::tree::{Items, Kind, Member, Members, Node, Tree};

/// JSON whose values know where they stand.
pub(crate) struct Places;

impl Json for Places {
    type Node<'a> = Node<'a>;
    type PreparedKey = String;
    type StringBuffer = Option<Tree<'static>>;

    // a lookup looks at every member, so that one pass over them is never more
    const KEYS_PER_LOOKUP: usize = usize::MAX >> 8;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(buffer: &mut Self::StringBuffer, string: &str, f: impl FnOnce(Node<'_>) -> T) -> T {
        f(Node::new(buffer.insert(Tree::of_string(string))))
    }
}

impl<'a> json::Node<'a, Places> for Node<'a> {
    type Object = Object<'a>;
    type Array = Array<'a>;
    type Number = Number;

    fn as_object(&self) -> Option<Object<'a>> {
        self.is_object().then_some(Object(*self))
    }

    fn as_array(&self) -> Option<Array<'a>> {
        self.is_list().then_some(Array(*self))
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.str().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<Number> {
        Node::as_number(*self)
    }

    fn as_boolean(&self) -> Option<bool> {
        if let Kind::Boolean(boolean) = self.kind() { Some(boolean) } else { None }
    }

    fn is_null(&self) -> bool {
        self.json_type() == JsonType::Null
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            Kind::Plain | Kind::Escaped(_) => JsonType::String,
            // what is no number of JSON was told as such
            Kind::Number if Node::as_number(*self).is_none() => JsonType::Null,
            Kind::Number => JsonType::Number,
            Kind::Boolean(_) => JsonType::Boolean,
            Kind::Null => JsonType::Null,
            Kind::List(..) => JsonType::Array,
            Kind::Object(..) => JsonType::Object,
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

/// An object.
pub(crate) struct Object<'a>(Node<'a>);

/// A list.
pub(crate) struct Array<'a>(Node<'a>);

impl<'a> json::Object<'a, Places> for Object<'a> {
    type Node = Node<'a>;
    type MemberName = &'a str;
    type MembersIter = Map<Members<'a>, fn(Member<'a>) -> (&'a str, Node<'a>)>;

    fn len(&self) -> usize {
        self.0.members().len()
    }

    fn get(&self, key: &String) -> Option<Node<'a>> {
        self.0.get(key)
    }

    fn members(&self) -> Self::MembersIter {
        self.0.members().map(|member| (member.name, member.value))
    }
}

impl<'a> json::Array<'a, Places> for Array<'a> {
    type Node = Node<'a>;
    type ElementsIter = Items<'a>;

    fn len(&self) -> usize {
        self.0.items().len()
    }

    fn elements(&self) -> Self::ElementsIter {
        self.0.items()
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

impl<'i> Keyword<'i, Places> for Width {
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
