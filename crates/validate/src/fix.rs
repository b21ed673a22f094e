//! Mending: edits applied to a file, and the canonical form.

use rapporteur_model::Document;
use rapporteur_source::Source;

use crate::fault::{Edit, Fault};
use crate::tree::Node;
use crate::{Lookup, Validator, syntax};

/// How often what was mended is looked at again: a right id may be made of a text that was mended first.
const ROUNDS: usize = 8;

/// The text of a document with everything mended that has one right answer, in canonical form where it follows the
/// schema then. `None` where there is nothing to mend.
#[must_use]
pub fn fixed(validator: &Validator, file: &Source, lookup: Option<Lookup<'_>>) -> Option<String> {
    let mut text = None;
    for _ in 0..ROUNDS {
        let now = text.take().map(|text: String| Source::new(file.id(), file.path(), text.into_bytes()));
        let checked = validator.document(now.as_ref().unwrap_or(file), lookup);
        let current = now.as_ref().unwrap_or(file);
        match applied(current, &checked.faults).or_else(|| of_today(validator, current)) {
            Some(mended) => text = Some(mended),
            None => {
                text = now.map(|now| now.text().to_owned());
                break;
            }
        }
    }
    let mended = text.as_deref().unwrap_or(file.text());
    canonical(validator, mended).or(text).filter(|text| text.as_bytes() != file.bytes())
}

/// A document in canonical form: that of today's version of the schema, fields in the order of the schema, two spaces, a
/// line end at the end, no escapes that need not be. `None` where it is no document that follows the schema of its version.
#[must_use]
pub fn canonical(validator: &Validator, text: &str) -> Option<String> {
    // what is wrong with the whole has no bearing on its form
    pretty(&validator.read(&Source::new("document", "document", text.as_bytes().to_vec()))?)
}

/// A document of an older version as one of today, which can be mended.
fn of_today(validator: &Validator, file: &Source) -> Option<String> {
    let text = syntax::parsable(file);
    let (value, _) = syntax::value(file, &text);
    let is_older = !validator.is_of_today(Node::new(value.as_ref()?));
    canonical(validator, file.text()).filter(|_| is_older)
}

fn pretty(document: &Document) -> Option<String> {
    let mut text = serde_json::to_string_pretty(document).ok()?;
    text.push('\n');
    Some(text)
}

/// The text with the edits of all faults, those of each all or none; edits that touch others wait for the next round.
fn applied(file: &Source, faults: &[Fault]) -> Option<String> {
    // bytes that are no UTF-8 would not survive
    if !file.invalid().is_empty() {
        return None;
    }
    let mut edits: Vec<&Edit> = Vec::new();
    for fault in faults {
        let apart = |edit: &Edit| {
            edits.iter().all(|taken| edit.span.end < taken.span.start || taken.span.end < edit.span.start)
        };
        if fault.edits.iter().all(apart) {
            edits.extend(&fault.edits);
        }
    }
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let (mut mended, mut at) = (String::with_capacity(file.text().len()), 0);
    for edit in edits {
        mended.push_str(&file.text()[at..edit.span.start]);
        mended.push_str(&edit.text);
        at = edit.span.end;
    }
    mended.push_str(&file.text()[at..]);
    Some(mended)
}
