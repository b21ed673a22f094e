//! Findings and problems as a person reads them, by miette.

use std::fmt::{self, Display, Write as _};
use std::io::IsTerminal as _;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};
use rapporteur_diagnostics::render::{SHOWN, harmless, more_places, plain};
use rapporteur_diagnostics::{Finding, Label};
use rapporteur_source::Source;

use crate::Problem;
use crate::excerpt::Excerpt;

/// Columns of a page where the terminal does not say, and most that are used of a wide one.
const WIDTH: usize = 120;
/// Columns of line numbers, borders and ellipses beside an excerpt.
const BESIDE: usize = 20;

/// How findings and problems are written for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// With excerpts of the sources, as wide as standard error, in colour where that is a terminal that takes it.
    Terminal,
    /// With excerpts of the sources, without colour.
    File,
    /// Lines of text.
    Plain,
}

/// Writes findings and problems for a person to read.
pub(crate) struct Renderer<'a> {
    sources: &'a [Source],
    /// Draws the excerpts; without it there are lines of text.
    handler: Option<GraphicalReportHandler>,
    width: usize,
}

impl<'a> Renderer<'a> {
    /// A renderer of findings in `sources`.
    pub(crate) fn new(sources: &'a [Source], style: Style) -> Self {
        let stderr = std::io::stderr();
        let is_colourless =
            style == Style::File || anstream::AutoStream::choice(&stderr) == anstream::ColorChoice::Never;
        let theme = if is_colourless { GraphicalTheme::unicode_nocolor() } else { GraphicalTheme::unicode() };
        let is_terminal = style == Style::Terminal && stderr.is_terminal();
        let columns = if is_terminal { terminal_size::terminal_size_of(&stderr) } else { None };
        let width = columns.map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(60, WIDTH));
        let handler = GraphicalReportHandler::new_themed(theme).with_width(width).with_links(false);
        Self { sources, handler: (style != Style::Plain).then_some(handler), width }
    }

    /// Findings with the places that they are about.
    pub(crate) fn findings(&self, findings: &[Finding]) -> String {
        let Some(handler) = &self.handler else { return plain(findings, self.sources) };
        let reports = findings.iter().map(|finding| {
            let known = |label: &&Label| self.sources.iter().any(|source| source.id() == label.source);
            let labels: Vec<Label> = finding.labels.iter().filter(known).take(SHOWN).cloned().collect();
            let more = finding.labels.iter().filter(known).count() - labels.len();
            Report {
                code: format!("{}[{}]", finding.severity, finding.rule),
                severity: match finding.severity {
                    rapporteur_diagnostics::Severity::Error => Severity::Error,
                    rapporteur_diagnostics::Severity::Warning => Severity::Warning,
                    rapporteur_diagnostics::Severity::Advice => Severity::Advice,
                },
                message: harmless(&finding.message),
                more: more_places(more),
                help: finding.help.as_deref().map(harmless),
                excerpt: Excerpt::new(&labels, self.sources, self.width - BESIDE),
            }
        });
        drawn(handler, reports)
    }

    /// Problems with their ways out.
    pub(crate) fn problems(&self, problems: &[Problem]) -> String {
        let Some(handler) = &self.handler else {
            return problems.iter().fold(String::new(), |mut out, problem| {
                let _ = writeln!(out, "error: {}\n  help: {}", harmless(&problem.message), harmless(&problem.help));
                out
            });
        };
        let reports = problems.iter().map(|problem| Report {
            code: "error".to_owned(),
            severity: Severity::Error,
            message: harmless(&problem.message),
            more: None,
            help: Some(harmless(&problem.help)),
            excerpt: None,
        });
        drawn(handler, reports)
    }

    /// Findings and then a summary line, with an empty line between them where there are excerpts.
    pub(crate) fn with_summary(&self, findings: &[Finding], summary: &str) -> String {
        let findings = self.findings(findings);
        let between = if findings.is_empty() || self.handler.is_none() { "" } else { "\n" };
        format!("{findings}{between}{summary}\n")
    }
}

/// Each report, an empty line between two.
fn drawn(handler: &GraphicalReportHandler, reports: impl Iterator<Item = Report>) -> String {
    let mut out = String::new();
    for report in reports {
        if !out.is_empty() {
            out.push('\n');
        }
        if handler.render_report(&mut out, &report).is_err() {
            let _ = writeln!(out, "{}: {}", report.code, report.message);
        }
        if let Some(more) = report.more {
            let _ = writeln!(out, "  {more}");
        }
    }
    out
}

/// One finding or problem, as miette takes it.
#[derive(Debug)]
struct Report {
    code: String,
    severity: Severity,
    message: String,
    /// How many places are not shown.
    more: Option<String>,
    help: Option<String>,
    excerpt: Option<Excerpt>,
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl Diagnostic for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.excerpt.as_ref().map(|excerpt| Box::new(excerpt.labels()) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}

#[cfg(test)]
#[path = "../../diagnostics/tests/zoo/mod.rs"]
mod zoo;

#[cfg(test)]
mod tests {
    use rapporteur_diagnostics::rule;
    use rapporteur_source::Span;

    use super::*;

    rule! {
        /// Nobody is named as the speaker of a quote.
        "quote/no-speaker", Warning
    }

    fn rendered(findings: &[Finding], sources: &[Source]) -> String {
        Renderer::new(sources, Style::File).findings(findings)
    }

    #[test]
    fn a_finding_shows_its_places_in_every_source() {
        let paragraph =
            format!("{}“Trust is built slowly”, she said.{}", "Much was said. ".repeat(20), " So it is.".repeat(30));
        let report = Source::new("report", "vmc/report.txt", format!("Title\n\n{paragraph}\n").into_bytes());
        let article = Source::new("takeaways", "vmc/takeaways.txt", b"Six takeaways\n".to_vec());
        let finding = Finding::new(&RULE, "nobody is named at this quote")
            .at("report", Span::new(307, 334), "said by whom?")
            .at("report", Span::new(0, 5), "")
            .at("takeaways", Span::new(4, 13), "announced here")
            .help("Look at the page of the report.");
        let told = rendered(&[finding], &[report, article]);
        let expected = "\
warning[quote/no-speaker]

  ⚠ nobody is named at this quote
   ╭─[vmc/report.txt:3:301]
 1 │ Title
   · ─────
 2 │
 3 │ …Much was said. Much was said. “Trust is built slowly”, she said. So it is. So it is. So it is. So it…
   ·                                ───────────┬───────────
   ·                                           ╰── said by whom?
   ╰────
   ╭─[vmc/takeaways.txt:1:5]
 1 │ Six takeaways
   ·     ────┬────
   ·         ╰── announced here
   ╰────
  help: Look at the page of the report.";
        assert_eq!(told.lines().map(str::trim_end).collect::<Vec<_>>(), expected.lines().collect::<Vec<_>>());
    }

    #[test]
    fn findings_without_a_place_and_with_a_wrong_one_are_told_too() {
        let source = Source::new("report", "report.txt", b"One line".to_vec());
        let findings = [
            Finding::new(&RULE, "no place"),
            Finding::new(&RULE, "no such source").at("other", Span::new(0, 1), ""),
            Finding::new(&RULE, "past the end").at("report", Span::new(90, 95), "here"),
        ];
        let told = rendered(&findings, &[source]);
        for finding in &findings {
            assert!(told.contains(&finding.message), "{told}");
        }
        assert!(told.contains("[report.txt:1:9]"), "{told}");
    }

    #[test]
    fn findings_of_every_shape_are_told_to_a_person() {
        let told = rendered(&zoo::findings(), &zoo::sources());
        insta::assert_snapshot!("human", told);
        let is_harmless = told.lines().all(|line| harmless(line) == line);
        assert!(is_harmless, "nothing that a terminal obeys");
    }

    #[test]
    fn what_is_told_of_a_finding_does_not_grow_with_its_source_and_its_places() {
        let told = |times: usize, line_end: &str| {
            let text = format!("Žofie spoke of ropes.{line_end}").repeat(times);
            let sources = [Source::new("report", "report.txt", text.into_bytes())];
            let places = (0..times).map(|place| Span::new(23 * place, 23 * place + 6));
            let finding =
                places.fold(Finding::new(&RULE, "in many places"), |finding, at| finding.at("report", at, ""));
            rendered(&[finding], &sources).lines().count()
        };
        for line_end in ["\n", " "] {
            assert_eq!(told(10, line_end), told(1000, line_end));
        }
    }
}
