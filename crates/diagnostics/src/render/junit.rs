use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use rapporteur_source::Source;

use super::harmless;
use super::place::{Places, name};
use crate::{Finding, Severity};

/// The findings of one source, or those of none.
struct Suite<'a> {
    name: String,
    findings: Vec<&'a Finding>,
}

impl Suite<'_> {
    /// A source with nothing to find in it is one test that passes: readers take no tests for a fault.
    fn tests(&self) -> usize {
        self.findings.len().max(1)
    }

    fn failures(&self) -> usize {
        self.findings.iter().filter(|finding| fails(finding)).count()
    }
}

/// Findings as a report of tests (`JUnit`): a suite for each source, a test for each finding, which fails where the finding is an
/// error or a warning.
///
/// Advice is a test that passes and tells in its output what was found: it is nothing to mend, and tests that are skipped
/// make some readers call the whole run unstable.
#[must_use]
pub fn junit(findings: &[Finding], sources: &[Source]) -> String {
    let places = Places::new(sources);
    let mut suites: Vec<_> = sources.iter().map(|source| Suite { name: name(source), findings: Vec::new() }).collect();
    let mut nowhere = Suite { name: "rapporteur".to_owned(), findings: Vec::new() };
    for finding in findings {
        match places.of(finding).next() {
            Some(place) => suites[place.index].findings.push(finding),
            None => nowhere.findings.push(finding),
        }
    }
    if !nowhere.findings.is_empty() || suites.is_empty() {
        suites.insert(0, nowhere);
    }
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(&mut writer, &suites, &places).expect("a vector takes all that is written to it");
    let mut xml = writer.into_inner();
    xml.push(b'\n');
    String::from_utf8(xml).expect("the writer is given nothing but strings")
}

fn write(writer: &mut Writer<Vec<u8>>, suites: &[Suite<'_>], places: &Places<'_>) -> io::Result<()> {
    let tests = suites.iter().map(Suite::tests).sum::<usize>().to_string();
    let failures = suites.iter().map(Suite::failures).sum::<usize>().to_string();
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element("testsuites")
        .with_attributes([("name", "rapporteur"), ("tests", &tests), ("failures", &failures), ("errors", "0")])
        .write_inner_content(|writer| suites.iter().try_for_each(|suite| write_suite(writer, suite, places)))?;
    Ok(())
}

fn write_suite(writer: &mut Writer<Vec<u8>>, suite: &Suite<'_>, places: &Places<'_>) -> io::Result<()> {
    let (tests, failures) = (suite.tests().to_string(), suite.failures().to_string());
    let element = writer.create_element("testsuite").with_attributes([
        ("name", suite.name.as_str()),
        ("tests", &tests),
        ("failures", &failures),
        ("errors", "0"),
        ("skipped", "0"),
    ]);
    element.write_inner_content(|writer| {
        if suite.findings.is_empty() {
            let case = [("classname", "rapporteur"), ("name", "no findings")];
            writer.create_element("testcase").with_attributes(case).write_empty()?;
        }
        suite.findings.iter().try_for_each(|finding| write_case(writer, finding, places))
    })?;
    Ok(())
}

fn write_case(writer: &mut Writer<Vec<u8>>, finding: &Finding, places: &Places<'_>) -> io::Result<()> {
    let message = harmless(&finding.message);
    let name = match places.of(finding).next() {
        Some(place) => format!("{}: {message}", place.at()),
        None => message.clone(),
    };
    let told = [name.clone()].into_iter().chain(places.details(finding)).collect::<Vec<_>>().join("\n");
    let case = [("classname", finding.rule.code), ("name", &name)];
    writer.create_element("testcase").with_attributes(case).write_inner_content(|writer| {
        let element = if fails(finding) {
            let kind = [("type", finding.severity.as_str()), ("message", &message)];
            writer.create_element("failure").with_attributes(kind)
        } else {
            writer.create_element("system-out")
        };
        element.write_text_content(BytesText::new(&told)).map(|_| ())
    })?;
    Ok(())
}

fn fails(finding: &Finding) -> bool {
    finding.severity >= Severity::Warning
}
