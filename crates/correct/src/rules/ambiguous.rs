use rapporteur_diagnostics::rule;

rule! {
    /// The phrase of a correction stands in several places.
    ///
    /// # Why it matters
    /// Which of them was meant cannot be told, so that none was corrected.
    ///
    /// # Example
    /// ```toml
    /// [[text]]
    /// find = "Pilot"
    /// replace = "Pilot, Port Office"
    /// reason = "the office was cut off"
    /// ```
    ///
    /// # What to do
    /// Say what stands `before` or `after` the phrase, or give a longer one.
    "correction/ambiguous", Error
}
