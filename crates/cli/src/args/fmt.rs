use std::path::PathBuf;

use clap::Args;

/// Writes documents in canonical form
///
/// Fields in the order of the schema, two spaces for each level, a line end at the end: as `rapporteur parse` writes them.
/// What a document says stays as it is. Files that do not follow the schema are left alone. The exit status is 1 where
/// there are such, and with --check where a file is in another form.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur fmt data/*.json
  rapporteur fmt --check 'data/**/*.json'   in CI
  rapporteur fmt - < draft.json             to standard output")]
pub(crate) struct Fmt {
    /// JSON files, or patterns in quotes; `-` is standard input
    #[arg(value_name = "DOCUMENT", required = true)]
    pub(crate) documents: Vec<PathBuf>,

    /// Write nothing; name the files that are in another form
    #[arg(long)]
    pub(crate) check: bool,
}
