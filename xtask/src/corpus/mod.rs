//! `cargo xtask corpus`: how accurately made-up reports are read, whatever they look like.
//!
//! An [`edition`] is drawn from lists of [`words`], a [layout](layouts) sets it on [pages](page) and says what of it is
//! printed, and [`extractors`] make text of the pages. So the truth is known without anybody annotating anything, and
//! there is no end of editions: a few of them are kept as a regression test, whose table is `fixtures/corpus.md`, and
//! `--seed` makes others.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rapporteur_grammar::Lexicon;
use rapporteur_source::Source;
use serde_json::Value;

use self::draw::Draw;
use self::edition::Edition;
use self::extractors::EXTRACTORS;
use self::layouts::LAYOUTS;
use self::words::Words;
use crate::Result;
use crate::eval::score::{Row, Score, score};
use crate::eval::table;

pub mod draw;
pub mod edition;
pub mod extractors;
pub mod layouts;
pub mod page;
pub mod words;

/// The seeds of the editions that are the regression test.
const SEEDS: &[u64] = &[1, 2, 3];

/// What `cargo xtask corpus` is asked for; by default, to write the table.
#[derive(Debug, Default, clap::Args)]
pub struct Options {
    /// Print the table for the editions of this seed instead, and write nothing
    #[arg(long)]
    seed: Option<u64>,
    /// Write the texts and what is true of them to a folder, to be read
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    /// Say what is wrong in the documents of the texts whose name (seed, layout, extractor) holds NAME
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    errors: Option<String>,
    /// Fail when the table in fixtures/corpus.md is not what would be written now
    #[arg(long)]
    check: bool,
}

/// A made-up report as an extractor leaves it.
struct Case {
    /// `1.folio.pypdf`
    name: String,
    layout: &'static str,
    extractor: &'static str,
    text: String,
    gold: Value,
    /// Kinds that nobody could read from this text.
    lost: &'static [&'static str],
}

/// Does what the options ask for.
///
/// # Errors
///
/// When a file cannot be written, and with `check` when the table is stale.
pub fn run(options: &Options) -> Result<()> {
    if options.check {
        return check();
    }
    let seeds = options.seed.map_or(SEEDS.to_vec(), |seed| vec![seed]);
    let mut cases = cases(&seeds)?;
    let mut out = io::stdout().lock();
    if let Some(folder) = &options.write {
        fs::create_dir_all(folder)?;
        for case in &cases {
            fs::write(folder.join(format!("{}.txt", case.name)), &case.text)?;
            fs::write(folder.join(format!("{}.gold.json", case.name)), format!("{:#}\n", case.gold))?;
        }
    }
    if let Some(name) = &options.errors {
        cases.retain(|case| case.name.contains(name));
        for (case, score) in cases.iter().zip(measure(&cases)) {
            writeln!(out, "{}: mean F1 {:.3}", case.name, score.mean_f1())?;
            for miss in &score.misses {
                writeln!(out, "  {}: {}", miss.kind, miss.message)?;
            }
        }
        return Ok(());
    }
    if options.write.is_some() {
        return Ok(());
    }
    let page = page(&cases);
    if options.seed.is_none() {
        fs::write(file(), &page)?;
    }
    write!(out, "{page}")?;
    Ok(())
}

/// Whether `fixtures/corpus.md` says what is measured now.
///
/// # Errors
///
/// When it does not, with the first line that differs and the command that puts it right.
pub fn check() -> Result<()> {
    crate::is_current(&file(), &page(&cases(SEEDS)?), "cargo xtask corpus")
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/corpus.md")
}

/// Some of the texts, by seed, layout and extractor, with their names.
///
/// # Errors
///
/// When the words cannot be read.
pub fn texts(wanted: &[(u64, &str, &str)]) -> Result<Vec<(String, String)>> {
    let mut seeds: Vec<u64> = wanted.iter().map(|(seed, ..)| *seed).collect();
    seeds.sort_unstable();
    seeds.dedup();
    let names: Vec<String> = wanted.iter().map(|(seed, layout, tool)| format!("{seed}.{layout}.{tool}")).collect();
    let cases = cases(&seeds)?.into_iter().filter(|case| names.contains(&case.name));
    Ok(cases.map(|case| (case.name, case.text)).collect())
}

/// The texts of some seeds: each layout has an edition of its own, and each extractor reads it.
fn cases(seeds: &[u64]) -> Result<Vec<Case>> {
    let words = Words::embedded()?;
    let mut cases = Vec::new();
    for seed in seeds {
        for layout in LAYOUTS {
            let mut draw = Draw::new(*seed, layout.name);
            let edition = Edition::new(&mut draw, &words);
            let (print, gold) = (layout.set)(&edition, &mut draw);
            cases.extend(EXTRACTORS.iter().map(|extractor| {
                let mut gold = gold.clone();
                if extractor.beheads {
                    // Only running heads say it.
                    gold["edition"]["short_name"] = Value::Null;
                }
                Case {
                    name: format!("{seed}.{}.{}", layout.name, extractor.name),
                    layout: layout.name,
                    extractor: extractor.name,
                    text: (extractor.text)(&print),
                    gold,
                    lost: if extractor.interleaves { layout.lost_interleaved } else { &[] },
                }
            }));
        }
    }
    Ok(cases)
}

fn measure(cases: &[Case]) -> Vec<Score> {
    let lexicon = Lexicon::embedded();
    crate::in_parallel(cases, |case| {
        let source = Source::new("report", "report.txt", case.text.clone().into_bytes());
        let reading = rapporteur_parse::read(&[source], &lexicon);
        let document = serde_json::to_value(&reading.document).unwrap_or_default();
        let mut score = score(&case.gold, &document);
        score.rows.retain(|row| !case.lost.contains(&row.kind));
        score
    })
}

const INTRODUCTION: &str = "\
# Accuracy on made-up reports

How well reports are read that nobody wrote. `cargo xtask corpus` draws editions from the words in `corpus/`, sets each
in a layout, and makes text of the pages as an extractor would; what is true of them is known, and is counted as in
`accuracy.md`. The texts are not kept: a seed means the same text on every machine. `cargo xtask corpus --write DIR`
writes them to be read, `--errors folio.pypdf` says what is wrong in them, and `--seed 99` measures other editions.

Where `pdfplumber` runs columns together line by line, what nobody could take apart again is not counted.
";

/// The whole page, as Markdown.
fn page(cases: &[Case]) -> String {
    let scores = measure(cases);
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n## Layouts\n\n");
    for layout in LAYOUTS {
        let _ = writeln!(page, "- **{}**: {}.", layout.name, layout.about);
    }
    let of = |layout: Option<&str>, extractor: Option<&str>| -> Vec<&Score> {
        let is = |case: &Case| {
            layout.is_none_or(|name| name == case.layout) && extractor.is_none_or(|name| name == case.extractor)
        };
        cases.iter().zip(&scores).filter(|(case, _)| is(case)).map(|(_, score)| score).collect()
    };
    let mean = |scores: &[&Score]| {
        format!("{:.3}", scores.iter().map(|score| score.mean_f1()).sum::<f64>() / scores.len().max(1) as f64)
    };
    let names = |first: &str, names: &[&str]| -> Vec<String> {
        [first].iter().chain(names).chain(&["mean"]).map(|name| (*name).to_owned()).collect()
    };
    let extractors: Vec<&str> = EXTRACTORS.iter().map(|extractor| extractor.name).collect();
    let layouts: Vec<&str> = LAYOUTS.iter().map(|layout| layout.name).collect();

    page.push_str("\n## Layouts and extractors\n\nMean F1.\n\n");
    let mut rows = vec![names("", &layouts)];
    for extractor in extractors.iter().copied().map(Some).chain([None]) {
        let cells = layouts.iter().copied().map(Some).chain([None]).map(|layout| mean(&of(layout, extractor)));
        rows.push(std::iter::once(extractor.unwrap_or("**mean**").to_owned()).chain(cells).collect());
    }
    page.push_str(&table::table(&rows));

    for (title, columns) in [("Kinds and layouts", &layouts), ("Kinds and extractors", &extractors)] {
        let _ = write!(page, "\n## {title}\n\nF1 over all texts of a column.\n\n");
        let mut header = names("", columns);
        header.pop();
        let groups: Vec<Vec<&Score>> = columns
            .iter()
            .map(|name| if title.ends_with("layouts") { of(Some(name), None) } else { of(None, Some(name)) })
            .collect();
        let kinds = scores.first().map_or(Vec::new(), |score| score.rows.iter().map(|row| row.kind).collect());
        let mut rows = vec![header];
        for kind in kinds {
            let cells: Vec<String> = groups.iter().map(|scores| f1(scores, kind)).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push(std::iter::once(kind.to_owned()).chain(cells).collect());
            }
        }
        page.push_str(&table::table(&rows));
    }
    page
}

/// F1 of one kind over several texts; empty where there is nothing of it.
fn f1(scores: &[&Score], kind: &'static str) -> String {
    let rows = scores.iter().filter_map(|score| score.row(kind));
    let sum = rows.fold(Row { kind, gold: 0, found: 0, right: 0 }, |sum, row| Row {
        kind,
        gold: sum.gold + row.gold,
        found: sum.found + row.found,
        right: sum.right + row.right,
    });
    if sum.counts() { format!("{:.3}", sum.f1()) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::eval::text::fold;

    /// Every string of the truth, but for those that say a date, a time or a number in a normal form.
    fn strings<'a>(value: &'a Value, key: &str, out: &mut Vec<&'a str>) {
        match value {
            Value::String(text)
                if !["date", "start", "end", "start_date", "end_date", "key", "session"].contains(&key) =>
            {
                out.push(text);
            }
            Value::Array(items) => items.iter().for_each(|item| strings(item, key, out)),
            Value::Object(fields) => fields.iter().for_each(|(key, field)| strings(field, key, out)),
            _ => {}
        }
    }

    #[test]
    fn the_truth_is_printed() {
        let words = Words::embedded().expect("the words");
        // Letters only: what is between the parts of a credit is not the same everywhere.
        let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        for seed in 0..20 {
            for layout in LAYOUTS {
                let mut draw = Draw::new(seed, layout.name);
                let edition = Edition::new(&mut draw, &words);
                let (print, gold) = (layout.set)(&edition, &mut draw);
                let mut blocks: BTreeMap<usize, String> = BTreeMap::new();
                let mut lines: Vec<_> = print.pages.iter().flat_map(|page| &page.lines).collect();
                lines.sort_by_key(|line| line.frame);
                for line in lines {
                    blocks.entry(line.block).or_default().push_str(&line.text);
                }
                let printed: String = blocks.values().map(|text| letters(text)).collect();
                let mut wanted = Vec::new();
                strings(&gold, "", &mut wanted);
                assert!(wanted.len() > 60, "{} {seed}", layout.name);
                for text in wanted {
                    assert!(printed.contains(&letters(text)), "{} {seed} does not print {text:?}", layout.name);
                }
            }
        }
    }
}
