use std::collections::BTreeSet;

use rapporteur_diagnostics::{Finding, rule};
use rapporteur_model::{Credit, SessionKind};

use crate::{outline::Zone, report::Report, rules::Subject};

rule! {
    /// The report says how many sessions, people or takeaways there are, and another number was read.
    ///
    /// # Why it matters
    /// Something was lost or taken for something else; or the report counts in another way.
    ///
    /// # Example
    /// ```text
    /// 32 distinguished speakers across 15 sessions
    /// ```
    ///
    /// # What to do
    /// See what is missing: the programme, the contents and the section of speakers name them all.
    "count/differs", Warning
}

/// Fewer are a part of them as likely as all: `two sessions on ropes`.
const FEWEST: usize = 5;
/// Words between the number and what it counts: `32 distinguished speakers`.
const BETWEEN: usize = 1;

/// What can be counted.
#[derive(Clone, Copy)]
enum Counted {
    Sessions,
    Summaries,
    Speakers,
    Moderators,
    Takeaways,
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(report) = subject.report() else { return };
    let inside = sessions_of(report);
    let words = subject.words_of(subject.main);
    let names = &report.context.lexicon.words.counts;
    let nouns = [
        (&names.sessions, Counted::Sessions),
        (&names.summaries, Counted::Summaries),
        (&names.speakers, Counted::Speakers),
        (&names.moderators, Counted::Moderators),
        (&names.takeaways, Counted::Takeaways),
    ];
    for word in words.list.iter().filter(|word| !inside.contains(&word.piece)) {
        let Some((_, counted)) = nouns.iter().find(|(nouns, _)| nouns.iter().any(|noun| *noun == word.lower)) else {
            continue;
        };
        let piece = &report.pieces[word.piece];
        // the heading of the takeaways has a rule of its own
        let heading = report.takeaways.as_ref().and_then(|list| list.promised.as_ref());
        if heading.is_some_and(|(_, heading)| heading.span() == piece.clean.span()) {
            continue;
        }
        let before = &piece.text()[..word.range.start];
        let tokens = before.split_whitespace().rev().take(BETWEEN + 1);
        let number = tokens
            // a sentence or a list that ends in between
            .take_while(|token| !token.ends_with(['.', ',', ';', ':']))
            .map_while(|token| if token.contains('-') { None } else { Some(token) })
            .find_map(|token| Some((number(token, report)?, token.as_ptr() as usize - piece.text().as_ptr() as usize)));
        let fewest = if matches!(counted, Counted::Takeaways) { 1 } else { FEWEST };
        let Some((number, start)) = number.filter(|(number, _)| *number >= fewest) else { continue };
        let read = counts(subject, report, *counted);
        // an article with the takeaways alone counts no sessions
        if read.iter().all(|number| *number == 0) {
            continue;
        }
        if read.contains(&number) {
            continue;
        }
        let printed = &piece.text()[start..word.range.end];
        findings.push(
            Finding::new(&RULE, format!("the text says “{printed}”, and {} were read", read[0]))
                .at(report.context.source.id(), words.span(word.piece, start..word.range.end), "said here")
                .help("the programme, the contents and the section of speakers name them all"),
        );
    }
}

/// The pieces that stand in sessions: what is counted there is of something else.
fn sessions_of(report: &Report<'_>) -> BTreeSet<usize> {
    let parts = report.outline.parts.iter().filter(|part| matches!(part.zone, Zone::Session { .. }));
    parts.flat_map(|part| part.range.clone()).collect()
}

fn number(token: &str, report: &Report<'_>) -> Option<usize> {
    let token = token.trim_matches(|c: char| !c.is_alphanumeric());
    token.parse().ok().or_else(|| report.context.lexicon.cardinal(token))
}

/// The number that was read, and others that a report may come to: with and without the opening and the closing, those of
/// the programme; with and without those who moderate.
fn counts(subject: &Subject<'_, '_>, report: &Report<'_>, counted: Counted) -> Vec<usize> {
    let document = subject.document;
    let distinct = |credits: &mut dyn Iterator<Item = &Credit>| {
        credits.map(|credit| credit.speaker.as_str()).collect::<BTreeSet<_>>().len()
    };
    let speakers = || document.sessions.iter().flat_map(|session| &session.speakers);
    let moderators = || document.sessions.iter().flat_map(|session| &session.moderators);
    match counted {
        Counted::Sessions => {
            let frame = [Some(SessionKind::Opening), Some(SessionKind::Closing)];
            let framed = |label: &Option<SessionKind>| frame.contains(label);
            let all = document.sessions.len();
            let inner = document.sessions.iter().filter(|session| !framed(&session.kind)).count();
            vec![all, inner, document.agenda.len()]
        }
        Counted::Summaries => vec![document.sessions.iter().filter(|session| !session.summary.is_empty()).count()],
        Counted::Speakers => {
            let all = distinct(&mut speakers().chain(moderators()));
            vec![distinct(&mut speakers()), all, report.cards.len(), document.speakers.len()]
        }
        Counted::Moderators => vec![distinct(&mut moderators())],
        Counted::Takeaways => vec![document.takeaways.len()],
    }
}
