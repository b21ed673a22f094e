use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know: something was inferred or put right.
    Advice,
    /// To be looked at: something may be wrong.
    Warning,
    /// Wrong: the document cannot be trusted without a correction.
    Error,
}

impl Severity {
    /// As it is written: `advice`, `warning`, `error`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One kind of thing that can be found.
///
/// A rule is declared once, by [`rule!`](crate::rule!), at the head of the file that checks it; what it says of itself
/// there is its page in the reference and what `rapporteur explain` prints.
#[derive(Debug)]
pub struct Rule {
    /// `area/what-is-wrong`: stable, and unique among all rules.
    pub code: &'static str,
    /// The severity of its findings where nothing else is asked for.
    pub severity: Severity,
    /// What it finds, why that matters, an example and what to do, as Markdown; the first paragraph is what it finds.
    pub documentation: &'static str,
}

impl Rule {
    /// The part of the code before the slash.
    #[must_use]
    pub fn area(&self) -> &'static str {
        self.code.split('/').next().unwrap_or_default()
    }

    /// The documentation without the space that stands before each line of a doc comment.
    #[must_use]
    pub fn page(&self) -> String {
        let lines = self.documentation.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The first paragraph of its documentation, on one line: what it finds.
    #[must_use]
    pub fn summary(&self) -> String {
        let lines = self.documentation.lines().map(str::trim).skip_while(|line| line.is_empty());
        lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The first sentence of its documentation, without the full stop.
    #[must_use]
    pub fn title(&self) -> String {
        let summary = self.summary();
        let end = summary.find(". ").unwrap_or(summary.len());
        summary[..end].trim_end_matches('.').to_owned()
    }
}

/// Rules are told apart by their codes.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

/// As its code.
impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code)
    }
}

/// Declares a rule as `RULE`: its documentation, its code and the severity of its findings.
///
/// ```
/// rapporteur_diagnostics::rule! {
///     /// A line holds nothing but dots.
///     ///
///     /// # Why it matters
///     /// Nothing can be read of it.
///     "text/dots", Advice
/// }
///
/// assert_eq!((RULE.code, RULE.area()), ("text/dots", "text"));
/// assert_eq!(RULE.title(), "A line holds nothing but dots");
/// ```
#[macro_export]
macro_rules! rule {
    ($(#[doc = $doc:literal])+ $code:literal, $severity:ident) => {
        $(#[doc = $doc])+
        pub static RULE: $crate::Rule = $crate::Rule {
            code: $code,
            severity: $crate::Severity::$severity,
            documentation: concat!($($doc, "\n"),+),
        };
    };
}
