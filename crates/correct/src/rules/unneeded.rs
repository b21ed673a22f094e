use rapporteur_diagnostics::rule;

rule! {
    /// What a correction says is there already.
    ///
    /// # Why it matters
    /// The text was mended or the tool reads better than it did; the correction has nothing to do.
    ///
    /// # Example
    /// ```toml
    /// [[text]]
    /// find = "Ada"
    /// replace = "Ada Brun"
    /// reason = "the name was cut off"
    /// ```
    ///
    /// # What to do
    /// Remove it: `rapporteur correct SOURCE --remove ID`.
    "correction/unneeded", Warning
}
