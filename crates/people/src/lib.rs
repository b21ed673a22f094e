//! The register of people: who took part in the editions of a conference, under which names and in which offices.
//!
//! [`update`] makes a [`Register`] of documents, or updates one. People are one where their names are, letter by letter and
//! marks on letters aside; a name that is only near to another is a question ([`questions`]), which somebody answers by a
//! [`Decision`]. Nothing is decided here.
//!
//! A register holds every name as it is printed and says where, so that it can be taken apart again: by edition, when a
//! document is read anew, and by person, when a decision is taken back.
//!
//! ```
//! use rapporteur_model::{Document, Edition, Speaker};
//! use rapporteur_people::{Register, questions, update};
//!
//! let document = |edition: &str, name: &str| {
//!     let speaker = Speaker { id: rapporteur_model::slug(name), name: name.into(), ..Speaker::default() };
//!     let edition = Edition { id: edition.into(), ..Edition::default() };
//!     Document { edition, speakers: vec![speaker], ..Document::default() }
//! };
//! let (one, other) = (document("x2030", "Ada Brunsen"), document("x2031", "Ada Brunson"));
//! let register = update(Register::default(), &[("x2030.json", &one), ("x2031.json", &other)], Vec::new()).expect("");
//! assert_eq!(register.people.len(), 2, "nobody has said that they are one");
//! assert_eq!(questions(&register).len(), 1);
//! ```

mod contribution;
mod decided;
mod index;
mod near;
mod near_name;
mod popolo;
mod question;
mod register;
mod update;

pub use contribution::pointer;
pub use decided::{Conflict, contradictions};
pub use index::Index;
pub use near::{Nearness, is_misprint, near};
pub use near_name::findings;
pub use popolo::popolo;
pub use question::{Question, questions};
pub use register::{
    Decision, DecisionKind, Office, Person, PrintedName, Redirect, Register, RegisteredEdition, Role, SCHEMA_VERSION,
    VERSIONS,
};
pub use update::{Refused, update};

use rapporteur_diagnostics::Rule;

/// Every rule on who is who.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [&near_name::RULE].into_iter()
}
