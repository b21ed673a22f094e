//! Which name belongs to which quote.

use rapporteur_source::Clean;

use super::{By, Chunk, Flow, LONGEST_QUOTE, QuoteDraft, Unit};
use crate::{
    RegionLabel as L,
    context::Context,
    piece::{Begin, End, Piece},
};

/// Why a name may be another's: columns were read apart.
const IN_ORDER: &str = "the name stands apart from the quote, to which it was given by the order of both";

/// Where most names follow their quote without a gap, one behind a gap may belong to another quote: it is set free if
/// others are.
fn detach_distant<'a>(units: &mut Vec<Unit<'a>>) {
    let attached = |gap: bool| move |unit: &&Unit<'a>| matches!(unit, Unit::Quote(QuoteDraft { by: Some(by), .. }) if by.gap == gap);
    let close = units.iter().filter(attached(false)).count();
    let distant = units.iter().filter(attached(true)).count();
    let loose = units.iter().any(|unit| match unit {
        Unit::Quote(quote) => quote.by.is_none() && quote.by_office.is_none(),
        Unit::By(_) => true,
        _ => false,
    });
    if close == 0 || close < distant || !loose {
        return;
    }
    let mut out = Vec::with_capacity(units.len() + distant);
    for unit in units.drain(..) {
        match unit {
            Unit::Quote(mut quote) if quote.by.as_ref().is_some_and(|by| by.gap) => {
                let by = quote.by.take();
                out.push(Unit::Quote(quote));
                out.extend(by.map(Unit::By));
            }
            unit => out.push(unit),
        }
    }
    *units = out;
}

/// A row of quotes over the row of their names, each row read by itself: the first of the names was taken for that of the
/// last quote. Each quote gets its own.
fn pair_rows(units: &mut [Unit<'_>]) {
    let nameless =
        |unit: &Unit<'_>| matches!(unit, Unit::Quote(quote) if quote.by.is_none() && quote.by_office.is_none());
    let named = |unit: &Unit<'_>| matches!(unit, Unit::Quote(QuoteDraft { by: Some(by), .. }) if by.gap);
    let mut at = 0;
    while at < units.len() {
        let quotes = units[at..].iter().take_while(|unit| nameless(unit)).count();
        let names =
            units[at + quotes..].iter().skip(1).take_while(|unit| matches!(unit, Unit::By(by) if by.gap)).count();
        let last = at + quotes;
        if quotes == 0 || names != quotes || !units.get(last).is_some_and(named) {
            at += quotes.max(1);
            continue;
        }
        let mut row: Vec<By<'_>> = Vec::new();
        for unit in &mut units[last..=last + names] {
            match unit {
                Unit::Quote(quote) => row.extend(quote.by.take()),
                Unit::By(by) => row.push(by.clone()),
                _ => {}
            }
        }
        for (unit, by) in units[at..=last].iter_mut().zip(row) {
            if let Unit::Quote(quote) = unit {
                (quote.by, quote.guessed) = (Some(by), Some(IN_ORDER));
            }
        }
        units[last + 1..=last + names].fill(Unit::Break);
        at = last + names + 1;
    }
}

/// Whether names are set before their quotes: more of them have a quote behind them only than before them only.
fn names_come_first(units: &[Unit<'_>]) -> bool {
    let (mut first, mut last) = (0, 0);
    for (at, unit) in units.iter().enumerate() {
        if matches!(unit, Unit::By(_)) {
            let before = at > 0 && matches!(units[at - 1], Unit::Quote(_));
            let after = matches!(units.get(at + 1), Some(Unit::Quote(_)));
            first += usize::from(after && !before);
            last += usize::from(before && !after);
        }
    }
    first > last
}

/// Gives each quote its name and turns unmarked paragraphs before a name into quotes; what is left is running text.
pub(crate) fn settle<'a>(
    units: Vec<Unit<'a>>,
    flow: &mut Flow<'a>,
    pieces: &mut [Piece<'a>],
    columns: bool,
    context: &Context<'a>,
) {
    let marked = units.iter().filter(|unit| matches!(unit, Unit::Quote(_))).count();
    let names = units.iter().filter(|unit| matches!(unit, Unit::By(_))).count();
    let mut units = units;
    if names > marked && !columns {
        unmarked(&mut units, pieces, context);
    }
    pair_rows(&mut units);
    detach_distant(&mut units);
    let first = names_come_first(&units);
    let counts = |wanted: fn(&Unit<'_>) -> bool| units.iter().filter(|unit| wanted(unit)).count();
    let nameless = counts(|unit| matches!(unit, Unit::Quote(quote) if quote.by.is_none() && quote.by_office.is_none()));
    // as many names as quotes, parted from them: columns were read apart, each in its order
    let in_order = nameless > 1 && nameless == counts(|unit| matches!(unit, Unit::By(by) if by.gap));
    let mut slots: Vec<Option<Unit<'a>>> = units.into_iter().map(Some).collect();
    // a name beside a quote without one: on the side where this report sets its names, then on the other
    for backwards in [!first, first] {
        for at in (0..slots.len()).filter(|_| !in_order) {
            if !matches!(&slots[at], Some(Unit::By(_))) {
                continue;
            }
            let beside = if backwards { at.checked_sub(1) } else { Some(at + 1) };
            let free = beside.filter(|&beside| {
                matches!(slots.get(beside), Some(Some(Unit::Quote(quote))) if quote.by.is_none() && quote.by_office.is_none())
            });
            if let Some(beside) = free {
                let by = slots[at].take();
                if let (Some(Unit::By(by)), Some(Unit::Quote(quote))) = (by, &mut slots[beside]) {
                    quote.by = Some(by);
                }
            }
        }
    }
    // the rest in order
    let mut names: std::collections::VecDeque<By<'a>> = slots
        .iter_mut()
        .filter_map(|slot| if matches!(slot, Some(Unit::By(_))) { slot.take() } else { None })
        .filter_map(|unit| if let Unit::By(by) = unit { Some(by) } else { None })
        .collect();
    for unit in slots.into_iter().flatten() {
        match unit {
            Unit::Quote(mut quote) => {
                if quote.by.is_none() && quote.by_office.is_none() {
                    quote.by = names.pop_front();
                    quote.guessed = quote.by.as_ref().map(|_| IN_ORDER);
                }
                flow.quotes.push(quote);
            }
            Unit::Body(chunk) => flow.body.push(chunk),
            Unit::By(_) | Unit::Break => {}
        }
    }
}

/// A paragraph right before a name that no quotation marks claim: a quote set without them.
fn unmarked<'a>(units: &mut [Unit<'a>], pieces: &mut [Piece<'a>], context: &Context<'a>) {
    let full = body_width(pieces);
    for at in 1..units.len() {
        let (before, rest) = units.split_at_mut(at);
        let Unit::By(by) = &rest[0] else { continue };
        let Some(last) = at.checked_sub(1).filter(|&last| matches!(before[last], Unit::Body(_))) else { continue };
        let first = full.map_or(last, |full| first_of_quote(before, full));
        let chunks = before[first..].iter().filter_map(|unit| match unit {
            Unit::Body(chunk) => Some(chunk),
            _ => None,
        });
        let lines: Vec<Clean<'a>> = chunks.flat_map(|chunk| chunk.pieces.iter().cloned()).collect();
        let apart = matches!(&before[first], Unit::Body(chunk) if chunk.apart);
        let text = context.join(&lines).text;
        let begins = Begin::of(&text) != Begin::Lower;
        let corrected = |clean: &Clean<'a>| {
            pieces.iter().any(|piece| piece.passage.is_some() && piece.clean.span() == clean.span())
        };
        if lines.iter().any(corrected) {
            continue;
        }
        if !begins || !apart || !(20..=LONGEST_QUOTE).contains(&text.len()) {
            continue;
        }
        let spans: Vec<_> = lines.iter().map(Clean::span).collect();
        for piece in pieces.iter_mut().filter(|piece| piece.label == Some(L::Body)) {
            let span = piece.clean.span();
            if spans.iter().any(|quoted| quoted.start <= span.start && span.end <= quoted.end) {
                piece.label = Some(L::Quote);
            }
        }
        let quote = QuoteDraft::new(lines, Some(by.clone()));
        before[first..].fill(Unit::Break);
        before[at - 1] = Unit::Quote(quote);
        rest[0] = Unit::Break;
    }
}

/// How wide the lines of running text are, in characters: most of them are nearly full. `None` where they are none, but
/// whole paragraphs.
fn body_width(pieces: &[Piece<'_>]) -> Option<usize> {
    /// A page has no longer lines.
    const LONGEST: usize = 130;
    let lines = pieces.iter().filter(|piece| piece.label == Some(L::Body));
    let mut widths: Vec<usize> = lines.map(|piece| piece.cues.chars).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 3 / 4).copied().filter(|full| *full <= LONGEST)
}

/// The first of the paragraphs that end `units` and are one quote: an extractor that parts every line of larger or narrower
/// type makes paragraphs of them, which go on in each other. Running text is wider.
fn first_of_quote(units: &[Unit<'_>], full: usize) -> usize {
    /// So much of the width of running text the lines of such a quote have at most, in hundredths.
    const NARROW: usize = 85;
    let chunk = |at: usize| match units.get(at) {
        Some(Unit::Body(chunk)) => Some(chunk),
        _ => None,
    };
    let chars = |line: &Clean<'_>| line.text.chars().count();
    let width = |chunk: &Chunk<'_>| chunk.pieces.iter().map(chars).max().unwrap_or_default();
    let mut first = units.len().saturating_sub(1);
    let mut widest = chunk(first).map(width).unwrap_or_default();
    while let Some((before, here)) = first.checked_sub(1).and_then(chunk).zip(chunk(first)) {
        let (Some(last), Some(next)) = (before.pieces.last(), here.pieces.first()) else { break };
        let word = next.text.split_whitespace().next().map_or(0, |word| word.chars().count());
        // a line that a further word would not have fitted into
        let filled = before.pieces.len() == 1 && chars(last) + 1 + word >= widest;
        let goes_on = filled || End::of(&last.text) != End::Stop && Begin::of(&next.text) == Begin::Lower;
        if width(before).max(widest) * 100 > full * NARROW || !goes_on {
            break;
        }
        widest = widest.max(width(before));
        first -= 1;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_given_by_order_are_guessed() {
        let quote = |by| Unit::Quote(QuoteDraft::new(vec![Clean::default()], by));
        let by = |gap| By { person: None, name: vec![Clean::default()], credit: vec![], gap };
        let mut rows = [quote(None), quote(Some(by(true))), Unit::By(by(true))];
        pair_rows(&mut rows);
        let mut own = [quote(None), quote(Some(by(false)))];
        pair_rows(&mut own);
        let guessed = |units: &[Unit<'_>]| -> Vec<bool> {
            let quotes = units.iter().filter_map(|unit| if let Unit::Quote(quote) = unit { Some(quote) } else { None });
            quotes.map(|quote| quote.guessed.is_some()).collect()
        };
        assert_eq!((guessed(&rows), guessed(&own)), (vec![true, true], vec![false, false]));
    }
}
