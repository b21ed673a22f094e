//! The parts of a report: where its sections and sessions begin and end.
//!
//! Anchors are found first, each by its form or because the contents or the programme name it; what lies between two
//! anchors belongs to the first. No layout is assumed: any anchor may be missing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rapporteur_grammar::{self as grammar, Head, Section};
use rapporteur_source::{Clean, fold};

use crate::{
    RegionLabel, contents,
    context::Context,
    furniture,
    piece::{Begin, End, Piece, kind_of, numbered_kind},
    programme::{self, Programme},
};

mod anchors;
mod kinds;
mod sessions;
mod titles;

use self::anchors::{Anchors, is_short};

pub(crate) use self::titles::{Sort, Title, alike, similar, title_words};

/// What a part of the report is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Zone {
    /// Title page and whatever stands before or between the parts.
    Front,
    Programme,
    Contents,
    /// A part under a heading of the lexicon.
    Section(Section),
    /// A session: where its title stands, where its kind, and which known title it is.
    Session {
        title: Range<usize>,
        kind: Option<Range<usize>>,
        known: Option<usize>,
        /// Other lines of its head: when it takes place, which number it has.
        facts: Vec<usize>,
    },
    /// A list of takeaways.
    Takeaways {
        heading: Range<usize>,
    },
    /// A signed text.
    Article {
        title: Range<usize>,
    },
    /// Address, rights, legal text.
    Imprint,
}

/// One part and its pieces.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) zone: Zone,
    pub(crate) range: Range<usize>,
}

impl Part {
    /// Makes room for `more` pieces before the one at `from`.
    pub(crate) fn shift(&mut self, from: usize, more: usize) {
        let shift = |at: &mut usize| {
            if *at >= from {
                *at += more;
            }
        };
        let shift_range = |range: &mut Range<usize>| {
            shift(&mut range.start);
            shift(&mut range.end);
        };
        shift_range(&mut self.range);
        match &mut self.zone {
            Zone::Session { title, kind, facts, .. } => {
                shift_range(title);
                kind.iter_mut().for_each(shift_range);
                facts.iter_mut().for_each(shift);
            }
            Zone::Takeaways { heading } => shift_range(heading),
            Zone::Article { title } => shift_range(title),
            _ => {}
        }
    }
}

/// The report taken apart.
#[derive(Debug, Default)]
pub(crate) struct Outline<'a> {
    pub(crate) parts: Vec<Part>,
    pub(crate) titles: Vec<Title<'a>>,
    pub(crate) programme: Programme<'a>,
}

/// Takes a report apart.
pub(crate) fn outline<'a>(pieces: &mut Vec<Piece<'a>>, context: &Context<'a>) -> Outline<'a> {
    /// The heading of a day is no longer, in characters.
    const LONGEST_DAY: usize = 60;
    let lexicon = context.lexicon;
    lead_with_headings(pieces);
    part_kinds_from_titles(pieces, context);
    label_table_heads(pieces, lexicon);
    for piece in pieces.iter_mut().filter(|piece| piece.label.is_none() && piece.cues.section.is_none()) {
        if piece.cues.chars < 100 {
            let text = piece.text();
            piece.cues.section = named_section(text, context).or_else(|| numbered_section(text, lexicon));
        }
    }
    let contents = contents::find(pieces, lexicon);
    let words = programme_words(context);
    let programme_range = programme::find(pieces, &words).filter(|range| {
        contents.as_ref().is_none_or(|contents| range.end <= contents.start || range.start >= contents.end)
    });
    let mut entries = contents.clone().map(|range| contents::entries(&pieces[range], lexicon)).unwrap_or_default();
    let mut programme =
        programme_range.clone().map(|range| programme::read(&pieces[range], &words)).unwrap_or_default();
    kinds::before_colons(&mut programme, &entries, context);
    let lists = [&contents, &programme_range].map(Option::as_ref);
    kinds::beside_titles(&mut programme, &mut entries, pieces, &lists, context);
    let titles = titles::listed(entries, &programme, context);
    let mut lists = [contents, programme_range];
    part_heads(pieces, &titles, &mut lists, context);
    let [contents, programme_range] = lists;

    let folded: Vec<String> =
        pieces.iter().map(|piece| if is_short(piece) { fold(piece.text()) } else { String::new() }).collect();
    clear_title_ends(pieces, &folded, &titles);
    label_quote_headings(pieces, &folded, lexicon);
    let mut labels: BTreeMap<String, usize> = BTreeMap::new();
    for (_, folded) in pieces.iter().zip(&folded).filter(|(piece, _)| piece.cues.role.is_some()) {
        *labels.entry(folded.clone()).or_default() += 1;
    }
    let heads = pieces.iter().map(|piece| {
        let head = head_of(piece, lexicon);
        // a day without its year is no title either
        let may_be_day = piece.label.is_none() && piece.cues.end == End::Open && piece.cues.chars <= LONGEST_DAY;
        let is_day = || head.as_ref().is_none_or(|head| !head.is_facts()) && programme::is_day_heading(piece, &words);
        if may_be_day && is_day() { Some(Head { numbered: true, ..Head::default() }) } else { head }
    });
    let heads = heads.collect();
    let mut anchors = Anchors {
        pieces,
        folded,
        heads,
        labels,
        context,
        fixed: Vec::new(),
        found: Vec::new(),
        sessions: BTreeSet::new(),
        starts: BTreeMap::new(),
    };
    for (range, zone) in [(contents, Zone::Contents), (programme_range, Zone::Programme)] {
        if let Some(range) = range {
            anchors.begin(range.start, Zone::clone(&zone));
            // what comes after belongs to no part until the next anchor
            anchors.begin(range.end, Zone::Front);
            anchors.fixed.push(range);
        }
    }
    anchors.corrected_titles(&titles);
    anchors.sections();
    anchors.cards();
    anchors.known_titles(&titles);
    anchors.title_heads();
    anchors.labelled_sessions();
    anchors.headed_sessions();
    anchors.takeaways();
    anchors.articles();
    anchors.distant_sessions();
    anchors.signed_articles();
    anchors.heads();
    anchors.imprint();
    let parts = anchors.parts();
    label_part_numbers(pieces, &parts);
    let sessions = parts.iter().filter_map(|part| match &part.zone {
        Zone::Session { title, .. } => Some(title.clone()),
        _ => None,
    });
    label_title_heads(pieces, &sessions.collect::<Vec<_>>(), lexicon);
    Outline { parts, titles, programme }
}

/// No page ends with a heading. One that is last on its page, over nothing but entries of the list that it announces, was
/// read out of its place: it heads its page.
fn lead_with_headings(pieces: &mut [Piece<'_>]) {
    /// An entry that ends as a sentence does is no longer, in characters.
    const LONGEST: usize = 40;
    let is_text = |piece: &Piece<'_>| piece.label.is_none();
    let is_entry = |piece: &Piece<'_>| {
        let heading = piece.cues.section.is_some() && piece.gap;
        !heading && (piece.cues.end != End::Stop || piece.cues.chars <= LONGEST)
    };
    for page in pieces.chunk_by_mut(|piece, next| piece.page == next.page) {
        let Some(first) = page.iter().position(is_text) else { continue };
        let Some(last) = page.iter().rposition(is_text).filter(|&last| last > first) else { continue };
        let listed = matches!(page[last].cues.section, Some(Section::Team | Section::Speakers | Section::Figures));
        if listed && page[last].gap && page[first..last].iter().filter(|piece| is_text(piece)).all(is_entry) {
            page[first..=last].rotate_right(1);
            page[first].page_start = page[first + 1].page_start;
            page[first + 1].page_start = false;
        }
    }
}

/// The head of a table of people whose columns an extractor put on lines of their own: the last of them labels the rows.
fn label_table_heads(pieces: &mut [Piece<'_>], lexicon: &grammar::Lexicon) {
    /// No table of people has more columns, nor longer names for them, in bytes.
    const COLUMNS: usize = 4;
    const LONGEST: usize = 20;
    for at in 0..pieces.len() {
        if grammar::people_columns(pieces[at].text(), lexicon) != 1 || pieces[at].label.is_some() {
            continue;
        }
        let mut head = pieces[at].text().to_owned();
        let others = pieces[at + 1..].iter().take(COLUMNS - 1).take_while(|piece| {
            head.push(' ');
            head.push_str(piece.text());
            piece.label.is_none() && piece.text().len() <= LONGEST && grammar::people_columns(&head, lexicon) > 1
        });
        let last = at + others.count();
        if last > at {
            pieces[last].cues.role = Some((grammar::Role::Speakers, pieces[last].text().len()));
            for piece in &mut pieces[at..last] {
                piece.label = Some(RegionLabel::CreditLabel);
            }
        }
    }
}

/// The last line of a listed title may be what a part is called by; it begins none.
fn clear_title_ends(pieces: &mut [Piece<'_>], folded: &[String], titles: &[Title<'_>]) {
    /// No title has more lines.
    const LINES: usize = 5;
    for at in 0..pieces.len() {
        if pieces[at].cues.section.is_none() || folded[at].is_empty() {
            continue;
        }
        let mut joined = folded[at].clone();
        let lines = folded[at.saturating_sub(LINES - 1)..at].iter().rev().take_while(|line| !line.is_empty());
        let ends = lines.into_iter().any(|line| {
            joined.insert_str(0, line);
            let is_it = |title: &Title<'_>| title.whole == joined || title.stripped.as_ref() == Some(&joined);
            titles.iter().any(is_it)
        });
        if ends {
            pieces[at].cues.section = None;
        }
    }
}

/// The heading of a session's quotes, which a lexicon need not know: a short line that stands more than once and over
/// nothing but quotations.
fn label_quote_headings(pieces: &mut [Piece<'_>], folded: &[String], lexicon: &grammar::Lexicon) {
    /// A heading is no longer, in characters.
    const LONGEST: usize = 60;
    let mut lines: BTreeMap<&str, (Vec<usize>, bool)> = BTreeMap::new();
    for at in 0..pieces.len().saturating_sub(1) {
        let (piece, next) = (&pieces[at], &pieces[at + 1]);
        let short = piece.label.is_none()
            && piece.cues.chars <= LONGEST
            && piece.cues.begin == Begin::Upper
            && piece.cues.end == End::Open;
        if !short {
            continue;
        }
        let over = next.label.is_none() && next.cues.opens.is_some();
        let heads = over && piece.cues.role.is_none() && piece.cues.name.is_none() && !piece.is_person(lexicon);
        let (places, quotes) = lines.entry(&folded[at]).or_insert((Vec::new(), true));
        places.push(at);
        *quotes &= heads;
    }
    for places in lines.into_values().filter_map(|(places, quotes)| (quotes && places.len() > 1).then_some(places)) {
        for at in places {
            pieces[at].label = Some(RegionLabel::Heading);
        }
    }
}

/// What a programme is read with: its days may lack the year.
pub(crate) fn programme_words<'l>(context: &Context<'l>) -> programme::Words<'l> {
    let year = context.naming.as_ref().map(|naming| naming.year);
    programme::Words { lexicon: context.lexicon, year, text: context.source.text() }
}

/// Parts a kind of session from the title that it was run into, where the programme prints the two apart.
fn part_kinds_from_titles<'a>(pieces: &mut Vec<Piece<'a>>, context: &Context<'a>) {
    let lexicon = context.lexicon;
    let words = programme_words(context);
    let Some(range) = programme::find(pieces, &words) else { return };
    let printed: Vec<(String, String)> = programme::read(&pieces[range.clone()], &words)
        .slots
        .iter()
        .map(|slot| (fold(&context.join(&slot.kind).text), fold(&context.join(&slot.title).text)))
        .filter(|(kind, title)| kind.len() > 5 && title.len() > 10)
        .collect();
    let mut at = 0;
    while at < pieces.len() {
        let piece = &pieces[at];
        let candidate =
            piece.label.is_none() && !range.contains(&at) && piece.cues.chars < 200 && piece.cues.times.is_none();
        let folded = if candidate { fold(piece.text()) } else { String::new() };
        let found = printed.iter().find(|(kind, title)| {
            folded
                .strip_prefix(kind.as_str())
                .is_some_and(|rest| rest.len() > 8 && (title.starts_with(rest) || similar(title, rest)))
        });
        if let Some((kind, _)) = found
            && let Some(cut) = folded_length(piece.text(), kind.len())
        {
            let (before, after) = (piece.part(0..cut, lexicon), piece.part(cut..piece.text().len(), lexicon));
            pieces.splice(at..=at, [before, after]);
            // ranges after this one have moved; the programme stands before or was read already
            at += 1;
        }
        at += 1;
    }
}

/// Parts the lines of sessions' heads: `Panel 1: Rivers` is a kind and a title, `2. Rivers` a number and a title. The
/// `lists` print heads as well; they stay as they are, and their ranges are moved.
fn part_heads<'a>(
    pieces: &mut Vec<Piece<'a>>,
    titles: &[Title<'a>],
    lists: &mut [Option<Range<usize>>],
    context: &Context<'a>,
) {
    /// No head is longer, in characters.
    const LONGEST: usize = 220;
    let lexicon = context.lexicon;
    let habits = Habits::of(pieces, lists, lexicon);
    let mut parted: Vec<Piece<'a>> = Vec::with_capacity(pieces.len());
    let mut moved: Vec<usize> = Vec::with_capacity(pieces.len() + 1);
    // the kind that began in parentheses on the line before
    let mut open = None;
    for at in 0..pieces.len() {
        moved.push(parted.len());
        let piece = &pieces[at];
        if let Some(kind) = open.take() {
            let mut rest = piece.clone();
            rest.cues.kind = Some(kind);
            parted.push(rest);
            continue;
        }
        let candidate = piece.label.is_none()
            && piece.cues.chars <= LONGEST
            && !lists.iter().flatten().any(|list| list.contains(&at));
        if let Some((kind, start)) = candidate.then(|| open_kind(pieces, at, lexicon)).flatten() {
            parted.push(piece.part(0..start, lexicon));
            let mut part = piece.part(start..piece.text().len(), lexicon);
            part.cues.kind = Some(kind);
            parted.push(part);
            open = Some(kind);
            continue;
        }
        let parted_head = candidate.then(|| {
            let head = habits.head(piece, lexicon);
            let cuts = head.and_then(|head| Some((head_cuts(pieces, at, &head, titles, &habits, lexicon)?, head.kind)));
            cuts.or_else(|| kind_before_title(pieces, at, titles, lexicon))
        });
        let (cuts, kind) = parted_head.flatten().unwrap_or_default();
        let text = piece.text();
        let bounds: Vec<usize> = std::iter::once(0).chain(cuts).chain([text.len()]).collect();
        for bounds in bounds.windows(2).filter(|bounds| bounds.len() > 1 && bounds[0] < bounds[1]) {
            if bounds[1] - bounds[0] == text.len() {
                parted.push(piece.clone());
            } else {
                let mut part = piece.part(bounds[0]..bounds[1], lexicon);
                if let Some((kind, range)) = &kind
                    && bounds[0] <= range.start
                    && range.end <= bounds[1]
                {
                    part.cues.kind = Some(*kind);
                }
                parted.push(part);
            }
        }
        if text.is_empty() {
            parted.push(piece.clone());
        }
    }
    moved.push(parted.len());
    for list in lists.iter_mut().flatten() {
        *list = moved[list.start]..moved[list.end];
    }
    *pieces = parted;
}

/// `A title (Panel`, with `discussion)` on the next line: the kind in parentheses behind a title that breaks there, and
/// where its parenthesis stands.
fn open_kind(pieces: &[Piece<'_>], at: usize, lexicon: &grammar::Lexicon) -> Option<(grammar::Kind, usize)> {
    let (text, next) = (pieces[at].text(), pieces.get(at + 1)?);
    let start = text.rfind('(').filter(|&start| start > 0 && !text[start..].contains(')'))?;
    let rest = next.text().strip_suffix(')').filter(|_| !next.gap && next.label.is_none())?;
    let kind = numbered_kind(&format!("{} {rest}", &text[start + 1..]), lexicon)?;
    Some((kind, start))
}

/// Where to part a line of a session's head: around its kind, before and after its title.
fn head_cuts(
    pieces: &[Piece<'_>],
    at: usize,
    head: &Head,
    titles: &[Title<'_>],
    habits: &Habits,
    lexicon: &grammar::Lexicon,
) -> Option<Vec<usize>> {
    let piece = &pieces[at];
    let text = piece.text();
    let apart = at == 0 || piece.gap || piece.is_marked() || pieces[at - 1].label.is_some();
    let title = fold(&text[head.title.clone()]);
    let is_known = |folded: &str| {
        folded.len() >= 6
            && titles.iter().any(|title| {
                std::iter::once(&title.whole)
                    .chain(&title.stripped)
                    .any(|known| known.starts_with(folded) && folded.len() * 4 >= known.len() || similar(known, folded))
            })
    };
    // a number before a title makes it no other title
    let is_it = |known: &Title<'_>| known.whole == title || known.stripped.as_ref() == Some(&title);
    let is_numbered = || head.numbered && titles.iter().any(is_it);
    // the last line of a title, with the kind in parentheses behind it, over a gap or the people
    let ends = head.kind.as_ref().is_some_and(|(_, kind)| text[..kind.start].ends_with('('))
        && pieces.get(at + 1).is_none_or(|next| next.gap || next.cues.role.is_some());
    let begins = ends || text[head.title.clone()].starts_with(|c: char| !c.is_lowercase());
    // what the programme prints before a title, here with the time: the kind, which the lexicon need not know
    let is_prefix = || {
        head.times.is_some()
            && titles.iter().any(|known| {
                let prefix = known.stripped.as_ref().and_then(|stripped| known.whole.strip_suffix(stripped.as_str()));
                prefix.is_some_and(|prefix| !prefix.is_empty() && prefix == title)
            })
    };
    // what opens a conference is its own title, with a number before it
    let counted = text.starts_with(|c: char| c.is_ascii_digit());
    let opens =
        || head.numbered && counted && apart && kind_of(&text[head.title.clone()], lexicon).is_some_and(is_opening);
    let parts = head.is_facts()
        || is_prefix()
        || opens()
        || begins
            && (is_numbered() || !is_known(&fold(text)))
            && (is_known(&title)
                || ends && habits.in_parentheses
                || head.kind.is_some()
                    && head.title.end == text.len()
                    && is_listed(pieces, at, head.title.start, titles)
                || apart && title.len() > 3 && (head.kind.is_some() || head.times.is_some() && piece.is_marked()));
    if !parts || head.is_facts() && head.kind.is_none() {
        return None;
    }
    let mut cuts: Vec<usize> = Vec::new();
    if let Some((_, kind)) = &head.kind {
        // in parentheses, with them
        let start = text[..kind.start].strip_suffix('(').map_or(kind.start, str::len);
        cuts.extend([start, kind.end]);
    }
    if !head.title.is_empty() {
        cuts.extend([head.title.start, head.title.end]);
    }
    cuts.sort_unstable();
    // signs between the parts stay with what they follow
    for cut in &mut cuts {
        let signs = |c: char| !c.is_alphanumeric() && !"“\"„«(".contains(c);
        *cut += text[*cut..].len() - text[*cut..].trim_start_matches(signs).len();
    }
    cuts.dedup();
    Some(cuts)
}

/// Where to part a line of a head, and the kind that is printed in it.
type Cuts = (Vec<usize>, Option<(grammar::Kind, Range<usize>)>);

/// `Kind: Title`, whatever the kind is called: what stands before a title that the contents or the programme list without
/// it. Where to part the line, and the kind.
fn kind_before_title(
    pieces: &[Piece<'_>],
    at: usize,
    titles: &[Title<'_>],
    lexicon: &grammar::Lexicon,
) -> Option<Cuts> {
    let text = pieces[at].text();
    let colon = text.find(": ").filter(|&colon| is_phrase(&text[..colon]))?;
    let kind = kind_of(&text[..colon], lexicon).unwrap_or(grammar::Kind::Other);
    let title = colon + 2;
    let listed = !is_listed(pieces, at, 0, titles) && is_listed(pieces, at, title, titles);
    listed.then(|| (vec![title], Some((kind, 0..colon))))
}

/// Whether a title that is listed stands from `from` of a piece on, over the lines that follow it.
fn is_listed(pieces: &[Piece<'_>], at: usize, from: usize, titles: &[Title<'_>]) -> bool {
    /// No title has more lines.
    const LINES: usize = 5;
    let mut joined = fold(&pieces[at].text()[from..]);
    let alike: Vec<&str> = titles
        .iter()
        .map(|title| title.whole.as_str())
        .filter(|whole| !joined.is_empty() && titles::begins_alike(whole, &joined))
        .collect();
    let mut lines = pieces[at + 1..].iter().take(LINES - 1).take_while(|line| line.label.is_none());
    while !alike.is_empty() {
        if alike.iter().any(|whole| similar(whole, &joined)) {
            return true;
        }
        let Some(line) = lines.next() else { break };
        joined.push_str(&fold(line.text()));
    }
    false
}

/// Where a report prints the kinds of its sessions on the lines of their heads: there, it may print some that the lexicon
/// does not know.
struct Habits {
    /// Beside the time.
    beside_times: bool,
    /// In parentheses behind the title.
    in_parentheses: bool,
}

impl Habits {
    fn of(pieces: &[Piece<'_>], lists: &[Option<Range<usize>>], lexicon: &grammar::Lexicon) -> Self {
        /// So many known kinds make a habit.
        const FEWEST: usize = 2;
        let (mut beside_times, mut in_parentheses) = (0, 0);
        for (at, piece) in pieces.iter().enumerate() {
            if lists.iter().flatten().any(|list| list.contains(&at)) {
                continue;
            }
            let Some(Head { kind: Some((_, kind)), times, title, .. }) = head_of(piece, lexicon) else { continue };
            beside_times += usize::from(times.is_some() && title.is_empty());
            in_parentheses += usize::from(!title.is_empty() && piece.text()[..kind.start].ends_with('('));
        }
        Self { beside_times: beside_times >= FEWEST, in_parentheses: in_parentheses >= FEWEST }
    }

    /// What a piece says as a line of a session's head, kinds that are known by their place included.
    fn head(&self, piece: &Piece<'_>, lexicon: &grammar::Lexicon) -> Option<Head> {
        let text = piece.text();
        let head = grammar::head(text, lexicon);
        match head {
            Some(head) if head.kind.is_none() && head.times.is_some() => {
                let adopts = self.beside_times && is_phrase(&text[head.title.clone()]);
                let end = head.title.end;
                let kind = adopts.then(|| (grammar::Kind::Other, head.title.clone()));
                Some(if adopts { Head { kind, title: end..end, ..head } } else { head })
            }
            Some(Head { kind: Some(_), .. }) => head,
            head => self.in_parentheses.then(|| kind_in_parentheses(text, head.as_ref())).flatten().or(head),
        }
    }
}

/// `Title (Kind)`, whatever the kind is called.
fn kind_in_parentheses(text: &str, head: Option<&Head>) -> Option<Head> {
    let start = head.map_or(0, |head| head.title.start);
    let (title, kind) = text[start..].trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let kind_start = start + title.len() + 1;
    is_phrase(kind).then(|| Head {
        kind: Some((grammar::Kind::Other, kind_start..kind_start + kind.len())),
        title: start..start + title.trim_end().len(),
        ..head.cloned().unwrap_or_default()
    })
}

/// A few words that begin with a capital, without any sign between them.
pub(crate) fn is_phrase(text: &str) -> bool {
    /// What kinds of session are called has no more words.
    const WORDS: usize = 5;
    text.starts_with(char::is_uppercase)
        && text.split(' ').count() <= WORDS
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '’' | '\''))
}

/// Whether a kind opens or closes a conference: the sessions of such a kind are called by it.
fn is_opening(kind: grammar::Kind) -> bool {
    matches!(kind, grammar::Kind::Opening | grammar::Kind::Closing)
}

/// What a piece says as a line of a session's head, if it is short enough for one.
fn head_of(piece: &Piece<'_>, lexicon: &grammar::Lexicon) -> Option<Head> {
    /// A line of facts is no longer, in characters.
    const LONGEST: usize = 100;
    (piece.label.is_none() && piece.cues.chars <= LONGEST).then(|| grammar::head(piece.text(), lexicon)).flatten()
}

/// How many bytes of `text` fold to `length` bytes.
fn folded_length(text: &str, length: usize) -> Option<usize> {
    let mut folded = 0;
    for (at, c) in text.char_indices() {
        if folded >= length {
            return Some(at);
        }
        folded += fold(c.encode_utf8(&mut [0; 4])).len();
    }
    None
}

/// The number of a part over its heading, and circled numbers alone: headings both.
fn label_part_numbers(pieces: &mut [Piece<'_>], parts: &[Part]) {
    for part in parts {
        let over =
            part.range.start.checked_sub(1).filter(|_| matches!(part.zone, Zone::Section(_) | Zone::Takeaways { .. }));
        if let Some(over) = over.filter(|&over| pieces[over].cues.chars <= 3 && !pieces[over].text().is_empty()) {
            let near = pieces[part.range.start].line.abs_diff(pieces[over].line) <= 4;
            if near && pieces[over].text().chars().all(char::is_alphanumeric) {
                pieces[over].label = Some(RegionLabel::Heading);
            }
        }
    }
}

/// Running heads that name the session of their page: its title again, at the edge of a page. `titles` are those of the
/// sessions, in the order of the text.
fn label_title_heads(pieces: &mut [Piece<'_>], titles: &[Range<usize>], lexicon: &grammar::Lexicon) {
    for (index, title) in titles.iter().enumerate() {
        let folded: String = pieces[title.clone()].iter().map(|piece| fold(piece.text())).collect();
        let end = titles.get(index + 1).map_or(pieces.len(), |next| next.start);
        for at in title.end..end {
            if pieces[at].label.is_none()
                && is_short(&pieces[at])
                && similar(&fold(pieces[at].text()), &folded)
                && is_at_edge(pieces, at)
                && !heads_session(pieces, at, lexicon)
            {
                pieces[at].label = Some(RegionLabel::Furniture);
            }
        }
    }
}

/// Whether a piece is the first or the last of its page, furniture aside.
fn is_at_edge(pieces: &[Piece<'_>], at: usize) -> bool {
    let text = |piece: &&Piece<'_>| piece.label != Some(RegionLabel::Furniture);
    let elsewhere = |piece: Option<&Piece<'_>>| piece.is_some_and(|piece| piece.page != pieces[at].page);
    elsewhere(pieces[..at].iter().rev().find(text)) || elsewhere(pieces[at + 1..].iter().find(text))
}

/// Whether a label of credits, a kind or a time stands right below a piece, as it does below a title.
fn heads_session(pieces: &[Piece<'_>], at: usize, lexicon: &grammar::Lexicon) -> bool {
    pieces.get(at + 1).is_some_and(|next| {
        next.label.is_none()
            && (next.cues.role.is_some()
                || next.cues.kind.is_some()
                || head_of(next, lexicon).is_some_and(|head| head.is_facts()))
    })
}

/// A part's heading with the conference's name in it: `AGENDA SPRING WATER FORUM 2019`.
fn named_section(text: &str, context: &Context<'_>) -> Option<Section> {
    let naming = context.naming.as_ref()?;
    let name = naming.find(text)?;
    let one_side = [&text[..name.start], &text[name.end..]].iter().any(|side| !side.contains(char::is_alphabetic));
    one_side.then(|| furniture::section_of(text, Some(naming), context.lexicon)).flatten()
}

/// The heading of the programme of one day: `Programme day 2`.
fn numbered_section(text: &str, lexicon: &grammar::Lexicon) -> Option<Section> {
    let is_day = |day: &str| grammar::numbered_day(day, lexicon).is_ok_and(|(rest, _)| rest.trim().is_empty());
    let (at, _) = text.match_indices(' ').find(|(at, _)| is_day(&text[at + 1..]))?;
    let heading = text[..at].trim_end_matches(|c: char| !c.is_alphanumeric());
    let agenda = grammar::Phrase::Section(Section::Agenda);
    lexicon.phrase(heading).contains(&agenda).then_some(Section::Agenda)
}

/// A line whose end alone is bold: a kind of session and a title run together.
pub(crate) fn split_bold_tail<'a>(line: &Clean<'a>) -> Vec<Clean<'a>> {
    /// A kind is at most this long, in bytes.
    const LONGEST_KIND: usize = 60;
    let text: &str = &line.text;
    match line.marks.bold.as_slice() {
        [bold] if (4..LONGEST_KIND).contains(&bold.start) && bold.end + 1 >= text.len() => {
            let kind = text[..bold.start].trim_end().trim_end_matches(':').len();
            vec![line.slice(0..kind), line.slice(bold.start..text.len())]
        }
        _ => vec![line.clone()],
    }
}

/// `Six takeaways for …`, `6 TAKEAWAYS`, `Key takeaways`: the word for takeaways with a number, or alone.
pub(crate) fn is_takeaways_heading(text: &str, context: &Context<'_>) -> bool {
    let lexicon = context.lexicon;
    if text.len() > 140 || text.ends_with('.') {
        return false;
    }
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ':').filter(|word| !word.is_empty()).take(6).collect();
    let at = words.iter().position(|word| lexicon.is_takeaway(word));
    let phrase = (1..words.len().min(3)).any(|end| lexicon.is_takeaway(&words[end - 1..=end].concat()));
    let counted =
        at.or(phrase.then_some(1)).is_some_and(|at| words[..at].iter().any(|word| lexicon.cardinal(word).is_some()));
    counted || lexicon.phrase(text).iter().any(|phrase| matches!(phrase, grammar::Phrase::Section(Section::Takeaways)))
}

#[cfg(test)]
mod tests {
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    #[test]
    fn kinds_in_parentheses_over_a_break() {
        for (text, start) in [
            ("Rivers and their banks (Panel\ndiscussion)\n", Some(23)),
            ("Rivers and their banks (see\nbelow)\n", None),
            ("Rivers and their banks (Panel)\ndiscussion)\n", None),
            ("(Panel\ndiscussion)\n", None),
        ] {
            let source = Source::new("s", "s", text.into());
            let lexicon = Lexicon::embedded();
            let pieces = crate::piece::pieces(&crate::context::Context::new(&source, &lexicon));
            assert_eq!(super::open_kind(&pieces, 0, &lexicon).map(|(_, start)| start), start, "{text}");
        }
    }

    #[test]
    fn kinds_stand_with_a_colon_before_listed_titles() {
        let text = "Water Forum 2019\n\nAgenda\n\nWednesday, June 5, 2019\n09:00–09:30 Opening remarks\n\
                    09:30–10:15 A sea with many shores\n10:15–11:00 The mud: A century of sediment\n\
                    11:30–13:00 Spotlight on harbours: Who owns them?\nOpening remarks\n\
                    Speakers Ana Silva | Director, Water Agency\nThe forum opened with a word on rivers, which had been long \n\
                    and wet for years, and on those who live beside them.\nWelcome plenary: A sea with many shores\n\
                    Speakers Bo Lind | Head, Water Agency\nMost of what was said of the sea was said by people who had \n\
                    never seen it, and all of it was heard by those who had.\nThe delta in focus: The mud: A\n\
                    century of sediment\nSpeakers Cem Ak | Chair, Mud Institute\nMud was spoken of at length, and with more \n\
                    love than anybody in the room had thought possible.\nSpotlight on harbours: Who owns them?\n\
                    Speakers Dee Fox | Minister, Harbour Board\nHarbours belong to those who mend their walls, it was \n\
                    said, and to nobody who only looks at them.\n";
        let source = Source::new("s", "s", text.into());
        let document = crate::read(&[source], &Lexicon::embedded()).document;
        let read = document
            .sessions
            .iter()
            .map(|session| format!("{}|{}", session.kind_label.as_deref().unwrap_or_default(), session.title));
        assert_eq!(
            read.collect::<Vec<_>>(),
            [
                "|Opening remarks",
                "Welcome plenary|A sea with many shores",
                "The delta in focus|The mud: A century of sediment",
                "|Spotlight on harbours: Who owns them?"
            ]
        );
    }

    const BODY: &str = "The talk turned to what the river carries and to whom it belongs, and those who live\nbeside it \
                        said that nobody had asked them before the first of the gauges was set up.\n\n";

    #[test]
    fn a_heading_read_last_heads_its_page() {
        let session = format!("Opening remarks\n\nOn stage\nAna Silva, Director, Water Agency\n\n{BODY}");
        let team = "Cem Ak\nProject lead\n\nDee Fox\nLogistics\n\nEla Roth\nPrinting\n\nTeam\n\n21\n";
        let source = Source::new("s", "s", format!("Water Forum 2019\n\n\u{c}{session}\u{c}{team}").into());
        let document = crate::read(&[source], &Lexicon::embedded()).document;
        let read = document.team.iter().map(|member| (&*member.name, member.role.as_deref().unwrap_or_default()));
        assert_eq!(
            read.collect::<Vec<_>>(),
            [("Cem Ak", "Project lead"), ("Dee Fox", "Logistics"), ("Ela Roth", "Printing")]
        );
    }

    #[test]
    fn a_foot_that_names_its_part_begins_none() {
        let first = format!("Key takeaways\n\nRivers rise\n\n{BODY}Nets tear\n\n{BODY}KEY TAKEAWAYS\n\n");
        let source = Source::new("s", "s", format!("{first}\u{c}Walls fall\n\n{BODY}").into());
        let foot = source.text().lines().position(|line| line == "KEY TAKEAWAYS").expect("a foot") + 1;
        let ledger = &crate::read(&[source], &Lexicon::embedded()).ledgers[0];
        let region = ledger.regions.iter().find(|region| (region.first_line..=region.last_line).contains(&foot));
        assert_eq!(region.map(crate::Region::label).as_deref(), Some("furniture"));
    }
}
