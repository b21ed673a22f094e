use rapporteur_correct::{Corrections, Entry, Header, edit};
use rapporteur_diagnostics::Finding;
use rapporteur_source::Source;

use crate::{Options, Reading, read_with};

/// What a change of a file of corrections comes to.
#[derive(Debug)]
pub struct Trial {
    /// The files of corrections with the change in one of them.
    pub corrections: Vec<Corrections>,
    /// What the sources are read as with them.
    pub reading: Reading,
}

/// Why a correction was refused.
#[derive(Debug)]
pub struct Refusal {
    /// In one sentence without a full stop.
    pub message: String,
    /// What was found when it was tried, and was not before; they may point into `files`.
    pub findings: Vec<Finding>,
    /// The files of corrections as they would have been.
    pub files: Vec<Corrections>,
}

/// Tries what becomes of the sources with one correction more, at the end of the file with the number `file` among those of
/// `options`. Nothing is written. `before` is what is read without it.
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
    let refused = |message: String| Refusal { message, findings: Vec::new(), files: Vec::new() };
    let text = options.corrections[file].file().text();
    let known = &options.corrections[file].entries();
    if let Some(known) = known.iter().find(|known| known.what == entry.what) {
        return Err(refused(format!("this correction is there already: {}", known.id)));
    }
    let text = edit::added(text, header, entry).map_err(refused)?;
    let trial = try_text(sources, options, file, text);
    let is_listed = |reading: &Reading, id: &str| reading.document.corrections.iter().any(|known| known.id == id);
    let lost = before.document.corrections.iter().find(|known| !is_listed(&trial.reading, &known.id));
    let added = trial.corrections[file].entries().iter().find(|known| known.what == entry.what);
    let message = match (added, lost) {
        (None, _) => "the correction cannot be written so".to_owned(),
        (Some(added), _) if !is_listed(&trial.reading, &added.id) => "the correction does not apply".to_owned(),
        (_, Some(lost)) => format!("with it, {} does not apply any more", lost.id),
        _ => return Ok(trial),
    };
    let is_new = |finding: &Finding| finding.rule.area() == "correction" && !before.findings.contains(finding);
    let findings = trial.reading.findings.into_iter().filter(is_new).collect();
    Err(Refusal { message, findings, files: trial.corrections })
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
    Trial { corrections, reading }
}
