//! The fourth layer: a document against the texts that it was read from.

mod bears;
mod changed;
mod corrected;
mod moved;
mod told;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rapporteur_diagnostics::Finding;
use rapporteur_source::{Source, Span, fold};
use rustc_hash::{FxHashMap, FxHashSet};

use self::bears::bears;
use self::changed::Changed;
use self::corrected::Corrected;
use self::told::{TEXT_HAS, Told};
use crate::entity::{Class, Entity, Place, Printed};
use crate::fault::{Edit, Fault};
use crate::rules::{evidence_differs, source_missing};
use crate::subject::{List, Subject};
use crate::text::Text;
use crate::tree::Node;

/// Characters of a value that a message repeats.
const SHOWN: usize = 60;

/// Finds the text of a source by what the document says of it; `None` where it is not to be had.
pub type Lookup<'l> = &'l dyn Fn(&Recorded<'_>) -> Option<Arc<Text>>;

/// What a document says of a source.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'t> {
    /// The path as it was given when the text was read.
    pub path: &'t str,
    /// The digest that the text had.
    pub sha256: &'t str,
}

/// A source whose text is there.
struct Found {
    text: Arc<Text>,
    /// Where values were to stand, and how far from there they do.
    moves: BTreeMap<usize, isize>,
    /// Where the document has another digest or length than the text.
    changed: Option<Changed>,
    /// The text as the listed corrections have it.
    corrected: Option<Corrected>,
}

/// Checks all evidence of a document whose texts can be found. Gives the texts that the findings point into.
pub(crate) fn check(subject: &Subject<'_>, lookup: Lookup<'_>, faults: &mut Vec<Fault>) -> Vec<Arc<Source>> {
    let mut texts: FxHashMap<&str, Found> = FxHashMap::default();
    for node in subject.root.list("sources") {
        let (Some(id), Some(path)) = (node.text("id"), node.get("path")) else { continue };
        let recorded =
            Recorded { path: path.str().unwrap_or_default(), sha256: node.text("sha256").unwrap_or_default() };
        match lookup(&recorded) {
            Some(text) => {
                let changed = Changed::new(subject, node, &text);
                let corrected =
                    if changed.is_none() { Corrected::new(subject, id, text.source(), faults) } else { None };
                texts.insert(id, Found { text, moves: BTreeMap::new(), changed, corrected });
            }
            None => faults.push(subject.fault(
                &source_missing::RULE,
                path.span(),
                "there is no such text in the folder of sources",
            )),
        }
    }
    let mut told = Told::new(faults);
    // values in normal form are not found by their letters: they stand beside those that are
    for normalised in [false, true] {
        for entity in &subject.entities {
            for value in entity.values.iter().filter(|value| (value.class == Class::Normalised) == normalised) {
                if let places @ [first, ..] = entity.places(&value.field)
                    && let Some(found) = texts.get_mut(first.source)
                {
                    value_against(subject, entity, value, places, found, &mut told);
                }
            }
        }
    }
    told.finish();
    let mut pointed_at = Vec::new();
    for (_, Found { text, changed, .. }) in texts {
        faults.extend(changed.map(Changed::into_fault));
        pointed_at.push(text.shared());
    }
    let labelled: FxHashSet<&str> = labels(faults).collect();
    pointed_at.sort_by(|one, other| one.id().cmp(other.id()));
    pointed_at.retain(|source| labelled.contains(source.id()));
    pointed_at
}

/// The sources that faults point into.
fn labels(faults: &[Fault]) -> impl Iterator<Item = &str> {
    faults.iter().flat_map(|fault| &fault.finding.labels).map(|label| label.source.as_str())
}

impl Found {
    /// How far values were moved that were to stand near a place, the nearest first.
    fn moves(&self, start: usize) -> Vec<isize> {
        /// So many values before and after it are looked at.
        const NEIGHBOURS: usize = 16;
        /// So many moves are tried.
        const TRIED: usize = 4;
        let (before, after) = (self.moves.range(..start).rev(), self.moves.range(start..));
        let mut near: Vec<_> = before.take(NEIGHBOURS).chain(after.take(NEIGHBOURS)).collect();
        near.sort_by_key(|(place, _)| place.abs_diff(start));
        let mut moves: Vec<isize> = Vec::new();
        for (_, by) in near {
            if moves.len() < TRIED && !moves.contains(by) {
                moves.push(*by);
            }
        }
        moves
    }

    /// Where a value stands that does not stand at its evidence.
    fn find(&self, class: Class, printed: &str, spellings: &[&str], given: &[Span]) -> Option<Vec<Span>> {
        let moves = self.moves(given.first()?.start);
        match class {
            Class::Printed => self.text.find(&fold(printed), given, &moves),
            Class::Person => spellings.iter().find_map(|spelling| self.text.find(&fold(spelling), given, &moves)),
            Class::Normalised => {
                let spans = self.text.moved(given, *moves.first()?)?;
                self.bears(class, printed, spellings, &spans).then_some(spans)
            }
            Class::Derived => None,
        }
    }

    fn bears(&self, class: Class, printed: &str, spellings: &[&str], spans: &[Span]) -> bool {
        let phrase = spans.first().map(|span| self.text.source().slice(*span)).unwrap_or_default();
        // most values stand there to the letter: nothing has to be folded for those
        let is_same = match class {
            Class::Printed => phrase == printed,
            Class::Person => spellings.contains(&phrase),
            Class::Normalised | Class::Derived => false,
        };
        is_same && spans.len() == 1 || bears(class, printed, spellings, &self.text.folded(spans), phrase)
    }
}

/// Checks one value against its evidence, which is in one text.
fn value_against<'t>(
    subject: &Subject<'t>,
    entity: &Entity<'t>,
    value: &Printed<'t>,
    places: &[Place<'t>],
    found: &mut Found,
    faults: &mut Told<'_>,
) {
    let source = places[0].source;
    let printed = value.node.str().map(Cow::Borrowed).or_else(|| value.node.number()).unwrap_or_default();
    let printed = printed.as_ref();
    let is_inferred = value.class != Class::Normalised && entity.is_inferred(&value.field);
    let spellings = spellings(subject, value);
    let is_person = value.class == Class::Person;
    if places.iter().any(|place| place.source != source)
        || printed.trim().is_empty()
        || is_inferred
        || is_person && (spellings.is_empty() || is_misnamed(subject, value, faults))
    {
        return;
    }
    let given: Vec<Span> = places.iter().map(Place::span).collect();
    let mut corrections = entity.corrections(&value.field).peekable();
    if corrections.peek().is_some() {
        let form = |id: &str| subject.root.list("corrections").find(|entry| entry.text("id") == Some(id))?.text("form");
        let by_text = corrections.all(|id| form(id) == Some("text"));
        // a value that somebody gave stands nowhere; that a correction does not fit the text is told there
        let is_explained = |known: &Corrected| known.bears(value.class, printed, &spellings, &given);
        if !by_text || found.changed.is_none() && found.corrected.as_ref().is_none_or(is_explained) {
            return;
        }
    }
    let text = found.text.source();
    let is_sound = |span: &Span| !span.is_empty() && text.clamp(span.start, span.end) == *span;
    let sound = places.iter().all(|place| place.start < place.end) && given.iter().all(is_sound);
    // in another text a phrase may have the same numbers by chance
    let is_elsewhere = found.changed.is_some()
        && value.class == Class::Normalised
        && found.moves(given[0].start).first().is_some_and(|by| *by != 0);
    if sound && !is_elsewhere && found.bears(value.class, printed, &spellings, &given) {
        if found.changed.is_some() {
            found.moves.insert(given[0].start, 0);
        }
        return;
    }
    // other breaks of lines than before would need other entries: that is for `parse`
    let again = found.find(value.class, printed, &spellings, &given).filter(|again| again.len() == places.len());
    let is_moved = again.is_some();
    let edits = again.as_deref().map(|again| moved_to(again, places)).unwrap_or_default();
    if let (Some([again, ..]), Some(changed)) = (again.as_deref(), &mut found.changed) {
        found.moves.insert(given[0].start, again.start.cast_signed() - given[0].start.cast_signed());
        changed.moved(edits);
        return;
    }
    if let Some(changed) = &mut found.changed {
        changed.lost();
    }
    // that the place is none was told already: now it can be mended
    if faults.mended(places, &edits) {
        return;
    }
    if !is_moved {
        faults.explain(entity, value.node);
        if faults.contrasted(value.node, text, text.clamp(given[0].start, given[0].end)) {
            return;
        }
    }
    let folded = if sound { found.text.folded(&given) } else { "".into() };
    faults.faults.push(told(subject, value, places, &folded, found.text.source(), again.as_deref()).fix(edits));
}

fn told(
    subject: &Subject<'_>,
    value: &Printed<'_>,
    places: &[Place<'_>],
    folded: &str,
    source: &Source,
    again: Option<&[Span]>,
) -> Fault {
    let report =
        |finding: Finding, span: Span, text: &str| finding.at(source.id(), source.clamp(span.start, span.end), text);
    let given = places[0].span();
    match again {
        Some(again) => {
            let changed = again.iter().zip(places).find(|(span, place)| **span != place.span());
            let (span, place) = changed.map_or((again[0], &places[0]), |(span, place)| (*span, place));
            let field = if span.start == place.start { "end" } else { "start" };
            let node = place.node.get(field).unwrap_or(place.node);
            let message = format!("this is not where `{}` stands in the text", value.field);
            let fault = subject.fault(&evidence_differs::RULE, node.span(), &message);
            let finding = report(fault.finding, place.span(), "the place that is given");
            let finding = report(finding, span, "where it stands").help("`--fix` corrects the evidence");
            Fault { finding, edits: Vec::new() }
        }
        None => {
            let printed = source.slice(source.clamp(given.start, given.end));
            let message = if folded.is_empty() {
                format!("nothing is printed at the place of `{}`", value.field)
            } else {
                format!("`{}` is not what the text has: {}", value.field, shown(printed))
            };
            let fault = subject.fault(&evidence_differs::RULE, value.node.span(), &message);
            let finding = report(fault.finding, given, TEXT_HAS);
            Fault { finding, edits: Vec::new() }
        }
    }
}

/// The spellings of the name of the person whom a value refers to.
fn spellings<'t>(subject: &Subject<'t>, value: &Printed<'t>) -> Vec<&'t str> {
    let person =
        value.node.str().filter(|_| value.class == Class::Person).and_then(|id| subject.find(List::Speakers, id));
    let Some(person) = person else { return Vec::new() };
    let variants = person.list("variants").filter_map(Node::str);
    person.text("name").into_iter().chain(variants).collect()
}

/// Whether the person whom a value refers to was told to have another name.
fn is_misnamed(subject: &Subject<'_>, value: &Printed<'_>, faults: &Told<'_>) -> bool {
    let person = value.node.str().and_then(|id| subject.find(List::Speakers, id));
    person.and_then(|person| person.get("name")).is_some_and(|name| faults.differs(name))
}

/// Evidence with other spans.
fn moved_to(spans: &[Span], places: &[Place<'_>]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (span, place) in spans.iter().zip(places) {
        for (field, old, new) in [("start", place.start, span.start), ("end", place.end, span.end)] {
            let node = place.node.get(field).filter(|_| old != new);
            edits.extend(node.map(|node| Edit::value(node.whole(), new)));
        }
    }
    edits
}

fn shown(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("“{}…”", &text[..end]),
        None => format!("“{text}”"),
    }
}
