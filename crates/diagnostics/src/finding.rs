use rapporteur_source::Span;
use serde::Serialize;

use crate::{Rule, Severity};

/// One thing that an archivist should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of thing it is; written as its code.
    #[serde(rename = "code")]
    pub rule: &'static Rule,
    /// How much it matters.
    pub severity: Severity,
    /// What is the matter, in one sentence without a full stop.
    pub message: String,
    /// Where: the first label is the place itself, further ones stand at what contradicts or explains it.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A marked place in a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The id of the source.
    pub source: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What is to be seen there; may be empty.
    pub text: String,
    /// The JSON pointer (RFC 6901) to the value that the place is in, where the source is JSON that could be read.
    pub pointer: Option<String>,
}

impl Finding {
    /// A finding of `rule` with that rule's own severity and no place yet.
    #[must_use]
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self { rule, severity: rule.severity, message: message.into(), labels: Vec::new(), help: None }
    }

    /// Adds a marked place.
    #[must_use]
    pub fn at(mut self, source: &str, span: Span, text: impl Into<String>) -> Self {
        let source = source.to_owned();
        self.labels.push(Label { source, start: span.start, end: span.end, text: text.into(), pointer: None });
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
