//! `cargo xtask mutate`: whether it is found what is done to documents on purpose.
//!
//! Each of the [`KINDS`] is done at random places to the documents of the fixtures. Validating the mutated document with its
//! texts has to give a finding of the right code on the exact line, and mending it, where there is one right answer, the
//! document as it was. The table is `fixtures/mutations.md`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rapporteur_source::Source;
use rapporteur_validate::{Recorded, Text, Validator, fixed};
use serde_json::Value;

use self::kinds::{KINDS, Kind};
use crate::Result;
use crate::corpus::draw::Draw;

mod kinds;

/// How often each kind is done to each document.
const TIMES: usize = 5;
/// What the places in the table are drawn by.
const SEED: u64 = 1;
const NAMES: &[&str] = &["vmc2017", "vmc2021", "vmc2024"];

/// What `cargo xtask mutate` is asked for; by default, to write the table.
#[derive(Debug, Default, clap::Args)]
pub struct Options {
    /// Say what was missed, and write nothing
    #[arg(long)]
    missed: bool,
    /// Draw other places than those of the table, print what comes of it, and write nothing
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

/// What came of one kind.
#[derive(Default)]
struct Row {
    done: usize,
    found: usize,
    exact: usize,
    mended: usize,
    missed: Vec<String>,
}

/// Does what the options ask for.
///
/// # Errors
///
/// When a fixture cannot be read or the table cannot be written.
pub fn run(options: &Options) -> Result<()> {
    let rows = measure(options.seed.unwrap_or(SEED))?;
    if options.missed {
        rows.iter().flat_map(|row| &row.missed).for_each(|missed| println!("{missed}"));
        return Ok(());
    }
    if options.seed.is_none() {
        fs::write(fixtures().join("mutations.md"), page(&rows))?;
    }
    print!("{}", page(&rows));
    Ok(())
}

/// Whether `fixtures/mutations.md` says what is measured now, and whether that is enough.
///
/// # Errors
///
/// When it does not, or when too much is missed, misplaced or not mended.
pub fn check() -> Result<()> {
    /// Of a hundred.
    const ENOUGH: usize = 98;
    let rows = measure(SEED)?;
    let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum::<usize>();
    let done = sum(|row| row.done);
    for (what, count) in [("found", sum(|row| row.found)), ("on the exact line", sum(|row| row.exact))] {
        if count * 100 < done * ENOUGH {
            return Err(format!("{count} of {done} {what}").into());
        }
    }
    crate::is_current(&fixtures().join("mutations.md"), &page(&rows), "cargo xtask mutate")
}

fn measure(seed: u64) -> Result<Vec<Row>> {
    let validator = Validator::new();
    let mut documents = Vec::new();
    for name in NAMES {
        let text = fs::read_to_string(fixtures().join(name).join("document.json"))?;
        let value: Value = serde_json::from_str(&text)?;
        documents.push((*name, text, value));
    }
    for (name, text, _) in &documents {
        let found = validator.document(&file(text), Some(&|recorded| text_of(name, recorded)));
        if let Some(fault) = found.faults.first() {
            return Err(format!("{name} as it is: {}: {}", fault.finding.rule, fault.finding.message).into());
        }
    }
    Ok(crate::in_parallel(KINDS, |kind| {
        let mut row = Row::default();
        for (name, text, value) in &documents {
            let mut draw = Draw::new(seed, &format!("{} {name}", kind.name));
            (0..TIMES).for_each(|_| row.add(kind, name, text, value, &validator, &mut draw));
        }
        row
    }))
}

impl Row {
    fn add(&mut self, kind: &Kind, name: &str, text: &str, value: &Value, validator: &Validator, draw: &mut Draw) {
        let Some(mutated) = (kind.mutate)(value, draw) else { return };
        let lookup = |recorded: &Recorded<'_>| text_of(name, recorded);
        let file = file(&mutated.text);
        let checked = validator.document(&file, Some(&lookup));
        let told = checked.faults.iter().filter(|fault| fault.finding.rule.code == kind.code);
        let lines: Vec<usize> =
            told.filter_map(|fault| fault.finding.labels.first().map(|label| file.line_number(label.start))).collect();
        self.done += 1;
        self.found += usize::from(!lines.is_empty());
        let is_exact = lines.iter().any(|line| mutated.lines.contains(line));
        self.exact += usize::from(is_exact);
        if !is_exact {
            let all: Vec<_> = checked.faults.iter().map(|fault| fault.finding.rule.code).collect();
            self.missed.push(format!("{} in {name}: line {:?}, told {lines:?} of {all:?}", kind.name, mutated.lines));
        }
        if kind.is_fixed {
            let is_mended = fixed(validator, &file, Some(&lookup)).as_deref() == Some(text);
            self.mended += usize::from(is_mended);
            if !is_mended {
                self.missed.push(format!("{} in {name}: line {:?} not mended", kind.name, mutated.lines));
            }
        }
    }
}

fn file(text: &str) -> Source {
    Source::new("document.json", "document.json", text.as_bytes().to_vec())
}

fn text_of(name: &str, recorded: &Recorded<'_>) -> Option<Arc<Text>> {
    let bytes = fs::read(fixtures().join(name).join(recorded.path)).ok()?;
    Some(Arc::new(Text::new(Source::new(recorded.path, recorded.path, bytes))))
}

fn page(rows: &[Row]) -> String {
    let mut page = "\
# Mutations

<!-- Written by `cargo xtask mutate`. -->

What is done on purpose to the three documents of the fixtures, and what `rapporteur validate --sources` finds of it: by the
right code, on the exact line; and where there is one right answer, how often `--fix` gives the document as it was. The
documents as they are give no finding.

| mutation | code | done | found | exact line | mended |
| --- | --- | ---: | ---: | ---: | ---: |
"
    .to_owned();
    let mut all = Row::default();
    for (kind, row) in KINDS.iter().zip(rows) {
        let mended = if kind.is_fixed { row.mended.to_string() } else { String::new() };
        let _ = writeln!(
            page,
            "| {} | `{}` | {} | {} | {} | {mended} |",
            kind.name, kind.code, row.done, row.found, row.exact
        );
        all.done += row.done;
        all.found += row.found;
        all.exact += row.exact;
        all.mended += row.mended;
    }
    let _ = writeln!(page, "| all {} | | {} | {} | {} | {} |", KINDS.len(), all.done, all.found, all.exact, all.mended);
    page
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}
