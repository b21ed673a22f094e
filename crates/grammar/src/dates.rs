//! Dates and times of day, in the forms that programmes and cover pages print.

use jiff::civil::{Date, Time};
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{take_while, take_while_m_n, take_while1},
    character::complete::{char, one_of, space0},
    combinator::{map_opt, not, opt, peek, value, verify},
    sequence::{preceded, terminated},
};

use crate::Lexicon;

/// One day or a run of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: Date,
    /// The last day; the first again where there is one only.
    pub last: Date,
    /// The weekday that stands before the date, 1 (Monday) to 7.
    pub weekday: Option<u8>,
}

/// A time of day, or a span between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// When it starts.
    pub start: Time,
    /// When it ends.
    pub end: Option<Time>,
}

/// `days = [weekday [","]] ( day [dash day] month | day month dash day month | month day [dash day] ) [","] year`
///
/// A date with its year: `Tuesday, 19 October 2021`, `19 to 20 October, 2021`, `30 September – 1 October 2023`,
/// `Tuesday 19 – Wednesday 20 October 2021`, `Oct 19, 2021`, `19.–20. Oktober 2021`, `19./20. Oktober 2021`,
/// `19.10.2021`, `2021-10-19`.
pub fn days<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, Days> {
    printed_days(i, &Calendar { lexicon, year: Year::Printed })
}

/// The same where the year may be missing, as on the pages of a programme: `Tuesday, 19 October`. A weekday has to agree
/// with the year.
pub fn days_of<'a>(i: &'a str, year: i16, lexicon: &Lexicon) -> IResult<&'a str, Days> {
    printed_days(i, &Calendar { lexicon, year: Year::Known(year) })
}

/// The same where nobody knows the year, so that no weekday is wrong: only the form is read.
pub(crate) fn days_of_any_year<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, ()> {
    value((), |i| printed_days(i, &Calendar { lexicon, year: Year::Unknown })).parse(i)
}

/// The words of a date, and its year.
struct Calendar<'l> {
    lexicon: &'l Lexicon,
    year: Year,
}

/// The year of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Year {
    /// It has to stand behind the day.
    Printed,
    /// It is this one where none is printed.
    Known(i16),
    /// It may be any where none is printed.
    Unknown,
}

impl Year {
    /// The year of a date that prints none.
    fn of_bare(self) -> Option<i16> {
        /// It has each day that any year has.
        const LEAP: i16 = 2000;
        match self {
            Self::Printed => None,
            Self::Known(year) => Some(year),
            Self::Unknown => Some(LEAP),
        }
    }
}

fn printed_days<'a>(i: &'a str, calendar: &Calendar<'_>) -> IResult<&'a str, Days> {
    /// The first number of a date stands behind a weekday and a month at most, in bytes.
    const REACH: usize = 96;
    // asked at every word of a text: most have no number near
    if !i.bytes().take(REACH).any(|b| b.is_ascii_digit()) {
        return Err(nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Digit)));
    }
    let (i, weekday) = opt(|i| weekday_before(i, calendar.lexicon)).parse(i)?;
    let (rest, (first, last)) = alt((
        |i| day_month_day_month(i, calendar),
        |i| day_month(i, calendar),
        |i| month_day(i, calendar),
        numeric,
        year_first,
    ))
    .parse(i)?;
    let bare = !i[..i.len() - rest.len()].ends_with(|c: char| c.is_ascii_digit());
    if bare
        && matches!(calendar.year, Year::Known(_))
        && weekday.is_some_and(|weekday| i8::try_from(weekday) != Ok(first.weekday().to_monday_one_offset()))
    {
        return Err(nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Verify)));
    }
    Ok((rest, Days { first, last, weekday }))
}

fn weekday_before<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, u8> {
    terminated(|i| weekday(i, lexicon), (opt(one_of(",.")), space0)).parse(i)
}

/// `times = time [dash time]`: `9.30`, `09:30 – 10:15 hrs`, `9h30`, `9:30 am – 1 p.m.`, `9.30 – 10.15 am`.
pub fn times<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, Times> {
    let (rest, start) = time(i, lexicon)?;
    let (rest, end) = opt(preceded(|i| until(i, lexicon), |i| time(i, lexicon))).parse(rest)?;
    not(peek(verify(nom::character::complete::anychar, |c: &char| c.is_alphanumeric()))).parse(rest)?;
    let last = end.map(Clock::of_day);
    let first = match end.and_then(|end| end.half) {
        // `9.30 – 10.15 am`, `11.30 – 12.15 pm`: the half of the day is printed once, and the first time comes before
        // the second
        Some(half) if start.half.is_none() => [half, Half::Morning]
            .map(|half| Clock { half: Some(half), ..start }.of_day())
            .into_iter()
            .flatten()
            .find(|first| Some(*first) <= last.flatten()),
        _ => start.of_day(),
    };
    // an hour without minutes is a time only where the half of the day stands behind it
    let whole = |clock: Clock| clock.minute.is_some() || clock.half.is_some();
    let whole = end.is_none_or(whole) && (whole(start) || end.is_some_and(|end| end.half.is_some()));
    match (first, last) {
        (Some(start), None) if whole => Ok((rest, Times { start, end: None })),
        (Some(start), Some(Some(end))) if whole => Ok((rest, Times { start, end: Some(end) })),
        _ => Err(nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Verify))),
    }
}

/// `day = ("Day" | …) number`: the heading of a day of the programme.
pub fn numbered_day<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, usize> {
    let (i, _) = verify(word, |word: &str| contains(&lexicon.words.dates.day, word)).parse(i)?;
    let (i, _) = space0(i)?;
    map_opt(word, |word: &str| lexicon.cardinal(word).filter(|&day| day <= 31)).parse(i)
}

fn day_month<'a>(i: &'a str, calendar: &Calendar<'_>) -> IResult<&'a str, (Date, Date)> {
    let lexicon = calendar.lexicon;
    let (i, first) = day(i, lexicon)?;
    let (i, last) = opt(preceded(|i| until(i, lexicon), |i| last_day(i, lexicon))).parse(i)?;
    let (i, month) = preceded((opt(char('.')), space0), |i| month(i, lexicon)).parse(i)?;
    let (i, year) = printed_year(i, calendar)?;
    dates(i, (year, month, first), (year, month, last.unwrap_or(first)))
}

fn day_month_day_month<'a>(i: &'a str, calendar: &Calendar<'_>) -> IResult<&'a str, (Date, Date)> {
    let lexicon = calendar.lexicon;
    let (i, first) = day(i, lexicon)?;
    let (i, first_month) = preceded((opt(char('.')), space0), |i| month(i, lexicon)).parse(i)?;
    let (i, last) = preceded(|i| until(i, lexicon), |i| last_day(i, lexicon)).parse(i)?;
    let (i, last_month) = preceded((opt(char('.')), space0), |i| month(i, lexicon)).parse(i)?;
    let (i, year) = printed_year(i, calendar)?;
    dates(i, (year, first_month, first), (year, last_month, last))
}

fn month_day<'a>(i: &'a str, calendar: &Calendar<'_>) -> IResult<&'a str, (Date, Date)> {
    let lexicon = calendar.lexicon;
    let (i, month) = month(i, lexicon)?;
    let (i, first) = preceded(space0, |i| day(i, lexicon)).parse(i)?;
    let (i, last) = opt(preceded(|i| until(i, lexicon), |i| day(i, lexicon))).parse(i)?;
    let (i, year) = printed_year(i, calendar)?;
    dates(i, (year, month, first), (year, month, last.unwrap_or(first)))
}

fn numeric(i: &str) -> IResult<&str, (Date, Date)> {
    let (i, (day, _, month, _, year)) = (number(2), one_of("./"), number(2), one_of("./"), year).parse(i)?;
    dates(i, (year, month as u8, day), (year, month as u8, day))
}

/// `2021-10-19`
fn year_first(i: &str) -> IResult<&str, (Date, Date)> {
    let (i, (year, _, month, _, day)) = (year, char('-'), number(2), char('-'), number(2)).parse(i)?;
    dates(i, (year, month as u8, day), (year, month as u8, day))
}

fn dates(i: &str, first: (i16, u8, u16), last: (i16, u8, u16)) -> IResult<&str, (Date, Date)> {
    let date = |(year, month, day): (i16, u8, u16)| Date::new(year, month as i8, day as i8).ok();
    match (date(first), date(last)) {
        (Some(first), Some(last)) => Ok((i, (first, last))),
        _ => Err(nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Verify))),
    }
}

/// The year behind a date, or the calendar's where none is printed.
fn printed_year<'a>(i: &'a str, calendar: &Calendar<'_>) -> IResult<&'a str, i16> {
    match (preceded(comma, year).parse(i), calendar.year.of_bare()) {
        (Err(_), Some(year)) => Ok((i, year)),
        (printed, _) => printed,
    }
}

/// The last day of a run, which may have its own weekday before it.
fn last_day<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, u16> {
    preceded(opt(|i| weekday_before(i, lexicon)), |i| day(i, lexicon)).parse(i)
}

fn comma(i: &str) -> IResult<&str, Option<char>> {
    preceded(space0, terminated(opt(char(',')), space0)).parse(i)
}

fn weekday<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, u8> {
    map_opt(word, |word| lexicon.weekday(word)).parse(i)
}

fn month<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, u8> {
    terminated(map_opt(word, |word| lexicon.month(word)), opt(char('.'))).parse(i)
}

fn day<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, u16> {
    let (i, day) = number(2)(i)?;
    let suffixes = &lexicon.words.numbers.ordinal_suffixes;
    let (i, _) = opt(verify(word, |word: &str| contains(suffixes, word))).parse(i)?;
    let (i, _) = opt(char('.')).parse(i)?;
    Ok((i, day))
}

fn year(i: &str) -> IResult<&str, i16> {
    terminated(
        map_opt(take_while_m_n(4, 4, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse().ok()),
        not(peek(one_of("0123456789"))),
    )
    .parse(i)
}

/// A half of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// A time of day as printed.
#[derive(Clone, Copy, Debug)]
struct Clock {
    hour: u16,
    minute: Option<i8>,
    half: Option<Half>,
}

impl Clock {
    /// The time on the clock of 24 hours.
    fn of_day(self) -> Option<Time> {
        let hour = match self.half {
            None => self.hour,
            Some(_) if !(1..=12).contains(&self.hour) => return None,
            Some(Half::Morning) => self.hour % 12,
            Some(Half::Afternoon) => self.hour % 12 + 12,
        };
        Time::new(i8::try_from(hour).ok()?, self.minute.unwrap_or(0), 0, 0).ok()
    }
}

/// `time = hour [("." | ":" | "h") minute] [half of the day | clock word]`
fn time<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, Clock> {
    let (i, hour) = verify(number(2), |hour| *hour < 24).parse(i)?;
    let two = take_while_m_n(2, 2, |c: char| c.is_ascii_digit());
    let minute =
        preceded(one_of(".:h"), map_opt(two, |digits: &str| digits.parse().ok().filter(|minute| *minute < 60)));
    // `14.06.2031` is a date
    let digit = (opt(char('.')), verify(nom::character::complete::anychar, char::is_ascii_digit));
    let (i, minute) = opt(terminated(minute, not(peek(digit)))).parse(i)?;
    let (i, half) = opt(preceded(space0, |i| half(i, lexicon))).parse(i)?;
    let clock = |i| preceded(space0, verify(word, |word: &str| contains(&lexicon.words.dates.clock, word))).parse(i);
    let (i, _) = opt(clock).parse(i)?;
    Ok((i, Clock { hour, minute, half }))
}

/// `am`, `a.m.`, `PM`
fn half<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, Half> {
    let dates = &lexicon.words.dates;
    map_opt(take_while1(|c: char| c.is_alphabetic() || c == '.'), |word: &str| {
        let word = word.replace('.', "");
        let morning = contains(&dates.morning, &word).then_some(Half::Morning);
        morning.or_else(|| contains(&dates.afternoon, &word).then_some(Half::Afternoon))
    })
    .parse(i)
}

/// A dash, a stroke, an ampersand or a word for one, between the ends of a range.
fn until<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, ()> {
    let (i, _) = space0(i)?;
    let (i, _) = alt((
        take_while1(|c| matches!(c, '-' | '–' | '—' | '−' | '‐' | '/' | '&')),
        verify(word, |word: &str| contains(&lexicon.words.dates.until, word)),
    ))
    .parse(i)?;
    let (i, _) = space0(i)?;
    Ok((i, ()))
}

fn word(i: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c.is_alphanumeric()).parse(i)
}

fn number(digits: usize) -> impl Fn(&str) -> IResult<&str, u16> {
    move |i| {
        let (rest, number) =
            map_opt(take_while_m_n(1, digits, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse().ok())
                .parse(i)?;
        let (_, more) = take_while(|c: char| c.is_ascii_digit()).parse(rest)?;
        if more.is_empty() {
            Ok((rest, number))
        } else {
            Err(nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Digit)))
        }
    }
}

fn contains(list: &[String], word: &str) -> bool {
    list.iter().any(|known| {
        known.eq_ignore_ascii_case(word)
            || !(known.is_ascii() && word.is_ascii()) && known.to_lowercase() == word.to_lowercase()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn dates_of_every_form() {
        let lexicon = Lexicon::embedded();
        let october = |first, last| (date(2021, 10, first), date(2021, 10, last));
        for (text, expected, weekday) in [
            ("Tuesday, 19 October 2021", october(19, 19), Some(2)),
            ("19 to 20 October, 2021", october(19, 20), None),
            ("19 – 20 October 2021.", october(19, 20), None),
            ("19-20 October 2021", october(19, 20), None),
            ("Oct 19, 2021", october(19, 19), None),
            ("October 19–20, 2021", october(19, 20), None),
            ("19th October 2021", october(19, 19), None),
            ("19.10.2021", october(19, 19), None),
            ("Dienstag, 19. Oktober 2021", october(19, 19), Some(2)),
            ("19.–20. Oktober 2021", october(19, 20), None),
            ("19. und 20. Oktober 2021", october(19, 20), None),
            ("19./20. Oktober 2021", october(19, 20), None),
            ("19 & 20 October 2021", october(19, 20), None),
            ("30. September bis 1. Oktober 2021", (date(2021, 9, 30), date(2021, 10, 1)), None),
            ("2021-10-19", october(19, 19), None),
            ("Tuesday 19 – Wednesday 20 October 2021", october(19, 20), Some(2)),
            ("30 September – 1 October 2021", (date(2021, 9, 30), date(2021, 10, 1)), None),
        ] {
            let (_, days) = days(text, &lexicon).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(((days.first, days.last), days.weekday), (expected, weekday), "{text}");
        }
        for text in ["31 June 2021", "2021", "19 members 2021", "119 October 2021", "October"] {
            assert!(days(text, &lexicon).is_err(), "{text}");
        }
    }

    #[test]
    fn a_programme_may_print_its_days_without_the_year() {
        let lexicon = Lexicon::embedded();
        for (text, day) in [
            ("Tuesday, 19 October", Some(19)),
            ("October 19", Some(19)),
            ("20 Oct", Some(20)),
            ("19 October 2021", Some(19)),
            ("Monday, 19 October", None),
            ("19 members", None),
        ] {
            let found = days_of(text, 2021, &lexicon).ok().filter(|(rest, _)| rest.is_empty());
            assert_eq!(found.map(|(_, days)| days.first), day.map(|day| date(2021, 10, day)), "{text}");
        }
    }

    #[test]
    fn times_of_every_form() {
        let lexicon = Lexicon::embedded();
        for (text, start, end, rest) in [
            ("09.30 – 09.50 Welcome", time(9, 30, 0, 0), Some(time(9, 50, 0, 0)), " Welcome"),
            ("09:30–09:50 Welcome", time(9, 30, 0, 0), Some(time(9, 50, 0, 0)), " Welcome"),
            ("9.30", time(9, 30, 0, 0), None, ""),
            ("14:00 to 15:30 CET: x", time(14, 0, 0, 0), Some(time(15, 30, 0, 0)), ": x"),
            ("14.00 bis 15.30 Uhr x", time(14, 0, 0, 0), Some(time(15, 30, 0, 0)), " x"),
            ("9:30 am – 1:15 pm x", time(9, 30, 0, 0), Some(time(13, 15, 0, 0)), " x"),
            ("12:15 PM – 1:30 PM", time(12, 15, 0, 0), Some(time(13, 30, 0, 0)), ""),
            ("9.30 – 10.15 a.m. x", time(9, 30, 0, 0), Some(time(10, 15, 0, 0)), " x"),
            ("11.30–12.15 pm", time(11, 30, 0, 0), Some(time(12, 15, 0, 0)), ""),
            ("2–3.30 pm", time(14, 0, 0, 0), Some(time(15, 30, 0, 0)), ""),
            ("9am", time(9, 0, 0, 0), None, ""),
            ("09:00–09:30h Welcome", time(9, 0, 0, 0), Some(time(9, 30, 0, 0)), " Welcome"),
        ] {
            let (left, times) = times(text, &lexicon).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!((times.start, times.end, left), (start, end, rest), "{text}");
        }
        for text in ["25.00", "9.5 million", "1.500", "12", "10.305", "9 – 10", "14:00 pm", "3 to 5"] {
            assert!(times(text, &lexicon).is_err(), "{text}");
        }
    }
}
