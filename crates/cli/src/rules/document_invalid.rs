use rapporteur_diagnostics::rule;

rule! {
    /// The document that was read does not follow its own schema.
    ///
    /// # Why it matters
    /// It is not written. This is a fault of rapporteur, not of the text.
    ///
    /// # Example
    /// No text is known that leads to it.
    ///
    /// # What to do
    /// Report it to the project, with the text.
    "document/invalid", Error
}
