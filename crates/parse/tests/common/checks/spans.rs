//! Every span points into the bytes as they were read.

use rapporteur_diagnostics::Finding;
use rapporteur_source::Source;
use serde_json::Value;

use super::entities;

/// Evidence and labels of findings that do not lie in a source, or cut a character.
pub(crate) fn spans(document: &Value, findings: &[Finding], sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for entity in entities(document) {
        for place in entity.places() {
            let outside = outside(place.source, place.start, place.end, sources);
            let nothing = (place.start == place.end).then_some("points at nothing");
            if let Some(fault) = outside.or(nothing) {
                let (start, end) = (place.start, place.end);
                faults.push(format!("{}, {}: {start}..{end} {fault}", entity.pointer, place.field));
            }
        }
    }
    for finding in findings {
        for label in &finding.labels {
            if let Some(fault) = outside(&label.source, label.start, label.end, sources) {
                faults.push(format!("{} ({}): {}..{} {fault}", finding.rule, finding.message, label.start, label.end));
            }
        }
    }
    faults
}

/// What is wrong with a span, if anything is.
fn outside(id: &str, start: usize, end: usize, sources: &[Source]) -> Option<&'static str> {
    let Some(source) = sources.iter().find(|source| source.id() == id) else {
        return Some("is of no source");
    };
    if start > end {
        return Some("runs backwards");
    }
    if end > source.bytes().len() {
        return Some("ends after the source");
    }
    let cut = [start, end].iter().any(|&at| !source.text().is_char_boundary(at));
    cut.then_some("cuts a character")
}
