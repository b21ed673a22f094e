//! The unit of reading: a piece of one line, and what it says by its form.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Bullet, Days, Kind, Lexicon, Phrase, Role, Section, Times};
use rapporteur_source::Clean;

use crate::{RegionLabel, context::Context, grid, layout};

/// A piece of a line: all of it, or one column of it, or one of the things that an extractor ran together on it.
#[derive(Clone, Debug)]
pub(crate) struct Piece<'a> {
    /// 1-based number of the line.
    pub(crate) line: usize,
    /// The text without marks.
    pub(crate) clean: Clean<'a>,
    /// Whether a blank line, a page or a column break stands before it.
    pub(crate) gap: bool,
    /// Whether it is the first of a page, as far as form feeds tell.
    pub(crate) page_start: bool,
    /// The number of its page, from 0, as far as form feeds and page numbers tell.
    pub(crate) page: usize,
    /// What it says by its form.
    pub(crate) cues: Cues,
    /// What it is, once that is known.
    pub(crate) label: Option<RegionLabel>,
    /// What else it is, where an extractor ran several things together.
    pub(crate) also: Vec<RegionLabel>,
    /// The number of the passage that it is in, where a correction says what that is.
    pub(crate) passage: Option<usize>,
    /// Whether it is of a quote that its signature alone tells, which is found before anything else is read.
    pub(crate) signed: bool,
}

/// What a piece says by its form alone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cues {
    /// A label of credits, and where the text after it starts.
    pub(crate) role: Option<(Role, usize)>,
    /// The whole piece is the heading of a part.
    pub(crate) section: Option<Section>,
    /// The whole piece is a kind of session.
    pub(crate) kind: Option<Kind>,
    /// A date stands at its start.
    pub(crate) days: Option<Days>,
    /// A time stands at its start, and where the text after it starts.
    pub(crate) times: Option<(Times, usize)>,
    /// A page reference stands at its start.
    pub(crate) page_reference: bool,
    /// It begins an entry of a list, and where the text of the entry starts.
    pub(crate) bullet: Option<(Bullet, usize)>,
    /// It begins a numbered entry, and where the text of the entry starts.
    pub(crate) number: Option<(usize, usize)>,
    /// A call to action.
    pub(crate) link: bool,
    /// It opens with a quotation mark that is closed by one of these.
    pub(crate) opens: Option<String>,
    /// A name stands at its start.
    pub(crate) name: Option<Range<usize>>,
    /// A name and an office with a bar between them.
    pub(crate) bar: bool,
    /// How it begins.
    pub(crate) begin: Begin,
    /// How it ends.
    pub(crate) end: End,
    /// Its length in characters.
    pub(crate) chars: usize,
    /// Letters are capitals throughout.
    pub(crate) capitals: bool,
}

/// How a text begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Begin {
    /// With a capital.
    Upper,
    /// With a small letter: it goes on from somewhere.
    Lower,
    /// With anything else.
    #[default]
    Other,
}

/// How a text ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// With the end of a sentence.
    Stop,
    /// With a hyphen, in mid-word.
    Hyphen,
    /// In mid-sentence.
    #[default]
    Open,
}

impl<'a> Piece<'a> {
    pub(crate) fn new(line: usize, clean: Clean<'a>, lexicon: &Lexicon) -> Self {
        let cues = Cues::of(&clean, lexicon);
        Self {
            line,
            clean,
            gap: false,
            page_start: false,
            page: 0,
            cues,
            label: None,
            also: Vec::new(),
            passage: None,
            signed: false,
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.clean.text
    }

    /// Whether `next`, a piece behind it, was printed on the same line: an extractor may end no line where a page ends.
    pub(crate) fn shares_line(&self, next: &Self) -> bool {
        self.line == next.line && !next.page_start
    }

    /// Where its text starts behind the sign of a list; 0 where it has none.
    pub(crate) fn entry(&self) -> usize {
        self.cues.bullet.as_ref().map_or(0, |(_, at)| *at)
    }

    /// Whether it is the sign or the number of an entry, alone on its line: `–`, `2.`, `(3)`, `(b)`.
    pub(crate) fn is_lone_sign(&self, lexicon: &Lexicon) -> bool {
        let text = self.text();
        let mut signs = text.chars();
        let sign = |sign: char| lexicon.words.glyphs.bullets.contains(sign) || matches!(sign, '-' | '–' | '—');
        let digits = text.trim_start_matches('(').trim_end_matches(['.', ')']);
        let numbered = digits.len() < text.len() && text.ends_with(['.', ')']);
        matches!((signs.next(), signs.next()), (Some(first), None) if sign(first))
            || numbered && (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
            || grammar::lettered(text).is_some_and(|(rest, _)| rest.is_empty())
    }

    /// Whether it is a person: a name with an office behind it, or a name alone.
    pub(crate) fn is_person(&self, lexicon: &Lexicon) -> bool {
        /// A longer line of capitals is no name, in bytes.
        const LONGEST_NAME: usize = 60;
        let text = &self.text()[self.entry()..];
        grammar::credit(text, lexicon).is_some_and(|credit| {
            !credit.credit.is_empty() || credit.name.end == text.len() && text.len() < LONGEST_NAME
        })
    }

    /// The part of it under `range` of its text, as a piece of its own.
    pub(crate) fn part(&self, range: Range<usize>, lexicon: &Lexicon) -> Self {
        let text = &self.clean.text[range.clone()];
        let lead = text.len() - text.trim_start().len();
        let end = text.trim_end().len().max(lead);
        let mut part = Self::new(self.line, self.clean.slice(range.start + lead..range.start + end), lexicon);
        part.gap = self.gap && range.start == 0;
        part.page_start = self.page_start && range.start == 0;
        part.page = self.page;
        part.passage = self.passage;
        part
    }

    /// Set as a heading by the extractor: Markdown's `#`, or bold throughout.
    pub(crate) fn is_marked(&self) -> bool {
        self.clean.marks.heading > 0 || self.clean.is_bold()
    }
}

impl Cues {
    fn of(clean: &Clean<'_>, lexicon: &Lexicon) -> Self {
        /// A line this long is running text; looking for signs at its start is enough.
        const LONG: usize = 400;
        let text: &str = &clean.text;
        let at = |rest: &str| text.len() - rest.len();
        let mut cues = Self { begin: Begin::of(text), end: End::of(text), ..Self::default() };
        let Some(first) = text.chars().next() else { return cues };
        cues.opens = grammar::opening_quote(text, lexicon).map(|(_, closing)| closing);
        if (!first.is_alphabetic() || grammar::lettered(text).is_some()) && cues.opens.is_none() {
            cues.bullet = grammar::bullet(text, lexicon).ok().map(|(rest, bullet)| (bullet, at(rest)));
            cues.number = grammar::numbering(text, lexicon).ok().map(|(rest, number)| (number, at(rest)));
            cues.times = grammar::times(text, lexicon).ok().map(|(rest, times)| (times, at(rest)));
        }
        cues.link = is_link(text, lexicon);
        cues.page_reference = first.is_alphabetic() && grammar::page_reference(text, lexicon).is_ok();
        if first.is_uppercase() || first.is_ascii_digit() {
            cues.days = grammar::days(text, lexicon).ok().map(|(_, days)| days);
        }
        cues.chars = text.chars().count();
        if first.is_alphabetic() {
            cues.role = grammar::role_label(text, lexicon).ok().map(|(rest, role)| (role, at(rest)));
        }
        if text.len() > LONG {
            return cues;
        }
        // the head of a table of people says of whom its rows are
        if grammar::people_columns(text, lexicon) > 1 {
            cues.role = Some((Role::Speakers, text.len()));
        }
        let heading = heading_text(text, lexicon);
        for phrase in lexicon.phrase(heading) {
            match phrase {
                Phrase::Section(section) => cues.section = cues.section.or(Some(*section)),
                Phrase::Kind(kind) => cues.kind = cues.kind.or(Some(*kind)),
                Phrase::Role(_) | Phrase::Credits(_) => {}
            }
        }
        if cues.kind.is_none() {
            cues.kind = numbered_kind(heading, lexicon);
        }
        let entry = cues.bullet.as_ref().map_or(0, |(_, at)| *at);
        if first.is_alphabetic() || entry > 0 {
            cues.name =
                grammar::name(&text[entry..], lexicon).map(|name| entry + name.name.start..entry + name.name.end);
        }
        cues.bar = cues.name.as_ref().is_some_and(|name| text[name.end..].trim_start().starts_with('|'));
        let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
        cues.capitals = letters.peek().is_some() && letters.all(|c| !c.is_lowercase());
        cues
    }
}

impl Begin {
    pub(crate) fn of(text: &str) -> Self {
        match text.chars().next() {
            Some(c) if c.is_lowercase() => Self::Lower,
            Some(c) if c.is_uppercase() => Self::Upper,
            _ => Self::Other,
        }
    }
}

impl End {
    pub(crate) fn of(text: &str) -> Self {
        // reference numbers and marks may follow the full stop
        let body =
            text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '*' | '_' | '¹' | '²' | '³'));
        let body = if body.ends_with(['.', '!', '?', '”', '"', '’', ')', ']', '…', ':']) { body } else { text };
        let mut rest = body.chars().rev();
        match rest.next() {
            Some('-' | '\u{ad}' | '\u{2010}') if rest.next().is_some_and(char::is_alphanumeric) => Self::Hyphen,
            Some('.' | '!' | '?' | ':' | '…') => Self::Stop,
            Some('”' | '"' | '’' | '»' | '“' | '\'' | ')' | ']') => match rest.next() {
                Some('.' | '!' | '?' | '…') => Self::Stop,
                _ => Self::Open,
            },
            _ => Self::Open,
        }
    }
}

/// A call to action: an arrow and words, or a line that begins with one of its verbs and is no sentence.
fn is_link(text: &str, lexicon: &Lexicon) -> bool {
    let links = &lexicon.words.links;
    let starts = |text: &str, phrases: &[String]| {
        phrases.iter().any(|phrase| {
            text.get(..phrase.len()).is_some_and(|start| start.eq_ignore_ascii_case(phrase))
                && !text[phrase.len()..].starts_with(char::is_alphanumeric)
        })
    };
    if text.len() > 120 {
        return false;
    }
    // an arrow of two letters
    let text = text.trim_start_matches('>').trim_start();
    if let Ok((rest, _)) = grammar::arrow(text, lexicon) {
        return starts(rest, &links.verbs) || (!rest.contains(['|', ',']) && rest.ends_with('!'));
    }
    text.starts_with(char::is_uppercase)
        && starts(text, &links.verbs)
        && text.split_whitespace().count() <= 8
        && !text.ends_with('.')
        && text.len() > 8
        || starts(text, &links.follow)
}

/// A heading without what may stand around its words: a number, a circled number, a part's symbol, a colon, an
/// abbreviation (`SWF venues`, `About ITG`).
pub(crate) fn heading_text<'t>(text: &'t str, lexicon: &Lexicon) -> &'t str {
    let glyphs = &lexicon.words.glyphs;
    let text = text.trim_start_matches(|c: char| {
        glyphs.symbols.contains(c) || glyphs.circled.contains(c) || glyphs.circled_filled.contains(c) || c == ' '
    });
    // the number of a part; `27 Speakers` is a figure
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = if numbered.starts_with(['.', ')']) || !numbered.contains(char::is_lowercase) {
        numbered.trim_start_matches(['.', ')', ' '])
    } else {
        text
    };
    let text = text.trim_end_matches(|c: char| c == ':' || glyphs.arrows.contains(c) || c == ' ');
    if !text.contains(char::is_lowercase) {
        return text;
    }
    let abbreviation = |word: &str| {
        word.len() > 1
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    match (text.split_once(' '), text.rsplit_once(' ')) {
        (Some((first, rest)), _) if abbreviation(first) => rest,
        (_, Some((rest, last))) if abbreviation(last) => rest,
        _ => text,
    }
}

/// The kind that all of `text` names, with its number: `Panel I`, `Panel discussion 2`.
pub(crate) fn numbered_kind(text: &str, lexicon: &Lexicon) -> Option<Kind> {
    grammar::session_kind(text, lexicon).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, kind)| kind)
}

/// `range` of `text` without white space and the given signs around it; `None` where nothing is left.
pub(crate) fn trim(text: &str, range: Range<usize>, before: &[char], after: &[char]) -> Option<Range<usize>> {
    let body = text.get(range.clone())?;
    let start = body.len() - body.trim_start_matches(|c: char| c.is_whitespace() || before.contains(&c)).len();
    let end = body.trim_end_matches(|c: char| c.is_whitespace() || after.contains(&c)).len();
    (start < end).then(|| range.start + start..range.start + end)
}

/// Whether a title goes on behind this line: it ends with a comma, a hyphen, or a word that joins it to another.
pub(crate) fn title_goes_on(text: &str, lexicon: &Lexicon) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let joins = last.chars().all(char::is_lowercase) && (lexicon.is_function_word(last) || lexicon.is_particle(last));
    text.ends_with([',', '-', '\u{ad}']) || !last.is_empty() && joins
}

/// The kind that a phrase names.
pub(crate) fn kind_of(text: &str, lexicon: &Lexicon) -> Option<Kind> {
    lexicon.phrase(text).iter().find_map(|phrase| match phrase {
        Phrase::Kind(kind) => Some(*kind),
        _ => None,
    })
}

/// The pieces of a source in reading order; blank lines are none.
pub(crate) fn pieces<'a>(context: &Context<'a>) -> Vec<Piece<'a>> {
    let Context { source, lexicon, .. } = context;
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    for fragment in grid::card_by_card(&layout::fragments(source), source, lexicon) {
        let mut clean = Clean::with(source.text(), fragment.span, context);
        if let Some(cells) = people_row(&clean.text, lexicon) {
            clean = clean.slice(cells);
        }
        let mut piece = Piece::new(fragment.line, clean, lexicon);
        piece.gap = fragment.gap;
        piece.page_start = fragment.page_start;
        // a fence, a picture: marks only
        if piece.clean.is_empty() || is_rule(piece.text()) {
            piece.label = Some(RegionLabel::Furniture);
        }
        if pieces.last().is_some_and(|last| last.clean.is_empty()) {
            piece.gap = true;
        }
        pieces.push(piece);
    }
    pieces
}

/// A row of a table that names a person, without the bars around it: `| Speaker | Ana Silva | Director |`,
/// `| Ana Silva | Director |`.
fn people_row(text: &str, lexicon: &Lexicon) -> Option<Range<usize>> {
    let (first, rest) = text.strip_prefix('|')?.trim_start_matches(['|', ' ']).split_once('|')?;
    let first = first.trim();
    let labelled = lexicon.phrase(first).iter().any(|phrase| matches!(phrase, Phrase::Role(_)));
    let credited = !rest.trim_matches(['|', ' ']).is_empty() && grammar::is_name(first, lexicon);
    let bars = ['|'];
    (labelled || credited).then(|| trim(text, 0..text.len(), &bars, &bars)).flatten()
}

/// The rule under the head of a table, or a row of empty cells.
fn is_rule(text: &str) -> bool {
    text.starts_with('|') && text.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '))
}

/// The first piece in `from..end` that is no furniture, unless something has read it already.
pub(crate) fn next_free(pieces: &[Piece<'_>], from: usize, end: usize) -> Option<usize> {
    (from..end).find(|&at| pieces[at].label != Some(RegionLabel::Furniture)).filter(|&at| pieces[at].label.is_none())
}
