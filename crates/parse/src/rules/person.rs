//! Rules on people: names, offices, credits.

mod misspelt;

use super::Check;

pub(super) const CHECKS: &[Check] = &[(&misspelt::RULE, misspelt::check)];
