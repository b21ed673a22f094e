use std::collections::BTreeMap;

use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::fold;

use crate::{RegionLabel as L, piece::Piece, rules::Subject};

rule! {
    /// A line stands over names as a label does, and the lexicon does not know it.
    ///
    /// # Why it matters
    /// Those under it are taken for speakers, though they may moderate, or be somebody else altogether.
    ///
    /// # Example
    /// ```text
    /// On the sofa
    /// Ada Brun, Mayor
    /// ```
    ///
    /// # What to do
    /// Add the label to a lexicon file and name that with `--lexicon`:
    ///
    /// ```toml
    /// [roles]
    /// speakers = ["On the sofa"]
    /// ```
    "person/unknown-label", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let mut labels: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        let people = &report.context.lexicon.words.people;
        let heads = |text: &str| {
            let cells = text.split(['|', '\t']).map(str::trim).filter(|cell| !cell.is_empty());
            let known = people.name_columns.iter().chain(&people.columns);
            cells.into_iter().all(|cell| known.clone().any(|known| fold(known) == fold(cell)))
        };
        let unknown = |piece: &&Piece<'_>| {
            let nothing = piece.cues.role.is_none() && piece.cues.kind.is_none();
            piece.label == Some(L::CreditLabel) && nothing && !heads(piece.text())
        };
        for piece in report.pieces.iter().filter(unknown) {
            labels.entry(piece.text().trim_end_matches(':').trim()).or_default().push(piece.clean.span());
        }
        for (label, places) in labels {
            let (id, line) = (report.context.source.id(), label.replace(['"', '\\'], ""));
            let finding = Finding::new(&RULE, format!("“{label}” stands over names, and the lexicon does not know it"))
                .at(id, places[0], "those under it are taken for speakers")
                .help(format!("in a lexicon file: [roles] speakers = [\"{line}\"], or moderators"));
            findings.push(places[1..].iter().fold(finding, |finding, place| finding.at(id, *place, "")));
        }
    }
}
