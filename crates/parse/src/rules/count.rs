//! Rules on numbers that the report gives of itself.

mod differs;

use super::Check;

pub(super) const CHECKS: &[Check] = &[(&differs::RULE, differs::check)];
