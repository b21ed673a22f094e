//! Small texts, one for each form of credit, quote, programme and takeaway list, each with what an archivist would write
//! down of it: `NAME.txt` and `NAME.expected.txt` in `fixtures/small`.
//!
//! What is expected is written by hand, never by the tool. A line of it is one thing that was read; lines that belong to
//! it are indented. Lines that begin with `#` say what the text is about.

#[path = "common/mod.rs"]
mod common;

use std::fmt::Write as _;

use common::fixtures::{self, Fixture};
use rapporteur_diagnostics::{Finding, Severity};
use rapporteur_model::{Affiliation, Credit, Document, Inferred, Speaker};
use rapporteur_parse::{Ledger, Reading, RegionLabel};

#[test]
fn small_texts_are_read_as_an_archivist_would() {
    let faults: Vec<String> = fixtures::small().iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{} texts are read wrongly\n\n{}", faults.len(), faults.join("\n"));
}

/// What was read wrongly in a text: the lines that are missing and those that should not be there.
fn fault(fixture: &Fixture) -> Option<String> {
    let path = fixtures::folder().join(format!("{}.expected.txt", fixture.name));
    let expected = String::from_utf8(fixtures::bytes(&path)).expect("what is expected is UTF-8");
    let expected: Vec<&str> = expected.lines().filter(|line| !line.starts_with('#')).collect();
    let read = render(&fixture.read(), fixture);
    let read: Vec<&str> = read.lines().collect();
    (read != expected).then(|| format!("{}\n{}", fixture.name, difference(&expected, &read)))
}

/// Two lists of lines as one: `-` before what is missing, `+` before what should not be there.
fn difference(expected: &[&str], read: &[&str]) -> String {
    // how many lines two tails have in common
    let mut common = vec![vec![0_usize; read.len() + 1]; expected.len() + 1];
    for (i, line) in expected.iter().enumerate().rev() {
        for (j, other) in read.iter().enumerate().rev() {
            common[i][j] =
                if line == other { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, String::new());
    while i < expected.len() || j < read.len() {
        let (sign, line) = if i < expected.len() && j < read.len() && expected[i] == read[j] {
            (i, j) = (i + 1, j + 1);
            (' ', expected[i - 1])
        } else if j == read.len() || i < expected.len() && common[i + 1][j] >= common[i][j + 1] {
            i += 1;
            ('-', expected[i - 1])
        } else {
            j += 1;
            ('+', read[j - 1])
        };
        let _ = writeln!(lines, "  {sign} {line}");
    }
    lines
}

/// A reading in lines, without ids and evidence; only what was found stands there.
fn render(reading: &Reading, fixture: &Fixture) -> String {
    let mut lines = Lines { document: &reading.document, text: String::new() };
    lines.edition();
    lines.agenda();
    lines.sessions();
    lines.people();
    lines.quotes();
    lines.takeaways();
    lines.rest();
    lines.doubts(&reading.ledgers[0], &reading.findings, &fixture.text());
    lines.text
}

/// The lines that a document makes.
struct Lines<'d> {
    document: &'d Document,
    text: String,
}

impl<'d> Lines<'d> {
    fn line(&mut self, head: &str, text: &str) {
        let _ = writeln!(self.text, "{head}: {text}");
    }

    /// One line for each of several texts.
    fn each(&mut self, head: &str, texts: &[String]) {
        texts.iter().for_each(|text| self.line(head, text));
    }

    /// A line where there is something to be said.
    fn some(&mut self, head: &str, text: Option<&str>) {
        text.into_iter().for_each(|text| self.line(head, text));
    }

    fn edition(&mut self) {
        let edition = &self.document.edition;
        let dates = edition.start_date.as_ref().zip(edition.end_date.as_ref());
        let dates = dates.map(|(start, end)| format!("{start} to {end}"));
        let fields = [
            ("  name", &edition.name),
            ("  theme", &edition.theme),
            ("  dates", &dates),
            ("  venue", &edition.venue),
            ("  city", &edition.city),
            ("  organiser", &edition.organiser),
        ];
        if fields.iter().any(|(_, value)| value.is_some()) {
            self.text.push_str("edition\n");
        }
        fields.iter().for_each(|(head, value)| self.some(head, value.as_deref()));
    }

    fn agenda(&mut self) {
        for slot in &self.document.agenda {
            let when = when(slot.date.as_deref(), slot.start.as_deref(), slot.end.as_deref()).unwrap_or_default();
            let kind = slot.kind.as_ref().map(|kind| format!("[{kind}] ")).unwrap_or_default();
            self.line("slot", format!("{when} {kind}{}", slot.title).trim_start());
            let session = slot.session.as_deref().map(|id| self.title(id));
            self.some("  session", session);
        }
    }

    fn sessions(&mut self) {
        for session in &self.document.sessions {
            let kind = session.kind_label.as_ref().map(|kind| format!(" [{kind}]")).unwrap_or_default();
            self.line(&format!("session{kind}"), &session.title);
            let when = when(session.date.as_deref(), session.start.as_deref(), session.end.as_deref());
            self.some("  when", when.as_deref());
            for (head, credits) in [("  speaker", &session.speakers), ("  moderator", &session.moderators)] {
                credits.iter().for_each(|credit| self.line(head, &credited(credit)));
            }
            self.each("  text", &session.summary);
            self.each("  conclusion", &session.conclusions);
            self.each("  link", &session.links);
        }
    }

    /// The persons of whom something is said that no session and no quote says already.
    fn people(&mut self) {
        for speaker in &self.document.speakers {
            let honorific = speaker.honorific.as_deref();
            let mut lines: Vec<String> = Vec::new();
            for affiliation in speaker.affiliations.iter().filter(|affiliation| !self.says(speaker, affiliation)) {
                let Affiliation { office, organisation, country, .. } = affiliation;
                lines.push(person(honorific, &speaker.name, [office, organisation, country]));
            }
            if lines.is_empty() && (!self.is_named(speaker) || !speaker.variants.is_empty()) {
                lines.push(person(honorific, &speaker.name, [&None, &None, &None]));
            }
            self.each("person", &lines);
            self.each("  also spelt", &speaker.variants);
        }
    }

    fn quotes(&mut self) {
        for quote in &self.document.quotes {
            self.line("quote", &quote.text);
            let speaker = self.document.speakers.iter().find(|speaker| Some(&speaker.id) == quote.speaker.as_ref());
            let name = speaker.map_or("nobody", |speaker| &speaker.name);
            let inferred = if is_inferred(&quote.inferred, "speaker") { " (inferred)" } else { "" };
            let credit = quote.credit.as_ref().map(|credit| format!(" | {credit}")).unwrap_or_default();
            self.line("  by", &format!("{name}{inferred}{credit}"));
            let session = quote.session.as_deref().map(|id| self.title(id));
            self.some("  in", session);
        }
    }

    fn takeaways(&mut self) {
        for takeaway in &self.document.takeaways {
            self.line(&format!("takeaway {}", takeaway.number), &takeaway.title);
            self.each("  text", &takeaway.body);
            self.each("  author", &takeaway.authors);
        }
    }

    fn rest(&mut self) {
        let parts = |parts: &[Option<&str>]| parts.iter().flatten().copied().collect::<Vec<_>>().join(" | ");
        let document = self.document;
        for recommendation in &document.recommendations {
            self.line("recommendation", &recommendation.title);
            self.each("  text", &recommendation.body);
        }
        for article in &document.articles {
            self.line("article", &article.title);
            for author in &article.authors {
                self.line("  author", &parts(&[Some(&author.name), author.role.as_deref()]));
            }
            self.each("  text", &article.body);
        }
        for caption in &document.captions {
            self.line("caption", &caption.text);
        }
        for post in &document.posts {
            self.line("post", &parts(&[Some(&post.handle), post.date.as_deref(), Some(&post.text)]));
        }
        for figure in &document.figures {
            self.line("figure", &parts(&[Some(&figure.value), Some(&figure.label)]));
        }
        for venue in &document.venues {
            self.line("venue", &parts(&[Some(&venue.years), Some(&venue.place)]));
        }
        for member in &document.team {
            self.line("team", &parts(&[Some(&member.name), member.role.as_deref(), member.group.as_deref()]));
        }
        self.each("imprint", &document.imprint);
    }

    /// What was not read, and what an archivist is told to look at. That a page is no whole report is no wonder.
    fn doubts(&mut self, ledger: &Ledger, findings: &[Finding], text: &str) {
        for region in ledger.regions.iter().filter(|region| region.labels == [RegionLabel::Unread]) {
            self.line("unread", &format!("line {} to {}", region.first_line, region.last_line));
        }
        let told = findings.iter().filter(|finding| finding.severity > Severity::Advice);
        let whole = ["edition/not-found", "session/none"];
        for finding in told.filter(|finding| !whole.contains(&finding.rule.code)) {
            let line = finding.labels.first().map(|label| text[..label.start].matches('\n').count() + 1);
            let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
            self.line("doubt", &format!("{}{line}", finding.rule));
        }
    }

    /// The title of the session with this id.
    fn title(&self, id: &str) -> &'d str {
        let mut sessions = self.document.sessions.iter();
        sessions.find(|session| session.id == id).map_or("no such session", |session| &session.title)
    }

    /// Whether a session or a quote says already what an affiliation says.
    fn says(&self, speaker: &Speaker, affiliation: &Affiliation) -> bool {
        let credit = Some(affiliation.credit.as_str());
        let mut quotes = self.document.quotes.iter();
        self.credits().any(|known| known.speaker == speaker.id && known.credit.as_deref() == credit)
            || quotes.any(|quote| quote.speaker.as_ref() == Some(&speaker.id) && quote.credit.as_deref() == credit)
    }

    /// Whether a session or a quote names the person.
    fn is_named(&self, speaker: &Speaker) -> bool {
        self.credits().any(|credit| credit.speaker == speaker.id)
            || self.document.quotes.iter().any(|quote| quote.speaker.as_ref() == Some(&speaker.id))
    }

    fn credits(&self) -> impl Iterator<Item = &Credit> {
        self.document.sessions.iter().flat_map(|session| session.speakers.iter().chain(&session.moderators))
    }
}

/// `2031-05-06 09:30-10:15`, as much of it as is known.
fn when(date: Option<&str>, start: Option<&str>, end: Option<&str>) -> Option<String> {
    let times = start.map(|start| end.map_or_else(|| start.to_owned(), |end| format!("{start}-{end}")));
    let known: Vec<&str> = date.into_iter().chain(times.as_deref()).collect();
    (!known.is_empty()).then(|| known.join(" "))
}

/// `[H.E.] Name | office | organisation | country`, without what is empty at the end.
fn person(honorific: Option<&str>, name: &str, parts: [&Option<String>; 3]) -> String {
    let honorific = honorific.map(|honorific| format!("[{honorific}] ")).unwrap_or_default();
    let parts: String = parts.iter().map(|part| format!(" | {}", part.as_deref().unwrap_or_default())).collect();
    format!("{honorific}{name}{}", parts.trim_end_matches([' ', '|'])).replace(" |  |", " | |")
}

fn credited(credit: &Credit) -> String {
    let Credit { office, organisation, country, .. } = credit;
    let inferred = if is_inferred(&credit.inferred, "name") { " (inferred)" } else { "" };
    let online = if credit.online { " (online)" } else { "" };
    let person = person(credit.honorific.as_deref(), &credit.name, [office, organisation, country]);
    format!("{person}{inferred}{online}")
}

fn is_inferred(inferred: &[Inferred], field: &str) -> bool {
    inferred.iter().any(|inferred| inferred.field == field)
}

#[test]
fn differences_are_shown_line_by_line() {
    assert_eq!(difference(&["a", "b", "c"], &["a", "x", "c"]), "    a\n  - b\n  + x\n    c\n");
    assert_eq!(difference(&[], &["a"]), "  + a\n");
}

#[test]
fn persons_are_rendered_in_parts() {
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        person(Some("H.E."), "Ada Brun", [&some("Mayor"), &None, &some("Norway")]),
        "[H.E.] Ada Brun | Mayor | | Norway"
    );
    assert_eq!(person(None, "Ada Brun", [&None, &None, &None]), "Ada Brun");
}
