use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Finding, Severity};

/// How many findings there are of each severity.
///
/// ```
/// use rapporteur_diagnostics::{Finding, Summary, rule};
///
/// rule! {
///     /// Nobody is named as the speaker of a quote.
///     "quote/no-speaker", Warning
/// }
///
/// let findings = [Finding::new(&RULE, "no name"), Finding::new(&RULE, "no name")];
/// assert_eq!(Summary::of(&findings).to_string(), "2 warnings");
/// assert_eq!(Summary::default().to_string(), "no findings");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity advice.
    pub advice: usize,
}

impl Summary {
    /// Counts findings.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        let mut summary = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Advice => summary.advice += 1,
            }
        }
        summary
    }

    /// The gravest severity among the findings.
    #[must_use]
    pub fn worst(self) -> Option<Severity> {
        if self.errors > 0 {
            Some(Severity::Error)
        } else if self.warnings > 0 {
            Some(Severity::Warning)
        } else {
            (self.advice > 0).then_some(Severity::Advice)
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = [(self.errors, "error", "errors"), (self.warnings, "warning", "warnings")]
            .into_iter()
            .chain([(self.advice, "advice", "advice")])
            .filter(|&(number, ..)| number > 0)
            .map(|(number, one, many)| count(number, one, many))
            .collect();
        f.write_str(if parts.is_empty() { "no findings" } else { "" })?;
        f.write_str(&parts.join(", "))
    }
}

/// A number with its noun: `1 session`, `2 sessions`.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rule;

    #[test]
    fn findings_are_counted_in_words() {
        static DOUBT: Rule = Rule { code: "area/doubt", severity: Severity::Warning, documentation: "" };
        static REMARK: Rule = Rule { code: "area/remark", severity: Severity::Advice, documentation: "" };
        let findings = [&DOUBT, &DOUBT, &REMARK].map(|rule| Finding::new(rule, "message"));
        let summary = Summary::of(&findings);
        assert_eq!(summary.to_string(), "2 warnings, 1 advice");
        assert_eq!(summary.worst(), Some(Severity::Warning));
        assert_eq!(Summary::default().worst(), None);
    }

    #[test]
    fn severities_are_in_order() {
        assert!(Severity::Advice < Severity::Warning && Severity::Warning < Severity::Error);
    }
}
