use rapporteur_diagnostics::Finding;
use rapporteur_source::Span;

/// Something that is wrong in a document, and how it is mended where there is one right way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What a person is told.
    pub finding: Finding,
    /// Changes of the file that mend it, all of them or none; empty where somebody has to decide.
    pub edits: Vec<Edit>,
}

/// A change of some bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that are replaced; empty where something is put in.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Fault {
    pub(crate) fn new(finding: Finding) -> Self {
        Self { finding, edits: Vec::new() }
    }

    pub(crate) fn fix(mut self, edits: impl IntoIterator<Item = Edit>) -> Self {
        self.edits.extend(edits);
        self
    }
}

impl Edit {
    pub(crate) fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Writes a value in the place of another.
    pub(crate) fn value(span: Span, value: impl Into<serde_json::Value>) -> Self {
        Self::new(span, value.into().to_string())
    }
}
