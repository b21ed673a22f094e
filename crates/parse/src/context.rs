//! What every reader of a part needs: the source, the words, and how pieces are put together.

use std::cell::OnceCell;
use std::hash::Hasher as _;

use rapporteur_grammar::Lexicon;
use rapporteur_source::{Clean, Hyphen, Joiner, Passage, Source, Span, Vocabulary, fold};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::naming::Naming;

/// One source being read.
pub(crate) struct Context<'a> {
    pub(crate) source: &'a Source,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) naming: Option<Naming>,
    words: OnceCell<FxHashSet<u64>>,
    usage: OnceCell<Usage>,
}

/// How words stand in the text: what follows what, and which words keep their capital in mid-sentence.
#[derive(Default)]
struct Usage {
    pairs: FxHashMap<u64, u32>,
    /// Capitalised words: how often in mid-sentence, how often at the start of one.
    capitals: FxHashMap<u64, (u32, u32)>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(source: &'a Source, lexicon: &'a Lexicon) -> Self {
        Self { source, lexicon, naming: Naming::of(source, lexicon), words: OnceCell::new(), usage: OnceCell::new() }
    }

    /// Pieces put together, breaks and hyphenation undone.
    pub(crate) fn join<'p>(&self, pieces: impl IntoIterator<Item = &'p Clean<'a>>) -> Passage
    where
        'a: 'p,
    {
        let mut joiner = Joiner::with(self.source.text(), self);
        for piece in pieces {
            joiner.push(piece);
        }
        joiner.finish()
    }

    /// Whether `right` follows `left` anywhere in the text.
    pub(crate) fn follows(&self, left: &str, right: &str) -> bool {
        self.usage().pairs.contains_key(&hash(bare(left), bare(right)))
    }

    /// Whether a capitalised word is a name: it keeps its capital in mid-sentence.
    pub(crate) fn is_proper(&self, word: &str) -> bool {
        let (mid, start) = self.usage().capitals.get(&hash(bare(word), "")).copied().unwrap_or_default();
        mid > 0 && mid * 2 >= start
    }

    fn usage(&self) -> &Usage {
        self.usage.get_or_init(|| {
            let mut usage = Usage::default();
            for line in self.source.text().lines() {
                let mut before: Option<&str> = None;
                for word in line.split_whitespace() {
                    if let Some(before) = before {
                        *usage.pairs.entry(hash(bare(before), bare(word))).or_default() += 1;
                    }
                    if bare(word).starts_with(char::is_uppercase) {
                        let mid = before.is_some_and(|before| before.ends_with(|c: char| is_letter(c) || c == ','));
                        let count = usage.capitals.entry(hash(bare(word), "")).or_default();
                        if mid { count.0 += 1 } else { count.1 += 1 }
                    }
                    before = Some(word);
                }
            }
            usage
        })
    }

    /// The text under a span, line breaks undone.
    pub(crate) fn passage(&self, span: Span) -> Passage {
        let text = self.source.text();
        let mut start = span.start;
        let lines: Vec<Clean<'a>> = text[span.range()]
            .split('\n')
            .map(|line| {
                let here = Span::new(start, start + line.len());
                start = here.end + 1;
                Clean::with(text, here, self)
            })
            .collect();
        self.join(&lines)
    }

    fn words(&self) -> &FxHashSet<u64> {
        self.words.get_or_init(|| {
            let mut words = FxHashSet::default();
            let mut broken = false;
            for token in self.source.text().split_whitespace() {
                // what follows a word broken at a soft hyphen is the rest of it
                let rest = std::mem::replace(&mut broken, token.ends_with('\u{ad}'));
                let token = token.trim_matches(|c: char| !is_letter(c) && !matches!(c, '-' | '\u{ad}'));
                if rest || token.ends_with('-') || token.contains('\u{ad}') {
                    continue;
                }
                let mut before = None;
                for part in token.split('-') {
                    words.insert(hash(part, ""));
                    if let Some(before) = before {
                        words.insert(hash(before, part));
                    }
                    before = Some(part);
                }
            }
            words
        })
    }
}

impl Vocabulary for Context<'_> {
    /// A hyphen stays where the text has the word with it elsewhere, and not without it.
    fn hyphen(&self, left: &str, right: &str) -> Hyphen {
        let words = self.words();
        let whole = words.contains(&hash(&format!("{left}{right}"), ""));
        if !whole && words.contains(&hash(left, right)) { Hyphen::Keep } else { Hyphen::Drop }
    }

    /// The hyphen of a word, unless the text has the word without it, or does not have its parts as words.
    fn soft_hyphen(&self, left: &str, right: &str) -> Hyphen {
        let words = self.words();
        let known = |word: &str| !word.is_empty() && words.contains(&hash(word, ""));
        let compound = words.contains(&hash(left, right)) || known(left) && known(right);
        let name = right.starts_with(char::is_uppercase) && !left.is_empty();
        if name || compound && !known(&format!("{left}{right}")) { Hyphen::Keep } else { Hyphen::Drop }
    }
}

/// A letter, a digit, or a mark that belongs to the letter before it in a decomposed text.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// A word without the signs around it and a possessive ending.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !is_letter(c));
    word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word)
}

/// A word, or a word with a hyphen between `left` and `right`, without regard to case.
fn hash(left: &str, right: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for part in [left, right] {
        // as folding does: letters and digits in composition, without regard to case
        if part.is_ascii() {
            part.bytes().filter(u8::is_ascii_alphanumeric).for_each(|byte| hasher.write_u8(byte.to_ascii_lowercase()));
        } else {
            hasher.write(fold(part).as_bytes());
        }
        hasher.write_u8(b'-');
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_words_at_soft_hyphens_are_no_words() {
        for (text, expected) in [
            ("The river has rav\u{ad} aged the town.", Hyphen::Drop),
            ("The rav have aged, and the river has rav\u{ad} aged the town.", Hyphen::Keep),
        ] {
            let (source, lexicon) = (Source::new("s", "s", text.as_bytes().to_vec()), Lexicon::embedded());
            assert_eq!(Context::new(&source, &lexicon).soft_hyphen("rav", "aged"), expected, "{text}");
        }
    }
}
