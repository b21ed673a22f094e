use std::fmt;

use crate::piece::Piece;
use serde::{Serialize, Serializer};

/// Every non-blank line of a source in exactly one region.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// The regions, in the order of the text.
    pub regions: Vec<Region>,
}

impl Ledger {
    /// Lines whose pieces have the same labels are one region.
    ///
    /// `line_of` says which line of the source a line that was read is: corrections may have broken one in two. Of the
    /// lines in `touched` they may have left nothing: that is furniture.
    pub(crate) fn of(pieces: &[Piece<'_>], line_of: impl Fn(usize) -> usize, touched: &[usize]) -> Self {
        let mut lines: Vec<(usize, Vec<RegionLabel>)> = Vec::with_capacity(pieces.len());
        let mut ordered: Vec<(usize, &Piece<'_>)> = pieces.iter().map(|piece| (line_of(piece.line), piece)).collect();
        // columns were read one after the other
        ordered.sort_by_key(|(line, _)| *line);
        for (here, piece) in ordered {
            let labels = piece.label.into_iter().chain(piece.also.iter().copied());
            match lines.last_mut() {
                Some((line, known)) if *line == here => {
                    for label in labels {
                        if !known.contains(&label) {
                            known.push(label);
                        }
                    }
                }
                _ => lines.push((here, labels.collect())),
            }
        }
        for &line in touched {
            if let Err(place) = lines.binary_search_by_key(&line, |(line, _)| *line) {
                lines.insert(place, (line, vec![RegionLabel::Furniture]));
            }
        }
        let mut regions: Vec<Region> = Vec::new();
        for (line, mut labels) in lines {
            // furniture beside text on a line is not worth a label of its own
            if labels.len() > 1 {
                labels.retain(|label| *label != RegionLabel::Furniture);
            }
            match regions.last_mut() {
                Some(region) if region.labels == labels => region.last_line = line,
                _ => regions.push(Region { first_line: line, last_line: line, labels }),
            }
        }
        Self { regions }
    }
}

/// Consecutive lines with one label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Region {
    /// 1-based number of the first line.
    pub first_line: usize,
    /// 1-based number of the last line; blank lines inside are part of no region.
    pub last_line: usize,
    /// What the lines are. Several where an extractor ran different things together on one line.
    #[serde(serialize_with = "joined")]
    pub labels: Vec<RegionLabel>,
}

impl Region {
    /// The label as written: `body`, or `mixed:quote_by+body`.
    #[must_use]
    pub fn label(&self) -> String {
        match self.labels.as_slice() {
            [] => RegionLabel::Unread.as_str().to_owned(),
            [label] => label.as_str().to_owned(),
            labels => format!("mixed:{}", labels.iter().map(|label| label.as_str()).collect::<Vec<_>>().join("+")),
        }
    }
}

fn joined<S: Serializer>(labels: &[RegionLabel], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(labels.iter().map(|label| label.as_str()))
}

macro_rules! labels {
    ($($(#[$meta:meta])+ $variant:ident = $text:literal,)+) => {
        /// What a line is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RegionLabel { $($(#[$meta])+ $variant,)+ }

        impl RegionLabel {
            /// Every label, in the order of the table in ARCHITECTURE.md.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As the ledger writes it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

labels! {
    /// Running head or foot, page number, decoration, a stray glyph from a picture.
    Furniture = "furniture",
    /// Title page: slogans, title and theme of the event, text of logos.
    Cover = "cover",
    /// Heading of a part or section, not a session's title.
    Heading = "heading",
    /// Table of contents.
    Toc = "toc",
    /// The printed programme.
    Agenda = "agenda",
    /// A session's kind over its title.
    SessionKind = "session_kind",
    /// A session's title.
    SessionTitle = "session_title",
    /// A label of credits alone on its line: `ON STAGE`.
    CreditLabel = "credit_label",
    /// Who is on stage or moderates.
    Credit = "credit",
    /// Running text.
    Body = "body",
    /// Text of a pull quote.
    Quote = "quote",
    /// Who said a pull quote.
    QuoteBy = "quote_by",
    /// A bullet of a session's conclusions.
    Conclusion = "conclusion",
    /// Title of a takeaway.
    TakeawayTitle = "takeaway_title",
    /// Text of a takeaway.
    TakeawayBody = "takeaway_body",
    /// Title and text of another signed text.
    Article = "article",
    /// Authors of takeaways or of an article.
    Author = "author",
    /// A card in the speakers section.
    Person = "person",
    /// Staff credits.
    Team = "team",
    /// Caption of a photograph.
    Caption = "caption",
    /// Who took photographs.
    PhotoCredit = "photo_credit",
    /// Where the event took or takes place.
    Venue = "venue",
    /// Participation figures and the labels of charts and maps.
    Figure = "figure",
    /// A post quoted from a social network.
    Social = "social",
    /// A call to action.
    Link = "link",
    /// About the organiser, sponsors, addresses, imprint, legal text.
    About = "about",
    /// No rule could read it.
    Unread = "unread",
}

impl fmt::Display for RegionLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
