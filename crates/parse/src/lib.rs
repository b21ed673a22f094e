//! From the text of a report to its ledger and its canonical document.
//!
//! [`read`] takes the sources of one edition and never fails: any bytes give a document and findings. There is no input
//! or output here and no global state: one edition is one unit of work.

mod ledger;

pub use ledger::{Ledger, Region, RegionLabel};

use rapporteur_diagnostics::Finding;
use rapporteur_grammar::Lexicon;
use rapporteur_model::{Document, SourceKind};
use rapporteur_source::Source;

/// What was read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The canonical document.
    pub document: Document,
    /// One ledger for each source, in the order of the sources.
    pub ledgers: Vec<Ledger>,
    /// What an archivist should look at, in the order of the text.
    pub findings: Vec<Finding>,
}

/// Reads the sources of one edition.
#[must_use]
pub fn read(sources: &[Source], lexicon: &Lexicon) -> Reading {
    let _ = (sources, lexicon, SourceKind::Report);
    Reading::default()
}
