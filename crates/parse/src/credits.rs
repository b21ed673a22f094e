//! Credits: who is on stage and who moderates, in labelled blocks, lists, lines and table rows.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Lexicon, Role};
use rapporteur_source::Clean;

use crate::{
    RegionLabel as L,
    context::Context,
    furniture::is_shouted,
    people::People,
    piece::{Begin, End, Piece, next_free, trim},
};

mod lines;
mod run_on;

use self::lines::{
    begins_sentence, begins_text, bold_names, continues, ends_card, goes_on_small, is_between, is_named_after,
    is_office_label, is_office_paragraph, is_rest, is_rest_of_name, is_row, is_sentence, may_be_office,
    paragraph_lines, starts_bold, starts_broken, starts_with_known, unparted,
};

pub(crate) use self::lines::{
    begins_credit, ends_open, is_name_rest, is_office_line, is_organisation_below, name_line, says_office,
};

/// Signs between the credits of a list.
const SEPARATORS: [char; 3] = ['·', '•', ';'];

/// The credit of one person, in its lines.
#[derive(Clone, Debug)]
pub(crate) struct CreditDraft<'a> {
    pub(crate) role: Role,
    pub(crate) lines: Vec<Clean<'a>>,
    /// The longest line of the block that it stands in, in characters.
    pub(crate) width: usize,
}

/// Reads the credits of a session and labels them.
pub(crate) fn labelled<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    people: &People,
    context: &Context<'a>,
) -> Vec<CreditDraft<'a>> {
    /// Who moderates is said in fewer lines than what happened.
    const LONGEST_SENTENCE: usize = 4;
    /// So many credits before are enough to know their form.
    const EARLIER: usize = 12;
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
        // `Moderated by …` may begin a sentence; `Moderation …` and `Moderated by: …` do not
        let small = label.split_whitespace().next_back().is_some_and(|word| lexicon.is_function_word(word));
        let colon = text[label.len()..rest].contains([':', '|']);
        // with signs between the credits it is a list, and no sentence
        let signs = |piece: &Piece<'_>| piece.text().contains([SEPARATORS[0], SEPARATORS[1]]);
        let listed = signs(piece) || pieces.get(at + 1).is_some_and(signs);
        // running text has no names in capitals
        let shouted = grammar::name(&text[rest..], lexicon).is_some_and(|name| is_shouted(&text[rest..][name.name]));
        let lines = if small && !colon && !listed && !shouted { 8 } else { 1 };
        let flowing = at > range.start
            && !piece.gap
            && pieces[at - 1].label.is_none()
            && pieces[at - 1].cues.end == End::Open
            && pieces[at - 1].cues.chars > 30
            // the end of a credit
            && !pieces[at - 1].text().ends_with(')');
        let named = !alone
            && (colon || piece.cues.begin == Begin::Upper && !flowing)
            && (colon && begins_inside(text, lexicon) || !is_sentence(pieces, at, range.end, lines, lexicon))
            && !(role == Role::Moderators
                && lines > 1
                && paragraph_lines(pieces, at, range.end, lexicon) > LONGEST_SENTENCE)
            && (grammar::credit(&text[rest..], lexicon).is_some()
                || starts_with_known(&text[rest..], people, lexicon)
                || starts_bold(&piece.clean, rest, lexicon)
                || unparted(&text[rest..], lexicon).is_some()
                || !crate::takeaways::names(&piece.clean, rest..text.len(), context).is_empty());
        let follows = alone
            && piece.cues.begin != Begin::Lower
            && next_free(pieces, at + 1, range.end).is_some_and(|next| {
                let entry = pieces[next].entry();
                let text = &pieces[next].text()[entry..];
                grammar::credit(text, lexicon).is_some()
                    || starts_with_known(text, people, lexicon)
                    || starts_bold(&pieces[next].clean, entry, lexicon)
                    || unparted(text, lexicon).is_some()
                    || starts_broken(pieces, next, people, lexicon)
            });
        let over = alone.then(|| person_over(pieces, at, range.start, lexicon)).flatten();
        let over = over.or_else(|| (alone && !follows).then(|| first_over(pieces, at, range.start, lexicon)).flatten());
        if !named && !follows && over.is_none() {
            if alone && below_its_own(pieces, at, range.end, &drafts, role) {
                give_last(pieces, at, &mut drafts, role);
                pieces[at].label = Some(L::CreditLabel);
            }
            at += 1;
            continue;
        }
        let mut block = Block::new(role, piece.cues.chars);
        if let Some(over) = over {
            block.take(&pieces[over], true, people, context);
        }
        if named {
            block.push(&piece.clean.slice(rest..text.len()), true, people, context);
            pieces[at].label = Some(L::Credit);
        } else if pieces[at].label.is_none() {
            pieces[at].label = Some(L::CreditLabel);
        }
        if let Some(over) = over {
            pieces[over].label = Some(L::Credit);
        }
        // a name over its office, and over what comes below that, as before
        let is_card = |draft: &CreditDraft<'_>| grammar::is_name(&draft.lines[0].text, lexicon);
        let known = drafts.last().is_some_and(|draft| draft.lines.len() > 1 && is_card(draft));
        let in_parts = drafts.iter().rev().take(EARLIER).any(|draft| draft.lines.len() > 2 && is_card(draft));
        let mut last = at;
        let mut next = at + 1;
        while let Some(here) = next_free(pieces, next, range.end).filter(|_| named || follows) {
            let piece = &pieces[here];
            let unfinished = block.is_unfinished(piece.gap);
            let office = block.lacks_office(lexicon) && is_office_label(piece, lexicon);
            if !unfinished
                && !office
                && piece.cues.role.is_some_and(|(_, rest)| {
                    let rest = &piece.text()[rest..];
                    rest.is_empty() || grammar::name(rest, lexicon).is_some()
                })
                || piece.cues.opens.is_some()
                || piece.cues.link
                || piece.cues.section.is_some()
                || is_label(pieces, here + 1) && person_over(pieces, here + 1, range.start, lexicon).is_some()
            {
                break;
            }
            let entry = piece.entry();
            let text = &piece.text()[entry..];
            // where bars part the offices from the names, a line without one goes on
            let barred = block.is_barred && !piece.cues.bar;
            let credit = piece.is_person(lexicon)
                || starts_with_known(text, people, lexicon)
                || starts_bold(&piece.clean, entry, lexicon)
                || unparted(text, lexicon).is_some()
                || starts_broken(pieces, here, people, lexicon);
            let before = &pieces[last];
            let adjacent = !piece.gap && here == last + 1;
            let open = ends_open(before.text());
            let signed = !block.has_signs || entry > 0;
            let named_after = entry == 0 && is_named_after(before, piece, pieces.get(here + 1), lexicon);
            let below = here == last + 1
                && block.has_office_line(lexicon)
                && is_organisation_below(piece, pieces.get(here + 1), people, lexicon);
            // under people who have their offices below their names
            let under = here == last + 1
                && (known || block.has_longer_card())
                && block.is_bare(lexicon)
                && people.whole(text, lexicon).is_none()
                && piece.cues.role.is_none()
                && (!credit || is_organisation_below(piece, pieces.get(here + 1), people, lexicon))
                && may_be_office(pieces, here);
            let rest = adjacent
                && block.has_office_line(lexicon)
                && before.cues.chars * 4 >= block.width * 3
                && !begins_text(piece, lexicon)
                && may_be_office(pieces, here)
                && pieces.get(here + 1).is_some_and(|next| next.cues.role.is_some() || next.is_person(lexicon));
            let between = adjacent && block.is_row(lexicon) && is_between(pieces, here, range.end, people, lexicon);
            let begins = credit
                && signed
                && !between
                && !under
                && !named_after
                && !below
                && !unfinished
                && !(barred && adjacent && !starts_with_known(text, people, lexicon))
                && (piece.cues.bar || !(open && adjacent && !starts_with_known(text, people, lexicon)));
            let going_on = !begins
                && (unfinished
                    || office
                    || between
                    || here == last + 1 && barred && is_before_bar(pieces, here)
                    || below
                    || under
                    || rest
                    || here == last + 1 && text.starts_with([',', ';', ')'])
                    || named_after && block.has_bare_name(lexicon)
                    || here == last + 1 && starts_broken(pieces, last, people, lexicon)
                    || here == last + 1
                        && block.is_name_alone()
                        && grammar::is_name(before.text(), lexicon)
                        && says_office(text, lexicon)
                    || adjacent
                        && block.has_bare_name(lexicon)
                        && is_office_line(piece, lexicon)
                        && (block.is_name_alone() || !begins_text(piece, lexicon) && !goes_on_small(pieces, here))
                    || here == last + 1 && grammar::is_name(before.text(), lexicon) && is_office_line(piece, lexicon)
                    || adjacent
                        && block.has_bare_name(lexicon)
                        && (is_rest(before, piece, pieces.get(here + 1), lexicon)
                            || block.is_name_alone() && is_rest_of_name(piece, pieces.get(here + 1), lexicon)
                            || ends_card(piece, pieces.get(here + 1), block.has_longer_card() || in_parts, lexicon))
                    || adjacent
                        && (block.is_list || signs(piece) || begins_inside(piece.text(), lexicon))
                        && before.cues.chars * 4 >= block.width * 3
                        && !begins_text(piece, lexicon)
                    || here == last + 1
                        && block.has_signs
                        && entry == 0
                        && before.cues.end == End::Open
                        && (adjacent || before.cues.chars * 20 >= block.width * 17)
                        && (piece.cues.chars * 4 < block.width * 3
                            || pieces.get(here + 1).is_some_and(|next| next.entry() > 0 || next.cues.role.is_some()))
                        && !begins_text(piece, lexicon)
                    || adjacent
                        && before.cues.chars * 4 >= block.width * 3
                        && run_on::is_capitalised(piece.text())
                        && (block.runs_on || run_on::over(before.text(), piece.text(), people, lexicon))
                    || here == last + 1
                        && block.has_bare_name(lexicon)
                        && (block.is_name_alone() || !begins_text(piece, lexicon) && !goes_on_small(pieces, here))
                        && is_office_paragraph(before, piece, pieces.get(here + 1), known, lexicon)
                    || continues(before, piece, pieces.get(here + 1), adjacent, open, block.width)
                        && (open || !begins_text(piece, lexicon)));
            if !begins && !going_on || piece.cues.chars > 700 {
                break;
            }
            block.take(piece, begins, people, context);
            pieces[here].label = Some(L::Credit);
            last = here;
            next = here + 1;
        }
        drafts.extend(block.finish(role, people, context));
        at = last + 1;
    }
    drafts
}

/// Whether a credit begins inside a line, behind a semicolon.
fn begins_inside(text: &str, lexicon: &Lexicon) -> bool {
    let credit = |at: usize| grammar::credit(&text[at + 2..], lexicon);
    text.match_indices("; ").any(|(at, _)| credit(at).is_some_and(|credit| !credit.credit.is_empty()))
}

/// Whether a line stands between those of two credits with bars: in the lines below it, another begins.
fn is_before_bar(pieces: &[Piece<'_>], at: usize) -> bool {
    /// A credit has no more lines.
    const LINES: usize = 4;
    let below = pieces[at + 1..].iter().take(LINES - 1).take_while(|piece| piece.label.is_none());
    below.into_iter().any(|piece| piece.cues.bar || piece.cues.role.is_some() && piece.text().contains(" | "))
}

/// Whether a label of credits stands alone on a line.
fn is_label(pieces: &[Piece<'_>], at: usize) -> bool {
    pieces.get(at).is_some_and(|piece| piece.cues.role.is_some_and(|(_, rest)| rest == piece.text().len()))
}

/// The first of the people of a label that stands beside them: an extractor that keeps the layout may put it on the line
/// above, set in from the label, with a gap over it.
fn person_over(pieces: &[Piece<'_>], label: usize, start: usize, lexicon: &Lexicon) -> Option<usize> {
    let over = label.checked_sub(1).filter(|&over| over >= start)?;
    let (piece, label) = (&pieces[over], &pieces[label]);
    let beside = piece.gap && !label.gap && piece.clean.marks.indent > label.clean.marks.indent + 3;
    let credit = grammar::credit(piece.text(), lexicon).is_some_and(|credit| !credit.credit.is_empty());
    (piece.label.is_none() && beside && credit).then_some(over)
}

/// The one person of a label that comes behind: an extractor may read a label in the margin after what stands beside it.
/// Nothing but the title is above.
fn first_over(pieces: &[Piece<'_>], label: usize, start: usize, lexicon: &Lexicon) -> Option<usize> {
    let over = label.checked_sub(1).filter(|&over| over >= start)?;
    let first = pieces[start..over].iter().all(|piece| piece.label.is_some()) && pieces[over].label.is_none();
    let credit = grammar::credit(pieces[over].text(), lexicon)
        .is_some_and(|credit| credit.name.start == 0 && !credit.credit.is_empty());
    (first && credit && pieces[over].cues.role.is_none()).then_some(over)
}

/// Whether a label alone stands right below credits of others and over running text: an extractor read it after those that
/// it stands beside, the last of them.
fn below_its_own(pieces: &[Piece<'_>], at: usize, end: usize, drafts: &[CreditDraft<'_>], role: Role) -> bool {
    let credits = at > 0 && pieces[at - 1].label == Some(L::Credit);
    let others = drafts.iter().rev().take(2).filter(|draft| draft.role != role).count() == 2;
    let text = next_free(pieces, at + 1, end).is_some_and(|next| {
        let below = pieces.get(next + 1).filter(|below| next + 1 < end && !below.gap);
        pieces[next].cues.role.is_none() && below.is_some_and(|below| below.cues.begin == Begin::Lower)
            || pieces[next].cues.end == End::Stop
    });
    credits && others && text
}

/// Gives the label at `at` its people: those of the credits above it that stand apart from the others, or the last one.
fn give_last(pieces: &[Piece<'_>], at: usize, drafts: &mut [CreditDraft<'_>], role: Role) {
    let start = |draft: &CreditDraft<'_>| draft.lines[0].span().start;
    let credits = pieces[..at].iter().rev().take_while(|piece| piece.label == Some(L::Credit));
    let apart = credits.into_iter().find(|piece| piece.gap).map(|piece| piece.clean.span().start);
    // the first of a label may stand apart from it
    let label = |draft: &CreditDraft<'_>| {
        let over = pieces[..at].iter().rfind(|piece| piece.clean.span().end <= start(draft));
        over.is_some_and(|over| over.label == Some(L::CreditLabel))
    };
    let from = apart.and_then(|apart| drafts.iter().position(|draft| start(draft) >= apart));
    let from = from.filter(|&from| !label(&drafts[from])).unwrap_or(drafts.len() - 1);
    for draft in &mut drafts[from..] {
        draft.role = role;
    }
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
            && (piece.cues.chars <= 200 || stand_in_parentheses(text, lexicon))
            && grammar::credit(text, lexicon).is_some_and(|credit| {
                let mut words = text[credit.credit.clone()].split(|c: char| c.is_whitespace() || c == ',');
                // `Ana Silva (ISWF)`: whatever its words are, what stands in parentheses over a line's end is an office
                let closed =
                    || text[credit.name.end..].trim_start().starts_with('(') && text[..credit.credit.end + 1] == *text;
                words.any(|word| lexicon.is_office(word) || lexicon.is_organisation(word))
                    || stand_in_parentheses(text, lexicon)
                    || !credit.credit.is_empty() && text.ends_with(')') && closed()
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
    block.finish(Role::Speakers, people, context)
}

/// Whether credits stand one after the other on a line, their offices in parentheses: `Ana Silva (Minister) Bo Lind (Chair)`.
fn stand_in_parentheses(text: &str, lexicon: &Lexicon) -> bool {
    let followed = |text: &str| -> Option<usize> {
        let name = grammar::name(text, lexicon)?.name;
        let office = text[name.end..].trim_start().strip_prefix('(')?;
        Some(text.len() - office.len() + office.find(')')? + 1)
    };
    let Some(end) = followed(text) else { return false };
    let rest = text[end..].trim_start();
    followed(rest).is_some() || grammar::role_label(rest, lexicon).is_ok()
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
    /// Whether the sign of a list stands before each credit: a line without goes on, even over a gap.
    has_signs: bool,
    /// Whether a bar parts the office from the name.
    is_barred: bool,
    /// Whether a credit begins inside a line with no sign before it.
    runs_on: bool,
}

impl<'a> Block<'a> {
    /// A block under a label; `width` is the label's, in characters.
    pub(crate) fn new(role: Role, width: usize) -> Self {
        /// A line is full at this width, whatever stands in the block, in characters.
        const NARROWEST: usize = 60;
        Self {
            role,
            lines: Vec::new(),
            raw: Vec::new(),
            width: width.max(NARROWEST),
            depth: 0,
            is_list: false,
            has_signs: false,
            is_barred: false,
            runs_on: false,
        }
    }

    /// Takes a line without the sign of its list.
    pub(crate) fn take(&mut self, piece: &Piece<'a>, begins: bool, people: &People, context: &Context<'a>) {
        self.width = self.width.max(piece.cues.chars);
        self.has_signs |= piece.entry() > 0;
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

    /// Whether the last credit has no more than a name yet, on a line or two, or a name and offices on lines of their own.
    fn has_bare_name(&self, lexicon: &Lexicon) -> bool {
        let Some((_, lines)) = self.lines.last() else { return false };
        let over = |second: &Clean<'_>| grammar::is_name(&format!("{} {}", lines[0].text, second.text), lexicon);
        lines.first().is_some_and(|first| grammar::is_name(&first.text, lexicon)) || lines.get(1).is_some_and(over)
    }

    /// Whether the last credit is a name on a line, and an office below it.
    fn has_office_line(&self, lexicon: &Lexicon) -> bool {
        let Some((_, lines)) = self.lines.last() else { return false };
        lines.len() > 1 && grammar::is_name(&lines[0].text, lexicon)
    }

    /// Whether the last credit is a name alone.
    fn is_bare(&self, lexicon: &Lexicon) -> bool {
        let last = self.lines.last().map(|(_, lines)| lines.as_slice());
        matches!(last, Some([name]) if grammar::is_name(&name.text, lexicon))
    }

    /// Whether the last credit begins with a name and its office on one line.
    fn is_row(&self, lexicon: &Lexicon) -> bool {
        self.lines.last().and_then(|(_, lines)| lines.first()).is_some_and(|first| is_row(&first.text, lexicon))
    }

    /// Whether the last credit is a name alone, and the one before it is more.
    fn lacks_office(&self, lexicon: &Lexicon) -> bool {
        let Some(((_, last), earlier)) = self.lines.split_last() else { return false };
        let bare = |lines: &[Clean<'_>]| lines.len() == 1 && grammar::is_name(&lines[0].text, lexicon);
        bare(last) && !earlier.last().is_some_and(|(_, lines)| bare(lines))
    }

    /// Whether the last credit has one line.
    fn is_name_alone(&self) -> bool {
        self.lines.last().is_some_and(|(_, lines)| lines.len() == 1)
    }

    /// Whether one of the credits right before the last has more lines.
    fn has_longer_card(&self) -> bool {
        /// So many are enough to know the form of a list.
        const ENOUGH: usize = 12;
        self.lines.split_last().is_some_and(|((_, last), earlier)| {
            earlier.iter().rev().take(ENOUGH).any(|(_, lines)| lines.len() > last.len())
        })
    }

    /// The credits, role by role. Where each name has its office in parentheses behind it, these part them, wherever the
    /// lines break.
    fn finish(self, role: Role, people: &People, context: &Context<'_>) -> Vec<CreditDraft<'a>> {
        let lexicon = context.lexicon;
        let width = self.raw.iter().map(|line| line.text.chars().count()).max().unwrap_or_default();
        let signed = parenthesised(&self.raw, role, lexicon).or_else(|| separated(&self.raw, role, lexicon));
        let credits = signed.unwrap_or_else(|| {
            let apart = |(role, lines): (Role, Vec<Clean<'a>>)| {
                let credits = run_on::credits(&lines, people, lexicon).unwrap_or_else(|| vec![lines]);
                credits.into_iter().map(move |lines| (role, lines))
            };
            self.lines.into_iter().flat_map(apart).collect()
        });
        credits.into_iter().map(|(role, lines)| CreditDraft { role, lines, width }).collect()
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

    /// `Ana Silva Director, Water Agency`: a name that no sign parts from its office.
    fn push_unparted(&mut self, line: &Clean<'a>, people: &People, lexicon: &Lexicon) -> bool {
        let Some(name) = unparted(&line.text, lexicon) else { return false };
        // several known names are cut at each
        if people.find_all(&line.text).len() > 1 {
            return false;
        }
        let office = trim_entry(&line.text, name.end..line.text.len());
        let parts = [Some(0..name.end), office].into_iter().flatten();
        self.lines.push((self.role, parts.map(|range| line.slice(range)).collect()));
        true
    }

    /// Appends a line: a credit of its own, or the rest of the last. Known names and labels inside it begin further
    /// credits.
    pub(crate) fn push(&mut self, line: &Clean<'a>, begins: bool, people: &People, context: &Context<'a>) {
        self.raw.push(line.clone());
        self.is_list |= line.text.contains(SEPARATORS);
        self.is_barred |= line.text.contains(" | ");
        self.runs_on |= !run_on::name_starts(&line.text, people, context.lexicon).is_empty();
        self.depth += line.text.matches('(').count() as isize - line.text.matches(')').count() as isize;
        if self.push_bold(line, context.lexicon) || begins && self.push_unparted(line, people, context.lexicon) {
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
        for (start, role, name) in inline_labels(&line.text, context.lexicon) {
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

/// `credit { ( ";" | "·" ) credit }` over the lines of a block: its credits. A label inside says whose those behind it are.
/// `None` where it is anything else.
pub(crate) fn separated<'a>(lines: &[Clean<'a>], role: Role, lexicon: &Lexicon) -> Option<Vec<(Role, Vec<Clean<'a>>)>> {
    let Joined { text, starts } = Joined::of(lines);
    let separator = SEPARATORS.into_iter().find(|&sign| text.contains(sign))?;
    let (mut role, mut at) = (role, 0);
    let mut found = Vec::new();
    for entry in text.split(separator) {
        let end = at + entry.len();
        let labels = inline_labels(entry, lexicon);
        let ends = labels.iter().map(|(label, ..)| at + label).chain([end]);
        let starts_at = [(at, None)].into_iter().chain(labels.iter().map(|&(_, role, name)| (at + name, Some(role))));
        for ((from, label), to) in starts_at.zip(ends) {
            role = label.unwrap_or(role);
            let range = trim(&text, from..to, &[], &['.', ';'])?;
            let credit = grammar::credit(&text[range.clone()], lexicon)?;
            if credit.credit.is_empty() && credit.name.end < range.len() {
                return None;
            }
            found.push((role, parts(lines, &starts, range)));
        }
        at = end + separator.len_utf8();
    }
    (found.len() > 1).then_some(found)
}

/// The text of lines with a space between them, or a soft hyphen in a word, and where each starts in it.
struct Joined {
    text: String,
    starts: Vec<usize>,
}

impl Joined {
    pub(crate) fn of(lines: &[Clean<'_>]) -> Self {
        let mut joined = Self { text: String::new(), starts: Vec::with_capacity(lines.len()) };
        for line in lines {
            if !joined.text.is_empty() && !joined.text.ends_with('\u{ad}') {
                joined.text.push(' ');
            }
            joined.starts.push(joined.text.len());
            joined.text.push_str(&line.text);
        }
        joined
    }
}

/// What lines have of a range of their joined text.
pub(crate) fn parts<'a>(lines: &[Clean<'a>], starts: &[usize], range: Range<usize>) -> Vec<Clean<'a>> {
    let pieces = lines.iter().zip(starts).filter_map(|(line, &start)| {
        let from = range.start.max(start);
        let to = range.end.min(start + line.text.len());
        (from < to).then(|| line.slice(from - start..to - start))
    });
    pieces.collect()
}

/// Labels inside a line of credits: where each starts, whom it names, and where the name after it starts.
fn inline_labels(text: &str, lexicon: &Lexicon) -> Vec<(usize, Role, usize)> {
    let mut labels = Vec::new();
    for (at, _) in text.match_indices(' ') {
        let here = &text[at + 1..];
        if !here.starts_with(char::is_uppercase) {
            continue;
        }
        let Ok((rest, role)) = grammar::role_label(here, lexicon) else { continue };
        let label = here[..here.len() - rest.len()].trim_end();
        let name = grammar::credit(rest, lexicon).is_some_and(|credit| !credit.credit.is_empty());
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
pub(crate) fn trim_entry(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    trim(text, range, &[], &[';', '·', '•'])
}

#[cfg(test)]
mod tests {
    use rapporteur_source::Source;

    use super::*;

    /// The people of the one session of a text: those on stage, and those who moderate.
    fn people(text: &str) -> [Vec<String>; 2] {
        let source = Source::new("s", "s", text.into());
        let document = crate::read(&[source], &Lexicon::embedded()).document;
        let session = &document.sessions[0];
        [&session.speakers, &session.moderators].map(|credits| {
            let person = |credit: &rapporteur_model::Credit| {
                format!("{}: {}", credit.name, credit.credit.as_deref().unwrap_or_default())
            };
            credits.iter().map(person).collect()
        })
    }

    #[test]
    fn lists_of_credits_run_over_their_lines() {
        let text = "Panel · 09:30–10:15\nRivers in focus\n\
                    Speakers: ANA SILVA, former Adviser on River Affairs to the former Harbour\n\
                    Master of Tarn / independent expert; BO LI, Head of Unit, Water; EVA LIND\u{ad}\n\
                    QVIST, Head of Unit, Department of Inland Waters, Malta; RUTH VAN\n\
                    DER MOLEN, Director, Delta Institute\n\
                    Chaired by EVA HOLM, Anchor, River Channel\n\
                    “A river is old,\nand it goes\non. Nobody has asked it to.”\nAna Silva\n\
                    The panel looked at rivers, and at those who live beside them, in the light of new\n\
                    data that the agency had gathered.\n";
        let speakers = [
            "ANA SILVA: former Adviser on River Affairs to the former Harbour Master of Tarn / independent expert",
            "BO LI: Head of Unit, Water",
            "EVA LINDQVIST: Head of Unit, Department of Inland Waters, Malta",
            "RUTH VAN DER MOLEN: Director, Delta Institute",
        ];
        assert_eq!(
            people(text),
            [speakers.map(str::to_owned).to_vec(), vec!["EVA HOLM: Anchor, River Channel".to_owned()]]
        );
    }

    #[test]
    fn labels_in_the_margin_come_behind_their_people() {
        let text = "There was broad agreement that nets and gauges belong together, and that those who mend them\n\
                    should be asked before anybody speaks of new ones.\n";
        let [ana, bo, cem] = ["Ana Silva, Head of Unit, Water", "Bo Lind, Minister, Malta", "Cem Ak, Chair, Nets"];
        for (credits, speakers, moderators) in [
            (format!("On stage\n\n{ana}\n{bo}\n{cem}\n\nModerated by\n"), vec!["Ana", "Bo"], vec!["Cem"]),
            (format!("On stage\n\n{ana}\n\n{bo}\n{cem}\n\nModerated by\n"), vec!["Ana"], vec!["Bo", "Cem"]),
            (format!("On stage\n\n{ana}\n{bo}\n\nModerated by\n{cem}\n\n"), vec!["Ana", "Bo"], vec!["Cem"]),
        ] {
            let read = people(&format!("Panel · 09:30–10:15\nRivers in focus\n{credits}{text}"));
            let first = |people: &Vec<String>| -> Vec<String> {
                people.iter().filter_map(|person| Some(person.split_once(' ')?.0.to_owned())).collect()
            };
            assert_eq!(read.each_ref().map(first), [speakers, moderators], "{credits}");
        }
        for (text, expected) in [
            ("Ana Silva, Head of Unit, Water\nOn stage\n", Some(0)),
            ("Nets and gauges\nAna Silva, Head of Unit, Water\nOn stage\n", None),
            ("Nets and gauges\nOn stage\n", None),
        ] {
            let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
            let pieces = crate::piece::pieces(&Context::new(&source, &lexicon));
            assert_eq!(first_over(&pieces, pieces.len() - 1, 0, &lexicon), expected, "{text}");
        }
    }

    #[test]
    fn lists_of_credits_that_end_as_sentences_do() {
        let text = "### **Panel: Rivers in focus**\n\n\
                    _Speakers:_ Ana Silva, Director, Agency for Rivers and Lakes; Bo Li, Head of Unit, Department of Inland \
                    Waters, Tarn; Eva Lind, Minister of Water. _Moderator:_ Ruth Holm, Anchor, River Channel.\n\n\
                    The panel looked at rivers, and at those who live beside them, in the light of new data that the agency \
                    had gathered.\n";
        let speakers = [
            "Ana Silva: Director, Agency for Rivers and Lakes",
            "Bo Li: Head of Unit, Department of Inland Waters, Tarn",
            "Eva Lind: Minister of Water",
        ];
        let moderators = vec!["Ruth Holm: Anchor, River Channel".to_owned()];
        assert_eq!(people(text), [speakers.map(str::to_owned).to_vec(), moderators]);
    }

    #[test]
    fn long_offices_below_names_set_as_headings() {
        let text = "### **Panel: Rivers in focus**\n\nOn stage\n\n##### **Ana Silva**\n\n\
                    former Senior Adviser on River Affairs and Development to the Minister of Water and the Sea of the Kingdom \
                    of Tarn / independent expert\n\n**Bo Li**\n\nHead of Unit, Tarn\n\n\
                    The panel looked at rivers, and at those who live beside them, in the light of new data that the agency \
                    had gathered.\n";
        let adviser = "Ana Silva: former Senior Adviser on River Affairs and Development to the Minister of Water and the Sea \
                       of the Kingdom of Tarn / independent expert";
        assert_eq!(people(text)[0], [adviser, "Bo Li: Head of Unit, Tarn"]);
    }

    #[test]
    fn credits_in_a_row() {
        for (text, expected) in [
            ("Ana Silva (Minister of Water) Bo Lind (Chair, Agency for Rivers)", true),
            ("Ana Silva (Minister of Water) Moderated by Bo Lind (Chair)", true),
            ("Ana Silva (Minister of Water)", false),
            ("Ana Silva (Minister of Water) spoke of rivers (and of Bo Lind)", false),
            ("Ana Silva, Minister of Water (since May), and others", false),
        ] {
            assert_eq!(stand_in_parentheses(text, &Lexicon::embedded()), expected, "{text}");
        }
    }
}
