//! Where the programme stands.

use std::ops::Range;

use jiff::civil::Date;
use rapporteur_grammar::{self as grammar, Lexicon, Section};
use rapporteur_source::fold;

use super::{
    LONGEST_LINE, Words, dates_in, is_credit_line, is_day_heading, is_header, is_heading, is_title, lines_go_on, rows,
    times_in,
};
use crate::{
    RegionLabel,
    piece::{Begin, End, Piece, numbered_kind, title_goes_on},
};

/// How many pieces without a time may stand between two of a programme.
const REACH: usize = 24;

/// Fewer times than this are no programme.
pub(super) const FEWEST: usize = 3;

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
        let credits = piece.cues.end != End::Stop && is_credit_line(piece, words);
        if piece.cues.chars > LONGEST_LINE && !piece.text().starts_with('|') && !credits
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
        // the days of the title page are none of the programme's
        let above = last.saturating_sub(REACH);
        let from = (above..last).rev().find(|&at| is_heading(&pieces[at])).unwrap_or(above);
        *day = heads(from..last).filter_map(dates).max();
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
            // days that stand side by side have their headings above, and neither page nor part ends between them
            let apart = pieces[last].page != pieces[next].page || pieces[last + 1..next].iter().any(begins_elsewhere);
            let beside = !apart
                && heads(last.saturating_sub(REACH)..last).any(|at| at > 0 && is_day_heading(&pieces[at - 1], words));
            back && next > last + 1 && !beside && here.is_none() && heads(last + 1..next + 1).next().is_none()
        }
    }
}

/// Whether a page or a part begins at a piece: a running head, a heading by its marks or its capitals.
fn begins_elsewhere(piece: &Piece<'_>) -> bool {
    /// Shorter capitals are a label, in characters.
    const LABEL: usize = 12;
    piece.label == Some(RegionLabel::Furniture)
        || piece.clean.marks.heading > 0
        || piece.cues.capitals && piece.cues.chars > LABEL
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
    let mut start = range.start;
    for at in (range.start.saturating_sub(10)..range.start).rev().take_while(|&at| !is_long(&pieces[at])) {
        let piece = &pieces[at];
        let heading = is_heading(piece);
        if heading || is_day_heading(piece, words) {
            start = at;
        }
        let section = piece.cues.section.is_some() && piece.label.is_none() && !is_header(piece.text(), words.lexicon);
        // a day above the heading is that of the title page, and what is under another heading is of another part
        if heading || section {
            break;
        }
    }
    let end = end_of_slots(pieces, start..range.end, words);
    start..end
}

/// Where the text of the last slots ends: as many titles as times still lack one, and what goes on from them.
fn end_of_slots(pieces: &[Piece<'_>], range: Range<usize>, words: &Words<'_>) -> usize {
    let lexicon = words.lexicon;
    let credits = pieces[range.clone()].iter().any(|piece| is_credit_line(piece, words));
    let strays = pieces[range.clone()].iter().any(|piece| has_stray_time(piece, lexicon));
    let (mut open, mut remarks) = untitled(&pieces[range.clone()], words);
    let kinds_below = kinds_below(&pieces[range.clone()], words);
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
        let quote = piece.gap && piece.cues.opens.is_some();
        let heading = piece.clean.marks.heading > 0 || piece.page_start || piece.cues.number.is_some();
        let anew = || heading || !credits && heads_session(&pieces[end - 1..]);
        if section || quote || piece.cues.chars > LONGEST_LINE || wanted == 0 && anew() {
            break;
        }
        let before = &pieces[end - 2];
        let goes_on = (lines_go_on(before, piece) || !piece.gap && title_goes_on(before.text(), lexicon))
            && !piece.page_start
            && before.label.is_none();
        let credit = credits && (is_credit_line(piece, words) || piece.cues.role.is_some());
        // a last slot whose time stands elsewhere: its kind and its title
        let next = pieces.get(end).filter(|next| next.cues.chars <= 140 && next.cues.end != End::Stop);
        let stray = strays && kind && piece.gap && open == 0 && end <= range.end + 2 && next.is_some();
        let below = kinds_below && kind && !piece.gap && before.label.is_none() && end <= reached + 1;
        if !(goes_on || credit || open > 0 || stray || below) {
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

/// Whether a session begins at the first of the pieces: a label of credits stands alone below its title. In the programme
/// itself, nothing does.
fn heads_session(pieces: &[Piece<'_>]) -> bool {
    /// A kind and a title have no more lines.
    const LINES: usize = 5;
    let begins = pieces.first().is_some_and(|first| first.cues.begin != Begin::Lower);
    let label = |piece: &Piece<'_>| {
        piece.cues.kind.is_none() && piece.cues.role.is_some_and(|(_, rest)| rest == piece.text().len())
    };
    let mut head = pieces.iter().take(LINES + 1);
    let ends =
        |piece: &&Piece<'_>| label(piece) || piece.label.is_some() || piece.cues.times.is_some() || piece.page_start;
    begins && head.find(ends).is_some_and(label)
}

/// Whether kinds stand under the titles: under lines that are neither a time nor a day.
fn kinds_below(pieces: &[Piece<'_>], words: &Words<'_>) -> bool {
    /// Fewer may stand there by chance.
    const FEWEST: usize = 2;
    let is_kind = |piece: &Piece<'_>| numbered_kind(piece.text(), words.lexicon).is_some();
    let under_title = |pair: &&[Piece<'_>]| {
        let over = &pair[0];
        let behind = |range: &Range<usize>| over.text()[range.end..].contains(char::is_alphabetic);
        let times = times_in(over, words.lexicon);
        let title =
            over.label.is_none() && times.last().is_none_or(|(range, _)| behind(range)) && !is_day_heading(over, words);
        title && is_kind(&pair[1]) && !pair[1].gap && !is_kind(over)
    };
    pieces.windows(2).filter(under_title).count() >= FEWEST
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

/// Whether what looks like a running head is the title that the time before it, or the kind under that time, lacks:
/// running heads repeat titles.
pub(super) fn is_title_like_head(pieces: &[Piece<'_>], at: usize, words: &Words<'_>) -> bool {
    let piece = &pieces[at];
    // the head of the pages before is no title of this one, whatever number it has there
    let letters = |other: &Piece<'_>| fold(other.text()).replace(|c: char| c.is_ascii_digit(), "");
    let heads_pages = || {
        let here = letters(piece);
        pieces[..at].iter().any(|other| other.label == piece.label && letters(other) == here)
    };
    // the kind stands behind the time, or below it
    let is_kind = |text: &str| numbered_kind(text.trim_matches([' ', '|', ':', '–']), words.lexicon).is_some();
    let is_kind_of_time = |before: usize| {
        let text = pieces[before].text();
        match times_in(&pieces[before], words.lexicon).last() {
            Some((times, _)) => is_kind(&text[times.end..]),
            None => is_kind(text) && before > 0 && rows::is_time_alone(&pieces[before - 1], words),
        }
    };
    let is_titleless = |before: usize| {
        rows::is_time_alone(&pieces[before], words) || is_kind_of_time(before) && !piece.gap && !heads_pages()
    };
    // the number of the page that ends or begins there
    let numbers_page = || {
        piece.text().contains(|c: char| c.is_ascii_digit()) && pieces.get(at + 1).is_some_and(|next| next.page_start)
    };
    at > 0
        && !piece.page_start
        && !numbers_page()
        && piece.cues.begin == Begin::Upper
        && piece.text().contains(char::is_lowercase)
        && is_titleless(at - 1)
}

/// How many times at the end of the programme have no title yet, and whether the last of them has a kind that may be its
/// title.
pub(super) fn untitled(pieces: &[Piece<'_>], words: &Words<'_>) -> (usize, bool) {
    let lexicon = words.lexicon;
    let (mut open, mut remarks) = (0_usize, false);
    if rows::times_behind(pieces, words) {
        return (open, remarks);
    }
    // whether the day so far has any titles
    let mut titled = false;
    for piece in pieces.iter().filter(|piece| piece.label.is_none() && !is_header(piece.text(), lexicon)) {
        let text = if let Some((range, _)) = times_in(piece, lexicon).last() {
            let (before, rest) = (&piece.text()[..range.start], &piece.text()[range.end..]);
            if before.contains(char::is_alphabetic) {
                titled = true;
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
            // the titles of a day of times alone come behind those of the next
            open = if titled { 0 } else { open };
            titled = false;
            continue;
        } else {
            piece.text()
        };
        if text.is_empty() || text.starts_with(char::is_lowercase) {
            continue;
        }
        titled = true;
        let kind = numbered_kind(text, lexicon).is_some();
        remarks = kind && is_title(text, lexicon);
        open = open.saturating_sub(usize::from(!kind));
    }
    (open, remarks)
}

/// A programme without times: its heading, and days with lists, credits or lines of titles under them.
fn untimed(pieces: &[Piece<'_>], words: &Words<'_>) -> Option<Range<usize>> {
    let mut headings = (0..pieces.len()).filter(|&at| is_heading(&pieces[at]));
    headings.find_map(|start| {
        let labelled = pieces[start].label.is_some();
        // the running head of its pages may be the same
        let entries = if labelled { None } else { untimed_at(pieces, start, words) };
        entries.into_iter().chain(titles_of_days(pieces, start, words)).max_by_key(|range| range.end)
    })
}

/// Days with nothing but titles under them, a title a line, or a few lines.
fn titles_of_days(pieces: &[Piece<'_>], start: usize, words: &Words<'_>) -> Option<Range<usize>> {
    let (mut titles, mut end) = (0, start);
    pieces.get(start + 1).filter(|first| is_day_heading(first, words))?;
    // each day may have a page of its own
    let heads_day = |piece: &Piece<'_>| is_heading(piece) || is_day_heading(piece, words);
    for (at, piece) in pieces.iter().enumerate().skip(start + 1) {
        if piece.label.is_some() {
            let next = pieces[at..].iter().take(REACH).find(|next| next.label.is_none());
            if next.is_some_and(heads_day) { continue } else { break }
        }
        if heads_day(piece) {
            continue;
        }
        // a list of bullets ends with the last of them, and slots with times are no titles alone
        if piece.cues.bullet.is_some() || !times_in(piece, words.lexicon).is_empty() {
            return None;
        }
        if !may_be_listed_title(piece, words) || text_begins(&pieces[at..]) {
            break;
        }
        titles += 1;
        end = at + 1;
    }
    (titles >= FEWEST).then_some(start..end)
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
    let end = if list { last + 1 } else { end_of_entry(pieces, last, words) };
    (entries >= FEWEST && dates > 0).then_some(start..end)
}

/// Where the lines of the last entry of a programme without times end: with the page or the text, where that ends soon;
/// else at a gap.
fn end_of_entry(pieces: &[Piece<'_>], last: usize, words: &Words<'_>) -> usize {
    /// A title, people, and a slot or two without either have no more lines.
    const MOST: usize = 8;
    let mut gap = None;
    for (end, piece) in pieces.iter().enumerate().skip(last + 1).take(MOST) {
        let credits = piece.cues.end != End::Stop && is_credit_line(piece, words);
        if piece.page_start || piece.label == Some(RegionLabel::Furniture) {
            return end;
        }
        if piece.cues.chars > LONGEST_LINE && !credits || piece.cues.end == End::Stop || piece.cues.opens.is_some() {
            return gap.unwrap_or(last + 1);
        }
        if piece.gap {
            gap.get_or_insert(end);
        }
    }
    let end = last + 1 + MOST;
    if end >= pieces.len() { pieces.len() } else { gap.unwrap_or(last + 1) }
}

/// Whether a line is a label of credits, alone or before a name: in `Panel: Rivers` the same word is a kind.
fn is_label(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    let rest = piece.cues.role.map(|(_, rest)| &piece.text()[rest..]);
    rest.is_some_and(|rest| rest.is_empty() || grammar::name(rest, lexicon).is_some())
}

/// Whether a line may be (part of) a title in a list of titles: no sentence, no person, nothing in capitals, which head
/// what comes behind the list.
fn may_be_listed_title(piece: &Piece<'_>, words: &Words<'_>) -> bool {
    /// A title's line is no longer, in characters.
    const LONGEST: usize = 140;
    piece.cues.chars <= LONGEST
        && !piece.text().ends_with(['.', ':'])
        && piece.cues.opens.is_none()
        && (piece.cues.kind.is_some() || !is_label(piece, words.lexicon))
        && !piece.cues.capitals
        && (!is_credit_line(piece, words) || grammar::head(piece.text(), words.lexicon).is_some())
}

/// Whether running text begins at the first of the pieces, or below the name that it is: more lines go on than those of a
/// title.
fn text_begins(pieces: &[Piece<'_>]) -> bool {
    /// A title goes on in fewer lines.
    const LINES: usize = 2;
    let goes_on = |from: usize| {
        let lines = pieces.iter().skip(from).take_while(|piece| piece.cues.begin == Begin::Lower);
        lines.take(LINES).count() == LINES
    };
    let name = pieces.first().and_then(|first| Some((first.cues.name.as_ref()?.end, first.text().len())));
    goes_on(1) || name.is_some_and(|(end, whole)| end == whole) && goes_on(2)
}

#[cfg(test)]
mod tests {
    use rapporteur_source::Source;

    use super::*;
    use crate::{context::Context, outline::programme_words};

    #[test]
    fn the_head_of_the_next_page_is_no_title() {
        for (text, expected) in [
            ("09:30 Opening session\nWhat the mud remembers\nWelcome\n", true),
            ("09:30 Opening session\nWF2019 3 Welcome\n\u{c}Welcome\n", false),
        ] {
            let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
            let context = Context::new(&source, &lexicon);
            let mut pieces = crate::piece::pieces(&context);
            pieces[1].label = Some(RegionLabel::Furniture);
            assert_eq!(is_title_like_head(&pieces, 1, &programme_words(&context)), expected, "{text}");
        }
    }
}
