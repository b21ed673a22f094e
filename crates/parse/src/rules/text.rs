//! Rules on the text itself, whatever it says.

mod empty;
mod invalid_utf8;
mod long_line;
mod not_text;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    (&not_text::RULE, not_text::check),
    (&empty::RULE, empty::check),
    (&invalid_utf8::RULE, invalid_utf8::check),
    (&long_line::RULE, long_line::check),
];
