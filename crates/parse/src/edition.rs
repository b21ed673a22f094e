//! What the text says of the edition as a whole: name, theme, days, place, format, organiser.

use jiff::civil::Date;
use rapporteur_grammar as grammar;
use rapporteur_model::{Edition, Evidence, Format, Inferred};
use rapporteur_source::{Clean, Span, fold};
use rustc_hash::FxHashMap;

use crate::{
    RegionLabel as L,
    cover::{self, TitlePage},
    naming,
    report::Report,
};

/// Reads the edition.
pub(crate) fn read(report: &Report<'_>) -> Edition {
    let mut reader = Reader { report, edition: Edition::default() };
    reader.name();
    reader.ordinal();
    let page = cover::read(report);
    reader.theme(&page);
    reader.dates(&page);
    reader.place(&page);
    reader.format();
    reader.organiser();
    reader.edition.id = reader.edition.id_of_names();
    reader.edition
}

struct Reader<'r, 'a> {
    report: &'r Report<'a>,
    edition: Edition,
}

impl Reader<'_, '_> {
    fn evidence(&mut self, field: &str, span: Span) {
        let source = self.report.context.source.id();
        self.edition.evidence.extend(Evidence::of(source, field, &[span]));
    }

    fn name(&mut self) {
        let Some(naming) = &self.report.context.naming else { return };
        self.edition.name = Some(naming.name.clone());
        self.edition.series = Some(naming.series.clone());
        self.edition.year = Some(naming.year);
        let span = naming.name_span;
        self.evidence("name", span);
        let series = Span::new(span.start, span.end - 4);
        self.evidence("series", series);
        self.evidence("year", Span::new(span.end - 4, span.end));
        let text = self.report.context.source.text();
        if let Some(short) = naming.short_name_in(text) {
            self.edition.short_name = Some(text[short.range()].to_owned());
            self.evidence("short_name", short);
        } else if naming.initials.chars().count() > 1 && text.contains(&naming.initials) {
            self.edition.short_name = Some(format!("{}{}", naming.initials, naming.year));
            let reason = format!("the text abbreviates the series to {} and never adds the year", naming.initials);
            self.edition.inferred.push(Inferred { field: "short_name".to_owned(), reason });
        }
    }

    /// `the sixth edition`, `the ninth Spring Water Forum`: the place most often named.
    fn ordinal(&mut self) {
        let context = &self.report.context;
        let (text, lexicon) = (context.source.text(), context.lexicon);
        let series = context.naming.as_ref().map(|naming| naming.series.as_str()).unwrap_or_default();
        let mut counts: FxHashMap<usize, (usize, Span)> = FxHashMap::default();
        let mut note = |at: usize| {
            // the word before, tags of a raised ending aside
            let before = text[..at].trim_end();
            let start = last_word(before);
            let word = before[start..].replace("<sup>", "").replace("</sup>", "");
            if let Some(ordinal) = lexicon.ordinal(word.trim_matches(|c: char| !c.is_alphanumeric())) {
                counts.entry(ordinal).or_insert((0, Span::new(start, before.len()))).0 += 1;
            }
        };
        for word in &lexicon.words.numbers.edition {
            text.match_indices(word.as_str()).for_each(|(at, _)| note(at));
        }
        if !series.is_empty() {
            text.match_indices(series).for_each(|(at, _)| note(at));
        }
        let best = counts.into_iter().max_by_key(|(ordinal, (count, _))| (*count, std::cmp::Reverse(*ordinal)));
        if let Some((ordinal, (_, span))) = best {
            self.edition.ordinal = u16::try_from(ordinal).ok();
            self.evidence("ordinal", span);
        }
    }

    /// What else stands on the title page, if it is one block of lines; of several, the one that the text calls the
    /// theme or repeats; or what the text calls the theme.
    fn theme(&mut self, page: &TitlePage<'_>) {
        /// A running foot repeats the theme at least so often.
        const REPEATS: usize = 3;
        let context = &self.report.context;
        let text = context.source.text();
        let called = called_theme(text, context.lexicon);
        let is_called = |lines: &Vec<Clean<'_>>| {
            called.is_some_and(|span| fold(&context.join(lines).text).starts_with(&fold(&text[span.range()])))
        };
        let repeats = |lines: &&Vec<Clean<'_>>| text.matches(&*lines[0].text).count() >= REPEATS;
        let theme = match page.themes.as_slice() {
            [only] => Some(only),
            several => several
                .iter()
                .find(|lines| is_called(lines))
                .or_else(|| several.iter().find(repeats).filter(|_| called.is_none())),
        };
        if let Some(lines) = theme {
            let passage = context.join(lines);
            for span in &passage.spans {
                self.evidence("theme", *span);
            }
            self.edition.theme = Some(passage.text);
        } else if let Some(span) = called {
            self.edition.theme = Some(context.passage(span).text);
            self.evidence("theme", span);
        }
    }

    /// The run of days most often printed; or the first and last day of the programme; or the one day of the title page.
    fn dates(&mut self, page: &TitlePage<'_>) {
        let context = &self.report.context;
        let text = context.source.text();
        let mut counts: FxHashMap<(Date, Date), (usize, Span)> = FxHashMap::default();
        for (days, span) in printed_days(text, context.lexicon) {
            if days.first < days.last && self.edition.year.is_none_or(|year| days.first.year() == year) {
                counts.entry((days.first, days.last)).or_insert((0, span)).0 += 1;
            }
        }
        if let Some(((first, last), (_, span))) =
            counts.into_iter().max_by_key(|(_, (count, span))| (*count, std::cmp::Reverse(span.start)))
        {
            self.edition.start_date = Some(first.to_string());
            self.edition.end_date = Some(last.to_string());
            self.evidence("start_date", span);
            self.evidence("end_date", span);
            return;
        }
        let mut days: Vec<(Date, Span)> = self
            .report
            .outline
            .programme
            .slots
            .iter()
            .filter_map(|slot| slot.date.as_ref())
            .map(|day| (day.date, day.printed.span()))
            .collect();
        let year = self.edition.year;
        let only = page.day.filter(|(date, _)| year.is_none_or(|year| date.year() == year));
        if days.is_empty() {
            days.extend(only);
        }
        days.sort_by_key(|(date, _)| *date);
        if let (Some((first, first_span)), Some((last, last_span))) = (days.first().copied(), days.last().copied()) {
            self.edition.start_date = Some(first.to_string());
            self.edition.end_date = Some(last.to_string());
            self.evidence("start_date", first_span);
            self.evidence("end_date", last_span);
        }
    }

    /// The building that stands on the title page or beside a date most often, and its city; or the city that the series
    /// is named after.
    fn place(&mut self, page: &TitlePage<'_>) {
        let report = self.report;
        let context = &report.context;
        let (text, lexicon) = (context.source.text(), context.lexicon);
        let mut places = Places::default();
        if let Some(place) = &page.place {
            places.note(place, 3, lexicon);
        }
        if let Some(city) = &page.city {
            places.cities.push((1, city.span()));
        }
        for place in report.outline.programme.places.iter().filter(|place| cover::is_place(&place.text, lexicon)) {
            places.note(place, 2, lexicon);
        }
        // a line under a date that stands alone
        for pair in report.pieces.windows(2) {
            let alone = pair[0].cues.days.is_some()
                && pair[0].cues.chars < 50
                && matches!(pair[0].label, Some(L::Venue | L::Cover));
            if alone && pair[1].label == pair[0].label && cover::is_place(pair[1].text(), lexicon) {
                places.note(&pair[1].clean, 2, lexicon);
            }
        }
        // `took place at the Old Hall on 19 October 2021`, `took place on 19 October 2021 at the Old Hall in Vienna`
        for (_, days) in printed_days(text, lexicon) {
            if let Some(span) = place_before(text, days.start, lexicon) {
                places.note_span(text, span, lexicon);
            }
            if let Some((venue, city)) = place_after(text, days.end, lexicon) {
                places.note_span(text, venue, lexicon);
                places.cities.extend(city.map(|city| (2, city)));
            }
        }
        let best = places
            .venues
            .into_iter()
            .max_by_key(|(key, (count, span))| (*count, std::cmp::Reverse(span.start), key.clone()));
        if let Some((_, (_, span))) = best {
            self.edition.venue = Some(context.passage(span).text);
            self.evidence("venue", span);
        }
        if let Some((_, span)) = places.cities.into_iter().min_by_key(|(rank, span)| (*rank, span.start)) {
            self.edition.city = Some(context.passage(span).text);
            self.evidence("city", span);
            return;
        }
        let Some(naming) = &context.naming else { return };
        for word in naming.series.split_whitespace() {
            let form = format!(" in {word}");
            let hit = text.match_indices(&form).find(|(at, _)| {
                let after = text[at + form.len()..].trim_start();
                !after.starts_with(|c: char| c.is_uppercase())
                    && !text[at + form.len()..].starts_with(char::is_alphanumeric)
            });
            if let Some((at, _)) = hit {
                self.edition.city = Some(word.to_owned());
                self.evidence("city", Span::new(at + 4, at + form.len()));
                return;
            }
        }
        // an address: the number of a district before the city
        for word in naming.series.split_whitespace() {
            if report.imprint.iter().flatten().any(|line| {
                line.text.split_whitespace().count() <= 4
                    && line.text.contains(word)
                    && line.text.contains(|c: char| c.is_ascii_digit())
            }) && let Some(line) = report
                .imprint
                .iter()
                .flatten()
                .find(|line| line.text.contains(word) && line.text.contains(|c: char| c.is_ascii_digit()))
            {
                let at = line.text.find(word).unwrap_or_default();
                self.edition.city = Some(word.to_owned());
                self.evidence("city", line.source_span(at..at + word.len()));
                return;
            }
        }
    }

    fn format(&mut self) {
        let context = &self.report.context;
        let text = context.source.text();
        let words = &context.lexicon.words.edition;
        let find = |list: &[String]| {
            list.iter().find_map(|word| text.find(word.as_str()).map(|at| Span::new(at, at + word.len())))
        };
        let found = find(&words.hybrid)
            .map(|span| (Format::Hybrid, span))
            .or_else(|| find(&words.online).map(|span| (Format::Online, span)));
        if let Some((format, span)) = found {
            self.edition.format = Some(format);
            self.evidence("format", span);
        }
    }

    /// `Institute of Tidal Gardens (ITG)`: the name whose initials the text uses most.
    fn organiser(&mut self) {
        /// The longest abbreviation, in bytes.
        const LONGEST: usize = 10;
        let text = self.report.context.source.text();
        // how often the abbreviation stands, and whether the name is in small letters: a heading may shout it
        let mut best: Option<((usize, bool), Span)> = None;
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for (open, _) in text.match_indices('(') {
            let inside = &text[open + 1..];
            // an abbreviation is short: looking further would take long in a text of parentheses
            let close = inside.bytes().take(LONGEST + 1).position(|byte| byte == b')');
            let Some(close) = close.filter(|close| *close >= 2) else { continue };
            let short = &inside[..close];
            if !short.bytes().all(|b| b.is_ascii_uppercase()) {
                continue;
            }
            let Some(start) = spelt_out(text, open, short) else { continue };
            let count = *counts.entry(short).or_insert_with(|| text.matches(short).count());
            let rank = (count, text[start..open].contains(char::is_lowercase));
            if best.is_none_or(|(most, _)| rank > most) {
                best = Some((rank, Span::new(start, open + close + 2)));
            }
        }
        if let Some((_, span)) = best.filter(|((count, _), _)| *count >= 3) {
            self.edition.organiser = Some(self.report.context.passage(span).text);
            self.evidence("organiser", span);
        }
    }
}

/// Places that the text names.
#[derive(Default)]
struct Places {
    /// Buildings, folded: how much speaks for each, and where it stands first.
    venues: FxHashMap<String, (usize, Span)>,
    /// Cities and how far to trust them, the lowest number first.
    cities: Vec<(usize, Span)>,
}

impl Places {
    /// A place as printed: a building, and perhaps its city behind a comma.
    fn note(&mut self, clean: &Clean<'_>, weight: usize, lexicon: &grammar::Lexicon) {
        let text = clean.text.trim_end_matches([',', '.', ' ']);
        if text.chars().count() < 4 || text.len() > 100 || text.contains('|') {
            return;
        }
        let city = cover::city_of(text, lexicon);
        let venue = city.map_or(text, |(at, _)| text[..at].trim_end_matches([',', ' ']));
        if let Some((at, end)) = city {
            self.cities.push((1, clean.source_span(at..end)));
        }
        let span = clean.source_span(0..venue.len());
        self.venues.entry(fold(venue)).or_insert((0, span)).0 += weight;
    }

    /// A place in running text.
    fn note_span(&mut self, text: &str, span: Span, lexicon: &grammar::Lexicon) {
        self.note(&Clean::new(text, span), 3, lexicon);
    }
}

/// Where the last word of `text` starts.
fn last_word(text: &str) -> usize {
    text.len() - text.rsplit(char::is_whitespace).next().map_or(0, str::len)
}

/// What the text names with the word for theme and quotation marks: `the overall theme “Frameworks for …”`.
fn called_theme(text: &str, lexicon: &grammar::Lexicon) -> Option<Span> {
    /// How far behind the word the quotation may open, in bytes.
    const REACH: usize = 12;
    for word in &lexicon.words.edition.theme {
        for (at, _) in text.match_indices(word.as_str()) {
            let from = at + word.len();
            let window = text[from..].char_indices().take_while(|(offset, _)| *offset < REACH);
            for (offset, c) in window {
                let Some((_, closing)) = grammar::opening_quote(&text[from + offset..], lexicon) else {
                    if c.is_alphanumeric() { break } else { continue }
                };
                let start = from + offset + c.len_utf8();
                let end = text[start..].char_indices().find(|(at, c)| {
                    closing.contains(*c) && !text[start + at + c.len_utf8()..].starts_with(char::is_alphanumeric)
                });
                if let Some((length, _)) = end.filter(|(length, _)| (10..200).contains(length)) {
                    return Some(Span::new(
                        start,
                        start + text[start..start + length].trim_end_matches([',', '.']).len(),
                    ));
                }
            }
        }
    }
    None
}

/// The dates of a text and where they stand: every date ends with its year, so that only what stands before a year is
/// looked at.
pub(crate) fn printed_days(text: &str, lexicon: &grammar::Lexicon) -> Vec<(grammar::Days, Span)> {
    /// The longest date is shorter than this, in bytes.
    const REACH: usize = 60;
    let mut found = Vec::new();
    for (year, _) in naming::years(text) {
        let end = year + 4;
        let mut from = year.saturating_sub(REACH);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let mut before = ' ';
        let starts = text[from..year].char_indices().filter(|&(_, c)| {
            let starts = !before.is_alphanumeric() && (c.is_ascii_digit() || c.is_uppercase());
            before = c;
            starts
        });
        // `Day 1 – 14 June 2019`: the number of the day is none of the month
        let starts = starts.filter(|(at, _)| {
            let before = text[..from + at].trim_end();
            !lexicon.words.dates.day.iter().any(|day| day.eq_ignore_ascii_case(&before[last_word(before)..]))
        });
        // the first that fits is the longest: with its weekday, with the day it begins
        let days = starts.map(|(at, _)| from + at).find_map(|at| match grammar::days(&text[at..end], lexicon) {
            Ok(("", days)) => Some((days, Span::new(at, end))),
            _ => None,
        });
        found.extend(days);
    }
    found
}

/// The run of capitalised words between `at` or `in` and the date at `date`.
fn place_before(text: &str, date: usize, lexicon: &grammar::Lexicon) -> Option<Span> {
    let before = text[..date].trim_end();
    let body = before.strip_suffix("on").or_else(|| before.strip_suffix(','))?.trim_end();
    let mut start = body.len();
    let mut words = 0;
    loop {
        let rest = body[..start].trim_end();
        let from = last_word(rest);
        let word = &rest[from..];
        let belongs = word.starts_with(char::is_uppercase) || word == "of" || words > 0 && lexicon.is_particle(word);
        if !belongs || words > 7 {
            break;
        }
        start = from;
        words += 1;
        if from == 0 {
            break;
        }
    }
    let preposition = body[..start].trim_end().strip_suffix("the").unwrap_or(body[..start].trim_end()).trim_end();
    let at = lexicon.words.edition.at.iter().any(|word| {
        preposition.strip_suffix(word.as_str()).is_some_and(|before| before.ends_with(char::is_whitespace))
    });
    (at && words > 0 && body[start..].starts_with(char::is_uppercase)).then(|| Span::new(start, body.len()))
}

/// `at the Old Hall in Vienna` behind the date that ends at `date`: the building and the city.
fn place_after(text: &str, date: usize, lexicon: &grammar::Lexicon) -> Option<(Span, Option<Span>)> {
    let at = after_preposition(text, date, lexicon)?;
    let venue = capitals_from(text, at, lexicon)?;
    let city = after_preposition(text, venue.end, lexicon).and_then(|at| capitals_from(text, at, lexicon));
    Some((venue, city.filter(|_| !text[venue.range()].ends_with(['.', ',']))))
}

/// What follows `at`, `in` or `at the` at `from`.
fn after_preposition(text: &str, from: usize, lexicon: &grammar::Lexicon) -> Option<usize> {
    let rest = text[from..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    let (word, rest) = rest.split_once(char::is_whitespace)?;
    let known = lexicon.words.edition.at.iter().any(|known| known == word);
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("the").filter(|rest| rest.starts_with(char::is_whitespace)).unwrap_or(rest);
    known.then(|| text.len() - rest.trim_start().len())
}

/// The run of capitalised words at `from`.
fn capitals_from(text: &str, from: usize, lexicon: &grammar::Lexicon) -> Option<Span> {
    /// The longest name of a place, in words.
    const LONGEST: usize = 8;
    let mut end = from;
    let mut at = from;
    for word in text[from..].split_inclusive(char::is_whitespace).take(LONGEST) {
        let bare = word.trim_end();
        let capital = bare.starts_with(char::is_uppercase);
        if bare.is_empty() {
            at += word.len();
            continue;
        }
        if !capital && !(end > from && (lexicon.is_particle(bare) || bare == "of")) {
            break;
        }
        at += word.len();
        if capital {
            end = at - (word.len() - bare.len());
        }
        if bare.ends_with(['.', ',', ';', ')']) {
            break;
        }
    }
    let name = text[from..end].trim_end_matches(['.', ',', ';', ')']);
    (!name.is_empty()).then(|| Span::new(from, from + name.len()))
}

/// Where the words begin whose initials are `short`, right before `end`.
fn spelt_out(text: &str, end: usize, short: &str) -> Option<usize> {
    let mut initials: Vec<char> = short.chars().collect();
    let mut rest = text[..end].trim_end_matches(|c: char| c.is_whitespace() || c == '*');
    let mut start = None;
    for _ in 0..short.len() * 2 {
        let from = last_word(rest);
        let word = rest[from..].trim_matches(|c: char| !c.is_alphanumeric());
        let first = word.chars().next()?;
        match initials.last() {
            Some(&expected) if first.to_uppercase().next() == Some(expected) && first.is_uppercase() => {
                initials.pop();
                start = Some(from + rest[from..].find(|c: char| c.is_alphanumeric()).unwrap_or(0));
            }
            Some(_) if word.len() <= 3 || first.is_lowercase() => {}
            _ => return None,
        }
        if initials.is_empty() {
            return start;
        }
        rest = rest[..from].trim_end();
    }
    None
}
