//! Layouts: how a report prints an edition, and so what of it can be read.
//!
//! Each layout is one combination of forms; the words and signs in them (labels, marks, separators, where running heads
//! stand) are drawn for each edition anew.

use serde_json::{Value, json};

use super::draw::Draw;
use super::edition::{Edition, Person, Quote, Session};
use super::page::{Format, Furniture, Look, Part, Place, Press, Print, Role, Side};

/// A way to set a report.
pub struct Layout {
    /// The name in the table.
    pub name: &'static str,
    /// What it looks like.
    pub about: &'static str,
    /// Sets an edition and says what of it is printed.
    pub set: fn(&Edition, &mut Draw) -> (Print, Value),
    /// The kinds that nobody could read any more where columns are run together line by line.
    pub lost_interleaved: &'static [&'static str],
}

const COLUMN_TEXT: &[&str] =
    &["summaries", "conclusions", "quotes", "quotes with speaker", "quotes with session", "takeaways"];
const BESIDE_TEXT: &[&str] = &[
    "session speakers",
    "session speakers with credit",
    "session moderators",
    "session moderators with credit",
    "summaries",
    "conclusions",
    "quotes",
    "quotes with speaker",
    "quotes with session",
];

/// All of them.
pub const LAYOUTS: &[Layout] = &[
    Layout {
        name: "folio",
        about: "one column; labels on a line of their own, a credit a line, quotes between paragraphs",
        set: folio,
        lost_interleaved: &[],
    },
    Layout {
        name: "gazette",
        about: "two columns with hyphens; labels on the line of the first name, quotes in the columns, cards in a grid",
        set: gazette,
        lost_interleaved: COLUMN_TEXT,
    },
    Layout {
        name: "margin",
        about: "credits and quotes in a side column, drawn before or after the text",
        set: margin,
        lost_interleaved: BESIDE_TEXT,
    },
    Layout {
        name: "minutes",
        about: "numbered headings, credits run together in parentheses, quotes after the text, programme at the end",
        set: minutes,
        lost_interleaved: &[],
    },
    Layout {
        name: "register",
        about: "tables for programme, credits and speakers; quotes without marks under a dash",
        set: register,
        lost_interleaved: &[],
    },
    Layout {
        name: "poster",
        about: "wide pages, titles in capitals; quotes first, credits and takeaways side by side",
        set: poster,
        lost_interleaved: &["takeaways"],
    },
    Layout {
        name: "brief",
        about: "contents, no programme and no kinds; all credits of a session in one paragraph, names before the quotes",
        set: brief,
        lost_interleaved: &[],
    },
    Layout {
        name: "almanac",
        about: "days with times in the headings, labels in the margin, programme with credits, two days side by side",
        set: almanac,
        lost_interleaved: &["agenda slots"],
    },
];

/// Words and signs that a report uses throughout.
struct Habits {
    speakers: &'static str,
    moderator: &'static str,
    marks: (&'static str, &'static str),
    /// Between hours and minutes, and between two times.
    clock: (char, &'static str),
    /// Between name and credit.
    after_name: &'static str,
    conclusions: &'static str,
    programme: &'static str,
    people: &'static str,
    bold_names: bool,
}

impl Habits {
    fn new(draw: &mut Draw) -> Self {
        Self {
            speakers: draw.word(&["On stage", "Speakers", "Panellists", "With", "Participants"]),
            moderator: draw.word(&["Moderation", "Moderator", "Moderated by", "Chair"]),
            marks: *draw.pick(&[("“", "”"), ("“", "”"), ("\"", "\""), ("„", "“"), ("«", "»"), ("‘", "’")]),
            clock: (*draw.pick(&['.', ':', ':']), draw.word(&[" – ", "–", "-", " to "])),
            after_name: draw.word(&[", ", ", ", " | ", " – "]),
            conclusions: draw.word(&["Conclusions", "Key points", "Main conclusions"]),
            programme: draw.word(&["Programme", "Agenda", "Conference programme"]),
            people: draw.word(&["Speakers", "Our speakers", "Speakers and moderators"]),
            bold_names: draw.chance(50),
        }
    }

    fn times(&self, (start, end): (usize, usize)) -> String {
        let (point, until) = self.clock;
        let clock = |minutes: usize| format!("{:02}{point}{:02}", minutes / 60, minutes % 60);
        format!("{}{until}{}", clock(start), clock(end))
    }

    /// A credit on a line of its own.
    fn credit(&self, person: &Person) -> Part {
        let (name, rest) = (person.full_name(), format!("{}{}", self.after_name, person.credit()));
        if self.bold_names { Part::led(&name, &rest) } else { Part::plain(name + &rest) }
    }

    fn quoted(&self, quote: &Quote) -> String {
        format!("{}{}{}", self.marks.0, quote.text, self.marks.1)
    }
}

/// A report in the making.
struct Report<'a> {
    edition: &'a Edition,
    press: Press,
    habits: Habits,
    gold: Value,
    format: Format,
}

const PORTRAIT: Format =
    Format { width: 595.0, height: 842.0, margins: (64.0, 64.0), size: 10.0, hyphenates: false, justifies: false };

impl<'a> Report<'a> {
    fn new(edition: &'a Edition, draw: &mut Draw, format: Format) -> Self {
        let habits = Habits::new(draw);
        let mut gold = edition.gold();
        // What only some pages say.
        for key in ["short_name", "ordinal", "format"] {
            gold["edition"][key] = Value::Null;
        }
        gold["figures"] = json!([]);
        Self { edition, press: Press::new(format), habits, gold, format }
    }

    /// The pages, with running heads.
    fn finish(mut self, draw: &mut Draw, hyphen: char) -> (Print, Value) {
        let head = match draw.below(4) {
            0 => String::new(),
            1 => {
                self.gold["edition"]["short_name"] = json!(self.edition.short);
                self.edition.short.clone()
            }
            _ => self.edition.name(),
        };
        let (foot, late, outside, with_part) = (draw.chance(50), draw.chance(50), draw.chance(50), draw.chance(50));
        let number_foot = draw.chance(70);
        let furniture = |number: usize, part: &str| {
            // The title page has none.
            if number == 1 {
                return Vec::new();
            }
            let (near, far) = if number.is_multiple_of(2) || !outside {
                (Side::Left, Side::Right)
            } else {
                (Side::Right, Side::Left)
            };
            let mut out = Vec::new();
            if !head.is_empty() {
                out.push(Furniture { text: head.clone(), side: far, foot, late });
            }
            if with_part && !part.is_empty() {
                out.push(Furniture { text: part.to_owned(), side: near, foot, late });
            }
            // Beside the head where that is at the same edge.
            let side = if outside { Side::Centre } else { near };
            let side = if foot == number_foot && with_part { Side::Centre } else { side };
            out.push(Furniture { text: number.to_string(), side, foot: number_foot, late });
            out
        };
        let pages = self.press.finish(furniture);
        let size = self.format.size;
        (Print { pages, size, lead: size * 1.25, hyphen, ligatures: draw.chance(25) }, self.gold)
    }

    fn dates(&self) -> String {
        let (first, last) = (self.edition.date(0), self.edition.date(self.edition.days - 1));
        let month = first.strftime("%B %Y").to_string();
        if first == last {
            format!("{} {month}", first.day())
        } else {
            format!("{}–{} {month}", first.day(), last.day())
        }
    }

    fn cover(&mut self, draw: &mut Draw) {
        let edition = self.edition;
        self.press.text(&edition.name(), Look::heading(1, 2.2));
        self.press.text(&edition.theme, Look::heading(2, 1.4).above(2.0));
        let place = format!("{}, {}", edition.venue, edition.city);
        if draw.chance(50) {
            self.press.text(&self.dates(), Look::TEXT.above(3.0));
            self.press.text(&place, Look::TEXT);
        } else {
            self.press.text(&format!("{} | {place}", self.dates()), Look::TEXT.above(3.0));
        }
    }

    /// A page that begins a part of the report, with its heading.
    fn part(&mut self, title: &str, look: Look) {
        title.clone_into(&mut self.press.part);
        self.press.columns(&self.press.equal(1, 0.0));
        self.press.new_page();
        self.press.text(title, look);
    }

    fn welcome(&mut self, draw: &mut Draw, look: Look, paragraph: Look) {
        let edition = self.edition;
        self.part(draw.word(&["Welcome", "Introduction", "Foreword"]), look);
        let held = if edition.hybrid { " It was held in a hybrid format." } else { "" };
        self.press.text(
            &format!(
                "The {} edition of the {} took place on {} at the {} in {}.{held}",
                edition.ordinal_word(),
                edition.series,
                self.dates(),
                edition.venue,
                edition.city
            ),
            paragraph,
        );
        self.gold["edition"]["ordinal"] = json!(edition.ordinal);
        self.gold["edition"]["format"] = json!(edition.hybrid.then_some("hybrid"));
        for text in &edition.welcome {
            self.press.text(text, paragraph);
        }
    }

    fn contents(&mut self, look: Look) {
        self.part("Contents", look);
        for (at, session) in self.edition.sessions.iter().enumerate() {
            let dots = ".".repeat(90_usize.saturating_sub(session.title.chars().count()));
            self.press.text(&format!("{} {dots} {}", session.title, 4 + at * 2), Look::TEXT.above(0.3));
        }
    }

    fn figures(&mut self, look: Look, beside: bool) {
        self.press.need(10.0);
        self.press.text("In figures", look);
        let places = self.press.equal(self.edition.figures.len(), 20.0);
        if beside {
            let cells = self.edition.figures.iter().zip(places);
            let cells: Vec<_> =
                cells.map(|((value, label), place)| (place, vec![Part::bold(value), Part::plain(label)])).collect();
            self.press.row(&cells, Look::TEXT.above(1.0));
        } else {
            for (value, label) in &self.edition.figures {
                self.press.text(&format!("{value} {label}"), Look::TEXT.above(0.5));
            }
        }
        self.gold["figures"] = self.edition.gold()["figures"].take();
    }

    fn day(&self, day: usize, style: usize) -> Vec<Part> {
        day_heading(self.edition, day, style)
    }

    /// The kind and title of a slot.
    fn slot(&self, at: usize, kinds: bool) -> (Option<&'a str>, &'a str) {
        let slot = &self.edition.slots[at];
        let session = slot.session.map(|at| &self.edition.sessions[at]);
        (session.and_then(|session| session.kind.as_deref()).filter(|_| kinds), &slot.title)
    }

    /// The programme: times before the titles, on one line or in two columns.
    fn programme(&mut self, draw: &mut Draw, look: Look) {
        self.part(self.habits.programme, look);
        let (style, kinds, apart) = (draw.below(3), draw.below(3), draw.chance(50));
        let left = self.press.equal(1, 0.0)[0];
        for day in 0..self.edition.days {
            self.press.need(5.0);
            self.press.block(&self.day(day, style), Look::TEXT.above(1.0));
            for at in 0..self.edition.slots.len() {
                let slot = &self.edition.slots[at];
                if slot.day != day {
                    continue;
                }
                let times = self.habits.times(slot.time);
                let (kind, title) = self.slot(at, kinds > 0);
                let parts = match kind {
                    Some(kind) if kinds == 1 => vec![Part::plain(kind), Part::plain(title)],
                    Some(kind) => vec![Part::plain(format!("{kind}: {title}"))],
                    None => vec![Part::plain(title)],
                };
                if apart {
                    let cells = [((left.0, 80.0), vec![Part::plain(times)]), ((left.0 + 90.0, left.1 - 90.0), parts)];
                    self.press.row(&cells, Look::TEXT.above(0.4));
                } else {
                    let mut parts = parts;
                    parts[0] = match kind {
                        Some(kind) if kinds == 1 => Part::plain(format!("{times} {kind}")),
                        Some(kind) => Part::plain(format!("{times} {kind}: {title}")),
                        None => Part::plain(format!("{times} {title}")),
                    };
                    self.press.block(&parts, Look::TEXT.above(0.4));
                }
            }
        }
    }

    /// Neither the programme nor the sessions say when they were.
    fn no_times(&mut self) {
        self.gold["agenda"] = json!([]);
        for session in self.gold["sessions"].as_array_mut().into_iter().flatten() {
            session["date"] = Value::Null;
        }
    }

    /// Cards of speakers, so many side by side.
    fn cards(&mut self, look: Look, count: usize) {
        self.part(self.habits.people, look);
        let places = self.press.equal(count, 24.0);
        for people in self.edition.people.chunks(count) {
            let cells: Vec<_> = people.iter().zip(&places).map(|(person, place)| (*place, card(person))).collect();
            self.press.row(&cells, Look::TEXT.above(1.0));
        }
    }

    fn people_list(&mut self, look: Look, separator: &str, item: Look) {
        self.part(self.habits.people, look);
        for person in &self.edition.people {
            let (name, rest) = (person.full_name(), format!("{separator}{}", person.credit()));
            let part = if self.habits.bold_names { Part::led(&name, &rest) } else { Part::plain(name + &rest) };
            self.press.block(&[part], item);
        }
    }

    fn no_people(&mut self) {
        self.gold["speakers"] = json!([]);
    }

    /// The takeaways: title and text below it, as `mark` writes the title.
    fn takeaways(&mut self, heading: Look, title: Look, text: Look, mark: impl Fn(usize, &str) -> Part) {
        let count = self.edition.takeaways.len();
        let words = ["Three", "Four", "Five", "Six", "Seven"];
        let heading_text = if count.is_multiple_of(2) {
            "Key takeaways".to_owned()
        } else {
            format!("{} takeaways", words[count - 3])
        };
        self.part(&heading_text, heading);
        for (at, takeaway) in self.edition.takeaways.iter().enumerate() {
            self.press.need(4.0);
            self.press.block(&[mark(at + 1, &takeaway.title)], title);
            self.press.text(&takeaway.body, text);
        }
    }

    fn conclusions(&mut self, session: &Session, bullet: &str) {
        conclusions(&mut self.press, &self.habits, session, bullet);
    }

    fn link(&mut self, session: &Session) {
        link(&mut self.press, session);
    }

    fn people(&self, places: &[usize]) -> Vec<&'a Person> {
        places.iter().map(|&at| &self.edition.people[at]).collect()
    }
}

/// `Day 1`, `Tuesday, 6 May 2031`, or one of them with the other.
fn day_heading(edition: &Edition, day: usize, style: usize) -> Vec<Part> {
    let date = edition.date(day).strftime("%A, %-d %B %Y").to_string();
    match style {
        0 => vec![Part::bold(format!("Day {}", day + 1)), Part::plain(date)],
        1 => vec![Part::bold(format!("Day {} – {date}", day + 1))],
        _ => vec![Part::bold(date)],
    }
}

fn conclusions(press: &mut Press, habits: &Habits, session: &Session, bullet: &str) {
    if session.conclusions.is_empty() {
        return;
    }
    press.need(4.0);
    press.block(&[Part::bold(habits.conclusions)], Look::TEXT.above(1.0));
    for text in &session.conclusions {
        press.text(&format!("{bullet} {text}"), Look::TEXT.above(0.3).indented(0.0, 10.0).role(Role::Item));
    }
}

fn link(press: &mut Press, session: &Session) {
    if let Some(link) = &session.link {
        press.text(&format!("→ {link}"), Look::TEXT.above(1.0));
    }
}

/// Name, office and the rest, each on a line of its own.
fn card(person: &Person) -> Vec<Part> {
    let parts = person.parts.iter().map(Part::plain);
    std::iter::once(Part::bold(person.full_name())).chain(parts).collect()
}

fn folio(edition: &Edition, draw: &mut Draw) -> (Print, Value) {
    let mut report = Report::new(edition, draw, PORTRAIT);
    let (heading, paragraph) = (Look::heading(1, 1.8), Look::TEXT.above(0.8));
    report.cover(draw);
    report.programme(draw, heading);
    report.welcome(draw, heading, paragraph);
    report.part("The sessions", heading);
    let (capitals, bullets, by_after) = (draw.chance(50), draw.chance(35), draw.below(3));
    for session in &edition.sessions {
        report.press.need(10.0);
        if let Some(kind) = &session.kind {
            report.press.text(kind, Look::TEXT.above(2.0));
        }
        report.press.text(&session.title, Look::heading(2, 1.4).above(if session.kind.is_some() { 0.2 } else { 2.0 }));
        let label = |label: &str| if capitals { label.to_uppercase() } else { label.to_owned() };
        for (role, places) in
            [(report.habits.speakers, &session.speakers), (report.habits.moderator, &session.moderators)]
        {
            if !places.is_empty() {
                report.press.block(&[Part::bold(label(role))], Look::TEXT.above(0.8));
                let credits: Vec<Part> =
                    report.people(places).into_iter().map(|one| report.habits.credit(one)).collect();
                if bullets {
                    let item = Look::TEXT.above(0.2).indented(0.0, 10.0).role(Role::Item);
                    for credit in credits {
                        report.press.block(&[credit.after("• ")], item);
                    }
                } else {
                    report.press.block(&credits, Look::TEXT);
                }
            }
        }
        let mut quotes = session.quotes.iter();
        for text in &session.summary {
            report.press.text(text, paragraph);
            if let Some(quote) = quotes.next() {
                let by = &edition.people[quote.by];
                let name = match by_after {
                    0 => Part::bold(by.full_name()),
                    1 => Part::plain(format!("{}, {}", by.name, by.credit())),
                    _ => Part::plain(format!("— {}", by.name)),
                };
                report.press.need(5.0);
                let look = Look::TEXT.above(1.0).indented(30.0, 30.0).scaled(1.2);
                report.press.text(&report.habits.quoted(quote), look);
                report.press.block(&[name], Look::TEXT.above(0.2).indented(30.0, 30.0));
            }
        }
        left_out(&mut report.gold, quotes.as_slice());
        report.conclusions(session, "•");
        report.link(session);
    }
    report.takeaways(heading, Look::heading(3, 1.1), paragraph.above(0.3), |at, title| {
        Part::bold(format!("{at}. {title}"))
    });
    report.people_list(heading, " | ", Look::TEXT.above(0.3));
    report.finish(draw, '-')
}

/// Takes quotes that found no room out of the truth.
fn left_out(gold: &mut Value, quotes: &[Quote]) {
    if let Some(kept) = gold["quotes"].as_array_mut() {
        kept.retain(|one| !quotes.iter().any(|quote| one["text"] == quote.text.as_str()));
    }
}

fn gazette(edition: &Edition, draw: &mut Draw) -> (Print, Value) {
    let format = Format { hyphenates: true, justifies: true, margins: (50.0, 50.0), ..PORTRAIT };
    let hyphen = if draw.chance(50) { '\u{ad}' } else { '-' };
    let mut report = Report::new(edition, draw, format);
    let (heading, paragraph) = (Look::heading(1, 1.8), Look::TEXT.indented(12.0, 0.0));
    let swaps = draw.chance(40);
    report.cover(draw);
    report.contents(heading);
    report.welcome(draw, heading, paragraph);
    programme_beside(&mut report, draw, heading);
    "The discussions".clone_into(&mut report.press.part);
    let by_dash = draw.chance(50);
    for session in &edition.sessions {
        report.press.columns(&report.press.equal(1, 0.0));
        report.press.new_page();
        report.press.text(&session.title, Look::heading(1, 1.7));
        let when = edition.date(session.day).strftime("%-d %B %Y").to_string();
        let line = [session.kind.clone(), Some(when), Some(report.habits.times(session.time))];
        report.press.text(&line.into_iter().flatten().collect::<Vec<_>>().join(" | "), Look::TEXT.above(0.2));
        for (role, places) in
            [(report.habits.speakers, &session.speakers), (report.habits.moderator, &session.moderators)]
        {
            let people = report.people(places);
            let credits: Vec<Part> = people
                .iter()
                .enumerate()
                .map(|(at, one)| {
                    let credit = format!("{}, {}", one.full_name(), one.credit());
                    if at == 0 { Part::led(role, &format!(" {credit}")) } else { Part::plain(credit) }
                })
                .collect();
            if !credits.is_empty() {
                report.press.block(&credits, Look::TEXT.above(0.6));
            }
        }
        report.press.skip(1.0);
        let columns = report.press.equal(2, 22.0);
        let habits = &report.habits;
        report.press.balanced(&columns, |press| {
            let mut quotes = session.quotes.iter();
            for (at, text) in session.summary.iter().enumerate() {
                press.text(text, if at == 0 { Look::TEXT } else { paragraph });
                if let Some(quote) = quotes.next() {
                    let by = &edition.people[quote.by];
                    press.need(8.0);
                    press.text(&habits.quoted(quote), Look::TEXT.above(1.0).indented(10.0, 10.0).scaled(1.1));
                    let by = if by_dash { format!("— {}", by.name) } else { by.full_name() };
                    press.block(&[Part::bold(by)], Look::TEXT.indented(10.0, 10.0));
                    press.skip(1.0);
                }
            }
            conclusions(press, habits, session, "•");
            link(press, session);
        });
        if swaps {
            report.press.swap_columns();
        }
        left_out(&mut report.gold, session.quotes.get(session.summary.len()..).unwrap_or_default());
    }
    report.part("Key takeaways", heading);
    let columns = report.press.equal(2, 22.0);
    report.press.balanced(&columns, |press| {
        for (at, takeaway) in edition.takeaways.iter().enumerate() {
            press.need(6.0);
            press.text(&format!("Takeaway {}: {}", at + 1, takeaway.title), Look::heading(3, 1.15));
            press.text(&takeaway.body, Look::TEXT.above(0.3));
        }
    });
    report.cards(heading, 2);
    report.finish(draw, hyphen)
}

/// Two halves of the programme side by side: days, or the slots before and after noon.
fn programme_beside(report: &mut Report<'_>, draw: &mut Draw, look: Look) {
    report.part(report.habits.programme, look);
    let kinds = draw.chance(60);
    let style = draw.below(3);
    let columns = report.press.equal(2, 24.0);
    // The press is lent to the closure, which asks the report for words.
    let (edition, habits) = (report.edition, &report.habits);
    report.press.balanced(&columns, |press| {
        for day in 0..edition.days {
            press.need(6.0);
            press.block(&day_heading(edition, day, style), Look::TEXT.above(1.0));
            for slot in edition.slots.iter().filter(|slot| slot.day == day) {
                let session = slot.session.map(|at| &edition.sessions[at]);
                let kind = session.and_then(|session| session.kind.as_ref()).filter(|_| kinds).map(Part::plain);
                let times = Part::bold(habits.times(slot.time));
                press.need(4.0);
                let parts: Vec<Part> = [times].into_iter().chain(kind).chain([Part::plain(&slot.title)]).collect();
                press.block(&parts, Look::TEXT.above(0.6));
            }
        }
    });
}

fn margin(edition: &Edition, draw: &mut Draw) -> (Print, Value) {
    let format = Format { hyphenates: true, ..PORTRAIT };
    let mut report = Report::new(edition, draw, format);
    let heading = Look::heading(1, 1.8);
    report.cover(draw);
    report.welcome(draw, heading, Look::TEXT.above(0.8));
    report.figures(Look::heading(2, 1.3).above(2.0), true);
    "Sessions".clone_into(&mut report.press.part);
    let (late, left_side) = (draw.chance(50), draw.chance(50));
    let (text, side): (Place, Place) =
        if left_side { ((210.0, 321.0), (64.0, 122.0)) } else { ((64.0, 321.0), (409.0, 122.0)) };
    for session in &edition.sessions {
        report.press.columns(&report.press.equal(1, 0.0));
        report.press.new_page();
        if let Some(kind) = &session.kind {
            report.press.text(&kind.to_uppercase(), Look::TEXT);
        }
        report.press.block(&[Part::bold(&session.title)], Look::heading(1, 1.6).above(0.3));
        report.press.skip(1.0);
        report.press.columns(&[text]);
        let (page, mut y) = report.press.at();
        for (role, places) in
            [(report.habits.speakers, &session.speakers), (report.habits.moderator, &session.moderators)]
        {
            if places.is_empty() {
                continue;
            }
            y = report.press.aside(&[Part::bold(role)], Look::TEXT, side, y, late);
            for person in report.people(places) {
                y = report.press.aside(&card(person), Look::TEXT.scaled(0.85), side, y + 6.0, late);
            }
            y += 12.0;
        }
        for paragraph in &session.summary {
            report.press.text(paragraph, Look::TEXT.above(0.8));
        }
        // Beside the text as long as that is on one page, else beside its end.
        if report.press.at().0 != page {
            y = 0.0;
        }
        for quote in &session.quotes {
            let by = &edition.people[quote.by];
            let parts = [Part::plain(report.habits.quoted(quote)), Part::bold(&by.name), Part::plain(by.credit())];
            y = report.press.aside(&parts, Look::TEXT, side, y + 14.0, late);
        }
        report.conclusions(session, "▪");
        report.link(session);
    }
    report.no_times();
    report.takeaways(heading, Look::heading(3, 1.2), Look::TEXT.above(0.3), |_, title| Part::bold(title));
    report.people_list(heading, ", ", Look::TEXT.above(0.6).indented(0.0, 14.0));
    let hyphen = if draw.chance(50) { '\u{ad}' } else { '-' };
    report.finish(draw, hyphen)
}

fn minutes(edition: &Edition, draw: &mut Draw) -> (Print, Value) {
    let mut report = Report::new(edition, draw, Format { size: 11.0, ..PORTRAIT });
    let heading = Look::heading(1, 1.3);
    report.cover(draw);
    report.welcome(draw, heading, Look::TEXT);
    report.part("Proceedings", heading);
    let (numbered, name_style) = (draw.below(3), draw.below(3));
    // Nothing at all parts the paragraphs of some.
    let paragraph = Look::TEXT.above(*draw.pick(&[0.0, 0.8]));
    for (at, session) in edition.sessions.iter().enumerate() {
        report.press.need(10.0);
        let number = at + 1;
        let title = match (numbered, &session.kind) {
            (0, _) => format!("Session {number}: {}", session.title),
            (1, _) => format!("{number}. {}", session.title),
            (_, Some(kind)) => format!("{kind}: {}", session.title),
            (_, None) => session.title.clone(),
        };
        report.press.block(&[Part::bold(title)], Look::heading(2, 1.0).above(2.0));
        let when = edition.date(session.day).strftime("%A %-d %B %Y").to_string();
        let when = format!("{when}, {}", report.habits.times(session.time));
        let when = match &session.kind {
            Some(kind) if numbered < 2 => format!("{kind}, {when}"),
            _ => when,
        };
        report.press.text(&when, Look::TEXT);
        for (role, places) in [("Speakers", &session.speakers), ("Chair", &session.moderators)] {
            let credits: Vec<String> = report
                .people(places)
                .into_iter()
                .map(|one| format!("{} ({})", one.full_name(), one.credit()))
                .collect();
            if !credits.is_empty() {
                report.press.text(&format!("{role}: {}", credits.join("; ")), Look::TEXT);
            }
        }
        for text in &session.summary {
            report.press.text(text, paragraph);
        }
        report.conclusions(session, "–");
        report.link(session);
        for quote in &session.quotes {
            let by = &edition.people[quote.by];
            let words = report.habits.quoted(quote);
            let words = match name_style {
                0 => format!("{}: {words}", by.name),
                1 => format!("{words} ({})", by.name),
                _ => format!("{words} — {}, {}", by.name, by.credit()),
            };
            report.press.text(&words, Look::TEXT.above(0.8));
        }
    }
    report.takeaways(heading, Look::TEXT.above(0.8), Look::TEXT, |_, title| Part::plain(format!("• {title}")));
    report.no_people();
    programme_with_credits(&mut report, draw, heading);
    report.finish(draw, '-')
}

/// The programme with who is on stage under each slot.
fn programme_with_credits(report: &mut Report<'_>, draw: &mut Draw, look: Look) {
    report.part(report.habits.programme, look);
    let style = draw.below(3);
    for day in 0..report.edition.days {
        report.press.need(5.0);
        report.press.block(&report.day(day, style), Look::TEXT.above(1.0));
        for at in 0..report.edition.slots.len() {
            let slot = &report.edition.slots[at];
            if slot.day != day {
                continue;
            }
            report.press.need(4.0);
            let (_, title) = report.slot(at, false);
            report.press.text(&format!("{} {title}", report.habits.times(slot.time)), Look::TEXT.above(0.8));
            let Some(session) = slot.session.map(|at| &report.edition.sessions[at]) else { continue };
            for person in report.people(&session.speakers) {
                let text = format!("{}, {}", person.full_name(), person.credit());
                report.press.text(&text, Look::TEXT.indented(20.0, 20.0));
            }
            for person in report.people(&session.moderators) {
                let text = format!("Moderator: {}, {}", person.full_name(), person.credit());
                report.press.text(&text, Look::TEXT.indented(20.0, 20.0));
            }
        }
    }
}

fn register(edition: &Edition, draw: &mut Draw) -> (Print, Value) {
    let mut report = Report::new(edition, draw, PORTRAIT);
    let (heading, paragraph) = (Look::heading(1, 1.6), Look::TEXT.above(0.8));
    let cell = |row: usize| Look::TEXT.above(0.3).role(Role::Cell { row, column: 0 });
    let table = |widths: &[f64]| -> Vec<Place> {
        let mut x = 64.0;
        widths
            .iter()
            .map(|width| {
                x += width + 10.0;
                (x - width - 10.0, *width)
            })
            .collect()
    };
    report.cover(draw);
    report.welcome(draw, heading, paragraph);
    report.part(report.habits.programme, heading);
    let style = draw.below(3);
    for day in 0..edition.days {
        report.press.need(6.0);
        report.press.block(&report.day(day, style), Look::TEXT.above(1.0));
        let places = table(&[85.0, 350.0]);
        for (row, at) in (0..edition.slots.len()).filter(|&at| edition.slots[at].day == day).enumerate() {
            let times = Part::plain(report.habits.times(edition.slots[at].time));
            let title = Part::plain(report.slot(at, false).1);
            report.press.row(&[(places[0], vec![times]), (places[1], vec![title])], cell(row));
        }
    }
    report.part("Session summaries", heading);
    let (with_head, quotes_first) = (draw.chance(50), draw.chance(30));
    for session in &edition.sessions {
        report.press.need(12.0);
        let title = Look::heading(2, 1.3).above(2.0);
        report.press.block(&[Part::bold(&session.title)], title);
        if let Some(kind) = &session.kind {
            report.press.text(kind, Look::TEXT);
        }
        let places = table(&[120.0, 320.0]);
        let mut row = 0;
        if with_head {
            let head = [Part::bold("Name"), Part::bold("Position")];
            report
                .press
                .row(&[(places[0], vec![head[0].clone()]), (places[1], vec![head[1].clone()])], cell(0).above(0.8));
            row = 1;
        } else {
            report.press.block(&[Part::bold(report.habits.speakers)], Look::TEXT.above(0.8));
        }
        for person in report.people(&session.speakers) {
            let cells =
                [(places[0], vec![Part::plain(person.full_name())]), (places[1], vec![Part::plain(person.credit())])];
            report.press.row(&cells, cell(row));
            row += 1;
        }
        for person in report.people(&session.moderators) {
            let line = format!("{}: {}, {}", report.habits.moderator, person.full_name(), person.credit());
            report.press.text(&line, Look::TEXT.above(0.5));
        }
        let quotes = |report: &mut Report<'_>| {
            for quote in &session.quotes {
                report.press.need(4.0);
                let by = &edition.people[quote.by];
                report.press.text(&quote.text, Look::TEXT.above(1.2).indented(24.0, 24.0).scaled(1.15));
                report.press.text(&format!("— {}, {}", by.name, by.credit()), Look::TEXT.indented(24.0, 24.0));
            }
            report.press.skip(0.5);
        };
        if quotes_first {
            quotes(&mut report);
        }
        for text in &session.summary {
            report.press.text(text, paragraph);
        }
        report.conclusions(session, "•");
        report.link(session);
        if !quotes_first {
            quotes(&mut report);
        }
    }
    report.takeaways(heading, Look::heading(3, 1.0).above(1.2), Look::TEXT, |at, title| {
        Part::bold(format!("{at} {title}"))
    });
    report.part(report.habits.people, heading);
    let places = table(&[130.0, 150.0, 150.0]);
    for (row, person) in edition.people.iter().enumerate() {
        let rest = person.parts[1..].join(", ");
        let cells = [person.full_name(), person.parts[0].clone(), rest];
        let cells: Vec<_> = places.iter().copied().zip(cells.map(|text| vec![Part::plain(text)])).collect();
        report.press.row(&cells, cell(row));
    }
    report.finish(draw, '-')
}

fn poster(edition: &Edition, draw: &mut Draw) -> (Print, Value) {
    let format = Format { width: 842.0, height: 595.0, margins: (70.0, 70.0), size: 11.0, ..PORTRAIT };
    let mut report = Report::new(edition, draw, format);
    let heading = Look::heading(1, 2.0);
    report.cover(draw);
    report.programme(draw, heading);
    "Sessions".clone_into(&mut report.press.part);
    for session in &edition.sessions {
        report.press.new_page();
        report.press.text(&session.title.to_uppercase(), Look::heading(1, 1.6));
        let kind = session.kind.iter().cloned();
        let line: Vec<String> = kind.chain([report.habits.times(session.time)]).collect();
        report.press.text(&line.join(" | "), Look::TEXT.above(0.2));
        for quote in &session.quotes {
            let by = &edition.people[quote.by];
            report.press.text(&report.habits.quoted(quote), Look::TEXT.above(1.2).scaled(1.3));
            report.press.block(&[Part::bold(&by.name), Part::plain(by.credit())], Look::TEXT.above(0.2));
        }
        let places = report.press.equal(2, 30.0);
        for (role, people) in
            [(report.habits.speakers, &session.speakers), (report.habits.moderator, &session.moderators)]
        {
            if people.is_empty() {
                continue;
            }
            report.press.need(6.0);
            report.press.block(&[Part::bold(role.to_uppercase())], Look::TEXT.above(1.2));
            for pair in report.people(people).chunks(2) {
                let cells: Vec<_> = pair
                    .iter()
                    .zip(&places)
                    .map(|(one, place)| (*place, vec![Part::bold(one.full_name()), Part::plain(one.credit())]))
                    .collect();
                report.press.row(&cells, Look::TEXT.above(0.4));
            }
        }
        for text in &session.summary {
            report.press.text(text, Look::TEXT.above(1.0));
        }
        report.conclusions(session, "•");
        report.link(session);
    }
    report.part("Key messages", heading);
    let places = report.press.equal(2, 30.0);
    for (at, pair) in edition.takeaways.chunks(2).enumerate() {
        let cells: Vec<_> = pair
            .iter()
            .enumerate()
            .zip(&places)
            .map(|((one, takeaway), place)| {
                let title = Part::bold(format!("{}. {}", at * 2 + one + 1, takeaway.title));
                (*place, vec![title, Part::plain(&takeaway.body)])
            })
            .collect();
        report.press.row(&cells, Look::TEXT.above(1.5));
    }
    report.people_list(heading, ", ", Look::TEXT.above(0.3));
    report.part("Participants", heading);
    report.figures(Look::heading(2, 1.3), false);
    report.finish(draw, '-')
}

fn brief(edition: &Edition, draw: &mut Draw) -> (Print, Value) {
    let mut report = Report::new(edition, draw, Format { justifies: true, ..PORTRAIT });
    let (heading, paragraph) = (Look::heading(1, 1.6), Look::TEXT.above(0.8));
    report.cover(draw);
    report.contents(heading);
    report.welcome(draw, heading, paragraph);
    let colon = draw.chance(50);
    "Sessions".clone_into(&mut report.press.part);
    report.press.new_page();
    for session in &edition.sessions {
        report.press.need(10.0);
        report.press.block(&[Part::bold(&session.title)], Look::heading(2, 1.2).above(2.0));
        let joined = |people: Vec<&Person>| {
            people.iter().map(|one| format!("{}, {}", one.full_name(), one.credit())).collect::<Vec<_>>().join(" ")
        };
        for (role, places) in
            [(report.habits.speakers, &session.speakers), (report.habits.moderator, &session.moderators)]
        {
            if places.is_empty() {
                continue;
            }
            let label = if colon { format!("{role}:") } else { role.to_owned() };
            report
                .press
                .block(&[Part::led(&label, &format!(" {}", joined(report.people(places))))], Look::TEXT.above(0.4));
        }
        let mut quotes = session.quotes.iter();
        for text in &session.summary {
            report.press.text(text, paragraph);
            if let Some(quote) = quotes.next() {
                report.press.need(4.0);
                let by = &edition.people[quote.by];
                report.press.block(&[Part::bold(&by.name)], Look::TEXT.above(1.0));
                report.press.text(&report.habits.quoted(quote), Look::TEXT);
            }
        }
        left_out(&mut report.gold, quotes.as_slice());
        report.link(session);
    }
    for session in report.gold["sessions"].as_array_mut().into_iter().flatten() {
        session["kind"] = Value::Null;
        session["conclusions"] = json!([]);
    }
    report.no_times();
    report.takeaways(heading, paragraph, Look::TEXT, |_, title| Part::bold(title));
    report.cards(heading, 3);
    report.finish(draw, '-')
}

fn almanac(edition: &Edition, draw: &mut Draw) -> (Print, Value) {
    let mut report = Report::new(edition, draw, PORTRAIT);
    let (heading, paragraph) = (Look::heading(1, 1.7), Look::TEXT.indented(14.0, 0.0));
    report.cover(draw);
    if draw.chance(50) {
        programme_with_credits(&mut report, draw, heading);
    } else {
        programme_beside(&mut report, draw, heading);
    }
    let (style, shift) = (draw.below(3), *draw.pick(&[0.0, 2.0, 5.0]));
    let mut day = None;
    let full = report.press.equal(1, 0.0)[0];
    for session in &edition.sessions {
        if day != Some(session.day) {
            day = Some(session.day);
            report.press.columns(&[full]);
            report.press.part = format!("Day {}", session.day + 1);
            report.press.new_page();
            report.press.block(&report.day(session.day, 0), heading);
        }
        report.press.need(10.0);
        let times = report.habits.times(session.time);
        let kind = session.kind.as_deref();
        let head = match (style, kind) {
            (0, Some(kind)) => vec![format!("{times} | {kind}"), session.title.clone()],
            (1, Some(kind)) => vec![kind.to_owned(), format!("{times} {}", session.title)],
            (0, None) => vec![times, session.title.clone()],
            (1, None) => vec![format!("{times} {}", session.title)],
            (_, kind) => vec![session.title.clone(), kind.map_or(times.clone(), |kind| format!("{kind}, {times}"))],
        };
        for (at, line) in head.iter().enumerate() {
            let title = line.ends_with(&session.title);
            let above = if at == 0 { 2.0 } else { 0.1 };
            if title {
                report.press.block(&[Part::bold(line)], Look::heading(2, 1.25).above(above));
            } else {
                report.press.text(line, Look::TEXT.above(above));
            }
        }
        for (role, places) in
            [(report.habits.speakers, &session.speakers), (report.habits.moderator, &session.moderators)]
        {
            for (at, person) in report.people(places).into_iter().enumerate() {
                let label = if at == 0 { vec![Part::bold(role)] } else { Vec::new() };
                let cells =
                    [((full.0, 80.0), label), ((full.0 + 90.0, full.1 - 90.0), vec![report.habits.credit(person)])];
                report.press.row_shifted(&cells, Look::TEXT.above(if at == 0 { 0.6 } else { 0.0 }), shift);
            }
        }
        report.press.skip(0.5);
        let mut quotes = session.quotes.iter();
        for (at, text) in session.summary.iter().enumerate() {
            report.press.text(text, if at == 0 { Look::TEXT } else { paragraph });
            if at + 1 == session.summary.len() / 2 {
                for quote in quotes.by_ref() {
                    report.press.need(5.0);
                    let by = &edition.people[quote.by];
                    let look = Look::TEXT.above(1.0).scaled(1.2).centred();
                    report.press.text(&report.habits.quoted(quote), look);
                    report.press.text(&format!("{} ({})", by.name, by.credit()), Look::TEXT.above(0.3).centred());
                }
                report.press.skip(1.0);
            }
        }
        left_out(&mut report.gold, quotes.as_slice());
        report.conclusions(session, "•");
        report.link(session);
    }
    report.takeaways(heading, Look::heading(3, 1.1), Look::TEXT, |at, title| Part::bold(format!("{at} | {title}")));
    report.no_people();
    report.finish(draw, '-')
}
