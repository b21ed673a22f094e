use rapporteur_diagnostics::rule;

rule! {
    /// A `rapporteur.toml` names a code or an area of findings that does not exist.
    ///
    /// # Why it matters
    /// It sets nothing, and findings are told or kept quiet that were not meant to be.
    ///
    /// # Example
    /// ```toml
    /// [levels]
    /// "quote/no-speakers" = "deny"
    /// ```
    ///
    /// # What to do
    /// `rapporteur explain` lists all codes. The area of a code is what stands before its slash.
    "config/unknown-code", Error
}
