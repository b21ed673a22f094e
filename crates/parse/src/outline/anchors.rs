//! Where parts begin: headings of sections, lists of cards, takeaways, articles, legal text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rapporteur_grammar::{self as grammar, Head, Lexicon, Role, Section};

use super::{Part, Zone, is_takeaways_heading};
use crate::{
    RegionLabel,
    context::Context,
    credits::begins_credit,
    furniture,
    piece::{Begin, End, Piece},
    takeaways::labelled,
};

/// Whether a piece may be (a line of) a title: nothing longer is compared with titles.
pub(super) fn is_short(piece: &Piece<'_>) -> bool {
    piece.label.is_none() && (1..=220).contains(&piece.cues.chars)
}

pub(super) struct Anchors<'p, 'a> {
    pub(super) pieces: &'p mut [Piece<'a>],
    /// The pieces folded; empty for those that are no title.
    pub(super) folded: Vec<String>,
    /// What the pieces say as lines of a session's head.
    pub(super) heads: Vec<Option<Head>>,
    /// How often each label of credits stands in the text, folded.
    pub(super) labels: BTreeMap<String, usize>,
    pub(super) context: &'p Context<'a>,
    /// Parts whose extent is known: nothing else begins inside.
    pub(super) fixed: Vec<Range<usize>>,
    pub(super) found: Vec<(usize, Zone)>,
    /// Where sessions begin.
    pub(super) sessions: BTreeSet<usize>,
    /// Where anything begins, and whether it is a part of the back matter.
    pub(super) starts: BTreeMap<usize, bool>,
}

/// No stage holds more people.
const STAGE: usize = 12;

impl<'a> Anchors<'_, 'a> {
    pub(super) fn is_free(&self, at: usize) -> bool {
        self.pieces[at].label.is_none() && !self.fixed.iter().any(|range| range.contains(&at))
    }

    /// The next piece from `at` on that is no furniture.
    pub(super) fn next(&self, at: usize) -> Option<usize> {
        (at..self.pieces.len()).find(|&next| self.pieces[next].label.is_none())
    }

    pub(super) fn previous(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|&previous| self.pieces[previous].label.is_none())
    }

    /// Whether running text begins at `at`: a long piece, or several lines that go on in each other.
    pub(super) fn is_running_text(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        if piece.cues.chars >= 160 {
            return true;
        }
        let lines = self.pieces[at..].iter().take(4).take_while(|line| line.label.is_none());
        let going_on =
            lines.skip(1).take_while(|line| !line.gap).filter(|line| line.cues.begin == Begin::Lower).count();
        going_on >= 1 && piece.cues.chars >= 30 && piece.cues.end != End::Stop
            || going_on >= 2 && piece.cues.chars >= 12 && piece.cues.begin == Begin::Upper
            || piece.cues.chars >= 70 && piece.cues.end == End::Stop
    }

    /// A heading by its form: short, begins anew, no end of a sentence, apart from what stands before.
    pub(super) fn is_title_form(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let apart = piece.gap || piece.is_marked() || at == 0 || self.pieces[at - 1].label.is_some();
        apart && is_title_text(piece)
    }

    pub(super) fn sections(&mut self) {
        for at in 0..self.pieces.len() {
            let Some(section) = self.pieces[at].cues.section else { continue };
            if !self.is_free(at) {
                continue;
            }
            if !self.heads_a_section(at) || self.labels_a_figure(at, section) {
                continue;
            }
            if matches!(section, Section::Speakers | Section::Figures) && self.labels_credits(at) {
                continue;
            }
            let zone = match section {
                Section::Contents | Section::Agenda => continue,
                Section::Takeaways => Zone::Takeaways { heading: at..at + 1 },
                Section::Conclusions => {
                    // the conclusions of a session are a list; a chapter of that name is not
                    let list = self.heads_a_list(at)
                        || self.next(at + 1).is_some_and(|next| self.pieces[next].cues.number.is_some());
                    let chapter = self.pieces[at + 1..].iter().take(12).all(|piece| piece.cues.bullet.is_none());
                    if list || !chapter {
                        continue;
                    }
                    Zone::Section(Section::Introduction)
                }
                section => Zone::Section(section),
            };
            self.begin_part(at, zone);
        }
    }

    /// Whether a piece is the last of its page, and not the only one: no heading is printed there.
    fn ends_page(&self, at: usize) -> bool {
        let elsewhere =
            |other: Option<usize>| other.is_some_and(|other| self.pieces[other].page != self.pieces[at].page);
        (self.next(at + 1).is_none() || elsewhere(self.next(at + 1)))
            && self.previous(at).is_some()
            && !elsewhere(self.previous(at))
    }

    /// Whether a phrase of the lexicon stands as a heading does: apart from what precedes it, marked, or where an extractor
    /// left no gaps, after a line that no text goes on from.
    fn heads_a_section(&self, at: usize) -> bool {
        /// A shorter line is none that running text fills.
        const FULL: usize = 45;
        let piece = &self.pieces[at];
        let before = at.checked_sub(1).map(|before| &self.pieces[before]);
        let ended = before.is_none_or(|before| {
            let stops = before.cues.end == End::Stop
                || before.cues.chars < FULL
                || self.heads_a_list(at)
                || self.heads_text(at);
            before.label.is_some() || stops && piece.cues.role.is_none()
        });
        piece.cues.begin != Begin::Lower && (piece.gap || piece.is_marked() || piece.cues.capitals || ended)
    }

    /// Whether a phrase of the back matter stands over something that begins anew.
    fn heads_text(&self, at: usize) -> bool {
        use Section::{Figures, Imprint, Posts, Recommendations, Takeaways, Venues};
        let back = matches!(
            self.pieces[at].cues.section,
            Some(Figures | Imprint | Posts | Recommendations | Takeaways | Venues)
        );
        back && self.next(at + 1).is_some_and(|next| self.pieces[next].cues.begin != Begin::Lower)
    }

    /// Whether entries of a list follow a heading.
    fn heads_a_list(&self, at: usize) -> bool {
        self.next(at + 1).is_some_and(|next| {
            let piece = &self.pieces[next];
            piece.cues.bullet.is_some()
                || piece.is_lone_sign(self.context.lexicon)
                || matches!(piece.cues.number, Some((1, _)))
                || matches!(labelled(piece.text(), self.context.lexicon), Some((1, _)))
        })
    }

    /// Whether a heading is only the label of a number among figures: `30` over `Speakers`. Names would follow a heading.
    fn labels_a_figure(&self, at: usize, section: Section) -> bool {
        /// Figures are no longer than this, in pieces.
        const REACH: usize = 40;
        let among = self
            .found
            .last()
            .is_some_and(|(start, zone)| *zone == Zone::Section(Section::Figures) && *start < at && at - start < REACH);
        let near = || (at + 1..self.pieces.len()).filter(|&next| self.pieces[next].label.is_none()).take(3);
        among
            && matches!(section, Section::Speakers | Section::Figures | Section::Discussions)
            && !near().any(|next| self.pieces[next].cues.name.is_some())
    }

    /// Whether a heading of the speakers section is the label of a session's credits: people follow, and then running
    /// text, before the next heading and before there are more of them than a stage holds.
    fn labels_credits(&self, at: usize) -> bool {
        /// The credits of a session take at most so many lines.
        const LINES: usize = 40;
        /// The cards of more people than a stage holds take no more lines.
        const CARDS: usize = 8 * STAGE;
        /// A shorter line that ends in a full stop may be an office, in characters.
        const SENTENCE: usize = 40;
        /// A label that stands so often is no heading of a part.
        const SESSIONS: usize = 4;
        if self.pieces[at].cues.role.is_none() {
            return false;
        }
        let after = (at + 1..self.pieces.len()).filter(|&next| self.pieces[next].label.is_none()).take(LINES);
        let lexicon = self.context.lexicon;
        let is_credit = |at: usize| self.pieces[at].is_person(lexicon) || begins_credit(self.pieces, at, lexicon);
        // credits that were run together on one line are as long as running text
        let is_line = |at: usize| !self.is_running_text(at) || self.pieces[at].cues.end != End::Stop && is_credit(at);
        let lines: Vec<usize> = after.take_while(|&next| is_line(next)).collect();
        let text = lines.last().map_or(at + 1, |last| last + 1);
        let parted = lines.iter().any(|&line| {
            let piece = &self.pieces[line];
            piece.cues.section.is_some_and(|section| section != Section::Speakers) || piece.cues.link
        });
        let labels = |line: &usize| matches!(self.pieces[*line].cues.role, Some((Role::Moderators, _)));
        // a heading that stands once is one of a section, unless a label follows it
        let section = self.pieces[at].clean.marks.heading > 0
            && self.labels.get(&self.folded[at]) == Some(&1)
            && !lines.iter().any(labels);
        // a section has more people
        let people = || {
            let after = (at + 1..self.pieces.len()).filter(|&next| self.pieces[next].label.is_none()).take(CARDS);
            let same_list = |next: &usize| {
                let cues = &self.pieces[*next].cues;
                let sentence = cues.end == End::Stop && cues.chars >= SENTENCE;
                // `Chair, Water Agency` is an office
                let text = self.pieces[*next].text();
                let labels = cues.role.is_some_and(|(_, rest)| grammar::name(&text[rest..], lexicon).is_some());
                !labels && !self.labels_person(*next) && cues.section.is_none() && cues.kind.is_none() && !sentence
            };
            after.take_while(same_list).filter(|&next| is_credit(next)).count()
        };
        // the label of every session's, wherever its credits stand
        let common = || {
            let same = |next: usize| self.folded[next] == self.folded[at] && self.is_free(next);
            let again = || (at + 1..self.pieces.len()).any(same);
            let count = self.labels.get(&self.folded[at]).copied().unwrap_or_default();
            count >= SESSIONS && again()
        };
        let title = self.previous(at).is_some_and(|before| {
            at - before <= 2
                && self.pieces[before].cues.section.is_none()
                && (is_title_text(&self.pieces[before]) || self.pieces[before].cues.chars > 4 && self.is_fact(before))
        });
        let followed = lines.first().is_some_and(|&first| is_credit(first));
        let text_follows = || self.next(text).is_some_and(|text| self.is_running_text(text));
        followed
            && !section
            && people() <= STAGE
            && (common() || title && lines.len() < LINES && !parted && text_follows())
    }

    /// A speakers list by its form: names with a bar and an office, one after the other.
    pub(super) fn cards(&mut self) {
        /// A credit has no more lines.
        const CREDIT: usize = 4;
        let bars: Vec<usize> = (0..self.pieces.len())
            .filter(|&at| self.is_free(at) && self.pieces[at].cues.bar && self.pieces[at].cues.bullet.is_none())
            .collect();
        let mut runs: Vec<Range<usize>> = Vec::new();
        // the credits of a session, under their label or on its line; the first of them may fill some lines
        let labelled = |at: usize| {
            let label = |at: usize| {
                let cues = &self.pieces[at].cues;
                cues.role.is_some() && (cues.section.is_none() || self.labels_credits(at))
            };
            let named = |at: usize| {
                let piece = &self.pieces[at];
                label(at) && piece.cues.role.is_some_and(|(_, rest)| rest < piece.text().len())
            };
            let mut above = std::iter::successors(self.previous(at), |&above| self.previous(above)).take(CREDIT);
            label(at) || self.previous(at).is_some_and(label) || above.any(named)
        };
        let apart = |last: &usize, next: &usize| *next - *last <= 8 && !labelled(*next);
        for run in bars.chunk_by(apart).filter(|run| run.len() > STAGE || !labelled(run[0])) {
            runs.extend(extent(run));
        }
        for range in runs {
            let end = (range.end..self.pieces.len().min(range.end + 3))
                .find(|&at| self.pieces[at].gap || self.pieces[at].label.is_some())
                .unwrap_or(range.end);
            self.begin(range.start, Zone::Section(Section::Speakers));
            self.begin(end, Zone::Front);
            self.fixed.push(range.start..end);
        }

        fn extent(run: &[usize]) -> Option<Range<usize>> {
            (run.len() >= 5).then(|| run[0]..run[run.len() - 1] + 1)
        }
    }

    pub(super) fn begin(&mut self, at: usize, zone: Zone) {
        if matches!(zone, Zone::Session { .. }) {
            self.sessions.insert(at);
        }
        // figures and a word about the organiser may stand before the sessions as well as after them
        let late = at >= self.pieces.len() / 2;
        let back = match zone {
            Zone::Imprint | Zone::Section(Section::Team | Section::Imprint) => true,
            Zone::Section(Section::Figures | Section::About) => late,
            _ => false,
        };
        self.starts.insert(at, back);
        self.found.push((at, zone));
    }

    pub(super) fn is_back_matter(&self, at: usize) -> bool {
        self.starts.range(..=at).next_back().is_some_and(|(_, back)| *back)
    }

    pub(super) fn begins_near(&self, at: usize, reach: usize) -> bool {
        self.sessions.range(at.saturating_sub(reach)..=at + reach).next().is_some()
    }

    pub(super) fn takeaways(&mut self) {
        for at in 0..self.pieces.len() {
            if !self.is_free(at)
                || !is_takeaways_heading(self.pieces[at].text(), self.context)
                || !self.stands_alone(at)
            {
                continue;
            }
            let known = self
                .found
                .iter()
                .any(|(start, zone)| matches!(zone, Zone::Takeaways { .. }) && *start <= at && at - *start < 40);
            if !known {
                self.begin_part(at, Zone::Takeaways { heading: at..at + 1 });
            }
        }
    }

    /// Begins the part under a heading; where that of the part that has begun stands again, over text that goes on in
    /// mid-sentence or at the end of a page, it is a running head or foot.
    fn begin_part(&mut self, at: usize, zone: Zone) {
        let inside = self.found.iter().filter(|(start, _)| *start < at).max_by_key(|(start, _)| *start);
        let again = inside.is_some_and(|(_, known)| match (known, &zone) {
            (Zone::Takeaways { .. }, Zone::Takeaways { .. }) => true,
            (known, zone) => known == zone,
        });
        let goes_on = self.next(at + 1).is_some_and(|next| self.pieces[next].cues.begin == Begin::Lower);
        if !again || !goes_on && !self.ends_page(at) {
            return self.begin(at, zone);
        }
        let number = at.checked_sub(1).filter(|&number| {
            furniture::is_page_number(self.pieces[number].text()) && self.pieces[number].shares_line(&self.pieces[at])
        });
        for head in number.into_iter().chain([at]) {
            self.pieces[head].label = Some(RegionLabel::Furniture);
        }
    }

    fn stands_alone(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let before = piece.gap
            || piece.is_marked()
            || at == 0
            || self.pieces[at - 1].label.is_some()
            || self.pieces[at - 1].cues.end == End::Stop
            || self.pieces[at - 1].cues.section.is_some();
        before && piece.cues.begin != Begin::Lower
    }

    /// A title over a label of authors.
    pub(super) fn articles(&mut self) {
        for at in 0..self.pieces.len() {
            let Some((Role::Authors, rest)) = self.pieces[at].cues.role else { continue };
            let piece = &self.pieces[at];
            // `By Ana Silva and Bo Li`
            let named = rest < piece.text().len()
                && (!crate::takeaways::authors_on_line(self.pieces, at, rest, self.context).0.is_empty()
                    || are_run_together(&piece.text()[rest..], self.context.lexicon));
            if !self.is_free(at) || rest < piece.text().len() && !named {
                continue;
            }
            let Some(title) = self.title_above(at) else { continue };
            let inside = self.found.iter().filter(|(start, _)| *start <= at).max_by_key(|(start, _)| *start);
            let authored = match inside {
                // the authors of the article or the list that has begun
                Some((start, Zone::Article { .. } | Zone::Takeaways { .. })) => title.start <= *start + 1,
                _ => false,
            };
            if !authored && !self.is_entry(title.start) {
                self.begin(title.start, Zone::Article { title });
            }
        }
    }

    /// Whether an entry of a numbered list begins at `at`.
    fn is_entry(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        piece.cues.number.is_some() || labelled(piece.text(), self.context.lexicon).is_some()
    }

    /// A title over a credit over running text (`What the tide left`, `Mirela Toft, Harbour-master`), where signed texts
    /// stand: after takeaways or another signed text. In a session it would be a speaker.
    pub(super) fn signed_articles(&mut self) {
        self.found.sort_by_key(|(start, _)| *start);
        let mut zones = 0;
        for at in 0..self.pieces.len() {
            while self.found.get(zones).is_some_and(|(start, _)| *start <= at) {
                zones += 1;
            }
            let Some((start, zone)) = zones.checked_sub(1).and_then(|zone| self.found.get(zone)) else { continue };
            let signed = match zone {
                Zone::Takeaways { .. } | Zone::Section(Section::Reflections | Section::Recommendations) => true,
                Zone::Article { title } => title.end + 2 < at,
                _ => false,
            };
            let piece = &self.pieces[at];
            if !signed || !self.is_free(at) || piece.cues.name.as_ref().is_none_or(|name| name.start > 0) {
                continue;
            }
            let credit = grammar::credit(piece.text(), self.context.lexicon);
            let credited = credit.is_some_and(|credit| !credit.credit.is_empty()) && piece.cues.end != End::Stop;
            // in mid-sentence, names stand before anything
            let text = self
                .next(at + 1)
                .is_some_and(|next| self.is_running_text(next) && self.pieces[next].cues.begin != Begin::Lower);
            let Some(title) = self.title_above(at).filter(|_| credited && text) else { continue };
            if title.start > *start
                && !self.is_entry(title.start)
                && self.previous(at).is_some_and(|before| before + 1 == title.end)
            {
                // found in the order of the text: the list stays sorted
                self.found.insert(zones, (title.start, Zone::Article { title }));
            }
        }
    }

    /// Parts that only the running heads name.
    pub(super) fn heads(&mut self) {
        let naming = self.context.naming.as_ref();
        for section in
            [Section::Impressions, Section::Speakers, Section::Reflections, Section::Figures, Section::Takeaways]
        {
            let zone = |at: usize| match section {
                Section::Takeaways => Zone::Takeaways { heading: at..at + 1 },
                section => Zone::Section(section),
            };
            let is_known = |known: &Zone| match known {
                Zone::Takeaways { .. } => section == Section::Takeaways,
                known => *known == Zone::Section(section),
            };
            if self.found.iter().any(|(_, known)| is_known(known)) {
                continue;
            }
            let head = (0..self.pieces.len()).find(|&at| {
                let piece = &self.pieces[at];
                let says =
                    || piece.cues.section.or_else(|| furniture::section_of(piece.text(), naming, self.context.lexicon));
                piece.label == Some(RegionLabel::Furniture)
                    && says() == Some(section)
                    && !self.fixed.iter().any(|range| range.contains(&at))
                    && match section {
                        Section::Figures => !self.text_goes_on(at),
                        Section::Takeaways => self.heads_a_list(at),
                        _ => true,
                    }
            });
            if let Some(at) = head {
                self.begin(at, zone(at));
            }
        }
    }

    /// Whether running text follows on the next lines: a head may change before the text of the part before it ends.
    fn text_goes_on(&self, at: usize) -> bool {
        self.pieces[at..].iter().filter(|piece| piece.label.is_none()).take(4).any(|piece| piece.cues.chars > 200)
    }

    /// The imprint by its legal text, from the address above it on.
    pub(super) fn imprint(&mut self) {
        let legal = &self.context.lexicon.words.boilerplate.legal;
        let is_legal = |text: &str| {
            let lower = text.to_lowercase();
            legal.iter().any(|phrase| lower.contains(phrase.as_str()))
        };
        let Some(at) =
            (self.pieces.len() / 2..self.pieces.len()).find(|&at| self.is_free(at) && is_legal(self.pieces[at].text()))
        else {
            return;
        };
        // under a heading of its own, everything above the legal text belongs to that
        let inside = self.found.iter().filter(|(start, _)| *start <= at).max_by_key(|(start, _)| *start);
        if inside.is_some_and(|(_, zone)| matches!(zone, Zone::Section(Section::Imprint | Section::Team))) {
            return;
        }
        let mut start = at;
        while start > 0 && at - start < 8 {
            let before = &self.pieces[start - 1];
            if before.cues.chars > 70
                || before.label.is_some()
                || before.cues.end == End::Stop
                || !self.is_free(start - 1)
                || before.cues.bar
            {
                break;
            }
            start -= 1;
        }
        self.begin(start, Zone::Imprint);
    }

    pub(super) fn parts(mut self) -> Vec<Part> {
        let count = self.pieces.len();
        // what is known by its extent wins over what begins inside
        let fixed = self.fixed;
        self.found.retain(|(at, _)| !fixed.iter().any(|range| range.start < *at && *at < range.end));
        self.found.sort_by_key(|(at, zone)| (*at, matches!(zone, Zone::Front)));
        // where something begins, nothing is left over
        self.found.dedup_by(|next, kept| next.0 == kept.0 && next.1 == Zone::Front);
        let mut parts: Vec<Part> = Vec::new();
        if self.found.first().is_none_or(|(at, _)| *at > 0) {
            self.found.insert(0, (0, Zone::Front));
        }
        for (index, (start, zone)) in self.found.iter().enumerate() {
            let end = self.found.get(index + 1).map_or(count, |(next, _)| *next);
            if *start < end {
                parts.push(Part { zone: zone.clone(), range: *start..end });
            }
        }
        parts
    }
}

/// Short, begins anew, ends no sentence.
pub(super) fn is_title_text(piece: &Piece<'_>) -> bool {
    let text = piece.text();
    let ends = text.ends_with(['.', ',', ';']) && !text.ends_with("...");
    is_title_start(piece) && !ends && piece.cues.end != End::Hyphen
}

/// The first line of a title: short, begins anew, nothing else by its form.
pub(super) fn is_title_start(piece: &Piece<'_>) -> bool {
    piece.cues.chars >= 4
        && piece.cues.chars <= 180
        && piece.cues.begin != Begin::Lower
        && piece.cues.bullet.is_none()
        && piece.cues.role.is_none()
        && !piece.cues.link
        && piece.cues.opens.is_none()
}

/// Whether names and offices follow each other with no sign between: `Ana Silva Editor Bo Lind Director of Mills`.
fn are_run_together(text: &str, lexicon: &Lexicon) -> bool {
    let named = grammar::name(text, lexicon).is_some_and(|name| text[..name.name.start].trim().is_empty());
    // neither names alone nor a sentence
    named && End::of(text) == End::Open && text.split_whitespace().skip(2).any(|word| lexicon.is_office(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_run_together() {
        let lexicon = Lexicon::embedded();
        for (text, expected) in [
            ("Ana Silva Director of Mills Bo Lind Minister", true),
            ("Ana Silva", false),
            ("of the mills and the Director of the sea", false),
            ("Ana Silva Director of Mills wrote this.", false),
        ] {
            assert_eq!(are_run_together(text, &lexicon), expected, "{text}");
        }
    }
}
