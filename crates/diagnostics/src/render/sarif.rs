//! Findings as SARIF 2.1.0, the format of code scanning.
//!
//! These are the parts of the format that findings fill, as serde types.

use std::collections::BTreeMap;

use rapporteur_source::{Source, sha256};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::place::{Place, Places, uri};
use super::pretty;
use crate::{Finding, Rule, Severity};

/// Where the format is described.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What relative paths are relative to, by the name that code scanning gives to the folder of the repository.
const ROOT: &str = "%SRCROOT%";

/// Characters of a fingerprint: 64 bits.
const FINGERPRINT: usize = 16;

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message,
    full_description: Message,
    help: Markdown,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Markdown {
    text: String,
    markdown: String,
}

/// One result; `Result` is taken.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "rapporteur/v1")]
    finding: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    logical_locations: Option<[LogicalLocation; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

/// A place by what it is called in its file: the JSON pointer of a value.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    byte_offset: usize,
    byte_length: usize,
}

/// Findings as SARIF 2.1.0. Of the rules, those are described that found something.
#[must_use]
pub fn sarif(findings: &[Finding], sources: &[Source]) -> String {
    let places = Places::new(sources);
    let rules: BTreeMap<_, _> = findings.iter().map(|finding| (finding.rule.code, finding.rule)).collect();
    let indices: FxHashMap<_, _> = rules.keys().enumerate().map(|(index, &code)| (code, index)).collect();
    let mut seen = FxHashMap::default();
    let results = findings.iter().map(|finding| {
        let code = finding.rule.code;
        let mut locations = places.of(finding);
        let first = locations.next();
        Outcome {
            rule_id: code,
            rule_index: indices[code],
            level: level(finding.severity),
            message: Message { text: told(finding) },
            partial_fingerprints: Fingerprints { finding: fingerprint(finding, first, &mut seen) },
            locations: first.map(|place| location(place, None)).into_iter().collect(),
            related_locations: locations.enumerate().map(|(index, place)| location(place, Some(index))).collect(),
        }
    });
    pretty(&Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            results: results.collect(),
            column_kind: "unicodeCodePoints",
            tool: Tool {
                driver: Driver {
                    name: "rapporteur",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: rules.into_values().map(descriptor).collect(),
                },
            },
        }],
    })
}

fn descriptor(rule: &Rule) -> Descriptor {
    let text = Message { text: rule.summary() };
    Descriptor {
        id: rule.code,
        short_description: Message { text: rule.title() },
        full_description: text,
        help: Markdown { text: rule.page(), markdown: rule.page() },
        default_configuration: Configuration { level: level(rule.severity) },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn told(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    }
}

fn location(place: Place<'_>, id: Option<usize>) -> Location {
    let uri = uri(place.source);
    Location {
        id,
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation { uri_base_id: (!uri.starts_with("file:")).then_some(ROOT), uri },
            region: Region {
                start_line: place.start.line,
                start_column: place.start.column,
                end_line: place.end.line,
                end_column: place.end.column,
                byte_offset: place.span.start,
                byte_length: place.span.len(),
            },
        },
        // that of the whole file is empty, and would say nothing
        logical_locations: (place.pointer.filter(|pointer| !pointer.is_empty()))
            .map(|pointer| [LogicalLocation { fully_qualified_name: pointer.to_owned() }]),
        message: (!place.text.is_empty()).then(|| Message { text: place.text.to_owned() }),
    }
}

/// The same for one finding in two runs, though lines were added before it: made of its rule and source and of the text at
/// its place, and of its number among those where all of this is the same.
fn fingerprint(finding: &Finding, place: Option<Place<'_>>, seen: &mut FxHashMap<String, usize>) -> String {
    let about = match place {
        Some(place) => format!("{}\0{}\0{}", finding.rule, uri(place.source), place.excerpt()),
        None => format!("{}\0{}", finding.rule, finding.message),
    };
    let digest = sha256(about.as_bytes());
    let number = seen.entry(about).and_modify(|number| *number += 1).or_default();
    format!("{}:{number}", &digest[..FINGERPRINT])
}
