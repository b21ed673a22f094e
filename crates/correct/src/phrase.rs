//! Finding a phrase in a text however its lines are broken.

use std::cell::OnceCell;
use std::cmp::Reverse;

use memchr::memmem;
use rapporteur_source::{Clean, Source, Span, fold_words};
use rustc_hash::FxHashMap;

/// A text as phrases are looked for in it: without the marks of an extractor, line breaks and the hyphens before them.
pub struct Phrases<'s> {
    source: &'s Source,
    symbols: Vec<Symbol>,
    /// The letters, digits and signs alone; spaces and hyphens are compared where these agree.
    bare: String,
    /// For each byte of `bare` at which a symbol starts, which symbol it is; `NONE` for the others.
    at: Vec<u32>,
    /// The folded words, made when a phrase stands nowhere.
    words: OnceCell<Vec<(String, Span)>>,
}

const NONE: u32 = u32::MAX;

/// One sign of a text, and where it stands.
#[derive(Clone, Copy, Debug)]
struct Symbol {
    sign: Sign,
    span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// A letter, a digit or a sign; quotation marks of one kind are one sign, and dashes are hyphens.
    Of(char),
    /// White space.
    Space,
    /// A line break that may be a space or nothing, as behind a dash.
    Break,
    /// A hyphen before a line break: that of a word, or one that the break caused.
    Hyphen,
}

impl<'s> Phrases<'s> {
    /// Takes the marks out of a text, once for all phrases.
    #[must_use]
    pub fn of(source: &'s Source) -> Self {
        let symbols = symbols(source);
        let mut bare = String::with_capacity(symbols.len());
        let mut at = Vec::with_capacity(symbols.len());
        for (index, symbol) in symbols.iter().enumerate() {
            if let Sign::Of(c) = symbol.sign
                && c != '-'
            {
                at.push(u32::try_from(index).unwrap_or(NONE));
                bare.push(c);
                at.resize(bare.len(), NONE);
            }
        }
        Self { source, symbols, bare, at, words: OnceCell::new() }
    }

    /// The text that is searched.
    #[must_use]
    pub fn source(&self) -> &'s Source {
        self.source
    }

    /// Every place of a phrase, as whole words, in the order of the text.
    ///
    /// White space and line breaks, the hyphens that breaks cause, the marks of an extractor, and the forms of quotation
    /// marks and dashes do not count; letters and their case do.
    #[must_use]
    pub fn find(&self, phrase: &str) -> Vec<Span> {
        self.within("", phrase, "").into_iter().map(Found::span).collect()
    }

    /// The places of `phrase` between `before` and `after`, which may be empty.
    pub(crate) fn within(&self, before: &str, phrase: &str, after: &str) -> Vec<Found> {
        let [before, phrase, after] = [before, phrase, after].map(signs);
        let mut whole = before.clone();
        let mut bounds = [0; 2];
        for (part, bound) in [(&phrase, 0), (&after, 1)] {
            let parts =
                whole.last().is_some_and(|last| last.is_word()) && part.first().is_some_and(|sign| sign.is_word());
            bounds[bound] = whole.len();
            whole.extend((parts || !whole.is_empty() && !part.is_empty()).then_some(Sign::Break));
            whole.extend(part);
        }
        let first = before.len() + usize::from(!before.is_empty() && !phrase.is_empty());
        let last = first + phrase.len();
        let bare: String = whole.iter().filter_map(|sign| sign.bare()).collect();
        if bare.is_empty() || phrase.is_empty() {
            return Vec::new();
        }
        let leading = whole.iter().take_while(|sign| sign.bare().is_none()).count();
        let starts = memmem::find_iter(self.bare.as_bytes(), bare.as_bytes());
        starts
            .filter_map(|start| {
                let start = (self.at[start] != NONE).then_some(self.at[start] as usize)?;
                self.matched(start.checked_sub(leading)?, &whole, first..last)
            })
            .collect()
    }

    /// Whether the signs stand at `start`; if so, where those in `wanted` stand.
    fn matched(&self, start: usize, signs: &[Sign], wanted: std::ops::Range<usize>) -> Option<Found> {
        let (mut at, mut next) = (start, 0);
        let (mut first, mut last) = (None, None);
        while next < signs.len() {
            let symbol = self.symbols.get(at)?;
            let step = step(symbol.sign, signs[next])?;
            if wanted.contains(&next) && step.0 == 1 && step.1 == 1 {
                first.get_or_insert(at);
                last = Some(at);
            }
            at += step.0;
            next += step.1;
        }
        let word = |index: Option<usize>| {
            index.and_then(|index| self.symbols.get(index)).is_some_and(|symbol| symbol.sign.is_word())
        };
        let joined = |index: Option<usize>| {
            index.and_then(|index| self.symbols.get(index)).is_some_and(|symbol| symbol.sign == Sign::Hyphen)
        };
        let before = start.checked_sub(1);
        let cut_before = signs[0].is_word() && (word(before) || joined(before));
        let cut_after = signs[signs.len() - 1].is_word() && (word(Some(at)) || joined(Some(at)));
        let (first, last) = (first?, last?);
        (!cut_before && !cut_after).then(|| Found { symbols: self.symbols[first..=last].to_vec() })
    }

    /// Places that are most like a phrase that stands nowhere: at most `count`, the likeliest first.
    #[must_use]
    pub fn nearest(&self, phrase: &str, count: usize) -> Vec<Span> {
        /// What is less alike is something else; 1 is the same.
        const ALIKE: f64 = 0.6;
        /// Places that are looked at more closely.
        const TRIED: usize = 12;
        /// A longer phrase is looked for by its first words.
        const WORDS: usize = 60;
        let wanted: Vec<String> = fold_words(phrase).split(' ').take(WORDS).map(str::to_owned).collect();
        if wanted.iter().all(String::is_empty) {
            return Vec::new();
        }
        let words = self.words.get_or_init(|| self.words());
        let mut starts: FxHashMap<usize, usize> = FxHashMap::default();
        for (at, (word, _)) in words.iter().enumerate() {
            for (offset, _) in wanted.iter().enumerate().filter(|(_, wanted)| *wanted == word) {
                *starts.entry(at.saturating_sub(offset)).or_default() += 1;
            }
        }
        let mut starts: Vec<(usize, usize)> = starts.into_iter().collect();
        starts.sort_by_key(|(start, count)| (Reverse(*count), *start));
        starts.truncate(TRIED);
        if let [only] = wanted.as_slice() {
            let like = |word: &str| strsim::normalized_damerau_levenshtein(only, word) >= ALIKE;
            starts = words.iter().enumerate().filter(|(_, (word, _))| like(word)).map(|(at, _)| (at, 1)).collect();
        }
        let whole = wanted.join(" ");
        let mut scored: Vec<(f64, Span)> = starts
            .into_iter()
            .filter_map(|(start, _)| {
                let window =
                    words.get(start..(start + wanted.len()).min(words.len())).filter(|window| !window.is_empty())?;
                let text = window.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ");
                let span = Span::new(window[0].1.start, window[window.len() - 1].1.end);
                Some((strsim::normalized_damerau_levenshtein(&whole, &text), span))
            })
            .filter(|(alike, _)| *alike >= ALIKE)
            .collect();
        scored.sort_by(|(one, place), (other, elsewhere)| other.total_cmp(one).then(place.cmp(elsewhere)));
        let mut nearest: Vec<Span> = Vec::new();
        for (_, span) in scored {
            if nearest.len() < count && nearest.iter().all(|known| span.end <= known.start || known.end <= span.start) {
                nearest.push(span);
            }
        }
        nearest
    }

    /// The folded words of the text and where they stand.
    fn words(&self) -> Vec<(String, Span)> {
        let mut words = Vec::new();
        let mut word = String::new();
        let mut place: Option<Span> = None;
        for symbol in &self.symbols {
            match symbol.sign {
                Sign::Of(c) if c.is_alphanumeric() => {
                    word.push(c);
                    place = Some(place.map_or(symbol.span, |place| Span::new(place.start, symbol.span.end)));
                }
                Sign::Hyphen => {}
                _ => {
                    words.extend(place.take().map(|place| (fold_words(&std::mem::take(&mut word)), place)));
                }
            }
        }
        words.extend(place.map(|place| (fold_words(&word), place)));
        words
    }
}

/// One place of a phrase.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    symbols: Vec<Symbol>,
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

impl Sign {
    fn is_word(self) -> bool {
        matches!(self, Self::Of(c) if c.is_alphanumeric())
    }

    fn bare(self) -> Option<char> {
        match self {
            Self::Of(c) if c != '-' => Some(c),
            _ => None,
        }
    }
}

/// How far two texts go on together: how many signs of each; `None` where they part.
fn step(text: Sign, phrase: Sign) -> Option<(usize, usize)> {
    use Sign::{Break, Hyphen, Of, Space};
    match (text, phrase) {
        _ if text == phrase => Some((1, 1)),
        (Hyphen, Of('-')) | (Of('-'), Hyphen) | (Break, Space) | (Space, Break) => Some((1, 1)),
        (Hyphen | Break, _) => Some((1, 0)),
        (_, Hyphen | Break) => Some((0, 1)),
        _ => None,
    }
}

/// The signs of a phrase as somebody writes it: that it may be copied from a text, with its breaks and marks, is no
/// matter.
fn signs(phrase: &str) -> Vec<Sign> {
    let source = Source::new("", "", phrase.as_bytes().to_vec());
    symbols(&source).into_iter().map(|symbol| symbol.sign).collect()
}

fn symbols(source: &Source) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Vec::with_capacity(source.text().len());
    for line in source.lines() {
        let clean = Clean::new(source.text(), line.span);
        if clean.is_empty() {
            continue;
        }
        join(&mut symbols, clean.span().start);
        for (at, c) in clean.text.char_indices() {
            let sign = if c.is_whitespace() { Sign::Space } else { Sign::Of(sign_of(c)) };
            let span = clean.source_span(at..at + c.len_utf8());
            symbols.push(Symbol { sign, span });
        }
    }
    symbols
}

/// What stands between the last line and the next, which begins at `start`.
fn join(symbols: &mut Vec<Symbol>, start: usize) {
    let Some(last) = symbols.last().copied() else { return };
    let gap = Span::new(last.span.end, start.max(last.span.end));
    let after_word = symbols.len() > 1 && symbols[symbols.len() - 2].sign.is_word();
    match last.sign {
        Sign::Of('\u{ad}') => {
            symbols.pop();
            symbols.push(Symbol { sign: Sign::Hyphen, ..last });
        }
        Sign::Of('-') if after_word => {
            symbols.pop();
            symbols.push(Symbol { sign: Sign::Hyphen, ..last });
        }
        Sign::Of('-' | '/') => symbols.push(Symbol { sign: Sign::Break, span: gap }),
        _ => symbols.push(Symbol { sign: Sign::Space, span: gap }),
    }
}

/// One sign for all forms of it.
fn sign_of(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | '´' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, phrase: &str) -> Vec<String> {
        let source = Source::new("s", "s.txt", text.into());
        Phrases::of(&source).find(phrase).into_iter().map(|span| source.slice(span).to_owned()).collect()
    }

    #[test]
    fn a_phrase_is_found_however_its_lines_are_broken() {
        for (text, phrase, places) in [
            ("the ropes of tomorrow", "ropes of", vec!["ropes of"]),
            ("the ropes\n  of to-\nmorrow", "ropes of tomorrow", vec!["ropes\n  of to-\nmorrow"]),
            ("a cross-\nborder trade", "cross-border trade", vec!["cross-\nborder trade"]),
            ("a cross-border trade", "cross-\nborder trade", vec!["cross-border trade"]),
            ("a cross\u{ad}\nborder trade", "crossborder", vec!["cross\u{ad}\nborder"]),
            ("**Ada** Brun, _Pilot_", "Ada Brun, Pilot", vec!["Ada** Brun, _Pilot"]),
            ("Ada Brun", "**Ada** Brun", vec!["Ada Brun"]),
            ("“Ropes hold.”", "\"Ropes hold.\"", vec!["“Ropes hold.”"]),
            ("the pier—\nand more", "the pier—and", vec!["the pier—\nand"]),
            ("the pier —\nand more", "the pier — and", vec!["the pier —\nand"]),
            ("and/\nor", "and/or", vec!["and/\nor"]),
            ("2015 -\nand", "2015 - and", vec!["2015 -\nand"]),
            ("Z\u{30c}ofie", "Žofie", vec!["Z\u{30c}ofie"]),
            ("ropes ropes", "ropes", vec!["ropes", "ropes"]),
            ("- Ada Brun", "- Ada", vec!["- Ada"]),
        ] {
            assert_eq!(found(text, phrase), places, "{phrase:?} in {text:?}");
        }
    }

    #[test]
    fn other_words_are_not_found() {
        for (text, phrase) in [
            ("the ropes", "rope"),
            ("the ropes", "opes"),
            ("mig-\nration", "ration"),
            ("mig-\nration", "mig"),
            ("Migration", "Mi gration"),
            ("reform", "re-form"),
            ("re-form", "reform"),
            ("Ropes", "ropes"),
            ("ropes", ""),
            ("ropes", " - "),
            ("", "ropes"),
        ] {
            assert_eq!(found(text, phrase), Vec::<String>::new(), "{phrase:?} in {text:?}");
        }
    }

    #[test]
    fn context_tells_places_apart() {
        let source = Source::new("s", "s.txt", "the old rope, the new rope and a rope".into());
        let phrases = Phrases::of(&source);
        let starts = |before: &str, after: &str| -> Vec<usize> {
            phrases.within(before, "rope", after).into_iter().map(|found| found.span().start).collect()
        };
        assert_eq!(starts("", ""), [8, 22, 33]);
        assert_eq!(starts("new", ""), [22]);
        assert_eq!(starts("", ", the"), [8]);
        assert_eq!(starts("new", "and a"), [22]);
        assert_eq!(starts("old", "and a"), Vec::<usize>::new());
    }

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

    #[test]
    fn what_is_nearly_the_phrase_is_named() {
        let source = Source::new("s", "s.txt", "The ropes of tomor-\nrow hold. Other words stand here. Knots.".into());
        let phrases = Phrases::of(&source);
        let nearest = |phrase: &str| -> Vec<&str> {
            phrases.nearest(phrase, 3).into_iter().map(|span| source.slice(span)).collect()
        };
        assert_eq!(nearest("the rope of tomorrow hold"), ["The ropes of tomor-\nrow hold"]);
        assert_eq!(nearest("Knot"), ["Knots"]);
        assert_eq!(nearest("nothing of the kind at all"), Vec::<&str>::new());
        assert_eq!(nearest("…"), Vec::<&str>::new());
    }
}
