//! The printed programme: days, slots, and the credits that some programmes print under them.

use std::ops::Range;

use jiff::civil::Date;
use rapporteur_grammar::{self as grammar, Kind, Lexicon, Role, Section, Times};
use rapporteur_source::{Clean, fold};

use crate::{
    RegionLabel,
    piece::{Begin, End, Piece, numbered_kind, trim},
    session::ends_open,
};

mod rows;

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
    pub(crate) times: Option<(Times, Clean<'a>)>,
    /// The kind as printed.
    pub(crate) kind: Option<Clean<'a>>,
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

/// How many pieces without a time may stand between two of a programme.
const REACH: usize = 24;
/// Signs around the text of a slot.
const SIGNS_BEFORE: [char; 5] = [':', '|', ',', '–', '-'];
const SIGNS_AFTER: [char; 1] = ['|'];
/// Fewer times than this are no programme.
const FEWEST: usize = 3;
/// A line of a programme is at most this long, in characters.
const LONGEST_LINE: usize = 250;

/// Where the programme stands among the pieces: the longest run of times, one under a heading before all others.
pub(crate) fn find(pieces: &[Piece<'_>], words: &Words<'_>) -> Option<Range<usize>> {
    let times: Vec<usize> = pieces.iter().map(|piece| times_in(piece, words.lexicon).len()).collect();
    let mut best: Option<((bool, usize), Range<usize>)> = None;
    let mut at = 0;
    while at < pieces.len() {
        if times[at] == 0 {
            at += 1;
            continue;
        }
        let (start, mut end, mut count) = (at, at + 1, times[at]);
        let mut day = None;
        while let Some(next) = (end..pieces.len().min(end + REACH)).find(|&next| times[next] > 0) {
            if parts_programme(pieces, end - 1, next, words) || goes_back(pieces, end - 1, next, &mut day, words) {
                break;
            }
            count += times[next];
            end = next + 1;
        }
        if count >= FEWEST {
            let rank = (heading_above(pieces, start).is_some(), count);
            if best.as_ref().is_none_or(|(most, _)| rank > *most) {
                best = Some((rank, start..end));
            }
        }
        at = end;
    }
    match best {
        Some((_, range)) => Some(widen(pieces, range, words)),
        None => untimed(pieces, words),
    }
}

/// Whether two pieces with times are not of one programme: running text or another heading stands between them.
fn parts_programme(pieces: &[Piece<'_>], last: usize, next: usize, words: &Words<'_>) -> bool {
    /// Lines that go on in each other: a title or a credit has fewer.
    const RUNNING: usize = 4;
    let between = &pieces[last + 1..next];
    let mut going_on = 0;
    for piece in between {
        going_on = if piece.cues.begin == Begin::Lower { going_on + 1 } else { 0 };
        let section = piece.cues.section.is_some_and(|section| section != Section::Agenda)
            && piece.is_marked()
            && !is_header(piece.text(), words.lexicon);
        if piece.cues.chars > LONGEST_LINE && !piece.text().starts_with('|')
            || going_on >= RUNNING
            || section
            || heads_back_matter(piece)
        {
            return true;
        }
    }
    false
}

/// Whether time goes back between two pieces with times: to the times of an earlier day, or of the same day.
fn goes_back(pieces: &[Piece<'_>], last: usize, next: usize, day: &mut Option<Date>, words: &Words<'_>) -> bool {
    let heads = |range: Range<usize>| range.filter(|&at| is_day_heading(&pieces[at], words));
    let dates = |at: usize| dates_in(pieces[at].text(), words).into_iter().map(|(_, (date, _))| date).max();
    if day.is_none() {
        *day = heads(last.saturating_sub(REACH)..last).filter_map(dates).max();
    }
    let before = *day;
    let here = (last + 1..next + 1).filter(|&at| pieces[at].cues.chars <= LONGEST_LINE).filter_map(dates).max();
    *day = before.max(here);
    let start = |at: usize| times_in(&pieces[at], words.lexicon).into_iter().next();
    // a time in the midst of a title is no measure
    let leads = |at: Range<usize>| !pieces[last].text()[..at.start].contains(char::is_alphanumeric);
    let back = start(last).zip(start(next)).is_some_and(|((at, last), (_, next))| leads(at) && next.start < last.start);
    match (before, here) {
        (Some(before), Some(here)) => here < before || here == before && back,
        _ => {
            // days that stand side by side have their headings above
            let beside =
                heads(last.saturating_sub(REACH)..last).any(|at| at > 0 && is_day_heading(&pieces[at - 1], words));
            back && next > last + 1 && !beside && here.is_none() && heads(last + 1..next + 1).next().is_none()
        }
    }
}

/// The heading of a programme above the piece at `at`.
fn heading_above(pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    /// How many pieces above the first time the heading may stand: the place, days, the head of a table between.
    const ABOVE: usize = 10;
    let above = (at.saturating_sub(ABOVE)..at).rev().take_while(|&above| !is_long(&pieces[above]));
    above.filter(|&above| is_heading(&pieces[above])).last()
}

/// Too long for a line above the first slot; the rule of a table is not.
fn is_long(piece: &Piece<'_>) -> bool {
    piece.cues.chars > 120 && piece.text().contains(char::is_alphanumeric)
}

/// Whether a piece is the heading of a part that no programme has in it.
fn heads_back_matter(piece: &Piece<'_>) -> bool {
    use Section::{Figures, Imprint, Posts, Recommendations, Takeaways, Venues};
    let back = matches!(piece.cues.section, Some(Figures | Imprint | Posts | Recommendations | Takeaways | Venues));
    back && piece.cues.role.is_none() && piece.label.is_none()
}

/// Upwards to its heading and first date, downwards to the end of the last slot.
fn widen(pieces: &[Piece<'_>], range: Range<usize>, words: &Words<'_>) -> Range<usize> {
    let above = (range.start.saturating_sub(10)..range.start).rev();
    let start = above
        .take_while(|&at| !is_long(&pieces[at]))
        .filter(|&at| is_heading(&pieces[at]) || is_day_heading(&pieces[at], words))
        .last()
        .unwrap_or(range.start);
    let end = end_of_slots(pieces, start..range.end, words);
    start..end
}

/// Where the text of the last slots ends: as many titles as times still lack one, and what goes on from them.
fn end_of_slots(pieces: &[Piece<'_>], range: Range<usize>, words: &Words<'_>) -> usize {
    let lexicon = words.lexicon;
    let credits = pieces[range.clone()].iter().any(|piece| is_credit_line(piece, words));
    let strays = pieces[range.clone()].iter().any(|piece| has_stray_time(piece, lexicon));
    let (mut open, mut remarks) = untitled(&pieces[range.clone()], words);
    let mut end = range.end;
    let mut reached = end;
    while end < pieces.len() && end < range.end + 40 {
        let piece = &pieces[end];
        end += 1;
        // `Closing remarks` is a title, or has one behind it on the same page
        let wanted = open - usize::from(remarks && open > 0);
        if piece.label == Some(RegionLabel::Furniture) && !is_title_like_head(pieces, end - 1, words) {
            // the page may end before the last titles do, or the last credits
            if wanted > 1 || credits && open == 0 { continue } else { break }
        }
        let kind = numbered_kind(piece.text(), lexicon).is_some();
        let section = piece.cues.section.is_some() && !kind && !is_header(piece.text(), lexicon);
        let heading = piece.clean.marks.heading > 0 || piece.page_start || piece.cues.number.is_some();
        if section || piece.cues.chars > LONGEST_LINE || heading && wanted == 0 {
            break;
        }
        let before = &pieces[end - 2];
        let goes_on = lines_go_on(before, piece) && !piece.page_start && before.label.is_none();
        let credit = credits && (is_credit_line(piece, words) || piece.cues.role.is_some());
        // a last slot whose time stands elsewhere: its kind and its title
        let next = pieces.get(end).filter(|next| next.cues.chars <= 140 && next.cues.end != End::Stop);
        let stray = strays && kind && piece.gap && open == 0 && end <= range.end + 2 && next.is_some();
        if !(goes_on || credit || open > 0 || stray) {
            break;
        }
        remarks = kind && is_title(piece.text(), lexicon);
        open = match () {
            () if stray => 1,
            () if goes_on || credit || kind => open,
            () => open - 1,
        };
        reached = end;
    }
    reached
}

/// Whether a time stands in the midst of a title, behind its colon: it is that of another slot.
fn has_stray_time(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    let text = piece.text();
    let stray = |range: &Range<usize>| {
        let before = text[..range.start].trim_end();
        before.ends_with(':') && before.contains(char::is_alphabetic) && text[range.end..].contains(char::is_alphabetic)
    };
    times_in(piece, lexicon).iter().any(|(range, _)| stray(range))
}

/// Whether `text` can be the title of a slot: a mere kind is none, unless it opens or closes the meeting.
fn is_title(text: &str, lexicon: &Lexicon) -> bool {
    matches!(numbered_kind(text, lexicon), None | Some(Kind::Opening | Kind::Closing))
}

/// Whether what looks like a running head is the title that the time before it lacks: running heads repeat titles.
fn is_title_like_head(pieces: &[Piece<'_>], at: usize, words: &Words<'_>) -> bool {
    let piece = &pieces[at];
    at > 0
        && !piece.page_start
        && piece.cues.begin == Begin::Upper
        && piece.text().contains(char::is_lowercase)
        && rows::is_time_alone(&pieces[at - 1], words)
}

/// How many times at the end of the programme have no title yet, and whether the last of them has a kind that may be its
/// title.
fn untitled(pieces: &[Piece<'_>], words: &Words<'_>) -> (usize, bool) {
    let lexicon = words.lexicon;
    let (mut open, mut remarks) = (0_usize, false);
    for piece in pieces.iter().filter(|piece| piece.label.is_none() && !is_header(piece.text(), lexicon)) {
        let text = if let Some((range, _)) = times_in(piece, lexicon).last() {
            let (before, rest) = (&piece.text()[..range.start], &piece.text()[range.end..]);
            if before.contains(char::is_alphabetic) {
                // the end of the title before, or this one's
                open = open.saturating_sub(1);
                continue;
            }
            // `09:30 Opening remarks` was a title, since nothing came behind it
            open = open.saturating_sub(usize::from(remarks));
            remarks = false;
            open += 1;
            rest.trim_matches(|c: char| !c.is_alphanumeric() && c != '?')
        } else if is_day_heading(piece, words) {
            open = 0;
            continue;
        } else {
            piece.text()
        };
        if text.is_empty() || text.starts_with(char::is_lowercase) {
            continue;
        }
        let kind = numbered_kind(text, lexicon).is_some();
        remarks = kind && is_title(text, lexicon);
        open = open.saturating_sub(usize::from(!kind));
    }
    (open, remarks)
}

/// A programme without times: its heading, and days with lists or credits under them.
fn untimed(pieces: &[Piece<'_>], words: &Words<'_>) -> Option<Range<usize>> {
    (0..pieces.len())
        .filter(|&at| is_heading(&pieces[at]) && pieces[at].label.is_none())
        .find_map(|start| untimed_at(pieces, start, words))
}

fn untimed_at(pieces: &[Piece<'_>], start: usize, words: &Words<'_>) -> Option<Range<usize>> {
    let (mut entries, mut dates, mut last) = (0, 0, start);
    let mut list = false;
    for (at, piece) in pieces.iter().enumerate().skip(start + 1) {
        let bullet = piece.cues.bullet.is_some();
        if at - last >= 8 || piece.cues.chars > LONGEST_LINE {
            break;
        }
        let credit = piece.cues.bar || piece.cues.role.is_some();
        if dates > 0 && entries == 0 {
            list = bullet && !credit && !is_credit_line(piece, words);
        }
        if bullet || credit && !list {
            entries += 1;
            last = at;
        } else if is_day_heading(piece, words) {
            dates += 1;
            last = at;
        } else if piece.label.is_none() && list {
            // a list ends with its entries; the last of them may go on
            if !lines_go_on(&pieces[at - 1], piece) {
                break;
            }
            last = at;
        }
    }
    // the day of what follows is no day of the programme
    while last > start && is_day_heading(&pieces[last], words) {
        last -= 1;
    }
    (entries >= FEWEST && dates > 0).then_some(start..last + 1)
}

/// `AGENDA`, `Agenda Spring Water Forum 2019`: the heading's first word counts.
fn is_heading(piece: &Piece<'_>) -> bool {
    piece.cues.section == Some(Section::Agenda)
}

/// `Tuesday, 19 October 2021`, `Day 1`, `Day One: Tuesday, 19 October`: a line that begins a day, and no more.
fn is_day_heading(piece: &Piece<'_>, words: &Words<'_>) -> bool {
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

/// Whether `line` goes on from the line before it: it begins in a small letter, or that one cannot end there.
fn lines_go_on(before: &Piece<'_>, line: &Piece<'_>) -> bool {
    let text = before.text();
    before.cues.end == End::Hyphen
        || line.cues.begin == Begin::Lower && !text.is_empty()
        || !line.gap && before.cues.chars > 20 && text.ends_with([',', '/', '&', '–', '—'])
}

/// A name with an office or with other names behind it.
fn is_credit_line(piece: &Piece<'_>, words: &Words<'_>) -> bool {
    let Some(name) = &piece.cues.name else { return false };
    let rest = piece.text()[name.end..].trim_start();
    let separator = rest.chars().next().is_some_and(|c| matches!(c, ',' | '|' | '(' | '–' | '—'));
    separator && numbered_kind(&piece.text()[..name.end], words.lexicon).is_none() && !rest.ends_with('?')
}

/// The times of a piece: at its start, or anywhere where a run of slots is on one line.
fn times_in(piece: &Piece<'_>, lexicon: &Lexicon) -> Vec<(Range<usize>, Times)> {
    let text = piece.text();
    if piece.label.is_some() || text.len() > 2_000 {
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

/// Reads the programme.
pub(crate) fn read<'a>(pieces: &[Piece<'a>], words: &Words<'_>) -> Programme<'a> {
    let lexicon = words.lexicon;
    let timed = pieces.iter().any(|piece| !times_in(piece, lexicon).is_empty());
    let furniture =
        |at: usize| pieces[at].label == Some(RegionLabel::Furniture) && !is_title_like_head(pieces, at, words);
    let visible = pieces
        .iter()
        .enumerate()
        .filter(|(at, piece)| !furniture(*at) && piece.text().contains(char::is_alphanumeric) && !is_heading(piece));
    let (headers, lines): (Vec<&Piece<'a>>, Vec<&Piece<'a>>) =
        visible.map(|(_, piece)| piece).partition(|piece| is_header(piece.text(), lexicon));
    let lines: Vec<Piece<'a>> = lines.into_iter().cloned().collect();
    let names_column = headers
        .iter()
        .flat_map(|header| header.text().split_whitespace())
        .any(|word| lexicon.phrase(word).contains(&grammar::Phrase::Role(Role::Speakers)));
    let lines = if timed { rows::arrange(lines, words) } else { lines };
    let mut reader = Reader {
        words,
        style: Style::of(&lines, timed, names_column, words),
        names_column,
        programme: Programme::default(),
        date: None,
        slot: None,
        pending: Vec::new(),
        role: None,
        stray: Vec::new(),
    };
    for (at, piece) in lines.iter().enumerate() {
        reader.piece(piece, at.checked_sub(1).map(|before| &lines[before]), lines.get(at + 1));
    }
    reader.close();
    reader.place_stray_times();
    let mut programme = reader.programme;
    for slot in &mut programme.slots {
        slot.title = slot.title.iter().flat_map(crate::outline::split_bold_tail).collect();
        split_kind(slot, lexicon);
    }
    let slots = std::mem::take(&mut programme.slots);
    programme.slots = slots.into_iter().flat_map(|slot| split_small(slot, lexicon)).collect();
    programme.slots.retain(|slot| slot.title.iter().any(|part| part.text.contains(char::is_alphanumeric)));
    programme
}

/// How a programme prints its slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// Each with a time; what stands under a title goes on with it.
    Timed,
    /// Each with a time, and who speaks: a name and an office a line.
    TimedCredits,
    /// Each with a time, and who speaks: names, one after the other.
    TimedNames,
    /// Without times; a slot is what has credits under it.
    Credits,
    /// Without times or credits: a list.
    List,
}

impl Style {
    fn of(lines: &[Piece<'_>], timed: bool, names_column: bool, words: &Words<'_>) -> Self {
        /// Fewer lines that begin with a name may be titles.
        const FEWEST: usize = 3;
        let lexicon = words.lexicon;
        if !timed {
            let credits = lines.iter().any(|line| line.cues.bar || line.cues.role.is_some());
            return if credits { Self::Credits } else { Self::List };
        }
        let credits: Vec<&Piece<'_>> = lines.iter().filter(|line| is_credit_line(line, words)).collect();
        if names_column {
            return Self::TimedNames;
        }
        if credits.len() < FEWEST {
            return Self::Timed;
        }
        let office = |line: &&&Piece<'_>| {
            line.text()
                .split(|c: char| !c.is_alphanumeric() && c != '-')
                .any(|word| lexicon.is_office(word) || lexicon.is_organisation(word))
        };
        if credits.iter().filter(office).count() * 3 < credits.len() { Self::TimedNames } else { Self::TimedCredits }
    }

    fn timed(self) -> bool {
        matches!(self, Self::Timed | Self::TimedCredits | Self::TimedNames)
    }
}

struct Reader<'a, 'l> {
    words: &'l Words<'l>,
    style: Style,
    /// Whether the head of the table announces a column of names.
    names_column: bool,
    programme: Programme<'a>,
    date: Option<Day<'a>>,
    slot: Option<Slot<'a>>,
    /// Text before any time of its line.
    pending: Vec<Clean<'a>>,
    /// Whose credits are being read.
    role: Option<Role>,
    /// Times that stand inside the title of another slot.
    stray: Vec<(Times, Clean<'a>)>,
}

impl<'a> Reader<'a, '_> {
    /// Times that an extractor put into another slot's title belong to the slots that have none.
    fn place_stray_times(&mut self) {
        let mut stray = std::mem::take(&mut self.stray).into_iter();
        for slot in self.programme.slots.iter_mut().filter(|slot| slot.times.is_none()) {
            slot.times = stray.next();
        }
    }

    fn close(&mut self) {
        if let Some(mut slot) = self.slot.take() {
            // a slot with a time and no text: its title stood before the time
            if slot.title.is_empty() && !self.pending.is_empty() {
                slot.title = std::mem::take(&mut self.pending);
            }
            if self.style == Style::TimedNames {
                slot.credits = slot.credits.iter().flat_map(|(role, lines)| split_names(*role, lines)).collect();
            }
            if !slot.title.is_empty() {
                self.programme.slots.push(slot);
            }
        }
        self.role = None;
    }

    fn piece(&mut self, piece: &Piece<'a>, before: Option<&Piece<'a>>, next: Option<&Piece<'a>>) {
        let clean = &piece.clean;
        let text = piece.text();
        // the sign of a list is no part of a slot
        let entry = piece.entry();
        let mut marks: Vec<(Range<usize>, Mark)> = Vec::new();
        for (range, (date, year)) in dates_in(text, self.words) {
            marks.push((range, Mark::Date(date, year)));
        }
        for (range, times) in times_in(piece, self.words.lexicon) {
            let free = marks.iter().all(|(date, _)| range.end <= date.start || date.end <= range.start);
            marks.extend(free.then_some((range, Mark::Times(times))));
        }
        marks.sort_by_key(|(range, _)| range.start);
        let mut at = entry;
        for (index, (range, mark)) in marks.iter().enumerate() {
            let before = at..range.start;
            match mark {
                Mark::Date(date, year) => {
                    // a heading with a date in it: the conference, the number of the day
                    self.close();
                    self.pending.clear();
                    self.date = Some(Day { date: *date, printed: clean.slice(range.clone()), year: *year });
                }
                Mark::Times(times) => {
                    let lead = trim(text, before.clone(), &SIGNS_BEFORE, &SIGNS_AFTER);
                    let goes_on = text[before].trim_end().ends_with(':') && range.end < text.len();
                    let untitled = self.slot.as_ref().is_some_and(|slot| slot.title.len() <= 1);
                    if let (Some(lead), true) = (lead.clone(), goes_on && untitled) {
                        // `A title: 12.50 – 13.30 that goes on`
                        self.stray.push((*times, clean.slice(range.clone())));
                        let end = lead.end + text[lead.end..].find(':').map_or(0, |colon| colon + 1);
                        self.text(clean.slice(lead.start..end));
                        at = range.end;
                        continue;
                    }
                    if let Some(lead) = lead {
                        self.lead(clean, lead, index == 0);
                    }
                    self.open(*times, clean.slice(range.clone()));
                }
            }
            at = range.end;
        }
        let Some(rest) = trim(text, at..text.len(), &SIGNS_BEFORE, &SIGNS_AFTER) else { return };
        if marks.is_empty() {
            self.line(piece, before, next);
        } else if matches!(marks.last(), Some((_, Mark::Times(_)))) {
            self.text(clean.slice(rest));
        }
    }

    /// Text between two times of one line, or before the first.
    fn lead(&mut self, clean: &Clean<'a>, range: Range<usize>, first: bool) {
        let text = &clean.text[range.clone()];
        if grammar::numbered_day(text, self.words.lexicon).is_ok_and(|(rest, _)| rest.is_empty()) {
            return;
        }
        let part = clean.slice(range);
        let kind = crate::piece::kind_of(text, self.words.lexicon).is_some();
        match &mut self.slot {
            // `Opening 09.30 - 09.50 Keynote conversation 09.50 - 10.30`: what stood before the first time was its
            // title, and the kind belongs to what follows
            Some(slot) if kind && (!slot.title.is_empty() || !self.pending.is_empty()) => {
                if slot.title.is_empty() {
                    slot.title = std::mem::take(&mut self.pending);
                }
                self.close();
                self.pending.push(part);
            }
            Some(slot) if !first || slot.title.is_empty() => {
                slot.title.push(part);
            }
            _ => self.pending.push(part),
        }
    }

    fn open(&mut self, times: Times, place: Clean<'a>) {
        let pending = std::mem::take(&mut self.pending);
        let kind = pending.iter().all(|part| nearly_kind(&part.text, self.words.lexicon));
        self.close();
        let mut slot = Slot { date: self.date.clone(), times: Some((times, place)), ..Slot::default() };
        if kind {
            slot.title = pending;
        } else {
            self.pending = pending;
        }
        self.slot = Some(slot);
    }

    fn line(&mut self, piece: &Piece<'a>, before: Option<&Piece<'a>>, next: Option<&Piece<'a>>) {
        let text = piece.text();
        let lexicon = self.words.lexicon;
        if grammar::numbered_day(text, lexicon).is_ok_and(|(rest, _)| rest.trim().is_empty()) {
            return;
        }
        if let Some((role, at)) = piece.cues.role {
            let rest = &text[at..];
            if rest.is_empty() || grammar::name(rest, lexicon).is_some() {
                self.role = Some(role);
                if !rest.is_empty() {
                    self.credit(role, piece.clean.slice(at..text.len()));
                }
                return;
            }
        }
        let entry = piece.entry();
        if self.is_credit(piece, entry) {
            let role = self.role.filter(|role| *role == Role::Moderators && entry == 0).unwrap_or(Role::Speakers);
            return self.credit(role, piece.clean.slice(entry..text.len()));
        }
        // a credit goes on in the next line
        let open = self.slot.as_ref().is_some_and(|slot| !slot.credits.is_empty());
        let own_line = self.style.timed() && piece.cues.chars < 140 && piece.cues.kind.is_none();
        if open
            && (!piece.gap || own_line)
            && let Some((_, lines)) = self.slot.as_mut().and_then(|slot| slot.credits.last_mut())
        {
            lines.push(piece.clean.clone());
            return;
        }
        let clean = piece.clean.slice(entry..text.len());
        match self.style {
            Style::Timed | Style::TimedCredits | Style::TimedNames => self.timed_line(piece, clean, open),
            Style::List => {
                if before.is_some_and(|before| entry == 0 && self.slot.is_some() && lines_go_on(before, piece)) {
                    return self.text(clean);
                }
                self.close();
                self.slot = Some(Slot { date: self.date.clone(), title: vec![clean], ..Slot::default() });
            }
            Style::Credits => {
                let credited = next.is_some_and(|next| next.cues.bar || next.cues.role.is_some());
                if credited {
                    self.close();
                    self.slot = Some(Slot { date: self.date.clone(), title: vec![clean], ..Slot::default() });
                } else if self.slot.is_none() {
                    self.programme.places.push(clean);
                } else if !piece.gap {
                    self.text(clean);
                }
            }
        }
    }

    /// Whether a line says who speaks.
    fn is_credit(&self, piece: &Piece<'a>, entry: usize) -> bool {
        if self.style == Style::List {
            return false;
        }
        if piece.cues.bar || entry > 0 && piece.cues.name.is_some() {
            return true;
        }
        let last = self.slot.as_ref().and_then(|slot| slot.credits.last()).and_then(|(_, lines)| lines.last());
        if last.is_some_and(|last| ends_open(&last.text)) {
            return false;
        }
        let lexicon = self.words.lexicon;
        let office = || {
            piece.text().split_whitespace().any(|word| {
                lexicon.is_office(word.trim_matches(',')) || lexicon.is_organisation(word.trim_matches(','))
            })
        };
        let titled = self
            .slot
            .as_ref()
            .and_then(|slot| slot.title.last())
            .is_some_and(|part| is_title(&part.text, lexicon) || office());
        let alone = || grammar::is_name(piece.text(), lexicon);
        match self.style {
            Style::TimedCredits => titled && is_credit_line(piece, self.words),
            Style::TimedNames => titled && (is_credit_line(piece, self.words) || self.names_column && alone()),
            _ => false,
        }
    }

    /// A line without a time where slots have times.
    fn timed_line(&mut self, piece: &Piece<'a>, clean: Clean<'a>, open: bool) {
        /// A sentence under a title is longer than this, in characters.
        const SENTENCE: usize = 100;
        // a kind after a whole slot begins another, though its time stands elsewhere
        let whole = self
            .slot
            .as_ref()
            .is_some_and(|slot| slot.title.iter().any(|part| numbered_kind(&part.text, self.words.lexicon).is_none()));
        if piece.cues.kind.is_some() && whole && piece.gap && !self.stray.is_empty() {
            self.close();
            self.slot = Some(Slot { date: self.date.clone(), ..Slot::default() });
        }
        if self.slot.is_some() && !open {
            if !(whole && piece.cues.chars > SENTENCE && piece.text().ends_with('.')) {
                self.text(clean);
            }
        } else if self.slot.is_none() && self.date.is_some() {
            self.programme.places.push(clean);
        } else {
            self.pending.push(clean);
        }
    }

    fn text(&mut self, part: Clean<'a>) {
        let part = self.cut_names(part);
        let (part, kind) = self.trailing_kind(part);
        self.title_part(part);
        if let Some(kind) = kind {
            self.close();
            self.pending.push(kind);
        }
    }

    /// Takes the names off the end of a title that they were run into: the table has a column for them.
    fn cut_names(&mut self, part: Clean<'a>) -> Clean<'a> {
        if !self.names_column || self.slot.is_none() {
            return part;
        }
        let Some(start) = trailing_names(&part.text, self.words.lexicon) else { return part };
        self.credit(Role::Speakers, part.slice(start..part.text.len()));
        part.slice(0..part.text[..start].trim_end().len())
    }

    /// A kind behind the question mark of a title belongs to the next slot; a misprint of a letter is borne with.
    fn trailing_kind(&self, part: Clean<'a>) -> (Clean<'a>, Option<Clean<'a>>) {
        let Some(mark) = part.text.rfind(['?', '!']) else { return (part, None) };
        let rest = part.text[mark + 1..].trim();
        let kind = rest.starts_with(char::is_uppercase) && nearly_kind(rest, self.words.lexicon);
        if !kind {
            return (part, None);
        }
        let start = part.text.len() - part.text[mark + 1..].trim_start().len();
        (part.slice(0..mark + 1), Some(part.slice(start..part.text.len())))
    }

    fn title_part(&mut self, part: Clean<'a>) {
        match &mut self.slot {
            Some(slot) => slot.title.push(part),
            None => self.pending.push(part),
        }
    }

    fn credit(&mut self, role: Role, credit: Clean<'a>) {
        if let Some(slot) = &mut self.slot {
            slot.credits.push((role, vec![credit]));
        }
    }
}

enum Mark {
    /// A day, and whether its year is printed.
    Date(Date, bool),
    Times(Times),
}

/// Where a list of names begins that ends a title: at a name behind a small letter or the end of a sentence.
fn trailing_names(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let starts: Vec<usize> = text
        .char_indices()
        .scan(' ', |last, (at, c)| {
            let starts = *last == ' ' && c.is_uppercase() && at > 0;
            *last = c;
            Some((at, c, starts))
        })
        .filter_map(|(at, _, starts)| starts.then_some(at))
        .collect();
    starts.into_iter().find(|&start| {
        let title = text[..start].trim_end();
        let small = title.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_lowercase));
        let ends = small || title.ends_with(['?', '!', '.']);
        let mut items = text[start..].split([',', ';']).map(str::trim);
        let first = items.next().is_some_and(|first| grammar::is_name(first, lexicon));
        // the last of them may go on in the next line
        ends && first
            && items.all(|item| {
                item.split(' ').all(|word| !word.starts_with(char::is_lowercase) || lexicon.is_particle(word))
            })
    })
}

/// One credit a name, of a list over several lines.
fn split_names<'a>(role: Role, lines: &[Clean<'a>]) -> Vec<(Role, Vec<Clean<'a>>)> {
    let mut credits: Vec<(Role, Vec<Clean<'a>>)> = Vec::new();
    let mut going_on = false;
    for line in lines {
        let mut at = 0;
        for item in line.text.split_inclusive([',', ';']) {
            if let Some(range) = trim(&line.text, at..at + item.len(), &[',', ';'], &[',', ';']) {
                match credits.last_mut().filter(|_| going_on) {
                    Some((_, name)) => name.push(line.slice(range)),
                    None => credits.push((role, vec![line.slice(range)])),
                }
            }
            at += item.len();
            going_on = !item.ends_with([',', ';']);
        }
    }
    credits
}

/// Takes the kind off the front of a slot's title: a line of its own, a phrase before a colon, a phrase before a
/// capital.
fn split_kind<'a>(slot: &mut Slot<'a>, lexicon: &Lexicon) {
    let Some(first) = slot.title.first().cloned() else { return };
    let text: &str = &first.text;
    let several = slot.title.len() > 1;
    if several && (nearly_kind(text, lexicon) || is_truncated_kind(text, lexicon)) {
        slot.kind = Some(slot.title.remove(0));
        return;
    }
    if let Some(colon) = text.find(": ") {
        let before = crate::piece::Piece::new(0, first.slice(0..colon), lexicon);
        if before.cues.kind.is_some() {
            slot.kind = Some(first.slice(0..colon));
            slot.title[0] = first.slice(colon + 2..text.len());
            return;
        }
    }
    if let Ok((rest, _)) = grammar::session_kind(text, lexicon) {
        let title = rest.trim_start();
        if title.starts_with(char::is_uppercase) {
            let at = text.len() - title.len();
            slot.kind = Some(first.slice(0..text.len() - rest.len()));
            slot.title[0] = first.slice(at..text.len());
            return;
        }
    }
    // a short line over another that begins anew: the kind, though no word of it is known
    if several && first.marks.small.is_empty() {
        let longest = slot.title.iter().map(|part| part.text.chars().count()).max().unwrap_or_default();
        let next = &slot.title[1];
        let word = next.text.split_whitespace().next().map_or(0, str::len);
        let would_fit = text.chars().count() + 1 + word <= longest.max(50) * 4 / 5;
        let begins = next.text.starts_with(char::is_uppercase);
        let complete = text.split_whitespace().last().is_some_and(|word| word.len() > 3);
        if begins && would_fit && complete && text.chars().count() <= 45 && !text.ends_with([',', ':', '?']) {
            slot.kind = Some(slot.title.remove(0));
        }
    }
}

/// A kind of session, one letter of it misread at most.
fn nearly_kind(text: &str, lexicon: &Lexicon) -> bool {
    if numbered_kind(text, lexicon).is_some() {
        return true;
    }
    let folded = fold(text);
    let kinds = &lexicon.words.session_kinds;
    (10..40).contains(&folded.len())
        && [
            &kinds.panel,
            &kinds.high_level_panel,
            &kinds.dialogue,
            &kinds.conversation,
            &kinds.debate,
            &kinds.keynote,
            &kinds.closing,
        ]
        .into_iter()
        .flatten()
        .any(|kind| strsim::levenshtein(&fold(kind), &folded) <= 1)
}

/// A kind of session that the extractor cut off: at least six letters of it.
fn is_truncated_kind(text: &str, lexicon: &Lexicon) -> bool {
    let folded = fold(text);
    folded.len() >= 6
        && [&lexicon.words.session_kinds.side_event, &lexicon.words.session_kinds.panel]
            .into_iter()
            .flatten()
            .any(|kind| fold(kind).starts_with(&folded))
}

/// Kinds set in smaller type inside a slot: each begins another session of the same time.
fn split_small<'a>(slot: Slot<'a>, lexicon: &Lexicon) -> Vec<Slot<'a>> {
    let [line] = slot.title.as_slice() else { return vec![slot] };
    let kinds: Vec<Range<usize>> = line
        .marks
        .small
        .iter()
        .filter(|small| crate::piece::kind_of(line.text[(*small).clone()].trim(), lexicon).is_some())
        .cloned()
        .collect();
    if kinds.is_empty() {
        if let (None, Some(small)) = (&slot.kind, line.marks.small.first())
            && small.start == 0
            && small.end < line.text.len()
        {
            let kind = trim(&line.text, small.clone(), &SIGNS_BEFORE, &SIGNS_AFTER).map(|range| line.slice(range));
            let title = trim(&line.text, small.end..line.text.len(), &SIGNS_BEFORE, &SIGNS_AFTER)
                .map(|range| line.slice(range));
            return vec![Slot { kind, title: title.into_iter().collect(), ..slot }];
        }
        return vec![slot];
    }
    let mut slots = Vec::new();
    let mut at = 0;
    let mut kind = slot.kind.clone();
    for small in kinds.iter().chain(std::iter::once(&(line.text.len()..line.text.len()))) {
        if let Some(title) = trim(&line.text, at..small.start, &SIGNS_BEFORE, &SIGNS_AFTER) {
            slots.push(Slot { kind: kind.take(), title: vec![line.slice(title)], ..slot.clone() });
        }
        kind = trim(&line.text, small.clone(), &SIGNS_BEFORE, &SIGNS_AFTER).map(|range| line.slice(range));
        at = small.end;
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_source::Source;

    fn read_text(text: &str) -> Vec<String> {
        let source = Source::new("s", "s", text.into());
        let lexicon = Lexicon::embedded();
        let pieces = crate::piece::pieces(&crate::context::Context::new(&source, &lexicon));
        let words = Words { lexicon: &lexicon, year: Some(2021), text: source.text() };
        let range = find(&pieces, &words).expect("a programme");
        read(&pieces[range], &words)
            .slots
            .iter()
            .map(|slot| {
                let title: Vec<&str> = slot.title.iter().map(|part| part.text.as_ref()).collect();
                let times = slot.times.as_ref().map(|(times, _)| times.start.strftime("%H:%M").to_string());
                let date = slot.date.as_ref().map(|day| day.date.day().to_string());
                format!(
                    "{}|{}|{}|{}|{}",
                    date.unwrap_or_default(),
                    times.unwrap_or_default(),
                    slot.kind.as_ref().map(|kind| kind.text.to_string()).unwrap_or_default(),
                    title.join(" "),
                    slot.credits
                        .iter()
                        .map(|(_, lines)| lines[0].text.split([',', '|']).next().unwrap_or_default().trim())
                        .collect::<Vec<_>>()
                        .join("+")
                )
            })
            .collect()
    }

    #[test]
    fn times_in_the_wrong_place_find_their_slot() {
        assert_eq!(
            read_text(
                "Wednesday, 23 October 2024\n\n09.40 - 10.40 Panel discussion\n\nA check on rivers: 12.50 – 13.30 The upper valley\n\n11.10 – 11.50 Armchair conversation\n\nTen bridges: Are they safe? Panal discussion\n\n11.50 - 12.50\n\nFrom plans to fields\n\nClosing discussion\n\nThe next ten floods\n\nThe forum is the annual event of many, and its organisation is the sum of all efforts by everybody who helped to make it.\n"
            ),
            [
                "23|09:40|Panel discussion|A check on rivers: The upper valley|",
                "23|11:10|Armchair conversation|Ten bridges: Are they safe?|",
                "23|11:50|Panal discussion|From plans to fields|",
                "23|12:50|Closing discussion|The next ten floods|"
            ]
        );
    }

    #[test]
    fn programmes_of_every_form() {
        assert_eq!(
            read_text(
                "Day 1\nTuesday, 19 October 2021\n09.30 – 09.50\tWelcome and opening\t12.30 – 13.00\tIn conversation Connecting seas\n10.00 – 11.30\tFirst title <small>In conversation</small> Second title <small>In discussion</small>\t\n"
            ),
            [
                "19|09:30||Welcome and opening|",
                "19|12:30|In conversation|Connecting seas|",
                "19|10:00||First title|",
                "19|10:00|In conversation|Second title|"
            ]
        );
        assert_eq!(
            read_text(
                "Day 1 Tuesday, 22 October 2024\n\nConference opening 09.30 - 09.50 Keynote conversation 09.50 - 10.30 The harvest? A title 11.00 - 11.45 High-level panel Rivers\n\n15.30 - 16.30 Panel discussion\n\nThe harbours"
            ),
            [
                "22|09:30||Conference opening|",
                "22|09:50|Keynote conversation|The harvest? A title|",
                "22|11:00|High-level panel|Rivers|",
                "22|15:30|Panel discussion|The harbours|"
            ]
        );
        assert_eq!(
            read_text(
                "Wednesday, 20 October 2021\nOld Hall\n09:00–10:20 The delta in focus: A title that\ngoes on\n➔ Ana Silva | Director, Agency for\nAffairs\n➔ Bo Li | Head\nModerator: Cy Ro, Head\n12:10–13:10 Second\n13:10–13:20 Third"
            ),
            [
                "20|09:00||The delta in focus: A title that goes on|Ana Silva+Bo Li+Cy Ro",
                "20|12:10||Second|",
                "20|13:10||Third|"
            ]
        );
        assert_eq!(
            read_text(
                "AGENDA\n\nMonday, 23 October 2017\n\nOld Academy\n\nKeynotes\n\n- ➔ **H.E. Ana Silva** | President, Bank\n\nPanel I: Rivers\n\n- ➔ Bo Li | Head\n- ➔ Cy Ro | Head\n"
            ),
            ["23|||Keynotes|H.E. Ana Silva", "23||Panel I|Rivers|Bo Li+Cy Ro"]
        );
    }
}
