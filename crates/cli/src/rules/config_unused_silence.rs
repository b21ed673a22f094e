use rapporteur_diagnostics::rule;

rule! {
    /// A silence in a `rapporteur.toml` is for a finding that is not there.
    ///
    /// It is told only where the silence could be used: where a source that it names is read, or any where it names none,
    /// and where its rule is looked at.
    ///
    /// # Why it matters
    /// The text or the tool has changed since somebody looked, and the silence could hide another finding some day.
    ///
    /// # Example
    /// ```toml
    /// [[silence]]
    /// code = "person/misspelt"
    /// at = "Ada Brunn"
    /// reason = "the report was corrected since"
    /// ```
    ///
    /// # What to do
    /// Remove it; or look whether its phrase stands in the text as it stands here, and name the source that it is for.
    "config/unused-silence", Warning
}
