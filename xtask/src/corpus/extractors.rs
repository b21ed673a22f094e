//! What extractors make of a page.
//!
//! Each is a model of a tool in what matters to a reader of its text: the order of lines, what it puts between blocks
//! and pages, what becomes of hyphens and of headings. They were written beside the tools' own output for pages like
//! these, and leave out what is only there in some versions.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use super::page::{Line, Page, Print, Role};

/// A tool that makes text of pages.
pub struct Extractor {
    /// The name in the table.
    pub name: &'static str,
    /// The text that it makes.
    pub text: fn(&Print) -> String,
    /// Whether it runs columns that stand side by side together, line by line, with nothing between them.
    pub interleaves: bool,
    /// Whether it leaves running heads out.
    pub beheads: bool,
}

/// All of them.
pub const EXTRACTORS: &[Extractor] = &[
    Extractor { name: "poppler", text: poppler, interleaves: false, beheads: false },
    Extractor { name: "poppler-layout", text: poppler_layout, interleaves: false, beheads: false },
    Extractor { name: "poppler-raw", text: poppler_raw, interleaves: false, beheads: false },
    Extractor { name: "mupdf", text: mupdf, interleaves: false, beheads: false },
    Extractor { name: "pymupdf", text: pymupdf, interleaves: false, beheads: false },
    Extractor { name: "pdfminer", text: pdfminer, interleaves: false, beheads: false },
    Extractor { name: "pypdf", text: pypdf, interleaves: false, beheads: false },
    Extractor { name: "pdfplumber", text: pdfplumber, interleaves: true, beheads: false },
    Extractor { name: "pdfium", text: pdfium, interleaves: false, beheads: false },
    Extractor { name: "pymupdf4llm", text: pymupdf4llm, interleaves: false, beheads: false },
    Extractor { name: "marker", text: marker, interleaves: false, beheads: true },
    Extractor { name: "docling", text: docling, interleaves: false, beheads: true },
];

/// Two lines are in one row of text when their baselines are no further apart.
const SAME_ROW: f64 = 3.0;

/// `pdftotext`: blocks in the order of columns, a blank line where the flow of a column ends.
fn poppler(print: &Print) -> String {
    let mut out = String::new();
    for page in &print.pages {
        let blocks = reading_order(blocks(&page.lines, |above, below| {
            below.y - above.y < below.size * 1.45
                && (above.size - below.size).abs() < 1.0
                && (above.x - below.x).abs() < below.size * 3.0
        }));
        let room = |at: usize| {
            let (block, others) = (&blocks[at], blocks.iter());
            let beside = others.filter(|other| other.top < block.bottom && block.top < other.bottom);
            beside.fold((f64::MIN, f64::MAX), |(left, right), other| {
                if other.right <= block.left {
                    (left.max(other.right), right)
                } else if other.left >= block.right {
                    (left, right.min(other.left))
                } else {
                    (left, right)
                }
            })
        };
        // A flow goes on as long as its blocks stand in the same free strip of the page and grow no larger.
        let mut flow: Option<(f64, f64, f64)> = None;
        for (at, block) in blocks.iter().enumerate() {
            let size = block.lines[0].size;
            let (left, right) = room(at);
            flow = match flow {
                Some((low, high, last)) if size <= last + 0.1 && block.left >= low && block.right <= high => {
                    Some((low.max(left), high.min(right), size))
                }
                before => {
                    if before.is_some() {
                        out.push('\n');
                    }
                    Some((left, right, size))
                }
            };
            let joined = block.lines.iter().enumerate().map(|(at, line)| {
                // A hyphen at the end is dropped with the break, but only the common one is known for a hyphen.
                let hyphen = line.hyphenated && print.hyphen == '-' && at + 1 < block.lines.len();
                glyphs(line, print, if hyphen { None } else { Some(print.hyphen) }) + if hyphen { "" } else { "\n" }
            });
            out.extend(joined);
        }
        out.push_str("\n\u{c}");
    }
    out
}

/// `pdftotext -layout`: every line where it stands, on a grid of characters.
fn poppler_layout(print: &Print) -> String {
    let mut out = String::new();
    for page in &print.pages {
        let rows = rows(&page.lines, print.size * 0.45);
        let unit = print.size * 0.5;
        let texts: Vec<Vec<(i64, String)>> = rows
            .iter()
            .map(|row| row.iter().map(|line| (tenths(line.x), glyphs(line, print, Some(print.hyphen)))).collect())
            .collect();
        // Where a place on the page falls on the grid: far enough to the right for all that stands to the left of it.
        let mut places: Vec<i64> = texts.iter().flatten().map(|(x, _)| *x).collect();
        places.sort_unstable();
        places.dedup();
        let leftmost = places.first().copied().unwrap_or(0);
        let mut grid: Vec<(i64, usize)> = Vec::new();
        for &x in &places {
            let mut at = whole((x - leftmost) as f64 / 10.0 / unit);
            for row in &texts {
                for pair in row.windows(2).filter(|pair| pair[1].0 == x) {
                    let before = grid.iter().find(|(known, _)| *known == pair[0].0).map_or(0, |(_, at)| *at);
                    at = at.max(before + pair[0].1.chars().count() + 3);
                }
            }
            grid.push((x, at));
        }
        let mut above: Option<f64> = None;
        for (row, texts) in rows.iter().zip(&texts) {
            let size = row.iter().map(|line| line.size).fold(print.size, f64::max);
            let lead = size / print.size * print.lead;
            let blank = above.map_or(0, |above| whole((row[0].y - above) / lead - 1.0)).min(5);
            above = Some(row[0].y);
            out.push_str(&"\n".repeat(blank));
            let mut line = String::new();
            for (x, text) in texts {
                let at = grid.iter().find(|(known, _)| known == x).map_or(0, |(_, at)| *at);
                let gap = at.saturating_sub(line.chars().count());
                line.push_str(&" ".repeat(if line.is_empty() { gap } else { gap.max(1) }));
                line.push_str(text);
            }
            out.push_str(&line);
            out.push('\n');
        }
        out.push('\u{c}');
    }
    out
}

/// `pdftotext -raw`: lines in the order of drawing.
fn poppler_raw(print: &Print) -> String {
    let pages = print.pages.iter().map(|page| {
        let lines = drawn(&page.lines).into_iter().map(|row| {
            row.iter().map(|line| glyphs(line, print, Some(print.hyphen))).collect::<Vec<_>>().join(" ") + "\n"
        });
        lines.collect::<String>() + "\u{c}"
    });
    pages.collect()
}

/// `mutool draw -F text`: blocks in the order of drawing, with a blank line after each.
fn mupdf(print: &Print) -> String {
    let pages = print.pages.iter().map(|page| {
        let blocks = drawn_blocks(&page.lines).into_iter();
        blocks.map(|block| spaced_lines(&block, print) + "\n").collect::<String>() + "\u{c}"
    });
    pages.collect()
}

/// `page.get_text()` of `PyMuPDF`, the pages one after the other: the same blocks, with nothing between them.
fn pymupdf(print: &Print) -> String {
    let page =
        |page: &Page| drawn_blocks(&page.lines).iter().map(|block| spaced_lines(block, print)).collect::<String>();
    print.pages.iter().map(page).collect::<Vec<_>>().join("\u{c}")
}

/// `pdfminer`'s `extract_text`: boxes that are joined to larger ones until one holds the page, and are read in the
/// order of that tree.
fn pdfminer(print: &Print) -> String {
    let mut out = String::new();
    for page in &print.pages {
        let boxes = blocks(&page.lines, |above, below| {
            let near = |a: f64, b: f64| (a - b).abs() < below.size * 0.5;
            below.top() - above.y < below.size * 0.5
                && near(above.size, below.size)
                && (near(above.x, below.x)
                    || near(above.right(), below.right())
                    || near(above.x + above.right(), below.x + below.right()))
        });
        for block in in_tree_order(boxes) {
            for line in block.lines {
                let text = glyphs(line, print, Some('-'));
                let text = if line.stretched { text.replace(' ', "  ") } else { text };
                let _ = writeln!(out, "{text}{}", if line.wraps && !line.hyphenated { " " } else { "" });
            }
            out.push('\n');
        }
        out.push('\u{c}');
    }
    out
}

/// `extract_text` of `pypdf`, the pages one after the other. What is drawn to the left of what is before it on the same
/// baseline follows it without a space.
fn pypdf(print: &Print) -> String {
    let page = |page: &Page| {
        let mut out = String::new();
        let mut before: Option<&Line> = None;
        for line in &page.lines {
            out.push_str(match before {
                None => "",
                Some(last) if (last.y - line.y).abs() >= 1.0 => "\n",
                Some(last) if line.x < last.x => "",
                Some(_) => " ",
            });
            out.push_str(&glyphs(line, print, Some('-')));
            out.push_str(if line.wraps && !line.hyphenated { " " } else { "" });
            before = Some(line);
        }
        out
    };
    print.pages.iter().map(page).collect::<Vec<_>>().join("\n")
}

/// `extract_text` of `pdfplumber`: row by row over the whole width of the page.
fn pdfplumber(print: &Print) -> String {
    let pages = print.pages.iter().map(|page| {
        let lines = rows(&page.lines, SAME_ROW)
            .into_iter()
            .map(|row| row.iter().map(|line| glyphs(line, print, Some(print.hyphen))).collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>().join("\n")
    });
    pages.collect::<Vec<_>>().join("\n")
}

/// `PDFium`'s text page: lines in the order of drawing, ends of lines as on Windows, and U+FFFE in the place of a hyphen
/// at the end of a line and of the end itself.
fn pdfium(print: &Print) -> String {
    let pages = print.pages.iter().map(|page| {
        let mut out = String::new();
        for row in drawn(&page.lines) {
            let last = row[row.len() - 1];
            let text = row.iter().map(|line| glyphs(line, print, None)).collect::<Vec<_>>().join(" ");
            let end = match (last.hyphenated, last.wraps) {
                (true, _) => "\u{fffe}",
                (false, true) => " \r\n",
                (false, false) => "\r\n",
            };
            let _ = write!(out, "{text}{end}");
        }
        out.truncate(out.trim_end_matches(['\r', '\n']).len());
        out
    });
    pages.collect::<Vec<_>>().join("\n")
}

/// `pymupdf4llm`'s `to_markdown`: paragraphs on one line each, headings by their size, bold letters, tables. Running
/// heads stay, and a paragraph ends with its column.
fn pymupdf4llm(print: &Print) -> String {
    let style = Markdown {
        heading: |text, level, bold| {
            let marks = "#".repeat(level);
            if bold { format!("{marks} **{text}** ") } else { format!("{marks} {text} ") }
        },
        text: |text, bold| match bold {
            0 => format!("{text} "),
            bold => format!("**{}** {} ", text[..bold].trim_end(), text[bold..].trim_start()).replace("  ", " "),
        },
        item: |text| format!("- {text} "),
        cells: |cells, bold| {
            let cell = |text: &String| if bold { format!("**{text}**") } else { text.clone() };
            format!("|{}|", cells.iter().map(cell).collect::<Vec<_>>().join("|"))
        },
        rule: "---",
        keeps_furniture: true,
        mends_frames: false,
        page: |_| None,
        // What it knows for a hyphen is put right; the soft one is not known.
        soft: Some("\u{ad} "),
        bullets: false,
    };
    style.text(print)
}

/// Markdown as Marker writes it: running heads are gone, paragraphs go on over columns and pages, bold is kept, and a
/// picture stands in the text here and there.
fn marker(print: &Print) -> String {
    let style = Markdown {
        heading: |text, level, bold| {
            let marks = "#".repeat(level);
            if bold { format!("{marks} **{text}**") } else { format!("{marks} {text}") }
        },
        text: |text, bold| match bold {
            0 => text.to_owned(),
            bold => format!("**{}**{}", text[..bold].trim_end(), &text[text[..bold].trim_end().len()..]),
        },
        item: |text| format!("- {text}"),
        cells: |cells, _| format!("| {} |", cells.join(" | ")),
        rule: "-----",
        keeps_furniture: false,
        mends_frames: true,
        page: |number| (number % 3 == 1).then(|| format!("![](_page_{number}_Picture_1.jpeg)")),
        soft: None,
        bullets: false,
    };
    style.text(print)
}

/// Markdown as Docling writes it: running heads are gone, all headings are of one level, nothing is bold, tables are
/// drawn with room, and signs that HTML or Markdown reads as its own are escaped.
fn docling(print: &Print) -> String {
    let style = Markdown {
        heading: |text, _, _| format!("## {text}"),
        text: |text, _| text.to_owned(),
        item: |text| format!("- {text}"),
        cells: |cells, _| {
            format!("| {} |", cells.iter().map(|cell| format!("{cell:<32}")).collect::<Vec<_>>().join(" | "))
        },
        rule: "----------------------------------",
        keeps_furniture: false,
        mends_frames: false,
        page: |number| (number % 3 == 2).then(|| "<!-- image -->".to_owned()),
        soft: None,
        bullets: true,
    };
    style.text(print).replace('&', "&amp;").replace('_', "\\_")
}

/// How Markdown is written.
struct Markdown {
    /// A heading: text, level, whether it is bold.
    heading: fn(&str, usize, bool) -> String,
    /// A paragraph, and how many bytes of it are bold.
    text: fn(&str, usize) -> String,
    item: fn(&str) -> String,
    /// A row of a table, and whether it is bold.
    cells: fn(&[String], bool) -> String,
    /// A cell of the line below the head of a table.
    rule: &'static str,
    keeps_furniture: bool,
    /// Whether a paragraph goes on in the next column or page.
    mends_frames: bool,
    /// What stands before a page.
    page: fn(usize) -> Option<String>,
    /// What is left of a hyphen that is no `-`; nothing where words are made whole.
    soft: Option<&'static str>,
    /// Whether bullets stand in the text even so.
    bullets: bool,
}

impl Markdown {
    fn text(&self, print: &Print) -> String {
        let mut out: Vec<String> = Vec::new();
        // The last paragraphs by their blocks, and where their text is: they may go on in the next column.
        let mut open: HashMap<usize, usize> = HashMap::new();
        for (at, page) in print.pages.iter().enumerate() {
            out.extend((self.page)(at + 1));
            for group in meant_blocks(&page.lines) {
                let lines = &group;
                let (role, block) = (lines[0].role, lines[0].block);
                if role == Role::Furniture && !self.keeps_furniture {
                    continue;
                }
                if let Role::Cell { .. } = role {
                    out.push(self.table(lines, print));
                    continue;
                }
                let (text, bold) = self.joined(lines, print);
                if let Some(&at) = open.get(&block).filter(|_| self.mends_frames) {
                    let before = &mut out[at];
                    let cut = before.strip_suffix('\u{ad}').map(str::len);
                    match cut {
                        Some(end) => before.truncate(end),
                        None => before.push(' '),
                    }
                    before.push_str(&text);
                    continue;
                }
                let all_bold = bold >= text.len();
                out.push(match role {
                    Role::Heading(level) => (self.heading)(&text, level, all_bold),
                    Role::Item => {
                        let bare = text.trim_start_matches(['•', '–', '▪', ' ']);
                        (self.item)(if self.bullets { &text } else { bare })
                    }
                    _ => (self.text)(&text, bold),
                });
                open.insert(block, out.len() - 1);
            }
        }
        // Only a paragraph that did not go on still has its cut.
        out.join("\n\n").replace("\u{ad}\n", "-\n") + "\n"
    }

    fn table(&self, lines: &[&Line], print: &Print) -> String {
        let cell = |line: &Line| match line.role {
            Role::Cell { row, column } => (row, column),
            _ => (0, 0),
        };
        let columns = lines.iter().map(|line| cell(line).1).max().unwrap_or(0) + 1;
        let mut rows: Vec<usize> = lines.iter().map(|line| cell(line).0).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut out = Vec::new();
        for (at, &row) in rows.iter().enumerate() {
            let cells: Vec<(String, usize)> = (0..columns)
                .map(|column| {
                    let lines: Vec<&Line> = lines.iter().copied().filter(|line| cell(line) == (row, column)).collect();
                    if lines.is_empty() { (String::new(), 0) } else { self.joined(&lines, print) }
                })
                .collect();
            let bold = cells.iter().all(|(text, bold)| *bold >= text.len());
            out.push((self.cells)(&cells.into_iter().map(|(text, _)| text).collect::<Vec<_>>(), bold));
            if at == 0 {
                out.push(format!("|{}|", vec![self.rule; columns].join("|")));
            }
        }
        out.join("\n")
    }

    /// The lines as one, with how many bytes are bold. A cut at the very end is left as U+00AD.
    fn joined(&self, lines: &[&Line], print: &Print) -> (String, usize) {
        let (mut out, mut bold) = (String::new(), 0);
        for (at, line) in lines.iter().enumerate() {
            let all_bold = bold >= out.trim_end().len();
            let start = out.len();
            out.push_str(&line.text);
            if all_bold && line.bold > 0 {
                bold = start + line.bold;
            }
            let last = at + 1 == lines.len();
            match (line.hyphenated, self.soft.filter(|_| print.hyphen != '-')) {
                (true, Some(soft)) => out.push_str(if last { "\u{ad}" } else { soft }),
                (true, None) if last => out.push('\u{ad}'),
                (true, None) => {}
                (false, _) if last => {}
                (false, _) => out.push(' '),
            }
        }
        (out, bold)
    }
}

/// The text of a line as its glyphs say it; `hyphen` stands for a cut at the end.
fn glyphs(line: &Line, print: &Print, hyphen: Option<char>) -> String {
    let mut text = line.text.clone();
    if print.ligatures {
        text = text.replace("fi", "\u{fb01}").replace("fl", "\u{fb02}");
    }
    text.extend(hyphen.filter(|_| line.hyphenated));
    text
}

fn spaced_lines(lines: &[&Line], print: &Print) -> String {
    let line = |line: &&Line| {
        let end = if line.wraps && !line.hyphenated { " \n" } else { "\n" };
        glyphs(line, print, Some(print.hyphen)) + end
    };
    lines.iter().map(line).collect()
}

/// Lines in the order of drawing, those together that follow each other on one baseline.
fn drawn(lines: &[Line]) -> Vec<Vec<&Line>> {
    let mut out: Vec<Vec<&Line>> = Vec::new();
    for line in lines {
        match out.last_mut().and_then(|row| Some((*row.last()?, row))) {
            Some((last, row)) if (last.y - line.y).abs() < 1.0 && line.x > last.x => row.push(line),
            _ => out.push(vec![line]),
        }
    }
    out
}

/// Lines in the order of drawing, parted where one stands far from the one before.
fn drawn_blocks(lines: &[Line]) -> Vec<Vec<&Line>> {
    let mut out: Vec<Vec<&Line>> = Vec::new();
    for line in lines {
        let near = |last: &Line| {
            let down = line.y - last.y;
            (-1.0..line.size * 1.75).contains(&down) && line.x < last.right() + line.size * 3.0 && last.x < line.right()
        };
        match out.last_mut() {
            Some(block) if block.last().is_some_and(|last| near(last)) => block.push(line),
            _ => out.push(vec![line]),
        }
    }
    out
}

/// Rows of text from the top to the bottom, each from left to right.
fn rows(lines: &[Line], tolerance: f64) -> Vec<Vec<&Line>> {
    let mut sorted: Vec<&Line> = lines.iter().collect();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut out: Vec<Vec<&Line>> = Vec::new();
    for line in sorted {
        match out.last_mut() {
            Some(row) if line.y - row[0].y <= tolerance => row.push(line),
            _ => out.push(vec![line]),
        }
    }
    for row in &mut out {
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    out
}

/// Lines that stand together, and the room that they take.
struct Block<'a> {
    lines: Vec<&'a Line>,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl<'a> Block<'a> {
    fn new(lines: Vec<&'a Line>) -> Self {
        let least = |of: fn(&Line) -> f64| lines.iter().map(|line| of(line)).fold(f64::MAX, f64::min);
        let most = |of: fn(&Line) -> f64| lines.iter().map(|line| of(line)).fold(f64::MIN, f64::max);
        let (left, top) = (least(|line| line.x), least(Line::top));
        let (right, bottom) = (most(Line::right), most(|line| line.y));
        Self { lines, left, right, top, bottom }
    }
}

/// Blocks of lines that stand right below each other and belong together by `fits`, whatever order they were drawn in.
fn blocks<'a>(lines: &'a [Line], fits: impl Fn(&Line, &Line) -> bool) -> Vec<Block<'a>> {
    let mut sorted: Vec<&Line> = lines.iter().collect();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut open: Vec<Vec<&Line>> = Vec::new();
    for line in sorted {
        let above = open.iter_mut().find(|block| {
            let last = block[block.len() - 1];
            let down = line.y - last.y;
            let overlap = last.x < line.right() && line.x < last.right();
            down > 0.5 && down < line.size * 1.75 && overlap && fits(last, line)
        });
        match above {
            Some(block) => block.push(line),
            None => open.push(vec![line]),
        }
    }
    open.into_iter().map(Block::new).collect()
}

/// Blocks as they were meant: paragraphs, headings, tables, as far as they stand in one column; the columns in their
/// order, and running heads where they were drawn.
fn meant_blocks(lines: &[Line]) -> Vec<Vec<&Line>> {
    let heads = lines.iter().take_while(|line| line.role == Role::Furniture).count();
    let (heads, lines) = lines.split_at(heads);
    let mut sorted: Vec<&Line> = lines.iter().collect();
    sorted.sort_by_key(|line| line.frame);
    let mut out: Vec<Vec<&Line>> = Vec::new();
    for line in heads.iter().chain(sorted) {
        let mine = out.iter_mut().find(|block| {
            block[0].block == line.block && block[0].frame == line.frame && block[0].role != Role::Furniture
        });
        match mine {
            Some(block) => block.push(line),
            None => out.push(vec![line]),
        }
    }
    out
}

/// Blocks in the order of columns, between the white strips that cross the page: rows of cards and running heads are
/// strips of their own. A strip that columns of text happen to leave white at the same height is none.
fn reading_order(mut blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    blocks.sort_by(|a, b| a.top.total_cmp(&b.top));
    let frames =
        |blocks: &[Block<'_>]| -> BTreeSet<usize> { blocks.iter().map(|block| block.lines[0].frame).collect() };
    let mut out = Vec::new();
    let mut at = 1;
    while at < blocks.len() {
        let (above, below) = blocks.split_at(at);
        let bottom = above.iter().map(|block| block.bottom).fold(f64::MIN, f64::max);
        let white = below[0].top > bottom + below[0].lines[0].size * 0.55;
        if white && frames(above).intersection(&frames(below)).count() < 2 {
            let below = blocks.split_off(at);
            out.append(&mut in_columns(blocks));
            (blocks, at) = (below, 0);
        }
        at += 1;
    }
    out.append(&mut in_columns(blocks));
    out
}

/// What stands above comes first where two blocks share a strip from top to bottom, and what stands to the left where
/// nothing between them spans both.
fn in_columns(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let over = |a: &Block<'_>, b: &Block<'_>| a.left < b.right && b.left < a.right;
    let before = |a: &Block<'_>, b: &Block<'_>| {
        if over(a, b) {
            return a.top < b.top;
        }
        let (upper, lower) = if a.top < b.top { (a, b) } else { (b, a) };
        let spanned = blocks
            .iter()
            .any(|other| over(other, a) && over(other, b) && other.top >= upper.top && other.bottom <= lower.bottom);
        if spanned { a.top < b.top } else { a.right <= b.left }
    };
    let count = blocks.len();
    let mut after: Vec<usize> = (0..count)
        .map(|at| (0..count).filter(|&other| other != at && before(&blocks[other], &blocks[at])).count())
        .collect();
    let (mut order, mut done) = (Vec::with_capacity(count), vec![false; count]);
    while order.len() < count {
        // Where there is a circle, the block that waits for the fewest breaks it.
        let Some(next) = (0..count).filter(|&at| !done[at]).min_by_key(|&at| (after[at], tenths(blocks[at].top)))
        else {
            break;
        };
        done[next] = true;
        order.push(next);
        for at in 0..count {
            if !done[at] && before(&blocks[next], &blocks[at]) {
                after[at] -= 1;
            }
        }
    }
    let mut blocks: Vec<Option<Block<'_>>> = blocks.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| blocks[at].take()).collect()
}

/// Boxes in the order of pdfminer's tree: the two that waste the least room are put together first, unless something
/// else stands between them; of two branches, the one further up and, with less weight, further left comes first.
fn in_tree_order(boxes: Vec<Block<'_>>) -> Vec<Block<'_>> {
    struct Node {
        left: f64,
        right: f64,
        top: f64,
        bottom: f64,
        leaves: Vec<usize>,
    }
    impl Node {
        fn key(&self) -> f64 {
            0.5 * self.left + 1.5 * (self.top + self.bottom)
        }
        fn around(&self, other: &Self) -> (f64, f64, f64, f64) {
            let (left, right) = (self.left.min(other.left), self.right.max(other.right));
            (left, right, self.top.min(other.top), self.bottom.max(other.bottom))
        }
        fn waste(&self, other: &Self) -> f64 {
            let area = |left: f64, right: f64, top: f64, bottom: f64| (right - left) * (bottom - top);
            let (left, right, top, bottom) = self.around(other);
            let own = |node: &Self| area(node.left, node.right, node.top, node.bottom);
            area(left, right, top, bottom) - own(self) - own(other)
        }
    }
    let node = |(at, block): (usize, &Block<'_>)| Node {
        left: block.left,
        right: block.right,
        top: block.top,
        bottom: block.bottom,
        leaves: vec![at],
    };
    let mut nodes: Vec<Node> = boxes.iter().enumerate().map(node).collect();
    while nodes.len() > 1 {
        let mut best: Option<(bool, f64, usize, usize)> = None;
        for a in 0..nodes.len() {
            for b in a + 1..nodes.len() {
                let waste = nodes[a].waste(&nodes[b]);
                if best.is_some_and(|(between, least, ..)| !between && least <= waste) {
                    continue;
                }
                let (left, right, top, bottom) = nodes[a].around(&nodes[b]);
                let between = nodes.iter().enumerate().any(|(at, node)| {
                    at != a
                        && at != b
                        && node.left < right
                        && left < node.right
                        && node.top < bottom
                        && top < node.bottom
                });
                if best.is_none_or(|(was, least, ..)| (between, waste) < (was, least)) {
                    best = Some((between, waste, a, b));
                }
            }
        }
        let Some((_, _, a, b)) = best else { break };
        let (second, first) = (nodes.swap_remove(b), nodes.swap_remove(a));
        let (left, right, top, bottom) = first.around(&second);
        let (first, second) = if first.key() <= second.key() { (first, second) } else { (second, first) };
        let leaves = [first.leaves, second.leaves].concat();
        nodes.push(Node { left, right, top, bottom, leaves });
    }
    let mut boxes: Vec<Option<Block<'_>>> = boxes.into_iter().map(Some).collect();
    nodes.into_iter().flat_map(|node| node.leaves).filter_map(|at| boxes[at].take()).collect()
}

/// A length in tenths, to be compared and sorted.
fn tenths(length: f64) -> i64 {
    (length * 10.0).round() as i64
}

/// A number of characters or lines, no less than 0.
fn whole(number: f64) -> usize {
    number.round().max(0.0) as usize
}
