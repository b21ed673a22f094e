//! How likely one word of a text follows another, learnt from the text itself.

use rustc_hash::FxHashMap;

use super::text::{NO_TOKEN, Text, Token, is_hyphen};

/// Words as frequent as this are a class of their own,
const FREQUENT: u32 = 8;
/// if they are among so many;
const MOST_WORDS: usize = 160;
/// all others share one with those that end alike, if that ending is among so many.
const MOST_ENDINGS: usize = 60;

/// Classes that are no words and no endings.
mod class {
    /// A word that ends a sentence.
    pub(super) const STOP: u16 = 0;
    /// A word before a comma, a semicolon or a colon.
    pub(super) const COMMA: u16 = 1;
    /// A word before a closing mark.
    pub(super) const CLOSED: u16 = 2;
    /// A word after an opening mark.
    pub(super) const OPENED: u16 = 3;
    pub(super) const NUMBER: u16 = 4;
    pub(super) const CAPITAL: u16 = 5;
    /// A sign without letters or digits.
    pub(super) const SIGN: u16 = 6;
    pub(super) const OTHER: u16 = 7;
    /// A word with an apostrophe before its last letter.
    pub(super) const POSSESSIVE: u16 = 8;
    pub(super) const FIRST: u16 = 9;
}

/// How words stand in a text.
pub(crate) struct Pairs<'t> {
    text: &'t Text<'t>,
    /// How often each word occurs in mid-line.
    words: FxHashMap<&'t str, u32>,
    kinds: Classes<'t>,
    /// The class of each token as a word before another, and as one after another.
    classes: Vec<(u16, u16)>,
    /// What pairs of classes speak for or against.
    table: Vec<f32>,
    class_pairs: FxHashMap<(u16, u16), u32>,
    before: Vec<u32>,
    after: Vec<u32>,
    word_pairs: FxHashMap<(u32, u32), u32>,
    triples: FxHashMap<(u32, u32, u32), u32>,
    all: f32,
}

impl<'t> Pairs<'t> {
    pub(crate) fn of(text: &'t Text<'t>) -> Self {
        let words = words(text);
        let kinds = Classes::of(text);
        let classes: Vec<(u16, u16)> =
            text.tokens.iter().map(|token| (kinds.before(token), kinds.after(token))).collect();
        let count =
            classes.iter().map(|&(before, after)| before.max(after)).max().map_or(0, |class| class as usize + 1);
        let mut pairs = Self {
            text,
            words,
            kinds,
            classes,
            table: Vec::new(),
            class_pairs: FxHashMap::default(),
            before: vec![0; count],
            after: vec![0; count],
            word_pairs: FxHashMap::default(),
            triples: FxHashMap::default(),
            all: 0.0,
        };
        pairs.count();
        pairs
    }

    fn count(&mut self) {
        for row in &self.text.rows {
            for at in row.tokens.clone().skip(1) {
                let (left, right) = (&self.text.tokens[at - 1], &self.text.tokens[at]);
                if left.hyphen {
                    continue;
                }
                let (before, after) = (self.classes[at - 1].0, self.classes[at].1);
                *self.class_pairs.entry((before, after)).or_default() += 1;
                self.before[before as usize] += 1;
                self.after[after as usize] += 1;
                self.all += 1.0;
                *self.word_pairs.entry((left.number, right.number)).or_default() += 1;
                if at - 1 > row.tokens.start {
                    *self.triples.entry((self.text.tokens[at - 2].number, left.number, right.number)).or_default() += 1;
                }
            }
        }
        let count = self.before.len();
        self.table = vec![0.0; count * count];
        for before in 0..count {
            for after in 0..count {
                let seen = self.class_pairs.get(&(before as u16, after as u16)).copied().unwrap_or(0);
                self.table[before * count + after] = self.evidence(seen, before as u16, after as u16);
            }
        }
    }

    fn evidence(&self, seen: u32, before: u16, after: u16) -> f32 {
        let expected = self.before[before as usize] as f32 * self.after[after as usize] as f32 / self.all.max(1.0);
        ((seen as f32 + 1.0) / (expected + 1.0)).ln().clamp(-3.0, 2.0)
    }

    /// What speaks for it that the token `right`, the first of a line, follows `left`, the last of one.
    pub(super) fn over_break(&self, left: u32, right: u32) -> f32 {
        if left == NO_TOKEN {
            return 0.0;
        }
        let (before, after) = (&self.text.tokens[left as usize], &self.text.tokens[right as usize]);
        if before.hyphen { self.hyphenated(before, after) } else { self.plain(left as usize, right as usize, 0) }
    }

    /// What speaks for it that `after` follows `before`, neither of which need be a token of the text.
    pub(crate) fn between(&self, before: &Token<'_>, after: &Token<'_>) -> f32 {
        if before.hyphen {
            return self.hyphenated(before, after);
        }
        let (left, right) = (self.kinds.before(before), self.kinds.after(after));
        let count = self.before.len();
        let known = (left as usize).max(right as usize) < count;
        let score = if known { self.table[left as usize * count + right as usize] } else { 0.0 };
        score + self.of_words(before, after, 0).unwrap_or(0.0)
    }

    /// What speaks for it that the tokens `left` and `left + 1` of one line do stand in one line.
    pub(super) fn within(&self, left: u32) -> f32 {
        if self.text.tokens[left as usize].hyphen {
            // that a word breaks off in mid-line is the clearest sign of all
            return -5.0;
        }
        self.plain(left as usize, left as usize + 1, 1)
    }

    /// `own` pairs of those counted are the one asked for.
    fn plain(&self, left: usize, right: usize, own: u32) -> f32 {
        let (before, after) = (self.classes[left].0, self.classes[right].1);
        let mut score = if own == 0 {
            self.table[before as usize * self.before.len() + after as usize]
        } else {
            let seen = self.class_pairs.get(&(before, after)).copied().unwrap_or(0).saturating_sub(own);
            self.evidence(seen, before, after)
        };
        let tokens = &self.text.tokens;
        if let Some(words) = self.of_words(&tokens[left], &tokens[right], own) {
            score += words;
            let (a, b) = (tokens[left].number, tokens[right].number);
            let mut triples = 0;
            if left > 0 && self.text.row_of(left - 1) == self.text.row_of(left) {
                let key = (tokens[left - 1].number, a, b);
                triples += self.triples.get(&key).copied().unwrap_or(0).saturating_sub(own);
            }
            if right + 1 < tokens.len() && self.text.row_of(right + 1) == self.text.row_of(right) {
                let key = (a, b, tokens[right + 1].number);
                triples += self.triples.get(&key).copied().unwrap_or(0).saturating_sub(own);
            }
            if triples > 0 {
                score += 1.0 + (triples as f32).ln().min(1.0);
            }
        }
        score
    }

    /// What speaks for two words beside each other because they are elsewhere: at `own` of the places counted they are
    /// those asked for.
    fn of_words(&self, left: &Token<'_>, right: &Token<'_>, own: u32) -> Option<f32> {
        let seen = self.word_pairs.get(&(left.number, right.number)).copied().unwrap_or(0).saturating_sub(own);
        if seen == 0 || left.word.is_empty() || right.word.is_empty() || self.kinds.before(left) == class::STOP {
            return None;
        }
        let count = |word| self.words.get(word).copied().unwrap_or(0) as f32;
        let expected = count(left.word) * count(right.word) / self.all.max(1.0);
        Some((0.7 * ((seen as f32 + 0.5) / (expected + 0.5)).ln()).clamp(0.0, 2.5))
    }

    /// Whether a word with a capital stands in the text without it, too.
    pub(crate) fn is_common(&self, word: &str) -> bool {
        self.knows(&word.to_lowercase(), 0)
    }

    /// Whether a word occurs in mid-line, elsewhere than at `own` places.
    fn knows(&self, word: &str, own: u32) -> bool {
        self.words.get(word).copied().unwrap_or(0) > own
    }

    fn hyphenated(&self, before: &Token<'_>, after: &Token<'_>) -> f32 {
        let (left, right) = (before.word, after.word);
        let Some(first) = after.text.chars().next() else { return 0.0 };
        if !first.is_alphanumeric() {
            return -6.0;
        }
        let joined = format!("{left}{right}");
        let lower = joined.to_lowercase();
        if self.knows(&joined, 0) || self.knows(&lower, 0) {
            return 7.0;
        }
        let kept = format!("{left}-{right}");
        if self.knows(&kept, 0) || self.knows(&kept.to_lowercase(), 0) {
            return 6.0;
        }
        if !first.is_lowercase() {
            return -3.0;
        }
        match (self.knows(right, after.inner), self.knows(left, 0)) {
            (false, _) => 4.0,
            (true, true) => 1.0,
            (true, false) => -1.0,
        }
    }
}

/// How often each word occurs where it is whole.
fn words<'t>(text: &'t Text<'t>) -> FxHashMap<&'t str, u32> {
    let mut words = FxHashMap::default();
    for token in text.tokens.iter().filter(|token| token.inner > 0 && !token.hyphen) {
        *words.entry(stem(token.word)).or_default() += 1;
    }
    words
}

/// The classes of words.
struct Classes<'t> {
    words: FxHashMap<&'t str, u16>,
    endings: FxHashMap<&'t str, u16>,
}

impl<'t> Classes<'t> {
    fn of(text: &'t Text<'t>) -> Self {
        let mut words: FxHashMap<&str, u32> = FxHashMap::default();
        let mut endings: FxHashMap<&str, u32> = FxHashMap::default();
        for token in &text.tokens {
            *words.entry(stem(token.word)).or_default() += 1;
            if let Some(ending) = ending(stem(token.word)) {
                *endings.entry(ending).or_default() += 1;
            }
        }
        words.remove("");
        let words = numbered(words, MOST_WORDS, class::FIRST);
        let endings = numbered(endings, MOST_ENDINGS, class::FIRST + words.len() as u16);
        Self { words, endings }
    }

    fn class(&self, token: &Token<'_>) -> u16 {
        let first = token.word.chars().next();
        if let Some(&class) = self.words.get(stem(token.word)) {
            class
        } else if first.is_none() {
            class::SIGN
        } else if first.is_some_and(char::is_numeric) {
            class::NUMBER
        } else if first.is_some_and(char::is_uppercase) {
            class::CAPITAL
        } else {
            ending(stem(token.word)).and_then(|ending| self.endings.get(ending)).copied().unwrap_or(class::OTHER)
        }
    }

    /// The class of a token before another one.
    fn before(&self, token: &Token<'_>) -> u16 {
        match token.text.chars().next_back() {
            _ if token.stop => class::STOP,
            Some(',' | ';' | ':') => class::COMMA,
            Some(')' | ']' | '”' | '"' | '»' | '’' | '\'') => class::CLOSED,
            _ if token.word.ends_with("’s") || token.word.ends_with("'s") => class::POSSESSIVE,
            _ => self.class(token),
        }
    }

    /// The class of a token after another one.
    fn after(&self, token: &Token<'_>) -> u16 {
        match token.text.chars().next() {
            Some('(' | '[' | '“' | '"' | '«' | '„' | '‘' | '\'') => class::OPENED,
            _ => self.class(token),
        }
    }
}

/// The most frequent of these with numbers that count from `first`.
fn numbered(counts: FxHashMap<&str, u32>, most: usize, first: u16) -> FxHashMap<&str, u16> {
    let mut counts: Vec<_> = counts.into_iter().filter(|&(_, count)| count >= FREQUENT).collect();
    counts.sort_unstable_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    counts.truncate(most);
    counts.into_iter().zip(first..).map(|((text, _), number)| (text, number)).collect()
}

/// A word up to its apostrophe, of which there are two forms.
fn stem(word: &str) -> &str {
    word.split(['’', '\'']).next().unwrap_or(word)
}

/// The last two letters of a longer word.
fn ending(word: &str) -> Option<&str> {
    let mut starts = word.char_indices().rev().map(|(at, _)| at).skip(1);
    let at = starts.next()?;
    starts.nth(1).is_some().then(|| &word[at..])
}

/// A word without the signs around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() || is_hyphen(c))
}
