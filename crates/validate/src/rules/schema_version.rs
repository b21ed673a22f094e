use rapporteur_diagnostics::rule;

rule! {
    /// A document follows another version of the schema than this tool knows, or names none.
    ///
    /// # Why it matters
    /// What it holds may mean something else than the tool takes it for. The rest of such a document is not checked.
    ///
    /// # Example
    /// ```json
    /// {"$schema": "urn:rapporteur:schema:document:9.0.0", "schema_version": "9.0.0"}
    /// ```
    ///
    /// # What to do
    /// Use a newer `rapporteur`, or correct the version.
    "document/schema-version", Error
}
