//! The command line as its users meet it. What it prints is in `tests/cmd`, as data; here is what that cannot say.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use rapporteur_model::{Document, SCHEMA_VERSION, Session, schema_id};
use tempfile::TempDir;

#[test]
fn commands_print_what_their_cases_say() {
    // no programs are found, so that the cases say the same with and without pdftotext
    trycmd::TestCases::new().env("PATH", "").case("tests/cmd/*.trycmd").case("tests/cmd/*.toml");
}

fn rapporteur(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.current_dir(folder).stdin(Stdio::null());
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    rapporteur(folder).args(args).output().expect("the command is there")
}

/// A folder with a short text in it, and what is in it later.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("report.txt"), "Nothing much\n").expect("is written");
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("is there");
    let mut names: Vec<_> = entries.map(|e| e.expect("is there").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_document_is_the_same_in_a_file_and_on_standard_output() {
    let folder = folder();
    let printed = run(folder.path(), &["parse", "report.txt"]);
    let written = run(folder.path(), &["parse", "report.txt", "--output", "out.json"]);
    assert_eq!(written.stdout, b"");
    assert_eq!(printed.stderr, written.stderr);
    assert_eq!(printed.status.code(), written.status.code());
    assert_eq!(fs::read(folder.path().join("out.json")).expect("is written"), printed.stdout);
    assert_eq!(names(folder.path()), ["out.json", "report.txt"]);
    assert!(printed.stdout.ends_with(b"\n}\n"));
    serde_json::from_slice::<Document>(&printed.stdout).expect("a document");
}

#[test]
fn a_document_passes_validation() {
    let folder = folder();
    run(folder.path(), &["parse", "report.txt", "-o", "out.json"]);
    let checked = run(folder.path(), &["validate", "out.json"]);
    assert_eq!(String::from_utf8_lossy(&checked.stderr), "1 document; no findings\n");
    assert_eq!(checked.status.code(), Some(0));
}

#[test]
fn a_command_that_fails_leaves_the_file_as_it_was() {
    let folder = folder();
    fs::write(folder.path().join("out.json"), "before").expect("is written");
    fs::write(folder.path().join("words.toml"), "[rolls]\n").expect("is written");
    for args in [
        &["parse", "report.txt", "-o", "out.json", "--lexicon", "words.toml"][..],
        &["parse", "report.txt", "missing.txt", "-o", "out.json"],
    ] {
        assert_eq!(run(folder.path(), args).status.code(), Some(2), "{args:?}");
        assert_eq!(fs::read_to_string(folder.path().join("out.json")).expect("is there"), "before");
    }
    assert_eq!(names(folder.path()), ["out.json", "report.txt", "words.toml"]);
}

#[test]
fn the_summary_is_the_last_line_and_quiet_drops_it() {
    let folder = folder();
    let told = run(folder.path(), &["parse", "report.txt"]);
    let last = String::from_utf8_lossy(&told.stderr).lines().last().unwrap_or_default().to_owned();
    assert!(last.starts_with("0 sessions, 0 speakers, 0 quotes, 0 takeaways; "), "{last}");
    let quiet = run(folder.path(), &["parse", "report.txt", "--quiet"]);
    assert_eq!(String::from_utf8_lossy(&quiet.stderr), "");
    assert_eq!((quiet.stdout, quiet.status.code()), (told.stdout, told.status.code()));
}

#[test]
fn a_wrong_value_in_a_document_is_told_with_its_path() {
    let folder = folder();
    let (schema, schema_version) = (schema_id(SCHEMA_VERSION), SCHEMA_VERSION.to_owned());
    let document = Document { schema, schema_version, sessions: vec![Session::default()], ..Document::default() };
    let mut document = serde_json::to_value(document).expect("the model is JSON");
    document["sessions"][0]["kind"] = "lecture".into();
    fs::write(folder.path().join("x.json"), document.to_string()).expect("is written");
    let checked = run(folder.path(), &["validate", "x.json"]);
    let told = String::from_utf8_lossy(&checked.stderr);
    assert!(told.contains("[x.json:1:"), "{told}");
    assert!(told.contains("/sessions/0/kind: \"lecture\" is not one of \"keynote\""), "{told}");
    assert_eq!(checked.status.code(), Some(1));
}

#[test]
fn the_first_file_of_settings_in_a_folder_above_is_read() {
    let folder = folder();
    let inner = folder.path().join("2031/texts");
    fs::create_dir_all(&inner).expect("is made");
    fs::write(folder.path().join("rapporteur.toml"), "[levels]\nedition = \"allow\"\n").expect("is written");
    let parse = |args: &[&str]| {
        let args = [&["parse", "../../report.txt", "-o", "out.json", "--plain"], args].concat();
        let output = run(&inner, &args);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(parse(&[]).0, Some(0));
    assert_eq!(parse(&["--no-config"]).0, Some(1));
    assert_eq!(parse(&["--deny", "edition"]).0, Some(1), "the command line wins");
    fs::write(folder.path().join("2031/rapporteur.toml"), "[level]\n").expect("is written");
    let (status, told) = parse(&[]);
    assert_eq!(status, Some(1));
    assert!(told.contains("../rapporteur.toml:1:2: error[config/invalid]: there is no table `level`"), "{told}");
}

#[test]
fn where_nothing_was_written_the_status_tells_whatever_is_allowed() {
    let folder = folder();
    fs::write(folder.path().join("empty.txt"), "").expect("is written");
    let output = run(folder.path(), &["parse", "empty.txt", "-o", "out.json", "--allow", "text"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(names(folder.path()), ["empty.txt", "report.txt"]);
}

#[test]
fn the_schema_that_is_printed_is_the_one_in_the_repository() {
    let printed = run(Path::new("."), &["schema"]);
    let file = format!("../../schema/document-{}.json", rapporteur_model::SCHEMA_VERSION);
    let written = fs::read(file).expect("`cargo xtask codegen` has written it");
    assert!(printed.stdout == written, "the schema is stale: run `cargo xtask codegen`");
}

#[test]
fn nobody_reading_on_is_no_error() {
    let folder = folder();
    for args in [&["schema"][..], &["lexicon"], &["explain"], &["completions", "bash"], &["ledger", "report.txt"]] {
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        let output = rapporteur(folder.path()).args(args).stdout(writer).output().expect("the command is there");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
    }
}

#[test]
fn nobody_reading_messages_is_no_error_either() {
    let folder = folder();
    let (reader, writer) = io::pipe().expect("a pipe");
    drop(reader);
    let args = ["parse", "missing.txt"];
    let output = rapporteur(folder.path()).args(args).stderr(writer).output().expect("the command is there");
    assert_eq!(output.status.code(), Some(2));
}
