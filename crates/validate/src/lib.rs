//! Validation of canonical documents: the JSON itself, its JSON Schema, rules on the whole, and the texts that it was read
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
mod older;
mod rules;
mod schema;
mod subject;
mod syntax;
mod tree;
mod version;

pub use against::{Lookup, Recorded};
pub use fault::{Edit, Fault};
pub use fix::{canonical, fixed};
pub use rules::rules;
pub use schema::{Kind, Validator, Violation};

use rapporteur_model::{Document, migrate};
use rapporteur_source::Source;

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
    /// Everything that is wrong with a file that is to hold a document. With a way to look up the texts that it was read
    /// from, its evidence is checked too.
    ///
    /// A fault that makes others is told alone: what is no JSON has no fields, and a document of a newer version is not
    /// measured by the schema of this one. A document of an older version is measured by its own schema, and by the rules of
    /// today.
    #[must_use]
    pub fn document(&self, file: &Source, lookup: Option<Lookup<'_>>) -> Checked {
        let mut checked = Checked { faults: syntax::bytes(file), texts: Vec::new() };
        let text = syntax::parsable(file);
        let (value, faults) = syntax::value(file, &text);
        checked.faults.extend(faults);
        if let Some(value) = &value {
            let root = Node::new(value);
            if let Some(version) = self.version(root) {
                let violations = self.violations(version, &root.to_value());
                checked.faults.extend(self.faults(version, file, root, &violations));
                let (mut faults, texts) = older::check(self, file, root, lookup);
                faults.retain(|fault| !schema::follows(fault, &violations, file, root));
                checked.faults.extend(faults);
                checked.texts = texts;
            }
            checked.faults.extend(self.version_fault(file, root));
        }
        checked.faults.sort_by_key(|fault| fault.finding.labels.first().map(|label| (label.start, label.end)));
        checked
    }

    /// The document in a file, where that is JSON that follows the schema of its version; as it is today.
    pub(crate) fn read(&self, file: &Source) -> Option<Document> {
        let text = syntax::parsable(file);
        let (value, faults) = syntax::value(file, &text);
        let root = Node::new(value.as_ref()?);
        let mut document = root.to_value();
        let is_sound = syntax::bytes(file).is_empty() && faults.is_empty();
        if !is_sound || !self.violations(self.version(root)?, &document).is_empty() {
            return None;
        }
        if !self.is_of_today(root) {
            migrate(&mut document, self.older);
        }
        serde_json::from_value(document).ok()
    }
}
