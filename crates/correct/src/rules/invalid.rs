use rapporteur_diagnostics::rule;

rule! {
    /// A file of corrections is not TOML, or holds something that has no meaning there.
    ///
    /// # Why it matters
    /// Somebody meant to correct something, and it is not corrected. Everything else in the file holds.
    ///
    /// # Example
    /// ```toml
    /// [[text]]
    /// find = "Ada Brnu"
    /// replace = "Ada Brun"
    /// ```
    ///
    /// # What to do
    /// A correction of a text has `find` and `replace`, and where that is not enough to be unique `before` and `after`; one of a
    /// value has `entity`, `field`, `value` (or `absent = true`) and `was`; one of a region has `at`, `label` and may have
    /// `until`. Each needs a `reason` and may say `by` whom and on which `date`. `rapporteur correct` writes them so.
    "correction/invalid", Error
}
