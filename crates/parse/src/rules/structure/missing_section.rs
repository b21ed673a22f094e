use std::collections::BTreeSet;

use rapporteur_diagnostics::{Finding, rule};

use crate::{
    RegionLabel as L,
    outline::{Sort, title_words},
    report::Report,
    rules::Subject,
};

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
        let articles: Vec<_> =
            report.articles.iter().map(|article| title_words(&report.context.join(&article.title).text)).collect();
        let mut all: Option<Vec<BTreeSet<String>>> = None;
        for (at, title) in report.outline.titles.iter().enumerate() {
            if !matches!(title.sort, Sort::Session | Sort::Article) || found.contains(&at) {
                continue;
            }
            let text = report.context.join(&title.printed).text;
            let words = title_words(&text);
            if words.len() < FEWEST_WORDS || articles.contains(&words) {
                continue;
            }
            let lines = all.get_or_insert_with(|| lines(report));
            let Some(printed) = title.printed.first().filter(|_| !stands_in(&words, lines)) else { continue };
            findings.push(
                Finding::new(&RULE, format!("the contents list “{text}”, and the text has no such part"))
                    .at(report.context.source.id(), printed.span(), "listed here")
                    .help("`rapporteur ledger` shows what each line was taken for"),
            );
        }
    }
}

/// Whether a title stands somewhere in `lines`, over a few of them. The contents may be garbled: most of the words
/// together are the title, or all of a line are words of it.
fn stands_in(title: &BTreeSet<String>, lines: &[BTreeSet<String>]) -> bool {
    /// Lines of a heading.
    const LINES: usize = 3;
    (0..lines.len()).any(|at| {
        let near = &lines[at..lines.len().min(at + LINES)];
        let common = title.iter().filter(|word| near.iter().any(|line| line.contains(*word))).count();
        common * 3 >= title.len() * 2 || lines[at].len() >= FEWEST_WORDS && lines[at].is_subset(title)
    })
}

/// The words of each line that may be of a heading: outside the contents and the programme, and not too long.
fn lines(report: &Report<'_>) -> Vec<BTreeSet<String>> {
    /// A heading is at most this long, in characters.
    const LONGEST: usize = 200;
    let listed = |label: Option<L>| matches!(label, Some(L::Toc | L::Agenda | L::Furniture));
    let short = report.pieces.iter().filter(|piece| !listed(piece.label) && piece.cues.chars <= LONGEST);
    short.map(|piece| title_words(piece.text())).collect()
}
