//! The slots of a programme, line by line.

use std::ops::Range;

use jiff::civil::Date;
use rapporteur_grammar::{self as grammar, Lexicon, Role, Times};
use rapporteur_source::{Clean, fold};

use super::{
    Day, Programme, Slot, Words, dates_in, is_credit_line, is_header, is_heading, is_title, is_title_like_head,
    labels_credits, lines_go_on, rows, times_in,
};
use crate::{
    RegionLabel,
    credits::ends_open,
    outline::is_phrase,
    piece::{Piece, numbered_kind, title_goes_on, trim},
};

/// Signs around the text of a slot.
const SIGNS_BEFORE: [char; 6] = [':', '|', ',', '–', '-', ')'];

const SIGNS_AFTER: [char; 1] = ['|'];

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
        kinds_below: !timed && kinds_below(&lines, words),
        spaced: !timed && lines.iter().filter(|line| line.gap).count() * 2 > lines.len(),
        programme: Programme::default(),
        date: None,
        slot: None,
        pending: Vec::new(),
        role: None,
        stray: Vec::new(),
        broken: false,
        kinds_behind: has_kinds_behind(&lines, lexicon),
    };
    for (at, piece) in lines.iter().enumerate() {
        reader.piece(piece, at.checked_sub(1).map(|before| &lines[before]), lines.get(at + 1));
    }
    reader.close();
    reader.place_stray_times();
    let mut programme = reader.programme;
    for slot in &mut programme.slots {
        slot.title = slot
            .title
            .iter()
            .flat_map(crate::outline::split_bold_tail)
            .flat_map(|line| split_bold_head(&line))
            .collect();
    }
    let kinds = Kinds::of(&programme.slots, lexicon);
    for slot in programme.slots.iter_mut().filter(|slot| slot.kind.is_empty()) {
        split_kind(slot, &kinds, lexicon);
    }
    let slots = std::mem::take(&mut programme.slots);
    programme.slots = slots.into_iter().flat_map(|slot| split_small(slot, lexicon)).collect();
    programme.slots.retain(|slot| slot.title.iter().any(|part| part.text.contains(char::is_alphanumeric)));
    programme
}

/// Whether a line is a kind of session and no title: `Panel I`, but not `Opening`.
fn is_mere_kind(text: &str, lexicon: &Lexicon) -> bool {
    numbered_kind(text, lexicon).is_some() && !is_title(text, lexicon)
}

/// Whether a slot lacks the kind that stands below its title.
fn takes_kind(slot: &Slot<'_>, text: &str, lexicon: &Lexicon) -> bool {
    let titled = slot.title.iter().all(|part| numbered_kind(&part.text, lexicon).is_none());
    slot.kind.is_empty() && titled && is_mere_kind(text, lexicon)
}

/// Whether kinds stand under the titles of a programme without times: below one of them a day begins, or nothing.
fn kinds_below(lines: &[Piece<'_>], words: &Words<'_>) -> bool {
    (1..lines.len()).any(|at| {
        let next = lines.get(at + 1);
        is_mere_kind(lines[at].text(), words.lexicon)
            && numbered_kind(lines[at - 1].text(), words.lexicon).is_none()
            && dates_in(lines[at - 1].text(), words).is_empty()
            && next.is_none_or(|next| !dates_in(next.text(), words).is_empty())
    })
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
    pub(super) fn of(lines: &[Piece<'_>], timed: bool, names_column: bool, words: &Words<'_>) -> Self {
        /// Fewer lines that begin with a name may be titles.
        const FEWEST: usize = 3;
        let lexicon = words.lexicon;
        if !timed {
            let credits = lines.iter().any(|line| line.cues.bar || labels_credits(line, lexicon));
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
    /// Whether kinds stand under their titles, in a programme without times.
    kinds_below: bool,
    /// Whether gaps part the slots of a programme without times.
    spaced: bool,
    programme: Programme<'a>,
    date: Option<Day<'a>>,
    slot: Option<Slot<'a>>,
    /// Text before any time of its line.
    pending: Vec<Clean<'a>>,
    /// Whose credits are being read.
    role: Option<Role>,
    /// Times that stand inside the title of another slot.
    stray: Vec<(Times, Clean<'a>)>,
    /// Whether the last time breaks off behind its dash.
    broken: bool,
    /// Whether kinds stand behind the titles on their lines.
    kinds_behind: bool,
}

impl<'a> Reader<'a, '_> {
    /// Times that an extractor put into another slot's title belong to the slots that have none.
    fn place_stray_times(&mut self) {
        let mut stray = std::mem::take(&mut self.stray).into_iter();
        for slot in self.programme.slots.iter_mut().filter(|slot| slot.times.is_none()) {
            slot.times = stray.next().map(|(times, printed)| (times, vec![printed]));
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

    pub(super) fn piece(&mut self, piece: &Piece<'a>, before: Option<&Piece<'a>>, next: Option<&Piece<'a>>) {
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
        self.broken = !marks.is_empty() && rows::is_dash(&text[at..]);
        let Some(rest) = trim(text, at..text.len(), &SIGNS_BEFORE, &SIGNS_AFTER) else { return };
        if marks.is_empty() {
            self.line(piece, before, next);
        } else if matches!(marks.last(), Some((_, Mark::Times(_)))) {
            self.text(clean.slice(rest));
        }
    }

    /// Text between two times of one line, or before the first.
    pub(super) fn lead(&mut self, clean: &Clean<'a>, range: Range<usize>, first: bool) {
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

    pub(super) fn open(&mut self, times: Times, place: Clean<'a>) {
        if self.broken
            && times.end.is_none()
            && let Some((begun, printed)) = self.slot.as_mut().and_then(|slot| slot.times.as_mut())
            && begun.end.is_none()
        {
            begun.end = Some(times.start);
            printed.push(place);
            return;
        }
        let pending = std::mem::take(&mut self.pending);
        let kind = pending.iter().all(|part| nearly_kind(&part.text, self.words.lexicon));
        self.close();
        let mut slot = Slot { date: self.date.clone(), times: Some((times, vec![place])), ..Slot::default() };
        if kind {
            slot.title = pending;
        } else {
            self.pending = pending;
        }
        self.slot = Some(slot);
    }

    pub(super) fn line(&mut self, piece: &Piece<'a>, before: Option<&Piece<'a>>, next: Option<&Piece<'a>>) {
        let text = piece.text();
        let lexicon = self.words.lexicon;
        if grammar::numbered_day(text, lexicon).is_ok_and(|(rest, _)| rest.trim().is_empty()) {
            return;
        }
        if let Some((role, at)) = piece.cues.role {
            let rest = &text[at..];
            // `Panel` under a title, with the next slot below it: a kind; over names it would be their label
            let ends = next.is_none_or(|next| !times_in(next, lexicon).is_empty());
            let kind = rest.is_empty() && piece.cues.kind.is_some() && ends;
            if !kind && rest.is_empty() || grammar::name(rest, lexicon).is_some() {
                self.role = Some(role);
                if !rest.is_empty() {
                    self.credit(role, piece.clean.slice(at..text.len()));
                }
                return;
            }
        }
        let entry = piece.entry();
        if self.is_credit(piece, entry) || self.is_lone_name(piece, next) {
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
                let continues = entry == 0
                    && !is_mere_kind(text, lexicon)
                    && before.is_some_and(|before| lines_go_on(before, piece) || self.spaced && !piece.gap);
                match &mut self.slot {
                    Some(_) if continues => self.text(clean),
                    Some(slot) if slot.title.is_empty() => slot.title.push(clean),
                    Some(slot) if self.kinds_below && takes_kind(slot, text, lexicon) => slot.kind.push(clean),
                    _ => {
                        self.close();
                        let heads = !self.kinds_below
                            && is_mere_kind(text, lexicon)
                            && next.is_some_and(|next| self.is_titled_by(next));
                        let slot = Slot { date: self.date.clone(), ..Slot::default() };
                        if heads {
                            self.slot = Some(Slot { kind: vec![clean], ..slot });
                        } else {
                            self.slot = Some(slot);
                            self.text(clean);
                        }
                    }
                }
            }
            Style::Credits => {
                let credited = next.is_some_and(|next| next.cues.bar || labels_credits(next, lexicon));
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

    /// Whether a line below a kind is its title: no day begins there, and no other kind.
    fn is_titled_by(&self, line: &Piece<'_>) -> bool {
        let lexicon = self.words.lexicon;
        dates_in(line.text(), self.words).is_empty()
            && grammar::head(line.text(), lexicon).is_none_or(|head| head.kind.is_none())
            && numbered_kind(line.text(), lexicon).is_none()
            && kind_behind(line.text(), lexicon).is_none()
    }

    /// Whether a line is the only name under a title, where others have several: the next slot or day follows.
    fn is_lone_name(&self, piece: &Piece<'a>, next: Option<&Piece<'a>>) -> bool {
        let lexicon = self.words.lexicon;
        let ends = next
            .is_none_or(|next| !times_in(next, lexicon).is_empty() || !dates_in(next.text(), self.words).is_empty());
        let title = self.slot.as_ref().and_then(|slot| slot.title.last());
        let titled =
            title.is_some_and(|title| numbered_kind(&title.text, lexicon).is_none() && !ends_open(&title.text));
        let names = piece.text().split_whitespace().count() > 1 && grammar::is_name(piece.text(), lexicon);
        self.style == Style::TimedNames && ends && titled && names
    }

    /// Whether a line says who speaks.
    fn is_credit(&self, piece: &Piece<'a>, entry: usize) -> bool {
        if self.style == Style::List {
            // names under a title, one after the other
            let titled = self.slot.as_ref().is_some_and(|slot| !slot.title.is_empty());
            return entry == 0 && titled && is_credit_line(piece, self.words);
        }
        if piece.cues.bar || entry > 0 && piece.cues.name.is_some() {
            return true;
        }
        let last = self.slot.as_ref().and_then(|slot| slot.credits.last()).and_then(|(_, lines)| lines.last());
        // where commas part the names, one that no comma follows goes on in the next line
        let unfinished = |last: &Clean<'a>| {
            self.style == Style::TimedNames && last.text.contains(',') && !last.text.ends_with([',', ';'])
        };
        if last.is_some_and(|last| ends_open(&last.text) || unfinished(last)) {
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

    pub(super) fn text(&mut self, part: Clean<'a>) {
        let part = self.cut_names(part);
        if let (true, Some(start)) = (self.kinds_behind, kind_behind(&part.text, self.words.lexicon))
            && let Some(slot) = self.slot.as_mut().filter(|slot| slot.kind.is_empty())
        {
            slot.kind = vec![part.slice(start..part.text.len())];
            return self.title_part(part.slice(0..part.text[..start].trim_end().len()));
        }
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

    pub(super) fn credit(&mut self, role: Role, credit: Clean<'a>) {
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

/// A line whose beginning alone is bold: a title, and its kind in lighter type.
fn split_bold_head<'a>(line: &Clean<'a>) -> Vec<Clean<'a>> {
    /// A kind is no longer, in bytes.
    const LONGEST: usize = 60;
    let text: &str = &line.text;
    match line.marks.bold.as_slice() {
        [bold] if bold.start == 0 && (8..text.len()).contains(&bold.end) => {
            let start = text.len() - text[bold.end..].trim_start().len();
            let kind = text[start..].starts_with(char::is_uppercase) && text.len() - start <= LONGEST;
            let title = bold.end - (bold.end - text[..bold.end].trim_end().len());
            if kind { vec![line.slice(0..title), line.slice(start..text.len())] } else { vec![line.clone()] }
        }
        _ => vec![line.clone()],
    }
}

/// Where a programme prints the kinds that the lexicon knows: what holds for most of them holds for the others.
#[derive(Debug, Default)]
struct Kinds {
    /// On the last line of a slot, under the title.
    below: bool,
    /// Before a colon in front of the title.
    colon: bool,
    /// In parentheses behind the title.
    parentheses: bool,
}

impl Kinds {
    fn of(slots: &[Slot<'_>], lexicon: &Lexicon) -> Self {
        /// Fewer may stand there by chance.
        const FEWEST: usize = 2;
        let is_kind = |part: Option<&Clean<'_>>| part.is_some_and(|part| numbered_kind(&part.text, lexicon).is_some());
        let lines = || slots.iter().filter(|slot| slot.title.len() > 1);
        let below = lines().filter(|slot| is_kind(slot.title.last())).count();
        let above = lines().filter(|slot| is_kind(slot.title.first())).count();
        let before_colon = |slot: &&Slot<'_>| {
            let kind = slot.title.first().and_then(|first| first.text.split_once(": "));
            kind.is_some_and(|(kind, _)| numbered_kind(kind, lexicon).is_some())
        };
        let colon = slots.iter().filter(before_colon).count();
        let behind = |slot: &&Slot<'_>| {
            parenthesis(&slot.title).is_some_and(|(_, _, kind)| numbered_kind(&kind, lexicon).is_some())
        };
        let parentheses = slots.iter().filter(behind).count();
        Self { below: below >= FEWEST && below > above, colon: colon > FEWEST, parentheses: parentheses >= FEWEST }
    }
}

/// The parenthesis that ends a title, over a break perhaps: in which line it opens and where, and what stands in it.
fn parenthesis(title: &[Clean<'_>]) -> Option<(usize, usize, String)> {
    title.last().filter(|last| last.text.ends_with(')'))?;
    let (line, open) = title.iter().enumerate().rev().find_map(|(line, part)| Some((line, part.text.rfind('(')?)))?;
    let mut inside = title[line].text[open + 1..].trim().to_owned();
    for part in &title[line + 1..] {
        inside.push(' ');
        inside.push_str(&part.text);
    }
    inside.pop();
    Some((line, open, inside)).filter(|_| line > 0 || open > 0)
}

/// Takes the kind in parentheses off the end of a slot's title.
fn split_kind_behind(slot: &mut Slot<'_>, kinds: &Kinds, lexicon: &Lexicon) {
    let Some((line, open, inside)) = parenthesis(&slot.title) else { return };
    let known = numbered_kind(&inside, lexicon).is_some();
    if !(known || kinds.parentheses && is_phrase(&inside)) {
        return;
    }
    let mut kind = slot.title.split_off(line);
    let first = kind.remove(0);
    slot.title.extend(trim(&first.text, 0..open, &[], &[]).map(|range| first.slice(range)));
    kind.insert(0, first.slice(open + 1..first.text.len()));
    if let Some(last) = kind.last_mut() {
        *last = last.slice(0..last.text.len() - 1);
    }
    kind.retain(|part| !part.text.is_empty());
    slot.kind = kind;
}

/// Whether kinds stand behind the titles on their lines: in a column of their own, before an extractor ran it together.
fn has_kinds_behind(lines: &[Piece<'_>], lexicon: &Lexicon) -> bool {
    /// Fewer may be the last words of titles.
    const FEWEST: usize = 3;
    let behind = |line: &&Piece<'_>| {
        let start = line.cues.times.map_or(0, |(_, start)| start);
        times_in(line, lexicon).len() < 2 && kind_behind(&line.text()[start..], lexicon).is_some()
    };
    lines.iter().filter(behind).count() >= FEWEST
}

/// Where the kind begins that ends the line of a title: `A sea with many shores Opening session`.
fn kind_behind(text: &str, lexicon: &Lexicon) -> Option<usize> {
    /// A kind has no more words.
    const WORDS: usize = 5;
    if numbered_kind(text.trim(), lexicon).is_some() {
        return None;
    }
    let starts = text.rmatch_indices(' ').map(|(at, _)| at + 1).take(WORDS);
    let is_kind = |&start: &usize| {
        let (title, kind) = (text[..start].trim_end(), &text[start..]);
        kind.starts_with(char::is_uppercase) && numbered_kind(kind, lexicon).is_some() && !title_goes_on(title, lexicon)
    };
    starts.filter(is_kind).last()
}

/// Takes the kind that stands under a slot's title off its lines.
fn split_kind_below(slot: &mut Slot<'_>, kinds: &Kinds, lexicon: &Lexicon) {
    /// A kind is no longer, in characters.
    const LONGEST: usize = 45;
    let [first, .., last] = slot.title.as_slice() else { return };
    let known = numbered_kind(&last.text, lexicon).is_some() && numbered_kind(&first.text, lexicon).is_none();
    let like_kind = last.text.starts_with(char::is_uppercase)
        && last.text.chars().count() <= LONGEST.min(first.text.chars().count())
        && !last.text.ends_with('?')
        && !title_goes_on(&slot.title[slot.title.len() - 2].text, lexicon);
    if known || kinds.below && like_kind && numbered_kind(&first.text, lexicon).is_none() {
        slot.kind.extend(slot.title.pop());
    }
}

/// Takes the kind off a slot's title: in parentheses behind it; the line under it; a line of its own above it, a phrase
/// before a colon, a phrase before a capital.
fn split_kind<'a>(slot: &mut Slot<'a>, kinds: &Kinds, lexicon: &Lexicon) {
    split_kind_behind(slot, kinds, lexicon);
    if slot.kind.is_empty() {
        split_kind_below(slot, kinds, lexicon);
    }
    if !slot.kind.is_empty() {
        return;
    }
    let Some(first) = slot.title.first().cloned() else { return };
    let text: &str = &first.text;
    let several = slot.title.len() > 1;
    if several && (nearly_kind(text, lexicon) || is_truncated_kind(text, lexicon)) {
        slot.kind = vec![slot.title.remove(0)];
        return;
    }
    if let Some(colon) = text.find(": ") {
        /// A kind that the lexicon does not know is no longer, in words.
        const WORDS: usize = 2;
        let before = crate::piece::Piece::new(0, first.slice(0..colon), lexicon);
        let begins = text[colon + 2..].starts_with(char::is_uppercase);
        if before.cues.kind.is_some() || kinds.colon && begins && text[..colon].split(' ').count() <= WORDS {
            slot.kind = vec![first.slice(0..colon)];
            slot.title[0] = first.slice(colon + 2..text.len());
            return;
        }
    }
    if let Ok((rest, _)) = grammar::session_kind(text, lexicon) {
        let title = rest.trim_start();
        if title.starts_with(char::is_uppercase) {
            let at = text.len() - title.len();
            slot.kind = vec![first.slice(0..text.len() - rest.len())];
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
            slot.kind = vec![slot.title.remove(0)];
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
        if let Some(small) = line.marks.small.first()
            && slot.kind.is_empty()
            && small.start == 0
            && small.end < line.text.len()
        {
            let kind = trim(&line.text, small.clone(), &SIGNS_BEFORE, &SIGNS_AFTER).map(|range| line.slice(range));
            let title = trim(&line.text, small.end..line.text.len(), &SIGNS_BEFORE, &SIGNS_AFTER)
                .map(|range| line.slice(range));
            return vec![Slot { kind: kind.into_iter().collect(), title: title.into_iter().collect(), ..slot }];
        }
        return vec![slot];
    }
    let mut slots = Vec::new();
    let mut at = 0;
    let mut kind = slot.kind.clone();
    for small in kinds.iter().chain(std::iter::once(&(line.text.len()..line.text.len()))) {
        if let Some(title) = trim(&line.text, at..small.start, &SIGNS_BEFORE, &SIGNS_AFTER) {
            slots.push(Slot { kind: std::mem::take(&mut kind), title: vec![line.slice(title)], ..slot.clone() });
        }
        let range = trim(&line.text, small.clone(), &SIGNS_BEFORE, &SIGNS_AFTER);
        kind = range.into_iter().map(|range| line.slice(range)).collect();
        at = small.end;
    }
    slots
}

#[cfg(test)]
mod tests {
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    use super::*;
    use crate::programme::find;

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
                    slot.kind.iter().map(|part| part.text.as_ref()).collect::<Vec<_>>().join(" "),
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

    #[test]
    fn programmes_without_times() {
        for (text, slots) in [
            // kinds over their titles, names below; the last slots stand behind the last of these
            (
                "Programme\n\nMonday 18 October 2021\n\nWelcoming and Opening\n\nKeynotes\n\nPanel I\nRivers and their banks\nAna Silva, Bo Li,\nCy Ro\n\nTuesday 19 October 2021\n\nPanel II\nBoats for all of us\nAna Silva, Di Wu\n\nPanel III\nA wall that holds\n\nConclusions and Closure\n",
                vec![
                    "18|||Welcoming and Opening|",
                    "18|||Keynotes|",
                    "18||Panel I|Rivers and their banks|Ana Silva",
                    "19||Panel II|Boats for all of us|Ana Silva",
                    "19||Panel III|A wall that holds|",
                    "19|||Conclusions and Closure|",
                ],
            ),
            // kinds under their titles
            (
                "Programme\n\nDay 1: Monday, 18 October 2021\n\nOpening\n\nRivers and their banks\nPanel I\n\nDay 2: Tuesday, 19 October 2021\n\nBoats for all\nof us\nPanel II\n\nA wall that holds\nPanel III\n",
                vec![
                    "18|||Opening|",
                    "18||Panel I|Rivers and their banks|",
                    "19||Panel II|Boats for all of us|",
                    "19||Panel III|A wall that holds|",
                ],
            ),
            // kinds on the lines of their titles, every line a slot
            (
                "AGENDA\n\nMONDAY, OCTOBER 18, 2021\n\nWelcoming and Opening\nKeynotes\nPanel I: Rivers and their banks\n\nTUESDAY, OCTOBER 19, 2021\n\nPanel II: Boats for all of us\nPanel III: A wall that holds\nConclusions and Closure\n",
                vec![
                    "18|||Welcoming and Opening|",
                    "18|||Keynotes|",
                    "18||Panel I|Rivers and their banks|",
                    "19||Panel II|Boats for all of us|",
                    "19||Panel III|A wall that holds|",
                    "19|||Conclusions and Closure|",
                ],
            ),
            // titles alone, over a quote and the name before it
            (
                "Programme\nMonday, 18 October 2021\nWelcome and opening\nRivers and their banks\nTuesday, 19 October 2021\nBoats for all of us\nConclusions and Closure\nAna Silva\nA river that nobody knows is\none that nobody mends, and\nthere are many of them.\n",
                vec![
                    "18|||Welcome and opening|",
                    "18|||Rivers and their banks|",
                    "19|||Boats for all of us|",
                    "19|||Conclusions and Closure|",
                ],
            ),
        ] {
            assert_eq!(read_text(text), slots, "{text}");
        }
    }

    #[test]
    fn lists_without_times() {
        let text = "Programme\nMonday, 18 October 2021\nOpening\nKeynotes\nRivers in focus\nPanel I\n\nTuesday, 19 October \
                    2021\nIntroduction\nA harbour for the long\nwinter\nPanel II\nFarewell\n“A river is old, and it\n\
                    goes on.”\nAna Silva\n";
        let slots = [
            "18|||Opening|",
            "18|||Keynotes|",
            "18||Panel I|Rivers in focus|",
            "19|||Introduction|",
            "19||Panel II|A harbour for the long winter|",
            "19|||Farewell|",
        ];
        assert_eq!(read_text(text), slots);
        let over = text.replace("Rivers in focus\nPanel I\n", "Panel I\nRivers in focus\n");
        let over =
            over.replace("A harbour for the long\nwinter\nPanel II\n", "Panel II\nA harbour for the long\nwinter\n");
        assert_eq!(read_text(&over), slots);
    }

    #[test]
    fn kinds_in_parentheses() {
        assert_eq!(
            read_text(
                "Programme\nMonday, 18 October 2021\n09:00–09:30 Welcome (and coffee)\n09:30–10:15 A sea with shores \
                 (Keynote)\n10:15–11:00 What the mud knows (Panel\ndiscussion)\n11:00–12:00 Boats for all (Boat trip)\n"
            ),
            [
                "18|09:00||Welcome (and coffee)|",
                "18|09:30|Keynote|A sea with shores|",
                "18|10:15|Panel discussion|What the mud knows|",
                "18|11:00|Boat trip|Boats for all|"
            ]
        );
    }

    #[test]
    fn days_side_by_side() {
        assert_eq!(
            read_text(
                "Programme\nMonday, 18 October                      Tuesday, 19 October                     Wednesday, 20 October\n\n 09:00–09:30   Registration             09:00–11:00   Workshop: Nets that        10:00–11:30   Panel: Rivers in\n                                                      last                                      focus\n 09:30–10:15   Keynote: A sea           11:30–13:00   Lunch                      12:00–15:00   Boats for all\n"
            ),
            [
                "18|09:00||Registration|",
                "18|09:30|Keynote|A sea|",
                "19|09:00|Workshop|Nets that last|",
                "19|11:30||Lunch|",
                "20|10:00|Panel|Rivers in focus|",
                "20|12:00||Boats for all|"
            ]
        );
    }

    #[test]
    fn kinds_under_their_titles() {
        assert_eq!(
            read_text(
                "Forum 2021\n18 & 20 October 2021\n\nProgramme\nDay 1: Monday, 18 October 2021\n09:00 – 09:30\n\nRegistration\n\n09:30 – 10:15 A sea with many shores\nOpening session\n10:15 – 11:00\nKeynote\n\nWhat the mud knows\n\nDay 2: Tuesday, 19 October 2021\n09:00 – 11:00\nRivers in focus\nPanel\n11:00 – 12:00\nA long walk to the harbour wall\nTides at noon\n12:00 – 13:00\nBoats for all of us\nWorkshop\n"
            ),
            [
                "18|09:00||Registration|",
                "18|09:30|Opening session|A sea with many shores|",
                "18|10:15|Keynote|What the mud knows|",
                "19|09:00|Panel|Rivers in focus|",
                "19|11:00|Tides at noon|A long walk to the harbour wall|",
                "19|12:00|Workshop|Boats for all of us|"
            ]
        );
    }

    #[test]
    fn programmes_end_where_a_session_begins() {
        assert_eq!(
            read_text(
                "Programme\nMonday, 18 October 2021\n09:00–09:30\nRegistration\n09:30–10:00\nRivers in focus\n10:00–10:15\nClosing remarks\nOpening remarks\nOn stage\nAna Silva, Director, Agency\n"
            ),
            ["18|09:00||Registration|", "18|09:30||Rivers in focus|", "18|10:00||Closing remarks|"]
        );
    }

    #[test]
    fn times_behind_titles() {
        assert_eq!(
            read_text(
                "Agenda\n\nWednesday, June 5, 2019\nOld Hall\nRegistration (09:00–09:30)\nA sea with many shores and what has become of it (09:30–\n10:15)\nRivers without borders: Do farms and coasts agree here?\n(10:15–11:00)\nLunch (11:00–12:00)\nThursday, June 6, 2019\nA long walk to the harbour wall, and what we found when\nthe Tide was low (09:00–\n11:00)\nBoats | Nets (11:30–13:00)\nKeynote: Rivers in focus\nSpeakers Ana Silva | Director\n"
            ),
            [
                "5|09:00||Registration|",
                "5|09:30||A sea with many shores and what has become of it|",
                "5|10:15||Rivers without borders: Do farms and coasts agree here?|",
                "5|11:00||Lunch|",
                "6|09:00||A long walk to the harbour wall, and what we found when the Tide was low|",
                "6|11:30||Boats | Nets|"
            ]
        );
    }

    #[test]
    fn kinds_behind_titles_on_their_lines() {
        assert_eq!(
            read_text(
                "Programme day 1\nWednesday, 5 June 2019\n09:00 – 09:30 Registration\n09:30 – 10:15 A sea with shores Opening session\n10:15 – 11:00 Who owns the harbour? Panel II\n11:00 – 12:00 Lunch\n12:00 – 13:00 Old nets Workshop\n"
            ),
            [
                "5|09:00||Registration|",
                "5|09:30|Opening session|A sea with shores|",
                "5|10:15|Panel II|Who owns the harbour?|",
                "5|11:00||Lunch|",
                "5|12:00|Workshop|Old nets|"
            ]
        );
    }
}
