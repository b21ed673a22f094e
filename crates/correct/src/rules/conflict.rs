use rapporteur_diagnostics::rule;

rule! {
    /// Two corrections are of the same place or the same value.
    ///
    /// # Why it matters
    /// Only the first of them was applied.
    ///
    /// # Example
    /// ```toml
    /// [[text]]
    /// find = "Ada Brnu, Pilot"
    /// replace = "Ada Brun, Pilot"
    /// reason = "spelt Brun on her card"
    ///
    /// [[text]]
    /// find = "Brnu, Pilot"
    /// replace = "Brun, First Pilot"
    /// reason = "her office in the programme"
    /// ```
    ///
    /// # What to do
    /// Make one correction of the two.
    "correction/conflict", Error
}
