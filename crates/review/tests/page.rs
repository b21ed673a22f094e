//! Pages of small reports that nobody wrote.

use proptest::prelude::*;
use rapporteur_correct::Corrections;
use rapporteur_diagnostics::{Finding, rule};
use rapporteur_grammar::Lexicon;
use rapporteur_model::Inferred;
use rapporteur_parse::{Options, Reading};
use rapporteur_review::{Review, Served, shown};
use rapporteur_source::{Source, Span};

rule! {
    /// A finding of the tests.
    "quote/no-speaker", Warning
}

const REPORT: &str = "\
HARBOUR FORUM 2031

Panel discussion

Ropes & <knots>

ON STAGE
Ada Brunn, Director, Rope Agency

The panel looked at ropes, and at those who make them, in the light of new da-
ta from all harbours.

“A knot is a promise that two ropes have made to each other.”

Ada Brunn
Director, Rope Agency
";

fn read(sources: &[Source]) -> Reading {
    rapporteur_parse::read(sources, &Lexicon::embedded())
}

fn page_of(reading: &Reading, sources: &[Source]) -> String {
    let Reading { document, ledgers, findings, .. } = reading;
    Review { document, sources, ledgers, findings, served: None }.page()
}

fn sources(bytes: &[u8]) -> [Source; 1] {
    [Source::new("report", "report.txt", bytes.to_vec())]
}

/// What stands between the first `start` and the `end` after it.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let (_, rest) = page.split_once(start).unwrap_or_else(|| panic!("{start} is on the page"));
    rest.split_once(end).unwrap_or_else(|| panic!("{end} is after {start}")).0
}

/// The text in a piece of HTML: what is left without tags, the references to characters undone.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = tag.split_once('>').expect("a tag ends").1;
    }
    text.push_str(rest);
    assert!(!text.contains('>'), "{html}");
    for (reference, c) in [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")] {
        text = text.replace(reference, c);
    }
    text
}

/// The lines of the text as the page shows them.
fn lines(page: &str) -> Vec<String> {
    let side = between(page, "<section id=\"text\"", "</section>");
    let lines = side.split("<li class=\"line ").skip(1).map(|line| {
        let line = line.split_once("</li>").expect("a line ends").0;
        line.split_once("<span class=\"t\">").map_or_else(String::new, |(_, text)| text_of(text))
    });
    lines.collect()
}

#[test]
fn a_page_says_where_each_value_was_read() {
    let sources = sources(REPORT.as_bytes());
    let reading = read(&sources);
    let page = page_of(&reading, &sources);
    let main = format!("<main>{}</main>", between(&page, "<main>", "</main>"));
    insta::assert_snapshot!("main", main);
    assert_eq!(page, page_of(&read(&sources), &sources), "the same each time");
}

#[test]
fn the_policy_names_the_style_and_the_script_and_nothing_else() {
    let sources = sources(REPORT.as_bytes());
    let page = page_of(&read(&sources), &sources);
    let policy = text_of(between(&page, "Content-Security-Policy\" content=\"", "\">"));
    let (start, rest) = policy.split_once("style-src 'sha256-").expect("a style is allowed");
    assert_eq!(start, "default-src 'none'; ");
    assert!(rest.ends_with("base-uri 'none'; form-action 'none'"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    for attribute in [" style=", " onclick=", " src=", "http://", "https://"] {
        assert!(!between(&page, "<main>", "</main>").contains(attribute), "{attribute}");
    }
}

#[test]
fn what_is_inferred_gives_its_reason_and_what_has_no_place_is_told_too() {
    let sources = sources(REPORT.as_bytes());
    let mut reading = read(&sources);
    let quote = &mut reading.document.quotes[0];
    quote.inferred.push(Inferred { field: "speaker".to_owned(), reason: "only <she> is left".to_owned() });
    reading.findings = vec![
        Finding::new(&RULE, "nobody & nothing").at("report", Span::new(0, 7), "here"),
        Finding::new(&RULE, "no place"),
        Finding::new(&RULE, "elsewhere").at("rapporteur.toml", Span::new(3, 5), "in the file"),
        Finding::new(&RULE, "an empty place").at("report", Span::new(20, 20), ""),
        Finding::new(&RULE, "past the end").at("report", Span::new(9_000, 9_001), "there"),
    ];
    let page = page_of(&reading, &sources);
    let inferred = text_of(between(&page, "<span class=\"v inferred\"", "</div>").split_once('>').expect("a tag").1);
    assert!(inferred.contains("inferred only <she> is left"), "{inferred}");
    assert_eq!(page.matches("<article class=\"finding warning\"").count(), 5);
    assert_eq!(page.matches("id=\"finding-quote-no-speaker-5\"").count(), 1);
    assert_eq!(page.matches("class=\"s value warning\"").count() + page.matches("class=\"s warning\"").count(), 2);
}

#[test]
fn what_was_corrected_says_so_on_both_sides() {
    let sources = sources(REPORT.as_bytes());
    let file = "\
[[text]]
find = \"two ropes\"
replace = \"three ropes\"
reason = \"as <everywhere> else\"
by = \"M. Toft\"

[[value]]
entity = \"harbour-forum-2031\"
field = \"city\"
value = \"Old Marsh\"
reason = \"the imprint has it so\"
";
    let file = Source::new("report.corrections.toml", "report.corrections.toml", file.into());
    let corrections = [Corrections::parse(file, &sources, Some(0))];
    let lexicon = Lexicon::embedded();
    let reading =
        rapporteur_parse::read_with(&sources, &Options { corrections: &corrections, ..Options::new(&lexicon) });
    assert_eq!(reading.document.corrections.len(), 2, "{:?}", reading.findings);
    let page = page_of(&reading, &sources);
    assert_eq!(page.matches("<span class=\"v corrected\"").count(), 2, "the quote and the city");
    assert_eq!(page.matches("<article class=\"entity correction\"").count(), 2);
    assert_eq!(lines(&page), REPORT.split('\n').collect::<Vec<_>>(), "the text is as it is printed");
    let quote = text_of(between(&page, "<article class=\"entity quote\"", "</p>").split_once('>').expect("a tag").1);
    assert!(quote.contains("that three ropes have made"), "{quote}");
    assert!(quote.ends_with("corrected as <everywhere> else"), "{quote}");
    assert!(page.contains(" corrected\" data-m=\""), "its place in the text");
}

#[test]
fn what_is_absent_has_a_place_where_it_is_missed() {
    let sources = sources(REPORT.as_bytes());
    let reading = read(&sources);
    let page = page_of(&reading, &sources);
    let absent = |page: &str, field: &str| {
        let (_, rest) = page.split_once(&format!("data-field=\"{field}\">"))?;
        Some(rest.split_once("</span>")?.0.to_owned())
    };
    let edition = between(&page, "<article class=\"entity edition\"", "</article>");
    assert_eq!(absent(edition, "organiser").as_deref(), Some("<span class=\"w\">none read"));
    let session = between(&page, "<article class=\"entity session\"", "</article>");
    assert_eq!(absent(session, "start").as_deref(), Some("<span class=\"w\">no start"));
    assert_eq!(absent(session, "end"), None, "nothing ends that has not begun");
    assert_eq!(absent(session, "honorific"), None, "most have none");

    let Reading { document, ledgers, findings, .. } = &reading;
    let served = Some(Served { version: "1", labels: &[] });
    let page = Review { document, sources: &sources, ledgers, findings, served }.page();
    let button = between(&page, "data-field=\"organiser\">", "</button>");
    assert!(button.starts_with("<button") && button.contains(": correct the organiser"), "{button}");
}

#[test]
fn two_credits_of_one_person_have_places_of_their_own() {
    let sources = sources(REPORT.as_bytes());
    let mut reading = read(&sources);
    let again = reading.document.sessions[0].speakers[0].clone();
    reading.document.sessions[0].speakers.push(again);
    let page = page_of(&reading, &sources);
    let id = &reading.document.sessions[0].id;
    for nth in 0..2 {
        assert_eq!(page.matches(&format!("data-entity=\"{id}/speakers/{nth}\"")).count(), 1);
    }
    assert!(!page.contains("/speakers/ada-brunn\""));
}

#[test]
fn two_sources_have_their_texts_one_after_the_other() {
    let article =
        "Six takeaways\n\n1. Knots hold\n\nKnots that are looked after hold for a very long time, as all agreed.\n";
    let [report] = sources(REPORT.as_bytes());
    let sources = [report, Source::new("takeaways", "takeaways.txt", article.into())];
    let page = page_of(&read(&sources), &sources);
    assert_eq!(lines(&page).len(), REPORT.split('\n').count() + article.split('\n').count());
    assert!(page.contains("id=\"line-takeaways-3\""));
    assert!(page.contains("<h2 class=\"path\">takeaways.txt</h2>"));
}

#[test]
fn a_text_in_which_everything_is_found_everywhere_stays_a_page() {
    let text = "rope ".repeat(4_000);
    let sources = sources(text.as_bytes());
    let mut reading = read(&sources);
    let finding = |nth: usize| Finding::new(&RULE, "all of it").at("report", Span::new(nth, text.len() - nth), "");
    reading.findings = (0..500).map(finding).collect();
    let page = page_of(&reading, &sources);
    assert!(page.len() < 2_000_000, "{}", page.len());
    assert_eq!(lines(&page)[0], text);
}

fn assert_shows(bytes: &[u8]) {
    let sources = sources(bytes);
    let page = page_of(&read(&sources), &sources);
    let source = &sources[0];
    let expected: Vec<String> =
        source.lines().map(|line| source.slice(line.span).chars().map(shown).collect()).collect();
    assert_eq!(lines(&page), expected);
}

#[test]
fn hostile_texts_are_shown_letter_for_letter() {
    for text in [
        "",
        "</span></li><script>alert(1)</script>",
        "<!-- \n--> &amp; &#60; \"quoted\" 'single'",
        "a\0b\x08c\x7fd\u{ad}e\u{202e}f\u{feff}g\tend\r\n\x0cpage",
        "\r\ra\r",
    ] {
        assert_shows(text.as_bytes());
    }
    assert_shows(b"\xff\xfe a \xc3");
    assert_shows(REPORT.as_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_shown_line_for_line(text in r#"([a-zA-Z<>&"'/= \n\r\t\x00\u{ad}\u{202e}“”–]|ON STAGE\n|Panel discussion\n|</li>){0,120}"#) {
        assert_shows(text.as_bytes());
    }

    #[test]
    fn any_bytes_are_shown_line_for_line(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        assert_shows(&bytes);
    }
}
