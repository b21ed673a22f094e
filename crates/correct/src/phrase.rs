//! Finding a phrase in a text however its lines are broken.

mod found;
mod sign;

use std::cell::OnceCell;
use std::cmp::Reverse;

use memchr::memmem;
use rapporteur_source::{Source, Span, fold_words};
use rustc_hash::FxHashMap;

pub(crate) use self::found::Found;
use self::sign::{Sign, Symbol, signs, step, symbols};

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
        /// One word is like many others: two letters may be swapped, or one of them be wrong.
        const ALIKE_AS_A_WORD: f64 = 0.75;
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
        let alike = if wanted.len() == 1 { ALIKE_AS_A_WORD } else { ALIKE };
        if let [only] = wanted.as_slice() {
            let like = |word: &str| strsim::normalized_damerau_levenshtein(only, word) >= alike;
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
            .filter(|(like, _)| *like >= alike)
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
