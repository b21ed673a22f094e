use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::shared::Plain;

/// Says what changed between two documents
///
/// By entity and field: what was added, removed, moved to another place in its list, or reworded, with the words marked.
/// Entities are the same where their ids are, or where they are most alike. Where values were read (evidence) is no
/// content: how much of that moved is told at the end.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur diff before.json after.json
  rapporteur diff before.json after.json --format json | jq '.changes[].field'
  rapporteur parse report.txt | rapporteur diff vmc2021.json -   what a new run would change

Of words that changed, [-these-] stood in OLD and {+these+} stand in NEW.

Exit status, as of diff(1):
  0  both say the same
  1  there are differences
  2  the command could not do its work: no such file, no document")]
pub(crate) struct Diff {
    /// The document before; `-` is standard input
    pub(crate) old: PathBuf,

    /// The document after; `-` is standard input
    pub(crate) new: PathBuf,

    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,

    /// List the places whose evidence moved
    #[arg(long)]
    pub(crate) evidence: bool,

    #[command(flatten)]
    pub(crate) plain: Plain,
}

/// How a diff is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// By kind of entity, with the words that changed marked, for people
    #[default]
    Human,
    /// For programs; `rapporteur schema diff` prints its JSON Schema
    Json,
}
