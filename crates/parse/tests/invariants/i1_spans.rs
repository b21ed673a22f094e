//! 1. The source is never changed, and every span points into the bytes as they were read.

use proptest::prelude::*;
use rapporteur_source::Source;

use crate::common::fixtures::{self, Fixture, Read};
use crate::common::{assert_none, checks};

#[test]
fn spans_point_into_the_bytes() {
    for Read { fixture, sources, reading, document } in fixtures::ALL.iter() {
        assert_none(&fixture.name, &checks::spans(document, &reading.findings, sources));
    }
}

#[test]
fn sources_are_described_as_they_are() {
    for Read { fixture, sources, reading, .. } in fixtures::ALL.iter() {
        assert_eq!(reading.document.sources.len(), sources.len(), "{}", fixture.name);
        for (described, (source, file)) in reading.document.sources.iter().zip(sources.iter().zip(&fixture.files)) {
            assert_eq!(source.bytes(), file.bytes, "{}", fixture.name);
            assert_eq!((&described.id, &described.path, described.bytes), (&file.id, &file.path, file.bytes.len()));
            assert_eq!(described.sha256, source.sha256(), "{}", fixture.name);
        }
    }
}

proptest! {
    /// Whatever the bytes are, they are kept, and the text has a character for each of its offsets.
    #[test]
    fn bytes_are_kept(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let source = Source::new("report", "report.txt", bytes.clone());
        prop_assert_eq!(source.bytes(), bytes.as_slice());
        prop_assert_eq!(source.text().len(), bytes.len());
    }
}

#[test]
fn spans_that_point_elsewhere_are_noticed() {
    let fixture = Fixture::of("spoilt", "Harbour Days 2031\n\n“Ropes hold.” Žofie Marn, Pilot, Port Office\n");
    let sources = fixture.sources();
    let mut reading = fixture.read();
    let bytes = fixture.files[0].bytes.len();
    let inside = fixture.text().find('Ž').expect("it is there") + 1;
    for (start, end, id) in [(0, bytes + 1, "report"), (3, 2, "report"), (0, 4, "other"), (0, inside, "report")] {
        let spoilt = rapporteur_model::Evidence { source: id.into(), start, end, field: "name".into() };
        reading.document.edition.evidence = vec![spoilt];
        let faults = checks::spans(&checks::json(&reading), &[], &sources);
        assert_eq!(faults.len(), 1, "{start}..{end} of {id}: {faults:?}");
    }
}
