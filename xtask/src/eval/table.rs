//! The measure as a page of tables.

use std::fmt::Write as _;

use super::cases::{Kind, Outcome};
use super::score::Row;

const INTRODUCTION: &str = "\
# Accuracy

How well the texts in this folder are read, measured against the annotation in `gold/` and beside the reprints. Written
by `cargo xtask eval`; a change in accuracy changes this file. `cargo xtask eval --errors vmc2021` says what is wrong
with the document of an edition, `--lines vmc2021` with its ledger.

An entity is right when it agrees with its partner in the gold in 97 of 100 characters, once case, white space,
quotation marks and dashes are folded; a summary or the text of a takeaway, in 97 of 100 words. F1 is twice what is
right over the sum of gold and found, and the mean is over the kinds that a text has.
";

/// The whole page, as Markdown.
#[must_use]
pub fn markdown(outcomes: &[Outcome]) -> String {
    let mut page = INTRODUCTION.to_owned();
    let editions: Vec<_> = outcomes.iter().filter(|outcome| outcome.kind == Kind::Edition).collect();
    section(&mut page, "Editions", "Each from all its sources together.");
    page.push_str(&counted(&editions));

    section(&mut page, "Lines", "Labels of the non-blank lines of the report: the part that is right.");
    let header = ["", "lines", "right", "accuracy", "unaccounted", "twice"].map(str::to_owned).to_vec();
    let lines = editions.iter().filter_map(|outcome| Some((outcome, outcome.lines.as_ref()?)));
    let rows = lines.map(|(outcome, lines)| {
        let counts = [lines.unaccounted, lines.twice].map(|count| count.to_string());
        let [unaccounted, twice] = counts;
        let accuracy = format!("{:.4}", lines.accuracy());
        vec![outcome.name.clone(), lines.lines.to_string(), lines.right.to_string(), accuracy, unaccounted, twice]
    });
    page.push_str(&table(&std::iter::once(header).chain(rows).collect::<Vec<_>>()));

    let articles: Vec<_> = outcomes.iter().filter(|outcome| outcome.kind == Kind::Article).collect();
    section(&mut page, "Articles", "Read alone, without the report.");
    page.push_str(&counted(&articles));

    let reprints: Vec<_> = outcomes
        .iter()
        .filter_map(|outcome| match &outcome.kind {
            Kind::Reprint { layout, extractor } => Some((layout.as_str(), extractor.as_str(), outcome)),
            Kind::Edition | Kind::Article => None,
        })
        .collect();
    section(&mut page, "Reprints", "One report in other layouts, as several extractors give them: mean F1.");
    page.push_str(&means(&reprints));
    for layout in in_order(reprints.iter().map(|(layout, ..)| *layout)) {
        let (extractors, outcomes): (Vec<_>, Vec<_>) = reprints
            .iter()
            .filter(|(known, ..)| *known == layout)
            .map(|(_, extractor, outcome)| (*extractor, *outcome))
            .unzip();
        let _ = write!(page, "\n### {layout}\n\nF1 by kind.\n\n");
        page.push_str(&f1s(&extractors, &outcomes));
    }
    page
}

fn section(page: &mut String, title: &str, lead: &str) {
    let _ = write!(page, "\n## {title}\n\n{lead}\n\n");
}

/// A row for each kind, with its counts in each text.
fn counted(outcomes: &[&Outcome]) -> String {
    let mut header = vec![String::new()];
    for outcome in outcomes {
        header.extend([format!("{} gold", outcome.name), "found".into(), "right".into(), "F1".into()]);
    }
    let mut rows = vec![header];
    for kind in kinds(outcomes) {
        let mut row = vec![kind.to_owned()];
        for outcome in outcomes {
            row.extend(match counting(outcome, kind) {
                Some(Row { gold, found, right, .. }) => [gold, found, right].map(usize::to_string).to_vec(),
                None => vec![String::new(); 3],
            });
            row.push(counting(outcome, kind).map_or_else(String::new, |row| three_digits(row.f1())));
        }
        rows.push(row);
    }
    let summary = |outcome: &Outcome| [vec![String::new(); 3], vec![three_digits(outcome.score.mean_f1())]].concat();
    rows.push([vec!["**mean**".to_owned()], outcomes.iter().flat_map(|outcome| summary(outcome)).collect()].concat());
    if outcomes.iter().any(|outcome| outcome.score.summary_word_f1.is_some()) {
        let mut row = vec!["word F1 of the summaries".to_owned()];
        for outcome in outcomes {
            row.extend([String::new(), String::new(), String::new(), word_f1(outcome)]);
        }
        rows.push(row);
    }
    table(&rows)
}

/// A row for each kind, with its F1 in each text.
fn f1s(names: &[&str], outcomes: &[&Outcome]) -> String {
    let row = |first: &str, cell: &dyn Fn(&Outcome) -> String| -> Vec<String> {
        std::iter::once(first.to_owned()).chain(outcomes.iter().map(|outcome| cell(outcome))).collect()
    };
    let mut rows = vec![std::iter::once("").chain(names.iter().copied()).map(str::to_owned).collect()];
    for kind in kinds(outcomes) {
        rows.push(row(kind, &|outcome| counting(outcome, kind).map_or_else(String::new, |row| three_digits(row.f1()))));
    }
    rows.push(row("**mean**", &|outcome| three_digits(outcome.score.mean_f1())));
    rows.push(row("word F1 of the summaries", &word_f1));
    table(&rows)
}

/// A row for each layout, a column for each extractor.
fn means(reprints: &[(&str, &str, &Outcome)]) -> String {
    let extractors = in_order(reprints.iter().map(|(_, extractor, _)| *extractor));
    let mut rows = vec![std::iter::once("").chain(extractors.iter().copied()).map(str::to_owned).collect()];
    for layout in in_order(reprints.iter().map(|(layout, ..)| *layout)) {
        let mean = |extractor: &&str| {
            let found = reprints.iter().find(|(known, by, _)| *known == layout && by == extractor);
            found.map_or_else(String::new, |(_, _, outcome)| three_digits(outcome.score.mean_f1()))
        };
        rows.push(std::iter::once(layout.to_owned()).chain(extractors.iter().map(mean)).collect());
    }
    table(&rows)
}

/// The kinds that at least one of the texts has, in the order of the score.
fn kinds(outcomes: &[&Outcome]) -> Vec<&'static str> {
    let rows = outcomes.first().map_or(&[][..], |outcome| &outcome.score.rows);
    rows.iter().map(|row| row.kind).filter(|kind| outcomes.iter().any(|one| counting(one, kind).is_some())).collect()
}

fn counting<'a>(outcome: &'a Outcome, kind: &str) -> Option<&'a Row> {
    outcome.score.row(kind).filter(|row| row.counts())
}

fn word_f1(outcome: &Outcome) -> String {
    outcome.score.summary_word_f1.map_or_else(String::new, three_digits)
}

fn three_digits(number: f64) -> String {
    format!("{number:.3}")
}

fn in_order<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    names.fold(Vec::new(), |mut known, name| {
        if !known.contains(&name) {
            known.push(name);
        }
        known
    })
}

/// Rows of cells as a Markdown table: the first row is the header, the first column stands left and the others right.
#[must_use]
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(|at| width(at).max(3)).collect();
    let mut out = String::new();
    for (number, row) in rows.iter().enumerate() {
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let _ = if at == 0 { write!(out, "| {cell:width$} |") } else { write!(out, " {cell:>width$} |") };
        }
        out.push('\n');
        if number == 0 {
            for (at, width) in widths.iter().enumerate() {
                let _ = if at == 0 {
                    write!(out, "| {:-<width$} |", "")
                } else {
                    write!(out, " {:->1$}: |", "", width - 1)
                };
            }
            out.push('\n');
        }
    }
    out
}
