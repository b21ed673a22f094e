use std::fmt::Write as _;

use clap::builder::styling::{AnsiColor, Style};
use rapporteur_diagnostics::{count, render::harmless};
use rapporteur_diff::{Change, Diff, Kind, Side, Word, WordKind, diff};
use serde_json::Value;

use super::json;
use crate::args::{self, DiffFormat};
use crate::{Failure, Outcome, input, output};

/// `rapporteur diff`: what changed between two documents.
pub(crate) fn run(args: &args::Diff) -> Result<Outcome, Failure> {
    let documents = input::documents(&[&args.old, &args.new])?;
    let [(old_file, old), (new_file, new)] = documents.as_slice() else { return Ok(Outcome::Clean) };
    let mut diff = diff(old, new);
    diff.old = Side { path: old_file.path().to_owned(), ..diff.old };
    diff.new = Side { path: new_file.path().to_owned(), ..diff.new };
    match args.format {
        DiffFormat::Json => output::stdout(&json(&diff))?,
        DiffFormat::Human if args.plain.plain => output::stdout(&human(&diff, args.evidence, &PLAIN))?,
        DiffFormat::Human => output::styled_stdout(&human(&diff, args.evidence, &COLOURED))?,
    }
    Ok(if diff.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// How what a person reads is set off.
struct Styles {
    list: Style,
    old: Style,
    new: Style,
    moved: Style,
}

const PLAIN: Styles = Styles { list: Style::new(), old: Style::new(), new: Style::new(), moved: Style::new() };

const COLOURED: Styles = Styles {
    list: Style::new().bold(),
    old: AnsiColor::Red.on_default(),
    new: AnsiColor::Green.on_default(),
    moved: AnsiColor::Cyan.on_default(),
};

/// The changes for a person to read: those of a kind of entity together, and under each entity its fields.
fn human(diff: &Diff, with_evidence: bool, styles: &Styles) -> String {
    let mut text = String::new();
    let (mut list, mut entity) = ("", None);
    for change in &diff.changes {
        if change.list != list {
            let between = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{between}{style}{}{style:#}", change.list, style = styles.list);
            (list, entity) = (&change.list, None);
        }
        let label = quoted(&change.label);
        if change.field.is_empty() {
            entity = None;
            let _ = match change.kind {
                Kind::Added => writeln!(text, "  {style}added {label}{style:#}", style = styles.new),
                Kind::Removed => writeln!(text, "  {style}removed {label}{style:#}", style = styles.old),
                _ => writeln!(text, "  {}", moved(change, &label, styles)),
            };
            continue;
        }
        let this = Some((&change.entity, &change.label));
        if entity != this && !change.label.is_empty() {
            let _ = writeln!(text, "  {label}");
        }
        entity = this;
        let _ = writeln!(text, "    {}", field(change, styles));
    }
    let between = if text.is_empty() { "" } else { "\n" };
    let _ = writeln!(text, "{between}{}", summary(diff));
    if with_evidence {
        diff.evidence.iter().for_each(|pointer| text.extend(["  ", pointer, "\n"]));
    }
    text
}

/// What became of a field.
fn field(change: &Change, styles: &Styles) -> String {
    let name = harmless(&change.field);
    let (old, new) = (styles.old, styles.new);
    match change.kind {
        Kind::Reworded => format!("{name}: {}", words(&change.words, styles)),
        Kind::Changed => {
            format!("{name}: {old}[-{}-]{old:#}{new}{{+{}+}}{new:#}", value(&change.before), value(&change.after))
        }
        Kind::Added => format!("{name}: {new}{{+{}+}}{new:#}", value(&change.after)),
        Kind::Removed => format!("{name}: {old}[-{}-]{old:#}", value(&change.before)),
        Kind::Moved => moved(change, &name, styles),
    }
}

fn moved(change: &Change, what: &str, styles: &Styles) -> String {
    let place = |value: &Value| value.as_u64().unwrap_or_default() + 1;
    let (from, to, style) = (place(&change.before), place(&change.after), styles.moved);
    format!("{style}moved {what}{style:#} from place {from} to {to}")
}

/// The words of a text that changed, each with some that stand beside it.
fn words(words: &[Word], styles: &Styles) -> String {
    let last = words.len().saturating_sub(1);
    words.iter().enumerate().fold(String::new(), |mut text, (at, word)| {
        let (old, new, words) = (styles.old, styles.new, harmless(&word.text));
        let _ = match word.kind {
            WordKind::Same => write!(text, "{}", beside(&words, at > 0, at < last)),
            WordKind::Removed => write!(text, "{old}[-{words}-]{old:#}"),
            WordKind::Added => write!(text, "{new}{{+{words}+}}{new:#}"),
        };
        text
    })
}

/// The words of an unchanged passage that stand beside a change before or after it.
fn beside(passage: &str, is_after: bool, is_before: bool) -> String {
    /// Words that are shown on each side of a change.
    const SHOWN: usize = 6;
    let words: Vec<&str> = passage.split_inclusive(' ').collect();
    let (first, last) = (if is_after { SHOWN } else { 0 }, if is_before { SHOWN } else { 0 });
    if words.len() <= first + last + 1 {
        return passage.to_owned();
    }
    let (start, end) = (words[..first].concat(), words[words.len() - last..].concat());
    if is_before { format!("{start}… {end}") } else { format!("{start}…") }
}

/// A value on a line: of a thing, what it is called.
fn value(value: &Value) -> String {
    let called = ["title", "name", "text", "credit", "label", "reason", "correction"];
    match value {
        Value::String(text) => short(text),
        Value::Object(_) => called.iter().find_map(|name| value[name].as_str()).map_or_else(|| "…".to_owned(), short),
        _ => short(&value.to_string()),
    }
}

fn quoted(label: &str) -> String {
    format!("“{}”", short(label))
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    /// Characters that are shown of a text.
    const LONGEST: usize = 80;
    let line = harmless(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

fn summary(diff: &Diff) -> String {
    const KINDS: [Kind; 5] = [Kind::Added, Kind::Removed, Kind::Moved, Kind::Reworded, Kind::Changed];
    let counts = KINDS.map(|kind| (kind, diff.changes.iter().filter(|change| change.kind == kind).count()));
    let told: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{count} {}", kind.as_str()))
        .collect();
    let changes = if told.is_empty() { "no differences".to_owned() } else { told.join(", ") };
    match diff.evidence.len() {
        0 => changes,
        moved => format!("{changes}; the evidence of {} moved", count(moved, "entity", "entities")),
    }
}
