use std::{collections::BTreeMap, fmt};

use rapporteur_source::{Span, fold, fold_words};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// The words that the parser knows, as data.
///
/// [`Lexicon::embedded`] is the file that comes with the tool ([`Lexicon::TEXT`]); [`Lexicon::extended`] adds a user's.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// The lists as written.
    pub words: Words,
    /// Folded phrases and what they are; see [`Phrase`].
    phrases: FxHashMap<String, Vec<Phrase>>,
    /// How folded phrases begin.
    openings: FxHashSet<[u8; 3]>,
    /// Most words in any phrase.
    longest: usize,
    /// The words of each kind of session, by what they fold to.
    kinds: FxHashMap<String, String>,
    honorifics: FxHashMap<String, ()>,
    particles: FxHashMap<String, ()>,
    offices: WordsAndEndings,
    organisations: WordsAndEndings,
    conferences: WordsAndEndings,
    function_words: FxHashMap<String, ()>,
    takeaways: FxHashMap<String, ()>,
    legal_forms: FxHashMap<String, ()>,
    entries: FxHashMap<String, ()>,
    months: FxHashMap<String, u8>,
    weekdays: FxHashMap<String, u8>,
    cardinals: FxHashMap<String, usize>,
    ordinals: FxHashMap<String, usize>,
}

/// Words, and what longer words end in: the entries that begin with a hyphen.
#[derive(Clone, Debug, Default)]
struct WordsAndEndings {
    words: FxHashMap<String, ()>,
    endings: Vec<String>,
}

impl WordsAndEndings {
    fn of(list: &[String]) -> Self {
        let (endings, words): (Vec<&String>, Vec<&String>) = list.iter().partition(|entry| entry.starts_with('-'));
        Self {
            words: words.into_iter().map(|word| (fold(word), ())).collect(),
            endings: endings.into_iter().map(|ending| fold(ending)).collect(),
        }
    }

    fn contains(&self, word: &str) -> bool {
        /// What stands before an ending is a word itself, of no fewer letters.
        const SHORTEST: usize = 3;
        let folded = fold(word);
        self.words.contains_key(&folded)
            || self
                .endings
                .iter()
                .any(|ending| folded.len() >= ending.len() + SHORTEST && folded.ends_with(ending.as_str()))
    }
}

/// What a phrase of the lexicon is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// A label before names.
    Role(Role),
    /// A kind of session.
    Kind(Kind),
    /// A heading of a part of the report.
    Section(Section),
    /// A heading of staff credits.
    Credits(CreditGroup),
}

/// Whom a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Those on stage.
    Speakers,
    /// Those who moderate.
    Moderators,
    /// Those who wrote.
    Authors,
}

/// A kind of session; the closed list of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names of the document's closed list, described there")]
pub enum Kind {
    Keynote,
    Panel,
    HighLevelPanel,
    Dialogue,
    Conversation,
    Debate,
    SideEvent,
    Other,
    Opening,
    Closing,
}

/// A part of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the keys of the lexicon's table")]
pub enum Section {
    Contents,
    Agenda,
    Introduction,
    Discussions,
    Speakers,
    Reflections,
    Conclusions,
    Figures,
    Impressions,
    Venues,
    Imprint,
    About,
    Team,
    Recommendations,
    Takeaways,
    Posts,
}

/// What stands under a heading of staff credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CreditGroup {
    /// Several people of one group.
    Group,
    /// The person who did this.
    Role,
    /// Firms and photographers: no member of staff.
    Other,
}

macro_rules! tables {
    ($($(#[$meta:meta])* $name:ident { $($field:ident: $kind:ty),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        #[allow(missing_docs, reason = "the keys of the lexicon, explained in its file")]
        pub struct $name { $(pub $field: $kind,)+ }

        impl $name {
            fn extend(&mut self, other: Self) { $(Add::add(&mut self.$field, other.$field);)+ }
        }

        impl Add for $name {
            fn add(&mut self, other: Self) { self.extend(other); }
        }
    )+};
}

/// Adding a user's list to ours.
trait Add {
    fn add(&mut self, other: Self);
}
impl Add for Vec<String> {
    fn add(&mut self, other: Self) {
        self.extend(other);
    }
}
impl Add for String {
    fn add(&mut self, other: Self) {
        self.push_str(&other);
    }
}
impl Add for BTreeMap<String, String> {
    fn add(&mut self, other: Self) {
        self.extend(other);
    }
}
/// Lists by position (months, weekdays, numbers): names are added at their place.
impl Add for Vec<Vec<String>> {
    fn add(&mut self, other: Self) {
        if self.len() < other.len() {
            self.resize(other.len(), Vec::new());
        }
        for (names, more) in self.iter_mut().zip(other) {
            names.extend(more);
        }
    }
}
tables! {
    /// The tables of the lexicon.
    Words {
        roles: Roles, session_kinds: SessionKinds, sections: Sections, takeaways: Takeaways, credits: Credits,
        links: Links, captions: Captions, boilerplate: Boilerplate, dates: Dates, numbers: Numbers, counts: Counts,
        edition: EditionWords, people: People, glyphs: Glyphs, abbreviations: Abbreviations,
        countries: BTreeMap<String, String>,
    }
    /// Labels before names.
    Roles { speakers: Vec<String>, moderators: Vec<String>, authors: Vec<String> }
    /// Kinds of session.
    SessionKinds {
        keynote: Vec<String>, panel: Vec<String>, high_level_panel: Vec<String>, dialogue: Vec<String>,
        conversation: Vec<String>, debate: Vec<String>, side_event: Vec<String>, other: Vec<String>, opening: Vec<String>,
        closing: Vec<String>, modifiers: Vec<String>, nouns: Vec<String>,
    }
    /// Headings of parts.
    Sections {
        contents: Vec<String>, agenda: Vec<String>, introduction: Vec<String>, discussions: Vec<String>,
        speakers: Vec<String>, reflections: Vec<String>, conclusions: Vec<String>, figures: Vec<String>,
        impressions: Vec<String>, venues: Vec<String>, imprint: Vec<String>, about: Vec<String>, team: Vec<String>,
        recommendations: Vec<String>, takeaways: Vec<String>, posts: Vec<String>,
    }
    /// What takeaways are called.
    Takeaways { words: Vec<String>, entries: Vec<String> }
    /// Staff credits.
    Credits { groups: Vec<String>, roles: Vec<String>, other: Vec<String>, photographs: Vec<String>, legal_forms: Vec<String> }
    /// Calls to action.
    Links { verbs: Vec<String>, phrases: Vec<String>, follow: Vec<String> }
    /// What captions say.
    Captions { clauses: Vec<String>, leads: Vec<String> }
    /// Phrases of legal text and the like.
    Boilerplate { legal: Vec<String>, sponsors: Vec<String>, organiser: Vec<String> }
    /// Words of dates and times.
    Dates {
        months: Vec<Vec<String>>, weekdays: Vec<Vec<String>>, until: Vec<String>, day: Vec<String>, clock: Vec<String>,
        morning: Vec<String>, afternoon: Vec<String>, page: Vec<String>, columns: Vec<String>,
    }
    /// Number words.
    Numbers {
        cardinals: Vec<Vec<String>>, ordinals: Vec<Vec<String>>, ordinal_suffixes: Vec<String>, session: Vec<String>,
        edition: Vec<String>, share: Vec<String>, about: Vec<String>,
    }
    /// What a report counts of itself.
    Counts { sessions: Vec<String>, summaries: Vec<String>, speakers: Vec<String>, moderators: Vec<String>, takeaways: Vec<String> }
    /// Words about an edition.
    EditionWords {
        conference: Vec<String>, venue: Vec<String>, at: Vec<String>, report: Vec<String>, organised: Vec<String>,
        theme: Vec<String>, hybrid: Vec<String>, online: Vec<String>,
    }
    /// Words of names and offices.
    People {
        honorifics: Vec<String>, particles: Vec<String>, name_columns: Vec<String>, columns: Vec<String>,
        offices: Vec<String>, organisations: Vec<String>,
        function_words: Vec<String>, online: Vec<String>, moderated: Vec<String>,
    }
    /// Signs.
    Glyphs {
        bullets: String, arrows: String, circled: String, circled_filled: String, symbols: String, quotes: Vec<String>,
    }
    /// What ends in a full stop without ending a sentence.
    Abbreviations { words: Vec<String> }
}

/// Why a lexicon file could not be used.
#[derive(Debug)]
pub struct LexiconError {
    /// What is the matter, in words.
    pub message: String,
    /// Where in the file, as far as it is known.
    pub span: Option<Span>,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for LexiconError {}

impl Lexicon {
    /// The lexicon file that comes with the tool, with its comments.
    pub const TEXT: &'static str = include_str!("lexicon.toml");

    /// The lexicon that comes with the tool.
    ///
    /// # Panics
    /// Never: that the file is well-formed is tested.
    #[must_use]
    pub fn embedded() -> Self {
        Self::index(read(Self::TEXT).expect("the embedded lexicon is well-formed"))
    }

    /// The embedded lexicon with the lists of a user's file added.
    ///
    /// # Errors
    /// Where `file` is not TOML of the lexicon's shape; the error says where.
    pub fn extended(file: &str) -> Result<Self, LexiconError> {
        let mut words = read(Self::TEXT)?;
        words.extend(read(file)?);
        Ok(Self::index(words))
    }

    fn index(words: Words) -> Self {
        let mut lexicon = Self { words, ..Self::default() };
        lexicon.index_phrases();
        let people = &lexicon.words.people;
        let set = |list: &[String]| list.iter().map(|word| (fold(word), ())).collect();
        lexicon.honorifics = set(&people.honorifics);
        lexicon.particles = set(&people.particles);
        lexicon.offices = WordsAndEndings::of(&people.offices);
        lexicon.organisations = WordsAndEndings::of(&people.organisations);
        lexicon.conferences = WordsAndEndings::of(&lexicon.words.edition.conference);
        lexicon.legal_forms = set(&lexicon.words.credits.legal_forms);
        lexicon.function_words = set(&people.function_words);
        lexicon.takeaways = set(&lexicon.words.takeaways.words);
        lexicon.entries = set(&lexicon.words.takeaways.entries);
        let dates = &lexicon.words.dates;
        lexicon.months = places(&dates.months).map(|(word, at)| (word, at as u8 + 1)).collect();
        lexicon.weekdays = places(&dates.weekdays).map(|(word, at)| (word, at as u8 + 1)).collect();
        lexicon.cardinals = places(&lexicon.words.numbers.cardinals).map(|(word, at)| (word, at + 1)).collect();
        lexicon.ordinals = places(&lexicon.words.numbers.ordinals).map(|(word, at)| (word, at + 1)).collect();
        lexicon
    }

    fn index_phrases(&mut self) {
        let words = &self.words;
        let (roles, kinds, sections, credits) = (&words.roles, &words.session_kinds, &words.sections, &words.credits);
        let lists: [(&[String], Phrase); 32] = [
            (&roles.speakers, Phrase::Role(Role::Speakers)),
            (&roles.moderators, Phrase::Role(Role::Moderators)),
            (&roles.authors, Phrase::Role(Role::Authors)),
            (&kinds.keynote, Phrase::Kind(Kind::Keynote)),
            (&kinds.panel, Phrase::Kind(Kind::Panel)),
            (&kinds.high_level_panel, Phrase::Kind(Kind::HighLevelPanel)),
            (&kinds.dialogue, Phrase::Kind(Kind::Dialogue)),
            (&kinds.conversation, Phrase::Kind(Kind::Conversation)),
            (&kinds.debate, Phrase::Kind(Kind::Debate)),
            (&kinds.side_event, Phrase::Kind(Kind::SideEvent)),
            (&kinds.other, Phrase::Kind(Kind::Other)),
            (&kinds.opening, Phrase::Kind(Kind::Opening)),
            (&kinds.closing, Phrase::Kind(Kind::Closing)),
            (&sections.contents, Phrase::Section(Section::Contents)),
            (&sections.agenda, Phrase::Section(Section::Agenda)),
            (&sections.introduction, Phrase::Section(Section::Introduction)),
            (&sections.discussions, Phrase::Section(Section::Discussions)),
            (&sections.speakers, Phrase::Section(Section::Speakers)),
            (&sections.reflections, Phrase::Section(Section::Reflections)),
            (&sections.conclusions, Phrase::Section(Section::Conclusions)),
            (&sections.figures, Phrase::Section(Section::Figures)),
            (&sections.impressions, Phrase::Section(Section::Impressions)),
            (&sections.venues, Phrase::Section(Section::Venues)),
            (&sections.imprint, Phrase::Section(Section::Imprint)),
            (&sections.about, Phrase::Section(Section::About)),
            (&sections.team, Phrase::Section(Section::Team)),
            (&sections.recommendations, Phrase::Section(Section::Recommendations)),
            (&sections.takeaways, Phrase::Section(Section::Takeaways)),
            (&sections.posts, Phrase::Section(Section::Posts)),
            (&credits.groups, Phrase::Credits(CreditGroup::Group)),
            (&credits.roles, Phrase::Credits(CreditGroup::Role)),
            (&credits.other, Phrase::Credits(CreditGroup::Other)),
        ];
        let mut phrases: FxHashMap<String, Vec<Phrase>> = FxHashMap::default();
        let mut longest = 0;
        let mut printed: FxHashMap<String, String> = FxHashMap::default();
        for (list, phrase) in lists {
            for words in list {
                if matches!(phrase, Phrase::Kind(_)) {
                    printed.entry(fold(words)).or_insert_with(|| words.clone());
                }
                longest = longest.max(fold_words(words).split(' ').count());
                let known = phrases.entry(fold(words)).or_default();
                if !known.contains(&phrase) {
                    known.push(phrase);
                }
            }
        }
        let alone = [
            (&kinds.keynote, Kind::Keynote),
            (&kinds.panel, Kind::Panel),
            (&kinds.dialogue, Kind::Dialogue),
            (&kinds.conversation, Kind::Conversation),
            (&kinds.debate, Kind::Debate),
            (&kinds.other, Kind::Other),
            (&kinds.nouns, Kind::Other),
        ];
        for (list, kind) in alone {
            for noun in list {
                longest = longest.max(fold_words(noun).split(' ').count() + 1);
                for modifier in &kinds.modifiers {
                    // what the lists say of the whole phrase comes first
                    let folded = fold(modifier) + &fold(noun);
                    printed.entry(folded.clone()).or_insert_with(|| format!("{modifier} {noun}"));
                    phrases.entry(folded).or_insert_with(|| vec![Phrase::Kind(kind)]);
                }
            }
        }
        self.openings = phrases.keys().filter_map(|phrase| phrase.as_bytes().first_chunk().copied()).collect();
        self.phrases = phrases;
        self.kinds = printed;
        self.longest = longest;
    }

    /// What a whole phrase is; nothing where the lexicon does not have it.
    #[must_use]
    pub fn phrase(&self, text: &str) -> &[Phrase] {
        if text.len() > 80 {
            return &[];
        }
        // asked at every line and every word's end: most texts begin as no phrase does. A mark behind the letters would
        // belong to the last of them
        if let Some(start) = text.as_bytes().first_chunk::<3>()
            && start.iter().all(u8::is_ascii_alphabetic)
            && text.as_bytes().get(3).is_none_or(u8::is_ascii)
            && !self.openings.contains(&start.map(|letter| letter.to_ascii_lowercase()))
        {
            return &[];
        }
        self.phrases.get(&fold(text)).map_or(&[], Vec::as_slice)
    }

    /// The words of the kind of session that folds to `folded`.
    #[must_use]
    pub fn kind_words(&self, folded: &str) -> Option<&str> {
        self.kinds.get(folded).map(String::as_str)
    }

    /// Most words that any phrase of the lexicon has.
    #[must_use]
    pub fn longest_phrase(&self) -> usize {
        self.longest
    }

    /// Whether `word` is an honorific: `Dr`, `H.E.`
    #[must_use]
    pub fn is_honorific(&self, word: &str) -> bool {
        self.honorifics.contains_key(&fold(word))
    }

    /// Whether `word` is a small word inside names: `de`, `van`.
    #[must_use]
    pub fn is_particle(&self, word: &str) -> bool {
        self.particles.contains_key(&fold(word))
    }

    /// Whether `word` is one of an office: `Director`.
    #[must_use]
    pub fn is_office(&self, word: &str) -> bool {
        self.offices.contains(word)
    }

    /// Whether `word` is one of an organisation's name: `Ministry`.
    #[must_use]
    pub fn is_organisation(&self, word: &str) -> bool {
        self.organisations.contains(word)
    }

    /// Whether `word` ends a firm's name: `GmbH`. One of two letters does in capitals only, since `Sa` is a name.
    #[must_use]
    pub fn is_legal_form(&self, word: &str) -> bool {
        /// No form of a firm has more letters.
        const LONGEST: usize = 8;
        word.len() <= LONGEST
            && (word.len() > 2 || word.chars().all(char::is_uppercase))
            && self.legal_forms.contains_key(&fold(word))
    }

    /// Whether `word` is one of a conference's name: `Forum`.
    #[must_use]
    pub fn is_conference(&self, word: &str) -> bool {
        self.conferences.contains(word)
    }

    /// Whether `word` is one that sentences and titles begin with, and names don't: `The`.
    #[must_use]
    pub fn is_function_word(&self, word: &str) -> bool {
        self.function_words.contains_key(&fold(word))
    }

    /// Whether takeaways are called by `word`.
    #[must_use]
    pub fn is_takeaway(&self, word: &str) -> bool {
        self.takeaways.contains_key(&fold(word))
    }

    /// Whether an entry of a numbered list is called by `words`: `Takeaway 1`, `Recommendation 1`.
    #[must_use]
    pub fn is_entry(&self, words: &str) -> bool {
        let words = fold(words);
        self.takeaways.contains_key(&words) || self.entries.contains_key(&words)
    }

    /// The month that `word` names, 1 to 12.
    #[must_use]
    pub fn month(&self, word: &str) -> Option<u8> {
        self.months.get(&fold(word)).copied()
    }

    /// The weekday that `word` names, 1 (Monday) to 7.
    #[must_use]
    pub fn weekday(&self, word: &str) -> Option<u8> {
        self.weekdays.get(&fold(word)).copied()
    }

    /// The number that `word` is: `six`, `6`.
    #[must_use]
    pub fn cardinal(&self, word: &str) -> Option<usize> {
        word.parse().ok().or_else(|| self.cardinals.get(&fold(word)).copied())
    }

    /// The place that `word` names: `sixth`, `6th`.
    #[must_use]
    pub fn ordinal(&self, word: &str) -> Option<usize> {
        let folded = fold(word);
        self.ordinals.get(&folded).copied().or_else(|| {
            let digits = folded.trim_end_matches(|c: char| !c.is_ascii_digit());
            let suffix = &folded[digits.len()..];
            let known = self.words.numbers.ordinal_suffixes.iter().any(|known| known == suffix);
            if known { digits.parse().ok() } else { None }
        })
    }
}

fn places(lists: &[Vec<String>]) -> impl Iterator<Item = (String, usize)> + '_ {
    lists.iter().enumerate().flat_map(|(at, names)| names.iter().map(move |name| (fold(name), at)))
}

fn read(file: &str) -> Result<Words, LexiconError> {
    toml::from_str(file).map_err(|error| LexiconError {
        message: error.message().to_owned(),
        span: error.span().map(|range| Span::new(range.start, range.end)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lexicon_is_read() {
        let lexicon = Lexicon::embedded();
        assert_eq!(lexicon.phrase("ON STAGE"), [Phrase::Role(Role::Speakers)]);
        assert_eq!(lexicon.phrase("High-Level Panel"), [Phrase::Kind(Kind::HighLevelPanel)]);
        assert_eq!(lexicon.month("OCT"), Some(10));
        assert_eq!((lexicon.ordinal("sixth"), lexicon.ordinal("9th"), lexicon.ordinal("10")), (Some(6), Some(9), None));
        assert_eq!((lexicon.cardinal("Six"), lexicon.cardinal("12")), (Some(6), Some(12)));
    }

    #[test]
    fn words_are_known_by_their_endings() {
        let lexicon = Lexicon::embedded();
        assert!(lexicon.is_organisation("Hafenbehörde") && lexicon.is_organisation("Behörde"));
        assert!(lexicon.is_office("Gezeitenministerin") && lexicon.is_conference("Küstenforum"));
        assert!(!lexicon.is_organisation("Unbehörden") && !lexicon.is_conference("Inforum"));
    }

    #[test]
    fn a_users_file_adds_and_takes_nothing_away() {
        let lexicon = Lexicon::extended("[roles]\nspeakers = [\"Sur le plateau\"]\n[dates]\nmonths = [[\"Janvier\"]]")
            .expect("well-formed");
        assert_eq!(lexicon.phrase("SUR LE PLATEAU"), [Phrase::Role(Role::Speakers)]);
        assert_eq!(lexicon.phrase("on stage"), [Phrase::Role(Role::Speakers)]);
        assert_eq!((lexicon.month("Janvier"), lexicon.month("January")), (Some(1), Some(1)));
    }

    #[test]
    fn a_wrong_file_says_where() {
        let error = Lexicon::extended("[roles]\nspeeker = [\"x\"]").expect_err("no such list");
        assert!(error.message.contains("speeker"), "{error}");
        assert_eq!(error.span.map(|span| span.start), Some(8));
    }
}
