use rapporteur_diagnostics::{Finding, rule};

use crate::rules::Subject;

rule! {
    /// Sources that are given together are of different editions.
    ///
    /// # Why it matters
    /// One document holds one edition. What the other source says is merged into it all the same.
    ///
    /// # Example
    /// A report of 2031 and an article that begins with `Rope Forum 2032: six takeaways`.
    ///
    /// # What to do
    /// Give the sources of one edition in one call.
    "source/other-edition", Error
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(year) = subject.document.edition.year else { return };
    for (at, report) in subject.reports.iter().enumerate() {
        let Some(naming) = report.context.naming.as_ref().filter(|_| at != subject.main) else { continue };
        if naming.year == year {
            continue;
        }
        let id = report.context.source.id();
        findings.push(
            Finding::new(&RULE, format!("{id} is of {}, the other sources are of {year}", naming.name))
                .at(id, naming.name_span, "names another edition")
                .help("give the sources of one edition in one call"),
        );
    }
}
