//! What the conference is called: the name that stands before its year throughout the text.

use rapporteur_grammar::Lexicon;
use rapporteur_source::{Source, Span, fold};
use rustc_hash::FxHashMap;

/// The name of an edition as the text prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Naming {
    /// The name with the year: `Spring Water Forum 2019`.
    pub(crate) name: String,
    /// Where it is printed first.
    pub(crate) name_span: Span,
    /// The name without the year.
    pub(crate) series: String,
    /// The year.
    pub(crate) year: i16,
    /// The initials of the series: `SWF`.
    pub(crate) initials: String,
    /// The name in capitals.
    shouted: String,
    /// The initials and the year, without and with a space.
    short: [String; 2],
}

impl Naming {
    /// The most frequent run of capitalised words with a word of a conference's name in it and a year behind it.
    pub(crate) fn of(source: &Source, lexicon: &Lexicon) -> Option<Self> {
        let text = source.text();
        let mut found: FxHashMap<String, (usize, Span)> = FxHashMap::default();
        for (at, year) in years(text) {
            let Some(start) = name_before(text, at, lexicon) else { continue };
            let span = Span::new(start, at + year.len());
            let entry = found.entry(fold(source.slice(span))).or_insert((0, span));
            // capitals count less: a heading may have other words run into the name
            let shouted = !source.slice(span).contains(char::is_lowercase);
            entry.0 += if shouted { 1 } else { 4 };
            if source.slice(entry.1).contains('\n') && !source.slice(span).contains('\n') {
                entry.1 = span;
            }
        }
        let (_, (_, span)) =
            found.into_iter().max_by_key(|(_, (count, span))| (*count, std::cmp::Reverse(span.start)))?;
        let words: Vec<&str> = source.slice(span).split_whitespace().collect();
        let (year, series) = words.split_last()?;
        let initials: String = series
            .iter()
            .filter(|word| !is_small(word))
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .collect();
        let (name, year) = (words.join(" "), year.parse::<i16>().ok()?);
        Some(Self {
            shouted: name.to_uppercase(),
            short: ["", " "].map(|space| format!("{initials}{space}{year}")),
            name,
            name_span: span,
            series: series.join(" "),
            year,
            initials,
        })
    }

    /// The short name where `text` holds one: the initials and the year, with or without a space.
    pub(crate) fn short_name_in(&self, text: &str) -> Option<Span> {
        if self.initials.chars().count() < 2 {
            return None;
        }
        self.short.iter().find_map(|form| text.find(form).map(|at| Span::new(at, at + form.len())))
    }

    /// Where the name or the short name stands in `text`, the longest form first.
    pub(crate) fn find(&self, text: &str) -> Option<Span> {
        let whole = |name: &str| text.find(name).map(|at| Span::new(at, at + name.len()));
        whole(&self.name).or_else(|| whole(&self.shouted)).or_else(|| self.short_name_in(text))
    }
}

/// Small words inside a name, which have no initial.
fn is_small(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "of" | "on" | "for" | "and")
}

/// The years of a text: four digits of this or the last century with no digit beside them.
pub(crate) fn years(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    memchr_two(bytes).filter_map(move |at| {
        let digits = bytes.get(at..at + 4)?;
        let alone = digits.iter().all(u8::is_ascii_digit)
            && bytes.get(at + 4).is_none_or(|b| !b.is_ascii_digit())
            && (at == 0 || !bytes[at - 1].is_ascii_digit());
        (alone && matches!(&digits[..2], b"19" | b"20")).then(|| (at, &text[at..at + 4]))
    })
}

fn memchr_two(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    bytes.windows(2).enumerate().filter(|(_, pair)| matches!(*pair, [b'1', b'9'] | [b'2', b'0'])).map(|(at, _)| at)
}

/// Where the run of capitalised words before `at` starts, if it has a word of a conference's name and no sentence ends
/// in it.
fn name_before(text: &str, at: usize, lexicon: &Lexicon) -> Option<usize> {
    /// Most words of a conference's name.
    const LONGEST: usize = 8;
    /// So many words with one of a conference's name are all of it.
    const WHOLE: usize = 3;
    let mut start = None;
    let mut rest = text[..at].trim_end();
    if rest.len() == at || text[rest.len()..at].matches('\n').count() > 1 {
        return None;
    }
    let mut conference = false;
    let mut mixed = false;
    for _ in 0..LONGEST {
        let from = rest.len() - rest.rsplit(char::is_whitespace).next().map_or(0, str::len);
        // marks of the extractor may stand before the first word
        let marks = rest[from..].len()
            - rest[from..].trim_start_matches(['\u{feff}', '`', '*', '_', '~', '#', '“', '"', '(']).len();
        let from = from + marks;
        let word = &rest[from..];
        let capital = word.starts_with(char::is_uppercase);
        let plain = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '&' | '’' | '\''));
        let small = is_small(word);
        if !plain
            || !(capital || small)
            || small && start.is_none()
            || capital && !small && lexicon.is_function_word(word)
        {
            break;
        }
        // a heading in capitals that was run into the name
        let shouted = word.len() > 1 && !word.contains(char::is_lowercase);
        if shouted && mixed {
            break;
        }
        mixed |= !shouted;
        if capital && !small {
            start = Some(from);
            conference |= lexicon.is_conference(word);
        }
        let before = rest[..from].trim_end();
        if marks > 0 || rest[before.len()..from].contains('\n') {
            // `Spring Water` over `Forum 2019`: one word is no name yet
            let breaks = rest[before.len()..from].matches('\n').count() == 1;
            if start == Some(from)
                && marks == 0
                && breaks
                && let Some(line) = capitals_line(before, lexicon)
                && (before[line..].contains(char::is_lowercase) || !mixed)
                && !(conference && text[from..at].split_whitespace().count() >= WHOLE)
            {
                conference |= before[line..].split_whitespace().any(|word| lexicon.is_conference(word));
                start = Some(line);
            }
            break;
        }
        rest = before;
        if rest.is_empty() {
            break;
        }
    }
    let start = start?;
    // two words at least: `Conference 2021` names nothing
    (conference && text[start..at].split_whitespace().count() > 1).then_some(start)
}

/// Where the last line of `text` starts, if that is a few words with capitals, as a name has them, and no more.
fn capitals_line(text: &str, lexicon: &Lexicon) -> Option<usize> {
    /// More words before the break of a name are something else.
    const LONGEST: usize = 4;
    let line = &text[text.rfind('\n').map_or(0, |end| end + 1)..];
    let named = |word: &str| {
        let plain = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '&' | '’' | '\''));
        plain && (is_small(word) || word.starts_with(char::is_uppercase) && !lexicon.is_function_word(word))
    };
    let words = line.split_whitespace().count();
    let start = text.len() - line.trim_start().len();
    let first = line.split_whitespace().next().is_some_and(|word| !is_small(word));
    ((1..=LONGEST).contains(&words) && first && line.split_whitespace().all(named)).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_stands_before_its_year() {
        let lexicon = Lexicon::embedded();
        for (text, name, initials) in [
            ("AGENDA SPRING WATER FORUM 2019\nThe Spring Water Forum 2019 took", "Spring Water Forum 2019", "SWF"),
            ("Spring Water Forum\n2019\nat the Spring Water Forum 2019, held", "Spring Water Forum 2019", "SWF"),
            ("Forum on\nWater 2019\nRules for rivers", "Forum on Water 2019", "FW"),
            ("Spring Water\nForum 2019\nRules for rivers", "Spring Water Forum 2019", "SWF"),
            ("Rules for\nRivers\nSpring Water Forum 2019\nRules for rivers", "Spring Water Forum 2019", "SWF"),
            ("REPORT\nSpring Water Forum 2019\nRules for rivers", "Spring Water Forum 2019", "SWF"),
            ("THE DEBATES Spring Water Forum 2019 PANEL", "Spring Water Forum 2019", "SWF"),
            ("the Forum on Water 2019 was", "Forum on Water 2019", "FW"),
            ("FORUM ON WATER 2019", "FORUM ON WATER 2019", "FW"),
        ] {
            let source = Source::new("s", "s", text.into());
            let naming = Naming::of(&source, &lexicon).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((naming.name.as_str(), naming.initials.as_str(), naming.year), (name, initials, 2019), "{text}");
        }
        let source = Source::new("s", "s", "In 2019 the Conference 2019 met.".into());
        assert_eq!(Naming::of(&source, &lexicon), None);
    }
}
