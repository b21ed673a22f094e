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

use rapporteur_source::Source;

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
    /// Everything that is wrong with a file that is to hold a document. With a way to look up the texts that it was read
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
                let violations = self.check(&root.to_value());
                checked.faults.extend(self.faults(file, root, &violations));
                let subject = Subject::new(file, root);
                let mut faults = Vec::new();
                rules::check(&subject, &mut faults);
                if let Some(lookup) = lookup {
                    checked.texts = against::check(&subject, lookup, &mut faults);
                }
                faults.retain(|fault| !schema::follows(fault, &violations, file, root));
                checked.faults.extend(faults);
            }
            checked.faults.extend(version::check(file, root));
        }
        checked.faults.sort_by_key(|fault| fault.finding.labels.first().map(|label| (label.start, label.end)));
        checked
    }

    /// Whether a file is JSON that follows the schema.
    pub(crate) fn is_document(&self, file: &Source) -> bool {
        let text = syntax::parsable(file);
        let (value, faults) = syntax::value(file, &text);
        let follows = |value| self.check(&Node::new(value).to_value()).is_empty();
        syntax::bytes(file).is_empty() && faults.is_empty() && value.as_ref().is_some_and(follows)
    }
}
