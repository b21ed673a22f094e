use clap::{Args, ValueEnum};

/// Prints a JSON Schema
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur schema            of the document that `rapporteur parse` writes
  rapporteur schema findings   of the findings that --format json writes
  rapporteur schema people     of the register that `rapporteur people` writes
  rapporteur schema diff       of what `rapporteur diff --format json` writes")]
pub(crate) struct Schema {
    /// What it describes
    #[arg(value_enum, default_value_t)]
    pub(crate) of: Described,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Described {
    #[default]
    Document,
    Findings,
    People,
    Diff,
}
