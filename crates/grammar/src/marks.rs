//! Signs at the start of a line: bullets, numbers, page references, labels, handles; and quotation marks.

use nom::{
    IResult, Parser,
    bytes::complete::{take_while_m_n, take_while1},
    character::complete::{char, one_of, space0, space1},
    combinator::{map_opt, opt, verify},
};

use crate::{Kind, Lexicon, Phrase, Role};

/// What stands before an entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bullet {
    /// A sign: `•`, `-`, `➔`.
    Glyph(char),
    /// A number: `1`, `1.`, `(1)`, `①`.
    Number(usize),
}

/// `bullet = { ( glyph | dash ) space } ( ( glyph | dash ) space | circled )`: signs that begin an entry; of several, a
/// number counts, or else the last.
pub fn bullet<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, Bullet> {
    let (mut rest, mut found) = one_bullet(i, lexicon)?;
    while let (Bullet::Glyph(_), Ok((after, next))) = (found, one_bullet(rest, lexicon)) {
        (rest, found) = (after, next);
    }
    Ok((rest, found))
}

fn one_bullet<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, Bullet> {
    let glyphs = &lexicon.words.glyphs;
    let (rest, sign) = nom::character::complete::anychar(i)?;
    if let Some(number) = circled(sign, lexicon) {
        return Ok((rest.trim_start(), Bullet::Number(number)));
    }
    let listed = glyphs.bullets.contains(sign) || matches!(sign, '-' | '–' | '—');
    if listed && (rest.starts_with(' ') || glyphs.bullets.contains(sign) && !rest.is_empty()) {
        return Ok((rest.trim_start(), Bullet::Glyph(sign)));
    }
    error(i)
}

/// `number = digit{1,2} ( "." | ")" ) space | digit{1,2} space Capital | "(" digit{1,2} ")" | circled | lettered`
pub fn numbering<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, usize> {
    if let Some(number) = i.chars().next().and_then(|c| circled(c, lexicon)) {
        let rest = i.trim_start_matches(|c| circled(c, lexicon).is_some());
        return Ok((rest.trim_start(), number));
    }
    if let Some((rest, number)) = lettered(i).filter(|(rest, _)| rest.starts_with(char::is_whitespace)) {
        return Ok((rest.trim_start(), number));
    }
    let (rest, _) = opt(char('(')).parse(i)?;
    let (rest, number) = digits(rest)?;
    let (rest, stop) = opt(one_of(".):")).parse(rest)?;
    let (text, space) = space0(rest)?;
    let begins = text.chars().next();
    let upper = begins.is_some_and(|c| c.is_uppercase() || "“\"‘'„«".contains(c));
    // `1.500`, `9.30`: a number, not a numbered entry
    if (stop.is_some() && (!space.is_empty() || upper)) || (stop.is_none() && !space.is_empty() && upper) {
        return Ok((text, number));
    }
    error(i)
}

/// `lettered = ["("] ( letter | numeral ) ")"`: `(a)`, `b)`, `(iv)`, all small, with what follows. A letter that is a
/// numeral counts as one.
#[must_use]
pub fn lettered(text: &str) -> Option<(&str, usize)> {
    /// Lists with small numerals are no longer.
    const NUMERALS: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let (sign, rest) = text.strip_prefix('(').unwrap_or(text).split_once(')')?;
    let numeral = NUMERALS.iter().position(|numeral| *numeral == sign);
    let letter = || match sign.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(usize::from(letter - b'a')),
        _ => None,
    };
    numeral.or_else(letter).map(|place| (rest, place + 1))
}

/// `page = ("p" | "page" | "pp") ["."] digit{1,3}`
pub fn page_reference<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, usize> {
    let (i, _) = verify(take_while1(char::is_alphabetic), |word: &str| {
        lexicon.words.dates.page.iter().any(|known| known.eq_ignore_ascii_case(word))
    })
    .parse(i)?;
    let (i, _) = (opt(char('.')), space0).parse(i)?;
    map_opt(take_while_m_n(1, 3, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse().ok()).parse(i)
}

/// `label = phrase ( ":" | end | space Capital )`: a label of credits and what follows it on the line.
///
/// Short labels (`By`, `With`, `Chair`) are words of many a sentence: whether a name follows is for the caller to see.
pub fn role_label<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, Role> {
    let mut found = None;
    for (end, _) in word_ends(i).zip(0..lexicon.longest_phrase()) {
        let role = lexicon.phrase(&i[..end]).iter().find_map(|phrase| match phrase {
            Phrase::Role(role) => Some(*role),
            _ => None,
        });
        let Some(role) = role else { continue };
        let rest = i[end..].trim_start();
        // `Chair, Water Agency` is an office
        if i[..end].ends_with(',') {
            continue;
        }
        let colon = rest.starts_with([':', '|']);
        let rest = rest.trim_start_matches([':', '|']).trim_start();
        if rest.is_empty() || colon || rest.starts_with(char::is_uppercase) {
            found = Some((rest, role));
        }
    }
    found.map_or_else(|| error(i), Ok)
}

/// `kind = phrase [number]`: the longest kind of session that `i` starts with, at a word's end, with the number of the
/// session: `Panel 2`, `Panel II`, `Parallel session B`.
pub fn session_kind<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, Kind> {
    let mut found = None;
    for (end, _) in word_ends(i).zip(0..lexicon.longest_phrase()) {
        let kind = lexicon.phrase(&i[..end]).iter().find_map(|phrase| match phrase {
            Phrase::Kind(kind) => Some(*kind),
            _ => None,
        });
        if let Some(kind) = kind {
            found = Some((after_number(&i[end..], lexicon), kind));
        }
    }
    found.map_or_else(|| error(i), Ok)
}

/// What follows the number of a session: digits, a numeral or a letter, with a title, a sign or nothing behind it.
fn after_number<'a>(i: &'a str, lexicon: &Lexicon) -> &'a str {
    let text = i.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let letter = number.len() == 1 && number.bytes().all(|b| b.is_ascii_uppercase());
    let roman = !number.is_empty() && number.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    // `Keynote, 09.30`: a time is no number of a session
    let time = rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) && !rest.starts_with(char::is_whitespace);
    let goes_on = time || rest.trim_start().starts_with(|c: char| c.is_lowercase());
    if (letter || roman || lexicon.cardinal(number).is_some_and(|number| number < 100)) && !goes_on { rest } else { i }
}

/// `handle = "@" letter { letter | digit | "_" }`
pub fn handle(i: &str) -> IResult<&str, &str> {
    let (rest, _) = char('@')(i)?;
    let (rest, name) =
        verify(take_while1(|c: char| c.is_alphanumeric() || c == '_'), |name: &str| name.len() > 1).parse(rest)?;
    Ok((rest, &i[..1 + name.len()]))
}

/// `arrow = arrow sign space`: what stands before a call to action.
pub fn arrow<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, char> {
    let (rest, sign) =
        verify(nom::character::complete::anychar, |c| lexicon.words.glyphs.arrows.contains(*c)).parse(i)?;
    let (rest, _) = space0(rest)?;
    Ok((rest, sign))
}

/// `years = year [dash year]`: the years of an entry in a list of venues, with what follows.
pub fn years(i: &str) -> IResult<&str, &str> {
    let (rest, _) = year(i)?;
    let (rest, _) = opt((space0, one_of("-–—"), opt((space0, year)))).parse(rest)?;
    let (after, _) = space1(rest).or_else(|_: nom::Err<nom::error::Error<&str>>| {
        if rest.is_empty() || rest.starts_with([':', ',']) { Ok((rest, "")) } else { Err(failure(i)) }
    })?;
    Ok((after.trim_start_matches([':', ',', ' ']), i[..i.len() - rest.len()].trim_end()))
}

/// The opening quotation mark that `text` starts with, and the marks that close it.
#[must_use]
pub fn opening_quote(text: &str, lexicon: &Lexicon) -> Option<(char, String)> {
    let first = text.chars().next()?;
    let closing: String = lexicon
        .words
        .glyphs
        .quotes
        .iter()
        .filter_map(|pair| {
            let mut marks = pair.chars();
            (marks.next() == Some(first)).then(|| marks.next()).flatten()
        })
        .collect();
    (!closing.is_empty()).then_some((first, closing))
}

/// Where the text ends that a closing quotation mark of `closing` ends: a mark, and perhaps a full stop or a reference
/// number behind it, are the last of `text`. `None` where the last is no such mark.
#[must_use]
pub fn closing_quote(text: &str, closing: &str) -> Option<usize> {
    let body = text.trim_end().trim_end_matches(['.', ',', ' ', '*', '_']);
    let last = body.chars().next_back()?;
    closing.contains(last).then(|| body.len() - last.len_utf8())
}

fn year(i: &str) -> IResult<&str, &str> {
    verify(take_while_m_n(4, 4, |c: char| c.is_ascii_digit()), |year: &str| year.starts_with(['1', '2'])).parse(i)
}

fn digits(i: &str) -> IResult<&str, usize> {
    map_opt(take_while_m_n(1, 2, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse().ok()).parse(i)
}

/// The number that a circled digit is.
pub(crate) fn circled(sign: char, lexicon: &Lexicon) -> Option<usize> {
    let glyphs = &lexicon.words.glyphs;
    [&glyphs.circled, &glyphs.circled_filled]
        .into_iter()
        .find_map(|digits| digits.chars().position(|digit| digit == sign))
        .map(|at| at + 1)
}

/// Where the words of `text` end, one after the other.
pub(crate) fn word_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut inside = false;
    text.char_indices().chain(std::iter::once((text.len(), ' '))).filter_map(move |(at, c)| {
        let word = !c.is_whitespace() && !matches!(c, ':' | '|');
        let ends = inside && !word;
        inside = word;
        ends.then_some(at)
    })
}

fn failure(i: &str) -> nom::Err<nom::error::Error<&str>> {
    nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Verify))
}

fn error<T>(i: &str) -> IResult<&str, T> {
    Err(failure(i))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_lists() {
        let lexicon = Lexicon::embedded();
        for (text, expected) in [
            ("• a", Some((Bullet::Glyph('•'), "a"))),
            ("- a", Some((Bullet::Glyph('-'), "a"))),
            ("➔ a", Some((Bullet::Glyph('➔'), "a"))),
            ("❷ a", Some((Bullet::Number(2), "a"))),
            ("- ❷ a", Some((Bullet::Number(2), "a"))),
            ("- ➔ a", Some((Bullet::Glyph('➔'), "a"))),
            ("-a", None),
            ("a", None),
        ] {
            assert_eq!(bullet(text, &lexicon).ok().map(|(rest, bullet)| (bullet, rest)), expected, "{text}");
        }
        for (text, expected) in [
            ("1. One", Some((1, "One"))),
            ("2 Two", Some((2, "Two"))),
            ("(3) Three", Some((3, "Three"))),
            ("4) four", Some((4, "four"))),
            ("⑤ five", Some((5, "five"))),
            ("(a) One", Some((1, "One"))),
            ("b) two", Some((2, "two"))),
            ("(iv) four", Some((4, "four"))),
            ("(A) One", None),
            ("(at) sea", None),
            ("(b)oats", None),
            ("9.30 x", None),
            ("2 two", None),
            ("2021 Vienna", None),
        ] {
            assert_eq!(numbering(text, &lexicon).ok().map(|(rest, number)| (number, rest)), expected, "{text}");
        }
    }

    #[test]
    fn labels_of_credits() {
        let lexicon = Lexicon::embedded();
        for (text, expected) in [
            ("ON STAGE", Some((Role::Speakers, ""))),
            ("On stage Ana Silva, Director", Some((Role::Speakers, "Ana Silva, Director"))),
            ("Moderator: Peter", Some((Role::Moderators, "Peter"))),
            ("Moderated by Ana", Some((Role::Moderators, "Ana"))),
            ("By Ana Silva", Some((Role::Authors, "Ana Silva"))),
            ("By: Ana Silva", Some((Role::Authors, "Ana Silva"))),
            ("Panel discussion", None),
            ("Speakers also highlighted", None),
        ] {
            assert_eq!(role_label(text, &lexicon).ok().map(|(rest, role)| (role, rest)), expected, "{text}");
        }
    }

    #[test]
    fn kinds_of_session() {
        let lexicon = Lexicon::embedded();
        for (text, expected) in [
            ("High-level panel Rivers but", Some((Kind::HighLevelPanel, " Rivers but"))),
            ("In conversation: Rivers", Some((Kind::Conversation, ": Rivers"))),
            ("Panel discussion", Some((Kind::Panel, ""))),
            ("Panel 2 Rivers", Some((Kind::Panel, " Rivers"))),
            ("Panel II: Rivers", Some((Kind::Panel, ": Rivers"))),
            ("Parallel session B", Some((Kind::Panel, ""))),
            ("Keynote 09.30–10.15", Some((Kind::Keynote, " 09.30–10.15"))),
            ("Panel A river is old", Some((Kind::Panel, " A river is old"))),
            ("Panellists agreed", None),
        ] {
            assert_eq!(session_kind(text, &lexicon).ok().map(|(rest, kind)| (kind, rest)), expected, "{text}");
        }
    }

    #[test]
    fn quotation_marks() {
        let lexicon = Lexicon::embedded();
        let quote = |text: &str| {
            let (open, closing) = opening_quote(text, &lexicon)?;
            closing_quote(text, &closing).map(|end| text[open.len_utf8()..end].to_owned())
        };
        assert_eq!(quote("“One two.”").as_deref(), Some("One two."));
        assert_eq!(quote("„Eins zwei.“").as_deref(), Some("Eins zwei."));
        assert_eq!(quote("\"One two.\"").as_deref(), Some("One two."));
        assert_eq!(quote("“One” two").as_deref(), None);
        assert_eq!(quote("One”").as_deref(), None);
    }

    #[test]
    fn years_of_venues() {
        for (text, expected) in [
            ("2016 Vienna, Hall", Some(("2016", "Vienna, Hall"))),
            ("2018-2019 Vienna", Some(("2018-2019", "Vienna"))),
            ("2018- Aula of Sciences", Some(("2018-", "Aula of Sciences"))),
            ("2016th", None),
            ("in 2016", None),
        ] {
            assert_eq!(years(text).ok().map(|(rest, years)| (years, rest)), expected, "{text}");
        }
    }
}
