//! Staff on one line: the lines of a list that an extractor ran together.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Lexicon, Phrase};
use rapporteur_source::Clean;

use super::Listed;
use crate::piece::Piece;

/// Fewer people than this are a credit or two, and no list.
const FEWEST: usize = 3;

/// Several names with their roles: `**Ana Silva** Editor **Bo Li** Texts`, `Ana Silva, Editor Bo Li, Texts`,
/// `Editor: Ana Silva Texts: Bo Li`, `Ana Silva (Editor), Bo Li (Texts)` is read elsewhere.
pub(super) fn staff<'a>(piece: &Piece<'a>, lexicon: &Lexicon) -> Option<Listed<'a>> {
    let clean = &piece.clean;
    let members = bold_names(clean, lexicon)
        .or_else(|| names_before_commas(&clean.text, lexicon))
        .or_else(|| names_behind_colons(&clean.text, lexicon))?;
    let whole = members.len() >= FEWEST && members.iter().all(|(name, role)| !name.is_empty() && !role.is_empty());
    whole.then(|| members.into_iter().map(|(name, role)| (clean.slice(name), vec![clean.slice(role)])).collect())
}

/// The names are bold and the roles are not; before the first name, the group may stand in bold.
fn bold_names(clean: &Clean<'_>, lexicon: &Lexicon) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let text: &str = &clean.text;
    let bold = &clean.marks.bold;
    let ends = bold.iter().skip(1).map(|bold| bold.start).chain([text.len()]);
    let members: Option<Vec<_>> = bold
        .iter()
        .zip(ends)
        .enumerate()
        .map(|(index, (bold, end))| {
            let name = trimmed(text, bold.clone());
            let start = if index == 0 { behind_phrase(text, name.clone(), lexicon) } else { name.start };
            let role = trimmed(text, bold.end..end);
            grammar::is_name(&text[start..name.end], lexicon).then_some((start..name.end, role))
        })
        .collect();
    members.filter(|members| members.first().is_some_and(|_| bold[0].start == 0))
}

/// `Name, Role Name, Role`: between two commas stand a role and the next name.
fn names_before_commas(text: &str, lexicon: &Lexicon) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let mut members = Vec::new();
    let mut parts = parts(text, ',');
    let mut name = parts.next()?;
    if !grammar::is_name(&text[name.clone()], lexicon) {
        return None;
    }
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            members.push((name, part));
            return Some(members);
        }
        let cut = role_before_name(&text[part.clone()], lexicon)?;
        members.push((name, trimmed(text, part.start..part.start + cut)));
        name = trimmed(text, part.start + cut..part.end);
    }
    None
}

/// `Role: Name Role: Name`: between two colons stand a name and the next role.
fn names_behind_colons(text: &str, lexicon: &Lexicon) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let mut members = Vec::new();
    let mut parts = parts(text, ':');
    let mut role = parts.next()?;
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            let named = grammar::is_name(&text[part.clone()], lexicon);
            members.push((part, role));
            return named.then_some(members);
        }
        let cut = name_before_role(&text[part.clone()], lexicon)?;
        members.push((trimmed(text, part.start..part.start + cut), role));
        role = trimmed(text, part.start + cut..part.end);
    }
    None
}

/// Where the role ends that a name stands behind: a phrase of the lexicon, or else as short as leaves a name.
fn role_before_name(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let cuts: Vec<usize> = spaces(text).filter(|&cut| grammar::is_name(text[cut..].trim(), lexicon)).collect();
    let known = cuts.iter().rev().find(|&&cut| is_role(&text[..cut], lexicon));
    known.or_else(|| cuts.first()).copied()
}

/// Where the name ends that a role stands behind: before a phrase of the lexicon, or else as late as leaves a role.
fn name_before_role(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let cuts: Vec<usize> = spaces(text)
        .filter(|&cut| {
            grammar::is_name(&text[..cut], lexicon) && text[cut..].trim_start().starts_with(char::is_uppercase)
        })
        .collect();
    let known = cuts.iter().find(|&&cut| is_role(text[cut..].trim(), lexicon));
    known.or_else(|| cuts.last()).copied()
}

fn is_role(text: &str, lexicon: &Lexicon) -> bool {
    lexicon.phrase(text).iter().any(|phrase| matches!(phrase, Phrase::Credits(_)))
}

/// Behind the longest phrase of the lexicon that `range` begins with.
fn behind_phrase(text: &str, range: Range<usize>, lexicon: &Lexicon) -> usize {
    let body = &text[range.clone()];
    let cut = spaces(body).filter(|&cut| is_role(&body[..cut], lexicon)).last().unwrap_or(0);
    trimmed(text, range.start + cut..range.end).start
}

/// Where the words of a short text end. What is longer than a role and a name is neither.
fn spaces(text: &str) -> impl Iterator<Item = usize> + '_ {
    const LONGEST: usize = 120;
    let short = text.len() <= LONGEST;
    text.match_indices(' ').map(|(at, _)| at).filter(move |_| short)
}

/// The parts of a text between signs.
fn parts(text: &str, sign: char) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    text.split(sign).map(move |part| {
        let range = start..start + part.len();
        start = range.end + sign.len_utf8();
        trimmed(text, range)
    })
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let body = &text[range.clone()];
    let start = range.start + body.len() - body.trim_start().len();
    start..(range.start + body.trim_end().len()).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_were_run_together_come_apart() {
        let lexicon = Lexicon::embedded();
        let read = |found: Option<Vec<(Range<usize>, Range<usize>)>>, text: &str| {
            let member = |(name, role): (Range<usize>, Range<usize>)| format!("{} / {}", &text[name], &text[role]);
            found.unwrap_or_default().into_iter().map(member).collect::<Vec<_>>()
        };
        let text = "Orla Venn, Editor Bastian Quell, Texts Ysolde ter Marr, Design and layout Ine Talbot, Text editing";
        let want = [
            "Orla Venn / Editor",
            "Bastian Quell / Texts",
            "Ysolde ter Marr / Design and layout",
            "Ine Talbot / Text editing",
        ];
        assert_eq!(read(names_before_commas(text, &lexicon), text), want);
        let text = "Editor: Orla Venn Texts: Bastian Quell Design and layout: Ysolde ter Marr Text editing: Ine Talbot";
        assert_eq!(read(names_behind_colons(text, &lexicon), text), want);
        for text in ["Orla Venn, Director, Guild of Lighthouses", "Lamps, buoys, and wardens", "Contact: the guild"] {
            assert!(names_before_commas(text, &lexicon).is_none_or(|found| found.len() < FEWEST), "{text}");
            assert!(names_behind_colons(text, &lexicon).is_none(), "{text}");
        }
    }
}
