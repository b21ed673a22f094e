use rapporteur_diagnostics::rule;
use rustc_hash::FxHashMap;

use crate::fault::Fault;
use crate::subject::Subject;
use crate::tree::Node;

rule! {
    /// A place of evidence is none in its source: it is empty, or reaches past the end.
    ///
    /// # Why it matters
    /// Nothing can be looked up there.
    ///
    /// # Example
    /// ```json
    /// {"source": "report", "start": 60, "end": 12, "field": "title"}
    /// ```
    ///
    /// # What to do
    /// `rapporteur validate --sources DIR --fix` looks for the place where the value stands.
    "document/evidence-range", Error
}

pub(super) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    let sources = subject.root.list("sources").filter_map(|source| Some((source.text("id")?, source)));
    // of two sources of one id the first counts
    let bytes: FxHashMap<&str, Option<usize>> =
        sources.rev().map(|(id, source)| (id, source.get("bytes").and_then(Node::count))).collect();
    for entity in &subject.entities {
        for place in entity.evidence() {
            let (start, end) = (place.start, place.end);
            let bytes = bytes.get(place.source).copied().flatten();
            if start < end && bytes.is_none_or(|bytes| end <= bytes) {
                continue;
            }
            // as the file has them, however large
            let written = |field| place.node.get(field).and_then(Node::number).unwrap_or_default();
            let (first, last) = (written("start"), written("end"));
            let (field, message) = match bytes {
                Some(bytes) if start > bytes => {
                    ("start", format!("the place starts at byte {first}, and the source has {bytes} bytes"))
                }
                Some(bytes) if start < end => {
                    ("end", format!("the place ends at byte {last}, and the source has {bytes} bytes"))
                }
                _ => ("end", format!("the place ends at byte {last}, and starts at byte {first}")),
            };
            let span = place.node.get(field).map_or(place.node.span(), Node::span);
            faults.push(subject.fault(&RULE, span, &message));
        }
    }
}
