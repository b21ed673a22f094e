//! A list of takeaways: numbered, bulleted, under headings, or plain titles over their text.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Bullet, Role};
use rapporteur_source::Clean;

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
    let body = heading.end.max(range.start)..range.end;
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
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(tail, |next| next.at);
        list.entries.push(entry(pieces, start, end));
    }
    list
}

/// Where the entries begin: the first way of marking them that finds more than one.
fn starts(pieces: &[Piece<'_>], range: Range<usize>, context: &Context<'_>) -> Vec<Start> {
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
    if headed.len() >= 2 {
        return headed;
    }
    plain(pieces, range, context)
}

/// `1 Title`, `1. Title`, `Takeaway 1: Title`, a number alone over its title.
fn numbered(pieces: &[Piece<'_>], range: Range<usize>, context: &Context<'_>) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    for at in range.clone() {
        let piece = &pieces[at];
        if piece.label.is_some_and(|label| label != L::Furniture) {
            continue;
        }
        let expected = |number: usize| match starts.last().and_then(|last| last.number) {
            Some(last) => number > last && number <= last + 3,
            None => number <= 3,
        };
        let labelled = labelled(piece.text(), context);
        let own = match (labelled, piece.cues.number, &piece.cues.bullet) {
            (Some(found), ..) => Some(found),
            (None, Some(found), _) => Some(found),
            (None, None, Some((Bullet::Number(number), from))) => Some((*number, *from)),
            // the number behind the marks of a heading or a bullet
            _ => None,
        };
        if let Some((number, from)) = own {
            let fits = expected(number)
                && (piece.gap
                    || piece.is_marked()
                    || at == 0
                    || pieces[at - 1].cues.end == End::Stop
                    || pieces[at - 1].label.is_some());
            if fits && from < piece.text().len() {
                starts.push(Start { at, number: Some(number), title: at, from });
                continue;
            }
        }
        let lone = piece.text().trim_matches(|c: char| !c.is_alphanumeric());
        let number = lone
            .parse::<usize>()
            .ok()
            .or_else(|| labelled.filter(|(_, from)| *from >= piece.text().len()).map(|(number, _)| number));
        if let Some(number) = number.filter(|number| expected(*number)) {
            let next = (at + 1..range.end.min(at + 3)).find(|&next| pieces[next].label.is_none());
            if let Some(title) = next.filter(|&next| {
                is_title(&pieces[next])
                    && piece
                        .label
                        .is_none_or(|label| label == L::Furniture && next == at + 1 && !pieces[next].page_start)
            }) {
                starts.push(Start { at, number: Some(number), title, from: 0 });
            }
        }
    }
    starts
}

/// `Takeaway 1: Title`
fn labelled(text: &str, context: &Context<'_>) -> Option<(usize, usize)> {
    let (word, rest) = text.split_once(' ')?;
    if !context.lexicon.is_takeaway(word) {
        return None;
    }
    let digits = rest.trim_start_matches(['#', ' ']);
    let end = digits.find(|c: char| !c.is_alphanumeric()).unwrap_or(digits.len());
    let number = context.lexicon.cardinal(&digits[..end])?;
    let title = digits[end..].trim_start_matches([':', '.', ' ', '–', '—', '-', '|']);
    Some((number, text.len() - title.len()))
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
    let mut starts = Vec::new();
    for at in range.clone() {
        let piece = &pieces[at];
        let text = piece.text();
        let title = piece.label.is_none()
            && is_title(piece)
            && piece.gap
            && piece.cues.days.is_none()
            && text.split_whitespace().count() >= 3
            && !text.ends_with('.');
        let paragraph = next_text(pieces, at + 1, range.end).is_some_and(|next| {
            pieces[next].gap && pieces[next].cues.chars > 160
                || pieces
                    .get(next + 1)
                    .is_some_and(|line| !line.gap && line.cues.begin == Begin::Lower && pieces[next].cues.chars > 40)
        });
        if title && paragraph && !crate::outline::is_takeaways_heading(text, context) {
            starts.push(Start { at, number: None, title: at, from: 0 });
        }
    }
    starts
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

fn entry<'a>(pieces: &mut [Piece<'a>], start: &Start, end: usize) -> TakeawayDraft<'a> {
    let first = &pieces[start.title];
    let whole = start.from..first.text().len();
    // `1. **Title.** Text` on one line
    let run_in = first.clean.marks.bold.first().filter(|bold| {
        bold.start <= start.from + 1 && bold.end > start.from && first.text()[bold.end..].split_whitespace().count() > 3
    });
    if let Some(bold) = run_in.cloned() {
        let title = vec![first.clean.slice(start.from..bold.end)];
        let text = first.text();
        let rest = text.len() - text[bold.end..].trim_start().len()..text.len();
        let mut body = vec![Chunk { pieces: vec![first.clean.slice(rest)], apart: true, page: first.page }];
        for piece in &mut pieces[start.at..=start.title] {
            piece.label = Some(L::TakeawayTitle);
        }
        pieces[start.title].also.push(L::TakeawayBody);
        let mut more = chunks(pieces, start.title + 1..end, L::TakeawayBody).into_iter();
        // a wrapped paragraph goes on in the next line
        if let (Some(next), Some(first)) = (more.as_slice().first().filter(|next| !next.apart), body.first_mut()) {
            first.pieces.extend(next.pieces.iter().cloned());
            more.next();
        }
        body.extend(more);
        return TakeawayDraft { number: start.number, title, body };
    }
    let mut title = vec![first.clean.slice(whole)];
    let mut at = start.title + 1;
    // a title that goes on in the next line
    while at < end && pieces[at].label.is_none() && !pieces[at].gap {
        let before = &pieces[at - 1];
        let ended = before.cues.end == End::Stop;
        let goes_on =
            pieces[at].cues.begin == Begin::Lower && !ended && pieces[at].cues.chars < 100 && at - start.title < 3;
        if !goes_on {
            break;
        }
        title.push(pieces[at].clean.clone());
        at += 1;
    }
    for piece in &mut pieces[start.at..at] {
        if piece.label.is_none() || piece.label == Some(L::Furniture) && piece.line == start.at {
            piece.label = Some(L::TakeawayTitle);
        }
    }
    let body = chunks(pieces, at..end, L::TakeawayBody);
    TakeawayDraft { number: start.number, title, body }
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
            _ => chunks.push(Chunk { pieces: vec![clean], apart, page }),
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
            let names = names(&piece.clean, rest..text.len(), context);
            if names.is_empty() || text.len() > 200 {
                at += 1;
                continue;
            }
            authors.extend(names.into_iter().map(|name| AuthorDraft { name, role: Vec::new() }));
            pieces[at].label = Some(L::Author);
            at += 1;
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
