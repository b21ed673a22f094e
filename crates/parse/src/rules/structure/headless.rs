use rapporteur_diagnostics::{Finding, rule};

use crate::rules::Subject;

rule! {
    /// Running text begins in mid-sentence, and what it goes on from cannot be told.
    ///
    /// # Why it matters
    /// A column or a page was read in a wrong order, or the beginning of the sentence was lost. The text stands in the
    /// document where it stands in the source.
    ///
    /// # Example
    /// ```text
    /// The keepers want a common fund.
    ///
    /// and that nobody had asked the ships.
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report, and correct the order in the text that was extracted.
    "structure/headless", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        for draft in &report.sessions {
            let title = report.context.join(&draft.title).text;
            for piece in &draft.summary.headless {
                findings.push(
                    Finding::new(&RULE, format!("running text of “{title}” begins in mid-sentence"))
                        .at(report.context.source.id(), piece.span(), "it goes on from nothing that is known")
                        .help("look at the page of the report for what stands before it"),
                );
            }
        }
    }
}
