//! What a line of credits says by its form: a name, an office, the rest of one, or a sentence.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Lexicon};
use rapporteur_source::Clean;

use crate::{
    people::People,
    piece::{Begin, End, Piece},
};

/// An office fills no longer line, in characters: running text does.
const LONGEST_OFFICE: usize = 110;

/// Whether a line begins with a word that no credit begins with.
pub(super) fn begins_sentence(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    let first = piece.text().split(|c: char| c.is_whitespace() || c == ',').next();
    first.is_none_or(|first| first.starts_with(char::is_uppercase) && lexicon.is_function_word(first))
}

/// Whether a line begins running text: with a word that no credit begins with, or most of its words are small, and no sign
/// stands between them.
pub(super) fn begins_text(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    /// Fewer words may be an office.
    const FEWEST: usize = 7;
    let text = piece.text();
    let words = text.split_whitespace().count();
    let small = text.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let prose = words >= FEWEST && small * 3 >= words * 2 && !text.contains(super::SEPARATORS);
    begins_sentence(piece, lexicon) || prose && piece.cues.begin == Begin::Upper
}

/// Whether a line under a name says what its bearer does or where: it has a word of an office or an organisation or is a
/// state, and is neither a name nor the beginning of a sentence.
pub(crate) fn is_office_line(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    piece.cues.chars <= LONGEST_OFFICE && names_office(piece, lexicon)
}

/// [`is_office_line`], however long the line.
fn names_office(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    let text = piece.text();
    let mut words =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '-')).filter(|word| !word.is_empty());
    let sentence = words.clone().next().is_none_or(|first| lexicon.is_function_word(first));
    !sentence
        && piece.cues.end != End::Stop
        && piece.cues.role.is_none()
        && (words.any(|word| lexicon.is_office(word) || lexicon.is_organisation(word) || lexicon.is_legal_form(word))
            || grammar::country_code(text, lexicon).is_some())
}

/// Whether a line under a name is the last of an office's words, which no line of running text is: a word or two, and then
/// something else begins.
pub(super) fn is_rest(before: &Piece<'_>, piece: &Piece<'_>, next: Option<&Piece<'_>>, lexicon: &Lexicon) -> bool {
    /// The rest is no longer, in characters.
    const LONGEST: usize = 30;
    let ends = next.is_none_or(|next| {
        next.gap
            || next.label.is_some()
            || next.cues.role.is_some()
            || next.cues.opens.is_some()
            || next.is_person(lexicon)
            || is_office_line(next, lexicon)
    });
    let plain = piece.cues.kind.is_none() && piece.cues.section.is_none() && piece.cues.end == End::Open;
    plain
        && ends
        && piece.cues.chars <= LONGEST
        && (piece.cues.chars < before.cues.chars || next.is_some_and(|next| !next.gap && is_office_line(next, lexicon)))
        && !begins_sentence(piece, lexicon)
        && is_office_line(before, lexicon)
}

/// Whether a short line under an office is part of an organisation's name, though it may have the form of a person's: the
/// next one goes on with a small word, or is the word of an organisation.
pub(super) fn is_named_after(
    before: &Piece<'_>,
    piece: &Piece<'_>,
    next: Option<&Piece<'_>>,
    lexicon: &Lexicon,
) -> bool {
    /// A line of a narrow column is no longer, in characters.
    const LONGEST: usize = 45;
    let Some(next) = next.filter(|next| !next.gap && next.label.is_none()) else { return false };
    let mut words = next.text().split_whitespace();
    let first = words.next().unwrap_or_default();
    let goes_on = first.starts_with(char::is_lowercase) && lexicon.is_function_word(first);
    let ends = words.next().is_none() && lexicon.is_organisation(first);
    let short = piece.cues.chars <= LONGEST && piece.cues.begin == Begin::Upper && piece.cues.end == End::Open;
    short && !piece.gap && (goes_on || ends) && is_office_line(before, lexicon)
}

/// Whether a line is the last of a card, which has the bearer's organisation on a line of its own: a person, a label or
/// running text comes next. `known` says that other cards of the list have as many lines.
pub(super) fn ends_card(piece: &Piece<'_>, next: Option<&Piece<'_>>, known: bool, lexicon: &Lexicon) -> bool {
    /// An organisation's name is no longer, and running text is longer, in characters.
    const LONGEST: usize = 50;
    const TEXT: usize = 70;
    let over = next.is_none_or(|next| {
        // running text would go on with a small letter
        let text = next.cues.chars >= TEXT || next.cues.begin == Begin::Upper && next.cues.chars > piece.cues.chars;
        next.label.is_some() || next.cues.role.is_some() || next.is_person(lexicon) || known && text
    });
    // `The Harbour Post`
    let named = known && super::run_on::is_capitalised(piece.text());
    (over || is_abbreviation(piece.text()))
        && piece.cues.chars <= LONGEST
        && piece.cues.begin == Begin::Upper
        && piece.cues.end == End::Open
        && piece.cues.kind.is_none()
        && piece.cues.section.is_none()
        && piece.cues.bullet.is_none()
        && (named || !begins_sentence(piece, lexicon))
}

/// Whether a line below an office is the bearer's organisation, though it has the form of a name, with something behind it
/// or without: no office stands behind or below it, and nobody is known by that name.
pub(crate) fn is_organisation_below(
    piece: &Piece<'_>,
    next: Option<&Piece<'_>>,
    people: &People,
    lexicon: &Lexicon,
) -> bool {
    /// `Hillside Library Project`: an organisation may end in the word of an office, in so many words.
    const WORDS: usize = 5;
    let text = piece.text();
    let Some(name) = grammar::name(text, lexicon).filter(|name| name.honorific.is_empty()) else { return false };
    let rest = text[name.name.end..].trim_start();
    let parted = rest.strip_prefix([',', '(']).is_some_and(|rest| !says_office(rest.trim_start(), lexicon));
    let ended = !parted && !rest.contains(',') && text.split(' ').count() <= WORDS && unparted(text, lexicon).is_some();
    let office = |next: &Piece<'_>| next.label.is_none() && says_office(next.text(), lexicon);
    (rest.is_empty() || parted || ended)
        && piece.entry() == 0
        && people.whole(&text[name.name], lexicon).is_none()
        && !next.is_some_and(office)
}

/// Whether a line right below a name may be the bearer's office, whatever its words are: it is no sentence, and what
/// comes below it is no rest of a paragraph.
pub(super) fn may_be_office(pieces: &[Piece<'_>], at: usize) -> bool {
    let piece = &pieces[at];
    piece.cues.chars <= LONGEST_OFFICE
        && piece.cues.begin != Begin::Other
        && piece.cues.end != End::Stop
        && piece.cues.opens.is_none()
        && piece.entry() == 0
        && !goes_on_small(pieces, at)
}

/// Whether a line that nearly fills its column goes on with a small letter in the next or the one after it, as running
/// text does.
pub(super) fn goes_on_small(pieces: &[Piece<'_>], at: usize) -> bool {
    /// A shorter line may be an office of two, and one of three, in characters.
    const SHORT: usize = 45;
    const LONG: usize = 60;
    let piece = &pieces[at];
    let below = |lines: usize, shortest: usize| {
        let rest = pieces.get(at + 1..at + 1 + lines).unwrap_or_default();
        let small = rest.last().is_some_and(|last| last.cues.begin == Begin::Lower);
        piece.cues.chars >= shortest && small && rest.iter().all(|line| !line.gap && line.cues.chars >= shortest)
    };
    below(1, SHORT) && !piece.text().contains(',') || below(2, LONG)
}

/// Whether a text begins with an office: there is a word of one before the first comma, and no word but small ones
/// without a capital.
pub(crate) fn says_office(text: &str, lexicon: &Lexicon) -> bool {
    /// More words are a sentence.
    const WORDS: usize = 10;
    let first = text.split(',').next().unwrap_or_default();
    let mut words = first.split([' ', '-', '/']).filter(|word| !word.is_empty());
    // `Policy Coordinator for legal migration`
    let second = words.clone().nth(1).is_some_and(|word| lexicon.is_office(word));
    first.starts_with(char::is_uppercase)
        && words.clone().count() <= WORDS
        && (second || super::run_on::is_capitalised(first))
        && words.any(|word| lexicon.is_office(word))
}

/// Whether a label stands where the office of the person above does: `Chair` over an organisation, `Presenter`.
pub(super) fn is_office_label(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    piece.cues.role.is_some_and(|(_, rest)| rest == piece.text().len()) && lexicon.is_office(piece.text())
}

/// `ISWF`: an organisation by its letters.
fn is_abbreviation(text: &str) -> bool {
    (2..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a line is the rest of the name above it: a word or two with capitals that are nothing else, over an office.
pub(super) fn is_rest_of_name(piece: &Piece<'_>, next: Option<&Piece<'_>>, lexicon: &Lexicon) -> bool {
    is_name_rest(piece.text(), lexicon)
        && piece.cues.kind.is_none()
        && piece.cues.section.is_none()
        && piece.cues.role.is_none()
        && next.is_some_and(|next| !next.gap && !next.is_person(lexicon) && is_office_line(next, lexicon))
}

/// Whether a text is a word or two that may be part of a name, and no abbreviation or state.
pub(crate) fn is_name_rest(text: &str, lexicon: &Lexicon) -> bool {
    text.split_whitespace().count() <= 2
        && grammar::may_be_named(text, lexicon)
        && !is_abbreviation(text)
        && grammar::country_code(text, lexicon).is_none()
}

/// Whether the name of a known person begins at a line and ends on the next one.
pub(super) fn starts_broken(pieces: &[Piece<'_>], at: usize, people: &People, lexicon: &Lexicon) -> bool {
    /// A line of a narrow column is no longer, in bytes.
    const LONGEST: usize = 50;
    let [first, second, ..] = &pieces[at..] else { return false };
    let text = &first.text()[first.entry()..];
    if second.gap || second.label.is_some() || text.len() > LONGEST || second.text().len() > LONGEST {
        return false;
    }
    let joined = format!("{text} {}", second.text());
    let name = people.find_all(&joined).into_iter().next().filter(|found| found.range.end > text.len());
    name.is_some_and(|name| {
        joined[..name.range.start].split_whitespace().all(|word| lexicon.is_honorific(word))
            && name.range.start < text.len()
    })
}

/// Whether a credit begins at a line: a name with an office behind it, in bold or before a sign, or on the line below.
pub(crate) fn begins_credit(pieces: &[Piece<'_>], at: usize, lexicon: &Lexicon) -> bool {
    let piece = &pieces[at];
    let entry = piece.entry();
    let text = &piece.text()[entry..];
    grammar::credit(text, lexicon).is_some_and(|credit| !credit.credit.is_empty())
        || starts_bold(&piece.clean, entry, lexicon)
        || unparted(text, lexicon).is_some()
        || grammar::is_name(text, lexicon) && pieces.get(at + 1).is_some_and(|next| is_office_line(next, lexicon))
}

/// Whether a short paragraph under a name that is one as well says what its bearer does: the words do, or people or
/// running text come next, or the person before has such a paragraph (`known`). Or it is the last line of the name's
/// paragraph.
pub(super) fn is_office_paragraph(
    before: &Piece<'_>,
    piece: &Piece<'_>,
    next: Option<&Piece<'_>>,
    known: bool,
    lexicon: &Lexicon,
) -> bool {
    /// Running text is longer, in characters.
    const TEXT: usize = 160;
    /// So is a paragraph of it below a name that is set as a heading.
    const MARKED: usize = 220;
    let marked = before.is_marked() && grammar::is_name(before.text(), lexicon);
    let longest = if marked { MARKED } else { LONGEST_OFFICE };
    let office = names_office(piece, lexicon);
    let apart = piece.clean.marks.heading == 0 && if piece.gap { before.gap } else { next.is_none_or(|next| next.gap) };
    let short = piece.cues.chars <= longest && piece.cues.end != End::Stop;
    let short = short && (piece.cues.begin == Begin::Upper || office);
    let plain = piece.cues.kind.is_none() && piece.cues.bullet.is_none() && piece.cues.role.is_none();
    apart
        && short
        && plain
        && (office
            || !piece.gap
            || known
            || next.is_some_and(|next| {
                next.cues.chars > TEXT || next.cues.role.is_some() || grammar::is_name(next.text(), lexicon)
            }))
}

/// Whether a line that begins with a label is running text: `Moderated by Ana Silva, the session looked at …`.
pub(super) fn is_sentence(pieces: &[Piece<'_>], at: usize, end: usize, lines: usize, lexicon: &Lexicon) -> bool {
    let mut chars = 0;
    for (index, piece) in pieces[at..end].iter().enumerate().take(lines) {
        if index > 0 && begins_anew(&pieces[at + index - 1], piece, lexicon) {
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

/// How many lines the paragraph has that begins at `at`.
pub(super) fn paragraph_lines(pieces: &[Piece<'_>], at: usize, end: usize, lexicon: &Lexicon) -> usize {
    let lines = pieces[at..end].windows(2);
    1 + lines.take_while(|pair| pair[0].cues.end != End::Stop && !begins_anew(&pair[0], &pair[1], lexicon)).count()
}

/// Whether a line is no part of the sentence that the line before it is part of.
fn begins_anew(before: &Piece<'_>, piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    let open = before.cues.end == End::Open;
    // a shorter line, and a capital after it: a paragraph begins there
    let short = before.cues.chars * 10 < piece.cues.chars * 8 && !ends_open(before.text());
    let begins = open && short && piece.cues.begin == Begin::Upper;
    let apart = piece.gap && !(open && piece.cues.begin == Begin::Lower);
    // a credit has no stop where the text below it begins
    begins || apart || piece.label.is_some() || piece.cues.role.is_some() || open && begins_sentence(piece, lexicon)
}

/// The name that fills the first line of a credit, as a range of `text`, which is the lines joined: the office stands on
/// the lines below it.
pub(crate) fn name_line(lines: &[Clean<'_>], text: &str, lexicon: &Lexicon) -> Option<Range<usize>> {
    let [first, second, ..] = lines else { return None };
    let name = grammar::name(&first.text, lexicon)?;
    // the rest of the name would end at a comma: a word, or more where a particle stands beside the break
    let particle = |word: Option<&str>| word.is_some_and(|word| lexicon.is_particle(word));
    let broken_at_particle = |rest: &str| {
        let mut words = rest.split_whitespace();
        let beside = particle(first.text.split_whitespace().next_back()) || particle(words.clone().next());
        beside && words.all(|word| lexicon.is_particle(word) || grammar::may_be_named(word, lexicon))
    };
    let rest = second.text.split_once(',').is_some_and(|(rest, _)| {
        !rest.contains(' ') && !lexicon.is_office(rest) || rest.contains(' ') && broken_at_particle(rest)
    });
    let whole = name.name.end == first.text.trim_end().len() && text.starts_with(first.text.as_ref());
    // the rest of it on a line of its own, over the office
    let broken = lines.get(2).is_some() && is_name_rest(&second.text, lexicon);
    let longer = name.name.start..name.name.end + 1 + second.text.len();
    if whole && broken && text.get(longer.clone()).is_some_and(|name| name.ends_with(second.text.as_ref())) {
        return Some(longer);
    }
    let marked = first.marks.heading > 0 || first.is_bold();
    (whole && !rest && (marked || Begin::of(&second.text) != Begin::Lower)).then_some(name.name)
}

/// The names that are set in bold inside a line.
pub(super) fn bold_names<'c>(line: &'c Clean<'_>, lexicon: &'c Lexicon) -> impl Iterator<Item = &'c Range<usize>> {
    line.marks
        .bold
        .iter()
        .filter(|bold| line.text.get((*bold).clone()).is_some_and(|text| grammar::is_name(text, lexicon)))
}

/// Whether a name in bold stands at `from`, with something in another type behind it.
pub(super) fn starts_bold(line: &Clean<'_>, from: usize, lexicon: &Lexicon) -> bool {
    if line.marks.bold.is_empty() || line.is_bold() {
        return false;
    }
    let line = line.slice(from..line.text.len());
    bold_names(&line, lexicon).next().is_some_and(|bold| bold.start == 0 && bold.end < line.text.len())
}

/// `name office-word …`: the name, where an office follows it with no sign between, as extractors run lines together.
pub(super) fn unparted(text: &str, lexicon: &Lexicon) -> Option<Range<usize>> {
    let name = grammar::name(text, lexicon)?.name;
    let next = text[name.end..].split_whitespace().next()?;
    (text[name.end..].starts_with(' ') && lexicon.is_office(next.trim_end_matches(','))).then_some(name)
}

/// Whether a known name stands at the start of a line, behind honorifics or a name that is printed longer here, with
/// nothing or a sign behind it.
pub(super) fn starts_with_known(text: &str, people: &People, lexicon: &Lexicon) -> bool {
    /// So far in, in bytes.
    const LEAD: usize = 16;
    people.find_all(text.get(..text.len().min(90)).unwrap_or_default()).first().is_some_and(|found| {
        let mut before = text[..found.range.start].split_whitespace();
        let begins = |word: &str| word.starts_with(char::is_uppercase) && !lexicon.is_function_word(word);
        found.range.start <= LEAD && before.all(begins) && {
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

/// Whether a line that begins with a small letter is one of running text, whose beginning stands in another column: it
/// goes on in the next, and has more small words than an office has.
fn is_text(piece: &Piece<'_>, next: Option<&Piece<'_>>) -> bool {
    /// So many longer words without a capital are more than an office has between two commas.
    const SMALL: usize = 3;
    let goes_on = next.is_some_and(|next| !next.gap && next.label.is_none() && next.cues.begin == Begin::Lower);
    let small = |word: &&str| word.starts_with(char::is_lowercase) && word.chars().count() > 4;
    let text = piece.text();
    goes_on && !text.contains(',') && text.split_whitespace().filter(small).count() >= SMALL
}

/// `Ana Silva, Director`: a name and its office on one line.
pub(super) fn is_row(text: &str, lexicon: &Lexicon) -> bool {
    let credit = grammar::credit(text, lexicon);
    credit.is_some_and(|credit| !credit.credit.is_empty() && text[credit.name.end..].starts_with(','))
}

/// Whether more words of a line are small than those of an office are.
fn is_prose(text: &str) -> bool {
    /// `for`, `and`, `with` join the words of an office, in characters.
    const SHORT: usize = 4;
    let small = |word: &&str| word.starts_with(char::is_lowercase) && word.chars().count() > SHORT;
    text.split_whitespace().filter(small).count() * 3 > text.split_whitespace().count()
}

/// Whether a line stands between two credits of one line or more, or between the last of them and another label: whatever
/// its words are, it goes on with the first.
pub(super) fn is_between(pieces: &[Piece<'_>], at: usize, end: usize, people: &People, lexicon: &Lexicon) -> bool {
    /// No office has more lines, without its first.
    const LINES: usize = 5;
    let ends = |piece: &Piece<'_>| {
        let label = piece.cues.role.is_some_and(|(_, rest)| rest == piece.text().len());
        label || is_row(piece.text(), lexicon)
    };
    let goes_on = |piece: &Piece<'_>| {
        !piece.gap
            && piece.label.is_none()
            && piece.entry() == 0
            && piece.cues.opens.is_none()
            && piece.cues.end != End::Stop
            && !begins_sentence(piece, lexicon)
            && !is_prose(piece.text())
            && people.whole(piece.text(), lexicon).is_none()
    };
    let lines = pieces[at..end.min(at + LINES + 1)].iter();
    let rest = lines.take_while(|piece| !ends(piece) && goes_on(piece)).count();
    rest > 0 && pieces[..end].get(at + rest).is_some_and(|next| next.label.is_none() && ends(next))
}

/// Whether `piece` is the rest of the credit in `before`.
pub(super) fn continues(
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
        return !is_text(piece, next);
    }
    // a full line, and a short rest of it; a paragraph goes on with a small letter
    let full = before.cues.chars * 4 >= width * 3;
    let goes_on = next.is_some_and(|next| !next.gap && next.cues.begin == Begin::Lower && next.label.is_none());
    full && piece.cues.chars * 4 < width * 3 && piece.cues.end != End::Stop && !goes_on
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_between_two_credits_are_of_the_first() {
        let rest =
            ["Rivers Project, Agency for the", "Care of Narrow Waters and of the", "Harbours of the Northern Sea"];
        for (below, between) in [
            ("Bo Lind, Minister of Water", true),
            ("MODERATION", true),
            ("The rivers were full of people who", false),
            ("nobody had counted.", false),
        ] {
            let text = rest
                .iter()
                .chain(&[below])
                .fold("Ana Silva, Head, Lower\n".to_owned(), |text, line| text + line + "\n");
            let source = rapporteur_source::Source::new("s", "s", text.into());
            let lexicon = Lexicon::embedded();
            let pieces = crate::piece::pieces(&crate::context::Context::new(&source, &lexicon));
            assert_eq!(is_between(&pieces, 1, pieces.len(), &People::default(), &lexicon), between, "{below}");
        }
    }

    #[test]
    fn offices_begin_with_their_words() {
        let lexicon = Lexicon::embedded();
        for (text, office) in [
            ("Director, Water Agency", true),
            ("Legal Adviser, Lagoon House", true),
            ("Policy Coordinator for legal migration", true),
            ("Lagoon House", false),
            ("former Director", false),
            ("Opening the meeting, the director spoke", false),
        ] {
            assert_eq!(says_office(text, &lexicon), office, "{text}");
        }
    }
}
