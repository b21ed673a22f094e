//! From what was read of each source to one document: names made one, references, ids, evidence, findings.

use std::ops::Range;

use jiff::civil::Time;
use rapporteur_diagnostics::{Code, Finding};
use rapporteur_grammar::{self as grammar, Kind, Role};
use rapporteur_model::{
    Affiliation, Article, Author, Caption, Credit, Document, Evidence, Figure, Ids, Inferred, Post, Quote,
    Recommendation, SCHEMA_ID, SCHEMA_VERSION, Session, SessionKind, Slot, SourceFile, SourceKind, Speaker, Takeaway,
    TeamMember, Venue, Version, slug,
};
use rapporteur_source::{Clean, Passage, Span, fold};
use rustc_hash::FxHashMap;

use crate::{
    RegionLabel, edition, order, outline,
    report::{Report, is_moderator},
    session::CreditDraft,
    takeaways::TakeawayList,
};

/// Makes one document of the sources of one edition.
pub(crate) fn assemble(reports: &mut [Report<'_>]) -> (Document, Vec<Finding>) {
    let Some(main) =
        (0..reports.len()).max_by_key(|&at| (reports[at].sessions.len(), reports[at].pieces.len(), usize::MAX - at))
    else {
        return (
            Document { schema: SCHEMA_ID.to_owned(), schema_version: SCHEMA_VERSION.to_owned(), ..Document::default() },
            Vec::new(),
        );
    };
    let edition = edition::read(&reports[main]);
    let ids = Ids::new(&edition.id);
    let sources = reports.iter().map(|report| source_file(report, reports.len())).collect();
    let document = Document {
        schema: SCHEMA_ID.to_owned(),
        schema_version: SCHEMA_VERSION.to_owned(),
        edition,
        sources,
        ..Document::default()
    };
    let names = Names::of(&reports[main]);
    let mut assembly = Assembly { document, ids, findings: Vec::new(), names, speakers: FxHashMap::default() };
    assembly.other_editions(reports, main);
    let report = &mut reports[main];
    assembly.cards(report);
    assembly.sessions(report);
    assembly.agenda(report);
    assembly.quotes(report);
    assembly.rest(report);
    let mut lists: Vec<(usize, TakeawayList<'_>)> = Vec::new();
    for at in std::iter::once(main).chain((0..reports.len()).filter(|&at| at != main)) {
        if let Some(list) = reports[at].takeaways.take() {
            lists.push((at, list));
        }
    }
    for (at, list) in lists {
        assembly.takeaways(&reports[at], list);
    }
    assembly.name_evidence(&reports[main]);
    let mut speakers = std::mem::take(&mut assembly.document.speakers);
    for speaker in &mut speakers {
        speaker.variants.sort();
        speaker.variants.dedup();
    }
    assembly.document.speakers = speakers;
    (assembly.document, assembly.findings)
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
        sha256: source.sha256(),
        bytes: source.bytes().len(),
        extractor: None,
    }
}

struct Assembly {
    document: Document,
    ids: Ids,
    findings: Vec<Finding>,
    names: Names,
    /// Folded name to index among the speakers.
    speakers: FxHashMap<String, usize>,
}

/// Spellings that are one name: the likelier for each.
#[derive(Debug, Default)]
struct Names {
    /// Folded misprint to the right spelling and how often that is printed.
    right: FxHashMap<String, (String, usize)>,
}

impl Names {
    /// Two names that differ by a letter or two are one, if one of them stands in the text clearly more often.
    fn of(report: &Report<'_>) -> Self {
        let people = &report.people;
        let counts = people.counts(report.context.source.text());
        let mut names = Self::default();
        for wrong in people.all().filter(|&person| counts[person] <= 2) {
            let folded = fold(&people.get(wrong).name);
            let right = people.nearby(&folded).into_iter().filter(|&right| counts[right] > counts[wrong]);
            if let Some(right) = right.max_by_key(|&right| (counts[right], std::cmp::Reverse(right))) {
                names.right.insert(folded, (people.get(right).name.clone(), counts[right]));
            }
        }
        names
    }

    fn right(&self, name: &str) -> Option<&(String, usize)> {
        self.right.get(&fold(name))
    }
}

/// One parsed credit with where its parts stand.
struct Printed {
    honorific: Option<Passage>,
    name: Passage,
    credit: Option<Passage>,
    online: bool,
}

impl Assembly {
    fn other_editions(&mut self, reports: &[Report<'_>], main: usize) {
        let year = self.document.edition.year;
        for (at, report) in reports.iter().enumerate() {
            let Some(naming) = report.context.naming.as_ref().filter(|_| at != main) else { continue };
            let Some(year) = year.filter(|year| *year != naming.year) else { continue };
            self.findings.push(
                Finding::new(
                    Code::SourceOtherEdition,
                    format!("{} is of {}, the other sources are of {year}", report.context.source.id(), naming.name),
                )
                .at(report.context.source.id(), naming.name_span, "names another edition")
                .help("give the sources of one edition in one call"),
            );
        }
    }

    /// The person of this name among the speakers; a new one where there is none yet.
    fn speaker(&mut self, name: &str) -> usize {
        let key = fold(name);
        if let Some(&at) = self.speakers.get(&key) {
            return at;
        }
        let at = self.document.speakers.len();
        let id = match slug(name) {
            slug if slug.is_empty() => "unnamed".to_owned(),
            slug => slug,
        };
        let id = self.ids.unique(id);
        self.document.speakers.push(Speaker { id, name: name.to_owned(), ..Speaker::default() });
        self.speakers.insert(key, at);
        at
    }

    /// The right spelling of a printed name, and the person. Says so where the print is wrong.
    fn person(&mut self, report: &Report<'_>, printed: &Passage) -> (usize, Option<Inferred>) {
        let source = report.context.source.id();
        match self.names.right(&printed.text).cloned() {
            Some((right, times)) => self.misprint(report, printed, &right, times),
            None => {
                let at = self.speaker(&printed.text);
                let speaker = &mut self.document.speakers[at];
                if !speaker.evidence.iter().any(|evidence| evidence.field == "name")
                    && fold(&speaker.name) == fold(&printed.text)
                {
                    speaker.evidence.extend(Evidence::of(source, "name", &printed.spans));
                }
                (at, None)
            }
        }
    }

    /// A name that is printed wrongly here: the right one is used, the printed one kept, and a finding says so.
    fn misprint(
        &mut self,
        report: &Report<'_>,
        printed: &Passage,
        right: &str,
        times: usize,
    ) -> (usize, Option<Inferred>) {
        let source = report.context.source.id();
        let at = self.speaker(right);
        let speaker = &mut self.document.speakers[at];
        let field = format!("variants/{}", speaker.variants.len());
        if !speaker.variants.contains(&printed.text) {
            speaker.variants.push(printed.text.clone());
            speaker.evidence.extend(Evidence::of(source, &field, &printed.spans));
        }
        let reason = format!("printed “{}” here; “{right}” stands in {times} other places", printed.text);
        let span = printed.spans.first().copied().unwrap_or_default();
        let known = self.findings.iter().any(|finding| {
            finding.code == Code::PersonMisspelt && finding.labels.iter().any(|label| label.start == span.start)
        });
        if !known {
            self.findings.push(
                Finding::new(Code::PersonMisspelt, format!("“{}” is likely a misprint of “{right}”", printed.text))
                    .at(source, span, format!("elsewhere spelt {right} ({times} times)"))
                    .help("the likelier spelling is used, and the printed one kept among the variants"),
            );
        }
        (at, Some(Inferred { field: "name".to_owned(), reason }))
    }

    /// A name whose right spelling stands only in running text or a list: it gets the first place where it stands.
    fn name_evidence(&mut self, report: &Report<'_>) {
        let source = report.context.source;
        let lacks = |speaker: &Speaker| !speaker.evidence.iter().any(|evidence| evidence.field == "name");
        if !self.document.speakers.iter().any(lacks) {
            return;
        }
        let mut first: FxHashMap<usize, Span> = FxHashMap::default();
        for found in report.people.find_all(source.text()) {
            first.entry(found.person).or_insert(Span::new(found.range.start, found.range.end));
        }
        for speaker in self.document.speakers.iter_mut().filter(|speaker| lacks(speaker)) {
            let place = report.people.of_name(&speaker.name).and_then(|person| first.get(&person));
            match place {
                Some(span) => speaker.evidence.extend(Evidence::of(source.id(), "name", &[*span])),
                None => speaker.inferred.push(Inferred {
                    field: "name".to_owned(),
                    reason: "this spelling stands on no line of its own; it was put together from a list".to_owned(),
                }),
            }
        }
    }

    fn affiliate(
        &mut self,
        report: &Report<'_>,
        speaker: usize,
        honorific: Option<&Passage>,
        credit: Option<&Passage>,
    ) {
        let source = report.context.source.id();
        let person = &mut self.document.speakers[speaker];
        if let (None, Some(honorific)) = (&person.honorific, honorific) {
            person.honorific = Some(honorific.text.clone());
            person.evidence.extend(Evidence::of(source, "honorific", &honorific.spans));
        }
        let Some(credit) = credit.filter(|credit| !credit.text.is_empty()) else { return };
        if person.affiliations.iter().any(|known| fold(&known.credit) == fold(&credit.text)) {
            return;
        }
        let parts = grammar::affiliation(&credit.text, report.context.lexicon);
        person.affiliations.push(Affiliation {
            credit: credit.text.clone(),
            office: parts.office,
            organisation: parts.organisation,
            country: parts.country,
            country_code: parts.country_code,
            evidence: Evidence::of(source, "credit", &credit.spans).collect(),
        });
    }

    fn cards(&mut self, report: &Report<'_>) {
        for card in &report.cards {
            let name = report.context.join(&card.name);
            let (speaker, _) = self.person(report, &name);
            let honorific = card.honorific.as_ref().map(|honorific| report.context.join([honorific]));
            let credit = report.context.join(&card.credit);
            self.affiliate(report, speaker, honorific.as_ref(), Some(&credit));
            if let (Some(parts), Some(first)) =
                (card_parts(report, &card.credit), self.document.speakers[speaker].affiliations.first_mut())
                && fold(&first.credit) == fold(&credit.text)
            {
                first.office = parts.office;
                first.organisation = parts.organisation;
                first.country = parts.country;
                first.country_code = parts.country_code;
            }
        }
    }

    fn sessions(&mut self, report: &mut Report<'_>) {
        let drafts = std::mem::take(&mut report.sessions);
        for draft in &drafts {
            let context = &report.context;
            let source = context.source.id();
            let title = context.join(&draft.title);
            let mut session = Session {
                id: self.ids.titled(&title.text),
                position: self.document.sessions.len() + 1,
                title: title.text.clone(),
                ..Session::default()
            };
            session.evidence.extend(Evidence::of(source, "title", &title.spans));
            let kind = context.join(&draft.kind);
            if !kind.text.is_empty() {
                let label = kind.text.trim_end_matches(':').to_owned();
                session.kind_label = Some(label);
                session.evidence.extend(Evidence::of(source, "kind_label", &kind.spans));
            }
            session.kind = session.kind_label.as_deref().map(|label| session_kind(label, report));
            for credit in &draft.credits {
                self.credit(report, &mut session, credit);
            }
            for (at, paragraph) in draft.summary.paragraphs.iter().enumerate() {
                let passage = report.context.join(paragraph);
                session.evidence.extend(Evidence::of(source, &format!("summary/{at}"), &passage.spans));
                session.summary.push(passage.text);
            }
            let conclusions = draft.conclusions.iter().map(|conclusion| report.context.join(conclusion));
            for (at, passage) in conclusions.filter(|passage| !passage.text.is_empty()).enumerate() {
                session.evidence.extend(Evidence::of(source, &format!("conclusions/{at}"), &passage.spans));
                session.conclusions.push(passage.text);
            }
            for (at, link) in draft.links.iter().enumerate() {
                let passage = report.context.join([link]);
                session.evidence.extend(Evidence::of(source, &format!("links/{at}"), &passage.spans));
                session.links.push(passage.text);
            }
            self.order_findings(report, &draft.summary, &title.text);
            self.document.sessions.push(session);
        }
        report.sessions = drafts;
    }

    fn order_findings(&mut self, report: &Report<'_>, summary: &order::Ordered<'_>, title: &str) {
        let source = report.context.source.id();
        for piece in &summary.moved {
            self.findings.push(
                Finding::new(Code::StructureReordered, format!("running text of “{title}” was put into another order"))
                    .at(source, piece.span(), "this part was moved to where the text goes on"),
            );
        }
        for piece in &summary.cut_off {
            let end = piece.span();
            self.findings.push(
                Finding::new(Code::StructureCutOff, format!("running text of “{title}” stops in mid-sentence"))
                    .at(source, end, "nothing goes on from here")
                    .help("look whether the text after it was lost, or stands elsewhere"),
            );
        }
    }

    fn printed(&self, report: &Report<'_>, lines: &[Clean<'_>]) -> Option<Printed> {
        let context = &report.context;
        let whole = context.join(lines);
        let text = &whole.text;
        let known = report.people.find_all(text.get(..text.len().min(90)).unwrap_or(text)).into_iter().next();
        let parsed = match known {
            Some(found)
                if text[..found.range.start].split_whitespace().all(|word| context.lexicon.is_honorific(word)) =>
            {
                grammar::credit_of(text, found.range, context.lexicon)
            }
            _ => match crate::session::name_line(lines, text, context.lexicon) {
                Some(name) => grammar::credit_of(text, name, context.lexicon),
                None => grammar::credit(text, context.lexicon)?,
            },
        };
        let part = |range: Range<usize>| -> Option<Passage> {
            text[range.clone()]
                .contains(char::is_alphanumeric)
                .then(|| Passage { text: text[range.clone()].trim().to_owned(), spans: sub_spans(lines, text, range) })
        };
        let name = part(parsed.name.clone())?;
        let honorific = text[parsed.honorific.clone()].trim();
        let lead = parsed.honorific.end - honorific.len();
        Some(Printed {
            honorific: part(lead..parsed.honorific.end),
            name,
            credit: part(parsed.credit),
            online: parsed.online,
        })
    }

    fn credit(&mut self, report: &Report<'_>, session: &mut Session, draft: &CreditDraft<'_>) {
        let Some(printed) = self.printed(report, &draft.lines) else {
            return;
        };
        let credit = self.credit_entry(report, &printed);
        if draft.role == Role::Moderators { session.moderators.push(credit) } else { session.speakers.push(credit) }
    }

    fn credit_entry(&mut self, report: &Report<'_>, printed: &Printed) -> Credit {
        let source = report.context.source.id();
        let (at, inferred) = self.person(report, &printed.name);
        self.affiliate(report, at, printed.honorific.as_ref(), printed.credit.as_ref());
        let person = &self.document.speakers[at];
        let parts = printed
            .credit
            .as_ref()
            .map(|credit| grammar::affiliation(&credit.text, report.context.lexicon))
            .unwrap_or_default();
        let mut evidence: Vec<Evidence> = Evidence::of(source, "name", &printed.name.spans).collect();
        if let Some(honorific) = &printed.honorific {
            evidence.extend(Evidence::of(source, "honorific", &honorific.spans));
        }
        if let Some(credit) = &printed.credit {
            evidence.extend(Evidence::of(source, "credit", &credit.spans));
        }
        Credit {
            speaker: person.id.clone(),
            name: person.name.clone(),
            honorific: printed.honorific.as_ref().map(|honorific| honorific.text.clone()),
            credit: printed.credit.as_ref().map(|credit| credit.text.clone()),
            office: parts.office,
            organisation: parts.organisation,
            country: parts.country,
            country_code: parts.country_code,
            online: printed.online,
            evidence,
            inferred: inferred.into_iter().collect(),
        }
    }

    /// The programme, and what it adds to the sessions: day, time, and credits where none are printed at the session.
    fn agenda(&mut self, report: &Report<'_>) {
        let context = &report.context;
        let source = context.source.id();
        let mut slots = report.outline.programme.slots.clone();
        let sessions: Vec<String> = self.document.sessions.iter().map(|session| fold(&session.title)).collect();
        slots.sort_by_key(|slot| {
            (slot.date.as_ref().map(|day| day.date), slot.times.as_ref().map(|(times, _)| times.start))
        });
        for draft in slots {
            let mut title = context.join(&draft.title);
            let mut kind = draft.kind.as_ref().map(|kind| context.join([kind]));
            let session = self.session_of_slot(&mut title, &mut kind, &sessions, report);
            let date = draft.date.as_ref().map(|day| (day.date.to_string(), day.printed.span()));
            let start = draft.times.as_ref().map(|(times, _)| clock(times.start));
            let end = draft.times.as_ref().and_then(|(times, _)| times.end).map(clock);
            let key = format!(
                "{} {} {}",
                date.as_ref().map_or("", |(date, _)| date),
                start.as_deref().unwrap_or_default(),
                title.text
            );
            let mut slot = Slot {
                id: self.ids.hashed(&format!("agenda {key}")),
                date: date.as_ref().map(|(date, _)| date.clone()),
                start: start.clone(),
                end: end.clone(),
                kind: kind.as_ref().map(|kind| kind.text.clone()),
                title: title.text.clone(),
                session: session.map(|at| self.document.sessions[at].id.clone()),
                ..Slot::default()
            };
            slot.evidence.extend(Evidence::of(source, "title", &title.spans));
            if let Some(kind) = &kind {
                slot.evidence.extend(Evidence::of(source, "kind", &kind.spans));
            }
            if let Some((_, span)) = &date {
                slot.evidence.extend(Evidence::of(source, "date", &[*span]));
            }
            if draft.date.as_ref().is_some_and(|day| !day.year) {
                let reason = "the programme prints the day without its year, which is that of the edition".to_owned();
                slot.inferred.push(Inferred { field: "date".to_owned(), reason });
            }
            if let Some((times, clean)) = &draft.times {
                slot.evidence.extend(Evidence::of(source, "start", &[clean.span()]));
                if times.end.is_some() {
                    slot.evidence.extend(Evidence::of(source, "end", &[clean.span()]));
                }
            }
            if let Some(at) = session {
                self.schedule(at, &slot, report);
                let credits: Vec<CreditDraft<'_>> = draft
                    .credits
                    .iter()
                    .map(|(role, lines)| CreditDraft { role: *role, lines: lines.clone() })
                    .collect();
                let bare =
                    self.document.sessions[at].speakers.is_empty() && self.document.sessions[at].moderators.is_empty();
                if bare && !credits.is_empty() {
                    let mut session = std::mem::take(&mut self.document.sessions[at]);
                    for credit in &credits {
                        self.credit(report, &mut session, credit);
                    }
                    self.document.sessions[at] = session;
                }
            } else {
                for (_, lines) in &draft.credits {
                    if let Some(printed) = self.printed(report, lines) {
                        let (speaker, _) = self.person(report, &printed.name);
                        self.affiliate(report, speaker, printed.honorific.as_ref(), printed.credit.as_ref());
                    }
                }
            }
            self.document.agenda.push(slot);
        }
    }

    fn schedule(&mut self, at: usize, slot: &Slot, report: &Report<'_>) {
        let session = &mut self.document.sessions[at];
        if session.date.is_some() {
            return;
        }
        session.date = slot.date.clone();
        session.start = slot.start.clone();
        session.end = slot.end.clone();
        let timing =
            slot.evidence.iter().filter(|evidence| matches!(evidence.field.as_str(), "date" | "start" | "end"));
        session.evidence.extend(timing.cloned());
        if session.kind_label.is_none()
            && let Some(kind) = &slot.kind
        {
            session.kind_label = Some(kind.clone());
            session.kind = Some(session_kind(kind, report));
            let evidence = slot.evidence.iter().filter(|evidence| evidence.field == "kind").cloned();
            session.evidence.extend(evidence.map(|evidence| Evidence { field: "kind_label".to_owned(), ..evidence }));
        }
    }

    /// The session that a slot announces. A kind that the slot prints run into its title is taken off.
    fn session_of_slot(
        &self,
        title: &mut Passage,
        kind: &mut Option<Passage>,
        titles: &[String],
        report: &Report<'_>,
    ) -> Option<usize> {
        let folded = fold(&title.text);
        let sessions = &self.document.sessions;
        let exact = titles.iter().position(|wanted| outline::similar(wanted, &folded));
        if exact.is_some() {
            return exact;
        }
        for (at, session) in sessions.iter().enumerate() {
            let wanted = &titles[at];
            let label = session.kind_label.as_deref().map(fold).unwrap_or_default();
            if kind.is_none()
                && !label.is_empty()
                && folded.strip_prefix(label.as_str()).is_some_and(|rest| outline::similar(rest, wanted))
            {
                let words = session.kind_label.as_deref().unwrap_or_default().split_whitespace().count();
                split_words(title, kind, words, report);
                return Some(at);
            }
            let whole = kind.as_ref().map(|kind| format!("{}{folded}", fold(&kind.text)));
            if whole.is_some_and(|whole| outline::similar(wanted, &whole)) {
                return Some(at);
            }
        }
        // opening and closing remarks by their kind
        let remarks = |text: &str| {
            let kind = grammar::session_kind(text, report.context.lexicon).ok()?;
            (kind.0.trim().is_empty() && matches!(kind.1, Kind::Opening | Kind::Closing)).then_some(kind.1)
        };
        let wanted = remarks(&title.text)?;
        let mut same = sessions
            .iter()
            .enumerate()
            .filter(|(_, session)| remarks(&session.title) == Some(wanted) && session.date.is_none());
        let found = same.next()?.0;
        same.next().is_none().then_some(found)
    }

    /// Those whom only the contents name for a session that prints no credits; their offices as at their quotes.
    fn listed_speakers(&mut self, report: &Report<'_>) {
        for (at, draft) in report.sessions.iter().enumerate() {
            let session = &self.document.sessions[at];
            let Some(title) = draft.known.map(|known| &report.outline.titles[known]) else { continue };
            if !session.speakers.is_empty() || title.people.is_empty() {
                continue;
            }
            let source = report.context.source.id().to_owned();
            for (role, clean) in &title.people {
                let name = report.context.join([clean]);
                let (speaker, inferred) = self.person(report, &name);
                let person_name = self.document.speakers[speaker].name.clone();
                let quoted = report.quotes.iter().filter(|(session, _)| *session == Some(at)).find_map(|(_, quote)| {
                    let by = quote.by.as_ref()?;
                    (fold(&by.name.text) == fold(&person_name)).then(|| report.context.join(&by.credit))
                });
                let credit = quoted.filter(|credit| !credit.text.is_empty());
                self.affiliate(report, speaker, None, credit.as_ref());
                let parts = credit
                    .as_ref()
                    .map(|credit| grammar::affiliation(&credit.text, report.context.lexicon))
                    .unwrap_or_default();
                let mut evidence: Vec<Evidence> = Evidence::of(&source, "name", &name.spans).collect();
                if let Some(credit) = &credit {
                    evidence.extend(Evidence::of(&source, "credit", &credit.spans));
                }
                let entry = Credit {
                    speaker: self.document.speakers[speaker].id.clone(),
                    name: person_name,
                    credit: credit.map(|credit| credit.text),
                    office: parts.office,
                    organisation: parts.organisation,
                    country: parts.country,
                    country_code: parts.country_code,
                    evidence,
                    inferred: inferred.into_iter().collect(),
                    ..Credit::default()
                };
                let session = &mut self.document.sessions[at];
                if is_moderator(*role) { session.moderators.push(entry) } else { session.speakers.push(entry) }
            }
        }
    }

    fn quotes(&mut self, report: &Report<'_>) {
        self.listed_speakers(report);
        let source = report.context.source.id();
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        let mut nameless: Vec<(usize, Option<usize>)> = Vec::new();
        for (session, draft) in &report.quotes {
            let text = report.context.join(&draft.text);
            if seen.contains_key(&fold(&text.text)) || text.text.is_empty() {
                continue;
            }
            seen.insert(fold(&text.text), self.document.quotes.len());
            let mut quote = Quote {
                id: self.ids.hashed(&text.text),
                text: text.text.clone(),
                session: session.map(|at| self.document.sessions[at].id.clone()),
                ..Quote::default()
            };
            quote.evidence.extend(Evidence::of(source, "text", &text.spans));
            if let Some(by) = &draft.by {
                let name = report.context.join([&by.name]);
                let right = by.person.map(|person| report.people.get(person).name.clone());
                let (speaker, inferred) = match right.filter(|right| fold(right) != fold(&name.text)) {
                    Some(right) if self.names.right(&name.text).is_none() => {
                        let times = report.context.source.text().matches(right.as_str()).count();
                        self.misprint(report, &name, &right, times)
                    }
                    _ => self.person(report, &name),
                };
                quote.inferred.extend(inferred.map(|inferred| Inferred { field: "speaker".to_owned(), ..inferred }));
                let credit = report.context.join(&by.credit);
                quote.speaker = Some(self.document.speakers[speaker].id.clone());
                quote.evidence.extend(Evidence::of(source, "speaker", &name.spans));
                if !credit.text.is_empty() {
                    let text = credit
                        .text
                        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'))
                        .to_owned();
                    quote.evidence.extend(Evidence::of(source, "credit", &credit.spans));
                    quote.credit = Some(text);
                    let known = self.document.speakers[speaker].affiliations.is_empty();
                    if known {
                        self.affiliate(report, speaker, None, Some(&credit));
                    }
                }
            } else if let Some((person, office)) = &draft.by_office {
                let name = report.people.get(*person).name.clone();
                let speaker = self.speaker(&name);
                let credit = report.context.join([office]);
                quote.speaker = Some(self.document.speakers[speaker].id.clone());
                quote.evidence.extend(Evidence::of(source, "credit", &credit.spans));
                quote.credit = some(credit.text);
                quote.inferred.push(Inferred {
                    field: "speaker".to_owned(),
                    reason: format!("the name is lost; the office printed at the quote is that of {name} alone"),
                });
                nameless.push((self.document.quotes.len(), *session));
            } else {
                nameless.push((self.document.quotes.len(), *session));
            }
            self.document.quotes.push(quote);
        }
        self.place_quotes();
        self.infer_speakers(&nameless);
        for (at, _) in nameless {
            let quote = &self.document.quotes[at];
            let span = quote.evidence.first().map(Evidence::span).unwrap_or_default();
            let finding = if quote.speaker.is_some() {
                Finding::new(
                    Code::QuoteSpeakerInferred,
                    "the speaker of this quote is not printed, but follows from the rest",
                )
                .at(
                    source,
                    span,
                    quote.inferred.first().map(|inferred| inferred.reason.clone()).unwrap_or_default(),
                )
            } else {
                Finding::new(Code::QuoteNoSpeaker, "nobody is named as the speaker of this quote")
                    .at(source, span, "whose words are these?")
                    .help("the document has it with no speaker")
            };
            self.findings.push(finding);
        }
    }

    /// A quote by somebody who is not on stage in the session where it stands, but in the one before or after, belongs
    /// there: a column or a page was read too early or too late.
    fn place_quotes(&mut self) {
        let sessions = &self.document.sessions;
        let on_stage = |at: usize, speaker: &str| {
            sessions.get(at).is_some_and(|session| {
                session.speakers.iter().chain(&session.moderators).any(|credit| credit.speaker == speaker)
            })
        };
        for quote in &mut self.document.quotes {
            let (Some(id), Some(speaker)) = (&quote.session, &quote.speaker) else { continue };
            let Some(at) = sessions.iter().position(|session| session.id == *id) else { continue };
            if sessions[at].speakers.is_empty() || on_stage(at, speaker) {
                continue;
            }
            let beside: Vec<usize> =
                [at.wrapping_sub(1), at + 1].into_iter().filter(|&beside| on_stage(beside, speaker)).collect();
            if let [beside] = beside[..] {
                quote.session = Some(sessions[beside].id.clone());
                quote.inferred.push(Inferred {
                    field: "session".to_owned(),
                    reason: format!("it stands in “{}”, where its speaker was not on stage", sessions[at].title),
                });
            }
        }
    }

    /// The one quote of a session without a name is by the one speaker of it without a quote.
    fn infer_speakers(&mut self, nameless: &[(usize, Option<usize>)]) {
        for &(at, session) in nameless {
            let Some(session) = session.filter(|_| self.document.quotes[at].speaker.is_none()) else { continue };
            if nameless.iter().filter(|(_, other)| *other == Some(session)).count() != 1 {
                continue;
            }
            let session = &self.document.sessions[session];
            let quoted: Vec<&str> = self
                .document
                .quotes
                .iter()
                .filter(|quote| quote.session.as_ref() == Some(&session.id))
                .filter_map(|quote| quote.speaker.as_deref())
                .collect();
            let silent: Vec<&Credit> =
                session.speakers.iter().filter(|credit| !quoted.contains(&credit.speaker.as_str())).collect();
            if let ([only], true) = (silent.as_slice(), session.speakers.len() > 1 || quoted.is_empty()) {
                let reason =
                    format!("every other speaker of the session has a quote of their own; {} has none", only.name);
                let speaker = only.speaker.clone();
                let quote = &mut self.document.quotes[at];
                quote.speaker = Some(speaker);
                quote.inferred.push(Inferred { field: "speaker".to_owned(), reason });
            }
        }
    }

    fn takeaways(&mut self, report: &Report<'_>, list: TakeawayList<'_>) {
        let context = &report.context;
        let source = context.source.id();
        let authors: Vec<Passage> = list.authors.iter().map(|author| context.join([&author.name])).collect();
        let promised = list.promised;
        let count = list.entries.len();
        let first_source = self.document.takeaways.is_empty();
        for (index, draft) in list.entries.into_iter().enumerate() {
            let title = context.join(&draft.title);
            let body: Vec<Passage> = order::order(&draft.body, &report.people, context)
                .paragraphs
                .iter()
                .map(|paragraph| context.join(paragraph))
                .collect();
            let folded = fold(&title.text);
            let known = (!first_source)
                .then(|| {
                    self.document.takeaways.iter().position(|known| outline::similar(&fold(&known.title), &folded))
                })
                .flatten();
            let mut version = Version {
                source: source.to_owned(),
                title: title.text.clone(),
                body: body.iter().map(|passage| passage.text.clone()).collect(),
                evidence: Evidence::of(source, "title", &title.spans).collect(),
            };
            for (at, passage) in body.iter().enumerate() {
                version.evidence.extend(Evidence::of(source, &format!("body/{at}"), &passage.spans));
            }
            if let Some(at) = known {
                self.merge_version(at, version, report);
                continue;
            }
            let mut takeaway = Takeaway {
                id: self.ids.titled(&title.text),
                number: draft.number.unwrap_or(index + 1),
                title: version.title.clone(),
                body: version.body.clone(),
                evidence: version.evidence.clone(),
                ..Takeaway::default()
            };
            if draft.number.is_none() {
                takeaway.inferred.push(Inferred {
                    field: "number".to_owned(),
                    reason: "the number is not printed; it is the place in the list".to_owned(),
                });
            }
            for author in &authors {
                let field = format!("authors/{}", takeaway.authors.len());
                takeaway.evidence.extend(Evidence::of(source, &field, &author.spans));
                takeaway.authors.push(author.text.clone());
            }
            self.document.takeaways.push(takeaway);
        }
        if !first_source && !authors.is_empty() {
            for takeaway in self.document.takeaways.iter_mut().filter(|takeaway| takeaway.authors.is_empty()) {
                for author in &authors {
                    let field = format!("authors/{}", takeaway.authors.len());
                    takeaway.evidence.extend(Evidence::of(source, &field, &author.spans));
                    takeaway.authors.push(author.text.clone());
                }
            }
        }
        if let Some((promised, clean)) = promised
            && promised != count
        {
            self.findings.push(
                Finding::new(
                    Code::TakeawayCount,
                    format!("the heading promises {promised} takeaways, and {count} were read"),
                )
                .at(source, clean.span(), "promised here"),
            );
        }
    }

    /// The same takeaway from another source: kept as a version, and said where the wording differs.
    fn merge_version(&mut self, at: usize, version: Version, report: &Report<'_>) {
        let takeaway = &mut self.document.takeaways[at];
        let differs = fold(&takeaway.body.concat()) != fold(&version.body.concat())
            || fold(&takeaway.title) != fold(&version.title);
        if differs {
            let here = version.evidence.first().map(Evidence::span).unwrap_or_default();
            let there = takeaway.evidence.first().cloned();
            let mut finding = Finding::new(
                Code::TakeawayDiffers,
                format!("two sources word takeaway {} differently", takeaway.number),
            )
            .at(report.context.source.id(), here, "kept as a version");
            if let Some(there) = there {
                let span = there.span();
                finding = finding.at(&there.source, span, "this wording is the main one");
            }
            self.findings.push(finding);
        }
        takeaway.versions.push(version);
    }

    fn rest(&mut self, report: &mut Report<'_>) {
        let articles = std::mem::take(&mut report.articles);
        let context = &report.context;
        let source = context.source.id();
        for draft in articles {
            let title = context.join(&draft.title);
            let mut article =
                Article { id: self.ids.titled(&title.text), title: title.text.clone(), ..Article::default() };
            article.evidence.extend(Evidence::of(source, "title", &title.spans));
            for author in &draft.authors {
                let name = context.join([&author.name]);
                let role = context.join(&author.role);
                let mut evidence: Vec<Evidence> = Evidence::of(source, "name", &name.spans).collect();
                evidence.extend(Evidence::of(source, "role", &role.spans));
                article.authors.push(Author { name: name.text, role: some(role.text), evidence });
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
            });
        }
        for draft in &report.figures {
            let (label, value) = (context.join(&draft.label), context.join(&draft.value));
            let mut evidence: Vec<Evidence> = Evidence::of(source, "label", &label.spans).collect();
            evidence.extend(Evidence::of(source, "value", &value.spans));
            let id = self.ids.hashed(&format!("figure {} {}", value.text, label.text));
            self.document.figures.push(Figure { id, label: label.text, value: value.text, evidence });
        }
        for draft in &report.venues {
            let (years, place) = (context.join([&draft.years]), context.join(&draft.place));
            let mut evidence: Vec<Evidence> = Evidence::of(source, "years", &years.spans).collect();
            evidence.extend(Evidence::of(source, "place", &place.spans));
            let id = self.ids.hashed(&format!("venue {} {}", years.text, place.text));
            self.document.venues.push(Venue { id, years: years.text, place: place.text, evidence });
        }
        for draft in &report.team {
            let (name, role) = (context.join([&draft.name]), context.join(&draft.role));
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
            });
        }
        for (at, paragraph) in report.imprint.iter().enumerate() {
            let passage = context.join(paragraph);
            self.document.evidence.extend(Evidence::of(source, &format!("imprint/{at}"), &passage.spans));
            self.document.imprint.push(passage.text);
        }
    }
}

/// The parts of a card: each printed line is one, unless it goes on in the next.
fn card_parts(report: &Report<'_>, lines: &[Clean<'_>]) -> Option<grammar::Affiliation> {
    let lexicon = report.context.lexicon;
    let mut parts: Vec<Vec<&Clean<'_>>> = Vec::new();
    for line in lines {
        let goes_on = parts.last().and_then(|part| part.last()).is_some_and(|before| {
            let last = before.text.split_whitespace().next_back().unwrap_or_default();
            let small = last.chars().all(char::is_lowercase) && last.len() <= 3;
            small || before.text.ends_with([',', '-', '\u{ad}']) || line.text.starts_with(char::is_lowercase)
        });
        match parts.last_mut() {
            Some(part) if goes_on => part.push(line),
            _ => parts.push(vec![line]),
        }
    }
    if parts.len() < 2 {
        return None;
    }
    let mut parts: Vec<String> = parts.into_iter().map(|part| report.context.join(part).text).collect();
    let mut affiliation = grammar::Affiliation::default();
    if let Some(code) = parts.last().and_then(|part| grammar::country_code(part, lexicon)) {
        affiliation.country = parts.pop();
        affiliation.country_code = Some(code.to_owned());
    }
    let organisation = parts.split_off(1.min(parts.len()));
    affiliation.office = parts.pop();
    affiliation.organisation = some(organisation.join(" "));
    Some(affiliation)
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn session_kind(label: &str, report: &Report<'_>) -> SessionKind {
    let lexicon = report.context.lexicon;
    let found = crate::piece::Piece::new(0, Clean::new(label, Span::new(0, label.len())), lexicon)
        .cues
        .kind
        .or_else(|| grammar::session_kind(label, lexicon).ok().map(|(_, kind)| kind));
    match found {
        Some(Kind::Keynote) => SessionKind::Keynote,
        Some(Kind::Panel) => SessionKind::Panel,
        Some(Kind::HighLevelPanel) => SessionKind::HighLevelPanel,
        Some(Kind::Dialogue) => SessionKind::Dialogue,
        Some(Kind::Conversation) => SessionKind::Conversation,
        Some(Kind::Debate) => SessionKind::Debate,
        Some(Kind::SideEvent) => SessionKind::SideEvent,
        Some(Kind::Opening) => SessionKind::Opening,
        Some(Kind::Closing) => SessionKind::Closing,
        Some(Kind::Other) | None => SessionKind::Other,
    }
}

/// Takes the first `words` words off a title and makes them its kind.
fn split_words(title: &mut Passage, kind: &mut Option<Passage>, words: usize, report: &Report<'_>) {
    let at = title.text.split_whitespace().nth(words).map(|word| word.as_ptr() as usize - title.text.as_ptr() as usize);
    let Some(at) = at else { return };
    let source = report.context.source;
    let mut need = fold(&title.text[..at]).len();
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    for span in &title.spans {
        let text = source.slice(*span);
        let mut cut = 0;
        for (offset, c) in text.char_indices() {
            if need == 0 {
                break;
            }
            need = need.saturating_sub(fold(c.encode_utf8(&mut [0; 4])).len());
            cut = offset + c.len_utf8();
        }
        if cut > 0 {
            head.push(Span::new(span.start, span.start + cut));
        }
        let rest = text[cut..].trim_start();
        if !rest.is_empty() {
            tail.push(Span::new(span.end - rest.len(), span.end));
        }
    }
    *kind = Some(Passage { text: title.text[..at].trim().to_owned(), spans: head });
    *title = Passage { text: title.text[at..].to_owned(), spans: tail };
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

/// Findings about lines that nothing could read.
pub(crate) fn unread(report: &Report<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut at = 0;
    while at < report.pieces.len() {
        if report.pieces[at].label != Some(RegionLabel::Unread) {
            at += 1;
            continue;
        }
        let start = at;
        while at < report.pieces.len() && report.pieces[at].label == Some(RegionLabel::Unread) {
            at += 1;
        }
        let lines = at - start;
        let span = report.pieces[start].clean.span();
        let message =
            if lines == 1 { "1 line could not be read".to_owned() } else { format!("{lines} lines could not be read") };
        findings.push(
            Finding::new(Code::StructureUnread, message)
                .at(report.context.source.id(), span, "from here on")
                .help("it stands in no part of the document"),
        );
    }
    findings
}
