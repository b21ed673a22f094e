//! Reads one source: takes it apart and hands each part to its reader.

use std::{cell::OnceCell, ops::Range};

use rapporteur_correct::Passage;
use rapporteur_grammar::{Lexicon, Role, Section};
use rapporteur_source::{Clean, Source, Span, fold};

use crate::{
    RegionLabel as L,
    back::{self, MemberDraft, VenueDraft},
    braid,
    cards::{self, Card},
    context::Context,
    credits::{self, CreditDraft},
    figures::{self, FigureDraft},
    furniture,
    order::{self, Ordered},
    outline::{self, Outline, Part, Zone},
    passages,
    people::People,
    piece::{self, Piece},
    programme,
    session::{self, Flow, PostDraft, QuoteDraft},
    signed,
    takeaways::{self, AuthorDraft, TakeawayList},
    turns,
};

/// One session as read.
#[derive(Debug)]
pub(crate) struct SessionDraft<'a> {
    pub(crate) title: Vec<Clean<'a>>,
    pub(crate) kind: Vec<Clean<'a>>,
    /// Which of the outline's titles it is.
    pub(crate) known: Option<usize>,
    pub(crate) credits: Vec<CreditDraft<'a>>,
    pub(crate) summary: Ordered<'a>,
    pub(crate) conclusions: Vec<Vec<Clean<'a>>>,
    pub(crate) links: Vec<Clean<'a>>,
}

/// A signed text.
#[derive(Debug)]
pub(crate) struct ArticleDraft<'a> {
    pub(crate) title: Vec<Clean<'a>>,
    pub(crate) authors: Vec<AuthorDraft<'a>>,
    pub(crate) body: Ordered<'a>,
}

/// A heading and the text under it.
#[derive(Debug)]
pub(crate) struct RecommendationDraft<'a> {
    pub(crate) title: Vec<Clean<'a>>,
    pub(crate) body: Vec<Vec<Clean<'a>>>,
}

/// What was read of one source.
pub(crate) struct Report<'a> {
    pub(crate) context: Context<'a>,
    pub(crate) pieces: Vec<Piece<'a>>,
    pub(crate) outline: Outline<'a>,
    pub(crate) people: People,
    pub(crate) cards: Vec<Card<'a>>,
    pub(crate) sessions: Vec<SessionDraft<'a>>,
    /// Quotes with the session that they stand in.
    pub(crate) quotes: Vec<(Option<usize>, QuoteDraft<'a>)>,
    pub(crate) takeaways: Option<TakeawayList<'a>>,
    pub(crate) articles: Vec<ArticleDraft<'a>>,
    pub(crate) recommendations: Vec<RecommendationDraft<'a>>,
    pub(crate) captions: Vec<Vec<Clean<'a>>>,
    pub(crate) posts: Vec<PostDraft<'a>>,
    pub(crate) figures: Vec<FigureDraft<'a>>,
    pub(crate) venues: Vec<VenueDraft<'a>>,
    pub(crate) team: Vec<MemberDraft<'a>>,
    pub(crate) imprint: Vec<Vec<Clean<'a>>>,
    /// For each passage of a correction, whether it was read as that says.
    pub(crate) passages: Vec<bool>,
    /// Where lines that an extractor took in turn were taken apart: the first piece of each such place.
    pub(crate) unbraided: Vec<Clean<'a>>,
    /// Where columns whose blocks an extractor took in turn were put one after the other: the first piece of each right one.
    pub(crate) untwined: Vec<Clean<'a>>,
    /// How often each person's name stands in the text; counted when somebody asks.
    person_counts: OnceCell<Vec<usize>>,
    /// Whether the titles of sessions are numbered.
    numbered: bool,
    /// Whether the source is text at all.
    text: bool,
}

impl<'a> Report<'a> {
    /// Reads a source; one that is no text is there, with every line unread. Of `passages`, corrections say what they are.
    pub(crate) fn read(source: &'a Source, lexicon: &'a Lexicon, passages: &[Passage]) -> Self {
        if source.not_text().is_some() {
            return Self { passages: vec![false; passages.len()], ..Self::unread(source, lexicon) };
        }
        let context = Context::new(source, lexicon);
        let pieces = piece::pieces(&context);
        let mut pieces = furniture::mark(pieces, context.naming.as_ref(), lexicon);
        passages::mark(&mut pieces, passages, lexicon);
        signed::mark(&mut pieces, lexicon);
        let outline = outline::outline(&mut pieces, &context);
        let mut report = Self::new(context, pieces, outline);
        report.passages = vec![false; passages.len()];
        let mut parts = report.outline.parts.clone();
        braid::before_titles(&report.pieces, &mut parts, &report.context);
        report.label_lists(&parts);
        report.learn_listed();
        report.learn_quoted();
        report.read_cards(&parts);
        let credits = report.read_credits(&parts);
        report.untwined = turns::untwine(&mut report.pieces, &parts);
        report.unbraided = braid::unbraid(&mut report.pieces, &mut parts, &report.people, &report.context);
        report.outline.parts.clone_from(&parts);
        report.read_parts(&parts, credits);
        report.read_passages(passages);
        let words = outline::programme_words(&report.context);
        for piece in report.pieces.iter_mut().filter(|piece| piece.label.is_none()) {
            // over the sessions of a day
            let day = programme::is_day_heading(piece, &words);
            piece.label = Some(if day { L::Heading } else { L::Unread });
        }
        report
    }

    /// A source that is no text: every line is there, and none is read.
    fn unread(source: &'a Source, lexicon: &'a Lexicon) -> Self {
        let filled = source.lines().filter(|line| !source.slice(line.span).trim().is_empty());
        let pieces = filled
            .map(|line| {
                let start = Span::new(line.span.start, line.span.start);
                let mut piece = Piece::new(line.number, Clean::new(source.text(), start), lexicon);
                piece.label = Some(L::Unread);
                piece
            })
            .collect();
        let mut context = Context::new(source, lexicon);
        context.naming = None;
        Self { text: false, ..Self::new(context, pieces, Outline::default()) }
    }

    fn new(context: Context<'a>, pieces: Vec<Piece<'a>>, outline: Outline<'a>) -> Self {
        Self {
            context,
            pieces,
            outline,
            people: People::default(),
            cards: Vec::new(),
            sessions: Vec::new(),
            quotes: Vec::new(),
            takeaways: None,
            articles: Vec::new(),
            recommendations: Vec::new(),
            captions: Vec::new(),
            posts: Vec::new(),
            figures: Vec::new(),
            venues: Vec::new(),
            team: Vec::new(),
            imprint: Vec::new(),
            passages: Vec::new(),
            unbraided: Vec::new(),
            untwined: Vec::new(),
            person_counts: OnceCell::new(),
            numbered: false,
            text: true,
        }
    }

    /// How often each person's name stands in the text.
    pub(crate) fn person_counts(&self) -> &[usize] {
        self.person_counts.get_or_init(|| self.people.counts(self.context.source.text()))
    }

    /// Whether the source is text at all.
    pub(crate) fn is_text(&self) -> bool {
        self.text
    }

    /// Whether the source is text of which nothing is to be seen.
    pub(crate) fn is_blank(&self) -> bool {
        let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
        self.is_text() && self.context.source.text().chars().all(blank)
    }

    /// The contents, the programme, and the headings of parts.
    fn label_lists(&mut self, parts: &[Part]) {
        for part in parts {
            let label = match part.zone {
                Zone::Contents => L::Toc,
                Zone::Programme => L::Agenda,
                _ => continue,
            };
            for piece in &mut self.pieces[part.range.clone()] {
                piece.label.get_or_insert(label);
            }
        }
    }

    /// Names that the contents and the programme list.
    fn learn_listed(&mut self) {
        for title in &self.outline.titles {
            for (_, name) in &title.people {
                self.people.learn(&name.text, "");
            }
        }
        for slot in &self.outline.programme.slots {
            for (_, lines) in &slot.credits {
                let text = self.context.join(lines).text;
                if let Some(credit) = rapporteur_grammar::credit(&text, self.context.lexicon) {
                    self.people.learn(&text[credit.name], &text[credit.credit]);
                }
            }
        }
    }

    /// Names alone on a line right behind a closed quotation: safe, and needed before credits that were run together are
    /// cut.
    fn learn_quoted(&mut self) {
        let lexicon = self.context.lexicon;
        let closing: String = lexicon.words.glyphs.quotes.iter().filter_map(|pair| pair.chars().nth(1)).collect();
        let mut closed = false;
        let free: Vec<&Piece<'_>> = self.pieces.iter().filter(|piece| piece.label.is_none() || piece.signed).collect();
        for (at, piece) in free.iter().enumerate() {
            let text = piece.text().trim_start_matches(['—', '–', '-', ' ']);
            let name =
                (closed || piece.label == Some(L::QuoteBy)).then(|| rapporteur_grammar::name(text, lexicon)).flatten();
            // the rest of it may stand on the next line
            let whole = !text.ends_with(['-', '\u{ad}'])
                && free.get(at + 1).is_none_or(|next| next.gap || !credits::is_name_rest(next.text(), lexicon));
            if let Some(name) = name.filter(|name| name.name.end == text.len() && whole) {
                self.people.learn(&text[name.name], "");
            }
            closed = rapporteur_grammar::closing_quote(piece.text(), &closing).is_some();
        }
    }

    fn read_cards(&mut self, parts: &[Part]) {
        for part in parts {
            if part.zone != Zone::Section(Section::Speakers) {
                continue;
            }
            self.label_heading(part);
            // twice: a grid shows its names only once the lists are known
            let cards = cards::read(&mut self.pieces, part.range.clone(), &self.people, &self.context);
            for card in &cards {
                let credit = self.context.join(&card.credit).text;
                let name = self.context.join(&card.name).text;
                self.people.learn(&name, &credit);
            }
            self.cards.extend(cards);
        }
    }

    /// The credits of all sessions, before any running text is read: they teach the names.
    fn read_credits(&mut self, parts: &[Part]) -> Vec<Vec<CreditDraft<'a>>> {
        let mut all = Vec::new();
        let is_numbered = |part: &&Part| match &part.zone {
            Zone::Session { title, facts, .. } => {
                let first = &self.pieces[title.start];
                let head = rapporteur_grammar::head(first.text(), self.context.lexicon);
                // of a listed title, the number was cut off already
                let parted = facts.iter().map(|&fact| &self.pieces[fact]).any(|fact| {
                    fact.shares_line(first)
                        && fact.text().trim_end_matches('.').bytes().all(|byte| byte.is_ascii_digit())
                });
                parted || head.is_some_and(|head| head.numbered && !head.is_facts())
            }
            _ => false,
        };
        self.numbered = parts.iter().filter(is_numbered).count() > 1;
        for part in parts {
            let Zone::Session { title, kind, facts, .. } = &part.zone else { continue };
            for at in title.clone() {
                self.pieces[at].label = Some(L::SessionTitle);
            }
            for at in kind.clone().into_iter().flatten().chain(facts.iter().copied()) {
                self.pieces[at].label = Some(L::SessionKind);
            }
            let mut credits = credits::labelled(&mut self.pieces, part.range.clone(), &self.people, &self.context);
            if credits.iter().all(|credit| credit.role != rapporteur_grammar::Role::Speakers) {
                let mut below = title.end.max(kind.as_ref().map_or(0, |kind| kind.end))..part.range.end;
                // when it was, on lines of its own
                while below.start < below.end && self.pieces[below.start].label == Some(L::SessionKind) {
                    below.start += 1;
                }
                let more = credits::unlabelled(&mut self.pieces, below, &self.people, &self.context);
                credits.splice(0..0, more);
            }
            self.insert_credits(part.range.clone(), &mut credits);
            for credit in &credits {
                let text = self.context.join(&credit.lines).text;
                let known = self.people.find_all(text.get(..text.len().min(90)).unwrap_or(&text)).into_iter().next();
                let parsed = match known {
                    Some(found) if found.range.start <= 16 => {
                        Some(rapporteur_grammar::credit_of(&text, found.range, self.context.lexicon))
                    }
                    _ => credits::name_line(&credit.lines, &text, self.context.lexicon)
                        .map(|name| rapporteur_grammar::credit_of(&text, name, self.context.lexicon))
                        .or_else(|| rapporteur_grammar::credit(&text, self.context.lexicon)),
                };
                if let Some(parsed) = parsed {
                    self.people.learn(&text[parsed.name], &text[parsed.credit]);
                }
            }
            all.push(credits);
        }
        all
    }

    fn read_parts(&mut self, parts: &[Part], credits: Vec<Vec<CreditDraft<'a>>>) {
        let mut credits = credits.into_iter();
        let first_text = parts.iter().position(|part| !matches!(part.zone, Zone::Front)).unwrap_or(parts.len());
        let mut back = false;
        for (index, part) in parts.iter().enumerate() {
            match &part.zone {
                Zone::Contents | Zone::Programme => {}
                Zone::Front if back => self.read_back(part),
                Zone::Front => {
                    let cover = index < first_text;
                    let voices = self.voices(part.range.clone()).filter(|_| !cover).unwrap_or(part.range.end);
                    let front = part.range.start..voices;
                    let captions = back::front(&mut self.pieces, front, cover, &self.context);
                    self.captions.extend(captions);
                    if cover {
                        self.label_logos(parts);
                    }
                    if voices < part.range.end {
                        self.flow(voices..part.range.end, None);
                    }
                }
                Zone::Session { title, kind, known, .. } => {
                    let credits = credits.next().unwrap_or_default();
                    self.read_session(part, title, kind.as_ref(), *known, credits);
                }
                Zone::Takeaways { heading } => self.read_takeaways(part, heading.clone()),
                Zone::Article { title } => self.read_article(part, title.clone()),
                Zone::Imprint => {
                    back = true;
                    self.read_back(part);
                }
                Zone::Section(section) => {
                    back |= matches!(section, Section::Imprint | Section::Team);
                    self.read_section(part, *section);
                }
            }
        }
    }

    /// Where quotes begin that stand before all sessions: at the first line apart that opens one; or where a line is
    /// nothing but the name of somebody known, all that is there may be theirs.
    fn voices(&self, range: Range<usize>) -> Option<usize> {
        let mut free = range.clone().filter(|&at| self.pieces[at].label.is_none());
        let known = |at: usize| self.people.whole(self.pieces[at].text(), self.context.lexicon).is_some();
        if free.clone().any(known) {
            return Some(range.start);
        }
        let first = free.clone().next();
        free.find(|&at| {
            let piece = &self.pieces[at];
            piece.cues.opens.is_some() && (piece.gap || piece.page_start || Some(at) == first)
        })
    }

    /// The text of a logo that stands on the title page and again between the lines of a session.
    fn label_logos(&mut self, parts: &[Part]) {
        /// Fewer lines in the same order may be anything: an office, a name.
        const LINES: usize = 3;
        let cover: Vec<String> = self
            .pieces
            .iter()
            .filter(|piece| piece.label == Some(L::Cover) && piece.cues.chars <= 60)
            .map(|piece| fold(piece.text()))
            .collect();
        let running = parts
            .iter()
            .filter(|part| matches!(part.zone, Zone::Session { .. } | Zone::Section(Section::Introduction)));
        for at in running.flat_map(|part| part.range.clone()) {
            let lines = self.pieces[at..].iter().take_while(|piece| piece.label.is_none() && piece.cues.chars <= 60);
            let lines: Vec<String> = lines.take(LINES).map(|piece| fold(piece.text())).collect();
            if lines.len() == LINES && cover.windows(LINES).any(|window| window == lines) {
                for piece in &mut self.pieces[at..at + LINES] {
                    piece.label = Some(L::Cover);
                }
            }
        }
    }

    fn label_heading(&mut self, part: &Part) {
        let mut at = part.range.start;
        while at < part.range.end && self.pieces[at].label == Some(L::Furniture) {
            at += 1;
        }
        let heads = |piece: &Piece<'_>| piece.cues.section.is_some() && piece.cues.begin != piece::Begin::Lower;
        if at < part.range.end && heads(&self.pieces[at]) && self.pieces[at].label.is_none() {
            self.pieces[at].label = Some(L::Heading);
        }
    }

    fn read_session(
        &mut self,
        part: &Part,
        title: &Range<usize>,
        kind: Option<&Range<usize>>,
        known: Option<usize>,
        credits: Vec<CreditDraft<'a>>,
    ) {
        let flow = self.flow(part.range.clone(), Some(self.sessions.len()));
        let cleans = |range: &Range<usize>| -> Vec<Clean<'a>> {
            self.pieces[range.clone()].iter().map(|piece| piece.clean.clone()).collect()
        };
        let mut title = cleans(title);
        if let Some(first) = title.first_mut().filter(|_| known.is_none() && self.numbered)
            && let Some(head) = rapporteur_grammar::head(&first.text, self.context.lexicon)
        {
            *first = first.slice(head.title);
        }
        // what parts a title from its kind
        if let Some(first) = title.first_mut()
            && let Some(range) = piece::trim(&first.text, 0..first.text.len(), &[':', '|', '·', '–', '—'], &[])
        {
            *first = first.slice(range);
        }
        self.sessions.push(SessionDraft {
            title,
            kind: kind.map(cleans).unwrap_or_default().iter().map(without_signs).collect(),
            known,
            credits,
            summary: order::order(&flow.body, &self.people, &self.context),
            conclusions: flow.conclusions,
            links: flow.links,
        });
    }

    /// Running text with what interrupts it; quotes, captions and posts go where they belong.
    fn flow(&mut self, range: Range<usize>, session: Option<usize>) -> Flow<'a> {
        let (units, mut flow, columns) = session::flow(&mut self.pieces, range.clone(), &self.people, &self.context);
        session::settle(units, &mut flow, &mut self.pieces[range], columns, &self.context);
        self.note_passages(&mut flow.passages, session.is_some());
        self.quotes.extend(flow.quotes.drain(..).map(|quote| (session, quote)));
        self.captions.append(&mut flow.captions);
        self.posts.append(&mut flow.posts);
        flow
    }

    fn read_takeaways(&mut self, part: &Part, heading: Range<usize>) {
        let list = takeaways::read(&mut self.pieces, part.range.clone(), heading, &self.people, &self.context);
        // a heading on each page of the list
        if let (Some(known), Some(next)) = (&mut self.takeaways, list.entries.first().and_then(|entry| entry.number))
            && known.entries.last().and_then(|entry| entry.number) == Some(next.saturating_sub(1))
        {
            known.entries.extend(list.entries);
            return;
        }
        let more = self.takeaways.as_ref().is_none_or(|known| list.entries.len() > known.entries.len());
        if more {
            self.takeaways = Some(list);
        }
    }

    fn read_article(&mut self, part: &Part, title: Range<usize>) {
        for at in title.clone() {
            self.pieces[at].label = Some(L::Article);
        }
        let mut authors = takeaways::authors(&mut self.pieces, part.range.clone(), &self.people, &self.context);
        if authors.is_empty() {
            authors = takeaways::signature(&mut self.pieces, title.end..part.range.end, &self.context);
        }
        for piece in &mut self.pieces[part.range.clone()] {
            if piece.label.is_none() && piece.cues.link {
                piece.label = Some(L::Link);
            }
        }
        self.release_body(part.range.clone());
        let body = takeaways::chunks(&mut self.pieces, part.range.clone(), L::Article);
        let title = self.pieces[title].iter().map(|piece| piece.clean.clone()).collect();
        self.articles.push(ArticleDraft { title, authors, body: order::order(&body, &self.people, &self.context) });
    }

    fn read_section(&mut self, part: &Part, section: Section) {
        self.label_heading(part);
        let range = part.range.clone();
        match section {
            Section::Figures => {
                let (figures, captions) = figures::read(&mut self.pieces, range, &self.context);
                self.figures.extend(figures);
                self.captions.extend(captions);
            }
            Section::Venues => {
                let venues = back::venues(&mut self.pieces, range.clone());
                self.venues.extend(venues);
                let captions = back::front(&mut self.pieces, range, false, &self.context);
                self.captions.extend(captions);
            }
            Section::Impressions => {
                let captions = back::front(&mut self.pieces, range, false, &self.context);
                self.captions.extend(captions);
            }
            Section::Speakers => {
                for piece in &mut self.pieces[range] {
                    if piece.label.is_none() {
                        let photo = cards::is_photo_credit(piece.text(), &self.context);
                        let furniture = furniture::is_page_number(piece.text());
                        piece.label = Some(match (photo, furniture) {
                            (true, _) => L::PhotoCredit,
                            (_, true) => L::Furniture,
                            _ => L::About,
                        });
                    }
                }
            }
            Section::Imprint | Section::About | Section::Team => self.read_back(part),
            Section::Recommendations if self.read_recommendations(&range) => {}
            _ => self.read_introduction(range, section),
        }
    }

    /// Recommendations in the forms of takeaways; whether there are any.
    fn read_recommendations(&mut self, range: &Range<usize>) -> bool {
        let heading = range.start..range.start + 1;
        let list = takeaways::read_marked(&mut self.pieces, range.clone(), heading, &self.people, &self.context);
        let Some(list) = list else { return false };
        self.recommendations.extend(list.entries.into_iter().map(|entry| RecommendationDraft {
            title: entry.title,
            body: entry.body.into_iter().map(|chunk| chunk.pieces).collect(),
        }));
        true
    }

    /// Welcome, introduction, a chapter: running text that is no session's, quotes in it, and priorities under headings.
    fn read_introduction(&mut self, range: Range<usize>, section: Section) {
        self.flow(range.clone(), None);
        // a signature under the text
        let last = range.clone().rev().find(|&at| self.pieces[at].label.is_some_and(|label| label != L::Furniture));
        if let Some(at) = last.filter(|&at| self.pieces[at].label == Some(L::Body)) {
            let piece = &self.pieces[at];
            let office =
                piece.text().split_whitespace().next().is_some_and(|word| self.context.lexicon.is_office(word));
            if piece.gap && piece.cues.chars < 90 && office && !piece.text().ends_with('.') {
                self.pieces[at].label = Some(L::Author);
            }
        }
        let heading = |at: usize| self.pieces[at].label == Some(L::Heading) && self.pieces[at].cues.capitals;
        let asks = |at: usize| {
            let lower = self.pieces[at].text().to_lowercase();
            let words = &self.context.lexicon.words.sections.recommendations;
            words.iter().any(|word| lower.starts_with(word.as_str()) || lower.ends_with(word.as_str()))
        };
        let Some(start) = range
            .clone()
            .find(|&at| heading(at) && asks(at))
            .or((section == Section::Recommendations).then_some(range.start))
        else {
            return;
        };
        let mut drafts: Vec<RecommendationDraft<'a>> = Vec::new();
        for at in start + 1..range.end {
            let clean = self.pieces[at].clean.clone();
            if heading(at) {
                let run_on = at > start + 1 && heading(at - 1) && !self.pieces[at].gap;
                match drafts.last_mut() {
                    Some(draft) if run_on => draft.title.push(clean),
                    _ => drafts.push(RecommendationDraft { title: vec![clean], body: Vec::new() }),
                }
            } else if self.pieces[at].label == Some(L::Body)
                && let Some(draft) = drafts.last_mut()
            {
                let gap = self.pieces[at].gap && self.pieces[at].cues.begin != crate::piece::Begin::Lower;
                match draft.body.last_mut() {
                    Some(paragraph) if !gap => paragraph.push(clean),
                    _ => draft.body.push(vec![clean]),
                }
            }
        }
        self.recommendations.extend(drafts);
    }

    fn read_back(&mut self, part: &Part) {
        let team = back::team(&mut self.pieces, part.range.clone(), &self.people, &self.context);
        self.team.extend(team);
        let imprint = back::imprint(&mut self.pieces, part.range.clone(), &self.context);
        self.imprint.extend(imprint);
    }
}

/// Whether a role in the contents or programme is one of the stage.
pub(crate) fn is_moderator(role: Role) -> bool {
    role == Role::Moderators
}

/// A kind of session without the signs that part it from what follows.
fn without_signs<'a>(kind: &Clean<'a>) -> Clean<'a> {
    let end = kind.text.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    kind.slice(0..end)
}
