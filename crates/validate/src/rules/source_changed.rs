use rapporteur_diagnostics::rule;

rule! {
    /// The text of a source is not the one that the document was read from.
    ///
    /// # Why it matters
    /// Evidence counts bytes of that text: in another it points anywhere.
    ///
    /// # Example
    /// ```json
    /// {"sha256": "97df…", "bytes": 116699}
    /// ```
    ///
    /// # What to do
    /// Put the old text back, or let `rapporteur validate --sources DIR --fix` look for the values in the new one.
    "document/source-changed", Error
}
