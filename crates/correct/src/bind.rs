//! Where in a text corrections belong: each in one place, or nowhere.

use rapporteur_diagnostics::{Finding, Rule, count};
use rapporteur_model::Correction;
use rapporteur_source::{Edit, Source, Span};

use crate::file::{Corrections, Entry, What};
use crate::phrase::Found;
use crate::rules::{ambiguous, conflict, no_match, source_changed, unneeded};
use crate::{Phrases, ReadAs};

/// Places that a finding names.
const NAMED: usize = 4;

/// Candidates that a finding names for a phrase that stands nowhere.
const CANDIDATES: usize = 3;

/// A text correction in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// Which entry of its file it is.
    pub entry: usize,
    /// What is replaced, and by what.
    pub edit: Edit,
}

/// A region correction in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Which entry of its file it is.
    pub entry: usize,
    /// The bytes of the passage.
    pub span: Span,
    /// What it is to be read as.
    pub label: ReadAs,
}

impl Corrections {
    /// That the source is another than the one that the corrections were made for, where it is.
    #[must_use]
    pub fn changed(&self, source: &Source) -> Option<Finding> {
        let digest = self.header().sha256.as_deref().filter(|_| self.changed && !self.entries().is_empty())?;
        let tried = count(self.entries().len(), "correction", "corrections");
        let at = source.line_at(1).map_or(Span::default(), |line| line.span);
        let place =
            self.file().text().find(digest).map_or(self.entries()[0].place, |at| Span::new(at, at + digest.len()));
        let finding = Finding::new(&source_changed::RULE, format!("the text has changed since its {tried} were made"));
        let finding = finding.at(self.file().id(), place, "the digest that it had").at(source.id(), at, "the text");
        Some(finding.help("look whether they are right, then `rapporteur correct SOURCE --confirm`"))
    }

    /// The text corrections in a source, in the order of the text. None of them overlap.
    #[must_use]
    pub fn text(&self, source: &Source) -> (Vec<TextEdit>, Vec<Finding>) {
        let (mut edits, mut findings) = (Vec::<TextEdit>::new(), Vec::new());
        if !self.entries().iter().any(|entry| matches!(entry.what, What::Text { .. })) {
            return (edits, findings);
        }
        let phrases = Phrases::of(source);
        for (index, entry) in self.entries().iter().enumerate() {
            let What::Text { before, find, after, replace } = &entry.what else { continue };
            let found = self.sure(phrases.within(before, find, after), source);
            let right = phrases.within(before, replace, after);
            let [only] = found.as_slice() else {
                let places: Vec<Span> = found.iter().map(Found::place).collect();
                if places.is_empty() && !right.is_empty() {
                    let finding = self.told(&unneeded::RULE, entry, "what this correction says stands there already");
                    findings.push(at_places(finding, source, right.iter().map(Found::place), "here"));
                } else {
                    let whole = [before.as_str(), find, after].join(" ");
                    findings.push(self.unplaced(entry, "phrase", &whole, &phrases, &places));
                }
                continue;
            };
            let place = only.place();
            let edit = only.edit(source, find, replace);
            // a phrase that is a part of what it is replaced by: replaced again it would be there twice
            let holds = |right: &Span| *right != place && right.start <= place.start && place.end <= right.end;
            let stands = right.iter().map(Found::place).find(holds);
            let Some((span, text)) = edit.filter(|_| stands.is_none()) else {
                let finding = self.told(&unneeded::RULE, entry, "what this correction says stands there already");
                findings.push(finding.at(source.id(), stands.unwrap_or(place), "here"));
                continue;
            };
            let other = edits.iter().find(|known| known.edit.span.start < span.end && span.start < known.edit.span.end);
            if let Some(other) = other {
                findings.push(self.conflicting(entry, &self.entries()[other.entry], source, place));
                continue;
            }
            edits.push(TextEdit { entry: index, edit: Edit { span, text } });
        }
        edits.sort_by_key(|known| known.edit.span);
        (edits, findings)
    }

    /// The passages of a text that are to be read as something, in its order. None of them overlap. `source` is the text
    /// as corrected; `back` leads to the text as it is, which findings point into.
    #[must_use]
    pub fn regions(&self, source: &Source, back: impl Fn(Span) -> Span) -> (Vec<Passage>, Vec<Finding>) {
        let (mut passages, mut findings) = (Vec::<Passage>::new(), Vec::new());
        if !self.entries().iter().any(|entry| matches!(entry.what, What::Region { .. })) {
            return (passages, findings);
        }
        let phrases = Phrases::of(source);
        for (index, entry) in self.entries().iter().enumerate() {
            let What::Region { at, until, label } = &entry.what else { continue };
            let find = |phrase: &str| -> Vec<Span> {
                self.sure(phrases.within("", phrase, ""), source).into_iter().map(Found::span).collect()
            };
            let starts = find(at);
            let mut unplaced = |what, phrase, places: &[Span]| {
                let mut finding = self.unplaced(entry, what, phrase, &phrases, places);
                for label in finding.labels.iter_mut().filter(|label| label.source == source.id()) {
                    let span = back(Span::new(label.start, label.end));
                    (label.start, label.end) = (span.start, span.end);
                }
                findings.push(finding);
            };
            let [start] = starts.as_slice() else {
                unplaced("phrase that begins the passage", at, &starts);
                continue;
            };
            let end = match until {
                None => paragraph_end(source, *start),
                Some(until) => {
                    let mut ends = find(until);
                    ends.retain(|end| {
                        end.start >= start.start && end.end >= start.end && end.end - start.start <= LONGEST
                    });
                    let [end] = ends.as_slice() else {
                        unplaced("phrase that ends the passage", until, &ends);
                        continue;
                    };
                    end.end
                }
            };
            let span = Span::new(start.start, end);
            if self.changed && has_columns(source.slice(span)) {
                let message = "columns stand side by side where the passage of this correction begins and ends";
                let finding = self.told(&no_match::RULE, entry, message).at(source.id(), back(span), "the passage");
                findings.push(finding.help("name passages that are in one column"));
                continue;
            }
            let other = passages.iter().find(|known| known.span.start < span.end && span.start < known.span.end);
            if let Some(other) = other {
                let first = &self.entries()[other.entry];
                // the original's id is that of the corrected text
                findings.push(self.conflicting(entry, first, source, back(span)));
                continue;
            }
            passages.push(Passage { entry: index, span, label: *label });
        }
        passages.sort_by_key(|passage| passage.span);
        (passages, findings)
    }

    /// The places that can be meant. In a text that has changed, two paragraphs may have come together: a phrase that runs
    /// over the gap between them is none that anybody has seen.
    fn sure(&self, mut found: Vec<Found>, source: &Source) -> Vec<Found> {
        if self.changed {
            found.retain(|place| !place.runs_over_a_gap(source));
        }
        found
    }

    /// A finding at an entry of the file.
    #[must_use]
    pub fn told(&self, rule: &'static Rule, entry: &Entry, message: impl Into<String>) -> Finding {
        Finding::new(rule, message).at(self.file().id(), entry.place, "")
    }

    fn unplaced(&self, entry: &Entry, what: &str, phrase: &str, phrases: &Phrases<'_>, places: &[Span]) -> Finding {
        let source = phrases.source();
        if places.is_empty() {
            let finding = self.told(&no_match::RULE, entry, format!("the {what} of this correction stands nowhere"));
            let nearest = phrases.nearest(phrase, CANDIDATES);
            let help = if nearest.is_empty() {
                "nothing in the text is like it; remove the correction, or give a phrase of the text"
            } else {
                "give the phrase as it stands in the text, or remove the correction"
            };
            let named = |(at, place): (usize, &Span)| {
                let what = if at == 0 { "the nearest is" } else { "or" };
                (*place, format!("{what} “{}”", in_context(source, *place)))
            };
            let finding = nearest
                .iter()
                .enumerate()
                .map(named)
                .fold(finding, |finding, (place, text)| finding.at(source.id(), place, text));
            return finding.help(help);
        }
        let message = format!("the {what} of this correction stands in {} places", places.len());
        let finding = self.told(&ambiguous::RULE, entry, message);
        let help = match entry.what {
            What::Text { .. } => "say what stands `before` or `after` it",
            _ => "give a longer phrase",
        };
        at_places(finding, source, places.iter().copied(), "here").help(help)
    }

    fn conflicting(&self, entry: &Entry, first: &Entry, source: &Source, place: Span) -> Finding {
        let finding = self.told(&conflict::RULE, entry, format!("{} is of the same place", first.id));
        let finding = finding.at(self.file().id(), first.place, "this one was applied");
        finding.at(source.id(), place, "the place").help("make one correction of the two")
    }
}

/// What the document says of a correction.
impl Entry {
    /// The entry that the document lists for it, without its place.
    #[must_use]
    pub fn record(&self, source: &str) -> Correction {
        Correction {
            id: self.id.clone(),
            form: self.what.form(),
            source: source.to_owned(),
            reason: self.reason.clone(),
            by: self.by.clone(),
            date: self.date.clone(),
            ..Correction::default()
        }
    }
}

/// No passage is longer, in bytes.
const LONGEST: usize = 8_000;

/// Where the paragraph ends that a phrase begins: before the next blank line or page.
fn paragraph_end(source: &Source, start: Span) -> usize {
    let mut end = start.end;
    let mut line = source.line_number(start.end.saturating_sub(1).max(start.start));
    while let Some(next) = source.line_at(line) {
        let text = source.slice(next.span);
        if next.span.start > start.end && (text.trim().is_empty() || text.starts_with('\u{c}'))
            || end - start.start > LONGEST
        {
            break;
        }
        end = end.max(next.span.start + text.trim_end().len());
        line += 1;
    }
    end
}

/// The phrase that ends the paragraph which another begins: its last words, as many as it takes to find that place again.
/// `None` where the beginning stands in no place or in several, or is all of the paragraph.
#[must_use]
pub fn ending(source: &Source, at: &str) -> Option<String> {
    /// Fewer words are seldom found in one place only.
    const WORDS: usize = 4;
    let phrases = Phrases::of(source);
    let [start] = *phrases.find(at) else { return None };
    let end = paragraph_end(source, start);
    let text = source.slice(Span::new(start.end, end));
    let words: Vec<&str> = text.split_whitespace().collect();
    let last = |count: usize| words[words.len() - count..].join(" ");
    (WORDS.min(words.len())..=words.len()).filter(|&count| count > 0).map(last).find(|phrase| {
        let mut places = phrases.find(phrase);
        places.retain(|place| place.start >= start.start && place.end - start.start <= LONGEST);
        matches!(places.as_slice(), [place] if place.end.abs_diff(end) <= 4)
    })
}

/// Whether wide gaps stand inside the lines of a passage, or some of its lines begin where others end.
fn has_columns(text: &str) -> bool {
    /// No paragraph is indented so far, in characters.
    const INDENT: usize = 16;
    let indent = |line: &str| line.chars().take_while(|c| c.is_whitespace()).count();
    let indents = || text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indent);
    let apart = indents().max().zip(indents().min()).is_some_and(|(most, least)| most - least >= INDENT);
    apart || text.lines().any(|line| line.trim().contains("   "))
}

/// A place with the words that stand beside it on its line.
fn in_context(source: &Source, place: Span) -> String {
    /// Words on either side.
    const WORDS: usize = 2;
    let text = source.text();
    let line = |at: usize| source.line_at(source.line_number(at)).map_or(place, |line| line.span);
    let (first, last) = (line(place.start).start, line(place.end.max(place.start + 1) - 1).end.max(place.end));
    let (mut start, mut end) = (place.start, place.end);
    for _ in 0..WORDS {
        let before = text[first..start].trim_end();
        start = before.rfind(char::is_whitespace).map_or(first, |at| first + at);
        let after = last - text[end..last].trim_start().len();
        end = text[after..last].find(char::is_whitespace).map_or(last, |at| after + at);
    }
    text[start..end].split_whitespace().collect::<Vec<_>>().join(" ")
}

fn at_places(mut finding: Finding, source: &Source, places: impl Iterator<Item = Span>, text: &str) -> Finding {
    for place in places.take(NAMED) {
        finding = finding.at(source.id(), place, text);
    }
    finding
}
