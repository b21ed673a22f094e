//! The command line: `rapporteur parse`, `ledger`, `validate`, `fmt`, `people`, `diff` and what helps with them.
//!
//! All input and output of the project happens here. Documents and lists go to standard output, findings and messages to
//! standard error; the exit status says whether there is anything to look at.

mod args;
mod changes;
mod commands;
mod config;
mod convert;
mod corrections;
mod excerpt;
mod input;
mod originals;
mod output;
mod progress;
mod render;
mod rules;
mod serve;

pub use rules::rules;

use std::process::ExitCode;

use clap::Parser;
use rapporteur_diagnostics::Finding;
use rapporteur_diagnostics::render::json;
use rapporteur_source::Source;

use crate::render::{Renderer, Style};

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// There is nothing that has to be looked at.
    Clean,
    /// There are findings of severity error, or differences.
    Findings,
}

/// Why a command could not do its work.
#[derive(Debug, Default)]
pub(crate) struct Failure {
    /// Each reason.
    pub(crate) problems: Vec<Problem>,
    /// What was found in the files that the tool is set up with, or in what it has made.
    pub(crate) findings: Vec<Finding>,
    /// The sources of the findings.
    pub(crate) sources: Vec<Source>,
}

impl Failure {
    /// The first reason.
    fn into_problem(mut self) -> Problem {
        self.problems.swap_remove(0)
    }

    fn told(&self, style: Style) -> String {
        let renderer = Renderer::new(&self.sources, style);
        renderer.findings(&self.findings) + &renderer.problems(&self.problems)
    }
}

/// One reason why a command could not do its work.
#[derive(Debug, PartialEq)]
pub(crate) struct Problem {
    /// What is the matter, in one sentence without a full stop.
    pub(crate) message: String,
    /// The way out.
    pub(crate) help: String,
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }
}

/// The JSON Schema of the findings that `--format json` writes.
#[must_use]
pub fn findings_schema() -> serde_json::Value {
    rapporteur_model::schema_of::<json::Report>(json::SCHEMA_ID, "rapporteur findings")
}

/// Runs the command line with the arguments of the process, and says how it ended.
pub fn run() -> ExitCode {
    let command = args::Cli::parse().command;
    let style = command.style();
    match commands::run(command) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) => {
            output::stderr(&failure.told(style));
            ExitCode::from(2)
        }
    }
}
