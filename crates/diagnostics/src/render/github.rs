use std::fmt::Write as _;

use rapporteur_source::Source;

use super::harmless;
use super::place::{Places, path};
use crate::{Finding, Severity};

/// Findings as workflow commands of GitHub Actions, which shows them at their lines of a change.
///
/// GitHub shows ten errors and ten warnings of a step, whatever it is told.
#[must_use]
pub fn github(findings: &[Finding], sources: &[Source]) -> String {
    let places = Places::new(sources);
    let mut out = String::new();
    for finding in findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "notice",
        };
        let _ = write!(out, "::{command} ");
        // Standard input is no file of the repository.
        if let Some(place) = places.of(finding).next().filter(|place| place.source.path() != "-") {
            let (start, end) = (place.start, place.end);
            let _ = write!(out, "file={},line={}", property(&path(place.source)), start.line);
            // Columns are refused where there are several lines.
            let _ = match start.line == end.line {
                true => write!(out, ",col={},endLine={},endColumn={},", start.column, end.line, end.column),
                false => write!(out, ",endLine={},", end.line),
            };
        }
        let lines = [harmless(&finding.message)].into_iter().chain(places.details(finding)).collect::<Vec<_>>();
        let _ = writeln!(out, "title={}::{}", property(finding.rule.code), message(&lines.join("\n")));
    }
    out
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
