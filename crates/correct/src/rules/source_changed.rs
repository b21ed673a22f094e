use rapporteur_diagnostics::rule;

rule! {
    /// The source is another text than the one that its corrections were made for.
    ///
    /// Each correction was tried again by its context. Those that do not fit any more are told by findings of their own and
    /// change nothing; all others were applied.
    ///
    /// # Why it matters
    /// A phrase that still stands in one place only may mean something else there.
    ///
    /// # Example
    /// ```toml
    /// [source]
    /// path = "report.txt"
    /// sha256 = "0d1c…"
    /// ```
    ///
    /// # What to do
    /// Look at the list of `corrections` in the document. When they are right, `rapporteur correct SOURCE --confirm` writes the
    /// digest of the new text into the file.
    "correction/source-changed", Advice
}
