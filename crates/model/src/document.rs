use rapporteur_source::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the report of one edition of a conference says: the edition, its programme, sessions, speakers, quotes and
/// takeaways, each with the places in the text that it was read from.
///
/// Every array is in the report's order. What is absent is `null` or an empty array, never a missing key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Address of the JSON Schema that the document follows.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// Version of that schema, as `major.minor.patch`.
    pub schema_version: String,
    /// The edition of the conference.
    pub edition: Edition,
    /// The files that the document was read from.
    pub sources: Vec<SourceFile>,
    /// The printed programme, one entry a slot.
    pub agenda: Vec<Slot>,
    /// The sessions that the report summarises.
    pub sessions: Vec<Session>,
    /// Everybody who spoke, moderated or is quoted, and everybody in the speakers section: first those of that section,
    /// in its order.
    pub speakers: Vec<Speaker>,
    /// The pull quotes: passages set apart as somebody's words. Quotations inside running text are not among them.
    pub quotes: Vec<Quote>,
    /// The numbered takeaways.
    pub takeaways: Vec<Takeaway>,
    /// Recommendations and priorities that the report sets out under a heading each.
    pub recommendations: Vec<Recommendation>,
    /// Other signed texts: reflections, essays, commentaries.
    pub articles: Vec<Article>,
    /// Captions of photographs.
    pub captions: Vec<Caption>,
    /// Posts quoted from a social network.
    pub posts: Vec<Post>,
    /// Figures about participation.
    pub figures: Vec<Figure>,
    /// Where past editions took place.
    pub venues: Vec<Venue>,
    /// Staff: the organising team, the publication team.
    pub team: Vec<TeamMember>,
    /// Address, rights and legal text, one paragraph a string.
    pub imprint: Vec<String>,
    /// Where the strings of `imprint` were read: `field` is `imprint/0`, `imprint/1`, …
    pub evidence: Vec<Evidence>,
    /// Strings of `imprint` that a correction has put right.
    pub corrected: Vec<Corrected>,
    /// The corrections that were applied, in the order of the sources and of their files.
    pub corrections: Vec<Correction>,
}

/// One place in a source that a value was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The `id` of the source.
    pub source: String,
    /// First byte, counted from 0.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The field of the entity that was read here: `title`, `summary/0`. The spans of one field, in their order, hold its
    /// letters and digits and no others.
    pub field: String,
}

/// A value that is printed nowhere for this place but follows from the rest of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inferred {
    /// The field whose value was inferred.
    pub field: String,
    /// Why it follows, in a sentence.
    pub reason: String,
}

/// A value that is not as it was read: a correction has put it right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// The field whose value was put right: `title`, `summary/0`.
    pub field: String,
    /// The `id` of the correction.
    pub correction: String,
}

/// A correction that was applied. Corrections are kept in a file beside the source, which is never changed itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Its form and a short hash of what it says: `text-3f2a91c0`.
    pub id: String,
    /// What it corrects.
    pub form: CorrectionForm,
    /// The `id` of the source that it was made for.
    pub source: String,
    /// Text and region: the first byte of the passage in the source, counted from 0.
    pub start: Option<usize>,
    /// Text and region: one past the last byte of the passage.
    pub end: Option<usize>,
    /// Text: what was read in place of the bytes.
    pub text: Option<String>,
    /// Region: what the passage was read as.
    pub label: Option<String>,
    /// Value: the `id` of the entity, and for an entity in a list of another the way to it:
    /// `vmc2021-opening/speakers/ayse-ozturk`.
    pub entity: Option<String>,
    /// Value: the field of that entity.
    pub field: Option<String>,
    /// Text: the bytes as they stand in the source. Value: what was read. Region: `null`.
    pub was: serde_json::Value,
    /// Why it was made.
    pub reason: String,
    /// Who made it.
    pub by: Option<String>,
    /// When it was made, as `YYYY-MM-DD`.
    #[schemars(with = "Option<IsoDate>")]
    pub date: Option<String>,
}

/// What a correction corrects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionForm {
    /// What is printed: other text is read in the place of some bytes.
    #[default]
    Text,
    /// What a passage was taken for.
    Region,
    /// One value of the document.
    Value,
}

impl CorrectionForm {
    /// As the document writes it, and as its table is called in a file of corrections.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Region => "region",
            Self::Value => "value",
        }
    }
}

/// One file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// What `evidence` calls it: `report`, `takeaways`.
    pub id: String,
    /// What the text is.
    pub kind: SourceKind,
    /// The path of the text as given when it was read. A text that was got out of another file and not kept has the path
    /// of that file.
    pub path: String,
    /// SHA-256 of the bytes of the text, in lower-case hexadecimal.
    pub sha256: String,
    /// How many bytes the text has.
    pub bytes: usize,
    /// What got the text out of a file that is no text: a PDF file, a web page.
    pub extractor: Option<Extractor>,
}

/// What got a text out of a file, and of which file.
///
/// The evidence points into the text and not into that file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extractor {
    /// The tool: `pdftotext`, `html2text`.
    pub name: String,
    /// Its version, where it tells one.
    pub version: Option<String>,
    /// The way in which it was used: `layout`, `markdown`.
    pub mode: String,
    /// The path of the file, as given when it was read.
    pub path: String,
    /// SHA-256 of the bytes of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// How many bytes the file has.
    pub bytes: usize,
}

/// What a source is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// The report of an edition.
    #[default]
    Report,
    /// A separate article with the takeaways of an edition.
    Takeaways,
}

/// One edition of a conference series.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// The slug of the short name, the stem of all other ids: `vmc2021`.
    pub id: String,
    /// The name of the series, without the year.
    pub series: Option<String>,
    /// The name of the edition, with the year.
    pub name: Option<String>,
    /// The short name of the edition, with the year.
    pub short_name: Option<String>,
    /// The year that the edition is called by.
    pub year: Option<i16>,
    /// Which edition of the series it is, counted from 1.
    pub ordinal: Option<u16>,
    /// The theme or motto of the edition.
    pub theme: Option<String>,
    /// The first day, as `YYYY-MM-DD`.
    #[schemars(with = "Option<IsoDate>")]
    pub start_date: Option<String>,
    /// The last day, as `YYYY-MM-DD`.
    #[schemars(with = "Option<IsoDate>")]
    pub end_date: Option<String>,
    /// The building where it took place.
    pub venue: Option<String>,
    /// The city where it took place.
    pub city: Option<String>,
    /// Whether people took part on site, online or both.
    pub format: Option<Format>,
    /// Who organised it.
    pub organiser: Option<String>,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that are not printed.
    pub inferred: Vec<Inferred>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// Whether people took part on site, online or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// On site only.
    InPerson,
    /// Online only.
    Online,
    /// Both.
    Hybrid,
}

/// One slot of the printed programme.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Unique in the document.
    pub id: String,
    /// The day, as `YYYY-MM-DD`.
    #[schemars(with = "Option<IsoDate>")]
    pub date: Option<String>,
    /// When it starts, as `HH:MM`, local time.
    #[schemars(with = "Option<ClockTime>")]
    pub start: Option<String>,
    /// When it ends, as `HH:MM`, local time.
    #[schemars(with = "Option<ClockTime>")]
    pub end: Option<String>,
    /// The kind of session as the programme prints it.
    pub kind: Option<String>,
    /// The title of the slot.
    pub title: String,
    /// The `id` of the session that the report summarises for this slot.
    pub session: Option<String>,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that are not printed.
    pub inferred: Vec<Inferred>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// One session that the report summarises.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// The edition's id and the slug of the title.
    pub id: String,
    /// The place in the report's order, counted from 1.
    pub position: usize,
    /// The kind of session that `kind_label` names, from a closed list; `other` where the list has no such kind, `null`
    /// where none is printed.
    pub kind: Option<SessionKind>,
    /// The kind of session as the report prints it.
    pub kind_label: Option<String>,
    /// The title.
    pub title: String,
    /// The day, as `YYYY-MM-DD`, where the report says it.
    #[schemars(with = "Option<IsoDate>")]
    pub date: Option<String>,
    /// When it started, as `HH:MM`, local time.
    #[schemars(with = "Option<ClockTime>")]
    pub start: Option<String>,
    /// When it ended, as `HH:MM`, local time.
    #[schemars(with = "Option<ClockTime>")]
    pub end: Option<String>,
    /// Who was on stage, in the order of the credits.
    pub speakers: Vec<Credit>,
    /// Who moderated, as far as the credits name them.
    pub moderators: Vec<Credit>,
    /// The running text, one paragraph a string, in reading order, breaks and hyphenation undone.
    pub summary: Vec<String>,
    /// The conclusions, one bullet a string.
    pub conclusions: Vec<String>,
    /// Calls to action such as a link to the recording, as printed.
    pub links: Vec<String>,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that are not printed.
    pub inferred: Vec<Inferred>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// The kind of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// A keynote speech or keynote conversation.
    Keynote,
    /// A panel discussion.
    Panel,
    /// A panel that is called high-level.
    HighLevelPanel,
    /// A dialogue.
    Dialogue,
    /// A conversation, armchair conversation or interview.
    Conversation,
    /// A debate.
    Debate,
    /// A side event.
    SideEvent,
    /// Opening or welcome remarks.
    Opening,
    /// Closing remarks or a closing discussion.
    Closing,
    /// Anything else.
    #[default]
    Other,
}

/// A person as printed with an office in the credits of a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// The `id` of the person in `speakers`.
    pub speaker: String,
    /// The name, without honorific.
    pub name: String,
    /// The honorific as printed: `H.E.`, `Dr`, `Lt. Gen.`
    pub honorific: Option<String>,
    /// Everything printed after the name.
    pub credit: Option<String>,
    /// The office. Where the parts of the credit cannot be told apart, all of it.
    pub office: Option<String>,
    /// The organisation, with its unit.
    pub organisation: Option<String>,
    /// The state, where it is printed as a part of its own.
    pub country: Option<String>,
    /// The ISO 3166-1 alpha-2 code of that state.
    pub country_code: Option<String>,
    /// Whether the credits say that the person took part online.
    pub online: bool,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that are not printed.
    pub inferred: Vec<Inferred>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Speaker {
    /// The slug of the name: `ayse-ozturk`.
    pub id: String,
    /// The name, without honorific, in its likeliest spelling.
    pub name: String,
    /// The honorific as printed.
    pub honorific: Option<String>,
    /// The offices that the report prints for the person; those of the speakers section first.
    pub affiliations: Vec<Affiliation>,
    /// Other spellings of the name in the report.
    pub variants: Vec<String>,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that are not printed.
    pub inferred: Vec<Inferred>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// An office as printed for a person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Affiliation {
    /// Everything printed after the name.
    pub credit: String,
    /// The office. Where the parts of the credit cannot be told apart, all of it.
    pub office: Option<String>,
    /// The organisation, with its unit.
    pub organisation: Option<String>,
    /// The state, where it is printed as a part of its own.
    pub country: Option<String>,
    /// The ISO 3166-1 alpha-2 code of that state.
    pub country_code: Option<String>,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// A pull quote.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The edition's id and a short hash of the folded text.
    pub id: String,
    /// What was said, without quotation marks.
    pub text: String,
    /// The `id` of the person in `speakers`.
    pub speaker: Option<String>,
    /// The `id` of the session that it stands in.
    pub session: Option<String>,
    /// What is printed after the name at the quote.
    pub credit: Option<String>,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that are not printed, or printed wrongly.
    pub inferred: Vec<Inferred>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// One takeaway of the edition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Takeaway {
    /// The edition's id and the slug of the title.
    pub id: String,
    /// Its number, counted from 1.
    pub number: usize,
    /// The title, without the number.
    pub title: String,
    /// The text, one paragraph a string.
    pub body: Vec<String>,
    /// Who wrote the takeaways.
    pub authors: Vec<String>,
    /// The same takeaway as other sources print it.
    pub versions: Vec<Version>,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that are not printed.
    pub inferred: Vec<Inferred>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// A takeaway as one source prints it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// The `id` of the source.
    pub source: String,
    /// The title as printed there.
    pub title: String,
    /// The text as printed there, one paragraph a string.
    pub body: Vec<String>,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// A recommendation or priority under a heading of its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// The edition's id and the slug of the title.
    pub id: String,
    /// The heading.
    pub title: String,
    /// The text, one paragraph a string.
    pub body: Vec<String>,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// A signed text beside the session summaries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// The edition's id and the slug of the title.
    pub id: String,
    /// The title.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// The text, one paragraph a string.
    pub body: Vec<String>,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// The author of an article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// The name.
    pub name: String,
    /// What is printed after the name.
    pub role: Option<String>,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// The caption of a photograph.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Caption {
    /// Unique in the document.
    pub id: String,
    /// The caption, without its number.
    pub text: String,
    /// Where it was read.
    pub evidence: Vec<Evidence>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// A post quoted from a social network.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// Unique in the document.
    pub id: String,
    /// Who posted it, as `@name`.
    pub handle: String,
    /// When it was posted, as `YYYY-MM-DD`.
    #[schemars(with = "Option<IsoDate>")]
    pub date: Option<String>,
    /// The text of the post.
    pub text: String,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// A figure about participation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Unique in the document.
    pub id: String,
    /// What is counted.
    pub label: String,
    /// The number as printed: `1,311`, `Nearly 500K`.
    pub value: String,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// Where one or more past editions took place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Venue {
    /// Unique in the document.
    pub id: String,
    /// The year or years as printed: `2016`, `2018-2019`.
    pub years: String,
    /// The place as printed.
    pub place: String,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// A member of staff.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamMember {
    /// Unique in the document.
    pub id: String,
    /// The name.
    pub name: String,
    /// What the person did.
    pub role: Option<String>,
    /// The heading that the person stands under.
    pub group: Option<String>,
    /// Where the values were read.
    pub evidence: Vec<Evidence>,
    /// Values that a correction has put right.
    pub corrected: Vec<Corrected>,
}

/// A calendar date as `YYYY-MM-DD`.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "names a shape of string in the schema")]
struct IsoDate(#[schemars(regex(pattern = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"))] String);

/// A time of day as `HH:MM`.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "names a shape of string in the schema")]
struct ClockTime(#[schemars(regex(pattern = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"))] String);

impl Evidence {
    /// The evidence for `field` in `spans` of the source called `source`.
    pub fn of<'a>(source: &'a str, field: &'a str, spans: &'a [Span]) -> impl Iterator<Item = Self> + 'a {
        spans.iter().map(move |span| Self {
            source: source.to_owned(),
            start: span.start,
            end: span.end,
            field: field.to_owned(),
        })
    }

    /// The bytes it points at.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end.max(self.start))
    }
}

impl SessionKind {
    /// As the document writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keynote => "keynote",
            Self::Panel => "panel",
            Self::HighLevelPanel => "high_level_panel",
            Self::Dialogue => "dialogue",
            Self::Conversation => "conversation",
            Self::Debate => "debate",
            Self::SideEvent => "side_event",
            Self::Opening => "opening",
            Self::Closing => "closing",
            Self::Other => "other",
        }
    }
}
