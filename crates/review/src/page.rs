//! The page as a whole.

use askama::Template;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rapporteur_diagnostics::Summary;
use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};

use crate::marks::Marks;
use crate::shown::shown_text;
use crate::view::{Choice, FindingView, Section, Text};
use crate::{Review, describe, findings, text};

const STYLE: &str = include_str!("../assets/review.css");
const SCRIPT: &str = include_str!("../assets/review.js");
const FORMS: &str = include_str!("../assets/correct.js");

#[derive(Template)]
#[template(path = "page.html")]
struct Page {
    title: String,
    /// What the page may do: nothing but its own style and script.
    policy: String,
    style: &'static str,
    script: &'static str,
    texts: Vec<Text>,
    sections: Vec<Section>,
    findings: Vec<FindingView>,
    summary: String,
    severities: Vec<Choice>,
    labels: Vec<Choice>,
    inferred: usize,
    corrected: usize,
    unread: usize,
    /// What the forms need; without it there are none.
    forms: Option<Forms>,
}

/// The forms of a page that is served.
struct Forms {
    version: String,
    labels: Vec<Choice>,
    script: &'static str,
}

/// The page of a review.
pub(crate) fn render(review: &Review<'_>) -> String {
    let mut marks = Marks::new(review.sources);
    let sections = describe::sections(review.document, &mut marks);
    let findings = findings::findings(review.findings, &mut marks);
    let texts: Vec<Text> = review
        .sources
        .iter()
        .zip(review.ledgers)
        .enumerate()
        .map(|(index, (source, ledger))| Text {
            id: source.id().to_owned(),
            path: shown_text(source.path()),
            blocks: text::blocks(source, ledger, marks.places(index)),
        })
        .collect();
    let edition = &review.document.edition;
    let title = edition.name.as_deref().or(edition.short_name.as_deref()).unwrap_or(&edition.id);
    let page = Page {
        title: shown_text(title),
        policy: format!(
            "default-src 'none'; style-src {}; script-src {}{}; base-uri 'none'; form-action 'none'",
            digest(STYLE),
            digest(SCRIPT),
            review.served.map(|_| format!(" {}; connect-src 'self'", digest(FORMS))).unwrap_or_default()
        ),
        style: STYLE,
        script: SCRIPT,
        summary: Summary::of(review.findings).to_string(),
        severities: severities(&findings),
        labels: labels(&texts),
        inferred: said(&sections, |value| value.inferred.is_some()),
        corrected: said(&sections, |value| value.corrected.is_some()),
        unread: regions(&texts).filter(|label| label.split([':', '+']).any(|part| part == "unread")).count(),
        texts,
        sections,
        findings,
        forms: review.served.map(|served| Forms {
            version: served.version.to_owned(),
            labels: served.labels.iter().map(|label| choice(label)).collect(),
            script: FORMS,
        }),
    };
    page.render().expect("nothing in the templates fails, and neither does writing to a string")
}

/// A label as one of several.
fn choice(label: &str) -> Choice {
    Choice { value: label.to_owned(), title: text::words(label), count: 0 }
}

/// The name of a style or script in a security policy.
fn digest(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

fn severities(findings: &[FindingView]) -> Vec<Choice> {
    let counted = ["error", "warning", "advice"].into_iter().map(|severity| Choice {
        value: severity.to_owned(),
        title: severity.to_owned(),
        count: findings.iter().filter(|finding| finding.severity == severity).count(),
    });
    counted.filter(|choice| choice.count > 0).collect()
}

/// The labels of the regions that begin in these texts.
fn regions(texts: &[Text]) -> impl Iterator<Item = &str> {
    let lines = texts.iter().flat_map(|text| &text.blocks).flat_map(|block| &block.lines);
    lines.filter(|line| line.starts.is_some()).map(|line| line.label.as_str())
}

fn labels(texts: &[Text]) -> Vec<Choice> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for label in regions(texts) {
        *counts.entry(label).or_default() += 1;
    }
    let choices = counts.into_iter();
    let choices = choices.map(|(label, count)| Choice { value: label.to_owned(), title: text::words(label), count });
    let mut choices: Vec<_> = choices.collect();
    choices.sort_by(|a, b| a.title.cmp(&b.title));
    choices
}

/// How many values of the document something is said of.
fn said(sections: &[Section], is_said: fn(&crate::view::Value) -> bool) -> usize {
    fn of(entity: &crate::view::Entity, is_said: fn(&crate::view::Value) -> bool) -> usize {
        let fields = entity.facts.iter().chain(&entity.texts).flat_map(|field| &field.values);
        let own = entity.kicker.iter().chain(&entity.heading).chain(fields).filter(|value| is_said(value)).count();
        own + entity.groups.iter().flat_map(|group| &group.entities).map(|entity| of(entity, is_said)).sum::<usize>()
    }
    sections.iter().flat_map(|section| &section.entities).map(|entity| of(entity, is_said)).sum()
}
