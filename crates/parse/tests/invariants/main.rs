//! The seven invariants that the project promises, one file each.

#[path = "../common/mod.rs"]
mod common;

mod i1_spans;
mod i2_ledger;
mod i3_evidence;
mod i4_never_fails;
mod i5_same_bytes;
mod i6_no_names;
mod i7_valid;
