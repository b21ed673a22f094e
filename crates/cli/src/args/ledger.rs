use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::shared::{Corrections, Keep, Plain, Settings, Words};

/// Shows what each line of a source was taken for
///
/// Every line that is not blank is in exactly one region, a run of lines with one label such as `session_title`,
/// `credit`, `body` or `unread`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur ledger report.txt | less
  rapporteur ledger report.txt --format tsv | grep unread
  rapporteur ledger report.pdf --keep-text report.txt

With --format tsv each line is: first line, tab, last line, tab, label.")]
pub(crate) struct Ledger {
    /// A text, PDF or HTML file; `-` is standard input
    pub(crate) source: PathBuf,

    /// How to write it: aligned with the beginning of the text, as tab-separated values, or as JSON
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: LedgerFormat,

    #[command(flatten)]
    pub(crate) keep: Keep,

    #[command(flatten)]
    pub(crate) words: Words,

    #[command(flatten)]
    pub(crate) corrections: Corrections,

    #[command(flatten)]
    pub(crate) settings: Settings,

    #[command(flatten)]
    pub(crate) plain: Plain,
}

/// How a ledger is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LedgerFormat {
    #[default]
    Table,
    Tsv,
    Json,
}
