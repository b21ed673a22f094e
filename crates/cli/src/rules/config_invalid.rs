use rapporteur_diagnostics::rule;

rule! {
    /// A `rapporteur.toml` is not TOML, or holds something that has no meaning there.
    ///
    /// # Why it matters
    /// What stands there was meant to set something and sets nothing. Everything else in the file holds.
    ///
    /// # Example
    /// ```toml
    /// [levels]
    /// person = "ignore"
    /// ```
    ///
    /// # What to do
    /// Levels are `allow`, `warn` and `deny`. A silence has a `code`, a phrase `at` its place and a `reason`, and may name
    /// a `source`.
    "config/invalid", Error
}
