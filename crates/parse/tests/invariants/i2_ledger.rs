//! 2. Every non-blank line is in exactly one region.
//!
//! Generated and mutilated texts are read in [`crate::i4_never_fails`], which checks this of each of them as well.

use rapporteur_parse::RegionLabel;

use crate::common::fixtures::{self, Read};
use crate::common::{assert_none, checks};

#[test]
fn every_line_is_in_one_region() {
    for Read { fixture, sources, reading, .. } in fixtures::ALL.iter() {
        assert_none(&fixture.name, &checks::ledger(sources, &reading.ledgers));
    }
}

#[test]
fn lines_in_no_region_or_in_two_are_noticed() {
    let fixture = fixtures::editions().remove(1);
    let sources = fixture.sources();
    let reading = fixture.read();
    type Spoil = fn(&mut rapporteur_parse::Ledger);
    let spoils: [(&str, Spoil); 5] = [
        ("left out", |ledger| drop(ledger.regions.remove(7))),
        ("twice", |ledger| ledger.regions.insert(7, ledger.regions[7].clone())),
        ("out of order", |ledger| ledger.regions.swap(7, 8)),
        ("past the end", |ledger| ledger.regions.last_mut().expect("a region").last_line += 1_000),
        ("without a label", |ledger| ledger.regions[7].labels.clear()),
    ];
    for (what, spoil) in spoils {
        let mut ledgers = reading.ledgers.clone();
        spoil(&mut ledgers[0]);
        assert!(!checks::ledger(&sources, &ledgers).is_empty(), "{what}");
    }
    assert!(!checks::ledger(&sources, &reading.ledgers[..1]).is_empty(), "one ledger of two");
}

#[test]
fn labels_are_told_apart_by_their_names() {
    let mut names: Vec<&str> = RegionLabel::ALL.iter().map(|label| label.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RegionLabel::ALL.len());
}
