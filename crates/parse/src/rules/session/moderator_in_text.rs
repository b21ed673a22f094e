use memchr::memmem::Finder;
use rapporteur_diagnostics::{Finding, rule};

use crate::{
    RegionLabel as L,
    outline::Zone,
    piece::Piece,
    report::Report,
    rules::{Subject, printed},
};

rule! {
    /// The credits of a session name nobody who moderates, and its text names somebody.
    ///
    /// # Why it matters
    /// The document has the moderators of the credits only; who is named in the text may stand among the speakers there.
    ///
    /// # Example
    /// ```text
    /// On stage: Ada Brun, Mayor
    ///
    /// … The panel was moderated by Cem Dahl.
    /// ```
    ///
    /// # What to do
    /// Look whether a label of credits was lost.
    "session/moderator-in-text", Advice
}

/// Characters behind the verb in which the name stands.
const REACH: usize = 60;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(report) = subject.report() else { return };
    let verbs: Vec<Finder<'_>> =
        report.context.lexicon.words.people.moderated.iter().map(|verb| Finder::new(verb.as_str())).collect();
    let parts = report.outline.parts.iter().filter(|part| matches!(part.zone, Zone::Session { .. }));
    for (session, part) in subject.document.sessions.iter().zip(parts) {
        if !session.moderators.is_empty() {
            continue;
        }
        let body = report.pieces[part.range.clone()].iter().filter(|piece| piece.label == Some(L::Body));
        let Some((piece, start, end)) = body.filter_map(|piece| moderated(piece, &verbs, report)).next() else {
            continue;
        };
        let name = &piece.text()[start..end];
        let span = piece.clean.source_span(start..end);
        let mut finding = Finding::new(
            &RULE,
            format!("“{}” has no moderator in its credits, and its text says that {name} moderated", session.title),
        )
        .at(report.context.source.id(), span, "named here");
        if let Some(title) = printed(&session.evidence, "title") {
            finding = finding.at(&title.source, title.span(), "the session");
        }
        findings.push(finding);
    }
}

/// A known name right behind a verb by which running text names who moderated: where it stands in the piece.
fn moderated<'p, 'a>(
    piece: &'p Piece<'a>,
    verbs: &[Finder<'_>],
    report: &Report<'a>,
) -> Option<(&'p Piece<'a>, usize, usize)> {
    let text = piece.text();
    verbs.iter().find_map(|verb| {
        let from = verb.find(text.as_bytes())? + verb.needle().len();
        let to = (from..=text.len().min(from + REACH)).rev().find(|&to| text.is_char_boundary(to))?;
        let found = report.people.find_all(&text[from..to]).into_iter().next()?;
        Some((piece, from + found.range.start, from + found.range.end))
    })
}
