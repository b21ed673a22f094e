//! Findings: what is doubtful or wrong in a source or a document, and where.
//!
//! [`Finding`] is the project's own type; every renderer is made from it. A [`Rule`] is what can be found, and says so of itself.

mod finding;
mod rule;
mod summary;

pub use finding::{Finding, Label};
pub use rule::{Rule, Severity};
pub use summary::{Summary, count};
