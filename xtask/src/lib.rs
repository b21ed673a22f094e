//! Tasks of the project, as functions: `cargo xtask` calls them, and so do the tests that check what they write.

pub mod codegen;
pub mod eval;

/// What a task gives, or why it could not.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
