//! Where sessions begin: at known titles, above labels of credits, beside lines of facts.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Head, Kind, Role, Section};
use rapporteur_source::fold;

use super::{
    Anchors, Sort, Title, Zone,
    anchors::{is_title_start, is_title_text},
    similar,
    titles::{alike, begins_alike, title_words},
};
use crate::{
    RegionLabel,
    credits::begins_credit,
    piece::{Begin, End, Piece},
};

/// Lines of facts above or below a title: a kind, a day, a time, a number.
const FACT_LINES: usize = 3;

impl<'a> Anchors<'_, 'a> {
    /// Titles that corrections name.
    pub(super) fn corrected_titles(&mut self, titles: &[Title<'a>]) {
        let mut at = 0;
        while at < self.pieces.len() {
            let piece = &self.pieces[at];
            let Some(passage) = piece.passage.filter(|_| piece.label == Some(RegionLabel::SessionTitle)) else {
                at += 1;
                continue;
            };
            let end = (at..self.pieces.len()).rev().find(|&last| self.pieces[last].passage == Some(passage));
            let title = at..end.unwrap_or(at) + 1;
            at = title.end;
            if self.fixed.iter().any(|range| range.start < title.end && title.start < range.end) {
                continue;
            }
            let lines = self.pieces[title.clone()].iter().filter(|piece| piece.passage.is_some());
            let folded: String = lines.map(|piece| fold(piece.text())).collect();
            let is_it = |title: &Title<'a>| {
                std::iter::once(&title.whole).chain(&title.stripped).any(|known| similar(known, &folded))
            };
            let known = titles.iter().position(is_it);
            let found = self.headed(title, None, |_| false);
            let start = found.start();
            self.begin(start, Zone::Session { title: found.title, kind: found.kind, known, facts: found.facts });
        }
    }

    pub(super) fn known_titles(&mut self, titles: &[Title<'a>]) {
        /// A candidate needs this much that speaks for it.
        const ENOUGH: i32 = 3;
        const SURE: i32 = 7;
        let mut best: Vec<Option<(i32, TitleMatch)>> = vec![None; titles.len()];
        for at in 0..self.pieces.len() {
            if self.folded[at].len() < 5 || !self.is_free(at) {
                continue;
            }
            for (index, title) in titles.iter().enumerate() {
                let Some(found) = self.match_title(at, title) else { continue };
                let headed = found.kind.is_some() || !found.facts.is_empty();
                let score = self.title_score(&found, title.sort);
                // a session may be called as a part is: its kind or time and its people say so
                // where only a word of it is a part's, its kind alone says so
                let kind = found.kind.is_some() && self.pieces[at].cues.section.is_none();
                let enough = if title.sort == Sort::Section && !kind { SURE } else { ENOUGH };
                if title.sort == Sort::Section && !headed {
                    continue;
                }
                if score >= enough && best[index].as_ref().is_none_or(|(most, _)| score > *most) {
                    best[index] = Some((score, found));
                }
            }
        }
        self.nearly_known(titles, &mut best);
        // where two titles claim a line, the one that more speaks for
        let mut best: Vec<(i32, usize, TitleMatch)> = best
            .into_iter()
            .enumerate()
            .filter_map(|(index, found)| found.map(|(score, found)| (score, index, found)))
            .collect();
        best.sort_by_key(|(score, index, _)| (std::cmp::Reverse(*score), *index));
        for (_, index, found) in best {
            let start = found.start();
            let taken = self.found.iter().any(|(at, zone)| match zone {
                Zone::Session { known: Some(known), .. } if *known == index => true,
                Zone::Session { title, .. } | Zone::Article { title } => {
                    title.start < found.title.end && found.title.start < title.end
                }
                _ => *at == start && matches!(zone, Zone::Takeaways { .. }),
            });
            if taken {
                continue;
            }
            let zone = match titles[index].sort {
                Sort::Takeaways => Zone::Takeaways { heading: found.title },
                Sort::Article => Zone::Article { title: found.title },
                Sort::Session if titles[index].kind.is_none() && self.is_signed(&found) => {
                    Zone::Article { title: found.title }
                }
                _ => Zone::Session { title: found.title, kind: found.kind, known: Some(index), facts: found.facts },
            };
            self.begin(start, zone);
        }
    }

    /// Whether who wrote it stands right below a title, where a session has its kind, its time and its people.
    fn is_signed(&self, found: &TitleMatch) -> bool {
        let Some(below) = self.next(found.title.end) else { return false };
        let piece = &self.pieces[below];
        let Some((Role::Authors, rest)) = piece.cues.role else { return false };
        found.kind.is_none()
            && found.facts.is_empty()
            && rest < piece.text().len()
            && !crate::takeaways::authors_on_line(self.pieces, below, rest, self.context).0.is_empty()
    }

    /// Running heads that name sessions found so far, before they are taken for others.
    pub(super) fn title_heads(&mut self) {
        let sessions = self.found.iter().filter_map(|(_, zone)| match zone {
            Zone::Session { title, .. } => Some(title.clone()),
            _ => None,
        });
        let mut sessions: Vec<Range<usize>> = sessions.collect();
        sessions.sort_by_key(|title| title.start);
        super::label_title_heads(self.pieces, &sessions, self.context.lexicon);
    }

    /// Titles that stand nowhere as they are listed: a heading with most of the same words, and more that speaks for it.
    fn nearly_known(&self, titles: &[Title<'a>], best: &mut [Option<(i32, TitleMatch)>]) {
        /// It needs this much that speaks for it: credits below it, or a head of its own and text.
        const ENOUGH: i32 = 5;
        let wanted: Vec<usize> = (0..titles.len())
            .filter(|&index| best[index].is_none() && matches!(titles[index].sort, Sort::Session | Sort::Slot))
            .collect();
        if wanted.is_empty() {
            return;
        }
        let taken: Vec<usize> = best.iter().flatten().map(|(_, found)| found.title.start).collect();
        let listed: Vec<_> =
            wanted.iter().map(|&index| title_words(&self.context.join(&titles[index].printed).text)).collect();
        for at in 0..self.pieces.len() {
            if self.folded[at].is_empty() || !self.is_free(at) || taken.contains(&at) || !self.is_title_form(at) {
                continue;
            }
            let here = title_words(self.pieces[at].text());
            for (index, _) in wanted.iter().zip(&listed).filter(|(_, listed)| alike(listed, &here)) {
                let found = self.headed(at..at + 1, None, |_| false);
                let score = self.title_score(&found, titles[*index].sort);
                if score >= ENOUGH && best[*index].as_ref().is_none_or(|(most, _)| score > *most) {
                    best[*index] = Some((score, found));
                }
            }
        }
    }

    /// Whether `title` stands at `at`, with or without its kind.
    fn match_title(&self, at: usize, title: &Title<'a>) -> Option<TitleMatch> {
        /// Over at most so many lines: an extractor may put each word of a stretched line on one of its own.
        const LINES: usize = 12;
        let first = &self.folded[at];
        for (target, whole) in [(Some(&title.whole), true), (title.stripped.as_ref(), false)] {
            let Some(target) = target.filter(|target| target.len() >= 6) else { continue };
            if first.is_empty() || !begins_alike(target, first) {
                continue;
            }
            let mut joined = first.clone();
            let mut end = at + 1;
            let mut boundary = None;
            loop {
                if similar(&joined, target) || similar(joined.trim_end_matches(|c: char| c.is_ascii_digit()), target) {
                    // a short last line may still be missing
                    while joined.len() < target.len() && end < self.pieces.len() && self.is_free(end) {
                        let longer = format!("{joined}{}", self.folded[end]);
                        if longer.len() > target.len() + 2 || !similar(&longer, target) {
                            break;
                        }
                        joined = longer;
                        end += 1;
                    }
                    let boundary = boundary.filter(|_| whole).or_else(|| self.marked_from(at..end));
                    return Some(self.titled(at..end, boundary, title));
                }
                if joined.len() >= target.len() || end >= self.pieces.len() || end - at >= LINES || !self.is_free(end) {
                    break;
                }
                // a kind over the title: the part before the colon on a line of its own, without the colon
                if whole
                    && boundary.is_none()
                    && !self.pieces[end - 1].text().ends_with(':')
                    && let Some(stripped) = &title.stripped
                    && joined.len() + stripped.len() == target.len()
                    && target.ends_with(stripped.as_str())
                {
                    boundary = Some(end);
                }
                joined.push_str(&self.folded[end]);
                end += 1;
            }
        }
        None
    }

    /// Where the title begins that alone is set as a heading: the lines above it are its kind.
    fn marked_from(&self, range: Range<usize>) -> Option<usize> {
        let marked = |at: &usize| self.pieces[*at].clean.marks.heading > 0;
        range.clone().find(marked).filter(|&first| first > range.start && (first..range.end).all(|at| marked(&at)))
    }

    /// The match with the other lines of its head.
    fn titled(&self, range: Range<usize>, boundary: Option<usize>, title: &Title<'a>) -> TitleMatch {
        let prefix = title.stripped.as_ref().and_then(|stripped| title.whole.strip_suffix(stripped.as_str()));
        let is_kind = |at: usize| {
            let text = self.pieces[at].text();
            let folded = fold(text);
            // with a colon it is the first line of the title
            let before = !text.ends_with(':') && prefix.is_some_and(|prefix| !prefix.is_empty() && prefix == folded);
            before || title.kind.as_ref() == Some(&folded)
        };
        match boundary {
            Some(boundary) => self.headed(boundary..range.end, Some(range.start..boundary), is_kind),
            None => self.headed(range, None, is_kind),
        }
    }

    /// A title with the lines of facts around it; of several kinds, the nearest above it counts.
    fn headed(&self, title: Range<usize>, kind: Option<Range<usize>>, is_kind: impl Fn(usize) -> bool) -> TitleMatch {
        let top = kind.as_ref().map_or(title.start, |kind| kind.start);
        let mut found = TitleMatch { title: title.clone(), kind, facts: Vec::new() };
        // in parentheses that go on in the next line
        let is_open = |at: usize| {
            let text = self.pieces[at].text();
            text.starts_with('(') && !text.contains(')')
        };
        // the same words twice, in a running head and below it, are the title
        let is_title = |at: usize| title.len() == 1 && self.folded[at] == self.folded[title.start];
        self.head_lines(top..title.end, is_kind, |at, is_kind| match &mut found.kind {
            None if is_kind && !is_title(at) => found.kind = Some(at..at + 1),
            Some(kind) if is_kind && kind.end == at && is_open(kind.start) => kind.end = at + 1,
            _ => found.facts.push(at),
        });
        found
    }

    /// The lines of facts around a title, from the nearest on: first those above it, then those below.
    fn head_lines(&self, title: Range<usize>, is_kind: impl Fn(usize) -> bool, mut take: impl FnMut(usize, bool)) {
        // what ends one page and what begins the next are not of one head
        let page = self.pieces[title.start].page;
        // a sign alone, such as what opens a parenthesis, says nothing
        let says = |at: usize| self.pieces[at].text().contains(char::is_alphanumeric);
        let mut line = |at: usize| {
            if self.labels_person(at) || self.pieces[at].page != page {
                return false;
            }
            let kind = self.is_kind(at) || is_kind(at);
            let fact = kind || self.is_fact(at);
            if fact {
                take(at, kind);
            }
            fact
        };
        let mut at = title.start;
        for _ in 0..FACT_LINES {
            let before = (0..at).rev().find(|&before| says(before)).filter(|&before| self.is_free(before));
            let Some(before) = before.filter(|&before| line(before)) else { break };
            at = before;
        }
        let mut at = title.end;
        for _ in 0..FACT_LINES {
            let after = (at..self.pieces.len()).find(|&after| says(after)).filter(|&after| self.is_free(after));
            let Some(after) = after.filter(|&after| line(after)) else { break };
            at = after + 1;
        }
    }

    /// Whether a line is a kind of session, with or without a number.
    fn is_kind(&self, at: usize) -> bool {
        let head =
            self.heads[at].as_ref().filter(|head| head.is_facts() && head.times.is_none() && head.days.is_none());
        self.pieces[at].cues.kind.is_some() || head.is_some_and(|head| head.kind.is_some())
    }

    /// Whether a word that may be a kind of session is a label of credits: a person stands below it.
    pub(super) fn labels_person(&self, at: usize) -> bool {
        self.pieces[at].cues.role.is_some_and(|(_, rest)| rest == self.pieces[at].text().len())
            && self.next(at + 1).is_some_and(|next| self.pieces[next].is_person(self.context.lexicon))
    }

    /// Whether a line says when a session takes place, of which kind it is or which number it has, and nothing else.
    pub(super) fn is_fact(&self, at: usize) -> bool {
        let fact = || self.heads[at].as_ref().is_some_and(Head::is_facts) || self.numbers_title(at);
        self.pieces[at].cues.section.is_none() && fact()
    }

    /// Whether a piece is the number before a title on the same line: `02`, `2.`
    fn numbers_title(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let digits = piece.text().trim_end_matches(['.', ')', ':']);
        let number = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        number && self.pieces.get(at + 1).is_some_and(|next| piece.shares_line(next))
    }

    /// Whether a line of facts says the kind of a session or its time: enough to know one by.
    fn tells_session(&self, at: usize) -> bool {
        let head = self.heads[at].as_ref().filter(|head| head.is_facts());
        head.is_some_and(|head| head.kind.is_some() || head.times.is_some())
    }

    fn title_score(&self, found: &TitleMatch, sort: Sort) -> i32 {
        let mut score = 0;
        score += 2 * i32::from(found.kind.is_some() || !found.facts.is_empty());
        // of two lists that print the title, the one that prints its kind too
        score += i32::from(found.kind.is_some());
        score += i32::from(self.pieces[found.title.start].is_marked());
        let before = found.start();
        score += i32::from(self.pieces[before].gap || before == 0 || self.pieces[before - 1].label.is_some());
        let mut at = found.end();
        let mut text = false;
        for step in 0..8 {
            let Some(next) = self.next(at) else { break };
            let piece = &self.pieces[next];
            if !self.is_free(next) {
                break;
            }
            if piece.cues.role.is_some() {
                score += 4;
                break;
            }
            // there, the head of another session begins
            if self.tells_session(next) {
                break;
            }
            if step < 4 && !text && self.is_running_text(next) {
                score += 2 + i32::from(step < 2);
                text = true;
            }
            if piece.cues.opens.is_some() && step < 2 {
                score += 1;
            }
            at = next + 1;
        }
        if sort == Sort::Takeaways || sort == Sort::Article {
            score += 1;
        }
        // a running head that names the session whose text goes on below it
        let below = self.next(found.end()).filter(|&below| self.is_free(below));
        if found.facts.is_empty() && below.is_some_and(|below| self.pieces[below].cues.begin == Begin::Lower) {
            score -= 3;
        }
        // below running text, the last line of a page is its foot
        let page = self.pieces[found.title.start].page;
        let elsewhere = |at: Option<usize>| at.is_some_and(|at| self.pieces[at].page != page);
        if elsewhere(self.next(found.end())) && !elsewhere(self.previous(found.start())) {
            score -= 4;
        }
        // a line of running text that happens to begin like the title
        let first = &self.pieces[found.title.start];
        if !is_title_start(first) || found.title.len() == 1 && !is_title_text(first) {
            score -= 2;
        }
        score
    }

    /// Sessions that neither contents nor programme name: a title over a label of credits, or a kind that is its own
    /// title (`Opening remarks`).
    pub(super) fn labelled_sessions(&mut self) {
        for at in 0..self.pieces.len() {
            if !self.is_free(at) || self.is_back_matter(at) {
                continue;
            }
            let piece = &self.pieces[at];
            let beside_facts = at.checked_sub(1).is_some_and(|before| self.is_free(before) && self.is_fact(before))
                || self.pieces.get(at + 1).is_some_and(|next| piece.shares_line(next))
                || at
                    .checked_sub(1)
                    .is_some_and(|before| self.pieces[before].shares_line(piece) && !self.is_fact(before));
            if let Some(Kind::Opening | Kind::Closing) = piece.cues.kind.filter(|_| !beside_facts) {
                let next = self.next(at + 1);
                let labelled = next.is_some_and(|next| self.pieces[next].cues.role.is_some());
                let text =
                    || next.is_some_and(|next| self.is_running_text(next) || self.pieces[next].cues.opens.is_some());
                // over a label of credits it stands apart, whether an extractor left a gap before it or none, unless it is
                // the kind below a title
                let untitled = || self.title_above(at).is_none_or(|title| title.end < at);
                let apart = self.is_title_form(at) || labelled && is_title_text(piece) && untitled();
                let form = apart && (labelled || text());
                if form && !self.begins_near(at, 2) {
                    self.begin(at, Zone::Session { title: at..at + 1, kind: None, known: None, facts: Vec::new() });
                }
                continue;
            }
            let Some((Role::Speakers, rest)) = piece.cues.role else { continue };
            // a label in mid-sentence is a word of it
            let named = (piece.gap || piece.cues.begin == Begin::Upper)
                && grammar::name(&piece.text()[rest..], self.context.lexicon).is_some();
            let label = rest == piece.text().len()
                && piece.cues.begin == Begin::Upper
                && self.next(at + 1).is_some_and(|next| {
                    let next = &self.pieces[next];
                    let entry = next.entry();
                    grammar::credit(&next.text()[entry..], self.context.lexicon)
                        .is_some_and(|credit| !credit.credit.is_empty())
                });
            if !(named || label) || self.has_session_before(at) || label && self.heads_cards(at) {
                continue;
            }
            // each of a session's people may have a label
            if let Some(title) = self.title_over(at).filter(|title| !self.begins_near(title.start, FACT_LINES)) {
                self.begin_session(title);
            }
        }
    }

    /// Whether a label is the heading of the section of speakers: that begins here, or right below.
    fn heads_cards(&self, at: usize) -> bool {
        self.starts.range(at..=self.next(at + 1).unwrap_or(at)).next().is_some()
    }

    /// Sessions that are known by the lines around their title: a kind, a time.
    pub(super) fn headed_sessions(&mut self) {
        /// Credits or running text follow a head within so many lines.
        const REACH: usize = 12;
        let below_titles = self.facts_stand_below();
        for at in 0..self.pieces.len() {
            let says =
                self.tells_session(at) && self.is_free(at) && (!self.is_back_matter(at) || self.ends_figures(at));
            if !says || self.begins_near(at, 2 + FACT_LINES) {
                continue;
            }
            let own = self.own_title(at);
            // what stands above an opening is no title of it, unless the two stand together; nor is what figures count
            let above = || {
                self.title_above(at).filter(|title| {
                    let joined = title.end == at || self.is_fact(title.end);
                    let together = own.is_none() || self.is_free(title.start) && !self.pieces[title.end].gap;
                    joined && together && !self.is_inside(title.start, Section::Figures)
                })
            };
            let title = if below_titles {
                above().or_else(|| self.title_below(at))
            } else {
                self.title_below(at).or_else(above)
            };
            let Some(title) = title.or(own) else { continue };
            let supported = (title.end..self.pieces.len().min(title.end + REACH)).any(|next| {
                self.is_free(next) && (self.pieces[next].cues.role.is_some() || self.is_running_text(next))
            });
            let taken = self.found.iter().any(|(start, _)| title.contains(start)) || !self.is_free(title.start);
            if supported && !taken {
                self.begin_session(title);
            }
        }
    }

    /// Whether the sessions that are known so far have their kinds and times below their titles.
    fn facts_stand_below(&self) -> bool {
        let (mut below, mut above) = (0, 0);
        for (_, zone) in &self.found {
            let Zone::Session { title, kind, facts, .. } = zone else { continue };
            let lines = kind.iter().map(|kind| kind.start).chain(facts.iter().copied());
            // a number stands before its title in any case
            for line in lines.filter(|&line| self.tells_session(line) || self.pieces[line].cues.kind.is_some()) {
                if line < title.start { above += 1 } else { below += 1 }
            }
        }
        below > above
    }

    /// Whether a line among figures is none of them: it says when a session takes place, from when to when.
    fn ends_figures(&self, at: usize) -> bool {
        let last = self.starts.range(..=at).next_back();
        let figures = last.is_some_and(|(start, _)| self.pieces[*start].cues.section == Some(Section::Figures));
        figures
            && self.heads[at].as_ref().is_some_and(|head| head.times.as_ref().is_some_and(|times| times.end.is_some()))
    }

    /// What opens or closes a conference is its own title: on the line of facts, right below it or right above.
    fn own_title(&self, fact: usize) -> Option<Range<usize>> {
        let opening = |kind: &Kind| matches!(kind, Kind::Opening | Kind::Closing);
        let opens = |at: &usize| {
            let piece = &self.pieces[*at];
            let listed = self.heads[*at].as_ref().filter(|head| head.numbered).is_some_and(|head| {
                let title = grammar::session_kind(&piece.text()[head.title.clone()], self.context.lexicon);
                title.is_ok_and(|(rest, kind)| rest.is_empty() && opening(&kind))
            });
            // in parentheses it is the kind of what stands before it
            piece.cues.kind.as_ref().is_some_and(opening) && !piece.text().starts_with('(') || listed
        };
        let below = self.next(fact + 1).filter(|&below| self.is_free(below) && !self.pieces[below].gap);
        let above = fact.checked_sub(1).filter(|&above| self.is_free(above));
        [Some(fact), below, above].into_iter().flatten().find(opens).map(|at| at..at + 1)
    }

    /// The title below a line of facts.
    fn title_below(&self, fact: usize) -> Option<Range<usize>> {
        const LONGEST: usize = 220;
        const LINES: usize = 4;
        let is_fact = |at: usize| self.is_free(at) && (self.is_fact(at) || self.pieces[at].cues.kind.is_some());
        let mut start = self.next(fact + 1)?;
        for _ in 0..FACT_LINES {
            if is_fact(start) {
                start = self.next(start + 1)?;
            }
        }
        let mut end = start;
        let mut chars = 0;
        while end < self.pieces.len()
            && self.is_free(end)
            && (end == start || !self.pieces[end].gap)
            && chars <= LONGEST
            && end - start <= LINES
        {
            let piece = &self.pieces[end];
            if piece.cues.role.is_some() || is_fact(end) {
                break;
            }
            chars += piece.cues.chars;
            end += 1;
        }
        // running text that no gap parts from the title
        if chars > LONGEST || end - start > LINES || end > start + 1 && self.pieces[end - 1].text().ends_with('.') {
            end = self.text_below(start, LINES)?;
        }
        // a quote and who said it
        let quoted =
            self.pieces[start + 1..end.max(start + 1)].iter().any(|piece| piece.text().starts_with(['—', '–']));
        let heading = start < end
            && !quoted
            && is_title_start(&self.pieces[start])
            && self.pieces[end - 1].cues.end != End::Hyphen
            && !self.pieces[start].is_person(self.context.lexicon)
            && self.pieces[start].cues.section.is_none()
            && !self.pieces[end - 1].text().ends_with(['.', ',', ';']);
        heading.then_some(start..end)
    }

    /// Where running text begins below the lines of a title, though no gap parts the two: at the first line that is as
    /// long as the text's, while those of a title, whose letters are larger, are shorter.
    fn text_below(&self, start: usize, lines: usize) -> Option<usize> {
        /// So many lines of the text show how long they are.
        const SHOWN: usize = 6;
        let chars = |at: usize| self.pieces[at].cues.chars;
        let end = self.pieces.len();
        let full = (start + 1..end.min(start + 1 + SHOWN)).map(chars).max()?;
        let is_text = |at: &usize| chars(*at) * 10 >= full * 8 && self.pieces[*at].cues.begin == Begin::Upper;
        (start + 1..end.min(start + 1 + lines)).find(is_text).filter(|&at| chars(at - 1) * 10 <= full * 9)
    }

    /// Sessions whose title is known by nothing but its place: it begins a page or is marked as a heading, and the credits
    /// stand below the text, in cards under a label.
    pub(super) fn distant_sessions(&mut self) {
        for at in 0..self.pieces.len() {
            let piece = &self.pieces[at];
            let label = self.labels_speakers(at)
                && piece.cues.role.is_some_and(|(_, rest)| rest == piece.text().len())
                && self.is_free(at)
                && !self.is_back_matter(at)
                && !self.heads_cards(at)
                && self.next(at + 1).is_some_and(|next| begins_credit(self.pieces, next, self.context.lexicon));
            if let Some(title) = label.then(|| self.title_far_above(at)).flatten() {
                self.begin_session(title);
            }
        }
    }

    /// The title of a session whose credits stand below its text, or were drawn after it: the nearest heading that the
    /// extractor marked as one, or the line at the top of a page that text follows.
    fn title_far_above(&self, label: usize) -> Option<Range<usize>> {
        /// The text between a title and its credits has at most so many pieces.
        const REACH: usize = 150;
        let part = self.part_at(label);
        if part.is_some_and(|(_, zone)| !may_hold_sessions(zone)) {
            return None;
        }
        let after = part.map_or(0, |(start, _)| start + 1).max(label.saturating_sub(REACH));
        let labelled = (after..label).rev().find(|&at| self.labels_speakers(at) && self.is_free(at));
        let after = labelled.map_or(after, |other| other + 1);
        let mut free = (after..label).rev().filter(|&at| self.is_free(at));
        let title = free.find_map(|at| self.marked_title(at).or_else(|| self.title_on_top(at, label)))?;
        // the title of the session that has begun, with the kind and the time around it
        (!self.begins_near(title.start, FACT_LINES)).then_some(title)
    }

    /// The part that `at` stands in, as far as parts were found, and where it begins.
    fn part_at(&self, at: usize) -> Option<(usize, &Zone)> {
        let (&start, _) = self.starts.range(..=at).next_back()?;
        self.found.iter().find(|(at, _)| *at == start).map(|(start, zone)| (*start, zone))
    }

    fn is_inside(&self, at: usize, section: Section) -> bool {
        self.part_at(at).is_some_and(|(_, zone)| *zone == Zone::Section(section))
    }

    /// A title that the extractor marked as a heading.
    fn marked_title(&self, at: usize) -> Option<Range<usize>> {
        let piece = &self.pieces[at];
        let heading = piece.clean.marks.heading > 0
            && piece.cues.section.is_none()
            && is_title_text(piece)
            && !piece.is_person(self.context.lexicon);
        heading.then_some(at..at + 1)
    }

    /// A title that begins a page, with running text below it or the label of its credits.
    fn title_on_top(&self, at: usize, label: usize) -> Option<Range<usize>> {
        const LINES: usize = 4;
        let piece = &self.pieces[at];
        let before = self.previous(at).map(|before| &self.pieces[before])?;
        let naming = self.context.naming.as_ref();
        let page = before.page != piece.page || self.pieces[at - 1].label == Some(RegionLabel::Furniture);
        let begins = page
            && piece.cues.begin == Begin::Upper
            && piece.cues.section.is_none()
            && self.heads[at].is_none()
            && naming.is_none_or(|naming| naming.find(piece.text()).is_none());
        if !begins
            || !is_title_text(piece)
            || piece.is_person(self.context.lexicon)
            || self.is_running_text(at) && piece.cues.chars > 60
        {
            return None;
        }
        let ends = |next: &usize| self.pieces[*next].gap || *next == label;
        let gap = (at + 1..self.pieces.len().min(at + 1 + LINES)).find(ends);
        [gap, self.text_below(at, LINES)].into_iter().flatten().find_map(|end| {
            let whole = (at..end).all(|line| self.is_free(line)) && !self.pieces[end - 1].text().ends_with(['.', ',']);
            (whole && (end == label || self.is_running_text(self.next(end)?))).then_some(at..end)
        })
    }

    fn begin_session(&mut self, title: Range<usize>) {
        let found = self.headed(title, None, |_| false);
        let start = found.start();
        self.begin(start, Zone::Session { title: found.title, kind: found.kind, known: None, facts: found.facts });
    }

    /// Whether the label at `at` belongs to a session that has begun before it: no other label of speakers between, but
    /// those of the same list, where each person has one.
    fn has_session_before(&self, at: usize) -> bool {
        /// The credits of a session stand at most this many pieces after its title, and one credit has at most so many.
        const REACH: usize = 120;
        const CREDIT: usize = 6;
        let labels = |at: &usize| self.labels_speakers(*at) && self.is_free(*at);
        let list = std::iter::successors(Some(at), |&at| (at.saturating_sub(CREDIT)..at).rev().find(labels));
        let at = list.take_while(|first| at - first < REACH).last().unwrap_or(at);
        let Some(&start) = self.sessions.range(..at).next_back().filter(|start| at - **start < REACH) else {
            return false;
        };
        !(start..at).any(|between| labels(&between))
    }

    fn labels_speakers(&self, at: usize) -> bool {
        let labels = matches!(self.pieces[at].cues.role, Some((Role::Speakers, _)));
        // `PANEL DISCUSSION` is a kind, though `panel` may be a label
        labels && (!self.is_kind(at) || self.labels_person(at))
    }

    /// The title over a label: what opens or closes a conference is its own, unless another stands right above it and the
    /// other lines of its head.
    fn title_over(&self, label: usize) -> Option<Range<usize>> {
        let above = self.title_above(label);
        let own = self.previous(label).filter(|&own| {
            let opens = matches!(self.pieces[own].cues.kind, Some(Kind::Opening | Kind::Closing));
            opens && self.is_free(own) && !self.pieces[own].text().starts_with('(')
        });
        let Some(own) = own else { return above };
        let together = |title: &Range<usize>| {
            let page = self.pieces[title.start].page == self.pieces[own].page;
            page && (title.end..own).all(|between| self.is_free(between) && self.is_fact(between))
        };
        above.filter(together).or(Some(own..own + 1))
    }

    /// The title above a label: the nearest lines of its form, an introductory paragraph or two between at most.
    pub(super) fn title_above(&self, label: usize) -> Option<Range<usize>> {
        /// A title is at most this long, in characters and lines.
        const LONGEST: usize = 220;
        const LINES: usize = 4;
        /// In a narrow column it has more lines; so wide they are, in characters.
        const NARROW: usize = 40;
        let mut end = label;
        let (mut paragraphs, mut facts) = (0, 0);
        while paragraphs <= 3 && facts <= FACT_LINES {
            let last = self.previous(end).filter(|&last| self.is_free(last))?;
            if self.is_fact(last) || self.pieces[last].cues.kind.is_some() {
                facts += 1;
                end = last;
                continue;
            }
            let mut start = last;
            let begins = |start: usize| {
                let before = &self.pieces[start - 1];
                self.pieces[start].gap
                    || self.is_fact(start - 1)
                    || !self.is_free(start - 1)
                    || before.cues.kind.is_some()
                    || before.cues.section.is_some()
                    || before.cues.end == End::Stop && is_title_start(&self.pieces[start])
            };
            while start > 0 && last - start < 40 && !begins(start) {
                start -= 1;
            }
            let block = &self.pieces[start..=last];
            let chars: usize = block.iter().map(|piece| piece.cues.chars).sum();
            let card = block[0].cues.name.as_ref().is_some_and(|name| name.start == 0);
            let heading = is_title_start(&block[0]) && !self.pieces[last].text().ends_with(['.', ',', ';']);
            // other credits of the same session
            let credits = |piece: &Piece<'_>| piece.cues.role.is_some_and(|(_, rest)| rest < piece.text().len());
            // an extractor may put the first of the people over their label
            let person = block.len() == 1 && end == label && block[0].is_person(self.context.lexicon);
            if block.iter().any(credits) && block.len() < 8 || person {
                paragraphs += 1;
                end = start;
                continue;
            }
            if block.iter().any(|piece| piece.cues.link || piece.cues.section.is_some() || piece.cues.role.is_some())
                || card && chars < LONGEST
            {
                return None;
            }
            let narrow = block.iter().all(|piece| piece.cues.chars <= NARROW);
            let few = block.len() <= if narrow { 2 * LINES } else { LINES };
            if chars <= LONGEST && few && heading && self.pieces[last].cues.kind.is_none() {
                return Some(start..last + 1);
            }
            paragraphs += 1;
            end = start;
        }
        None
    }
}

/// Whether a session may have begun unseen in a part: none does among takeaways, signed texts or the back matter.
fn may_hold_sessions(zone: &Zone) -> bool {
    match zone {
        Zone::Front | Zone::Programme | Zone::Contents | Zone::Session { .. } => true,
        Zone::Section(section) => {
            matches!(section, Section::Introduction | Section::Discussions | Section::Figures | Section::About)
        }
        Zone::Takeaways { .. } | Zone::Article { .. } | Zone::Imprint => false,
    }
}

#[derive(Clone, Debug)]
struct TitleMatch {
    pub(super) title: Range<usize>,
    pub(super) kind: Option<Range<usize>>,
    pub(super) facts: Vec<usize>,
}

impl TitleMatch {
    /// Where the head begins.
    pub(super) fn start(&self) -> usize {
        let above = self.facts.iter().copied().chain(self.kind.as_ref().map(|kind| kind.start));
        above.chain([self.title.start]).min().unwrap_or(self.title.start)
    }

    /// Where the head ends.
    pub(super) fn end(&self) -> usize {
        let below = self.facts.iter().map(|fact| fact + 1).chain(self.kind.as_ref().map(|kind| kind.end));
        below.chain([self.title.end]).max().unwrap_or(self.title.end)
    }
}

#[cfg(test)]
mod tests {
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    const TEXT: &str = "The talk turned to what the river carries and to whom it belongs, and those who live\nbeside it \
                        said that nobody had asked them before the first of the gauges was set up.\n";

    #[test]
    fn a_foot_that_names_its_session_begins_none() {
        let sessions = [
            ("Opening remarks", "Ana Silva, Director, Water Agency"),
            ("Nets for everyone", "Bo Lind, Minister, Kingdom of the Sea"),
            ("Wells and walls", "Cem Ak, Head of Policy, Board of Wells"),
        ];
        let contents = "Contents\nOpening remarks ..... 2\nNets for everyone ..... 3\nWells and walls ..... 4";
        for page_end in ["\n\u{c}", "\u{c}"] {
            let pages = sessions.iter().zip(2..).map(|((title, credit), page)| {
                format!("{title}\nOn stage\n{credit}\n{TEXT}{page} {}", title.to_uppercase())
            });
            let pages: Vec<String> = std::iter::once(contents.to_owned()).chain(pages).collect();
            let source = Source::new("s", "s", pages.join(page_end).into());
            let document = crate::read(&[source], &Lexicon::embedded()).document;
            let read: Vec<(&str, &str)> = document
                .sessions
                .iter()
                .flat_map(|session| session.speakers.iter().map(|speaker| (&*session.title, &*speaker.name)))
                .collect();
            let expected = sessions.map(|(title, credit)| (title, credit.split(',').next().unwrap_or_default()));
            assert_eq!(read, expected, "pages end with {page_end:?}");
        }
    }

    /// The sessions of a text: kind and title of each.
    fn sessions(text: &str) -> Vec<String> {
        let source = Source::new("s", "s", text.into());
        let document = crate::read(&[source], &Lexicon::embedded()).document;
        let head = |kind: Option<&str>, title: &str| format!("{}|{title}", kind.unwrap_or_default());
        document.sessions.iter().map(|session| head(session.kind_label.as_deref(), &session.title)).collect()
    }

    #[test]
    fn what_opens_a_conference_is_its_own_title_over_a_label() {
        let credits = "Speakers: Ana Silva, Director, Water Agency; Bo Li, Head of Unit, Harbour Board\n";
        let text = "The harbour was full on both days, and the rooms were too small for all who came to speak.\n";
        for (head, expected) in [
            ("Session 1\nOpening remarks\n", "|Opening remarks"),
            ("Session 1\nRivers in focus\nOpening session\n", "Opening session|Rivers in focus"),
        ] {
            let before = "Takeaways\n1. A river is old\nIt was there before us, and it will be there after us.\n\u{c}";
            assert_eq!(sessions(&format!("{before}{head}{credits}{text}")), [expected], "{head}");
        }
    }
}
