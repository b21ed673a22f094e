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
mod rules;
mod session;
mod takeaways;

pub use ledger::{Ledger, Region, RegionLabel};
pub use rules::rules;

use rapporteur_diagnostics::Finding;
use rapporteur_grammar::Lexicon;
use rapporteur_model::Document;
use rapporteur_people::{Index, Register};
use rapporteur_source::Source;

use report::Report;
use rules::Subject;

/// What was read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The canonical document.
    pub document: Document,
    /// One ledger for each source, in the order of the sources.
    pub ledgers: Vec<Ledger>,
    /// What an archivist should look at: source by source, in the order of the text.
    pub findings: Vec<Finding>,
    /// Whether each source holds text: of a picture or an empty file there is nothing to say, whatever the document.
    pub readable: bool,
}

/// Reads the sources of one edition: its report, and what else was published of it.
///
/// The main source is the one with the most sessions; what the others add is merged into its document. Any input gives a
/// document; what is wrong with it is among the findings.
#[must_use]
pub fn read(sources: &[Source], lexicon: &Lexicon) -> Reading {
    read_with(sources, &Options { lexicon, people: None })
}

/// What a source is read with, beside its text.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The words that the parser knows.
    pub lexicon: &'a Lexicon,
    /// Who took part in other editions: people have the ids that they have there, and names that are near to theirs are
    /// findings. No name is changed by it.
    pub people: Option<&'a Register>,
}

/// [`read`], with more than a lexicon.
#[must_use]
pub fn read_with(sources: &[Source], options: &Options<'_>) -> Reading {
    let registered = options.people.map(Index::new);
    let reports: Vec<Report<'_>> = sources.iter().map(|source| Report::read(source, options.lexicon)).collect();
    let ledgers = reports.iter().map(|report| Ledger::of(&report.pieces)).collect();
    let assembled = assemble::assemble(&reports, registered.as_ref());
    let findings = rules::findings(&Subject::new(&reports, &assembled, registered.as_ref()));
    let readable = reports.iter().all(|report| report.is_text() && !report.is_blank());
    Reading { document: assembled.document, ledgers, findings, readable }
}
