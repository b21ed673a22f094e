//! What is worked on: sources, the files of their corrections, and what is read with both.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rapporteur_correct::{Corrections, Entry, Header, ReadAs, What, edit};
use rapporteur_diagnostics::render::{harmless, plain};
use rapporteur_grammar::Lexicon;
use rapporteur_parse::{Options, Reading, Refusal, Trial};
use rapporteur_review::{Review, Served};
use rapporteur_source::{Source, sha256};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::phrase::{Passage, Phrase};
use crate::changes::changes;
use crate::config::Settings;
use crate::input::{self, Sources};
use crate::output::Target;
use crate::{Failure, Problem, args, corrections};

/// The desk.
pub(crate) struct Desk {
    paths: Vec<PathBuf>,
    lexicon: Lexicon,
    settings: Settings,
    /// The file of the corrections of each source, which need not be there yet.
    files: Vec<PathBuf>,
    now: Now,
    /// What was written last, where it took the place of another correction.
    replacement: Option<Replacement>,
}

/// A correction that took the place of another.
struct Replacement {
    id: String,
    /// The number of the file, and its text with the other one.
    file: usize,
    before: String,
    /// The version of everything when it was written.
    version: String,
}

/// What lies on it now.
struct Now {
    sources: Vec<Source>,
    /// When each source was changed last, and its length.
    stamps: Vec<Stamp>,
    corrections: Vec<Corrections>,
    reading: Reading,
    version: String,
}

type Stamp = Option<(SystemTime, u64)>;

/// A correction that a page asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// The version of what the page shows.
    version: String,
    reason: String,
    #[serde(default)]
    by: Option<String>,
    #[serde(default)]
    date: Option<String>,
    correction: Form,
}

/// The three forms, as the page writes them.
#[derive(Debug, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case", deny_unknown_fields)]
enum Form {
    Text {
        source: String,
        #[serde(default)]
        before: String,
        find: String,
        #[serde(default)]
        after: String,
        replace: String,
    },
    Region {
        source: String,
        at: String,
        #[serde(default)]
        until: Option<String>,
        label: String,
    },
    Value {
        entity: String,
        field: String,
        value: Option<String>,
    },
}

/// A value, as the form for it shows it.
#[derive(Debug, Serialize)]
pub(crate) struct Known {
    value: Value,
    /// The fields of the same entity that can be corrected.
    fields: Vec<String>,
    /// The correction that there is of it already.
    standing: Option<Standing>,
}

/// What is told of a correction that another would replace.
#[derive(Debug, Serialize)]
struct Standing {
    id: String,
    reason: String,
    by: Option<String>,
    date: Option<String>,
}

/// A correction that is to be taken back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Removed {
    version: String,
    id: String,
}

/// Why something that a page asked for was not done.
#[derive(Debug)]
pub(crate) enum No {
    /// The page shows what is not there any more.
    Stale,
    /// It would not apply: why, and what was found.
    Refused { message: String, details: String },
    /// The file could not be written.
    Failed(String),
}

/// What was tried: the lines that say what it changes, and the id of the correction.
#[derive(Debug, Serialize)]
pub(crate) struct Tried {
    changes: Vec<String>,
    id: String,
    /// The id of the correction that it replaces.
    replaced: Option<String>,
}

impl Desk {
    /// Reads everything for the first time.
    pub(crate) fn open(args: &args::Review) -> Result<Self, Failure> {
        let files = args.sources.iter().map(|path| file_of(path)).collect::<Result<Vec<_>, _>>()?;
        for file in &files {
            Target::new(file, &args.sources)?;
        }
        let (lexicon, settings) = (input::lexicon(&args.words)?, Settings::read(&args.settings)?);
        let now = Now::read(&args.sources, &files, &lexicon)?;
        Ok(Self { paths: args.sources.clone(), lexicon, settings, files, now, replacement: None })
    }

    /// Reads again what has changed: the files of corrections, the sources. What cannot be read now stays as it was.
    pub(crate) fn refresh(&mut self) {
        let is_same =
            self.now.stamps == stamps(&self.paths) && self.now.version == version(&self.now.sources, &self.files);
        if !is_same && let Ok(now) = Now::read(&self.paths, &self.files, &self.lexicon) {
            self.now = now;
        }
    }

    /// The page of what is there.
    pub(crate) fn page(&self) -> String {
        let Now { sources, reading, version, .. } = &self.now;
        let checked = rapporteur_parse::rules().chain(rapporteur_correct::rules());
        let findings = self.settings.apply(reading.findings.clone(), sources, checked);
        let labels = ReadAs::ALL.map(ReadAs::as_str);
        Review {
            document: &reading.document,
            sources,
            ledgers: &reading.ledgers,
            findings: &findings,
            served: Some(Served { version, labels: &labels }),
        }
        .page()
    }

    /// The phrases of a passage.
    pub(crate) fn phrase(&self, passage: &Passage) -> Option<Phrase> {
        passage.phrase(self.now.sources.iter().find(|source| source.id() == passage.source)?)
    }

    /// A value as it is now, and what else can be corrected of its entity; `None` where there is no such field.
    pub(crate) fn value(&self, entity: &str, field: &str) -> Option<Known> {
        let Now { reading, corrections, .. } = &self.now;
        let document = &reading.document;
        let value = rapporteur_correct::current(document, entity, field)?;
        let standing = rapporteur_correct::standing(corrections, document, entity, field);
        Some(Known {
            value,
            fields: rapporteur_correct::fields(document, entity),
            standing: standing.map(|standing| standing.entry).map(|entry| Standing {
                id: entry.id.clone(),
                reason: entry.reason.clone(),
                by: entry.by.clone(),
                date: entry.date.clone(),
            }),
        })
    }

    /// What a correction would change.
    pub(crate) fn preview(&self, asked: &Asked) -> Result<Tried, No> {
        self.tried(asked).map(|(tried, ..)| tried)
    }

    /// Writes a correction.
    pub(crate) fn add(&mut self, asked: &Asked) -> Result<Tried, No> {
        self.current(&asked.version)?;
        if asked.reason.trim().is_empty() {
            return Err(refused("a correction has a reason: say why it is made".to_owned()));
        }
        let (tried, file, trial) = self.tried(asked)?;
        let before = self.now.corrections[file].file().text().to_owned();
        self.write(file, trial)?;
        let (id, version) = (tried.id.clone(), self.now.version.clone());
        self.replacement = tried.replaced.is_some().then_some(Replacement { id, file, before, version });
        Ok(tried)
    }

    /// Takes the correction back that was written last: one that took the place of another gives it back.
    pub(crate) fn undo(&mut self, removed: &Removed) -> Result<Tried, No> {
        self.current(&removed.version)?;
        let is_last = |last: &mut Replacement| last.id == removed.id && last.version == self.now.version;
        match self.replacement.take_if(is_last) {
            Some(last) => self.put(last.file, last.before, removed),
            None => self.remove(removed),
        }
    }

    /// Takes a correction back.
    pub(crate) fn remove(&mut self, removed: &Removed) -> Result<Tried, No> {
        self.current(&removed.version)?;
        let found = self.now.corrections.iter().enumerate();
        let found = found.filter_map(|(file, known)| Some((file, edit::removed(known, &removed.id)?))).next();
        let Some((file, text)) = found else {
            return Err(refused(format!("there is no correction {} any more", removed.id)));
        };
        self.put(file, text, removed)
    }

    /// Writes a file of corrections without the one that was removed.
    fn put(&mut self, file: usize, text: String, removed: &Removed) -> Result<Tried, No> {
        let trial = rapporteur_parse::try_text(&self.now.sources, &self.options(), file, text);
        let changes = changes(&self.now.reading.document, &trial.reading.document);
        self.write(file, trial)?;
        Ok(Tried { changes: lines(&changes), id: removed.id.clone(), replaced: None })
    }

    fn options(&self) -> Options<'_> {
        Options { corrections: &self.now.corrections, ..Options::new(&self.lexicon) }
    }

    fn current(&self, version: &str) -> Result<(), No> {
        if version == self.now.version { Ok(()) } else { Err(No::Stale) }
    }

    fn tried(&self, asked: &Asked) -> Result<(Tried, usize, Trial), No> {
        self.current(&asked.version)?;
        let (file, whats) = self.whats(&asked.correction)?;
        let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let header = Header {
            path: self.paths[file].file_name().map(|name| name.to_string_lossy().into_owned()),
            sha256: Some(self.now.sources[file].sha256().to_owned()),
        };
        // a file needs a reason; to see what a correction does, none has to be given yet
        let reason = filled(&Some(asked.reason.clone())).unwrap_or_else(|| "?".to_owned());
        let mut refusal = None;
        for what in whats {
            let (by, date) = (filled(&asked.by), filled(&asked.date));
            let entry = Entry { id: what.id(), what, reason: reason.clone(), by, date, place: Default::default() };
            let (sources, options) = (&self.now.sources, self.options());
            match rapporteur_parse::try_added(sources, &options, &self.now.reading, file, &header, &entry) {
                Ok(trial) => {
                    let changes = changes(&self.now.reading.document, &trial.reading.document);
                    let written = trial.corrections[file].entries().iter().find(|known| known.what == entry.what);
                    let id = written.map_or(entry.id, |written| written.id.clone());
                    let replaced = trial.replaced.clone();
                    return Ok((Tried { changes: lines(&changes), id, replaced }, file, trial));
                }
                Err(no) => refusal = refusal.or(Some(no)),
            }
        }
        Err(refusal.map_or_else(|| refused("there is nothing to correct".to_owned()), |no| self.said(no)))
    }

    /// What is to be corrected, and the number of the source. Of several readings the first that applies is meant.
    fn whats(&self, form: &Form) -> Result<(usize, Vec<What>), No> {
        let number = |id: &str| {
            let found = self.now.sources.iter().position(|source| source.id() == id);
            found.ok_or_else(|| refused(format!("there is no source {id}")))
        };
        Ok(match form {
            Form::Text { source, before, find, after, replace } => {
                let [before, find, after, replace] = [before, find, after, replace].map(Clone::clone);
                (number(source)?, vec![What::Text { before, find, after, replace }])
            }
            Form::Region { source, at, until, label } => {
                let number = number(source)?;
                let label = ReadAs::named(label).ok_or_else(|| refused(format!("there is no label {label}")))?;
                let until = until.clone().filter(|until| !until.trim().is_empty());
                let until = until.or_else(|| rapporteur_correct::ending(&self.now.sources[number], at));
                (number, vec![What::Region { at: at.clone(), until, label }])
            }
            Form::Value { entity, field, value } => {
                let Now { corrections, reading, .. } = &self.now;
                let (of, text) = ((entity.as_str(), field.as_str()), value.as_deref());
                let valued = corrections::value(&reading.document, corrections, of, text);
                (valued.file, valued.whats)
            }
        })
    }

    fn write(&mut self, file: usize, trial: Trial) -> Result<(), No> {
        // another program may have written since this was tried
        if version(&self.now.sources, &self.files) != self.now.version {
            return Err(No::Stale);
        }
        let Trial { corrections, reading, .. } = trial;
        let written = Target::new(&self.files[file], &self.paths)
            .and_then(|target| target.write(corrections[file].file().bytes()));
        written.map_err(|failure| {
            No::Failed(
                failure.problems.iter().map(|problem| format!("{}. {}", problem.message, problem.help)).collect(),
            )
        })?;
        self.now.version = version(&self.now.sources, &self.files);
        self.now.corrections = corrections;
        self.now.reading = reading;
        Ok(())
    }

    fn said(&self, refusal: Refusal) -> No {
        let Refusal { why, findings, files } = refusal;
        let copy = |source: &Source| Source::new(source.id(), source.path(), source.bytes().to_vec());
        let texts: Vec<Source> =
            self.now.sources.iter().map(copy).chain(files.into_iter().map(Corrections::into_file)).collect();
        No::Refused { message: why.to_string(), details: plain(&findings, &texts) }
    }
}

impl Now {
    fn read(paths: &[PathBuf], files: &[PathBuf], lexicon: &Lexicon) -> Result<Self, Failure> {
        let stamps = stamps(paths);
        let sources = Sources::read(paths, &args::Keep { keep_text: Vec::new() })?.texts;
        // before they are read: what changes meanwhile is seen the next time
        let version = version(&sources, files);
        let corrections = corrections::each(files, &sources)?;
        let reading =
            rapporteur_parse::read_with(&sources, &Options { corrections: &corrections, ..Options::new(lexicon) });
        Ok(Self { sources, stamps, corrections, reading, version })
    }
}

/// The file of the corrections of a source, which has to be beside it.
fn file_of(source: &Path) -> Result<PathBuf, Failure> {
    let file = corrections::beside(source).ok_or_else(|| {
        Failure::from(Problem {
            message: "standard input has no file of corrections beside it".to_owned(),
            help: "Write it to a file first.".to_owned(),
        })
    })?;
    if fs::symlink_metadata(&file).is_ok_and(|known| !known.is_file()) {
        return Err(Failure::from(Problem {
            message: format!("{} is no file", file.display()),
            help: "Only files beside the sources are written: no links and no folders.".to_owned(),
        }));
    }
    Ok(file)
}

fn stamps(paths: &[PathBuf]) -> Vec<Stamp> {
    let stamp = |path: &PathBuf| {
        let known = fs::metadata(path).ok()?;
        Some((known.modified().ok()?, known.len()))
    };
    paths.iter().map(stamp).collect()
}

/// A name for the sources and the files of corrections as they are now; any change gives another.
fn version(sources: &[Source], files: &[PathBuf]) -> String {
    let digests = sources.iter().map(|source| source.sha256().to_owned());
    let files = files.iter().map(|file| fs::read(file).map_or_else(|_| "none".to_owned(), |bytes| sha256(&bytes)));
    sha256(digests.chain(files).collect::<Vec<_>>().join(" ").as_bytes())
}

fn lines(changes: &[String]) -> Vec<String> {
    changes.iter().map(|line| harmless(line)).collect()
}

fn refused(message: String) -> No {
    No::Refused { message, details: String::new() }
}
