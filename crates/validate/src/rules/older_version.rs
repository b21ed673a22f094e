use rapporteur_diagnostics::rule;

rule! {
    /// A document follows an older version of its schema than the one of today.
    ///
    /// # Why it matters
    /// Nothing is wrong with it: it is checked by the schema of its version. It says nothing of what that schema did not
    /// know yet, and programs that know only the newer one may not read it.
    ///
    /// # Example
    /// ```json
    /// {"$schema": "urn:rapporteur:schema:document:1.0.0", "schema_version": "1.0.0"}
    /// ```
    ///
    /// # What to do
    /// `rapporteur fmt` writes the document as one of today; `rapporteur validate --fix` does so too. Where documents are to
    /// stay as they are, allow this rule in `rapporteur.toml`.
    "document/older-version", Advice
}
