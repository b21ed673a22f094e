//! Findings as JSON for other tools, in a shape that is the project's own and documented by a JSON Schema.

use rapporteur_source::Source;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::{Place, Places};
use super::pretty;
use crate::{Finding, Severity, Summary};

/// Version of the shape of [`Report`].
pub const SCHEMA_VERSION: &str = "1.1.0";

/// Identifies the JSON Schema of [`Report`].
pub const SCHEMA_ID: &str = "urn:rapporteur:schema:findings:1.1.0";

/// The findings of one run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Version of the schema that this follows.
    pub schema_version: String,
    /// What found them.
    pub tool: Tool,
    /// The findings, in the order of the sources and of their text.
    pub findings: Vec<Entry>,
    /// How many there are of each severity.
    pub summary: Summary,
}

/// The tool that found something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// `rapporteur`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The rule that it breaks, `area/what-is-wrong`; `rapporteur explain` says what it means.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is the matter, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where: the first is the place itself, further ones stand at what contradicts or explains it. Empty where it is
    /// about no place.
    pub labels: Vec<Marked>,
}

/// A marked place in a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    /// The id of the source in the document.
    pub source: String,
    /// The path of the source, as it was named on the command line; `-` is standard input.
    pub path: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Line of the first byte, counted from 1.
    pub start_line: usize,
    /// Column of the first byte in its line, in characters (Unicode code points), counted from 1.
    pub start_column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column of the end in its line, in characters, counted from 1: that of the first character past the place.
    pub end_column: usize,
    /// What is to be seen there; may be empty.
    pub text: String,
    /// JSON pointer (RFC 6901) to the value that the place is in, where the source is JSON; empty for the whole, `null`
    /// in any other source and where the JSON could not be read.
    pub pointer: Option<String>,
    /// The text at the place as it stands in the source: 200 characters at most, an ellipsis for the rest.
    pub excerpt: String,
}

/// Findings as JSON: a [`Report`].
#[must_use]
pub fn json(findings: &[Finding], sources: &[Source]) -> String {
    let places = Places::new(sources);
    pretty(&Report {
        schema_version: SCHEMA_VERSION.to_owned(),
        tool: Tool { name: "rapporteur".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        findings: findings.iter().map(|finding| entry(finding, &places)).collect(),
        summary: Summary::of(findings),
    })
}

fn entry(finding: &Finding, places: &Places<'_>) -> Entry {
    Entry {
        code: finding.rule.code.to_owned(),
        severity: finding.severity,
        message: finding.message.clone(),
        help: finding.help.clone(),
        labels: places.of(finding).map(marked).collect(),
    }
}

fn marked(place: Place<'_>) -> Marked {
    Marked {
        source: place.source.id().to_owned(),
        path: place.source.path().to_owned(),
        start: place.span.start,
        end: place.span.end,
        start_line: place.start.line,
        start_column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
        text: place.text.to_owned(),
        pointer: place.pointer.map(str::to_owned),
        excerpt: place.excerpt().into_owned(),
    }
}
