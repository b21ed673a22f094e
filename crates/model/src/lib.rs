//! The canonical document: what a report says, as data that other tools read.
//!
//! [`Document`] and what it holds are serde types; the JSON Schema is generated from them ([`schema()`]), so that the two
//! never differ. Every array is in the report's order; what is absent is `null` or an empty array, never a missing key.
//!
//! Documents of older versions are read too: [`migrate`] makes documents of today of them.

mod document;
mod entities;
mod ids;
mod schema;
mod versions;

pub use document::*;
pub use entities::id_of_person;
pub use ids::{Ids, slug};
pub use schema::{SCHEMA_VERSION, schema, schema_id, schema_of};
pub use versions::{OLDER, Older, migrate};
