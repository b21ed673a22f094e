use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PathBufValueParser, PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Args, Command as ClapCommand, FromArgMatches, Parser, Subcommand, ValueEnum};
use rapporteur_diagnostics::{Level, Rule, Selector};

use crate::render::Style;
use crate::{input, rules};

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

/// Writes a page on which the sources and what was read of them stand side by side
///
/// The page is one HTML file that needs no network: left the text, each line with what it was taken for, right the
/// document and the findings. A click on either side shows the other. What was inferred, what was not read and what was
/// found stand out and can be gone through with keys; `?` on the page lists them.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur review report.pdf -o review.html                  a report
  rapporteur review report.txt takeaways.txt -o review.html    a report and an article
  rapporteur review report.txt --allow text -o review.html     without the findings about letters and marks
  rapporteur review report.txt takeaways.txt --serve           with forms that write corrections")]
pub(crate) struct Review {
    /// Files of one edition, the report first: text, PDF or HTML; `-` is standard input
    #[arg(value_name = "SOURCE", required = true)]
    pub(crate) sources: Vec<PathBuf>,

    /// Write the page to FILE, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Serve the page on this machine, with forms that write corrections beside the sources, until Ctrl-C
    #[arg(long, conflicts_with_all = ["output", "keep_text", "corrections", "no_corrections"])]
    pub(crate) serve: bool,

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

/// `--allow`, `--warn` and `--deny`, in the order in which they were given.
#[derive(Clone, Debug, Default)]
pub(crate) struct LevelOptions(pub(crate) Vec<(Selector, Level)>);

impl FromArgMatches for LevelOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = Level::ALL.into_iter().flat_map(|level| {
            let places = matches.indices_of(level.as_str()).into_iter().flatten();
            let selectors = matches.get_many::<Selector>(level.as_str()).into_iter().flatten();
            places.zip(selectors).map(move |(place, &selector)| (place, selector, level))
        });
        let mut given: Vec<_> = given.collect();
        given.sort_by_key(|(place, ..)| *place);
        Ok(Self(given.into_iter().map(|(_, selector, level)| (selector, level)).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for LevelOptions {
    fn augment_args(command: ClapCommand) -> ClapCommand {
        Level::ALL.into_iter().fold(command, |command, level| {
            let help = match level {
                Level::Allow => "Do not tell findings of a code or an area: `person/misspelt`, `person`",
                Level::Warn => "Take findings of a code or an area for warnings",
                Level::Deny => "Take findings of a code or an area for errors; `warnings` are all warnings",
            };
            let long = match level {
                Level::Allow => format!("{help}. What was given last wins, and the command line over rapporteur.toml"),
                _ => help.to_owned(),
            };
            let arg = Arg::new(level.as_str()).long(level.as_str()).value_name("CODE").action(ArgAction::Append);
            let arg = arg.value_parser(selector(level)).hide_possible_values(true);
            command.arg(arg.help(help).long_help(long))
        })
    }

    fn augment_args_for_update(command: ClapCommand) -> ClapCommand {
        Self::augment_args(command)
    }
}

/// A code or an area; for `--deny` also all warnings.
fn selector(level: Level) -> impl TypedValueParser<Value = Selector> {
    let mut names = rules::names();
    names.extend((level == Level::Deny).then_some(WARNINGS));
    Known(names.into_iter().map(PossibleValue::new).collect()).try_map(|name| match name.as_str() {
        WARNINGS => Ok(Selector::Warnings),
        name => Selector::named(name, rules()).ok_or("there is no such code"),
    })
}

/// All findings that are warnings.
const WARNINGS: &str = "warnings";

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

/// Finds what is wrong with documents
///
/// They may also be registers of people, which have a schema and rules of their own. Checks that they are JSON, that they
/// follow the schema, that what they say agrees with itself, and with --sources that it stands in the texts that they were
/// read from. Each fault is told at its value, with the path to it. Nothing is fetched from the network. Findings for
/// people go to standard error, those for programs (--format) to standard output.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur validate vmc2021.json
  rapporteur validate 'data/**/*.json' --sources texts         with the texts, in all folders of data
  rapporteur validate data/*.json --fix                        mend what has one right answer
  rapporteur validate data/*.json --format github              in a workflow of GitHub
  rapporteur validate data/*.json --format junit > junit.xml   on another CI server
  rapporteur validate data/*.json --plain                      in a log")]
pub(crate) struct Validate {
    /// JSON files, or patterns in quotes; `-` is standard input
    #[arg(value_name = "DOCUMENT", required = true)]
    pub(crate) documents: Vec<PathBuf>,

    /// Look in DIR for the texts that the documents were read from, and check all evidence in them
    #[arg(long, value_name = "DIR")]
    pub(crate) sources: Option<PathBuf>,

    /// Check nothing but the JSON and its schema
    #[arg(long, conflicts_with_all = ["sources", "fix"])]
    pub(crate) schema_only: bool,

    /// Mend what has one right answer (ids, order, white space, evidence), and write the file in canonical form
    #[arg(long)]
    pub(crate) fix: bool,

    #[command(flatten)]
    pub(crate) settings: Settings,

    #[command(flatten)]
    pub(crate) shape: Shape,
}

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
    #[arg(long, value_name = "DAY", requires = "reason")]
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
    #[arg(long, value_name = "FILE", value_parser = file("the text is kept in a file, not on standard output"))]
    pub(crate) keep_text: Vec<PathBuf>,
}

/// A path that is no `-`, which stands for the document alone.
fn file(reason: &'static str) -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(move |path| if input::is_standard(&path) { Err(reason) } else { Ok(path) })
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
        label: rapporteur_correct::ReadAs,
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
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
}

fn label() -> impl TypedValueParser<Value = rapporteur_correct::ReadAs> {
    let labels = rapporteur_correct::ReadAs::ALL.map(|label| PossibleValue::new(label.as_str()));
    clap::builder::PossibleValuesParser::new(labels)
        .try_map(|name| rapporteur_correct::ReadAs::named(&name).ok_or("there is no such label"))
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
    let codes = rules().map(|rule| PossibleValue::new(rule.code).help(rule.title())).collect();
    Known(codes).try_map(|code| rules().find(|rule| rule.code == code).ok_or("there is no such code"))
}

/// One of many known names. Shells complete them; of a name that is not known, the nearest is told and not all of them.
#[derive(Clone)]
struct Known(Vec<PossibleValue>);

impl TypedValueParser for Known {
    type Value = String;

    fn parse_ref(&self, command: &ClapCommand, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        let name = value.to_string_lossy().into_owned();
        if self.0.iter().any(|known| known.get_name() == name) {
            return Ok(name);
        }
        let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
        let nearest = rapporteur_diagnostics::nearest(&name, self.0.iter().map(PossibleValue::get_name));
        if let Some(nearest) = nearest {
            error.insert(ContextKind::SuggestedValue, ContextValue::String(nearest.to_owned()));
        }
        error.insert(ContextKind::InvalidArg, ContextValue::String(arg.map(Arg::to_string).unwrap_or_default()));
        error.insert(ContextKind::InvalidValue, ContextValue::String(name));
        Err(error)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().cloned()))
    }
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
