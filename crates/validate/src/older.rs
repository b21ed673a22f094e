//! Files of older versions: the rules look at what they become today, and findings point into the file as it is.

use std::sync::Arc;

use rapporteur_source::{Source, Span};

use crate::fault::Fault;
use crate::read::read;
use crate::rules::register::Registered;
use crate::shape::Shape;
use crate::subject::Subject;
use crate::tree::Node;
use crate::version::Version;
use crate::{Lookup, Validator, against, rules};

/// What the rules find in a file, and the texts that it points into. One of an older version is migrated first.
pub(crate) fn check(
    validator: &Validator,
    version: Version,
    file: &Source,
    root: Node<'_>,
    lookup: Option<Lookup<'_>>,
) -> (Vec<Fault>, Vec<Arc<Source>>) {
    if validator.is_of_today(version) {
        return of_today(version.shape, file, root, lookup);
    }
    let mut value = root.to_value();
    validator.versions(version.shape).migrate(&mut value);
    let migrated = Source::new(file.id(), file.path(), value.to_string().into_bytes());
    let Some(tree) = read(migrated.text()) else { return Default::default() };
    let new_root = Node::new(&tree);
    let (mut faults, texts) = of_today(version.shape, &migrated, new_root, lookup);
    for fault in &mut faults {
        // what mends it are edits of another text: the file is migrated before it is mended
        fault.edits.clear();
        for label in fault.finding.labels.iter_mut().filter(|label| label.source == file.id()) {
            let span = nearest(root, &new_root.pointer(Span::new(label.start, label.end)));
            (label.start, label.end) = (span.start, span.end);
        }
    }
    (faults, texts)
}

fn of_today(shape: Shape, file: &Source, root: Node<'_>, lookup: Option<Lookup<'_>>) -> (Vec<Fault>, Vec<Arc<Source>>) {
    let (mut faults, mut texts) = (Vec::new(), Vec::new());
    match shape {
        Shape::Document => {
            let subject = Subject::new(file, root);
            rules::check(&subject, &mut faults);
            if let Some(lookup) = lookup {
                texts = against::check(&subject, lookup, &mut faults);
            }
        }
        Shape::Register => {
            if let Ok(register) = serde_json::from_value(root.to_value()) {
                rules::register::check(&Registered { file, root, register: &register }, &mut faults);
            }
        }
    }
    (faults, texts)
}

/// Where a pointer leads to, or as near to it as there is something.
fn nearest(root: Node<'_>, mut pointer: &str) -> Span {
    loop {
        match (root.at(pointer), pointer.rfind('/')) {
            (Some(node), _) => break node.span(),
            (None, Some(end)) => pointer = &pointer[..end],
            (None, None) => break root.span(),
        }
    }
}

#[cfg(test)]
mod tests {
    use rapporteur_model::{Older, VERSIONS, Versions};
    use serde_json::{Map, Value, json};

    use super::*;
    use crate::rules::older_version;
    use crate::{canonical, fixed};

    /// A validator that knows a version in which there were no venues, and the programme was called otherwise.
    fn validator() -> Validator {
        let mut schema = rapporteur_model::schema();
        let properties = schema["properties"].as_object_mut().expect("an object");
        properties.remove("venues");
        let agenda = properties.remove("agenda").expect("is there");
        properties.insert("programme".to_owned(), agenda);
        let required = schema["required"].as_array_mut().expect("a list");
        required.retain(|name| name != "venues" && name != "agenda");
        required.push("programme".into());
        let older = Older {
            version: "0.9.0",
            schema: schema.to_string().leak(),
            sha256: "",
            step: |document: &mut Map<String, Value>| {
                document.insert("venues".to_owned(), json!([]));
                let programme = document.remove("programme").unwrap_or_default();
                document.insert("agenda".to_owned(), programme);
            },
        };
        Validator::with_documents(Box::leak(Box::new(Versions { older: Box::leak(Box::new([older])), ..VERSIONS })))
    }

    fn of_today() -> Value {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/versions");
        let text = std::fs::read_to_string(format!("{folder}/{}", VERSIONS.file(VERSIONS.today))).expect("is there");
        let mut document: Value = serde_json::from_str(&text).expect("JSON");
        document["venues"] = json!([]);
        document
    }

    fn older() -> Value {
        let mut document = of_today();
        let members = document.as_object_mut().expect("an object");
        members.remove("venues");
        let agenda = members.remove("agenda").expect("is there");
        members.insert("programme".to_owned(), agenda);
        members.insert("$schema".to_owned(), VERSIONS.id("0.9.0").into());
        members.insert("schema_version".to_owned(), "0.9.0".into());
        document
    }

    fn told(document: &Value) -> Vec<(String, String)> {
        let file = Source::new("x.json", "x.json", serde_json::to_string_pretty(document).expect("JSON").into_bytes());
        let mut faults = validator().document(&file, None).faults;
        faults.retain(|fault| fault.finding.rule != &older_version::RULE);
        let at = |fault: &Fault| file.slice(Span::new(fault.finding.labels[0].start, fault.finding.labels[0].end));
        faults.iter().map(|fault| (at(fault).to_owned(), fault.finding.message.clone())).collect()
    }

    #[test]
    fn a_document_of_an_older_version_is_measured_by_its_own_schema() {
        assert_eq!(told(&older()), []);
        let mut document = older();
        document["venues"] = json!([]);
        document.as_object_mut().expect("an object").remove("captions");
        let told = told(&document);
        assert_eq!(told[0], ("{".to_owned(), "the field `captions` is missing".to_owned()));
        assert_eq!(told[1], ("\"venues\"".to_owned(), "/venues: there is no field `venues`".to_owned()));
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn the_rules_of_today_point_into_the_file_as_it_is() {
        let mut document = older();
        document["quotes"][1]["speaker"] = "nobody".into();
        document["programme"][0]["session"] = "nothing".into();
        let told = told(&document);
        let place = |value: &str| told.iter().find(|(place, _)| place == value).map(|(_, message)| message.as_str());
        assert!(place("\"nobody\"").is_some_and(|message| message.starts_with("/quotes/1/speaker: ")), "{told:?}");
        assert!(place("{").is_some_and(|message| message.starts_with("/agenda/0/session: ")), "{told:?}");
        assert_eq!(told.len(), 2, "{told:?}");
    }

    #[test]
    fn it_is_written_as_one_of_today() {
        let (older, of_today) = (older(), serde_json::to_string_pretty(&of_today()).expect("JSON") + "\n");
        assert_eq!(canonical(&validator(), &older.to_string()).as_deref(), Some(of_today.as_str()));
        let with_a_slip = format!("{},}}", older.to_string().trim_end_matches('}'));
        let mut wrong = older;
        let right = std::mem::replace(&mut wrong["quotes"][0]["id"], "wrong".into());
        assert_ne!(right, "wrong");
        let file = |text: String| Source::new("x.json", "x.json", text.into_bytes());
        for text in [with_a_slip, wrong.to_string()] {
            assert_eq!(fixed(&validator(), &file(text), None).as_deref(), Some(of_today.as_str()));
        }
    }

    #[test]
    fn an_address_leads_to_the_version() {
        let mut document = older();
        for address in [&VERSIONS.id("0.9.0"), "document-0.9.0.json", "../schema/document-0.9.0.json"] {
            document["$schema"] = address.into();
            assert_eq!(told(&document), [], "{address}");
        }
        for address in [&VERSIONS.id(VERSIONS.today), "", "a-document-0.9.0.json", "document-0.9.0.json/"] {
            document["$schema"] = address.into();
            let told = told(&document);
            assert_eq!(told.len(), 1, "{address}");
            assert_eq!(told[0].1, "/$schema: this does not lead to version 0.9.0");
        }
    }
}
