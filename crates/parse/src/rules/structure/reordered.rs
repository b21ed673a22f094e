use rapporteur_diagnostics::{Finding, rule};

use crate::rules::Subject;

rule! {
    /// Running text was put into another order than the source has it in.
    ///
    /// Columns and pages that an extractor read in a wrong order are put right where the ends and beginnings of sentences
    /// show how they belong together. So are quotes beside the text whose lines an extractor took in turn.
    ///
    /// # Why it matters
    /// It is a decision of the tool, not of the report.
    ///
    /// # Example
    /// ```text
    /// knots hold a ship where nothing else does.
    ///
    /// The panel agreed that
    /// ```
    ///
    /// # What to do
    /// Read the paragraph in the document; evidence says where its parts stand.
    "structure/reordered", Advice
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        for piece in &report.unbraided {
            findings.push(Finding::new(&RULE, "quotes whose lines stand in turn were taken apart").at(
                report.context.source.id(),
                piece.span(),
                "from here on, each quote was put together of its lines",
            ));
        }
        for piece in &report.untwined {
            findings.push(Finding::new(&RULE, "columns whose blocks stand in turn were read one after the other").at(
                report.context.source.id(),
                piece.span(),
                "this begins the right column",
            ));
        }
        for draft in &report.sessions {
            let title = report.context.join(&draft.title).text;
            for piece in &draft.summary.moved {
                findings.push(Finding::new(&RULE, format!("running text of “{title}” was put into another order")).at(
                    report.context.source.id(),
                    piece.span(),
                    "this part was moved to where the text goes on",
                ));
            }
        }
    }
}
