use rapporteur_diagnostics::rule;

rule! {
    /// The text of a source is not where the document says.
    ///
    /// # Why it matters
    /// Its evidence cannot be checked.
    ///
    /// # Example
    /// ```json
    /// {"path": "2031/report.txt"}
    /// ```
    ///
    /// # What to do
    /// Name with `--sources` the folder that the path of the source is in.
    "document/source-missing", Warning
}
