use std::fmt::Write as _;

use rapporteur_source::Source;

use super::harmless;
use super::place::Places;
use crate::Finding;

/// Findings as lines of text, for logs and screen readers: `path:line:column: severity[code]: message`, and below it,
/// indented, what is to be seen at its places and what to do.
#[must_use]
pub fn plain(findings: &[Finding], sources: &[Source]) -> String {
    let places = Places::new(sources);
    let mut out = String::new();
    for finding in findings {
        if let Some(place) = places.of(finding).next() {
            let _ = write!(out, "{}: ", place.at());
        }
        let _ = writeln!(out, "{}[{}]: {}", finding.severity, finding.rule, harmless(&finding.message));
        for detail in places.details(finding) {
            let _ = writeln!(out, "  {detail}");
        }
    }
    out
}
