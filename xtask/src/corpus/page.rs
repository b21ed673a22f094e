//! Pages with lines of text on them, and the press that sets them.
//!
//! A press sets blocks of text into the columns of a page, from the top to the bottom, and breaks lines at the width.
//! What comes out is what a PDF holds: lines with their places, in the order in which they were drawn. What each line
//! was meant to be is kept beside it, for the extractors that know it by looking at the page.

/// How a line was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Running text and whatever looks like it.
    Text,
    /// A heading, from 1.
    Heading(usize),
    /// An item of a list.
    Item,
    /// A running head or foot, a page number.
    Furniture,
    /// A cell of a table.
    Cell {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
}

/// A line of text.
#[derive(Clone, Debug)]
pub struct Line {
    /// The left end.
    pub x: f64,
    /// The baseline, from the top.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The size of the letters.
    pub size: f64,
    /// The text, without the hyphen of a break.
    pub text: String,
    /// How many bytes at the beginning are bold.
    pub bold: usize,
    /// Whether the text goes on in the next line for lack of room.
    pub wraps: bool,
    /// Whether a word is cut at the end.
    pub hyphenated: bool,
    /// Whether the line was stretched to its width.
    pub stretched: bool,
    /// How it was meant.
    pub role: Role,
    /// Lines of one block are one paragraph, item or heading; or one table.
    pub block: usize,
    /// Lines of one frame stand in one column of a page.
    pub frame: usize,
}

impl Line {
    /// The right end.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The upper end.
    #[must_use]
    pub fn top(&self) -> f64 {
        self.y - self.size
    }

    /// Whether all of it is bold.
    #[must_use]
    pub fn is_bold(&self) -> bool {
        self.bold >= self.text.len()
    }
}

/// A page: its lines in the order of drawing.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The lines.
    pub lines: Vec<Line>,
    /// The part of the report that it is in.
    pub part: String,
}

/// A report in print.
#[derive(Clone, Debug)]
pub struct Print {
    /// The pages.
    pub pages: Vec<Page>,
    /// The size of the running text.
    pub size: f64,
    /// The distance from baseline to baseline.
    pub lead: f64,
    /// What stands in the text for a hyphen at the end of a line.
    pub hyphen: char,
    /// Whether the letters `fi` are one glyph.
    pub ligatures: bool,
}

/// The format of the pages.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Width of a page.
    pub width: f64,
    /// Height of a page.
    pub height: f64,
    /// Left and right margin.
    pub margins: (f64, f64),
    /// The size of the running text.
    pub size: f64,
    /// Whether words are cut at the end of a line.
    pub hyphenates: bool,
    /// Whether lines are stretched to the width.
    pub justifies: bool,
}

/// A piece of text that begins on a line of its own.
#[derive(Clone, Debug, Default)]
pub struct Part {
    text: String,
    bold: usize,
}

impl Part {
    /// Text that is not bold.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: 0 }
    }

    /// Text that is bold.
    pub fn bold(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { bold: text.len(), text }
    }

    /// The same after a mark, which is as bold as what follows it.
    #[must_use]
    pub fn after(self, mark: &str) -> Self {
        let bold = if self.bold > 0 { self.bold + mark.len() } else { 0 };
        Self { text: format!("{mark}{}", self.text), bold }
    }

    /// Bold text, and text after it that is not.
    pub fn led(bold: &str, rest: &str) -> Self {
        Self { text: format!("{bold}{rest}"), bold: bold.len() }
    }
}

/// How a block looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The size as a multiple of the running text's.
    pub scale: f64,
    /// How it is meant.
    pub role: Role,
    /// Room above, in lines.
    pub above: f64,
    /// How much the first line of a part is indented, and how much the others.
    pub indents: (f64, f64),
    /// Whether lines are centred.
    pub centred: bool,
}

impl Look {
    /// Running text, directly below what is above.
    pub const TEXT: Self = Self { scale: 1.0, role: Role::Text, above: 0.0, indents: (0.0, 0.0), centred: false };

    /// A heading.
    #[must_use]
    pub const fn heading(level: usize, scale: f64) -> Self {
        Self { scale, role: Role::Heading(level), above: 1.0, ..Self::TEXT }
    }

    /// With room above, in lines.
    #[must_use]
    pub const fn above(self, above: f64) -> Self {
        Self { above, ..self }
    }

    /// With the first line and the others indented.
    #[must_use]
    pub const fn indented(self, first: f64, others: f64) -> Self {
        Self { indents: (first, others), ..self }
    }

    /// In another size.
    #[must_use]
    pub const fn scaled(self, scale: f64) -> Self {
        Self { scale, ..self }
    }

    /// With another meaning.
    #[must_use]
    pub const fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// Centred.
    #[must_use]
    pub const fn centred(self) -> Self {
        Self { centred: true, ..self }
    }
}

/// Where a block stands beside others: left end and width.
pub type Place = (f64, f64);

/// Sets text on pages.
#[derive(Clone)]
pub struct Press {
    format: Format,
    pages: Vec<Page>,
    columns: Vec<Place>,
    column: usize,
    /// Where the columns begin, where the next block does, and how far down anything reaches.
    top: f64,
    y: f64,
    deepest: f64,
    /// Where the columns end on this page, if that is above its bottom.
    limit: f64,
    /// What is drawn when everything else of the page is.
    late: Vec<Line>,
    block: usize,
    frame: usize,
    /// The part of the report that the next page is in.
    pub part: String,
}

/// Room for running heads and feet.
const EDGE: f64 = 56.0;
/// Baseline to baseline, as a multiple of the size.
const LEAD: f64 = 1.25;

impl Press {
    /// An empty page.
    #[must_use]
    pub fn new(format: Format) -> Self {
        let mut press = Self {
            columns: vec![(format.margins.0, format.width - format.margins.0 - format.margins.1)],
            format,
            pages: Vec::new(),
            column: 0,
            top: EDGE,
            y: EDGE,
            deepest: EDGE,
            limit: f64::MAX,
            late: Vec::new(),
            block: 0,
            frame: 0,
            part: String::new(),
        };
        press.turn();
        press
    }

    /// From a new page on, unless nothing is on this one yet.
    pub fn new_page(&mut self) {
        if self.pages.last().is_some_and(|page| !page.lines.is_empty()) || !self.late.is_empty() {
            self.turn();
        }
        if let Some(page) = self.pages.last_mut() {
            page.part.clone_from(&self.part);
        }
    }

    fn turn(&mut self) {
        if let Some(page) = self.pages.last_mut() {
            page.lines.append(&mut self.late);
        }
        self.pages.push(Page { lines: Vec::new(), part: self.part.clone() });
        (self.top, self.y, self.deepest, self.column) = (EDGE, EDGE, EDGE, 0);
        self.limit = f64::MAX;
        self.frame += 1;
    }

    /// From here on in columns of one width, below what is there.
    pub fn columns(&mut self, columns: &[Place]) {
        self.columns = columns.to_vec();
        (self.column, self.top) = (0, self.deepest);
        self.y = self.top;
        self.frame += 1;
    }

    /// Sets what `set` sets in columns that are about as long as each other.
    pub fn balanced(&mut self, columns: &[Place], set: impl Fn(&mut Self)) {
        self.columns(columns);
        let mut trial = self.clone();
        trial.columns.truncate(1);
        trial.format.height = f64::MAX;
        set(&mut trial);
        // A little more, since what must not be cut leaves columns short.
        let share = (trial.y - trial.top) / columns.len() as f64 + 4.0 * self.format.size * LEAD;
        self.limit = self.top + share;
        set(self);
        self.limit = f64::MAX;
    }

    /// Draws the last column before the one to the left of it, where a paragraph goes over from the one to the other: so
    /// the words say which comes first.
    pub fn swap_columns(&mut self) {
        let last = self.frame;
        let Some(page) = self.pages.last_mut().filter(|_| self.column == 1) else { return };
        let Some(second) = page.lines.iter().position(|line| line.frame == last) else { return };
        let Some(first) = page.lines.iter().position(|line| line.frame + 1 == last) else { return };
        if first < second && page.lines[second - 1].wraps {
            page.lines[first..].rotate_left(second - first);
        }
    }

    /// So many equal columns, as wide as the page allows.
    #[must_use]
    pub fn equal(&self, count: usize, gutter: f64) -> Vec<Place> {
        let (left, right) = self.format.margins;
        let room = self.format.width - left - right;
        let width = (room - gutter * (count as f64 - 1.0)) / count as f64;
        (0..count).map(|at| (left + at as f64 * (width + gutter), width)).collect()
    }

    fn next_column(&mut self) {
        if self.column + 1 < self.columns.len() {
            self.column += 1;
            self.y = self.top;
            self.frame += 1;
        } else {
            self.turn();
        }
    }

    fn bottom(&self) -> f64 {
        self.limit.min(self.format.height - EDGE)
    }

    /// So that a heading does not stand alone: goes on where there is room for so many lines.
    pub fn need(&mut self, lines: f64) {
        if self.y + lines * self.format.size * LEAD > self.bottom() {
            self.next_column();
        }
    }

    /// Sets a block in the column.
    pub fn block(&mut self, parts: &[Part], look: Look) {
        let lead = self.format.size * look.scale * LEAD;
        self.block += 1;
        if self.y > self.top {
            self.y += look.above * self.format.size * LEAD;
        }
        let place = self.columns[self.column];
        for mut line in self.lines(parts, look, place) {
            if self.y + lead > self.bottom() {
                self.next_column();
            }
            line.x += self.columns[self.column].0 - place.0;
            self.y += lead;
            (line.y, line.frame) = (self.y, self.frame);
            self.draw(line, false);
        }
    }

    /// Leaves room, in lines.
    pub fn skip(&mut self, lines: f64) {
        self.y += lines * self.format.size * LEAD;
        self.deepest = self.deepest.max(self.y);
    }

    /// Sets a paragraph.
    pub fn text(&mut self, text: &str, look: Look) {
        self.block(&[Part::plain(text)], look);
    }

    /// Sets blocks side by side. They are one table where the look says so.
    pub fn row(&mut self, cells: &[(Place, Vec<Part>)], look: Look) {
        self.row_shifted(cells, look, 0.0);
    }

    /// The same, with the first block so much lower than the others.
    pub fn row_shifted(&mut self, cells: &[(Place, Vec<Part>)], look: Look, shift: f64) {
        let lead = self.format.size * look.scale * LEAD;
        let set: Vec<Vec<Line>> = cells.iter().map(|(place, parts)| self.lines(parts, look, *place)).collect();
        let height = set.iter().map(Vec::len).max().unwrap_or(0) as f64 * lead;
        if self.y > self.top {
            self.y += look.above * self.format.size * LEAD;
        }
        if self.y + height > self.bottom() {
            self.next_column();
        }
        // The first row of a table makes its block; cards are blocks of their own.
        let table = matches!(look.role, Role::Cell { .. });
        if matches!(look.role, Role::Cell { row: 0, .. }) {
            self.block += 1;
        }
        for (column, lines) in set.into_iter().enumerate().filter(|(_, lines)| !lines.is_empty()) {
            self.block += usize::from(!table);
            for (at, mut line) in lines.into_iter().enumerate() {
                line.y = self.y + (at + 1) as f64 * lead + if column == 0 { shift } else { 0.0 };
                (line.block, line.frame) = (self.block, self.frame);
                if let Role::Cell { column: place, .. } = &mut line.role {
                    *place = column;
                }
                self.draw(line, false);
            }
        }
        self.y += height;
    }

    /// Sets a block beside the column, no higher than where the columns begin and than `from`; gives where it ends.
    /// `late` says that it is drawn after the rest of the page.
    pub fn aside(&mut self, parts: &[Part], look: Look, place: Place, from: f64, late: bool) -> f64 {
        let lead = self.format.size * look.scale * LEAD;
        let lines = self.lines(parts, look, place);
        let mut y = from.max(self.top);
        if y + lines.len() as f64 * lead > self.bottom() {
            self.turn();
            y = self.y;
        }
        self.block += 1;
        for mut line in lines {
            y += lead;
            (line.y, line.block, line.frame) = (y, self.block, self.frame + 1);
            self.draw(line, late);
        }
        y
    }

    /// Where the next block would stand: page and height.
    #[must_use]
    pub fn at(&self) -> (usize, f64) {
        (self.pages.len(), self.y)
    }

    fn draw(&mut self, mut line: Line, late: bool) {
        if !late {
            line.block = self.block;
        }
        self.deepest = self.deepest.max(line.y);
        match self.pages.last_mut() {
            Some(page) if !late => page.lines.push(line),
            _ => self.late.push(line),
        }
    }

    /// The lines that the parts of a block break into, each at its x.
    fn lines(&self, parts: &[Part], look: Look, (left, room): Place) -> Vec<Line> {
        let size = self.format.size * look.scale;
        let hyphenates = self.format.hyphenates && matches!(look.role, Role::Text | Role::Item);
        let mut lines = Vec::new();
        for part in parts {
            let mut bold = part.bold;
            let indent = |first: bool| if first { look.indents.0 } else { look.indents.1 };
            let broken = broken(&part.text, size, hyphenates, |first| room - indent(first));
            let last = broken.len() - 1;
            for (at, (text, hyphenated)) in broken.into_iter().enumerate() {
                let indent = indent(at == 0);
                let natural = width(&text, size);
                let stretched = self.format.justifies && at < last && look.role == Role::Text && !look.centred;
                let width = if stretched { room - indent } else { natural };
                lines.push(Line {
                    x: left + indent + if look.centred { (room - natural) / 2.0 } else { 0.0 },
                    y: 0.0,
                    width,
                    size,
                    bold: bold.min(text.len()),
                    wraps: at < last,
                    hyphenated,
                    // Only a line that had to give much shows it.
                    stretched: stretched && width - natural > text.matches(' ').count() as f64 * size * 0.12,
                    role: look.role,
                    block: 0,
                    frame: 0,
                    text: text.clone(),
                });
                bold = bold.saturating_sub(text.len() + usize::from(!hyphenated));
            }
        }
        lines
    }

    /// The pages, each with its furniture: texts with their places from left, centre or right, at the head or the foot,
    /// drawn before or after the rest.
    #[must_use]
    pub fn finish(mut self, furniture: impl Fn(usize, &str) -> Vec<Furniture>) -> Vec<Page> {
        self.turn();
        self.pages.pop();
        let (left, right) = self.format.margins;
        for (at, page) in self.pages.iter_mut().enumerate() {
            for piece in furniture(at + 1, &page.part) {
                let size = self.format.size * 0.8;
                let width = width(&piece.text, size);
                let x = match piece.side {
                    Side::Left => left,
                    Side::Centre => (self.format.width - width) / 2.0,
                    Side::Right => self.format.width - right - width,
                };
                let line = Line {
                    x,
                    y: if piece.foot { self.format.height - 28.0 } else { 34.0 },
                    width,
                    size,
                    bold: 0,
                    text: piece.text,
                    wraps: false,
                    hyphenated: false,
                    stretched: false,
                    role: Role::Furniture,
                    block: usize::MAX - usize::from(piece.foot),
                    frame: usize::MAX,
                };
                let at = if piece.late { page.lines.len() } else { 0 };
                page.lines.insert(at, line);
            }
        }
        self.pages
    }
}

/// A running head or foot.
#[derive(Clone, Debug)]
pub struct Furniture {
    /// What it says.
    pub text: String,
    /// At which side.
    pub side: Side,
    /// At the foot of the page, not the head.
    pub foot: bool,
    /// Drawn after the page, not before.
    pub late: bool,
}

/// A side of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Left.
    Left,
    /// In the middle.
    Centre,
    /// Right.
    Right,
}

/// The width of a text: letters of about the widths of a common serif.
#[must_use]
pub fn width(text: &str, size: f64) -> f64 {
    let units = |c: char| match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | '(' | ')' | '-' | ' ' => {
            0.28
        }
        'm' | 'w' | '—' => 0.75,
        'M' | 'W' => 0.9,
        c if c.is_uppercase() => 0.66,
        _ => 0.48,
    };
    text.chars().map(units).sum::<f64>() * size
}

/// The text as lines no wider than `room` (for the first line, and for the others), with whether a word was cut.
fn broken(text: &str, size: f64, hyphenates: bool, room: impl Fn(bool) -> f64) -> Vec<(String, bool)> {
    let mut lines: Vec<(String, bool)> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let mut word = word;
        loop {
            let glue = if line.is_empty() { "" } else { " " };
            let free = room(lines.is_empty()) - width(&line, size) - width(glue, size);
            if width(word, size) <= free || (line.is_empty() && !hyphenates) {
                line.push_str(glue);
                line.push_str(word);
                break;
            }
            let cut = if hyphenates { last_cut(word, free - width("-", size), size) } else { None };
            if let Some(at) = cut {
                line.push_str(glue);
                line.push_str(&word[..at]);
                word = &word[at..];
            } else if line.is_empty() {
                line.push_str(word);
                break;
            }
            lines.push((std::mem::take(&mut line), cut.is_some()));
        }
    }
    lines.push((line, false));
    lines
}

/// The last place where a word may be cut so that its beginning is no wider than `room`: between two consonants that
/// stand between vowels. Words with hyphens or capitals in them stay whole.
fn last_cut(word: &str, room: f64, size: f64) -> Option<usize> {
    let letters = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    if letters.len() < 7 || !letters.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let bytes = letters.as_bytes();
    let is_vowel = |at: usize| matches!(bytes[at], b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    (3..bytes.len() - 3).rev().find(|&at| {
        is_vowel(at - 2) && !is_vowel(at - 1) && !is_vowel(at) && is_vowel(at + 1) && width(&word[..at], size) <= room
    })
}
