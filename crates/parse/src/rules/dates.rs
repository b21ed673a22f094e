//! Dates as they are printed, whether they exist or not.

use std::ops::Range;

use jiff::civil::Date;
use rapporteur_grammar::Lexicon;

/// A day and a month side by side, and the year behind them if there is one.
#[derive(Debug, PartialEq)]
pub(super) struct PrintedDate {
    pub(super) range: Range<usize>,
    pub(super) day: i8,
    pub(super) month: i8,
    pub(super) year: Option<i16>,
    /// The weekday before it, 1 (Monday) to 7.
    pub(super) weekday: Option<i8>,
}

impl PrintedDate {
    /// The date, with `year` where none is printed; nothing where there is no such day.
    pub(super) fn date(&self, year: Option<i16>) -> Option<Date> {
        Date::new(self.year.or(year)?, self.month, self.day).ok()
    }
}

/// Whether a date is the heading of a day: it stands alone on its line, or nearly, with its weekday.
pub(super) fn heads_a_day(date: &PrintedDate, text: &str) -> bool {
    /// Letters beside it: `Day 2 –`.
    const BESIDE: usize = 10;
    date.weekday.is_some() && text.chars().count() <= text[date.range.clone()].chars().count() + BESIDE
}

/// A token of a date is at most this long, in bytes: a year, or the name of a month or of a weekday.
const LONGEST: usize = 20;

/// The dates in `text` that name their month: `Tuesday, 31 June 2031`, `June 31st`, `3–4 May`: the last day of a run.
pub(super) fn dates_in(text: &str, lexicon: &Lexicon) -> Vec<PrintedDate> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let tokens: Vec<(usize, &str)> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|token| !token.is_empty() && token.len() <= LONGEST)
        .map(|token| (token.as_ptr() as usize - text.as_ptr() as usize, token))
        .collect();
    let day = |token: &str| {
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        let suffix = &token[digits..];
        let ordinal = lexicon.words.numbers.ordinal_suffixes.iter().any(|known| known.eq_ignore_ascii_case(suffix));
        let number = (1..=2).contains(&digits) && (suffix.is_empty() || ordinal);
        number.then(|| token[..digits].parse::<i8>().ok()).flatten()
    };
    // `May 35`: a word that is a month stands with its capital
    let month = |token: &str| {
        token
            .starts_with(char::is_uppercase)
            .then(|| lexicon.month(token))
            .flatten()
            .and_then(|month| i8::try_from(month).ok())
    };
    let year = |token: &str| {
        (token.len() == 4 && token.bytes().all(|b| b.is_ascii_digit())).then(|| token.parse::<i16>().ok()).flatten()
    };
    // a sentence may end between two tokens, and a list of figures go on
    let near = |at: usize| {
        let (start, token) = tokens[at];
        let (next, _) = tokens[at + 1];
        text[start + token.len()..next].chars().all(|c| matches!(c, ' ' | ',' | '.')) && next - start - token.len() <= 2
    };
    let mut found = Vec::new();
    for at in 0..tokens.len().saturating_sub(1) {
        let (first, second) = (tokens[at].1, tokens[at + 1].1);
        let (number, name) = match (day(first), month(second), month(first), day(second)) {
            (Some(day), Some(month), ..) | (.., Some(month), Some(day)) if near(at) => (day, month),
            _ => continue,
        };
        // in `3 May 4`, the day that stands before the month is its own
        let taken = found.last().is_some_and(|before: &PrintedDate| before.range.end > tokens[at].0);
        if taken {
            continue;
        }
        let end_of = |at: usize| tokens[at].0 + tokens[at].1.len();
        let year = (at + 2 < tokens.len() && near(at + 1)).then(|| year(tokens[at + 2].1)).flatten();
        let weekday =
            at.checked_sub(1).filter(|&before| near(before)).and_then(|before| lexicon.weekday(tokens[before].1));
        let start = if weekday.is_some() { tokens[at - 1].0 } else { tokens[at].0 };
        let end = end_of(if year.is_some() { at + 2 } else { at + 1 });
        let weekday = weekday.and_then(|weekday| i8::try_from(weekday).ok());
        found.push(PrintedDate { range: start..end, day: number, month: name, year, weekday });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_whether_they_exist_or_not() {
        let lexicon = Lexicon::embedded();
        for (text, expected) in [
            ("Tuesday, 31 June 2031", &[("Tuesday, 31 June 2031", 31, 6, Some(2031), Some(2))][..]),
            ("on June 31st, we met", &[("June 31st", 31, 6, None, None)]),
            ("3–4 May 2031", &[("4 May 2031", 4, 5, Some(2031), None)]),
            ("3 May and 4 May", &[("3 May", 3, 5, None, None), ("4 May", 4, 5, None, None)]),
            ("19. Oktober 2031", &[("19. Oktober 2031", 19, 10, Some(2031), None)]),
            ("12 may agree", &[]),
            ("of 312 May boats", &[]),
        ] {
            let found = dates_in(text, &lexicon);
            let found: Vec<_> = found
                .iter()
                .map(|date| (&text[date.range.clone()], date.day, date.month, date.year, date.weekday))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
