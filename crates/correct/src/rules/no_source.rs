use rapporteur_diagnostics::rule;

rule! {
    /// A file of corrections is for none of the sources that were read.
    ///
    /// # Why it matters
    /// None of its corrections was applied.
    ///
    /// # Example
    /// ```toml
    /// [source]
    /// path = "other.txt"
    /// ```
    ///
    /// # What to do
    /// Give the source that it names; or correct the `path` under `[source]`, if the file has got another name.
    "correction/no-source", Error
}
