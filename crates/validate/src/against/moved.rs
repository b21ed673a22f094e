//! Evidence found again: where a value stands in a text when it does not stand where its evidence says.

use memchr::memmem;
use rapporteur_source::Span;

use crate::text::Text;

/// How far from its place a piece of evidence is looked for piece by piece, in bytes.
const NEAR: isize = 64;

/// Values of more pieces are not looked for piece by piece: each piece is tried with all others. A paragraph has one a line.
const MOST: usize = 200;

impl Text {
    /// Where `wanted`, folded, stands, given the spans that it should have stood at and how far other values were moved.
    /// `None` where it stands nowhere, or in several places of which none is near.
    pub(crate) fn find(&self, wanted: &str, spans: &[Span], moves: &[isize]) -> Option<Vec<Span>> {
        if wanted.is_empty() {
            return None;
        }
        let by = |by: isize| self.moved(spans, by).filter(|spans| self.folded(spans) == wanted);
        if let Some(found) = moves.iter().find_map(|&d| by(d)) {
            return Some(found);
        }
        if let Some(found) = self.one_of(wanted, spans) {
            return Some(found);
        }
        let (start, end) = self.only(wanted)?;
        let first = spans.first().map_or(0, |span| span.start).cast_signed();
        // a span may begin with a sign that is no letter
        let found = [0, 1, 2, 3].into_iter().find_map(|signs| by(start.cast_signed() - first - signs));
        Some(found.unwrap_or_else(|| self.lines(Span::new(start, end))))
    }

    /// All spans moved by as much, where they are places of the text then that do not begin or end with a space.
    pub(crate) fn moved(&self, spans: &[Span], by: isize) -> Option<Vec<Span>> {
        let moved = spans.iter().map(|span| {
            let span = Span::new(span.start.checked_add_signed(by)?, span.end.checked_add_signed(by)?);
            self.is_place(span).then_some(span)
        });
        moved.collect()
    }

    fn is_place(&self, span: Span) -> bool {
        let text = self.source().text().get(span.range()).unwrap_or_default();
        !text.is_empty() && text.trim().len() == text.len()
    }

    /// One of the spans was moved, or one of its ends; the others are where they were.
    fn one_of(&self, wanted: &str, spans: &[Span]) -> Option<Vec<Span>> {
        if spans.len() > MOST {
            return None;
        }
        let parts: Vec<_> =
            spans.iter().map(|span| self.letters().under(self.source().clamp(span.start, span.end))).collect();
        for (at, span) in spans.iter().enumerate() {
            let (before, after) = (parts[..at].concat(), parts[at + 1..].concat());
            let rest = wanted.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
            let Some(rest) = rest.filter(|rest| !rest.is_empty()) else { continue };
            let ends: [(isize, isize); 3] = [(1, 1), (1, 0), (0, 1)];
            let steps = (1..=NEAR).flat_map(|d| [d, -d]);
            let mut tries =
                ends.into_iter().flat_map(|(first, last)| steps.clone().map(move |d| (first * d, last * d)));
            let found = tries.find_map(|(first, last)| {
                let (start, end) = (span.start.checked_add_signed(first)?, span.end.checked_add_signed(last)?);
                let span = (start < end).then(|| Span::new(start, end))?;
                (self.is_place(span) && self.letters().under(span) == rest).then_some(span)
            });
            if let Some(found) = found.or_else(|| self.from(span.start, rest)) {
                let mut spans = spans.to_vec();
                spans[at] = found;
                return Some(spans);
            }
        }
        None
    }

    /// The span from `start` on that has these letters, with the sign that ends its sentence: its end was lost.
    fn from(&self, start: usize, wanted: &str) -> Option<Span> {
        let shortest = start + wanted.len();
        let mut ends = shortest..=shortest + wanted.len() / 2 + NEAR.unsigned_abs();
        let end = ends.find(|&end| {
            let span = Span::new(start, end);
            self.is_place(span) && self.letters().under(span) == wanted
        })?;
        Some(Span::new(start, end + self.sign(end)))
    }

    /// How many bytes the sign has that ends a sentence there; 0 where there is none.
    fn sign(&self, at: usize) -> usize {
        let next = self.source().text().get(at..).and_then(|rest| rest.chars().next());
        next.filter(|c| matches!(c, '.' | '!' | '?')).map_or(0, char::len_utf8)
    }

    /// The only place where these letters stand.
    fn only(&self, wanted: &str) -> Option<(usize, usize)> {
        let letters = self.letters();
        let mut found = memmem::find_iter(letters.folded.as_bytes(), wanted);
        let at = found.next()?;
        // occurrences that overlap are of no matter: a value does not stand within itself
        if found.next().is_some() {
            return None;
        }
        Some((letters.spans[at].start, letters.spans[at + wanted.len() - 1].end))
    }

    /// A span line by line, each without the space around it, and with the sign that ends its sentence.
    fn lines(&self, span: Span) -> Vec<Span> {
        let text = self.source().text();
        let last = self.source().line_number(span.end.saturating_sub(1));
        let lines = (self.source().line_number(span.start)..=last).filter_map(|number| self.source().line_at(number));
        let mut spans: Vec<Span> = lines
            .filter_map(|line| {
                let (start, end) = (line.span.start.max(span.start), line.span.end.min(span.end));
                let part = text.get(start..end)?;
                let lead = part.len() - part.trim_start().len();
                (!part.trim().is_empty()).then(|| Span::new(start + lead, start + part.trim_end().len()))
            })
            .collect();
        if let Some(last) = spans.last_mut() {
            last.end += self.sign(last.end);
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use rapporteur_source::Source;

    use super::*;

    fn text(text: &str) -> Text {
        Text::new(Source::new("report", "report.txt", text.into()))
    }

    #[test]
    fn values_are_found_again() {
        let text = text("New lines above.\nThe ropes of to-\nmorrow hold.\nAda Brun\nAda Brun\n");
        let old = [Span::new(0, 16), Span::new(17, 29)];
        let now = vec![Span::new(17, 33), Span::new(34, 46)];
        assert_eq!(text.find("theropesoftomorrowhold", &old, &[]), Some(now.clone()), "it stands once");
        assert_eq!(text.find("theropesoftomorrowhold", &old, &[17]), Some(now.clone()), "others were moved as much");
        assert_eq!(text.find("theropesoftomorrowhold", &[now[0], Span::new(37, 49)], &[]), Some(now.clone()));
        assert_eq!(text.find("theropesoftomorrowhold", &[Span::new(0, 2)], &[]), Some(now), "other spans than before");
        assert_eq!(text.find("adabrun", &[Span::new(200, 208)], &[]), None, "it stands twice");
        assert_eq!(text.find("adabrun", &[Span::new(60, 68)], &[]), Some(vec![Span::new(56, 64)]), "near");
        assert_eq!(text.find("knots", &[Span::new(0, 5)], &[]), None);
    }
}
