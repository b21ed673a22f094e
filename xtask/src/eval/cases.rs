//! Which texts are measured, against which gold, and the measuring itself.

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur_grammar::Lexicon;
use rapporteur_parse::Ledger;
use rapporteur_source::Source;
use serde_json::Value;

use super::lines::{LineScore, Rows, parse_rows, score_lines};
use super::score::{Score, fill_summaries, score, score_takeaways};
use crate::Result;

/// Editions, and the sources that make one document; the first is the one that the gold's line numbers point into.
const EDITIONS: &[(&str, &[&str])] =
    &[("vmc2017", &["report"]), ("vmc2021", &["report", "takeaways"]), ("vmc2024", &["report", "takeaways"])];

/// Sources of an edition that are read alone as well, against a gold of their own.
const ARTICLES: &[(&str, &str)] = &[("vmc2021", "takeaways")];

/// What a text is, and so how it is scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All sources of an edition, and the ledger of the first.
    Edition,
    /// An article with takeaways, alone.
    Article,
    /// A report typeset in another layout and taken out of that by an extractor.
    Reprint {
        /// The layout.
        layout: String,
        /// The extractor.
        extractor: String,
    },
}

/// One text or several that are read together, and the gold for them.
#[derive(Clone, Debug)]
pub struct Case {
    /// The name: `vmc2021`, `vmc2021.takeaways`, `vmc2021.column.pypdf`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The sources by id and path.
    sources: Vec<(&'static str, PathBuf)>,
    gold: PathBuf,
    lines: Option<PathBuf>,
}

/// A case and how well it was read.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The name of the case.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The document's score.
    pub score: Score,
    /// The ledger's score, where the gold labels lines.
    pub lines: Option<LineScore>,
}

/// Every case that the fixtures hold: the editions, the articles, then the reprints by layout and extractor.
///
/// # Errors
///
/// When the folder of the reprints cannot be listed.
pub fn all(fixtures: &Path) -> Result<Vec<Case>> {
    let source = |edition: &str, id: &'static str| (id, fixtures.join(edition).join(format!("{id}.txt")));
    let gold = fixtures.join("gold");
    let editions = EDITIONS.iter().map(|(name, ids)| Case {
        name: (*name).to_owned(),
        kind: Kind::Edition,
        sources: ids.iter().map(|id| source(name, id)).collect(),
        gold: gold.join(format!("{name}.gold.json")),
        lines: Some(gold.join(format!("{name}.lines.tsv"))),
    });
    let articles = ARTICLES.iter().map(|(edition, id)| Case {
        name: format!("{edition}.{id}"),
        kind: Kind::Article,
        sources: vec![source(edition, id)],
        gold: gold.join(format!("{edition}-{id}.gold.json")),
        lines: None,
    });
    let mut cases: Vec<Case> = editions.chain(articles).collect();
    cases.extend(reprints(&fixtures.join("reprints"))?);
    Ok(cases)
}

/// The files `edition.layout.extractor.txt`, in the order of their names; `edition.layout.gold.json` is beside them.
fn reprints(folder: &Path) -> Result<Vec<Case>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>>>()?;
    paths.sort();
    let case = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix(".txt")?.to_owned();
        let (text, extractor) = name.rsplit_once('.')?;
        let (_, layout) = text.rsplit_once('.')?;
        let kind = Kind::Reprint { layout: layout.to_owned(), extractor: extractor.to_owned() };
        let gold = folder.join(format!("{text}.gold.json"));
        Some(Case { name, kind, sources: vec![("report", path)], gold, lines: None })
    };
    Ok(paths.into_iter().filter_map(case).collect())
}

/// Reads and scores cases, as many at a time as the machine has processors; in the order of the cases.
///
/// # Errors
///
/// When a fixture cannot be read.
pub fn measure(cases: &[Case]) -> Result<Vec<Outcome>> {
    let lexicon = Lexicon::embedded();
    crate::in_parallel(cases, |case| case.measure(&lexicon)).into_iter().collect()
}

impl Case {
    fn measure(&self, lexicon: &Lexicon) -> Result<Outcome> {
        let mut gold: Value =
            serde_json::from_str(&read(&self.gold)?).map_err(|error| format!("{}: {error}", self.gold.display()))?;
        let sources = self.sources.iter().map(|(id, path)| {
            let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Ok(Source::new(*id, name, bytes))
        });
        let sources = sources.collect::<Result<Vec<_>>>()?;
        let reading = rapporteur_parse::read(&sources, lexicon);
        let document = serde_json::to_value(&reading.document)?;
        let text = sources.first().map_or("", Source::text);
        if self.kind == Kind::Edition {
            fill_summaries(&mut gold, text);
        }
        let score = match self.kind {
            Kind::Article => score_takeaways(&gold, &document),
            Kind::Edition | Kind::Reprint { .. } => score(&gold, &document),
        };
        let lines = self.lines.as_deref().map(|path| -> Result<_> {
            let ledger = reading.ledgers.first().map(rows).unwrap_or_default();
            Ok(score_lines(&parse_rows(&read(path)?), text, &ledger))
        });
        Ok(Outcome { name: self.name.clone(), kind: self.kind.clone(), score, lines: lines.transpose()? })
    }
}

fn rows(ledger: &Ledger) -> Rows {
    ledger.regions.iter().map(|region| (region.first_line, region.last_line, region.label())).collect()
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}
