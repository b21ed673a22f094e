use rapporteur_diagnostics::{Finding, rule};

use crate::rules::Subject;

rule! {
    /// A quote stops in mid-sentence.
    ///
    /// # Why it matters
    /// The rest of the words was lost, or was taken for running text.
    ///
    /// # Example
    /// ```text
    /// “A knot is a promise that the
    ///
    /// Ada Brun, Mayor
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report.
    "quote/cut-off", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for quote in &subject.document.quotes {
        let text = quote.text.trim_end();
        let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
        let lexicon = subject.reports[subject.main].context.lexicon;
        let small = last.chars().all(char::is_lowercase) && lexicon.is_function_word(last);
        let open = small || text.ends_with([',', '-', '\u{ad}']);
        let ends = quote.evidence.iter().rfind(|evidence| evidence.field == "text");
        let Some(end) = ends.filter(|_| open) else { continue };
        findings.push(
            Finding::new(&RULE, "this quote stops in mid-sentence")
                .at(&end.source, end.span(), "nothing goes on from here")
                .help("look at the page of the report for the rest of the words"),
        );
    }
}
