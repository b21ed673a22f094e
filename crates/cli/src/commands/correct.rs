use std::path::{Path, PathBuf};

use rapporteur_correct::{Corrections, Entry, Header, What, edit};
use rapporteur_diagnostics::Finding;
use rapporteur_diagnostics::render::harmless;
use rapporteur_parse::{Obstacle, Options, Reading, Refusal, Trial};
use rapporteur_source::Source;

use super::outcome;
use crate::args::{self, Correction, Keep, Why};
use crate::changes::changes;
use crate::input::Sources;
use crate::output::Target;
use crate::render::{Renderer, Style};
use crate::{Failure, Outcome, Problem, corrections, input, output};

/// `rapporteur correct`: adds a correction to the file of a source, lists those in it, or removes one.
pub(crate) fn run(args: &args::Correct, style: Style) -> Result<Outcome, Failure> {
    let paths: Vec<PathBuf> = std::iter::once(&args.source).chain(&args.with).cloned().collect();
    let Some(path) = args.corrections.clone().or_else(|| corrections::beside(&args.source)) else {
        return Err(problem("standard input has no file of corrections beside it", "Name one with --corrections."));
    };
    let target = Target::new(&path, &paths)?;
    let lexicon = input::lexicon(&args.words)?;
    let sources = Sources::read(&paths, &Keep { keep_text: Vec::new() })?;
    let files = corrections::with_own(&path, &sources.texts, &paths)?;
    let options = Options { corrections: &files, ..Options::new(&lexicon) };
    let before = rapporteur_parse::read_with(&sources.texts, &options);
    let command = Command { args, path: &path, target, sources: sources.texts, options, before };
    match (&args.what, &args.instead) {
        (Some(what), args::Instead { list: false, remove: None, confirm: false }) => command.add(what),
        (None, args::Instead { remove: Some(id), .. }) => command.remove(id),
        (None, args::Instead { confirm: true, .. }) => command.confirm(),
        (None, _) => command.list(style),
        _ => Err(problem("one thing can be done at a time", "Add a correction, or --list, --remove or --confirm.")),
    }
}

struct Command<'c> {
    args: &'c args::Correct,
    path: &'c Path,
    target: Target,
    sources: Vec<Source>,
    options: Options<'c>,
    before: Reading,
}

impl Command<'_> {
    fn own(&self) -> &Corrections {
        &self.options.corrections[0]
    }

    fn add(&self, correction: &Correction) -> Result<Outcome, Failure> {
        let (whats, why) = self.asked(correction)?;
        let mut refused = None;
        for what in whats {
            let entry = entry(what, why);
            match rapporteur_parse::try_added(&self.sources, &self.options, &self.before, 0, &self.header(), &entry) {
                Ok(trial) => {
                    let replaced = trial.replaced.as_ref().map(|id| format!(" in the place of {id}"));
                    return self.written(&trial, &format!("{} added{}", entry.id, replaced.unwrap_or_default()));
                }
                Err(refusal) => refused = refused.or(Some((refusal, entry.what))),
            }
        }
        Err(refused.map(|(refusal, what)| self.refused(refusal, &what)).unwrap_or_default())
    }

    /// What is to be corrected. A value may be a number or the text of one: what it is taken for first comes first.
    fn asked<'a>(&self, correction: &'a Correction) -> Result<(Vec<What>, &'a Why), Failure> {
        Ok(match correction {
            Correction::Text { find, replace, before, after, why } => {
                let [find, replace, before, after] = [find, replace, before, after].map(Clone::clone);
                (vec![What::Text { before, find, after, replace }], why)
            }
            Correction::Region { at, label, until, why } => {
                // so that the passage has an end in another text, too
                let until = until.clone().or_else(|| rapporteur_correct::ending(&self.sources[0], at));
                (vec![What::Region { at: at.clone(), until, label: *label }], why)
            }
            Correction::Value { entity, field, value, absent: _, why } => {
                let (document, files) = (&self.before.document, self.options.corrections);
                let valued = corrections::value(document, files, (entity, field), value.as_deref());
                if let Some(id) = valued.replaced.filter(|_| valued.file != 0) {
                    let (path, of) = (files[valued.file].file().path(), files[valued.file].source());
                    let of = self.sources.iter().find(|source| Some(source.id()) == of).map_or("", Source::path);
                    let message = format!("this value is corrected in {path} already: {id}");
                    let help = format!(
                        "Name its source first, and this one behind it: `rapporteur correct {of} --with {} value …`.",
                        self.sources[0].path()
                    );
                    return Err(problem(&message, &help));
                }
                (valued.whats, why)
            }
        })
    }

    /// What the file says of its source, where it says nothing yet.
    fn header(&self) -> Header {
        let beside = self.path.parent() == self.args.source.parent();
        let name = self.args.source.file_name().filter(|_| beside).map(|name| name.to_string_lossy().into_owned());
        let path = name.unwrap_or_else(|| self.args.source.to_string_lossy().into_owned());
        Header { path: Some(path), sha256: Some(self.sources[0].sha256().to_owned()) }
    }

    fn remove(&self, id: &str) -> Result<Outcome, Failure> {
        let Some(text) = edit::removed(self.own(), id) else {
            let message = format!("there is no correction {id} in {}", self.path.display());
            return Err(problem(&message, "`rapporteur correct SOURCE --list` lists those that there are."));
        };
        let trial = rapporteur_parse::try_text(&self.sources, &self.options, 0, text);
        self.written(&trial, &format!("{id} removed"))
    }

    fn confirm(&self) -> Result<Outcome, Failure> {
        if !self.path.is_file() {
            return Err(problem(&format!("there is no {}", self.path.display()), "Make a correction first."));
        }
        let text = edit::confirmed(self.own().file().text(), &self.header())
            .map_err(|reason| problem(&format!("{} cannot be changed: {reason}", self.path.display()), MEND))?;
        let trial = rapporteur_parse::try_text(&self.sources, &self.options, 0, text);
        self.written(&trial, "confirmed for the source as it is")
    }

    fn list(&self, style: Style) -> Result<Outcome, Failure> {
        let applied = |entry: &Entry| self.before.document.corrections.iter().any(|known| known.id == entry.id);
        let mut lines = String::new();
        for entry in self.own().entries() {
            let state = if applied(entry) { "" } else { " (not applied)" };
            let line = format!("{}{state}  {}: {}", entry.id, said(&entry.what), entry.reason);
            lines.push_str(&harmless(&line.replace(['\n', '\r'], " ")));
            lines.push('\n');
        }
        output::stdout(&lines)?;
        let findings: Vec<Finding> = self.told(&self.before.findings).cloned().collect();
        let files: Vec<Source> = self.options.corrections.iter().map(|file| copy(file.file())).collect();
        let texts: Vec<Source> = self.sources.iter().map(copy).chain(files).collect();
        output::stderr(&Renderer::new(&texts, style).findings(&findings));
        Ok(outcome(&findings))
    }

    fn told<'f>(&self, findings: &'f [Finding]) -> impl Iterator<Item = &'f Finding> {
        findings.iter().filter(|finding| finding.rule.area() == "correction")
    }

    /// Writes the file as it was tried, and says what that changes.
    fn written(&self, trial: &Trial, done: &str) -> Result<Outcome, Failure> {
        let mut out = format!("{}: {done}", self.path.display());
        if self.args.dry_run {
            out.push_str(", if it were written");
        } else {
            self.target.write(trial.corrections[0].file().bytes())?;
        }
        let changes = changes(&self.before.document, &trial.reading.document);
        if changes.is_empty() {
            out.push_str("; the document is as it was");
        }
        for change in changes {
            out.push_str(&format!("\n  {}", harmless(&change)));
        }
        output::stdout(&(out + "\n"))?;
        Ok(Outcome::Clean)
    }

    fn refused(&self, refusal: Refusal, what: &What) -> Failure {
        let help = way_out(&refusal, what);
        let Refusal { why, findings, files } = refusal;
        let files = files.into_iter().map(Corrections::into_file);
        Failure {
            problems: vec![Problem { message: format!("{why}; nothing was written"), help }],
            findings,
            sources: self.sources.iter().map(copy).chain(files).collect(),
        }
    }
}

/// What to do about a correction that was refused.
fn way_out(refusal: &Refusal, what: &What) -> String {
    let is_value = matches!(what, What::Value { .. });
    let help = match &refusal.why {
        Obstacle::IsThere(id) => return format!("There is nothing to do, or take it back: --remove {id}."),
        Obstacle::Displaces(id) => {
            return format!("Take that one back first (--remove {id}), or make one correction of both.");
        }
        Obstacle::Unwritable(_) => MEND,
        Obstacle::Unreadable => "A value is a text, a whole number, true, false, or a list of such.",
        Obstacle::DoesNotApply => match refusal.findings.first().map(|finding| finding.rule.code) {
            Some("correction/ambiguous") => match what {
                What::Text { .. } => "Say which place is meant: --before TEXT, --after TEXT.",
                What::Region { .. } => "Give a longer phrase, so that there is one place.",
                What::Value { .. } => "Write the number of the one that is meant behind the name of the list.",
            },
            Some("correction/no-match") if is_value => "`rapporteur review SOURCE --serve` fills the names in.",
            Some("correction/no-match") => "Copy the phrase from the text: whole words, of one column.",
            Some("correction/conflict") => "Take the other one back (--list, --remove ID), and make one of both.",
            Some("correction/unneeded") if is_value => {
                "To have it as it was read, take its correction back: --list, --remove ID."
            }
            Some("correction/unneeded") => "Leave it as it is, or give the phrase that is to be other.",
            Some("correction/wrong-value") => "Give another value; --absent, where there should be none.",
            Some("correction/misplaced") => "Give another label, or correct the text or the value.",
            _ => "`rapporteur correct SOURCE --list` says how the corrections stand.",
        },
    };
    help.to_owned()
}

const MEND: &str = "Mend the file by hand first; `rapporteur correct SOURCE --list` says what is wrong with it.";

fn entry(what: What, why: &Why) -> Entry {
    Entry {
        id: what.id(),
        what,
        reason: why.reason.clone(),
        by: why.by.clone(),
        date: why.date.clone(),
        place: rapporteur_source::Span::default(),
    }
}

/// What a correction says, on one line.
fn said(what: &What) -> String {
    match what {
        What::Text { find, replace, .. } => format!("“{find}” → “{replace}”"),
        What::Region { at, label, .. } => format!("“{at}” is {}", label.as_str()),
        What::Value { entity, field, value, .. } => format!("{entity} {field} = {value}"),
    }
}

fn copy(source: &Source) -> Source {
    Source::new(source.id(), source.path(), source.bytes().to_vec())
}

fn problem(message: &str, help: &str) -> Failure {
    Failure::from(Problem { message: message.to_owned(), help: help.to_owned() })
}
