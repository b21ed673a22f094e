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
    in_running_text(subject, &told, findings);
    among_names(subject, findings);
}

/// Names in running text that are nearly known ones.
fn in_running_text(subject: &Subject<'_, '_>, told: &[Span], findings: &mut Vec<Finding>) {
    for (report, words) in subject.worded().filter(|(report, _)| !report.people.is_empty()) {
        let mut counts: Option<Vec<usize>> = None;
        for (left, between, right) in words.pairs() {
            let capital = [left, right].iter().all(|word| word.text.starts_with(char::is_uppercase));
            if !capital || between != " " {
                continue;
            }
            let name = format!("{} {}", left.text, right.text);
            let span = words.span(left.piece, left.range.start..right.range.end);
            let near = report.people.nearby(&fold(&name));
            if near.is_empty()
                || report.people.of_name(&name).is_some()
                || part_of_known(report, left.piece, &left.range)
            {
                continue;
            }
            let counts = counts.get_or_insert_with(|| report.people.counts(report.context.source.text()));
            let Some(right) = near.into_iter().max_by_key(|&person| counts[person]) else { continue };
            let right_name = &report.people.get(right).name;
            // a name without its first part
            let part = name.split(' ').all(|word| right_name.split(' ').any(|other| other == word));
            let rarer = report.context.source.text().matches(name.as_str()).count() < counts[right];
            if told.iter().any(|told| told.start <= span.start && span.start < told.end) || part || !rarer {
                continue;
            }
            findings.push(Finding::new(&RULE, format!("“{name}” is likely a misprint of “{right_name}”")).at(
                report.context.source.id(),
                span,
                format!("elsewhere spelt {right_name} ({})", count(counts[right], "time", "times")),
            ));
        }
    }
}

/// Whether a known name starts where the word does: the name of somebody else.
fn part_of_known(report: &Report<'_>, piece: usize, word: &std::ops::Range<usize>) -> bool {
    let text = &report.pieces[piece].text()[word.start..];
    let line = &text[..(0..=text.len().min(90)).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0)];
    report.people.find_all(line).first().is_some_and(|found| found.range.start == 0)
}

/// Names of the document that are nearly the same: speakers, staff, authors.
fn among_names(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
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
    let times: Vec<usize> = subject.texts().fold(vec![0; places.len()], |times, report| {
        let here = names.counts(report.context.source.text());
        times.iter().zip(here).map(|(before, here)| before + here).collect()
    });
    for wrong in names.all() {
        let name = &names.get(wrong).name;
        for right in names.nearby(&fold(name)) {
            let likelier = (times[right], wrong) > (times[wrong], right);
            if !likelier || on_one_stage(subject, name, &names.get(right).name) {
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
fn on_one_stage(subject: &Subject<'_, '_>, a: &str, b: &str) -> bool {
    subject.document.sessions.iter().any(|session| {
        let credited =
            |name: &str| session.speakers.iter().chain(&session.moderators).any(|credit| credit.name == name);
        credited(a) && credited(b)
    })
}
