//! The grammar: what one line says by its form, and the words that it needs, as data.

mod lexicon;

pub use lexicon::{CreditGroup, Kind, Lexicon, LexiconError, Phrase, Role, Section, Words};
