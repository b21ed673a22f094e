use crate::{Source, Span};

/// Other text in the place of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the source that are replaced.
    pub span: Span,
    /// What is read in their place. `\n` is a line break, whatever ends the lines of the source.
    pub text: String,
}

/// A source with some of its text replaced, and the way from any place in it back to the source as it is.
///
/// ```
/// use rapporteur_source::{Edit, Patched, Source, Span};
///
/// let source = Source::new("report", "report.txt", b"Ropes hodl.\nKnots too.".to_vec());
/// let patched = Patched::new(&source, vec![Edit { span: Span::new(6, 10), text: "hold".into() }]).expect("in order");
/// assert_eq!(patched.source().text(), "Ropes hold.\nKnots too.");
/// assert_eq!(patched.back(Span::new(7, 11)), Span::new(6, 11), "a part of what was replaced is all of it");
/// ```
#[derive(Debug)]
pub struct Patched {
    source: Source,
    edits: Vec<Edit>,
    /// Where the text of each edit stands in the patched text.
    places: Vec<Span>,
    /// For each line of the patched text the number of the line that it is in the source.
    lines: Vec<usize>,
}

impl Patched {
    /// Replaces text of a source. `None` where two edits overlap, or one begins or ends inside a character or outside the
    /// text.
    #[must_use]
    pub fn new(original: &Source, mut edits: Vec<Edit>) -> Option<Self> {
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let apart = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        if !apart || !edits.iter().all(|edit| original.clamp(edit.span.start, edit.span.end) == edit.span) {
            return None;
        }
        let text = original.text();
        if text.contains('\r') && !text.contains('\n') {
            edits.iter_mut().for_each(|edit| edit.text = edit.text.replace('\n', "\r"));
        }
        let bytes = original.bytes();
        let mut patched = Vec::with_capacity(bytes.len());
        let mut places = Vec::with_capacity(edits.len());
        let mut from = 0;
        for edit in &edits {
            patched.extend_from_slice(&bytes[from..edit.span.start]);
            let start = patched.len();
            patched.extend_from_slice(edit.text.as_bytes());
            places.push(Span::new(start, patched.len()));
            from = edit.span.end;
        }
        patched.extend_from_slice(&bytes[from..]);
        let mut this =
            Self { source: Source::new(original.id(), original.path(), patched), edits, places, lines: Vec::new() };
        this.lines = this.source.lines().map(|line| this.line_of(original, line.span.start)).collect();
        Some(this)
    }

    /// The source with the text replaced.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The bytes of the original that a span of the patched text came from. A span that begins or ends inside replaced
    /// text begins or ends where all of that does.
    #[must_use]
    pub fn back(&self, span: Span) -> Span {
        let start = self.start(span.start);
        Span::new(start, self.end(span.end).max(start))
    }

    /// Where a span of the original stands in the patched text. A span that begins or ends inside replaced text begins or
    /// ends where all that is read in its place does.
    #[must_use]
    pub fn forward(&self, span: Span) -> Span {
        let start = match self.edits.partition_point(|edit| edit.span.start <= span.start).checked_sub(1) {
            None => span.start,
            Some(at) if span.start < self.edits[at].span.end => self.places[at].start,
            Some(at) => self.places[at].end + (span.start - self.edits[at].span.end),
        };
        let end = match self.edits.partition_point(|edit| edit.span.start < span.end).checked_sub(1) {
            None => span.end,
            Some(at) if span.end < self.edits[at].span.end => self.places[at].end,
            Some(at) => self.places[at].end + (span.end - self.edits[at].span.end),
        };
        Span::new(start, end.max(start))
    }

    /// Whether text was replaced at the beginning or at the end of a span of the original.
    #[must_use]
    pub fn cuts(&self, span: Span) -> bool {
        let inside = |edit: &Edit, at: usize| edit.span.start <= at && at <= edit.span.end;
        self.edits.iter().any(|edit| inside(edit, span.start) || inside(edit, span.end))
    }

    /// The 1-based number of the original's line that a line of the patched text is, or was a part of.
    #[must_use]
    pub fn line(&self, number: usize) -> usize {
        let index = number.saturating_sub(1).min(self.lines.len() - 1);
        self.lines[index]
    }

    /// The edit before or at a place of the patched text.
    fn edit_at(&self, at: usize) -> Option<(&Edit, Span)> {
        let index = self.places.partition_point(|place| place.start <= at).checked_sub(1)?;
        Some((&self.edits[index], self.places[index]))
    }

    fn start(&self, at: usize) -> usize {
        match self.edit_at(at) {
            None => at,
            Some((edit, place)) if at < place.end => edit.span.start,
            Some((edit, place)) => edit.span.end + (at - place.end),
        }
    }

    fn end(&self, at: usize) -> usize {
        // what ends where replaced text begins ends before it
        let before = self.places.partition_point(|place| place.start < at).checked_sub(1);
        match before.map(|index| (&self.edits[index], self.places[index])) {
            None => at,
            Some((edit, place)) if at < place.end => edit.span.end,
            Some((edit, place)) => edit.span.end + (at - place.end),
        }
    }

    /// The original's line of the patched line that starts at `start`.
    fn line_of(&self, original: &Source, start: usize) -> usize {
        match self.edit_at(start) {
            // lines that the replaced text has had stay apart, further ones belong to the last of them
            Some((edit, place)) if start < place.end => {
                let breaks = edit.text[..start - place.start].bytes().filter(|&byte| matches!(byte, b'\n' | b'\r'));
                let (first, last) = (original.line_number(edit.span.start), original.line_number(edit.span.end));
                (first + breaks.count()).min(last)
            }
            _ => original.line_number(self.start(start)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patched(text: &str, edits: &[(usize, usize, &str)]) -> Option<Patched> {
        let edits = edits.iter().map(|(start, end, text)| Edit { span: Span::new(*start, *end), text: (*text).into() });
        Patched::new(&Source::new("s", "s.txt", text.into()), edits.collect())
    }

    #[test]
    fn places_lead_back() {
        let patched = patched("one two\nthree four", &[(4, 7, "2"), (8, 13, "III")]).expect("in order");
        assert_eq!(patched.source().text(), "one 2\nIII four");
        for (there, here) in [
            ((0, 3), (0, 3)),
            ((0, 4), (0, 4)),
            ((0, 5), (0, 7)),
            ((4, 5), (4, 7)),
            ((5, 6), (7, 8)),
            ((7, 8), (8, 13)),
            ((6, 14), (8, 18)),
            ((9, 10), (13, 14)),
            ((14, 14), (18, 18)),
        ] {
            assert_eq!(patched.back(Span::new(there.0, there.1)), Span::new(here.0, here.1), "{there:?}");
        }
        for (here, there) in
            [((0, 4), (0, 4)), ((4, 7), (4, 5)), ((5, 6), (4, 5)), ((7, 18), (5, 14)), ((8, 13), (6, 9))]
        {
            assert_eq!(patched.forward(Span::new(here.0, here.1)), Span::new(there.0, there.1), "{here:?}");
        }
        assert!(patched.cuts(Span::new(4, 18)) && !patched.cuts(Span::new(0, 3)));
    }

    #[test]
    fn lines_keep_their_numbers() {
        let more = patched("a\nb c\nd", &[(3, 4, "\n")]).expect("in order");
        assert_eq!((1..=4).map(|line| more.line(line)).collect::<Vec<_>>(), [1, 2, 2, 3]);
        let fewer = patched("a\nb\nc\nd", &[(2, 5, "x")]).expect("in order");
        assert_eq!((1..=3).map(|line| fewer.line(line)).collect::<Vec<_>>(), [1, 2, 4]);
        let old = patched("a b\rc", &[(1, 2, "\n")]).expect("in order");
        assert_eq!((1..=3).map(|line| old.line(line)).collect::<Vec<_>>(), [1, 1, 2]);
    }

    #[test]
    fn edits_that_overlap_or_cut_letters_are_refused() {
        assert!(patched("abcd", &[(0, 2, ""), (1, 3, "")]).is_none());
        assert!(patched("é", &[(1, 2, "")]).is_none());
        assert!(patched("a", &[(0, 2, "")]).is_none());
        assert!(patched("a\u{e9}", &[(1, 3, "e"), (0, 1, "b")]).is_some(), "in any order");
    }

    #[test]
    fn bytes_that_are_no_text_stay() {
        let source = Source::new("s", "s.txt", b"a\xffb".to_vec());
        let patched = Patched::new(&source, vec![Edit { span: Span::new(0, 1), text: "xy".into() }]).expect("fits");
        assert_eq!(patched.source().bytes(), b"xy\xffb");
    }
}
