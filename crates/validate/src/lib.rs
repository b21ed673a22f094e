//! Validation of canonical documents and registers of people: the JSON itself, its JSON Schema, rules on the whole, and the
//! texts that it was read from, as one stream of findings. What has one right answer is mended.
//!
//! ```
//! use rapporteur_source::Source;
//! use rapporteur_validate::Validator;
//!
//! let file = Source::new("x.json", "x.json", br#"{"sessions": "none", }"#.to_vec());
//! let checked = Validator::new().document(&file, None);
//! let codes: Vec<&str> = checked.faults.iter().map(|fault| fault.finding.rule.code).collect();
//! assert!(codes.contains(&"document/not-json"), "a comma stands after the last value");
//! assert!(codes.contains(&"document/schema"), "sessions are a list");
//! ```

mod against;
mod entity;
mod fault;
mod fix;
mod ids;
mod json;
mod message;
mod older;
mod read;
mod rules;
mod schema;
mod shape;
mod subject;
mod syntax;
mod text;
mod tree;
mod version;

pub use against::{Lookup, Recorded};
pub use fault::{Edit, Fault};
pub use fix::{canonical, fixed};
pub use rules::rules;
pub use schema::{Kind, Validator, Violation};
pub use text::Text;

use std::sync::Arc;

use rapporteur_diagnostics::Finding;
use rapporteur_model::Document;
use rapporteur_people::Register;
use rapporteur_source::{Source, Span};
use serde_json::Value;

use crate::shape::Shape;
use crate::tree::Node;
use crate::version::Version;

/// What is wrong with a document.
#[derive(Debug, Default)]
pub struct Checked {
    /// The faults, in the order of the file.
    pub faults: Vec<Fault>,
    /// The texts, beside the file itself, that findings point into.
    pub texts: Vec<Arc<Source>>,
}

impl Validator {
    /// Everything that is wrong with a file that is to hold a document or a register of people. With a way to look up the
    /// texts that it was read from, its evidence is checked too.
    ///
    /// A fault that makes others is told alone: what is no JSON has no fields, and a file of a newer version is not measured
    /// by the schema of this one. A file of an older version is measured by its own schema, and by the rules of today.
    #[must_use]
    pub fn document(&self, file: &Source, lookup: Option<Lookup<'_>>) -> Checked {
        self.layers(file, |version, root, violations, checked| {
            let (mut faults, texts) = older::check(self, version, file, root, lookup);
            faults.retain(|fault| {
                !syntax::is_told(fault, &checked.faults) && !schema::follows(fault, violations, file, root)
            });
            checked.faults.extend(faults);
            checked.texts = texts;
        })
    }

    /// What is wrong with a file as JSON, and by its schema.
    #[must_use]
    pub fn form(&self, file: &Source) -> Checked {
        self.layers(file, |_, _, _, _| {})
    }

    /// The first two layers, and those that come after them.
    fn layers(&self, file: &Source, further: impl FnOnce(Version, Node<'_>, &[Violation], &mut Checked)) -> Checked {
        let mut checked = Checked { faults: syntax::bytes(file), texts: Vec::new() };
        let text = syntax::parsable(file);
        let (value, faults) = syntax::value(file, &text);
        checked.faults.extend(faults);
        if let Some(value) = &value {
            let root = Node::new(value);
            if let Some(version) = self.version(root) {
                let violations = self.violations(version, root);
                let mut faults = self.faults(version, file, root, &violations);
                faults.retain(|fault| !syntax::is_told(fault, &checked.faults));
                checked.faults.extend(faults);
                further(version, root, &violations, &mut checked);
            }
            checked.faults.extend(self.version_fault(file, root));
        }
        if let Some(value) = &value {
            point(file, Node::new(value), &mut checked.faults);
        }
        checked.faults.sort_by_key(|fault| fault.finding.labels.first().map(|label| (label.start, label.end)));
        checked
    }

    /// The document in a file, as it is today. What else is wrong with a document that follows its schema does not matter
    /// here.
    ///
    /// # Errors
    /// Where the file does not follow the schema of its version: everything that is wrong with it.
    pub fn read(&self, file: &Source) -> Result<Document, Vec<Finding>> {
        let document = self.sound_as(Shape::Document, file).and_then(|value| serde_json::from_value(value).ok());
        document.ok_or_else(|| self.findings(file))
    }

    /// The register of people in a file; as [`Validator::read`].
    ///
    /// # Errors
    /// Where the file does not follow the schema of its version: everything that is wrong with it.
    pub fn read_register(&self, file: &Source) -> Result<Register, Vec<Finding>> {
        let register = self.sound_as(Shape::Register, file).and_then(|value| serde_json::from_value(value).ok());
        register.ok_or_else(|| self.findings(file))
    }

    /// Whether a file says that it holds a register of people.
    #[must_use]
    pub fn is_register(&self, file: &Source) -> bool {
        let text = syntax::parsable(file);
        syntax::value(file, &text).0.is_some_and(|value| Shape::of(Node::new(&value)) == Shape::Register)
    }

    fn findings(&self, file: &Source) -> Vec<Finding> {
        self.document(file, None).faults.into_iter().map(|fault| fault.finding).collect()
    }

    fn sound_as(&self, shape: Shape, file: &Source) -> Option<Value> {
        self.sound(file).filter(|(held, _)| *held == shape).map(|(_, value)| value)
    }

    /// What a file holds, as it is today; `None` where it is no JSON that follows the schema of its version.
    pub(crate) fn sound(&self, file: &Source) -> Option<(Shape, Value)> {
        let text = syntax::parsable(file);
        let (value, faults) = syntax::value(file, &text);
        if !syntax::bytes(file).is_empty() || !faults.is_empty() {
            return None;
        }
        let root = Node::new(value.as_ref()?);
        let version = self.version(root)?;
        if !self.violations(version, root).is_empty() {
            return None;
        }
        let mut value = root.to_value();
        self.versions(version.shape).migrate(&mut value);
        Some((version.shape, value))
    }
}

/// Says of each place in the file which value it is in.
fn point(file: &Source, root: Node<'_>, faults: &mut [Fault]) {
    let labels = faults.iter_mut().flat_map(|fault| &mut fault.finding.labels);
    for label in labels.filter(|label| label.source == file.id()) {
        label.pointer = Some(root.pointer(Span::new(label.start, label.end)));
    }
}

/// Where the values of a JSON file stand; nothing where the file is no JSON.
///
/// Each is called by its JSON pointer (RFC 6901).
#[must_use]
pub fn places<'p>(file: &Source, pointers: impl IntoIterator<Item = &'p str>) -> Vec<Option<Span>> {
    let text = syntax::parsable(file);
    let value = syntax::value(file, &text).0;
    let place = |pointer| Some(Node::new(value.as_ref()?).at(pointer)?.span());
    pointers.into_iter().map(place).collect()
}
