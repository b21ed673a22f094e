use rapporteur_diagnostics::rule;

rule! {
    /// A name stands twice in one object.
    ///
    /// # Why it matters
    /// Programs take the one or the other, so that what the document says depends on who reads it.
    ///
    /// # Example
    /// ```json
    /// {"title": "Ropes", "title": "Knots"}
    /// ```
    ///
    /// # What to do
    /// Remove the one that is wrong. Where both have the same value `rapporteur validate --fix` does so.
    "document/duplicate-key", Error
}
