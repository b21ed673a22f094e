use std::ops::Range;

use rapporteur_diagnostics::{Finding, rule};
use rapporteur_grammar::Lexicon;
use rapporteur_source::{Span, fold};

use crate::{
    RegionLabel as L,
    piece::{Piece, numbered_kind},
    rules::{Subject, printed},
};

rule! {
    /// A label or a kind of session is nearly one that the lexicon knows.
    ///
    /// It differs by a letter or two, or is the beginning of one.
    ///
    /// # Why it matters
    /// What stands under a label that is not known is read by its form alone.
    ///
    /// # Example
    /// ```text
    /// 09:30  Panal discussion
    /// 11:00  Side ev
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report. If it is a word of its own, add it to a lexicon.
    "structure/misspelt-label", Warning
}

/// Shorter labels are near too many words.
const SHORTEST: usize = 6;
/// Among other words, more letters have to agree.
const SHORTEST_INSIDE: usize = 8;
/// A longer line is no label, in characters.
const LONGEST: usize = 40;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let document = subject.document;
    let kinds = document.agenda.iter().map(|slot| (slot.kind.as_deref(), printed(&slot.evidence, "kind")));
    let labels = document
        .sessions
        .iter()
        .map(|session| (session.kind_label.as_deref(), printed(&session.evidence, "kind_label")));
    let mut told: Vec<Span> = Vec::new();
    let Some(lexicon) = subject.report().map(|report| report.context.lexicon) else { return };
    let (known_kinds, roles) = (phrases(lexicon, false), phrases(lexicon, true));
    for (text, place) in kinds.chain(labels) {
        let (Some(text), Some(place)) = (text, place) else { continue };
        if numbered_kind(text, lexicon).is_some() || told.contains(&place.span()) {
            continue;
        }
        let Some(known) = nearly(text, &known_kinds, true) else { continue };
        told.push(place.span());
        findings.push(finding(text, &known, &place.source, place.span()));
    }
    for report in subject.texts() {
        let stray = |piece: &&Piece<'_>| {
            let other = matches!(piece.label, Some(L::Furniture | L::Toc | L::Agenda | L::Cover));
            !other && piece.cues.chars <= LONGEST && piece.cues.role.is_none() && piece.cues.kind.is_none()
        };
        for piece in report.pieces.iter().filter(stray) {
            let (span, text) = (piece.clean.span(), piece.text().trim_end_matches(':'));
            if told.contains(&span) || text.split_whitespace().count() > 2 {
                continue;
            }
            if let Some(known) = nearly(text, &roles, false) {
                findings.push(finding(text, &known, report.context.source.id(), span));
                told.push(span);
            }
        }
        for piece in report.pieces.iter().filter(|piece| piece.label == Some(L::Agenda)) {
            for (range, known) in inside(piece.text(), &known_kinds) {
                let span = piece.clean.source_span(range.clone());
                if !told.iter().any(|told| told.start <= span.start && span.start < told.end) {
                    findings.push(finding(&piece.text()[range], known, report.context.source.id(), span));
                }
            }
        }
    }
}

/// Where words of a line of the programme are nearly a kind of session: as many words as the kind has.
fn inside<'p>(text: &str, kinds: &[(String, &'p str)]) -> Vec<(Range<usize>, &'p str)> {
    /// Words of a kind.
    const WORDS: usize = 3;
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let mut found = Vec::new();
    for length in (2..=WORDS).rev() {
        for window in words.windows(length) {
            let (first, last) = (window[0], window[length - 1]);
            let range = at(first)..at(last) + last.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            let taken =
                found.iter().any(|(known, _): &(Range<usize>, _)| known.start < range.end && range.start < known.end);
            let folded = fold(&text[range.clone()]);
            if taken || folded.len() < SHORTEST_INSIDE || kinds.iter().any(|(kind, _)| *kind == folded) {
                continue;
            }
            let near = kinds.iter().find(|(kind, phrase)| {
                kind.len().abs_diff(folded.len()) <= 1
                    && share_an_end(kind, &folded)
                    // a plural is no misprint
                    && !folded.starts_with(kind.as_str())
                    && phrase.split_whitespace().count() == length
                    && strsim::damerau_levenshtein(kind, &folded) == 1
            });
            found.extend(near.map(|(_, phrase)| (range, *phrase)));
        }
    }
    found
}

fn finding(text: &str, known: &str, source: &str, span: Span) -> Finding {
    Finding::new(&RULE, format!("“{text}” is nearly “{known}”"))
        .at(source, span, "")
        .help("look at the page of the report; if it is a word of its own, add it to a lexicon")
}

/// The phrases of the lexicon that labels of credits are, or kinds of session; folded, and as they are written there.
fn phrases(lexicon: &Lexicon, roles: bool) -> Vec<(String, &str)> {
    let (words, kinds) = (&lexicon.words.roles, &lexicon.words.session_kinds);
    let lists: &[&Vec<String>] = if roles {
        &[&words.speakers, &words.moderators]
    } else {
        &[
            &kinds.keynote,
            &kinds.panel,
            &kinds.high_level_panel,
            &kinds.dialogue,
            &kinds.conversation,
            &kinds.debate,
            &kinds.side_event,
            &kinds.other,
            &kinds.opening,
            &kinds.closing,
        ]
    };
    lists.iter().flat_map(|list| list.iter()).map(|phrase| (fold(phrase), phrase.as_str())).collect()
}

/// The phrase that `text` nearly is.
fn nearly(text: &str, phrases: &[(String, &str)], truncated: bool) -> Option<String> {
    let folded = fold(text);
    // a number that counts people is no misprint
    let counts = text.bytes().any(|b| b.is_ascii_digit());
    if counts
        || folded.len() < SHORTEST
        || folded.len() > LONGEST
        || phrases.iter().any(|(phrase, _)| *phrase == folded)
    {
        return None;
    }
    let misprints = if folded.len() < 10 { 1 } else { 2 };
    let near = phrases.iter().find(|(phrase, _)| {
        phrase.len() >= SHORTEST
            && phrase.len().abs_diff(folded.len()) <= misprints
            && share_an_end(phrase, &folded)
            && strsim::damerau_levenshtein(phrase, &folded) <= misprints
    });
    let begun = || phrases.iter().find(|(phrase, _)| truncated && phrase.starts_with(&folded));
    near.or_else(begun).map(|(_, phrase)| (*phrase).to_owned())
}

/// Whether two words begin or end with the same letters, as a word and its misprint do: a cheap bound on their distance.
fn share_an_end(a: &str, b: &str) -> bool {
    /// Letters of an end; they are ASCII in most words, and else the bytes are compared.
    const LETTERS: usize = 3;
    let (a, b) = (a.as_bytes(), b.as_bytes());
    a.len() >= LETTERS
        && b.len() >= LETTERS
        && (a[..LETTERS] == b[..LETTERS] || a[a.len() - LETTERS..] == b[b.len() - LETTERS..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misprints_are_found_inside_lines_of_the_programme() {
        let lexicon = Lexicon::embedded();
        let kinds = phrases(&lexicon, false);
        for (text, expected) in [
            ("09:30 Panel dsicussion: Who keeps the light?", &[("Panel dsicussion", "panel discussion")][..]),
            ("11:00 Sdie event Who keeps the light?", &[("Sdie event", "side event")]),
            ("12:00 Panel discussion: Who keeps the light?", &[]),
            ("13:00 Panel discussions and side events", &[]),
        ] {
            let found = inside(text, &kinds).into_iter().map(|(range, known)| (&text[range], known));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_nearly_a_label_is_told_from_what_is_not() {
        let lexicon = Lexicon::embedded();
        let (kinds, roles) = (phrases(&lexicon, false), phrases(&lexicon, true));
        for (text, phrases, expected) in [
            ("Panal discussion", &kinds, Some("panel discussion")),
            ("Side ev", &kinds, Some("side event")),
            ("Panel discussion", &kinds, None),
            ("Moderatoin", &roles, Some("moderation")),
            ("Moderation", &roles, None),
            ("Lighthouses", &roles, None),
        ] {
            assert_eq!(nearly(text, phrases, true).as_deref(), expected, "{text}");
        }
    }
}
