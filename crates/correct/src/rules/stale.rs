use rapporteur_diagnostics::rule;

rule! {
    /// A value is no longer what it was when its correction was made.
    ///
    /// # Why it matters
    /// The correction was made of something else and was not applied: the value that is read now may be right.
    ///
    /// # Example
    /// ```toml
    /// [[value]]
    /// entity = "hd2031"
    /// field = "city"
    /// was = "Altmarsh"
    /// value = "Old Marsh"
    /// reason = "the town was renamed"
    /// ```
    ///
    /// # What to do
    /// Look at the value that is read now. Remove the correction where it is right; otherwise write it as `was`. Where nothing is
    /// read, there is no `was`.
    "correction/stale", Error
}
