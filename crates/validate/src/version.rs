//! Which version of the schema a document follows.

use rapporteur_diagnostics::Finding;
use rapporteur_model::{SCHEMA_VERSION, schema_id};
use rapporteur_source::Source;

use crate::Validator;
use crate::fault::{Edit, Fault};
use crate::rules::schema_version;
use crate::tree::Node;

impl Validator {
    /// The versions that can be checked, the oldest first; the last is today's.
    pub(crate) fn versions(&self) -> impl Iterator<Item = &'static str> {
        self.older.iter().map(|older| older.version).chain([SCHEMA_VERSION])
    }

    /// The place among the versions of the one that a document names; today's where it names none, which is for the schema
    /// to tell. `None` where it names one that is not known, so that the rest of it cannot be judged.
    pub(crate) fn version(&self, root: Node<'_>) -> Option<usize> {
        let named = root.text("schema_version").unwrap_or(SCHEMA_VERSION);
        self.versions().position(|version| version == named)
    }

    pub(crate) fn is_of_today(&self, root: Node<'_>) -> bool {
        self.version(root) == Some(self.older.len())
    }

    /// What is wrong with the version of a document.
    pub(crate) fn version_fault(&self, file: &Source, root: Node<'_>) -> Option<Fault> {
        let node = root.get("schema_version")?;
        let named = node.str()?;
        let fault = |node: Node<'_>, message: String, help: String| {
            let message = format!("{}: {message}", root.pointer(node.span()));
            Fault::new(Finding::new(&schema_version::RULE, message).at(file.id(), node.span(), "").help(help))
        };
        if self.version(root).is_none() {
            let known = self.versions().collect::<Vec<_>>().join(", ");
            let is_newer = parts(named).is_some_and(|version| Some(version) > parts(SCHEMA_VERSION));
            let message = match is_newer {
                true => format!("version {named} is newer than {SCHEMA_VERSION}, which this tool knows"),
                false => format!("there is no version {named}; this tool knows {known}"),
            };
            return Some(fault(node, message, "the rest of the document was not checked".to_owned()));
        }
        let id = schema_id(named);
        let schema = root.get("$schema").filter(|schema| schema.str().is_some_and(|schema| schema != id))?;
        let message = format!("this is not the address of version {named}");
        Some(fault(schema, message, format!("it is {id}")).fix([Edit::value(schema.whole(), id)]))
    }
}

/// `1.2.3` as three numbers.
fn parts(version: &str) -> Option<[u32; 3]> {
    let parts: Vec<u32> = version.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}
