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
mod edition;
mod furniture;
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
use rapporteur_model::Document;
use rapporteur_source::Source;

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
        text_findings(source, &mut findings);
        reports.push(Report::read(source, lexicon));
    }
    let ledgers = reports.iter().map(|report| Ledger::of(&report.pieces)).collect();
    let (document, more) = assemble::assemble(&mut reports);
    findings.extend(more);
    for report in &reports {
        findings.extend(assemble::unread(report));
    }
    let place = |finding: &Finding| {
        let label = finding.labels.first();
        let source = label.and_then(|label| sources.iter().position(|source| source.id() == label.source));
        (source, label.map(|label| label.start))
    };
    findings.sort_by_key(place);
    Reading { document, ledgers, findings }
}

/// What is wrong with the bytes themselves.
fn text_findings(source: &Source, findings: &mut Vec<Finding>) {
    for span in source.invalid() {
        let bytes: Vec<String> = source.bytes()[span.range()].iter().take(8).map(|byte| format!("{byte:02X}")).collect();
        findings.push(
            Finding::new(Code::TextInvalidUtf8, format!("bytes {} are not UTF-8", bytes.join(" ")))
                .at(source.id(), *span, "read as U+FFFD")
                .help("extract the text again as UTF-8, or convert it with iconv"),
        );
    }
}
