//! The title page: what its lines are, so that the theme and the place can be told from everything else on it.

use jiff::civil::Date;
use rapporteur_grammar::{self as grammar, Lexicon};
use rapporteur_source::{Clean, Span, fold};

use crate::{
    RegionLabel as L,
    edition::printed_days,
    naming::Naming,
    piece::{Begin, End, Piece, trim},
    report::Report,
};

/// What the title page says beside the conference's name and days.
#[derive(Debug, Default)]
pub(crate) struct TitlePage<'a> {
    /// Blocks of lines that may be the theme.
    pub(crate) themes: Vec<Vec<Clean<'a>>>,
    /// Where it takes place: the building, the city, or both.
    pub(crate) place: Option<Clean<'a>>,
    /// The city, where it stands alone beside the days.
    pub(crate) city: Option<Clean<'a>>,
    /// The day that it prints, where it is only one.
    pub(crate) day: Option<(Date, Span)>,
}

/// What a line of the title page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Name,
    Days,
    Place,
    /// What every title page has: the word for a report, who organised it, a number.
    Common,
    Other,
}

/// Signs between the parts of a line.
const SIGNS: [char; 6] = ['|', ',', '–', '-', '·', ':'];

/// Reads the title page: what stands before the first part of the report.
pub(crate) fn read<'a>(report: &Report<'a>) -> TitlePage<'a> {
    let context = &report.context;
    let (Some(naming), lexicon) = (&context.naming, context.lexicon) else { return TitlePage::default() };
    let on_cover = |piece: &&Piece<'a>| {
        matches!(piece.label, Some(L::Cover)) && piece.cues.section.is_none() || piece.label == Some(L::Furniture)
    };
    let cover: Vec<&Piece<'a>> = report.pieces.iter().take_while(on_cover).collect();
    let mut page = TitlePage::default();
    let mut lines: Vec<Line> = cover.iter().map(|piece| line_of(piece, naming, lexicon)).collect();
    mark_names(&cover, naming, &mut lines);
    for (piece, line) in cover.iter().zip(&lines) {
        let text = piece.text();
        match line {
            // the theme run into the line of the name
            Line::Name => page.themes.extend(after_name(&piece.clean, naming).map(|theme| vec![theme])),
            Line::Days => {
                let days = printed_days(text, lexicon);
                if let [(only, at)] = days.as_slice()
                    && only.first == only.last
                {
                    page.day = page.day.or_else(|| Some((only.first, piece.clean.source_span(at.range()))));
                }
                let (first, last) =
                    (days.first().map_or(0, |(_, at)| at.start), days.last().map_or(0, |(_, at)| at.end));
                let around = [trim(text, last..text.len(), &SIGNS, &SIGNS), trim(text, 0..first, &SIGNS, &SIGNS)];
                let around: Vec<_> = around.into_iter().flatten().map(|range| piece.clean.slice(range)).collect();
                let named = around.iter().find(|place| is_place(&place.text, lexicon));
                let listed = || around.iter().find(|place| is_place_like(&place.text, lexicon));
                match named.or_else(listed) {
                    Some(place) if named.is_some() || place.text.contains(", ") => {
                        page.place = page.place.or_else(|| Some(place.clone()));
                    }
                    city => page.city = page.city.or_else(|| city.cloned()),
                }
            }
            Line::Place => page.place = page.place.or_else(|| Some(piece.clean.clone())),
            Line::Common | Line::Other => {}
        }
    }
    if page.place.is_none() {
        page.place = beside_days(&cover, &mut lines, lexicon);
    }
    page.themes.splice(0..0, blocks(&cover, &lines));
    page.themes.dedup_by_key(|lines| fold(&lines[0].text));
    page
}

fn line_of(piece: &Piece<'_>, naming: &Naming, lexicon: &Lexicon) -> Line {
    /// A name is printed with at most so many words around it.
    const AROUND: usize = 4;
    let text = piece.text();
    let words = text.split_whitespace().count();
    let name = naming.find(text);
    if name.is_some_and(|name| words <= text[name.range()].split_whitespace().count() + AROUND)
        || name.is_some_and(|name| name.start == 0 || is_named(&fold(&text[..name.start]), naming))
        || is_named(&fold(text), naming)
    {
        return Line::Name;
    }
    let edition = &lexicon.words.edition;
    if piece.label == Some(L::Furniture)
        || piece.cues.chars <= 3
        || edition.report.iter().any(|word| fold(word) == fold(text))
        || edition.organised.iter().any(|word| text.to_lowercase().starts_with(word.as_str()))
    {
        return Line::Common;
    }
    if !printed_days(text, lexicon).is_empty() {
        Line::Days
    } else if is_place(text, lexicon) {
        Line::Place
    } else {
        Line::Other
    }
}

/// Whether a folded text is the name, the series, the short name or the year.
fn is_named(folded: &str, naming: &Naming) -> bool {
    let year = naming.year.to_string();
    folded == fold(&naming.name)
        || folded == fold(&naming.series)
        || folded == year
        || folded == fold(&naming.initials)
        || folded.strip_suffix(year.as_str()).is_some_and(|initials| initials == fold(&naming.initials))
}

/// Marks the lines of a name that is broken over lines.
fn mark_names(cover: &[&Piece<'_>], naming: &Naming, lines: &mut [Line]) {
    /// A name has at most so many lines.
    const MOST: usize = 4;
    let folded: Vec<String> = cover.iter().map(|piece| fold(piece.text())).collect();
    for start in 0..folded.len() {
        let mut joined = String::new();
        for end in start..folded.len().min(start + MOST) {
            joined.push_str(&folded[end]);
            if end > start && is_named(&joined, naming) {
                lines[start..=end].fill(Line::Name);
            }
        }
    }
}

/// What stands behind the name on its line, if that is a phrase.
fn after_name<'a>(clean: &Clean<'a>, naming: &Naming) -> Option<Clean<'a>> {
    let text: &str = &clean.text;
    let short = format!("{}{}", naming.initials, naming.year);
    let end =
        [&naming.name, &short].into_iter().filter_map(|name| Some(text.rfind(name.as_str())? + name.len())).max()?;
    let range = trim(text, end..text.len(), &[' ', ':', '–', '-', '|'], &[])?;
    let words = text[range.clone()].split_whitespace().filter(|word| word.contains(char::is_alphabetic));
    (words.count() >= 3).then(|| clean.slice(range))
}

/// A line beside the one with the days that names a place by its form: every word has a capital.
fn beside_days<'a>(cover: &[&Piece<'a>], lines: &mut [Line], lexicon: &Lexicon) -> Option<Clean<'a>> {
    /// A place has at most so many words.
    const LONGEST: usize = 8;
    let days = lines.iter().position(|line| *line == Line::Days)?;
    let found = [Some(days + 1), days.checked_sub(1)].into_iter().flatten().find(|&at| {
        cover.get(at).is_some_and(|piece| {
            let words = piece.text().split_whitespace().count();
            lines[at] == Line::Other
                && words <= LONGEST
                && !piece.cues.capitals
                && has_capitals(piece.text(), lexicon)
                && (at > days || piece.text().contains(", "))
        })
    })?;
    lines[found] = Line::Place;
    Some(cover[found].clean.clone())
}

/// Lines that belong together and are nothing else: each block may be the theme.
fn blocks<'a>(cover: &[&Piece<'a>], lines: &[Line]) -> Vec<Vec<Clean<'a>>> {
    /// A theme has so many words at least.
    const FEWEST: usize = 3;
    let mut blocks: Vec<Vec<Clean<'a>>> = Vec::new();
    let mut open = false;
    for (index, (piece, line)) in cover.iter().zip(lines).enumerate() {
        // numbers begin a list of other things
        if *line == Line::Common && piece.cues.chars <= 3 && piece.label == Some(L::Cover) && !blocks.is_empty() {
            break;
        }
        if *line != Line::Other || piece.cues.section.is_some() {
            open = false;
            continue;
        }
        let goes_on =
            open && (!piece.gap || piece.cues.begin == Begin::Lower || cover[index - 1].cues.end == End::Hyphen);
        match blocks.last_mut().filter(|_| goes_on) {
            Some(block) => block.push(piece.clean.clone()),
            None => blocks.push(vec![piece.clean.clone()]),
        }
        open = true;
    }
    blocks.retain(|block| {
        let words: usize = block.iter().map(|line| line.text.split_whitespace().count()).sum();
        words >= FEWEST && block.last().is_some_and(|line| !line.text.ends_with('.'))
    });
    blocks
}

/// Whether a short text names a building: it has a word for one, and all its words have capitals.
pub(crate) fn is_place(text: &str, lexicon: &Lexicon) -> bool {
    /// A place has at most so many words.
    const LONGEST: usize = 10;
    let known = |word: &str| lexicon.words.edition.venue.iter().any(|known| known.eq_ignore_ascii_case(word));
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    text.split_whitespace().count() <= LONGEST && has_capitals(text, lexicon) && words.any(known)
}

/// Whether a text beside the days may name a place by its form alone: words with capitals, no number among them.
fn is_place_like(text: &str, lexicon: &Lexicon) -> bool {
    /// A place without a word for one has at most so many words.
    const LONGEST: usize = 6;
    text.split_whitespace().count() <= LONGEST
        && text.starts_with(char::is_uppercase)
        && text.contains(char::is_lowercase)
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | '|'))
        && has_capitals(text, lexicon)
        && !text.split_whitespace().any(|word| lexicon.weekday(word).is_some())
}

/// Whether all words of a name have capitals, small words aside.
fn has_capitals(text: &str, lexicon: &Lexicon) -> bool {
    text.split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        !word.starts_with(char::is_lowercase) || lexicon.is_particle(word) || matches!(word, "of" | "the" | "and")
    })
}

/// Where the city stands in the text of a place, behind the last comma; a state may follow it: `Old Hall, Vienna, Austria`.
pub(crate) fn city_of(text: &str, lexicon: &Lexicon) -> Option<(usize, usize)> {
    let text = match text.rsplit_once(", ") {
        Some((city, state)) if grammar::country_code(state, lexicon).is_some() => city,
        _ => text,
    };
    let at = text.rfind(", ")? + 2;
    let city = &text[at..];
    let plain = city.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || lexicon.is_particle(word));
    let building = lexicon.words.edition.venue.iter().any(|word| fold(word) == fold(city));
    (plain && !building && city.split_whitespace().count() <= 3 && !city.contains(|c: char| c.is_ascii_digit()))
        .then_some((at, text.len()))
}
