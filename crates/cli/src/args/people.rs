use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::shared::{Plain, Settings, day};

/// Keeps a register of people across editions
///
/// The register holds one entry for each person: the names as they are printed, with the place, and the offices of each
/// edition. People are one where their names are, case, hyphens and marks on letters aside, whatever their offices. A name
/// that is only near to another is a question: a finding with both places. It is answered by --same or --different, and
/// the answer is kept in the register.
///
/// A register that is there already (the file after -o, or one among the DOCUMENTs) is updated: what it has of the editions
/// of the given documents is replaced.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur people data/*.json -o people.json            a new register, or one brought up to date
  rapporteur people vmc2024.json -o people.json           with one more edition
  rapporteur people -o people.json --same ada-brunsen ada-brunson --reason \"a misprint\"
                                                          of the two ids the first is kept
  rapporteur people -o people.json --different ada-brunsen eda-brunsen --reason sisters
  rapporteur people people.json --format popolo           for tools that read Popolo
  rapporteur validate people.json                         what is wrong with it, and what is open
  rapporteur parse report.txt --people people.json        read a report with it")]
pub(crate) struct People {
    /// JSON files that `rapporteur parse` wrote, or a register, or patterns in quotes; `-` is standard input
    #[arg(value_name = "DOCUMENT")]
    pub(crate) documents: Vec<PathBuf>,

    /// Write the register to FILE, whole or not at all; one that is there is updated
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// What to write
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: PeopleFormat,

    /// Two ids are one person's: the first is kept, and the second leads to it
    #[arg(long, num_args = 2, value_names = ["ID", "OTHER"], requires = "reason")]
    pub(crate) same: Vec<String>,

    /// Two ids are those of different people, however near their names are
    #[arg(long, num_args = 2, value_names = ["ID", "OTHER"], requires = "reason")]
    pub(crate) different: Vec<String>,

    /// Why; it is kept with the decision
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,

    /// Who decided
    #[arg(long, value_name = "NAME", requires = "reason")]
    pub(crate) by: Option<String>,

    /// When it was decided: YYYY-MM-DD
    #[arg(long, value_name = "DAY", requires = "reason", value_parser = day())]
    pub(crate) date: Option<String>,

    #[command(flatten)]
    pub(crate) settings: Settings,

    #[command(flatten)]
    pub(crate) plain: Plain,
}

/// What of a register is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum PeopleFormat {
    /// The register; `rapporteur schema people` prints its JSON Schema
    #[default]
    Register,
    /// People, organisations and memberships as Popolo JSON
    Popolo,
}
