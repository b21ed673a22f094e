//! From a place in a text, as a browser tells it, to phrases that a correction can be made of.

use rapporteur_correct::Phrases;
use rapporteur_source::{Source, Span};
use serde::{Deserialize, Serialize};

/// A passage of a text: 1-based lines, and characters counted from 0 in them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Passage {
    /// The id of the source.
    pub(crate) source: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// The phrases of a passage.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Phrase {
    /// The passage, to whole words.
    find: String,
    /// What stands before and after it, as much as it takes to tell it apart; empty where it stands in one place.
    before: String,
    after: String,
    /// Its first words, and its last words where it has more.
    at: String,
    until: Option<String>,
}

/// Words that begin and end a passage; further ones are taken where there are several such places.
const WORDS: usize = 6;
/// Most words that stand before and after a phrase.
const MOST: usize = 24;

impl Passage {
    /// The phrases of the passage; `None` where it holds no word.
    pub(crate) fn phrase(&self, source: &Source) -> Option<Phrase> {
        let span = words_of(source, self.span(source)?)?;
        let find = source.slice(span).to_owned();
        let phrases = Phrases::of(source);
        let is_one = |phrase: &str| phrases.find(phrase).len() == 1;
        let before: Vec<&str> = source.text()[..span.start].split_whitespace().rev().take(MOST).collect();
        let after: Vec<&str> = source.text()[span.end..].split_whitespace().take(MOST).collect();
        let context = |count: usize| {
            let before: Vec<&str> = before.iter().take(count).rev().copied().collect();
            let after: Vec<&str> = after.iter().take(count).copied().collect();
            (before.join(" "), after.join(" "))
        };
        let enough = (0..=MOST).map(context).find(|(before, after)| is_one(format!("{before} {find} {after}").trim()));
        let (before, after) = enough.unwrap_or_default();
        let words: Vec<&str> = find.split_whitespace().collect();
        let shortest = (WORDS.min(words.len())..words.len()).find(|&count| is_one(&words[..count].join(" ")));
        let (at, until) = match shortest {
            None => (words.join(" "), None),
            Some(first) => {
                let last = (WORDS..words.len()).find(|&count| is_one(&words[words.len() - count..].join(" ")));
                (words[..first].join(" "), Some(words[words.len() - last.unwrap_or(words.len())..].join(" ")))
            }
        };
        Some(Phrase { find, before, after, at, until })
    }

    /// Its bytes; `None` where it is not in the text.
    fn span(&self, source: &Source) -> Option<Span> {
        let at = |line: usize, column: usize| {
            let line = source.line_at(line)?.span;
            let text = source.slice(line);
            Some(line.start + text.char_indices().nth(column).map_or(text.len(), |(at, _)| at))
        };
        let (start, end) = (at(self.line, self.column)?, at(self.end_line, self.end_column)?);
        (start <= end).then(|| Span::new(start, end))
    }
}

/// A span as whole words, without the space around them.
fn words_of(source: &Source, span: Span) -> Option<Span> {
    let text = source.text();
    let is_in_word = |at: usize| {
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        before && text[at..].chars().next().is_some_and(char::is_alphanumeric)
    };
    let inside = source.slice(span);
    let mut start = span.start + (inside.len() - inside.trim_start().len());
    let mut end = span.start + inside.trim_end().len();
    if start >= end {
        return None;
    }
    while is_in_word(start) {
        start -= text[..start].chars().next_back().map_or(1, char::len_utf8);
    }
    while is_in_word(end) {
        end += text[end..].chars().next().map_or(1, char::len_utf8);
    }
    Some(Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(text: &str, (line, column): (usize, usize), (end_line, end_column): (usize, usize)) -> Option<Phrase> {
        let source = Source::new("report", "report.txt", text.into());
        Passage { source: "report".to_owned(), line, column, end_line, end_column }.phrase(&source)
    }

    #[test]
    fn a_passage_is_taken_to_whole_words() {
        let found = phrase("Žofie keeps knots.\nAda keeps ropes.\n", (1, 8), (1, 14)).expect("there are words");
        assert_eq!((found.find.as_str(), found.at.as_str(), found.until), ("keeps knots", "keeps knots", None));
        assert_eq!((found.before.as_str(), found.after.as_str()), ("", ""));
        assert_eq!(phrase("A knot.", (1, 1), (1, 2)), None, "a space");
        assert_eq!(phrase("A knot.", (3, 0), (3, 1)), None, "no such line");
        assert_eq!(phrase("A knot.", (1, 4), (1, 2)), None, "backwards");
        assert!(phrase("A knot.", (1, 0), (1, 999)).is_some_and(|found| found.find == "A knot."));
    }

    #[test]
    fn a_phrase_that_stands_in_several_places_has_what_is_around_it() {
        let found = phrase("Ada keeps ropes.\nJon keeps knots.\n", (2, 4), (2, 9)).expect("there are words");
        assert_eq!((found.before.as_str(), found.find.as_str(), found.after.as_str()), ("Jon", "keeps", "knots."));
    }

    #[test]
    fn a_long_passage_has_a_beginning_and_an_end() {
        let text = "One two three four five six seven eight\nnine ten eleven twelve.";
        let found = phrase(text, (1, 0), (2, 99)).expect("there are words");
        assert_eq!(found.at, "One two three four five six");
        assert_eq!(found.until.as_deref(), Some("seven eight nine ten eleven twelve."));
    }
}
