use std::fmt::{self, Display};

use rapporteur_correct::{Corrections, Entry, Header, edit};
use rapporteur_diagnostics::Finding;
use rapporteur_model::Correction;
use rapporteur_source::Source;

use crate::{Options, Reading, read_with};

/// What a change of a file of corrections comes to.
#[derive(Debug)]
pub struct Trial {
    /// The files of corrections with the change in one of them.
    pub corrections: Vec<Corrections>,
    /// What the sources are read as with them.
    pub reading: Reading,
    /// The id of the correction that was replaced.
    pub replaced: Option<String>,
}

/// A correction that was refused.
#[derive(Debug)]
pub struct Refusal {
    /// Why.
    pub why: Obstacle,
    /// What was found when it was tried, and was not before; they may point into `files`.
    pub findings: Vec<Finding>,
    /// The files of corrections as they would have been.
    pub files: Vec<Corrections>,
}

/// Why a correction was refused. What it displays is a sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It is in the file already, with this id.
    IsThere(String),
    /// The file cannot be changed: the reason.
    Unwritable(String),
    /// It holds something that no correction does.
    Unreadable,
    /// It would not apply.
    DoesNotApply,
    /// With it, the correction with this id would not apply any more.
    Displaces(String),
}

impl Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IsThere(id) => write!(f, "this correction is there already: {id}"),
            Self::Unwritable(reason) => write!(f, "the file cannot be changed: {reason}"),
            Self::Unreadable => f.write_str("the correction cannot be written so"),
            Self::DoesNotApply => f.write_str("the correction does not apply"),
            Self::Displaces(id) => write!(f, "with it, {id} does not apply any more"),
        }
    }
}

/// Tries what becomes of the sources with one correction more in the file with the number `file` among those of `options`:
/// at its end, or in the place of the one that the file has for the same value. Nothing is written. `before` is what is read
/// without it.
///
/// # Errors
/// Where the correction would not apply, or another one would not any more.
pub fn try_added(
    sources: &[Source],
    options: &Options<'_>,
    before: &Reading,
    file: usize,
    header: &Header,
    entry: &Entry,
) -> Result<Trial, Refusal> {
    let refused = |why: Obstacle| Refusal { why, findings: Vec::new(), files: Vec::new() };
    let corrections = &options.corrections[file];
    if let Some(known) = corrections.entries().iter().find(|known| known.what == entry.what) {
        return Err(refused(Obstacle::IsThere(known.id.clone())));
    }
    let replaced = corrections.entries().iter().find(|known| known.what.is_of_the_same_value(&entry.what));
    let text = edit::added(corrections.file().text(), header, entry);
    let mut trial = try_text(sources, options, file, text.map_err(|reason| refused(Obstacle::Unwritable(reason)))?);
    trial.replaced = replaced.map(|known| known.id.clone());
    let is_listed = |reading: &Reading, id: &str| reading.document.corrections.iter().any(|known| known.id == id);
    let is_lost =
        |known: &&Correction| Some(&known.id) != trial.replaced.as_ref() && !is_listed(&trial.reading, &known.id);
    let lost = before.document.corrections.iter().find(is_lost);
    let added = trial.corrections[file].entries().iter().find(|known| known.what == entry.what);
    let why = match (added, lost) {
        (None, _) => Obstacle::Unreadable,
        (Some(added), _) if !is_listed(&trial.reading, &added.id) => Obstacle::DoesNotApply,
        (_, Some(lost)) => Obstacle::Displaces(lost.id.clone()),
        _ => return Ok(trial),
    };
    let is_new = |finding: &Finding| finding.rule.area() == "correction" && !before.findings.contains(finding);
    let findings = trial.reading.findings.into_iter().filter(is_new).collect();
    Err(Refusal { why, findings, files: trial.corrections })
}

/// What becomes of the sources where the file with the number `file` among those of `options` has another text.
#[must_use]
pub fn try_text(sources: &[Source], options: &Options<'_>, file: usize, text: String) -> Trial {
    let mut text = Some(text);
    let again = |(at, corrections): (usize, &Corrections)| {
        let same = || corrections.file().text().to_owned();
        let text = if at == file { text.take().unwrap_or_default() } else { same() };
        corrections.with_text(text, sources)
    };
    let corrections: Vec<Corrections> = options.corrections.iter().enumerate().map(again).collect();
    let reading = read_with(sources, &Options { corrections: &corrections, ..*options });
    Trial { corrections, reading, replaced: None }
}
