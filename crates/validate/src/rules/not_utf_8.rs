use rapporteur_diagnostics::rule;

rule! {
    /// A file holds bytes that are no UTF-8.
    ///
    /// # Why it matters
    /// JSON is UTF-8. The letters that such bytes were meant to be are lost, or read as others.
    ///
    /// # Example
    /// ```text
    /// {"name": "Ren\xE9e Marn"}
    /// ```
    ///
    /// # What to do
    /// Find out in which encoding the file was written, and write it in UTF-8.
    "document/not-utf-8", Error
}
