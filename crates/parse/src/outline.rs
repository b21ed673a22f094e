//! The parts of a report: where its sections and sessions begin and end.
//!
//! Anchors are found first, each by its form or because the contents or the programme name it; what lies between two
//! anchors belongs to the first. No layout is assumed: any anchor may be missing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rapporteur_grammar::{self as grammar, Head, Kind, Role, Section};
use rapporteur_source::{Clean, fold};

use crate::{
    RegionLabel,
    contents::{self, Entry},
    context::Context,
    furniture,
    piece::{Begin, End, Piece, kind_of},
    programme::{self, Programme},
};

/// Lines of facts above or below a title: a kind, a day, a time, a number.
const FACT_LINES: usize = 3;

/// What a part of the report is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Zone {
    /// Title page and whatever stands before or between the parts.
    Front,
    Programme,
    Contents,
    /// A part under a heading of the lexicon.
    Section(Section),
    /// A session: where its title stands, where its kind, and which known title it is.
    Session {
        title: Range<usize>,
        kind: Option<Range<usize>>,
        known: Option<usize>,
        /// Other lines of its head: when it takes place, which number it has.
        facts: Vec<usize>,
    },
    /// A list of takeaways.
    Takeaways {
        heading: Range<usize>,
    },
    /// A signed text.
    Article {
        title: Range<usize>,
    },
    /// Address, rights, legal text.
    Imprint,
}

/// One part and its pieces.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) zone: Zone,
    pub(crate) range: Range<usize>,
}

/// A title that the contents or the programme print.
#[derive(Clone, Debug)]
pub(crate) struct Title<'a> {
    /// Folded: the whole of it, and the same without the words before its first colon or in its first line.
    pub(crate) whole: String,
    pub(crate) stripped: Option<String>,
    /// The kind that the programme prints with it, folded.
    pub(crate) kind: Option<String>,
    /// Names listed under it.
    pub(crate) people: Vec<(Role, Clean<'a>)>,
    /// What follows it is a list of takeaways, a signed text, a section.
    pub(crate) sort: Sort,
}

/// What a listed title leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Session,
    /// A title of the programme: a session, if the text has it.
    Slot,
    Takeaways,
    Article,
    Section,
}

/// The report taken apart.
#[derive(Debug, Default)]
pub(crate) struct Outline<'a> {
    pub(crate) parts: Vec<Part>,
    pub(crate) titles: Vec<Title<'a>>,
    pub(crate) programme: Programme<'a>,
}

/// Takes a report apart.
pub(crate) fn outline<'a>(pieces: &mut Vec<Piece<'a>>, context: &Context<'a>) -> Outline<'a> {
    let lexicon = context.lexicon;
    part_kinds_from_titles(pieces, context);
    for piece in pieces.iter_mut().filter(|piece| piece.label.is_none() && piece.cues.section.is_none()) {
        if piece.cues.chars < 100 {
            piece.cues.section = named_section(piece.text(), context);
        }
    }
    let contents = contents::find(pieces, lexicon);
    let words = programme_words(context);
    let programme_range = programme::find(pieces, &words).filter(|range| {
        contents.as_ref().is_none_or(|contents| range.end <= contents.start || range.start >= contents.end)
    });
    let entries = contents.clone().map(|range| contents::entries(&pieces[range], lexicon)).unwrap_or_default();
    let programme = programme_range.clone().map(|range| programme::read(&pieces[range], &words)).unwrap_or_default();
    let titles = titles(entries, &programme, context);
    let mut lists = [contents, programme_range];
    part_heads(pieces, &titles, &mut lists, context);
    let [contents, programme_range] = lists;

    let folded: Vec<String> =
        pieces.iter().map(|piece| if is_short(piece) { fold(piece.text()) } else { String::new() }).collect();
    let mut labels: BTreeMap<String, usize> = BTreeMap::new();
    for (_, folded) in pieces.iter().zip(&folded).filter(|(piece, _)| piece.cues.role.is_some()) {
        *labels.entry(folded.clone()).or_default() += 1;
    }
    let heads = pieces.iter().map(|piece| head_of(piece, lexicon)).collect();
    let mut anchors = Anchors {
        pieces,
        folded,
        heads,
        labels,
        context,
        fixed: Vec::new(),
        found: Vec::new(),
        sessions: BTreeSet::new(),
        starts: BTreeMap::new(),
    };
    for (range, zone) in [(contents, Zone::Contents), (programme_range, Zone::Programme)] {
        if let Some(range) = range {
            anchors.begin(range.start, Zone::clone(&zone));
            // what comes after belongs to no part until the next anchor
            anchors.begin(range.end, Zone::Front);
            anchors.fixed.push(range);
        }
    }
    anchors.sections();
    anchors.cards();
    anchors.known_titles(&titles);
    anchors.labelled_sessions();
    anchors.headed_sessions();
    anchors.takeaways();
    anchors.articles();
    anchors.signed_articles();
    anchors.heads();
    anchors.imprint();
    let parts = anchors.parts();
    label_part_numbers(pieces, &parts);
    Outline { parts, titles, programme }
}

/// What a programme is read with: its days may lack the year.
fn programme_words<'l>(context: &Context<'l>) -> programme::Words<'l> {
    let year = context.naming.as_ref().map(|naming| naming.year);
    programme::Words { lexicon: context.lexicon, year, text: context.source.text() }
}

/// Parts a kind of session from the title that it was run into, where the programme prints the two apart.
fn part_kinds_from_titles<'a>(pieces: &mut Vec<Piece<'a>>, context: &Context<'a>) {
    let lexicon = context.lexicon;
    let words = programme_words(context);
    let Some(range) = programme::find(pieces, &words) else { return };
    let printed: Vec<(String, String)> = programme::read(&pieces[range.clone()], &words)
        .slots
        .iter()
        .filter_map(|slot| Some((fold(&slot.kind.as_ref()?.text), fold(&context.join(&slot.title).text))))
        .filter(|(kind, title)| kind.len() > 5 && title.len() > 10)
        .collect();
    let mut at = 0;
    while at < pieces.len() {
        let piece = &pieces[at];
        let candidate =
            piece.label.is_none() && !range.contains(&at) && piece.cues.chars < 200 && piece.cues.times.is_none();
        let folded = if candidate { fold(piece.text()) } else { String::new() };
        let found = printed.iter().find(|(kind, title)| {
            folded
                .strip_prefix(kind.as_str())
                .is_some_and(|rest| rest.len() > 8 && (title.starts_with(rest) || similar(title, rest)))
        });
        if let Some((kind, _)) = found
            && let Some(cut) = folded_length(piece.text(), kind.len())
        {
            let (before, after) = (piece.part(0..cut, lexicon), piece.part(cut..piece.text().len(), lexicon));
            pieces.splice(at..=at, [before, after]);
            // ranges after this one have moved; the programme stands before or was read already
            at += 1;
        }
        at += 1;
    }
}

/// Parts the lines of sessions' heads: `Panel 1: Rivers` is a kind and a title, `2. Rivers` a number and a title. The
/// `lists` print heads as well; they stay as they are, and their ranges are moved.
fn part_heads<'a>(
    pieces: &mut Vec<Piece<'a>>,
    titles: &[Title<'a>],
    lists: &mut [Option<Range<usize>>],
    context: &Context<'a>,
) {
    /// No head is longer, in characters.
    const LONGEST: usize = 220;
    let lexicon = context.lexicon;
    let mut parted: Vec<Piece<'a>> = Vec::with_capacity(pieces.len());
    let mut moved: Vec<usize> = Vec::with_capacity(pieces.len() + 1);
    for at in 0..pieces.len() {
        moved.push(parted.len());
        let piece = &pieces[at];
        let candidate = piece.label.is_none()
            && piece.cues.chars <= LONGEST
            && !lists.iter().flatten().any(|list| list.contains(&at));
        let apart = at == 0 || piece.gap || piece.is_marked() || pieces[at - 1].label.is_some();
        let cuts = candidate.then(|| head_cuts(piece, titles, apart, lexicon)).flatten().unwrap_or_default();
        let text = piece.text();
        let bounds: Vec<usize> = std::iter::once(0).chain(cuts).chain([text.len()]).collect();
        for bounds in bounds.windows(2).filter(|bounds| bounds.len() > 1 && bounds[0] < bounds[1]) {
            if bounds[1] - bounds[0] == text.len() {
                parted.push(piece.clone());
            } else {
                parted.push(piece.part(bounds[0]..bounds[1], lexicon));
            }
        }
        if text.is_empty() {
            parted.push(piece.clone());
        }
    }
    moved.push(parted.len());
    for list in lists.iter_mut().flatten() {
        *list = moved[list.start]..moved[list.end];
    }
    *pieces = parted;
}

/// Where to part a line of a session's head: around its kind, before and after its title.
fn head_cuts(piece: &Piece<'_>, titles: &[Title<'_>], apart: bool, lexicon: &grammar::Lexicon) -> Option<Vec<usize>> {
    let text = piece.text();
    let head = grammar::head(text, lexicon)?;
    let title = fold(&text[head.title.clone()]);
    let is_known = |folded: &str| {
        folded.len() >= 6
            && titles.iter().any(|title| {
                std::iter::once(&title.whole)
                    .chain(&title.stripped)
                    .any(|known| known.starts_with(folded) && folded.len() * 4 >= known.len() || similar(known, folded))
            })
    };
    let begins = text[head.title.clone()].starts_with(|c: char| !c.is_lowercase());
    let parts = head.is_facts()
        || begins
            && !is_known(&fold(text))
            && (is_known(&title)
                || apart && title.len() > 3 && (head.kind.is_some() || head.times.is_some() && piece.is_marked()));
    if !parts || head.is_facts() && head.kind.is_none() {
        return None;
    }
    let mut cuts: Vec<usize> = Vec::new();
    if let Some((_, kind)) = head.kind {
        cuts.extend([kind.start, kind.end]);
    }
    if !head.title.is_empty() {
        cuts.extend([head.title.start, head.title.end]);
    }
    cuts.sort_unstable();
    // signs between the parts stay with what they follow
    for cut in &mut cuts {
        let signs = |c: char| !c.is_alphanumeric() && !"“\"„«(".contains(c);
        *cut += text[*cut..].len() - text[*cut..].trim_start_matches(signs).len();
    }
    cuts.dedup();
    Some(cuts)
}

/// What a piece says as a line of a session's head, if it is short enough for one.
fn head_of(piece: &Piece<'_>, lexicon: &grammar::Lexicon) -> Option<Head> {
    /// A line of facts is no longer, in characters.
    const LONGEST: usize = 100;
    (piece.label.is_none() && piece.cues.chars <= LONGEST).then(|| grammar::head(piece.text(), lexicon)).flatten()
}

/// How many bytes of `text` fold to `length` bytes.
fn folded_length(text: &str, length: usize) -> Option<usize> {
    let mut folded = 0;
    for (at, c) in text.char_indices() {
        if folded >= length {
            return Some(at);
        }
        folded += fold(c.encode_utf8(&mut [0; 4])).len();
    }
    None
}

/// The number of a part over its heading, and circled numbers alone: headings both.
fn label_part_numbers(pieces: &mut [Piece<'_>], parts: &[Part]) {
    for part in parts {
        let over =
            part.range.start.checked_sub(1).filter(|_| matches!(part.zone, Zone::Section(_) | Zone::Takeaways { .. }));
        if let Some(over) = over.filter(|&over| pieces[over].cues.chars <= 3 && !pieces[over].text().is_empty()) {
            let near = pieces[part.range.start].line - pieces[over].line <= 4;
            if near && pieces[over].text().chars().all(char::is_alphanumeric) {
                pieces[over].label = Some(RegionLabel::Heading);
            }
        }
    }
}

/// A part's heading with the conference's name in it: `AGENDA SPRING WATER FORUM 2019`.
fn named_section(text: &str, context: &Context<'_>) -> Option<Section> {
    let naming = context.naming.as_ref()?;
    let name = naming.find(text)?;
    let one_side = [&text[..name.start], &text[name.end..]].iter().any(|side| !side.contains(char::is_alphabetic));
    one_side.then(|| furniture::section_of(text, Some(naming), context.lexicon)).flatten()
}

fn titles<'a>(entries: Vec<Entry<'a>>, programme: &Programme<'a>, context: &Context<'a>) -> Vec<Title<'a>> {
    /// Contents or a programme with more entries than this are none; each is compared with every line.
    const MOST: usize = 300;
    let mut titles: Vec<Title<'a>> = Vec::new();
    for mut entry in entries.into_iter().take(MOST) {
        entry.parts = entry.parts.iter().flat_map(split_bold_tail).collect();
        let text = context.join(&entry.parts).text;
        let sort = sort(&text, &entry, context);
        // a kind whose title was lost
        if sort == Sort::Session && names_a_part(&text, context.lexicon) {
            continue;
        }
        titles.push(Title {
            whole: fold(&text),
            stripped: stripped(&text, &entry.parts, context),
            kind: None,
            people: entry.people,
            sort,
        });
    }
    for slot in programme.slots.iter().take(MOST) {
        let text = context.join(&slot.title).text;
        if names_a_part(&text, context.lexicon) {
            continue;
        }
        let whole = fold(&text);
        let kind = slot.kind.as_ref().map(|kind| fold(&kind.text));
        let known = titles.iter_mut().find(|title| {
            similar(&title.whole, &whole) || title.stripped.as_ref().is_some_and(|stripped| similar(stripped, &whole))
        });
        if let Some(title) = known {
            title.kind = title.kind.take().or(kind);
        } else if whole.len() > 6 {
            let stripped = stripped(&text, &slot.title, context);
            titles.push(Title { whole, stripped, kind, people: Vec::new(), sort: Sort::Slot });
        }
    }
    titles
}

/// Whether a title of the programme is no title of a session: a heading of the lexicon, or a mere kind.
fn names_a_part(text: &str, lexicon: &grammar::Lexicon) -> bool {
    lexicon.phrase(crate::piece::heading_text(text, lexicon)).iter().any(|phrase| match phrase {
        grammar::Phrase::Kind(kind) => !matches!(kind, Kind::Opening | Kind::Closing),
        grammar::Phrase::Section(_) => true,
        _ => false,
    })
}

fn sort(text: &str, entry: &Entry<'_>, context: &Context<'_>) -> Sort {
    let lexicon = context.lexicon;
    let has_section = |text: &str| {
        lexicon
            .phrase(crate::piece::heading_text(text, lexicon))
            .iter()
            .any(|phrase| matches!(phrase, grammar::Phrase::Section(_)))
    };
    if is_takeaways_heading(text, context) {
        Sort::Takeaways
    } else if entry.people.iter().any(|(role, _)| *role == Role::Authors) {
        Sort::Article
    } else if entry.people.is_empty()
        && (has_section(text)
            || text.split_whitespace().any(|word| has_section(word) && kind_of(text, lexicon).is_none())
                && text.split_whitespace().count() <= 3
            || context.naming.as_ref().is_some_and(|naming| naming.find(text).is_some()))
    {
        Sort::Section
    } else {
        Sort::Session
    }
}

/// The title without its kind: what stands before the first colon, or on the first line, or a phrase of the lexicon.
fn stripped(text: &str, parts: &[Clean<'_>], context: &Context<'_>) -> Option<String> {
    if let [first, rest @ ..] = parts
        && !rest.is_empty()
        && kind_of(&first.text, context.lexicon).is_some()
    {
        return Some(fold(&context.join(rest).text));
    }
    if let Ok((rest, _)) = grammar::session_kind(text, context.lexicon) {
        let rest = rest.trim_start_matches([' ', ':', '–', '-', '|']);
        if rest.starts_with(char::is_uppercase) {
            return Some(fold(rest));
        }
    }
    if let Some((_, rest)) = text.split_once(": ") {
        return Some(fold(rest));
    }
    parts.split_first().filter(|(_, rest)| !rest.is_empty()).map(|(_, rest)| fold(&context.join(rest).text))
}

/// A line whose end alone is bold: a kind of session and a title run together.
pub(crate) fn split_bold_tail<'a>(line: &Clean<'a>) -> Vec<Clean<'a>> {
    /// A kind is at most this long, in bytes.
    const LONGEST_KIND: usize = 60;
    let text: &str = &line.text;
    match line.marks.bold.as_slice() {
        [bold] if (4..LONGEST_KIND).contains(&bold.start) && bold.end + 1 >= text.len() => {
            let kind = text[..bold.start].trim_end().trim_end_matches(':').len();
            vec![line.slice(0..kind), line.slice(bold.start..text.len())]
        }
        _ => vec![line.clone()],
    }
}

/// Titles that differ by a comma or a misprint.
pub(crate) fn similar(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (shorter, longer) = if a.len() < b.len() { (a, b) } else { (b, a) };
    shorter.len() >= 12
        && longer.len() - shorter.len() <= 2 + longer.len() / 10
        && !differs_in_letters(a, b)
        && strsim::normalized_levenshtein(a, b) >= 0.9
}

/// Whether one of two titles has so many letters more that the other has not that no misprint explains them: a cheap
/// bound on their distance, for most titles have nothing to do with each other.
fn differs_in_letters(a: &str, b: &str) -> bool {
    let mut counts = [0_i32; 128];
    let (mut left, mut right) = (0, 0);
    for c in a.chars() {
        counts[c as usize % 128] += 1;
        left += 1;
    }
    for c in b.chars() {
        counts[c as usize % 128] -= 1;
        right += 1;
    }
    let more = |sign: i32| counts.iter().map(|count| (sign * count).max(0)).sum::<i32>();
    10 * more(1).max(more(-1)) > left.max(right)
}

/// `Six takeaways for …`, `6 TAKEAWAYS`, `Key takeaways`: the word for takeaways with a number, or alone.
pub(crate) fn is_takeaways_heading(text: &str, context: &Context<'_>) -> bool {
    let lexicon = context.lexicon;
    if text.len() > 140 || text.ends_with('.') {
        return false;
    }
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ':').filter(|word| !word.is_empty()).take(6).collect();
    let at = words.iter().position(|word| lexicon.is_takeaway(word));
    let phrase = (1..words.len().min(3)).any(|end| lexicon.is_takeaway(&words[end - 1..=end].concat()));
    let counted =
        at.or(phrase.then_some(1)).is_some_and(|at| words[..at].iter().any(|word| lexicon.cardinal(word).is_some()));
    counted || lexicon.phrase(text).iter().any(|phrase| matches!(phrase, grammar::Phrase::Section(Section::Takeaways)))
}

/// Whether a piece may be (a line of) a title: nothing longer is compared with titles.
fn is_short(piece: &Piece<'_>) -> bool {
    piece.label.is_none() && (1..=220).contains(&piece.cues.chars)
}

struct Anchors<'p, 'a> {
    pieces: &'p [Piece<'a>],
    /// The pieces folded; empty for those that are no title.
    folded: Vec<String>,
    /// What the pieces say as lines of a session's head.
    heads: Vec<Option<Head>>,
    /// How often each label of credits stands in the text, folded.
    labels: BTreeMap<String, usize>,
    context: &'p Context<'a>,
    /// Parts whose extent is known: nothing else begins inside.
    fixed: Vec<Range<usize>>,
    found: Vec<(usize, Zone)>,
    /// Where sessions begin.
    sessions: BTreeSet<usize>,
    /// Where anything begins, and whether it is a part of the back matter.
    starts: BTreeMap<usize, bool>,
}

impl<'a> Anchors<'_, 'a> {
    fn is_free(&self, at: usize) -> bool {
        self.pieces[at].label.is_none() && !self.fixed.iter().any(|range| range.contains(&at))
    }

    /// The next piece from `at` on that is no furniture.
    fn next(&self, at: usize) -> Option<usize> {
        (at..self.pieces.len()).find(|&next| self.pieces[next].label.is_none())
    }

    fn previous(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|&previous| self.pieces[previous].label.is_none())
    }

    /// Whether running text begins at `at`: a long piece, or several lines that go on in each other.
    fn is_running_text(&self, at: usize) -> bool {
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
    fn is_title_form(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let apart = piece.gap || piece.is_marked() || at == 0 || self.pieces[at - 1].label.is_some();
        apart && is_title_text(piece)
    }

    fn sections(&mut self) {
        for at in 0..self.pieces.len() {
            let Some(section) = self.pieces[at].cues.section else { continue };
            if !self.is_free(at) {
                continue;
            }
            if !self.heads_a_section(at) || self.labels_a_figure(at, section) {
                continue;
            }
            if section == Section::Speakers && self.labels_credits(at) {
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
            self.begin(at, zone);
        }
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
            self.pieces[next].cues.bullet.is_some() || matches!(self.pieces[next].cues.number, Some((1, _)))
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
        if self.pieces[at].cues.role.is_none() {
            return false;
        }
        let after = (at + 1..self.pieces.len()).filter(|&next| self.pieces[next].label.is_none()).take(LINES);
        let is_credit = |at: usize| self.pieces[at].is_person(self.context.lexicon);
        // credits that were run together on one line are as long as running text
        let is_line = |at: usize| !self.is_running_text(at) || self.pieces[at].cues.end != End::Stop && is_credit(at);
        let lines: Vec<usize> = after.take_while(|&next| is_line(next)).collect();
        let text = lines.last().map_or(at + 1, |last| last + 1);
        let parted = lines.iter().any(|&line| {
            let piece = &self.pieces[line];
            piece.cues.section.is_some_and(|section| section != Section::Speakers) || piece.cues.link
        });
        // a heading that stands once is one of a section, unless a label follows it
        let labels = |line: &usize| matches!(self.pieces[*line].cues.role, Some((Role::Moderators, _)));
        let section = self.pieces[at].clean.marks.heading > 0
            && self.labels.get(&self.folded[at]) == Some(&1)
            && !lines.iter().any(labels);
        let title = self.previous(at).is_some_and(|before| {
            at - before <= 2
                && self.pieces[before].cues.section.is_none()
                && (is_title_text(&self.pieces[before]) || self.pieces[before].cues.chars > 4 && self.is_fact(before))
        });
        title
            && !section
            && lines.len() < LINES
            && !parted
            && lines.first().is_some_and(|&first| is_credit(first))
            && self.next(text).is_some_and(|text| self.is_running_text(text))
    }

    /// A speakers list by its form: names with a bar and an office, one after the other.
    fn cards(&mut self) {
        let bars: Vec<usize> = (0..self.pieces.len())
            .filter(|&at| self.is_free(at) && self.pieces[at].cues.bar && self.pieces[at].cues.bullet.is_none())
            .collect();
        let mut run: Vec<usize> = Vec::new();
        let mut runs: Vec<Range<usize>> = Vec::new();
        for at in bars {
            // the credits of a session, under their label or on its line
            let labelled = self.pieces[at].cues.role.is_some()
                || self.previous(at).is_some_and(|before| self.pieces[before].cues.role.is_some());
            if labelled || run.last().is_some_and(|last| at - last > 8) {
                runs.extend(extent(&run));
                run.clear();
            }
            run.push(at);
        }
        runs.extend(extent(&run));
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

    fn known_titles(&mut self, titles: &[Title<'a>]) {
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
                let enough = if title.sort == Sort::Section { SURE } else { ENOUGH };
                if title.sort == Sort::Section && !headed {
                    continue;
                }
                if score >= enough && best[index].as_ref().is_none_or(|(most, _)| score > *most) {
                    best[index] = Some((score, found));
                }
            }
        }
        for (index, found) in best.into_iter().enumerate() {
            let Some((_, found)) = found else { continue };
            let start = found.start();
            let taken = self.found.iter().any(|(at, zone)| match zone {
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
                _ => Zone::Session { title: found.title, kind: found.kind, known: Some(index), facts: found.facts },
            };
            self.begin(start, zone);
        }
    }

    /// Whether `title` stands at `at`, over up to five lines, with or without its kind.
    fn match_title(&self, at: usize, title: &Title<'a>) -> Option<TitleMatch> {
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
                    return Some(self.titled(at..end, boundary.filter(|_| whole), title));
                }
                if joined.len() >= target.len() || end >= self.pieces.len() || end - at >= 5 || !self.is_free(end) {
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

    /// The match with the other lines of its head.
    fn titled(&self, range: Range<usize>, boundary: Option<usize>, title: &Title<'a>) -> TitleMatch {
        let prefix = title.stripped.as_ref().and_then(|stripped| title.whole.strip_suffix(stripped.as_str()));
        let is_kind = |at: usize| {
            let folded = fold(self.pieces[at].text());
            prefix.is_some_and(|prefix| !prefix.is_empty() && prefix == folded) || title.kind.as_ref() == Some(&folded)
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
        self.head_lines(top..title.end, is_kind, |at, is_kind| {
            if is_kind && found.kind.is_none() {
                found.kind = Some(at..at + 1);
            } else {
                found.facts.push(at);
            }
        });
        found
    }

    /// The lines of facts around a title, from the nearest on: first those above it, then those below.
    fn head_lines(&self, title: Range<usize>, is_kind: impl Fn(usize) -> bool, mut take: impl FnMut(usize, bool)) {
        let mut line = |at: usize| {
            let kind = (self.is_kind(at) || is_kind(at)) && !self.labels_person(at);
            let fact = kind || self.is_fact(at);
            if fact {
                take(at, kind);
            }
            fact
        };
        let mut at = title.start;
        for _ in 0..FACT_LINES {
            let before = self.previous(at).filter(|&before| at - before <= 2 && self.is_free(before));
            let Some(before) = before.filter(|&before| line(before)) else { break };
            at = before;
        }
        let mut at = title.end;
        for _ in 0..FACT_LINES {
            let after = self.next(at).filter(|&after| after - at <= 1 && self.is_free(after));
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
    fn labels_person(&self, at: usize) -> bool {
        self.pieces[at].cues.role.is_some_and(|(_, rest)| rest == self.pieces[at].text().len())
            && self.next(at + 1).is_some_and(|next| self.pieces[next].is_person(self.context.lexicon))
    }

    /// Whether a line says when a session takes place, of which kind it is or which number it has, and nothing else.
    fn is_fact(&self, at: usize) -> bool {
        self.pieces[at].cues.section.is_none() && self.heads[at].as_ref().is_some_and(Head::is_facts)
    }

    /// Whether a line of facts says the kind of a session or its time: enough to know one by.
    fn tells_session(&self, at: usize) -> bool {
        let head = self.heads[at].as_ref().filter(|head| head.is_facts());
        head.is_some_and(|head| head.kind.is_some() || head.times.is_some())
    }

    fn title_score(&self, found: &TitleMatch, sort: Sort) -> i32 {
        let mut score = 0;
        score += 2 * i32::from(found.kind.is_some() || !found.facts.is_empty());
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
        // a line of running text that happens to begin like the title
        let first = &self.pieces[found.title.start];
        if !is_title_start(first) || found.title.len() == 1 && !is_title_text(first) {
            score -= 2;
        }
        score
    }

    /// Sessions that neither contents nor programme name: a title over a label of credits, or a kind that is its own
    /// title (`Opening remarks`).
    fn labelled_sessions(&mut self) {
        for at in 0..self.pieces.len() {
            if !self.is_free(at) || self.is_back_matter(at) {
                continue;
            }
            let piece = &self.pieces[at];
            let beside_facts = at.checked_sub(1).is_some_and(|before| self.is_free(before) && self.is_fact(before))
                || self.pieces.get(at + 1).is_some_and(|next| next.line == piece.line);
            if let Some(Kind::Opening | Kind::Closing) = piece.cues.kind.filter(|_| !beside_facts) {
                let text = self.next(at + 1).is_some_and(|next| {
                    self.is_running_text(next)
                        || self.pieces[next].cues.opens.is_some()
                        || self.pieces[next].cues.role.is_some()
                });
                if text && self.is_title_form(at) && !self.begins_near(at, 2) {
                    self.begin(at, Zone::Session { title: at..at + 1, kind: None, known: None, facts: Vec::new() });
                }
                continue;
            }
            let Some((Role::Speakers, rest)) = piece.cues.role else { continue };
            let named = grammar::name(&piece.text()[rest..], self.context.lexicon).is_some();
            let label = rest == piece.text().len()
                && piece.cues.begin == Begin::Upper
                && self.next(at + 1).is_some_and(|next| {
                    let next = &self.pieces[next];
                    let entry = next.entry();
                    grammar::credit(&next.text()[entry..], self.context.lexicon)
                        .is_some_and(|credit| !credit.credit.is_empty())
                });
            if !(named || label) || self.has_session_before(at) {
                continue;
            }
            if let Some(title) = self.title_above(at) {
                self.begin_session(title);
            }
        }
    }

    /// Sessions that are known by the lines around their title: a kind, a time.
    fn headed_sessions(&mut self) {
        /// Credits or running text follow a head within so many lines.
        const REACH: usize = 12;
        for at in 0..self.pieces.len() {
            let says = self.tells_session(at) && self.is_free(at) && !self.is_back_matter(at);
            if !says || self.begins_near(at, 2 + FACT_LINES) {
                continue;
            }
            let above = || self.title_above(at).filter(|title| title.end == at || self.is_fact(title.end));
            let own = || {
                let opens = matches!(self.pieces[at].cues.kind, Some(Kind::Opening | Kind::Closing));
                opens.then_some(at..at + 1)
            };
            let Some(title) = self.title_below(at).or_else(above).or_else(own) else { continue };
            let supported = (title.end..self.pieces.len().min(title.end + REACH)).any(|next| {
                self.is_free(next) && (self.pieces[next].cues.role.is_some() || self.is_running_text(next))
            });
            let taken = self.found.iter().any(|(start, _)| title.contains(start)) || !self.is_free(title.start);
            if supported && !taken {
                self.begin_session(title);
            }
        }
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
        while end < self.pieces.len() && self.is_free(end) && (end == start || !self.pieces[end].gap) {
            let piece = &self.pieces[end];
            chars += piece.cues.chars;
            if piece.cues.role.is_some() || is_fact(end) {
                break;
            }
            end += 1;
            if chars > LONGEST || end - start > LINES {
                return None;
            }
        }
        let heading = start < end
            && is_title_start(&self.pieces[start])
            && self.pieces[end - 1].cues.end != End::Hyphen
            && !self.pieces[start].is_person(self.context.lexicon)
            && self.pieces[start].cues.section.is_none()
            && !self.pieces[end - 1].text().ends_with(['.', ',', ';']);
        heading.then_some(start..end)
    }

    fn begin_session(&mut self, title: Range<usize>) {
        let found = self.headed(title, None, |_| false);
        let start = found.start();
        self.begin(start, Zone::Session { title: found.title, kind: found.kind, known: None, facts: found.facts });
    }

    fn begin(&mut self, at: usize, zone: Zone) {
        if matches!(zone, Zone::Session { .. }) {
            self.sessions.insert(at);
        }
        let back = matches!(
            zone,
            Zone::Imprint | Zone::Section(Section::Team | Section::Imprint | Section::Figures | Section::About)
        );
        self.starts.insert(at, back);
        self.found.push((at, zone));
    }

    fn is_back_matter(&self, at: usize) -> bool {
        self.starts.range(..=at).next_back().is_some_and(|(_, back)| *back)
    }

    fn begins_near(&self, at: usize, reach: usize) -> bool {
        self.sessions.range(at.saturating_sub(reach)..=at + reach).next().is_some()
    }

    /// Whether the label at `at` belongs to a session that has begun before it: no other label of speakers between.
    fn has_session_before(&self, at: usize) -> bool {
        /// The credits of a session stand at most this many pieces after its title.
        const REACH: usize = 120;
        let Some(&start) = self.sessions.range(..at).next_back().filter(|start| at - **start < REACH) else {
            return false;
        };
        !(start..at)
            .any(|between| matches!(self.pieces[between].cues.role, Some((Role::Speakers, _))) && self.is_free(between))
    }

    /// The title above a label: the nearest lines of its form, an introductory paragraph or two between at most.
    fn title_above(&self, label: usize) -> Option<Range<usize>> {
        /// A title is at most this long, in characters and lines.
        const LONGEST: usize = 220;
        const LINES: usize = 4;
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
            if block.iter().any(credits) && block.len() < 8 {
                paragraphs += 1;
                end = start;
                continue;
            }
            if block.iter().any(|piece| piece.cues.link || piece.cues.section.is_some() || piece.cues.role.is_some())
                || card && chars < LONGEST
            {
                return None;
            }
            if chars <= LONGEST && block.len() <= LINES && heading && self.pieces[last].cues.kind.is_none() {
                return Some(start..last + 1);
            }
            paragraphs += 1;
            end = start;
        }
        None
    }

    fn takeaways(&mut self) {
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
                self.begin(at, Zone::Takeaways { heading: at..at + 1 });
            }
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
    fn articles(&mut self) {
        for at in 0..self.pieces.len() {
            let Some((Role::Authors, rest)) = self.pieces[at].cues.role else { continue };
            let piece = &self.pieces[at];
            // `By Ana Silva and Bo Li`
            let named = rest < piece.text().len()
                && !crate::takeaways::names(&piece.clean, rest..piece.text().len(), self.context).is_empty();
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
            let entry = self.pieces[title.start].cues.number.is_some();
            if !authored && !entry {
                self.begin(title.start, Zone::Article { title });
            }
        }
    }

    /// A title over a credit over running text (`What the tide left`, `Mirela Toft, Harbour-master`), where signed texts
    /// stand: after takeaways or another signed text. In a session it would be a speaker.
    fn signed_articles(&mut self) {
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
            let text = self.next(at + 1).is_some_and(|next| self.is_running_text(next));
            let Some(title) = self.title_above(at).filter(|_| credited && text) else { continue };
            if title.start > *start && self.previous(at).is_some_and(|before| before + 1 == title.end) {
                // found in the order of the text: the list stays sorted
                self.found.insert(zones, (title.start, Zone::Article { title }));
            }
        }
    }

    /// Parts that only the running heads name.
    fn heads(&mut self) {
        let naming = self.context.naming.as_ref();
        for section in [Section::Impressions, Section::Speakers, Section::Reflections, Section::Figures] {
            if self.found.iter().any(|(_, zone)| *zone == Zone::Section(section)) {
                continue;
            }
            let head = (0..self.pieces.len()).find(|&at| {
                let piece = &self.pieces[at];
                let says =
                    piece.cues.section.or_else(|| furniture::section_of(piece.text(), naming, self.context.lexicon));
                piece.label == Some(RegionLabel::Furniture)
                    && says == Some(section)
                    && !self.fixed.iter().any(|range| range.contains(&at))
                    && !(section == Section::Figures && self.text_goes_on(at))
            });
            if let Some(at) = head {
                self.begin(at, Zone::Section(section));
            }
        }
    }

    /// Whether running text follows on the next lines: a head may change before the text of the part before it ends.
    fn text_goes_on(&self, at: usize) -> bool {
        self.pieces[at..].iter().filter(|piece| piece.label.is_none()).take(4).any(|piece| piece.cues.chars > 200)
    }

    /// The imprint by its legal text, from the address above it on.
    fn imprint(&mut self) {
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

    fn parts(mut self) -> Vec<Part> {
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

#[derive(Clone, Debug)]
struct TitleMatch {
    title: Range<usize>,
    kind: Option<Range<usize>>,
    facts: Vec<usize>,
}

impl TitleMatch {
    /// Where the head begins.
    fn start(&self) -> usize {
        let above = self.facts.iter().copied().chain(self.kind.as_ref().map(|kind| kind.start));
        above.chain([self.title.start]).min().unwrap_or(self.title.start)
    }

    /// Where the head ends.
    fn end(&self) -> usize {
        let below = self.facts.iter().map(|fact| fact + 1).chain(self.kind.as_ref().map(|kind| kind.end));
        below.chain([self.title.end]).max().unwrap_or(self.title.end)
    }
}

/// Short, begins anew, ends no sentence.
fn is_title_text(piece: &Piece<'_>) -> bool {
    let text = piece.text();
    let ends = text.ends_with(['.', ',', ';']) && !text.ends_with("...");
    is_title_start(piece) && !ends && piece.cues.end != End::Hyphen
}

/// The first line of a title: short, begins anew, nothing else by its form.
fn is_title_start(piece: &Piece<'_>) -> bool {
    piece.cues.chars >= 4
        && piece.cues.chars <= 180
        && piece.cues.begin != Begin::Lower
        && piece.cues.bullet.is_none()
        && piece.cues.role.is_none()
        && !piece.cues.link
        && piece.cues.opens.is_none()
}

/// Whether the shorter of the two begins the longer, a misprint aside.
fn begins_alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let length = a.len().min(b.len());
    let same = a[..length].iter().zip(&b[..length]).take_while(|(a, b)| a == b).count();
    same == length || same >= 10
}
