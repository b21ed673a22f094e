use std::path::PathBuf;

use clap::Args;

use super::shared::{Corrections, Keep, Settings, Shape, Words, file};

/// Reads the sources of one edition and writes its document
///
/// The document is JSON and holds everything that was read, each value with the bytes that it was read from. It is
/// checked against its schema before it is written. Where the exit status is 1 it is written too, and the findings say
/// what not to trust.
///
/// What a source is shows in its bytes, not in its name. The text of a PDF file is got out by the command pdftotext,
/// which has to be installed; that of a web page (HTML), by rapporteur itself. Evidence points into that text:
/// --keep-text keeps it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur parse report.pdf -o vmc2021.json          to a file
  rapporteur parse report.pdf takeaways.html           a report and an article: one document
  rapporteur parse report.pdf --keep-text report.txt   keep the text that evidence points into
  pdftotext -layout report.pdf - | rapporteur parse -  from another program
  rapporteur parse report.txt --deny warnings          in a script that stops at any doubt
  rapporteur parse report.txt --allow person --deny person/misspelt
                                                       of the names, misprints only
  rapporteur parse report.txt -o out.json --findings findings.sarif --format sarif
                                                       findings to a file for other tools
  rapporteur parse report.txt --lexicon words.toml     with labels in another language
  rapporteur parse report.txt --people people.json     with the people of other editions")]
pub(crate) struct Parse {
    /// Files of one edition, the report first: text, PDF or HTML; `-` is standard input
    #[arg(value_name = "SOURCE", required = true)]
    pub(crate) sources: Vec<PathBuf>,

    /// Write the document to FILE, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) keep: Keep,

    #[command(flatten)]
    pub(crate) words: Words,

    /// Read with the register of people in FILE: ids agree with it, and names that are near to others are findings; see
    /// `rapporteur people`
    #[arg(long, value_name = "FILE", value_parser = file("the register is a file, not standard input"))]
    pub(crate) people: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) corrections: Corrections,

    #[command(flatten)]
    pub(crate) settings: Settings,

    #[command(flatten)]
    pub(crate) shape: Shape,

    /// Write the findings to FILE, whole or not at all: those on standard error are then for people, whatever --format
    #[arg(long, value_name = "FILE", value_parser = file("without --findings they go to standard error"))]
    pub(crate) findings: Option<PathBuf>,

    /// Print no findings and no summary; the exit status still tells
    #[arg(short, long)]
    pub(crate) quiet: bool,
}
