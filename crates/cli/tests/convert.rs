//! Sources that are no text: PDF files, of which a stand-in for `pdftotext` makes text here, and web pages.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use rapporteur_model::Document;
use rapporteur_source::{Source, sha256};
use tempfile::TempDir;

const PAGE: &str = include_str!("data/lessons.html");
/// What the stand-in makes of it is all but the first line.
const PDF: &str = "%PDF-1.7\nHarbour Light Forum 2031\n\nPanel discussion\n\nWho keeps the light?\n\nOn stage\n\
                   Orla Venn, Director, Guild of Lighthouses\n";

/// A folder with files in it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("is written");
    }
    folder
}

/// Runs the command where `path` is all that programs are looked for in.
fn run(path: &OsStr, folder: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.current_dir(folder.path()).env("PATH", path).stdin(Stdio::null()).args(args);
    command.output().expect("the command is there")
}

fn without_pdftotext(folder: &TempDir, args: &[&str]) -> Output {
    run(OsStr::new(""), folder, args)
}

fn document(folder: &TempDir, name: &str) -> Document {
    serde_json::from_slice(&fs::read(folder.path().join(name)).expect("is written")).expect("a document")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn refused(output: &Output, message: &str) {
    let told = told(output);
    assert!(told.contains(message), "{told}");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{told}");
}

#[test]
fn evidence_points_into_the_text_of_a_web_page() {
    let folder = folder(&[("lessons.html", PAGE)]);
    let args = ["parse", "lessons.html", "--keep-text", "lessons.txt", "-o", "out.json"];
    let read = without_pdftotext(&folder, &args);
    assert_eq!(read.status.code(), Some(0), "{}", told(&read));

    let document = document(&folder, "out.json");
    let titles: Vec<_> = document.takeaways.iter().map(|takeaway| takeaway.title.as_str()).collect();
    assert_eq!(titles, ["Lamps need oil & hands", "Fog has no flag"]);
    let text = fs::read(folder.path().join("lessons.txt")).expect("is kept");
    let [source] = document.sources.as_slice() else { panic!("one source: {:?}", document.sources) };
    assert_eq!((source.id.as_str(), source.path.as_str()), ("lessons", "lessons.txt"));
    assert_eq!((&source.sha256, source.bytes), (&sha256(&text), text.len()));
    let extractor = source.extractor.as_ref().expect("it was no text");
    assert_eq!((extractor.name.as_str(), extractor.mode.as_str()), ("html2text", "markdown"));
    assert_eq!((extractor.path.as_str(), &extractor.sha256), ("lessons.html", &sha256(PAGE.as_bytes())));
    let text = Source::new("lessons", "lessons.txt", text);
    let title = document.takeaways[0].evidence.iter().find(|evidence| evidence.field == "title").expect("is printed");
    assert_eq!(text.slice(title.span()), "Lamps need oil & hands");
    assert!(!text.text().contains("Home") && !text.text().contains("All rights"), "{}", text.text());
}

#[test]
fn a_text_that_was_kept_reads_as_the_page_did() {
    let folder = folder(&[("lessons.html", PAGE)]);
    without_pdftotext(&folder, &["parse", "lessons.html", "--keep-text", "lessons.txt", "-o", "page.json"]);
    without_pdftotext(&folder, &["parse", "lessons.txt", "-o", "text.json"]);
    let mut page = document(&folder, "page.json");
    page.sources[0].extractor = None;
    assert_eq!(page, document(&folder, "text.json"));
}

#[test]
fn a_text_that_is_not_kept_goes_by_the_path_of_its_file() {
    let folder = folder(&[("lessons.html", PAGE)]);
    without_pdftotext(&folder, &["parse", "lessons.html", "-o", "out.json"]);
    assert_eq!(document(&folder, "out.json").sources[0].path, "lessons.html");
}

#[test]
fn what_is_text_has_no_extractor() {
    let folder = folder(&[("report.pdf", "Harbour Light Forum 2031\n")]);
    without_pdftotext(&folder, &["parse", "report.pdf", "-o", "out.json"]);
    assert_eq!(document(&folder, "out.json").sources[0].extractor, None);
}

#[test]
fn texts_are_kept_in_a_file_each() {
    let folder = folder(&[("a.html", PAGE), ("b.html", PAGE), ("c.txt", "Harbour Light Forum 2031\n")]);
    let parse = ["parse", "a.html", "c.txt", "b.html", "-o", "out.json", "--keep-text"];
    let with = |more: &[&str]| without_pdftotext(&folder, &[&parse[..], more].concat());
    refused(&with(&["x.txt"]), "1 file to keep text in, but 2 sources are PDF files or web pages");
    refused(&with(&["./out.json", "--keep-text", "x.txt"]), "cannot write ./out.json: two things are to be written");
    refused(&with(&["c.txt", "--keep-text", "x.txt"]), "cannot write c.txt: it is one of the sources");
    refused(&with(&["-"]), "the text is kept in a file, not on standard output");
    let none = without_pdftotext(&folder, &["ledger", "c.txt", "--keep-text", "x.txt"]);
    refused(&none, "1 file to keep text in, but 0 sources are PDF files or web pages");
    assert_eq!(fs::read_dir(folder.path()).expect("is there").count(), 3, "nothing was written");

    with(&["x.txt", "--keep-text", "y.txt"]);
    let paths = document(&folder, "out.json").sources.into_iter().map(|source| source.path);
    assert_eq!(paths.collect::<Vec<_>>(), ["x.txt", "c.txt", "y.txt"]);
    assert!(folder.path().join("x.txt").exists() && folder.path().join("y.txt").exists());
}

#[test]
fn a_missing_pdftotext_is_told_once_with_the_way_to_install_it() {
    let folder = folder(&[("a.pdf", PDF), ("b.pdf", PDF)]);
    let read = without_pdftotext(&folder, &["parse", "a.pdf", "b.pdf"]);
    refused(&read, "PDF files are read with the command pdftotext, which is not installed");
    let told = told(&read);
    assert_eq!(told.matches("not installed").count(), 1, "{told}");
    for way in ["apt install poppler-utils", "dnf install", "brew install poppler", "Windows"] {
        assert!(told.contains(way), "{told}");
    }
}

/// With the stand-in for `pdftotext`, a shell script.
#[cfg(unix)]
mod pdf {
    use super::*;

    fn with_pdftotext(folder: &TempDir, args: &[&str]) -> Output {
        run(OsStr::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bin")), folder, args)
    }

    #[test]
    fn the_extractor_of_a_pdf_file_is_recorded() {
        let folder = folder(&[("report.pdf", PDF)]);
        let read = with_pdftotext(&folder, &["parse", "report.pdf", "--keep-text", "report.txt", "-o", "out.json"]);
        assert_eq!(read.status.code(), Some(0), "{}", told(&read));
        let document = document(&folder, "out.json");
        assert_eq!(document.sessions[0].title, "Who keeps the light?");
        let source = &document.sources[0];
        let kept = fs::read_to_string(folder.path().join("report.txt")).expect("is kept");
        assert_eq!(Some(kept.as_str()), PDF.split_once('\n').map(|(_, text)| text));
        assert_eq!((&source.sha256, source.bytes), (&sha256(kept.as_bytes()), kept.len()));
        let extractor = source.extractor.as_ref().expect("it was no text");
        assert_eq!((extractor.name.as_str(), extractor.mode.as_str()), ("pdftotext", "layout"));
        assert_eq!(extractor.version.as_deref(), Some("0.31.5"));
        assert_eq!((&extractor.sha256, extractor.bytes), (&sha256(PDF.as_bytes()), PDF.len()));
        let checked = with_pdftotext(&folder, &["validate", "out.json"]);
        assert_eq!(checked.status.code(), Some(0), "{}", told(&checked));
    }

    #[test]
    fn what_a_file_is_called_does_not_matter() {
        let folder = folder(&[("-raw", PDF)]);
        let read = with_pdftotext(&folder, &["ledger", "--format", "tsv", "--", "-raw"]);
        assert!(String::from_utf8_lossy(&read.stdout).contains("5\t5\tsession_title"), "{}", told(&read));
    }

    #[test]
    fn a_pdf_file_may_come_from_standard_input() {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        command.args(["parse", "-"]).env("PATH", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bin"));
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("is there");
        child.stdin.take().expect("a pipe").write_all(PDF.as_bytes()).expect("is read");
        let output = child.wait_with_output().expect("ends");
        let document: Document = serde_json::from_slice(&output.stdout).expect("a document");
        assert_eq!((document.sources[0].path.as_str(), document.sessions.len()), ("-", 1));
    }

    #[test]
    fn files_that_cannot_be_read_are_told_in_our_words() {
        let folder = folder(&[("broken.pdf", "%PDF-1.7 damaged\n"), ("locked.pdf", "%PDF-1.7 /Encrypt 4 0 R\n")]);
        let read = with_pdftotext(&folder, &["parse", "broken.pdf", "locked.pdf"]);
        refused(&read, "cannot read broken.pdf: the PDF file is damaged");
        refused(&read, "cannot read locked.pdf: it is protected by a password");
        assert!(!told(&read).contains("Syntax Error"), "what pdftotext says is for programmers");
    }

    #[test]
    fn of_pictures_of_pages_nothing_is_written() {
        let folder = folder(&[("scan.pdf", "%PDF-1.7\n\u{c}\n\u{c}\n")]);
        let read = with_pdftotext(&folder, &["parse", "scan.pdf", "--keep-text", "scan.txt", "-o", "out.json"]);
        assert!(told(&read).contains("it needs character recognition first"), "{}", told(&read));
        assert_eq!(read.status.code(), Some(1));
        assert_eq!(fs::read_dir(folder.path()).expect("is there").count(), 1);
    }
}

/// What the stand-ins for `pdftotext` promise of it, seen at the real one; on a machine without it, what is told there.
#[test]
fn pdftotext_does_what_is_expected_of_it() {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folder = folder(&[("cut-off.pdf", "%PDF-1.7\n1 0 obj\n")]);
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/harbour.pdf"), folder.path().join("harbour.pdf"))
        .expect("is copied");
    let read = run(&path, &folder, &["parse", "harbour.pdf", "-o", "out.json"]);
    if !std::env::split_paths(&path).any(|folder| folder.join("pdftotext").is_file()) {
        return refused(&read, "PDF files are read with the command pdftotext, which is not installed");
    }
    assert_eq!(read.status.code(), Some(0), "{}", told(&read));
    let document = document(&folder, "out.json");
    assert_eq!(document.sessions[0].title, "Who keeps the light?");
    assert_eq!(document.sessions[0].speakers[0].name, "Orla Venn");
    let version = document.sources[0].extractor.as_ref().and_then(|extractor| extractor.version.as_deref());
    assert!(version.is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit())), "{version:?}");
    refused(&run(&path, &folder, &["parse", "cut-off.pdf"]), "cannot read cut-off.pdf: the PDF file is damaged");
}
