use rapporteur_diagnostics::rule;

rule! {
    /// An object has a field that the schema does not know.
    ///
    /// # Why it matters
    /// Nobody reads it; most often a known one was meant.
    ///
    /// # Example
    /// ```json
    /// {"tittle": "Ropes"}
    /// ```
    ///
    /// # What to do
    /// Correct its name, or remove it.
    "document/unknown-field", Error
}
