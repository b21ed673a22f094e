//! Rules on times of day.

mod ends_before_start;
mod impossible;
mod overlap;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    (&impossible::RULE, impossible::check),
    (&ends_before_start::RULE, ends_before_start::check),
    (&overlap::RULE, overlap::check),
];
