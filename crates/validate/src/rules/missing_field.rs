use rapporteur_diagnostics::rule;

rule! {
    /// A field that each such object has is not there.
    ///
    /// # Why it matters
    /// Programs that read documents rely on it. What is absent is `null` or an empty list, never a missing field.
    ///
    /// # Example
    /// ```json
    /// {"text": "Ropes hold."}
    /// ```
    ///
    /// # What to do
    /// Add it, with `null` or `[]` where there is no value.
    "document/missing-field", Error
}
