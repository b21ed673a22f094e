//! The rules on corrections, one file each: what is wrong with a file of corrections, or with one of them where it is
//! applied.

pub(crate) mod ambiguous;
pub(crate) mod conflict;
pub(crate) mod invalid;
pub(crate) mod misplaced;
pub(crate) mod no_match;
pub(crate) mod no_source;
pub(crate) mod source_changed;
pub(crate) mod stale;
pub(crate) mod unneeded;
pub(crate) mod wrong_value;

use rapporteur_diagnostics::Rule;

/// Every rule on corrections.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        &invalid::RULE,
        &no_source::RULE,
        &source_changed::RULE,
        &no_match::RULE,
        &ambiguous::RULE,
        &stale::RULE,
        &conflict::RULE,
        &misplaced::RULE,
        &wrong_value::RULE,
        &unneeded::RULE,
    ]
    .into_iter()
}
