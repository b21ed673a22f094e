//! As much of XML Schema as that of reports of tests uses: which elements, attributes and text an element may hold. What a
//! schema has beyond that is no fault of a report but a panic, so that nothing is taken for checked that is not.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What the schema says of an element.
#[derive(Default)]
struct Element {
    /// Elements that may stand in it, in any order and number.
    children: BTreeSet<String>,
    /// Attributes, and whether they have to be there.
    attributes: BTreeMap<String, bool>,
    holds_text: bool,
}

/// What in a report the schema does not allow.
pub(crate) fn faults(schema: &str, report: &str) -> Vec<String> {
    let elements = elements(schema);
    let mut faults = Vec::new();
    let mut path: Vec<String> = Vec::new();
    events(report, |event| match event {
        Event::Start(start) | Event::Empty(start) => {
            let name = start.name().as_ref().to_owned();
            let (known, attributes) = (elements.get(&name), attributes(start));
            let parent = path.last().and_then(|parent| elements.get(parent));
            if parent.is_some_and(|parent| !parent.children.contains(&name)) || known.is_none() {
                let parent = path.last().map_or("report", String::as_str);
                faults.push(format!("<{name}> is not allowed in <{parent}>"));
            }
            if let Some(known) = known {
                let unknown = attributes.keys().filter(|attribute| !known.attributes.contains_key(*attribute));
                faults.extend(unknown.map(|attribute| format!("<{name}> has no attribute `{attribute}`")));
                let missing = known.attributes.iter().filter(|(attribute, _)| !attributes.contains_key(*attribute));
                let missing = missing.filter(|(_, is_required)| **is_required);
                faults.extend(missing.map(|(attribute, _)| format!("<{name}> lacks `{attribute}`")));
            }
            if matches!(event, Event::Start(_)) {
                path.push(name);
            }
        }
        Event::End(_) => drop(path.pop()),
        Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
            let is_blank = matches!(event, Event::Text(text) if text.trim().is_empty());
            let parent = path.last().and_then(|parent| elements.get(parent));
            if !is_blank && parent.is_some_and(|parent| !parent.holds_text) {
                faults.push(format!("text is not allowed in <{}>", path.last().map_or("", String::as_str)));
            }
        }
        _ => {}
    });
    faults
}

/// The elements that a schema declares. They stand at its top and are referred to.
fn elements(schema: &str) -> BTreeMap<String, Element> {
    let mut elements: BTreeMap<String, Element> = BTreeMap::new();
    let (mut path, mut current): (Vec<String>, Option<String>) = (Vec::new(), None);
    // types of their own are used by elements and attributes that the reports do not have: those have no entry
    let mut is_type = false;
    events(schema, |event| match event {
        Event::Start(start) | Event::Empty(start) => {
            let name = start.name().as_ref().to_owned();
            let attributes = attributes(start);
            let attribute = |name: &str| attributes.get(name).cloned();
            let is_top = path.len() == 1;
            if is_top {
                is_type = attributes.contains_key("name") && name != "xs:element";
                current = attribute("name").filter(|_| !is_type);
                if let Some(current) =
                    current.as_ref().filter(|_| attribute("type").is_none_or(|kind| kind == "xs:string"))
                {
                    elements.entry(current.clone()).or_default().holds_text = attribute("type").is_some();
                }
            }
            let element = current.as_ref().and_then(|current| elements.get_mut(current));
            match (name.as_str(), element) {
                _ if is_type || is_top => {}
                ("xs:schema", _) => {}
                ("xs:complexType", Some(element)) => {
                    element.holds_text = attribute("mixed").is_some_and(|mixed| mixed == "true");
                }
                ("xs:choice" | "xs:sequence", Some(_)) => {}
                ("xs:element", Some(element)) => drop(element.children.insert(attribute("ref").expect("a reference"))),
                ("xs:attribute", Some(element)) => {
                    let is_required = attribute("use").is_some_and(|used| used == "required");
                    if attribute("type").is_some_and(|kind| kind == "xs:string") {
                        element.attributes.insert(attribute("name").expect("a name"), is_required);
                    }
                }
                (other, _) => panic!("{other} in {path:?} is not known here"),
            }
            if matches!(event, Event::Start(_)) {
                path.push(name);
            }
        }
        Event::End(_) => drop(path.pop()),
        _ => {}
    });
    elements
}

fn events(xml: &str, mut each: impl FnMut(&Event<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => break,
            event => each(&event),
        }
    }
}

fn attributes(start: &BytesStart<'_>) -> BTreeMap<String, String> {
    let attributes = start.attributes().map(|attribute| attribute.expect("well-formed"));
    let text = |attribute: &quick_xml::events::attributes::Attribute<'_>| {
        attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).expect("no unknown entity").into_owned()
    };
    attributes.map(|attribute| (attribute.key.as_ref().to_owned(), text(&attribute))).collect()
}
