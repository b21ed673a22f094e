//! The commands of `docs/tutorial.md`, in their order, in a folder with the report that it is about.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// A command of the page, and the lines that it shows below it.
struct Step<'p> {
    command: &'p str,
    shown: Vec<&'p str>,
}

fn steps(page: &str) -> Vec<Step<'_>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut in_console = false;
    for line in page.lines() {
        match line {
            "```console" => in_console = true,
            "```" => in_console = false,
            _ if !in_console => {}
            _ => match line.strip_prefix("$ ") {
                Some(command) => steps.push(Step { command, shown: Vec::new() }),
                None => steps.last_mut().expect("a command stands above what it prints").shown.push(line),
            },
        }
    }
    steps
}

#[test]
fn every_command_of_the_tutorial_does_what_it_says() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(here.join("../../docs/tutorial.md")).expect("is there");
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(here.join("tests/data/tutorial.pdf"), folder.path().join("report.pdf")).expect("is there");
    let tool = Path::new(env!("CARGO_BIN_EXE_rapporteur")).parent().expect("a folder");
    // what stands in for pdftotext comes first: the report is a PDF file by name only
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [here.join("tests/bin"), tool.to_owned()].into_iter().chain(std::env::split_paths(&path));
    let path = std::env::join_paths(folders).expect("folders");
    let steps = steps(&page);
    assert!(steps.len() >= 10, "the page has lost its commands");
    for Step { command, shown } in steps {
        let mut shell = Command::new("sh");
        let run = shell.args(["-c", command]).current_dir(folder.path()).env("PATH", &path).output().expect("a shell");
        let printed = String::from_utf8_lossy(&run.stdout) + String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{command}\n{printed}");
        for line in shown {
            assert!(printed.lines().any(|printed| printed == line), "{command}\ndoes not print: {line}\n{printed}");
        }
    }
    for file in ["report.json", "report.txt", "report.corrections.toml", "review.html", ".git"] {
        assert!(folder.path().join(file).exists(), "{file} is not there at the end");
    }
}
