//! Rules on how the text is put together.

mod cut_off;
mod reordered;
mod unread;

use super::Check;

pub(super) const CHECKS: &[Check] =
    &[(&unread::RULE, unread::check), (&reordered::RULE, reordered::check), (&cut_off::RULE, cut_off::check)];
