//! The smaller parts: venues, staff, imprint, and what stands before and between the parts.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Bullet, CreditGroup, Phrase, Section};
use rapporteur_source::{Clean, fold};

use crate::{
    RegionLabel as L, cards,
    context::Context,
    furniture,
    people::People,
    piece::{Begin, End, Piece},
    takeaways,
};

mod paragraph;
mod run_together;

/// A place and the years it served.
#[derive(Clone, Debug)]
pub(crate) struct VenueDraft<'a> {
    pub(crate) years: Clean<'a>,
    pub(crate) place: Vec<Clean<'a>>,
}

/// A member of staff.
#[derive(Clone, Debug)]
pub(crate) struct MemberDraft<'a> {
    /// On one line, or over a break.
    pub(crate) name: Vec<Clean<'a>>,
    pub(crate) role: Vec<Clean<'a>>,
    pub(crate) group: Option<Clean<'a>>,
}

/// A list of years and places.
pub(crate) fn venues<'a>(pieces: &mut [Piece<'a>], range: Range<usize>) -> Vec<VenueDraft<'a>> {
    let mut venues: Vec<VenueDraft<'a>> = Vec::new();
    for at in range {
        let piece = &pieces[at];
        if piece.label.is_some() {
            continue;
        }
        let entry = piece.entry();
        let text = &piece.text()[entry..];
        if let Ok((rest, years)) = grammar::years(text) {
            let years = piece.clean.slice(entry..entry + years.len());
            let start = piece.text().len() - rest.len();
            let place = (!rest.is_empty()).then(|| piece.clean.slice(start..piece.text().len()));
            venues.push(VenueDraft { years, place: place.into_iter().collect() });
            pieces[at].label = Some(L::Venue);
        } else if let (Some(venue), true) = (venues.last_mut(), !piece.gap && piece.cues.chars < 120) {
            venue.place.push(piece.clean.clone());
            pieces[at].label = Some(L::Venue);
        } else if !furniture::is_page_number(piece.text()) {
            break;
        }
    }
    venues.retain(|venue| !venue.place.is_empty());
    venues
}

/// Staff: cards of name and role, lists of names under a group, roles over or before a name.
pub(crate) fn team<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    people: &People,
    context: &Context<'a>,
) -> Vec<MemberDraft<'a>> {
    /// Fewer people under no heading of their own are no list.
    const FEWEST: usize = 3;
    let mut members: Vec<MemberDraft<'a>> = Vec::new();
    let mut group: Option<Clean<'a>> = None;
    let mut role: Option<Clean<'a>> = None;
    let mut mode = Mode::Closed;
    let mut open = false;
    let end = range.end;
    for at in range {
        let piece = &pieces[at];
        if piece.label == Some(L::Heading) {
            (role, mode, open) = (None, Mode::Closed, false);
            if piece.cues.section == Some(Section::Team) {
                group = Some(group_name(piece));
                mode = Mode::Group;
            }
        }
        if piece.label.is_some() {
            continue;
        }
        if piece.cues.section == Some(Section::Team) || is_group(piece, context) {
            group = Some(group_name(piece));
            (role, mode, open) = (None, Mode::Group, false);
            pieces[at].label = Some(if pieces[at].cues.section == Some(Section::Team) { L::Heading } else { L::Team });
            continue;
        }
        if let Some(member) =
            members.last_mut().filter(|member| mode == Mode::Group && open && is_role_of(pieces, at, member, context))
        {
            member.role.push(piece.clean.clone());
            pieces[at].label = Some(L::Team);
            continue;
        }
        // a role in parentheses is a person's own; the group is that of the heading
        let goes_on = |line: usize| !pieces[line].gap || pieces[line - 1].text().ends_with([',', ';']);
        let paragraph = (at..end).take_while(|&line| line == at || pieces[line].label.is_none() && goes_on(line));
        let paragraph = &pieces[at..at + paragraph.count()];
        let headed = group.as_ref().filter(|_| mode == Mode::Group);
        if let Some(listed) =
            paragraph::staff(paragraph, headed, context).filter(|listed| headed.is_some() || listed.len() >= FEWEST)
        {
            let lines = paragraph.len();
            members.extend(listed);
            pieces[at..at + lines].iter_mut().for_each(|piece| piece.label = Some(L::Team));
            open = false;
            continue;
        }
        if let Some(listed) = run_together::staff(piece, context.lexicon) {
            let group = group.clone().filter(|_| mode == Mode::Group);
            members.extend(listed.into_iter().map(|(name, role)| MemberDraft {
                name: vec![name],
                role,
                group: group.clone(),
            }));
            pieces[at].label = Some(L::Team);
            open = false;
            continue;
        }
        if let Some((role, names)) =
            group.as_ref().filter(|_| mode == Mode::Group).and_then(|_| labelled_names(piece, context))
        {
            members.extend(names.into_iter().map(|name| MemberDraft {
                name: vec![name],
                role: vec![role.clone()],
                group: group.clone(),
            }));
            pieces[at].label = Some(L::Team);
            open = false;
            continue;
        }
        if let Some((kind, name)) = credit_heading(piece, context) {
            group = None;
            mode = if kind == CreditGroup::Other { Mode::Other } else { Mode::Role };
            role = Some(piece.clean.slice(0..name.as_ref().map_or(piece.text().len(), |name| name.0)));
            open = false;
            let label = if kind == CreditGroup::Other { L::About } else { L::Team };
            if let (Some((_, start)), Mode::Role) = (name, mode) {
                for name in takeaways::names(&piece.clean, start..first_name_list(piece.text(), start), context) {
                    let role = role.clone().into_iter().collect();
                    members.push(MemberDraft { name: vec![name], role, group: None });
                }
                mode = Mode::Closed;
            }
            let photographers = kind == CreditGroup::Other && is_photographers(&pieces[at], context);
            pieces[at].label = Some(if photographers { L::PhotoCredit } else { label });
            continue;
        }
        if mode == Mode::Closed
            && let Some((name, role)) = listed_member(pieces, at, end, context)
        {
            members.push(MemberDraft { name: vec![name], role: vec![role], group: None });
            pieces[at].label = Some(L::Team);
            continue;
        }
        let piece = &pieces[at];
        let parentheses = grammar::name(piece.text(), context.lexicon)
            .is_some_and(|name| piece.text()[name.name.end..].trim_start().starts_with('('));
        if piece.cues.chars > 400 && !parentheses
            || piece.cues.end == End::Stop && piece.cues.chars > 90
            || piece.cues.link
        {
            // what a team says of itself before its members
            if mode == Mode::Group
                && members
                    .iter()
                    .all(|member| member.group.as_ref().map(Clean::span) != group.as_ref().map(Clean::span))
                && !piece.cues.link
            {
                pieces[at].label = Some(L::Team);
            }
            open = false;
            continue;
        }
        let photo = role.as_ref().is_some_and(|role| is_photo_word(&role.text, context));
        match mode {
            Mode::Other => {
                if piece.cues.chars < 120 {
                    pieces[at].label = Some(if photo { L::PhotoCredit } else { L::About });
                }
            }
            Mode::Role => {
                if grammar::is_name(piece.text(), context.lexicon) && !is_firm(piece.text(), context) {
                    members.push(MemberDraft {
                        name: vec![piece.clean.clone()],
                        role: role.clone().into_iter().collect(),
                        group: None,
                    });
                    pieces[at].label = Some(L::Team);
                }
                mode = Mode::Closed;
            }
            Mode::Group => {
                let listed = takeaways::names(&piece.clean, 0..piece.text().len(), context);
                if listed.len() > 1 || listed.len() == 1 && piece.text().ends_with(',') {
                    members.extend(listed.into_iter().map(|name| MemberDraft {
                        name: vec![name],
                        role: Vec::new(),
                        group: group.clone(),
                    }));
                    pieces[at].label = Some(L::Team);
                    open = false;
                } else if let Some(found) = cards_in(piece, people, context) {
                    members.extend(found.into_iter().map(|(name, role)| MemberDraft {
                        name: vec![name],
                        role,
                        group: group.clone(),
                    }));
                    pieces[at].label = Some(L::Team);
                    open = true;
                } else if open && !piece.gap && piece.cues.chars < 90 && !is_boilerplate(piece.text(), context) {
                    if let Some(member) = members.last_mut() {
                        member.role.push(piece.clean.clone());
                        pieces[at].label = Some(L::Team);
                    }
                } else if piece.gap {
                    open = false;
                }
            }
            Mode::Closed => {}
        }
    }
    members
}

/// `Ana Silva, Editor` right under the heading of the part, or in a list of such lines: three of them are one wherever
/// they stand.
fn listed_member<'a>(
    pieces: &[Piece<'a>],
    at: usize,
    end: usize,
    context: &Context<'a>,
) -> Option<(Clean<'a>, Clean<'a>)> {
    let parts = |at: usize| {
        let piece = &pieces[at];
        let credit = grammar::credit(piece.text(), context.lexicon)?;
        let role = piece.text()[credit.credit.clone()].trim();
        let form = credit.name.start == 0 && !role.is_empty() && !role.contains(|c: char| c.is_ascii_digit());
        let line = piece.cues.chars < 90 && piece.cues.end == End::Open && !is_firm(piece.text(), context);
        (form && line).then_some(credit)
    };
    let credit = parts(at)?;
    let before = at.checked_sub(1).map(|before| &pieces[before])?;
    let after = |more: usize| (at + 1..=at + more).all(|next| next < end && !pieces[next].gap && parts(next).is_some());
    let listed =
        !pieces[at].gap && before.label == Some(L::Team) || before.label == Some(L::Heading) && after(1) || after(2);
    let clean = &pieces[at].clean;
    listed.then(|| (clean.slice(credit.name), clean.slice(credit.credit)))
}

/// Whether a line under a name is the role of its bearer: no name itself, and nothing of theirs stands before it. Where
/// every line stands apart, another name follows, or nothing.
fn is_role_of(pieces: &[Piece<'_>], at: usize, member: &MemberDraft<'_>, context: &Context<'_>) -> bool {
    let piece = &pieces[at];
    let is_name = |piece: &Piece<'_>| grammar::is_name(piece.text(), context.lexicon);
    let listed = credit_heading(piece, context).is_some_and(|(_, name)| name.is_none());
    let role = piece.cues.begin == Begin::Upper
        && piece.cues.end == End::Open
        && piece.cues.chars < 90
        && !piece.text().contains([':', ','])
        && !is_name(piece);
    let adjacent = at > 0 && pieces[at - 1].label == Some(L::Team) && is_name(&pieces[at - 1]);
    let alternates = || pieces.get(at + 1).is_none_or(|next| next.label.is_some() || is_name(next));
    member.role.is_empty() && (listed || role) && (!piece.gap || adjacent && (listed || alternates()))
}

/// `Texts: Ana Silva and Bo Li` in a group: the role, and its names.
fn labelled_names<'a>(piece: &Piece<'a>, context: &Context<'a>) -> Option<(Clean<'a>, Vec<Clean<'a>>)> {
    /// A role is not longer, in bytes.
    const LONGEST: usize = 60;
    let text = piece.text();
    let (role, rest) = text.split_once(':').filter(|(role, _)| (2..LONGEST).contains(&role.len()))?;
    let start = text.len() - rest.trim_start().len();
    let names = takeaways::names(&piece.clean, start..text.len(), context);
    let people = !names.is_empty() && !is_firm(rest, context) && role.starts_with(char::is_uppercase);
    people.then(|| (piece.clean.slice(0..role.trim_end().len()), names))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Group,
    Role,
    Other,
    Closed,
}

/// Names with the lines of their roles.
pub(crate) type Listed<'a> = Vec<(Clean<'a>, Vec<Clean<'a>>)>;

/// `Name (role), Name (role)`, over several lines: a name may stand at the end of one and its role on the next.
pub(crate) fn parenthesised<'a>(lines: &[Piece<'a>], context: &Context<'a>) -> Listed<'a> {
    let mut listed: Listed<'a> = Vec::new();
    let mut inside = false;
    for piece in lines {
        let text = piece.text();
        let mut at = 0;
        while at < text.len() {
            if inside {
                let end = text[at..].find(')').map_or(text.len(), |end| at + end);
                if let (Some((_, role)), true) = (listed.last_mut(), at < end) {
                    role.push(piece.clean.slice(at..end));
                }
                inside = end == text.len();
                at = end + 1;
                continue;
            }
            let mut body = text[at..].trim_start_matches([',', ' ', ';', '&']);
            for and in &context.lexicon.words.dates.until {
                let after = body.strip_prefix(and.as_str()).filter(|after| after.is_empty() || after.starts_with(' '));
                body = after.map_or(body, str::trim_start);
            }
            at = text.len() - body.len();
            if body.is_empty() {
                break;
            }
            if body.starts_with('(') {
                inside = true;
                at += 1;
                continue;
            }
            let Some(name) = grammar::name(body, context.lexicon) else { break };
            listed.push((piece.clean.slice(at + name.name.start..at + name.name.end), Vec::new()));
            at += name.name.end;
        }
    }
    listed
}

/// A name with its role behind it, several of them where lines were run together.
fn cards_in<'a>(piece: &Piece<'a>, people: &People, context: &Context<'a>) -> Option<Listed<'a>> {
    let text = piece.text();
    let first = match people.find_all(text.get(..text.len().min(60)).unwrap_or(text)).first() {
        Some(found) if found.range.start == 0 => found.range.clone(),
        _ => name_before_role(text, 0, context)?,
    };
    let mut names = vec![without_role_word(text, first)];
    // inside the line only where a role stands before the name: `Registration Ana Silva Registration`
    let mut at = names[0].end;
    while let Some(space) = text[at..].find(' ') {
        at += space + 1;
        let Some(last) = names.last() else { break };
        let behind_role = text[last.end..at].trim().chars().count() > 3 && !text[..at].trim_end().ends_with(',');
        let known = people.find_all(&text[at..]).first().is_some_and(|found| found.range.start == 0);
        if let (true, Some(name)) = (behind_role, name_before_role(text, at, context))
            && (known || repeats_role(text, last.end..at, &name))
        {
            at = name.end;
            names.push(name);
        }
    }
    let ends: Vec<usize> = names.iter().skip(1).map(|name| name.start).chain([text.len()]).collect();
    let part = |range: Range<usize>| {
        let body = &text[range.clone()];
        let start = range.start + body.len() - body.trim_start_matches([' ', ',', '|', '–', '—', '-', ':']).len();
        let end = range.start + body.trim_end().len();
        (start < end).then(|| piece.clean.slice(start..end))
    };
    Some(
        names
            .iter()
            .zip(ends)
            .map(|(name, end)| (piece.clean.slice(name.clone()), part(name.end..end).into_iter().collect()))
            .collect(),
    )
}

/// A name without its last word where that begins the role: `Ana Silva Invitations management`.
fn without_role_word(text: &str, name: Range<usize>) -> Range<usize> {
    let runs_on = text[name.end..].trim_start().starts_with(char::is_lowercase);
    match text[name.clone()].rsplit_once(' ') {
        Some((rest, _)) if runs_on && rest.contains(' ') => name.start..name.start + rest.len(),
        _ => name,
    }
}

/// The shortest name at `at`: first name and surname. Roles begin with a capital too.
fn name_before_role(text: &str, at: usize, context: &Context<'_>) -> Option<Range<usize>> {
    let name = grammar::name(&text[at..], context.lexicon)?.name;
    Some(at + name.start..at + name.end)
}

/// Whether what follows a name is the role that stands before it: the lines of a list of one role were run together.
fn repeats_role(text: &str, before: Range<usize>, name: &Range<usize>) -> bool {
    let role = text[before].trim();
    text[name.end..].trim_start().starts_with(role)
}

/// What a group of staff is called: a phrase of the lexicon, or whose team it is (`Forum team`).
fn is_group(piece: &Piece<'_>, context: &Context<'_>) -> bool {
    /// Of a longer line, the word for a team is the end of something else.
    const WORDS: usize = 3;
    let phrase = context.lexicon.phrase(piece.text());
    let text = piece.text().trim_end_matches(':');
    let named = phrase.iter().any(|phrase| matches!(phrase, Phrase::Credits(_)));
    let team = || {
        let (before, last) = text.rsplit_once(' ')?;
        let called = context.lexicon.phrase(last).contains(&Phrase::Section(Section::Team));
        Some(called && before.split(' ').count() < WORDS && !before.contains(['.', ',']))
    };
    phrase.contains(&Phrase::Credits(CreditGroup::Group))
        || piece.cues.begin == Begin::Upper && !named && team().unwrap_or_default()
}

fn group_name<'a>(piece: &Piece<'a>) -> Clean<'a> {
    let text = piece.text();
    let end = text.trim_end_matches([':', ' ']).len();
    piece.clean.slice(0..end)
}

/// `Layout`, `Text editing: Ana Silva`: the kind, and where the label ends and the name starts.
fn credit_heading(piece: &Piece<'_>, context: &Context<'_>) -> Option<(CreditGroup, Option<(usize, usize)>)> {
    let text = piece.text();
    if piece.cues.chars > 120 {
        return None;
    }
    let group = |text: &str| {
        context.lexicon.phrase(text).iter().find_map(|phrase| match phrase {
            Phrase::Credits(group) if *group != CreditGroup::Group => Some(*group),
            _ => None,
        })
    };
    if let Some(found) = group(text) {
        return Some((found, None));
    }
    if let Some((label, name)) = text.split_once(':') {
        let found = group(label)?;
        let start = text.len() - name.trim_start().len();
        return Some((found, Some((label.len(), start))));
    }
    // the label, run into the name
    let (end, found) =
        text.match_indices(' ').filter_map(|(end, _)| group(&text[..end]).map(|found| (end, found))).next_back()?;
    let start = text.len() - text[end..].trim_start().len();
    let named = found == CreditGroup::Other && piece.clean.marks.bold.first().is_some_and(|bold| bold.end == end)
        || grammar::is_name(&text[start..], context.lexicon);
    named.then_some((found, Some((end, start))))
}

/// Where the names on a line end: an abbreviation after a comma is no name.
fn first_name_list(text: &str, start: usize) -> usize {
    text[start..].find(", ").map_or(text.len(), |comma| {
        let after = &text[start + comma + 2..];
        if after.chars().all(|c| !c.is_lowercase()) { start + comma } else { text.len() }
    })
}

fn is_photographers(piece: &Piece<'_>, context: &Context<'_>) -> bool {
    is_photo_word(piece.text().split(':').next().unwrap_or_default(), context)
}

/// Of the firms' credits, those whose label speaks of photographs.
fn is_photo_word(label: &str, context: &Context<'_>) -> bool {
    let label = fold(label);
    context.lexicon.words.credits.photographs.iter().any(|known| label.starts_with(&fold(known)))
}

fn is_firm(text: &str, context: &Context<'_>) -> bool {
    text.split_whitespace().next_back().is_some_and(|word| context.lexicon.is_legal_form(word))
}

/// Whether a line is where somebody is found on the web and nothing else.
fn is_address(text: &str) -> bool {
    text.split_whitespace().all(|word| word.starts_with("www.") || word.starts_with("http") || word.contains('@'))
}

/// Short lines beside those of an organiser or a sponsor: the text of its logo, its slogan.
fn label_slogans(pieces: &mut [Piece<'_>]) {
    /// More lines together are something else.
    const LINES: usize = 3;
    let open = |piece: &Piece<'_>| piece.label.is_none();
    let mut at = 0;
    while at < pieces.len() {
        let end = at + pieces[at..].iter().take_while(|piece| open(piece)).count();
        let about = |at: Option<&Piece<'_>>| at.is_some_and(|piece| piece.label == Some(L::About));
        let beside = at > 0 && about(pieces.get(at - 1)) || about(pieces.get(end));
        if beside && end - at <= LINES {
            pieces[at..end].iter_mut().for_each(|piece| piece.label = Some(L::About));
        }
        at = end + 1;
    }
}

/// Front and filler: title page, venue, captions, sponsors. `before_text` until running text has begun.
pub(crate) fn front<'a>(
    pieces: &mut [Piece<'a>],
    range: Range<usize>,
    cover: bool,
    context: &Context<'a>,
) -> Vec<Vec<Clean<'a>>> {
    /// A line this long is running text, in characters.
    const SENTENCE: usize = 60;
    let mut captions: Vec<Vec<Clean<'a>>> = Vec::new();
    let mut venue = false;
    let mut in_caption = false;
    for at in range.clone() {
        let piece = &pieces[at];
        if piece.label.is_some() {
            in_caption = false;
            continue;
        }
        let text = piece.text();
        let bare = furniture::is_page_number(text) || piece.cues.chars <= 2;
        if bare && !cover {
            pieces[at].label = Some(L::Furniture);
            continue;
        }
        if piece.cues.link {
            pieces[at].label = Some(L::Link);
            continue;
        }
        if cards::is_photo_credit(text, context) {
            pieces[at].label = Some(L::PhotoCredit);
            continue;
        }
        if cover {
            let about = piece.cues.chars > 120 || is_boilerplate(text, context);
            pieces[at].label = Some(if about { L::About } else { L::Cover });
            continue;
        }
        if is_boilerplate(text, context) {
            pieces[at].label = Some(L::About);
            continue;
        }
        if piece.cues.days.is_some() && piece.cues.chars < 60 {
            venue = true;
            pieces[at].label = Some(L::Venue);
            continue;
        }
        if venue && piece.cues.chars < 60 && !piece.gap {
            pieces[at].label = Some(L::Venue);
            continue;
        }
        venue = false;
        if speaks_of_venue(text, context) {
            pieces[at].label = Some(L::Venue);
            continue;
        }
        let entry =
            piece.cues.bullet.as_ref().map(|(_, at)| *at).or(piece.cues.number.map(|(_, at)| at)).or_else(|| {
                let symbol = text.starts_with(|c| context.lexicon.words.glyphs.symbols.contains(c));
                symbol.then(|| text.find(char::is_alphanumeric)).flatten()
            });
        match entry {
            // one word is no caption: the short name of the conference beside a page's number
            Some(entry)
                if text[entry..].trim().contains(' ')
                    && piece.cues.chars > 8
                    && !text.ends_with('.')
                    && !says_whose(piece, entry, context) =>
            {
                captions.push(vec![piece.clean.slice(entry..text.len())]);
                pieces[at].label = Some(L::Caption);
                in_caption = true;
            }
            _ if in_caption && !piece.gap && piece.cues.chars < 160 => {
                if let Some(caption) = captions.last_mut() {
                    caption.push(piece.clean.clone());
                }
                pieces[at].label = Some(L::Caption);
            }
            // what says of itself neither what it is nor anything in a sentence stays unread, and is told
            _ => {
                in_caption = false;
                if piece.cues.chars >= SENTENCE || is_address(text) {
                    pieces[at].label = Some(L::About);
                }
            }
        }
    }
    label_slogans(&mut pieces[range]);
    captions
}

/// Whether a name stands alone behind a dash: it says whose the words before it are.
fn says_whose(piece: &Piece<'_>, entry: usize, context: &Context<'_>) -> bool {
    let dash = matches!(piece.cues.bullet, Some((Bullet::Glyph('–' | '—'), _)));
    dash && grammar::is_name(&piece.text()[entry..], context.lexicon)
}

/// Legal text, sponsors, the organiser's description of itself.
pub(crate) fn is_boilerplate(text: &str, context: &Context<'_>) -> bool {
    let lower = text.to_lowercase();
    let words = &context.lexicon.words.boilerplate;
    [&words.legal, &words.sponsors, &words.organiser]
        .into_iter()
        .flatten()
        .any(|phrase| lower.contains(phrase.as_str()))
}

/// `… took place at Old Hall on 19 October 2021.`: a line about the place, between pictures.
fn speaks_of_venue(text: &str, context: &Context<'_>) -> bool {
    let ordinal = text.split_whitespace().take(3).any(|word| context.lexicon.ordinal(word).is_some());
    ordinal && text.len() < 300 && context.naming.as_ref().is_some_and(|naming| text.contains(&naming.series))
}

/// The last part: everything that nothing claimed is about the organiser. Returns the paragraphs of the imprint.
pub(crate) fn imprint<'a>(pieces: &mut [Piece<'a>], range: Range<usize>, context: &Context<'a>) -> Vec<Vec<Clean<'a>>> {
    let mut paragraphs: Vec<Vec<Clean<'a>>> = Vec::new();
    let mut open = false;
    for at in range {
        let piece = &pieces[at];
        if piece.label.is_some_and(|label| label != L::About) {
            open = false;
            continue;
        }
        if piece.label.is_none() && furniture::is_page_number(piece.text()) && !piece.is_marked() {
            pieces[at].label = Some(L::Furniture);
            continue;
        }
        let heading = piece.cues.section.is_some() && piece.cues.chars < 60;
        if heading {
            pieces[at].label = Some(L::Heading);
            open = false;
            continue;
        }
        let link = piece.label.is_none()
            && (piece.cues.link && !piece.text().contains("www.") || is_follow(piece.text(), context));
        let clean = piece.clean.clone();
        match paragraphs.last_mut() {
            Some(paragraph) if open && !piece.gap => paragraph.push(clean),
            _ => paragraphs.push(vec![clean]),
        }
        open = true;
        pieces[at].label = Some(if link { L::Link } else { L::About });
    }
    paragraphs
}

fn is_follow(text: &str, context: &Context<'_>) -> bool {
    let folded = fold(text);
    context.lexicon.words.links.follow.iter().any(|follow| fold(follow) == folded)
        || text.starts_with('@') && !text.contains(' ')
}

#[cfg(test)]
mod tests {
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    #[test]
    fn staff_in_an_imprint() {
        let lines = ["Ana Silva, Editor", "Bo Li, Layout and print", "Eva Holm, Photographs"];
        for (count, expected) in [(3, 3), (1, 0)] {
            let text = format!("Imprint\nWith the support of\n{}\n", lines[..count].join("\n"));
            let source = Source::new("s", "s", text.into_bytes());
            let document = crate::read(&[source], &Lexicon::embedded()).document;
            assert_eq!(document.team.len(), expected);
        }
    }
}
