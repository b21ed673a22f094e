use std::ops::Range;

use rapporteur_diagnostics::{Finding, count, rule};
use rapporteur_model::Evidence;
use rapporteur_source::{Span, fold};

use crate::{
    people::People,
    report::Report,
    rules::{Subject, printed},
};

rule! {
    /// A name is spelt in two ways.
    ///
    /// Two names that differ by a letter or two are likely one person, unless both are credited at one session. The
    /// spelling that stands in the text more often is the likelier one.
    ///
    /// # Why it matters
    /// Of two spellings in credits and at quotes, the document uses the likelier and keeps the other among the person's
    /// `variants`. Were they two people, one of them would be lost.
    ///
    /// # Example
    /// ```text
    /// On stage: Ada Brunsen, Mayor
    ///
    /// … said Ada Brunson. … Ada Brunson replied …
    /// ```
    ///
    /// # What to do
    /// See which spelling is right.
    "person/misspelt", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let mut told: Vec<Span> = Vec::new();
    for misprint in &subject.notes.misprints {
        let (printed, right) = (&misprint.printed, &misprint.right);
        told.push(misprint.span);
        findings.push(
            Finding::new(&RULE, format!("“{printed}” is likely a misprint of “{right}”"))
                .at(
                    &misprint.source,
                    misprint.span,
                    format!("elsewhere spelt {right} ({})", count(misprint.times, "time", "times")),
                )
                .help("the likelier spelling is used, and the printed one kept among the variants"),
        );
    }
    in_text(subject, &mut told, findings);
    among_names(subject, &told, findings);
}

/// Names in the text that are nearly ones which stand there more often.
fn in_text(subject: &Subject<'_, '_>, told: &mut Vec<Span>, findings: &mut Vec<Finding>) {
    for (report, words) in subject.worded().filter(|(report, _)| !report.people.is_empty()) {
        let mut free = (0, 0);
        for (piece, range, name) in words.names() {
            let near = report.people.nearby(&fold(&name));
            let span = words.span(piece, range.clone());
            let is_told = told.iter().any(|told| told.start < span.end && span.start < told.end);
            if near.is_empty() || is_told || (piece, range.start) < free {
                continue;
            }
            let source = report.context.source;
            let counts = report.person_counts();
            let times = source.text().matches(name.as_str()).count();
            let likelier = |&person: &usize| {
                let other = &report.people.get(person).name;
                // a name without its first part, or with the word behind it
                let holds = |a: &str, b: &str| b.split(' ').all(|word| a.split(' ').any(|other| other == word));
                let part = holds(other, &name) || holds(&name, other);
                counts[person] > times && !part && !on_one_stage(subject, &name, other)
            };
            let Some(right) = near.into_iter().filter(likelier).max_by_key(|&person| counts[person]) else { continue };
            // the longer of two names that begin or end in one place is somebody else's
            if part_of_known(report, piece, &range, &name) {
                continue;
            }
            free = (piece, range.end);
            told.push(span);
            let right_name = &report.people.get(right).name;
            findings.push(Finding::new(&RULE, format!("“{name}” is likely a misprint of “{right_name}”")).at(
                source.id(),
                span,
                format!("elsewhere spelt {right_name} ({})", count(counts[right], "time", "times")),
            ));
        }
    }
}

/// Whether a known name that is longer stands where the words do: the name of somebody else.
fn part_of_known(report: &Report<'_>, piece: usize, words: &Range<usize>, name: &str) -> bool {
    /// A name is at most this long, in bytes.
    const LONGEST: usize = 90;
    let text = report.pieces[piece].text();
    let most = text.len().min(words.start + LONGEST);
    let end = (words.start..=most).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(words.start);
    let line = &text[words.start..end];
    report.people.find_all(line).first().is_some_and(|found| found.range.start == 0 && found.range.end > name.len())
}

/// Names of the document that are nearly the same: speakers, staff, authors.
fn among_names(subject: &Subject<'_, '_>, told: &[Span], findings: &mut Vec<Finding>) {
    let document = subject.document;
    let speakers = document.speakers.iter().map(|speaker| (&speaker.name, &speaker.evidence));
    let team = document.team.iter().map(|member| (&member.name, &member.evidence));
    let authors = document.articles.iter().flat_map(|article| &article.authors);
    let authors = authors.map(|author| (&author.name, &author.evidence));
    let mut names = People::default();
    let mut places: Vec<&Evidence> = Vec::new();
    for (name, evidence) in speakers.chain(team).chain(authors) {
        let Some(place) = printed(evidence, "name") else { continue };
        if names.learn(name, "") == places.len() {
            places.push(place);
        }
    }
    // most reports spell each name in one way
    if names.all().all(|name| names.nearby(&fold(&names.get(name).name)).is_empty()) {
        return;
    }
    let times: Vec<usize> = subject.texts().fold(vec![0; places.len()], |times, report| {
        let here = names.counts(report.context.source.text());
        times.iter().zip(here).map(|(before, here)| before + here).collect()
    });
    for wrong in names.all() {
        let name = &names.get(wrong).name;
        for right in names.nearby(&fold(name)) {
            let likelier = (times[right], wrong) > (times[wrong], right);
            let is_told = told.contains(&places[wrong].span());
            if !likelier || is_told || on_one_stage(subject, name, &names.get(right).name) {
                continue;
            }
            let (here, there, other) = (places[wrong], places[right], &names.get(right).name);
            findings.push(
                Finding::new(&RULE, format!("“{name}” is likely a misprint of “{other}”"))
                    .at(&here.source, here.span(), format!("{} so", count(times[wrong], "time", "times")))
                    .at(&there.source, there.span(), format!("{} so", count(times[right], "time", "times"))),
            );
        }
    }
}

/// Whether two names are credited at one session: two people.
pub(super) fn on_one_stage(subject: &Subject<'_, '_>, a: &str, b: &str) -> bool {
    subject.document.sessions.iter().any(|session| {
        let credited =
            |name: &str| session.speakers.iter().chain(&session.moderators).any(|credit| credit.name == name);
        credited(a) && credited(b)
    })
}
