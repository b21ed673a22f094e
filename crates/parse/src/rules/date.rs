//! Rules on days.

mod impossible;
mod outside_edition;
mod weekday;
mod year;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    (&impossible::RULE, impossible::check),
    (&weekday::RULE, weekday::check),
    (&year::RULE, year::check),
    (&outside_edition::RULE, outside_edition::check),
];
