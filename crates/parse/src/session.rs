//! One session: credits, quotes, running text, conclusions, told apart piece by piece.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Section};
use rapporteur_source::Clean;

use crate::{
    RegionLabel as L,
    context::Context,
    furniture,
    people::People,
    piece::{Begin, End, Piece, next_free},
};

mod by;
mod captions;
mod passages;
mod quotes;
mod set_apart;
mod settle;

use self::quotes::{LONGEST_QUOTE, narrow_runs};
use self::set_apart::line_length;

pub(crate) use self::passages::{lines_of, unquoted, without_sign};
pub(crate) use self::quotes::{full_width, narrow};
pub(crate) use self::settle::settle;

/// A pull quote.
#[derive(Clone, Debug)]
pub(crate) struct QuoteDraft<'a> {
    /// Its text without quotation marks.
    pub(crate) text: Vec<Clean<'a>>,
    /// Who said it, as far as that is printed.
    pub(crate) by: Option<By<'a>>,
    /// The office alone is printed: whose it is, and where it stands.
    pub(crate) by_office: Option<(usize, Clean<'a>)>,
    /// Why its name may be that of another quote, where it does not stand at it.
    pub(crate) guessed: Option<&'static str>,
}

impl<'a> QuoteDraft<'a> {
    /// A quote, and who said it if that is printed at it.
    pub(crate) fn new(text: Vec<Clean<'a>>, by: Option<By<'a>>) -> Self {
        Self { text, by, by_office: None, guessed: None }
    }
}

/// The name and office at a quote.
#[derive(Clone, Debug)]
pub(crate) struct By<'a> {
    pub(crate) person: Option<usize>,
    /// The name, on one line or over two.
    pub(crate) name: Vec<Clean<'a>>,
    pub(crate) credit: Vec<Clean<'a>>,
    /// Whether a gap stands before it.
    pub(crate) gap: bool,
}

/// A post from a social network.
#[derive(Clone, Debug)]
pub(crate) struct PostDraft<'a> {
    pub(crate) handle: Clean<'a>,
    pub(crate) date: Option<(jiff::civil::Date, Clean<'a>)>,
    pub(crate) text: Vec<Clean<'a>>,
}

/// A paragraph, or what a break left of it.
#[derive(Clone, Debug)]
pub(crate) struct Chunk<'a> {
    pub(crate) pieces: Vec<Clean<'a>>,
    /// Whether it may begin anew: it stands apart from what precedes it.
    pub(crate) apart: bool,
    /// Whether something else stands between it and the running text before it: a quote, a picture, the end of a page.
    pub(crate) interrupted: bool,
    /// The number of the page that it begins on.
    pub(crate) page: usize,
}

/// What stands in a session, in the order of the text.
#[derive(Clone, Debug)]
pub(crate) enum Unit<'a> {
    Quote(QuoteDraft<'a>),
    By(By<'a>),
    Body(Chunk<'a>),
    /// Anything that parts what stands before it from what stands after it.
    Break,
}

/// What was read of one session.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow<'a> {
    pub(crate) quotes: Vec<QuoteDraft<'a>>,
    pub(crate) body: Vec<Chunk<'a>>,
    pub(crate) conclusions: Vec<Vec<Clean<'a>>>,
    pub(crate) links: Vec<Clean<'a>>,
    pub(crate) posts: Vec<PostDraft<'a>>,
    pub(crate) captions: Vec<Vec<Clean<'a>>>,
    /// The passages of corrections that were read.
    pub(crate) passages: Vec<usize>,
}

/// Reads what follows the credits: quotes, running text, conclusions and the rest; and whether quotes stand in a column of
/// their own.
pub(crate) fn flow<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    people: &People,
    context: &Context<'a>,
) -> (Vec<Unit<'a>>, Flow<'a>, bool) {
    let mut reader = Reader {
        narrow: narrow_runs(pieces, range.clone()),
        line_length: line_length(pieces, range.clone()),
        pieces,
        end: range.end,
        people,
        context,
        units: Vec::new(),
        flow: Flow::default(),
        concluding: false,
    };
    let mut at = range.start;
    while at < range.end {
        at = reader.step(at);
    }
    let columns = !reader.narrow.is_empty();
    (reader.units, reader.flow, columns)
}

struct Reader<'p, 'a> {
    pieces: &'p mut [Piece<'a>],
    end: usize,
    people: &'p People,
    context: &'p Context<'a>,
    units: Vec<Unit<'a>>,
    flow: Flow<'a>,
    /// Under the heading of the conclusions.
    concluding: bool,
    narrow: Vec<Range<usize>>,
    /// Of running text, in characters.
    line_length: usize,
}

impl<'a> Reader<'_, 'a> {
    /// Reads what stands at `at`; returns where the next thing stands.
    fn step(&mut self, at: usize) -> usize {
        if let Some(next) = self.passage(at) {
            return next;
        }
        if let Some(next) = self.signed(at) {
            return next;
        }
        let piece = &self.pieces[at];
        if piece.label.is_some() {
            if !matches!(piece.label, Some(L::Furniture | L::Cover)) {
                self.units.push(Unit::Break);
            }
            return at + 1;
        }
        let text = piece.text();
        if piece.cues.link {
            self.flow.links.push(self.link_text(at));
            self.pieces[at].label = Some(L::Link);
            return at + 1;
        }
        let sign = self.concluding && piece.is_lone_sign(self.context.lexicon);
        if sign || furniture::is_page_number(text) || piece.cues.chars <= 2 && !text.chars().all(char::is_alphanumeric)
        {
            self.pieces[at].label = Some(L::Furniture);
            return at + 1;
        }
        if let Some(next) = self.post(at) {
            return next;
        }
        let piece = &self.pieces[at];
        let listed = || {
            self.pieces.get(at + 1).is_some_and(|next| {
                next.cues.bullet.is_some()
                    || matches!(next.cues.number, Some((1, _)))
                    || next.is_lone_sign(self.context.lexicon)
            })
        };
        if piece.cues.section == Some(Section::Conclusions)
            && (piece.gap || piece.is_marked() || piece.cues.capitals || listed())
        {
            self.concluding = true;
            self.pieces[at].label = Some(L::Heading);
            self.units.push(Unit::Break);
            return at + 1;
        }
        if let Some(run) = self.narrow.iter().find(|run| run.start == at).cloned()
            && let Some(next) = self.narrow_quote(run)
        {
            return next;
        }
        if let Some(next) = self.quote(at) {
            return next;
        }
        if let Some(next) = self.caption_shown(at) {
            return next;
        }
        if let Some((by, next)) = self.by(at, false) {
            if let Some(next) = self.quote_beside(at, next, &by) {
                return next;
            }
            self.units.push(Unit::By(by));
            return next;
        }
        if let Some(next) = self.office_apart(at) {
            return next;
        }
        if self.concluding
            && let Some(next) = self.conclusion(at)
        {
            return next;
        }
        if let Some(next) = self.caption(at) {
            return next;
        }
        if self.is_heading(at) {
            self.pieces[at].label = Some(L::Heading);
            return at + 1;
        }
        self.body(at);
        at + 1
    }

    /// A line of running text.
    fn body(&mut self, at: usize) {
        let piece = &self.pieces[at];
        let apart = piece.gap
            || at == 0
            || self.pieces[at - 1].label.is_some_and(|label| label != L::Body)
            || self.begins_paragraph(at);
        let interrupted = piece.page_start || at == 0 || self.pieces[at - 1].label != Some(L::Body);
        let (clean, page) = (piece.clean.clone(), piece.page);
        match self.units.last_mut() {
            Some(Unit::Body(chunk)) if !apart => chunk.pieces.push(clean),
            _ => self.units.push(Unit::Body(Chunk { pieces: vec![clean], apart, interrupted, page })),
        }
        self.pieces[at].label = Some(L::Body);
    }

    fn link_text(&self, at: usize) -> Clean<'a> {
        let clean = &self.pieces[at].clean;
        let lead =
            grammar::arrow(&clean.text, self.context.lexicon).map_or(0, |(rest, _)| clean.text.len() - rest.len());
        clean.slice(lead..clean.text.len())
    }

    /// A heading inside a session: set as one by the extractor, or in capitals, and short.
    fn is_heading(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let marked = piece.is_marked() || piece.cues.capitals && piece.gap && piece.cues.chars > 5;
        let shape = piece.cues.chars <= 140 && piece.cues.begin != Begin::Lower && !piece.text().ends_with(['.', ',']);
        let before_open = self.open_body();
        marked && shape && !(before_open && piece.clean.marks.heading == 0 && !piece.cues.capitals)
    }

    /// Whether the running text so far stops in mid-sentence.
    fn open_body(&self) -> bool {
        self.units
            .iter()
            .rev()
            .find_map(|unit| match unit {
                Unit::Body(chunk) => Some(chunk.pieces.last().is_some_and(|piece| End::of(&piece.text) != End::Stop)),
                _ => None,
            })
            .unwrap_or(false)
    }

    /// A paragraph begins with no gap before it where the line before ended one: a sentence ends there, and the next
    /// word would still have fitted; or the line is indented.
    fn begins_paragraph(&self, at: usize) -> bool {
        let (before, piece) = (&self.pieces[at - 1], &self.pieces[at]);
        if before.cues.end != End::Stop || piece.cues.begin == Begin::Lower {
            return false;
        }
        if piece.clean.marks.indent > before.clean.marks.indent + 1 {
            return true;
        }
        let from = (0..at).rev().find(|&from| self.pieces[from].gap).unwrap_or(0);
        let to = (at + 1..self.end).find(|&to| self.pieces[to].gap).unwrap_or(self.end);
        let width =
            self.pieces[from.max(at.saturating_sub(30))..to.min(at + 30)].iter().map(|piece| piece.cues.chars).max();
        let word = piece.text().split_whitespace().next().map_or(0, |word| word.chars().count());
        before.cues.chars + 1 + word + 2 < width.unwrap_or_default()
    }

    /// `@name`, a date, and the text of the post.
    fn post(&mut self, at: usize) -> Option<usize> {
        let text = self.pieces[at].text();
        let (rest, _) = grammar::handle(text.trim_start_matches(|c: char| c != '@' && !c.is_alphanumeric())).ok()?;
        let handle_end = text.len() - rest.len();
        let handle_start = text.find('@')?;
        let mut next = at + 1;
        let mut date = None;
        if rest.trim().is_empty() {
            let here = next_free(self.pieces, next, self.end)?;
            if let Some(days) = self.pieces[here].cues.days {
                date = Some((days.first, self.pieces[here].clean.clone()));
                next = here + 1;
            }
        } else if let Ok((after, days)) =
            grammar::days(rest.trim_start_matches([' ', '·', '|', ',', '-']), self.context.lexicon)
        {
            if !after.trim().is_empty() {
                return None;
            }
            date = Some((days.first, self.pieces[at].clean.slice(handle_end..text.len())));
        }
        // a handle in running text has no date behind it
        date.as_ref()?;
        let handle = self.pieces[at].clean.slice(handle_start..handle_end);
        for here in at..next {
            if self.pieces[here].label.is_none() {
                self.pieces[here].label = Some(L::Social);
            }
        }
        let mut lines = Vec::new();
        let mut here = next_free(self.pieces, next, self.end).unwrap_or(self.end);
        let is_handle = |at: usize| grammar::handle(self.pieces[at].text()).is_ok_and(|(rest, _)| rest.is_empty());
        while here < self.end
            && self.pieces[here].label.is_none()
            && (lines.is_empty() || !self.pieces[here].gap && !is_handle(here))
        {
            lines.push(self.pieces[here].clean.clone());
            here += 1;
        }
        for piece in self.pieces[next..here].iter_mut().filter(|piece| piece.label.is_none()) {
            piece.label = Some(L::Social);
        }
        self.flow.posts.push(PostDraft { handle, date, text: lines });
        Some(here)
    }

    /// A bullet of the conclusions, over breaks.
    fn conclusion(&mut self, at: usize) -> Option<usize> {
        let piece = &self.pieces[at];
        // the sign may stand on a line of its own
        let signed = at > 0 && self.pieces[at - 1].is_lone_sign(self.context.lexicon);
        let entry = piece.cues.bullet.as_ref().map(|(_, at)| *at).or(piece.cues.number.map(|(_, at)| at));
        let entry = entry.or(signed.then_some(0));
        let clean = piece.clean.slice(entry.unwrap_or(0)..piece.text().len());
        let open = self
            .flow
            .conclusions
            .last()
            .and_then(|last| last.last())
            .is_some_and(|last| End::of(&last.text) != End::Stop);
        // a quote set between two parts of a bullet: a name follows it
        let quoted = piece.gap
            && piece.cues.begin == Begin::Upper
            && next_free(self.pieces, at + 1, self.end)
                .is_some_and(|next| self.people.whole(self.pieces[next].text(), self.context.lexicon).is_some());
        if entry.is_none() && quoted {
            return None;
        }
        match entry {
            Some(_) => self.flow.conclusions.push(vec![clean]),
            None if open || !piece.gap && !self.begins_paragraph(at) => self.flow.conclusions.last_mut()?.push(clean),
            None => return None,
        }
        self.pieces[at].label = Some(L::Conclusion);
        Some(at + 1)
    }
}

#[cfg(test)]
mod tests {
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    /// The quotes of a text: whose each is, and how it begins; and the conclusions of the first session.
    fn said(text: &str) -> (Vec<String>, Vec<String>) {
        let source = Source::new("s", "s", text.into());
        let document = crate::read(&[source], &Lexicon::embedded()).document;
        let speaker = |id: &Option<String>| id.clone().unwrap_or_default();
        let first = |text: &str| text.split(' ').take(3).collect::<Vec<_>>().join(" ");
        let quotes = document.quotes.iter().map(|quote| format!("{}: {}", speaker(&quote.speaker), first(&quote.text)));
        (quotes.collect(), document.sessions[0].conclusions.clone())
    }

    #[test]
    fn quotes_and_conclusions_of_every_form() {
        let text = "Panel · 09:30–10:15\nRivers in \
                    focus\nSpeakers: Ana Silva, Director, Water Agency; Bo de Lindqvist Marr, Head, Harbour Board\nThe panel \
                    looked at rivers under the heading\n\"Old Rivers, New Rules,\"\nand at those who live beside them, in the \
                    light of new data.\n“Ask the\nships. They\nhave been\nwaiting.”\nBo de Lindqvist\nMarr\n“Nobody asks\nthe \
                    tide to\nexplain.”\nAna Sil\u{ad}\nva\nMore text about rivers and about those who live beside them stood \
                    here.\nConclusions\n(a)\nRivers need a seat at the table.\n(b)\nHarbours need rules that last, and\nsomebody \
                    to keep them.\n(c) Ships need time.\n";
        let (quotes, conclusions) = said(text);
        assert_eq!(quotes, ["bo-de-lindqvist-marr: Ask the ships.", "ana-silva: Nobody asks the"]);
        assert_eq!(
            conclusions,
            [
                "Rivers need a seat at the table.",
                "Harbours need rules that last, and somebody to keep them.",
                "Ships need time."
            ]
        );
    }

    #[test]
    fn quotes_without_marks_whose_lines_stand_apart() {
        let text = "Panel · 09:30–10:15\n\nRivers in focus\n\nSpeakers\nAna Silva — Director, Water Agency\nBo Li — Head, Harbour \
                    Board\n\nThe panel looked at rivers, and at those who live beside them, in the light of new data that the\nagency \
                    had gathered, and at what the harbours would have to do before the ice comes back in autumn.\n\nAsk the ships, \
                    since they have been waiting for us for longer\n\nthan we have. Nobody has ever asked a ship what it wants to do.\n\n\
                    It would be a start.\n\nANA SILVA\n\nIt was also said that the rules are old, and that nobody who lives \
                    beside the river knows them by heart,\nthough they are read out once a year in the hall of the harbour board, with \
                    all windows open.\n";
        let (quotes, _) = said(text);
        assert_eq!(quotes, ["ana-silva: Ask the ships,"]);
    }
}
