use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use rapporteur_correct::ReadAs;

use super::shared::{Words, day};

/// Corrects what is read of a source, in a file beside it
///
/// The source is never changed. Corrections of report.txt are kept in report.corrections.toml, and every command that reads
/// the source applies them. What would not apply is not written: a phrase has to stand in one place, a value has to fit
/// its field.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur correct report.txt text 'Ada Brnu, Pilot' 'Ada Brun, Pilot' --reason 'spelt Brun on her card'
  rapporteur correct report.txt value hd2031 city 'Old Marsh' --reason 'the imprint has it so'
  rapporteur correct report.txt region 'Ropes hold where hands do.' quote --reason 'set as a pull quote'
  rapporteur correct report.txt --list
  rapporteur correct report.txt --remove text-3f2a91c0")]
pub(crate) struct Correct {
    /// A text, PDF or HTML file
    pub(crate) source: PathBuf,

    /// The other sources of the edition, read with it
    #[arg(long, value_name = "SOURCE")]
    pub(crate) with: Vec<PathBuf>,

    /// Keep the corrections in FILE
    #[arg(long, value_name = "FILE")]
    pub(crate) corrections: Option<PathBuf>,

    /// Write nothing; show what would change
    #[arg(long, global = true)]
    pub(crate) dry_run: bool,

    #[command(flatten)]
    pub(crate) instead: Instead,

    #[command(flatten)]
    pub(crate) words: Words,

    #[command(subcommand)]
    pub(crate) what: Option<Correction>,
}

/// What can be done with corrections that are there.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct Instead {
    /// List the corrections and whether they apply
    #[arg(long)]
    pub(crate) list: bool,

    /// Remove the correction with this id
    #[arg(long, value_name = "ID")]
    pub(crate) remove: Option<String>,

    /// Write down that the corrections were looked at in the source as it is now
    #[arg(long)]
    pub(crate) confirm: bool,
}

/// The three forms of corrections.
#[derive(Debug, Subcommand)]
pub(crate) enum Correction {
    /// Read other text in the place of a phrase
    Text {
        /// The phrase, as it stands in the source; line breaks do not matter
        find: String,
        /// What it should be; a line break in it is one in the text
        replace: String,
        /// What stands before the phrase, where it stands in several places
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        before: String,
        /// What stands after the phrase
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        after: String,
        #[command(flatten)]
        why: Why,
    },
    /// Put one value of the document right
    Value {
        /// The id of an entity of the document; behind it the way to one in its lists: `hd2031-ropes/speakers/ada-brun`
        entity: String,
        /// The field: `title`, `summary/0`
        field: String,
        /// What it should be; a list is written as in JSON
        #[arg(required_unless_present = "absent", conflicts_with = "absent")]
        value: Option<String>,
        /// There should be nothing
        #[arg(long)]
        absent: bool,
        #[command(flatten)]
        why: Why,
    },
    /// Say what a passage is
    Region {
        /// The phrase that begins the passage
        at: String,
        /// What it is: a label of the ledger
        #[arg(value_parser = label())]
        label: ReadAs,
        /// The phrase that ends it; by default it ends with its paragraph
        #[arg(long, value_name = "TEXT")]
        until: Option<String>,
        #[command(flatten)]
        why: Why,
    },
}

/// What stands beside every correction.
#[derive(Debug, Args)]
pub(crate) struct Why {
    /// Why it is made
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,

    /// Who makes it
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,

    /// When, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day())]
    pub(crate) date: Option<String>,
}

fn label() -> impl TypedValueParser<Value = ReadAs> {
    let labels = ReadAs::ALL.map(|label| PossibleValue::new(label.as_str()));
    PossibleValuesParser::new(labels).try_map(|name| ReadAs::named(&name).ok_or("there is no such label"))
}
