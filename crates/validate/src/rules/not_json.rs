use rapporteur_diagnostics::rule;

rule! {
    /// A file that is to be validated is not JSON.
    ///
    /// # Why it matters
    /// Nothing in it can be read by anything.
    ///
    /// # Example
    /// ```json
    /// {"sessions": [}
    /// ```
    ///
    /// # What to do
    /// Mend the syntax at the place that is shown.
    "document/not-json", Error
}
