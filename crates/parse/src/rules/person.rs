//! Rules on people: names, offices, credits.

mod misspelt;
mod near_registered;
mod not_in_credits;
mod not_in_speakers;
mod offices_differ;
mod unknown_label;
mod unsplit_credit;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    (&misspelt::RULE, misspelt::check),
    (&near_registered::RULE, near_registered::check),
    (&offices_differ::RULE, offices_differ::check),
    (&unsplit_credit::RULE, unsplit_credit::check),
    (&not_in_credits::RULE, not_in_credits::check),
    (&not_in_speakers::RULE, not_in_speakers::check),
    (&unknown_label::RULE, unknown_label::check),
];
