//! The file that corrections are kept in.

use rapporteur_diagnostics::{Finding, nearest};
use rapporteur_model::CorrectionForm;
use rapporteur_source::{Source, Span, sha256};
use rustc_hash::FxHashSet;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::ReadAs;
use crate::places::{in_order, span};
use crate::rules::{invalid, no_source};

/// A file of corrections: what it says, and what is wrong with it.
#[derive(Debug)]
pub struct Corrections {
    pub(crate) file: Source,
    header: Header,
    /// The id of the source that the file is for.
    source: Option<String>,
    /// Whether that source is another than the one that the corrections were made for.
    pub(crate) changed: bool,
    entries: Vec<Entry>,
    findings: Vec<Finding>,
}

/// What a file says of the source that it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Its path, as seen from the file.
    pub path: Option<String>,
    /// SHA-256 of the bytes that the corrections were made for, in hexadecimal.
    pub sha256: Option<String>,
}

/// One correction of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its form and a short hash of what it says; unique in its file.
    pub id: String,
    /// What it says.
    pub what: What,
    /// Why it was made.
    pub reason: String,
    /// Who made it.
    pub by: Option<String>,
    /// When, as `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Where it stands in the file: its phrase, or its entity.
    pub place: Span,
}

/// What a correction says.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Other text is to be read in the place of a phrase.
    Text {
        /// What stands before the phrase; may be empty.
        before: String,
        /// The phrase.
        find: String,
        /// What stands after the phrase; may be empty.
        after: String,
        /// What it should be. A line break in it is one in the text.
        replace: String,
    },
    /// A passage is to be read as something.
    Region {
        /// The phrase that begins the passage.
        at: String,
        /// The phrase that ends it; without it, the passage ends with its paragraph.
        until: Option<String>,
        /// What it is to be read as.
        label: ReadAs,
    },
    /// A value of the document is to be another.
    Value {
        /// The id of an entity, or the way to one in a list of another: `hd2031-ropes/speakers/ada-brun`.
        entity: String,
        /// The field of the entity: `title`, `summary/0`.
        field: String,
        /// What was read when the correction was made; `null` where nothing was.
        was: Value,
        /// What it should be; `null` where there should be nothing.
        value: Value,
    },
}

impl What {
    /// Which form of correction it is.
    #[must_use]
    pub fn form(&self) -> CorrectionForm {
        match self {
            Self::Text { .. } => CorrectionForm::Text,
            Self::Region { .. } => CorrectionForm::Region,
            Self::Value { .. } => CorrectionForm::Value,
        }
    }

    /// The id of a correction that says this: it moves only when what it says changes.
    #[must_use]
    pub fn id(&self) -> String {
        /// Digits of the hash in an id.
        const DIGITS: usize = 8;
        let said = match self {
            Self::Text { before, find, after, replace } => {
                [before, find, after, replace].map(String::as_str).join("\n")
            }
            Self::Region { at, until, label } => [at, until.as_deref().unwrap_or_default(), label.as_str()].join("\n"),
            Self::Value { entity, field, was, value } => format!("{entity}\n{field}\n{was}\n{value}"),
        };
        format!("{}-{}", self.form().as_str(), &sha256(said.as_bytes())[..DIGITS])
    }
}

impl Corrections {
    /// Reads a file, which is for one of `sources`: for the one with the number `beside`, which it was found beside, or for
    /// the one that it names by digest or by path, or for the only one.
    ///
    /// What is wrong in the file becomes findings, and the rest of it holds.
    #[must_use]
    pub fn parse(file: Source, sources: &[Source], beside: Option<usize>) -> Self {
        let mut reader =
            Reader { file: file.id(), header: Header::default(), entries: Vec::new(), findings: Vec::new() };
        match DeTable::parse(file.text()) {
            Ok(table) => reader.table(table.get_ref()),
            Err(error) => {
                let span = error.span().map_or(Span::default(), |span| Span::new(span.start, span.end));
                reader.findings.push(Finding::new(&invalid::RULE, error.message()).at(file.id(), span, "").help(HELP));
            }
        }
        let Reader { header, mut entries, mut findings, .. } = reader;
        // as they stand in the file
        entries.sort_by_key(|entry| entry.place);
        let mut taken = FxHashSet::default();
        for entry in &mut entries {
            let id = std::mem::take(&mut entry.id);
            let more = (2..).map(|number| format!("{id}-{number}"));
            entry.id = std::iter::once(id.clone()).chain(more).find(|id| taken.insert(id.clone())).unwrap_or(id);
        }
        let source = beside.or_else(|| header.of(sources)).and_then(|index| sources.get(index));
        if source.is_none() && !entries.is_empty() {
            let named = header.path.as_deref().map_or_else(String::new, |path| format!(", but for {path}"));
            let message = format!("this file is for none of the sources that were read{named}");
            let finding = Finding::new(&no_source::RULE, message).at(file.id(), entries[0].place, "");
            findings.push(finding.help("`path` under `[source]` names the source that its corrections are for"));
        }
        let changed =
            source.is_some_and(|source| header.sha256.as_ref().is_some_and(|known| *known != source.sha256()));
        let source = source.map(|source| source.id().to_owned());
        Self { file, header, source, changed, entries, findings }
    }

    /// The same file with another text.
    #[must_use]
    pub fn with_text(&self, text: String, sources: &[Source]) -> Self {
        let beside = sources.iter().position(|source| Some(source.id()) == self.source());
        Self::parse(Source::new(self.file.id(), self.file.path(), text.into_bytes()), sources, beside)
    }

    /// The file itself, as one more source.
    #[must_use]
    pub fn into_file(self) -> Source {
        self.file
    }

    /// The file itself, for findings that are in it.
    #[must_use]
    pub fn file(&self) -> &Source {
        &self.file
    }

    /// What the file says of its source.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The id of the source that the corrections are for; `None` where it is none of those that were read.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The corrections, in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What is wrong with the file itself.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl Header {
    /// The number of the source that it is of.
    fn of(&self, sources: &[Source]) -> Option<usize> {
        let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let digest = sources.iter().position(|source| self.sha256.as_deref() == Some(source.sha256().as_str()));
        let path = || {
            let wanted = name(self.path.as_deref()?);
            sources.iter().position(|source| name(source.path()) == wanted)
        };
        let only = (sources.len() == 1 && self.path.is_none()).then_some(0);
        digest.or_else(path).or(only)
    }
}

const HELP: &str = "`rapporteur explain correction/invalid` says what a file of corrections holds";

/// The keys that every correction may have beside its own.
const COMMON: [&str; 3] = ["reason", "by", "date"];

type At<'t, 'i> = &'t Spanned<DeValue<'i>>;

struct Reader<'f> {
    file: &'f str,
    header: Header,
    entries: Vec<Entry>,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            let form = match key.get_ref().as_ref() {
                "source" => {
                    match value.get_ref() {
                        DeValue::Table(table) => self.source(table),
                        other => self.wrong_type(value, "a table", other),
                    }
                    continue;
                }
                "text" => CorrectionForm::Text,
                "region" => CorrectionForm::Region,
                "value" => CorrectionForm::Value,
                name => {
                    self.unknown("table", name, key, &["source", "text", "region", "value"]);
                    continue;
                }
            };
            match value.get_ref() {
                DeValue::Array(entries) => entries.iter().for_each(|entry| match entry.get_ref() {
                    DeValue::Table(table) => self.entry(form, entry, table),
                    other => self.wrong_type(entry, "a table", other),
                }),
                other => self.wrong_type(value, &format!("written with two brackets: [[{}]]", form.as_str()), other),
            }
        }
    }

    fn source(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            let text = self.string(value);
            match key.get_ref().as_ref() {
                "path" => self.header.path = text,
                "sha256" => self.header.sha256 = text.map(|digest| digest.to_ascii_lowercase()),
                name => self.unknown("key", name, key, &["path", "sha256"]),
            }
        }
    }

    fn entry(&mut self, form: CorrectionForm, whole: At<'_, '_>, table: &DeTable<'_>) {
        let keys: &[&str] = match form {
            CorrectionForm::Text => &["find", "replace", "before", "after"],
            CorrectionForm::Region => &["at", "until", "label"],
            CorrectionForm::Value => &["entity", "field", "was", "value", "absent"],
        };
        let before = self.findings.len();
        let mut given: Vec<(&str, At<'_, '_>)> = Vec::new();
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            if keys.iter().chain(&COMMON).any(|known| *known == name) {
                given.push((name, value));
            } else {
                let known: Vec<&'static str> =
                    KEYS.iter().copied().filter(|key| keys.contains(key)).chain(COMMON).collect();
                self.unknown("key", name, key, &known);
            }
        }
        let get = |name: &str| given.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        let reason = self.required(whole, get("reason"), "reason");
        let by = get("by").and_then(|value| self.string(value));
        let date = get("date").and_then(|value| self.date(value));
        let what = match form {
            CorrectionForm::Text => {
                let find = self.required(whole, get("find"), "find");
                // nothing may stand in the place of a phrase
                let replace = match get("replace") {
                    Some(value) => self.string(value),
                    None => self.required(whole, None, "replace"),
                };
                let mut context = |name| get(name).and_then(|value| self.string(value)).unwrap_or_default();
                let (before, after) = (context("before"), context("after"));
                find.zip(replace).map(|(find, replace)| What::Text { before, find, after, replace })
            }
            CorrectionForm::Region => {
                let at = self.required(whole, get("at"), "at");
                let until = get("until").and_then(|value| self.string(value));
                let label = self.required(whole, get("label"), "label").zip(get("label"));
                let label = label.and_then(|(name, place)| {
                    let label = ReadAs::named(&name);
                    if label.is_none() {
                        self.unknown(
                            "label that a passage can be read as",
                            &name,
                            place,
                            &ReadAs::ALL.map(ReadAs::as_str),
                        );
                    }
                    label
                });
                at.zip(label).map(|(at, label)| What::Region { at, until, label })
            }
            CorrectionForm::Value => self.value(whole, &get),
        };
        let key = get("find").or(get("at")).or(get("entity")).unwrap_or(whole);
        if let (true, Some(what), Some(reason)) = (self.findings.len() == before, what, reason) {
            self.entries.push(Entry { id: what.id(), what, reason, by, date, place: span(key) });
        }
    }

    fn value<'t, 'i>(
        &mut self,
        whole: At<'_, '_>,
        get: &dyn Fn(&str) -> Option<&'t Spanned<DeValue<'i>>>,
    ) -> Option<What>
    where
        'i: 't,
    {
        let entity = self.required(whole, get("entity"), "entity");
        let field = self.required(whole, get("field"), "field");
        let was = get("was").map_or(Some(Value::Null), |value| self.json(value));
        let absent = get("absent");
        if let Some(absent) = absent.filter(|absent| !matches!(absent.get_ref(), DeValue::Boolean(true))) {
            self.invalid(absent, "`absent` can only be true".to_owned(), "leave it out, and give a `value`");
        }
        let value = match (get("value"), absent) {
            (Some(value), None) => self.json(value),
            (None, Some(_)) => Some(Value::Null),
            (None, None) => {
                let help = "give a `value`, or `absent = true` where there should be none";
                self.invalid(whole, "this correction has no `value`".to_owned(), help);
                None
            }
            (Some(value), Some(_)) => {
                self.invalid(value, "there is a `value` and it is to be absent".to_owned(), "leave one of the two out");
                None
            }
        };
        let (entity, field, was, value) = (entity?, field?, was?, value?);
        Some(What::Value { entity, field, was, value })
    }

    /// A text that has to be there and to say something.
    fn required(&mut self, whole: At<'_, '_>, value: Option<At<'_, '_>>, name: &str) -> Option<String> {
        let Some(value) = value else {
            self.invalid(whole, format!("this correction has no `{name}`"), HELP);
            return None;
        };
        let text = self.string(value)?;
        if text.trim().is_empty() {
            self.invalid(value, format!("`{name}` is empty"), HELP);
            return None;
        }
        Some(text)
    }

    fn string(&mut self, value: At<'_, '_>) -> Option<String> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(value, "a string", value.get_ref());
        }
        text.map(str::to_owned)
    }

    /// A day, in quotation marks or not.
    fn date(&mut self, value: At<'_, '_>) -> Option<String> {
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            _ => self.string(value)?,
        };
        if !crate::value::is_date(&text) {
            self.invalid(value, format!("`{text}` is no day"), "write a day as 2031-05-06");
            return None;
        }
        Some(text)
    }

    /// A value as the document writes it.
    fn json(&mut self, value: At<'_, '_>) -> Option<Value> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.as_ref().into()),
            DeValue::Boolean(yes) => Some((*yes).into()),
            DeValue::Datetime(date) => Some(date.to_string().into()),
            DeValue::Integer(number) => {
                let number = i64::from_str_radix(&number.as_str().replace('_', ""), number.radix());
                if number.is_err() {
                    self.invalid(value, "this number is too long".to_owned(), HELP);
                }
                number.ok().map(Value::from)
            }
            DeValue::Array(items) => {
                items.iter().map(|item| self.json(item)).collect::<Option<Vec<_>>>().map(Value::from)
            }
            other => {
                self.wrong_type(value, "a string, a whole number, true, false or a list of such", other);
                None
            }
        }
    }

    fn wrong_type(&mut self, at: At<'_, '_>, expected: &str, found: &DeValue<'_>) {
        self.invalid(at, format!("this is of type {}, but has to be {expected}", found.type_str()), HELP);
    }

    fn unknown<T>(&mut self, what: &str, name: &str, at: &Spanned<T>, known: &[&'static str]) {
        let help = nearest(name, known.iter().copied())
            .map_or_else(|| format!("known are `{}`", known.join("`, `")), |known| format!("did you mean `{known}`?"));
        self.invalid(at, format!("there is no {what} `{name}`"), help);
    }

    fn invalid<T>(&mut self, at: &Spanned<T>, message: String, help: impl Into<String>) {
        self.findings.push(Finding::new(&invalid::RULE, message).at(self.file, span(at), "").help(help));
    }
}

/// The keys of all forms.
const KEYS: [&str; 12] =
    ["find", "replace", "before", "after", "at", "until", "label", "entity", "field", "was", "value", "absent"];
