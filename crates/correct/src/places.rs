//! Where what a TOML file says stands in it: for this crate's file, and for others that people write.

use rapporteur_source::Span;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The entries of a table as they stand in the file.
#[must_use]
pub fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// The bytes of the file that a key or a value stands in.
#[must_use]
pub fn span<T>(value: &Spanned<T>) -> Span {
    let range = value.span();
    Span::new(range.start, range.end)
}
