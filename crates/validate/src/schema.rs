//! The second layer: whether a document follows its JSON Schema.

use std::sync::OnceLock;

use jsonschema::PatternOptions;
use rapporteur_diagnostics::{Finding, Rule, nearest};
use rapporteur_model::Versions;
use rapporteur_source::{Source, Span};
use serde_json::Value;

use crate::fault::Fault;
use crate::ids::MADE_OF;
use crate::json::{Places, Width};
use crate::message;
use crate::read::read;
use crate::rules::{missing_field, schema, unknown_field, unknown_value, wrong_id};
use crate::shape::Shape;
use crate::tree::Node;
use crate::version::Version;

/// Holds the compiled schemas of the canonical document and of the register of people: today's, and those of older versions.
///
/// Making one costs nothing; a schema is compiled at the first check by it.
#[derive(Debug)]
pub struct Validator {
    document: Schemas,
    register: Schemas,
}

/// The schemas of a shape.
#[derive(Debug)]
struct Schemas {
    versions: &'static Versions,
    /// One for each version, the oldest first.
    compiled: Vec<OnceLock<Compiled>>,
}

/// A schema as JSON and compiled.
type Compiled = (Value, jsonschema::Validator<Places>);

impl Default for Validator {
    fn default() -> Self {
        Self::new()
    }
}

impl Schemas {
    fn new(versions: &'static Versions) -> Self {
        Self { versions, compiled: versions.all().map(|_| OnceLock::new()).collect() }
    }
}

/// One value that the schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer (RFC 6901) to the value, or to a field that should not be there: `/sessions/3/kind`; empty for the
    /// whole document.
    pub pointer: String,
    /// What is wrong with it, in one sentence without a full stop.
    pub message: String,
    /// What kind of fault it is.
    pub kind: Kind,
}

/// What there is about a value that the schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The schema knows no field of this name.
    UnknownField(String),
    /// A field is not there.
    MissingField(String),
    /// It is not in a closed list, which is this.
    UnknownValue(Vec<String>),
    /// Its type or its form is another.
    Other,
}

impl Validator {
    /// A validator of canonical documents and registers of people.
    #[must_use]
    pub fn new() -> Self {
        Self::with_documents(&rapporteur_model::VERSIONS)
    }

    pub(crate) fn with_documents(versions: &'static Versions) -> Self {
        Self { document: Schemas::new(versions), register: Schemas::new(&rapporteur_people::VERSIONS) }
    }

    fn schemas(&self, shape: Shape) -> &Schemas {
        match shape {
            Shape::Document => &self.document,
            Shape::Register => &self.register,
        }
    }

    pub(crate) fn versions(&self, shape: Shape) -> &'static Versions {
        self.schemas(shape).versions
    }

    /// Everything in a document of today that the schema does not allow, in the order of the schema; empty where it is
    /// valid.
    #[must_use]
    pub fn check(&self, document: &Value) -> Vec<Violation> {
        let text = document.to_string();
        match read(&text) {
            Some(tree) => self.violations(self.of_today(Shape::Document), Node::new(&tree)),
            // what serde writes is JSON, but it may be nested too deep to be read again
            None => {
                let message = "it is nested too deep".to_owned();
                vec![Violation { pointer: String::new(), message, kind: Kind::Other }]
            }
        }
    }

    /// The same of a file by the schema of a version.
    pub(crate) fn violations(&self, version: Version, root: Node<'_>) -> Vec<Violation> {
        let schema = &self.compiled(version).1;
        let mut violations = Vec::new();
        // whether there is anything is told sooner than what it is
        if !schema.is_valid(root) {
            schema.iter_errors(root).for_each(|error| message::explain(&error, &mut violations));
        }
        violations
    }

    /// Violations as findings at the places in the file.
    pub(crate) fn faults(
        &self,
        version: Version,
        file: &Source,
        root: Node<'_>,
        violations: &[Violation],
    ) -> Vec<Fault> {
        let mut told: Vec<Violation> = Vec::new();
        for violation in violations.iter().filter(|violation| !misnamed(violation, violations)) {
            let is_missing = matches!(violation.kind, Kind::MissingField(_));
            let same = |known: &&mut Violation| {
                matches!(known.kind, Kind::MissingField(_)) && known.pointer == violation.pointer
            };
            let known = if is_missing { told.iter_mut().find(same) } else { None };
            match known {
                // of one object they are one fault
                Some(known) => known.message = both(&known.message, &violation.message),
                None => told.push(violation.clone()),
            }
        }
        told.iter().map(|violation| Fault::new(self.finding(version, violation, file, root))).collect()
    }

    fn finding(&self, version: Version, violation: &Violation, file: &Source, root: Node<'_>) -> Finding {
        let place = || root.at(&violation.pointer).map_or(Span::default(), Node::span);
        let told = |rule: &'static Rule, span: Span| {
            let message = match violation.pointer.as_str() {
                "" => violation.message.clone(),
                pointer => format!("{pointer}: {}", violation.message),
            };
            Finding::new(rule, message).at(file.id(), span, "")
        };
        let mut finding = match &violation.kind {
            Kind::UnknownField(name) => {
                let parent = violation.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
                let object = root.at(parent);
                let member = object.and_then(|object| object.members().find(|member| member.name == name));
                let known = self.fields(version, parent);
                // what is there already is not what was meant
                let alike = known.iter().filter(|known| nearest(name, [known.as_str()]).is_some());
                let free = alike.filter(|known| object.is_none_or(|object| object.get(known).is_none()));
                let mut finding = told(&unknown_field::RULE, member.map_or_else(place, |member| member.key));
                finding.help = nearest(name, free.map(String::as_str)).map(|known| format!("did you mean `{known}`?"));
                finding
            }
            Kind::MissingField(_) => told(&missing_field::RULE, place()),
            Kind::UnknownValue(options) => {
                let mut finding = told(&unknown_value::RULE, place());
                let value = root.at(&violation.pointer).and_then(Node::str).unwrap_or_default();
                let known = options.iter().map(|option| option.trim_matches('"'));
                finding.help = nearest(value, known).map(|known| format!("did you mean \"{known}\"?"));
                finding
            }
            Kind::Other => told(&schema::RULE, place()),
        };
        if finding.help.is_none() && violation.kind == Kind::MissingField("evidence".to_owned()) {
            finding.help = Some("a value without evidence has an empty list".to_owned());
        }
        finding
    }

    /// The fields that the schema knows for the object that a pointer leads to.
    fn fields(&self, version: Version, pointer: &str) -> Vec<String> {
        let root = &self.compiled(version).0;
        let resolved = |schema: &'_ Value| -> Option<Value> {
            let name = schema["$ref"].as_str()?.strip_prefix("#/$defs/")?.to_owned();
            Some(root["$defs"][name].clone())
        };
        let mut schema = root.clone();
        for part in pointer.split('/').skip(1) {
            schema = match part.parse::<usize>() {
                Ok(_) => schema["items"].clone(),
                Err(_) => schema["properties"][part].clone(),
            };
            let branches = schema["anyOf"].as_array().into_iter().flatten().find_map(resolved);
            schema = resolved(&schema).or(branches).unwrap_or(schema);
        }
        schema["properties"].as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
    }

    fn compiled(&self, version: Version) -> &Compiled {
        let Schemas { versions, compiled } = self.schemas(version.shape);
        compiled[version.at].get_or_init(|| {
            let schema = match versions.older.get(version.at) {
                Some(older) => serde_json::from_str(older.schema).expect("it is JSON: tested in tests/versions.rs"),
                None => (versions.schema)(),
            };
            let compiled = jsonschema::options_for::<Places>()
                // Nothing is fetched, whatever a reference says.
                .offline()
                // Linear time, whatever a value is.
                .with_pattern_options(PatternOptions::regex())
                .with_keyword("format", |_, format, _| Ok(Box::new(Width::of(format))))
                .build(&schema)
                .expect("the schemas of the types are JSON Schemas: tested below");
            (schema, compiled)
        })
    }
}

/// One message of two about missing fields.
fn both(one: &str, other: &str) -> String {
    let names =
        |message: &str| message.split('`').skip(1).step_by(2).map(|name| format!("`{name}`")).collect::<Vec<_>>();
    format!("the fields {} are missing", [names(one), names(other)].concat().join(", "))
}

/// Whether a field is missing only because its name is misspelt, which is told at that name.
fn misnamed(missing: &Violation, violations: &[Violation]) -> bool {
    let Kind::MissingField(name) = &missing.kind else { return false };
    violations.iter().any(|violation| match &violation.kind {
        Kind::UnknownField(unknown) => {
            let parent = violation.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
            parent == missing.pointer && nearest(unknown, [name.as_str()]).is_some()
        }
        _ => false,
    })
}

/// Whether a fault that a rule on the whole found follows from a violation at one of its places, and is not told beside it.
pub(crate) fn follows(fault: &Fault, violations: &[Violation], file: &Source, root: Node<'_>) -> bool {
    if violations.is_empty() && file.invalid().is_empty() {
        return false;
    }
    if fault.finding.rule == &wrong_id::RULE
        && fault
            .finding
            .labels
            .iter()
            .any(|label| is_made_of_spoilt(Span::new(label.start, label.end), violations, root))
    {
        return true;
    }
    let labels = fault.finding.labels.iter().filter(|label| label.source == file.id());
    labels.map(|label| Span::new(label.start, label.end)).any(|span| is_spoilt(span, violations, file, root))
}

/// Whether a value that an id is made of is not what it is to be.
fn is_made_of_spoilt(id: Span, violations: &[Violation], root: Node<'_>) -> bool {
    let pointer = root.pointer(id);
    let entry = pointer.strip_suffix("/id").unwrap_or(&pointer);
    violations.iter().any(|violation| match &violation.kind {
        Kind::MissingField(name) => violation.pointer == entry && MADE_OF.contains(&name.as_str()),
        _ => {
            violation.pointer.rsplit_once('/').is_some_and(|(parent, name)| parent == entry && MADE_OF.contains(&name))
        }
    })
}

/// Whether what stands at a place is not what it is to be.
fn is_spoilt(span: Span, violations: &[Violation], file: &Source, root: Node<'_>) -> bool {
    let pointer = root.pointer(span);
    file.invalid().iter().any(|bytes| span.start <= bytes.start && bytes.end <= span.end)
        || violations.iter().any(|violation| {
            let inside = pointer.strip_prefix(violation.pointer.as_str());
            match &violation.kind {
                // the evidence of a field that is missing has no value
                Kind::MissingField(name) => {
                    let is_evidence = inside.is_some_and(|rest| rest.starts_with("/evidence/"));
                    let field = root.at(&pointer).and_then(Node::str).unwrap_or_default();
                    is_evidence && field.split('/').next() == Some(name)
                }
                _ => inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            }
        })
}

#[cfg(test)]
mod tests {
    use rapporteur_model::{Credit, Document, Edition, Evidence, Quote, Session};
    use serde_json::{Value, json};

    use super::*;

    /// A small document with something in each place that the tests spoil.
    fn document() -> Value {
        let evidence = vec![Evidence { source: "report".into(), start: 0, end: 4, field: "title".into() }];
        let speaker = Credit { speaker: "a-b".into(), name: "A B".into(), ..Credit::default() };
        let session = Session { title: "Talk".into(), speakers: vec![speaker], evidence, ..Session::default() };
        let edition = Edition { start_date: Some("2020-02-29".into()), ..Edition::default() };
        let document =
            Document { edition, sessions: vec![session], quotes: vec![Quote::default()], ..Document::default() };
        serde_json::to_value(document).expect("the model is JSON")
    }

    #[test]
    fn a_register_of_nobody_is_valid() {
        let register = serde_json::to_string(&rapporteur_people::Register::default()).expect("it is JSON");
        let (validator, tree) = (Validator::new(), read(&register).expect("it is JSON"));
        assert_eq!(validator.violations(validator.of_today(Shape::Register), Node::new(&tree)), []);
    }

    fn spoilt(pointer: &str, value: Value) -> Vec<(String, String)> {
        let mut document = document();
        *document.pointer_mut(pointer).expect("there is such a value") = value;
        Validator::new().check(&document).into_iter().map(|v| (v.pointer, v.message)).collect()
    }

    #[test]
    fn a_document_of_the_model_is_valid() {
        assert_eq!(Validator::new().check(&document()), []);
    }

    #[test]
    fn a_wrong_value_is_named_by_its_pointer_and_told_in_a_line() {
        for (pointer, value, message) in [
            ("/sessions/0/kind", json!("lecture"), "\"lecture\" is not one of \"keynote\", \"panel\","),
            ("/sessions/0/title", json!(null), "null is not of type \"string\""),
            ("/quotes/0/text", json!(null), "null is not of type \"string\""),
            ("/edition/format", json!("real"), "\"real\" is not one of"),
            ("/edition/start_date", json!("2020-2-9"), "\"2020-2-9\" does not match \"^[0-9]{4}"),
            ("/edition/start_date", json!(2020), "2020 is not of type"),
            ("/sessions/0/position", json!(-1), "-1 is less than the minimum of 0"),
            ("/sessions/0/position", json!(1.5), "1.5 is not of type \"integer\""),
            ("/sessions/0/position", json!(1e30), "1e+30 is larger than 18446744073709551615"),
            ("/edition/year", json!(1e30), "1e+30 is greater than the maximum of 32767"),
            ("/sessions/0/speakers/0/online", json!("no"), "\"no\" is not of type \"boolean\""),
            ("/sessions/0/evidence", json!({}), "{} is not of type \"array\""),
            ("", json!([]), "[] is not of type \"object\""),
        ] {
            let violations = spoilt(pointer, value);
            assert_eq!(violations.len(), 1, "{violations:?}");
            assert_eq!(violations[0].0, pointer);
            assert!(violations[0].1.starts_with(message), "{violations:?}");
            assert!(violations[0].1.len() < 250, "short enough for a line or two: {violations:?}");
        }
    }

    #[test]
    fn what_follows_the_schema_is_read() {
        for position in ["1", "1.0", "1e0", "18446744073709551615"] {
            let mut document = document();
            document["$schema"] = rapporteur_model::VERSIONS.id(rapporteur_model::SCHEMA_VERSION).into();
            document["schema_version"] = rapporteur_model::SCHEMA_VERSION.into();
            let text = document.to_string().replace("\"position\":0", &format!("\"position\":{position}"));
            let document = Validator::new().read(&Source::new("x.json", "x.json", text.into_bytes()));
            let digits = document.map(|document| document.sessions[0].position.to_string());
            assert_eq!(digits.as_deref(), Ok(if position.len() > 3 { position } else { "1" }));
        }
    }

    #[test]
    fn a_session_without_a_printed_kind_is_valid() {
        assert_eq!(spoilt("/sessions/0/kind", json!(null)), []);
    }

    #[test]
    fn missing_and_unknown_keys_are_named() {
        let mut document = document();
        let session = document["sessions"][0].as_object_mut().expect("an object");
        session.remove("title");
        session.insert("tittle".into(), "Talk".into());
        let violations = Validator::new().check(&document);
        let mut messages: Vec<_> = violations.iter().map(|v| (v.pointer.as_str(), v.message.as_str())).collect();
        messages.sort_unstable();
        assert_eq!(
            messages,
            [("/sessions/0", "the field `title` is missing"), ("/sessions/0/tittle", "there is no field `tittle`"),]
        );
    }

    #[test]
    fn of_very_many_unknown_fields_the_first_are_told() {
        let mut document = document();
        let session = document["sessions"][0].as_object_mut().expect("an object");
        session.extend((0..1000).map(|number| (format!("field{number}"), json!(number))));
        let violations = Validator::new().check(&document);
        assert_eq!(violations.len(), 101);
        assert_eq!(violations[100].message, "there are 900 more fields that are not known");
        assert_eq!(violations[100].pointer, "/sessions/0");
    }

    #[test]
    fn a_long_value_is_not_repeated() {
        let violations = spoilt("/sessions/0/title", json!("long ".repeat(100).split(" ").collect::<Vec<_>>()));
        assert_eq!(violations, [("/sessions/0/title".to_owned(), "the value is not of type \"string\"".to_owned())]);
    }
}
