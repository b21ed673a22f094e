//! `cargo xtask`: the tasks of the project.

use std::io;
use std::process::ExitCode;

use clap::Parser as _;
use xtask::{browser_test, codegen, corpus, damage, eval, mutate, peers};

#[derive(clap::Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Write the files that are made from the code: the JSON Schemas in schema/, the pages of the rules and of the
    /// document in docs/
    Codegen(codegen::Options),
    /// Measure how accurately the fixtures are read, and write the table to fixtures/accuracy.md
    Eval(eval::Options),
    /// Measure how accurately made-up reports are read, and write the table to fixtures/corpus.md
    Corpus(corpus::Options),
    /// Measure how much damage is found that is done to texts on purpose, and write the table to fixtures/damage.md
    Damage(damage::Options),
    /// Measure how much is found that is done to documents on purpose, and write the table to fixtures/mutations.md
    Mutate(mutate::Options),
    /// Measure how long other validators take for the same documents, and write the table to fixtures/peers.md
    BenchPeers(peers::Options),
    /// Test the review page in a real browser
    BrowserTest(browser_test::Options),
}

fn main() -> ExitCode {
    let result = match Task::parse() {
        Task::Codegen(options) => codegen::run(&options),
        Task::Eval(options) => eval::run(&options),
        Task::Corpus(options) => corpus::run(&options),
        Task::Damage(options) => damage::run(&options),
        Task::Mutate(options) => mutate::run(&options),
        Task::BenchPeers(options) => peers::run(&options),
        Task::BrowserTest(options) => browser_test::run(&options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads the output has seen enough.
        Err(error)
            if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
