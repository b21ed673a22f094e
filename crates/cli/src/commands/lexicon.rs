use std::collections::BTreeMap;
use std::fmt::Write as _;

use rapporteur_diagnostics::count;
use rapporteur_grammar::Lexicon;
use rapporteur_source::fold;
use toml::{Table, Value};

use super::print;
use crate::{Failure, Outcome, args, input, output};

/// `rapporteur lexicon`: the words that the parser knows, or what a file adds to them.
pub(crate) fn run(args: &args::Lexicon) -> Result<Outcome, Failure> {
    let Some(path) = &args.words.lexicon else { return print(Lexicon::TEXT) };
    let (file, _) = input::lexicon_file(path)?;
    let (added, summary) = additions(file.text());
    output::stdout(&added)?;
    output::stderr(&summary);
    Ok(Outcome::Clean)
}

/// What `file` adds to the lexicon that comes with the tool, a list a line, and how much that is.
fn additions(file: &str) -> (String, String) {
    let known = entries(Lexicon::TEXT);
    let (mut lists, mut new, mut old) = (0, 0, 0);
    let mut text = String::new();
    for (list, words) in entries(file) {
        let has = |word: &String| known.get(&list).is_some_and(|known| known.iter().any(|known| same(known, word)));
        let (there, added): (Vec<String>, Vec<String>) = words.into_iter().partition(has);
        old += there.len();
        new += added.len();
        if !added.is_empty() {
            lists += 1;
            let _ = writeln!(text, "{list}: {}", added.join(", "));
        }
    }
    let there = if old == 0 { String::new() } else { format!("; {old} known already") };
    (text, format!("{} added to {}{there}\n", count(new, "entry", "entries"), count(lists, "list", "lists")))
}

/// The entries of each list of a lexicon file: `roles.speakers`, `dates.months[1]`. A list of signs has an entry a sign.
fn entries(file: &str) -> BTreeMap<String, Vec<String>> {
    let mut entries = BTreeMap::new();
    // The file was read before; what is not of the lexicon's shape was told then.
    for (table, lists) in file.parse::<Table>().unwrap_or_default() {
        for (list, value) in lists.as_table().into_iter().flatten() {
            collect(format!("{table}.{list}"), value, &mut entries);
        }
    }
    entries
}

fn collect(list: String, value: &Value, entries: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Value::String(signs) => entries.entry(list).or_default().extend(signs.chars().map(String::from)),
        Value::Array(values) => {
            for (place, value) in values.iter().enumerate() {
                match value {
                    Value::String(word) => entries.entry(list.clone()).or_default().push(word.clone()),
                    _ => collect(format!("{list}[{}]", place + 1), value, entries),
                }
            }
        }
        _ => {}
    }
}

/// Whether the parser takes two entries for the same.
fn same(one: &str, other: &str) -> bool {
    let (one_folded, other_folded) = (fold(one), fold(other));
    if one_folded.is_empty() { one == other } else { one_folded == other_folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_what_it_adds() {
        let (text, summary) = additions(
            "[roles]\nspeakers = [\"Sur le plateau\", \"ON STAGE\", \"Podium\"]\n[dates]\nmonths = [[\"Janvier\"]]\n\
             [glyphs]\nbullets = \"•☞\"",
        );
        assert_eq!(text, "dates.months[1]: Janvier\nglyphs.bullets: ☞\nroles.speakers: Sur le plateau, Podium\n");
        assert_eq!(summary, "4 entries added to 3 lists; 2 known already\n");
    }

    #[test]
    fn the_embedded_lexicon_adds_nothing_to_itself() {
        assert_eq!(additions(Lexicon::TEXT).0, "");
    }
}
