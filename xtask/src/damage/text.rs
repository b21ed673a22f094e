//! A text with what was read of it: where things stand that can be damaged.

use std::collections::HashMap;
use std::ops::Range;

use rapporteur_diagnostics::Finding;
use rapporteur_grammar::Lexicon;
use rapporteur_model::{Credit, Document, Evidence, Session};
use rapporteur_parse::{Ledger, RegionLabel};
use rapporteur_source::Source;

/// A text before it is damaged.
pub(crate) struct Text {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) document: Document,
    pub(crate) ledger: Ledger,
    /// What is found in it as it is.
    pub(crate) findings: Vec<Told>,
    /// How often each word stands in it, in small letters.
    counts: HashMap<String, usize>,
}

/// A text after it was damaged.
pub(crate) struct Damaged {
    pub(crate) bytes: Vec<u8>,
    /// 1-based number of the line in which it was damaged.
    pub(crate) line: usize,
    /// How many lines there are more than before.
    pub(crate) more: isize,
}

/// A finding, as far as it is compared: its code, its message, and the lines of its labels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Told {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) lines: Vec<usize>,
}

impl Told {
    fn of(finding: &Finding, source: &Source) -> Self {
        let lines = finding.labels.iter().map(|label| source.line_number(label.start)).collect();
        Self { code: finding.rule.code, message: finding.message.clone(), lines }
    }
}

/// What is read of a text, and what is found in it.
pub(crate) fn read(bytes: Vec<u8>, lexicon: &Lexicon) -> (Document, Ledger, Vec<Told>, Vec<Finding>) {
    let source = Source::new("report", "report.txt", bytes);
    let mut reading = rapporteur_parse::read(std::slice::from_ref(&source), lexicon);
    let told = reading.findings.iter().map(|finding| Told::of(finding, &source)).collect();
    (reading.document, reading.ledgers.swap_remove(0), told, reading.findings)
}

impl Text {
    pub(crate) fn new(name: String, text: String, lexicon: &Lexicon) -> Self {
        let (document, ledger, findings, _) = read(text.clone().into_bytes(), lexicon);
        let mut counts = HashMap::new();
        for word in words(&text) {
            *counts.entry(text[word].to_lowercase()).or_default() += 1;
        }
        Self { name, text, document, ledger, findings, counts }
    }

    /// How often a word stands in the text.
    pub(crate) fn count(&self, word: &str) -> usize {
        self.counts.get(&word.to_lowercase()).copied().unwrap_or_default()
    }

    /// The text with something else in the place of `range`.
    pub(crate) fn with(&self, range: Range<usize>, new: &str) -> Damaged {
        self.with_bytes(range, new.as_bytes())
    }

    pub(crate) fn with_bytes(&self, range: Range<usize>, new: &[u8]) -> Damaged {
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        let breaks = |bytes: &[u8]| bytes.iter().filter(|&&byte| byte == b'\n').count();
        let more = breaks(new).cast_signed() - breaks(self.text[range.clone()].as_bytes()).cast_signed();
        let bytes = [before.as_bytes(), new, after.as_bytes()].concat();
        Damaged { bytes, line: breaks(before.as_bytes()) + 1, more }
    }

    /// The line, without its end, that holds `at`.
    pub(crate) fn line_of(&self, at: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let start = bytes[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        let end = bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |length| at + length);
        start..end
    }

    /// The lines that hold `range`, with the line end behind them.
    pub(crate) fn lines_of(&self, range: Range<usize>) -> Range<usize> {
        let end = self.line_of(range.end.max(range.start + 1) - 1).end;
        self.line_of(range.start).start..self.text.len().min(end + 1)
    }

    /// Where running text of sessions stands, paragraph by paragraph: the first span of each to its last, where nothing
    /// stands between.
    pub(crate) fn paragraphs(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for session in &self.document.sessions {
            for at in 0..session.summary.len() {
                found.extend(whole(&session.evidence, &format!("summary/{at}")));
            }
        }
        found.retain(|range| range.len() > 150 && self.reads_on(range));
        found
    }

    /// Whether nothing but text stands in `range`: lines that go on in each other.
    fn reads_on(&self, range: &Range<usize>) -> bool {
        !self.text[range.clone()].split('\n').any(|line| line.trim().is_empty())
    }

    /// Words in running text, of at least so many letters, all small.
    pub(crate) fn body_words(&self, letters: usize) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for paragraph in self.paragraphs() {
            let text = &self.text[paragraph.clone()];
            for word in words(text) {
                let (start, end) = (paragraph.start + word.start, paragraph.start + word.end);
                let alone = |c: Option<char>| c.is_some_and(|c| c == ' ' || c == ',' || c == '.');
                let whole = alone(self.text[..start].chars().next_back()) && alone(self.text[end..].chars().next());
                if whole && word.len() >= letters && text[word].bytes().all(|b| b.is_ascii_lowercase()) {
                    found.push(start..end);
                }
            }
        }
        found
    }

    /// The credits of all sessions.
    pub(crate) fn credits(&self) -> impl Iterator<Item = (&Session, &Credit)> {
        let sessions = self.document.sessions.iter();
        sessions
            .flat_map(|session| session.speakers.iter().chain(&session.moderators).map(move |credit| (session, credit)))
    }

    /// Where a session's title stands.
    pub(crate) fn title_line(&self, session: &Session) -> Option<usize> {
        let title = whole(&session.evidence, "title")?;
        Some(self.text[..title.start].matches('\n').count() + 1)
    }

    /// The regions with a label, as bytes of whole lines.
    pub(crate) fn regions(&self, label: RegionLabel) -> Vec<Range<usize>> {
        let starts: Vec<usize> = std::iter::once(0)
            .chain(self.text.match_indices('\n').map(|(at, _)| at + 1))
            .chain([self.text.len()])
            .collect();
        let regions = self.ledger.regions.iter().filter(|region| region.labels == [label]);
        regions.map(|region| starts[region.first_line - 1]..starts[region.last_line.min(starts.len() - 1)]).collect()
    }
}

/// Where the value of `field` stands, from its first span to its last.
pub(crate) fn whole(evidence: &[Evidence], field: &str) -> Option<Range<usize>> {
    let spans = evidence.iter().filter(|evidence| evidence.field == field && evidence.source == "report");
    let (start, end) = spans.fold((usize::MAX, 0), |(start, end), span| (start.min(span.start), end.max(span.end)));
    (start < end).then_some(start..end)
}

/// Where the words of `text` stand.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphabetic)?;
        let end = text[start..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |length| start + length);
        at = end;
        Some(start..end)
    })
}
