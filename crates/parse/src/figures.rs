//! Figures: numbers and what they count, on a line, one over the other, or in the rows of a grid.

use std::collections::BTreeMap;
use std::ops::Range;

use rapporteur_grammar::{self as grammar, Section};
use rapporteur_source::{Clean, fold};

use crate::{
    RegionLabel as L,
    context::Context,
    furniture,
    piece::{Begin, End, Piece, trim},
};

/// A number and what it counts.
#[derive(Clone, Debug)]
pub(crate) struct FigureDraft<'a> {
    pub(crate) value: Vec<Clean<'a>>,
    pub(crate) label: Vec<Clean<'a>>,
}

/// What one line or block says of a figure: its number, its label, or both.
#[derive(Clone, Debug, Default)]
struct Cell<'a> {
    value: Vec<Clean<'a>>,
    label: Vec<Clean<'a>>,
    /// The pieces that it stands on.
    pieces: Vec<usize>,
}

impl Cell<'_> {
    fn is_value(&self) -> bool {
        self.label.is_empty()
    }

    fn is_label(&self) -> bool {
        self.value.is_empty()
    }
}

/// Numbers with their labels, and the captions of pictures beside them. A number that nothing names stays unread.
pub(crate) fn read<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    context: &Context<'a>,
) -> (Vec<FigureDraft<'a>>, Vec<Vec<Clean<'a>>>) {
    let figures = numbers(pieces, range.clone(), context);
    let captions = captions(pieces, range, &figures, context);
    (figures, captions)
}

/// Captions, where figures stand over them: blocks that say who does what, and phrases too long for what a number counts.
fn captions<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    figures: &[FigureDraft<'a>],
    context: &Context<'a>,
) -> Vec<Vec<Clean<'a>>> {
    /// Fewer figures say little of where they end.
    const FEWEST: usize = 3;
    /// A caption has so many words at least.
    const WORDS: usize = 6;
    let spans = figures.iter().flat_map(|figure| figure.value.iter().chain(&figure.label)).map(Clean::span);
    let Some(last) = spans.map(|span| span.end).max() else { return Vec::new() };
    let mut captions: Vec<Vec<Clean<'a>>> = Vec::new();
    let below = range.clone().find(|&at| pieces[at].clean.span().start >= last).unwrap_or(range.end);
    let mut start = below;
    while start < range.end {
        let more = (start + 1..range.end).take_while(|&at| !pieces[at].gap && pieces[at].label == pieces[start].label);
        let block = start..start + 1 + more.count();
        start = block.end;
        let lines: Vec<Clean<'a>> = pieces[block.clone()].iter().map(|piece| piece.clean.clone()).collect();
        let free = matches!(pieces[block.start].label, None | Some(L::Figure));
        if free && grammar::depicts(&context.join(&lines).text, context.lexicon) {
            pieces[block].iter_mut().for_each(|piece| piece.label = Some(L::Caption));
            captions.push(lines);
        }
    }
    if figures.len() < FEWEST {
        return captions;
    }
    let mut open = false;
    for piece in &mut pieces[below..range.end] {
        let figure = piece.label == Some(L::Figure);
        let begins = piece.cues.begin == Begin::Upper
            && piece.text().split_whitespace().count() >= WORDS
            && piece.cues.end == End::Open
            && piece.cues.section.is_none();
        let goes_on = open && !piece.gap && piece.cues.begin == Begin::Lower;
        open = figure && (begins || goes_on);
        match captions.last_mut().filter(|_| goes_on) {
            _ if !open => continue,
            Some(caption) => caption.push(piece.clean.clone()),
            None => captions.push(vec![piece.clean.clone()]),
        }
        piece.label = Some(L::Caption);
    }
    captions
}

fn numbers<'a>(pieces: &mut [Piece<'a>], range: Range<usize>, context: &Context<'a>) -> Vec<FigureDraft<'a>> {
    let mut figures = Vec::new();
    let mut cells: Vec<Cell<'a>> = Vec::new();
    for at in range {
        let piece = &pieces[at];
        if piece.label.is_some()
            && !is_value_like_a_page(pieces, at, context)
            && !ends_a_list(pieces, at, &cells, context)
        {
            if piece.label != Some(L::Furniture) {
                figures.extend(paired(std::mem::take(&mut cells), pieces, context));
            }
            continue;
        }
        // what a number over it counts is no heading
        let counted = cells.last().is_some_and(Cell::is_value) || piece.cues.begin == Begin::Lower;
        if is_heading(piece, context) && !counted {
            pieces[at].label = Some(L::Heading);
            figures.extend(paired(std::mem::take(&mut cells), pieces, context));
        } else if numbers_a_page(piece, context) {
            pieces[at].label = Some(L::Furniture);
        } else if run_on_cells(pieces, at, &mut cells, context) {
            continue;
        } else if is_running_text(piece) && labelled_values(piece.text(), context).len() < 2 {
            figures.extend(paired(std::mem::take(&mut cells), pieces, context));
            let note = pieces[at].cues.chars <= 160 && pieces.get(at + 1).is_none_or(|next| next.gap);
            if note {
                pieces[at].label = Some(L::Figure);
            } else if !figures.is_empty() {
                // what follows is another part's, whose heading was not known
                break;
            }
        } else {
            cells_of(pieces, at, &mut cells, context);
        }
    }
    figures.extend(paired(cells, pieces, context));
    figures
}

/// A number that was taken for a page's: what it counts follows.
fn is_value_like_a_page(pieces: &[Piece<'_>], at: usize, context: &Context<'_>) -> bool {
    let piece = &pieces[at];
    piece.label == Some(L::Furniture)
        && furniture::is_page_number(piece.text())
        && !piece.page_start
        && value(piece.text(), context).is_some()
        && label_follows(pieces, at)
}

/// A number that was taken for a page's, where the last of several labels over their numbers lacks its own.
fn ends_a_list(pieces: &[Piece<'_>], at: usize, cells: &[Cell<'_>], context: &Context<'_>) -> bool {
    /// Fewer labels and numbers may stand so by chance.
    const FEWEST: usize = 5;
    let piece = &pieces[at];
    let alternate =
        || cells.iter().enumerate().all(|(at, cell)| if at % 2 == 0 { cell.is_label() } else { cell.is_value() });
    piece.label == Some(L::Furniture)
        && is_lone_value(piece.text(), context)
        && cells.len() % 2 == 1
        && cells.len() >= FEWEST
        && alternate()
}

/// Whether what follows a number may be its label.
fn label_follows(pieces: &[Piece<'_>], at: usize) -> bool {
    pieces.get(at + 1).is_some_and(|next| {
        next.label.is_none() && next.cues.begin != Begin::Other && !next.page_start && next.cues.chars < 90
    })
}

/// `Page 5 of 26`: the word for a page, and numbers.
fn numbers_a_page(piece: &Piece<'_>, context: &Context<'_>) -> bool {
    /// A longer line speaks of pages.
    const WORDS: usize = 4;
    let mut words = piece.text().split_whitespace();
    let page = words.next().is_some_and(|first| {
        context.lexicon.words.dates.page.iter().any(|page| page.eq_ignore_ascii_case(first.trim_end_matches('.')))
    });
    let number = words.next().is_some_and(|second| second.bytes().all(|byte| byte.is_ascii_digit()));
    page && number && words.count() + 2 <= WORDS
}

/// Running text, or a time of day, which is no number of anything.
fn is_running_text(piece: &Piece<'_>) -> bool {
    piece.cues.chars > 90 && piece.cues.begin != Begin::Other
        || piece.cues.chars > 160
        || piece.text().ends_with('.') && piece.cues.chars > 60
        || piece.cues.times.is_some() && piece.text().contains(':')
}

fn is_heading(piece: &Piece<'_>, context: &Context<'_>) -> bool {
    let named = context.naming.as_ref().is_some_and(|naming| naming.find(piece.text()).is_some());
    piece.cues.section == Some(Section::Figures)
        || named && value(piece.text(), context).is_none() && piece.cues.chars < 100
}

/// `412 visitors; 31 countries; 58% women`: several on a line, signs between them. The last label may go on in the next
/// line. Whether what stands at `at` is such a line.
fn run_on_cells<'a>(pieces: &[Piece<'a>], at: usize, cells: &mut Vec<Cell<'a>>, context: &Context<'a>) -> bool {
    let piece = &pieces[at];
    let text = piece.text();
    let signs = ["; ", " | ", " · ", " • ", ", "];
    let parts = |sign: &&str| -> Option<Vec<Range<usize>>> {
        let mut from = piece.entry();
        let mut parts = Vec::new();
        for part in text[from..].split_terminator(*sign) {
            parts.push(from..from + part.len());
            from += part.len() + sign.len();
        }
        // the label of the last number may stand on the next line
        let end = parts.last().map_or(0, |part| part.end);
        let labelled = |part: &Range<usize>| {
            let body = &text[part.clone()];
            let words = |value: Range<usize>| body[value.end..].contains(char::is_alphabetic) || part.end == end;
            value(body, context).is_some_and(words)
        };
        // what goes on from the line above has no number; the row of a table begins anew
        let first = cells.last().is_some_and(|last| !last.is_label()) && !piece.gap && !text.starts_with('|');
        let rest = &parts[usize::from(first && parts.first().is_some_and(|part| !labelled(part)))..];
        (parts.len() > 1 && !rest.is_empty() && rest.iter().all(labelled)).then_some(parts)
    };
    let Some(parts) = signs.iter().find_map(parts) else { return false };
    for part in parts {
        let body = &text[part.clone()];
        let Some(found) = value(body, context) else {
            if let Some(last) = cells.last_mut() {
                last.label.push(piece.clean.slice(part));
                last.pieces.push(at);
            }
            continue;
        };
        let (start, end) = (part.start + found.start, part.start + found.end);
        let label = trim(text, end..part.end, &[], &[';', ',', '.']);
        cells.push(Cell {
            value: vec![piece.clean.slice(start..end)],
            label: label.map(|label| piece.clean.slice(label)).into_iter().collect(),
            pieces: vec![at],
        });
    }
    true
}

/// Takes what stands at `at` into `cells`.
fn cells_of<'a>(pieces: &[Piece<'a>], at: usize, cells: &mut Vec<Cell<'a>>, context: &Context<'a>) {
    let piece = &pieces[at];
    let text = piece.text();
    let entry = piece.entry();
    // the edge of a table's row
    let entry = text.len() - text[entry..].trim_start_matches(['|', ' ']).len();
    let slice = |range: Range<usize>| trim(text, range, &['|', ':'], &['|', ':']).map(|range| piece.clean.slice(range));
    let cell = |value: Option<Clean<'a>>, label: Option<Clean<'a>>| Cell {
        value: value.into_iter().collect(),
        label: label.into_iter().collect(),
        pieces: vec![at],
    };
    let several = bold_values(piece, context);
    if several.len() > 1 && several[0].start == 0 {
        let ends = several.iter().skip(1).map(|bold| bold.start).chain([text.len()]);
        cells.extend(several.iter().zip(ends).map(|(bold, end)| cell(slice(bold.clone()), slice(bold.end..end))));
        return;
    }
    let listed = labelled_values(&text[entry..], context);
    if listed.len() > 1 {
        let shift = |range: &Range<usize>| entry + range.start..entry + range.end;
        cells.extend(listed.iter().map(|(label, value)| cell(slice(shift(value)), slice(shift(label)))));
        return;
    }
    let unlabelled = cells.last().is_some_and(Cell::is_value);
    if let Some(found) = value(&text[entry..], context) {
        let (start, end) = (entry + found.start, entry + found.end);
        let label = slice(end..text.len()).filter(|label| label.text.contains(char::is_alphabetic));
        if label.is_none() && text[end..].contains(|c: char| !c.is_whitespace()) {
            return;
        }
        let mut next = cell(slice(start..end), label);
        // `Nearly` alone over the number
        if let Some(about) = cells.pop_if(|last| last.is_label() && is_about(last, context)) {
            next.value.splice(0..0, about.label);
            next.pieces.splice(0..0, about.pieces);
        }
        cells.push(next);
    } else if let Some(split) = value_at_end(text, entry, context) {
        let (label, value) = (slice(entry..split), slice(split..text.len()));
        let joined = text[..split].trim_end().ends_with([':', '|']);
        let over_value = pieces.get(at + 1).is_some_and(|next| is_lone_value(next.text(), context));
        if !joined && unlabelled && label_follows(pieces, at) {
            // the number of the next figure, run into the end of the label's line
            cells.extend([cell(None, label), cell(value, None)]);
        } else if !joined && (unlabelled || over_value) {
            // a label that ends with a number of its own
            cells.push(cell(None, slice(entry..text.len())));
        } else {
            cells.push(cell(value, label));
        }
    } else {
        let adjacent = cells.last().and_then(|last| last.pieces.last()).is_some_and(|&before| before + 1 == at);
        let goes_on = adjacent && !piece.gap && piece.cues.bullet.is_none() && piece.cues.kind.is_none();
        match cells.last_mut() {
            // a label over several lines
            Some(last)
                if goes_on
                    && !last.is_value()
                    && (last.is_label() && !begins_anew(last, piece) || piece.cues.begin == Begin::Lower) =>
            {
                last.label.push(piece.clean.clone());
                last.pieces.push(at);
            }
            _ => cells.push(cell(None, slice(entry..text.len()))),
        }
    }
}

/// Whether a line is no part of the label over it: that is in small letters, and this begins with a capital.
fn begins_anew(cell: &Cell<'_>, piece: &Piece<'_>) -> bool {
    let small = cell.label.iter().all(|line| line.text.chars().all(|c| !c.is_uppercase()));
    small && piece.cues.begin == Begin::Upper
}

/// Several on a line, the numbers in bold.
fn bold_values(piece: &Piece<'_>, context: &Context<'_>) -> Vec<Range<usize>> {
    let is_value = |bold: &Range<usize>| value(piece.text()[bold.clone()].trim(), context).is_some();
    piece.clean.marks.bold.iter().filter(|bold| is_value(bold)).cloned().collect()
}

/// `Online viewers: 3,295 Countries: 55`: several on a line, a colon before each number; each label and its number.
fn labelled_values(text: &str, context: &Context<'_>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut listed = Vec::new();
    let mut start = 0;
    for (colon, _) in text.match_indices(": ") {
        let from = colon + 2;
        let Some(value) = value(&text[from..], context).filter(|_| start <= colon) else { return Vec::new() };
        listed.push((start..colon, from + value.start..from + value.end));
        start = from + value.end;
    }
    if text[start..].trim().is_empty() { listed } else { Vec::new() }
}

fn is_about(cell: &Cell<'_>, context: &Context<'_>) -> bool {
    let [label] = cell.label.as_slice() else { return false };
    context.lexicon.words.numbers.about.iter().any(|known| fold(known) == fold(&label.text))
}

/// Puts numbers and labels together: those of a line; a number and the label under or over it; a row of numbers and the
/// row of their labels.
fn paired<'a>(cells: Vec<Cell<'a>>, pieces: &mut [Piece<'a>], context: &Context<'a>) -> Vec<FigureDraft<'a>> {
    /// A longer row is no row: an extractor read a grid's numbers and labels apart, each in an order of its own.
    const ROW: usize = 4;
    let cells = row_by_row(joined_by_line(cells, pieces), pieces);
    let labels_first = labels_come_first(&cells);
    // words without a number belong to the part, and tell nothing; a number without words stays unread
    for at in cells.iter().filter(|cell| cell.is_label()).flat_map(|cell| &cell.pieces) {
        pieces[*at].label = Some(L::Figure);
    }
    let mut figures = Vec::new();
    let mut rest = cells.into_iter().peekable();
    let mut firsts: Vec<Cell<'a>> = Vec::new();
    while let Some(cell) = rest.next() {
        let whole = !cell.is_value() && !cell.is_label();
        if whole {
            firsts.clear();
            figures.push(cell);
        } else if cell.is_label() == labels_first {
            firsts.push(cell);
        } else {
            let mut seconds = vec![cell];
            while let Some(next) =
                rest.next_if(|next| next.is_label() != labels_first && (next.is_label() || next.is_value()))
            {
                seconds.push(next);
            }
            // of several labels over one number, the last is its own; of several under it, the first
            let count = seconds.len().min(firsts.len());
            if count == 1 || firsts.len() == seconds.len() && count <= ROW {
                let skip = if labels_first { firsts.len() - count } else { firsts.len().saturating_sub(count) };
                figures.extend(firsts.drain(..).skip(skip).zip(seconds).map(|(first, second)| first.with(second)));
            }
            firsts.clear();
        }
    }
    for at in figures.iter().flat_map(|figure| &figure.pieces) {
        pieces[*at].label = Some(L::Figure);
    }
    let drafts = figures.into_iter().map(|cell| FigureDraft { value: cell.value, label: cell.label });
    drafts.map(|draft| without_joining_word(draft, context)).collect()
}

/// Cells of a table: a label and a number that stand on one line belong together, wherever the columns came.
fn joined_by_line<'a>(cells: Vec<Cell<'a>>, pieces: &[Piece<'a>]) -> Vec<Cell<'a>> {
    let line = |cell: &Cell<'_>| pieces[cell.pieces[0]].line;
    let mut halves: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for cell in &cells {
        let counts = halves.entry(line(cell)).or_default();
        counts.0 += usize::from(cell.is_label());
        counts.1 += usize::from(cell.is_value());
    }
    let mut joined: Vec<Cell<'a>> = Vec::with_capacity(cells.len());
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for cell in cells {
        let here = line(&cell);
        match first.get(&here) {
            // an extractor ran the two into one: the number is the next figure's
            Some(&at) if halves.get(&here) == Some(&(1, 1)) && joined[at].pieces != cell.pieces => {
                let half = std::mem::take(&mut joined[at]);
                joined[at] = half.with(cell);
            }
            _ => {
                first.insert(here, joined.len());
                joined.push(cell);
            }
        }
    }
    joined
}

/// Numbers over their labels, which an extractor wrote as the blocks of a grid: blocks of as many lines stand beside each
/// other, and each line of them is a label.
fn row_by_row<'a>(mut cells: Vec<Cell<'a>>, pieces: &[Piece<'a>]) -> Vec<Cell<'a>> {
    /// Blocks of one line each may stand in any order.
    const LINES: usize = 2;
    let apart = |cell: &Cell<'_>| pieces[cell.pieces[0]].gap;
    let start = cells.iter().position(Cell::is_value).unwrap_or(cells.len());
    let values = cells[start..].iter().take_while(|cell| cell.is_value()).count();
    let below = &cells[start + values..];
    let below = &below[..below.iter().take_while(|cell| cell.is_label()).count()];
    let lines: Vec<Cell<'a>> = below.iter().flat_map(Cell::lines).collect();
    let blocks: Vec<&[Cell<'a>]> = lines.chunk_by(|_, next| !apart(next)).collect();
    let height = blocks.first().map_or(0, |block| block.len());
    let alike = blocks.iter().take_while(|block| block.len() == height).count();
    // the numbers are a block themselves, or each stands apart in the order of the rows
    let gaps = cells[start..start + values].iter().skip(1).filter(|cell| apart(cell)).count();
    let columns = match gaps {
        0 if height == values => 1,
        gaps if gaps + 1 == values && alike > 1 && alike * height <= values => alike,
        _ => 0,
    };
    // as many blocks as numbers: each is one label, over several lines
    if height < LINES || columns == 0 || blocks.len() * LINES > values.max(LINES) {
        return cells;
    }
    let rows = (0..height).flat_map(|row| blocks[..columns].iter().map(move |block| block[row].clone()));
    let labels: Vec<Cell<'a>> = rows.collect();
    let rest = lines[columns * height..].to_vec();
    let under = below.len();
    cells.splice(start + values..start + values + under, rest);
    for (at, label) in labels.into_iter().enumerate() {
        let value = std::mem::take(&mut cells[start + at]);
        cells[start + at] = value.with(label);
    }
    cells
}

impl<'a> Cell<'a> {
    /// A label line by line.
    fn lines(&self) -> impl Iterator<Item = Self> {
        let lines = self.label.iter().zip(&self.pieces);
        lines.map(|(line, at)| Self { value: vec![], label: vec![line.clone()], pieces: vec![*at] })
    }
}

impl Cell<'_> {
    /// The two halves of a figure as one.
    fn with(mut self, other: Self) -> Self {
        self.value.extend(other.value);
        self.label.extend(other.label);
        self.pieces.extend(other.pieces);
        self
    }
}

/// Whether labels stand over their numbers: the first of the cells is a label, and the last a number; or where that does
/// not tell, most labels begin with a capital.
fn labels_come_first(cells: &[Cell<'_>]) -> bool {
    let alone = || cells.iter().filter(|cell| cell.is_value() || cell.is_label());
    match (alone().next().map(Cell::is_label), alone().next_back().map(Cell::is_label)) {
        (Some(true), Some(true)) => {
            let labels = || alone().filter(|cell| cell.is_label()).filter_map(|cell| cell.label.first());
            let small = labels().filter(|label| Begin::of(&label.text) == Begin::Lower).count();
            small * 2 < labels().count()
        }
        (first, _) => first.unwrap_or_default(),
    }
}

/// Takes a joining word off the end of a label: it leads to the next number.
fn without_joining_word<'a>(mut figure: FigureDraft<'a>, context: &Context<'a>) -> FigureDraft<'a> {
    let Some(last) = figure.label.last_mut() else { return figure };
    let joining = |rest: &&str| rest.ends_with(char::is_whitespace) && !rest.trim_end().is_empty();
    let words = context.lexicon.words.dates.until.iter();
    if let Some(rest) = words.filter_map(|word| last.text.strip_suffix(word.as_str())).find(joining) {
        *last = last.slice(0..rest.trim_end().len());
    }
    figure
}

/// `[about] number`: `1,311`, `Nearly 500K`, `29`.
fn value(text: &str, context: &Context<'_>) -> Option<Range<usize>> {
    let mut start = 0;
    for about in &context.lexicon.words.numbers.about {
        let rest = text.get(..about.len()).filter(|start| start.eq_ignore_ascii_case(about));
        if rest.is_some() && text[about.len()..].starts_with(' ') {
            start = about.len() + 1;
        }
    }
    let body = &text[start..];
    let end = body.find(char::is_whitespace).unwrap_or(body.len());
    let number = &body[..end];
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let rest = number
        .chars()
        .filter(|c| !c.is_ascii_digit())
        .all(|c| matches!(c, ',' | '.' | '+' | '%' | 'K' | 'M' | 'k' | '\u{a0}' | '~'));
    (digits > 0 && digits <= 9 && rest).then(|| 0..start + end + share(&body[end..], context))
}

/// How much of `rest` belongs to the number before it: ` in 3` behind `1`.
fn share(rest: &str, context: &Context<'_>) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let found = context.lexicon.words.numbers.share.iter().find_map(|word| {
        let number = rest.strip_prefix(' ')?.strip_prefix(word.as_str())?.strip_prefix(' ')?;
        let (digits, before) = (digits(number), rest.len() - number.len());
        let whole = !number[digits..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '.' | '-' | '%'));
        (digits > 0 && whole).then_some(before + digits)
    });
    found.unwrap_or_default()
}

fn is_lone_value(text: &str, context: &Context<'_>) -> bool {
    value(text, context).is_some_and(|found| found.end == text.trim_end().len())
}

/// Where the number begins that a line of a label ends with: `Online viewers: 1,326`.
fn value_at_end(text: &str, from: usize, context: &Context<'_>) -> Option<usize> {
    let body = text[from..].trim_end_matches(['|', ' ']);
    // behind a colon, all of it may be the number: `1 in 3`
    let behind_colon = body.rfind(": ").map(|colon| colon + 2).filter(|&at| is_lone_value(&body[at..], context));
    let split = match behind_colon {
        Some(at) => at,
        None => body.len() - body.rsplit_once(|c: char| c.is_whitespace() || c == '|')?.1.len(),
    };
    let before = body[..split].trim_end();
    let number = value(&body[split..], context).is_some_and(|found| found.end == body.len() - split);
    let words = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | ')' | '|'));
    if !(number && words && before.contains(char::is_alphabetic)) {
        return None;
    }
    let about = context.lexicon.words.numbers.about.iter().find_map(|about| {
        let start = before.len().checked_sub(about.len()).filter(|&start| before.is_char_boundary(start))?;
        let whole = start > 1 && before[..start].ends_with(char::is_whitespace);
        (whole && before[start..].eq_ignore_ascii_case(about)).then_some(start)
    });
    Some(from + about.unwrap_or(split))
}

#[cfg(test)]
mod tests {
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    use super::*;

    /// The figures of a text, each as its value and its label, and how many captions it has.
    fn read_of(text: &str) -> (Vec<String>, usize) {
        let source = Source::new("s", "s", text.into());
        let lexicon = Lexicon::embedded();
        let context = Context::new(&source, &lexicon);
        let mut pieces = crate::piece::pieces(&context);
        let range = 0..pieces.len();
        let (figures, captions) = read(&mut pieces, range, &context);
        let join = |lines: &[Clean<'_>]| context.join(lines).text;
        let figures = figures.iter().map(|figure| format!("{} {}", join(&figure.value), join(&figure.label)));
        (figures.collect(), captions.len())
    }

    #[test]
    fn figures_of_every_form() {
        let expected = ["1,412 visitors", "31 countries", "46 boats on the river", "1 in 3 under the age of 30"];
        for text in [
            "Figures\n1,412\nvisitors\n31\ncountries\n46\nboats on the river\n1 in 3\nunder the age of 30\n",
            "Figures\nvisitors\n1,412\ncountries\n31\nboats on the river\n46\nunder the age of 30\n1 in 3\n",
            "Figures\n1,412 visitors; 31 countries; 46 boats on the\nriver; 1 in 3 under the age of 30\n",
            "Figures\nvisitors: 1,412\ncountries: 31\nboats on the river: 46\nunder the age of 30: 1 in 3\n",
        ] {
            assert_eq!(read_of(text).0, expected, "{text}");
        }
    }

    #[test]
    fn blocks_of_labels_are_read_row_by_row() {
        let numbers = "14\n\n27\n\n31\n\n46\n\n";
        for (text, expected) in [
            // two columns of labels
            (
                format!("Figures\n\n{numbers}visitors\nboats, all of them new\n\nPilots\ncountries\n"),
                &["14 visitors", "27 Pilots", "31 boats, all of them new", "46 countries"][..],
            ),
            // a column of numbers and one of labels
            (
                "Figures\n14\n27\n31\n46\n58\n\nvisitors\nPilots\nboats, all of them new\ncountries\nnets\n".into(),
                &["14 visitors", "27 Pilots", "31 boats, all of them new", "46 countries", "58 nets"],
            ),
            // labels that stand alone may come in any order
            (format!("Figures\n\n{numbers}58\n\nvisitors\n\nPilots\n\nnets\n\ncountries\n\nseals\n"), &[]),
        ] {
            assert_eq!(read_of(&text).0, expected, "{text}");
        }
    }

    #[test]
    fn captions_stand_under_figures() {
        let text = "Figures\n14\nvisitors\n31\ncountries\n46\nboats\nFishermen of the delta show how a net is mended\n";
        let (figures, captions) = read_of(text);
        assert_eq!((figures.len(), captions), (3, 1));
    }
}
