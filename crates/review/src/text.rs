//! The left side: the lines of a text, with their labels, cut where something begins or ends that stands out.

use rapporteur_parse::Ledger;
use rapporteur_source::{Line, Source};

use crate::marks::{Place, line_id};
use crate::shown::shown_text;
use crate::view::{Block, Segment, TextLine};

/// Marks that one letter can have; of more, the shortest are kept. No report has as many: what has would make a page that
/// grows with the square of the text.
const DEEPEST: usize = 16;

/// Bytes and lines after which a new block begins. A browser lays out only the blocks that are seen.
const BLOCK_BYTES: usize = 4096;
const BLOCK_LINES: usize = 60;

/// The lines of `source` in blocks.
pub(crate) fn blocks(source: &Source, ledger: &Ledger, places: &[Place]) -> Vec<Block> {
    let mut cutter = Cutter::new(source, places);
    let mut regions = ledger.regions.iter().peekable();
    let mut blocks = vec![Block::default()];
    let (mut bytes, mut last_label) = (0, None);
    for line in source.lines() {
        while regions.next_if(|region| region.last_line < line.number).is_some() {}
        let is_blank = source.slice(line.span).trim().is_empty();
        let region = regions.peek().filter(|region| region.first_line <= line.number && !is_blank);
        let label = region.map(|region| region.label());
        let segments = cutter.line(line);
        let full = blocks.last().is_some_and(|block| block.lines.len() >= BLOCK_LINES || bytes >= BLOCK_BYTES);
        if full {
            blocks.push(Block::default());
            bytes = 0;
        }
        bytes += line.span.len();
        let is_first = label.is_some() && region.map(|region| region.first_line) != last_label;
        if let Some(region) = region {
            last_label = Some(region.first_line);
        }
        if let Some(block) = blocks.last_mut() {
            block.lines.push(TextLine {
                number: line.number,
                id: line_id(source.id(), line.number),
                class: label.as_deref().map_or_else(|| "blank".to_owned(), class),
                starts: label.as_deref().filter(|_| is_first).map(words),
                label: label.unwrap_or_default(),
                segments,
            });
        }
    }
    blocks
}

/// The class of a label in the style sheet.
fn class(label: &str) -> String {
    let label = if label.starts_with("mixed:") { "mixed" } else { label };
    format!("is-{}", label.replace('_', "-"))
}

/// A label as it is shown: `quote by + body` for `mixed:quote_by+body`.
pub(crate) fn words(label: &str) -> String {
    label.strip_prefix("mixed:").unwrap_or(label).replace('_', " ").replace('+', " + ")
}

/// Goes through a text once and cuts its lines where a mark begins or ends.
struct Cutter<'a> {
    source: &'a Source,
    places: &'a [Place],
    /// Where a place begins or ends, in order: the byte, and the index of the place.
    cuts: Vec<(usize, usize)>,
    next: usize,
    /// The places that the present byte is in.
    open: Vec<usize>,
}

impl<'a> Cutter<'a> {
    fn new(source: &'a Source, places: &'a [Place]) -> Self {
        let ends = places.iter().enumerate().filter(|(_, place)| !place.span.is_empty());
        let mut cuts: Vec<_> = ends.flat_map(|(index, p)| [(p.span.start, index), (p.span.end, index)]).collect();
        cuts.sort_unstable();
        Self { source, places, cuts, next: 0, open: Vec::new() }
    }

    fn line(&mut self, line: Line) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut at = line.span.start;
        self.advance(at);
        while at < line.span.end {
            let cut = self.cuts.get(self.next).map_or(line.span.end, |&(cut, _)| cut.min(line.span.end));
            segments.push(self.segment(at, cut));
            at = cut;
            if at < line.span.end {
                self.advance(at);
            }
        }
        segments
    }

    /// Opens and closes what begins and ends at `at` or before it.
    fn advance(&mut self, at: usize) {
        while let Some(&(cut, index)) = self.cuts.get(self.next).filter(|(cut, _)| *cut <= at) {
            if self.places[index].span.start == cut {
                self.open.push(index);
            } else {
                self.open.retain(|&open| open != index);
            }
            self.next += 1;
        }
    }

    fn segment(&self, start: usize, end: usize) -> Segment {
        let mut open: Vec<&Place> = self.open.iter().map(|&index| &self.places[index]).collect();
        // the closest thing is meant first by a click
        open.sort_by_key(|place| (place.span.len(), place.mark));
        open.truncate(DEEPEST);
        let marks: Vec<_> = open.iter().map(|place| format!("{}.{}", place.mark, place.nth)).collect();
        let mut looks: Vec<_> = open.iter().map(|place| place.look).collect();
        looks.sort_unstable();
        looks.dedup();
        let classes: Vec<_> = looks.iter().map(|look| look.class()).collect();
        Segment { text: shown_text(&self.source.text()[start..end]), marks: marks.join(" "), class: classes.join(" ") }
    }
}
