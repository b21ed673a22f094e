//! The printed programme: days, slots, and the credits that some programmes print under them.

use std::ops::Range;

use jiff::civil::Date;
use rapporteur_grammar::{self as grammar, Lexicon, Role, Section, Times};
use rapporteur_source::{Clean, fold};

use crate::{
    RegionLabel,
    piece::{Piece, trim},
};

/// One slot of the programme.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slot<'a> {
    pub(crate) date: Option<(Date, Clean<'a>)>,
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

/// How many pieces without a time may stand between two of a programme.
const REACH: usize = 24;
/// Signs around the text of a slot.
const SIGNS_BEFORE: [char; 5] = [':', '|', ',', '–', '-'];
const SIGNS_AFTER: [char; 1] = ['|'];
/// Fewer times than this are no programme.
const FEWEST: usize = 3;

/// Where the programme stands among the pieces.
pub(crate) fn find(pieces: &[Piece<'_>], lexicon: &Lexicon) -> Option<Range<usize>> {
    let times: Vec<usize> = pieces.iter().map(|piece| times_in(piece, lexicon).len()).collect();
    let mut best: Option<(usize, Range<usize>)> = None;
    let mut at = 0;
    while at < pieces.len() {
        if times[at] == 0 {
            at += 1;
            continue;
        }
        let (start, mut end, mut count) = (at, at + 1, times[at]);
        loop {
            let next = (end..pieces.len().min(end + REACH)).find(|&next| times[next] > 0);
            let Some(next) = next else { break };
            // running text or another part between two times: no programme
            if pieces[end..next].iter().any(|piece| piece.cues.chars > 250 || heads_back_matter(piece)) {
                break;
            }
            count += times[next];
            end = next + 1;
        }
        if count >= FEWEST && best.as_ref().is_none_or(|(most, _)| count > *most) {
            best = Some((count, start..end));
        }
        at = end;
    }
    match best {
        Some((_, range)) => Some(widen(pieces, range, lexicon)),
        None => untimed(pieces),
    }
}

/// Whether a piece is the heading of a part that no programme has in it.
fn heads_back_matter(piece: &Piece<'_>) -> bool {
    use Section::{Figures, Imprint, Posts, Recommendations, Takeaways, Venues};
    let back = matches!(piece.cues.section, Some(Figures | Imprint | Posts | Recommendations | Takeaways | Venues));
    back && piece.cues.role.is_none() && piece.label.is_none()
}

/// Upwards to its heading and first date, downwards to the end of the last slot.
fn widen(pieces: &[Piece<'_>], mut range: Range<usize>, lexicon: &Lexicon) -> Range<usize> {
    let mut start = range.start;
    for at in (range.start.saturating_sub(10)..range.start).rev() {
        let piece = &pieces[at];
        if piece.cues.chars > 120 {
            break;
        }
        let heads = piece.cues.section == Some(Section::Agenda)
            || !dates_in(piece.text(), lexicon).is_empty()
            || grammar::numbered_day(piece.text(), lexicon).is_ok();
        if heads {
            start = at;
        }
    }
    range.start = start;
    let credits = pieces[range.clone()].iter().any(|piece| piece.cues.bar || piece.cues.role.is_some());
    let mut end = range.end;
    while end < pieces.len() && end < range.end + 40 {
        let piece = &pieces[end];
        let slot_text =
            end < range.end + 3 && piece.cues.chars <= 140 && piece.cues.section.is_none() && !piece.page_start;
        let credit = credits
            && (piece.cues.bar
                || piece.cues.role.is_some()
                || piece.cues.begin != crate::piece::Begin::Other && pieces[end - 1].cues.bar);
        let ends_sentence = piece.cues.chars > 60 && piece.text().ends_with('.');
        // the last slot has its title on its own line
        let untitled = pieces[end - 1].cues.times.as_ref().is_some_and(|(_, rest)| {
            let after = pieces[end - 1].text()[*rest..].trim();
            after.is_empty() || crate::piece::kind_of(after, lexicon).is_some()
        });
        if piece.label == Some(RegionLabel::Furniture) && !credits {
            break;
        }
        // a last slot whose time stands elsewhere: its kind and its title
        let next =
            pieces.get(end + 1).filter(|next| next.cues.chars <= 140 && next.cues.end != crate::piece::End::Stop);
        if piece.cues.kind.is_some() && piece.cues.chars < 60 && next.is_some() && piece.gap && end < range.end + 2 {
            end += 2;
            continue;
        }
        if !(credit || untitled || slot_text && !piece.gap && !ends_sentence) {
            break;
        }
        end += 1;
    }
    range.end = end;
    range
}

/// A programme without times: its heading, dates, and credits.
fn untimed(pieces: &[Piece<'_>]) -> Option<Range<usize>> {
    let start = pieces.iter().position(|piece| is_heading(piece) && piece.label.is_none())?;
    let mut end = start + 1;
    let (mut credits, mut dates) = (0, 0);
    let mut last = start;
    while end < pieces.len() && end - last < 8 {
        let piece = &pieces[end];
        if piece.cues.bar || piece.cues.role.is_some() {
            credits += 1;
            last = end;
        } else if piece.cues.days.is_some() {
            dates += 1;
            last = end;
        } else if piece.cues.chars > 250 {
            break;
        }
        end += 1;
    }
    (credits >= FEWEST && dates > 0).then_some(start..last + 1)
}

/// `AGENDA`, `Agenda Spring Water Forum 2019`: the heading's first word counts.
fn is_heading(piece: &Piece<'_>) -> bool {
    piece.cues.section == Some(Section::Agenda)
}

/// The times of a piece: at its start, or anywhere where a run of slots is on one line.
fn times_in(piece: &Piece<'_>, lexicon: &Lexicon) -> Vec<(Range<usize>, Times)> {
    let text = piece.text();
    if piece.label.is_some() || text.len() > 2_000 {
        return Vec::new();
    }
    find_all(text, |here| {
        here.starts_with(|c: char| c.is_ascii_digit()).then(|| grammar::times(here, lexicon).ok()).flatten()
    })
    .into_iter()
    .filter(|(_, times)| times.end.is_some() || piece.cues.times.is_some())
    .collect()
}

fn dates_in(text: &str, lexicon: &Lexicon) -> Vec<(Range<usize>, grammar::Days)> {
    find_all(text, |here| {
        here.starts_with(|c: char| c.is_alphanumeric()).then(|| grammar::days(here, lexicon).ok()).flatten()
    })
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
pub(crate) fn read<'a>(pieces: &[Piece<'a>], lexicon: &Lexicon) -> Programme<'a> {
    let timed = pieces.iter().any(|piece| !times_in(piece, lexicon).is_empty());
    let mut reader = Reader {
        lexicon,
        timed,
        programme: Programme::default(),
        date: None,
        slot: None,
        pending: Vec::new(),
        role: None,
        stray: Vec::new(),
    };
    let visible: Vec<&Piece<'a>> = pieces.iter().filter(|piece| piece.label != Some(RegionLabel::Furniture)).collect();
    for (at, piece) in visible.iter().enumerate() {
        reader.piece(piece, visible.get(at + 1).copied());
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

struct Reader<'a, 'l> {
    lexicon: &'l Lexicon,
    timed: bool,
    programme: Programme<'a>,
    date: Option<(Date, Clean<'a>)>,
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
            if !slot.title.is_empty() {
                self.programme.slots.push(slot);
            }
        }
        self.role = None;
    }

    fn piece(&mut self, piece: &Piece<'a>, next: Option<&Piece<'a>>) {
        if is_heading(piece) {
            return;
        }
        let clean = &piece.clean;
        let text = piece.text();
        // the sign of a list is no part of a slot
        let entry = piece.cues.bullet.as_ref().map_or(0, |(_, at)| *at);
        let mut marks: Vec<(Range<usize>, Mark)> = Vec::new();
        for (range, days) in dates_in(text, self.lexicon) {
            marks.push((range, Mark::Date(days.first)));
        }
        for (range, times) in times_in(piece, self.lexicon) {
            marks.push((range, Mark::Times(times)));
        }
        marks.sort_by_key(|(range, _)| range.start);
        let mut at = entry;
        for (index, (range, mark)) in marks.iter().enumerate() {
            let before = at..range.start;
            match mark {
                Mark::Date(date) => {
                    // a heading with a date in it: the conference, the number of the day
                    self.close();
                    self.pending.clear();
                    self.date = Some((*date, clean.slice(range.clone())));
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
            self.line(piece, next);
        } else if matches!(marks.last(), Some((_, Mark::Times(_)))) {
            self.text(clean.slice(rest));
        }
    }

    /// Text between two times of one line, or before the first.
    fn lead(&mut self, clean: &Clean<'a>, range: Range<usize>, first: bool) {
        let text = &clean.text[range.clone()];
        if grammar::numbered_day(text, self.lexicon).is_ok_and(|(rest, _)| rest.is_empty()) {
            return;
        }
        let part = clean.slice(range);
        let kind = crate::piece::kind_of(text, self.lexicon).is_some();
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
        let kind = pending.iter().all(|part| nearly_kind(&part.text, self.lexicon));
        self.close();
        let mut slot = Slot { date: self.date.clone(), times: Some((times, place)), ..Slot::default() };
        if kind {
            slot.title = pending;
        } else {
            self.pending = pending;
        }
        self.slot = Some(slot);
    }

    fn line(&mut self, piece: &Piece<'a>, next: Option<&Piece<'a>>) {
        let text = piece.text();
        if grammar::numbered_day(text, self.lexicon).is_ok_and(|(rest, _)| rest.trim().is_empty()) {
            return;
        }
        if let Some((role, at)) = piece.cues.role {
            let rest = &text[at..];
            if rest.is_empty() || grammar::name(rest, self.lexicon).is_some() {
                self.role = Some(role);
                if !rest.is_empty() {
                    self.credit(role, piece.clean.slice(at..text.len()));
                }
                return;
            }
        }
        let entry = piece.cues.bullet.as_ref().map_or(0, |(_, at)| *at);
        if piece.cues.bar || entry > 0 && piece.cues.name.is_some() {
            let role = self.role.filter(|role| *role == Role::Moderators && entry == 0).unwrap_or(Role::Speakers);
            return self.credit(role, piece.clean.slice(entry..text.len()));
        }
        // a credit goes on in the next line
        let open = self.slot.as_ref().is_some_and(|slot| !slot.credits.is_empty());
        let own_line = self.timed && piece.cues.chars < 140 && piece.cues.kind.is_none();
        if open
            && (!piece.gap || own_line)
            && let Some((_, lines)) = self.slot.as_mut().and_then(|slot| slot.credits.last_mut())
        {
            lines.push(piece.clean.clone());
            return;
        }
        if self.timed {
            // a kind after a whole slot begins another, though its time stands elsewhere
            let whole = self.slot.as_ref().is_some_and(|slot| {
                slot.title.iter().any(|part| crate::piece::kind_of(&part.text, self.lexicon).is_none())
            });
            if piece.cues.kind.is_some() && whole && piece.gap && !self.stray.is_empty() {
                self.close();
                self.slot = Some(Slot { date: self.date.clone(), ..Slot::default() });
            }
            let clean = piece.clean.slice(entry..text.len());
            if self.slot.is_some() && !open {
                self.text(clean);
            } else if self.slot.is_none() && self.date.is_some() {
                self.programme.places.push(clean);
            } else {
                self.pending.push(clean);
            }
            return;
        }
        // no times: a slot is what has credits under it
        let credited = next.is_some_and(|next| next.cues.bar || next.cues.role.is_some());
        if credited {
            self.close();
            self.slot = Some(Slot { date: self.date.clone(), title: vec![piece.clean.clone()], ..Slot::default() });
        } else if self.slot.is_none() {
            self.programme.places.push(piece.clean.clone());
        } else if !piece.gap {
            self.text(piece.clean.clone());
        }
    }

    fn text(&mut self, part: Clean<'a>) {
        let (part, kind) = self.trailing_kind(part);
        self.title_part(part);
        if let Some(kind) = kind {
            self.close();
            self.pending.push(kind);
        }
    }

    /// A kind behind the question mark of a title belongs to the next slot; a misprint of a letter is borne with.
    fn trailing_kind(&self, part: Clean<'a>) -> (Clean<'a>, Option<Clean<'a>>) {
        let Some(mark) = part.text.rfind(['?', '!']) else { return (part, None) };
        let rest = part.text[mark + 1..].trim();
        let kind = rest.starts_with(char::is_uppercase) && nearly_kind(rest, self.lexicon);
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
    Date(Date),
    Times(Times),
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
    if crate::piece::kind_of(text, lexicon).is_some() {
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
        let range = find(&pieces, &lexicon).expect("a programme");
        read(&pieces[range], &lexicon)
            .slots
            .iter()
            .map(|slot| {
                let title: Vec<&str> = slot.title.iter().map(|part| part.text.as_ref()).collect();
                let times = slot.times.as_ref().map(|(times, _)| times.start.strftime("%H:%M").to_string());
                let date = slot.date.as_ref().map(|(date, _)| date.day().to_string());
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
