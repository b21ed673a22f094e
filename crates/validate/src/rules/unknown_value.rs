use rapporteur_diagnostics::rule;

rule! {
    /// A value is not in the closed list of those that the schema allows.
    ///
    /// # Why it matters
    /// Programs tell such values apart by their names.
    ///
    /// # Example
    /// ```json
    /// {"kind": "lecture"}
    /// ```
    ///
    /// # What to do
    /// Take the nearest value of the list; what a report prints itself has a field of its own.
    "document/unknown-value", Error
}
