use std::path::PathBuf;

use clap::builder::{PathBufValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use rapporteur_diagnostics::Rule;

use crate::rules;

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
  1  findings of severity error, or of any that --deny names
  2  the command could not do its work: no such file, wrong usage

Findings go to standard error, everything else to standard output.
Colour is used on a terminal only, and not where NO_COLOR is set.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Parse(Parse),
    Ledger(Ledger),
    Validate(Validate),
    /// Prints the JSON Schema of the document
    Schema,
    Lexicon(Lexicon),
    Explain(Explain),
    Completions(Completions),
}

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
  rapporteur parse report.txt --lexicon words.toml     with labels in another language")]
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

    /// Exit with status 1 if there are findings of this severity, too
    #[arg(long, value_name = "SEVERITY", value_enum)]
    pub(crate) deny: Option<Deny>,

    /// Print no findings and no summary; the exit status still tells
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// What `--deny` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    Warnings,
}

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
}

/// How a ledger is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LedgerFormat {
    #[default]
    Table,
    Tsv,
    Json,
}

/// Checks that documents are JSON and follow the schema
///
/// Each fault is told with the path to its value. Nothing is fetched from the network.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur validate vmc2021.json
  rapporteur validate data/*.json")]
pub(crate) struct Validate {
    /// JSON files; `-` is standard input
    #[arg(value_name = "DOCUMENT", required = true)]
    pub(crate) documents: Vec<PathBuf>,
}

/// Prints the lexicon, or checks a file that adds to it
///
/// The lexicon holds the words that the parser knows: labels, kinds of session, headings, months, honorifics, signs. To
/// teach it others, write them to a file of the same shape and name that file with --lexicon.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur lexicon                          print the lexicon that comes with the tool
  rapporteur lexicon --lexicon words.toml     check your own file and see what it adds
  rapporteur parse rapport.txt --lexicon words.toml

A file that teaches a label of French reports:
  [roles]
  speakers = [\"Sur le plateau\"]")]
pub(crate) struct Lexicon {
    #[command(flatten)]
    pub(crate) words: Words,
}

/// Where the text is kept that was got out of a PDF file or a web page.
#[derive(Debug, Args)]
pub(crate) struct Keep {
    /// Write the text that a PDF or HTML source holds to FILE, once for each such source
    #[arg(long, value_name = "FILE", value_parser = file())]
    pub(crate) keep_text: Vec<PathBuf>,
}

/// A path that is no `-`: of a document and a text, only the document can go to standard output.
fn file() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| match path.to_str() {
        Some("-") => Err("the text is kept in a file, not on standard output"),
        _ => Ok(path),
    })
}

/// The words that a command reads with.
#[derive(Debug, Args)]
pub(crate) struct Words {
    /// Add the words in FILE to the lexicon; see `rapporteur lexicon`
    #[arg(long, value_name = "FILE")]
    pub(crate) lexicon: Option<PathBuf>,
}

/// Says what a finding means
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur explain                    list all codes
  rapporteur explain quote/no-speaker   say what this one means")]
pub(crate) struct Explain {
    /// The code of the finding; all are listed without it
    #[arg(value_name = "CODE", value_parser = rule(), hide_possible_values = true)]
    pub(crate) rule: Option<&'static Rule>,
}

fn rule() -> impl TypedValueParser<Value = &'static Rule> {
    let codes = rules().map(|rule| PossibleValue::new(rule.code).help(rule.title()));
    PossibleValuesParser::new(codes).try_map(|code| rules().find(|rule| rule.code == code).ok_or("no such code"))
}

/// Prints a script that completes commands in a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur completions bash > ~/.local/share/bash-completion/completions/rapporteur
  rapporteur completions zsh > ~/.zfunc/_rapporteur
  rapporteur completions fish > ~/.config/fish/completions/rapporteur.fish")]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}
