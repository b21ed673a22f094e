use std::fmt;

use crate::{Finding, Rule, Severity};

/// What is to be done about the findings of some rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// They are not told and not counted.
    Allow,
    /// They are warnings.
    Warn,
    /// They are errors.
    Deny,
}

impl Level {
    /// Every level, the mildest first.
    pub const ALL: [Self; 3] = [Self::Allow, Self::Warn, Self::Deny];

    /// As it is written: `allow`, `warn`, `deny`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// The severity that findings get; `None` where they are not told.
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Warn => Some(Severity::Warning),
            Self::Deny => Some(Severity::Error),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The findings that a level is set for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selector {
    /// Those of all rules of an area: `person`.
    Area(&'static str),
    /// Those of one rule, by its code: `person/misspelt`.
    Code(&'static str),
    /// Those that are warnings by what was set before.
    Warnings,
}

impl Selector {
    /// The area or the code that is called `name`, among those of `rules`.
    #[must_use]
    pub fn named(name: &str, rules: impl IntoIterator<Item = &'static Rule>) -> Option<Self> {
        rules.into_iter().find_map(|rule| match () {
            () if rule.code == name => Some(Self::Code(rule.code)),
            () if rule.area() == name => Some(Self::Area(rule.area())),
            () => None,
        })
    }

    fn selects(self, rule: &Rule, severity: Option<Severity>) -> bool {
        match self {
            Self::Area(area) => rule.area() == area,
            Self::Code(code) => rule.code == code,
            Self::Warnings => severity == Some(Severity::Warning),
        }
    }
}

/// Which findings are told, and how much they matter: what was set last wins.
///
/// ```
/// use rapporteur_diagnostics::{Finding, Level, Levels, Selector, Severity, rule};
///
/// rule! {
///     /// A name is spelt in two ways.
///     "person/misspelt", Warning
/// }
///
/// let mut levels = Levels::default();
/// levels.push(Selector::Area("person"), Level::Allow);
/// levels.push(Selector::Code("person/misspelt"), Level::Deny);
///
/// let mut findings = vec![Finding::new(&RULE, "Ada Brunn is printed as Ada Brun")];
/// levels.apply(&mut findings);
/// assert_eq!(findings[0].severity, Severity::Error);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(Vec<(Selector, Level)>);

impl Levels {
    /// Sets a level; it wins over all that were set before.
    pub fn push(&mut self, selector: Selector, level: Level) {
        self.0.push((selector, level));
    }

    /// Gives each finding the severity that its level asks for, and drops those that are not to be told.
    pub fn apply(&self, findings: &mut Vec<Finding>) {
        findings.retain_mut(|finding| {
            let severity = self.severity(finding);
            finding.severity = severity.unwrap_or(finding.severity);
            severity.is_some()
        });
    }

    fn severity(&self, finding: &Finding) -> Option<Severity> {
        let mut severity = Some(finding.severity);
        for (selector, level) in &self.0 {
            if selector.selects(finding.rule, severity) {
                severity = level.severity();
            }
        }
        severity
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static MISSPELT: Rule = Rule { code: "person/misspelt", severity: Severity::Warning, documentation: "" };
    static VARIANT: Rule = Rule { code: "person/variant", severity: Severity::Advice, documentation: "" };
    static EMPTY: Rule = Rule { code: "text/empty", severity: Severity::Error, documentation: "" };

    #[test]
    fn names_are_codes_or_areas() {
        let rules = [&MISSPELT, &VARIANT];
        assert_eq!(Selector::named("person", rules), Some(Selector::Area("person")));
        assert_eq!(Selector::named("person/variant", rules), Some(Selector::Code("person/variant")));
        for name in ["", "person/", "misspelt", "Person", "text", "warnings"] {
            assert_eq!(Selector::named(name, rules), None, "{name}");
        }
    }

    #[test]
    fn what_was_set_last_wins() {
        use Level::{Allow, Deny, Warn};
        use Selector::{Area, Code, Warnings};
        let (person, misspelt) = (Area("person"), Code("person/misspelt"));
        for (settings, expected) in [
            (&[][..], "person/misspelt warning, person/variant advice, text/empty error"),
            (&[(person, Allow)], "text/empty error"),
            (&[(person, Allow), (misspelt, Deny)], "person/misspelt error, text/empty error"),
            (&[(misspelt, Deny), (person, Allow)], "text/empty error"),
            (&[(person, Warn)], "person/misspelt warning, person/variant warning, text/empty error"),
            (&[(Warnings, Deny)], "person/misspelt error, person/variant advice, text/empty error"),
            (&[(Warnings, Deny), (person, Warn)], "person/misspelt warning, person/variant warning, text/empty error"),
            (&[(person, Warn), (Warnings, Deny)], "person/misspelt error, person/variant error, text/empty error"),
            (&[(Area("text"), Warn)], "person/misspelt warning, person/variant advice, text/empty warning"),
            (&[(misspelt, Allow), (Warnings, Deny)], "person/variant advice, text/empty error"),
        ] {
            let mut levels = Levels::default();
            settings.iter().for_each(|&(selector, level)| levels.push(selector, level));
            let mut findings = [&MISSPELT, &VARIANT, &EMPTY].map(|rule| Finding::new(rule, "")).to_vec();
            levels.apply(&mut findings);
            let told: Vec<_> = findings.iter().map(|f| format!("{} {}", f.rule, f.severity)).collect();
            assert_eq!(told.join(", "), expected, "{settings:?}");
        }
    }
}
