//! What a file of corrections says, read from TOML with the place of each value.

use rapporteur_diagnostics::{Finding, nearest};
use rapporteur_model::CorrectionForm;
use rapporteur_source::{Source, Span};
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Entry, Header, What};
use crate::ReadAs;
use crate::places::{in_order, span};
use crate::rules::invalid;

const HELP: &str = "`rapporteur explain correction/invalid` says what a file of corrections holds";

/// The keys that every correction may have beside its own.
const COMMON: [&str; 3] = ["reason", "by", "date"];

type At<'t, 'i> = &'t Spanned<DeValue<'i>>;

/// What was read of a file.
pub(super) struct Reader<'f> {
    /// The id of the file.
    file: &'f str,
    pub(super) header: Header,
    pub(super) entries: Vec<Entry>,
    pub(super) findings: Vec<Finding>,
}

impl<'f> Reader<'f> {
    /// Reads all of a file that can be read.
    pub(super) fn read(file: &'f Source) -> Self {
        let mut reader = Self { file: file.id(), header: Header::default(), entries: Vec::new(), findings: Vec::new() };
        match DeTable::parse(file.text()) {
            Ok(table) => reader.table(table.get_ref()),
            Err(error) => {
                let span = error.span().map_or(Span::default(), |span| Span::new(span.start, span.end));
                reader.findings.push(Finding::new(&invalid::RULE, error.message()).at(file.id(), span, "").help(HELP));
            }
        }
        reader
    }

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
