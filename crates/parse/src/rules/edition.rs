//! Rules on the edition.

mod not_found;

use super::Check;

pub(super) const CHECKS: &[Check] = &[(&not_found::RULE, not_found::check)];
