//! From the text of a report to its ledger and its canonical document.
//!
//! [`read`] takes the sources of one edition and never fails: any bytes give a document and findings. There is no input
//! or output here and no global state: one edition is one unit of work.
//!
//! ```
//! use rapporteur_grammar::Lexicon;
//! use rapporteur_source::Source;
//!
//! let text = "Panel discussion\n\nWater for all\n\nOn stage\nAna Silva, Director, Water Agency\n\n\
//!             The panel looked at rivers, and at those who live beside them, in the light of new data.\n";
//! let source = Source::new("report", "report.txt", text.into());
//! let reading = rapporteur_parse::read(&[source], &Lexicon::embedded());
//! let session = &reading.document.sessions[0];
//! assert_eq!((session.title.as_str(), session.speakers[0].name.as_str()), ("Water for all", "Ana Silva"));
//! ```

mod assemble;
mod back;
mod cards;
mod contents;
mod context;
mod cover;
mod credits;
mod edition;
mod figures;
mod furniture;
mod grid;
mod layout;
mod ledger;
mod naming;
mod order;
mod outline;
mod people;
mod piece;
mod programme;
mod report;
mod session;
mod takeaways;

pub use ledger::{Ledger, Region, RegionLabel};

use rapporteur_diagnostics::{Code, Finding};
use rapporteur_grammar::Lexicon;
use rapporteur_model::{Document, SourceKind};
use rapporteur_source::{Source, Span};

use report::Report;

/// What was read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The canonical document.
    pub document: Document,
    /// One ledger for each source, in the order of the sources.
    pub ledgers: Vec<Ledger>,
    /// What an archivist should look at: source by source, in the order of the text.
    pub findings: Vec<Finding>,
}

/// Reads the sources of one edition: its report, and what else was published of it.
///
/// The main source is the one with the most sessions; what the others add is merged into its document. Any input gives a
/// document; what is wrong with it is among the findings.
#[must_use]
pub fn read(sources: &[Source], lexicon: &Lexicon) -> Reading {
    let mut findings = Vec::new();
    let mut reports: Vec<Report<'_>> = Vec::with_capacity(sources.len());
    for source in sources {
        let text = text_findings(source, &mut findings);
        reports.push(if text { Report::read(source, lexicon) } else { Report::unread(source, lexicon) });
    }
    let ledgers = reports.iter().map(|report| Ledger::of(&report.pieces)).collect();
    let (document, more) = assemble::assemble(&mut reports);
    findings.extend(more);
    for report in reports.iter().filter(|report| report.context.source.not_text().is_none()) {
        findings.extend(assemble::unread(report));
    }
    document_findings(&document, sources, &mut findings);
    let place = |finding: &Finding| {
        let label = finding.labels.first();
        let source = label.and_then(|label| sources.iter().position(|source| source.id() == label.source));
        (source, label.map(|label| label.start))
    };
    findings.sort_by_key(place);
    Reading { document, ledgers, findings }
}

/// What is wrong with the bytes themselves; whether they are a text at all.
fn text_findings(source: &Source, findings: &mut Vec<Finding>) -> bool {
    /// A line longer than this is no line of a report, in bytes.
    const LONG_LINE: usize = 100_000;
    let id = source.id();
    if let Some(kind) = source.not_text() {
        findings.push(
            Finding::new(Code::TextNotText, format!("this is {}, not the text of a report", kind.name()))
                .at(id, Span::new(0, 0), "")
                .help(kind.way_out()),
        );
        return false;
    }
    if source.text().trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        findings.push(
            Finding::new(Code::TextEmpty, "the source holds no text").at(id, Span::new(0, 0), "").help(
                "a PDF that holds only pictures of its pages gives no text: it needs character recognition first",
            ),
        );
        return true;
    }
    for span in source.invalid() {
        let bytes: Vec<String> =
            source.bytes()[span.range()].iter().take(8).map(|byte| format!("{byte:02X}")).collect();
        findings.push(
            Finding::new(Code::TextInvalidUtf8, format!("bytes {} are not UTF-8", bytes.join(" ")))
                .at(id, *span, "read as U+FFFD")
                .help("extract the text again as UTF-8, or convert it with iconv"),
        );
    }
    for line in source.lines().filter(|line| line.span.len() > LONG_LINE) {
        findings.push(
            Finding::new(Code::TextLongLine, format!("line {} has {} bytes", line.number, line.span.len()))
                .at(id, Span::new(line.span.start, line.span.start), "the line starts here")
                .help("extract the text again with line breaks: a report on one line cannot be told apart"),
        );
    }
    true
}

/// What the document as a whole lacks.
fn document_findings(document: &Document, sources: &[Source], findings: &mut Vec<Finding>) {
    let Some(source) = sources.first().filter(|source| source.not_text().is_none()) else { return };
    if findings.iter().any(|finding| finding.code == Code::TextEmpty) {
        return;
    }
    let start = Span::new(0, 0);
    if document.edition.name.is_none() {
        findings.push(
            Finding::new(Code::EditionNotFound, "the text names no conference with its year")
                .at(source.id(), start, "")
                .help("is this the text of a conference report? `rapporteur ledger` shows what was made of each line"),
        );
    }
    let report = document.sources.iter().any(|source| source.kind == SourceKind::Report);
    /// A shorter text is a part of a report, and may well have none.
    const WHOLE_REPORT: usize = 100;
    if report && document.edition.name.is_some() && document.sessions.is_empty() && source.line_count() > WHOLE_REPORT {
        findings.push(
            Finding::new(Code::SessionNone, "no session was found")
                .at(source.id(), start, "")
                .help("a session is found by its title in the contents or the programme, or by a label such as “On stage”; a label of another language can be added with --lexicon"),
        );
    }
    for session in &document.sessions {
        let lacks: Vec<&str> = [
            (session.speakers.is_empty() && session.moderators.is_empty(), "no credits"),
            (session.summary.is_empty(), "no running text"),
        ]
        .into_iter()
        .filter_map(|(lacks, what)| lacks.then_some(what))
        .collect();
        let title = session.evidence.iter().find(|evidence| evidence.field == "title");
        if let (Some(title), false) = (title, lacks.is_empty()) {
            findings.push(
                Finding::new(Code::SessionIncomplete, format!("“{}” has {}", session.title, lacks.join(" and "))).at(
                    &title.source,
                    title.span(),
                    "this session",
                ),
            );
        }
    }
}
