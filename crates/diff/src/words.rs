//! What became of the words of a text.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::change::{Word, WordKind};

/// The words of two texts in one order; `None` where they have too little in common for that to say anything.
pub(crate) fn words(old: &str, new: &str) -> Option<Vec<Word>> {
    /// At least one in this many letters stays.
    const STAYS: usize = 3;
    let (old, new) = (tokens(old), tokens(new));
    let mut words: Vec<Word> = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    for (at, op) in ops.iter().enumerate() {
        let tokens = old[op.old_range()].concat();
        let is_same = matches!(op, DiffOp::Equal { .. });
        // white space between two changes belongs to one change
        if is_same && (at == 0 || at + 1 == ops.len() || !tokens.trim().is_empty()) {
            push(&mut words, WordKind::Removed, &mut removed);
            push(&mut words, WordKind::Added, &mut added);
            words.push(Word { kind: WordKind::Same, text: tokens });
        } else {
            removed.push_str(&tokens);
            added.extend(new[op.new_range()].iter().copied());
        }
    }
    push(&mut words, WordKind::Removed, &mut removed);
    push(&mut words, WordKind::Added, &mut added);
    let letters = |kind: Option<WordKind>| -> usize {
        let words = words.iter().filter(|word| kind.is_none_or(|kind| word.kind == kind));
        words.map(|word| word.text.chars().filter(|c| c.is_alphanumeric()).count()).sum()
    };
    let stays = letters(Some(WordKind::Same));
    (stays > 0 && stays * STAYS >= letters(None) - stays).then_some(words)
}

fn push(words: &mut Vec<Word>, kind: WordKind, text: &mut String) {
    if !text.is_empty() {
        words.push(Word { kind, text: std::mem::take(text) });
    }
}

/// Words, runs of white space, and every other sign alone.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_whitespace() => 0,
        c if c.is_alphanumeric() => 1,
        _ => 2,
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let now = kind(c);
        if before.is_some_and(|before| before != now || now == 2) {
            tokens.push(&text[start..at]);
            start = at;
        }
        before = Some(now);
    }
    tokens.extend((start < text.len()).then(|| &text[start..]));
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_changed_are_marked() {
        let marked = |old: &str, new: &str| {
            words(old, new).map(|words| {
                words.iter().fold(String::new(), |text, word| {
                    text + &match word.kind {
                        WordKind::Same => word.text.clone(),
                        WordKind::Removed => format!("[-{}-]", word.text),
                        WordKind::Added => format!("{{+{}+}}", word.text),
                    }
                })
            })
        };
        for (old, new, expected) in [
            ("A lamp, trimmed.", "A light, trimmed.", Some("A [-lamp-]{+light+}, trimmed.")),
            ("who keeps", "Who keeps", Some("[-who-]{+Who+} keeps")),
            ("It is so", "It is", Some("It is[- so-]")),
            (
                "A lamp it pays for is lit",
                "A lamp it looks after is lit",
                Some("A lamp it [-pays for-]{+looks after+} is lit"),
            ),
            ("2031-05-01", "2031-05-02", Some("2031-05-[-01-]{+02+}")),
            ("Ada", "Olu", None),
            ("The lamp of Selvik and its keeper", "The rivers that nobody looks after", None),
        ] {
            assert_eq!(marked(old, new).as_deref(), expected, "{old} / {new}");
        }
    }
}
