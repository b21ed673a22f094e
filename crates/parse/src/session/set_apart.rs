//! Quotes without marks, above or below the name of who said them. Their letters are larger than those of the text around,
//! or their lines are indented: they are shorter, and where lines are long again, the text goes on.

use std::ops::Range;

use super::{By, LONGEST_QUOTE, QuoteDraft, Reader, Unit, quotes::LONGEST_QUOTE_LINES};
use crate::{
    RegionLabel as L,
    piece::{Begin, End, Piece},
};

/// A single short line is a paragraph of the text as well.
const FEWEST: usize = 2;

/// How long the lines of running text are, in characters: most of them are nearly full. 0 where a line is a whole
/// paragraph.
pub(super) fn line_length(pieces: &[Piece<'_>], range: Range<usize>) -> usize {
    /// No line is longer.
    const LONGEST: usize = 130;
    let free = pieces[range].iter().filter(|piece| piece.label.is_none());
    let mut lengths: Vec<usize> = free.map(|piece| piece.cues.chars).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 3 / 4).copied().filter(|&length| length <= LONGEST).unwrap_or(0)
}

impl<'a> Reader<'_, 'a> {
    /// The quote above or below the name at `name`, which was read up to `next`; returns where the next thing stands.
    pub(super) fn quote_beside(&mut self, name: usize, next: usize, by: &By<'a>) -> Option<usize> {
        let (lines, next) = match self.start_of_short_lines(name) {
            Some(start) => (start..name, next),
            None => self.end_of_short_lines(next).map(|end| (next..end, end))?,
        };
        let text: Vec<_> = self.pieces[lines.clone()].iter().map(|piece| piece.clean.clone()).collect();
        if lines.end == name {
            self.take_back(text.len());
        }
        for piece in &mut self.pieces[lines] {
            piece.label = Some(L::Quote);
        }
        self.units.push(Unit::Quote(QuoteDraft::new(text, Some(by.clone()))));
        Some(next)
    }

    /// How many lines of running text were read last, with nothing else between them: as many as a quote may have at most.
    fn last_lines(&self) -> usize {
        let mut lines = 0;
        for unit in self.units.iter().rev() {
            match unit {
                Unit::Body(chunk) if lines < LONGEST_QUOTE_LINES => lines += chunk.pieces.len(),
                _ => break,
            }
        }
        lines.min(LONGEST_QUOTE_LINES)
    }

    /// Takes the last lines of running text out of the units.
    fn take_back(&mut self, mut lines: usize) {
        while let Some(Unit::Body(chunk)) = self.units.last_mut().filter(|_| lines > 0) {
            let left = chunk.pieces.len().saturating_sub(lines);
            lines -= chunk.pieces.len() - left;
            chunk.pieces.truncate(left);
            if left == 0 {
                self.units.pop();
            }
        }
    }

    /// Whether a line is shorter than those of running text are where they are not the last of their paragraph.
    fn is_short_line(&self, at: usize) -> bool {
        self.pieces[at].cues.chars * 100 <= self.line_length * 85
    }

    /// Where the sentences end that begin at `start` in short lines.
    fn end_of_short_lines(&self, start: usize) -> Option<usize> {
        if start >= self.end || self.pieces[start].cues.begin == Begin::Lower {
            return None;
        }
        let (mut end, mut chars, mut width) = (None, 0, 0);
        for at in start..self.end.min(start + LONGEST_QUOTE_LINES) {
            let piece = &self.pieces[at];
            let begins_anew = piece.gap && end == Some(at);
            if piece.label.is_some()
                || piece.passage.is_some()
                || begins_anew
                || !self.is_short_line(at)
                || self.is_set_otherwise(at)
            {
                break;
            }
            chars += piece.cues.chars;
            width = width.max(piece.cues.chars);
            if chars > LONGEST_QUOTE {
                return None;
            }
            if piece.cues.end == End::Stop && !piece.text().ends_with(':') {
                end = Some(at + 1);
                let next = self.pieces.get(at + 1).map_or("", |next| next.text());
                let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
                if piece.cues.chars + 1 + word < width {
                    break;
                }
            }
        }
        end.filter(|end| end - start >= FEWEST)
    }

    /// Whether a line is of something else than running text or a quote, by its own form.
    fn is_set_otherwise(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let cues = &piece.cues;
        cues.link
            || cues.role.is_some()
            || cues.bullet.is_some()
            || cues.opens.is_some()
            || cues.section.is_some()
            || self.people.whole(piece.text(), self.context.lexicon).is_some()
    }

    /// Where sentences in short lines begin that end above the line `at`. The first of the short lines may be the last of a
    /// paragraph.
    fn start_of_short_lines(&self, at: usize) -> Option<usize> {
        let before = |line: usize| line.checked_sub(1).map(|before| &self.pieces[before]);
        let goes_up = |line: usize| {
            let short = self.pieces[line].label == Some(L::Body) && self.is_short_line(line);
            let parted = self.pieces[line + 1].gap && self.pieces[line].cues.end == End::Stop && line + 1 < at;
            short && !parted && self.pieces[line].passage.is_none()
        };
        let top = (0..at).rev().take(self.last_lines()).take_while(|&line| goes_up(line)).last()?;
        let begins = |line: &usize| {
            let ended =
                before(*line).is_none_or(|before| before.label != Some(L::Body) || before.cues.end == End::Stop);
            self.pieces[*line].cues.begin != Begin::Lower && ended
        };
        let start = (top..at).find(begins)?;
        (at - start >= FEWEST && self.pieces[at - 1].cues.end == End::Stop).then_some(start)
    }
}

#[cfg(test)]
mod tests {
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    #[test]
    fn quotes_in_short_lines() {
        const HEAD: &str = "PANEL\nWho keeps the light?\nSpeakers:\nOrla Venn, Director, Guild of Lamps\n\
                            Bastian Quell, Minister of Tides, Norland\n";
        const TEXT: &str = "The panel asked who should pay for the lamps that every ship can see,\n\
                            and found that nobody had ever asked the ships about any of this, nor\n\
                            those who mend the lamps in winter, of whom there are no more than ten\n\
                            on the whole coast, and who had not been heard at any meeting so far.\n";
        const LAMP: &str = "A lamp that nobody pays for is a\nlamp that nobody trims.\n";
        const SHIPS: &str = "Ask the ships. They have been\nwaiting for longer than\nwe have.\n";
        let lamp = "Orla Venn: A lamp that nobody pays for is a lamp that nobody trims.";
        let ships = "Bastian Quell: Ask the ships. They have been waiting for longer than we have.";
        let table = [
            ("below the name", format!("{TEXT}Orla Venn\n{LAMP}{TEXT}Bastian Quell\n{SHIPS}{TEXT}")),
            ("one after the other", format!("{TEXT}Orla Venn\n{LAMP}Bastian Quell\n{SHIPS}{TEXT}")),
            ("above the name", format!("{TEXT}{LAMP}Orla Venn\n{TEXT}{SHIPS}Bastian Quell\n{TEXT}")),
            ("above, in turn", format!("{TEXT}{LAMP}Orla Venn\n{SHIPS}Bastian Quell\n{TEXT}")),
        ];
        for (case, text) in table {
            let source = Source::new("s", "s", format!("{HEAD}{text}").into());
            let document = crate::read(&[source], &Lexicon::embedded()).document;
            let name = |id: &Option<String>| {
                let speaker = document.speakers.iter().find(|speaker| Some(&speaker.id) == id.as_ref());
                speaker.map(|speaker| speaker.name.clone()).unwrap_or_default()
            };
            let quotes: Vec<String> =
                document.quotes.iter().map(|quote| format!("{}: {}", name(&quote.speaker), quote.text)).collect();
            assert_eq!(quotes, [lamp, ships], "{case}");
        }
    }
}
