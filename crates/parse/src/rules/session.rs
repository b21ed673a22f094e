//! Rules on sessions.

mod no_credits;
mod no_summary;
mod none;

use super::Check;

pub(super) const CHECKS: &[Check] =
    &[(&none::RULE, none::check), (&no_credits::RULE, no_credits::check), (&no_summary::RULE, no_summary::check)];
