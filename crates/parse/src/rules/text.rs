//! Rules on the text itself, whatever it says.

mod broken_word;
mod control_character;
mod doubled_break;
mod empty;
mod invalid_utf8;
mod leftover_markup;
mod long_line;
mod lost_hyphen;
mod misread_character;
mod mixed_line_ends;
mod not_text;
mod replacement_character;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    (&not_text::RULE, not_text::check),
    (&empty::RULE, empty::check),
    (&invalid_utf8::RULE, invalid_utf8::check),
    (&control_character::RULE, control_character::check),
    (&replacement_character::RULE, replacement_character::check),
    (&mixed_line_ends::RULE, mixed_line_ends::check),
    (&long_line::RULE, long_line::check),
    (&leftover_markup::RULE, leftover_markup::check),
    (&misread_character::RULE, misread_character::check),
    (&broken_word::RULE, broken_word::check),
    (&doubled_break::RULE, doubled_break::check),
    (&lost_hyphen::RULE, lost_hyphen::check),
];
