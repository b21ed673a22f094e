use rapporteur_diagnostics::rule;

rule! {
    /// A passage cannot be read as its correction says, where it stands.
    ///
    /// # Why it matters
    /// The correction was not applied: a conclusion belongs to a session, and outside of one there is nothing that it could be a
    /// conclusion of.
    ///
    /// # Example
    /// ```toml
    /// [[region]]
    /// at = "Ropes hold where hands do."
    /// label = "conclusion"
    /// reason = "the first of the list"
    /// ```
    ///
    /// # What to do
    /// Look at the ledger (`rapporteur ledger SOURCE`) for what stands around the passage. Running text, conclusions and credits are
    /// those of a session, the name at a quote stands in one too, and a name has to be there; a title of a session stands outside
    /// the contents and the programme.
    "correction/misplaced", Error
}
