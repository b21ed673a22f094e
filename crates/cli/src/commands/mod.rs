//! The commands, one file each; the smallest are here.

mod correct;
mod diff;
mod explain;
mod fmt;
mod ledger;
mod lexicon;
mod parse;
mod people;
mod review;
mod validate;

use clap::CommandFactory as _;
use rapporteur_diagnostics::{Finding, Severity, render};
use rapporteur_source::Source;

use crate::args::{Cli, Command, Described, Format};
use crate::{Failure, Outcome, Problem, output};

/// Does what was asked for.
pub(crate) fn run(command: Command) -> Result<Outcome, Failure> {
    let style = command.style();
    match command {
        Command::Parse(args) => parse::run(&args, style),
        Command::Review(args) => review::run(&args, style),
        Command::Ledger(args) => ledger::run(&args, style),
        Command::Correct(args) => correct::run(&args, style),
        Command::Validate(args) => validate::run(&args, style),
        Command::Fmt(args) => fmt::run(&args),
        Command::People(args) => people::run(&args, style),
        Command::Diff(args) => diff::run(&args),
        Command::Lexicon(args) => lexicon::run(&args),
        Command::Schema(args) => print(&json(&match args.of {
            Described::Document => rapporteur_model::schema(),
            Described::Findings => crate::findings_schema(),
            Described::People => rapporteur_people::Register::json_schema(),
            Described::Diff => rapporteur_diff::Diff::schema(),
        })),
        Command::Explain(args) => explain::run(args.rule),
        Command::Completions(args) => {
            let mut script = Vec::new();
            clap_complete::generate(args.shell, &mut Cli::command(), "rapporteur", &mut script);
            print(&String::from_utf8_lossy(&script))
        }
    }
}

fn print(text: &str) -> Result<Outcome, Failure> {
    output::stdout(text)?;
    Ok(Outcome::Clean)
}

/// Findings in a format for programs; `None` where that is one for people.
fn rendered(format: Format, findings: &[Finding], sources: &[Source]) -> Option<String> {
    match format {
        Format::Human => None,
        Format::Json => Some(render::json(findings, sources)),
        Format::Sarif => Some(render::sarif(findings, sources)),
        Format::Github => Some(render::github(findings, sources)),
        Format::Junit => Some(render::junit(findings, sources)),
    }
}

fn outcome(findings: &[Finding]) -> Outcome {
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    if findings.iter().any(is_error) { Outcome::Findings } else { Outcome::Clean }
}

/// What was done with all files, in their order; where some of them could not be read, all of those.
fn gathered<T>(done: Vec<Result<T, Problem>>) -> Result<Vec<T>, Failure> {
    let (mut results, mut failure) = (Vec::with_capacity(done.len()), Failure::default());
    for result in done {
        match result {
            Ok(result) => results.push(result),
            Err(problem) => failure.problems.push(problem),
        }
    }
    if failure.problems.is_empty() { Ok(results) } else { Err(failure) }
}

/// JSON as it is written everywhere: two spaces, and a line end at the end.
fn json(value: &impl serde::Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value).expect("the types of the project have string keys only");
    json.push('\n');
    json
}
