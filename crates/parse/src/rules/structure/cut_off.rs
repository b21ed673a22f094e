use rapporteur_diagnostics::{Finding, rule};

use crate::rules::Subject;

rule! {
    /// Running text stops in mid-sentence, and no continuation was found.
    ///
    /// # Why it matters
    /// A column, a page or a line was lost by the extractor, or stands where nobody would look for it.
    ///
    /// # Example
    /// ```text
    /// The panel agreed that the harbour should
    ///
    /// Keynote
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report. If the rest is in the text, correct its order there; if not, extract the page
    /// again.
    "structure/cut-off", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        for draft in &report.sessions {
            let title = report.context.join(&draft.title).text;
            for piece in &draft.summary.doubtful {
                findings.push(
                    Finding::new(&RULE, format!("running text of “{title}” may stop here in mid-sentence"))
                        .at(
                            report.context.source.id(),
                            piece.span(),
                            "what follows begins with a name, and was joined to it",
                        )
                        .help("look whether the two belong together"),
                );
            }
            for piece in &draft.summary.cut_off {
                findings.push(
                    Finding::new(&RULE, format!("running text of “{title}” stops in mid-sentence"))
                        .at(report.context.source.id(), piece.span(), "no continuation was found")
                        .help("look whether the text after it was lost, or stands elsewhere"),
                );
            }
        }
    }
}
