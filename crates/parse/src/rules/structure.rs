//! Rules on how the text is put together.

mod cut_off;
mod empty_label;
mod headless;
mod missing_section;
mod misspelt_label;
mod out_of_order;
mod reordered;
mod title_differs;
mod unread;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    (&unread::RULE, unread::check),
    (&missing_section::RULE, missing_section::check),
    (&misspelt_label::RULE, misspelt_label::check),
    (&empty_label::RULE, empty_label::check),
    (&title_differs::RULE, title_differs::check),
    (&out_of_order::RULE, out_of_order::check),
    (&reordered::RULE, reordered::check),
    (&cut_off::RULE, cut_off::check),
    (&headless::RULE, headless::check),
];
