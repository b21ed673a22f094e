//! The place of a phrase, and what is to be changed there so that it reads otherwise.

use rapporteur_source::{Source, Span};

use super::sign::{Sign, Symbol, signs};

/// One place of a phrase.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(super) symbols: Vec<Symbol>,
}

impl Found {
    pub(crate) fn span(self) -> Span {
        self.place()
    }

    /// The bytes from the first sign of the phrase to the last.
    pub(crate) fn place(&self) -> Span {
        let (first, last) = (self.symbols[0].span, self.symbols[self.symbols.len() - 1].span);
        Span::new(first.start, last.end.max(first.start))
    }

    /// Whether a blank line stands in the place: what is before it and what is after it may have come together by chance.
    pub(crate) fn runs_over_a_gap(&self, source: &Source) -> bool {
        self.words().windows(2).any(|pair| breaks(gap(source, &pair[0], &pair[1])) > 1)
    }

    /// What is to be replaced, and by what, so that the place of `phrase` reads as `replacement`: the words at the
    /// beginning and at the end that stay as they are are left alone, and other lines stay lines. `None` where nothing
    /// would be other.
    ///
    /// A replacement without line breaks is put on as many lines as it replaces, with as many words on each.
    pub(crate) fn edit(&self, source: &Source, phrase: &str, replacement: &str) -> Option<(Span, String)> {
        let new: Vec<&str> = replacement.split_whitespace().collect();
        if replacement.contains('\n') || new.is_empty() {
            let lines: Vec<String> =
                replacement.trim().lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            return Some((self.place(), lines.join("\n")));
        }
        let old = self.words();
        // a word that a break cuts is what the phrase says it is
        let said: Vec<Vec<Sign>> = phrase.split_whitespace().map(signs).collect();
        let is_said = said.len() == old.len();
        let same = |at: usize, new: &str| {
            let new = signs(new);
            if is_said { said[at] == new } else { !old[at].broken && old[at].signs == new }
        };
        let shorter = old.len().min(new.len());
        let mut head = (0..shorter).take_while(|&at| same(at, new[at])).count();
        let last = |count: usize| (old.len() - 1 - count, new[new.len() - 1 - count]);
        let mut tail = (0..shorter - head).map(last).take_while(|&(at, new)| same(at, new)).count();
        if head + tail == old.len() && old.len() == new.len() {
            // the same words: that they are one run of text, where a gap parts them
            let parted = |pair: &&[Word]| breaks(gap(source, &pair[0], &pair[1])) > 1;
            let first = old.windows(2).position(|pair| parted(&pair))?;
            let last = old.windows(2).rposition(|pair| parted(&pair))?;
            (head, tail) = (first, old.len() - last - 2);
        } else if head + tail == old.len() {
            // words that are only added are so beside one that stays: an edit always has a place
            if tail > 0 { tail -= 1 } else { head -= 1 }
        }
        let (old, new) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
        let span = Span::new(old[0].span.start, old[old.len() - 1].span.end);
        Some((span, laid_out(source, old, new)))
    }

    fn words(&self) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut inside = false;
        for symbol in &self.symbols {
            match symbol.sign {
                Sign::Space | Sign::Break => inside = false,
                sign => {
                    if !inside {
                        words.push(Word { span: symbol.span, signs: Vec::new(), broken: false });
                        inside = true;
                    }
                    if let Some(word) = words.last_mut() {
                        word.span.end = symbol.span.end.max(word.span.end);
                        word.signs.push(sign);
                        word.broken |= sign == Sign::Hyphen;
                    }
                }
            }
        }
        words
    }
}

/// A word as it stands in a text.
struct Word {
    span: Span,
    signs: Vec<Sign>,
    /// Whether a line break cuts it.
    broken: bool,
}

/// The new words on the lines of the old ones: what stood between two old words that a line break parts stands between
/// new ones.
fn laid_out(source: &Source, old: &[Word], new: &[&str]) -> String {
    let mut text = String::new();
    for (index, word) in new.iter().enumerate() {
        let pair = index.checked_sub(1).and_then(|before| Some((old.get(before)?, old.get(index)?)));
        let between =
            pair.map(|(before, after)| gap(source, before, after)).filter(|between| between.trim().is_empty());
        match between.map(|between| (between, breaks(between))) {
            Some((between, 1)) => text.push_str(between),
            // a phrase is one run of text, whatever gaps are in it
            Some((_, 2..)) => text.push('\n'),
            Some(_) => text.push(' '),
            None if index > 0 => text.push(' '),
            None => {}
        }
        text.push_str(word);
    }
    text
}

fn gap<'s>(source: &'s Source, before: &Word, after: &Word) -> &'s str {
    source.slice(Span::new(before.span.end, after.span.start.max(before.span.end)))
}

/// How many lines end in a text, whatever ends them.
fn breaks(text: &str) -> usize {
    text.matches('\n').count().max(text.matches('\r').count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Phrases;

    #[test]
    fn an_edit_leaves_alone_what_stays() {
        for (text, phrase, new, edited) in [
            ("by Ada Brnu, Pilot", "by Ada Brnu, Pilot", "by Ada Brun, Pilot", (7, 12, "Brun,")),
            ("Ada Brun", "Ada Brun", "Ada Maria Brun", (4, 8, "Maria Brun")),
            ("Ada Maria Brun", "Ada Maria Brun", "Ada Brun", (4, 9, "")),
            ("Ada Maria", "Ada Maria", "Ada", (4, 9, "")),
            ("pier-\nmaster", "piermaster", "pier master", (0, 12, "pier master")),
            ("pier-\nmaster", "piermaster", "pier-master", (0, 12, "pier-master")),
            ("hodl to-\nmorrow", "hodl tomorrow", "hold tomorrow", (0, 4, "hold")),
            ("one two\n  three four", "one two three four", "1 2 3 4", (0, 20, "1 2\n  3 4")),
            ("one two", "one two", "one\ntwo", (0, 7, "one\ntwo")),
            ("a one\n\ntwo b", "a one two b", "a one two b", (2, 10, "one\ntwo")),
            ("a one\n\ntwo b", "a one two b", "a one 2 b", (7, 10, "2")),
            ("one two", "one two", "", (0, 7, "")),
        ] {
            let source = Source::new("s", "s.txt", text.into());
            let phrases = Phrases::of(&source);
            let place = phrases.within("", phrase, "").remove(0);
            let (span, text) = place.edit(&source, phrase, new).expect("something is other");
            assert_eq!((span.start, span.end, text.as_str()), edited, "{phrase:?} to {new:?}");
        }
    }
}
