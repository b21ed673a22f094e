//! The rules on documents. A rule is one file; at its head stands what it says of itself.
//!
//! Those on the whole of a document look at the [`Subject`] and push what they find; the others are found by the layer that
//! they belong to.

pub(crate) mod broken_word;
pub(crate) mod byte_order_mark;
pub(crate) mod correction;
pub(crate) mod correction_differs;
pub(crate) mod count;
pub(crate) mod credit_parts;
pub(crate) mod dangling_reference;
pub(crate) mod doubled;
pub(crate) mod duplicate_id;
pub(crate) mod duplicate_key;
pub(crate) mod empty_string;
pub(crate) mod ends_before_start;
pub(crate) mod evidence_differs;
pub(crate) mod evidence_field;
pub(crate) mod evidence_range;
pub(crate) mod impossible_date;
pub(crate) mod markup;
pub(crate) mod missing_field;
pub(crate) mod name_differs;
pub(crate) mod no_evidence;
pub(crate) mod not_in_session;
pub(crate) mod not_json;
pub(crate) mod not_utf_8;
pub(crate) mod older_version;
pub(crate) mod order;
pub(crate) mod outside_edition;
pub(crate) mod register;
pub(crate) mod schema;
pub(crate) mod schema_version;
pub(crate) mod source_changed;
pub(crate) mod source_missing;
pub(crate) mod unknown_field;
pub(crate) mod unknown_value;
pub(crate) mod white_space;
pub(crate) mod wrong_id;

use rapporteur_diagnostics::Rule;

use crate::fault::Fault;
use crate::subject::Subject;

/// How a rule on the whole of a document is checked.
type Check = fn(&Subject<'_>, &mut Vec<Fault>);

/// The rules on the whole of a document.
const CHECKS: &[Check] = &[
    dangling_reference::check,
    correction::check,
    wrong_id::check,
    duplicate_id::check,
    doubled::check,
    name_differs::check,
    not_in_session::check,
    impossible_date::check,
    outside_edition::check,
    ends_before_start::check,
    count::check,
    order::check,
    empty_string::check,
    white_space::check,
    markup::check,
    broken_word::check,
    credit_parts::check,
    evidence_range::check,
    evidence_field::check,
    no_evidence::check,
];

/// Every rule on documents, layer by layer.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        &not_json::RULE,
        &not_utf_8::RULE,
        &byte_order_mark::RULE,
        &duplicate_key::RULE,
        &schema_version::RULE,
        &older_version::RULE,
        &schema::RULE,
        &unknown_field::RULE,
        &missing_field::RULE,
        &unknown_value::RULE,
        &dangling_reference::RULE,
        &wrong_id::RULE,
        &duplicate_id::RULE,
        &doubled::RULE,
        &name_differs::RULE,
        &not_in_session::RULE,
        &impossible_date::RULE,
        &outside_edition::RULE,
        &ends_before_start::RULE,
        &correction::RULE,
        &correction_differs::RULE,
        &count::RULE,
        &order::RULE,
        &empty_string::RULE,
        &white_space::RULE,
        &markup::RULE,
        &broken_word::RULE,
        &credit_parts::RULE,
        &evidence_range::RULE,
        &evidence_field::RULE,
        &no_evidence::RULE,
        &source_missing::RULE,
        &source_changed::RULE,
        &evidence_differs::RULE,
    ]
    .into_iter()
    .chain(register::rules())
}

/// What the rules on the whole of a document find.
pub(crate) fn check(subject: &Subject<'_>, faults: &mut Vec<Fault>) {
    CHECKS.iter().for_each(|check| check(subject, faults));
}
