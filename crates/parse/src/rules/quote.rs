//! Rules on quotes.

mod no_speaker;
mod speaker_inferred;

use super::Check;

pub(super) const CHECKS: &[Check] =
    &[(&no_speaker::RULE, no_speaker::check), (&speaker_inferred::RULE, speaker_inferred::check)];
