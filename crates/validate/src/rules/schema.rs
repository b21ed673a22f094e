use rapporteur_diagnostics::rule;

rule! {
    /// A value of a document is not what the schema allows in its place.
    ///
    /// # Why it matters
    /// Tools that read documents by their schema fail at it, or read something else.
    ///
    /// # Example
    /// ```json
    /// {"edition": {"year": "2031"}}
    /// ```
    ///
    /// # What to do
    /// `rapporteur schema` prints what is allowed.
    "document/schema", Error
}
