//! What becomes of corrections when their source changes: each is applied in its place, or told; none anywhere else.
//!
//! The counts stand in `fixtures/corrections.md`; `UPDATE_FIXTURES=1 cargo test -p rapporteur-parse --test
//! corrections_in_changed_texts` writes them anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rapporteur_correct::{Corrections, Entry, Header, What};
use rapporteur_diagnostics::Finding;
use rapporteur_grammar::Lexicon;
use rapporteur_model::Document;
use rapporteur_parse::{Options, Reading, read_with};
use rapporteur_source::{Source, Span, fold};
use serde_json::Value;

/// A text as words, each of which keeps its number wherever it is put: paragraphs of lines of words.
#[derive(Clone)]
struct Words {
    texts: Vec<String>,
    paragraphs: Vec<Vec<Vec<usize>>>,
}

/// A text that was made of words, and where each of them stands.
struct Laid {
    text: String,
    places: Vec<(Span, usize)>,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self { texts: Vec::new(), paragraphs: vec![Vec::new()] };
        for line in text.lines() {
            let first = words.texts.len();
            words.texts.extend(line.split_whitespace().map(str::to_owned));
            let ids: Vec<usize> = (first..words.texts.len()).collect();
            match words.paragraphs.last_mut() {
                Some(last) if !ids.is_empty() => last.push(ids),
                _ => words.paragraphs.push(Vec::new()),
            }
        }
        words.paragraphs.retain(|paragraph| !paragraph.is_empty());
        words
    }

    fn laid(&self) -> Laid {
        self.laid_with(|_, _| None)
    }

    /// The text; where `broken` says so, a line break and its hyphen stand inside a word.
    fn laid_with(&self, broken: impl Fn(usize, &str) -> Option<usize>) -> Laid {
        let mut laid = Laid { text: String::new(), places: Vec::new() };
        for paragraph in &self.paragraphs {
            for line in paragraph {
                for &id in line {
                    let start = laid.text.len();
                    let word = &self.texts[id];
                    match broken(id, word) {
                        Some(at) => {
                            let _ = write!(laid.text, "{}-\n{}", &word[..at], &word[at..]);
                        }
                        None => laid.text.push_str(word),
                    }
                    laid.places.push((Span::new(start, laid.text.len()), id));
                    laid.text.push(' ');
                }
                laid.text.pop();
                laid.text.push('\n');
            }
            laid.text.push('\n');
        }
        laid
    }

    /// Paragraphs filled anew, `width` letters a line.
    fn reflowed(&self, width: usize) -> Self {
        let mut words = self.clone();
        for paragraph in &mut words.paragraphs {
            let mut lines: Vec<Vec<usize>> = vec![Vec::new()];
            let mut length = 0;
            for id in paragraph.concat() {
                let letters = self.texts[id].chars().count() + 1;
                if length + letters > width && length > 0 {
                    lines.push(Vec::new());
                    length = 0;
                }
                length += letters;
                if let Some(line) = lines.last_mut() {
                    line.push(id);
                }
            }
            *paragraph = lines;
        }
        words
    }

    fn with(&self, change: impl FnOnce(&mut Vec<Vec<Vec<usize>>>)) -> Self {
        let mut words = self.clone();
        change(&mut words.paragraphs);
        words
    }
}

impl Laid {
    fn ids(&self, span: Span) -> BTreeSet<usize> {
        let inside = self.places.iter().filter(|(place, _)| place.start < span.end && span.start < place.end);
        inside.map(|(_, id)| *id).collect()
    }
}

/// Where a break may stand in a word: it is long, and of letters alone.
fn hyphenated(id: usize, word: &str) -> Option<usize> {
    (id.is_multiple_of(5) && word.len() >= 8 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        .then_some(word.len() / 2)
}

fn damaged(words: &Words) -> Words {
    let mut damaged = words.clone();
    for (id, word) in damaged.texts.iter_mut().enumerate() {
        // every phrase that was corrected has a word with a letter less or more
        if id % STEP < PHRASE {
            word.push('q');
        }
    }
    damaged
}

/// A correction is made at every so many words.
const STEP: usize = 23;

/// Words of a phrase.
const PHRASE: usize = 5;

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", c as u32);
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// Corrections of phrases all over a text, each of the third word of its phrase or of the line that it stands on, and passages
/// that begin and end with phrases.
fn generated(words: &Words) -> String {
    let mut file = String::new();
    let all: Vec<usize> = words.paragraphs.concat().concat();
    for start in (0..all.len().saturating_sub(PHRASE)).step_by(STEP) {
        let phrase: Vec<&str> = all[start..start + PHRASE].iter().map(|&id| words.texts[id].as_str()).collect();
        let right = if start.is_multiple_of(2) {
            let mut right = phrase.clone();
            right[2] = "Wrightword";
            right.join(" ")
        } else {
            format!("{}\n{}", phrase[..2].join(" "), phrase[2..].join(" "))
        };
        let (find, replace) = (quoted(&phrase.join(" ")), quoted(&right));
        let _ = writeln!(file, "[[text]]\nfind = {find}\nreplace = {replace}\nreason = \"made\"\n");
    }
    for paragraph in words.paragraphs.iter().filter(|paragraph| paragraph.concat().len() > 4 * PHRASE) {
        let ids = paragraph.concat();
        let phrase =
            |ids: &[usize]| quoted(&ids.iter().map(|&id| words.texts[id].as_str()).collect::<Vec<_>>().join(" "));
        let (at, until) = (phrase(&ids[..PHRASE]), phrase(&ids[ids.len() - PHRASE..]));
        let _ = writeln!(file, "[[region]]\nat = {at}\nuntil = {until}\nlabel = \"body\"\nreason = \"made\"\n");
    }
    file
}

/// The first and the last word of what each correction changes; `None` for those that are told.
fn places(corrections: &Corrections, laid: &Laid) -> Vec<Option<(usize, usize)>> {
    let source = source(&laid.text);
    let corrections = &corrections.with_text(corrections.file().text().to_owned(), std::slice::from_ref(&source));
    let mut places = vec![None; corrections.entries().len()];
    let (edits, texts) = corrections.text(&source);
    let (passages, regions) = corrections.regions(&source, |span| span);
    let spans = edits.iter().map(|edit| (edit.entry, edit.edit.span));
    for (entry, span) in spans.chain(passages.iter().map(|passage| (passage.entry, passage.span))) {
        let ids = laid.ids(span);
        // words keep the order that they had in the source: the first and the last of them bound the others
        places[entry] = ids.first().zip(ids.last()).map(|(first, last)| (*first, *last));
    }
    // what is not applied is told, and told once
    let in_text = |entry: &Entry| !matches!(entry.what, What::Value { .. });
    for (entry, place) in corrections.entries().iter().zip(&places).filter(|(entry, _)| in_text(entry)) {
        let told = texts.iter().chain(&regions).filter(|finding| finding.labels[0].start == entry.place.start);
        assert_eq!(told.count(), usize::from(place.is_none()), "{entry:?}");
    }
    places
}

#[derive(Default)]
struct Counts {
    right: usize,
    told: usize,
    wrong: usize,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

fn file(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn source(text: &str) -> Source {
    Source::new("report", "report.txt", text.as_bytes().to_vec())
}

fn corrections(file: String, text: &str) -> Corrections {
    let source = source(text);
    let file = Source::new("c.toml", "c.toml", file.into_bytes());
    let corrections = Corrections::parse(file, &[source], Some(0));
    assert_eq!(corrections.findings(), []);
    corrections
}

/// The corrections of a report, and those that are made for it; of these the ones that would be accepted.
fn accepted(year: &str, words: &Words, laid: &Laid) -> (Corrections, Vec<(usize, usize)>) {
    let header = Header { path: None, sha256: Some(source(&laid.text).sha256().to_owned()) };
    let all = file(&format!("vmc{year}/report.corrections.toml")) + &generated(words);
    let all = rapporteur_correct::edit::confirmed(&all, &header).expect("it is TOML");
    let tried = corrections(all, &laid.text);
    let found = places(&tried, laid);
    let mut kept = String::new();
    let mut expected = Vec::new();
    for (entry, place) in tried.entries().iter().zip(found) {
        if let Some(place) = place {
            kept = rapporteur_correct::edit::added(&kept, tried.header(), entry).expect("it is TOML");
            expected.push((entry.id.clone(), place));
        }
    }
    let kept = corrections(kept, &laid.text);
    let place_of = |id: &str| expected.iter().find(|(known, _)| known == id).map(|(_, place)| *place);
    let places = kept.entries().iter().map(|entry| place_of(&entry.id).expect("it was kept")).collect();
    (kept, places)
}

/// A change of a text.
type Mutation = (&'static str, fn(&Words) -> Laid);

const MUTATIONS: &[Mutation] = &[
    ("nothing changed", Words::laid),
    ("reflowed to 40 letters a line", |words| words.reflowed(40).laid()),
    ("reflowed to 100 letters a line", |words| words.reflowed(100).laid()),
    ("reflowed, long words broken", |words| words.reflowed(60).laid_with(hyphenated)),
    ("the second half moved before the first", |words| {
        words
            .with(|all| {
                let half = all.len() / 2;
                all.rotate_left(half);
            })
            .laid()
    }),
    ("every paragraph swapped with the next", |words| {
        words.with(|all| all.chunks_exact_mut(2).for_each(|pair| pair.swap(0, 1))).laid()
    }),
    ("all lines run together in a paragraph", |words| words.with(|all| *all = vec![all.concat()]).laid()),
    ("a blank line after every line", |words| {
        words.with(|all| *all = all.concat().into_iter().map(|line| vec![line]).collect()).laid()
    }),
    ("every third paragraph doubled", |words| {
        words
            .with(|all| {
                let twice = |(at, paragraph): (usize, &Vec<Vec<usize>>)| {
                    vec![paragraph.clone(); if at % 3 == 0 { 2 } else { 1 }]
                };
                *all = all.iter().enumerate().flat_map(twice).collect();
            })
            .laid()
    }),
    ("every third paragraph gone", |words| {
        words
            .with(|all| {
                let mut at = 0;
                all.retain(|_| {
                    at += 1;
                    at % 3 != 0
                });
            })
            .laid()
    }),
    ("words of the phrases misread", |words| damaged(words).laid()),
];

/// Corrections of values, one of each thing that the document has: of a field that no id is made of.
fn valued(document: &Document) -> String {
    let root = serde_json::to_value(document).expect("the model is JSON");
    let mut file = String::new();
    let mut correct = |entity: &Value, path: &str, field: &str, value: &str| {
        let was = match &entity[field] {
            Value::String(text) => format!("was = {}\n", quoted(text)),
            _ => String::new(),
        };
        let path = quoted(path);
        let _ = writeln!(
            file,
            "[[value]]\nentity = {path}\nfield = \"{field}\"\n{was}value = \"{value}\"\nreason = \"made\"\n"
        );
    };
    let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let id = |value: &Value| value["id"].as_str().unwrap_or_default().to_owned();
    for (list, field) in
        [("agenda", "kind"), ("sessions", "kind_label"), ("speakers", "honorific"), ("quotes", "credit")]
    {
        for entity in items(&root[list]) {
            correct(&entity, &id(&entity), field, "Made");
            for inner in ["speakers", "moderators", "affiliations"] {
                for (nth, credit) in items(&entity[inner]).iter().enumerate() {
                    let called = credit["speaker"].as_str().map_or_else(|| nth.to_string(), str::to_owned);
                    correct(credit, &format!("{}/{inner}/{called}", id(&entity)), "organisation", "Made");
                }
            }
        }
    }
    file
}

/// What is read of a text with corrections.
fn read(text: &str, corrections: &Corrections) -> Reading {
    let lexicon = Lexicon::embedded();
    let sources = [source(text)];
    let corrections = [corrections.with_text(corrections.file().text().to_owned(), &sources)];
    read_with(&sources, &Options { corrections: &corrections, ..Options::new(&lexicon) })
}

/// For each value correction what its entity and those that it is in are called in the text; `None` for those that are told.
fn entities(text: &str, corrections: &Corrections) -> Vec<Option<String>> {
    let Reading { document, findings, .. } = read(text, corrections);
    let root = serde_json::to_value(&document).expect("the model is JSON");
    let heading = |entity: &Value| {
        let names = ["title", "text", "name", "credit"].iter().find_map(|name| entity[name].as_str());
        fold(names.unwrap_or_default())
    };
    let of = |entry: &Entry| {
        let record = document.corrections.iter().find(|record| record.id == entry.id)?;
        let steps = record.entity.as_deref().unwrap_or_default().split('/').collect::<Vec<_>>();
        let is_called = |item: &&Value, name: &str| item["id"] == *name || item["speaker"] == *name;
        let lists = root.as_object()?.values().filter_map(Value::as_array).flatten();
        let mut entity = lists.chain([&root["edition"]]).find(|item| is_called(item, steps[0]))?;
        let mut called = heading(entity);
        for step in steps[1..].chunks_exact(2) {
            let list = entity[step[0]].as_array()?;
            let number = || list.get(step[1].parse::<usize>().ok()?);
            entity = list.iter().find(|item| is_called(item, step[1])).or_else(number)?;
            called.push_str(&format!(" / {}", heading(entity)));
        }
        Some(called)
    };
    let told = |entry: &Entry| {
        let is_of = |finding: &&Finding| {
            finding.rule.area() == "correction"
                && finding.labels.iter().any(|label| label.source == "c.toml" && label.start == entry.place.start)
        };
        findings.iter().filter(is_of).count()
    };
    let checked = |entry: &Entry| {
        let called = of(entry);
        assert_eq!(told(entry) > 0, called.is_none(), "{entry:?}");
        called
    };
    corrections.entries().iter().map(checked).collect()
}

/// The corrections of values of a report, and those that are made for it; of these the ones that would be accepted.
fn accepted_values(year: &str, text: &str) -> Corrections {
    let own = corrections(file(&format!("vmc{year}/report.corrections.toml")), text);
    let document = read(text, &corrections(String::new(), text)).document;
    let made = corrections(valued(&document), text);
    let header = Header { path: None, sha256: Some(source(text).sha256().to_owned()) };
    let kept = |entries: &mut dyn Iterator<Item = &Entry>| {
        let add = |kept: String, entry| rapporteur_correct::edit::added(&kept, &header, entry).expect("it is TOML");
        corrections(entries.fold(String::new(), add), text)
    };
    let is_value = |entry: &&Entry| matches!(entry.what, What::Value { .. });
    let all = kept(&mut own.entries().iter().chain(made.entries()).filter(is_value));
    let found = entities(text, &all);
    kept(&mut all.entries().iter().zip(found).filter(|(_, found)| found.is_some()).map(|(entry, _)| entry))
}

/// A report, and the corrections that apply to it.
struct Report {
    year: &'static str,
    words: Words,
    laid: Laid,
    of_text: Corrections,
    /// The first and the last word of what each correction of the text changes.
    places: Vec<(usize, usize)>,
    of_values: Corrections,
    /// What the entity of each correction of a value is called.
    called: Vec<Option<String>>,
}

impl Report {
    fn new(year: &'static str) -> Self {
        let words = Words::of(&file(&format!("vmc{year}/report.txt")));
        let laid = words.laid();
        let (of_text, places) = accepted(year, &words, &laid);
        let of_values = accepted_values(year, &laid.text);
        assert!(of_text.entries().len() > 100 && of_values.entries().len() > 50, "{year}");
        let called = entities(&laid.text, &of_values);
        Self { year, words, laid, of_text, places, of_values, called }
    }

    /// How its text corrections stand in another text of the same words.
    fn count_texts(&self, name: &str, laid: &Laid, counts: &mut Counts) {
        for ((entry, expected), found) in
            self.of_text.entries().iter().zip(&self.places).zip(places(&self.of_text, laid))
        {
            match found {
                Some(found) if found == *expected => counts.right += 1,
                Some(found) => {
                    counts.wrong += 1;
                    eprintln!("{}, {name}: {entry:?} at {found:?}, not {expected:?}", self.year);
                }
                None => counts.told += 1,
            }
        }
    }

    /// How its value corrections stand in another text of it.
    fn count_values(&self, name: &str, text: &str, counts: &mut Counts) {
        for ((entry, here), there) in
            self.of_values.entries().iter().zip(&self.called).zip(entities(text, &self.of_values))
        {
            match there {
                None => counts.told += 1,
                there if there == *here => counts.right += 1,
                there => {
                    counts.wrong += 1;
                    eprintln!("{}, {name}: {entry:?} of {there:?}, not {here:?}", self.year);
                }
            }
        }
    }
}

#[test]
fn corrections_are_applied_in_their_place_or_told() {
    let mut table = String::from(PREFACE);
    let mut all: Vec<Counts> = MUTATIONS.iter().map(|_| Counts::default()).collect();
    let mut values: Vec<Counts> = MUTATIONS.iter().map(|_| Counts::default()).collect();
    let reports = ["2017", "2021", "2024"].map(Report::new);
    for report in &reports {
        for (((name, mutation), texts), values) in MUTATIONS.iter().zip(&mut all).zip(&mut values) {
            let laid = mutation(&report.words);
            report.count_texts(name, &laid, texts);
            report.count_values(name, &laid.text, values);
        }
    }
    assert_eq!((all[0].told, values[0].told), (0, 0), "what is accepted applies");
    let mut wrong = 0;
    let mut write = |heading: &str, counts: &mut dyn Iterator<Item = (String, Counts)>| {
        let _ = writeln!(table, "\n{heading}\n");
        table.push_str(HEAD);
        for (name, Counts { right, told, wrong: misplaced }) in counts {
            let _ = writeln!(table, "| {name} | {right} | {told} | {misplaced} |");
            wrong += misplaced;
        }
    };
    let names = || MUTATIONS.iter().map(|(name, _)| (*name).to_owned());
    let extractors = || ["pdfminer", "poppler", "poppler-layout", "pymupdf4llm", "pypdf"].into_iter();
    let name = |extractor: &str| format!("text of {extractor}");
    let report = &reports[1];
    let reprints = extractors().map(|extractor| (name(extractor), reprinted(extractor, &report.laid, &report.of_text)));
    write(TEXTS, &mut names().zip(all).chain(reprints));
    let reprints = extractors().map(|extractor| {
        let mut counts = Counts::default();
        for layout in LAYOUTS {
            let other = file(&format!("reprints/vmc2021.{layout}.{extractor}.txt"));
            report.count_values(&name(extractor), &other, &mut counts);
        }
        (name(extractor), counts)
    });
    write(VALUES, &mut names().zip(values).chain(reprints));
    assert_eq!(wrong, 0, "corrections were applied where they do not belong");
    let path = folder().join("corrections.md");
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        fs::write(&path, &table).expect("can be written");
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), table, "UPDATE_FIXTURES=1 writes it anew");
}

/// The layouts of the reprints.
const LAYOUTS: [&str; 3] = ["column", "ledger", "ribbon"];

/// The corrections of the text of 2021 in the three reprints of it, out of one extractor. No word has a number there: a
/// place is right where the words around it are those that were around it.
fn reprinted(extractor: &str, laid: &Laid, corrections: &Corrections) -> Counts {
    let spans = |text: &str| {
        let source = source(text);
        let corrections = corrections.with_text(corrections.file().text().to_owned(), std::slice::from_ref(&source));
        let mut spans = vec![None; corrections.entries().len()];
        let (edits, _) = corrections.text(&source);
        edits.iter().for_each(|edit| spans[edit.entry] = Some(edit.edit.span));
        let (passages, _) = corrections.regions(&source, |span| span);
        passages.iter().for_each(|passage| spans[passage.entry] = Some(passage.span));
        spans
    };
    let mut counts = Counts::default();
    let before = spans(&laid.text);
    for layout in LAYOUTS {
        let other = file(&format!("reprints/vmc2021.{layout}.{extractor}.txt"));
        for ((entry, here), there) in corrections.entries().iter().zip(&before).zip(spans(&other)) {
            match (here, there) {
                (Some(here), Some(there)) if is_same_place((&laid.text, *here), (&other, there)) => counts.right += 1,
                (Some(_), Some(there)) => {
                    counts.wrong += 1;
                    eprintln!("{layout}, {extractor}: {entry:?} at {:?}", around(&other, there, NEAR));
                }
                _ => counts.told += 1,
            }
        }
    }
    counts
}

/// Words that are compared around a place, and among which they are looked for in the other text.
const NEAR: usize = 12;
const FAR: usize = 60;

/// Whether half of the words at and around a place stand around the other: columns may be read in another order.
fn is_same_place(here: (&str, Span), there: (&str, Span)) -> bool {
    let wanted = around(here.0, here.1, NEAR);
    let known: BTreeSet<String> = around(there.0, there.1, FAR).into_iter().collect();
    let same = wanted.iter().filter(|word| known.contains(*word)).count();
    same * 2 >= wanted.len()
}

/// The words of a span and so many on either side of it, folded.
fn around(text: &str, span: Span, count: usize) -> Vec<String> {
    let before = text[..span.start].split_whitespace().rev().take(count);
    let after = text[span.end..].split_whitespace().take(count);
    let words = before.chain(text[span.range()].split_whitespace()).chain(after);
    words.map(fold).filter(|word| word.len() > 3).collect()
}

const PREFACE: &str = "\
# Corrections in texts that have changed

Written by a test (`UPDATE_FIXTURES=1 cargo test -p rapporteur-parse --test corrections_in_changed_texts`). The corrections of
the reports of 2017, 2021 and 2024, and some hundreds that are made for them, are tried again in texts that were changed: in
each they are applied where they belong, or told and not applied. The last rows of each table are those of 2021 in three
reprints of that report, in the texts of five extractors.
";

const TEXTS: &str = "\
## Of the text and of regions

Made for every 23 words, in turn of one word and of nothing but a line break, and for every paragraph.";

const VALUES: &str = "\
## Of values

Made for every slot of the programme, session, credit, person, office and quote: of a field that no id is made of. A value is in
the right place where the thing that it is of has the same title, name or text, and so has what that is a part of.";

const HEAD: &str = "\
| the text | applied in the right place | told | applied in a wrong place |
| --- | ---: | ---: | ---: |
";
