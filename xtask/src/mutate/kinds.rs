//! The kinds of mutations: what people and programs do to documents.

use serde_json::{Value, json};

use crate::corpus::draw::Draw;

/// A document with one thing wrong in it.
pub(crate) struct Mutated {
    pub(crate) text: String,
    /// The lines, counted from 1, any of which is the exact one: of two values that were swapped, either.
    pub(crate) lines: Vec<usize>,
}

/// A kind of mutation, and what has to be found of it.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) code: &'static str,
    /// Whether `--fix` gives the document as it was.
    pub(crate) is_fixed: bool,
    pub(crate) mutate: fn(&Value, &mut Draw) -> Option<Mutated>,
}

type Mutate = fn(&Value, &mut Draw) -> Option<Mutated>;

const fn found(name: &'static str, code: &'static str, mutate: Mutate) -> Kind {
    Kind { name, code, is_fixed: false, mutate }
}

const fn fixed(name: &'static str, code: &'static str, mutate: Mutate) -> Kind {
    Kind { name, code, is_fixed: true, mutate }
}

/// Every kind of mutation.
pub(crate) const KINDS: &[Kind] = &[
    found("a truncated file", "document/not-json", |document, draw| {
        let text = pretty(document);
        let lines: Vec<&str> = text.lines().collect();
        let keep = draw.between(3, lines.len() - 2);
        Some(Mutated { text: lines[..keep].join("\n"), lines: vec![keep] })
    }),
    fixed("a comma after the last value", "document/not-json", |document, draw| {
        let (text, line) = at_line(document, draw, |line, next| {
            !line.ends_with([',', '{', '[']) && next.trim_start().starts_with([']', '}'])
        })?;
        Some(edited(&text, line, |line| format!("{line},")))
    }),
    fixed("a comma left out", "document/not-json", |document, draw| {
        let (text, line) = at_line(document, draw, |line, _| line.ends_with("\","))?;
        let mut mutated = edited(&text, line, |line| line.trim_end_matches(',').to_owned());
        mutated.lines.push(line + 2);
        Some(mutated)
    }),
    found("NaN for a number", "document/not-json", |document, draw| {
        let (text, line) = at_line(document, draw, |line, _| line.contains("\"start\": ") && !line.contains(": \""))?;
        Some(edited(&text, line, |line| format!("{}: NaN,", line.split(':').next().unwrap_or_default())))
    }),
    found("a comment", "document/not-json", |document, draw| {
        let (text, line) = at_line(document, draw, |line, _| line.ends_with("\","))?;
        Some(edited(&text, line, |line| format!("{line} // checked")))
    }),
    found("a quotation mark left out", "document/not-json", |document, draw| {
        let (text, line) = at_line(document, draw, |line, _| line.contains("\": \"") && line.ends_with("\","))?;
        let mut mutated = edited(&text, line, |line| format!("{},", &line[..line.len() - 2]));
        mutated.lines.push(line + 2);
        Some(mutated)
    }),
    fixed("a byte order mark", "document/byte-order-mark", |document, _| {
        Some(Mutated { text: format!("\u{feff}{}", pretty(document)), lines: vec![1] })
    }),
    fixed("a key twice with the same value", "document/duplicate-key", |document, draw| {
        let (text, line) = at_line(document, draw, |line, _| line.contains("\": \"") && line.ends_with(','))?;
        let mut mutated = edited(&text, line, |line| format!("{line}\n{line}"));
        mutated.lines = vec![line + 2];
        Some(mutated)
    }),
    found("a key twice", "document/duplicate-key", |document, draw| {
        let (text, line) = at_line(document, draw, |line, _| line.contains("\"title\": \""))?;
        let mut mutated =
            edited(&text, line, |line| format!("{}: \"Another\",\n{line}", line.split(':').next().unwrap_or_default()));
        mutated.lines = vec![line + 2];
        Some(mutated)
    }),
    found("a field dropped", "document/missing-field", |document, draw| {
        let list = *draw.pick(&["sessions", "quotes", "speakers"]);
        let (mut document, at) = (document.clone(), draw.below(document[list].as_array()?.len()));
        let field = *draw.pick(&["evidence", "inferred"]);
        document[list][at].as_object_mut()?.shift_remove(field);
        done(&document, &[&format!("/{list}/{at}")])
    }),
    found("an unknown field", "document/unknown-field", |document, draw| {
        let pointer = one(document, "speakers", draw)?;
        let mut document = document.clone();
        document.pointer_mut(&pointer)?.as_object_mut()?.insert("nickname".to_owned(), "Captain".into());
        done(&document, &[&format!("{pointer}/nickname")])
    }),
    found("a field misspelt", "document/unknown-field", |document, draw| {
        let at = draw.below(document["sessions"].as_array()?.len());
        let mut document = document.clone();
        let session = document["sessions"][at].as_object_mut()?;
        let title = session.shift_remove("title")?;
        session.insert("tittle".to_owned(), title);
        done(&document, &[&format!("/sessions/{at}/tittle")])
    }),
    found("a number for a text", "document/schema", |document, draw| set(document, draw, "quotes", "text", &json!(12))),
    found("a text for a list", "document/schema", |document, draw| {
        set(document, draw, "sessions", "summary", &json!("none"))
    }),
    found("a date in another form", "document/schema", |document, draw| {
        set(document, draw, "agenda", "date", &json!("5 May"))
    }),
    found("null for a title", "document/schema", |document, draw| {
        set(document, draw, "sessions", "title", &Value::Null)
    }),
    found("a kind that is not listed", "document/unknown-value", |document, draw| {
        set(document, draw, "sessions", "kind", &json!("pannel"))
    }),
    found("a newer version", "document/schema-version", |document, _| {
        let mut document = document.clone();
        document["schema_version"] = "2.0.0".into();
        done(&document, &["/schema_version"])
    }),
    found("a quote of nobody", "document/dangling-reference", |document, draw| {
        set(document, draw, "quotes", "speaker", &json!("nobody-at-all"))
    }),
    found("a quote of no session", "document/dangling-reference", |document, draw| {
        set(document, draw, "quotes", "session", &json!("no-such-session"))
    }),
    found("a slot of no session", "document/dangling-reference", |document, draw| {
        set(document, draw, "agenda", "session", &json!("no-such-session"))
    }),
    found("evidence in no source", "document/dangling-reference", |document, draw| {
        let pointer = format!("{}/evidence/0", one(document, "quotes", draw)?);
        change(document, &format!("{pointer}/source"), |_| Some("no-such-source".into()))
    }),
    found("a credit of nobody", "document/dangling-reference", |document, draw| {
        credit(document, draw, "speaker", |_| Some("nobody-at-all".into()))
    }),
    fixed("another id of a speaker", "document/wrong-id", |document, draw| {
        set(document, draw, "speakers", "id", &json!("someone-else"))
    }),
    fixed("another id of a session", "document/wrong-id", |document, draw| {
        set(document, draw, "sessions", "id", &json!("a-session"))
    }),
    fixed("another id of a quote", "document/wrong-id", |document, draw| {
        set(document, draw, "quotes", "id", &json!("a-quote"))
    }),
    fixed("an id twice", "document/duplicate-id", |document, draw| {
        let at = draw.between(1, document["quotes"].as_array()?.len() - 1);
        let first = document["quotes"][0]["id"].clone();
        change(document, &format!("/quotes/{at}/id"), |_| Some(first))
    }),
    fixed("a quote twice", "document/doubled", |document, draw| {
        let (mut document, at) = (document.clone(), draw.below(document["quotes"].as_array()?.len()));
        let quotes = document["quotes"].as_array_mut()?;
        quotes.insert(at + 1, quotes[at].clone());
        done(&document, &[&format!("/quotes/{}", at + 1)])
    }),
    found("dates of the edition swapped", "document/ends-before-start", |document, _| {
        swapped(document, "/edition", "start_date", "end_date")
    }),
    found("times of a slot swapped", "document/ends-before-start", |document, draw| {
        let slots = document["agenda"].as_array()?;
        let timed: Vec<usize> =
            (0..slots.len()).filter(|&at| slots[at]["end"].is_string() && slots[at]["start"].is_string()).collect();
        let at = if timed.is_empty() { return None } else { *draw.pick(&timed) };
        swapped(document, &format!("/agenda/{at}"), "start", "end")
    }),
    found("a day outside the edition", "document/outside-edition", |document, draw| {
        set(document, draw, "sessions", "date", &json!("1999-01-01"))
    }),
    found("a day that there is not", "document/impossible-date", |document, _| {
        change(document, "/edition/end_date", |date| Some(format!("{}-02-30", &date.as_str()?[..4]).into()))
    }),
    fixed("a wrong position", "document/count", |document, draw| {
        set(document, draw, "sessions", "position", &json!(77))
    }),
    fixed("two sessions swapped", "document/order", |document, draw| {
        let (mut document, at) = (document.clone(), draw.below(document["sessions"].as_array()?.len() - 1));
        document["sessions"].as_array_mut()?.swap(at, at + 1);
        done(&document, &[&format!("/sessions/{at}/position"), &format!("/sessions/{}/position", at + 1)])
    }),
    found("an empty text", "document/empty-string", |document, draw| {
        set(document, draw, "speakers", "name", &json!(""))
    }),
    fixed("spaces in a text", "document/white-space", |document, draw| {
        let pointer = format!("{}/text", one(document, "quotes", draw)?);
        change(document, &pointer, |text| Some(text.as_str()?.replacen(' ', "  ", 1).into()))
    }),
    found("markup in a text", "document/markup", |document, draw| {
        let pointer = format!("{}/text", one(document, "quotes", draw)?);
        change(document, &pointer, |text| Some(format!("<b>{}</b>", text.as_str()?).into()))
    }),
    found("an altered quote", "document/evidence-differs", |document, draw| {
        let pointer = format!("{}/text", one(document, "quotes", draw)?);
        change(document, &pointer, |text| Some(text.as_str()?.replacen(' ', " never ", 1).into()))
    }),
    found("an altered name at a credit", "document/evidence-differs", |document, draw| {
        credit(document, draw, "name", |name| Some(format!("{}sson", name.as_str()?).into()))
    }),
    found("an altered title", "document/evidence-differs", |document, draw| {
        set(document, draw, "sessions", "title", &json!("Something else entirely"))
    }),
    found("another office", "document/credit-parts", |document, draw| {
        credit(document, draw, "office", |_| Some("Harbour Master".into()))
    }),
    fixed("a shifted span", "document/evidence-differs", |document, draw| {
        let pointer = format!("{}/evidence/0", one(document, "quotes", draw)?);
        let by = draw.between(7, 30);
        let mut document = document.clone();
        for field in ["start", "end"] {
            let place = document.pointer_mut(&format!("{pointer}/{field}"))?;
            *place = (place.as_u64()? + by as u64).into();
        }
        done(&document, &[&format!("{pointer}/start"), &format!("{pointer}/end")])
    }),
    fixed("a span past the end", "document/evidence-range", |document, draw| {
        let pointer = format!("{}/evidence/0/end", one(document, "sessions", draw)?);
        change(document, &pointer, |_| Some(99_999_999.into()))
    }),
    found("evidence for another field", "document/evidence-field", |document, draw| {
        let pointer = format!("{}/evidence/0/field", one(document, "quotes", draw)?);
        change(document, &pointer, |_| Some("txt".into()))
    }),
    found("no evidence", "document/no-evidence", |document, draw| {
        let (mut document, at) = (document.clone(), draw.below(document["quotes"].as_array()?.len()));
        document["quotes"][at]["evidence"].as_array_mut()?.retain(|entry| entry["field"] != "text");
        done(&document, &[&format!("/quotes/{at}/text")])
    }),
    fixed("another digest", "document/source-changed", |document, _| {
        change(document, "/sources/0/sha256", |_| Some("0".repeat(64).into()))
    }),
];

/// As documents are written.
pub(crate) fn pretty(document: &Value) -> String {
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}

/// An item of a list.
fn one(document: &Value, list: &str, draw: &mut Draw) -> Option<String> {
    let length = document[list].as_array()?.len();
    (length > 0).then(|| format!("/{list}/{}", draw.below(length)))
}

fn set(document: &Value, draw: &mut Draw, list: &str, field: &str, value: &Value) -> Option<Mutated> {
    let items = document[list].as_array()?;
    let with: Vec<usize> = (0..items.len()).filter(|&at| !items[at][field].is_null()).collect();
    let at = if with.is_empty() { return None } else { *draw.pick(&with) };
    change(document, &format!("/{list}/{at}/{field}"), |_| Some(value.clone()))
}

fn credit(document: &Value, draw: &mut Draw, field: &str, new: impl Fn(&Value) -> Option<Value>) -> Option<Mutated> {
    let mut pointers = Vec::new();
    for (at, session) in document["sessions"].as_array()?.iter().enumerate() {
        let credits = session["speakers"].as_array()?.iter().enumerate();
        let with = credits.filter(|(_, credit)| {
            credit["office"].is_string() && credit["inferred"].as_array().is_some_and(Vec::is_empty)
        });
        pointers.extend(with.map(|(index, _)| format!("/sessions/{at}/speakers/{index}/{field}")));
    }
    if pointers.is_empty() { None } else { change(document, draw.pick::<String>(&pointers), new) }
}

fn swapped(document: &Value, object: &str, one: &str, other: &str) -> Option<Mutated> {
    let mut document = document.clone();
    let (first, second) = (
        document.pointer(&format!("{object}/{one}"))?.clone(),
        document.pointer(&format!("{object}/{other}"))?.clone(),
    );
    if first == second {
        return None;
    }
    document.pointer_mut(object)?[one] = second;
    document.pointer_mut(object)?[other] = first;
    done(&document, &[&format!("{object}/{one}"), &format!("{object}/{other}")])
}

fn change(document: &Value, pointer: &str, new: impl FnOnce(&Value) -> Option<Value>) -> Option<Mutated> {
    let mut document = document.clone();
    let place = document.pointer_mut(pointer)?;
    *place = new(place)?;
    done(&document, &[pointer])
}

fn done(document: &Value, pointers: &[&str]) -> Option<Mutated> {
    let lines = pointers.iter().map(|pointer| line_of(document, pointer)).collect::<Option<_>>()?;
    Some(Mutated { text: pretty(document), lines })
}

/// The line where a value stands, or begins: that of a mark in its place.
fn line_of(document: &Value, pointer: &str) -> Option<usize> {
    const MARK: &str = "the value stands here";
    let mut marked = document.clone();
    *marked.pointer_mut(pointer)? = MARK.into();
    pretty(&marked).lines().position(|line| line.contains(MARK)).map(|line| line + 1)
}

/// The text, and the number, counted from 0, of one of its lines which with the next is like that.
fn at_line(document: &Value, draw: &mut Draw, is_like: impl Fn(&str, &str) -> bool) -> Option<(String, usize)> {
    let text = pretty(document);
    let lines: Vec<&str> = text.lines().collect();
    let fit: Vec<usize> = (0..lines.len() - 1).filter(|&at| is_like(lines[at], lines[at + 1])).collect();
    if fit.is_empty() { None } else { Some((text.clone(), *draw.pick(&fit))) }
}

fn edited(text: &str, line: usize, edit: impl Fn(&str) -> String) -> Mutated {
    let lines = text.lines().enumerate().map(|(at, text)| if at == line { edit(text) } else { text.to_owned() });
    Mutated { text: lines.collect::<Vec<_>>().join("\n") + "\n", lines: vec![line + 1] }
}
