//! Rules on takeaways.

mod count;
mod differs;
mod number;

use super::Check;

pub(super) const CHECKS: &[Check] =
    &[(&number::RULE, number::check), (&count::RULE, count::check), (&differs::RULE, differs::check)];
