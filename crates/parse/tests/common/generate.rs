//! Texts that nobody wrote: cue-like material in any order, and real texts that were mistreated.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::fixtures::{self, Fixture};

/// What lines of a report are made of. Rules of the parser are set off by these, wherever they stand.
const CUES: &[&str] = &[
    // labels, kinds, headings of parts
    "ON STAGE",
    "On stage",
    "MODERATION",
    "Moderator:",
    "Speakers:",
    "Panel discussion",
    "In conversation",
    "Keynote",
    "Opening remarks",
    "AGENDA",
    "Contents",
    "SPEAKERS",
    "Conclusions",
    "Imprint",
    "Participants",
    "Recommendations",
    "Organising team",
    "About the authors",
    "Three takeaways",
    "Takeaway 2:",
    "# ",
    "## ",
    "### **Bold**",
    // people and offices
    "Ada Brun",
    "H.E. Dr Kai Lund",
    "Žofie Marn",
    "Pilot, Port Office, Norway",
    "Ada Brun, Mayor, Town of Quay",
    "Kai Lund | Head, Ministry of Sails",
    "Žofie Marn (Pilot, Port Office)",
    "Goran Hek – Director, Rope Institute (online)",
    "Director General",
    // the conference
    "Harbour Forum 2031",
    "HF2031",
    "Institute of Ropes and Knots (IRK)",
    "the sixth edition of the",
    "under the theme “Ropes that",
    "took place at the Old Customs House on 5 and 6 May 2031",
    // times, dates, pages
    "5-6 May 2031",
    "Monday, 5 May 2031",
    "Day 1",
    "09:30 – 10:15",
    "9.30-9.50",
    "24:61",
    "31 February 2031",
    "p. 12",
    "......... 7",
    "2016, 2018-2019",
    // marks
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "„",
    "«",
    "(",
    ")",
    "•",
    "➔",
    "→ Watch the recording!",
    "$\\rightarrow$",
    "ightarrow",
    "**",
    "_",
    "`",
    "|",
    "-",
    "1.",
    "2)",
    "③",
    "©",
    "@harbour_forum",
    "&amp;",
    "<br>",
    "<small>",
    "<!--",
    "![](a.png)",
    // words, broken and strange ones
    "the panel looked at the price of tar",
    "it goes on with a small letter, and ends.",
    "Nobody ever thanked a lighthouse.",
    "part-",
    "cross\u{ad}",
    "\u{fb01}sh",
    "Z\u{30c}ofie",
    "cafe\u{301}",
    "\u{130}stanbul",
    "ß",
    "1,311",
    "Nearly 500K",
    "\u{a0}",
    "\u{2003}",
    "\u{200b}",
    "\u{feff}",
    "\u{1a}",
    "\0",
    "🪢",
];

/// What stands between the cues of a line.
const GAPS: &[&str] = &["", " ", " ", ", ", " | ", "\t", "          ", "\u{a0}", "\u{3000}"];

/// What ends a line.
const BREAKS: &[&str] = &["\n", "\n", "\n\n", "\r\n", "\u{c}\n", "\n \n", "\r"];

/// Any bytes.
pub(crate) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..3_000)
}

/// Lines of cues in any order.
pub(crate) fn cues() -> impl Strategy<Value = String> {
    let cue = prop_oneof![9 => select(CUES).prop_map(str::to_owned), 1 => "\\PC{0,12}"];
    let line = (prop::collection::vec((cue, select(GAPS)), 1..6), select(BREAKS)).prop_map(|(cues, end)| {
        let line: String = cues.into_iter().map(|(cue, gap)| cue + gap).collect();
        line + end
    });
    prop::collection::vec(line, 0..90).prop_map(|lines| lines.concat())
}

/// What can happen to a text on its way here.
#[derive(Clone, Debug)]
pub(crate) enum Harm {
    /// Cut off after a byte.
    Cut(Index),
    /// Lines change places.
    Swap(Vec<(Index, Index)>),
    /// Lines stand twice.
    Double(Vec<Index>),
    /// Lines are lost.
    Delete(Vec<Index>),
    /// Line breaks are lost.
    Join(Vec<Index>),
    /// Bytes become others.
    Flip(Vec<(Index, u8)>),
    /// Every line ends with a carriage return as well.
    CarriageReturns,
    /// A byte order mark stands before the text.
    Mark,
}

impl Harm {
    fn any() -> impl Strategy<Value = Self> {
        let some = || prop::collection::vec(any::<Index>(), 1..30);
        prop_oneof![
            any::<Index>().prop_map(Self::Cut),
            prop::collection::vec(any::<(Index, Index)>(), 1..200).prop_map(Self::Swap),
            some().prop_map(Self::Double),
            some().prop_map(Self::Delete),
            some().prop_map(Self::Join),
            prop::collection::vec(any::<(Index, u8)>(), 1..60).prop_map(Self::Flip),
            Just(Self::CarriageReturns),
            Just(Self::Mark),
        ]
    }

    /// Does it to a text.
    fn apply(&self, text: &[u8]) -> Vec<u8> {
        let mut lines: Vec<&[u8]> = text.split_inclusive(|&byte| byte == b'\n').collect();
        if lines.is_empty() {
            return text.to_vec();
        }
        match self {
            Self::Cut(at) => return text[..at.index(text.len())].to_vec(),
            Self::Swap(pairs) => {
                for (one, other) in pairs {
                    let count = lines.len();
                    lines.swap(one.index(count), other.index(count));
                }
            }
            Self::Double(places) => {
                for at in places {
                    let at = at.index(lines.len());
                    lines.insert(at, lines[at]);
                }
            }
            Self::Delete(places) => {
                for at in places.iter().take(lines.len()) {
                    lines.remove(at.index(lines.len()));
                }
            }
            Self::Join(places) => {
                for at in places {
                    let count = lines.len();
                    let line = &mut lines[at.index(count)];
                    *line = line.strip_suffix(b"\n").unwrap_or(line);
                }
            }
            Self::Flip(places) => {
                let mut text = text.to_vec();
                for (at, byte) in places {
                    let at = at.index(text.len());
                    text[at] = *byte;
                }
                return text;
            }
            Self::CarriageReturns => return lines.iter().flat_map(|line| carriage_return(line)).collect(),
            Self::Mark => return [b"\xef\xbb\xbf", text].concat(),
        }
        lines.concat()
    }
}

fn carriage_return(line: &[u8]) -> Vec<u8> {
    match line.strip_suffix(b"\n") {
        Some(line) => [line, b"\r\n"].concat(),
        None => line.to_vec(),
    }
}

/// Consecutive lines of a real text, up to all of them, to which one thing after the other happened.
pub(crate) fn mutilated() -> impl Strategy<Value = Fixture> {
    let texts: Vec<Fixture> = fixtures::alone().into_iter().chain(fixtures::reprints()).collect();
    let harms = prop::collection::vec(Harm::any(), 1..4);
    (select(texts), any::<Index>(), 1_usize..600, harms).prop_map(|(fixture, start, count, harms)| {
        fixture.map(|text| {
            let lines: Vec<&[u8]> = text.split_inclusive(|&byte| byte == b'\n').collect();
            let start = start.index(lines.len());
            let window = lines[start..lines.len().min(start + count)].concat();
            harms.iter().fold(window, |text, harm| harm.apply(&text))
        })
    })
}
