//! Credits that an extractor ran together into one paragraph, with no sign between them.

use rapporteur_grammar::{self as grammar, Lexicon};
use rapporteur_source::Clean;

use super::{Joined, parts};
use crate::people::People;

/// `credit { credit }` over the lines of a draft, where no sign parts one credit from the next: `Ana Silva, Director,
/// Water Agency Bo Li, Head of Unit, Malta`. `None` where it is one credit.
pub(super) fn credits<'a>(lines: &[Clean<'a>], people: &People, lexicon: &Lexicon) -> Option<Vec<Vec<Clean<'a>>>> {
    let Joined { text, starts } = Joined::of(lines);
    let cuts = name_starts(&text, people, lexicon);
    if cuts.is_empty() {
        return None;
    }
    let ends = cuts.iter().copied().chain([text.len()]);
    let ranges = std::iter::once(0).chain(cuts.iter().copied()).zip(ends);
    Some(ranges.map(|(from, to)| parts(lines, &starts, from..text[..to].trim_end_matches([' ', ',']).len())).collect())
}

/// Where further credits begin in a text that begins with one: at the name before a comma with an office behind it.
pub(super) fn name_starts(text: &str, people: &People, lexicon: &Lexicon) -> Vec<usize> {
    let commas: Vec<usize> = text.match_indices(", ").map(|(at, _)| at).collect();
    let names = commas.windows(2).filter_map(|pair| {
        let behind = pair[0] + 2..pair[1];
        begins_with_office(&text[pair[1] + 2..], lexicon)
            .then(|| name_at_end(&text[behind.clone()], people, lexicon))
            .flatten()
            .map(|start| behind.start + start)
    });
    names.collect()
}

/// Whether a further credit begins where a line ends, and goes on in the next one.
pub(super) fn over(line: &str, next: &str, people: &People, lexicon: &Lexicon) -> bool {
    !name_starts(&format!("{line} {next}"), people, lexicon).is_empty()
}

/// Whether a line may stand in a paragraph of credits: all of its longer words have capitals, as in names and offices.
pub(super) fn is_capitalised(text: &str) -> bool {
    /// Small words in titles of offices are no longer, in letters.
    const SMALL: usize = 4;
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.all(|word| !word.starts_with(char::is_lowercase) || word.chars().count() <= SMALL)
}

fn begins_with_office(text: &str, lexicon: &Lexicon) -> bool {
    let first = text.split(|c: char| c.is_whitespace() || c == ',').next();
    first.is_some_and(|first| lexicon.is_office(first))
}

/// Where the name starts with which `text` ends, behind the end of another credit: a known name, all that stands behind a
/// state, or the shortest that may be a name.
fn name_at_end(text: &str, people: &People, lexicon: &Lexicon) -> Option<usize> {
    /// No name has more words.
    const WORDS: usize = 6;
    let last_word = |end: usize| text[..end].trim_end().rsplit(' ').next().unwrap_or_default();
    let is_name = |start: &usize| grammar::is_name(&text[*start..], lexicon);
    // `Department of Inland Waters`, `Jean- Paul`
    let begins = |start: &usize| {
        let before = last_word(*start);
        !before.starts_with(char::is_lowercase) && !before.ends_with(['-', '&']) && !is_inside(&text[*start..], lexicon)
    };
    let known = people.find_all(text).pop().filter(|found| found.range.end == text.len());
    let starts = || text.rmatch_indices(' ').map(|(at, _)| at + 1).take(WORDS).filter(is_name);
    let behind_state = || starts().find(|&start| grammar::country_code(text[..start].trim_end(), lexicon).is_some());
    let mut start = known.map(|found| found.range.start).or_else(behind_state).or_else(|| starts().find(begins))?;
    while lexicon.is_honorific(last_word(start)) {
        start = text[..start].trim_end().len() - last_word(start).len();
    }
    Some(start)
}

/// Whether a text begins with what stands inside a name: an initial, a particle.
fn is_inside(text: &str, lexicon: &Lexicon) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    let initial = first.ends_with('.') && first.chars().filter(|c| c.is_alphabetic()).count() == 1;
    // `Ben Silva` is a name, `El Silva` part of one
    initial || lexicon.is_particle(first) && (first.starts_with(char::is_lowercase) || first.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_with_no_sign_between_them_come_apart() {
        let (mut people, lexicon) = (People::default(), Lexicon::embedded());
        people.learn("Noor Lia Haddad", "");
        for (text, names) in [
            (
                "Ana Silva, Director, Water Agency Bo Li, Head of Unit, Malta Eva Holm, President",
                vec!["Bo Li,", "Eva Holm,"],
            ),
            ("Ana Silva, Director, Malta Eva Maria Holm, President", vec!["Eva Maria Holm,"]),
            ("Ana Silva, Director, City of Tarn H.E. Dr Jan de Wit, Minister", vec!["H.E. Dr Jan"]),
            ("Ana Silva, Director, Tarn School Jan P. de Wit, Director", vec!["Jan P. de"]),
            ("Ana Silva, Director, Tarn School Jean- Paul Venn, Director", vec!["Jean- Paul"]),
            ("Ana Silva, Director, Tarn House Noor Lia Haddad, Director", vec!["Noor Lia"]),
            ("Ana Silva, Director, Water Agency", vec![]),
            ("Ana Silva, Director, Department of Inland Waters, Chair of the Board", vec![]),
            ("Ana Silva, Deputy Head, Water Agency, President, Water Council", vec![]),
        ] {
            let starts = name_starts(text, &people, &lexicon);
            assert_eq!(starts.len(), names.len(), "{text}");
            for (start, name) in starts.iter().zip(names) {
                assert!(text[*start..].starts_with(name), "{text}: {}", &text[*start..]);
            }
        }
    }
}
