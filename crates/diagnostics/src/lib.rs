//! Findings: what is doubtful or wrong in a source or a document, and where.
//!
//! [`Finding`] is the project's own type; every renderer is made from it ([`render`]). A [`Rule`] is what can be found, and
//! says so of itself. [`Levels`] and [`Silence`] are what a user has to say about findings.
//!
//! ```
//! use rapporteur_diagnostics::{Finding, Level, Levels, Selector, render, rule};
//! use rapporteur_source::{Source, Span};
//!
//! rule! {
//!     /// Nobody is named as the speaker of a quote.
//!     "quote/no-speaker", Warning
//! }
//!
//! let sources = [Source::new("report", "report.txt", "Title\n“A knot is a promise.”\n".into())];
//! let mut findings = vec![Finding::new(&RULE, "nobody is named").at("report", Span::new(6, 33), "whose words?")];
//!
//! let mut levels = Levels::default();
//! levels.push(Selector::Area("quote"), Level::Deny);
//! levels.apply(&mut findings);
//! assert_eq!(
//!     render::plain(&findings, &sources),
//!     "report.txt:2:1: error[quote/no-speaker]: nobody is named\n  whose words?\n"
//! );
//! ```

mod finding;
mod levels;
mod nearest;
pub mod render;
mod rule;
mod silence;
mod summary;

pub use finding::{Finding, Label};
pub use levels::{Level, Levels, Selector};
pub use nearest::nearest;
pub use rule::{Rule, Severity};
pub use silence::{Silence, silence};
pub use summary::{Summary, count};
