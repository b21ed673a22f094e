//! Validation of canonical documents and registers of people: the JSON itself, its JSON Schema, rules on the whole, and the texts that it was read
//! from, as one stream of findings. What has one right answer is mended.
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
mod bears;
mod entity;
mod fault;
mod fix;
mod ids;
mod message;
mod moved;
mod rules;
mod schema;
mod shape;
mod subject;
mod syntax;
mod tree;
mod version;

pub use against::{Lookup, Recorded};
pub use fault::{Edit, Fault};
pub use fix::{canonical, fixed};
pub use rules::rules;
pub use schema::{Kind, Validator, Violation};

use rapporteur_diagnostics::Finding;
use rapporteur_model::Document;
use rapporteur_people::Register;
use rapporteur_source::{Source, Span};

use crate::rules::register::Registered;
use crate::shape::Shape;
use crate::subject::Subject;
use crate::tree::Node;

/// What is wrong with a document.
#[derive(Debug, Default)]
pub struct Checked {
    /// The faults, in the order of the file.
    pub faults: Vec<Fault>,
    /// The texts, beside the file itself, that findings point into.
    pub texts: Vec<Source>,
}

impl Validator {
    /// Everything that is wrong with a file that is to hold a document or a register of people. With a way to look up the texts that it was read
    /// from, its evidence is checked too.
    ///
    /// A fault that makes others is told alone: what is no JSON has no fields, and a document of a newer version is not
    /// measured by the schema of this one.
    #[must_use]
    pub fn document(&self, file: &Source, lookup: Option<Lookup<'_>>) -> Checked {
        let mut checked = Checked { faults: syntax::bytes(file), texts: Vec::new() };
        let text = syntax::parsable(file);
        let (value, faults) = syntax::value(file, &text);
        checked.faults.extend(faults);
        if let Some(value) = &value {
            let root = Node::new(value);
            if version::is_known(root) {
                let value = root.to_value();
                let violations = self.check_as(Shape::of(root), &value);
                checked.faults.extend(self.faults(file, root, &violations));
                let mut faults = Vec::new();
                match Shape::of(root) {
                    Shape::Document => {
                        let subject = Subject::new(file, root);
                        rules::check(&subject, &mut faults);
                        if let Some(lookup) = lookup {
                            checked.texts = against::check(&subject, lookup, &mut faults);
                        }
                    }
                    Shape::Register => {
                        if let Ok(register) = serde_json::from_value(value) {
                            rules::register::check(&Registered { file, root, register: &register }, &mut faults);
                        }
                    }
                }
                faults.retain(|fault| !schema::follows(fault, &violations, file, root));
                checked.faults.extend(faults);
            }
            checked.faults.extend(version::check(file, root));
        }
        checked.faults.sort_by_key(|fault| fault.finding.labels.first().map(|label| (label.start, label.end)));
        checked
    }

    /// The document in a file. What else is wrong with a document that follows the schema does not matter here.
    ///
    /// # Errors
    /// Where the file does not follow the schema: everything that is wrong with it.
    pub fn read(&self, file: &Source) -> Result<Document, Vec<Finding>> {
        let is_document = self.shape(file) == Some(Shape::Document);
        let document = if is_document { serde_json::from_str(file.text()).ok() } else { None };
        document.ok_or_else(|| self.findings(file))
    }

    /// The register of people in a file; as [`Validator::read`].
    ///
    /// # Errors
    /// Where the file does not follow the schema: everything that is wrong with it.
    pub fn read_register(&self, file: &Source) -> Result<Register, Vec<Finding>> {
        let is_register = self.shape(file) == Some(Shape::Register);
        let register = if is_register { serde_json::from_str(file.text()).ok() } else { None };
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

    /// What a file holds; `None` where it does not follow the schema, in the version that is known here.
    fn shape(&self, file: &Source) -> Option<Shape> {
        let text = syntax::parsable(file);
        let (value, faults) = syntax::value(file, &text);
        if !syntax::bytes(file).is_empty() || !faults.is_empty() {
            return None;
        }
        let root = Node::new(value.as_ref()?);
        let shape = Shape::of(root);
        (version::is_known(root) && self.check_as(shape, &root.to_value()).is_empty()).then_some(shape)
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
