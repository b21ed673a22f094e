//! Whether a document follows the version of the schema that this tool knows.

use rapporteur_source::Source;

use crate::fault::{Edit, Fault};
use crate::rules::schema_version;
use crate::shape::Shape;
use crate::tree::Node;

/// What is wrong with the version of a document; nothing where it is not there, which is for the schema to tell.
pub(crate) fn check(file: &Source, root: Node<'_>) -> Vec<Fault> {
    let (schema_id, schema_version) = (Shape::of(root).schema_id(), Shape::of(root).schema_version());
    let fault = |node: Node<'_>, message: String, help: String| {
        let message = format!("{}: {message}", root.pointer(node.span()));
        let finding = rapporteur_diagnostics::Finding::new(&schema_version::RULE, message);
        Fault::new(finding.at(file.id(), node.span(), "").help(help))
    };
    let version = root.get("schema_version").and_then(|node| Some((node, node.str()?)));
    if let Some((node, version)) = version.filter(|(_, version)| *version != schema_version) {
        let is_newer = parts(version).is_some_and(|version| Some(version) > parts(schema_version));
        let message = match is_newer {
            true => format!("version {version} is newer than {schema_version}, which this tool knows"),
            false => format!("there is no version {version}; this tool knows {schema_version}"),
        };
        return vec![fault(node, message, "the rest of the document was not checked".to_owned())];
    }
    let schema = root.get("$schema").and_then(|node| Some((node, node.str()?)));
    match (schema, version) {
        (Some((node, schema)), Some(_)) if schema != schema_id => {
            let message = format!("this is not the address of version {schema_version}");
            vec![fault(node, message, format!("it is {schema_id}")).fix([Edit::value(node.whole(), schema_id)])]
        }
        _ => Vec::new(),
    }
}

/// Whether the rest of a document can be judged: it does not name a version that is another.
pub(crate) fn is_known(root: Node<'_>) -> bool {
    root.text("schema_version").is_none_or(|version| version == Shape::of(root).schema_version())
}

/// `1.2.3` as three numbers.
fn parts(version: &str) -> Option<[u32; 3]> {
    let parts: Vec<u32> = version.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}
