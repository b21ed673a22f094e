//! Every renderer with findings of every shape, as snapshots; what machines read is read back and checked.

use std::fs;
use std::path::Path;

use quick_xml::events::Event;
use rapporteur_diagnostics::{Finding, Severity, Summary, render};
use rapporteur_source::{Source, Span};
use serde_json::Value;

mod xsd;
mod zoo;

type Renderer = fn(&[Finding], &[Source]) -> String;

const RENDERERS: &[(&str, Renderer)] = &[
    ("plain", render::plain),
    ("json", render::json),
    ("sarif", render::sarif),
    ("github", render::github),
    ("junit", render::junit),
];

/// How the zoo is rendered by the format that is called `name`.
fn rendered(name: &str) -> String {
    let (_, renderer) = RENDERERS.iter().find(|(format, _)| *format == name).expect("there is such a format");
    renderer(&zoo::findings(), &zoo::sources())
}

#[test]
fn every_format_says_all_of_it() {
    for (name, renderer) in RENDERERS {
        let text = renderer(&zoo::findings(), &zoo::sources());
        insta::assert_snapshot!(*name, text);
        for finding in zoo::findings().iter().filter(|finding| finding.message != zoo::ODD) {
            assert!(text.contains(&finding.message), "{name}: {}", finding.message);
        }
    }
}

#[test]
fn every_format_does_without_findings_and_sources() {
    for (name, renderer) in RENDERERS {
        insta::assert_snapshot!(format!("{name}-empty"), renderer(&[], &[]));
    }
}

#[test]
fn text_for_people_holds_nothing_that_a_terminal_obeys() {
    for name in ["plain", "github", "junit"] {
        let text = rendered(name);
        let odd: Vec<_> = text.chars().filter(|&c| c != '\n' && render::harmless_char(c) != c).collect();
        assert_eq!(odd, [], "{name}");
    }
}

#[test]
fn what_people_read_of_a_finding_does_not_grow_with_its_source_and_its_places() {
    for renderer in [render::plain, render::github, render::junit] {
        let lines = |times: usize| {
            let sources = [Source::new("report", "report.txt", "ropes ".repeat(times).into_bytes())];
            let places = (0..times).map(|place| Span::new(6 * place, 6 * times));
            let finding = zoo::findings().swap_remove(0);
            let finding = places.fold(finding, |finding, place| finding.at("report", place, "a rope"));
            renderer(&[finding], &sources).replace("%0A", "\n").lines().count()
        };
        assert_eq!(lines(10), lines(1000));
    }
}

/// Checks `text` against a schema in the repository, from which nothing is fetched.
fn follows(schema: &str, text: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(schema);
    let schema = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // what SARIF says of languages is no regular expression: it closes a bracket that it does not open
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema: Value = serde_json::from_str(&schema).expect("a schema is JSON");
    let validator = jsonschema::options().offline().should_validate_formats(true).build(&schema);
    let value: Value = serde_json::from_str(text).expect("JSON");
    let faults: Vec<_> = validator
        .expect("a schema")
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(faults, [] as [&str; 0]);
    value
}

#[test]
fn json_follows_its_schema_and_is_read_back() {
    let schema = format!("schema/findings-{}.json", render::json::SCHEMA_VERSION);
    follows(&schema, &render::json(&[], &[]));
    let page = include_str!("../../../docs/findings.md");
    let example = page.split_once("```json\n").and_then(|(_, page)| page.split_once("```"));
    follows(&schema, example.expect("there is an example").0);
    let (findings, sources) = (zoo::findings(), zoo::sources());
    let value = follows(&schema, &rendered("json"));
    let report: render::json::Report = serde_json::from_value(value).expect("a report");
    assert_eq!(report.summary, Summary::of(&findings));
    assert_eq!(report.findings.len(), findings.len());
    for (entry, finding) in report.findings.iter().zip(&findings) {
        assert_eq!((entry.code.as_str(), entry.severity), (finding.rule.code, finding.severity));
        assert_eq!((&entry.message, &entry.help), (&finding.message, &finding.help));
        for label in &entry.labels {
            let source = sources.iter().find(|source| source.id() == label.source).expect("its source");
            let text = &source.text()[label.start..label.end];
            assert!(text.starts_with(label.excerpt.trim_end_matches('…')), "{label:?}");
            let start = source.position(label.start);
            assert_eq!((label.start_line, label.start_column), (start.line, start.column));
        }
    }
    let many = report.findings.iter().find(|entry| entry.message == "in many places").expect("it is there");
    assert_eq!(many.labels.len(), 300, "nothing is left out for machines");
}

#[test]
fn sarif_follows_the_official_schema() {
    let schema = "fixtures/third-party/sarif-2.1.0.json";
    follows(schema, &render::sarif(&[], &[]));
    let log = follows(schema, &rendered("sarif"));
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), zoo::findings().len());
    let mut fingerprints = Vec::new();
    for (result, finding) in results.iter().zip(zoo::findings()) {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small one");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let text = result["message"]["text"].as_str().expect("a message");
        assert!(text.starts_with(&finding.message), "{text}");
        fingerprints.push(result["partialFingerprints"]["rapporteur/v1"].as_str().expect("a fingerprint"));
    }
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), results.len(), "each result has a fingerprint of its own");
}

#[test]
fn a_fingerprint_stays_when_lines_are_added_before_its_place() {
    let fingerprints = |text: &str, shift: usize| {
        let sources = [Source::new("report", "report.txt", text.as_bytes().to_vec())];
        let mut finding = zoo::findings().swap_remove(2);
        (finding.labels[0].start, finding.labels[0].end) = (shift + 7, shift + 25);
        let log: Value = serde_json::from_str(&render::sarif(&[finding], &sources)).expect("JSON");
        log["runs"][0]["results"][0]["partialFingerprints"].clone()
    };
    let text = "Title\n\nA quote of nobody.\n";
    assert_eq!(fingerprints(text, 0), fingerprints(&format!("New line\n{text}"), 9));
    assert_ne!(fingerprints(text, 0), fingerprints(text, 1));
}

/// A command of GitHub, as its reader takes it apart: name, properties, message.
type Command = (String, Vec<(String, String)>, String);

fn commands(text: &str) -> Vec<Command> {
    let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let property = |text: &str| data(&text.replace("%3A", ":").replace("%2C", ","));
    let command = |line: &str| {
        let (head, message) = line.strip_prefix("::")?.split_once("::")?;
        let (name, properties) = head.split_once(' ')?;
        let properties = properties.split(',').map(|written| {
            let (key, value) = written.split_once('=').expect("key=value");
            (key.to_owned(), property(value))
        });
        Some((name.to_owned(), properties.collect(), data(message)))
    };
    text.lines().map(|line| command(line).unwrap_or_else(|| panic!("no command: {line}"))).collect()
}

#[test]
fn github_reads_back_what_was_written() {
    let commands = commands(&rendered("github"));
    for ((name, properties, message), finding) in commands.iter().zip(&zoo::findings()) {
        let property = |name: &str| properties.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let expected = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "notice",
        };
        assert_eq!((name.as_str(), property("title")), (expected, Some(finding.rule.code)));
        assert_eq!(message.lines().next(), Some(render::harmless(&finding.message).as_str()));
        assert_eq!(property("line").is_some(), property("file").is_some());
        assert_eq!(property("endLine").is_some(), property("file").is_some());
        if property("line") != property("endLine") {
            assert_eq!(property("col").or(property("endColumn")), None, "columns are for one line");
        }
    }
    assert_eq!(commands.len(), zoo::findings().len());
    let odd = commands.iter().find(|(_, _, message)| message.starts_with("100%")).expect("it is there");
    assert_eq!(odd.1[0], ("file".to_owned(), "out put/\u{17d}ofie: 100%,\n.txt".to_owned()));
}

#[test]
fn junit_is_xml_of_suites_and_cases() {
    let xml = rendered("junit");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut path, mut suites, mut cases, mut failures, mut outputs) = (Vec::new(), 0, 0, 0, 0);
    let mut counted = (0, 0);
    loop {
        let event = reader.read_event().expect("well-formed");
        let (start, is_empty) = match &event {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(_) => {
                path.pop();
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        let name = start.name().as_ref().to_owned();
        let attribute = |name: &str| {
            let value = start.try_get_attribute(name).expect("well-formed").unwrap_or_else(|| panic!("no {name}"));
            value.normalized_value(quick_xml::XmlVersion::Implicit1_0).expect("no unknown entity").into_owned()
        };
        let number = |name: &str| attribute(name).parse::<usize>().expect("a number");
        let (parent, texts, numbers): (_, &[&str], &[&str]) = match name.as_str() {
            "testsuites" => {
                counted = (number("tests"), number("failures"));
                (None, &["name"], &["errors"])
            }
            "testsuite" => {
                suites += 1;
                (Some("testsuites"), &["name"], &["tests", "failures", "errors", "skipped"])
            }
            "testcase" => {
                cases += 1;
                (Some("testsuite"), &["name", "classname"], &[])
            }
            "failure" => {
                failures += 1;
                (Some("testcase"), &["type", "message"], &[])
            }
            "system-out" => {
                outputs += 1;
                (Some("testcase"), &[], &[])
            }
            other => panic!("unknown element {other}"),
        };
        assert_eq!(path.last().map(String::as_str), parent);
        texts.iter().for_each(|name| assert_ne!(attribute(name), "", "{name}"));
        numbers.iter().for_each(|name| assert!(number(name) <= 1000, "{name}"));
        if !is_empty {
            path.push(name);
        }
    }
    let found = Summary::of(&zoo::findings());
    let untouched = 1;
    assert_eq!(path, [] as [&str; 0]);
    assert_eq!((failures, outputs), (found.errors + found.warnings, found.advice));
    assert_eq!((cases, failures), counted);
    assert_eq!(cases, zoo::findings().len() + untouched);
    assert_eq!(suites, zoo::sources().len() + 1, "one for what is in no source");
}

#[test]
fn junit_follows_the_schema_of_jenkins() {
    let schema = include_str!("../../../fixtures/third-party/junit-10.xsd");
    assert_eq!(xsd::faults(schema, &rendered("junit")), [] as [&str; 0]);
    assert_eq!(xsd::faults(schema, &render::junit(&[], &[])), [] as [&str; 0]);
    for (what, other, fault) in [
        ("failure ", "failing ", "<failing> is not allowed in <testcase>"),
        ("classname=", "class=", "<testcase> has no attribute `class`"),
        ("<testcase name=", "<testcase title=", "<testcase> lacks `name`"),
        ("<testcase ", "text<testcase ", "text is not allowed in <testsuite>"),
    ] {
        let suite = "<testsuites><testsuite name='a' tests='1' failures='1' errors='0'><testcase name='b' classname='c'>\
                     <failure type='d' message='e'/></testcase></testsuite></testsuites>";
        assert_eq!(xsd::faults(schema, suite), [] as [&str; 0]);
        let spoilt = suite.replacen(what, other, 1);
        assert!(xsd::faults(schema, &spoilt).iter().any(|told| told == fault), "{spoilt}");
    }
}
