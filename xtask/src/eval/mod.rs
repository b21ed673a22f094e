//! `cargo xtask eval`: how accurately the fixtures are read.
//!
//! [`cases`] says which texts there are and reads them, [`score`] compares a document with the gold and [`lines`] a
//! ledger, both by what [`text`] calls the same, and [`table`] writes the result down in `fixtures/accuracy.md`. That
//! file is kept under version control: whoever makes the parser better or worse changes it and sees how.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::json;

use self::cases::{Case, Outcome};
use crate::Result;

pub mod cases;
pub mod lines;
pub mod score;
pub mod table;
pub mod text;

/// How many kinds of confusion `--lines` lists.
const CONFUSIONS: usize = 20;

/// What `cargo xtask eval` is asked for; by default, to write the table.
#[derive(Debug, Default, clap::Args)]
#[group(multiple = false)]
pub struct Options {
    /// Fail when the table in fixtures/accuracy.md is not what would be written now
    #[arg(long)]
    check: bool,
    /// Say what is wrong in the documents of the texts whose name holds NAME
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    errors: Option<String>,
    /// Say what is wrong in the ledgers of the texts whose name holds NAME
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    lines: Option<String>,
    /// Print every count as JSON
    #[arg(long)]
    json: bool,
}

/// Does what the options ask for.
///
/// # Errors
///
/// When a fixture cannot be read or the table not be written, and with `check` when the table is stale.
pub fn run(options: &Options) -> Result<()> {
    if options.check {
        return check();
    }
    let fixtures = fixtures();
    let mut cases = cases::all(&fixtures)?;
    let mut out = io::stdout().lock();
    if let Some(name) = &options.errors {
        cases.retain(|case| case.name.contains(name));
        write_errors(&mut out, &cases::measure(&cases)?)?;
    } else if let Some(name) = &options.lines {
        cases.retain(|case| case.name.contains(name));
        write_lines(&mut out, &cases::measure(&cases)?)?;
    } else if options.json {
        let outcomes = cases::measure(&cases)?;
        writeln!(out, "{:#}", outcomes.iter().map(as_json).collect::<serde_json::Value>())?;
    } else {
        let page = page(&cases)?;
        let path = fixtures.join("accuracy.md");
        fs::write(&path, &page).map_err(|error| format!("{}: {error}", path.display()))?;
        write!(out, "{page}")?;
    }
    Ok(())
}

/// Whether `fixtures/accuracy.md` says what is measured now.
///
/// # Errors
///
/// When it does not, with the first line that differs and the command that puts it right; or when a fixture cannot be
/// read.
pub fn check() -> Result<()> {
    let fixtures = fixtures();
    crate::is_current(&fixtures.join("accuracy.md"), &page(&cases::all(&fixtures)?)?, "cargo xtask eval")
}

fn page(cases: &[Case]) -> Result<String> {
    Ok(table::markdown(&cases::measure(cases)?))
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

fn write_errors(out: &mut impl io::Write, outcomes: &[Outcome]) -> io::Result<()> {
    for outcome in outcomes {
        writeln!(out, "{}: mean F1 {:.3}", outcome.name, outcome.score.mean_f1())?;
        for miss in &outcome.score.misses {
            writeln!(out, "  {}: {}", miss.kind, miss.message)?;
        }
    }
    Ok(())
}

fn write_lines(out: &mut impl io::Write, outcomes: &[Outcome]) -> io::Result<()> {
    for (name, lines) in outcomes.iter().filter_map(|outcome| Some((&outcome.name, outcome.lines.as_ref()?))) {
        for miss in &lines.misses {
            writeln!(out, "{miss}")?;
        }
        for known in lines.confusion.iter().take(CONFUSIONS) {
            writeln!(out, "  {:4} {} -> {}", known.lines, known.want, known.got.as_deref().unwrap_or("nothing"))?;
        }
        writeln!(
            out,
            "{name}: lines {}, unaccounted {}, twice {}, right {} = {:.4}",
            lines.lines,
            lines.unaccounted,
            lines.twice,
            lines.right,
            lines.accuracy()
        )?;
    }
    Ok(())
}

fn as_json(outcome: &Outcome) -> serde_json::Value {
    let rows =
        outcome.score.rows.iter().map(
            |row| json!({"kind": row.kind, "gold": row.gold, "found": row.found, "right": row.right, "f1": row.f1()}),
        );
    let lines = outcome.lines.as_ref().map(|lines| {
        json!({"lines": lines.lines, "right": lines.right, "unaccounted": lines.unaccounted, "twice": lines.twice})
    });
    json!({
        "name": outcome.name,
        "rows": rows.collect::<Vec<_>>(),
        "mean_f1": outcome.score.mean_f1(),
        "summary_word_f1": outcome.score.summary_word_f1,
        "lines": lines,
    })
}
