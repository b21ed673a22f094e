//! What belongs together on both sides of the page.

use rapporteur_source::{Source, Span};

/// Why a place of a text stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Look {
    /// A value was read there.
    Value,
    /// What was read there bears a value that is not printed.
    Inferred,
    /// What is printed there was corrected.
    Corrected,
    /// A finding is about it.
    Advice,
    /// A finding of severity warning is about it.
    Warning,
    /// A finding of severity error is about it.
    Error,
}

impl Look {
    /// The class of the style sheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Inferred => "inferred",
            Self::Corrected => "corrected",
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One place of a mark in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The number of the mark, which the value or finding beside the text carries too.
    pub(crate) mark: usize,
    /// Which of the mark's places it is, counted from 0.
    pub(crate) nth: usize,
    /// The bytes.
    pub(crate) span: Span,
    /// Why it stands out.
    pub(crate) look: Look,
}

/// The marks of all values and findings, numbered as they are added.
#[derive(Debug)]
pub(crate) struct Marks<'a> {
    sources: &'a [Source],
    places: Vec<Vec<Place>>,
    count: usize,
}

/// A mark that was added: its number and where its places are.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    /// The number.
    pub(crate) number: usize,
    /// How many places it has.
    pub(crate) places: usize,
    /// The address of the first line of the first place.
    pub(crate) href: String,
    /// Where the places are, short: `597–600`, `12 +2`.
    pub(crate) at: String,
    /// The same in words.
    pub(crate) in_words: String,
}

impl<'a> Marks<'a> {
    pub(crate) fn new(sources: &'a [Source]) -> Self {
        Self { sources, places: vec![Vec::new(); sources.len()], count: 0 }
    }

    /// Adds a mark; `None` where none of its places is in a text of this page.
    pub(crate) fn add<'p>(
        &mut self,
        places: impl Iterator<Item = (&'p str, usize, usize)>,
        look: Look,
    ) -> Option<Mark> {
        let number = self.count;
        let mut first = None;
        let mut nth = 0;
        for (id, start, end) in places {
            let Some(index) = self.sources.iter().position(|source| source.id() == id) else { continue };
            let span = self.sources[index].clamp(start, end);
            first.get_or_insert((index, span));
            self.places[index].push(Place { mark: number, nth, span: seen(&self.sources[index], span), look });
            nth += 1;
        }
        let (index, span) = first?;
        self.count += 1;
        Some(self.told(number, nth, index, span))
    }

    fn told(&self, number: usize, places: usize, index: usize, span: Span) -> Mark {
        let source = &self.sources[index];
        let (first, last) = lines(source, span);
        let lines = if first == last { first.to_string() } else { format!("{first}–{last}") };
        let name = if index == 0 { String::new() } else { format!("{} ", source.id()) };
        let (more, more_in_words) = match places - 1 {
            0 => (String::new(), String::new()),
            1 => (" +1".to_owned(), " and 1 more place".to_owned()),
            more => (format!(" +{more}"), format!(" and {more} more places")),
        };
        let noun = if first == last { "line" } else { "lines" };
        Mark {
            number,
            places,
            href: format!("#{}", line_id(source.id(), first)),
            at: format!("{name}{lines}{more}"),
            in_words: format!("{name}{noun} {lines}{more_in_words}"),
        }
    }

    /// The places in the source at `index`, in no order.
    pub(crate) fn places(&self, index: usize) -> &[Place] {
        &self.places[index]
    }
}

/// The lines that a span touches, 1-based.
pub(crate) fn lines(source: &Source, span: Span) -> (usize, usize) {
    (source.line_number(span.start), source.line_number(span.end.saturating_sub(1).max(span.start)))
}

/// The id of a line on the page.
pub(crate) fn line_id(source: &str, number: usize) -> String {
    format!("line-{source}-{number}")
}

/// An empty span is on the letter that it stands before.
fn seen(source: &Source, span: Span) -> Span {
    if !span.is_empty() {
        return span;
    }
    let after = source.text()[span.start..].chars().next().map_or(0, char::len_utf8);
    Span::new(span.start, span.start + after)
}
