//! What may stand on the command line: a file a command with its help, and `shared`, the groups of options that several
//! commands have.

mod completions;
mod correct;
mod diff;
mod explain;
mod fmt;
mod known;
mod ledger;
mod levels;
mod lexicon;
mod parse;
mod people;
mod review;
mod schema;
mod shared;
mod validate;

use clap::{Parser, Subcommand};

pub(crate) use self::completions::Completions;
pub(crate) use self::correct::{Correct, Correction, Instead, Why};
pub(crate) use self::diff::{Diff, DiffFormat};
pub(crate) use self::explain::Explain;
pub(crate) use self::fmt::Fmt;
pub(crate) use self::ledger::{Ledger, LedgerFormat};
pub(crate) use self::lexicon::Lexicon;
pub(crate) use self::parse::Parse;
pub(crate) use self::people::{People, PeopleFormat};
pub(crate) use self::review::Review;
pub(crate) use self::schema::{Described, Schema};
pub(crate) use self::shared::{Corrections, Format, Keep, Settings, Words};
pub(crate) use self::validate::Validate;
use crate::render::Style;

/// Reads conference reports and writes down what they say.
///
/// Rapporteur takes the report of a conference: a PDF file, a web page, or the plain text that an extractor got out of
/// one. It writes the edition, its programme, sessions, speakers, quotes and takeaways as one JSON document, in which
/// every value points at the place that it was read from, and it says what it could not read or what it doubts.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = AFTER_HELP, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  rapporteur parse report.pdf -o vmc2021.json  read a report
  rapporteur ledger report.pdf                 see what each line was taken for
  rapporteur explain quote/no-speaker          read what a finding means

Exit status:
  0  no findings of severity error
  1  findings of severity error
  2  the command could not do its work: no such file, wrong usage

Findings go to standard error, everything else to standard output.
Colour is used on a terminal only, and not where NO_COLOR is set.

Which findings are told, and which are errors, is set by --allow, --warn and --deny, or for all runs
in a folder and those in it by a file rapporteur.toml:

  [levels]
  takeaway = \"allow\"             # findings of an area are not told
  \"quote/no-speaker\" = \"deny\"    # those of a code are errors; a code beats its area

  [[silence]]                    # a finding that somebody has looked at
  code = \"person/misspelt\"
  at = \"Ada Brunn\"               # what stands in the text at its place
  source = \"report.txt\"          # only in this file; may be left out
  reason = \"spelt so on her card\"";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Parse(Parse),
    Review(Review),
    Ledger(Ledger),
    Correct(Correct),
    Validate(Validate),
    Fmt(Fmt),
    People(People),
    Diff(Diff),
    Schema(Schema),
    Lexicon(Lexicon),
    Explain(Explain),
    Completions(Completions),
}

impl Command {
    /// How what a person reads is written.
    pub(crate) fn style(&self) -> Style {
        let is_plain = match self {
            Self::Parse(args) => args.shape.plain.plain,
            Self::Validate(args) => args.shape.plain.plain,
            Self::Review(args) => args.plain.plain,
            Self::Ledger(args) => args.plain.plain,
            Self::People(args) => args.plain.plain,
            Self::Diff(args) => args.plain.plain,
            _ => false,
        };
        if is_plain { Style::Plain } else { Style::Terminal }
    }
}
