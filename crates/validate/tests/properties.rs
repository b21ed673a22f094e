//! What always holds, whatever is validated: nothing panics, places are places of the file, and what is written means what
//! was read.

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use proptest::sample::Index;
use rapporteur_model::VERSIONS;
use rapporteur_source::Source;
use rapporteur_validate::{Recorded, Text, Validator, canonical, fixed};
use serde_json::Value;

static VALIDATOR: LazyLock<Validator> = LazyLock::new(Validator::new);
static EXAMPLE: LazyLock<String> = LazyLock::new(|| {
    fs::read_to_string(versions().join(VERSIONS.file(VERSIONS.today))).expect("every version has a document")
});

fn versions() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/versions")
}

fn text_of(recorded: &Recorded<'_>) -> Option<Arc<Text>> {
    let bytes = fs::read(versions().join("sources").join(Path::new(recorded.path).file_name()?)).ok()?;
    Some(Arc::new(Text::new(Source::new(recorded.path, recorded.path, bytes))))
}

fn file(bytes: impl Into<Vec<u8>>) -> Source {
    Source::new("x.json", "x.json", bytes.into())
}

/// Validates, mends and formats; every place has to be one of the file or of a text.
fn everything_holds(file: &Source) {
    let checked = VALIDATOR.document(file, Some(&text_of));
    for finding in checked.faults.iter().map(|fault| &fault.finding) {
        assert!(!finding.message.is_empty() && !finding.labels.is_empty(), "{finding:?}");
        for label in &finding.labels {
            let text = checked.texts.iter().map(Arc::as_ref).chain([file]).find(|text| text.id() == label.source);
            let end = text.unwrap_or_else(|| panic!("no such text: {finding:?}")).bytes().len();
            assert!(label.start <= label.end && label.end <= end, "{finding:?}");
        }
    }
    let form = VALIDATOR.form(file);
    assert!(form.faults.iter().all(|fault| checked.faults.contains(fault)), "the first layers are among all layers");
    if let Some(mended) = fixed(&VALIDATOR, file, Some(&text_of)) {
        assert_eq!(fixed(&VALIDATOR, &self::file(mended), Some(&text_of)), None, "what is mended is mended");
    }
    if let Some(text) = str::from_utf8(file.bytes()).ok().and_then(|text| canonical(&VALIDATOR, text)) {
        assert_eq!(canonical(&VALIDATOR, &text).as_deref(), Some(text.as_str()));
        let [before, after] = [file.bytes(), text.as_bytes()].map(|text| serde_json::from_slice::<Value>(text).ok());
        assert_eq!(before, after, "the form changes and not the meaning");
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        prop::sample::select(vec!["2031-02-30", "99:99", "rope-forum-2031", "9.0.0", "title", "<b>", ""])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-z$_]{0,8}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// How many values there are in one, itself included.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        _ => 0,
    }
}

/// The value at a place in the order of the text.
fn nth<'v>(value: &'v mut Value, at: &mut usize) -> Option<&'v mut Value> {
    if *at == 0 {
        return Some(value);
    }
    *at -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, at)),
        Value::Object(members) => members.values_mut().find_map(|member| nth(member, at)),
        _ => None,
    }
}

/// JSON with blanks and escapes that nobody needs, and members in another order.
fn untidy(value: &Value, blanks: &mut impl Iterator<Item = usize>) -> String {
    let mut blank = || ["", " ", "\n", "\t \r\n"][blanks.next().unwrap_or(0) % 4];
    let (one, two) = (blank(), blank());
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| untidy(item, blanks)).collect();
            format!("{one}[{}]{two}", items.join(","))
        }
        Value::Object(members) => {
            let mut members: Vec<String> = members
                .iter()
                .map(|(name, value)| format!("{one}{}{two}:{}", Value::from(name.as_str()), untidy(value, blanks)))
                .collect();
            if one.is_empty() {
                members.reverse();
            }
            format!("{one}{{{}}}{two}", members.join(","))
        }
        Value::String(text) if two.is_empty() => {
            let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            format!("{one}\"{escaped}\"")
        }
        scalar => format!("{one}{scalar}{two}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_validated(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        everything_holds(&file(bytes));
    }

    #[test]
    fn any_json_is_validated(value in any_value()) {
        everything_holds(&file(value.to_string()));
    }

    #[test]
    fn a_document_with_other_values_is_validated(changes in prop::collection::vec((any::<Index>(), any_value()), 1..4)) {
        let mut document: Value = serde_json::from_str(&EXAMPLE).expect("JSON");
        for (at, value) in changes {
            let mut at = at.index(size(&document));
            *nth(&mut document, &mut at).expect("there are so many") = value;
        }
        everything_holds(&file(serde_json::to_string_pretty(&document).expect("JSON")));
    }

    #[test]
    fn a_mutilated_document_is_validated(
        cuts in prop::collection::vec((any::<Index>(), 0_usize..40, prop::collection::vec(any::<u8>(), 0..4)), 1..4),
    ) {
        let mut bytes = EXAMPLE.clone().into_bytes();
        for (at, length, put) in cuts {
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, put);
        }
        everything_holds(&file(bytes));
    }

    #[test]
    fn an_untidy_document_becomes_the_tidy_one(blanks in prop::collection::vec(0_usize..4, 50..200)) {
        let document: Value = serde_json::from_str(&EXAMPLE).expect("JSON");
        let text = untidy(&document, &mut blanks.into_iter().cycle());
        prop_assert_eq!(canonical(&VALIDATOR, &text), Some(EXAMPLE.clone()));
        everything_holds(&file(text));
    }
}
