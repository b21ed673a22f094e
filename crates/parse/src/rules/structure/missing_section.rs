use std::collections::BTreeSet;

use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::fold_words;

use crate::{RegionLabel as L, outline::Sort, report::Report, rules::Subject};

rule! {
    /// The contents list a part that the text lacks.
    ///
    /// # Why it matters
    /// Pages were lost, or the part was read as something else, under a title that nobody recognised.
    ///
    /// # Example
    /// Contents with `p. 12 Who keeps the light?`, and no such title further on.
    ///
    /// # What to do
    /// Look at that page of the report. If the part is in the text, see what its lines were taken for:
    /// `rapporteur ledger`.
    "structure/missing-section", Warning
}

/// Fewer words are the heading of a group of parts, or a word that stands anywhere.
const FEWEST_WORDS: usize = 3;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let found: Vec<usize> = report.sessions.iter().filter_map(|session| session.known).collect();
        let mut all: Option<Vec<BTreeSet<String>>> = None;
        for (at, title) in report.outline.titles.iter().enumerate() {
            let text = report.context.join(&title.printed).text;
            let words: BTreeSet<String> = folded(&text);
            if !matches!(title.sort, Sort::Session | Sort::Article) || found.contains(&at) || words.len() < FEWEST_WORDS
            {
                continue;
            }
            // the contents may be garbled: most of the words together are the title
            let is_it = |heading: &BTreeSet<String>| {
                let common = heading.intersection(&words).count();
                common * 3 >= words.len() * 2 || heading.len() >= FEWEST_WORDS && common == heading.len()
            };
            let headings = all.get_or_insert_with(|| headings(report));
            let Some(printed) = title.printed.first().filter(|_| !headings.iter().any(is_it)) else { continue };
            findings.push(
                Finding::new(&RULE, format!("the contents list “{text}”, and the text has no such part"))
                    .at(report.context.source.id(), printed.span(), "listed here")
                    .help("`rapporteur ledger` shows what each line was taken for"),
            );
        }
    }
}

/// The words of what may be a heading outside the contents and the programme: of each line and the two after it.
fn headings(report: &Report<'_>) -> Vec<BTreeSet<String>> {
    /// A heading is at most this long, in characters.
    const LONGEST: usize = 200;
    /// Lines of a heading.
    const LINES: usize = 3;
    let lines: Vec<BTreeSet<String>> = report
        .pieces
        .iter()
        .filter(|piece| !matches!(piece.label, Some(L::Toc | L::Agenda | L::Furniture)) && piece.cues.chars <= LONGEST)
        .map(|piece| folded(piece.text()))
        .collect();
    let together = |at: usize| lines[at..lines.len().min(at + LINES)].iter().flatten().cloned().collect();
    (0..lines.len()).map(together).chain(lines.iter().cloned()).collect()
}

/// The words of `text`, folded.
fn folded(text: &str) -> BTreeSet<String> {
    fold_words(text).split(' ').map(str::to_owned).collect()
}
