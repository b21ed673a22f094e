use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::fold;

use crate::rules::{Subject, printed};

rule! {
    /// Two sources word a takeaway differently.
    ///
    /// # Why it matters
    /// The document has the wording of the report, and the other among the takeaway's `versions`.
    ///
    /// # Example
    /// `Keep every rope dry` in the report, and `Keep all ropes dry` in the article.
    ///
    /// # What to do
    /// Nothing, unless one of them is a mistake.
    "takeaway/differs", Advice
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for takeaway in &subject.document.takeaways {
        let wording = (fold(&takeaway.title), fold(&takeaway.body.concat()));
        for version in &takeaway.versions {
            if (fold(&version.title), fold(&version.body.concat())) == wording {
                continue;
            }
            let Some(here) = printed(&version.evidence, "title") else { continue };
            let mut finding = Finding::new(&RULE, format!("two sources word takeaway {} differently", takeaway.number))
                .at(&here.source, here.span(), "kept as a version");
            if let Some(there) = printed(&takeaway.evidence, "title") {
                finding = finding.at(&there.source, there.span(), "this wording is the main one");
            }
            findings.push(finding);
        }
    }
}
