//! The entities of a document: what has evidence, and which evidence its values need.

use std::borrow::Cow;

use rapporteur_source::Span;

use crate::tree::Node;

/// What evidence a field needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// It is printed: its evidence has its letters and digits, and no others.
    Printed,
    /// It is printed in another form (a date, a year): its evidence is the phrase that it was read from.
    Normalised,
    /// The id of a person: its evidence is the name, in one of the person's spellings.
    Person,
    /// None: it is an id, or follows from another field.
    Derived,
}

/// Something that has evidence, and what is said of its values.
pub(crate) struct Entity<'t> {
    pub(crate) node: Node<'t>,
    /// Its values that are text or numbers, and the items of its lists of such.
    pub(crate) values: Vec<Printed<'t>>,
    /// Its evidence, field by field; without what the schema does not allow.
    evidence: Vec<Place<'t>>,
    /// The fields that are not printed, sorted.
    inferred: Vec<&'t str>,
    /// The fields that were put right, sorted, each with the correction.
    corrected: Vec<(&'t str, &'t str)>,
}

/// A value that may have evidence.
pub(crate) struct Printed<'t> {
    /// As evidence calls it: `title`, `summary/0`.
    pub(crate) field: Cow<'t, str>,
    pub(crate) node: Node<'t>,
    pub(crate) class: Class,
}

/// An entry of `evidence`.
#[derive(Clone, Copy)]
pub(crate) struct Place<'t> {
    pub(crate) node: Node<'t>,
    pub(crate) source: &'t str,
    pub(crate) field: &'t str,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl<'t> Place<'t> {
    fn new(node: Node<'t>) -> Option<Self> {
        let (mut source, mut field, mut start, mut end) = (None, None, None, None);
        for member in node.members() {
            match member.name {
                "source" => source = member.value.str(),
                "field" => field = member.value.str(),
                "start" => start = member.value.count(),
                "end" => end = member.value.count(),
                _ => {}
            }
        }
        Some(Self { node, source: source?, field: field?, start: start?, end: end? })
    }

    pub(crate) fn span(&self) -> Span {
        Span::new(self.start, self.end.max(self.start))
    }
}

impl<'t> Entity<'t> {
    /// Every entity of a document.
    pub(crate) fn all(root: Node<'t>) -> Vec<Self> {
        let mut found = Vec::new();
        walk(root, &mut String::new(), &mut found);
        found
    }

    /// `shape` is the names of the lists that it is in: `sessions.speakers`; empty for the document itself.
    fn new(node: Node<'t>, shape: &str) -> Self {
        let mut entity =
            Self { node, values: Vec::new(), evidence: Vec::new(), inferred: Vec::new(), corrected: Vec::new() };
        for member in node.members() {
            let items = member.value.items();
            match member.name {
                "evidence" => {
                    entity.evidence.reserve(items.len());
                    entity.evidence.extend(items.filter_map(Place::new));
                }
                "inferred" => entity.inferred.extend(items.filter_map(|entry| entry.text("field"))),
                "corrected" => entity
                    .corrected
                    .extend(items.filter_map(|entry| Some((entry.text("field")?, entry.text("correction")?)))),
                name => {
                    let class = class(shape, name);
                    if class == Class::Derived {
                        continue;
                    }
                    if !member.value.is_list() && !member.value.is_object() {
                        entity.values.push(Printed { field: name.into(), node: member.value, class });
                    }
                    let items = items.enumerate().filter(|(_, item)| item.str().is_some());
                    let printed = |(at, node)| Printed { field: format!("{name}/{at}").into(), node, class };
                    entity.values.extend(items.map(printed));
                }
            }
        }
        // the places of one value stay in their order
        entity.evidence.sort_by_key(|place| place.field);
        entity.inferred.sort_unstable();
        entity.corrected.sort_by_key(|(field, _)| *field);
        entity
    }

    /// Its evidence, field by field.
    pub(crate) fn evidence(&self) -> &[Place<'t>] {
        &self.evidence
    }

    /// Whether there is evidence that the schema does not allow, so that it is not known what it is for.
    pub(crate) fn has_spoilt_evidence(&self) -> bool {
        self.node.list("evidence").len() > self.evidence.len()
    }

    /// The evidence of a value, in its order.
    pub(crate) fn places(&self, field: &str) -> &[Place<'t>] {
        of_field(&self.evidence, field, |place| place.field)
    }

    /// Whether it is said of a field, or of the list that it is in, that it is not printed.
    pub(crate) fn is_inferred(&self, field: &str) -> bool {
        let is_said = |name: &str| self.inferred.binary_search(&name).is_ok();
        is_said(field) || field.split_once('/').is_some_and(|(list, _)| is_said(list))
    }

    /// The ids of the corrections that a field, or the list that it is in, was put right by.
    pub(crate) fn corrections(&self, field: &str) -> impl Iterator<Item = &'t str> {
        let of_list = field.split_once('/').map(|(list, _)| list);
        let names = of_list.into_iter().chain([field]);
        names.flat_map(|name| of_field(&self.corrected, name, |entry| entry.0)).map(|entry| entry.1)
    }

    /// Whether there is something that an entry for this field is about. That a whole list was inferred can be said too.
    pub(crate) fn has_value(&self, field: &str, is_inferred: bool) -> bool {
        if let Some((list, at)) = field.split_once('/') {
            return at.parse().is_ok_and(|at: usize| self.node.list(list).nth(at).is_some());
        }
        let Some(value) = self.node.get(field) else { return false };
        is_inferred || value.str().is_some() || value.number().is_some() || value.is_boolean()
    }
}

/// Those of a list that are of one field, by which it is sorted.
fn of_field<'l, T>(sorted: &'l [T], field: &str, of: impl Fn(&T) -> &str) -> &'l [T] {
    let start = sorted.partition_point(|item| of(item) < field);
    let length = sorted[start..].partition_point(|item| of(item) == field);
    &sorted[start..start + length]
}

fn walk<'t>(node: Node<'t>, shape: &mut String, found: &mut Vec<Entity<'t>>) {
    for member in node.members() {
        if member.value.is_object() || member.value.is_list() && member.name != "evidence" {
            let before = shape.len();
            if before > 0 {
                shape.push('.');
            }
            shape.push_str(member.name);
            walk(member.value, shape, found);
            shape.truncate(before);
        }
    }
    node.items().for_each(|item| walk(item, shape, found));
    if node.get("evidence").is_some_and(Node::is_list) {
        found.push(Entity::new(node, shape));
    }
}

/// Which evidence a field needs of the entities of one shape. A field that nobody thought of counts as printed.
fn class(shape: &str, field: &str) -> Class {
    match (shape, field) {
        ("quotes", "speaker") => Class::Person,
        (_, "id" | "country_code" | "office" | "organisation" | "country" | "online")
        | ("", "$schema" | "schema_version")
        | ("agenda" | "quotes", "session")
        | ("sessions", "kind" | "position")
        | ("sessions.speakers" | "sessions.moderators", "speaker")
        | ("takeaways", "number")
        | ("takeaways.versions", "source") => Class::Derived,
        ("edition", "year" | "ordinal" | "start_date" | "end_date" | "format")
        | ("agenda" | "sessions", "date" | "start" | "end")
        | ("posts", "date") => Class::Normalised,
        _ => Class::Printed,
    }
}
