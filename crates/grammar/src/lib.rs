//! The grammar: what one line says by its form, and the words that it needs, as data.
//!
//! Every rule is a plain function over a `&str`, with its grammar in its documentation; those that consume their input are
//! nom parsers. Nothing here looks at more than one line, and nothing here knows a report: words stand in the
//! [`Lexicon`].

mod caption;
mod dates;
mod head;
mod leftover;
mod lexicon;
mod marks;
mod person;

pub use caption::{depicts, runs_over_a_stop};
pub use dates::{Days, Times, days, days_of, numbered_day, times};
pub use head::{Head, head};
pub use leftover::leftover_mark;
pub use lexicon::{CreditGroup, Kind, Lexicon, LexiconError, Phrase, Role, Section, Words};
pub use marks::{
    Bullet, arrow, bullet, closing_quote, handle, lettered, numbering, opening_quote, page_reference, role_label,
    session_kind, years,
};
pub use person::{
    Affiliation, Name, PrintedCredit, affiliation, country_code, credit, credit_of, is_name, may_be_named, name,
    people_columns,
};
