use rapporteur_diagnostics::{Finding, count, rule};

use crate::rules::Subject;

rule! {
    /// A name is spelt in two ways.
    ///
    /// Two names that differ by a letter or two are one person where one of the spellings stands in the text clearly more
    /// often.
    ///
    /// # Why it matters
    /// The document uses the likelier spelling and keeps the other among the person's `variants`. Were they two people,
    /// one of them would be lost.
    ///
    /// # Example
    /// ```text
    /// On stage: Ada Brunn, Mayor
    ///
    /// … said Ada Brun. … Ada Brun replied …
    /// ```
    ///
    /// # What to do
    /// See which spelling is right.
    "person/misspelt", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for misprint in &subject.notes.misprints {
        let (printed, right) = (&misprint.printed, &misprint.right);
        findings.push(
            Finding::new(&RULE, format!("“{printed}” is likely a misprint of “{right}”"))
                .at(
                    &misprint.source,
                    misprint.span,
                    format!("elsewhere spelt {right} ({})", count(misprint.times, "time", "times")),
                )
                .help("the likelier spelling is used, and the printed one kept among the variants"),
        );
    }
}
