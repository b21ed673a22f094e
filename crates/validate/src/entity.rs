//! The entities of a document: what has evidence, and which evidence its values need.

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

/// Something that has evidence.
pub(crate) struct Entity<'t> {
    pub(crate) node: Node<'t>,
    /// The names of the lists that it is in: `sessions.speakers`; empty for the document itself.
    shape: String,
}

/// A value that may have evidence.
pub(crate) struct Printed<'t> {
    /// As evidence calls it: `title`, `summary/0`.
    pub(crate) field: String,
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

impl Place<'_> {
    pub(crate) fn span(&self) -> Span {
        Span::new(self.start, self.end.max(self.start))
    }
}

impl<'t> Entity<'t> {
    /// Every entity of a document.
    pub(crate) fn all(root: Node<'t>) -> Vec<Self> {
        let mut found = Vec::new();
        walk(root, "", &mut found);
        found
    }

    /// Its evidence, in order; without what the schema does not allow.
    pub(crate) fn evidence(&self) -> impl Iterator<Item = Place<'t>> {
        self.node.list("evidence").filter_map(|node| {
            Some(Place {
                node,
                source: node.text("source")?,
                field: node.text("field")?,
                start: node.get("start")?.count()?,
                end: node.get("end")?.count()?,
            })
        })
    }

    /// Its values that are text or numbers, and the items of its lists of such.
    pub(crate) fn values(&self) -> Vec<Printed<'t>> {
        let mut values = Vec::new();
        for member in self.node.members() {
            let class = class(&self.shape, member.name);
            if class == Class::Derived || matches!(member.name, "evidence" | "inferred" | "corrected") {
                continue;
            }
            if !member.value.is_list() && !member.value.is_object() {
                values.push(Printed { field: member.name.to_owned(), node: member.value, class });
            }
            let items = member.value.items().enumerate().filter(|(_, item)| item.str().is_some());
            values.extend(items.map(|(at, node)| Printed { field: format!("{}/{at}", member.name), node, class }));
        }
        values
    }

    /// Whether it is said of a field, or of the list that it is in, that it is not printed.
    pub(crate) fn is_inferred(&self, field: &str) -> bool {
        let inferred = self.node.list("inferred").filter_map(|entry| entry.text("field"));
        let mut inferred = inferred.filter(|name| !name.is_empty());
        inferred.any(|name| name == field || field.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')))
    }

    /// The ids of the corrections that a field, or the list that it is in, was put right by.
    pub(crate) fn corrections(&self, field: &str) -> Vec<&'t str> {
        let of = |name: &str| name == field || field.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
        let entries = self.node.list("corrected").filter(|entry| entry.text("field").is_some_and(of));
        entries.filter_map(|entry| entry.text("correction")).collect()
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

fn walk<'t>(node: Node<'t>, shape: &str, found: &mut Vec<Entity<'t>>) {
    for member in node.members() {
        if member.value.is_object() || member.value.is_list() && member.name != "evidence" {
            let dot = if shape.is_empty() { "" } else { "." };
            walk(member.value, &format!("{shape}{dot}{}", member.name), found);
        }
    }
    node.items().for_each(|item| walk(item, shape, found));
    if node.get("evidence").is_some_and(Node::is_list) {
        found.push(Entity { node, shape: shape.to_owned() });
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
