//! What the text says of the edition as a whole: name, theme, days, place, format, organiser.

use jiff::civil::Date;
use rapporteur_grammar as grammar;
use rapporteur_model::{Edition, Evidence, Format, Inferred, slug};
use rapporteur_source::{Clean, Span, fold};
use rustc_hash::FxHashMap;

use crate::{RegionLabel as L, naming, report::Report};

/// Reads the edition.
pub(crate) fn read(report: &Report<'_>) -> Edition {
    let mut reader = Reader { report, edition: Edition::default() };
    reader.name();
    reader.ordinal();
    reader.theme();
    reader.dates();
    reader.place();
    reader.format();
    reader.organiser();
    let edition = &mut reader.edition;
    edition.id = match (&edition.short_name, &edition.name) {
        (Some(short), _) => slug(&short.replace(' ', "")),
        (None, Some(name)) => slug(name),
        (None, None) => "edition".to_owned(),
    };
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
            self.edition.short_name = Some(text[short.range()].replace(' ', ""));
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

    /// The line under the name on the title page, if there is one such line; or what the text calls the theme.
    fn theme(&mut self) {
        let context = &self.report.context;
        let Some(naming) = &context.naming else { return };
        let cover: Vec<&crate::piece::Piece<'_>> = self
            .report
            .pieces
            .iter()
            .take_while(|piece| matches!(piece.label, Some(L::Cover | L::Furniture)))
            .collect();
        let mut candidates: Vec<Vec<&Clean<'_>>> = Vec::new();
        let mut named = false;
        let mut going_on = false;
        let mut run_in: Vec<Clean<'_>> = Vec::new();
        for piece in &cover {
            let text = piece.text();
            let is_name = naming.find(text).is_some()
                || fold(text) == fold(&naming.series)
                || text.trim() == naming.year.to_string();
            let bare = furniture_like(text);
            if piece.label == Some(L::Furniture) || text.trim().is_empty() {
                named |= is_name;
                going_on = false;
                continue;
            }
            if is_name {
                named = true;
                going_on = false;
                // the theme run into the line of the name
                let end = [naming.name.clone(), format!("{}{}", naming.initials, naming.year)]
                    .iter()
                    .filter_map(|name| text.rfind(name.as_str()).map(|at| at + name.len()))
                    .max();
                let rest = end.map(|end| text.len() - text[end..].trim_start_matches([' ', ':', '–', '-', '|']).len());
                if let Some(start) = rest.filter(|&start| text[start..].split_whitespace().count() >= 3) {
                    run_in.push(piece.clean.slice(start..text.len()));
                }
                continue;
            }
            if bare {
                // a list of other things on the page
                if candidates.is_empty() { continue } else { break }
            }
            let goes_on = going_on && !piece.gap;
            if goes_on {
                if let Some(last) = candidates.last_mut() {
                    last.push(&piece.clean);
                }
            } else if named
                && text.split_whitespace().count() >= 3
                && piece.cues.section.is_none()
                && piece.cues.days.is_none()
            {
                candidates.push(vec![&piece.clean]);
                going_on = true;
            } else {
                going_on = false;
            }
        }
        candidates.extend(run_in.iter().map(|line| vec![line]));
        let called = called_theme(context.source.text(), context.lexicon);
        candidates.dedup_by_key(|lines| fold(&lines[0].text));
        let theme = match (candidates.as_slice(), &called) {
            ([only], _) => Some(only.clone()),
            (several, Some(span)) => {
                let called = fold(&context.source.text()[span.range()]);
                several.iter().find(|lines| fold(&lines[0].text).starts_with(&called)).cloned()
            }
            _ => None,
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

    /// The run of days most often printed; or the first and last day of the programme.
    fn dates(&mut self) {
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
            .map(|(date, clean)| (*date, clean.span()))
            .collect();
        days.sort_by_key(|(date, _)| *date);
        if let (Some((first, first_span)), Some((last, last_span))) = (days.first().copied(), days.last().copied()) {
            self.edition.start_date = Some(first.to_string());
            self.edition.end_date = Some(last.to_string());
            self.evidence("start_date", first_span);
            self.evidence("end_date", last_span);
        }
    }

    /// The building that stands beside a date most often, and the city that the series is named after.
    fn place(&mut self) {
        let report = self.report;
        let context = &report.context;
        let mut counts: FxHashMap<String, (usize, Span, String)> = FxHashMap::default();
        let mut note = |clean: &Clean<'_>, weight: usize| {
            let text = clean.text.trim_end_matches([',', '.']);
            if text.chars().count() < 4
                || text.len() > 80
                || text.contains('|')
                || text.contains(|c: char| c.is_ascii_digit())
            {
                return;
            }
            let part = clean.slice(0..text.len());
            counts.entry(fold(text)).or_insert((0, part.span(), text.to_owned())).0 += weight;
        };
        for place in &report.outline.programme.places {
            note(place, 2);
        }
        // a line under a date that stands alone
        for pair in report.pieces.windows(2) {
            let alone = pair[0].cues.days.is_some()
                && pair[0].cues.chars < 50
                && matches!(pair[0].label, Some(L::Venue | L::Cover));
            if alone && pair[1].label == pair[0].label {
                note(&pair[1].clean, 2);
            }
        }
        // `took place at the Old Hall on 19 October 2021`
        let text = context.source.text();
        for (_, days) in printed_days(text, context.lexicon) {
            if let Some(span) = place_before(text, days.start, context.lexicon) {
                note(&Clean::new(text, span), 3);
            }
        }
        let best = counts
            .into_iter()
            .max_by_key(|(key, (count, span, _))| (*count, std::cmp::Reverse(span.start), key.clone()));
        if let Some((_, (_, span, name))) = best {
            self.edition.venue = Some(name);
            self.evidence("venue", span);
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

/// Where the last word of `text` starts.
fn last_word(text: &str) -> usize {
    text.len() - text.rsplit(char::is_whitespace).next().map_or(0, str::len)
}

fn furniture_like(text: &str) -> bool {
    text.chars().count() <= 3
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
fn printed_days(text: &str, lexicon: &grammar::Lexicon) -> Vec<(grammar::Days, Span)> {
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
