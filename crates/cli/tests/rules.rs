//! Each rule finds what it is for, as a user sees it, and nothing is found where nothing is wrong.
//!
//! `fixtures/err/<area>/<what>.txt` is a text with the fault that the rule is named after, `<what>.more.txt` a second
//! source where it takes two, and `<what>.stderr` what is told. Documents end in `.json`, and where it takes the text that
//! one was read from, that in `.source.txt`; files that the tool is set up with end in `.toml`. Corrections of a text are
//! found beside it, in `.corrections.toml`, or given, in `.given.toml`. `UPDATE_FIXTURES=1 cargo test -p rapporteur --test rules` writes what is told anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rapporteur_diagnostics::Rule;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// What the tool says, run in the folder of the fixtures.
fn told(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.args(args).current_dir(fixtures()).env("NO_COLOR", "1");
    let output = command.output().expect("the command runs");
    String::from_utf8(output.stderr).expect("messages are UTF-8")
}

/// The fixture of a rule, and the arguments that show its finding.
fn case(rule: &Rule) -> (String, Vec<String>) {
    let file = |end: &str| format!("err/{}{end}", rule.code);
    let there = |end: &str| fixtures().join(file(end)).is_file();
    let owned = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>();
    if there(".txt") {
        let mut args = owned(&["parse", "-o", "/dev/null", &file(".txt")]);
        if there(".more.txt") {
            args.push(file(".more.txt"));
        }
        if there(".given.toml") {
            args.extend(owned(&["--corrections", &file(".given.toml")]));
        }
        return (file(".txt"), args);
    }
    if there(".json") {
        let mut args = owned(&["validate", &file(".json")]);
        if there(".source.txt") {
            args.extend(owned(&["--sources", "err/document"]));
        }
        return (file(".json"), args);
    }
    assert!(there(".toml"), "{rule} has no fixture in fixtures/err");
    let args = if rule.area() == "config" {
        owned(&["parse", "-o", "/dev/null", "ok/report.txt", "--config", &file(".toml")])
    } else {
        owned(&["lexicon", "--lexicon", &file(".toml")])
    };
    (file(".toml"), args)
}

#[test]
fn every_rule_finds_what_it_is_for() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let mut faults = Vec::new();
    for rule in rapporteur::rules() {
        let (fixture, args) = case(rule);
        let told = told(&args.iter().map(String::as_str).collect::<Vec<_>>());
        if !told.contains(&format!("[{rule}]")) {
            faults.push(format!("{fixture}: {rule} is not found in it:\n{told}"));
        }
        let expected = fixtures().join("err").join(format!("{}.stderr", rule.code));
        if update {
            fs::write(&expected, &told).expect("can be written");
        } else if fs::read_to_string(&expected).unwrap_or_default() != told {
            faults.push(format!("{fixture}: other than in {}:\n{told}", expected.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_fixture_is_that_of_a_rule() {
    let codes: BTreeSet<&str> = rapporteur::rules().map(|rule| rule.code).collect();
    for area in fs::read_dir(fixtures().join("err")).expect("is there") {
        let area = area.expect("can be read").path();
        for file in fs::read_dir(&area).expect("is a folder") {
            let file = file.expect("can be read").file_name().into_string().expect("UTF-8");
            let what = file.split('.').next().unwrap_or_default();
            let code = format!("{}/{what}", area.file_name().and_then(|name| name.to_str()).expect("UTF-8"));
            assert!(codes.contains(code.as_str()), "there is no rule {code} for {file}");
        }
    }
}

#[test]
fn nothing_is_found_where_nothing_is_wrong() {
    let mut count = 0;
    for file in fs::read_dir(fixtures().join("ok")).expect("is there") {
        let path = file.expect("can be read").path();
        let told = told(&["parse", "-o", "/dev/null", path.to_str().expect("UTF-8")]);
        assert!(told.trim_end().ends_with("; no findings"), "{}:\n{told}", path.display());
        count += 1;
    }
    assert!(count > 0, "there are texts in which nothing is wrong");
}
