//! The kinds of damage: what extractors, editors and printers do to a text.

use std::ops::Range;

use rapporteur_grammar::Lexicon;
use rapporteur_parse::RegionLabel;

use super::text::{Damaged, Text, whole, words};
use crate::corpus::draw::Draw;

/// A kind of damage, and what has to be found of it.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// One of these is the right code.
    pub(crate) codes: &'static [&'static str],
    /// The text with the damage done somewhere; nothing where there is no place for it.
    pub(crate) damage: fn(&Text, &mut Draw) -> Option<Damaged>,
}

const fn kind(
    name: &'static str,
    codes: &'static [&'static str],
    damage: fn(&Text, &mut Draw) -> Option<Damaged>,
) -> Kind {
    Kind { name, codes, damage }
}

/// Every kind of damage.
pub(crate) const KINDS: &[Kind] = &[
    kind("a byte that is not UTF-8", &["text/invalid-utf8"], |text, draw| {
        let at = one(&text.body_words(4), draw)?.start;
        Some(text.with_bytes(at..at, b"\xe9"))
    }),
    kind("a control character", &["text/control-character"], |text, draw| {
        let at = one(&text.body_words(4), draw)?.start;
        Some(text.with(at..at, "\u{7}"))
    }),
    kind("a letter lost to U+FFFD", &["text/replacement-character"], |text, draw| {
        let at = one(&text.body_words(4), draw)?.start;
        Some(text.with(at + 1..at + 2, "\u{fffd}"))
    }),
    kind("another line end", &["text/mixed-line-ends"], |text, draw| {
        let at = text.line_of(one(&text.body_words(4), draw)?.start).end;
        (at < text.text.len()).then(|| text.with(at..at + 1, "\r\n"))
    }),
    kind("a word broken by a space", &["text/broken-word"], |text, draw| {
        let word = one(&breakable(text), draw)?;
        Some(text.with(word.1..word.1, " "))
    }),
    kind("a word broken by a hyphen and a space", &["text/broken-word"], |text, draw| {
        let word = one(&breakable(text), draw)?;
        Some(text.with(word.1..word.1, "- "))
    }),
    kind("a hyphen lost", &["text/lost-hyphen"], |text, draw| {
        let compounds: Vec<usize> = compounds(text);
        let at = one(&compounds, draw)?;
        Some(text.with(at..at + 1, ""))
    }),
    kind("a digit for a letter", &["text/misread-character"], |text, draw| {
        let inner = |word: &Range<usize>| {
            let range = word.start + 1..word.end - 1;
            text.text[range.clone()].find(['o', 'l', 's']).map(|at| range.start + at)
        };
        let places: Vec<usize> = text.body_words(6).iter().filter_map(inner).collect();
        let at = one(&places, draw)?;
        let digit = match &text.text[at..=at] {
            "o" => "0",
            "l" => "1",
            _ => "5",
        };
        Some(text.with(at..at + 1, digit))
    }),
    kind("a capital I for an l", &["text/misread-character"], |text, draw| {
        let inner = |word: &Range<usize>| {
            let known = text.count(&text.text[word.clone()]) >= 2;
            let at = text.text[word.start + 1..word.end - 1].find('l').filter(|_| known)?;
            Some(word.start + 1 + at)
        };
        let places: Vec<usize> = text.body_words(6).iter().filter_map(inner).collect();
        let at = one(&places, draw)?;
        Some(text.with(at..at + 1, "I"))
    }),
    kind("a tag of HTML", &["text/leftover-markup"], |text, draw| {
        let at = one(&text.body_words(4), draw)?.end;
        Some(text.with(at..at, "<sup>2</sup>"))
    }),
    kind("a command of LaTeX", &["text/leftover-markup"], |text, draw| {
        let at = one(&text.body_words(4), draw)?.start;
        Some(text.with(at..at, "$\\uparrow$ "))
    }),
    kind("a name misspelt in its credit", &["person/misspelt"], |text, draw| {
        let names = text.credits().filter_map(|(_, credit)| {
            let range = whole(&credit.evidence, "name")?;
            (text.text[range.clone()] == credit.name).then_some(range)
        });
        misspell(text, &names.collect::<Vec<_>>(), draw)
    }),
    kind("a name misspelt elsewhere", &["person/misspelt"], |text, draw| {
        let credits: Vec<_> = text.credits().filter_map(|(_, credit)| whole(&credit.evidence, "name")).collect();
        let names = text.document.speakers.iter().flat_map(|speaker| text.text.match_indices(speaker.name.as_str()));
        let elsewhere = names
            .map(|(at, name)| at..at + name.len())
            .filter(|range| !credits.iter().any(|credit| credit.start <= range.start && range.end <= credit.end));
        misspell(text, &elsewhere.collect::<Vec<_>>(), draw)
    }),
    kind("another word in a title of the programme", &["structure/title-differs"], |text, draw| {
        let slots = text.document.agenda.iter().filter(|slot| slot.session.is_some());
        let titles: Vec<_> = slots.filter_map(|slot| whole(&slot.evidence, "title")).collect();
        reword(text, &titles, draw)
    }),
    kind(
        "another word in a title of the contents",
        &["structure/title-differs", "structure/missing-section"],
        |text, draw| {
            let toc = text.regions(RegionLabel::Toc);
            let titles =
                text.document.sessions.iter().flat_map(|session| text.text.match_indices(session.title.as_str()));
            let listed = titles
                .map(|(at, title)| at..at + title.len())
                .filter(|range| toc.iter().any(|toc| toc.start <= range.start && range.end <= toc.end));
            reword(text, &listed.collect::<Vec<_>>(), draw)
        },
    ),
    kind("the credits of a session lost", &["session/no-credits", "session/credits-inferred"], |text, draw| {
        let session = one(&text.document.sessions.iter().collect::<Vec<_>>(), draw)?;
        let credits = session.speakers.iter().chain(&session.moderators);
        let spans = credits.flat_map(|credit| credit.evidence.iter().map(|evidence| evidence.start..evidence.end));
        let (start, end) = spans.fold((usize::MAX, 0), |(start, end), span| (start.min(span.start), end.max(span.end)));
        let title = whole(&session.evidence, "title")?;
        let below = whole(&session.evidence, "summary/0").is_none_or(|summary| end <= summary.start);
        if start >= end || start <= title.end || !below {
            return None;
        }
        // the label above them, too
        let range = text.lines_of(start..end);
        let range = text.lines_of(title.end..title.end).end..range.end;
        let damaged = text.with(range, "\n");
        Some(Damaged { line: text.title_line(session)?, ..damaged })
    }),
    kind("the text of a session lost", &["session/no-summary"], |text, draw| {
        let session = one(&text.document.sessions.iter().collect::<Vec<_>>(), draw)?;
        let spans = (0..session.summary.len()).filter_map(|at| whole(&session.evidence, &format!("summary/{at}")));
        let mut ranges: Vec<Range<usize>> = spans.map(|span| text.lines_of(span)).collect();
        ranges.sort_by_key(|range| range.start);
        ranges.dedup_by(|next, kept| {
            let overlap = next.start < kept.end;
            kept.end = if overlap { kept.end.max(next.end) } else { kept.end };
            overlap
        });
        let (mut bytes, mut at) = (Vec::new(), 0);
        for range in &ranges {
            bytes.extend_from_slice(&text.text.as_bytes()[at..range.start]);
            at = range.end;
        }
        bytes.extend_from_slice(&text.text.as_bytes()[at..]);
        let lost: usize = ranges.iter().map(|range| text.text[range.clone()].matches('\n').count()).sum();
        (!ranges.is_empty()).then_some(())?;
        Some(Damaged { bytes, line: text.title_line(session)?, more: -lost.cast_signed() })
    }),
    kind("a closing quotation mark lost", &["quote/unclosed"], |text, draw| {
        let ends: Vec<usize> = quotes(text)
            .into_iter()
            .filter_map(|(_, quote)| {
                let rest = &text.text[quote.end..];
                let mark = rest.find('”').filter(|at| *at <= 3)?;
                text.text[..quote.start].trim_end().ends_with('“').then_some(quote.end + mark)
            })
            .collect();
        let at = one(&ends, draw)?;
        Some(text.with(at..at + '”'.len_utf8(), ""))
    }),
    kind("the name at a quote lost", &["quote/no-speaker", "quote/speaker-inferred"], |text, draw| {
        let quote = one(&quotes(text), draw)?;
        let quoted = &text.document.quotes[quote.0];
        let name = whole(&quoted.evidence, "speaker")?;
        let end = whole(&quoted.evidence, "credit").map_or(name.end, |credit| credit.end.max(name.end));
        let lines = text.lines_of(name.start..end);
        (lines.start >= quote.1.end).then(|| text.with(lines, "\n"))
    }),
    kind("the name at a quote another's", &["quote/speaker-elsewhere"], |text, draw| {
        let quote = one(&quotes(text), draw)?;
        let quoted = &text.document.quotes[quote.0];
        let name = whole(&quoted.evidence, "speaker")?;
        let sessions = &text.document.sessions;
        let own = sessions.iter().position(|session| Some(&session.id) == quoted.session.as_ref())?;
        let near = |credit: &str| {
            sessions.iter().enumerate().any(|(at, session)| {
                at.abs_diff(own) <= 1
                    && session.speakers.iter().chain(&session.moderators).any(|near| near.speaker == credit)
            })
        };
        let others: Vec<&str> = text
            .credits()
            .filter(|(_, credit)| !near(&credit.speaker))
            .map(|(_, credit)| credit.name.as_str())
            .collect();
        let other = one(&others, draw)?;
        Some(text.with(name, other))
    }),
    kind("a quote printed again", &["quote/doubled"], |text, draw| {
        let quote = one(&quotes(text), draw)?;
        let name = whole(&text.document.quotes[quote.0].evidence, "speaker")?;
        let lines = text.lines_of(quote.1.start..name.end.max(quote.1.end));
        let to = text.lines_of(one(&text.paragraphs(), draw)?).end;
        (to <= lines.start || to >= lines.end).then(|| {
            let again = format!("\n{}\n", text.text[lines].trim_end());
            let damaged = text.with(to..to, &again);
            Damaged { line: damaged.line + 1, ..damaged }
        })
    }),
    kind("the end of a quote lost", &["quote/cut-off"], |text, draw| {
        let lexicon = Lexicon::embedded();
        let places: Vec<Range<usize>> = quotes(text)
            .into_iter()
            .flat_map(|(_, quote)| {
                let inner = text.text[quote.clone()].to_owned();
                let small: Vec<usize> = words(&inner)
                    .filter(|word| {
                        let word = &inner[word.clone()];
                        word.chars().all(char::is_lowercase) && lexicon.is_function_word(word)
                    })
                    .map(|word| word.end)
                    .filter(|end| *end > inner.len() / 3 && *end < inner.len() - 10)
                    .collect();
                small.into_iter().map(move |end| quote.start + end..quote.end)
            })
            .filter(|range| {
                text.line_of(range.start) == text.line_of(range.end) || !text.text[range.clone()].contains("\n\n")
            })
            .collect();
        Some(text.with(one(&places, draw)?, ""))
    }),
    kind("the end of a paragraph lost", &["structure/cut-off"], |text, draw| {
        let places: Vec<Range<usize>> =
            text.paragraphs().into_iter().filter_map(|paragraph| open_end(text, &paragraph)).collect();
        Some(text.with(one(&places, draw)?, ""))
    }),
    kind("the beginning of a paragraph lost", &["structure/headless", "structure/reordered"], |text, draw| {
        let places: Vec<Range<usize>> = text
            .paragraphs()
            .into_iter()
            .filter(|paragraph| text.text[..paragraph.start].ends_with("\n\n"))
            .filter_map(|paragraph| {
                let inner = &text.text[paragraph.clone()];
                let small =
                    words(inner).skip(3).take(6).find(|word| inner[word.clone()].chars().all(char::is_lowercase))?;
                Some(paragraph.start..paragraph.start + small.start)
            })
            .collect();
        Some(text.with(one(&places, draw)?, ""))
    }),
    kind("another weekday", &["date/weekday"], |text, draw| {
        let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let places: Vec<Range<usize>> = names
            .iter()
            .flat_map(|name| text.text.match_indices(name))
            .map(|(at, name)| at..at + name.len())
            .filter(|range| dated(text, range.end))
            .collect();
        let place = one(&places, draw)?;
        let at = names.iter().position(|name| *name == &text.text[place.clone()])?;
        Some(text.with(place, names[(at + 1 + draw.below(6)) % 7]))
    }),
    kind("a day that does not exist", &["date/impossible"], |text, draw| {
        let day = one(&days(text), draw)?;
        Some(text.with(day, "32"))
    }),
    kind("a date of another year", &["date/year"], |text, draw| {
        let year = text.document.edition.year?.to_string();
        let dates: Vec<_> = text.document.agenda.iter().filter_map(|slot| whole(&slot.evidence, "date")).collect();
        let places: Vec<Range<usize>> = dates
            .into_iter()
            .filter_map(|date| {
                let at = date.start + text.text[date].find(&year)?;
                Some(at..at + year.len())
            })
            .collect();
        let place = one(&places, draw)?;
        Some(text.with(place, &(text.document.edition.year? - 2).to_string()))
    }),
    kind("a day outside the edition", &["date/outside-edition"], |text, draw| {
        // the days of the title page stay as they are
        let first = text.regions(RegionLabel::Agenda).first()?.start;
        let days: Vec<Range<usize>> = days(text).into_iter().filter(|day| day.start >= first).collect();
        let day = one(&days, draw)?;
        let number: usize = text.text[day.clone()].parse().ok()?;
        Some(text.with(day, &(if number > 15 { number - 14 } else { number + 13 }).to_string()))
    }),
    kind("an end before its start", &["time/ends-before-start"], |text, draw| {
        let ends: Vec<Range<usize>> = slot_times(text).into_iter().filter_map(|(_, end)| end).collect();
        let place = one(&ends, draw)?;
        let sign = if text.text[place.clone()].contains('.') { '.' } else { ':' };
        Some(text.with(place, &format!("05{sign}00")))
    }),
    kind("slots that overlap", &["time/overlap"], |text, draw| {
        let times = slot_times(text);
        let places: Vec<(Range<usize>, String)> = text
            .document
            .agenda
            .windows(2)
            .zip(times.windows(2))
            .filter_map(|(slots, times)| {
                let (place, next) = (times[0].1.clone()?, slots[1].start.as_ref()?);
                let same =
                    slots[0].date == slots[1].date && slots[0].start < slots[1].start && slots[1].start.is_some();
                let hour: usize = next[..2].parse().ok()?;
                let sign = if text.text[place.clone()].contains('.') { '.' } else { ':' };
                (same && hour < 22).then(|| (place, format!("{:02}{sign}{}", hour + 1, &next[3..])))
            })
            .collect();
        let (place, time) = one(&places, draw)?;
        Some(text.with(place, &time))
    }),
    kind("a time that does not exist", &["time/impossible"], |text, draw| {
        let starts: Vec<Range<usize>> = slot_times(text).into_iter().map(|(start, _)| start).collect();
        let place = one(&starts, draw)?;
        let minutes = place.end.checked_sub(2)?..place.end;
        Some(text.with(minutes, "75"))
    }),
    kind("a takeaway with another number", &["takeaway/number"], |text, draw| {
        let (place, number) = one(&numbers(text), draw)?;
        Some(text.with(place, &(number + 3).to_string()))
    }),
    kind("a takeaway lost", &["takeaway/number", "takeaway/count"], |text, draw| {
        let numbers = numbers(text);
        let inner: Vec<Range<usize>> = numbers.windows(2).map(|pair| pair[0].0.start..pair[1].0.start).collect();
        let range = one(&inner, draw)?;
        Some(text.with(text.line_of(range.start).start..text.line_of(range.end).start, ""))
    }),
    kind("a heading that promises another number", &["takeaway/count"], |text, draw| {
        let places = promises(text);
        let place = one(&places, draw)?;
        Some(text.with(place, "nine"))
    }),
    kind("a kind of session misspelt", &["structure/misspelt-label"], |text, draw| {
        let kinds = text.document.agenda.iter().filter_map(|slot| whole(&slot.evidence, "kind"));
        let kinds: Vec<Range<usize>> = kinds.filter(|kind| known_kind(&text.text[kind.clone()])).collect();
        swap(text, &kinds, draw)
    }),
    kind("a label of credits misspelt", &["structure/misspelt-label", "person/unknown-label"], |text, draw| {
        let labels = text.regions(RegionLabel::CreditLabel).into_iter().map(|region| {
            let line = &text.text[region.clone()];
            region.start..region.start + line.trim_end().len()
        });
        let labels: Vec<Range<usize>> = labels.filter(|label| label.len() >= 8).collect();
        swap(text, &labels, draw)
    }),
    kind("the names under a label lost", &["structure/empty-label"], |text, draw| {
        let labels = text.regions(RegionLabel::CreditLabel);
        let places: Vec<(Range<usize>, usize)> = labels
            .iter()
            .filter_map(|label| {
                let credits = text.regions(RegionLabel::Credit).into_iter().find(|credit| credit.start >= label.end)?;
                let near = text.text[label.end..credits.start].trim().is_empty();
                // more labels inside would be those of others
                near.then_some((credits, label.start))
            })
            .collect();
        let (credits, label) = one(&places, draw)?;
        let damaged = text.with(credits, "\n");
        Some(Damaged { line: text.text[..label].matches('\n').count() + 1, ..damaged })
    }),
    kind("another office on a card", &["person/offices-differ"], |text, draw| {
        let people = text.regions(RegionLabel::Person);
        let credits = text.document.speakers.iter().flat_map(|speaker| &speaker.affiliations);
        let places: Vec<Range<usize>> = credits
            .filter_map(|affiliation| whole(&affiliation.evidence, "credit"))
            .filter(|range| {
                let line = text.line_of(range.start);
                line.end >= range.end
                    && people.iter().any(|people| people.start <= range.start && range.end <= people.end)
            })
            .collect();
        Some(text.with(one(&places, draw)?, "Keeper of Northern Lanterns"))
    }),
];

fn one<T: Clone>(items: &[T], draw: &mut Draw) -> Option<T> {
    (!items.is_empty()).then(|| draw.pick(items).clone())
}

/// Words that stand in the text elsewhere too, and where to break them: one half at least is no word of the text.
fn breakable(text: &Text) -> Vec<(Range<usize>, usize)> {
    let middle = |word: Range<usize>| {
        let at = word.start + word.len() / 2;
        let whole = &text.text[word.clone()];
        let halves = [&text.text[word.start..at], &text.text[at..word.end]];
        let fair = text.count(whole) >= 2 && halves.iter().any(|half| text.count(half) == 0);
        fair.then_some((word, at))
    };
    text.body_words(9).into_iter().filter_map(middle).collect()
}

/// Hyphens of compounds that stand in the text at least twice, and never without it.
fn compounds(text: &Text) -> Vec<usize> {
    let hyphens = text.text.match_indices('-').map(|(at, _)| at);
    let side = |at: usize| {
        let left = text.text[..at].trim_end_matches(char::is_alphabetic).len();
        let right = text.text[at + 1..].find(|c: char| !c.is_alphabetic()).map_or(text.text.len(), |end| at + 1 + end);
        (left, right)
    };
    hyphens
        .filter(|&at| {
            let (left, right) = side(at);
            let (Some(before), Some(after)) = (text.text.get(left..at), text.text.get(at + 1..right)) else {
                return false;
            };
            let small = |part: &str| part.len() >= 4 && part.bytes().all(|b| b.is_ascii_lowercase());
            let compound = format!("{before}-{after}");
            small(before)
                && small(after)
                && text.text.matches(compound.as_str()).count() >= 2
                && text.count(&format!("{before}{after}")) == 0
                && text.paragraphs().iter().any(|paragraph| paragraph.contains(&at))
        })
        .collect()
}

/// A letter in the midst of a name changed, where the name stands in the text twice more at least.
fn misspell(text: &Text, names: &[Range<usize>], draw: &mut Draw) -> Option<Damaged> {
    let names: Vec<&Range<usize>> = names
        .iter()
        .filter(|name| {
            let name = &text.text[(*name).clone()];
            let plain = name.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ');
            plain && name.len() >= 10 && text.text.matches(name).count() >= 3
        })
        .collect();
    let name = one(&names, draw)?;
    let last = text.text[name.clone()].rfind(' ')? + name.start + 1;
    let at = last + 1 + draw.below((name.end - last).saturating_sub(1));
    let letter = if &text.text[at..=at] == "u" { "a" } else { "u" };
    Some(text.with(at..at + 1, letter))
}

/// Another word in the place of a longer one.
fn reword(text: &Text, titles: &[Range<usize>], draw: &mut Draw) -> Option<Damaged> {
    let places: Vec<Range<usize>> = titles
        .iter()
        .filter(|title| text.text[(*title).clone()].split_whitespace().count() >= 4)
        .flat_map(|title| {
            let inner = &text.text[title.clone()];
            words(inner).filter(|word| word.len() >= 5).map(|word| title.start + word.start..title.start + word.end)
        })
        .collect();
    Some(text.with(one(&places, draw)?, "lanterns"))
}

/// Two letters in the midst of a label changed places.
fn swap(text: &Text, labels: &[Range<usize>], draw: &mut Draw) -> Option<Damaged> {
    let label = one(labels, draw)?;
    let inner = text.text[label.clone()].as_bytes();
    let places: Vec<usize> = (1..inner.len().saturating_sub(2))
        .filter(|&at| {
            inner[at].is_ascii_alphabetic() && inner[at + 1].is_ascii_alphabetic() && inner[at] != inner[at + 1]
        })
        .collect();
    let at = label.start + one(&places, draw)?;
    let swapped: String = text.text[at..at + 2].chars().rev().collect();
    Some(text.with(at..at + 2, &swapped))
}

/// The quotes of sessions that stand in one piece, with their names behind them.
fn quotes(text: &Text) -> Vec<(usize, Range<usize>)> {
    let quotes = text.document.quotes.iter().enumerate();
    quotes
        .filter_map(|(at, quote)| {
            let range = whole(&quote.evidence, "text")?;
            let name = whole(&quote.evidence, "speaker")?;
            let near = name.start >= range.end && name.start - range.end < 8;
            (near && !text.text[range.clone()].contains("\n\n")).then_some((at, range))
        })
        .collect()
}

/// From the midst of the last sentence of a paragraph to its end, behind a word that ends no sentence.
fn open_end(text: &Text, paragraph: &Range<usize>) -> Option<Range<usize>> {
    let inner = &text.text[paragraph.clone()];
    let all: Vec<Range<usize>> = words(inner).collect();
    let at = all.len().checked_sub(4)?;
    let word = all[at / 2 + 2..at]
        .iter()
        .rev()
        .find(|word| inner[(*word).clone()].chars().all(char::is_lowercase) && inner[word.end..].starts_with(' '))?;
    let after = &text.text[paragraph.end..];
    after.trim_start_matches(['.', '”', ' ']).starts_with("\n\n").then_some(paragraph.start + word.end..paragraph.end)
}

/// Whether a day and a month follow.
fn dated(text: &Text, at: usize) -> bool {
    let rest = text.text[at..].trim_start_matches([',', ' ']);
    let (day, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(0));
    (1..=2).contains(&day.len()) && rest.trim_start_matches([' ', '.']).starts_with(char::is_uppercase)
}

/// The numbers of the days in the dates of the programme.
fn days(text: &Text) -> Vec<Range<usize>> {
    let dates = text.document.agenda.iter().filter_map(|slot| whole(&slot.evidence, "date"));
    let mut found: Vec<Range<usize>> = dates
        .filter_map(|date| {
            let inner = &text.text[date.clone()];
            let start = inner.find(|c: char| c.is_ascii_digit())?;
            let length = inner[start..].find(|c: char| !c.is_ascii_digit())?;
            // a run of days is not the date of one
            let one = !inner.contains(['-', '–']) && (1..=2).contains(&length);
            one.then(|| date.start + start..date.start + start + length)
        })
        .collect();
    found.sort_by_key(|range| range.start);
    found.dedup();
    found
}

/// Where the times of each slot stand: its start, and its end if it has one.
fn slot_times(text: &Text) -> Vec<(Range<usize>, Option<Range<usize>>)> {
    let clock = |range: Range<usize>| {
        let mut found = Vec::new();
        let inner = &text.text[range.clone()];
        for (at, _) in inner.match_indices([':', '.']) {
            let before = inner[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let minutes = inner.get(at + 1..at + 3).is_some_and(|minutes| minutes.bytes().all(|b| b.is_ascii_digit()));
            if before < at && minutes {
                found.push(range.start + before..range.start + at + 3);
            }
        }
        found
    };
    let slots = text.document.agenda.iter();
    slots
        .map(|slot| {
            let times = whole(&slot.evidence, "start").map(clock).unwrap_or_default();
            (times.first().cloned().unwrap_or(0..0), times.get(1).cloned())
        })
        .filter(|(start, _)| !start.is_empty())
        .collect()
}

/// The printed numbers of takeaways.
fn numbers(text: &Text) -> Vec<(Range<usize>, usize)> {
    let printed = text.document.takeaways.iter().filter(|takeaway| takeaway.inferred.is_empty());
    let mut found: Vec<(Range<usize>, usize)> = printed
        .filter_map(|takeaway| {
            let title = whole(&takeaway.evidence, "title")?;
            let line = text.line_of(title.start);
            let before = &text.text[line.start..title.start];
            let at = line.start + before.find(|c: char| c.is_ascii_digit())?;
            let length = text.text[at..].find(|c: char| !c.is_ascii_digit())?;
            let number = text.text[at..at + length].parse().ok()?;
            (number == takeaway.number).then_some((at..at + length, number))
        })
        .collect();
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// The number in the heading of the takeaways.
fn promises(text: &Text) -> Vec<Range<usize>> {
    let Some(first) = text
        .document
        .takeaways
        .iter()
        .filter_map(|takeaway| whole(&takeaway.evidence, "title"))
        .min_by_key(|range| range.start)
    else {
        return Vec::new();
    };
    let lexicon = Lexicon::embedded();
    // the heading stands right above the first of them
    let from = text.text[..first.start].rmatch_indices('\n').nth(6).map_or(0, |(at, _)| at);
    let above = &text.text[from..first.start];
    let Some(at) = above.to_lowercase().rfind("takeaways").filter(|at| above.is_char_boundary(*at)) else {
        return Vec::new();
    };
    let line = text.line_of(from + at);
    let inner = &text.text[line.start..from + at];
    let count = text.document.takeaways.len();
    words(inner)
        .filter(|word| lexicon.cardinal(&inner[word.clone()]) == Some(count))
        .map(|word| line.start + word.start..line.start + word.end)
        .collect()
}

/// Whether the lexicon knows a kind of session, so that a misprint of it can be told.
fn known_kind(text: &str) -> bool {
    let lexicon = Lexicon::embedded();
    text.len() >= 8
        && text.is_ascii()
        && lexicon.phrase(text).iter().any(|phrase| matches!(phrase, rapporteur_grammar::Phrase::Kind(_)))
}
