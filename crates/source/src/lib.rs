//! The bytes of a report as an extractor left them, and the way from any text made of them back to those bytes.
//!
//! Nothing here knows what a report is. [`Source`] holds one file and never changes it; a [`Span`] is a range of its
//! bytes; [`Clean`] is a piece of a line without the marks that extractors leave; a [`Joiner`] puts pieces together into
//! a [`Passage`] with the breaks undone, and remembers where each part came from. [`Patched`] is a source with some of
//! its text replaced, as corrections ask for.
//!
//! ```
//! use rapporteur_source::{Clean, Joiner, Source};
//!
//! let source = Source::new("report", "report.txt", b"**Trust** needs part-\nnerships.".to_vec());
//! let mut joiner = Joiner::new(source.text());
//! for line in source.lines() {
//!     joiner.push(&Clean::new(source.text(), line.span));
//! }
//! let passage = joiner.finish();
//! assert_eq!(passage.text, "Trust needs partnerships.");
//! assert_eq!(source.slice(passage.spans[0]), "Trust** needs part-\nnerships.");
//! ```

mod clean;
mod fold;
mod join;
mod patch;
mod sniff;
mod source;
mod span;

pub use clean::{Clean, Marks};
pub use fold::{fold, fold_into, fold_span, fold_words, folds_to, joins_before, letters};
pub use join::{Hyphen, Joiner, Passage, Vocabulary};
pub use patch::{Edit, Patched};
pub use sniff::NotText;
pub use source::{Line, Position, Source, sha256};
pub use span::Span;
