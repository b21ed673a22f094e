use rapporteur_diagnostics::rule;

rule! {
    /// A file begins with a byte order mark.
    ///
    /// # Why it matters
    /// JSON has none, and many programs refuse a file that begins with one.
    ///
    /// # Example
    /// ```text
    /// (U+FEFF){"schema_version": "1.0.0"}
    /// ```
    ///
    /// # What to do
    /// `rapporteur validate --fix` removes it. Set your editor to write UTF-8 without a byte order mark.
    "document/byte-order-mark", Error
}
