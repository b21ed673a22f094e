//! The name and office at a quote.

use std::ops::Range;

use rapporteur_grammar as grammar;
use rapporteur_source::{Clean, fold};

use super::{By, Chunk, Reader, Unit};
use crate::credits::trim_entry;
use crate::{
    RegionLabel as L,
    piece::{self, Begin, End, next_free},
    signed::DASHES,
};

impl<'a> Reader<'_, 'a> {
    /// Who said a quote, at `at`: a known name alone on its line or before its office, and the office after it. Right
    /// behind a quote (`expected`) an unknown name counts too.
    pub(super) fn by(&mut self, at: usize, expected: bool) -> Option<(By<'a>, usize)> {
        let lexicon = self.context.lexicon;
        let expected = expected || self.is_signature(at);
        let piece = &self.pieces[at];
        if piece.cues.bullet.is_some() && !expected || piece.cues.role.is_some() {
            return None;
        }
        let text = piece.text();
        if let Some(found) = self.people.whole(text, lexicon) {
            if !expected && self.is_inside_paragraph(at) {
                return None;
            }
            let name = vec![piece.clean.slice(found.range.clone())];
            self.pieces[at].label = Some(L::QuoteBy);
            let (credit, next) = self.offices(at + 1, Some(found.person), "");
            return Some((By { person: Some(found.person), name, credit, gap: self.pieces[at].gap }, next));
        }
        if expected && let Some(by) = self.by_over(at, 0) {
            self.pieces[at].label = Some(L::QuoteBy);
            let (credit, next) = self.offices(at + 2, by.person, "");
            let gap = self.pieces[at].gap;
            return Some((By { credit: by.credit.into_iter().chain(credit).collect(), gap, ..by }, next));
        }
        let piece = &self.pieces[at];
        let text = piece.text();
        if text.len() > 400 && !expected {
            return None;
        }
        // name and office on one line
        if let Some(found) = self.people.find_all(text.get(..text.len().min(90)).unwrap_or(text)).first().cloned() {
            let lead = text[..found.range.start].trim_matches(|c: char| !c.is_alphabetic());
            if lead.is_empty() || lexicon.is_honorific(lead) {
                let start =
                    text.len() - text[found.range.end..].trim_start_matches([' ', ',', '|', '–', '—', ':', '(']).len();
                let rest = &text[start..];
                if let Some(covered) = self.people.credit_prefix(found.person, "", rest)
                    && covered >= rest.len().min(12)
                {
                    return Some(self.named_line(at, &found, start, start + covered));
                }
                let separated = text[found.range.end..].trim_start().starts_with([',', '|', '–', '—', '(', ':']);
                if expected && separated && rest.len() < 250 && !rest.trim_end().ends_with('.') {
                    return Some(self.named_line(at, &found, start, text.len()));
                }
                if expected
                    && piece.clean.marks.bold.first().is_some_and(|bold| bold.end.abs_diff(found.range.end) <= 1)
                    && rest.len() < 250
                {
                    return Some(self.named_line(at, &found, start, text.len()));
                }
            }
        }
        if !expected || text.len() > 200 {
            return None;
        }
        let body = text.trim_start_matches(|c: char| !c.is_alphabetic());
        let lead = text.len() - body.len();
        let credit = grammar::credit(body, lexicon).or_else(|| self.likely_name(at, body))?;
        let alone = credit.credit.is_empty();
        if text.trim_end().ends_with('.') || !alone && credit.credit.len() > 160 {
            return None;
        }
        let name = vec![piece.clean.slice(lead + credit.name.start..lead + credit.name.end)];
        let printed = trim_entry(text, lead + credit.credit.start..lead + credit.credit.end);
        let mut parts: Vec<Clean<'a>> = printed.into_iter().map(|range| piece.clean.slice(range)).collect();
        self.pieces[at].label = Some(L::QuoteBy);
        let printed = parts.iter().map(|part| part.text.as_ref()).collect::<Vec<_>>().join(" ");
        let (more, next) = self.offices(at + 1, None, &printed);
        parts.extend(more);
        Some((By { person: None, name, credit: parts, gap: self.pieces[at].gap }, next))
    }

    /// What can be nothing but a name right below a quote, though no word says so, with an office behind a comma perhaps.
    fn likely_name(&self, at: usize, body: &str) -> Option<grammar::PrintedCredit> {
        let lexicon = self.context.lexicon;
        let name = body[..body.find([',', '|', '(']).unwrap_or(body.len())].trim_end();
        let marks = &lexicon.words.glyphs.quotes;
        let closed = |text: &str| marks.iter().any(|pair| text.ends_with(|c| pair.chars().nth(1) == Some(c)));
        let before = at.checked_sub(1).map(|before| &self.pieces[before]);
        let below = !self.pieces[at].gap
            && before.is_some_and(|before| before.label == Some(L::Quote) && closed(before.text()));
        (below && looks_like_name(name, lexicon)).then(|| grammar::credit_of(body, 0..name.len(), lexicon))
    }

    /// `— Ana Silva, Director`, `— Ana Silva`: a dash and a credit below a paragraph say whose words it is.
    fn is_signature(&self, at: usize) -> bool {
        /// A credit is no longer, in characters.
        const LONGEST: usize = 200;
        let lexicon = self.context.lexicon;
        let piece = &self.pieces[at];
        let Some(text) = piece.text().strip_prefix(DASHES).map(str::trim_start) else { return false };
        let before = at.checked_sub(1).map(|before| &self.pieces[before]);
        let below = before.is_some_and(|before| {
            matches!(before.label, Some(L::Body | L::Quote))
                && before.cues.end == End::Stop
                && before.cues.bullet.is_none()
        });
        let credited = || {
            grammar::credit(text, lexicon).is_some_and(|credit| {
                let mut words = text[credit.credit].split(|c: char| c.is_whitespace() || c == ',');
                words.any(|word| lexicon.is_office(word) || lexicon.is_organisation(word))
            })
        };
        let named = || grammar::is_name(text, lexicon) || self.people.whole(text, lexicon).is_some();
        below && piece.cues.chars <= LONGEST && !text.ends_with('.') && (named() || credited())
    }

    fn named_line(&mut self, at: usize, found: &crate::people::Found, start: usize, end: usize) -> (By<'a>, usize) {
        let piece = &self.pieces[at];
        let name = vec![piece.clean.slice(found.range.clone())];
        let text_len = piece.text().len();
        let mut credit: Vec<Clean<'a>> =
            trim_entry(piece.text(), start..end).into_iter().map(|range| piece.clean.slice(range)).collect();
        let rest = trim_entry(piece.text(), end..text_len).filter(|_| end < text_len);
        self.pieces[at].label = Some(L::QuoteBy);
        if let Some(rest) = rest {
            self.body_after(at, rest);
            return (By { person: Some(found.person), name, credit, gap: self.pieces[at].gap }, at + 1);
        }
        let printed = credit.iter().map(|part| part.text.as_ref()).collect::<Vec<_>>().join(" ");
        let (more, next) = self.offices(at + 1, Some(found.person), &printed);
        credit.extend(more);
        (By { person: Some(found.person), name, credit, gap: self.pieces[at].gap }, next)
    }

    /// The rest of a line that an office was run into: running text.
    fn body_after(&mut self, at: usize, rest: Range<usize>) {
        let clean = self.pieces[at].clean.slice(rest);
        self.pieces[at].also.push(L::Body);
        self.units.push(Unit::Body(Chunk {
            pieces: vec![clean],
            apart: true,
            interrupted: true,
            page: self.pieces[at].page,
        }));
    }

    /// A name behind the closing mark of a quote on the same line.
    pub(super) fn by_in(&self, at: usize, range: Range<usize>) -> Option<By<'a>> {
        let clean = &self.pieces[at].clean;
        let text = &clean.text[range.clone()];
        let body = text.trim_start_matches(|c: char| !c.is_alphabetic());
        let start = range.start + text.len() - body.len();
        let credit = match self.people.find_all(body.get(..body.len().min(90)).unwrap_or(body)).first() {
            Some(found)
                if body[..found.range.start].trim().is_empty()
                    || self.context.lexicon.is_honorific(body[..found.range.start].trim()) =>
            {
                grammar::credit_of(body, found.range.clone(), self.context.lexicon)
            }
            _ => grammar::credit(body, self.context.lexicon)?,
        };
        if body.len() > 220 || body.trim_end().ends_with('.') && credit.credit.is_empty() {
            return None;
        }
        let name = clean.slice(start + credit.name.start..start + credit.name.end);
        let person = self.people.of_name(&name.text).or_else(|| self.people.near(&name.text));
        let printed = trim_entry(&clean.text, start + credit.credit.start..start + credit.credit.end)
            .filter(|range| clean.text[range.clone()].contains(char::is_alphanumeric));
        let credit = printed.into_iter().map(|range| clean.slice(range)).collect();
        Some(By { person, name: vec![name], credit, gap: false })
    }

    /// A known name that begins at the end of a line, from `from` on, and ends on the next one, with what stands of an
    /// office behind it there.
    pub(super) fn by_over(&mut self, at: usize, from: usize) -> Option<By<'a>> {
        /// The line of the name's end is no longer, in characters.
        const LONGEST: usize = 120;
        /// Of a name and its honorifics, no more words stand before a break.
        const WORDS: usize = 7;
        let next = self.pieces.get(at + 1).filter(|next| at + 1 < self.end && next.label.is_none())?;
        let first = &self.pieces[at].clean;
        let text = &first.text[from..];
        let lead = from + text.len() - text.trim_start_matches(|c: char| !c.is_alphabetic()).len();
        let begun = first.text[lead..].trim_end();
        if begun.is_empty() || begun.split_whitespace().count() > WORDS || next.cues.chars > LONGEST {
            return None;
        }
        // a hyphen that the break caused, or one of the name
        let broken = begun.strip_suffix(['-', '\u{ad}', '\u{2010}']);
        let joins = match broken {
            Some(broken) => vec![broken.to_owned(), format!("{broken}-")],
            None => vec![format!("{begun} ")],
        };
        let over = |begun: String| {
            let joined = format!("{begun}{}", next.text());
            let found = self.people.find_all(&joined).into_iter().next()?;
            let honorific = joined[..found.range.start].trim();
            let over = found.range.start < begun.len() && found.range.end > begun.len();
            let named = over && honorific.split_whitespace().all(|word| self.context.lexicon.is_honorific(word));
            named.then(|| (found.person, found.range.start, found.range.end - begun.len()))
        };
        let (person, start, end) = joins.into_iter().find_map(over)?;
        let rest = trim_entry(next.text(), end..next.text().len())
            .and_then(|range| piece::trim(next.text(), range, &[',', '|', '(', '–', '—'], &[')']));
        let name = vec![first.slice(lead + start..lead + begun.len()), next.clean.slice(0..end)];
        let credit = rest.into_iter().map(|range| next.clean.slice(range)).collect();
        self.pieces[at + 1].label = Some(L::QuoteBy);
        Some(By { person: Some(person), name, credit, gap: false })
    }

    /// The lines of an office from `at` on. `before` is what of it was read already.
    pub(super) fn offices(&mut self, at: usize, person: Option<usize>, before: &str) -> (Vec<Clean<'a>>, usize) {
        let lexicon = self.context.lexicon;
        let mut printed = before.to_owned();
        let mut credit = Vec::new();
        let mut next = at;
        let mut here = at;
        let open_body = self.open_body();
        for _ in 0..6 {
            let Some(found) = next_free(self.pieces, here, self.end) else { break };
            // a page may part name and office, but not more
            if found > here + 3 {
                break;
            }
            let piece = &self.pieces[found];
            let text = piece.text();
            if piece.cues.opens.is_some()
                || piece.cues.link
                || piece.cues.role.is_some()
                || piece.cues.bullet.is_some()
                || self.people.whole(text, lexicon).is_some()
                || self.shown_until(found).is_some()
            {
                break;
            }
            if let Some(covered) = person.and_then(|person| self.people.credit_prefix(person, &printed, text)) {
                let whole = covered >= text.len();
                if whole || covered >= 6 {
                    credit.push(piece.clean.slice(0..covered));
                    printed.push(' ');
                    printed.push_str(&text[..covered]);
                    let rest = trim_entry(text, covered..text.len());
                    self.pieces[found].label = Some(L::QuoteBy);
                    next = found + 1;
                    here = next;
                    if let Some(rest) = rest.filter(|_| !whole) {
                        let body = text_begins(&self.pieces[found].text()[rest.clone()]);
                        if body {
                            self.body_after(found, rest);
                        } else {
                            // the credit is printed longer here
                            let more = self.pieces[found].clean.slice(rest);
                            credit.push(more);
                        }
                        break;
                    }
                    continue;
                }
            }
            let adjacent = found == here && !piece.gap;
            // in a row of names over a row of offices
            if !adjacent && self.office_of_another(found, person).is_some() {
                break;
            }
            let broken = adjacent && found > 0 && self.is_broken_office(found - 1);
            let rest = adjacent && credit.is_empty() && !before.is_empty() && self.is_rest_of_office(found);
            if !broken
                && !rest
                && !self.is_office_line(found, adjacent, credit.is_empty(), before.is_empty(), open_body)
            {
                break;
            }
            credit.push(piece.clean.clone());
            printed.push(' ');
            printed.push_str(text);
            self.pieces[found].label = Some(L::QuoteBy);
            next = found + 1;
            here = next;
        }
        (credit, next)
    }

    /// Where the lines from `at` on end that are, as printed elsewhere, the office of somebody else than `person`.
    fn office_of_another(&self, at: usize, person: Option<usize>) -> Option<usize> {
        /// No office has more lines.
        const LINES: usize = 4;
        let mut text = String::new();
        let lines = (at..self.end.min(at + LINES))
            .take_while(|&line| self.pieces[line].label.is_none() && (line == at || !self.pieces[line].gap));
        for line in lines {
            let space = if text.is_empty() || text.ends_with('-') { "" } else { " " };
            text.push_str(space);
            text.push_str(self.pieces[line].text());
            let bears = |person: usize| self.people.credit_prefix(person, "", &text) == Some(text.len());
            let whole = self.pieces.get(line + 1).is_none_or(|next| next.gap || next.label.is_some());
            if whole && fold(&text).len() >= 8 && !person.is_some_and(bears) && self.people.all().any(bears) {
                return Some(line + 1);
            }
        }
        None
    }

    /// An office in a row of offices below a row of names: its name stands elsewhere.
    pub(super) fn office_apart(&mut self, at: usize) -> Option<usize> {
        let before = self.pieces[..at].iter().rev().find(|piece| piece.label != Some(L::Furniture))?;
        if before.label != Some(L::QuoteBy) || !self.pieces[at].gap {
            return None;
        }
        let end = self.office_of_another(at, None)?;
        for piece in &mut self.pieces[at..end] {
            piece.label = Some(L::QuoteBy);
        }
        Some(end)
    }

    /// An office without a name, right behind a quote: that of exactly one person.
    pub(super) fn office_alone(&mut self, at: usize) -> Option<((usize, Clean<'a>), usize)> {
        let text = self.pieces[at].text();
        if text.len() > 250 || fold(text).len() < 8 {
            return None;
        }
        let mut bearers =
            self.people.all().filter(|&person| self.people.credit_prefix(person, "", text) == Some(text.len()));
        let person = bearers.next()?;
        if bearers.next().is_some() {
            return None;
        }
        self.pieces[at].label = Some(L::QuoteBy);
        Some(((person, self.pieces[at].clean.clone()), at + 1))
    }

    /// Whether the line of a name breaks in the midst of a word of its office.
    fn is_broken_office(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let by = piece.label == Some(L::QuoteBy) && piece.also.is_empty();
        let goes_on = self.pieces.get(at + 1).is_some_and(|next| next.cues.begin == Begin::Lower);
        by && piece.cues.end == End::Hyphen && goes_on
    }

    /// Whether a short line holds what did not fit on the line of a name and its office.
    fn is_rest_of_office(&self, at: usize) -> bool {
        /// Lines around that show how long a line may be.
        const AROUND: usize = 12;
        /// The rest is no longer, in characters.
        const LONGEST: usize = 40;
        let (before, piece) = (&self.pieces[at - 1], &self.pieces[at]);
        let width = self.pieces[at.saturating_sub(AROUND)..at].iter().map(|piece| piece.cues.chars).max().unwrap_or(0);
        let word = piece.text().split_whitespace().next().map_or(0, |word| word.chars().count());
        // something else follows
        let ends = self.pieces.get(at + 1).is_none_or(|next| {
            next.gap || next.label.is_some() || next.cues.opens.is_some() || next.text().starts_with(DASHES)
        });
        // lines of proportional type differ in their number of letters
        let full = (before.cues.chars + 1 + word) * 10 >= width * 9;
        ends && full && before.cues.end != End::Stop && piece.cues.end != End::Stop && piece.cues.chars <= LONGEST
    }

    /// Whether a line after a name is (part of) an office, though no known credit says so. It is the `first` below the
    /// name, which may stand `alone` on its own line.
    fn is_office_line(&self, at: usize, adjacent: bool, first: bool, alone: bool, open_body: bool) -> bool {
        let lexicon = self.context.lexicon;
        let piece = &self.pieces[at];
        let text = piece.text();
        let next = self.pieces.get(at + 1).filter(|next| at + 1 < self.end && !next.gap);
        let runs_on = next.is_some_and(|next| {
            next.cues.begin == Begin::Lower && piece.cues.end != End::Stop && piece.cues.chars > 50
        });
        if piece.cues.chars > 200
            || piece.cues.end == End::Stop && !text.ends_with("U.S.")
            || piece.cues.times.is_some()
        {
            return false;
        }
        if piece.cues.begin == Begin::Lower {
            // the second line of an office may begin with a small word
            return adjacent && !(first && alone) && !open_body && piece.cues.chars < 60;
        }
        let words: Vec<&str> =
            text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
        let titled = words.iter().take(4).any(|word| lexicon.is_office(word) || lexicon.is_organisation(word));
        let abbreviation = words.len() == 1 && piece.cues.capitals;
        let state = grammar::country_code(text, lexicon).is_some();
        let function =
            words.first().is_some_and(|word| lexicon.is_function_word(word) && !word.eq_ignore_ascii_case("for"));
        if function && !state || piece.cues.section.is_some() || piece.cues.kind.is_some() {
            return false;
        }
        if adjacent {
            // lines of a name's block; running text would go on
            !runs_on && (titled || abbreviation || state || !first && piece.cues.chars < 60)
        } else {
            // only an office may stand apart from its name
            first && titled && lexicon.is_office(words[0]) && !runs_on
        }
    }
}

/// A few words with capitals at both ends, and no word of an office among them.
pub(super) fn looks_like_name(text: &str, lexicon: &grammar::Lexicon) -> bool {
    /// No name is longer, in characters.
    const LONGEST: usize = 45;
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: Option<&&str>| word.is_some_and(|word| word.contains(char::is_uppercase));
    let other = |word: &&str| {
        word.contains(|c: char| c.is_numeric() || matches!(c, ':' | ';' | '?' | '!' | '"' | '”'))
            || lexicon.is_office(word)
            || lexicon.is_organisation(word)
    };
    (2..=6).contains(&words.len())
        && capital(words.first())
        && capital(words.last())
        && !words.iter().any(other)
        && text.chars().count() <= LONGEST
        && !text.ends_with('.')
}

/// Running text begins: several words, and no credit goes on so.
fn text_begins(text: &str) -> bool {
    text.split_whitespace().count() >= 4
}

#[cfg(test)]
mod tests {
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    #[test]
    fn a_name_behind_a_quote_may_break_in_mid_word() {
        for (breaks, name) in [
            ("Abd al-Karim Had-\ndad, Director, Mud Institute", "Abd al-Karim Haddad"),
            ("Eleni Storm-\n\nVenn, Head, Water Agency", "Eleni Storm-Venn"),
            ("Rosa José de la\n\nCruz y Silva, Chair, Harbour Board", "Rosa José de la Cruz y Silva"),
        ] {
            let text = format!(
                "Water Forum 2019\n\nKeynote: Rivers in focus\n\nSpeakers Abd al-Karim Haddad | Director, Mud Institute\n\
                 Eleni Storm-Venn | Head, Water Agency\nRosa José de la Cruz y Silva | Chair, Harbour Board\n\n\
                 The forum spoke of rivers, which had been long and wet for \nyears, and of those who live beside them.\n\n\
                 \"The river was here before us, and it will be\nhere after us.\" — {breaks}\n\n\
                 Most of what was said of the sea was said by people who had \nnever seen it, and heard by those who had.\n"
            );
            let source = Source::new("s", "s", text.into());
            let document = crate::read(&[source], &Lexicon::embedded()).document;
            let speaker = document.quotes.first().and_then(|quote| quote.speaker.clone());
            let found = document.speakers.iter().find(|person| Some(&person.id) == speaker.as_ref());
            assert_eq!(found.map(|person| person.name.as_str()), Some(name), "{breaks}");
            assert_eq!(document.speakers.len(), 3, "{breaks}");
        }
    }
}
