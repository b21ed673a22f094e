//! One session: credits, quotes, running text, conclusions, told apart piece by piece.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Bullet, Lexicon, Role, Section};
use rapporteur_source::{Clean, fold};

use crate::{
    RegionLabel as L,
    context::Context,
    furniture,
    people::People,
    piece::{Begin, End, Piece, trim},
};

/// The credit of one person, in its lines.
#[derive(Clone, Debug)]
pub(crate) struct CreditDraft<'a> {
    pub(crate) role: Role,
    pub(crate) lines: Vec<Clean<'a>>,
}

/// A pull quote.
#[derive(Clone, Debug)]
pub(crate) struct QuoteDraft<'a> {
    /// Its text without quotation marks.
    pub(crate) text: Vec<Clean<'a>>,
    /// Who said it, as far as that is printed.
    pub(crate) by: Option<By<'a>>,
    /// The office alone is printed: whose it is, and where it stands.
    pub(crate) by_office: Option<(usize, Clean<'a>)>,
}

/// The name and office at a quote.
#[derive(Clone, Debug)]
pub(crate) struct By<'a> {
    pub(crate) person: Option<usize>,
    pub(crate) name: Clean<'a>,
    pub(crate) credit: Vec<Clean<'a>>,
    /// Whether a gap stands before it.
    pub(crate) gap: bool,
}

/// A post from a social network.
#[derive(Clone, Debug)]
pub(crate) struct PostDraft<'a> {
    pub(crate) handle: Clean<'a>,
    pub(crate) date: Option<(jiff::civil::Date, Clean<'a>)>,
    pub(crate) text: Vec<Clean<'a>>,
}

/// A paragraph, or what a break left of it.
#[derive(Clone, Debug)]
pub(crate) struct Chunk<'a> {
    pub(crate) pieces: Vec<Clean<'a>>,
    /// Whether it may begin anew: it stands apart from what precedes it.
    pub(crate) apart: bool,
    /// The number of the page that it begins on.
    pub(crate) page: usize,
}

/// What stands in a session, in the order of the text.
#[derive(Clone, Debug)]
pub(crate) enum Unit<'a> {
    Quote(QuoteDraft<'a>),
    By(By<'a>),
    Body(Chunk<'a>),
    /// Anything that parts what stands before it from what stands after it.
    Break,
}

/// What was read of one session.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow<'a> {
    pub(crate) quotes: Vec<QuoteDraft<'a>>,
    pub(crate) body: Vec<Chunk<'a>>,
    pub(crate) conclusions: Vec<Vec<Clean<'a>>>,
    pub(crate) links: Vec<Clean<'a>>,
    pub(crate) posts: Vec<PostDraft<'a>>,
    pub(crate) captions: Vec<Vec<Clean<'a>>>,
}

/// A quote is at most this long, in lines and in characters.
const LONGEST_QUOTE_LINES: usize = 60;
const LONGEST_QUOTE: usize = 1_800;

/// Reads the credits of a session and labels them.
pub(crate) fn credits<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    people: &People,
    context: &Context<'a>,
) -> Vec<CreditDraft<'a>> {
    let lexicon = context.lexicon;
    let mut drafts: Vec<CreditDraft<'a>> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let piece = &pieces[at];
        // a kind of session alone over names is their label
        let kind = || {
            let alone = piece.cues.kind.is_some() && piece.cues.role.is_none() && piece.label == Some(L::SessionKind);
            alone.then_some((Role::Speakers, piece.text().len()))
        };
        let labelled = piece.cues.role.filter(|(role, _)| *role != Role::Authors && piece.label.is_none());
        let Some((role, rest)) = labelled.or_else(kind) else {
            at += 1;
            continue;
        };
        let text = piece.text();
        let alone = rest == text.len();
        let label = text[..rest].trim_end_matches([' ', ':', '|']);
        // `Moderated by …` may begin a sentence; `Moderation …` does not
        let small = label.split_whitespace().next_back().is_some_and(|word| lexicon.is_function_word(word));
        let lines = if small { 8 } else { 1 };
        let colon = text[label.len()..rest].contains([':', '|']);
        let flowing = at > range.start
            && !piece.gap
            && pieces[at - 1].label.is_none()
            && pieces[at - 1].cues.end == End::Open
            && pieces[at - 1].cues.chars > 30;
        let named = !alone
            && (colon || piece.cues.begin == Begin::Upper && !flowing)
            && !is_sentence(pieces, at, range.end, lines, lexicon)
            && (grammar::credit(&text[rest..], lexicon).is_some()
                || starts_with_known(&text[rest..], people)
                || starts_bold(&piece.clean, rest, lexicon)
                || !crate::takeaways::names(&piece.clean, rest..text.len(), context).is_empty());
        let follows = alone
            && piece.cues.begin != Begin::Lower
            && next_free(pieces, at + 1, range.end).is_some_and(|next| {
                let text = pieces[next].text();
                let text = &text[pieces[next].entry()..];
                grammar::credit(text, lexicon).is_some() || starts_with_known(text, people)
            });
        if !named && !follows {
            at += 1;
            continue;
        }
        let mut block = Block::new(role, piece.cues.chars);
        if named {
            block.push(&piece.clean.slice(rest..text.len()), true, people, context);
            pieces[at].label = Some(L::Credit);
        } else if pieces[at].label.is_none() {
            pieces[at].label = Some(L::CreditLabel);
        }
        let mut last = at;
        let mut next = at + 1;
        while let Some(here) = next_free(pieces, next, range.end) {
            let piece = &pieces[here];
            let unfinished = block.is_unfinished(piece.gap);
            if !unfinished
                && piece.cues.role.is_some_and(|(_, rest)| {
                    let rest = &piece.text()[rest..];
                    rest.is_empty() || grammar::name(rest, lexicon).is_some()
                })
                || piece.cues.opens.is_some()
                || piece.cues.link
                || piece.cues.section.is_some()
            {
                break;
            }
            let entry = piece.entry();
            let text = &piece.text()[entry..];
            let credit = piece.is_person(lexicon)
                || starts_with_known(text, people)
                || starts_bold(&piece.clean, entry, lexicon);
            let before = &pieces[last];
            let adjacent = !piece.gap && here == last + 1;
            let open = ends_open(before.text());
            let begins = credit && !unfinished && !(open && adjacent && !starts_with_known(text, people));
            let going_on = !begins
                && (unfinished
                    || adjacent && block.has_bare_name(lexicon) && is_office_line(piece, lexicon)
                    || here == last + 1 && grammar::is_name(before.text(), lexicon) && is_office_line(piece, lexicon)
                    || adjacent
                        && block.is_list
                        && before.cues.chars * 4 >= block.width * 3
                        && !begins_sentence(piece, lexicon)
                    || here == last + 1
                        && block.has_bare_name(lexicon)
                        && is_office_paragraph(before, piece, pieces.get(here + 1), lexicon)
                    || continues(before, piece, pieces.get(here + 1), adjacent, open, block.width));
            if !begins && !going_on || piece.cues.chars > 700 {
                break;
            }
            block.take(piece, begins, people, context);
            pieces[here].label = Some(L::Credit);
            last = here;
            next = here + 1;
        }
        drafts.extend(block.finish(role, context).into_iter().map(|(role, lines)| CreditDraft { role, lines }));
        at = last + 1;
    }
    drafts
}

/// Credits that no label stands over, or one that the lexicon does not know: lines right below the title, each with a
/// name and an office.
pub(crate) fn unlabelled<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    people: &People,
    context: &Context<'a>,
) -> Vec<CreditDraft<'a>> {
    let lexicon = context.lexicon;
    let is_credit = |piece: &Piece<'_>| {
        let text = &piece.text()[piece.entry()..];
        piece.cues.opens.is_none()
            && !piece.cues.link
            && piece.cues.chars <= 200
            && grammar::credit(text, lexicon).is_some_and(|credit| {
                let mut words = text[credit.credit].split(|c: char| c.is_whitespace() || c == ',');
                words.any(|word| lexicon.is_office(word) || lexicon.is_organisation(word))
            })
    };
    let Some(first) = next_free(pieces, range.start, range.end) else { return Vec::new() };
    // a label of other words
    let label = Some(first).filter(|&first| {
        let piece = &pieces[first];
        piece.cues.chars <= 40 && piece.cues.end != End::Stop && !is_credit(piece) && piece.cues.begin == Begin::Upper
    });
    let first = match label {
        Some(label) => next_free(pieces, label + 1, range.end),
        None => Some(first),
    };
    let Some(first) = first.filter(|&first| is_credit(&pieces[first])) else { return Vec::new() };
    let mut block = Block::new(Role::Speakers, 0);
    let mut last = first;
    let mut next = first;
    while let Some(here) = next_free(pieces, next, range.end) {
        let piece = &pieces[here];
        let adjacent = here == first || here == last + 1 && !piece.gap;
        let begins = is_credit(piece) && !block.is_unfinished(piece.gap);
        let open = ends_open(pieces[last].text());
        let going_on = here > first
            && (block.is_unfinished(piece.gap)
                || continues(&pieces[last], piece, pieces.get(here + 1), adjacent, open, block.width)
                    && !begins_sentence(piece, lexicon));
        if !begins && !going_on {
            break;
        }
        block.take(piece, begins, people, context);
        pieces[here].label = Some(L::Credit);
        last = here;
        next = here + 1;
    }
    if let Some(label) = label {
        pieces[label].label = Some(L::CreditLabel);
    }
    let drafts = block.finish(Role::Speakers, context);
    drafts.into_iter().map(|(role, lines)| CreditDraft { role, lines }).collect()
}

/// Whether a line begins with a word that no credit begins with.
fn begins_sentence(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    let first = piece.text().split(|c: char| c.is_whitespace() || c == ',').next();
    first.is_none_or(|first| first.starts_with(char::is_uppercase) && lexicon.is_function_word(first))
}

/// Whether a line under a name says what its bearer does: it has a word of an office or an organisation, and is neither a
/// name nor the beginning of a sentence.
fn is_office_line(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    /// Running text is longer, in characters.
    const LONGEST: usize = 110;
    let text = piece.text();
    let mut words =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '-')).filter(|word| !word.is_empty());
    let sentence = words.clone().next().is_none_or(|first| lexicon.is_function_word(first));
    piece.cues.chars <= LONGEST
        && !sentence
        && piece.cues.end != End::Stop
        && piece.cues.role.is_none()
        && words.any(|word| lexicon.is_office(word) || lexicon.is_organisation(word))
}

/// Whether a short paragraph under a name that is one as well says what its bearer does: the words do, or people or
/// running text come next. Or it is the last line of the name's paragraph.
fn is_office_paragraph(before: &Piece<'_>, piece: &Piece<'_>, next: Option<&Piece<'_>>, lexicon: &Lexicon) -> bool {
    /// Running text is longer, in characters.
    const LONGEST: usize = 110;
    const TEXT: usize = 160;
    let apart = piece.clean.marks.heading == 0 && if piece.gap { before.gap } else { next.is_none_or(|next| next.gap) };
    let short = piece.cues.chars <= LONGEST && piece.cues.end != End::Stop && piece.cues.begin == Begin::Upper;
    let plain = piece.cues.kind.is_none() && piece.cues.bullet.is_none() && piece.cues.role.is_none();
    apart
        && short
        && plain
        && (is_office_line(piece, lexicon)
            || !piece.gap
            || next.is_some_and(|next| {
                next.cues.chars > TEXT || next.cues.role.is_some() || grammar::is_name(next.text(), lexicon)
            }))
}

/// Whether a line that begins with a label is running text: `Moderated by Ana Silva, the session looked at …`.
fn is_sentence(pieces: &[Piece<'_>], at: usize, end: usize, lines: usize, lexicon: &Lexicon) -> bool {
    let mut chars = 0;
    for (index, piece) in pieces[at..end].iter().enumerate().take(lines) {
        if index > 0 && (piece.gap || piece.label.is_some() || piece.cues.role.is_some()) {
            break;
        }
        let text = piece.text();
        chars += piece.cues.chars;
        let inside = text.match_indices(". ").any(|(dot, _)| {
            let word = text[..dot].rsplit(' ').next().unwrap_or_default();
            let next = &text[dot + 2..];
            word.len() > 3
                && !lexicon.is_honorific(word)
                && next.starts_with(char::is_uppercase)
                && grammar::role_label(next, lexicon).is_err()
        });
        if inside
            || text.ends_with('.')
                && !text.ends_with(").")
                && chars > 120
                && text.rsplit(' ').next().is_some_and(|word| word.len() > 4)
        {
            return true;
        }
    }
    false
}

/// The lines under one label, credit by credit.
struct Block<'a> {
    role: Role,
    lines: Vec<(Role, Vec<Clean<'a>>)>,
    /// The lines as they stand.
    raw: Vec<Clean<'a>>,
    /// The longest line, in characters.
    width: usize,
    /// How many parentheses are open.
    depth: isize,
    /// Whether signs stand between the credits.
    is_list: bool,
}

impl<'a> Block<'a> {
    /// A block under a label; `width` is the label's, in characters.
    fn new(role: Role, width: usize) -> Self {
        /// A line is full at this width, whatever stands in the block, in characters.
        const NARROWEST: usize = 60;
        Self { role, lines: Vec::new(), raw: Vec::new(), width: width.max(NARROWEST), depth: 0, is_list: false }
    }

    /// Takes a line without the sign of its list.
    fn take(&mut self, piece: &Piece<'a>, begins: bool, people: &People, context: &Context<'a>) {
        self.width = self.width.max(piece.cues.chars);
        self.push(&piece.clean.slice(piece.entry()..piece.text().len()), begins, people, context);
    }

    /// Whether the last line stops inside parentheses, or behind them in mid-list: in the name that comes next, not in the
    /// office behind a note (`Bo Li (online), Director, Water Agency`), and not before a gap.
    fn is_unfinished(&self, gap: bool) -> bool {
        let Some(last) = self.raw.last() else { return false };
        let behind = last.text.rfind(')').map(|close| last.text[close + 1..].trim());
        self.depth == 1
            || self.depth == 0
                && !gap
                && behind.map(|rest| rest.trim_start_matches([',', ';', ' '])).is_some_and(|rest| {
                    rest.contains(char::is_alphabetic) && !rest.contains(',') && !rest.ends_with('.')
                })
    }

    /// Whether the last credit has no more than a name yet, or a name and offices on lines of their own.
    fn has_bare_name(&self, lexicon: &Lexicon) -> bool {
        self.lines
            .last()
            .and_then(|(_, lines)| lines.first())
            .is_some_and(|first| grammar::is_name(&first.text, lexicon))
    }

    /// The credits, role by role. Where each name has its office in parentheses behind it, these part them, wherever the
    /// lines break.
    fn finish(self, role: Role, context: &Context<'_>) -> Vec<(Role, Vec<Clean<'a>>)> {
        let lexicon = context.lexicon;
        parenthesised(&self.raw, role, lexicon).or_else(|| separated(&self.raw, role, lexicon)).unwrap_or(self.lines)
    }

    /// `**Ana Silva** Director **Bo Li** Head of Unit`: names in bold, each with its office behind it and no sign between.
    fn push_bold(&mut self, line: &Clean<'a>, lexicon: &Lexicon) -> bool {
        let names: Vec<Range<usize>> = bold_names(line, lexicon).cloned().collect();
        let bare = |name: &Range<usize>| line.text[name.end..].trim_start().starts_with(char::is_alphanumeric);
        if line.is_bold() || !names.iter().any(bare) {
            return false;
        }
        let ends = names.iter().skip(1).map(|name| name.start).chain([line.text.len()]);
        if let (Some(range), Some((_, last))) = (trim_entry(&line.text, 0..names[0].start), self.lines.last_mut()) {
            last.push(line.slice(range));
        }
        for (name, end) in names.iter().zip(ends) {
            let office = trim(&line.text, name.end..end, &[','], &[';', '·', '•', ',']);
            let parts = [trim_entry(&line.text, name.clone()), office].into_iter().flatten();
            self.lines.push((self.role, parts.map(|range| line.slice(range)).collect()));
        }
        true
    }

    /// Appends a line: a credit of its own, or the rest of the last. Known names and labels inside it begin further
    /// credits.
    fn push(&mut self, line: &Clean<'a>, begins: bool, people: &People, context: &Context<'a>) {
        self.raw.push(line.clone());
        self.is_list |= line.text.contains(SEPARATORS);
        self.depth += line.text.matches('(').count() as isize - line.text.matches(')').count() as isize;
        if self.push_bold(line, context.lexicon) {
            return;
        }
        let mut cuts = vec![(0, 0, None)];
        for found in people.find_all(&line.text) {
            let start = with_honorific(&line.text, found.range.start, context);
            let after = line.text[found.range.end..].trim_start();
            let before = line.text[..start].trim_end();
            let separated = after.is_empty() || after.starts_with([',', '|', '(', '–', ';']);
            if start > 0 && separated && !before.ends_with(',') && !before.is_empty() {
                cuts.push((start, start, None));
            }
        }
        for (start, role, name) in inline_labels(&line.text, context) {
            // the name after a label is cut by the label
            cuts.retain(|(cut, ..)| *cut == 0 || *cut < start || *cut > name);
            cuts.push((start, name, Some(role)));
        }
        // `Ana Silva, Director; Bo Li, Head`
        for (at, _) in line.text.match_indices("; ") {
            let rest = &line.text[at + 2..];
            if grammar::credit(rest, context.lexicon).is_some_and(|credit| !credit.credit.is_empty()) {
                cuts.retain(|(cut, ..)| *cut != at + 2);
                cuts.push((at + 2, at + 2, None));
            }
        }
        // `Ana Silva and Bo Li`
        let names = crate::takeaways::names(line, 0..line.text.len(), context);
        let joined = !line.text.contains(',')
            || names.iter().all(|name| people.of_name(&name.text).is_some())
            || names.last().is_some_and(|last| {
                let before = line.text.strip_suffix(last.text.as_ref()).unwrap_or_default().trim_end();
                context.lexicon.words.dates.until.iter().any(|and| before.ends_with(&format!(" {and}")))
            });
        if names.len() > 1 && joined {
            self.lines.extend(names.into_iter().map(|name| (self.role, vec![name])));
            return;
        }
        cuts.sort_unstable_by_key(|(start, ..)| *start);
        let ends: Vec<usize> = cuts.iter().skip(1).map(|(start, ..)| *start).chain([line.text.len()]).collect();
        for (index, (&(_, from, role), end)) in cuts.iter().zip(ends).enumerate() {
            self.role = role.unwrap_or(self.role);
            let Some(range) = trim_entry(&line.text, from..end) else { continue };
            let part = line.slice(range);
            match self.lines.last_mut() {
                Some((_, last)) if index == 0 && !begins => last.push(part),
                _ => self.lines.push((self.role, vec![part])),
            }
        }
    }
}

/// The name that fills the first line of a credit, as a range of `text`, which is the lines joined: the office stands on
/// the lines below it.
pub(crate) fn name_line(lines: &[Clean<'_>], text: &str, lexicon: &Lexicon) -> Option<Range<usize>> {
    let [first, second, ..] = lines else { return None };
    let name = grammar::name(&first.text, lexicon)?;
    // the rest of the name would end at a comma
    let rest = second
        .text
        .split(',')
        .next()
        .is_some_and(|rest| rest.len() < second.text.len() && !rest.contains(' ') && !lexicon.is_office(rest));
    let whole = name.name.end == first.text.trim_end().len() && text.starts_with(first.text.as_ref());
    (whole && !rest && Begin::of(&second.text) != Begin::Lower).then_some(name.name)
}

/// The names that are set in bold inside a line.
fn bold_names<'c>(line: &'c Clean<'_>, lexicon: &'c Lexicon) -> impl Iterator<Item = &'c Range<usize>> {
    line.marks
        .bold
        .iter()
        .filter(|bold| line.text.get((*bold).clone()).is_some_and(|text| grammar::is_name(text, lexicon)))
}

/// Whether a name in bold stands at `from`, with something in another type behind it.
fn starts_bold(line: &Clean<'_>, from: usize, lexicon: &Lexicon) -> bool {
    if line.marks.bold.is_empty() || line.is_bold() {
        return false;
    }
    let line = line.slice(from..line.text.len());
    bold_names(&line, lexicon).next().is_some_and(|bold| bold.start == 0 && bold.end < line.text.len())
}

/// `name "(" office ")" { ( "," | ";" | "and" | ". " label ) name "(" office ")" }` over the lines of a block: its credits.
/// `None` where it is anything else.
fn parenthesised<'a>(lines: &[Clean<'a>], role: Role, lexicon: &Lexicon) -> Option<Vec<(Role, Vec<Clean<'a>>)>> {
    let Joined { text, starts } = Joined::of(lines);
    let mut role = role;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('(').map(|open| at + open) {
        let mut depth = 0_usize;
        let close = text[open..].char_indices().find_map(|(close, c)| {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(open + close)
        })?;
        let mut lead = text[at..open].trim_start_matches([' ', ',', ';', '.', '·', '&']);
        for and in &lexicon.words.dates.until {
            lead = lead.strip_prefix(and.as_str()).filter(|rest| rest.starts_with(' ')).map_or(lead, str::trim_start);
        }
        if let Ok((rest, label)) = grammar::role_label(lead, lexicon) {
            (role, lead) = (label, rest);
        }
        grammar::name(lead, lexicon).filter(|name| name.name.end == lead.trim_end().len())?;
        found.push((role, open - lead.len()..close + 1));
        at = close + 1;
    }
    let rest = text[at..].trim_matches(['.', ' ', ',', ';']);
    if found.is_empty() || !rest.is_empty() {
        return None;
    }
    Some(found.into_iter().map(|(role, range)| (role, parts(lines, &starts, range))).collect())
}

/// `credit { ( ";" | "·" ) credit }` over the lines of a block: its credits. `None` where it is anything else.
fn separated<'a>(lines: &[Clean<'a>], role: Role, lexicon: &Lexicon) -> Option<Vec<(Role, Vec<Clean<'a>>)>> {
    let Joined { text, starts } = Joined::of(lines);
    let separator = SEPARATORS.into_iter().find(|&sign| text.contains(sign))?;
    let mut at = 0;
    let mut found = Vec::new();
    for entry in text.split(separator) {
        let range = trim(&text, at..at + entry.len(), &[], &['.', ';'])?;
        at += entry.len() + separator.len_utf8();
        let credit = grammar::credit(&text[range.clone()], lexicon)?;
        if credit.credit.is_empty() && credit.name.end < range.len() {
            return None;
        }
        found.push((role, parts(lines, &starts, range)));
    }
    (found.len() > 1).then_some(found)
}

/// Signs between the credits of a list.
const SEPARATORS: [char; 3] = ['·', '•', ';'];

/// The text of lines with a space between them, and where each starts in it.
struct Joined {
    text: String,
    starts: Vec<usize>,
}

impl Joined {
    fn of(lines: &[Clean<'_>]) -> Self {
        let mut joined = Self { text: String::new(), starts: Vec::with_capacity(lines.len()) };
        for line in lines {
            if !joined.text.is_empty() {
                joined.text.push(' ');
            }
            joined.starts.push(joined.text.len());
            joined.text.push_str(&line.text);
        }
        joined
    }
}

/// What lines have of a range of their joined text.
fn parts<'a>(lines: &[Clean<'a>], starts: &[usize], range: Range<usize>) -> Vec<Clean<'a>> {
    let pieces = lines.iter().zip(starts).filter_map(|(line, &start)| {
        let from = range.start.max(start);
        let to = range.end.min(start + line.text.len());
        (from < to).then(|| line.slice(from - start..to - start))
    });
    pieces.collect()
}

/// Labels inside a line of credits: where each starts, whom it names, and where the name after it starts.
fn inline_labels(text: &str, context: &Context<'_>) -> Vec<(usize, Role, usize)> {
    let mut labels = Vec::new();
    for (at, _) in text.match_indices(' ') {
        let here = &text[at + 1..];
        if !here.starts_with(char::is_uppercase) {
            continue;
        }
        let Ok((rest, role)) = grammar::role_label(here, context.lexicon) else { continue };
        let label = here[..here.len() - rest.len()].trim_end();
        let name = grammar::credit(rest, context.lexicon).is_some_and(|credit| !credit.credit.is_empty());
        if name && label.len() >= 8 && !text[..at].ends_with(',') {
            labels.push((at + 1, role, text.len() - rest.len()));
        }
    }
    labels
}

fn with_honorific(text: &str, start: usize, context: &Context<'_>) -> usize {
    let mut start = start;
    while let Some(word) = text[..start].split_whitespace().next_back() {
        if !context.lexicon.is_honorific(word) || !word.starts_with(char::is_uppercase) {
            break;
        }
        start = text[..start].trim_end().len() - word.len();
    }
    start
}

/// A range of a line of credits without the space and the semicolon around its text.
fn trim_entry(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    trim(text, range, &[], &[';', '·', '•'])
}

fn starts_with_known(text: &str, people: &People) -> bool {
    // honorifics may stand before the name
    people.find_all(text.get(..text.len().min(90)).unwrap_or_default()).first().is_some_and(|found| {
        found.range.start <= 16 && {
            let after = text[found.range.end..].trim_start();
            after.is_empty() || after.starts_with([',', '|', '(', '–', '—', ':', ';'])
        }
    })
}

/// Whether a credit goes on after this line: it ends with a comma or a small word.
pub(crate) fn ends_open(text: &str) -> bool {
    text.ends_with([',', '-', '\u{ad}'])
        || text
            .split_whitespace()
            .next_back()
            .is_some_and(|word| word.len() <= 4 && word.chars().all(char::is_lowercase))
}

/// Whether `piece` is the rest of the credit in `before`.
fn continues(
    before: &Piece<'_>,
    piece: &Piece<'_>,
    next: Option<&Piece<'_>>,
    adjacent: bool,
    open: bool,
    width: usize,
) -> bool {
    if piece.cues.chars > 200 || piece.cues.kind.is_some() {
        return false;
    }
    if open && (adjacent || piece.cues.chars < 120) {
        return true;
    }
    if !adjacent {
        return false;
    }
    if piece.cues.begin == Begin::Lower {
        return true;
    }
    // a full line, and a short rest of it; a paragraph goes on with a small letter
    let full = before.cues.chars * 4 >= width * 3;
    let goes_on = next.is_some_and(|next| !next.gap && next.cues.begin == Begin::Lower && next.label.is_none());
    full && piece.cues.chars * 4 < width * 3 && piece.cues.end != End::Stop && !goes_on
}

fn next_free(pieces: &[Piece<'_>], from: usize, end: usize) -> Option<usize> {
    (from..end).find(|&at| pieces[at].label != Some(L::Furniture)).filter(|&at| pieces[at].label.is_none())
}

/// Reads what follows the credits: quotes, running text, conclusions and the rest; and whether quotes stand in a column of
/// their own.
pub(crate) fn flow<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    people: &People,
    context: &Context<'a>,
) -> (Vec<Unit<'a>>, Flow<'a>, bool) {
    let mut reader = Reader {
        narrow: narrow_runs(pieces, range.clone()),
        pieces,
        end: range.end,
        people,
        context,
        units: Vec::new(),
        flow: Flow::default(),
        concluding: false,
    };
    let mut at = range.start;
    while at < range.end {
        at = reader.step(at);
    }
    let columns = !reader.narrow.is_empty();
    (reader.units, reader.flow, columns)
}

/// Runs of lines so much narrower than the text around them that they are a column of their own: pull quotes.
fn narrow_runs(pieces: &[Piece<'_>], range: Range<usize>) -> Vec<Range<usize>> {
    let mut widths: Vec<usize> =
        pieces[range.clone()].iter().filter(|piece| piece.label.is_none()).map(|piece| piece.cues.chars).collect();
    widths.sort_unstable();
    // most lines of running text are nearly full
    let full = widths.get(widths.len() * 3 / 4).copied().unwrap_or_default();
    if !(55..=130).contains(&full) {
        return Vec::new();
    }
    let limit = full * 2 / 5;
    let is_narrow = |at: usize| {
        let piece = &pieces[at];
        piece.label.is_none()
            && (2..=limit).contains(&piece.cues.chars)
            && piece.cues.bullet.is_none()
            && piece.cues.role.is_none()
            && !piece.cues.link
            && !furniture::is_page_number(piece.text())
    };
    let mut runs = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if !is_narrow(at) {
            at += 1;
            continue;
        }
        let mut start = at;
        while at < range.end && is_narrow(at) {
            at += 1;
        }
        // the last line of a paragraph is short as well
        let (first, second) = (&pieces[start], pieces.get(start + 1));
        let rest = first.cues.begin == Begin::Lower
            || first.cues.end == End::Stop && second.is_some_and(|second| second.cues.begin == Begin::Upper);
        let ends_paragraph = start > range.start
            && !first.gap
            && rest
            && pieces[start - 1].cues.chars > limit
            && pieces[start - 1].cues.end != End::Stop
            && pieces[start - 1].label.is_none();
        if ends_paragraph {
            start += 1;
        }
        if at - start >= 3 {
            runs.push(start..at);
        }
    }
    runs
}

struct Reader<'p, 'a> {
    pieces: &'p mut [Piece<'a>],
    end: usize,
    people: &'p People,
    context: &'p Context<'a>,
    units: Vec<Unit<'a>>,
    flow: Flow<'a>,
    /// Under the heading of the conclusions.
    concluding: bool,
    narrow: Vec<Range<usize>>,
}

impl<'a> Reader<'_, 'a> {
    /// Reads what stands at `at`; returns where the next thing stands.
    fn step(&mut self, at: usize) -> usize {
        let piece = &self.pieces[at];
        if piece.label.is_some() {
            if !matches!(piece.label, Some(L::Furniture | L::Cover)) {
                self.units.push(Unit::Break);
            }
            return at + 1;
        }
        let text = piece.text();
        if piece.cues.link {
            self.flow.links.push(self.link_text(at));
            self.pieces[at].label = Some(L::Link);
            return at + 1;
        }
        if furniture::is_page_number(text) || piece.cues.chars <= 2 && !text.chars().all(char::is_alphanumeric) {
            self.pieces[at].label = Some(L::Furniture);
            return at + 1;
        }
        if let Some(next) = self.post(at) {
            return next;
        }
        let piece = &self.pieces[at];
        let listed = || self.pieces.get(at + 1).is_some_and(|next| next.cues.bullet.is_some());
        if piece.cues.section == Some(Section::Conclusions)
            && (piece.gap || piece.is_marked() || piece.cues.capitals || listed())
        {
            self.concluding = true;
            self.pieces[at].label = Some(L::Heading);
            self.units.push(Unit::Break);
            return at + 1;
        }
        if let Some(run) = self.narrow.iter().find(|run| run.start == at).cloned()
            && let Some(next) = self.narrow_quote(run)
        {
            return next;
        }
        if let Some(next) = self.quote(at) {
            return next;
        }
        if let Some((by, next)) = self.by(at, false) {
            self.units.push(Unit::By(by));
            return next;
        }
        if self.concluding
            && let Some(next) = self.conclusion(at)
        {
            return next;
        }
        if let Some(next) = self.caption(at) {
            return next;
        }
        let piece = &self.pieces[at];
        if self.is_heading(at) {
            self.pieces[at].label = Some(L::Heading);
            return at + 1;
        }
        let apart = piece.gap
            || at == 0
            || self.pieces[at - 1].label.is_some_and(|label| label != L::Body)
            || self.begins_paragraph(at);
        let (clean, page) = (piece.clean.clone(), piece.page);
        match self.units.last_mut() {
            Some(Unit::Body(chunk)) if !apart => chunk.pieces.push(clean),
            _ => self.units.push(Unit::Body(Chunk { pieces: vec![clean], apart, page })),
        }
        self.pieces[at].label = Some(L::Body);
        at + 1
    }

    fn link_text(&self, at: usize) -> Clean<'a> {
        let clean = &self.pieces[at].clean;
        let lead =
            grammar::arrow(&clean.text, self.context.lexicon).map_or(0, |(rest, _)| clean.text.len() - rest.len());
        clean.slice(lead..clean.text.len())
    }

    /// A heading inside a session: set as one by the extractor, or in capitals, and short.
    fn is_heading(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let marked = piece.is_marked() || piece.cues.capitals && piece.gap && piece.cues.chars > 5;
        let shape = piece.cues.chars <= 140 && piece.cues.begin != Begin::Lower && !piece.text().ends_with(['.', ',']);
        let before_open = self.open_body();
        marked && shape && !(before_open && piece.clean.marks.heading == 0 && !piece.cues.capitals)
    }

    /// Whether the running text so far stops in mid-sentence.
    fn open_body(&self) -> bool {
        self.units
            .iter()
            .rev()
            .find_map(|unit| match unit {
                Unit::Body(chunk) => Some(chunk.pieces.last().is_some_and(|piece| End::of(&piece.text) != End::Stop)),
                _ => None,
            })
            .unwrap_or(false)
    }

    /// A paragraph begins with no gap before it where the line before ended one: a sentence ends there, and the next
    /// word would still have fitted; or the line is indented.
    fn begins_paragraph(&self, at: usize) -> bool {
        let (before, piece) = (&self.pieces[at - 1], &self.pieces[at]);
        if before.cues.end != End::Stop || piece.cues.begin == Begin::Lower {
            return false;
        }
        if piece.clean.marks.indent > before.clean.marks.indent + 1 {
            return true;
        }
        let from = (0..at).rev().find(|&from| self.pieces[from].gap).unwrap_or(0);
        let to = (at + 1..self.end).find(|&to| self.pieces[to].gap).unwrap_or(self.end);
        let width =
            self.pieces[from.max(at.saturating_sub(30))..to.min(at + 30)].iter().map(|piece| piece.cues.chars).max();
        let word = piece.text().split_whitespace().next().map_or(0, |word| word.chars().count());
        before.cues.chars + 1 + word + 2 < width.unwrap_or_default()
    }

    /// `@name`, a date, and the text of the post.
    fn post(&mut self, at: usize) -> Option<usize> {
        let text = self.pieces[at].text();
        let (rest, _) = grammar::handle(text.trim_start_matches(|c: char| c != '@' && !c.is_alphanumeric())).ok()?;
        let handle_end = text.len() - rest.len();
        let handle_start = text.find('@')?;
        let mut next = at + 1;
        let mut date = None;
        if rest.trim().is_empty() {
            let here = next_free(self.pieces, next, self.end)?;
            if let Some(days) = self.pieces[here].cues.days {
                date = Some((days.first, self.pieces[here].clean.clone()));
                next = here + 1;
            }
        } else if let Ok((after, days)) =
            grammar::days(rest.trim_start_matches([' ', '·', '|', ',', '-']), self.context.lexicon)
        {
            if !after.trim().is_empty() {
                return None;
            }
            date = Some((days.first, self.pieces[at].clean.slice(handle_end..text.len())));
        }
        // a handle in running text has no date behind it
        date.as_ref()?;
        let handle = self.pieces[at].clean.slice(handle_start..handle_end);
        for here in at..next {
            if self.pieces[here].label.is_none() {
                self.pieces[here].label = Some(L::Social);
            }
        }
        let mut lines = Vec::new();
        let mut here = next_free(self.pieces, next, self.end).unwrap_or(self.end);
        let is_handle = |at: usize| grammar::handle(self.pieces[at].text()).is_ok_and(|(rest, _)| rest.is_empty());
        while here < self.end
            && self.pieces[here].label.is_none()
            && (lines.is_empty() || !self.pieces[here].gap && !is_handle(here))
        {
            lines.push(self.pieces[here].clean.clone());
            here += 1;
        }
        for piece in self.pieces[next..here].iter_mut().filter(|piece| piece.label.is_none()) {
            piece.label = Some(L::Social);
        }
        self.flow.posts.push(PostDraft { handle, date, text: lines });
        Some(here)
    }

    /// A bullet of the conclusions, over breaks.
    fn conclusion(&mut self, at: usize) -> Option<usize> {
        let piece = &self.pieces[at];
        let entry = piece.cues.bullet.as_ref().map(|(_, at)| *at).or(piece.cues.number.map(|(_, at)| at));
        let clean = piece.clean.slice(entry.unwrap_or(0)..piece.text().len());
        let open = self
            .flow
            .conclusions
            .last()
            .and_then(|last| last.last())
            .is_some_and(|last| End::of(&last.text) != End::Stop);
        // a quote set between two parts of a bullet: a name follows it
        let quoted = piece.gap
            && piece.cues.begin == Begin::Upper
            && next_free(self.pieces, at + 1, self.end)
                .is_some_and(|next| self.people.whole(self.pieces[next].text(), self.context.lexicon).is_some());
        if entry.is_none() && quoted {
            return None;
        }
        match entry {
            Some(_) => self.flow.conclusions.push(vec![clean]),
            None if open || !piece.gap => self.flow.conclusions.last_mut()?.push(clean),
            None => return None,
        }
        self.pieces[at].label = Some(L::Conclusion);
        Some(at + 1)
    }

    /// An entry of a list that is no sentence: what photographs show.
    fn caption(&mut self, at: usize) -> Option<usize> {
        let piece = &self.pieces[at];
        if piece.cues.days.is_some() || piece.cues.times.is_some() {
            return None;
        }
        let start = match (&piece.cues.bullet, piece.cues.number) {
            (Some((bullet, start)), _) => {
                if matches!(bullet, Bullet::Glyph(c) if self.context.lexicon.words.glyphs.arrows.contains(*c)) {
                    return None;
                }
                *start
            }
            (None, Some((_, start))) if piece.cues.chars > 12 => start,
            // a part's symbol in place of the number
            (None, None)
                if piece.text().starts_with(|c| self.context.lexicon.words.glyphs.symbols.contains(c))
                    && piece.cues.chars > 12 =>
            {
                piece.text().find(char::is_alphanumeric)?
            }
            _ => return self.caption_apart(at),
        };
        let mut end = at + 1;
        while end < self.end
            && self.pieces[end].label.is_none()
            && !self.pieces[end].gap
            && self.pieces[end].cues.bullet.is_none()
            && self.pieces[end].cues.number.is_none()
        {
            end += 1;
        }
        let last = &self.pieces[end - 1];
        // a name behind a dash says whose the words before it are
        let named = grammar::is_name(&self.pieces[at].text()[start..], self.context.lexicon);
        if last.text().ends_with('.') || self.pieces[at].cues.chars > 500 || named {
            return None;
        }
        // the number before it, misread as a sign
        let symbols = &self.context.lexicon.words.glyphs.symbols;
        let text = &self.pieces[at].text()[start..];
        let start = start + text.len() - text.trim_start_matches(|c: char| symbols.contains(c) || c == ' ').len();
        let mut lines = vec![self.pieces[at].clean.slice(start..self.pieces[at].text().len())];
        lines.extend(self.pieces[at + 1..end].iter().map(|piece| piece.clean.clone()));
        for piece in &mut self.pieces[at..end] {
            piece.label = Some(L::Caption);
        }
        self.flow.captions.push(lines);
        self.units.push(Unit::Break);
        Some(end)
    }

    /// What a photograph shows, without a sign before it: a line or two that stand apart and end no sentence. It breaks a
    /// sentence that goes on after it, a picture stands right before it, or it speaks of somebody known.
    fn caption_apart(&mut self, at: usize) -> Option<usize> {
        /// A caption is neither shorter nor longer, in words and characters.
        const WORDS: usize = 5;
        const LONGEST: usize = 200;
        let piece = &self.pieces[at];
        let apart = piece.gap || at > 0 && self.pieces[at - 1].label.is_some_and(|label| label != L::Body);
        let wraps = self
            .pieces
            .get(at + 1)
            .is_some_and(|next| at + 1 < self.end && !next.gap && next.label.is_none() && next.cues.end == End::Open);
        let end = at + 1 + usize::from(wraps);
        let after = self.pieces.get(end).filter(|_| end < self.end);
        let chars: usize = self.pieces[at..end].iter().map(|piece| piece.cues.chars).sum();
        let credit = piece
            .cues
            .name
            .as_ref()
            .filter(|name| name.start == 0)
            .is_some_and(|name| piece.text()[name.end..].trim_start().starts_with([',', '|', '(', ':', '–', '—']));
        let form = piece.cues.begin == Begin::Upper
            && !credit
            && piece.cues.kind.is_none()
            && !piece.text().contains(['“', '”', '„', '«', '»'])
            && self.pieces[end - 1].cues.end == End::Open
            && !piece.text().ends_with([',', ';'])
            && !self.pieces[at..end].iter().any(Piece::is_marked)
            && piece.cues.role.or(self.pieces[end - 1].cues.role).is_none()
            && !piece.cues.capitals
            && piece.text().split_whitespace().count() >= WORDS
            && chars <= LONGEST;
        let after_gap = after.is_none_or(|after| after.gap || after.label.is_some());
        if !form || !apart || !after_gap {
            return None;
        }
        let goes_on = after.is_some_and(|after| after.cues.begin == Begin::Lower);
        let pictured = at > 0 && self.pieces[at - 1].clean.is_empty();
        let breaks = self.open_body() && goes_on;
        let speaks = || {
            let found = self.people.find_all(piece.text());
            let name = |range: &Range<usize>| !piece.text()[range.end..].trim_start().starts_with([',', '|', '(', ':']);
            !goes_on && !self.open_body() && found.iter().any(|found| name(&found.range))
        };
        if !(pictured || breaks || speaks()) {
            return None;
        }
        let lines = self.pieces[at..end].iter().map(|piece| piece.clean.clone()).collect();
        for piece in &mut self.pieces[at..end] {
            piece.label = Some(L::Caption);
        }
        self.flow.captions.push(lines);
        self.units.push(Unit::Break);
        Some(end)
    }

    /// A column of narrow lines: quotes, each up to its name. A name in mid-sentence was set over the quote by the
    /// extractor and parts nothing.
    fn narrow_quote(&mut self, run: Range<usize>) -> Option<usize> {
        if self.pieces[run.clone()].iter().any(|piece| piece.cues.opens.is_some()) {
            return None;
        }
        let mut lines: Vec<Clean<'a>> = Vec::new();
        let mut at = run.start;
        let mut end = run.end;
        while at < run.end {
            let before = lines.last().map(|line: &Clean<'a>| End::of(&line.text));
            if let Some((by, next)) = self.by(at, true) {
                let inside = before.is_some_and(|end| end != End::Stop)
                    && self.pieces.get(next).is_some_and(|piece| next < run.end && piece.cues.begin == Begin::Lower);
                end = end.max(next);
                at = next;
                if !inside {
                    self.push_quote(&mut lines);
                }
                self.units.push(Unit::By(by));
                continue;
            }
            let piece = &self.pieces[at];
            if piece.gap && before == Some(End::Stop) && piece.cues.begin == Begin::Upper {
                self.push_quote(&mut lines);
            }
            lines.push(self.pieces[at].clean.clone());
            self.pieces[at].label = Some(L::Quote);
            at += 1;
        }
        self.push_quote(&mut lines);
        Some(end)
    }

    fn push_quote(&mut self, lines: &mut Vec<Clean<'a>>) {
        if !lines.is_empty() {
            let text = std::mem::take(lines);
            self.units.push(Unit::Quote(QuoteDraft { text, by: None, by_office: None }));
        }
    }

    /// A quote in quotation marks: it begins a paragraph, and the mark that closes it ends one.
    fn quote(&mut self, at: usize) -> Option<usize> {
        let lexicon = self.context.lexicon;
        let piece = &self.pieces[at];
        let entry = match (&piece.cues.bullet, &piece.cues.opens) {
            (_, Some(_)) => 0,
            (Some((Bullet::Glyph(_), entry)), None) => *entry,
            _ => return None,
        };
        let (mark, closing) = grammar::opening_quote(&piece.text()[entry..], lexicon)?;
        if !(piece.gap || at == 0 || entry > 0) {
            let before = &self.pieces[at - 1];
            let body = before.label == Some(L::Body);
            if body && before.cues.end != End::Stop && !self.attributed_soon(at) {
                return None;
            }
        }
        let mut depth = 1;
        let mut chars = 0;
        let mut lines = Vec::new();
        let mut here = at;
        loop {
            let piece = &self.pieces[here];
            if piece.label == Some(L::Furniture) {
                here += 1;
                if here >= self.end {
                    return self.unclosed(at, entry + mark.len_utf8());
                }
                continue;
            }
            if piece.label.is_some() || piece.cues.link || here - at > LONGEST_QUOTE_LINES || chars > LONGEST_QUOTE {
                return self.unclosed(at, entry + mark.len_utf8());
            }
            if here > at
                && piece.gap
                && (piece.cues.opens.is_some() || self.people.whole(piece.text(), lexicon).is_some())
            {
                return self.unclosed(at, entry + mark.len_utf8());
            }
            let start = if here == at {
                entry
            } else {
                piece.cues.bullet.as_ref().filter(|_| entry > 0).map_or(0, |(_, start)| *start)
            };
            // behind the mark that opens
            let start = if here == at { start + mark.len_utf8() } else { start };
            match closes(&piece.text()[start..], mark, &closing, &mut depth) {
                Some(close) => {
                    let rest_from = start + close.end;
                    let rest = piece.text()[rest_from..].trim_matches([' ', '.', ',', '*', '_', '!']);
                    if rest.is_empty() {
                        lines.push((here, start..start + close.start));
                        return Some(self.closed(&lines, None));
                    }
                    // the name on the same line
                    let by = self.by_in(here, rest_from..piece.text().len());
                    let by = by?;
                    lines.push((here, start..start + close.start));
                    return Some(self.closed(&lines, Some(by)));
                }
                None => {
                    lines.push((here, start..piece.text().len()));
                    chars += piece.cues.chars;
                }
            }
            here += 1;
            if here >= self.end {
                return self.unclosed(at, entry + mark.len_utf8());
            }
        }
    }

    fn closed(&mut self, lines: &[(usize, Range<usize>)], by: Option<By<'a>>) -> usize {
        let text = lines.iter().map(|(at, range)| self.pieces[*at].clean.slice(range.clone())).collect();
        let last = lines.last().map_or(0, |(at, _)| *at);
        for (at, _) in lines {
            self.pieces[*at].label = Some(L::Quote);
        }
        let mut next = last + 1;
        let mut by_office = None;
        let mut by = by;
        if let Some(found) = &mut by {
            self.pieces[last].also.push(L::QuoteBy);
            if let Some(person) = found.person {
                let printed: String = found.credit.iter().map(|part| part.text.as_ref()).collect::<Vec<_>>().join(" ");
                let (more, after) = self.offices(next, Some(person), &printed);
                found.credit.extend(more);
                next = after;
            }
        } else if let Some(here) = next_free(self.pieces, next, self.end) {
            if let Some((found, after)) = self.by(here, true) {
                by = Some(found);
                next = after;
            } else if let Some((person, after)) = self.office_alone(here) {
                by_office = Some(person);
                next = after;
            }
        }
        self.units.push(Unit::Quote(QuoteDraft { text, by, by_office }));
        next
    }

    /// A quote whose closing mark was lost: it goes as far as the gap after it, if a name follows there.
    fn unclosed(&mut self, at: usize, from: usize) -> Option<usize> {
        let mut end = at + 1;
        while end < self.end
            && self.pieces[end].label.is_none()
            && !self.pieces[end].gap
            && self.people.whole(self.pieces[end].text(), self.context.lexicon).is_none()
        {
            end += 1;
        }
        let chars: usize = self.pieces[at..end].iter().map(|piece| piece.cues.chars).sum();
        let named = next_free(self.pieces, end, self.end)
            .is_some_and(|next| self.people.whole(self.pieces[next].text(), self.context.lexicon).is_some());
        if !named || chars > LONGEST_QUOTE {
            return None;
        }
        let mut text = vec![self.pieces[at].clean.slice(from..self.pieces[at].text().len())];
        text.extend(self.pieces[at + 1..end].iter().map(|piece| piece.clean.clone()));
        for piece in &mut self.pieces[at..end] {
            piece.label = Some(L::Quote);
        }
        let mut draft = QuoteDraft { text, by: None, by_office: None };
        let mut next = end;
        if let Some(here) = next_free(self.pieces, end, self.end)
            && let Some((by, after)) = self.by(here, true)
        {
            draft.by = Some(by);
            next = after;
        }
        self.units.push(Unit::Quote(draft));
        Some(next)
    }

    /// Whether a name stands alone on a line soon after `at`.
    fn attributed_soon(&self, at: usize) -> bool {
        self.pieces[at..self.end.min(at + 25)]
            .iter()
            .any(|piece| self.people.whole(piece.text(), self.context.lexicon).is_some())
    }

    /// Who said a quote, at `at`: a known name alone on its line or before its office, and the office after it. Right
    /// behind a quote (`expected`) an unknown name counts too.
    fn by(&mut self, at: usize, expected: bool) -> Option<(By<'a>, usize)> {
        let lexicon = self.context.lexicon;
        let piece = &self.pieces[at];
        if piece.cues.bullet.is_some() && !expected || piece.cues.role.is_some() {
            return None;
        }
        let text = piece.text();
        if let Some(found) = self.people.whole(text, lexicon) {
            if !expected && self.is_inside_paragraph(at) {
                return None;
            }
            let name = piece.clean.slice(found.range.clone());
            self.pieces[at].label = Some(L::QuoteBy);
            let (credit, next) = self.offices(at + 1, Some(found.person), "");
            return Some((By { person: Some(found.person), name, credit, gap: self.pieces[at].gap }, next));
        }
        if text.len() > 400 && !expected {
            return None;
        }
        // name and office on one line
        if let Some(found) = self.people.find_all(text.get(..text.len().min(90)).unwrap_or(text)).first().cloned() {
            let lead = text[..found.range.start].trim_matches(|c: char| !c.is_alphabetic());
            if lead.is_empty() || lexicon.is_honorific(lead) {
                let start =
                    text.len() - text[found.range.end..].trim_start_matches([' ', ',', '|', '–', '—', ':', '(']).len();
                let rest = &text[start..];
                if let Some(covered) = self.people.credit_prefix(found.person, "", rest)
                    && covered >= rest.len().min(12)
                {
                    return Some(self.named_line(at, &found, start, start + covered));
                }
                let separated = text[found.range.end..].trim_start().starts_with([',', '|', '–', '—', '(', ':']);
                if expected && separated && rest.len() < 250 && !rest.trim_end().ends_with('.') {
                    return Some(self.named_line(at, &found, start, text.len()));
                }
                if expected
                    && piece.clean.marks.bold.first().is_some_and(|bold| bold.end.abs_diff(found.range.end) <= 1)
                    && rest.len() < 250
                {
                    return Some(self.named_line(at, &found, start, text.len()));
                }
            }
        }
        if !expected || text.len() > 200 {
            return None;
        }
        let body = text.trim_start_matches(|c: char| !c.is_alphabetic());
        let lead = text.len() - body.len();
        let credit = grammar::credit(body, lexicon)?;
        let alone = credit.credit.is_empty();
        if text.trim_end().ends_with('.') || !alone && credit.credit.len() > 160 {
            return None;
        }
        let name = piece.clean.slice(lead + credit.name.start..lead + credit.name.end);
        let printed = trim_entry(text, lead + credit.credit.start..lead + credit.credit.end);
        let mut parts: Vec<Clean<'a>> = printed.into_iter().map(|range| piece.clean.slice(range)).collect();
        self.pieces[at].label = Some(L::QuoteBy);
        let mut next = at + 1;
        if alone {
            let (more, after) = self.offices(next, None, "");
            parts = more;
            next = after;
        }
        Some((By { person: None, name, credit: parts, gap: self.pieces[at].gap }, next))
    }

    fn named_line(&mut self, at: usize, found: &crate::people::Found, start: usize, end: usize) -> (By<'a>, usize) {
        let piece = &self.pieces[at];
        let name = piece.clean.slice(found.range.clone());
        let text_len = piece.text().len();
        let mut credit: Vec<Clean<'a>> =
            trim_entry(piece.text(), start..end).into_iter().map(|range| piece.clean.slice(range)).collect();
        let rest = trim_entry(piece.text(), end..text_len).filter(|_| end < text_len);
        self.pieces[at].label = Some(L::QuoteBy);
        if let Some(rest) = rest {
            self.body_after(at, rest);
            return (By { person: Some(found.person), name, credit, gap: self.pieces[at].gap }, at + 1);
        }
        let printed = credit.iter().map(|part| part.text.as_ref()).collect::<Vec<_>>().join(" ");
        let (more, next) = self.offices(at + 1, Some(found.person), &printed);
        credit.extend(more);
        (By { person: Some(found.person), name, credit, gap: self.pieces[at].gap }, next)
    }

    /// The rest of a line that an office was run into: running text.
    fn body_after(&mut self, at: usize, rest: Range<usize>) {
        let clean = self.pieces[at].clean.slice(rest);
        self.pieces[at].also.push(L::Body);
        self.units.push(Unit::Body(Chunk { pieces: vec![clean], apart: true, page: self.pieces[at].page }));
    }

    /// A name behind the closing mark of a quote on the same line.
    fn by_in(&self, at: usize, range: Range<usize>) -> Option<By<'a>> {
        let clean = &self.pieces[at].clean;
        let text = &clean.text[range.clone()];
        let body = text.trim_start_matches(|c: char| !c.is_alphabetic());
        let start = range.start + text.len() - body.len();
        let credit = match self.people.find_all(body.get(..body.len().min(90)).unwrap_or(body)).first() {
            Some(found)
                if body[..found.range.start].trim().is_empty()
                    || self.context.lexicon.is_honorific(body[..found.range.start].trim()) =>
            {
                grammar::credit_of(body, found.range.clone(), self.context.lexicon)
            }
            _ => grammar::credit(body, self.context.lexicon)?,
        };
        if body.len() > 220 || body.trim_end().ends_with('.') && credit.credit.is_empty() {
            return None;
        }
        let name = clean.slice(start + credit.name.start..start + credit.name.end);
        let person = self.people.of_name(&name.text).or_else(|| self.people.near(&name.text));
        let printed = trim_entry(&clean.text, start + credit.credit.start..start + credit.credit.end)
            .filter(|range| clean.text[range.clone()].contains(char::is_alphanumeric));
        Some(By { person, name, credit: printed.into_iter().map(|range| clean.slice(range)).collect(), gap: false })
    }

    /// The lines of an office from `at` on. `before` is what of it was read already.
    fn offices(&mut self, at: usize, person: Option<usize>, before: &str) -> (Vec<Clean<'a>>, usize) {
        let lexicon = self.context.lexicon;
        let mut printed = before.to_owned();
        let mut credit = Vec::new();
        let mut next = at;
        let mut here = at;
        let open_body = self.open_body();
        for _ in 0..6 {
            let Some(found) = next_free(self.pieces, here, self.end) else { break };
            // a page may part name and office, but not more
            if found > here + 3 {
                break;
            }
            let piece = &self.pieces[found];
            let text = piece.text();
            if piece.cues.opens.is_some()
                || piece.cues.link
                || piece.cues.role.is_some()
                || piece.cues.bullet.is_some()
                || self.people.whole(text, lexicon).is_some()
            {
                break;
            }
            if let Some(covered) = person.and_then(|person| self.people.credit_prefix(person, &printed, text)) {
                let whole = covered >= text.len();
                if whole || covered >= 6 {
                    credit.push(piece.clean.slice(0..covered));
                    printed.push(' ');
                    printed.push_str(&text[..covered]);
                    let rest = trim_entry(text, covered..text.len());
                    self.pieces[found].label = Some(L::QuoteBy);
                    next = found + 1;
                    here = next;
                    if let Some(rest) = rest.filter(|_| !whole) {
                        let body = text_begins(&self.pieces[found].text()[rest.clone()]);
                        if body {
                            self.body_after(found, rest);
                        } else {
                            // the credit is printed longer here
                            let more = self.pieces[found].clean.slice(rest);
                            credit.push(more);
                        }
                        break;
                    }
                    continue;
                }
            }
            if !self.is_office_line(found, found == here && !piece.gap, credit.is_empty(), open_body) {
                break;
            }
            credit.push(piece.clean.clone());
            printed.push(' ');
            printed.push_str(text);
            self.pieces[found].label = Some(L::QuoteBy);
            next = found + 1;
            here = next;
        }
        (credit, next)
    }

    /// Whether a line after a name is (part of) an office, though no known credit says so.
    fn is_office_line(&self, at: usize, adjacent: bool, first: bool, open_body: bool) -> bool {
        let lexicon = self.context.lexicon;
        let piece = &self.pieces[at];
        let text = piece.text();
        let next = self.pieces.get(at + 1).filter(|next| at + 1 < self.end && !next.gap);
        let runs_on = next.is_some_and(|next| {
            next.cues.begin == Begin::Lower && piece.cues.end != End::Stop && piece.cues.chars > 50
        });
        if piece.cues.chars > 200
            || piece.cues.end == End::Stop && !text.ends_with("U.S.")
            || piece.cues.times.is_some()
        {
            return false;
        }
        if piece.cues.begin == Begin::Lower {
            // the second line of an office may begin with a small word
            return adjacent && !first && !open_body && piece.cues.chars < 60;
        }
        let words: Vec<&str> =
            text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
        let titled = words.iter().take(4).any(|word| lexicon.is_office(word) || lexicon.is_organisation(word));
        let abbreviation = words.len() == 1 && piece.cues.capitals;
        let state = grammar::country_code(text, lexicon).is_some();
        let function =
            words.first().is_some_and(|word| lexicon.is_function_word(word) && !word.eq_ignore_ascii_case("for"));
        if function && !state || piece.cues.section.is_some() || piece.cues.kind.is_some() {
            return false;
        }
        if adjacent {
            // lines of a name's block; running text would go on
            !runs_on && (titled || abbreviation || state || !first && piece.cues.chars < 60)
        } else {
            // only an office may stand apart from its name
            first && titled && lexicon.is_office(words[0]) && !runs_on
        }
    }

    /// An office without a name, right behind a quote: that of exactly one person.
    fn office_alone(&mut self, at: usize) -> Option<((usize, Clean<'a>), usize)> {
        let text = self.pieces[at].text();
        if text.len() > 250 || fold(text).len() < 8 {
            return None;
        }
        let mut bearers =
            self.people.all().filter(|&person| self.people.credit_prefix(person, "", text) == Some(text.len()));
        let person = bearers.next()?;
        if bearers.next().is_some() {
            return None;
        }
        self.pieces[at].label = Some(L::QuoteBy);
        Some(((person, self.pieces[at].clean.clone()), at + 1))
    }

    /// Whether the line before flows into this one and this one into the next: no name of its own, though it is one.
    fn is_inside_paragraph(&self, at: usize) -> bool {
        if self.pieces[at].gap || at == 0 {
            return false;
        }
        let before = &self.pieces[at - 1];
        let next = self.pieces.get(at + 1).filter(|next| !next.gap);
        before.label == Some(L::Body)
            && before.cues.end == End::Open
            && next.is_some_and(|next| next.cues.begin == Begin::Lower)
    }
}

/// Running text begins: several words, and no credit goes on so.
fn text_begins(text: &str) -> bool {
    text.split_whitespace().count() >= 4
}

/// Where the quotation that is open `depth` times closes in `text`: the range of the closing mark.
fn closes(text: &str, mark: char, closing: &str, depth: &mut i32) -> Option<Range<usize>> {
    let straight = closing.contains(mark);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let after = text[end..].chars().next();
        let is_opening = c == mark
            && (!straight || before.is_whitespace() || matches!(before, '(' | '—' | '–' | '['))
            && (!straight || after.is_some_and(|c| !c.is_whitespace()));
        // an apostrophe closes nothing
        let apostrophe = matches!(c, '’' | '\'') && after.is_some_and(char::is_alphanumeric);
        if is_opening {
            *depth += 1;
        } else if closing.contains(c) && !apostrophe {
            *depth -= 1;
            if *depth <= 0 {
                return Some(at..end);
            }
        }
        before = c;
    }
    None
}

/// Where most names follow their quote without a gap, one behind a gap may belong to another quote: it is set free if
/// others are.
fn detach_distant<'a>(units: &mut Vec<Unit<'a>>) {
    let attached = |gap: bool| move |unit: &&Unit<'a>| matches!(unit, Unit::Quote(QuoteDraft { by: Some(by), .. }) if by.gap == gap);
    let close = units.iter().filter(attached(false)).count();
    let distant = units.iter().filter(attached(true)).count();
    let loose = units.iter().any(|unit| match unit {
        Unit::Quote(quote) => quote.by.is_none() && quote.by_office.is_none(),
        Unit::By(_) => true,
        _ => false,
    });
    if close == 0 || close < distant || !loose {
        return;
    }
    let mut out = Vec::with_capacity(units.len() + distant);
    for unit in units.drain(..) {
        match unit {
            Unit::Quote(mut quote) if quote.by.as_ref().is_some_and(|by| by.gap) => {
                let by = quote.by.take();
                out.push(Unit::Quote(quote));
                out.extend(by.map(Unit::By));
            }
            unit => out.push(unit),
        }
    }
    *units = out;
}

/// Whether names are set before their quotes: more of them have a quote behind them only than before them only.
fn names_come_first(units: &[Unit<'_>]) -> bool {
    let (mut first, mut last) = (0, 0);
    for (at, unit) in units.iter().enumerate() {
        if matches!(unit, Unit::By(_)) {
            let before = at > 0 && matches!(units[at - 1], Unit::Quote(_));
            let after = matches!(units.get(at + 1), Some(Unit::Quote(_)));
            first += usize::from(after && !before);
            last += usize::from(before && !after);
        }
    }
    first > last
}

/// Gives each quote its name and turns unmarked paragraphs before a name into quotes; what is left is running text.
pub(crate) fn settle<'a>(
    units: Vec<Unit<'a>>,
    flow: &mut Flow<'a>,
    pieces: &mut [Piece<'a>],
    columns: bool,
    context: &Context<'a>,
) {
    let marked = units.iter().filter(|unit| matches!(unit, Unit::Quote(_))).count();
    let names = units.iter().filter(|unit| matches!(unit, Unit::By(_))).count();
    let mut units = units;
    if names > marked && !columns {
        unmarked(&mut units, pieces, context);
    }
    detach_distant(&mut units);
    let first = names_come_first(&units);
    let counts = |wanted: fn(&Unit<'_>) -> bool| units.iter().filter(|unit| wanted(unit)).count();
    let nameless = counts(|unit| matches!(unit, Unit::Quote(quote) if quote.by.is_none() && quote.by_office.is_none()));
    // as many names as quotes, parted from them: columns were read apart, each in its order
    let in_order = nameless > 1 && nameless == counts(|unit| matches!(unit, Unit::By(by) if by.gap));
    let mut slots: Vec<Option<Unit<'a>>> = units.into_iter().map(Some).collect();
    // a name beside a quote without one: on the side where this report sets its names, then on the other
    for backwards in [!first, first] {
        for at in (0..slots.len()).filter(|_| !in_order) {
            if !matches!(&slots[at], Some(Unit::By(_))) {
                continue;
            }
            let beside = if backwards { at.checked_sub(1) } else { Some(at + 1) };
            let free = beside.filter(|&beside| {
                matches!(slots.get(beside), Some(Some(Unit::Quote(quote))) if quote.by.is_none() && quote.by_office.is_none())
            });
            if let Some(beside) = free {
                let by = slots[at].take();
                if let (Some(Unit::By(by)), Some(Unit::Quote(quote))) = (by, &mut slots[beside]) {
                    quote.by = Some(by);
                }
            }
        }
    }
    // the rest in order
    let mut names: std::collections::VecDeque<By<'a>> = slots
        .iter_mut()
        .filter_map(|slot| if matches!(slot, Some(Unit::By(_))) { slot.take() } else { None })
        .filter_map(|unit| if let Unit::By(by) = unit { Some(by) } else { None })
        .collect();
    for unit in slots.into_iter().flatten() {
        match unit {
            Unit::Quote(mut quote) => {
                if quote.by.is_none() && quote.by_office.is_none() {
                    quote.by = names.pop_front();
                }
                flow.quotes.push(quote);
            }
            Unit::Body(chunk) => flow.body.push(chunk),
            Unit::By(_) | Unit::Break => {}
        }
    }
}

/// A paragraph right before a name that no quotation marks claim: a quote set without them.
fn unmarked<'a>(units: &mut [Unit<'a>], pieces: &mut [Piece<'a>], context: &Context<'a>) {
    for at in 1..units.len() {
        let (before, rest) = units.split_at_mut(at);
        let (Some(Unit::Body(chunk)), Unit::By(by)) = (before.last(), &rest[0]) else { continue };
        let text = context.join(&chunk.pieces).text;
        let begins = Begin::of(&text) != Begin::Lower;
        if !begins || !chunk.apart || !(20..=LONGEST_QUOTE).contains(&text.len()) {
            continue;
        }
        let quote = QuoteDraft { text: chunk.pieces.clone(), by: Some(by.clone()), by_office: None };
        let spans: Vec<_> = chunk.pieces.iter().map(Clean::span).collect();
        for piece in pieces.iter_mut().filter(|piece| piece.label == Some(L::Body)) {
            let span = piece.clean.span();
            if spans.iter().any(|quoted| quoted.start <= span.start && span.end <= quoted.end) {
                piece.label = Some(L::Quote);
            }
        }
        before[at - 1] = Unit::Quote(quote);
        rest[0] = Unit::Break;
    }
}
