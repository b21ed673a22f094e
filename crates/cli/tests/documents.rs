//! `validate` and `fmt` with files as a repository of documents has them. The documents are made here, so that they are of
//! today's version of the schema.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use rapporteur_model::VERSIONS;
use serde_json::Value;
use tempfile::TempDir;

fn versions() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/versions")
}

/// A document in canonical form with nothing wrong in it.
fn sound() -> String {
    fs::read_to_string(versions().join(VERSIONS.file(VERSIONS.today))).expect("every version has a document")
}

/// The same on one line.
fn untidy() -> String {
    serde_json::from_str::<Value>(&sound()).expect("JSON").to_string()
}

fn with(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("is made");
        fs::write(path, text).expect("is written");
    }
    folder
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("is there")
}

fn command(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.args(args).current_dir(folder.path()).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// The exit status, and what is told.
fn run(folder: &TempDir, args: &[&str]) -> (i32, String) {
    told(command(folder, args).output().expect("the command runs"))
}

fn told(output: Output) -> (i32, String) {
    (output.status.code().expect("no signal"), String::from_utf8(output.stderr).expect("UTF-8"))
}

/// What is printed where `text` is on standard input.
fn piped(folder: &TempDir, args: &[&str], text: &str) -> Output {
    let mut command = command(folder, args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command runs");
    child.stdin.take().expect("is piped").write_all(text.as_bytes()).expect("is read");
    child.wait_with_output().expect("it ends")
}

#[test]
fn fmt_check_tells_and_writes_nothing() {
    let folder = with(&[("a.json", &untidy()), ("b.json", &sound()), ("c.json", "[]"), ("d.json", &untidy())]);
    let (status, told) = run(&folder, &["fmt", "--check", "d.json", "c.json", "b.json", "a.json"]);
    let expected = "\
d.json: not in canonical form
c.json: no document that follows its schema; `rapporteur validate` says why
a.json: not in canonical form
4 documents; 2 not in canonical form, 1 left alone
";
    assert_eq!((status, told.as_str()), (1, expected));
    assert_eq!((read(&folder, "a.json"), read(&folder, "c.json")), (untidy(), "[]".to_owned()));
}

#[test]
fn fmt_writes_the_canonical_form() {
    let folder = with(&[("a.json", &untidy()), ("b.json", &sound()), ("c.json", "[]")]);
    let (status, told) = run(&folder, &["fmt", "a.json", "b.json"]);
    assert_eq!((status, told.as_str()), (0, "a.json: written anew\n2 documents; 1 written anew\n"));
    assert_eq!((read(&folder, "a.json"), read(&folder, "b.json")), (sound(), sound()));
    assert_eq!(run(&folder, &["fmt", "--check", "a.json"]), (0, "1 document; 0 not in canonical form\n".to_owned()));
    assert_eq!(run(&folder, &["fmt", "c.json"]).0, 1);
    assert_eq!(read(&folder, "c.json"), "[]");
}

#[test]
fn where_a_file_is_missing_nothing_is_written() {
    let wrong = untidy().replacen("urn:rapporteur", "urn:reporter", 1);
    let folder = with(&[("a.json", &untidy()), ("b.json", &wrong)]);
    for args in [&["fmt", "a.json", "x.json", "y.json"][..], &["validate", "b.json", "x.json", "y.json"]] {
        let (status, told) = run(&folder, args);
        assert_eq!(status, 2);
        for missing in ["cannot read x.json: there is no such file", "cannot read y.json: there is no such file"] {
            assert!(told.contains(missing), "{told}");
        }
        assert!(!told.contains("document/"), "{told}");
    }
    assert_eq!((read(&folder, "a.json"), read(&folder, "b.json")), (untidy(), wrong));
}

#[test]
fn a_dash_is_standard_input() {
    let folder = with(&[]);
    let formatted = piped(&folder, &["fmt", "-"], &untidy());
    assert_eq!(String::from_utf8_lossy(&formatted.stdout), sound());
    let checked = piped(&folder, &["fmt", "--check", "-"], &untidy());
    assert_eq!((checked.stdout.as_slice(), told(checked.clone()).0), (&b""[..], 1));
    let (status, told) = told(piped(&folder, &["validate", "--plain", "-"], "[]"));
    assert_eq!(status, 1);
    assert!(told.starts_with("standard input:1:1: error[document/schema]"), "{told}");
    assert_eq!(run(&folder, &["validate", "--fix", "-"]).0, 2, "there is nowhere to write");
    assert_eq!(run(&folder, &["validate", "-", "-"]).0, 2, "it can be read once");
}

#[test]
fn patterns_are_expanded_in_the_order_of_names() {
    let folder = with(&[("data/b/2.json", "[]"), ("data/1.json", "[]"), ("data/a/3.json", "[]"), ("data/x.txt", "")]);
    let (status, told) = run(&folder, &["validate", "--plain", "data/a/3.json", "data/**/*.json"]);
    let files: Vec<&str> = told.lines().filter_map(|line| line.split(':').next()).take(3).collect();
    assert_eq!((status, files.as_slice()), (1, &["data/a/3.json", "data/1.json", "data/b/2.json"][..]));
    assert!(told.ends_with("3 documents; 3 errors\n"), "a file that is named twice is checked once: {told}");
    let (status, told) = run(&folder, &["fmt", "none/*.json"]);
    assert_eq!(status, 2);
    assert!(told.contains("no file is named by none/*.json"), "{told}");
}

#[test]
fn findings_are_in_the_order_of_the_files_whatever_is_done_first() {
    let names: Vec<String> = (0..60).map(|number| format!("{:02}.json", 59 - number)).collect();
    let texts: Vec<(&str, String)> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            (name.as_str(), if number % 2 == 0 { "[]".to_owned() } else { sound().replace("\"panel\"", "\"pannel\"") })
        })
        .collect();
    let folder = with(&texts.iter().map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>());
    let with_threads = |threads: &str| {
        let args: Vec<&str> =
            ["validate", "--format", "json"].into_iter().chain(names.iter().map(String::as_str)).collect();
        command(&folder, &args).env("RAYON_NUM_THREADS", threads).output().expect("the command runs").stdout
    };
    let one = with_threads("1");
    assert_eq!(one, with_threads("7"));
    let report: Value = serde_json::from_slice(&one).expect("JSON");
    let mut told: Vec<&str> = report["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|finding| finding["labels"][0]["path"].as_str())
        .collect();
    told.dedup();
    assert_eq!(told, names);
}

#[test]
fn fix_gives_the_document_as_it_was() {
    let spoilt = sound()
        .replacen("urn:rapporteur", "urn:reporter", 1)
        .replacen("\"title\": \"Who keeps", "\"title\": \" Who keeps", 1)
        .replacen("\"start\": 0", "\"start\": 1", 1);
    let both = spoilt.replacen("\"kind\": \"panel\"", "\"kind\": \"pannel\"", 1);
    let folder = with(&[("a.json", &spoilt), ("b.json", &both)]);
    let sources = versions().join("sources");
    let sources = sources.to_str().expect("UTF-8");
    let (status, told) = run(&folder, &["validate", "--fix", "--sources", sources, "a.json"]);
    assert_eq!((status, told.as_str()), (0, "1 document; no findings; 1 mended\n"));
    assert_eq!(read(&folder, "a.json"), sound());
    let (status, told) = run(&folder, &["validate", "--fix", "--sources", sources, "b.json", "--plain"]);
    assert_eq!(status, 1, "what is left is for somebody to decide");
    assert!(told.contains("\"pannel\" is not one of") && told.contains("did you mean \"panel\"?"), "{told}");
    assert_eq!(read(&folder, "b.json").replace("pannel", "panel"), sound());
}

#[test]
fn a_finding_against_the_text_shows_both_places() {
    let altered = sound().replacen("A lamp that nobody pays for", "A lamp that everybody pays for", 1);
    let folder = with(&[("a.json", &altered)]);
    let sources = versions().join("sources");
    let (status, told) =
        run(&folder, &["validate", "--plain", "--sources", sources.to_str().expect("UTF-8"), "a.json"]);
    assert_eq!(status, 1);
    let line = altered.lines().position(|line| line.contains("everybody")).expect("it is there") + 1;
    assert!(
        told.starts_with(&format!("a.json:{line}:15: error[document/evidence-differs]: /quotes/0/text: ")),
        "{told}"
    );
    let report = fs::read_to_string(sources.join("report.txt")).expect("is there");
    let line = report.lines().position(|line| line.contains("nobody pays for")).expect("it is there") + 1;
    assert!(told.contains(&format!("report.txt:{line}:2: what the text has")), "{told}");
}

#[test]
fn the_schema_alone_can_be_asked_for() {
    let dangling = sound().replacen("\"speaker\": \"ada-brunsen\"", "\"speaker\": \"nobody\"", 1);
    let folder = with(&[("a.json", &dangling), ("b.json", "{\"sessions\": [],}")]);
    assert_eq!(run(&folder, &["validate", "a.json"]).0, 1);
    assert_eq!(run(&folder, &["validate", "--schema-only", "a.json"]), (0, "1 document; no findings\n".to_owned()));
    assert_eq!(run(&folder, &["validate", "--schema-only", "b.json"]).0, 1);
    assert_eq!(run(&folder, &["validate", "--schema-only", "--sources", ".", "a.json"]).0, 2, "it takes no texts");
}
