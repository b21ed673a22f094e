//! How fast two thousand findings in a text of two megabytes are written down.

use divan::Bencher;
use rapporteur_diagnostics::{Finding, render, rule};
use rapporteur_source::{Source, Span};

/// Findings, and bytes of the text that they are in.
const FINDINGS: usize = 2_000;
const BYTES: usize = 2 << 20;

rule! {
    /// Nobody is named as the speaker of a quote.
    "quote/no-speaker", Warning
}

fn main() {
    divan::main();
}

/// Findings with three places each, all over a text whose lines end so.
fn stream(line_end: &str) -> (Vec<Finding>, [Source; 1]) {
    let text = format!("Žofie spoke of ropes and knots.{line_end}").repeat(BYTES / 33);
    let step = text.len() / FINDINGS;
    let at = |place: usize| Span::new(place % text.len(), (place % text.len() + 40).min(text.len()));
    let finding = |number: usize| {
        Finding::new(&RULE, "nobody is named as the speaker of this quote")
            .at("report", at(number * step), "whose words are these?")
            .at("report", at(number * step + 500), "")
            .at("report", at(number * step * 7), "named here")
            .help("the document has it with no speaker")
    };
    ((0..FINDINGS).map(finding).collect(), [Source::new("report", "report.txt", text.into_bytes())])
}

/// Lines of a sentence each, and all of the text in one line.
#[divan::bench(args = [("plain", "\n"), ("json", "\n"), ("sarif", "\n"), ("github", "\n"), ("junit", "\n"),
    ("plain", " "), ("json", " "), ("sarif", " "), ("github", " "), ("junit", " ")])]
fn format(bencher: Bencher<'_, '_>, (name, line_end): (&str, &str)) {
    let (findings, sources) = stream(line_end);
    let renderer = match name {
        "plain" => render::plain,
        "json" => render::json,
        "sarif" => render::sarif,
        "github" => render::github,
        _ => render::junit,
    };
    bencher.bench_local(|| renderer(&findings, &sources));
}
