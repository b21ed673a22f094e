//! From what was read of each source to one document: names made one, references, ids, evidence, findings.

use std::ops::Range;

use rapporteur_model::{
    Article, Author, Caption, Document, Evidence, Figure, Ids, Post, Recommendation, SCHEMA_VERSION, SourceFile,
    SourceKind, TeamMember, VERSIONS, Venue,
};
use rapporteur_people::Index;
use rapporteur_source::{Clean, Span, fold};
use rustc_hash::FxHashMap;

use crate::{edition, report::Report};

mod agenda;
mod people;
mod quotes;
mod sessions;
mod takeaways;

use self::people::Names;

/// One document of all sources, and how it came to be.
#[derive(Default)]
pub(crate) struct Assembled {
    pub(crate) document: Document,
    /// Which of the sources is the report.
    pub(crate) main: usize,
    pub(crate) notes: Notes,
}

/// What was decided on the way and shows in the document no more.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Names that were put right, each where it is printed.
    pub(crate) misprints: Vec<Misprint>,
    /// Quotes that are printed again.
    pub(crate) doubled: Vec<Doubled>,
}

impl Notes {
    /// The spellings of one person's name, folded.
    pub(crate) fn spellings(&self, name: &str) -> Vec<String> {
        let folded = fold(name);
        let mut spellings = vec![folded.clone()];
        for misprint in &self.misprints {
            let pair = [fold(&misprint.printed), fold(&misprint.right)];
            if pair.contains(&folded) {
                spellings.extend(pair);
            }
        }
        spellings
    }
}

/// A quote that is printed again.
#[derive(Debug)]
pub(crate) struct Doubled {
    pub(crate) source: String,
    pub(crate) span: Span,
    /// Which of the document's quotes it is.
    pub(crate) quote: usize,
}

/// A name that is printed wrongly.
#[derive(Debug)]
pub(crate) struct Misprint {
    pub(crate) source: String,
    pub(crate) span: Span,
    pub(crate) printed: String,
    pub(crate) right: String,
    /// How often the right spelling is printed.
    pub(crate) times: usize,
}

/// Makes one document of the sources of one edition, with the ids that a register has for people.
pub(crate) fn assemble(reports: &[Report<'_>], registered: Option<&Index<'_>>) -> Assembled {
    let Some(main) =
        (0..reports.len()).max_by_key(|&at| (reports[at].sessions.len(), reports[at].pieces.len(), usize::MAX - at))
    else {
        let document = Document {
            schema: VERSIONS.id(SCHEMA_VERSION),
            schema_version: SCHEMA_VERSION.to_owned(),
            ..Document::default()
        };
        return Assembled { document, ..Assembled::default() };
    };
    let report = &reports[main];
    let edition = edition::read(report);
    let ids = Ids::new(&edition.id);
    let sources = reports.iter().map(|report| source_file(report, reports.len())).collect();
    let document = Document {
        schema: VERSIONS.id(SCHEMA_VERSION),
        schema_version: SCHEMA_VERSION.to_owned(),
        edition,
        sources,
        ..Document::default()
    };
    let (names, notes) = (Names::of(report), Notes::default());
    let mut assembly = Assembly { document, ids, notes, names, speakers: FxHashMap::default(), registered };
    assembly.cards(report);
    assembly.sessions(report);
    assembly.agenda(report);
    assembly.quotes(report);
    assembly.rest(report);
    let others = reports.iter().enumerate().filter(|(at, _)| *at != main).map(|(_, other)| other);
    for report in std::iter::once(report).chain(others) {
        if let Some(list) = &report.takeaways {
            assembly.takeaways(report, list);
        }
    }
    assembly.name_evidence(report);
    for speaker in &mut assembly.document.speakers {
        speaker.variants.sort();
        speaker.variants.dedup();
    }
    Assembled { document: assembly.document, main, notes: assembly.notes }
}

fn source_file(report: &Report<'_>, count: usize) -> SourceFile {
    let source = report.context.source;
    let takeaways =
        report.sessions.is_empty() && report.takeaways.as_ref().is_some_and(|list| !list.entries.is_empty());
    SourceFile {
        id: source.id().to_owned(),
        kind: if takeaways && (count > 1 || report.cards.is_empty()) {
            SourceKind::Takeaways
        } else {
            SourceKind::Report
        },
        path: source.path().to_owned(),
        sha256: source.sha256().to_owned(),
        bytes: source.bytes().len(),
        extractor: None,
    }
}

struct Assembly<'p> {
    document: Document,
    ids: Ids,
    notes: Notes,
    names: Names,
    /// Folded name to index among the speakers.
    speakers: FxHashMap<String, usize>,
    /// Who took part in other editions.
    registered: Option<&'p Index<'p>>,
}

impl Assembly<'_> {
    fn rest(&mut self, report: &Report<'_>) {
        let context = &report.context;
        let source = context.source.id();
        for draft in &report.articles {
            let title = context.join(&draft.title);
            let mut article =
                Article { id: self.ids.titled(&title.text), title: title.text.clone(), ..Article::default() };
            article.evidence.extend(Evidence::of(source, "title", &title.spans));
            for author in &draft.authors {
                let name = context.join([&author.name]);
                let role = context.join(&author.role);
                let mut evidence: Vec<Evidence> = Evidence::of(source, "name", &name.spans).collect();
                evidence.extend(Evidence::of(source, "role", &role.spans));
                article.authors.push(Author { name: name.text, role: some(role.text), evidence, ..Author::default() });
            }
            for (at, paragraph) in draft.body.paragraphs.iter().enumerate() {
                let passage = context.join(paragraph);
                article.evidence.extend(Evidence::of(source, &format!("body/{at}"), &passage.spans));
                article.body.push(passage.text);
            }
            self.document.articles.push(article);
        }
        for draft in &report.recommendations {
            let title = context.join(&draft.title);
            let mut recommendation = Recommendation {
                id: self.ids.titled(&title.text),
                title: title.text.clone(),
                ..Recommendation::default()
            };
            recommendation.evidence.extend(Evidence::of(source, "title", &title.spans));
            for (at, paragraph) in draft.body.iter().enumerate() {
                let passage = context.join(paragraph);
                recommendation.evidence.extend(Evidence::of(source, &format!("body/{at}"), &passage.spans));
                recommendation.body.push(passage.text);
            }
            self.document.recommendations.push(recommendation);
        }
        for lines in &report.captions {
            let text = context.join(lines);
            if text.text.is_empty() {
                continue;
            }
            let evidence = Evidence::of(source, "text", &text.spans).collect();
            self.document.captions.push(Caption {
                id: self.ids.hashed(&format!("caption {}", text.text)),
                text: text.text,
                evidence,
                ..Caption::default()
            });
        }
        for draft in &report.posts {
            let text = context.join(&draft.text);
            if text.text.is_empty() {
                continue;
            }
            let handle = context.join([&draft.handle]);
            let mut evidence: Vec<Evidence> = Evidence::of(source, "handle", &handle.spans).collect();
            evidence.extend(Evidence::of(source, "text", &text.spans));
            if let Some((_, clean)) = &draft.date {
                evidence.extend(Evidence::of(source, "date", &[clean.span()]));
            }
            self.document.posts.push(Post {
                id: self.ids.hashed(&format!("post {} {}", handle.text, text.text)),
                handle: handle.text,
                date: draft.date.as_ref().map(|(date, _)| date.to_string()),
                text: text.text,
                evidence,
                ..Post::default()
            });
        }
        for draft in &report.figures {
            let (label, value) = (context.join(&draft.label), context.join(&draft.value));
            let mut evidence: Vec<Evidence> = Evidence::of(source, "label", &label.spans).collect();
            evidence.extend(Evidence::of(source, "value", &value.spans));
            let id = self.ids.hashed(&format!("figure {} {}", value.text, label.text));
            self.document.figures.push(Figure {
                id,
                label: label.text,
                value: value.text,
                evidence,
                ..Figure::default()
            });
        }
        for draft in &report.venues {
            let (years, place) = (context.join([&draft.years]), context.join(&draft.place));
            let mut evidence: Vec<Evidence> = Evidence::of(source, "years", &years.spans).collect();
            evidence.extend(Evidence::of(source, "place", &place.spans));
            let id = self.ids.hashed(&format!("venue {} {}", years.text, place.text));
            self.document.venues.push(Venue { id, years: years.text, place: place.text, evidence, ..Venue::default() });
        }
        for draft in &report.team {
            let (name, role) = (context.join(&draft.name), context.join(&draft.role));
            let group = draft.group.as_ref().map(|group| context.join([group]));
            let mut evidence: Vec<Evidence> = Evidence::of(source, "name", &name.spans).collect();
            evidence.extend(Evidence::of(source, "role", &role.spans));
            if let Some(group) = &group {
                evidence.extend(Evidence::of(source, "group", &group.spans));
            }
            let id = self.ids.hashed(&format!("team {} {}", name.text, role.text));
            self.document.team.push(TeamMember {
                id,
                name: name.text,
                role: some(role.text),
                group: group.map(|group| group.text),
                evidence,
                ..TeamMember::default()
            });
        }
        for (at, paragraph) in report.imprint.iter().enumerate() {
            let passage = context.join(paragraph);
            self.document.evidence.extend(Evidence::of(source, &format!("imprint/{at}"), &passage.spans));
            self.document.imprint.push(passage.text);
        }
    }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// The bytes of `range` of the text that `lines` join to.
fn sub_spans(lines: &[Clean<'_>], text: &str, range: Range<usize>) -> Vec<Span> {
    // letters and digits are what joining never changes: count them
    let skip = fold(&text[..range.start]).chars().count();
    let take = fold(&text[range]).chars().count();
    let mut spans: Vec<Span> = Vec::new();
    let mut seen = 0;
    for line in lines {
        let (mut from, mut to) = (None, 0);
        for (at, c) in line.text.char_indices() {
            let letters = fold(c.encode_utf8(&mut [0; 4])).chars().count();
            if letters > 0 && seen >= skip && seen < skip + take {
                from.get_or_insert(at);
                to = at + c.len_utf8();
            }
            seen += letters;
        }
        if let Some(from) = from {
            spans.push(line.source_span(from..to));
        }
    }
    spans
}
