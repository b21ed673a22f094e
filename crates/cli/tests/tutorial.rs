//! The commands of `docs/tutorial.md` and of the README, in their order, each in a folder with the reports that it is about.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// A command of a page, and the lines that it shows below it. A block of commands begins with `$`; others are examples.
struct Step<'p> {
    command: &'p str,
    shown: Vec<&'p str>,
}

fn steps(page: &str) -> Vec<Step<'_>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let (mut in_console, mut is_run) = (false, false);
    for line in page.lines() {
        match line {
            "```console" => (in_console, is_run) = (true, false),
            "```" => in_console = false,
            _ if !in_console => {}
            _ => match line.strip_prefix("$ ") {
                Some(command) => {
                    is_run = true;
                    steps.push(Step { command, shown: Vec::new() });
                }
                None if is_run => steps.last_mut().expect("a command stands above what it prints").shown.push(line),
                None => {}
            },
        }
    }
    steps
}

/// Runs the commands of a page in a folder. What is left out of what they print is shown as `…`.
fn run(page: &str, folder: &Path) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(here.join("../..").join(page)).expect("is there");
    let tool = Path::new(env!("CARGO_BIN_EXE_rapporteur")).parent().expect("a folder");
    // what stands in for pdftotext comes first: the report is a PDF file by name only
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [here.join("tests/bin"), tool.to_owned()].into_iter().chain(std::env::split_paths(&path));
    let path = std::env::join_paths(folders).expect("folders");
    let steps = steps(&page);
    assert!(steps.len() >= 4, "the page has lost its commands");
    for Step { command, shown } in steps {
        let mut shell = Command::new("sh");
        let run = shell.args(["-c", command]).current_dir(folder).env("PATH", &path).output().expect("a shell");
        let printed = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
        // as of diff(1): that there are differences is no failure
        let is_done = run.status.success() || command.starts_with("rapporteur diff") && run.status.code() == Some(1);
        assert!(is_done, "{command}\n{printed}");
        for line in shown.into_iter().filter(|line| *line != "…") {
            assert!(printed.lines().any(|printed| printed == line), "{command}\ndoes not print: {line}\n{printed}");
        }
    }
}

#[test]
fn every_command_of_the_tutorial_does_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tutorial.pdf");
    fs::copy(report, folder.path().join("report.pdf")).expect("is there");
    run("docs/tutorial.md", folder.path());
    for file in ["report.json", "report.txt", "report.corrections.toml", "review.html", ".git"] {
        assert!(folder.path().join(file).exists(), "{file} is not there at the end");
    }
}

#[test]
fn every_command_of_the_readme_does_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    std::os::unix::fs::symlink(fixtures, folder.path().join("fixtures")).expect("a link");
    run("README.md", folder.path());
}
