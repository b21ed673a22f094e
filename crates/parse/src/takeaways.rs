//! A list of takeaways: numbered, bulleted, under headings, or plain titles over their text.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Bullet, Lexicon, Role};
use rapporteur_source::Clean;
use rustc_hash::FxHashSet;

use crate::{
    RegionLabel as L,
    context::Context,
    people::People,
    piece::{Begin, End, Piece},
    session::Chunk,
};

/// One takeaway.
#[derive(Clone, Debug)]
pub(crate) struct TakeawayDraft<'a> {
    /// The number as printed.
    pub(crate) number: Option<usize>,
    pub(crate) title: Vec<Clean<'a>>,
    pub(crate) body: Vec<Chunk<'a>>,
}

/// The list and who wrote it.
#[derive(Clone, Debug, Default)]
pub(crate) struct TakeawayList<'a> {
    pub(crate) entries: Vec<TakeawayDraft<'a>>,
    pub(crate) authors: Vec<AuthorDraft<'a>>,
    /// How many the heading promises, and where it says so.
    pub(crate) promised: Option<(usize, Clean<'a>)>,
    pub(crate) links: Vec<Clean<'a>>,
}

/// An author: name and role lines.
#[derive(Clone, Debug)]
pub(crate) struct AuthorDraft<'a> {
    pub(crate) name: Clean<'a>,
    pub(crate) role: Vec<Clean<'a>>,
}

/// Where an entry begins.
#[derive(Clone, Copy, Debug)]
struct Start {
    at: usize,
    number: Option<usize>,
    /// The piece with the title, and where the title starts in it.
    title: usize,
    from: usize,
}

/// Reads entries in the forms of takeaways under another heading, where at least two are marked as such: numbers, bullets,
/// headings. Nothing is labelled where there are none.
pub(crate) fn read_marked<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    heading: Range<usize>,
    people: &People,
    context: &Context<'a>,
) -> Option<TakeawayList<'a>> {
    if marked(pieces, heading.end.min(range.end)..range.end, context).len() < 2 {
        return None;
    }
    let list = read(pieces, range.clone(), heading, people, context);
    for label in pieces[range].iter_mut().filter_map(|piece| piece.label.as_mut()) {
        match label {
            L::TakeawayTitle => *label = L::Heading,
            L::TakeawayBody => *label = L::Body,
            _ => {}
        }
    }
    Some(list)
}

/// Reads the list in `range`, whose heading is `heading`, and labels its pieces.
pub(crate) fn read<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    heading: Range<usize>,
    people: &People,
    context: &Context<'a>,
) -> TakeawayList<'a> {
    let mut list = TakeawayList::default();
    for at in heading.clone() {
        pieces[at].label.get_or_insert(L::Heading);
        let text = pieces[at].text();
        let count = text
            .split_whitespace()
            .take(4)
            .find_map(|word| context.lexicon.cardinal(word))
            .filter(|count| *count < 100);
        if let (Some(count), None) = (count, &list.promised) {
            list.promised = Some((count, pieces[at].clean.clone()));
        }
    }
    // another part may begin within the lines that were taken for the heading
    let body = heading.end.clamp(range.start, range.end)..range.end;
    list.authors = authors(pieces, body.clone(), people, context);
    for at in body.clone() {
        let piece = &pieces[at];
        if piece.label.is_none() && piece.cues.link {
            list.links.push(piece.clean.clone());
            pieces[at].label = Some(L::Link);
        }
        if pieces[at].label.is_none()
            && crate::outline::is_takeaways_heading(pieces[at].text(), context)
            && pieces[at].cues.number.is_none()
        {
            pieces[at].label = Some(L::Heading);
        }
    }
    let starts = starts(pieces, body.clone(), context);
    let first = starts.first().map_or(body.end, |start| start.at);
    for piece in &mut pieces[body.start..first] {
        piece.label.get_or_insert(L::Body);
    }
    let tail = starts.last().and_then(|last| tail(pieces, last.title + 1..body.end, context)).unwrap_or(body.end);
    for piece in &mut pieces[tail..body.end] {
        piece.label.get_or_insert(L::Link);
    }
    let ends = || starts.iter().skip(1).map(|next| next.at).chain([tail]);
    // where one title has its text behind it on the line, each has
    let run_in =
        starts.iter().zip(ends()).any(|(start, end)| title_end(pieces, start, end, false, context).1.is_some());
    let title_ends = headlines(pieces, &starts, context).unwrap_or_else(|| {
        starts.iter().zip(ends()).map(|(start, end)| title_end(pieces, start, end, run_in, context)).collect()
    });
    for ((start, end), title_end) in starts.iter().zip(ends()).zip(title_ends) {
        list.entries.push(entry(pieces, start, end, title_end));
    }
    share_out(&mut list.entries);
    list
}

/// Gives the texts of a row to its entries: where the titles of a row stand before all of its texts, the last title has
/// them all. Only as many paragraphs as titles can be shared out.
fn share_out(entries: &mut [TakeawayDraft<'_>]) {
    let mut row = 0;
    for at in 0..entries.len() {
        if entries[at].body.is_empty() {
            continue;
        }
        let count = at - row;
        let paragraphs = entries[at].body.iter().filter(|chunk| chunk.apart).count();
        if count > 0 && paragraphs == count + 1 && entries[at].body[0].apart {
            let mut owner = row;
            for (index, chunk) in std::mem::take(&mut entries[at].body).into_iter().enumerate() {
                owner += usize::from(index > 0 && chunk.apart);
                entries[owner].body.push(chunk);
            }
        }
        row = at + 1;
    }
}

/// Where the entries begin: the first way of marking them that finds more than one.
fn starts(pieces: &[Piece<'_>], range: Range<usize>, context: &Context<'_>) -> Vec<Start> {
    let marked = marked(pieces, range.clone(), context);
    if marked.len() >= 2 { marked } else { plain(pieces, range, context) }
}

/// Entries with numbers, bullets, or headings of the extractor.
fn marked(pieces: &[Piece<'_>], range: Range<usize>, context: &Context<'_>) -> Vec<Start> {
    let numbered = numbered(pieces, range.clone(), context);
    let headed = headed(pieces, range.clone(), context);
    if numbered.len() >= 2 {
        // entries whose number was lost stand under headings between the others
        let mut all = numbered.clone();
        if numbered.first().is_some_and(|first| first.number != Some(1)) || headed.len() > numbered.len() {
            all.extend(
                headed
                    .into_iter()
                    .filter(|start| numbered.iter().all(|known| known.title != start.title && known.at != start.title)),
            );
            all.sort_by_key(|start| start.at);
        }
        return all;
    }
    let bulleted = bulleted(pieces, range, context);
    if bulleted.len() >= headed.len() { bulleted } else { headed }
}

/// `1 Title`, `1. Title`, `1 | Title`, `Takeaway 1: Title`, a number alone over its title, a row of them over a row of titles.
fn numbered(pieces: &[Piece<'_>], range: Range<usize>, context: &Context<'_>) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let found = match numbered_title(pieces, at, &starts, context) {
            Some(start) => vec![start],
            None => numbers_alone(pieces, at..range.end, &starts, context),
        };
        at = found.last().map_or(at, |last| last.title) + 1;
        starts.extend(found);
    }
    starts
}

/// Whether `number` may be that of the next entry: that of its place, or not taken and not far from those before it. The
/// columns of a grid may come one after the other.
fn is_expected(number: usize, starts: &[Start]) -> bool {
    /// Farther from the others, a number is of something else.
    const FAR: usize = 5;
    let numbers = || starts.iter().filter_map(|start| start.number);
    let free = number <= numbers().max().unwrap_or(0) + FAR && numbers().all(|known| known != number);
    number > 0 && (number == starts.len() + 1 || free)
}

/// A number before a title on the line.
fn numbered_title(pieces: &[Piece<'_>], at: usize, starts: &[Start], context: &Context<'_>) -> Option<Start> {
    let piece = &pieces[at];
    if piece.label.is_some_and(|label| label != L::Furniture) {
        return None;
    }
    let bullet = match &piece.cues.bullet {
        // the number behind the marks of a heading or a bullet
        Some((Bullet::Number(number), from)) => Some((*number, *from)),
        _ => None,
    };
    let text = piece.text();
    let own = labelled(text, context.lexicon).or(piece.cues.number).or(bullet).or_else(|| barred(text))?;
    let (number, from) = own;
    // the running head that names the list, and the number of its page
    if piece.label.is_some() && crate::outline::is_takeaways_heading(&text[from..], context) {
        return None;
    }
    let apart = piece.gap
        || piece.is_marked()
        || text.starts_with('|')
        || at == 0
        || pieces[at - 1].cues.end == End::Stop
        || pieces[at - 1].label.is_some();
    // what says that it is an entry may have any number, doubled ones and all
    let says = labelled(text, context.lexicon).is_some();
    (apart && from < text.len() && (says || is_expected(number, starts))).then_some(Start {
        at,
        number: Some(number),
        title: at,
        from,
    })
}

/// Numbers alone, one or a row of them, over as many titles.
fn numbers_alone(pieces: &[Piece<'_>], range: Range<usize>, starts: &[Start], context: &Context<'_>) -> Vec<Start> {
    /// A row of a grid is not longer.
    const ROW: usize = 6;
    let furniture = |at: usize| pieces[at].label == Some(L::Furniture);
    let first = range.start;
    let mut numbers = Vec::new();
    let mut at = first;
    while at < range.end && numbers.len() < ROW && (pieces[at].label.is_none() || furniture(at) && furniture(first)) {
        let Some(number) = lone_number(pieces[at].text(), context) else { break };
        if !is_expected(number, starts) || numbers.last().is_some_and(|last| number != last + 1) {
            break;
        }
        numbers.push(number);
        at += 1;
    }
    let mut titles = (at..range.end).filter(|&at| pieces[at].label.is_none());
    let mut found = Vec::new();
    for (index, number) in numbers.iter().enumerate() {
        let goes_on = |title: usize| {
            let next = pieces.get(title + 1).filter(|next| !next.gap && next.label.is_none());
            next.is_some_and(|next| pieces[title].text().ends_with(',') && next.cues.end != End::Stop)
        };
        let titled = |title: &usize| is_title(&pieces[*title]) || goes_on(*title);
        let Some(title) = titles.next().filter(titled) else { return Vec::new() };
        // a number taken for a page's stands right over its title; where it counts the entries, and no other does, a page
        // need not begin there
        let counts = || {
            let same = |at: &usize| lone_number(pieces[*at].text(), context) == Some(*number);
            *number == starts.len() + 1 && range.clone().filter(same).count() == 1
        };
        let near = if furniture(first) {
            title == first + 1 && (!pieces[title].page_start || counts())
        } else {
            title < at + 3 + index
        };
        if !near {
            return Vec::new();
        }
        found.push(Start { at: if index == 0 { first } else { title }, number: Some(*number), title, from: 0 });
    }
    found
}

/// `1`, `01`, `KEY MESSAGE 1` alone on a line.
fn lone_number(text: &str, context: &Context<'_>) -> Option<usize> {
    let lone = text.trim_matches(|c: char| !c.is_alphanumeric());
    let labelled = || labelled(text, context.lexicon).filter(|(_, from)| *from >= text.len()).map(|(number, _)| number);
    lone.parse().ok().or_else(labelled)
}

/// `Takeaway 1: Title`, `KEY MESSAGE 1`: the number, and where the title starts.
pub(crate) fn labelled(text: &str, lexicon: &Lexicon) -> Option<(usize, usize)> {
    /// Words of what an entry is called by.
    const WORDS: usize = 3;
    let spaces = text.match_indices(' ').map(|(space, _)| space).take(WORDS);
    let word = spaces.filter(|&space| lexicon.is_entry(&text[..space])).last()?;
    let digits = text[word..].trim_start_matches(['#', ' ']);
    let end = digits.find(|c: char| !c.is_alphanumeric()).unwrap_or(digits.len());
    let number = lexicon.cardinal(&digits[..end])?;
    let title = digits[end..].trim_start_matches([':', '.', ' ', '–', '—', '-', '|']);
    Some((number, text.len() - title.len()))
}

/// `1 | Title`, `| 1 | Title`: the number, and where the title starts.
fn barred(text: &str) -> Option<(usize, usize)> {
    let row = text.trim_start_matches(['|', ' ']);
    let (number, title) = row.split_once('|')?;
    let number = number.trim().parse().ok().filter(|number| *number < 100)?;
    Some((number, text.len() - title.trim_start().len()))
}

/// Entries behind bullets, where the list begins with one.
fn bulleted(pieces: &[Piece<'_>], range: Range<usize>, context: &Context<'_>) -> Vec<Start> {
    let arrows = &context.lexicon.words.glyphs.arrows;
    let free = || range.clone().filter(|&at| pieces[at].label.is_none());
    let entry = |at: usize| match &pieces[at].cues.bullet {
        Some((Bullet::Glyph(sign), from)) if !arrows.contains(*sign) => Some(*from),
        _ => None,
    };
    if free().next().is_none_or(|first| entry(first).is_none()) {
        return Vec::new();
    }
    free().filter_map(|at| entry(at).map(|from| Start { at, number: None, title: at, from })).collect()
}

/// Entries under headings of the extractor or behind bullets.
fn headed(pieces: &[Piece<'_>], range: Range<usize>, context: &Context<'_>) -> Vec<Start> {
    let mut starts = Vec::new();
    for at in range.clone() {
        let piece = &pieces[at];
        if piece.label.is_some() || !is_title(piece) || !(piece.is_marked() || piece.cues.bullet.is_some()) {
            continue;
        }
        let from =
            piece.cues.number.map(|(_, from)| from).or(piece.cues.bullet.as_ref().map(|(_, from)| *from)).unwrap_or(0);
        let text_follows = next_text(pieces, at + 1, range.end).is_some_and(|next| {
            pieces[next].cues.chars > 120
                || pieces.get(next + 1).is_some_and(|line| !line.gap && line.cues.begin == Begin::Lower)
        });
        if text_follows && !crate::outline::is_takeaways_heading(piece.text(), context) {
            starts.push(Start { at, number: piece.cues.number.map(|(number, _)| number), title: at, from });
        }
    }
    starts
}

/// Plain titles: a short line apart, over a paragraph.
fn plain(pieces: &[Piece<'_>], range: Range<usize>, context: &Context<'_>) -> Vec<Start> {
    let longest = pieces[range.clone()].iter().map(|piece| piece.cues.chars).max().unwrap_or(0);
    let is_plain_title = |at: usize| {
        let piece = &pieces[at];
        let text = piece.text();
        // without gaps, a title is shorter than the lines of the text, and the text begins anew under it
        let ended = at > 0 && (pieces[at - 1].label.is_some() || pieces[at - 1].cues.end == End::Stop);
        let over_text = is_short_tail(pieces, at + 1, range.end)
            || next_text(pieces, at + 1, range.end).is_some_and(|next| pieces[next].cues.begin != Begin::Lower);
        let short = piece.cues.chars * 5 < longest * 4;
        piece.label.is_none()
            && is_title(piece)
            && over_text
            && (piece.gap || ended && short)
            && piece.cues.days.is_none()
            && text.split_whitespace().count() >= 3
            && (!text.ends_with('.') || short && !pieces[at + 1].gap)
            && !crate::outline::is_takeaways_heading(text, context)
    };
    let over_paragraph = |at: usize| {
        let below = at + 1 + usize::from(is_short_tail(pieces, at + 1, range.end));
        next_text(pieces, below, range.end).is_some_and(|next| {
            let wraps = pieces.get(next + 1).is_some_and(|line| !line.gap && line.cues.begin == Begin::Lower);
            let full = pieces[next].cues.chars * 5 >= longest * 4;
            pieces[next].gap && pieces[next].cues.chars > 160
                || pieces[next].cues.chars > 40 && (wraps || full && !pieces[next].gap)
        })
    };
    range
        .clone()
        .filter(|&at| is_plain_title(at) && over_paragraph(at))
        .map(|at| Start { at, number: None, title: at, from: 0 })
        .collect()
}

fn next_text(pieces: &[Piece<'_>], from: usize, end: usize) -> Option<usize> {
    (from..end).find(|&at| pieces[at].label.is_none())
}

fn is_title(piece: &Piece<'_>) -> bool {
    piece.cues.chars <= 160
        && piece.cues.begin != Begin::Lower
        && piece.cues.chars > 5
        && piece.cues.end != End::Hyphen
        && !piece.text().ends_with(',')
}

fn entry<'a>(
    pieces: &mut [Piece<'a>],
    start: &Start,
    end: usize,
    (last, cut): (usize, Option<usize>),
) -> TakeawayDraft<'a> {
    let mut title = Vec::new();
    for (at, piece) in pieces.iter().enumerate().take(last + 1).skip(start.title) {
        let from = if at == start.title { start.from } else { 0 };
        let to = cut.filter(|_| at == last).unwrap_or(piece.text().len());
        title.push(piece.clean.slice(from..to));
    }
    for piece in &mut pieces[start.at..=last] {
        if piece.label.is_none() || piece.label == Some(L::Furniture) && piece.line == start.at {
            piece.label = Some(L::TakeawayTitle);
        }
    }
    let mut body = Vec::new();
    if let Some(cut) = cut {
        let piece = &mut pieces[last];
        let text = piece.text();
        let from = text.len() - text[cut..].trim_start_matches(['.', ':', ' ']).len();
        // the bar behind the last cell of a row
        let rest = from..text.trim_end_matches(['|', ' ']).len().max(from);
        body.push(Chunk { pieces: vec![piece.clean.slice(rest)], apart: true, interrupted: false, page: piece.page });
        piece.also.push(L::TakeawayBody);
    }
    let mut more = chunks(pieces, last + 1..end, L::TakeawayBody).into_iter();
    // a wrapped paragraph goes on in the next line
    if let (Some(next), Some(first)) = (more.as_slice().first().filter(|next| !next.apart), body.first_mut()) {
        first.pieces.extend(next.pieces.iter().cloned());
        more.next();
    }
    body.extend(more);
    TakeawayDraft { number: start.number, title, body }
}

/// `Title words Text begins here.`: titles whose text stands behind them on the line, parted by nothing but the type that
/// the extractor lost. Each first sentence has a word in its midst whose capital the rest of the report does not explain:
/// elsewhere it has none, or it stands nowhere else. There the texts begin.
fn headlines(pieces: &[Piece<'_>], starts: &[Start], context: &Context<'_>) -> Option<Vec<(usize, Option<usize>)>> {
    /// In fewer entries, such a word may be there by chance.
    const FEWEST: usize = 3;
    let candidates = |start: &Start| {
        let piece = &pieces[start.title];
        let end = sentence_end(piece.text(), start.from, context).unwrap_or(piece.text().len());
        let bold = !piece.clean.marks.bold.is_empty();
        if bold { Vec::new() } else { capitals_inside(piece.text(), start.from..end) }
    };
    let candidates: Vec<Vec<Range<usize>>> = starts.iter().map(candidates).collect();
    if starts.len() < FEWEST || candidates.iter().any(Vec::is_empty) {
        return None;
    }
    let (mut small, mut names) = (FxHashSet::default(), FxHashSet::default());
    let titles: FxHashSet<usize> = starts.iter().map(|start| start.title).collect();
    for (_, piece) in pieces.iter().enumerate().filter(|(at, _)| !titles.contains(at)) {
        let text = piece.text();
        names.extend(capitals_inside(text, 0..text.len()).into_iter().map(|word| text[word].to_lowercase()));
        let words = text.split(|c: char| !c.is_alphanumeric());
        small.extend(words.filter(|word| word.starts_with(char::is_lowercase)));
    }
    let mut common = 0;
    let cuts: Option<Vec<_>> = starts
        .iter()
        .zip(candidates)
        .map(|(start, candidates)| {
            let word = |word: &Range<usize>| pieces[start.title].text()[word.clone()].to_lowercase();
            let begins =
                candidates.iter().find(|at| small.contains(word(at).as_str()) || !names.contains(&word(at)))?;
            common += usize::from(small.contains(word(begins).as_str()));
            Some((start.title, Some(begins.start)))
        })
        .collect();
    cuts.filter(|_| common * 3 >= starts.len())
}

/// Words with a capital behind two others at least, the last of which ends in a small letter.
fn capitals_inside(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let offset = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let words: Vec<&str> = text[range].split_whitespace().collect();
    let inside = words.windows(2).skip(1).filter(|pair| {
        let small = pair[1].chars().skip(1).all(|c| !c.is_uppercase());
        pair[0].ends_with(char::is_lowercase) && pair[1].starts_with(char::is_uppercase) && small
    });
    inside
        .map(|pair| {
            let word = pair[1].split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            offset(word)..offset(word) + word.len()
        })
        .collect()
}

/// The last piece of a title, and where in it the text begins that was run into it: `1. **Title.** Text`, `• Title. Text`.
/// `run_in` says that the other titles have their text so.
fn title_end(
    pieces: &[Piece<'_>],
    start: &Start,
    end: usize,
    run_in: bool,
    context: &Context<'_>,
) -> (usize, Option<usize>) {
    /// Lines of a title.
    const LINES: usize = 3;
    let first = &pieces[start.title];
    let bold = first.clean.marks.bold.first().filter(|bold| {
        bold.start <= start.from + 1 && bold.end > start.from && first.text()[bold.end..].split_whitespace().count() > 3
    });
    if let Some(bold) = bold {
        return (start.title, Some(bold.end));
    }
    let mut last = start.title;
    loop {
        let from = if last == start.title { start.from } else { 0 };
        if let Some(cut) = sentence_end(pieces[last].text(), from, context)
            && (run_in || text_runs_on(pieces, last, end))
        {
            return (last, Some(cut));
        }
        // a title that goes on in the next line
        let goes_on = last + 1 < end && last + 1 - start.title < LINES && {
            let next = &pieces[last + 1];
            let run_in = sentence_end(next.text(), 0, context).is_some() && text_runs_on(pieces, last + 1, end);
            // the last line of a block that ends no sentence, with the text apart below it
            let closes = || {
                let below = pieces.get(last + 2).filter(|_| last + 2 < end);
                !next.gap
                    && next.cues.end == End::Open
                    && next.cues.chars <= pieces[last].cues.chars
                    && below.is_some_and(|text| text.gap && text.label.is_none() && text.cues.begin == Begin::Upper)
            };
            let capitals = is_shouted(&pieces[last].text()[from..])
                && (next.cues.capitals || is_shouted(next.text().split_inclusive(' ').next().unwrap_or_default()));
            // a line that hangs under its bullet, with gaps around it
            let hangs = || pieces.get(last + 2).is_none_or(|text| text.gap && text.cues.begin != Begin::Lower);
            // a word that breaks goes on whatever gap a line was set with
            let broken = pieces[last].cues.end == End::Hyphen;
            next.label.is_none()
                && (!next.gap || next.cues.begin == Begin::Lower && (broken || hangs()))
                && (next.cues.begin == Begin::Lower || capitals || closes() || is_short_tail(pieces, last + 1, end))
                && pieces[last].cues.end != End::Stop
                && (next.cues.chars < 100 || run_in)
        };
        if !goes_on {
            return (last, None);
        }
        last += 1;
    }
}

/// Whether a line is the last word or two of a title that fills the line before it, with a full line of text under it.
fn is_short_tail(pieces: &[Piece<'_>], at: usize, end: usize) -> bool {
    let [title, tail, text] = &pieces[at - 1..(at + 2).min(pieces.len())] else { return false };
    let adjacent = at + 1 < end && !tail.gap && !text.gap && tail.label.is_none() && text.label.is_none();
    adjacent
        && tail.cues.end == End::Open
        && title.cues.end == End::Open
        && text.cues.begin == Begin::Upper
        && tail.cues.chars * 2 < title.cues.chars
        && text.cues.chars >= title.cues.chars
        && title.cues.chars >= 60
}

/// Whether a text is in capitals: more than one of them.
fn is_shouted(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().count() > 1 && letters().all(|c| !c.is_lowercase())
}

/// Whether a line is one of running text: too long for a title, or filled and gone on with.
fn text_runs_on(pieces: &[Piece<'_>], at: usize, end: usize) -> bool {
    let piece = &pieces[at];
    let next = pieces.get(at + 1).filter(|next| at + 1 < end && next.label.is_none());
    piece.cues.chars > 160
        || next.is_some_and(|next| {
            let full = piece.cues.chars >= 60 && piece.cues.chars * 10 >= next.cues.chars * 9;
            piece.cues.end != End::Stop && (next.cues.begin == Begin::Lower || full && !next.gap)
        })
}

/// Where the first sentence of `text` ends that another follows: before its full stop, behind another sign.
fn sentence_end(text: &str, from: usize, context: &Context<'_>) -> Option<usize> {
    let abbreviations = &context.lexicon.words.abbreviations.words;
    text[from..].match_indices(['.', '!', '?']).find_map(|(at, sign)| {
        let at = from + at;
        let rest = text[at + 1..].trim_start_matches(['”', '"', '’']);
        let next = rest.strip_prefix(' ').and_then(|rest| rest.chars().next());
        let begins = next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "“\"‘'„«".contains(c));
        let word = text[from..=at].rsplit(' ').next().unwrap_or_default().to_lowercase();
        let ends = begins && at > from + 2 && !abbreviations.contains(&word);
        ends.then_some(if sign == "." { at } else { text.len() - rest.len() })
    })
}

/// The paragraphs of a range; its unlabelled pieces get `label`.
pub(crate) fn chunks<'a>(pieces: &mut [Piece<'a>], range: Range<usize>, label: L) -> Vec<Chunk<'a>> {
    let mut chunks: Vec<Chunk<'a>> = Vec::new();
    let mut parted = range.start == 0 || pieces[range.start - 1].also.is_empty();
    for at in range {
        let piece = &pieces[at];
        if piece.label.is_some() {
            parted = true;
            continue;
        }
        if crate::furniture::is_page_number(piece.text()) {
            pieces[at].label = Some(L::Furniture);
            parted = true;
            continue;
        }
        let (clean, page) = (piece.clean.clone(), piece.page);
        let apart = piece.gap || parted;
        match chunks.last_mut() {
            Some(chunk) if !apart => chunk.pieces.push(clean),
            _ => chunks.push(Chunk { pieces: vec![clean], apart, interrupted: parted, page }),
        }
        pieces[at].label = Some(label);
        parted = false;
    }
    chunks
}

/// Where the end of a web page begins: short lines with a call to action after the last paragraph.
fn tail(pieces: &[Piece<'_>], range: Range<usize>, context: &Context<'_>) -> Option<usize> {
    let phrases = &context.lexicon.words.links.phrases;
    range.clone().find(|&at| {
        let piece = &pieces[at];
        let lower = piece.text().to_lowercase();
        piece.gap
            && piece.cues.chars < 140
            && at > range.start
            && phrases.iter().any(|phrase| lower.contains(phrase.as_str()))
    })
}

/// Names under a label of authors, or after it on its line; roles on the lines after a name.
pub(crate) fn authors<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    people: &People,
    context: &Context<'a>,
) -> Vec<AuthorDraft<'a>> {
    let lexicon = context.lexicon;
    let mut authors: Vec<AuthorDraft<'a>> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let piece = &pieces[at];
        let Some((Role::Authors, rest)) = piece.cues.role.filter(|_| piece.label.is_none()) else {
            at += 1;
            continue;
        };
        let text = piece.text();
        if rest < text.len() {
            let (found, end) = authors_on_line(pieces, at, rest, context);
            if found.is_empty() || text.len() > 200 {
                at += 1;
                continue;
            }
            authors.extend(found);
            for piece in &mut pieces[at..end] {
                piece.label = Some(L::Author);
            }
            at = end;
            continue;
        }
        let label = at;
        at += 1;
        let mut found = false;
        while at < range.end {
            let piece = &pieces[at];
            if piece.label == Some(L::Furniture) {
                at += 1;
                continue;
            }
            if piece.label.is_some() || piece.cues.chars > 140 {
                break;
            }
            let text = piece.text();
            if grammar::is_name(text, lexicon) || people.whole(text, lexicon).is_some() {
                authors.push(AuthorDraft { name: piece.clean.clone(), role: Vec::new() });
                found = true;
            } else if let (true, Some(author)) =
                (found && !piece.gap && piece.cues.end != End::Stop, authors.last_mut())
            {
                // a role is no line of running text
                let goes_on = pieces
                    .get(at + 1)
                    .is_some_and(|next| !next.gap && next.cues.begin == Begin::Lower && at + 1 < range.end);
                if author.role.len() >= 3 || goes_on || piece.cues.chars > 70 {
                    break;
                }
                author.role.push(piece.clean.clone());
            } else {
                let listed = names(&piece.clean, 0..text.len(), context);
                if listed.len() < 2 {
                    break;
                }
                authors.extend(listed.into_iter().map(|name| AuthorDraft { name, role: Vec::new() }));
                found = true;
            }
            pieces[at].label = Some(L::Author);
            at += 1;
        }
        if found {
            pieces[label].label = Some(L::Author);
        }
    }
    authors
}

/// The authors behind a label on its line, and where their lines end: `by Ana Silva and Bo Li`, `By Ana Silva, Editor`, `by
/// Ana Silva (Editor) and Bo Li (Head)`, over several lines.
pub(crate) fn authors_on_line<'a>(
    pieces: &[Piece<'a>],
    at: usize,
    rest: usize,
    context: &Context<'a>,
) -> (Vec<AuthorDraft<'a>>, usize) {
    /// Authors and their offices take no more lines.
    const LINES: usize = 4;
    let piece = &pieces[at];
    let text = piece.text();
    let listed = names(&piece.clean, rest..text.len(), context);
    if !listed.is_empty() {
        return (listed.into_iter().map(|name| AuthorDraft { name, role: Vec::new() }).collect(), at + 1);
    }
    let Some(credit) = grammar::credit(&text[rest..], context.lexicon).filter(|credit| credit.name.start == 0) else {
        return (Vec::new(), at + 1);
    };
    let shift = |range: Range<usize>| rest + range.start..rest + range.end;
    if !text[shift(credit.name.clone()).end..].trim_start().starts_with('(') {
        let one = (!credit.credit.is_empty() && piece.cues.end == End::Open)
            .then(|| (piece.clean.slice(shift(credit.name)), vec![piece.clean.slice(shift(credit.credit))]));
        return (one.into_iter().map(|(name, role)| AuthorDraft { name, role }).collect(), at + 1);
    }
    let lines = pieces[at..].iter().take(LINES).take_while(|line| line.label.is_none());
    let Some(last) = lines.clone().position(|line| line.text().ends_with(')')) else { return (Vec::new(), at + 1) };
    let mut lines: Vec<Piece<'a>> = lines.take(last + 1).cloned().collect();
    lines[0] = piece.part(rest..text.len(), context.lexicon);
    let listed = crate::back::parenthesised(&lines, context);
    (listed.into_iter().map(|(name, role)| AuthorDraft { name, role }).collect(), at + last + 1)
}

/// Who signed a text with a credit right under its title: `Ana Silva, Harbour-master`, one line an author.
pub(crate) fn signature<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    context: &Context<'a>,
) -> Vec<AuthorDraft<'a>> {
    let mut authors = Vec::new();
    for at in range {
        let piece = &pieces[at];
        let credit = grammar::credit(piece.text(), context.lexicon).filter(|credit| {
            credit.name.start == 0 && !credit.credit.is_empty() && piece.cues.chars < 140 && piece.cues.end != End::Stop
        });
        let Some(credit) = credit.filter(|_| piece.label.is_none()) else { break };
        let role = vec![piece.clean.slice(credit.credit)];
        authors.push(AuthorDraft { name: piece.clean.slice(credit.name), role });
        pieces[at].label = Some(L::Author);
    }
    authors
}

/// The names of a list: `Ana Silva, Bo Li and Cy Ro`.
pub(crate) fn names<'a>(clean: &Clean<'a>, range: Range<usize>, context: &Context<'a>) -> Vec<Clean<'a>> {
    let mut names = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &clean.text[at..range.end];
        let mut body = rest.trim_start_matches([',', ' ', '|', ';', '&']);
        for until in &context.lexicon.words.dates.until {
            if let Some(after) = body.strip_prefix(until.as_str())
                && after.starts_with(' ')
            {
                body = after.trim_start();
            }
        }
        at = range.end - body.len();
        let Some(name) = grammar::name(body, context.lexicon) else { break };
        names.push(clean.slice(at + name.name.start..at + name.name.end));
        at += name.name.end;
    }
    // all of it must be names
    if clean.text[at..range.end].trim_matches(|c: char| !c.is_alphanumeric()).is_empty() { names } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    use super::*;

    #[test]
    fn heads_that_name_the_list_are_no_entries() {
        let (source, lexicon) =
            (Source::new("s", "s", "4 KEY TAKEAWAYS\n4 Rivers are old.\n".into()), Lexicon::embedded());
        let context = Context::new(&source, &lexicon);
        let mut pieces = crate::piece::pieces(&context);
        for piece in &mut pieces {
            piece.label = Some(L::Furniture);
            piece.gap = true;
        }
        let entries = |at: usize| numbered_title(&pieces, at, &[], &context).is_some();
        assert_eq!([entries(0), entries(1)], [false, true]);
    }

    #[test]
    fn authors_stand_behind_their_label() {
        for (text, authors, lines) in [
            ("by Ana Silva and Bo Li\n", vec!["Ana Silva", "Bo Li"], 1),
            ("By Ana Silva, Editor, Tidal Press\n", vec!["Ana Silva|Editor, Tidal Press"], 1),
            (
                "by Ana Silva (Editor, Tidal\nPress) and Bo Li (Head)\n",
                vec!["Ana Silva|Editor, Tidal Press", "Bo Li|Head"],
                2,
            ),
        ] {
            let source = Source::new("s", "s", text.into());
            let lexicon = Lexicon::embedded();
            let context = Context::new(&source, &lexicon);
            let pieces = crate::piece::pieces(&context);
            let (_, rest) = pieces[0].cues.role.expect("a label of authors");
            let (found, end) = authors_on_line(&pieces, 0, rest, &context);
            let one = |author: &AuthorDraft<'_>| {
                let role = context.join(&author.role).text;
                if role.is_empty() { author.name.text.to_string() } else { format!("{}|{role}", author.name.text) }
            };
            assert_eq!(
                (found.iter().map(one).collect::<Vec<_>>(), end),
                (authors.into_iter().map(str::to_owned).collect(), lines)
            );
        }
    }

    #[test]
    fn a_part_that_ends_within_its_heading_is_empty() {
        let source = Source::new("s", "s", "Takeaways\nof the\nforum\n\nWelcome\n".into());
        let lexicon = Lexicon::embedded();
        let context = Context::new(&source, &lexicon);
        for (range, heading) in [(0..1, 0..3), (0..2, 0..2), (1..2, 0..4), (0..0, 0..1)] {
            let mut pieces = crate::piece::pieces(&context);
            let people = People::default();
            assert!(read(&mut pieces, range.clone(), heading.clone(), &people, &context).entries.is_empty());
            assert!(read_marked(&mut pieces, range, heading, &people, &context).is_none());
        }
    }

    #[test]
    fn a_title_that_breaks_in_mid_word_goes_on_over_a_gap() {
        let text = "Takeaways\n\n• Pay farmers for clean water, not for clean paper\u{ad}\n\nwork\n\n\
                    Those who mend the walls of a harbour own it, it was said.\n\n• Old nets need a new home\n\n\
                    Nets were spoken of at length, and with much love for them.\n";
        let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
        let context = Context::new(&source, &lexicon);
        let mut pieces = crate::piece::pieces(&context);
        let range = 0..pieces.len();
        let list = read(&mut pieces, range, 0..1, &People::default(), &context);
        let titles: Vec<String> = list.entries.iter().map(|entry| context.join(&entry.title).text).collect();
        assert_eq!(titles, ["Pay farmers for clean water, not for clean paperwork", "Old nets need a new home"]);
    }
}
