use std::path::PathBuf;

use clap::Args;

use super::shared::{Settings, Shape};

/// Finds what is wrong with documents
///
/// They may also be registers of people, which have a schema and rules of their own. Checks that they are JSON, that they
/// follow the schema, that what they say agrees with itself, and with --sources that it stands in the texts that they were
/// read from. Each fault is told at its value, with the path to it. Nothing is fetched from the network. Findings for
/// people go to standard error, those for programs (--format) to standard output.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur validate vmc2021.json
  rapporteur validate 'data/**/*.json' --sources texts         with the texts, in all folders of data
  rapporteur validate data/*.json --fix                        mend what has one right answer
  rapporteur validate data/*.json --format github              in a workflow of GitHub
  rapporteur validate data/*.json --format junit > junit.xml   on another CI server
  rapporteur validate data/*.json --plain                      in a log")]
pub(crate) struct Validate {
    /// JSON files, or patterns in quotes; `-` is standard input
    #[arg(value_name = "DOCUMENT", required = true)]
    pub(crate) documents: Vec<PathBuf>,

    /// Look in DIR for the texts that the documents were read from, and check all evidence in them
    #[arg(long, value_name = "DIR")]
    pub(crate) sources: Option<PathBuf>,

    /// Check nothing but the JSON and its schema
    #[arg(long, conflicts_with_all = ["sources", "fix"])]
    pub(crate) schema_only: bool,

    /// Mend what has one right answer (ids, order, white space, evidence), and write the file in canonical form
    #[arg(long)]
    pub(crate) fix: bool,

    #[command(flatten)]
    pub(crate) settings: Settings,

    #[command(flatten)]
    pub(crate) shape: Shape,
}
