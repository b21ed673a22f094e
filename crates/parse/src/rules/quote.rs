//! Rules on quotes.

mod cut_off;
mod doubled;
mod no_speaker;
mod speaker_elsewhere;
mod speaker_inferred;
mod unclosed;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    (&no_speaker::RULE, no_speaker::check),
    (&speaker_inferred::RULE, speaker_inferred::check),
    (&speaker_elsewhere::RULE, speaker_elsewhere::check),
    (&unclosed::RULE, unclosed::check),
    (&doubled::RULE, doubled::check),
    (&cut_off::RULE, cut_off::check),
];
