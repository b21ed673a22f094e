//! The printed programme: days, slots, and the credits that some programmes print under them.

use std::ops::Range;

use jiff::civil::Date;
use rapporteur_grammar::{self as grammar, Kind, Lexicon, Role, Section, Times};
use rapporteur_source::Clean;

use crate::piece::{Begin, End, Piece, numbered_kind};

mod find;
mod read;
mod rows;

use self::find::is_title_like_head;
pub(crate) use self::{find::find, read::read};

/// A day as printed.
#[derive(Clone, Debug)]
pub(crate) struct Day<'a> {
    pub(crate) date: Date,
    pub(crate) printed: Clean<'a>,
    /// Whether the year is printed with it.
    pub(crate) year: bool,
}

/// One slot of the programme.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slot<'a> {
    pub(crate) date: Option<Day<'a>>,
    /// When, and where that is printed: over a break, in two places.
    pub(crate) times: Option<(Times, Vec<Clean<'a>>)>,
    /// The kind as printed, line by line.
    pub(crate) kind: Vec<Clean<'a>>,
    /// What is printed of its title, line by line.
    pub(crate) title: Vec<Clean<'a>>,
    /// Credits printed under it, each in its lines.
    pub(crate) credits: Vec<(Role, Vec<Clean<'a>>)>,
}

/// The programme and what it says of the place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Programme<'a> {
    pub(crate) slots: Vec<Slot<'a>>,
    /// Lines under a date that are no slot: where it takes place.
    pub(crate) places: Vec<Clean<'a>>,
}

/// What the forms of a programme are read with: the words, and the year that belongs to days printed without one.
pub(crate) struct Words<'l> {
    pub(crate) lexicon: &'l Lexicon,
    pub(crate) year: Option<i16>,
    /// The text of the source: its white space shows the cells of a table.
    pub(crate) text: &'l str,
}

impl Words<'_> {
    /// The date that `text` starts with; one without its year only where it is all of `text`.
    fn days<'t>(&self, text: &'t str) -> Option<(&'t str, Date, bool)> {
        if let Ok((rest, days)) = grammar::days(text, self.lexicon) {
            return Some((rest, days.first, true));
        }
        let (rest, days) = grammar::days_of(text, self.year?, self.lexicon).ok()?;
        rest.trim_matches(|c: char| c.is_whitespace() || c == '|').is_empty().then_some((rest, days.first, false))
    }
}

/// A line of a programme is at most this long, in characters.
const LONGEST_LINE: usize = 250;

/// Whether `text` can be the title of a slot: a mere kind is none, unless it opens or closes the meeting.
fn is_title(text: &str, lexicon: &Lexicon) -> bool {
    matches!(numbered_kind(text, lexicon), None | Some(Kind::Opening | Kind::Closing))
}

/// `AGENDA`, `Agenda Spring Water Forum 2019`: the heading's first word counts.
fn is_heading(piece: &Piece<'_>) -> bool {
    piece.cues.section == Some(Section::Agenda)
}

/// `Tuesday, 19 October 2021`, `Day 1`, `Day One: Tuesday, 19 October`: a line that begins a day, and no more.
pub(crate) fn is_day_heading(piece: &Piece<'_>, words: &Words<'_>) -> bool {
    /// A heading of a day is at most this long, in characters.
    const LONGEST: usize = 100;
    let text = piece.text();
    piece.cues.chars <= LONGEST
        && times_in(piece, words.lexicon).is_empty()
        && (!dates_in(text, words).is_empty()
            || grammar::numbered_day(text, words.lexicon).is_ok_and(|(rest, _)| rest.trim().is_empty()))
}

/// Words over the columns of a table, and no others: `Time Session Speakers`.
fn is_header(text: &str, lexicon: &Lexicon) -> bool {
    let mut columns = text.split(|c: char| c.is_whitespace() || c == '|').filter(|word| !word.is_empty()).peekable();
    columns.peek().is_some()
        && columns.all(|word| lexicon.words.dates.columns.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// A name with an office or with other names behind it.
fn is_credit_line(piece: &Piece<'_>, words: &Words<'_>) -> bool {
    let Some(name) = &piece.cues.name else { return false };
    let rest = piece.text()[name.end..].trim_start();
    let separator = rest.chars().next().is_some_and(|c| matches!(c, ',' | '|' | '(' | '–' | '—'));
    // `Rivers in Focus (Panel 2)` is a title
    let inside = rest.strip_prefix('(').and_then(|rest| rest.split(')').next()).unwrap_or_default();
    separator
        && numbered_kind(inside, words.lexicon).is_none()
        && numbered_kind(&piece.text()[..name.end], words.lexicon).is_none()
        && !rest.ends_with('?')
}

/// Whether a label of credits stands at the start of a line: `Panel I` is a kind, `Panel` may be the label of its people.
fn labels_credits(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    let before = piece.text().split(':').next().unwrap_or_default();
    piece.cues.role.is_some() && !(before.contains(' ') && numbered_kind(before, lexicon).is_some())
}

/// The times of a piece: at its start, or anywhere where a run of slots is on one line.
fn times_in(piece: &Piece<'_>, lexicon: &Lexicon) -> Vec<(Range<usize>, Times)> {
    let text = piece.text();
    if piece.label.is_some() || text.len() > 2_000 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let first = text.find(char::is_alphanumeric);
    find_all(text, |here| {
        here.starts_with(|c: char| c.is_ascii_digit()).then(|| grammar::times(here, lexicon).ok()).flatten()
    })
    .into_iter()
    .filter(|(range, times)| times.end.is_some() || Some(range.start) == first || piece.cues.times.is_some())
    .collect()
}

fn dates_in(text: &str, words: &Words<'_>) -> Vec<(Range<usize>, (Date, bool))> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    // `Day 1 – 14 June`: the number of the day is none of the month
    let found = find_all(text, |here| match grammar::numbered_day(here, words.lexicon) {
        Ok((rest, _)) => Some((rest, None)),
        Err(_) => words.days(here).map(|(rest, date, year)| (rest, Some((date, year)))),
    });
    found.into_iter().filter_map(|(range, date)| Some((range, date?))).collect()
}

/// Where `parser` matches at the starts of words of `text`, none inside another.
fn find_all<'t, T>(text: &'t str, parser: impl Fn(&'t str) -> Option<(&'t str, T)>) -> Vec<(Range<usize>, T)> {
    let mut found = Vec::new();
    let mut free = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let starts = !before.is_alphanumeric() && !matches!(before, '.' | ':') && c.is_alphanumeric();
        before = c;
        if !starts || at < free {
            continue;
        }
        if let Some((rest, value)) = parser(&text[at..]) {
            free = text.len() - rest.len();
            found.push((at..free, value));
        }
    }
    found
}

/// Whether `line` goes on from the line before it: it begins in a small letter, or that one cannot end there.
fn lines_go_on(before: &Piece<'_>, line: &Piece<'_>) -> bool {
    let text = before.text();
    before.cues.end == End::Hyphen
        || line.cues.begin == Begin::Lower && !text.is_empty()
        || !line.gap && before.cues.chars > 20 && text.ends_with([',', '/', '&', '–', '—'])
}
