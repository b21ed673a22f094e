//! Running heads and feet, page numbers, stray glyphs: what repeats across pages and belongs to no text.

use std::ops::Range;

use rapporteur_grammar::{Bullet, Lexicon, Phrase, Section};
use rapporteur_source::{Span, fold};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    RegionLabel,
    naming::Naming,
    piece::{Begin, Piece},
    takeaways::labelled,
};

/// A running head is at most this long, in characters.
const LONGEST_HEAD: usize = 110;
/// A running head that names its page's part is longer than one that names the report, in bytes.
const LONGEST_PART: usize = 2 * LONGEST_HEAD;
/// A line that repeats this often at the edges of pages is a running head.
const REPEATS: usize = 3;

/// Labels the furniture, cutting off running heads that an extractor ran into the end of a line.
pub(crate) fn mark<'a>(pieces: Vec<Piece<'a>>, naming: Option<&Naming>, lexicon: &Lexicon) -> Vec<Piece<'a>> {
    let mut pieces = split_heads(pieces, naming, lexicon);
    upright_heads(&mut pieces);
    number_pages(&mut pieces, naming, lexicon);
    heads_over_headings(&mut pieces, naming);
    let edges = edges(&pieces);
    let has_pages = pieces.iter().skip(1).any(|piece| piece.page_start);
    let repeated = repeated(&pieces, &edges, has_pages, naming, lexicon);
    for at in 0..pieces.len() {
        let piece = &pieces[at];
        if piece.label.is_some() {
            continue;
        }
        let text = piece.text();
        let page_number = is_page_number(text) && (edges[at] || !has_pages && !piece.cues.capitals && text.len() > 1);
        let key = key(text, naming);
        if piece.is_marked() && !has_pages {
            continue;
        }
        let named = naming.is_some_and(|naming| naming.find(text).is_some());
        let heads = || {
            heads_list(&pieces, at, lexicon)
                || stands_under_head(&pieces, at)
                || !named && heads_session(&pieces, at, lexicon)
        };
        let is_running = |repeats: &Repeats| !(is_heading(piece) && repeats.headings * 2 < repeats.all);
        let running = repeated.get(&key).is_some_and(is_running) && (edges[at] || !has_pages) && !heads();
        if page_number && has_pages || is_head(text, naming, lexicon) || running {
            pieces[at].label = Some(RegionLabel::Furniture);
        }
    }
    spaced_heads(&mut pieces);
    twin_heads(&mut pieces, naming, lexicon);
    stray_heads(&mut pieces, naming, lexicon);
    let mut page = 0;
    for (at, piece) in pieces.iter_mut().enumerate() {
        page += usize::from(at > 0 && piece.page_start);
        piece.page = page;
    }
    pieces
}

/// Running heads in letters set apart, which an extractor took for words: `S P R I N G F O RU M`. Where they stand on their
/// side, they come anywhere in the text of their page.
fn spaced_heads(pieces: &mut [Piece<'_>]) {
    /// Fewer words may be initials.
    const WORDS: usize = 6;
    let is_spaced = |text: &str| {
        let words = text.split_whitespace();
        let single = words.clone().filter(|word| word.chars().nth(1).is_none()).count();
        let all = words.count();
        all >= WORDS && single * 5 >= all * 3 && !text.contains(char::is_lowercase)
    };
    let mut heads: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.cues.chars <= LONGEST_HEAD) {
        if is_spaced(piece.text()) {
            heads.entry(fold(piece.text())).or_default().push(at);
        }
    }
    for at in heads.into_values().filter(|places| places.len() >= REPEATS).flatten() {
        pieces[at].label = Some(RegionLabel::Furniture);
    }
}

/// Running heads that stand upright, of which an extractor made lines of a letter or two each. They may be read upwards, and
/// the number of their page may stand before or behind them.
fn upright_heads(pieces: &mut [Piece<'_>]) {
    /// Fewer lines may be the cells of a table.
    const LINES: usize = 8;
    let mut heads: FxHashMap<String, Vec<Range<usize>>> = FxHashMap::default();
    let mut start = 0;
    for run in pieces.chunk_by(|piece, next| is_letter(piece) && is_letter(next)) {
        let lettered = |piece: &Piece<'_>| piece.text().contains(char::is_alphabetic);
        if let Some((first, last)) = run.iter().position(lettered).zip(run.iter().rposition(lettered))
            && last - first + 1 >= LINES
        {
            let spelt: String = run[first..=last].iter().map(Piece::text).collect();
            heads.entry(spelt).or_default().push(start + first..start + last + 1);
        }
        start += run.len();
    }
    for heads in heads.into_values().filter(|heads| heads.len() >= REPEATS) {
        // the year, which the number of a page is not
        let before = shared(pieces, &heads, |head, step| head.start.checked_sub(step));
        let behind = shared(pieces, &heads, |head, step| Some(head.end - 1 + step));
        for head in heads {
            let whole = head.start - before..head.end + behind;
            let page_start = pieces[whole.clone()].iter().any(|piece| piece.page_start);
            for piece in &mut pieces[whole.clone()] {
                piece.label = Some(RegionLabel::Furniture);
                piece.page_start = false;
            }
            if let Some(after) = pieces.get_mut(whole.end) {
                after.page_start |= page_start;
                after.gap |= page_start;
            }
        }
    }
}

/// Whether a line is a letter or two that stand upon others.
fn is_letter(piece: &Piece<'_>) -> bool {
    piece.label.is_none() && piece.cues.chars <= 2
}

/// How many steps away from all of the heads the lines are the same, and letters as theirs.
fn shared(
    pieces: &[Piece<'_>],
    heads: &[Range<usize>],
    beside: impl Fn(&Range<usize>, usize) -> Option<usize>,
) -> usize {
    /// A year has no more digits.
    const MOST: usize = 4;
    let letter = |head: &Range<usize>, step: usize| {
        beside(head, step).and_then(|at| pieces.get(at)).filter(|piece| is_letter(piece)).map(Piece::text)
    };
    let same = |step: &usize| {
        let first = letter(&heads[0], *step);
        first.is_some() && heads.iter().all(|head| letter(head, *step) == first)
    };
    (1..=MOST).take_while(same).count()
}

/// Page numbers by their sequence: the longest run of lone numbers that count upwards through the text, or of numbers in
/// running heads that are otherwise the same. They show where pages begin in a text without form feeds.
fn number_pages(pieces: &mut [Piece<'_>], naming: Option<&Naming>, lexicon: &Lexicon) {
    /// Fewer numbers than this may count anything.
    const FEWEST: usize = 4;
    let numbers: Vec<(usize, usize)> = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| piece.label.is_none() && is_page_number(piece.text()))
        .filter_map(|(at, piece)| Some((at, piece.text().trim_matches(|c: char| !c.is_ascii_digit()).parse().ok()?)))
        .collect();
    let alone = Some(longest_count(&numbers)).filter(|run| run.len() >= FEWEST && is_spread(run));
    let runs = [heads_of_parts(pieces, naming), alone.unwrap_or_default(), part_heads(pieces)];
    let runs = runs.into_iter().chain([numbered_heads(pieces, lexicon)]);
    let run = runs.max_by_key(Vec::len).unwrap_or_default();
    for &at in &run {
        pieces[at].label = Some(RegionLabel::Furniture);
    }
    for at in run {
        if let Some(after) = pieces[at + 1..].iter_mut().find(|piece| piece.label.is_none()) {
            after.gap = true;
            after.page_start = true;
        }
    }
}

/// Running heads that name their page's part, with the number of the page on the outer side: `14 RIVERS AND SEAS`,
/// `RIVERS AND SEAS 15`. Most parts have more pages than one.
fn part_heads(pieces: &[Piece<'_>]) -> Vec<usize> {
    /// Fewer may be numbered titles.
    const FEWEST: usize = 6;
    let heads: Vec<PartHead> = (0..pieces.len()).filter_map(|at| PartHead::at(pieces, at)).collect();
    let numbers: Vec<(usize, usize)> = heads.iter().enumerate().map(|(index, head)| (index, head.number)).collect();
    let run: Vec<&PartHead> = longest_count(&numbers).into_iter().map(|index| &heads[index]).collect();
    let mut parts: FxHashMap<&str, usize> = FxHashMap::default();
    for head in &run {
        *parts.entry(head.part.as_str()).or_default() += 1;
    }
    let several: Vec<usize> = parts.into_values().filter(|pages| *pages > 1).collect();
    let most = several.len() > 1 && several.iter().sum::<usize>() * 2 > run.len();
    let places: Vec<usize> = run.iter().map(|head| head.lines.start).collect();
    if places.len() < FEWEST || !most || !is_spread(&places) {
        return Vec::new();
    }
    run.into_iter().flat_map(|head| head.lines.clone()).collect()
}

/// A running head that names its page's part.
struct PartHead {
    /// Where its pieces are: the number may have a line of its own.
    lines: Range<usize>,
    number: usize,
    /// What the part is called, folded.
    part: String,
}

impl PartHead {
    fn at(pieces: &[Piece<'_>], at: usize) -> Option<Self> {
        let open = |at: usize| pieces.get(at).filter(|piece| piece.label.is_none() && !piece.is_marked());
        let part = |at: usize| open(at).map(Piece::text).filter(|text| text.len() <= LONGEST_PART && is_shouted(text));
        let number = |text: &str| text.parse().ok().filter(|_| text.len() <= 3);
        let text = open(at)?.text();
        if let Some(number) = number(text) {
            // below the number, the title of the next page may stand
            let above = at.checked_sub(1)?;
            return Some(Self { part: fold(part(above)?), lines: above..at + 1, number });
        }
        let text = part(at)?;
        let ends = [text.split_once(' '), text.rsplit_once(' ').map(|(part, number)| (number, part))];
        let found = ends.into_iter().flatten().find_map(|(digits, part)| Some((number(digits)?, part)));
        found.map(|(number, part)| Self { lines: at..at + 1, number, part: fold(part) })
    }
}

/// Running heads that differ by the number of their page only: `Rivers and seas 14`, `Page 3 of 18`.
fn numbered_heads(pieces: &[Piece<'_>], lexicon: &Lexicon) -> Vec<usize> {
    /// Fewer may be the parts of something.
    const FEWEST: usize = 6;
    /// A head of fewer words or letters may be what parts are called by: `Recommendation 3`.
    const LETTERS: usize = 12;
    let mut heads: FxHashMap<String, Vec<(usize, Vec<usize>)>> = FxHashMap::default();
    for (at, piece) in pieces.iter().enumerate() {
        let text = piece.text();
        let digit = |c: char| c.is_ascii_digit();
        for (part, number) in numbered_part(text) {
            heads.entry(part).or_default().push((at, vec![number]));
        }
        if piece.cues.chars > LONGEST_HEAD || !(text.ends_with(digit) || text.starts_with(digit)) {
            continue;
        }
        let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let page =
            words.clone().any(|word| lexicon.words.dates.page.iter().any(|page| page.eq_ignore_ascii_case(word)));
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let facts =
            rapporteur_grammar::head(text, lexicon).is_some_and(|head| head.times.is_some() || head.days.is_some());
        if facts || !page && (letters < LETTERS || words.nth(1).is_none()) {
            continue;
        }
        let numbers = text.split(|c: char| !digit(c)).filter_map(|number| number.parse().ok()).collect();
        heads.entry(key(text, None)).or_default().push((at, numbers));
    }
    let counted = heads.into_values().filter(|lines| lines.len() >= FEWEST).flat_map(|lines| {
        let places = lines.iter().map(|(_, numbers)| numbers.len()).min().unwrap_or(0);
        (0..places).map(move |place| {
            let numbers: Vec<(usize, usize)> = lines.iter().map(|(at, numbers)| (*at, numbers[place])).collect();
            let run = longest_count(&numbers);
            if run.len() * 4 >= lines.len() * 3 { run } else { Vec::new() }
        })
    });
    let heads = |run: &Vec<usize>| run.len() >= FEWEST && is_spread(run);
    counted.filter(heads).max_by_key(|run| (run.len(), std::cmp::Reverse(run[0]))).unwrap_or_default()
}

/// The parts of a running head between signs, folded, each with the page number that is another of its parts:
/// `The Forum · 14 · Rivers and seas`. What stands on all pages may be any of them.
fn numbered_part(text: &str) -> impl Iterator<Item = (String, usize)> {
    /// A head has no more parts.
    const PARTS: usize = 4;
    const SIGNS: [char; 3] = ['·', '|', '•'];
    let few = text.len() <= LONGEST_PART && (2..PARTS).contains(&text.matches(SIGNS).count());
    let parts = move || text.split(SIGNS).map(str::trim).filter(move |_| few);
    let number = parts().find_map(|part| part.parse().ok());
    let words = move |part: &&str| part.contains(char::is_alphabetic);
    number.into_iter().flat_map(move |number| parts().filter(words).map(move |part| (fold(part), number)))
}

/// Running heads that say a page number and name a part of the report, beside the name of it or not: `4Welcome`,
/// `The nets WF2019 12`. What names a part stands in the text again: as its heading, or on its other pages. What is counted
/// from one is no page: `Day 1`.
fn heads_of_parts(pieces: &[Piece<'_>], naming: Option<&Naming>) -> Vec<usize> {
    /// Fewer may be the parts of something.
    const FEWEST: usize = 6;
    let mut heads = Vec::new();
    let mut says: FxHashMap<&str, usize> = FxHashMap::default();
    let mut counted: FxHashSet<&str> = FxHashSet::default();
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.cues.chars <= LONGEST_HEAD) {
        let text = piece.text();
        let open = piece.label.is_none() && piece.cues.times.is_none();
        let numbered = open && text.contains(|c: char| c.is_ascii_digit());
        let head = if numbered { numbered_name(text, naming) } else { None };
        if let Some((number, part)) = head {
            heads.push((at, number, part));
            if number == 1 {
                counted.insert(part);
            }
        }
        *says.entry(head.map_or(text, |(_, part)| part)).or_default() += 1;
    }
    let heads = heads.into_iter().filter(|(at, _, part)| match *part {
        "" => is_page_number(pieces[*at].text()),
        part => says[part] > 1 && !counted.contains(part),
    });
    let heads: Vec<(usize, usize)> = heads.map(|(at, number, _)| (at, number)).collect();
    let run = longest_count(&heads);
    if run.len() >= FEWEST && is_spread(&run) { run } else { Vec::new() }
}

/// The page number in a running head, and what else is in it beside the name of the conference.
fn numbered_name<'t>(text: &'t str, naming: Option<&Naming>) -> Option<(usize, &'t str)> {
    /// Digits of a page number.
    const DIGITS: usize = 3;
    let text = beside_name(text, naming).unwrap_or(text);
    let digit = |c: char| c.is_ascii_digit();
    let part = text.trim_start_matches(digit);
    let part = if part.len() < text.len() { part } else { text.trim_end_matches(digit) };
    let number = text.strip_suffix(part).unwrap_or_else(|| &text[part.len()..]);
    let number = number.parse().ok().filter(|_| number.len() <= DIGITS)?;
    let part = part.trim();
    let names = part.starts_with(char::is_uppercase) && part.ends_with(char::is_alphabetic);
    (part.is_empty() || names).then_some((number, part))
}

/// What stands beside the name of the conference, where that begins or ends `text`.
fn beside_name<'t>(text: &'t str, naming: Option<&Naming>) -> Option<&'t str> {
    let name = naming?.find(text)?;
    let [before, after] = [&text[..name.start], &text[name.end..]].map(str::trim);
    if after.is_empty() { Some(before) } else { before.is_empty().then_some(after) }
}

/// Running heads that name the report and a part of it, beside a page number or at the beginning of a page: the part stands
/// there again as its heading.
fn heads_over_headings(pieces: &mut [Piece<'_>], naming: Option<&Naming>) {
    for at in 0..pieces.len().saturating_sub(1) {
        let piece = &pieces[at];
        let edge = piece.page_start || at > 0 && pieces[at - 1].label == Some(RegionLabel::Furniture);
        let may_be = edge && piece.label.is_none() && !piece.is_marked() && piece.cues.chars <= LONGEST_HEAD;
        if may_be && beside_name(piece.text(), naming) == Some(pieces[at + 1].text()) {
            pieces[at].label = Some(RegionLabel::Furniture);
        }
    }
}

/// Whether places stand as far apart as pages begin, not as close as the entries of the contents.
fn is_spread(places: &[usize]) -> bool {
    /// A page has no fewer pieces, on average.
    const FEWEST: usize = 5;
    let [first, .., last] = places else { return false };
    last - first >= FEWEST * (places.len() - 1)
}

/// Of places and the numbers there, in the order of the text, the places of the longest run that counts upwards.
fn longest_count(numbers: &[(usize, usize)]) -> Vec<usize> {
    /// Pages without a number (a title, a picture) that a run may leave out in one place.
    const SKIPPED: usize = 3;
    // the longest run that ends at each number, and the number before it
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    let mut latest: FxHashMap<usize, usize> = FxHashMap::default();
    for (index, &(_, number)) in numbers.iter().enumerate() {
        let before = (number.saturating_sub(SKIPPED)..number)
            .filter_map(|before| latest.get(&before).copied())
            .max_by_key(|&before| runs[before].0);
        runs.push((before.map_or(1, |before| runs[before].0 + 1), before));
        let longer = latest.get(&number).is_none_or(|&known| runs[known].0 <= runs[index].0);
        if longer {
            latest.insert(number, index);
        }
    }
    let last = (0..runs.len()).max_by_key(|&index| runs[index].0);
    let mut run: Vec<usize> =
        std::iter::successors(last, |&index| runs[index].1).map(|index| numbers[index].0).collect();
    run.reverse();
    run
}

/// Whether a line that repeats as a running head is the title that the heads repeat: a label of credits, a kind or a time
/// stands right below it.
fn heads_session(pieces: &[Piece<'_>], at: usize, lexicon: &Lexicon) -> bool {
    let says = |piece: &Piece<'_>| {
        piece.cues.kind.is_some()
            || piece.cues.role.is_some()
            || piece.cues.times.is_some()
            || tells_session(piece, lexicon)
    };
    let piece = &pieces[at];
    let has_page_number = piece.text().ends_with(|c: char| c.is_ascii_digit()) && piece.cues.times.is_none();
    piece.cues.section.is_none()
        && !has_page_number
        && (piece.cues.times.is_some() || pieces.get(at + 1).is_some_and(says))
}

/// Whether a line that repeats as a running head is the heading that the heads repeat: the first entry of a list stands
/// right below it.
fn heads_list(pieces: &[Piece<'_>], at: usize, lexicon: &Lexicon) -> bool {
    let first = |next: &Piece<'_>| {
        matches!(next.cues.number, Some((1, from)) if from < next.text().len())
            || matches!(next.cues.bullet, Some((Bullet::Number(1), _)))
            || matches!(labelled(next.text(), lexicon), Some((1, _)))
    };
    pieces.get(at + 1).is_some_and(first)
}

/// Whether a line is the heading that the running head right above it repeats, in other letters: `RIVERS` over `Rivers`.
fn stands_under_head(pieces: &[Piece<'_>], at: usize) -> bool {
    let Some(above) = at.checked_sub(1).map(|above| &pieces[above]) else { return false };
    let piece = &pieces[at];
    above.label == Some(RegionLabel::Furniture)
        && above.cues.capitals
        && !piece.cues.capitals
        && !piece.page_start
        && fold(above.text()) == fold(piece.text())
}

/// Whether a line says the kind of a session or its time and nothing else.
fn tells_session(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    rapporteur_grammar::head(piece.text(), lexicon)
        .is_some_and(|head| head.is_facts() && (head.kind.is_some() || head.times.is_some()))
}

/// The parts of a running head that an extractor put on lines of their own: the same words left and right of its middle. Where
/// that is the name of the conference alone, such heads stand on more than one page: of one that stands once, the second
/// part is the heading that the first names.
fn twin_heads(pieces: &mut [Piece<'_>], naming: Option<&Naming>, lexicon: &Lexicon) {
    let is_twin = |at: usize| {
        let [before, middle, after] = &pieces[at - 1..=at + 1] else { return false };
        middle.label == Some(RegionLabel::Furniture)
            && before.label.is_none()
            && after.label.is_none()
            && (1..=LONGEST_HEAD).contains(&before.cues.chars)
            && fold(before.text()) == fold(after.text())
    };
    let twins: Vec<usize> = (1..pieces.len().saturating_sub(1)).filter(|&at| is_twin(at)).collect();
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for &at in &twins {
        *counts.entry(fold(pieces[at - 1].text())).or_default() += 1;
    }
    for at in twins {
        // the second may be the heading or the title that the head repeats
        let heads = heads_list(pieces, at + 1, lexicon) || heads_session(pieces, at + 1, lexicon);
        let numbers = is_page_number(pieces[at].text());
        if heads && !numbers || pieces[at - 1].label.is_some() {
            continue;
        }
        // `Rivers and seas`, `14`, `Rivers and seas`: a head with its number, and what it repeats
        let named_once =
            || beside_name(pieces[at].text(), naming) == Some("") && counts[&fold(pieces[at - 1].text())] == 1;
        if !numbers && !named_once() {
            pieces[at + 1].label = Some(RegionLabel::Furniture);
        }
        pieces[at - 1].label = Some(RegionLabel::Furniture);
    }
}

/// What a running head says beside the conference's name, alone on a line: the extractor cut it off the head. It may have
/// lost its first letter to a picture.
fn stray_heads(pieces: &mut [Piece<'_>], naming: Option<&Naming>, lexicon: &Lexicon) {
    let Some(naming) = naming else { return };
    let mut said: FxHashMap<String, Option<Section>> = FxHashMap::default();
    for piece in pieces.iter().filter(|piece| piece.label == Some(RegionLabel::Furniture)) {
        let text = piece.text();
        let Some(name) = text.find(&naming.series) else { continue };
        for side in [&text[..name], &text[name + naming.series.len()..]] {
            let side = side.trim_matches(|c: char| !c.is_alphabetic());
            if side.len() > 3 && is_shouted(side) {
                said.insert(fold(side), section_of(side, None, lexicon));
            }
        }
    }
    for piece in pieces.iter_mut().filter(|piece| piece.label.is_none() && piece.cues.capitals && !piece.is_marked()) {
        let folded = fold(piece.text());
        let cut = || {
            said.iter().find(|(head, _)| folded.len() > 4 && head.len() == folded.len() + 1 && head.ends_with(&folded))
        };
        let whole = said.get(&folded);
        let known = whole.filter(|section| section.is_some()).or_else(|| cut().map(|(_, section)| section)).or(whole);
        if let Some(section) = known {
            piece.label = Some(RegionLabel::Furniture);
            piece.cues.section = *section;
        }
    }
}

/// Whether a piece is a lone number, as pages and pictures have them.
pub(crate) fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '|' | '.' | '[' | ']' | ' '));
    !bare.is_empty() && bare.len() <= 4 && bare.bytes().all(|b| b.is_ascii_digit())
}

/// The part that a running head names: `© THE DISCUSSIONS Spring Water Forum 2019 PANEL DISCUSSION`.
pub(crate) fn section_of(text: &str, naming: Option<&Naming>, lexicon: &Lexicon) -> Option<Section> {
    let rest = match naming.and_then(|naming| naming.find(text)) {
        Some(span) => [&text[..span.start], &text[span.end..]],
        None => [text, ""],
    };
    rest.iter().find_map(|part| {
        let part = part.trim_matches(|c: char| !c.is_alphabetic());
        let section = |end: usize| {
            lexicon.phrase(&part[..end]).iter().find_map(|phrase| match phrase {
                Phrase::Section(section) => Some(*section),
                _ => None,
            })
        };
        // a head may name the part and the session
        let words = part.match_indices(' ').map(|(at, _)| at).filter(|_| is_shouted(part));
        section(part.len()).or_else(|| words.filter_map(section).next_back())
    })
}

/// Which pieces stand at the edge of a page: among its first or last two, or beside a page number there.
fn edges(pieces: &[Piece<'_>]) -> Vec<bool> {
    let mut edges = vec![false; pieces.len()];
    let starts: Vec<usize> = (0..pieces.len()).filter(|&at| at == 0 || pieces[at].page_start).collect();
    for (page, &start) in starts.iter().enumerate() {
        let end = starts.get(page + 1).copied().unwrap_or(pieces.len());
        for at in (start..end.min(start + 3)).chain(start.max(end.saturating_sub(3))..end) {
            edges[at] = true;
        }
    }
    edges
}

/// A line without its digits: running heads differ by the page number only.
fn key(text: &str, naming: Option<&Naming>) -> String {
    if text.len() > LONGEST_HEAD {
        return String::new();
    }
    let short = naming.and_then(|naming| naming.find(text));
    let mut key = fold(text);
    if short.is_some() || !key.bytes().all(|b| b.is_ascii_digit()) {
        key.retain(|c| !c.is_ascii_digit());
    }
    key
}

/// How often a line stands in the text.
#[derive(Default)]
struct Repeats {
    all: usize,
    at_edge: usize,
    /// How often the extractor marked it as a heading: where most are not marked, those are running heads that repeat it.
    headings: usize,
    /// Whether it says the short name of the conference.
    named: bool,
}

fn repeated(
    pieces: &[Piece<'_>],
    edges: &[bool],
    has_pages: bool,
    naming: Option<&Naming>,
    lexicon: &Lexicon,
) -> FxHashMap<String, Repeats> {
    let mut counts: FxHashMap<String, Repeats> = FxHashMap::default();
    for (at, piece) in pieces.iter().enumerate() {
        let cues = &piece.cues;
        if cues.chars > LONGEST_HEAD || cues.role.is_some() || cues.link || cues.times.is_some() {
            continue;
        }
        // sessions begin at the top of a page, with kinds that differ in a number only
        let is_kind = || cues.kind.is_some() || edges[at] && tells_session(piece, lexicon);
        let goes_on = pieces.get(at + 1).is_some_and(|next| next.cues.begin == Begin::Lower);
        // every session may have its list of conclusions
        let listed = pieces.get(at + 1).is_some_and(|next| next.cues.bullet.is_some());
        if cues.section == Some(Section::Conclusions) && listed || !goes_on && is_kind() {
            continue;
        }
        let key = key(piece.text(), naming);
        if key.is_empty() {
            continue;
        }
        let repeats = counts.entry(key).or_default();
        repeats.all += 1;
        repeats.at_edge += usize::from(edges[at]);
        repeats.headings += usize::from(is_heading(piece));
        repeats.named |= naming.is_some_and(|naming| naming.short_name_in(piece.text()).is_some());
    }
    let series = naming.map(|naming| fold(&naming.series)).unwrap_or_default();
    counts.retain(|key, Repeats { all, at_edge, named, .. }| {
        let named = *named || !series.is_empty() && key.contains(&series);
        if has_pages { *at_edge >= REPEATS && *at_edge * 2 >= *all } else { *all > REPEATS && named }
    });
    counts
}

fn is_heading(piece: &Piece<'_>) -> bool {
    piece.clean.marks.heading > 0
}

/// A head by its form: the conference's name between words in capitals, or a part's name in capitals behind a symbol.
fn is_head(text: &str, naming: Option<&Naming>, lexicon: &Lexicon) -> bool {
    if text.len() > LONGEST_HEAD {
        return false;
    }
    if text.starts_with(|c| lexicon.words.glyphs.symbols.contains(c)) {
        let rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let part = |end: usize| lexicon.phrase(&rest[..end]).iter().any(|phrase| matches!(phrase, Phrase::Section(_)));
        let ends = rest.match_indices(' ').map(|(at, _)| at).chain([rest.len()]);
        if is_shouted(rest) && ends.into_iter().any(part) {
            return true;
        }
    }
    let Some(naming) = naming else { return false };
    head_span(text, naming, lexicon).is_some_and(|head| head.start == 0 && head.end == text.len())
}

/// The running head inside `text`: the name of the conference and the capitals and numbers around it.
fn head_span(text: &str, naming: &Naming, lexicon: &Lexicon) -> Option<Span> {
    let name = text.find(&naming.series).map(|at| Span::new(at, at + naming.series.len()))?;
    // the year, or what the edge of the page left of it
    let year = text[name.end..].trim_start();
    let digits = year.len() - year.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let name = if digits > 0 { Span::new(name.start, text.len() - year.len() + digits) } else { name };
    let mut start = name.start;
    let mut capitals = 0;
    for (at, word) in words_back(&text[..name.start]) {
        let symbol = word.chars().all(|c| lexicon.words.glyphs.symbols.contains(c));
        if symbol {
            start = at;
            break;
        }
        if !is_shouted(word) {
            break;
        }
        capitals += 1;
        start = at;
    }
    let mut end = name.end;
    for word in text[name.end..].split_whitespace() {
        if !is_shouted(word) && !is_page_number(word) {
            break;
        }
        capitals += usize::from(is_shouted(word));
        end = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
    }
    // the name in a heading or a sentence is no running head
    (capitals > 0).then(|| Span::new(start, end))
}

fn split_heads<'a>(pieces: Vec<Piece<'a>>, naming: Option<&Naming>, lexicon: &Lexicon) -> Vec<Piece<'a>> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        // a kind of session run into its title: the title alone is bold
        if piece.label.is_none()
            && piece.cues.role.is_none()
            && piece.cues.times.is_none()
            && let [bold] = piece.clean.marks.bold.as_slice()
        {
            let start = bold.start;
            let parts = crate::outline::split_bold_tail(&piece.clean);
            if parts.len() == 2 && is_kind_before_title(&parts[0].text, &parts[1].text) {
                let end = parts[0].text.len();
                let mut kind = piece.part(0..end, lexicon);
                kind.clean.marks.heading = piece.clean.marks.heading;
                out.push(kind);
                let mut title = piece.part(start..piece.text().len(), lexicon);
                title.gap = true;
                out.push(title);
                continue;
            }
        }
        if let Some(cut) = label_after_title(&piece, lexicon) {
            out.push(piece.part(0..cut, lexicon));
            let mut label = piece.part(cut..piece.text().len(), lexicon);
            label.gap = false;
            out.push(label);
            continue;
        }
        if let Some(end) = heading_end(&piece, lexicon) {
            out.push(piece.part(0..end, lexicon));
            out.push(piece.part(end..piece.text().len(), lexicon));
            continue;
        }
        let Some(naming) = naming else {
            out.push(piece);
            continue;
        };
        let head = (piece.label.is_none() && piece.text().contains(&naming.series))
            .then(|| head_span(piece.text(), naming, lexicon))
            .flatten();
        match head {
            Some(head) if head.end == piece.text().len() && head.start > 0 => {
                out.push(piece.part(0..head.start, lexicon));
                out.push(piece.part(head.range(), lexicon));
            }
            _ => out.push(piece),
        }
    }
    out
}

/// Where a label of credits begins that was run into the bold title before it.
fn label_after_title(piece: &Piece<'_>, lexicon: &Lexicon) -> Option<usize> {
    let [bold] = piece.clean.marks.bold.as_slice() else { return None };
    let rest = piece.text().get(bold.end..)?.trim();
    let role = lexicon.phrase(rest).iter().any(|phrase| matches!(phrase, Phrase::Role(_)));
    (bold.start == 0 && bold.len() > 12 && role).then_some(bold.end)
}

/// Whether a line in two types is a kind and a title: both begin with a capital, and neither is a sentence or a name with
/// its office.
fn is_kind_before_title(kind: &str, title: &str) -> bool {
    let words = kind.split_whitespace().count();
    (1..=6).contains(&words)
        && kind.starts_with(char::is_uppercase)
        && !kind.contains(['“', '"', ',', '.', '|', '”'])
        && !kind.ends_with(char::is_numeric)
        && title.starts_with(char::is_uppercase)
        && title.split_whitespace().count() >= 3
        && !title.contains(", H.E.")
        && kind.split_whitespace().last().is_some_and(|word| word.len() > 3)
}

/// Where a part's heading ends that an extractor ran into the line after it: a circled number, capitals, other text.
fn heading_end(piece: &Piece<'_>, lexicon: &Lexicon) -> Option<usize> {
    let text = piece.text();
    let glyphs = &lexicon.words.glyphs;
    if !text.starts_with(|c| glyphs.circled.contains(c) || glyphs.circled_filled.contains(c)) {
        return None;
    }
    let start = text.find(char::is_alphabetic)?;
    let mut ends = text[start..].match_indices(' ').map(|(at, _)| start + at);
    ends.rfind(|&end| {
        let phrase = &text[start..end];
        is_shouted(phrase)
            && !text[end..].trim_start().starts_with(|c: char| {
                c.is_uppercase() && is_shouted(text[end..].split_whitespace().next().unwrap_or_default())
            })
            && lexicon.phrase(phrase).iter().any(|phrase| matches!(phrase, Phrase::Section(_)))
    })
}

/// Whether all letters of a text are capitals, and it has some.
pub(crate) fn is_shouted(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
}

fn words_back(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.rsplit(char::is_whitespace)
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use rapporteur_source::Source;

    #[test]
    fn headings_right_under_their_running_heads() {
        let (source, lexicon) =
            (Source::new("s", "s", "RIVERS AND SEAS\nRivers and seas\nText\n".into()), Lexicon::embedded());
        let mut pieces = crate::piece::pieces(&Context::new(&source, &lexicon));
        assert!(!stands_under_head(&pieces, 1));
        pieces[0].label = Some(RegionLabel::Furniture);
        assert!(stands_under_head(&pieces, 1));
        assert!(!stands_under_head(&pieces, 2));
    }

    #[test]
    fn letters_set_apart() {
        let head = "S P R I N G WAT E R F O RU M 2 0 1 9\n";
        for (times, expected) in [(3, 3), (2, 0)] {
            let text = "A river is old.\n\n".to_owned() + &format!("The sea\n{head}goes on.\n\n").repeat(times);
            let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
            let mut pieces = crate::piece::pieces(&Context::new(&source, &lexicon));
            spaced_heads(&mut pieces);
            let found = pieces.iter().filter(|piece| piece.label == Some(RegionLabel::Furniture));
            assert_eq!(found.count(), expected);
        }
    }

    #[test]
    fn letters_upon_each_other() {
        let head = "S\nP\nR\nI\nN\nG\nW\nAT\nE\nR\n2\n0\n1\n9\n";
        for (pages, expected) in [(3, 3 * 14), (2, 0)] {
            let text: String = (4..4 + pages).map(|page| format!("{page}\n\u{c}{head}The sea goes on.\n")).collect();
            let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
            let mut pieces = crate::piece::pieces(&Context::new(&source, &lexicon));
            upright_heads(&mut pieces);
            let found = pieces.iter().filter(|piece| piece.label == Some(RegionLabel::Furniture));
            assert_eq!(found.count(), expected);
            // what stands behind the head begins the page
            let text = pieces.iter().filter(|piece| piece.page_start && piece.text().starts_with("The sea"));
            assert_eq!(text.count() > 0, expected > 0);
        }
    }

    #[test]
    fn heads_over_what_they_repeat() {
        let title = Source::new("s", "s", "Spring Water Forum 2019\n\nThe sea is old.\n".into());
        let lexicon = Lexicon::embedded();
        let context = Context::new(&title, &lexicon);
        let naming = context.naming.as_ref();
        assert!(naming.is_some());
        for (text, expected) in [
            ("Rivers and seas\n\n14\n\nRivers and seas\nThe sea is old.\n", [true, true, false]),
            ("NETS\n\nSpring Water Forum 2019\n\nNETS\nThe sea is old.\n", [true, true, false]),
            ("PANEL\n\nSpring Water Forum 2019 CONTENTS\n\nPANEL\nThe sea is old.\n", [true, true, true]),
        ] {
            let source = Source::new("s", "s", text.into());
            let mut pieces = crate::piece::pieces(&Context::new(&source, &lexicon));
            pieces[1].label = Some(RegionLabel::Furniture);
            twin_heads(&mut pieces, naming, &lexicon);
            let found: Vec<bool> =
                pieces[..3].iter().map(|piece| piece.label == Some(RegionLabel::Furniture)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn heads_that_name_the_part_of_their_page() {
        let parts = ["RIVERS AND SEAS", "NETS FOR EVERYONE"];
        let text = "It rained on the town.\n\n".repeat(6);
        let page = |page: usize| match (parts[page / 4 % 2], page % 4) {
            (part, 0) => format!("## **{}**\n\n{text}{part}\n\n{page}\n\n", part.to_lowercase()),
            (part, 2) => format!("{text}{page} {part}\n\n"),
            (part, _) => format!("{text}{part} {page}\n\n"),
        };
        for (pages, expected) in [(8, 10), (4, 0)] {
            let text: String = (4..4 + pages).map(page).collect();
            let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
            let pieces = crate::piece::pieces(&Context::new(&source, &lexicon));
            assert_eq!(part_heads(&pieces).len(), expected);
            let pieces = mark(pieces, None, &lexicon);
            let headings = pieces.iter().filter(|piece| piece.is_marked());
            assert!(headings.into_iter().all(|heading| heading.label.is_none()));
        }
    }

    #[test]
    fn numbers_between_the_parts_of_a_head() {
        let parts = ["Rivers and seas", "What the mud remembers: A century of it", "Nets for everyone"];
        let page = |page: usize| {
            let text = "It rained on the town.\n\n".repeat(6);
            format!("WF2019 · {page} · {}\n\n{text}", parts[page % parts.len()])
        };
        for (pages, expected) in [(8, 8), (3, 0)] {
            let text: String = (2..2 + pages).map(page).collect();
            let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
            let pieces = crate::piece::pieces(&Context::new(&source, &lexicon));
            let heads = numbered_heads(&pieces, &lexicon);
            assert_eq!(heads.iter().filter(|&&at| pieces[at].text().starts_with("WF2019")).count(), expected);
        }
    }

    #[test]
    fn numbers_beside_the_names_of_parts() {
        let text = "It rained on the town.\n".repeat(6);
        let page = |head: &str| format!("{head}\n{text}");
        for (heads, expected) in [
            (["2Welcome", "3 ProceedingsSWF2019", "4Proceedings SWF2019", "SWF2019 5 Proceedings", "6", "7Nets"], 6),
            // counted from one
            (["Aim 1", "Aim 2", "Aim 3", "Aim 4", "Aim 5", "Aim 6"], 0),
            // named nowhere else
            (["2 Mills", "3 Nets", "4 Walls", "5 Gauges", "6 Ferries", "7 Locks"], 0),
        ] {
            let body: String = heads.iter().map(|head| page(head)).collect();
            let text = format!("Spring Water Forum 2019\n\n{body}Welcome\nNets\n");
            let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
            let context = Context::new(&source, &lexicon);
            let pieces = crate::piece::pieces(&context);
            assert_eq!(heads_of_parts(&pieces, context.naming.as_ref()).len(), expected, "{heads:?}");
        }
    }

    #[test]
    fn heads_that_name_the_report_and_their_part() {
        let text = "Spring Water Forum 2019\n\n\u{c}Nets Spring Water Forum 2019\nNets\nThe sea is old.\n\n\
                    \u{c}Nets of the Spring Water Forum 2019\nNets\nThe sea rose.\n";
        let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
        let context = Context::new(&source, &lexicon);
        let mut pieces = crate::piece::pieces(&context);
        heads_over_headings(&mut pieces, context.naming.as_ref());
        let heads = pieces.iter().filter(|piece| piece.label.is_some());
        assert_eq!(heads.map(Piece::text).collect::<Vec<_>>(), ["Nets Spring Water Forum 2019"]);
    }
}
