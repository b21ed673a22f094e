//! Corrections of what was read: kept in a file beside the source, which is never changed, and applied anew whenever the
//! source is read.
//!
//! [`Corrections`] is such a file. Its corrections of the *text* become [`TextEdit`]s, those of a *region* [`Passage`]s, each
//! in the one place that its phrase has; what has no place, or several, becomes a finding and changes nothing.
//! [`apply`] puts the *values* of a document right. [`edit`] changes the file. There is no input or output here.
//!
//! ```
//! use rapporteur_correct::Corrections;
//! use rapporteur_source::Source;
//!
//! let source = Source::new("report", "report.txt", b"The ropes hodl to-\nmorrow.".to_vec());
//! let file = "[[text]]\nfind = \"hodl tomorrow\"\nreplace = \"hold tomorrow\"\nreason = \"two letters are swapped\"\n";
//! let file = Source::new("report.corrections.toml", "report.corrections.toml", file.into());
//! let corrections = Corrections::parse(file, std::slice::from_ref(&source), Some(0));
//! let (edits, findings) = corrections.text(&source);
//! assert!(findings.is_empty());
//! assert_eq!((source.slice(edits[0].edit.span), edits[0].edit.text.as_str()), ("hodl", "hold"));
//! ```

mod bind;
pub mod edit;
mod file;
mod phrase;
pub mod places;
mod read_as;
mod rules;
mod value;

pub use bind::{Passage, TextEdit, ending};
pub use file::{Corrections, Entry, Header, What};
pub use phrase::Phrases;
pub use read_as::ReadAs;
pub use rules::misplaced::RULE as MISPLACED;
pub use rules::rules;
pub use value::{Applied, Standing, apply, current, fields, is_date, source_of, standing};
