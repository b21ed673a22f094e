//! Rules on takeaways.

mod count;
mod differs;

use super::Check;

pub(super) const CHECKS: &[Check] = &[(&count::RULE, count::check), (&differs::RULE, differs::check)];
