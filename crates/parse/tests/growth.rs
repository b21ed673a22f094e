//! Reading takes time in proportion to the text: nothing is quadratic, whatever is in it.
//!
//! A test binary of its own with one test, so that nothing else runs beside what is timed.

#[path = "common/mod.rs"]
mod common;

use std::time::{Duration, Instant};

use common::fixtures::{self, Fixture};

/// How much longer the longer text is.
const LONGER: usize = 4;
/// How many times the time it may take: twice its share, for caches and for what else the machine does.
const ALLOWED: u32 = 8;
/// A time too short to be compared.
const NOTHING: Duration = Duration::from_millis(20);
/// How often a text is timed before it counts as slow.
const ATTEMPTS: usize = 3;

/// Texts made of one thing over and over, each of which some rule looks at. `§` is a number that counts up.
const REPEATED: &[(&str, &str, usize)] = &[
    ("words on one line", "word ", 40_000),
    ("sentences on one line", "The panel looked at ropes. ", 10_000),
    ("short lines", "a\n", 20_000),
    ("blank lines", "\n", 60_000),
    ("opened quotations", "“\n", 8_000),
    ("opened quotations with text", "“Ropes hold and knots hold them\n", 4_000),
    ("opened quotations on one line", "“", 20_000),
    ("straight quotation marks", "\"Ropes\" ", 10_000),
    ("opened brackets", "(", 40_000),
    ("opened pictures", "![", 20_000),
    ("opened comments", "<!-- ", 15_000),
    ("opened tags", "<a ", 20_000),
    ("stars", "*a ", 20_000),
    ("double stars", "**a ", 20_000),
    ("underscores", "_a ", 20_000),
    ("combining marks", "\u{301}", 30_000),
    ("entities", "&amp;", 15_000),
    ("hyphens at line ends", "ropes and knots-\n", 8_000),
    ("labels of credits", "On stage\n", 8_000),
    ("one name", "Ada Brun\n", 8_000),
    ("names", "Ada Brun§, Mayor, Town of Quay\n\n", 1_500),
    ("names without a line break", "Ada B§run, ", 3_000),
    ("credits under labels", "On stage\nAda B§run, Mayor of §, Town of Quay\n\nThe panel looked at rope §.\n\n", 700),
    ("kinds of session", "Panel discussion\n\nRope number §\n\n", 1_500),
    ("quotes and names", "“Rope § holds the boat.”\n\nAda B§run\n\n", 5_000),
    ("bullets", "• rope\n", 10_000),
    ("numbers", "1. rope\n", 10_000),
    ("takeaways", "Takeaway §: Ropes hold\n\nThey do.\n\n", 2_000),
    ("page references", "p. 12 Ropes ", 6_000),
    ("contents", "Rope number § ....... 12\n", 3_000),
    ("times", "09:30 – 10:15 Rope number §\n", 3_000),
    ("times without a line break", "09:30 – 10:15 Rope ", 6_000),
    ("dates", "5-6 May 2031 ", 6_000),
    ("years", "2031 ", 20_000),
    ("the conference", "Harbour Forum 2031\n", 6_000),
    ("conferences", "Harbour§ Forum 2031\n", 4_000),
    ("abbreviations", "Institute of Ropes (IR) ", 6_000),
    ("headings", "# Rope number §\n\n", 4_000),
    ("headings of parts", "SPEAKERS\n\n", 8_000),
    ("lines of facts", "Panel 1, 09:30\n", 5_000),
    ("numbers of sessions", "Session 3\n\n", 5_000),
    ("labels as headings", "## Speakers\n\nAda B§run, Mayor\n\n", 1_500),
    ("credits in parentheses", "On stage Ada B§run (Mayor),\nCem D§un (Mayor),\n", 1_500),
    ("a list of credits", "With Ada B§run, Mayor ·\n", 3_000),
    ("a word with a soft hyphen", "rope\u{ad}walk ", 10_000),
    ("undone breaks", "rope\u{fffe}walk ", 10_000),
    ("columns woven together", "the ropes that kno- ts of every har- bour\n", 1_500),
    ("bars", "Ada B§run | Mayor\n", 6_000),
    ("table rows", "| Rope | Knot |\n", 6_000),
    ("columns", "rope one two three          knot one two three\n", 4_000),
    ("posts", "@harbour · 5 May 2031\n", 5_000),
    ("running heads", "Harbour Forum 2031 §\n\u{c}\nrope\n\n", 3_000),
    ("bytes that are no text", "\u{fffd}", 20_000),
    ("zeros", "\0", 60_000),
    ("line ends of old", "rope\r", 10_000),
];

/// `count` copies of a unit, numbered.
fn repeated(unit: &str, count: usize) -> String {
    (0..count).map(|number| unit.replace('§', &letters(number))).collect()
}

/// A number in letters, so that it may stand in a name: `ba`, `bb`, …
fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

/// The shortest of the times that reading took.
fn time(text: &str) -> Duration {
    let sources = Fixture::of("text", text).sources();
    let once = || {
        let start = Instant::now();
        drop(rapporteur_parse::read(&sources, &fixtures::LEXICON));
        start.elapsed()
    };
    let first = once();
    // what takes long is timed well by one run
    if first > Duration::from_millis(200) { first } else { first.min(once()) }
}

/// How long a text and a longer one take, where the longer one takes too long at every attempt.
fn slow(short: &str, long: &str) -> Option<(Duration, Duration)> {
    let mut times = None;
    for _ in 0..ATTEMPTS {
        let (less, more) = (time(short), time(long));
        if more < NOTHING || more <= less * ALLOWED {
            return None;
        }
        times = Some((less, more));
    }
    times
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    let mut faults = Vec::new();
    let mut check = |name: &str, short: String, long: String| {
        if let Some((less, more)) = slow(&short, &long) {
            faults.push(format!("{name}: {} bytes take {less:?}, {} bytes {more:?}", short.len(), long.len()));
        }
    };
    for fixture in fixtures::alone() {
        let text = fixture.text();
        check(&fixture.name, text.clone(), text.repeat(LONGER));
    }
    for (name, unit, count) in REPEATED {
        check(name, repeated(unit, *count), repeated(unit, count * LONGER));
    }
    common::assert_none("texts take too long", &faults);
}
