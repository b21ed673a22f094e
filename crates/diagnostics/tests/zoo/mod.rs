//! A finding of every shape there is, for the tests of all renderers.

use rapporteur_diagnostics::{Finding, Severity, rule};
use rapporteur_source::{Source, Span};

/// A rule whose page has everything in it that a format might take for a mark of its own.
mod odd {
    rapporteur_diagnostics::rule! {
        /// Nobody is named <as> the "speaker" of a quote. It could not be inferred & so it is told.
        ///
        /// # Why it matters
        /// ]]> ends a section of XML, %0A a line, `::` a command.
        "quote/no-speaker", Warning
    }
}

rule! {
    /// A takeaway is worded differently.
    "takeaway/differs", Advice
}

/// A message or a label with everything in it that some format has to escape.
pub(crate) const ODD: &str = "100%: a,b::c <script>alert(1)</script> ]]> \"q\" 'q' & \\ {0} [a](1)\r\n\u{1b}[31mred\u{0}\u{7f}\u{202e}\u{fffe}é𝄞";

/// The text of the odd source: a line with everything, two lines, a line without an end.
pub(crate) fn odd_text() -> String {
    format!("{ODD}\nfirst line\nsecond žluťoučký line\n{}END", "word ".repeat(2000))
}

/// The sources that the findings are in; the last is one that nothing was found in.
pub(crate) fn sources() -> Vec<Source> {
    vec![
        Source::new("report", "reports/report.txt", b"Title\n\nA quote of nobody.\n".to_vec()),
        Source::new("odd", "./out put/\u{17d}ofie: 100%,\n.txt", odd_text().into_bytes()),
        Source::new("stdin", "-", b"\xffno UTF-8\n".to_vec()),
        Source::new("clean", "clean.txt", b"Nothing\n".to_vec()),
    ]
}

/// A finding of every shape, for [`sources`].
pub(crate) fn findings() -> Vec<Finding> {
    let odd = odd_text();
    let at = |text: &str| odd.find(text).expect("it is in the text");
    let mut error = Finding::new(&odd::RULE, "made an error").at("report", Span::new(7, 25), "whose words?");
    error.severity = Severity::Error;
    let many = (0..300).fold(Finding::new(&RULE, "in many places"), |finding, place| {
        finding.at("odd", Span::new(at("word") + 5 * place, at("word") + 5 * place + 4), "")
    });
    vec![
        Finding::new(&odd::RULE, "no place at all").help("Look at the page."),
        Finding::new(&RULE, "in a source that is not there").at("other", Span::new(0, 1), "nowhere"),
        error,
        Finding::new(&RULE, "several places in two sources")
            .at("report", Span::new(0, 5), "here")
            .at("odd", Span::new(at("first"), at("first") + 5), "and here")
            .at("report", Span::new(9, 14), ""),
        Finding::new(&odd::RULE, "over two lines").at("odd", Span::new(at("line\nsecond"), at("čký")), "from here"),
        Finding::new(&RULE, "past the end").at("report", Span::new(90, 95), "here"),
        Finding::new(&RULE, "empty").at("report", Span::new(7, 7), ""),
        Finding::new(&RULE, "within a letter").at("odd", Span::new(at("č") + 1, at("č") + 1), ""),
        Finding::new(&odd::RULE, ODD).at("odd", Span::new(0, ODD.len()), ODD).help(ODD),
        Finding::new(&odd::RULE, "the same twice").at("odd", Span::new(at("END"), odd.len()), "at a long line's end"),
        Finding::new(&odd::RULE, "the same twice").at("odd", Span::new(at("END"), odd.len()), "at a long line's end"),
        Finding::new(&odd::RULE, "a long place").at("odd", Span::new(at("word"), odd.len()), ""),
        many,
        Finding::new(&odd::RULE, "a byte").at("stdin", Span::new(0, 1), "no UTF-8"),
    ]
}
