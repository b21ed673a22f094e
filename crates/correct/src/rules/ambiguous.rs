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
    /// Say what stands `before` or `after` the phrase, or give a longer one. Where a list has two entries of one id, such as two
    /// credits of one person, give the number in the list in place of the id: `…/speakers/0`.
    "correction/ambiguous", Error
}
