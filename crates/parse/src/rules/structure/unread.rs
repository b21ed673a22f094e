use rapporteur_diagnostics::{Finding, count, rule};

use crate::{RegionLabel, rules::Subject};

rule! {
    /// No rule of the grammar could read these lines; they stand in no part of the document.
    ///
    /// # Why it matters
    /// Nothing may be lost unsaid. What is unread is in the source only.
    ///
    /// # Example
    /// Words of a logo or a diagram between two sections.
    ///
    /// # What to do
    /// Look at the lines. A label that the lexicon lacks can be added with `--lexicon`; text that stands in a wrong place
    /// can be read after the extractor is told to keep the layout.
    "structure/unread", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let unread = |piece: &crate::piece::Piece<'_>| piece.label == Some(RegionLabel::Unread);
        for run in report.pieces.chunk_by(|a, b| unread(a) == unread(b)).filter(|run| unread(&run[0])) {
            findings.push(
                Finding::new(&RULE, format!("{} could not be read", count(run.len(), "line", "lines")))
                    .at(report.context.source.id(), run[0].clean.span(), "from here on")
                    .help("it stands in no part of the document"),
            );
        }
    }
}
