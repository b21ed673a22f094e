//! What the rules on the whole of a document look at.

use std::borrow::Cow;

use rapporteur_diagnostics::{Finding, Rule};
use rapporteur_source::{Source, Span};
use rustc_hash::FxHashMap;

use crate::entity::Entity;
use crate::fault::{Edit, Fault};
use crate::ids::Ids;
use crate::tree::Node;

/// A list of entries that have ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum List {
    Sources,
    Speakers,
    Sessions,
    Agenda,
    Quotes,
    Articles,
    Recommendations,
    Captions,
    Posts,
    Figures,
    Venues,
    Team,
    Takeaways,
}

impl List {
    /// Its name in the document.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sources => "sources",
            Self::Speakers => "speakers",
            Self::Sessions => "sessions",
            Self::Agenda => "agenda",
            Self::Quotes => "quotes",
            Self::Articles => "articles",
            Self::Recommendations => "recommendations",
            Self::Captions => "captions",
            Self::Posts => "posts",
            Self::Figures => "figures",
            Self::Venues => "venues",
            Self::Team => "team",
            Self::Takeaways => "takeaways",
        }
    }

    /// What one of its entries is called.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Sources => "this source",
            Self::Speakers => "this person",
            Self::Sessions => "this session",
            Self::Agenda => "this slot",
            Self::Quotes => "this quote",
            Self::Articles => "this article",
            Self::Recommendations => "this recommendation",
            Self::Captions => "this caption",
            Self::Posts => "this post",
            Self::Figures => "this figure",
            Self::Venues => "this venue",
            Self::Team => "this member of the team",
            Self::Takeaways => "this takeaway",
        }
    }
}

/// A document and what was looked up in it once for all rules.
pub(crate) struct Subject<'t> {
    pub(crate) file: &'t Source,
    pub(crate) root: Node<'t>,
    pub(crate) ids: Ids<'t>,
    /// Everything that has evidence.
    pub(crate) entities: Vec<Entity<'t>>,
    /// The texts that a person reads: no ids, references and paths.
    pub(crate) texts: Vec<Node<'t>>,
    /// References, and the lists that they lead into.
    pub(crate) references: Vec<(List, Node<'t>)>,
    /// The entries that references lead to, by their ids.
    entries: FxHashMap<(List, &'t str), Node<'t>>,
}

impl<'t> Subject<'t> {
    pub(crate) fn new(file: &'t Source, root: Node<'t>) -> Self {
        let mut texts = Vec::new();
        collect_texts(root, &mut texts);
        let mut entries = FxHashMap::default();
        for list in [List::Sources, List::Speakers, List::Sessions] {
            for node in root.list(list.name()) {
                if let Some(id) = node.text("id") {
                    entries.entry((list, id)).or_insert(node);
                }
            }
        }
        let entities = Entity::all(root);
        let references = references(root, &entities);
        Self { file, root, ids: Ids::new(root), entities, texts, references, entries }
    }

    /// A fault at a place; the message begins with the pointer to it.
    pub(crate) fn fault(&self, rule: &'static Rule, span: Span, message: &str) -> Fault {
        let message = format!("{}: {message}", self.root.pointer(span));
        Fault::new(Finding::new(rule, message).at(self.file.id(), span, ""))
    }

    /// The entry that an id leads to.
    pub(crate) fn find(&self, list: List, id: &'t str) -> Option<Node<'t>> {
        self.entries.get(&(list, id)).copied()
    }

    /// Whether a list is there, and all of its entries have ids.
    pub(crate) fn is_whole(&self, list: List) -> bool {
        self.root
            .get(list.name())
            .is_some_and(|list| list.is_list() && list.items().all(|item| item.text("id").is_some()))
    }

    /// Who is on stage or moderates.
    pub(crate) fn credits(&self) -> impl Iterator<Item = Node<'t>> {
        self.root.list("sessions").flat_map(credits)
    }

    /// Everything that is a day.
    pub(crate) fn dates(&self) -> impl Iterator<Item = Node<'t>> {
        let edition = self.root.get("edition");
        let edition = ["start_date", "end_date"].into_iter().filter_map(move |field| edition?.get(field));
        let root = self.root;
        let lists = ["agenda", "sessions", "posts"].into_iter().flat_map(move |list| root.list(list));
        edition.chain(lists.filter_map(|item| item.get("date")))
    }

    /// The values of a field that stood in an earlier item of the list, and where they stand first.
    pub(crate) fn twice(&self, list: &str, field: &str) -> Vec<(Node<'t>, Node<'t>)> {
        let values = self.root.list(list).filter_map(|item| item.get(field));
        let mut seen: FxHashMap<Cow<'t, str>, Node<'t>> = FxHashMap::default();
        let mut twice = Vec::new();
        for node in values {
            let Some(value) = node.str().map(Cow::Borrowed).or_else(|| node.number()) else { continue };
            match seen.get(&value) {
                Some(first) => twice.push((node, *first)),
                None => {
                    seen.insert(value, node);
                }
            }
        }
        twice
    }

    /// Takes an item out of a list, with the comma before it.
    pub(crate) fn removed(&self, list: &str, item: Node<'t>) -> Option<Edit> {
        let before = self.root.get(list)?.item_before(item)?;
        Some(Edit::new(Span::new(before.whole().end, item.whole().end), ""))
    }
}

/// The credits of a session.
pub(crate) fn credits(session: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    ["speakers", "moderators"].into_iter().flat_map(move |list| session.list(list))
}

fn references<'t>(root: Node<'t>, entities: &[Entity<'t>]) -> Vec<(List, Node<'t>)> {
    let mut found = Vec::new();
    let mut add =
        |list: List, node: Option<Node<'t>>| found.extend(node.filter(|n| n.str().is_some()).map(|n| (list, n)));
    for credit in root.list("sessions").flat_map(credits) {
        add(List::Speakers, credit.get("speaker"));
    }
    for quote in root.list("quotes") {
        add(List::Speakers, quote.get("speaker"));
        add(List::Sessions, quote.get("session"));
    }
    for slot in root.list("agenda") {
        add(List::Sessions, slot.get("session"));
    }
    for version in root.list("takeaways").flat_map(|takeaway| takeaway.list("versions")) {
        add(List::Sources, version.get("source"));
    }
    for place in entities.iter().flat_map(|entity| entity.node.list("evidence")) {
        add(List::Sources, place.get("source"));
    }
    found
}

fn collect_texts<'t>(node: Node<'t>, found: &mut Vec<Node<'t>>) {
    /// Fields that are for programs.
    const NOT_READ: &[&str] = &[
        "$schema",
        "schema_version",
        "sources",
        "evidence",
        "inferred",
        "corrected",
        "corrections",
        "id",
        "speaker",
        "session",
        "source",
    ];
    if node.str().is_some() {
        found.push(node);
    }
    node.items().for_each(|item| collect_texts(item, found));
    for member in node.members().filter(|member| !NOT_READ.contains(&member.name)) {
        collect_texts(member.value, found);
    }
}
