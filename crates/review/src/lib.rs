//! The review page: the text of a report beside what was read of it, as one HTML file.
//!
//! [`Review::page`] makes a page that needs nothing else: its style and its script are in it, its security policy allows
//! no others and no network, and every letter of the report goes through the escaping of the templates. What belongs
//! together on both sides is told by numbers in attributes (`marks`), so that the script holds no data.
//!
//! ```
//! use rapporteur_grammar::Lexicon;
//! use rapporteur_review::Review;
//! use rapporteur_source::Source;
//!
//! let sources = [Source::new("report", "report.txt", "Panel discussion\n\nWater & wells\n".into())];
//! let reading = rapporteur_parse::read(&sources, &Lexicon::embedded());
//! let page = Review {
//!     document: &reading.document,
//!     sources: &sources,
//!     ledgers: &reading.ledgers,
//!     findings: &reading.findings,
//!     served: None,
//! }
//! .page();
//! assert!(page.contains("Water &#38; wells"));
//! ```

mod describe;
mod findings;
mod marks;
mod page;
mod shown;
mod text;
mod view;

use rapporteur_diagnostics::Finding;
use rapporteur_model::Document;
use rapporteur_parse::Ledger;
use rapporteur_source::Source;

pub use shown::shown;

/// What a page shows: the sources of one edition, and what was read of them.
#[derive(Clone, Copy, Debug)]
pub struct Review<'a> {
    /// The document.
    pub document: &'a Document,
    /// The texts; findings and evidence in others are told without a place.
    pub sources: &'a [Source],
    /// One ledger for each source, in the order of the sources.
    pub ledgers: &'a [Ledger],
    /// What was found, with the severities that are to be shown.
    pub findings: &'a [Finding],
    /// Where the page is served: what its forms need.
    pub served: Option<Served<'a>>,
}

/// What the forms of a page need that is served by somebody who writes corrections.
#[derive(Clone, Copy, Debug)]
pub struct Served<'a> {
    /// A name for what the page shows, which is sent back with each form.
    pub version: &'a str,
    /// The labels that a passage can be given.
    pub labels: &'a [&'a str],
}

impl Review<'_> {
    /// The page, as HTML in UTF-8. The same review gives the same bytes.
    #[must_use]
    pub fn page(&self) -> String {
        page::render(self)
    }
}
