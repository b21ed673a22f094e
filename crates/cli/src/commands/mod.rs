//! The commands, one file each; the smallest are here.

mod ledger;
mod lexicon;
mod parse;
mod validate;

use std::fmt::Write as _;

use clap::CommandFactory as _;
use rapporteur_diagnostics::Rule;

use crate::args::{Cli, Command};
use crate::{Failure, Outcome, output, rules};

/// Does what was asked for.
pub(crate) fn run(command: Command) -> Result<Outcome, Failure> {
    match command {
        Command::Parse(args) => parse::run(&args),
        Command::Ledger(args) => ledger::run(&args),
        Command::Validate(args) => validate::run(&args),
        Command::Lexicon(args) => lexicon::run(&args),
        Command::Schema => print(&json(&rapporteur_model::schema())),
        Command::Explain(args) => print(&args.rule.map_or_else(list, explain)),
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

/// JSON as it is written everywhere: two spaces, and a line end at the end.
fn json(value: &impl serde::Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value).expect("the types of the project have string keys only");
    json.push('\n');
    json
}

fn explain(rule: &Rule) -> String {
    format!("{rule} ({})\n\n{}\n", rule.severity, rule.page())
}

fn list() -> String {
    let width = rules().map(|rule| rule.code.len()).max().unwrap_or_default();
    rules().fold(String::new(), |mut text, rule| {
        let _ = writeln!(text, "{:width$}  {:7}  {}", rule.code, rule.severity.as_str(), rule.title());
        text
    })
}
