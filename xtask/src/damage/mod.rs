//! `cargo xtask damage`: whether damage is found that is done to texts on purpose.
//!
//! Each of the [`KINDS`] is done at random places to the real texts and to made-up ones, and reading the damaged text has
//! to give a finding of the right code, new, within two lines of the damage. The same seed means the same damage; the
//! table is `fixtures/damage.md`.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rapporteur_diagnostics::Severity;
use rapporteur_grammar::Lexicon;

use self::kinds::{KINDS, Kind};
use self::text::{Damaged, Text, Told};
use crate::Result;
use crate::corpus::{self, draw::Draw};
use crate::eval::table;

mod kinds;
mod text;

/// How often each kind of damage is done to each text.
const TIMES: usize = 2;
/// The texts that are made for it: seed, layout, extractor. Their layouts are those that are read without a fault.
const MADE: &[(u64, &str, &str)] = &[
    (1, "folio", "marker"),
    (2, "folio", "mupdf"),
    (1, "gazette", "marker"),
    (2, "gazette", "docling"),
    (1, "minutes", "marker"),
    (2, "minutes", "docling"),
    (1, "almanac", "marker"),
    (3, "folio", "docling"),
];
/// A finding this many lines from the damage points at it.
const NEAR: usize = 2;

/// What `cargo xtask damage` is asked for; by default, to write the table.
#[derive(Debug, Default, clap::Args)]
pub struct Options {
    /// Say which damage was not found, of the kinds whose name holds NAME
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    missed: Option<String>,
    /// Do the damage that this seed gives instead, and write nothing
    #[arg(long)]
    seed: Option<u64>,
}

/// The seed of the table.
const SEED: u64 = 1;

/// What came of one kind of damage.
#[derive(Default)]
struct Row {
    done: usize,
    found: usize,
    missed: Vec<String>,
}

/// Does what the options ask for.
///
/// # Errors
///
/// When a fixture cannot be read or the table cannot be written.
pub fn run(options: &Options) -> Result<()> {
    let measured = measure(options.seed.unwrap_or(SEED))?;
    let mut out = io::stdout().lock();
    if let Some(name) = &options.missed {
        for alarm in &measured.alarms {
            writeln!(out, "found where nothing was damaged: {alarm}")?;
        }
        for (kind, row) in KINDS.iter().zip(&measured.rows).filter(|(kind, _)| kind.name.contains(name)) {
            writeln!(out, "{}: {} of {}", kind.name, row.found, row.done)?;
            for missed in &row.missed {
                writeln!(out, "  {missed}")?;
            }
        }
        return Ok(());
    }
    let page = page(&measured);
    if options.seed.is_none() {
        fs::write(file(), &page)?;
    }
    write!(out, "{page}")?;
    Ok(())
}

/// Whether `fixtures/damage.md` says what is measured now, and whether that is enough.
///
/// # Errors
///
/// When it does not, or when too much damage is missed or too much found in texts that nobody damaged.
pub fn check() -> Result<()> {
    /// Of a hundred, for all damage and for each kind.
    const OVERALL: usize = 95;
    const EACH: usize = 85;
    let measured = measure(SEED)?;
    let (done, found) = measured.total();
    let enough = |found: usize, done: usize, percent: usize| found * 100 >= done * percent;
    let mut faults: Vec<String> = KINDS
        .iter()
        .zip(&measured.rows)
        .filter(|(_, row)| row.done == 0 || !enough(row.found, row.done, EACH))
        .map(|(kind, row)| format!("{}: {} of {} found", kind.name, row.found, row.done))
        .collect();
    if !enough(found, done, OVERALL) {
        faults.push(format!("{found} of {done} found in all"));
    }
    faults.extend(measured.alarms.iter().map(|alarm| format!("found where nothing was damaged: {alarm}")));
    if !faults.is_empty() {
        return Err(faults.join("\n").into());
    }
    crate::is_current(&file(), &page(&measured), "cargo xtask damage")
}

/// All that was measured.
struct Measured {
    rows: Vec<Row>,
    /// Warnings and errors in made-up texts as they are.
    alarms: Vec<String>,
}

impl Measured {
    fn total(&self) -> (usize, usize) {
        self.rows.iter().fold((0, 0), |(done, found), row| (done + row.done, found + row.found))
    }
}

fn measure(seed: u64) -> Result<Measured> {
    let lexicon = Lexicon::embedded();
    let (mut texts, mut alarms) = (Vec::new(), Vec::new());
    for name in ["vmc2017/report", "vmc2021/report", "vmc2021/takeaways", "vmc2024/report", "vmc2024/takeaways"] {
        let text = fs::read_to_string(fixtures().join(format!("{name}.txt")))?;
        texts.push(Text::new(name.to_owned(), text, &lexicon));
    }
    for (name, text) in corpus::texts(MADE)? {
        let (.., findings) = text::read(text.clone().into_bytes(), &lexicon);
        let grave = findings.iter().filter(|finding| finding.severity > Severity::Advice);
        alarms.extend(grave.map(|finding| format!("{name}: {} {}", finding.rule, finding.message)));
        texts.push(Text::new(name, text, &lexicon));
    }
    let rows = crate::in_parallel(KINDS, |kind| row(kind, &texts, seed, &lexicon));
    Ok(Measured { rows, alarms })
}

/// Does one kind of damage to all texts.
fn row(kind: &Kind, texts: &[Text], seed: u64, lexicon: &Lexicon) -> Row {
    let mut row = Row::default();
    for text in texts {
        let mut draw = Draw::new(seed, &format!("{} {}", kind.name, text.name));
        for _ in 0..TIMES {
            let Some(damaged) = (kind.damage)(text, &mut draw) else { continue };
            row.done += 1;
            let (_, _, told, _) = text::read(damaged.bytes.clone(), lexicon);
            if told.iter().any(|told| kind.codes.contains(&told.code) && points_at(told, &damaged, text)) {
                row.found += 1;
            } else {
                let line = String::from_utf8_lossy(&damaged.bytes)
                    .lines()
                    .nth(damaged.line - 1)
                    .unwrap_or_default()
                    .to_owned();
                row.missed.push(format!("{} line {}: {}", text.name, damaged.line, excerpt(&line)));
            }
        }
    }
    row
}

/// Whether a finding is new and stands near the damage.
fn points_at(told: &Told, damaged: &Damaged, text: &Text) -> bool {
    let near = told.lines.iter().any(|line| line.abs_diff(damaged.line) <= NEAR);
    let before = |line: &usize| line.checked_add_signed(if *line > damaged.line { -damaged.more } else { 0 });
    let lines: Vec<Option<usize>> = told.lines.iter().map(before).collect();
    let old = |known: &Told| {
        known.code == told.code
            && known.message == told.message
            && known.lines.iter().map(|line| Some(*line)).eq(lines.iter().copied())
    };
    near && !text.findings.iter().any(old)
}

fn excerpt(line: &str) -> String {
    line.chars().take(120).collect()
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

fn file() -> PathBuf {
    fixtures().join("damage.md")
}

const INTRODUCTION: &str = "\
# Damage found

How much of the damage is found that is done to texts on purpose. `cargo xtask damage` does each kind at random places to
the real texts in this folder and to made-up ones, and counts a find where reading the damaged text gives a new finding of
the right code within two lines of the damage. Damage is done only where a careful reader could see it: a word is broken
that stands in the text elsewhere too, a name misspelt that stands there at least twice more. `--missed` says what was not
found, and `--seed 9` does other damage.
";

fn page(measured: &Measured) -> String {
    let mut page = INTRODUCTION.to_owned();
    let (done, found) = measured.total();
    let _ = write!(
        page,
        "\nIn the {} made-up texts, as they are, {} findings of severity warning or error are told.\n\n",
        MADE.len(),
        measured.alarms.len()
    );
    let cells = |cells: [&str; 5]| cells.map(str::to_owned).to_vec();
    let mut rows = vec![cells(["damage", "code", "done", "found", "recall"])];
    let recall = |found: usize, done: usize| format!("{:.3}", found as f64 / done.max(1) as f64);
    for (kind, row) in KINDS.iter().zip(&measured.rows) {
        let codes = kind.codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ");
        rows.push(vec![
            kind.name.to_owned(),
            codes,
            row.done.to_string(),
            row.found.to_string(),
            recall(row.found, row.done),
        ]);
    }
    rows.push(vec!["**all**".to_owned(), String::new(), done.to_string(), found.to_string(), recall(found, done)]);
    page.push_str(&table::table(&rows));
    page
}
