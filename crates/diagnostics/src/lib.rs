//! Findings: what is doubtful or wrong in a source or a document, and where.
//!
//! [`Finding`] is the project's own type; every renderer is made from it. [`Code`] is the one list of what can be found.

mod code;
mod finding;
mod summary;

pub use code::{Code, Severity};
pub use finding::{Finding, Label};
pub use summary::{Summary, count};
