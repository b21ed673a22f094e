//! The titles that the contents and the programme print.

use std::collections::BTreeSet;

use rapporteur_grammar::{self as grammar, Kind, Role};
use rapporteur_source::{Clean, fold, fold_words};

use super::{is_takeaways_heading, split_bold_tail};
use crate::{contents::Entry, context::Context, piece::kind_of, programme::Programme};

/// A title that the contents or the programme print.
#[derive(Clone, Debug)]
pub(crate) struct Title<'a> {
    /// Folded: the whole of it, and the same without the words before its first colon or in its first line.
    pub(crate) whole: String,
    pub(crate) stripped: Option<String>,
    /// As printed, line by line.
    pub(crate) printed: Vec<Clean<'a>>,
    /// The kind that the programme prints with it, folded.
    pub(crate) kind: Option<String>,
    /// Names listed under it.
    pub(crate) people: Vec<(Role, Clean<'a>)>,
    /// What follows it is a list of takeaways, a signed text, a section.
    pub(crate) sort: Sort,
}

/// What a listed title leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Session,
    /// A title of the programme: a session, if the text has it.
    Slot,
    Takeaways,
    Article,
    Section,
}

pub(super) fn listed<'a>(entries: Vec<Entry<'a>>, programme: &Programme<'a>, context: &Context<'a>) -> Vec<Title<'a>> {
    /// Contents or a programme with more entries than this are none; each is compared with every line.
    const MOST: usize = 300;
    let mut titles: Vec<Title<'a>> = Vec::new();
    for mut entry in entries.into_iter().take(MOST) {
        entry.parts = entry.parts.iter().flat_map(split_bold_tail).collect();
        let text = context.join(&entry.parts).text;
        let sort = sort(&text, &entry, context);
        // a kind whose title was lost
        if sort == Sort::Session && names_a_part(&text, context.lexicon) {
            continue;
        }
        titles.push(Title {
            whole: fold(&text),
            stripped: stripped(&text, &entry.parts, entry.kind.is_some(), context),
            printed: entry.parts,
            kind: entry.kind.map(|kind| fold(&kind.text)),
            people: entry.people,
            sort,
        });
    }
    for slot in programme.slots.iter().take(MOST) {
        let text = context.join(&slot.title).text;
        if names_a_part(&text, context.lexicon) {
            continue;
        }
        let whole = fold(&text);
        let kind = (!slot.kind.is_empty()).then(|| fold(&context.join(&slot.kind).text));
        let known = titles.iter_mut().find(|title| {
            similar(&title.whole, &whole) || title.stripped.as_ref().is_some_and(|stripped| similar(stripped, &whole))
        });
        if let Some(title) = known {
            title.kind = title.kind.take().or(kind);
            // the programme knows better what takes place
            if title.sort == Sort::Section {
                title.sort = Sort::Slot;
            }
        } else if whole.len() > 6 {
            let stripped = stripped(&text, &slot.title, kind.is_some(), context);
            let printed = slot.title.clone();
            titles.push(Title { whole, stripped, printed, kind, people: Vec::new(), sort: Sort::Slot });
        }
    }
    titles
}

/// Whether a title of the programme is no title of a session: a heading of the lexicon, or a mere kind.
fn names_a_part(text: &str, lexicon: &grammar::Lexicon) -> bool {
    lexicon.phrase(crate::piece::heading_text(text, lexicon)).iter().any(|phrase| match phrase {
        grammar::Phrase::Kind(kind) => !matches!(kind, Kind::Opening | Kind::Closing),
        grammar::Phrase::Section(_) => true,
        _ => false,
    })
}

pub(super) fn sort(text: &str, entry: &Entry<'_>, context: &Context<'_>) -> Sort {
    let lexicon = context.lexicon;
    let has_section = |text: &str| {
        lexicon
            .phrase(crate::piece::heading_text(text, lexicon))
            .iter()
            .any(|phrase| matches!(phrase, grammar::Phrase::Section(_)))
    };
    if is_takeaways_heading(text, context) {
        Sort::Takeaways
    } else if entry.people.iter().any(|(role, _)| *role == Role::Authors)
        || entry.kind.as_ref().is_some_and(|kind| {
            lexicon.phrase(&kind.text).contains(&grammar::Phrase::Section(grammar::Section::Reflections))
        })
    {
        Sort::Article
    } else if entry.people.is_empty()
        && (has_section(text)
            || text.split_whitespace().any(|word| has_section(word) && kind_of(text, lexicon).is_none())
                && text.split_whitespace().count() <= 3
            || context.naming.as_ref().is_some_and(|naming| naming.find(text).is_some()))
    {
        Sort::Section
    } else {
        Sort::Session
    }
}

/// The title without its kind: what stands before the first colon, or on the first line unless the kind is known
/// (`has_kind`), or a phrase of the lexicon.
pub(super) fn stripped(text: &str, parts: &[Clean<'_>], has_kind: bool, context: &Context<'_>) -> Option<String> {
    if let [first, rest @ ..] = parts
        && !rest.is_empty()
        && kind_of(&first.text, context.lexicon).is_some()
    {
        return Some(fold(&context.join(rest).text));
    }
    if let Ok((rest, _)) = grammar::session_kind(text, context.lexicon) {
        let rest = rest.trim_start_matches([' ', ':', '–', '-', '|']);
        if rest.starts_with(char::is_uppercase) {
            return Some(fold(rest));
        }
    }
    if let Some((_, rest)) = text.split_once(": ") {
        return Some(fold(rest));
    }
    // a kind over its title; a title's last line is shorter than its first
    let (first, rest) = parts.split_first().filter(|(_, rest)| !rest.is_empty() && !has_kind)?;
    let rest = context.join(rest).text;
    (rest.len() * 2 > first.text.len()).then(|| fold(&rest))
}

/// Titles that differ by a comma or a misprint.
pub(crate) fn similar(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (shorter, longer) = if a.len() < b.len() { (a, b) } else { (b, a) };
    shorter.len() >= 12
        && longer.len() - shorter.len() <= 2 + longer.len() / 10
        && !differs_in_letters(a, b)
        && strsim::normalized_levenshtein(a, b) >= 0.9
}

/// Whether one of two titles has so many letters more that the other has not that no misprint explains them: a cheap
/// bound on their distance, for most titles have nothing to do with each other.
fn differs_in_letters(a: &str, b: &str) -> bool {
    let mut counts = [0_i32; 128];
    let (mut left, mut right) = (0, 0);
    for c in a.chars() {
        counts[c as usize % 128] += 1;
        left += 1;
    }
    for c in b.chars() {
        counts[c as usize % 128] -= 1;
        right += 1;
    }
    let more = |sign: i32| counts.iter().map(|count| (sign * count).max(0)).sum::<i32>();
    10 * more(1).max(more(-1)) > left.max(right)
}

/// Whether the shorter of the two begins the longer, a misprint aside.
pub(super) fn begins_alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let length = a.len().min(b.len());
    let same = a[..length].iter().zip(&b[..length]).take_while(|(a, b)| a == b).count();
    same == length || same >= 10
}

/// The words of a title, folded.
pub(crate) fn title_words(text: &str) -> BTreeSet<String> {
    fold_words(text).split(' ').map(str::to_owned).collect()
}

/// Whether most words of two titles are the same: too different to be one with a misprint, too alike to be two.
pub(crate) fn alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    /// Titles of fewer words have too many in common with others.
    const FEWEST_WORDS: usize = 4;
    let common = a.intersection(b).count();
    a.len().min(b.len()) >= FEWEST_WORDS && common * 3 >= a.len().max(b.len()) * 2
}
