//! Rules on sessions.

mod credits_elsewhere;
mod moderator_in_text;
mod no_credits;
mod no_summary;
mod none;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    (&none::RULE, none::check),
    (&no_credits::RULE, no_credits::check),
    (&credits_elsewhere::RULE, credits_elsewhere::check),
    (&no_summary::RULE, no_summary::check),
    (&moderator_in_text::RULE, moderator_in_text::check),
];
