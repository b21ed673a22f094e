use rapporteur_diagnostics::rule;

rule! {
    /// A correction gives a value that its field cannot have.
    ///
    /// # Why it matters
    /// The document would not follow its schema, or would refer to somebody who is not in it. The correction was not applied.
    ///
    /// # Example
    /// ```toml
    /// [[value]]
    /// entity = "hd2031"
    /// field = "start_date"
    /// was = "2031-05-06"
    /// value = "6 May 2031"
    /// reason = "as the poster says"
    /// ```
    ///
    /// # What to do
    /// `rapporteur schema` says what each field holds: dates are `YYYY-MM-DD`, times `HH:MM`, a speaker is the id of a person. What
    /// is a list of entities is corrected entity by entity. Two people of one name are one: correct the name where it is printed,
    /// as text.
    "correction/wrong-value", Error
}
