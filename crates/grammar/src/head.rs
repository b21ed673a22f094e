//! The head of a session on one line: what stands around its title.

use std::ops::Range;

use crate::{
    Days, Kind, Lexicon, Times,
    dates::{days, days_of_any_year, numbered_day, times},
    marks::{numbering, session_kind},
};

/// What a line of a session's head says beside its title, as ranges of the line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The kind of session with its number, as printed: `Panel 2`.
    pub kind: Option<(Kind, Range<usize>)>,
    /// When it takes place.
    pub times: Option<Times>,
    /// The day.
    pub days: Option<Days>,
    /// Whether it is numbered: `Session 3`, `3.`, `03`, `Day 1`.
    pub numbered: bool,
    /// The title; empty where the line says the rest only.
    pub title: Range<usize>,
}

/// What stands between the parts of a head.
const SEPARATORS: [char; 16] = [' ', '\u{a0}', ',', ';', '|', '·', '•', '–', '—', '-', ':', '/', '(', ')', '[', ']'];

/// `head = { fact separator } [title] { separator fact }`, `fact = times | days | kind [number] | "Session" number |
/// number`: what a line of a session's head says. `None` where it is a title and no more.
///
/// `Session 3 | 12:00–12:30 | In conversation`, `Panel 1: Rivers`, `2. Rivers`, `Rivers (debate)`.
#[must_use]
pub fn head(text: &str, lexicon: &Lexicon) -> Option<Head> {
    let mut head = Head::default();
    let mut at = 0;
    loop {
        let start = at + skip(&text[at..]);
        match head.take(text, start, if at == 0 { Place::First } else { Place::Before }, lexicon) {
            Some(end) => at = end,
            None => break,
        }
    }
    let title = text[at..].trim_start_matches(if at > 0 { &SEPARATORS[..] } else { &[' '] });
    let (start, end) = (text.len() - title.len(), text.trim_end().len());
    let end = if start < end { head.last(text, start..end, lexicon).unwrap_or(end) } else { end };
    head.title = start..end.max(start);
    // what opens a conference is its own title, unless facts stand beside it
    if head.kind.is_none()
        && (head.times.is_some() || head.days.is_some())
        && let Ok(("", kind)) = session_kind(&text[head.title.clone()], lexicon)
    {
        head.kind = Some((kind, head.title.clone()));
        head.title = end..end;
    }
    (head.kind.is_some() || head.times.is_some() || head.days.is_some() || head.numbered).then_some(head)
}

/// Where a fact stands on its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At the start.
    First,
    /// Behind other facts, before the title: what opens and closes a conference is a title there, and no kind.
    Before,
    /// Behind the title.
    Behind,
}

impl Head {
    /// Whether the line says nothing but facts.
    #[must_use]
    pub fn is_facts(&self) -> bool {
        self.title.is_empty()
    }

    /// Takes the fact at `at`; returns where it ends.
    fn take(&mut self, text: &str, at: usize, place: Place, lexicon: &Lexicon) -> Option<usize> {
        let rest = &text[at..];
        let end = |after: &str| text.len() - after.len();
        if rest.is_empty() {
            return None;
        }
        if self.times.is_none()
            && let Ok((after, found)) = times(rest, lexicon)
        {
            self.times = Some(found);
            return Some(end(after));
        }
        if self.days.is_none()
            && let Ok((after, found)) = days(rest, lexicon)
        {
            self.days = Some(found);
            return Some(end(after));
        }
        if let Ok((after, _)) = numbered_day(rest, lexicon)
            && is_boundary(after)
        {
            self.numbered = true;
            return Some(end(after));
        }
        // a day without its year says which day of the conference it is
        if let Ok((after, ())) = days_of_any_year(rest, lexicon)
            && is_boundary(after)
        {
            self.numbered = true;
            return Some(end(after));
        }
        if let Some(length) = session_number(rest, lexicon) {
            self.numbered = true;
            return Some(at + length);
        }
        if self.kind.is_none()
            && let Some((kind, length)) = numbered_kind(rest, lexicon)
            && (place == Place::Behind || !matches!(kind, Kind::Opening | Kind::Closing))
        {
            self.kind = Some((kind, at..at + length));
            return Some(at + length);
        }
        if place == Place::First
            && let Ok((after, _)) = numbering(rest, lexicon)
        {
            self.numbered = true;
            return Some(end(after));
        }
        None
    }

    /// Takes the facts behind the title in `range`; returns where the title ends. The longest run of facts counts: a dash
    /// may part two of them, or stand in a time.
    fn last(&mut self, text: &str, range: Range<usize>, lexicon: &Lexicon) -> Option<usize> {
        /// Facts behind a title have at most so many separators.
        const MOST: usize = 8;
        let body = &text[range.clone()];
        let separators = body.char_indices().rev().filter(|&(at, c)| at > 0 && SEPARATORS[2..].contains(&c));
        let mut found = None;
        for (at, separator) in separators.take(MOST) {
            let stands_apart = !matches!(separator, ':' | '-' | '–' | '—' | '/') || body[..at].ends_with(' ');
            if !stands_apart || matches!(separator, ')' | ']') {
                continue;
            }
            let mut facts = self.clone();
            let start = range.start + at + separator.len_utf8();
            let mut end = start;
            while let Some(next) =
                facts.take(&text[..range.end], end + skip(&text[end..range.end]), Place::Behind, lexicon)
            {
                end = next;
            }
            if end > start && skip(&text[end..range.end]) == range.end - end {
                found = Some((facts, range.start + body[..at].trim_end_matches(SEPARATORS).len()));
            }
        }
        // a dash in a time parts nothing
        let times = last_times(body, lexicon).map(|(at, times)| (range.start + at, times));
        match (found, times) {
            (Some((facts, end)), times) if times.is_none_or(|(at, _)| end <= at) => {
                *self = facts;
                Some(end)
            }
            (_, Some((at, times))) if self.times.is_none() => {
                self.times = Some(times);
                Some(text[..at].trim_end_matches(SEPARATORS).len())
            }
            _ => None,
        }
    }
}

/// The time from when to when that ends a text, and where it starts; nothing but space need part it from a title.
fn last_times(text: &str, lexicon: &Lexicon) -> Option<(usize, Times)> {
    let starts = text.match_indices(' ').map(|(at, _)| at + 1);
    let mut found = starts.filter(|&at| text[at..].starts_with(|c: char| c.is_ascii_digit())).filter_map(|at| {
        match times(&text[at..], lexicon) {
            Ok(("", found)) if found.end.is_some() => Some((at, found)),
            _ => None,
        }
    });
    found.next()
}

fn skip(text: &str) -> usize {
    text.len() - text.trim_start_matches(SEPARATORS).len()
}

/// Whether what was read ends here: no word goes on.
fn is_boundary(rest: &str) -> bool {
    let next = rest.trim_start();
    next.is_empty() || next.starts_with(&SEPARATORS[2..]) || next.starts_with(|c: char| c.is_ascii_digit())
}

/// A kind of session, with its number if it has one: `Panel 2`, `Parallel session A`.
fn numbered_kind(text: &str, lexicon: &Lexicon) -> Option<(Kind, usize)> {
    let (rest, kind) = session_kind(text, lexicon).ok()?;
    if !text.starts_with(char::is_alphabetic) {
        return None;
    }
    let rest = number(rest).filter(|after| is_boundary(after)).unwrap_or(rest);
    let printed = &text[..text.len() - rest.len()];
    let length = printed.trim_end_matches(SEPARATORS).len();
    (is_boundary(rest) || length < printed.len()).then_some((kind, length))
}

/// `Session 3`: its place among the sessions, which is no kind.
fn session_number(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let rest = lexicon.words.numbers.session.iter().find_map(|word| {
        let start = text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word))?;
        Some(&text[start.len()..])
    })?;
    let rest = number(rest).filter(|rest| is_boundary(rest))?;
    Some(text.len() - rest.len())
}

/// ` 2`, ` II`, ` A`: a number behind a word, and what follows it.
fn number(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(' ')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..end];
    let digits = (1..=2).contains(&end) && word.bytes().all(|b| b.is_ascii_digit());
    let roman = (1..=4).contains(&end) && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let letter = end == 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    // the hour of a time
    let time =
        digits && rest[end..].starts_with([':', '.']) && rest[end + 1..].starts_with(|c: char| c.is_ascii_digit());
    ((digits || roman || letter) && !time).then(|| &rest[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_taken_apart() {
        let lexicon = Lexicon::embedded();
        // kind, whether it says a time, whether a number or a day, the title
        for (text, kind, times, other, title) in [
            ("Session 3 | 12:00–12:30 | In conversation", "In conversation", true, true, ""),
            ("Keynote, 09.30–10.15", "Keynote", true, false, ""),
            ("Panel 1: Rivers: Who owns them?", "Panel 1", false, false, "Rivers: Who owns them?"),
            ("Parallel session A · 11:30–12:30", "Parallel session A", true, false, ""),
            ("Wednesday 14 June 2031 | 09:00 – 09:30", "", true, true, ""),
            ("2. Rivers and seas", "", false, true, "Rivers and seas"),
            ("03 Rivers and seas", "", false, true, "Rivers and seas"),
            ("09:30–10:15 Rivers", "", true, false, "Rivers"),
            ("Rivers and seas (Debate)", "Debate", false, false, "Rivers and seas"),
            ("1. RIVERS AND SEAS (Opening session)", "Opening session", false, true, "RIVERS AND SEAS"),
            ("Plenary I, Wednesday, 5 June, 11:30", "Plenary I", true, true, ""),
            ("Opening session | 5 June 2019, 09.30–10.15", "Opening session", true, true, ""),
            ("Rivers in focus 2:30 pm – 3:50 pm", "", true, false, "Rivers in focus"),
            ("Rivers and seas | Panel 2 | 12:00–12:30", "Panel 2", true, false, "Rivers and seas"),
            ("Keynote · 09:30 – 10:15", "Keynote", true, false, ""),
            ("Day 1 – Keynote", "Keynote", false, true, ""),
            ("Session 1 | 09:00–09:40 | Opening session", "Opening session", true, true, ""),
        ] {
            let head = head(text, &lexicon).unwrap_or_else(|| panic!("{text}"));
            let printed = head.kind.map_or("", |(_, range)| &text[range]);
            let said = (printed, head.times.is_some(), head.numbered || head.days.is_some(), &text[head.title]);
            assert_eq!(said, (kind, times, other, title), "{text}");
        }
    }

    #[test]
    fn a_title_alone_is_no_head() {
        let lexicon = Lexicon::embedded();
        for text in ["Rivers and seas", "In conversation with the sea", "Opening remarks", "Panels in the sun", "", " "]
        {
            assert_eq!(head(text, &lexicon), None, "{text}");
        }
    }
}
