//! The speakers section: cards with a name and an office, in lists, grids and blocks.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Lexicon};
use rapporteur_source::Clean;

use crate::{
    RegionLabel as L,
    context::Context,
    credits::{ends_open, is_office_line, is_organisation_below, says_office},
    people::People,
    piece::{Begin, End, Piece},
};

/// One card: the name with its honorific, and the lines of the office.
#[derive(Clone, Debug)]
pub(crate) struct Card<'a> {
    pub(crate) honorific: Option<Clean<'a>>,
    /// The name, on one line or two.
    pub(crate) name: Vec<Clean<'a>>,
    pub(crate) credit: Vec<Clean<'a>>,
}

/// Reads the cards of a part and labels their pieces; what is no card stays unlabelled.
pub(crate) fn read<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    people: &People,
    context: &Context<'a>,
) -> Vec<Card<'a>> {
    let lexicon = context.lexicon;
    let mut cards: Vec<Card<'a>> = Vec::new();
    let mut open = false;
    let list = List::of(&pieces[range.clone()], lexicon);
    for at in range.clone() {
        let piece = &pieces[at];
        if piece.label.is_some() {
            continue;
        }
        if piece.cues.link || piece.cues.chars > 300 || is_photo_credit(piece.text(), context) {
            open = false;
            continue;
        }
        let entry = piece.entry();
        let text = &piece.text()[entry..];
        // a name that goes on in the next line, as it stands elsewhere on one
        if let (true, Some(card)) = (open && !piece.gap, cards.last_mut()) {
            let alone = card.credit.is_empty() && !text.contains([' ', ',']) && piece.cues.begin == Begin::Upper;
            let last = card.name.last().and_then(|name| name.text.split_whitespace().next_back().map(str::to_owned));
            if alone
                && last.is_some_and(|last| {
                    context.follows(&last, text) && grammar::is_name(&format!("{last} {text}"), lexicon)
                })
            {
                card.name.push(piece.clean.clone());
                pieces[at].label = Some(L::Person);
                continue;
            }
        }
        // a line that a sign begins goes on with the one above
        let on = text.starts_with([',', ';', ')']);
        let full = || at > range.start && list.is_full(&pieces[at - 1], piece);
        let alone = || cards.last().is_some_and(|card| !card.credit.is_empty()) && is_over_office(pieces, at, lexicon);
        let apart = piece.gap && !on || !open || entry > 0 || piece.cues.bar;
        let starts = apart || !ends_open(pieces[at - 1].text()) && (list.begins(text, full, lexicon) || alone());
        // the organisation may look like a name; a gap parts it from the office only where one parts that from its name
        let below = open
            && !list.is_row_by_row
            && (!piece.gap || pieces[at - 1].gap)
            && cards.last().is_some_and(|card| !card.credit.is_empty())
            && is_organisation_below(piece, pieces.get(at + 1), people, lexicon);
        let begins = !below && list.may_begin(piece, people, lexicon);
        if let Some(card) = card(piece, entry, starts, people, context).filter(|_| begins) {
            cards.push(card);
            pieces[at].label = Some(L::Person);
            open = true;
            continue;
        }
        let sentence = piece.cues.end == End::Stop && piece.cues.chars > 80;
        let bare = || cards.last().is_some_and(|card| card.credit.is_empty()) && piece.cues.chars < 160;
        // the cells of a row may stand apart
        let broken = || list.is_barred && at > range.start && (pieces[at - 1].cues.end == End::Hyphen || full());
        let office = !piece.gap || below || bare() || is_office_line(piece, lexicon) || broken();
        if open && office && !sentence && piece.cues.section.is_none() && !text.is_empty() {
            let bare = on || piece.cues.begin != Begin::Other || text.starts_with(|c: char| c.is_ascii_digit());
            if let (Some(card), true) = (cards.last_mut(), bare) {
                card.credit.push(piece.clean.clone());
                pieces[at].label = Some(L::Person);
            }
        } else if piece.gap {
            open = false;
        }
    }
    cards
}

/// The form of a list of people that has a line or more for each, with no gaps between them.
struct List {
    /// Whether the office stands behind the name, on its line.
    is_inline: bool,
    /// Whether a bar parts the office from the name: a line without one is the rest of an office.
    is_barred: bool,
    /// Whether names stand below names, as in the rows of a grid.
    is_row_by_row: bool,
    /// The longest line, in characters.
    width: usize,
}

impl List {
    fn of(pieces: &[Piece<'_>], lexicon: &Lexicon) -> Self {
        /// A longer line is running text, in characters.
        const TEXT: usize = 200;
        let lines = || pieces.iter().filter(|piece| piece.label.is_none() && piece.cues.chars <= TEXT);
        let named = |piece: &&Piece<'_>| office_behind(&piece.text()[piece.entry()..], lexicon);
        let bare = |piece: &&Piece<'_>| grammar::is_name(piece.text(), lexicon);
        let inline = lines().filter(named).count();
        let names = lines().filter(bare).count();
        let bars = lines().filter(|piece| piece.cues.bar).count();
        let pairs = pieces.windows(2).filter(|pair| pair.iter().all(|piece| bare(&piece))).count();
        Self {
            is_row_by_row: pairs * 3 > names,
            is_inline: inline > 2 && inline > names,
            is_barred: bars > 2 && bars > 2 * names,
            width: lines().map(|piece| piece.cues.chars).max().unwrap_or_default(),
        }
    }

    /// Whether `before` has no room for the first word of `piece`.
    fn is_full(&self, before: &Piece<'_>, piece: &Piece<'_>) -> bool {
        let word = piece.text().split_whitespace().next().map_or(0, |word| word.chars().count());
        before.cues.chars + 1 + word > self.width
    }

    /// Whether a person may begin on a line: in a list with bars, one does that has a bar, or that is known by name.
    fn may_begin(&self, piece: &Piece<'_>, people: &People, lexicon: &Lexicon) -> bool {
        !self.is_barred || piece.text().contains('|') || people.whole(piece.text(), lexicon).is_some()
    }

    /// Whether a person begins on a line that may be the rest of the line before, if that is `full`.
    fn begins(&self, text: &str, full: impl Fn() -> bool, lexicon: &Lexicon) -> bool {
        self.is_inline
            && (office_behind(text, lexicon)
                || grammar::credit(text, lexicon).is_some_and(|credit| says_office(&text[credit.credit], lexicon))
                    && !full())
    }
}

/// `name [ sign ] office-word …`
fn office_behind(text: &str, lexicon: &Lexicon) -> bool {
    grammar::name(text, lexicon).is_some_and(|name| begins_office(&text[name.name.end..], lexicon))
}

fn begins_office(text: &str, lexicon: &Lexicon) -> bool {
    let text = text.trim_start_matches([' ', ',', '|', '(', '–', '—']);
    text.split([' ', ',']).next().is_some_and(|word| lexicon.is_office(word))
}

/// Whether a name stands alone on a line, and an office on the next.
fn is_over_office(pieces: &[Piece<'_>], at: usize, lexicon: &Lexicon) -> bool {
    grammar::is_name(pieces[at].text(), lexicon)
        && pieces.get(at + 1).is_some_and(|next| next.label.is_none() && says_office(next.text(), lexicon))
}

/// The card that begins on this line.
fn card<'a>(piece: &Piece<'a>, entry: usize, starts: bool, people: &People, context: &Context<'a>) -> Option<Card<'a>> {
    let lexicon = context.lexicon;
    let text = &piece.text()[entry..];
    let found = people.find_all(text.get(..text.len().min(80)).unwrap_or(text)).into_iter().next().filter(|found| {
        let lead = text[..found.range.start].trim();
        lead.is_empty() || lead.split_whitespace().all(|word| lexicon.is_honorific(word))
    });
    let credit = match found {
        Some(found) => grammar::credit_of(text, found.range, lexicon),
        None => {
            let name = grammar::name(text, lexicon)?;
            let rest = text[name.name.end..].trim_start();
            // without a separator, an office must follow: a card has its parts on lines, or run together
            let office =
                rest.split_whitespace().next().is_some_and(|word| lexicon.is_office(word.trim_end_matches(',')));
            let separated = rest.starts_with([',', '|', '(', '–', '—']);
            if !(rest.is_empty() || separated && (starts || piece.cues.bar) || office && starts) {
                return None;
            }
            // a name on the second line of an office is none
            if !starts && !piece.is_marked() && rest.is_empty() && text.split_whitespace().count() < 2 {
                return None;
            }
            if !starts && rest.is_empty() && people.whole(text, lexicon).is_none() {
                return None;
            }
            grammar::credit_of(text, name.name, lexicon)
        }
    };
    let part =
        |range: Range<usize>| (!range.is_empty()).then(|| piece.clean.slice(entry + range.start..entry + range.end));
    let lead = text[..credit.name.start].trim_end();
    let honorific_start = lead.len() - lead.trim_start().len();
    Some(Card {
        honorific: part(honorific_start..lead.len()),
        name: vec![part(credit.name.clone())?],
        credit: part(credit.credit).into_iter().collect(),
    })
}

/// `Photos: Ana Silva © Agency, …`
pub(crate) fn is_photo_credit(text: &str, context: &Context<'_>) -> bool {
    let head = text.split([':', ' ']).next().unwrap_or_default();
    let listed = context.lexicon.words.credits.other.iter().any(|known| {
        text.len() > known.len() + 1
            && text.is_char_boundary(known.len())
            && text[..known.len()].eq_ignore_ascii_case(known)
            && text[known.len()..].starts_with(':')
    });
    !head.is_empty() && listed && (text.contains('©') || text.contains('@') || text.len() < 120)
        || text.matches('©').count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_source::Source;

    #[test]
    fn where_bars_part_offices_from_names_other_lines_go_on() {
        let text = "Ana Silva | Senior Agronomist, International Soil\n\nHarbour Friends\n\nBo Lind | Head, Water Fo-\n\n\
                    rum\n\nCem Ak | Chair, Mud Institute\n\nDee Fox | Minister, Harbour Board\n";
        let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
        let context = Context::new(&source, &lexicon);
        let mut pieces = crate::piece::pieces(&context);
        let range = 0..pieces.len();
        let cards = read(&mut pieces, range, &People::default(), &context);
        let card = |card: &Card<'_>| format!("{}/{}", context.join(&card.name).text, context.join(&card.credit).text);
        assert_eq!(
            cards.iter().map(card).collect::<Vec<_>>(),
            [
                "Ana Silva/Senior Agronomist, International Soil Harbour Friends",
                "Bo Lind/Head, Water Forum",
                "Cem Ak/Chair, Mud Institute",
                "Dee Fox/Minister, Harbour Board"
            ]
        );
    }
}
