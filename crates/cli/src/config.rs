//! `rapporteur.toml`: which findings are told and how much they matter, and which somebody has looked at.

use std::env;
use std::path::{Path, PathBuf};

use rapporteur_correct::places::{in_order, span};
use rapporteur_diagnostics::{Finding, Level, Levels, Rule, Selector, Silence, nearest, silence};
use rapporteur_source::{Source, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::rules::{config_invalid, config_unknown_code, config_unused_silence, names};
use crate::{Failure, args, input, rules};

/// The file that is looked for; also its id among the sources, which no other source has, since theirs hold no dot.
const FILE: &str = "rapporteur.toml";

/// What a user has set about findings.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    levels: Levels,
    silences: Vec<Silence>,
    /// Where the phrase of each silence stands.
    places: Vec<Span>,
    /// What is wrong with the file.
    findings: Vec<Finding>,
    /// The file, if there is one.
    file: Option<Source>,
}

impl Settings {
    /// Reads the file that is there, and what the command line says over it.
    pub(crate) fn read(args: &args::Settings) -> Result<Self, Failure> {
        let path = if args.no_config { None } else { args.config.clone().or_else(found) };
        let mut settings = match path {
            Some(path) => Self::new(Source::new(FILE, path.to_string_lossy(), input::read(&path)?)),
            None => Self::default(),
        };
        args.levels.0.iter().for_each(|&(selector, level)| settings.levels.push(selector, level));
        Ok(settings)
    }

    /// Reads a file. What is wrong in it becomes findings, and the rest holds.
    fn new(file: Source) -> Self {
        let mut settings = Self::default();
        match DeTable::parse(file.text()) {
            Ok(table) => settings.file(table.get_ref()),
            Err(error) => {
                let span = error.span().map_or(Span::default(), |span| Span::new(span.start, span.end));
                settings.findings.push(Finding::new(&config_invalid::RULE, error.message()).at(FILE, span, ""));
            }
        }
        settings.findings.sort_by_key(|finding| finding.labels.first().map(|label| label.start));
        settings.file = Some(file);
        settings
    }

    /// What is left of `findings` in `sources`, with the severities that were asked for, and what was found in the file
    /// itself. `checked` are the rules that were looked at.
    pub(crate) fn apply(
        &self,
        mut findings: Vec<Finding>,
        sources: &[Source],
        checked: impl IntoIterator<Item = &'static Rule>,
    ) -> Vec<Finding> {
        let used = silence(&self.silences, &mut findings, sources);
        let checked: Vec<_> = checked.into_iter().collect();
        let mut all = self.findings.clone();
        all.append(&mut findings);
        for ((silence, place), used) in self.silences.iter().zip(&self.places).zip(used) {
            if !used && checked.contains(&silence.rule) && sources.iter().any(|source| silence.is_for(source)) {
                let message = format!("there is no finding {} to be silenced at this phrase", silence.rule);
                let help = "remove it, or correct the phrase; `source` says in which file it is to be";
                all.push(Finding::new(&config_unused_silence::RULE, message).at(FILE, *place, "").help(help));
            }
        }
        self.levels.apply(&mut all);
        all
    }

    /// The file as one more source, for findings that are in it.
    pub(crate) fn into_source(self) -> Option<Source> {
        self.file
    }

    fn file(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("levels", DeValue::Table(levels)) => self.levels(levels),
                ("levels", other) => self.wrong_type(value, "a table of levels", other),
                ("silence", DeValue::Array(silences)) => silences.iter().for_each(|silence| match silence.get_ref() {
                    DeValue::Table(table) => self.silence(silence, table),
                    other => self.wrong_type(silence, "a table", other),
                }),
                ("silence", other) => self.wrong_type(value, "written with two brackets: [[silence]]", other),
                (name, _) => self.unknown("table", name, key, &["levels", "silence"]),
            }
        }
    }

    fn levels(&mut self, table: &DeTable<'_>) {
        let mut levels = Vec::new();
        for (key, value) in in_order(table) {
            let selector = Selector::named(key.get_ref(), rules());
            if selector.is_none() {
                self.unknown_code(key.get_ref(), key);
            }
            let level = self.string(value).and_then(|name| {
                let level = Level::ALL.into_iter().find(|level| level.as_str() == name);
                if level.is_none() {
                    self.unknown("level", name, value, &Level::ALL.map(Level::as_str));
                }
                level
            });
            levels.extend(selector.zip(level));
        }
        // a code beats its area, wherever it stands
        levels.sort_by_key(|(selector, _)| matches!(selector, Selector::Code(_)));
        levels.into_iter().for_each(|(selector, level)| self.levels.push(selector, level));
    }

    fn silence(&mut self, whole: &Spanned<DeValue<'_>>, table: &DeTable<'_>) {
        let (mut rule, mut at, mut source, mut reason) = (None, None, None, None);
        let before = self.findings.len();
        for (key, value) in in_order(table) {
            let slot = match key.get_ref().as_ref() {
                "code" => &mut rule,
                "at" => &mut at,
                "source" => &mut source,
                "reason" => &mut reason,
                name => {
                    self.unknown("key", name, key, &["code", "at", "source", "reason"]);
                    continue;
                }
            };
            *slot = self.string(value).map(|text| (text, value));
            if slot.is_some_and(|(text, _)| text.trim().is_empty()) {
                self.invalid(value, format!("`{}` is empty", key.get_ref()), "say it in words, or leave out the table");
            }
        }
        let found = rule.and_then(|(code, place)| {
            let rule = rules().find(|rule| rule.code == code);
            if rule.is_none() {
                self.unknown_code(code, place);
            }
            rule
        });
        if self.findings.len() > before {
            return;
        }
        for (name, given) in [("code", rule), ("at", at), ("reason", reason)] {
            if given.is_none() {
                let help = "a silence has a `code`, a phrase `at` its place, and a `reason`";
                self.invalid(whole, format!("this silence has no `{name}`"), help);
            }
        }
        if let (Some(rule), Some((at, place)), Some(_)) = (found, at, reason) {
            let source = source.map(|(source, _)| source.to_owned());
            self.silences.push(Silence { rule, at: at.to_owned(), source });
            self.places.push(span(place));
        }
    }

    /// The text of a value, which may be nothing else.
    fn string<'v>(&mut self, value: &'v Spanned<DeValue<'_>>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(value, "a string", value.get_ref());
        }
        text
    }

    fn wrong_type(&mut self, at: &Spanned<DeValue<'_>>, expected: &str, found: &DeValue<'_>) {
        self.invalid(at, format!("this is of type {}, but has to be {expected}", found.type_str()), HELP);
    }

    fn unknown<T>(&mut self, what: &str, name: &str, at: &Spanned<T>, known: &[&'static str]) {
        let help =
            nearest(name, known.iter().copied()).map_or_else(|| format!("known are `{}`", known.join("`, `")), meant);
        self.invalid(at, format!("there is no {what} `{name}`"), help);
    }

    fn invalid<T>(&mut self, at: &Spanned<T>, message: String, help: impl Into<String>) {
        self.findings.push(Finding::new(&config_invalid::RULE, message).at(FILE, span(at), "").help(help));
    }

    fn unknown_code<T>(&mut self, name: &str, at: &Spanned<T>) {
        let message = format!("there is no finding and no area `{name}`");
        let help = nearest(name, names()).map_or_else(|| "`rapporteur explain` lists all codes".to_owned(), meant);
        self.findings.push(Finding::new(&config_unknown_code::RULE, message).at(FILE, span(at), "").help(help));
    }
}

/// Where there is nothing more to the point.
const HELP: &str = "`rapporteur --help` shows what such a file holds";

/// The first file in the working folder or one above it, by its path from there.
fn found() -> Option<PathBuf> {
    let folder = env::current_dir().ok()?;
    let up = folder.ancestors().position(|folder| folder.join(FILE).is_file())?;
    Some(Path::new("..").components().cycle().take(up).collect::<PathBuf>().join(FILE))
}

fn meant(known: &str) -> String {
    format!("did you mean `{known}`?")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(file: &str) -> Settings {
        Settings::new(Source::new(FILE, FILE, file.as_bytes().to_vec()))
    }

    fn faults(settings: &Settings) -> Vec<&str> {
        settings.findings.iter().map(|finding| finding.message.as_str()).collect()
    }

    #[test]
    fn a_code_beats_its_area_wherever_it_stands() {
        let first = settings("[levels]\n\"quote/no-speaker\" = \"deny\"\nquote = \"allow\"\n");
        let last = settings("[levels]\nquote = \"allow\"\n\"quote/no-speaker\" = \"deny\"\n");
        assert_eq!((first.levels, faults(&last)), (last.levels.clone(), vec![]));
    }

    #[test]
    fn a_wrong_file_is_no_panic_and_what_is_right_in_it_holds() {
        for (file, faults_of_it) in [
            ("", 0),
            ("levels = 3\nsilence = {}\nother = []\n", 3),
            ("[levels]\nquote.no-speaker = \"deny\"\n", 1),
            ("silence = [1]\n", 1),
            ("[[silence]]\n", 3),
            ("[[silence]]\ncode = []\nat = 3\nreason = {}\n", 3),
            ("[[silence]]\ncode = \"quote/no-speaker\"\nat = \"\\t\"\nreason = \"x\"\n", 1),
            ("\u{feff}[levels]\nquote = \"warn\"\n", 0),
            ("[levels]\nquote = \"warn\"\nquote = \"deny\"\n", 1),
            ("\0", 1),
        ] {
            assert_eq!(faults(&settings(file)).len(), faults_of_it, "{file:?}: {:?}", faults(&settings(file)));
        }
        let half = settings("[levels]\nquote = \"allow\"\npersn = \"allow\"\n");
        let mut findings = vec![Finding::new(&config_invalid::RULE, "")];
        findings = half.apply(findings, &[], []);
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert_ne!(half.levels, Levels::default());
    }

    #[test]
    fn the_file_that_the_readme_shows_is_right() {
        let page = include_str!("../../../README.md");
        let (_, file) = page.split_once("```toml\n").expect("there is an example");
        let (file, _) = file.split_once("```").expect("it ends");
        let settings = settings(file);
        assert_eq!((faults(&settings), settings.silences.len()), (vec![], 1));
        assert_ne!(settings.levels, Levels::default());
    }

    #[test]
    fn a_silence_is_missed_only_where_it_could_be_used() {
        let file = "[[silence]]\ncode = \"quote/no-speaker\"\nat = \"knot\"\nsource = \"a.txt\"\nreason = \"seen\"\n";
        let unused = |path: &str, checked: Vec<&'static Rule>| {
            let sources = [Source::new("a", path, b"A knot is a promise.".to_vec())];
            settings(file).apply(Vec::new(), &sources, checked).len()
        };
        assert_eq!(unused("in/a.txt", rules().collect()), 1);
        assert_eq!(unused("in/b.txt", rules().collect()), 0);
        assert_eq!(unused("in/a.txt", rapporteur_validate::rules().collect()), 0);
    }

    #[test]
    fn words_that_are_nearly_right_are_known() {
        for (name, expected) in [
            ("persn", Some("person")),
            ("quote/no-speakers", Some("quote/no-speaker")),
            ("quotes", Some("quote")),
            ("xyz", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, names()), expected, "{name}");
        }
    }
}
