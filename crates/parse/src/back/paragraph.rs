//! Staff in a paragraph: names with their roles in parentheses, wherever its lines break.

use rapporteur_grammar as grammar;
use rapporteur_source::Clean;

use super::MemberDraft;
use crate::{
    context::Context,
    piece::{Piece, trim},
};

/// `name [ "(" role ")" ] { ( "," | ";" | "&" ) name [ "(" role ")" ] } [ "." ]` over the lines of a paragraph: the staff it
/// lists. `None` where it is anything else, where fewer than half of them have a role, or fewer than three in four have
/// a name by its form.
pub(super) fn staff<'a>(
    lines: &[Piece<'a>],
    group: Option<&Clean<'a>>,
    context: &Context<'a>,
) -> Option<Vec<MemberDraft<'a>>> {
    let mut members: Vec<MemberDraft<'a>> = Vec::new();
    let mut member = MemberDraft { name: Vec::new(), role: Vec::new(), group: group.cloned() };
    let mut inside = false;
    for piece in lines {
        let text = piece.text();
        let mut start = 0;
        for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
            let ends = match c {
                '(' => !inside,
                ')' => inside,
                ',' | ';' | '&' => !inside,
                _ => c == '\n',
            };
            if !ends {
                continue;
            }
            let part = trim(text, start..at, &['.'], &[]).map(|range| piece.clean.slice(range));
            if inside {
                member.role.extend(part);
            } else {
                member.name.extend(part);
            }
            start = at + c.len_utf8();
            match c {
                '(' => inside = true,
                ')' => inside = false,
                '\n' => {}
                _ if member.name.is_empty() => {}
                _ => {
                    let next = MemberDraft { name: Vec::new(), role: Vec::new(), group: group.cloned() };
                    members.push(std::mem::replace(&mut member, next));
                }
            }
        }
    }
    if !member.name.is_empty() {
        members.push(member);
    }
    let named = |member: &MemberDraft<'a>| grammar::is_name(&context.join(&member.name).text, context.lexicon);
    let roles = members.iter().filter(|member| !member.role.is_empty()).count();
    // what no name is known by may be a firm's, or a name that begins with a word of the language
    let names = members.iter().filter(|member| named(member)).count();
    (roles > 0 && roles * 2 >= members.len() && names * 4 >= members.len() * 3).then_some(members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_grammar::Lexicon;
    use rapporteur_source::Source;

    fn read(text: &str) -> String {
        let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
        let context = Context::new(&source, &lexicon);
        let listed = staff(&crate::piece::pieces(&context), None, &context).unwrap_or_default();
        let member = |member: &MemberDraft<'_>| {
            format!("{}/{}", context.join(&member.name).text, context.join(&member.role).text)
        };
        listed.iter().map(member).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_and_roles_over_breaks() {
        for (text, expected) in [
            ("Orla Venn (Texts), Bo Quell (Photos)", "Orla Venn/Texts Bo Quell/Photos"),
            (
                "Orla Venn; Bastian Quell (Lead); Ysolde ter\nMarr (Logis-\ntics, texts);\nIne Tal-\nbot (Design).",
                "Orla Venn/ Bastian Quell/Lead Ysolde ter Marr/Logistics, texts Ine Talbot/Design",
            ),
            (
                "Orla Venn (Texts), Bo Quell (Photos), 4th floor studio (Print), Ine Talbot (Design)",
                "Orla Venn/Texts Bo Quell/Photos 4th floor studio/Print Ine Talbot/Design",
            ),
            ("Orla Venn, Bastian Quell, Ine Talbot", ""),
            ("Printed in Arden (paper from old nets), 2019", ""),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
