use rapporteur_diagnostics::rule;

rule! {
    /// The text does not have what a correction says that it had.
    ///
    /// # Why it matters
    /// The correction was made of another text, or its place was changed: what it explains cannot be checked.
    ///
    /// # Example
    /// ```json
    /// {"corrections": [{"form": "text", "start": 90, "end": 94, "was": "Brnu", "text": "Brun"}]}
    /// ```
    ///
    /// # What to do
    /// Read the source again with its corrections: `rapporteur parse` writes the places as they are.
    "document/correction-differs", Error
}
