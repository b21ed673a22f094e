//! The ids that entries are to have: the rule that `parse` gives them by, on a document that is there.

use rapporteur_model::slug;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::subject::List;
use crate::tree::Node;

/// The fields that ids are made of, whichever list they are of.
pub(crate) const MADE_OF: &[&str] =
    &["name", "title", "date", "start", "text", "handle", "value", "label", "years", "place", "role"];

/// The ids of a document: those that stand there, and those that are to.
pub(crate) struct Ids<'t> {
    pub(crate) entries: Vec<Entry<'t>>,
    /// For each id where it stands in its list, the first two times, and how often.
    holders: FxHashMap<(List, &'t str), (Node<'t>, Option<Node<'t>>, usize)>,
    /// The ids that entries are to have that have others.
    wanted: FxHashSet<(List, String)>,
    /// Where the entries begin that have another id than they are to have.
    renamed: FxHashSet<usize>,
    /// The id of the edition where it is another than it is to be.
    edition: Option<(Node<'t>, String)>,
}

/// An entry that has an id.
pub(crate) struct Entry<'t> {
    pub(crate) list: List,
    pub(crate) node: Node<'t>,
    /// Where the id stands.
    pub(crate) place: Node<'t>,
    pub(crate) actual: &'t str,
    /// What the id is made of, before it is made unique.
    pub(crate) stem: String,
    pub(crate) expected: String,
}

impl<'t> Ids<'t> {
    pub(crate) fn new(root: Node<'t>) -> Self {
        let edition = root.get("edition");
        let wanted = edition.map(|edition| {
            let slug_of = |text: String| Some(slug(&text)).filter(|_| !text.is_empty());
            slug_of(edition.text("short_name").unwrap_or_default().replace(' ', ""))
                .or_else(|| slug_of(edition.text("name").unwrap_or_default().to_owned()))
                .unwrap_or_else(|| "edition".to_owned())
        });
        let place = edition.and_then(|edition| edition.get("id")).filter(|id| id.str().is_some());
        let actual = place.and_then(Node::str).unwrap_or_default();
        // the others begin with the id of the edition, be it the one that is there or the one that it is to have
        let others = ["sessions", "quotes", "agenda", "captions"].into_iter().flat_map(|list| root.list(list));
        let is_stem = others
            .filter_map(|entry| entry.text("id"))
            .next()
            .is_none_or(|id| id.strip_prefix(actual).is_some_and(|rest| rest.starts_with('-')));
        let wanted = wanted.unwrap_or_default();
        let stem = if is_stem { actual } else { wanted.as_str() };
        let mut ids = Self {
            entries: Vec::new(),
            holders: FxHashMap::default(),
            wanted: FxHashSet::default(),
            renamed: FxHashSet::default(),
            edition: None,
        };
        ids.collect(root, stem);
        for entry in &ids.entries {
            let (_, second, count) = ids.holders.entry((entry.list, entry.actual)).or_insert((entry.place, None, 0));
            *count += 1;
            *second = second.or((*count > 1).then_some(entry.place));
            if entry.actual != entry.expected {
                ids.wanted.insert((entry.list, entry.expected.clone()));
                ids.renamed.insert(entry.node.whole().start);
            }
        }
        // a document of nothing has no edition to speak of
        ids.edition = place.filter(|_| wanted != actual && !actual.is_empty()).map(|place| (place, wanted));
        ids
    }

    /// In the order in which they are given out, since a second one of the same kind gets a number.
    fn collect(&mut self, root: Node<'t>, edition: &str) {
        const ORDER: &[List] = &[
            List::Speakers,
            List::Sessions,
            List::Agenda,
            List::Quotes,
            List::Articles,
            List::Recommendations,
            List::Captions,
            List::Posts,
            List::Figures,
            List::Venues,
            List::Team,
            List::Takeaways,
        ];
        let mut taken = rapporteur_model::Ids::new(edition);
        for &list in ORDER {
            for node in root.list(list.name()) {
                let Some(place) = node.get("id") else { continue };
                let (Some(actual), Some(stem)) = (place.str(), stem(list, node, edition)) else { continue };
                let expected = taken.unique(stem.clone());
                self.entries.push(Entry { list, node, place, actual, stem, expected });
            }
        }
    }

    /// The id of the edition, where it is another than it is to be, and the right one.
    pub(crate) fn edition(&self) -> Option<(Node<'t>, &str)> {
        self.edition.as_ref().map(|(place, wanted)| (*place, wanted.as_str()))
    }

    /// How many entries have this id.
    pub(crate) fn holders(&self, list: List, id: &str) -> usize {
        self.holders.get(&(list, id)).map_or(0, |(.., count)| *count)
    }

    /// Where the id of an entry stands another time.
    pub(crate) fn other(&self, entry: &Entry<'t>) -> Option<Node<'t>> {
        let (first, second, _) = *self.holders.get(&(entry.list, entry.actual))?;
        if first.whole() == entry.place.whole() { second } else { Some(first) }
    }

    /// Whether an entry is to have this id, and has another.
    pub(crate) fn is_expected(&self, list: List, id: &str) -> bool {
        self.wanted.contains(&(list, id.to_owned()))
    }

    /// Whether an entry has another id than it is to have.
    pub(crate) fn is_renamed(&self, node: Node<'_>) -> bool {
        self.renamed.contains(&node.whole().start)
    }
}

impl List {
    /// What the id of an entry is made of.
    pub(crate) fn made_of(self) -> &'static str {
        match self {
            Self::Speakers => "the name",
            Self::Sessions | Self::Articles | Self::Recommendations | Self::Takeaways => "the title",
            Self::Agenda => "day, start and title",
            Self::Quotes | Self::Captions => "the text",
            Self::Posts => "handle and text",
            Self::Figures => "value and label",
            Self::Venues => "years and place",
            Self::Team => "name and role",
            Self::Sources => "the file",
        }
    }
}

/// The id of an entry, before it is made unique; `None` where what it is made of is not there.
fn stem(list: List, node: Node<'_>, edition: &str) -> Option<String> {
    let text = |field: &str| node.text(field);
    let optional = |field: &str| node.text(field).unwrap_or_default();
    let mut ids = rapporteur_model::Ids::new(edition);
    Some(match list {
        // a register of people may have another id for somebody than the name makes
        List::Speakers if node.list("inferred").any(|inferred| inferred.text("field") == Some("id")) => {
            text("id")?.to_owned()
        }
        List::Speakers => Some(slug(text("name")?)).filter(|id| !id.is_empty()).unwrap_or_else(|| "unnamed".to_owned()),
        List::Sessions | List::Articles | List::Recommendations | List::Takeaways => ids.titled(text("title")?),
        List::Agenda => ids.hashed(&format!("agenda {} {} {}", optional("date"), optional("start"), text("title")?)),
        List::Quotes => ids.hashed(text("text")?),
        List::Captions => ids.hashed(&format!("caption {}", text("text")?)),
        List::Posts => ids.hashed(&format!("post {} {}", text("handle")?, text("text")?)),
        List::Figures => ids.hashed(&format!("figure {} {}", text("value")?, text("label")?)),
        List::Venues => ids.hashed(&format!("venue {} {}", text("years")?, text("place")?)),
        List::Team => ids.hashed(&format!("team {} {}", text("name")?, optional("role"))),
        List::Sources => return None,
    })
}
