//! Names of people, and their offices as printed after them.

use std::ops::Range;
use std::sync::LazyLock;

use celes::{Country, LookupTable};
use rapporteur_source::fold;
use rustc_hash::FxHashMap;

use crate::Lexicon;

/// A name at the start of a text, as ranges of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The honorifics before it: `H.E. Dr`.
    pub honorific: Range<usize>,
    /// The name.
    pub name: Range<usize>,
}

/// A person as printed with an office, as ranges of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedCredit {
    /// Honorifics before the name; empty where there are none.
    pub honorific: Range<usize>,
    /// The name.
    pub name: Range<usize>,
    /// All that stands after it, without the separator; empty where nothing does.
    pub credit: Range<usize>,
    /// Whether a note says that the person took part online.
    pub online: bool,
}

/// The parts of a credit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Affiliation {
    /// The office; all of it where the parts cannot be told apart.
    pub office: Option<String>,
    /// The organisation with its unit.
    pub organisation: Option<String>,
    /// The state, where it is a part of its own.
    pub country: Option<String>,
    /// ISO 3166-1 alpha-2 of the state.
    pub country_code: Option<String>,
}

/// Most words that a name has.
const LONGEST_NAME: usize = 8;

/// `name = { honorific } word { word | particle } word`: the longest name that `text` starts with.
///
/// A word of a name begins with a capital (or is an initial) and is no word of an office or organisation. Two words at
/// least.
#[must_use]
pub fn name(text: &str, lexicon: &Lexicon) -> Option<Name> {
    let start = text.len() - text.trim_start().len();
    let honorific = honorifics(text, start, lexicon);
    let from = honorific.end + (text[honorific.end..].len() - text[honorific.end..].trim_start().len());
    let mut end = None;
    let mut words = 0;
    let mut capitals = 0;
    for word in Words::new(text, from) {
        let (body, last) = match word.text.char_indices().find(|&(_, c)| matches!(c, ',' | '|' | '(' | ':' | ';')) {
            Some((at, _)) => (&word.text[..at], true),
            None => (word.text, false),
        };
        if body.is_empty() || words == LONGEST_NAME {
            break;
        }
        // `Northern Rail AG`
        if words > 0 && lexicon.is_legal_form(body) {
            return None;
        }
        if is_name_word(body) && !is_foreign(body, lexicon) {
            words += 1;
            capitals += 1;
            end = Some(word.start + body.len());
        } else if capitals > 0 && !last && lexicon.is_particle(body) && !body.contains('.') {
            words += 1;
        } else if capitals == 0 && lexicon.is_particle(body) && body.starts_with(char::is_lowercase) {
            // `de Silva`: a name may begin with its particle, but only before a capital
            words += 1;
        } else {
            break;
        }
        if last {
            break;
        }
    }
    let end = end?;
    (capitals >= 2).then_some(Name { honorific, name: from..end })
}

/// `head = "Name" { ( "|" | space ) ( "Position" | "Organisation" | … ) }`: the head of a table of people. How many of its
/// columns stand here: on a line of its own, one may.
#[must_use]
pub fn people_columns(text: &str, lexicon: &Lexicon) -> usize {
    /// A head is no longer, in bytes.
    const LONGEST: usize = 60;
    if text.len() > LONGEST {
        return 0;
    }
    let is = |known: &[String], word: &str| known.iter().any(|known| known.eq_ignore_ascii_case(word));
    let people = &lexicon.words.people;
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '/' | '&')).filter(|word| !word.is_empty());
    let named = words.clone().next().is_some_and(|first| is(&people.name_columns, first));
    let known = words
        .clone()
        .all(|word| is(&people.columns, word) || is(&people.name_columns, word) || lexicon.is_function_word(word));
    if known && named { words.count() } else { 0 }
}

/// Whether all of `text` is one name, with or without honorifics.
#[must_use]
pub fn is_name(text: &str, lexicon: &Lexicon) -> bool {
    let text = text.trim();
    name(text, lexicon).is_some_and(|found| found.name.end == text.len())
}

/// Whether all words of `text` may be part of a name, as the rest of one on a line of its own is.
#[must_use]
pub fn may_be_named(text: &str, lexicon: &Lexicon) -> bool {
    let mut words = text.split_whitespace().peekable();
    words.peek().is_some() && words.all(|word| is_name_word(word) && !is_foreign(word, lexicon))
}

/// `credit = name ( "," | "|" | "(" | dash | ":" ) rest`
#[must_use]
pub fn credit(text: &str, lexicon: &Lexicon) -> Option<PrintedCredit> {
    let found = name(text, lexicon)?;
    after_name(text, found, lexicon)
}

/// A credit whose name is known to be the first `end` bytes of `text`.
#[must_use]
pub fn credit_of(text: &str, name: Range<usize>, lexicon: &Lexicon) -> PrintedCredit {
    let honorific = 0..text[..name.start].trim_end().len();
    let found = Name { honorific, name };
    let end = found.name.end;
    after_name(text, found.clone(), lexicon).unwrap_or_else(|| {
        let lead = text[end..].len() - text[end..].trim_start().len();
        PrintedCredit {
            honorific: found.honorific,
            name: found.name,
            credit: end + lead..text.trim_end().len().max(end + lead),
            online: false,
        }
    })
}

fn after_name(text: &str, found: Name, lexicon: &Lexicon) -> Option<PrintedCredit> {
    let mut at = found.name.end;
    let mut online = false;
    // a note in parentheses between name and office
    if let Some((length, note)) = parenthesis(&text[at..])
        && is_online(note, lexicon)
    {
        online = true;
        at += length;
    }
    let rest = &text[at..];
    let trimmed = rest.trim_start();
    let lead = rest.len() - trimmed.len();
    if trimmed.is_empty() {
        return Some(PrintedCredit { honorific: found.honorific, name: found.name, credit: at..at, online });
    }
    let separator = match trimmed.chars().next()? {
        c @ (',' | '|' | ':' | ';' | '(') => c,
        c @ ('–' | '—' | '-') if lead > 0 && trimmed[c.len_utf8()..].starts_with(' ') => c,
        _ => return None,
    };
    let mut start = at + lead + separator.len_utf8();
    start += text[start..].len() - text[start..].trim_start().len();
    let mut end = text.trim_end().len().max(start);
    if separator == '(' {
        end = text[start..end].rfind(')').map_or(end, |close| start + close);
    }
    // a note at the end
    if let Some(open) = text[start..end].rfind('(')
        && let Some((length, note)) = parenthesis(&text[start + open..end])
        && start + open + length == end
        && is_online(note, lexicon)
    {
        online = true;
        end = start + text[start..start + open].trim_end().len();
    }
    Some(PrintedCredit { honorific: found.honorific, name: found.name, credit: start..end, online })
}

/// The parts of a credit. `parts` are what is printed on lines of their own, or the whole credit.
#[must_use]
pub fn affiliation(credit: &str, lexicon: &Lexicon) -> Affiliation {
    let mut parts: Vec<&str> = credit.split(", ").map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut affiliation = Affiliation::default();
    if parts.len() > 1
        && let Some(code) = parts.last().and_then(|part| country_code(part, lexicon))
    {
        affiliation.country = parts.pop().map(str::to_owned);
        affiliation.country_code = Some(code.to_owned());
    }
    let bare = |part: &str| part.split_whitespace().all(|word| lexicon.is_office(word));
    let split = if parts.len() > 1 && bare(parts[0]) {
        // a second office: `Co-Founder, Executive Director and Principal Investigator, Agency`
        let second = |part: &&&str| part.split_whitespace().take(2).filter(|word| lexicon.is_office(word)).count() == 2;
        1 + parts[1..parts.len() - 1].iter().take_while(second).count()
    } else {
        parts.iter().skip(1).position(|part| is_organisation(part, lexicon)).map_or(parts.len(), |at| at + 1)
    };
    let join = |parts: &[&str]| (!parts.is_empty()).then(|| parts.join(", "));
    affiliation.office = join(&parts[..split]);
    affiliation.organisation = join(&parts[split..]);
    affiliation
}

/// The ISO 3166-1 alpha-2 code of a state as printed.
#[must_use]
pub fn country_code(name: &str, lexicon: &Lexicon) -> Option<&'static str> {
    static COUNTRIES: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
        let mut names = FxHashMap::default();
        for country in Country::get_countries() {
            names.insert(fold(country.long_name), country.alpha2);
            for alias in country.aliases.iter() {
                names.insert(fold(alias), country.alpha2);
            }
        }
        names
    });
    if name.len() > 80 || !name.contains(char::is_uppercase) {
        return None;
    }
    let folded = fold(name);
    let bare = folded.strip_prefix("the").unwrap_or(&folded);
    lexicon
        .words
        .countries
        .iter()
        .find(|(known, _)| fold(known) == folded)
        .and_then(|(_, code)| Country::from_alpha2(code).ok().map(|country| country.alpha2))
        .or_else(|| COUNTRIES.get(&folded).or_else(|| COUNTRIES.get(bare)).copied())
}

/// Whether a part of a credit names an organisation: it has a word of one, or is an abbreviation.
fn is_organisation(part: &str, lexicon: &Lexicon) -> bool {
    let abbreviation = part.chars().filter(|c| c.is_uppercase()).count() > 1 && !part.contains(' ') && part.len() <= 12;
    abbreviation || part.split(|c: char| c.is_whitespace() || c == '/').any(|word| lexicon.is_organisation(word))
}

fn honorifics(text: &str, start: usize, lexicon: &Lexicon) -> Range<usize> {
    let mut end = start;
    for word in Words::new(text, start) {
        if !word.text.starts_with(char::is_uppercase) || !lexicon.is_honorific(word.text.trim_end_matches(',')) {
            break;
        }
        end = word.start + word.text.len();
    }
    start..end
}

/// A word that may be part of a name: a capital first, letters, hyphens, apostrophes; an initial or a short form with
/// its full stop.
fn is_name_word(word: &str) -> bool {
    let mut chars = word.chars();
    let first = chars.next().is_some_and(char::is_uppercase)
        || (word.starts_with(['‘', '’', '\'']) && word.chars().nth(1).is_some_and(char::is_uppercase));
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let stop = word.ends_with('.');
    let well_formed = word.char_indices().all(|(at, c)| {
        c.is_alphabetic()
            // a mark that no letter has as its own: `ọ̀`
            || at > 0 && matches!(c, '\u{300}'..='\u{36f}')
            || matches!(c, '-' | '‐' | '’' | '\'' | '‘')
            // where a line broke
            || at > 0 && c == '\u{ad}'
            || (c == '.' && (at + 1 == word.len() || letters <= 3))
    });
    // `al-Rawi`, `d'Estaing`
    let prefixed = word.split(['-', '’', '\'']).nth(1).is_some_and(|part| part.starts_with(char::is_uppercase))
        && word.chars().take_while(|c| c.is_lowercase()).count() <= 3;
    // `ffrench`
    let doubled = word.starts_with("ff") && word.contains('-');
    (first || prefixed || doubled) && well_formed && letters > 0 && (!stop || letters <= 3)
}

/// A word with a capital that is more likely one of an office, an organisation, a date or a sentence than of a name.
fn is_foreign(word: &str, lexicon: &Lexicon) -> bool {
    let bare = word.trim_end_matches('.');
    // an initial
    if bare.len() < word.len() && bare.chars().count() == 1 {
        return false;
    }
    // `Editor-in-Chief`
    let compound = bare.contains('-')
        && bare.split('-').all(|part| lexicon.is_office(part) || lexicon.is_function_word(part))
        && bare.split('-').any(|part| lexicon.is_office(part));
    compound
        || lexicon.is_office(bare)
        || lexicon.is_organisation(bare)
        || (bare.chars().count() > 3 && (lexicon.month(bare).is_some() || lexicon.weekday(bare).is_some()))
        || lexicon.is_function_word(bare)
}

fn parenthesis(text: &str) -> Option<(usize, &str)> {
    let trimmed = text.trim_start();
    let body = trimmed.strip_prefix('(')?;
    let close = body.find(')')?;
    Some((text.len() - trimmed.len() + close + 2, &body[..close]))
}

fn is_online(note: &str, lexicon: &Lexicon) -> bool {
    lexicon.words.people.online.iter().any(|known| fold(known) == fold(note))
}

/// The words of a text from an offset on, with where they start.
struct Words<'a> {
    text: &'a str,
    at: usize,
}

struct Word<'a> {
    start: usize,
    text: &'a str,
}

impl<'a> Words<'a> {
    fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let rest = &self.text[self.at..];
        let trimmed = rest.trim_start();
        let start = self.at + rest.len() - trimmed.len();
        let length = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
        self.at = start + length;
        (length > 0).then(|| Word { start, text: &trimmed[..length] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_table_of_people_begins_with_the_names() {
        let lexicon = Lexicon::embedded();
        for (text, columns) in [
            ("| Name | Position |", 2),
            ("|Name|Position|", 2),
            ("Name                      Position", 2),
            ("NAME Function Organisation", 3),
            ("Name", 1),
            ("Position", 0),
            ("Time | Title", 0),
            ("Name of the ship", 0),
            ("Name your price", 0),
        ] {
            assert_eq!(people_columns(text, &lexicon), columns, "{text}");
        }
    }

    #[test]
    fn names_of_every_form() {
        let lexicon = Lexicon::embedded();
        for (text, honorific, expected) in [
            ("Ana Silva, Executive Director", "", "Ana Silva"),
            ("H.E. Dr Sulaiman Sulaiman", "H.E. Dr", "Sulaiman Sulaiman"),
            ("H.E. Lt. Gen. Ibrahim B. Lawal | Minister", "H.E. Lt. Gen.", "Ibrahim B. Lawal"),
            ("Md. Karim Uddin, Secretary", "", "Md. Karim Uddin"),
            ("Linda Tan Mei Lo", "", "Linda Tan Mei Lo"),
            ("Julie de Wit State Secretary", "", "Julie de Wit"),
            ("Helena de Vries", "", "Helena de Vries"),
            ("Peter J. Holm, Principal", "", "Peter J. Holm"),
            ("Dr Orla A. Venn, Director", "Dr", "Orla A. Venn"),
            ("Grace Obi-Adamu (Director-General)", "", "Grace Obi-Adamu"),
            ("Fiona O'Brien, Deputy", "", "Fiona O'Brien"),
            ("Sigrid Ånestad", "", "Sigrid Ånestad"),
            ("PETER FISCHER", "", "PETER FISCHER"),
            ("Joana Sa, Director", "", "Joana Sa"),
            ("H.E. Ana Inés de la Torre y Soto, Director", "H.E.", "Ana Inés de la Torre y Soto"),
            ("Tunde Ay\u{1ecd}\u{300}, Director", "", "Tunde Ay\u{1ecd}\u{300}"),
            ("Aminah binti Salleh, Director", "", "Aminah binti Salleh"),
            ("Hugh ffoulkes-Lee, Director", "", "Hugh ffoulkes-Lee"),
        ] {
            let found = name(text, &lexicon).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((&text[found.honorific], &text[found.name]), (honorific, expected), "{text}");
        }
        for text in [
            "Director General",
            "Harbour Commission",
            "The panel concluded",
            "Minister of Security",
            "Editor-in-Chief Silva",
            "ISWF",
            "Ministry of Rivers",
            "October 2021",
            "In conversation",
            "Halden Rail AG",
            "Brenn Mobility GmbH, Lund",
            "",
        ] {
            assert!(!is_name(text, &lexicon), "{text}");
        }
    }

    #[test]
    fn credits_of_every_form() {
        let lexicon = Lexicon::embedded();
        for (text, expected, office, online) in [
            ("Ana Silva, Executive Director, ISWF", "Ana Silva", "Executive Director, ISWF", false),
            ("Ivan Petrov | Deputy Minister, Bulgaria", "Ivan Petrov", "Deputy Minister, Bulgaria", false),
            ("Ana Silva (Director, Agency)", "Ana Silva", "Director, Agency", false),
            ("Ana Silva – Director, Agency", "Ana Silva", "Director, Agency", false),
            (
                "Marco Fuentes, Acting Deputy, United States (online)",
                "Marco Fuentes",
                "Acting Deputy, United States",
                true,
            ),
            ("Marco Fuentes (online)", "Marco Fuentes", "", true),
            ("Ana Silva", "Ana Silva", "", false),
        ] {
            let found = credit(text, &lexicon).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((&text[found.name], &text[found.credit], found.online), (expected, office, online), "{text}");
        }
        assert_eq!(credit("Ana Silva emphasised that", &lexicon), None);
    }

    #[test]
    fn credits_come_apart() {
        let lexicon = Lexicon::embedded();
        for (text, office, organisation, code) in [
            ("Director General, ISWF", "Director General", Some("ISWF"), None),
            ("Minister of Security, Bosnia and Herzegovina", "Minister of Security", None, Some("BA")),
            (
                "Director, Flood Management Department, Ministry of Foreign and Coastal Affairs, Slovakia",
                "Director",
                Some("Flood Management Department, Ministry of Foreign and Coastal Affairs"),
                Some("SK"),
            ),
            (
                "Commissioner for Water, Coastal Affairs and Rural Development, Nordic Union Commission",
                "Commissioner for Water, Coastal Affairs and Rural Development",
                Some("Nordic Union Commission"),
                None,
            ),
            ("Austrian Federal Chancellor", "Austrian Federal Chancellor", None, None),
            (
                "State Secretary, Ministry of Rivers, the former Yugoslav Republic of Macedonia",
                "State Secretary",
                Some("Ministry of Rivers"),
                Some("MK"),
            ),
        ] {
            let found = affiliation(text, &lexicon);
            assert_eq!(
                (found.office.as_deref(), found.organisation.as_deref(), found.country_code.as_deref()),
                (Some(office), organisation, code),
                "{text}"
            );
        }
    }
}
