use rapporteur_diagnostics::rule;

rule! {
    /// A lexicon file is not TOML, or holds a table or a list that the lexicon does not have.
    ///
    /// # Why it matters
    /// Words that stand in a wrong place are not read with, and nobody would notice.
    ///
    /// # Example
    /// ```toml
    /// [role]
    /// speakers = ["On the sofa"]
    /// ```
    ///
    /// # What to do
    /// `rapporteur lexicon` prints the lexicon that comes with the tool; a file of your own has the same shape.
    "lexicon/invalid", Error
}
