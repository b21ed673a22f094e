//! What holds of all diffs: nothing changed is nothing told, and what was changed is told where it was.

use proptest::prelude::*;
use proptest::sample::Index;
use rapporteur_diff::{Diff, Kind, diff};
use rapporteur_model::Document;
use serde_json::Value;

/// A document with all that there is.
fn document() -> Document {
    let text = include_str!("../../../fixtures/vmc2021/document.json");
    serde_json::from_str(text).expect("it follows the model")
}

fn changed(change: impl FnOnce(&mut Value)) -> Document {
    let mut value = serde_json::to_value(document()).expect("the model is JSON");
    change(&mut value);
    serde_json::from_value(value).expect("it follows the model still")
}

/// Pointers to the strings that are content and may be any text.
fn strings(value: &Value, pointer: &str, found: &mut Vec<String>) {
    /// Of these some must have another form, and some are told elsewhere.
    const NOT_FREE: &[&str] = &["evidence", "kind", "format", "id", "speaker", "session", "source", "inferred"];
    match value {
        Value::String(_) => found.push(pointer.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| strings(item, &format!("{pointer}/{at}"), found));
        }
        Value::Object(members) => {
            let free = members.iter().filter(|(name, _)| !NOT_FREE.contains(&name.as_str()));
            free.for_each(|(name, value)| strings(value, &format!("{pointer}/{name}"), found));
        }
        _ => {}
    }
}

/// The lists of entities, and how many each has.
fn lists(value: &Value) -> Vec<(String, usize)> {
    let lists = value.as_object().into_iter().flatten().filter(|(name, _)| *name != "evidence");
    let lists = lists.filter_map(|(name, list)| Some((name.clone(), list.as_array()?)));
    lists.filter(|(_, list)| list.len() > 1 && list[0].is_object()).map(|(name, list)| (name, list.len())).collect()
}

fn told(diff: &Diff) -> Vec<(Kind, Option<&str>, Option<&str>)> {
    diff.changes.iter().map(|change| (change.kind, change.old.as_deref(), change.new.as_deref())).collect()
}

#[test]
fn a_document_is_no_other_than_itself() {
    for text in [
        include_str!("../../../fixtures/vmc2017/document.json"),
        include_str!("../../../fixtures/vmc2021/document.json"),
        include_str!("../../../fixtures/vmc2024/document.json"),
    ] {
        let document: Document = serde_json::from_str(text).expect("it follows the model");
        let diff = diff(&document, &document);
        assert_eq!((diff.changes, diff.evidence), (Vec::new(), Vec::new()));
    }
}

#[test]
fn evidence_that_moves_is_no_change() {
    let moved = changed(|document| document["quotes"][1]["evidence"][0]["start"] = 3.into());
    let diff = diff(&document(), &moved);
    assert_eq!((diff.changes.len(), diff.evidence), (0, vec!["/quotes/1/evidence".to_owned()]));
}

#[test]
fn a_new_id_is_told_once_and_not_at_each_reference() {
    let speaker = document().speakers[0].clone();
    let renamed = format!("{}n", speaker.id);
    let text = serde_json::to_string(&document()).expect("the model is JSON");
    let text = text.replace(&format!("\"{}\"", speaker.id), &format!("\"{renamed}\""));
    let diff = diff(&document(), &serde_json::from_str(&text).expect("it follows the model still"));
    assert_eq!(told(&diff), [(Kind::Changed, Some("/speakers/0/id"), Some("/speakers/0/id"))]);
}

proptest! {
    #[test]
    fn a_word_that_changed_is_told_at_its_field(place: Index, word in "[a-z]{1,8}") {
        let old = serde_json::to_value(document()).expect("the model is JSON");
        let mut pointers = Vec::new();
        strings(&old, "", &mut pointers);
        let pointer = place.get(&pointers);
        let before = old.pointer(pointer).and_then(Value::as_str).expect("it is there").to_owned();
        let after = format!("{word} {before}");
        let new = changed(|document| *document.pointer_mut(pointer).expect("it is there") = after.clone().into());
        let diff = diff(&document(), &new);
        // a short item of a list of texts may be another with such a word
        let is_item = pointer.rsplit('/').next().is_some_and(|last| last.parse::<usize>().is_ok());
        let kinds: Vec<Kind> = diff.changes.iter().map(|change| change.kind).collect();
        if is_item && kinds == [Kind::Added, Kind::Removed] {
            prop_assert_eq!(diff.changes[0].new.as_ref(), Some(pointer));
        } else {
            prop_assert_eq!(diff.changes.len(), 1, "{:?}", diff.changes);
            let change = &diff.changes[0];
            prop_assert_eq!(change.new.as_ref(), Some(pointer));
            prop_assert_eq!((&change.before, &change.after), (&before.into(), &after.into()));
            prop_assert!(matches!(change.kind, Kind::Reworded | Kind::Changed));
        }
    }

    #[test]
    fn what_is_taken_out_is_told_and_nothing_else(list: Index, item: Index) {
        let old = serde_json::to_value(document()).expect("the model is JSON");
        let lists = lists(&old);
        let (list, count) = list.get(&lists);
        let at = item.index(*count);
        let new = changed(|document| drop(document[list].as_array_mut().expect("a list").remove(at)));
        let pointer = format!("/{list}/{at}");
        let less = diff(&document(), &new);
        prop_assert_eq!(told(&less), [(Kind::Removed, Some(pointer.as_str()), None)]);
        let more = diff(&new, &document());
        prop_assert_eq!(told(&more), [(Kind::Added, None, Some(pointer.as_str()))]);
    }

    #[test]
    fn what_moves_is_told_as_moved(list: Index, item: Index, to: Index) {
        let old = serde_json::to_value(document()).expect("the model is JSON");
        let lists = lists(&old);
        let (list, count) = list.get(&lists);
        let (from, to) = (item.index(*count), to.index(*count));
        let new = changed(|document| {
            let items = document[list].as_array_mut().expect("a list");
            let item = items.remove(from);
            items.insert(to, item);
        });
        let diff = diff(&document(), &new);
        prop_assert!(diff.changes.iter().all(|change| change.kind == Kind::Moved));
        prop_assert_eq!(diff.changes.len(), usize::from(from != to));
    }
}
