//! From lines to fragments in reading order: pages, gaps, columns that stand side by side.
//!
//! A page with wide white space is looked at as a drawing: [`row`] measures its lines in columns of characters, and
//! [`columns`] finds what stands side by side and reads it. All other pages are their lines, unless the text shows itself
//! to be woven: then [`weave`] takes the lines of two columns apart again.

mod columns;
mod row;
pub(crate) mod weave;

use rapporteur_source::{Line, Source, Span};

use columns::Placed;
use row::Row;
use weave::Strip;

pub(crate) use row::width;

const FORM_FEED: char = '\u{c}';

/// What some extractors leave of a hyphen before a line break, in place of both.
const UNDONE_BREAKS: [char; 2] = ['\u{fffe}', '\u{2}'];

/// A run of bytes of one line that belongs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fragment {
    /// 1-based number of the line.
    pub(crate) line: usize,
    /// The bytes.
    pub(crate) span: Span,
    /// Whether a blank line, a page or a column break stands before it.
    pub(crate) gap: bool,
    /// Whether it is the first of a page.
    pub(crate) page_start: bool,
}

/// The fragments of a source, column after column where columns stand side by side.
pub(crate) fn fragments(source: &Source) -> Vec<Fragment> {
    let lines: Vec<Line> = source.lines().flat_map(|line| parts_of_pages(source, line)).collect();
    let single = single_blank(source, &lines);
    let woven = weave::unwoven(source, &lines);
    let mut fragments = Vec::with_capacity(lines.len());
    let mut page_start = true;
    for page in pages(source, &lines, single) {
        page_start |= breaks_page(source, &page[0]);
        let first = fragments.len();
        if has_wide_space(source, page) {
            push_columns(source, page, single, &mut fragments);
        } else if let Some(strips) = &woven {
            push_strips(source, page, strips, &mut fragments);
        } else {
            push_lines(source, page, &mut fragments);
        }
        if let Some(fragment) = fragments.get_mut(first) {
            fragment.gap = true;
            fragment.page_start = page_start;
            page_start = false;
        }
    }
    fragments
}

/// The parts of a line that stand on different pages: some extractors end no line before the end of a page.
fn parts_of_pages(source: &Source, line: Line) -> impl Iterator<Item = Line> {
    let text = source.slice(line.span);
    let breaks = text.match_indices(FORM_FEED).map(|(at, _)| at).filter(|&at| at > 0);
    let mut start = line.span.start;
    breaks.chain([text.len()]).map(move |end| {
        let span = Span::new(start, line.span.start + end);
        start = span.end;
        Line { span, ..line }
    })
}

/// How many blank lines stand for one: some extractors write two wherever others write one.
fn single_blank(source: &Source, lines: &[Line]) -> usize {
    /// More than this are not one.
    const MOST: usize = 2;
    let blank = |line: &Line| is_blank(source, line);
    let (Some(first), Some(last)) = (lines.iter().position(|l| !blank(l)), lines.iter().rposition(|l| !blank(l)))
    else {
        return 1;
    };
    let runs = lines[first..=last].chunk_by(|line, next| blank(line) == blank(next));
    runs.filter(|run| blank(&run[0])).map(<[Line]>::len).min().unwrap_or(1).min(MOST)
}

/// The pages: they end at form feeds or, in a text without any, where a few lines are blank. `single` blank lines are one.
fn pages<'a>(source: &'a Source, lines: &'a [Line], single: usize) -> impl Iterator<Item = &'a [Line]> {
    /// So many blank lines end a page that no form feed ends.
    const BLANKS: usize = 3;
    let form_feeds = source.text().contains(FORM_FEED);
    let mut blanks = 0;
    lines.chunk_by(move |line, next| {
        if form_feeds {
            return !breaks_page(source, next);
        }
        blanks = if is_blank(source, line) { blanks + 1 } else { 0 };
        blanks < BLANKS * single || is_blank(source, next)
    })
}

/// Whether two things can stand side by side on this page: without wide white space, none do.
fn has_wide_space(source: &Source, page: &[Line]) -> bool {
    let [first, .., last] = page else { return false };
    let text = source.slice(first.span.cover(last.span));
    text.contains("   ") || text.contains('\t')
}

/// One fragment a line.
fn push_lines(source: &Source, page: &[Line], fragments: &mut Vec<Fragment>) {
    let mut gap = false;
    for line in page {
        if is_blank(source, line) {
            gap = true;
        } else {
            for span in printed_lines(source, line.span) {
                fragments.push(Fragment { line: line.number, span, gap, page_start: false });
                gap = false;
            }
        }
    }
}

/// The strips of a woven text that are on a page.
fn push_strips(source: &Source, page: &[Line], strips: &[Strip], fragments: &mut Vec<Fragment>) {
    let ([first, ..], [.., last]) = (page, page) else { return };
    // columns do not run over the end of a page
    let start = strips.partition_point(|strip| strip.page < first.span.start);
    let end = strips.partition_point(|strip| strip.page <= last.span.start);
    for strip in &strips[start..end] {
        let mut gap = strip.gap;
        for span in printed_lines(source, strip.span) {
            fragments.push(Fragment { line: strip.line, span, gap, page_start: false });
            gap = false;
        }
    }
}

/// The lines that were printed, of a line in which an extractor undid breaks: each ends with the mark of the break.
fn printed_lines(source: &Source, line: Span) -> impl Iterator<Item = Span> {
    let mut start = line.start;
    source.slice(line).split_inclusive(UNDONE_BREAKS).map(move |text| {
        let span = Span::new(start, start + text.len());
        start = span.end;
        span
    })
}

/// Column after column.
fn push_columns(source: &Source, page: &[Line], single: usize, fragments: &mut Vec<Fragment>) {
    let rows = row::rows(source.text(), page, single);
    let cells: Vec<_> = rows.iter().map(Row::cell).collect();
    let placed = columns::reading_order(&cells);
    fragments.extend(placed.iter().map(|Placed { cell, gap, edge }| Fragment {
        line: cell.row.line,
        span: cell.span(*edge),
        gap: *gap,
        page_start: false,
    }));
}

fn breaks_page(source: &Source, line: &Line) -> bool {
    source.slice(line.span).contains(FORM_FEED)
}

fn is_blank(source: &Source, line: &Line) -> bool {
    source.slice(line.span).trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("s", "s.txt", text.into())
    }

    /// The fragments of a drawing, an empty string for each gap but the first.
    fn read(drawing: &[&str]) -> Vec<String> {
        let source = source(&drawing.join("\n"));
        let mut texts = Vec::new();
        for fragment in fragments(&source) {
            if fragment.gap && !texts.is_empty() {
                texts.push(String::new());
            }
            texts.push(source.slice(fragment.span).trim_end().to_owned());
        }
        texts
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let table: [(&str, &[&str], &[&str]); 13] = [
            (
                "lines too long for their column, and such as are not kept in theirs",
                &[
                    "One column tells how      and the other, which",
                    "the rivers rise in        is as wide, tells of",
                    "illicit fishing, still little   those who live there",
                    "spring, and where         beside the banks.",
                    "till it is filled, silt, little   who mend what breaks",
                    "they go from there,       in the spring, and",
                    "to the sea.        nobody asks them why",
                    "                   they do it.",
                ],
                &[
                    "One column tells how",
                    "the rivers rise in",
                    "illicit fishing, still little",
                    "spring, and where",
                    "till it is filled, silt, little",
                    "they go from there,",
                    "to the sea.",
                    "",
                    "      and the other, which",
                    "       is as wide, tells of",
                    "   those who live there",
                    "       beside the banks.",
                    "   who mend what breaks",
                    "       in the spring, and",
                    "nobody asks them why",
                    "they do it.",
                ],
            ),
            (
                "a row of figures",
                &[
                    "It rained on the town",
                    "",
                    "In figures",
                    "",
                    "9                   12                  57",
                    "wells               old villages        posts",
                ],
                &[
                    "It rained on the town",
                    "",
                    "In figures",
                    "",
                    "9",
                    "wells",
                    "",
                    "12",
                    "old villages",
                    "",
                    "57",
                    "posts",
                ],
            ),
            (
                "figures, row by row",
                &[
                    "FIGURES",
                    "9                                       7",
                    "wells, all of them dug                  villages",
                    "",
                    "25                                      57",
                    "roads mended from one end to the other  posts shared",
                    "",
                    "648                                     1,311",
                    "bridges built                           boats",
                    "",
                    "Nearly 500K",
                    "litres of water",
                ],
                &[
                    "FIGURES",
                    "9",
                    "wells, all of them dug",
                    "",
                    "7",
                    "villages",
                    "",
                    "25",
                    "roads mended from one end to the other",
                    "",
                    "57",
                    "posts shared",
                    "",
                    "648",
                    "bridges built",
                    "",
                    "1,311",
                    "boats",
                    "",
                    "Nearly 500K",
                    "litres of water",
                ],
            ),
            (
                "between a title and a foot",
                &[
                    "A title above the columns of this page",
                    "",
                    "One column tells how      and the other, which",
                    "the rivers rise in        is as wide, tells of",
                    "spring, and where they    those who live there",
                    "go from there.              A new paragraph",
                    "",
                    "4      The head of a page",
                ],
                &[
                    "A title above the columns of this page",
                    "",
                    "One column tells how",
                    "the rivers rise in",
                    "spring, and where they",
                    "go from there.",
                    "",
                    "and the other, which",
                    "is as wide, tells of",
                    "those who live there",
                    "  A new paragraph",
                    "",
                    "4      The head of a page",
                ],
            ),
            (
                "rows at different heights",
                &[
                    "One column tells how",
                    "                          and the other, which",
                    "the rivers rise in",
                    "                          is as wide, tells of",
                    "spring, and where they",
                    "                          those who live there",
                    "go from there.",
                ],
                &[
                    "One column tells how",
                    "the rivers rise in",
                    "spring, and where they",
                    "go from there.",
                    "",
                    "and the other, which",
                    "is as wide, tells of",
                    "those who live there",
                ],
            ),
            (
                "a quote in the margin",
                &[
                    "The text goes on and on over a long line, as      “The river was",
                    "texts do which have a margin beside them, and      here before us",
                    "it speaks of rivers, of those who live beside             and will",
                    "them and of what they have said of it at the            be after.”",
                    "",
                    "meeting, which was long.                                Ana Silva",
                ],
                &[
                    "The text goes on and on over a long line, as",
                    "texts do which have a margin beside them, and",
                    "it speaks of rivers, of those who live beside",
                    "them and of what they have said of it at the",
                    "",
                    "meeting, which was long.",
                    "",
                    "“The river was",
                    " here before us",
                    "        and will",
                    "      be after.”",
                    "",
                    "      Ana Silva",
                ],
            ),
            (
                "three columns",
                &[
                    "One column tells    while the second    and the last one",
                    "of the rivers in    is about those      has no more than",
                    "spring and where    who live there,     a few words left",
                    "they go to.         and of the sea.     of all this.",
                ],
                &[
                    "One column tells",
                    "of the rivers in",
                    "spring and where",
                    "they go to.",
                    "",
                    "while the second",
                    "is about those",
                    "who live there,",
                    "and of the sea.",
                    "",
                    "and the last one",
                    "has no more than",
                    "a few words left",
                    "of all this.",
                ],
            ),
            (
                "cards, row by row",
                &[
                    "Ana Silva               Bo Lind",
                    "Director, Agency        Minister of Water",
                    "of Rivers               and the Sea",
                    "",
                    "Cem Ak                  Dee Fox",
                    "Head of Policy          Chair",
                    "and Law                 of the Board",
                ],
                &[
                    "Ana Silva",
                    "Director, Agency",
                    "of Rivers",
                    "",
                    "Bo Lind",
                    "Minister of Water",
                    "and the Sea",
                    "",
                    "Cem Ak",
                    "Head of Policy",
                    "and Law",
                    "",
                    "Dee Fox",
                    "Chair",
                    "of the Board",
                ],
            ),
            (
                "a left column that goes on below the right one",
                &[
                    "One column tells how      and the other, which",
                    "the rivers rise in        is as wide, tells of",
                    "spring, and where they    those who live there.",
                    "",
                    "It goes on below the",
                    "end of the other, for",
                    "there is more to say.",
                    "",
                    "A line for both columns",
                ],
                &[
                    "One column tells how",
                    "the rivers rise in",
                    "spring, and where they",
                    "",
                    "It goes on below the",
                    "end of the other, for",
                    "there is more to say.",
                    "",
                    "and the other, which",
                    "is as wide, tells of",
                    "those who live there.",
                    "",
                    "A line for both columns",
                ],
            ),
            (
                "a list over running text, beside running text",
                &[
                    "Agenda                              and the other, which is as wide,",
                    "Registration (09:00–09:30)          tells of those who live there. The",
                    "A sea with shores (09:30–10:15)     rivers and lakes of the valley are",
                    "The mud (10:15–11:00)               old, but they are as wet as before",
                    "Lunch (11:00–12:00)                 and will be. All of this was heard",
                    "Old nets (12:00–13:00)              by those who came, and it has been",
                    "Who pays? (13:00–14:00)             written down by somebody who was",
                    "Tallow (14:00–15:00)                there, and who could hear well",
                    "Home (15:00–16:00)                  enough to know who had said it.",
                    "Boats (16:00–17:00)                 The rest of it was about the sea,",
                    "Ships (17:00–18:00)                 which is far away, and about boats",
                    "Nets (18:00–19:00)                  that nobody had seen for years on",
                    "Tides (19:00–20:00)                 the river or in any of its mouths.",
                    "One column tells how the rivers     It was asked who would mend them,",
                    "rise in spring, and where they go   and who would pay. Nobody said a",
                    "to from there. It was late when     word, until one of the oldest who",
                    "they spoke of the sea, and nobody   were there stood up and asked for",
                    "was awake but those who had been    a boat of her own, with which she",
                    "there before, and who knew what     would go and see for herself what",
                    "was to come. Then they went home.   was left of all the others there.",
                ],
                &[
                    "Agenda",
                    "Registration (09:00–09:30)",
                    "A sea with shores (09:30–10:15)",
                    "The mud (10:15–11:00)",
                    "Lunch (11:00–12:00)",
                    "Old nets (12:00–13:00)",
                    "Who pays? (13:00–14:00)",
                    "Tallow (14:00–15:00)",
                    "Home (15:00–16:00)",
                    "Boats (16:00–17:00)",
                    "Ships (17:00–18:00)",
                    "Nets (18:00–19:00)",
                    "Tides (19:00–20:00)",
                    "One column tells how the rivers",
                    "rise in spring, and where they go",
                    "to from there. It was late when",
                    "they spoke of the sea, and nobody",
                    "was awake but those who had been",
                    "there before, and who knew what",
                    "was to come. Then they went home.",
                    "",
                    "and the other, which is as wide,",
                    "tells of those who live there. The",
                    "rivers and lakes of the valley are",
                    "old, but they are as wet as before",
                    "and will be. All of this was heard",
                    "by those who came, and it has been",
                    "written down by somebody who was",
                    "there, and who could hear well",
                    "enough to know who had said it.",
                    "The rest of it was about the sea,",
                    "which is far away, and about boats",
                    "that nobody had seen for years on",
                    "the river or in any of its mouths.",
                    "It was asked who would mend them,",
                    "and who would pay. Nobody said a",
                    "word, until one of the oldest who",
                    "were there stood up and asked for",
                    "a boat of her own, with which she",
                    "would go and see for herself what",
                    "was left of all the others there.",
                ],
            ),
            (
                "a panel beside running text",
                &[
                    "Keynote                             The forum spoke of rivers, which are",
                    "                                    old and long, and of those who live",
                    "A sea with                          beside them. Most of what was said",
                    "                                    of the sea was said by those that",
                    "many shores                         have never seen it, and all of it",
                    "Speakers                            was heard by people who had. There",
                    "Ana Silva                           was a word on harbours as well, and",
                    "Director, Water Agency              on those who mend their walls when",
                    "Bo Lind                             nobody looks. They were thanked for",
                    "Chair, Mud Institute                it at the end of a long evening.",
                ],
                &[
                    "Keynote",
                    "A sea with",
                    "many shores",
                    "Speakers",
                    "Ana Silva",
                    "Director, Water Agency",
                    "Bo Lind",
                    "Chair, Mud Institute",
                    "",
                    "The forum spoke of rivers, which are",
                    "old and long, and of those who live",
                    "beside them. Most of what was said",
                    "of the sea was said by those that",
                    "have never seen it, and all of it",
                    "was heard by people who had. There",
                    "was a word on harbours as well, and",
                    "on those who mend their walls when",
                    "nobody looks. They were thanked for",
                    "it at the end of a long evening.",
                ],
            ),
            (
                "people with bars before their offices",
                &[
                    "Michael Lind | Director General      Dee Fox | Minister of Water",
                    "Ana Silva | Head of Policy           Orla Venn | Editor, Tidal Press",
                    "Bo Fox | Chair of the Board          Ine Talbot | Photographer",
                    "Cem Ak | Minister, Norway            Ysolde Marr | Skipper",
                ],
                &[
                    "Michael Lind | Director General",
                    "Ana Silva | Head of Policy",
                    "Bo Fox | Chair of the Board",
                    "Cem Ak | Minister, Norway",
                    "",
                    "Dee Fox | Minister of Water",
                    "Orla Venn | Editor, Tidal Press",
                    "Ine Talbot | Photographer",
                    "Ysolde Marr | Skipper",
                ],
            ),
            (
                "two bands parted by a heading",
                &[
                    "One column tells how      and the other, which",
                    "the rivers rise in        is as wide, tells of",
                    "spring, and so on.        those who live there.",
                    "",
                    "A heading that stands over both of the columns",
                    "",
                    "A column begins here      and goes on there, in",
                    "and is as wide as the     the other, to the end",
                    "one above it was,         of the page.",
                ],
                &[
                    "One column tells how",
                    "the rivers rise in",
                    "spring, and so on.",
                    "",
                    "and the other, which",
                    "is as wide, tells of",
                    "those who live there.",
                    "",
                    "A heading that stands over both of the columns",
                    "",
                    "A column begins here",
                    "and is as wide as the",
                    "one above it was,",
                    "",
                    "and goes on there, in",
                    "the other, to the end",
                    "of the page.",
                ],
            ),
        ];
        for (case, drawing, expected) in table {
            assert_eq!(read(drawing), expected, "{case}");
        }
    }

    #[test]
    fn what_is_no_column_stays_as_it_is() {
        let table: [(&str, &[&str]); 9] = [
            (
                "justified text",
                &[
                    "opportunities  related  to  the  movement  of",
                    "people  and  goods.  This  impetus  comes  as",
                    "labour  shortages,   the  wide  use  of  such",
                    "words  and  the  rest   have  made  it  hard.",
                ],
            ),
            (
                "times and titles",
                &[
                    "    09.30 – 09.50   Welcome and opening remarks",
                    "    10.00 – 11.30   In conversation",
                    "                    on the long-term priorities",
                    "                    and what follows from them",
                    "    12.00 – 12.30   and all the rest of the day",
                ],
            ),
            (
                "times, titles and speakers",
                &[
                    "09:30   Opening remarks       Ana Silva, director",
                    "        and welcome to all    of the agency",
                    "10:00   The rivers, the       Bo Lind, minister",
                    "        sea and the rest      for all of it",
                ],
            ),
            ("a running head of two parts", &["THE DISCUSSIONS          The Conference 2030"]),
            ("a page number", &["Report   4", "and words below it", "that go on"]),
            (
                "a table of people",
                &[
                    "Michael Lind      Director General, Agency for Rivers",
                    "Ana Silva         Head of Policy, Ministry for the Sea",
                    "Bo Fox            Chair of the board, Water and Land",
                    "Cem Ak            Minister, Ministry for the Interior",
                ],
            ),
            (
                "a table of contents",
                &["Opening remarks         4", "In conversation with      9", "the minister of all"],
            ),
            (
                "labels and what they say",
                &["Publisher      Water Agency", "Address        Vienna", "Year           2030"],
            ),
            (
                "a list",
                &["   •   the first of them", "       and its end", "   •   the second one", "       and its end"],
            ),
        ];
        for (case, drawing) in table {
            assert_eq!(read(drawing), drawing.iter().map(|line| line.trim_end()).collect::<Vec<_>>(), "{case}");
        }
    }

    #[test]
    fn pages_end_at_form_feeds_or_at_blank_lines() {
        let starts = |text: &str| -> Vec<(usize, bool, bool)> {
            fragments(&source(text)).iter().map(|found| (found.line, found.gap, found.page_start)).collect()
        };
        assert_eq!(starts("a\nb\n\u{c}c\nd"), [(1, true, true), (2, false, false), (3, true, true), (4, false, false)]);
        assert_eq!(starts("a\nb\u{c}c\nd"), [(1, true, true), (2, false, false), (2, true, true), (3, false, false)]);
        assert_eq!(starts("\n\n\n\na\nb\n\nc"), [(5, true, true), (6, false, false), (8, true, false)]);
        let columns = "one column tells      and the other\nof rivers and of      goes on with\nthe people there      what was left";
        for (text, lines) in [
            (format!("{columns}\n\u{c}{columns}\n\nend"), [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6, 8]),
            (format!("{columns}\n\n\n\n{columns}\n\nend"), [1, 2, 3, 1, 2, 3, 7, 8, 9, 7, 8, 9, 11]),
        ] {
            assert_eq!(starts(&text).iter().map(|found| found.0).collect::<Vec<_>>(), lines, "{text:?}");
        }
    }

    /// Texts of any form, the same at each run: words, spaces of any width, blank lines, form feeds, columns.
    fn drawings() -> impl Iterator<Item = String> {
        const PIECES: [&str; 16] = [
            "word", "Name", "of", "čš", "09:30", "•", "-", "—", " ", " ", "  ", "     ", "\u{a0}", "\t", "\n", "\u{c}",
        ];
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = move |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below as u64) as usize
        };
        (0..400).map(move |number| {
            let line = |next: &mut dyn FnMut(usize) -> usize| {
                (0..next(12)).map(|_| PIECES[next(PIECES.len())]).collect::<String>()
            };
            let column = |next: &mut dyn FnMut(usize) -> usize| {
                let words: Vec<&str> = (0..next(5)).map(|_| PIECES[next(5)]).collect();
                words.join(" ")
            };
            let lines = (0..next(60)).map(|_| match number % 4 {
                0 => line(&mut next),
                1 if next(8) == 0 => line(&mut next),
                columns => {
                    let cells: Vec<_> = (0..=columns).map(|_| format!("{:24}", column(&mut next))).collect();
                    cells.concat().trim_end().to_owned()
                }
            });
            lines.collect::<Vec<_>>().join("\n")
        })
    }

    #[test]
    fn every_byte_of_text_is_in_one_fragment() {
        let mut cut = 0;
        for text in drawings() {
            let source = source(&text);
            let mut taken = vec![0_u8; text.len()];
            for fragment in fragments(&source) {
                let line = source.line_at(fragment.line).expect("a line");
                assert!(line.span.start <= fragment.span.start && fragment.span.end <= line.span.end, "{text:?}");
                assert!(!source.slice(fragment.span).trim().is_empty(), "{text:?}");
                cut += usize::from(fragment.span != line.span);
                taken[fragment.span.range()].iter_mut().for_each(|times| *times += 1);
            }
            for (at, c) in text.char_indices() {
                assert!(taken[at] == 1 || c.is_whitespace() && taken[at] < 2, "byte {at} of {text:?}");
            }
        }
        assert!(cut > 1000, "the drawings have columns: {cut}");
    }
}
