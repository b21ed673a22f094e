use std::path::PathBuf;

use clap::builder::{NonEmptyStringValueParser, PathBufValueParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::levels::LevelOptions;
use crate::input;

/// How findings are written.
#[derive(Debug, Args)]
pub(crate) struct Shape {
    /// How to write findings
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) plain: Plain,
}

/// The formats of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With excerpts of the text, for people
    #[default]
    Human,
    /// For programs; `rapporteur schema findings` prints its JSON Schema
    Json,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Workflow commands that GitHub Actions shows at the lines of a change
    Github,
    /// A report of tests, for CI servers: a suite a source, a test a finding
    Junit,
}

/// How what people read is written.
#[derive(Debug, Args)]
pub(crate) struct Plain {
    /// Write findings for people as lines of text, without excerpts and colour: for logs and screen readers
    #[arg(long)]
    pub(crate) plain: bool,
}

/// What findings are told and how much they matter.
#[derive(Debug, Args)]
pub(crate) struct Settings {
    #[command(flatten)]
    pub(crate) levels: LevelOptions,

    /// Read levels and silences from FILE, not from the first rapporteur.toml in this folder or one above it
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,

    /// Read no rapporteur.toml
    #[arg(long)]
    pub(crate) no_config: bool,
}

/// Where the text is kept that was got out of a PDF file or a web page.
#[derive(Debug, Args)]
pub(crate) struct Keep {
    /// Write the text that a PDF or HTML source holds to FILE, once for each such source
    #[arg(long, value_name = "FILE", value_parser = file("the text is kept in a file, not on standard output"))]
    pub(crate) keep_text: Vec<PathBuf>,
}

/// A path that is no `-`, which stands for the document alone.
pub(crate) fn file(reason: &'static str) -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(move |path| if input::is_standard(&path) { Err(reason) } else { Ok(path) })
}

/// A day, as documents write it.
pub(crate) fn day() -> impl TypedValueParser<Value = String> {
    let is_day =
        |text: String| if rapporteur_correct::is_date(&text) { Ok(text) } else { Err("write a day as 2031-05-06") };
    NonEmptyStringValueParser::new().try_map(is_day)
}

/// The words that a command reads with.
#[derive(Debug, Args)]
pub(crate) struct Words {
    /// Add the words in FILE to the lexicon; see `rapporteur lexicon`
    #[arg(long, value_name = "FILE")]
    pub(crate) lexicon: Option<PathBuf>,
}

/// Corrections that a command reads with.
#[derive(Debug, Args)]
pub(crate) struct Corrections {
    /// Apply the corrections in FILE, once for each source; by default report.corrections.toml beside report.txt
    #[arg(long, value_name = "FILE", conflicts_with = "no_corrections")]
    pub(crate) corrections: Vec<PathBuf>,

    /// Apply no corrections
    #[arg(long)]
    pub(crate) no_corrections: bool,
}
