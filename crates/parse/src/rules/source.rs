//! Rules on the sources of one edition together.

mod other_edition;

use super::Check;

pub(super) const CHECKS: &[Check] = &[(&other_edition::RULE, other_edition::check)];
