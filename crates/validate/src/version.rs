//! Which version of which shape a file follows.

use rapporteur_diagnostics::{Finding, Rule};
use rapporteur_source::Source;

use crate::Validator;
use crate::fault::{Edit, Fault};
use crate::rules::{older_version, schema_version};
use crate::shape::Shape;
use crate::tree::Node;

/// A shape in one of its versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) shape: Shape,
    /// The place among the versions of the shape, the oldest first.
    pub(crate) at: usize,
}

impl Validator {
    /// The version of a shape that is written today.
    pub(crate) fn of_today(&self, shape: Shape) -> Version {
        Version { shape, at: self.versions(shape).older.len() }
    }

    /// The version that a file names; today's where it names none, which is for the schema to tell. `None` where it names
    /// one that is not known, so that the rest of it cannot be judged.
    pub(crate) fn version(&self, root: Node<'_>) -> Option<Version> {
        let shape = Shape::of(root);
        let versions = self.versions(shape);
        let named = root.text("schema_version").unwrap_or(versions.today);
        Some(Version { shape, at: versions.all().position(|version| version == named)? })
    }

    pub(crate) fn is_of_today(&self, version: Version) -> bool {
        version == self.of_today(version.shape)
    }

    /// What is wrong with the version of a file.
    pub(crate) fn version_fault(&self, file: &Source, root: Node<'_>) -> Option<Fault> {
        let node = root.get("schema_version")?;
        let named = node.str()?;
        let versions = self.versions(Shape::of(root));
        let fault = |rule: &'static Rule, node: Node<'_>, message: String, help: String| {
            let message = format!("{}: {message}", root.pointer(node.span()));
            Fault::new(Finding::new(rule, message).at(file.id(), node.span(), "").help(help))
        };
        let today = versions.today;
        if self.version(root).is_none() {
            let is_newer = parts(named).is_some_and(|version| Some(version) > parts(today));
            let message = match is_newer {
                true => format!("version {named} is newer than {today}, which this tool knows"),
                false => {
                    format!(
                        "there is no version {named}; this tool knows {}",
                        versions.all().collect::<Vec<_>>().join(", ")
                    )
                }
            };
            let help = "the rest of the document was not checked".to_owned();
            return Some(fault(&schema_version::RULE, node, message, help));
        }
        let leads_there = |address: &str| versions.led_to(address) == Some(named);
        if let Some(schema) = root.get("$schema").filter(|schema| schema.str().is_some_and(|it| !leads_there(it))) {
            let (id, name) = (versions.id(named), versions.file(named));
            let message = format!("this does not lead to version {named}");
            let help = format!("it is {id}, or ends in {name}");
            let fault = fault(&schema_version::RULE, schema, message, help);
            return Some(fault.fix([Edit::value(schema.whole(), id)]));
        }
        let message = format!("this is of version {named}; today's is {today}");
        let help = "`rapporteur fmt` writes it as one of today".to_owned();
        (named != today).then(|| fault(&older_version::RULE, node, message, help))
    }
}

/// `1.2.3` as three numbers.
fn parts(version: &str) -> Option<[u32; 3]> {
    let parts: Vec<u32> = version.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}
