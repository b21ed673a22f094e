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
mod braid;
mod cards;
mod contents;
mod context;
mod corrected;
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
mod passages;
mod people;
mod piece;
mod programme;
mod report;
mod rules;
mod session;
mod signed;
mod takeaways;
mod trial;
mod turns;

pub use ledger::{Ledger, Region, RegionLabel};
pub use rules::rules;
pub use trial::{Obstacle, Refusal, Trial, try_added, try_text};

use rapporteur_correct::Corrections;
use rapporteur_diagnostics::Finding;
use rapporteur_grammar::Lexicon;
use rapporteur_model::Document;
use rapporteur_people::{Index, Register};
use rapporteur_source::Source;

use corrected::Bound;
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

/// What sources are read with.
#[derive(Clone, Copy, Debug)]
pub struct Options<'o> {
    /// The words that the parser needs.
    pub lexicon: &'o Lexicon,
    /// Who took part in other editions: people have the ids that they have there, and names that are near to theirs are
    /// findings. No name is changed by it.
    pub people: Option<&'o Register>,
    /// Corrections of the sources: those of each are kept in a file of their own.
    pub corrections: &'o [Corrections],
}

impl<'o> Options<'o> {
    /// A lexicon and nothing else.
    #[must_use]
    pub fn new(lexicon: &'o Lexicon) -> Self {
        Self { lexicon, people: None, corrections: &[] }
    }
}

/// Reads the sources of one edition: its report, and what else was published of it.
///
/// The main source is the one with the most sessions; what the others add is merged into its document. Any input gives a
/// document; what is wrong with it is among the findings.
#[must_use]
pub fn read(sources: &[Source], lexicon: &Lexicon) -> Reading {
    read_with(sources, &Options::new(lexicon))
}

/// [`read`], with more than a lexicon.
///
/// Corrections are applied where they belong, and the document lists them; what is wrong with one is a finding, and it
/// changes nothing. All spans point into the sources as they are.
#[must_use]
pub fn read_with(sources: &[Source], options: &Options<'_>) -> Reading {
    let registered = options.people.map(Index::new);
    let mut bound: Vec<Bound<'_>> = sources.iter().map(|source| Bound::new(source, options.corrections)).collect();
    bound.iter_mut().for_each(|bound| bound.settle(options.lexicon));
    let reports: Vec<Report<'_>> = bound.iter().map(|bound| bound.report(options.lexicon)).collect();
    let ledgers = bound.iter().zip(&reports).map(|(bound, report)| bound.ledger(report)).collect();
    let mut assembled = assemble::assemble(&reports, registered.as_ref());
    let mut values = corrected::values(options, &mut assembled.document);
    let mut findings = rules::findings(&Subject::new(&reports, &assembled, registered.as_ref()));
    let readable = reports.iter().all(|report| report.is_text() && !report.is_blank());
    let mut document = assembled.document;
    corrected::back(&bound, &mut document, findings.iter_mut().chain(&mut values.findings));
    corrected::list(&bound, options, values, &mut document, &mut findings);
    Reading { document, ledgers, findings, readable }
}
