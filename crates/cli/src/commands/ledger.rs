use std::fmt::Write as _;
use std::io::IsTerminal as _;

use rapporteur_correct::Corrections;
use rapporteur_diagnostics::render::harmless;
use rapporteur_parse::{Ledger, Options, Reading, Region};
use rapporteur_source::Source;

use super::{json, outcome};
use crate::args::{self, LedgerFormat};
use crate::config::Settings;
use crate::input::Sources;
use crate::render::{Renderer, Style};
use crate::{Failure, Outcome, corrections, input, output};

/// Columns of a table where no terminal says how many it has.
const WIDTH: usize = 120;

/// `rapporteur ledger`: what each line was taken for.
pub(crate) fn run(args: &args::Ledger, style: Style) -> Result<Outcome, Failure> {
    let settings = Settings::read(&args.settings)?;
    let lexicon = input::lexicon(&args.words)?;
    let mut sources = Sources::read(&[&args.source], &args.keep)?;
    let paths = std::slice::from_ref(&args.source);
    let corrections = corrections::read(&args.corrections, &sources.texts, paths)?;
    let Reading { ledgers, findings, .. } =
        rapporteur_parse::read_with(&sources.texts, &Options { lexicon: &lexicon, corrections: &corrections });
    let ledger = ledgers.into_iter().next().unwrap_or_default();
    sources.keep()?;
    output::stdout(&match args.format {
        LedgerFormat::Table => table(&ledger, &sources.texts[0], width()),
        LedgerFormat::Tsv => tsv(&ledger),
        LedgerFormat::Json => json(&ledger),
    })?;
    let checked = rapporteur_parse::rules().chain(rapporteur_correct::rules());
    let mut findings = settings.apply(findings, &sources.texts, checked);
    // Whether the text can be read at all matters here; what its document lacks does not.
    findings.retain(|finding| matches!(finding.rule.area(), "text" | "config" | "correction"));
    sources.texts.extend(corrections.into_iter().map(Corrections::into_file));
    sources.texts.extend(settings.into_source());
    output::stderr(&Renderer::new(&sources.texts, style).findings(&findings));
    Ok(outcome(&findings))
}

fn tsv(ledger: &Ledger) -> String {
    ledger.regions.iter().fold(String::new(), |mut out, region| {
        let _ = writeln!(out, "{}\t{}\t{}", region.first_line, region.last_line, region.label());
        out
    })
}

fn table(ledger: &Ledger, source: &Source, width: usize) -> String {
    let rows: Vec<_> = ledger.regions.iter().map(|region| (lines(region), region.label(), region.first_line)).collect();
    let columns = |column: fn(&(String, String, usize)) -> usize| rows.iter().map(column).max().unwrap_or_default();
    let (first, second) =
        (columns(|row| row.0.len()).max("lines".len()), columns(|row| row.1.len()).max("label".len()));
    let room = width.saturating_sub(first + second + 4).max(20);
    let mut out = String::new();
    if !rows.is_empty() {
        let _ = writeln!(out, "{:first$}  {:second$}  text", "lines", "label");
    }
    for (lines, label, number) in &rows {
        let text = source.line_at(*number).map_or("", |line| source.slice(line.span));
        let row = format!("{lines:first$}  {label:second$}  {}", start(text, room));
        let _ = writeln!(out, "{}", row.trim_end());
    }
    out
}

fn lines(region: &Region) -> String {
    if region.first_line == region.last_line {
        region.first_line.to_string()
    } else {
        format!("{}-{}", region.first_line, region.last_line)
    }
}

/// The beginning of a line, in `room` characters at most.
fn start(text: &str, room: usize) -> String {
    let text = text.trim();
    match text.char_indices().nth(room) {
        None => harmless(text),
        Some(_) => {
            let cut = text.char_indices().nth(room - 1).map_or(text.len(), |(at, _)| at);
            harmless(text[..cut].trim_end()) + "…"
        }
    }
}

fn width() -> usize {
    let stdout = std::io::stdout();
    let size = if stdout.is_terminal() { terminal_size::terminal_size_of(&stdout) } else { None };
    size.map_or(WIDTH, |(width, _)| width.0.into())
}

#[cfg(test)]
mod tests {
    use rapporteur_parse::RegionLabel;

    use super::*;

    fn ledger() -> Ledger {
        let region =
            |first_line, last_line, labels: &[RegionLabel]| Region { first_line, last_line, labels: labels.into() };
        Ledger {
            regions: vec![
                region(1, 1, &[RegionLabel::SessionTitle]),
                region(2, 10, &[RegionLabel::QuoteBy, RegionLabel::Body]),
            ],
        }
    }

    #[test]
    fn tsv_is_numbers_and_label() {
        assert_eq!(tsv(&ledger()), "1\t1\tsession_title\n2\t10\tmixed:quote_by+body\n");
        assert_eq!(tsv(&Ledger::default()), "");
    }

    #[test]
    fn a_table_is_aligned_and_cut() {
        let source = Source::new("s", "s.txt", format!("  Title\n{}\n", "word ".repeat(40)).into_bytes());
        let table_of_50 = [
            "lines  label                text",
            "1      session_title        Title",
            "2-10   mixed:quote_by+body  word word word word w…",
        ];
        assert_eq!(table(&ledger(), &source, 50).lines().collect::<Vec<_>>(), table_of_50);
        assert_eq!(table(&Ledger::default(), &source, 50), "");
    }
}
