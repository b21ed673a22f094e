//! The command line: `rapporteur parse`, `ledger`, `validate` and what helps with them.
//!
//! All input and output of the project happens here. Documents and lists go to standard output, findings and messages to
//! standard error; the exit status says whether there is anything to look at.

mod args;
mod commands;
mod convert;
mod excerpt;
mod input;
mod output;
mod render;
mod rules;

pub use rules::rules;

use std::process::ExitCode;

use clap::Parser;

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// There is nothing that has to be looked at.
    Clean,
    /// There are findings of severity error, or of the severity that was denied.
    Findings,
}

/// Why a command could not do its work.
#[derive(Debug, Default)]
pub(crate) struct Failure {
    /// Each reason; none where the command has told them itself.
    pub(crate) problems: Vec<Problem>,
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
        Self { problems: vec![problem] }
    }
}

/// Runs the command line with the arguments of the process, and says how it ended.
pub fn run() -> ExitCode {
    match commands::run(args::Cli::parse().command) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) => {
            output::stderr(&render::Renderer::new(&[]).problems(&failure.problems));
            ExitCode::from(2)
        }
    }
}
