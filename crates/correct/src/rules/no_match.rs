use rapporteur_diagnostics::rule;

rule! {
    /// The place that a correction is for is not there.
    ///
    /// # Why it matters
    /// The correction was not applied, and the document says what somebody has called wrong; or the text was mended, and there is
    /// nothing left to correct.
    ///
    /// # Example
    /// ```toml
    /// [[text]]
    /// find = "Ada Brnu, Pilot"
    /// replace = "Ada Brun, Pilot"
    /// reason = "spelt Brun on her card"
    /// ```
    ///
    /// # What to do
    /// The nearest candidates are named. Give a phrase as it stands in the text, whole words in one column: line breaks and the
    /// marks of an extractor do not matter, letters and signs do. Phrases of regions are looked for in the corrected text. Remove a
    /// correction that has nothing to correct any more. What is called by its number in a list is not corrected in a text that
    /// has changed, until somebody has looked (`rapporteur correct SOURCE --confirm`): another may have that number now.
    "correction/no-match", Error
}
