//! The speakers section: cards with a name and an office, in lists, grids and blocks.

use std::ops::Range;

use rapporteur_grammar as grammar;
use rapporteur_source::Clean;

use crate::{
    RegionLabel as L,
    context::Context,
    credits::is_office_line,
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
    for at in range {
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
        let starts = piece.gap || !open || entry > 0 || piece.cues.bar;
        if let Some(card) = card(piece, entry, starts, people, context) {
            cards.push(card);
            pieces[at].label = Some(L::Person);
            open = true;
            continue;
        }
        let sentence = piece.cues.end == End::Stop && piece.cues.chars > 80;
        let bare = || cards.last().is_some_and(|card| card.credit.is_empty()) && piece.cues.chars < 160;
        // the cells of a row may stand apart
        let office = !piece.gap || bare() || is_office_line(piece, lexicon);
        if open && office && !sentence && piece.cues.section.is_none() && !text.is_empty() {
            let bare = piece.cues.begin != Begin::Other || text.starts_with(|c: char| c.is_ascii_digit());
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
