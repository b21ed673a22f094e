use rapporteur_diagnostics::rule;

rule! {
    /// The text at the place of the evidence is not the value.
    ///
    /// # Why it matters
    /// The value was changed, or the evidence: the document says something that the report does not print there.
    ///
    /// # Example
    /// ```json
    /// {"text": "Ropes tear.", "evidence": [{"source": "report", "start": 310, "end": 321, "field": "text"}]}
    /// ```
    ///
    /// # What to do
    /// Compare both. Where the value stands elsewhere in the text, `rapporteur validate --sources DIR --fix` corrects the
    /// evidence.
    "document/evidence-differs", Error
}
