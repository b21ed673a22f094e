//! Every place in a file is called by the JSON pointer of the value that it is in.

use std::fs;
use std::path::Path;

use rapporteur_source::Source;
use rapporteur_validate::{Validator, places};

fn pointers(file: &Source) -> Vec<(&'static str, Option<String>)> {
    let faults = Validator::new().document(file, None).faults;
    faults.into_iter().map(|fault| (fault.finding.rule.code, fault.finding.labels[0].pointer.clone())).collect()
}

#[test]
fn faults_of_every_layer_have_pointers() {
    let text = r#"{"sessions": "none", "edition": {"year": NaN, "yaer": 3}, }"#;
    let found = pointers(&Source::new("x.json", "x.json", text.into()));
    for (code, pointer) in [
        // the comma after the last value is in no value but the whole
        ("document/not-json", ""),
        ("document/not-json", "/edition/year"),
        ("document/schema", "/sessions"),
        ("document/unknown-field", "/edition/yaer"),
        ("document/missing-field", "/edition"),
    ] {
        assert!(found.contains(&(code, Some(pointer.to_owned()))), "{code} at {pointer:?} is not among {found:?}");
    }
    // of what cannot be read there is no value
    assert_eq!(pointers(&Source::new("x.json", "x.json", "[1, 2".into())), [("document/not-json", None)]);
}

#[test]
fn pointers_lead_to_the_places() {
    let mut told = 0;
    for entry in
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/err/document")).expect("is there")
    {
        let path = entry.expect("can be listed").path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let file = Source::new("x.json", "x.json", fs::read(&path).expect("can be read"));
        // of two keys that are the same, a pointer cannot tell the second
        let faults = Validator::new().document(&file, None).faults;
        for fault in faults.into_iter().filter(|fault| fault.finding.rule.code != "document/duplicate-key") {
            for label in fault.finding.labels.iter().filter(|label| label.source == "x.json") {
                let Some(pointer) = &label.pointer else { continue };
                let span = places(&file, [pointer.as_str()]).pop().flatten();
                let span = span.unwrap_or_else(|| panic!("{pointer} leads nowhere in {}", path.display()));
                // the place is in the value, or in its name before it
                assert!(label.end <= span.end, "{pointer} in {}", path.display());
                told += 1;
            }
        }
    }
    assert!(told > 30, "{told} places only");
}
