//! A made-up edition of a conference: what its report is going to say.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::draw::Draw;
use super::words::{Words, capitalised};

/// Somebody who spoke.
#[derive(Clone, Debug)]
pub struct Person {
    /// `H.E.`, `Dr`.
    pub honorific: Option<String>,
    /// The name without it.
    pub name: String,
    /// The parts of the credit, as printed: office, organisation, country.
    pub parts: Vec<String>,
}

impl Person {
    /// Everything that is printed after the name.
    #[must_use]
    pub fn credit(&self) -> String {
        self.parts.join(", ")
    }

    /// The name as printed.
    #[must_use]
    pub fn full_name(&self) -> String {
        let honorific = self.honorific.iter().map(String::as_str);
        honorific.chain([self.name.as_str()]).collect::<Vec<_>>().join(" ")
    }

    /// What running text calls the person by.
    #[must_use]
    pub fn surname(&self) -> &str {
        let words: Vec<&str> = self.name.split(' ').collect();
        let particle = words.iter().position(|word| word.starts_with(char::is_lowercase) || *word == "El");
        let from = words[..particle.unwrap_or(words.len() - 1)].iter().map(|word| word.len() + 1).sum::<usize>();
        &self.name[from..]
    }

    fn gold(&self) -> Value {
        json!({"name": self.name, "honorific": self.honorific, "credit": self.credit()})
    }
}

/// A pull quote.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// Who said them: a place in the edition's people.
    pub by: usize,
}

/// A session that the report tells of.
#[derive(Clone, Debug)]
pub struct Session {
    /// What the report calls this kind of session.
    pub kind: Option<String>,
    /// The title.
    pub title: String,
    /// The day, from 0.
    pub day: usize,
    /// Minutes after midnight at the start and at the end.
    pub time: (usize, usize),
    /// Places in the edition's people.
    pub speakers: Vec<usize>,
    /// Places in the edition's people.
    pub moderators: Vec<usize>,
    /// The running text.
    pub summary: Vec<String>,
    /// The pull quotes.
    pub quotes: Vec<Quote>,
    /// The bullets at the end.
    pub conclusions: Vec<String>,
    /// A call to action.
    pub link: Option<String>,
}

/// A slot of the programme.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The day, from 0.
    pub day: usize,
    /// Minutes after midnight at the start and at the end.
    pub time: (usize, usize),
    /// Title, of a session or a break.
    pub title: String,
    /// The session, a place in the edition's.
    pub session: Option<usize>,
}

/// A takeaway.
#[derive(Clone, Debug)]
pub struct Takeaway {
    /// The title.
    pub title: String,
    /// The text.
    pub body: String,
}

/// An edition.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The name of the conference.
    pub series: String,
    /// Its initials with the year.
    pub short: String,
    /// Which edition it is.
    pub ordinal: usize,
    /// The motto.
    pub theme: String,
    /// The first day.
    pub first_day: Date,
    /// How many days there are.
    pub days: usize,
    /// The building.
    pub venue: String,
    /// The town.
    pub city: String,
    /// Whether it was held in a room and online.
    pub hybrid: bool,
    /// Everybody who spoke.
    pub people: Vec<Person>,
    /// The sessions.
    pub sessions: Vec<Session>,
    /// The programme.
    pub slots: Vec<Slot>,
    /// The takeaways.
    pub takeaways: Vec<Takeaway>,
    /// Numbers and what they count.
    pub figures: Vec<(String, String)>,
    /// The welcome.
    pub welcome: Vec<String>,
}

const ORDINALS: &[&str] =
    &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

impl Edition {
    /// Draws an edition.
    #[must_use]
    pub fn new(draw: &mut Draw, words: &Words) -> Self {
        let year = i16::try_from(draw.between(2019, 2034)).unwrap_or_default();
        let month = i8::try_from(draw.between(3, 11)).unwrap_or(1);
        let first_day = Date::constant(year, month, i8::try_from(draw.between(2, 25)).unwrap_or(1));
        let days = *draw.pick(&[1, 2, 2, 2, 3]);
        let series = words.text(draw, "series", &[]);
        let initials = series.chars().filter(|c| c.is_uppercase()).collect::<String>();
        let people = people(draw, words);
        let mut edition = Self {
            short: format!("{initials}{year}"),
            series,
            ordinal: draw.between(2, ORDINALS.len()),
            theme: words.sentence(draw, "theme", &[]),
            first_day,
            days,
            venue: words.text(draw, "venue", &[]),
            city: words.text(draw, "place", &[]),
            hybrid: draw.chance(50),
            people,
            sessions: Vec::new(),
            slots: Vec::new(),
            takeaways: Vec::new(),
            figures: Vec::new(),
            welcome: Vec::new(),
        };
        edition.fill_sessions(draw, words);
        edition.fill_programme(draw, words);
        let mut used = Vec::new();
        edition.takeaways = (0..draw.between(3, 7))
            .map(|_| Takeaway {
                title: words.fresh(draw, "takeaway", &[], &mut used),
                body: (0..draw.between(2, 4))
                    .map(|_| words.fresh(draw, "claim", &[], &mut used) + ".")
                    .collect::<Vec<_>>()
                    .join(" "),
            })
            .collect();
        let mut counted = Vec::new();
        edition.figures = (0..draw.between(2, 4))
            .map(|_| {
                let label = words.fresh(draw, "figure", &[], &mut counted);
                let number = match label.as_str() {
                    "Sessions" => edition.sessions.len(),
                    "Speakers" => edition.people.len(),
                    _ => draw.between(12, 990),
                };
                (number.to_string(), label.to_lowercase())
            })
            .collect();
        edition.welcome = (0..draw.between(1, 3)).map(|_| paragraph(draw, words, "plain", &[], &mut used)).collect();
        edition
    }

    fn fill_sessions(&mut self, draw: &mut Draw, words: &Words) {
        let count = draw.between(5.max(self.days * 3), 12);
        let (mut titles, mut said) = (Vec::new(), Vec::new());
        let opens = draw.chance(60).then_some("opening");
        let closes = draw.chance(40).then_some("closing");
        let free = draw.chance(15);
        let lists = opens.into_iter().chain(std::iter::repeat_n("title", count)).chain(closes);
        let mut next = 0;
        for (at, list) in lists.enumerate() {
            // Everybody speaks once before anybody speaks again.
            let mut someone = || {
                next += 1;
                (next - 1) % self.people.len()
            };
            let formal = list != "title";
            let speakers: Vec<usize> = (0..draw.between(1, if formal { 2 } else { 5 })).map(|_| someone()).collect();
            let moderated = !formal && draw.chance(70);
            let moderators: Vec<usize> = if moderated { vec![someone()] } else { Vec::new() };
            let mut names: Vec<String> = Vec::new();
            for &speaker in &speakers {
                let person = &self.people[speaker];
                names.extend([person.surname().to_owned(), person.name.clone(), person.surname().to_owned()]);
            }
            let summary =
                (0..draw.between(2, 4)).map(|_| paragraph(draw, words, "sentence", &names, &mut said)).collect();
            let mut quoted = speakers.clone();
            draw.shuffle(&mut quoted);
            quoted.truncate(if draw.chance(25) { 0 } else { draw.between(1, 3) });
            let quotes =
                quoted.into_iter().map(|by| Quote { text: self.quotation(draw, words, &mut said), by }).collect();
            let conclusions = match draw.below(4) {
                0 => (0..draw.between(2, 3)).map(|_| words.fresh(draw, "conclusion", &[], &mut said)).collect(),
                _ => Vec::new(),
            };
            self.sessions.push(Session {
                kind: (!formal && (!free || at % 3 != 1)).then(|| words.text(draw, "kind", &[])),
                title: words.fresh(draw, list, &[], &mut titles),
                day: 0,
                time: (0, 0),
                speakers,
                moderators,
                summary,
                quotes,
                conclusions,
                link: draw.chance(40).then(|| words.text(draw, "link", &[])),
            });
        }
        self.people.truncate(next);
    }

    /// What is said in one breath, or two.
    fn quotation(&self, draw: &mut Draw, words: &Words, said: &mut Vec<String>) -> String {
        let first = words.fresh(draw, "quote", &[], said);
        if draw.chance(35) { first + " " + &words.fresh(draw, "quote", &[], said) } else { first }
    }

    fn fill_programme(&mut self, draw: &mut Draw, words: &Words) {
        let per_day = self.sessions.len().div_ceil(self.days);
        for (at, session) in self.sessions.iter_mut().enumerate() {
            let day = at / per_day;
            let start = match self.slots.last() {
                Some(last) if last.day == day => last.time.1,
                _ => *draw.pick(&[9 * 60, 9 * 60 + 30, 10 * 60]),
            };
            let time = (start, start + *draw.pick(&[20, 45, 60, 75, 90]));
            (session.day, session.time) = (day, time);
            self.slots.push(Slot { day, time, title: session.title.clone(), session: Some(at) });
            if draw.chance(40) {
                let end = time.1 + *draw.pick(&[15, 30, 60]);
                self.slots.push(Slot {
                    day,
                    time: (time.1, end),
                    title: words.text(draw, "break", &[]),
                    session: None,
                });
            }
        }
    }

    /// The name of the edition: that of the conference, and the year.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.series, self.first_day.year())
    }

    /// The date of a day, from 0.
    #[must_use]
    pub fn date(&self, day: usize) -> Date {
        (0..day).fold(self.first_day, |date, _| date.tomorrow().unwrap_or(date))
    }

    /// `sixth`.
    #[must_use]
    pub fn ordinal_word(&self) -> &'static str {
        ORDINALS[self.ordinal - 1]
    }

    /// The truth in the shape of the gold, with everything that a report may print.
    #[must_use]
    pub fn gold(&self) -> Value {
        let people = |places: &[usize]| places.iter().map(|&at| self.people[at].gold()).collect::<Vec<_>>();
        let key = |at: usize| format!("s{:02}", at + 1);
        let sessions = self.sessions.iter().enumerate().map(|(at, session)| {
            json!({
                "key": key(at), "kind": session.kind, "title": session.title, "date": self.date(session.day).to_string(),
                "speakers": people(&session.speakers), "moderators": people(&session.moderators),
                "summary": session.summary, "conclusions": session.conclusions, "link_text": session.link,
            })
        });
        let quotes = self.sessions.iter().enumerate().flat_map(|(at, session)| {
            let quote = move |quote: &Quote| {
                json!({"text": quote.text, "speaker": self.people[quote.by].name, "session": key(at)})
            };
            session.quotes.iter().map(quote)
        });
        let agenda = self.slots.iter().map(|slot| {
            json!({
                "date": self.date(slot.day).to_string(), "start": clock(slot.time.0), "end": clock(slot.time.1),
                "title": slot.title,
            })
        });
        let takeaways = self
            .takeaways
            .iter()
            .enumerate()
            .map(|(at, takeaway)| json!({"number": at + 1, "title": takeaway.title, "body": takeaway.body}));
        json!({
            "edition": {
                "name": self.name(), "short_name": self.short, "year": self.first_day.year(), "ordinal": self.ordinal,
                "theme": self.theme, "start_date": self.first_day.to_string(),
                "end_date": self.date(self.days - 1).to_string(), "venue": self.venue, "city": self.city,
                "format": self.hybrid.then_some("hybrid"),
            },
            "agenda": agenda.collect::<Vec<_>>(),
            "sessions": sessions.collect::<Vec<_>>(),
            "speakers": self.people.iter().map(Person::gold).collect::<Vec<_>>(),
            "quotes": quotes.collect::<Vec<_>>(),
            "takeaways": takeaways.collect::<Vec<_>>(),
            "figures": self.figures.iter().map(|(value, label)| json!({"value": value, "label": label})).collect::<Vec<_>>(),
        })
    }
}

/// `09:05`.
fn clock(minutes: usize) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Several sentences, none of which was written before.
fn paragraph(draw: &mut Draw, words: &Words, list: &str, speakers: &[String], said: &mut Vec<String>) -> String {
    (0..draw.between(2, 5)).map(|_| words.fresh(draw, list, speakers, said)).collect::<Vec<_>>().join(" ")
}

fn people(draw: &mut Draw, words: &Words) -> Vec<Person> {
    let (mut given, mut surnames) = (Vec::new(), Vec::new());
    let person = |_| {
        let (first, last) =
            (words.fresh(draw, "given", &[], &mut given), words.fresh(draw, "surname", &[], &mut surnames));
        let middle = match draw.below(8) {
            0 => words.text(draw, "particle", &[]) + " ",
            1 => format!("{}. ", draw.pick(&["A", "J", "M", "P", "T"])),
            _ => String::new(),
        };
        let name = format!("{first} {middle}{last}");
        let country = |draw: &mut Draw| words.text(draw, "country", &[]);
        if draw.chance(20) {
            let office = words.text(draw, "minister", &[]);
            let honorific = draw.chance(60).then(|| "H.E.".to_owned());
            return Person { honorific, name, parts: vec![office, country(draw)] };
        }
        let mut parts = vec![words.text(draw, "office", &[]), capitalised(&words.text(draw, "organisation", &[]))];
        if draw.chance(30) {
            parts.push(country(draw));
        }
        let honorific = draw.chance(15).then(|| words.text(draw, "honorific", &[]));
        Person { honorific, name, parts }
    };
    (0..24).map(person).collect()
}
