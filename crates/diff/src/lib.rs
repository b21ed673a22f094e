//! What changed between two documents: by entity and field, in words.
//!
//! Entities are matched by their ids, and what is left by how alike it is, since the id of a quote whose text was corrected
//! is another. Evidence is no content: where only that moved is told apart.
//!
//! Nothing here knows the fields of the model. Two documents are walked as JSON values, by a small list of the fields that
//! a thing is known by ([`known`]), so that a field that is new in the model is compared without new code.
//!
//! ```
//! use rapporteur_diff::{Kind, diff};
//! use rapporteur_model::{Document, Quote};
//!
//! let quote = |id: &str, text: &str| Quote { id: id.into(), text: text.into(), ..Quote::default() };
//! let old = Document { quotes: vec![quote("x-1", "A lamp that nobody pays for")], ..Document::default() };
//! let new = Document { quotes: vec![quote("x-2", "A lamp that nobody trims for")], ..Document::default() };
//! let changes = diff(&old, &new).changes;
//! let text = changes.iter().find(|change| change.field == "text").expect("the text was corrected");
//! assert_eq!((text.kind, text.new.as_deref()), (Kind::Reworded, Some("/quotes/0/text")));
//! ```

mod change;
mod compare;
mod known;
mod matching;
mod words;

pub use change::{Change, Diff, Kind, SCHEMA_ID, SCHEMA_VERSION, Side, Word, WordKind};
pub use compare::diff;
