//! Kinds of session that the lexicon need not know, in the titles that the contents and the programme print: the rest of the
//! report prints the two apart.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rapporteur_grammar as grammar;
use rapporteur_source::{Clean, fold};

use crate::{
    contents::Entry,
    context::Context,
    piece::{Begin, Piece},
    programme::Programme,
};

/// Parts a kind from a slot's title: before a colon, where the contents list what is behind that as a title.
pub(super) fn before_colons<'a>(programme: &mut Programme<'a>, entries: &[Entry<'a>], context: &Context<'a>) {
    let listed: BTreeSet<String> = entries.iter().map(|entry| fold(&context.join(&entry.parts).text)).collect();
    for slot in programme.slots.iter_mut().filter(|slot| slot.kind.is_empty()) {
        let Some(colon) = slot.title.first().and_then(|first| first.text.find(": ")) else { continue };
        let text = context.join(&slot.title).text;
        let whole = listed.contains(&fold(&text));
        if !whole && text.get(colon + 2..).is_some_and(|title| listed.contains(&fold(title))) {
            let first = &slot.title[0];
            slot.kind = vec![first.slice(0..colon)];
            slot.title[0] = first.slice(colon + 2..first.text.len());
        }
    }
}

/// Parts a kind from either end of a title that the programme or the contents print: where the session has it on a line of
/// its own, above or below the lines of the same title.
pub(super) fn beside_titles<'a>(
    programme: &mut Programme<'a>,
    entries: &mut [Entry<'a>],
    pieces: &[Piece<'a>],
    lists: &[Option<&Range<usize>>],
    context: &Context<'a>,
) {
    let slots = || programme.slots.iter().filter(|slot| slot.kind.is_empty() && slot.times.is_some());
    if slots().next().is_none() && entries.is_empty() {
        return;
    }
    let lines = Lines::of(pieces, lists, context.lexicon);
    for slot in programme.slots.iter_mut().filter(|slot| slot.kind.is_empty() && slot.times.is_some()) {
        slot.kind.extend(lines.part(&mut slot.title, context));
    }
    for entry in entries.iter_mut().filter(|entry| entry.kind.is_none()) {
        entry.kind = lines.part(&mut entry.parts, context);
    }
}

/// The short lines of a report that may be kinds.
struct Lines<'p, 'a> {
    pieces: &'p [Piece<'a>],
    /// Where they stand, by what they say beside a day and a time, folded.
    places: BTreeMap<String, Vec<usize>>,
}

/// Where a kind is parted from a title.
#[derive(Clone, Copy)]
enum Cut {
    /// It ends here in the first line.
    First(usize),
    /// It begins here in the last line.
    Last(usize),
}

impl<'p, 'a> Lines<'p, 'a> {
    fn of(pieces: &'p [Piece<'a>], lists: &[Option<&Range<usize>>], lexicon: &grammar::Lexicon) -> Self {
        /// A kind, and the day and time beside it, have no more characters.
        const LONGEST: usize = 100;
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, piece) in pieces.iter().enumerate() {
            let listed = || lists.iter().flatten().any(|list| list.contains(&at));
            if piece.label.is_none() && piece.cues.begin == Begin::Upper && piece.cues.chars <= LONGEST && !listed() {
                let kind = says_when(piece, lexicon).unwrap_or(0..piece.text().len());
                places.entry(fold(&piece.text()[kind])).or_default().push(at);
            }
        }
        Self { pieces, places }
    }

    /// Parts a kind from the lines of a title; `None` where there is none.
    fn part(&self, title: &mut Vec<Clean<'a>>, context: &Context<'a>) -> Option<Clean<'a>> {
        let whole = fold(&context.join(&*title).text);
        let cut = cuts(title).into_iter().find(|cut| self.is_beside(title, &whole, *cut, context.lexicon))?;
        match cut {
            Cut::First(end) => {
                let first = &title[0];
                let kind = first.slice(0..first.text[..end].trim_end_matches([':', ' ']).len());
                let rest = first.text[end..].trim_start().len();
                title[0] = first.slice(first.text.len() - rest..first.text.len());
                title.retain(|line| !line.is_empty());
                Some(kind)
            }
            Cut::Last(start) => {
                let last = title.pop()?;
                let rest = last.text[..start].trim_end().len();
                title.extend((rest > 0).then(|| last.slice(0..rest)));
                Some(last.slice(start..last.text.len()))
            }
        }
    }

    /// Whether the session has the kind on a line of its own. Where that is on the side on which the title has it, the lines
    /// may be those of a longer title: then the line has to be of another form.
    fn is_beside(&self, title: &[Clean<'a>], whole: &str, cut: Cut, lexicon: &grammar::Lexicon) -> bool {
        let (Some(first), Some(last)) = (title.first(), title.last()) else { return false };
        let kind = match cut {
            Cut::First(end) => &first.text[..end],
            Cut::Last(start) => &last.text[start..],
        };
        let folded = fold(kind);
        let rest = match cut {
            Cut::First(_) => whole.strip_prefix(folded.as_str()),
            Cut::Last(_) => whole.strip_suffix(folded.as_str()),
        };
        let (Some(rest), Some(places)) = (rest, self.places.get(&folded)) else { return false };
        kind.starts_with(char::is_uppercase)
            && places.iter().any(|&at| {
                let apart = |side: bool, beside: usize| {
                    let (kind, title) = (&self.pieces[at], &self.pieces[beside]);
                    // no kind is a higher heading than its title
                    level(kind) >= level(title) && (side || differs(kind, title, lexicon))
                };
                self.is_below(at + 1, rest) && apart(matches!(cut, Cut::Last(_)), at + 1)
                    || self.is_above(at, rest) && apart(matches!(cut, Cut::First(_)), at - 1)
            })
    }

    /// Whether the lines from `at` on spell `title`, which is folded.
    fn is_below(&self, at: usize, title: &str) -> bool {
        is_spelt(self.pieces[at..].iter(), title, |rest, line| rest.strip_prefix(line))
    }

    /// Whether the lines before `at` spell `title`, which is folded.
    fn is_above(&self, at: usize, title: &str) -> bool {
        is_spelt(self.pieces[..at].iter().rev(), title, |rest, line| rest.strip_suffix(line))
    }
}

/// Where a title may be parted from a kind: at the spaces near its ends, and where its first line ends or its last begins.
fn cuts(title: &[Clean<'_>]) -> Vec<Cut> {
    /// A kind has no more words.
    const WORDS: usize = 6;
    let (Some(first), Some(last)) = (title.first(), title.last()) else { return Vec::new() };
    let several = title.len() > 1;
    let ends = first.text.match_indices(' ').map(|(space, _)| space).chain(several.then_some(first.text.len()));
    let starts = last.text.rmatch_indices(' ').map(|(space, _)| space + 1).chain(several.then_some(0));
    starts.take(WORDS).map(Cut::Last).chain(ends.take(WORDS).map(Cut::First)).collect()
}

/// Whether `lines` spell `title`; `strip` takes a line off it.
fn is_spelt<'p, 'a: 'p>(
    lines: impl Iterator<Item = &'p Piece<'a>>,
    title: &str,
    strip: impl for<'t> Fn(&'t str, &str) -> Option<&'t str>,
) -> bool {
    /// In a narrow column a title has no more lines.
    const LINES: usize = 12;
    let mut rest = title;
    for piece in lines.take(LINES).take_while(|piece| piece.label.is_none()) {
        match strip(rest, &fold(piece.text())) {
            Some("") => return !title.is_empty(),
            Some(left) => rest = left,
            None => return false,
        }
    }
    false
}

/// Whether a line is none of the lines of the title beside it: it is set in another way, or says when.
fn differs(kind: &Piece<'_>, title: &Piece<'_>, lexicon: &grammar::Lexicon) -> bool {
    level(kind) != level(title)
        || kind.clean.is_bold() != title.clean.is_bold()
        || kind.cues.capitals && !title.cues.capitals
        || says_when(kind, lexicon).is_some()
}

/// The level of a heading; what is none stands below all of them.
fn level(piece: &Piece<'_>) -> u8 {
    const TEXT: u8 = 7;
    Some(piece.clean.marks.heading).filter(|level| *level > 0).unwrap_or(TEXT)
}

/// What a line says beside the day or the time of a session.
fn says_when(piece: &Piece<'_>, lexicon: &grammar::Lexicon) -> Option<Range<usize>> {
    let head = grammar::head(piece.text(), lexicon)?;
    (!head.is_facts() && head.kind.is_none() && (head.days.is_some() || head.times.is_some())).then_some(head.title)
}

#[cfg(test)]
mod tests {
    use rapporteur_source::Source;

    use super::*;

    #[test]
    fn kinds_stand_beside_the_titles_that_the_programme_runs_them_into() {
        let session = "## **What the mud remembers**";
        for (listed, head, expected) in [
            ("What the mud remembers Rivers in focus", format!("{session}\n\nRivers in focus\n"), "Rivers in focus"),
            ("Rivers in focus What the mud remembers", format!("{session}\n\nRivers in focus\n"), "Rivers in focus"),
            ("Rivers in focus What the mud remembers", format!("Rivers in focus\n\n{session}\n"), "Rivers in focus"),
            (
                "What the mud remembers Rivers in focus",
                "What the mud remembers\nRivers in focus | 3 May 2019, 12.00–13.00\n".to_owned(),
                "Rivers in focus",
            ),
            // the last line of a title
            ("What the mud remembers Rivers", "What the mud remembers\nRivers\n".to_owned(), ""),
            ("What the mud remembers", "RIVERS IN FOCUS\nWhat the mud\nremembers\n".to_owned(), ""),
            (
                "Rivers in focus: What the mud remembers",
                "RIVERS IN FOCUS\nWhat the mud remembers\n".to_owned(),
                "Rivers in focus",
            ),
            (
                "Rivers in focus: What the mud remembers",
                "RIVERS IN FOCUS\nWhat the mud\nremembers\n".to_owned(),
                "Rivers in focus",
            ),
            ("What the mud remembers Rivers in focus", format!("{session}\n\nNets for everyone\n"), ""),
        ] {
            let text = format!("{listed}\n\n{head}");
            let (source, lexicon) = (Source::new("s", "s", text.clone().into()), grammar::Lexicon::embedded());
            let context = Context::new(&source, &lexicon);
            let pieces = crate::piece::pieces(&context);
            let lines = Lines::of(&pieces, &[Some(&(0..1))], &lexicon);
            let mut title = vec![pieces[0].clean.clone()];
            let kind = lines.part(&mut title, &context);
            assert_eq!(kind.map_or_else(String::new, |kind| kind.text.to_string()), expected, "{text}");
            if !expected.is_empty() {
                assert_eq!(context.join(&title).text, "What the mud remembers");
            }
        }
    }
}
