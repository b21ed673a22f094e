//! The table of contents: titles, kinds of session and names that can be trusted, since a list has no running text.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Lexicon, Role, Section};
use rapporteur_source::Clean;

use crate::piece::{Begin, End, Piece, numbered_kind, title_goes_on, trim};

/// An entry of the contents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry<'a> {
    /// What is printed of its title, line by line; the first may be a kind of session.
    pub(crate) parts: Vec<Clean<'a>>,
    /// The names under it, without honorifics.
    pub(crate) people: Vec<(Role, Clean<'a>)>,
    /// The kind of session that stands under the title.
    pub(crate) kind: Option<Clean<'a>>,
}

/// How many pieces without a page reference may stand between two with one.
const REACH: usize = 12;
/// Signs around the text of an entry: leaders, the bars of a table.
const SIGNS_BEFORE: [char; 3] = ['|', '.', '·'];
const SIGNS_AFTER: [char; 3] = ['|', '·', ','];
/// Fewer page references than this are no table of contents.
const FEWEST: usize = 3;

/// Where the contents stand among the pieces.
pub(crate) fn find(pieces: &[Piece<'_>], lexicon: &Lexicon) -> Option<Range<usize>> {
    let references: Vec<usize> = pieces.iter().map(|piece| references(piece, lexicon)).collect();
    let mut best: Option<(usize, Range<usize>)> = None;
    let mut at = 0;
    while at < pieces.len() {
        if references[at] == 0 {
            at += 1;
            continue;
        }
        let (start, mut end, mut count) = (at, at + 1, references[at]);
        while let Some(next) = (end..pieces.len().min(end + REACH)).find(|&next| references[next] > 0) {
            count += references[next];
            end = next + 1;
        }
        if count >= FEWEST && best.as_ref().is_none_or(|(most, _)| count > *most) {
            best = Some((count, start..end));
        }
        at = end;
    }
    let mut range = match best {
        Some((_, range)) => range.start..last_entry(pieces, range.end),
        None => numbered(pieces, lexicon)?,
    };
    while range.start > 0 {
        let before = &pieces[range.start - 1];
        let heading = before.cues.section == Some(Section::Contents);
        // a title whose page reference comes after it, a part's number
        let lead = before.label.is_none() && before.cues.chars <= 3;
        if !(heading
            || lead
            || before.label.is_some()
                && range.start > 1
                && pieces[range.start - 2].cues.section == Some(Section::Contents))
        {
            break;
        }
        range.start -= 1;
        if heading {
            break;
        }
    }
    Some(range)
}

/// Contents whose page numbers stand at one end of the lines, or on lines of their own, under their heading.
fn numbered(pieces: &[Piece<'_>], lexicon: &Lexicon) -> Option<Range<usize>> {
    let heading =
        pieces.iter().position(|piece| piece.cues.section == Some(Section::Contents) && piece.label.is_none())?;
    if let Some(blocks) = blocks(pieces, heading, lexicon) {
        return Some(heading..blocks.end());
    }
    let (behind, before) = (numbered_by(pieces, heading, trailing_page), numbered_by(pieces, heading, leading_page));
    let (count, mut end) = if before.0 > behind.0 { before } else { behind };
    if count < FEWEST {
        return None;
    }
    if pieces[end - 1].cues.chars > 12 {
        end = last_entry(pieces, end);
    } else if pieces[heading + 1..end].iter().find(|piece| !piece.text().is_empty()).is_some_and(is_lone_page) {
        // a number over its title: the last title is still to come
        let first = end;
        while end < pieces.len().min(first + 3)
            && (end == first || !pieces[end].gap)
            && pieces[end].clean.marks.heading == 0
            && pieces[end].cues.section.is_none()
        {
            end += 1;
        }
    }
    Some(heading..end)
}

/// Contents whose pages an extractor read apart from their titles: as many lines of titles as pages, all before or all behind
/// them.
struct Blocks {
    pages: Range<usize>,
    titles: Vec<usize>,
}

impl Blocks {
    fn end(&self) -> usize {
        self.titles.last().map_or(0, |last| last + 1).max(self.pages.end)
    }
}

/// The pages and the titles under the heading at `heading`, where an extractor read them apart.
fn blocks(pieces: &[Piece<'_>], heading: usize, lexicon: &Lexicon) -> Option<Blocks> {
    /// Titles before their pages are no more.
    const MOST: usize = 60;
    let is_page = |at: &usize| is_lone_page(&pieces[*at]);
    let within = heading + 1..pieces.len();
    let start = within.clone().take(MOST).find(is_page)?;
    let end = (start..within.end).find(|at| !is_page(at)).unwrap_or(within.end);
    let numbers =
        |at: usize| pieces[at].text().trim_matches(|c: char| !c.is_ascii_digit()).parse::<usize>().unwrap_or(0);
    let rising = (start + 1..end).take_while(|&at| numbers(at) >= numbers(at - 1)).count() + 1;
    let pages = start..start + rising;
    if rising < FEWEST {
        return None;
    }
    let is_title = |at: &usize| {
        let piece = &pieces[*at];
        piece.label.is_none()
            && piece.cues.section != Some(Section::Contents)
            && piece.cues.chars <= 160
            && piece.cues.end != End::Stop
            || piece.text().ends_with('?')
    };
    let begins = |at: &usize| begins_entry(pieces, *at, lexicon);
    let before: Vec<usize> = (heading + 1..start).filter(is_title).collect();
    let titles = if before.is_empty() {
        let mut count = 0;
        let after = (pages.end..within.end).filter(|&at| pieces[at].label.is_none()).take_while(is_title);
        after
            .take_while(|at| {
                count += usize::from(begins(at));
                count <= rising
            })
            .collect()
    } else {
        before
    };
    (titles.iter().filter(|at| begins(at)).count() == rising).then_some(Blocks { pages, titles })
}

/// Finds the title and the page of an entry in its text.
type PageOf = fn(&str) -> Option<(Range<usize>, usize)>;

/// How many entries have their page where `page` finds it, counting upwards, and where the last of them ends.
fn numbered_by(pieces: &[Piece<'_>], heading: usize, page: PageOf) -> (usize, usize) {
    let (mut end, mut count, mut misses, mut last) = (heading + 1, 0, 0, 0);
    for (at, piece) in pieces.iter().enumerate().skip(heading + 1) {
        match page(piece.text()) {
            Some((_, page)) if page >= last => {
                count += 1;
                misses = 0;
                last = page;
                end = at + 1;
            }
            // the heading of the next part; that of the contents may stand below a running head that says the same
            _ if piece.clean.marks.heading > 0
                && piece.cues.section.is_some_and(|section| section != Section::Contents) =>
            {
                break;
            }
            _ if piece.cues.chars > 160 || misses > 8 => break,
            _ => misses += 1,
        }
    }
    (count, end)
}

/// `Title ........ 12`, or with the number run into the title, `Title12`: where the title stands, and the page.
fn trailing_page(text: &str) -> Option<(Range<usize>, usize)> {
    let text = text.trim_end_matches(['|', ' ']);
    let title = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let page = text[title.len()..].parse().ok().filter(|page| *page < 1000)?;
    let bare = title.trim_end_matches(['.', ' ', '…', '·', '|', '\t', '_', '-']);
    let run_on = || {
        let mut before = title.chars().rev();
        before.next().is_some_and(|c| c.is_lowercase() || matches!(c, '?' | '!' | ')' | '”' | '"'))
            && title.contains(' ')
    };
    // the end of a time or a date is no page
    let is_titled = title.is_empty() || title.contains(char::is_alphabetic);
    (is_titled && (bare.len() < title.len() || title.is_empty() || run_on())).then_some((0..bare.len(), page))
}

/// `12 Title`, `| 12 | Title |`: where the title stands, and the page.
fn leading_page(text: &str) -> Option<(Range<usize>, usize)> {
    let number = text.trim_start_matches(['|', ' ', '-', '•', '*']);
    let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let page = number[..digits].parse().ok().filter(|page| *page < 1000)?;
    let title = number[digits..].trim_start_matches(['|', ' ', '\t', '·', '–', '…']);
    let apart = title.len() < number.len() - digits;
    (title.is_empty() || apart && title.starts_with(|c: char| c.is_uppercase() || "“„«\"".contains(c)))
        .then_some((text.len() - title.len()..text.len(), page))
}

/// The number of a page on a line of its own.
fn is_lone_page(piece: &Piece<'_>) -> bool {
    crate::furniture::is_page_number(piece.text())
}

/// The last entry goes on after its page reference: its title, its names.
fn last_entry(pieces: &[Piece<'_>], mut end: usize) -> usize {
    let limit = pieces.len().min(end + 6);
    let mut roles = false;
    let trailing = pieces[end - 1].cues.chars > 12;
    while end < limit {
        let piece = &pieces[end];
        let role = matches!(piece.cues.role, Some((_, rest)) if rest < piece.text().len());
        if piece.label.is_some() || piece.cues.chars > 200 || (roles || trailing) && !role {
            break;
        }
        roles |= role;
        end += 1;
    }
    end
}

fn references(piece: &Piece<'_>, lexicon: &Lexicon) -> usize {
    if piece.label.is_some() || piece.cues.chars > 120 && !piece.cues.page_reference {
        return 0;
    }
    let text = piece.text();
    // a reference stands at the start, at the end, or behind a word that ran into it
    let count = positions(text, lexicon).len();
    if piece.cues.page_reference || count > 1 || text.ends_with(|c: char| c.is_ascii_digit()) { count } else { 0 }
}

/// Where page references stand in `text`.
fn positions(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in &lexicon.words.dates.page {
        for (at, _) in text.match_indices(word.as_str()) {
            let boundary =
                !text[..at].ends_with(|c: char| c.is_lowercase()) || text[at + word.len()..].starts_with(". ");
            if let (true, Ok((rest, _))) = (boundary, grammar::page_reference(&text[at..], lexicon)) {
                found.push(at..text.len() - rest.len());
            }
        }
    }
    // `page 3` is a `p` as well: the longer of two that overlap
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    found.dedup_by(|next, kept| next.start < kept.end);
    found
}

/// The entries of the contents.
pub(crate) fn entries<'a>(pieces: &[Piece<'a>], lexicon: &Lexicon) -> Vec<Entry<'a>> {
    let titled = |page: PageOf| {
        pieces.iter().filter(|piece| page(piece.text()).is_some_and(|(title, _)| !title.is_empty())).count()
    };
    let (leading, trailing) = (titled(leading_page), titled(trailing_page));
    let referred = pieces.iter().any(|piece| !positions(piece.text(), lexicon).is_empty());
    if !referred
        && let Some(heading) = pieces.iter().position(|piece| piece.cues.section == Some(Section::Contents))
        && let Some(blocks) = blocks(pieces, heading, lexicon)
    {
        return in_blocks(pieces, &blocks, lexicon);
    }
    let leads = !referred && leading >= FEWEST && leading > trailing;
    let lone = !referred && pieces.iter().filter(|piece| is_lone_page(piece)).count() >= FEWEST;
    let mut reader = Reader { lexicon, entries: Vec::new(), entry: Entry::default(), role: None, leads };
    let mut pieces = pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        if let Some(title) = before_broken_page(piece, pieces.peek().copied(), lexicon) {
            reader.piece(&piece.clean.slice(0..title));
            reader.close();
            pieces.next();
            continue;
        }
        if lone && is_lone_page(piece) {
            reader.close();
            continue;
        }
        if piece.label == Some(crate::RegionLabel::Furniture) {
            continue;
        }
        // the number of a part
        if piece.cues.section == Some(Section::Contents) || piece.cues.chars <= 2 {
            continue;
        }
        let heading = piece.cues.section.is_some() && piece.cues.capitals;
        if heading {
            reader.close();
        }
        reader.piece(&piece.clean);
        if heading {
            reader.close();
        }
    }
    reader.close();
    let mut entries = reader.entries;
    without_numbers(&mut entries, lexicon);
    take_kinds(&mut entries, lexicon);
    entries
}

/// Whether a line of titles begins one, and does not go on from the line above.
fn begins_entry(pieces: &[Piece<'_>], at: usize, lexicon: &Lexicon) -> bool {
    let before = at.checked_sub(1).map_or("", |before| pieces[before].text());
    pieces[at].cues.begin != Begin::Lower && !title_goes_on(before, lexicon)
}

/// Where the title ends in a line that ends in the word for a page, with its number on the next line.
fn before_broken_page(piece: &Piece<'_>, next: Option<&Piece<'_>>, lexicon: &Lexicon) -> Option<usize> {
    let (title, word) = piece.text().rsplit_once(' ')?;
    let word = word.trim_end_matches('.');
    let page = lexicon.words.dates.page.iter().any(|page| page.eq_ignore_ascii_case(word));
    (page && next.is_some_and(is_lone_page)).then_some(title.len())
}

/// The entries of contents whose pages stand apart from them.
fn in_blocks<'a>(pieces: &[Piece<'a>], blocks: &Blocks, lexicon: &Lexicon) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (piece, begins) in blocks.titles.iter().map(|&at| (&pieces[at], begins_entry(pieces, at, lexicon))) {
        match entries.last_mut().filter(|_| !begins) {
            Some(entry) => entry.parts.push(piece.clean.clone()),
            None => entries.push(Entry { parts: vec![piece.clean.clone()], ..Entry::default() }),
        }
    }
    entries
}

/// Takes off the numbers of entries that count them: `3. Title`.
fn without_numbers(entries: &mut [Entry<'_>], lexicon: &Lexicon) {
    let number = |entry: &Entry<'_>| {
        let first = entry.parts.first()?;
        let (rest, number) = grammar::numbering(&first.text, lexicon).ok()?;
        (!rest.is_empty()).then_some((number, first.text.len() - rest.len()))
    };
    let numbers: Vec<_> = entries.iter().map(number).collect();
    let found: Vec<usize> = numbers.iter().flatten().map(|(number, _)| *number).collect();
    // a list counts upwards and by ones, an entry lost here and there; the number of one title is its own
    let counts = found.len() >= FEWEST
        && found.len() * 2 > entries.len()
        && found.windows(2).all(|pair| (pair[0] + 1..pair[0] + 3).contains(&pair[1]));
    for (entry, number) in entries.iter_mut().zip(numbers).filter(|_| counts) {
        if let Some((_, from)) = number {
            entry.parts[0] = entry.parts[0].slice(from..entry.parts[0].text.len());
        }
    }
}

/// Takes off the kinds that stand under the titles. Where most lines under a title are kinds of the lexicon, the others are
/// kinds as well.
fn take_kinds(entries: &mut [Entry<'_>], lexicon: &Lexicon) {
    /// A kind is no longer, in characters.
    const LONGEST: usize = 45;
    let is_kind = |text: &str| {
        let signed = lexicon.phrase(text).contains(&grammar::Phrase::Section(Section::Reflections));
        signed || numbered_kind(text, lexicon).is_some()
    };
    let is_known =
        |entry: &&Entry<'_>| entry.parts.len() > 1 && entry.parts.last().is_some_and(|last| is_kind(&last.text));
    let several = entries.iter().filter(|entry| entry.parts.len() > 1).count();
    let known = entries.iter().filter(is_known).count();
    let all = known >= FEWEST && known * 2 >= several;
    for entry in entries.iter_mut().filter(|entry| entry.parts.len() > 1) {
        let last = &entry.parts[entry.parts.len() - 1].text;
        let like_kind = last.starts_with(char::is_uppercase) && last.chars().count() <= LONGEST && !last.ends_with('?');
        if is_kind(last) || all && like_kind {
            entry.kind = entry.parts.pop();
        }
    }
}

/// Where the pages of further entries begin that an extractor put on the line of the first: numbers that are bold for
/// themselves.
fn inner_pages(clean: &Clean<'_>) -> impl Iterator<Item = usize> {
    let is_page = |bold: &&Range<usize>| {
        let number = clean.text[bold.start..bold.end].trim();
        (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let titled = |start: &usize| clean.text[..*start].contains(char::is_alphabetic);
    clean.marks.bold.iter().filter(is_page).map(|bold| bold.start).filter(titled)
}

struct Reader<'a, 'l> {
    lexicon: &'l Lexicon,
    entries: Vec<Entry<'a>>,
    entry: Entry<'a>,
    /// Whose names are being read.
    role: Option<Role>,
    /// Whether the pages stand before the titles.
    leads: bool,
}

impl<'a> Reader<'a, '_> {
    fn close(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        if !entry.parts.is_empty() {
            self.entries.push(entry);
        }
        self.role = None;
    }

    fn piece(&mut self, clean: &Clean<'a>) {
        let mut start = 0;
        let leads = self.leads;
        for page in inner_pages(clean).filter(|_| leads) {
            self.line(&clean.slice(start..page));
            start = page;
        }
        self.line(&clean.slice(start..clean.text.len()));
    }

    fn line(&mut self, clean: &Clean<'a>) {
        let text: &str = &clean.text;
        let references = positions(text, self.lexicon);
        let mut at = 0;
        for reference in &references {
            self.run(clean, at..reference.start);
            self.close();
            at = reference.end;
        }
        if self.leads {
            if let Some((title, _)) = leading_page(text) {
                self.close();
                at = title.start;
            }
        } else if references.is_empty()
            && let Some((title, _)) = trailing_page(text)
        {
            self.run(clean, title);
            self.close();
            return;
        }
        self.run(clean, at..text.len());
    }

    /// A run of text without page references: labels cut it.
    fn run(&mut self, clean: &Clean<'a>, range: Range<usize>) {
        let text = &clean.text[range.clone()];
        // a heading of a part may end in the word for its people
        let whole = trim(text, 0..text.len(), &SIGNS_BEFORE, &SIGNS_AFTER).map_or("", |range| &text[range]);
        let whole = crate::piece::heading_text(whole, self.lexicon);
        let section = |phrase: &grammar::Phrase| matches!(phrase, grammar::Phrase::Section(_));
        if self.role.is_none() && whole.contains(' ') && self.lexicon.phrase(whole).iter().any(section) {
            return self.text(clean, range);
        }
        let mut from = 0;
        let words = word_starts(text);
        for at in words {
            if at < from {
                continue;
            }
            let here = &text[at..];
            if let Ok((rest, role)) = grammar::role_label(here, self.lexicon) {
                let label = here.len() - rest.len();
                // inside a line only where a name follows: a title may have the word
                if rest.is_empty() || grammar::name(rest, self.lexicon).is_some() {
                    self.text(clean, range.start + from..range.start + at);
                    self.role = Some(role);
                    from = at + label;
                    continue;
                }
            }
            if self.role.is_some() && at > from && grammar::session_kind(here, self.lexicon).is_ok() {
                self.text(clean, range.start + from..range.start + at);
                self.close();
                from = at;
            }
        }
        self.text(clean, range.start + from..range.end);
    }

    fn text(&mut self, clean: &Clean<'a>, range: Range<usize>) {
        let Some(range) = trim(&clean.text, range, &SIGNS_BEFORE, &SIGNS_AFTER) else { return };
        match self.role {
            None => match self.unlabelled_names(clean, &range) {
                Some(names) => {
                    if let Some(title) = trim(&clean.text, range.start..names, &SIGNS_BEFORE, &SIGNS_AFTER) {
                        self.entry.parts.push(clean.slice(title));
                    }
                    self.role = Some(Role::Speakers);
                    self.names(Role::Speakers, clean, names..range.end);
                }
                None => self.entry.parts.push(clean.slice(range)),
            },
            Some(role) => self.names(role, clean, range),
        }
    }

    /// Where a list of names begins that no label announces: behind a kind of session, or where the type changes.
    fn unlabelled_names(&self, clean: &Clean<'a>, range: &Range<usize>) -> Option<usize> {
        let text = &clean.text[range.clone()];
        let kind = grammar::session_kind(text, self.lexicon).ok().map(|(rest, _)| range.end - rest.len());
        let bold = clean.marks.bold.iter().find(|bold| range.start < bold.start && bold.start < range.end);
        let starts = kind.into_iter().chain(bold.map(|bold| bold.start));
        starts.into_iter().find(|&start| {
            let list = clean.text[start..range.end].trim_start();
            let first = grammar::name(list, self.lexicon);
            first.is_some_and(|name| {
                let rest = list[name.name.end..].trim_start_matches([',', ' ']);
                rest.is_empty() || list[name.name.end..].starts_with(',') && grammar::name(rest, self.lexicon).is_some()
            })
        })
    }

    /// Names parted by commas; what follows the last of them begins another entry.
    fn names(&mut self, role: Role, clean: &Clean<'a>, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let rest = &clean.text[at..range.end];
            let skip = rest.len() - rest.trim_start_matches([',', ' ', '|', ';']).len();
            at += skip;
            let rest = &clean.text[at..range.end];
            match grammar::name(rest, self.lexicon) {
                Some(name) => {
                    self.entry.people.push((role, clean.slice(at + name.name.start..at + name.name.end)));
                    at += name.name.end;
                }
                None => break,
            }
        }
        if let Some(rest) = trim(&clean.text, at..range.end, &SIGNS_BEFORE, &SIGNS_AFTER) {
            if clean.text[rest.clone()].starts_with(char::is_uppercase) {
                self.close();
            } else {
                self.role = None;
            }
            self.entry.parts.push(clean.slice(rest));
        }
    }
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let starts = before.is_whitespace() && !c.is_whitespace();
        before = c;
        starts.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_source::Source;

    fn read(text: &str) -> Vec<(Vec<String>, Vec<String>)> {
        let source = Source::new("s", "s", text.into());
        let lexicon = Lexicon::embedded();
        let pieces = crate::piece::pieces(&crate::context::Context::new(&source, &lexicon));
        let range = find(&pieces, &lexicon).expect("contents");
        entries(&pieces[range], &lexicon)
            .into_iter()
            .map(|entry| {
                (
                    entry.parts.iter().map(|part| part.text.to_string()).collect(),
                    entry.people.iter().map(|(_, name)| name.text.to_string()).collect(),
                )
            })
            .collect()
    }

    #[test]
    fn entries_on_one_line_begin_at_their_bold_pages() {
        let text =
            "## Contents\n\n- **3** Rivers and seas **5** Nets for 12 towns\n\n- **8** Wells\n\n- **9** Walls\n\n";
        let titles: Vec<String> = read(text).into_iter().map(|(parts, _)| parts.concat().trim().to_owned()).collect();
        assert_eq!(titles, ["Rivers and seas", "Nets for 12 towns", "Wells", "Walls"]);
    }

    #[test]
    fn a_running_head_may_say_the_same_as_the_heading() {
        let entries = "- 3 Rivers and seas\n\n- 5 What the mud remembers\n\n- 8 Nets for everyone\n\n";
        let titles: Vec<String> = read(&format!("Contents\n\n## Contents\n\n{entries}"))
            .into_iter()
            .map(|(parts, _)| parts.concat())
            .collect();
        assert_eq!(titles, ["Rivers and seas", "What the mud remembers", "Nets for everyone"]);
    }

    #[test]
    fn entries_of_every_form() {
        let one = |title: &str, names: &[&str]| {
            (vec![title.to_owned()], names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(
            read(
                "p. 4 **Welcome**p. 8 **Impressions**\n\np. 26 **First: Title**\n On stage **Ana Silva, H.E. Bo Li**\n Moderation **Cy Ro**"
            ),
            [one("Welcome", &[]), one("Impressions", &[]), one("First: Title", &["Ana Silva", "Bo Li", "Cy Ro"])]
        );
        assert_eq!(
            read(
                "p. 2 Welcome p. 25 Panel A title On stage Ana Silva, Bo Li Side event Another title On stage Cy Ro\np. 30 Imprint"
            ),
            [
                one("Welcome", &[]),
                one("Panel A title", &["Ana Silva", "Bo Li"]),
                one("Side event Another title", &["Cy Ro"]),
                one("Imprint", &[])
            ]
        );
        assert_eq!(
            read(
                "p. 21 Opening remarks **Ana Silva, Bo Li**\np. 22 Opening remarks Ana Silva, Bo Li THE TALKS p. 25 Second"
            ),
            [
                one("Opening remarks", &["Ana Silva", "Bo Li"]),
                one("Opening remarks", &["Ana Silva", "Bo Li"]),
                one("THE TALKS", &[]),
                one("Second", &[])
            ]
        );
        assert_eq!(
            read("Contents\nWelcome ..... 2\nA first title ..... 4\nA second title ..... 9\n"),
            [one("Welcome", &[]), one("A first title", &[]), one("A second title", &[])]
        );
    }

    #[test]
    fn pages_at_either_end_or_on_lines_of_their_own() {
        let titles = ["A warm welcome", "Who owns the sea?", "A second title"];
        for text in [
            "## Contents\n\nA warm welcome2\n\nWho owns the sea?4\n\nA second title9\n\n## Introduction\n\n12 Rivers met.",
            "## Contents\n\n2 A warm welcome\n\n4 Who owns the sea?\n\n9 A second title\n\n## Introduction\n\n12 Rivers met.",
            "# Contents\n\n|  |  |\n|---|---|\n| 2 | A warm welcome |\n| 4 | Who owns the sea? |\n| 9 | A second title |\n\n# Introduction",
            "# Contents\n\n|A warm welcome ..... 2|\n|---|\n|Who owns the sea? ..... 4|\n|A second title ..... 9|\n\n# Introduction",
            "## Contents\n\n2\n\nA warm welcome\n\n4\n\nWho owns the sea?\n\n9\n\nA second title\n\n## Introduction\n\n12 Rivers met.",
            "## Contents\n\nA warm welcome\n\n2\n\nWho owns the sea?\n\n4\n\nA second title\n\n9\n\n## Introduction\n\n12 Rivers met.",
        ] {
            let read: Vec<String> = read(text).into_iter().map(|(parts, _)| parts.join("/")).collect();
            assert_eq!(read, titles, "{text}");
        }
    }

    #[test]
    fn pages_and_numbers_and_kinds_are_no_part_of_a_title() {
        let titles = ["A warm welcome", "Who owns the sea?", "A second title", "Beyond the river"];
        for text in [
            "CONTENTS\n1. A warm welcome, p. 2\n2. Who owns the sea?, p. 4\n3. A second title, p. 9\n4. Beyond the river, p. 11\n",
            "Contents\nA warm welcome . . . . . . . . . 2\nWho owns the sea? . . . . . . . 4\nA second title . . . . . . . . . 9\nBeyond the river . . . . . . 11\n",
            "Inside\n2\n\nA warm welcome\nOpening session\n\n4\n\nWho owns the sea?\nKeynote\n\n9\n\nA second title\nDebate\n\n11\n\nBeyond the river\nTides at noon\n\nImprint\n",
            "Contents\n2\n4\n9\n11\n\nA warm welcome\nWho owns the sea?\nA second title\nBeyond the river\n\nProgramme\n",
            "Contents\nA warm welcome\nWho owns the sea?\nA second title\nBeyond the\nriver\n\n2\n4\n9\n11\n\nProgramme\n",
        ] {
            let read: Vec<String> = read(text).into_iter().map(|(parts, _)| parts.join(" ")).collect();
            assert_eq!(read, titles, "{text}");
        }
    }

    #[test]
    fn a_page_may_stand_on_the_line_below_its_word() {
        let read = read(
            "CONTENTS\n1. A warm welcome, p. 2\n2. Who owns the sea?, p.\n14\n3. A second title, p. 19\n4. More, p. 20\n",
        );
        let titles: Vec<String> = read.into_iter().map(|(parts, _)| parts.join(" ")).collect();
        assert_eq!(titles, ["A warm welcome", "Who owns the sea?", "A second title", "More"]);
    }

    #[test]
    fn a_heading_may_end_in_a_word_for_people() {
        let read = read("CONTENTS\n1. A warm welcome, p. 2\n2. Who owns the sea?, p. 4\n3. List of speakers, p. 9\n");
        assert_eq!(read[2].0, ["List of speakers"]);
    }
}
