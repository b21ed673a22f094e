//! Dates and times of day, in the forms that programmes and cover pages print.

use jiff::civil::{Date, Time};
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{take_while, take_while_m_n, take_while1},
    character::complete::{char, one_of, space0},
    combinator::{map_opt, not, opt, peek, verify},
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
/// `Oct 19, 2021`, `19.10.2021`.
pub fn days<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, Days> {
    let (i, weekday) = opt(terminated(|i| weekday(i, lexicon), (opt(one_of(",.")), space0))).parse(i)?;
    let (i, (first, last)) =
        alt((|i| day_month_day_month(i, lexicon), |i| day_month(i, lexicon), |i| month_day(i, lexicon), numeric))
            .parse(i)?;
    Ok((i, Days { first, last, weekday }))
}

/// `times = time [dash time] [clock word]`, the time as `9.30`, `09:30` or `9h30`.
pub fn times<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, Times> {
    let (i, start) = time(i)?;
    let (i, end) = opt(preceded(|i| until(i, lexicon), time)).parse(i)?;
    let (i, _) =
        opt(preceded(space0, verify(word, |word: &str| contains(&lexicon.words.dates.clock, word)))).parse(i)?;
    not(peek(verify(nom::character::complete::anychar, |c: &char| c.is_alphanumeric()))).parse(i)?;
    Ok((i, Times { start, end }))
}

/// `day = ("Day" | …) number`: the heading of a day of the programme.
pub fn numbered_day<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, usize> {
    let (i, _) = verify(word, |word: &str| contains(&lexicon.words.dates.day, word)).parse(i)?;
    let (i, _) = space0(i)?;
    map_opt(word, |word: &str| lexicon.cardinal(word).filter(|&day| day <= 31)).parse(i)
}

fn day_month<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, (Date, Date)> {
    let (i, first) = day(i, lexicon)?;
    let (i, last) = opt(preceded(|i| until(i, lexicon), |i| day(i, lexicon))).parse(i)?;
    let (i, month) = preceded((opt(char('.')), space0), |i| month(i, lexicon)).parse(i)?;
    let (i, year) = preceded(comma, year).parse(i)?;
    dates(i, (year, month, first), (year, month, last.unwrap_or(first)))
}

fn day_month_day_month<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, (Date, Date)> {
    let (i, first) = day(i, lexicon)?;
    let (i, first_month) = preceded((opt(char('.')), space0), |i| month(i, lexicon)).parse(i)?;
    let (i, last) = preceded(|i| until(i, lexicon), |i| day(i, lexicon)).parse(i)?;
    let (i, last_month) = preceded((opt(char('.')), space0), |i| month(i, lexicon)).parse(i)?;
    let (i, year) = preceded(comma, year).parse(i)?;
    dates(i, (year, first_month, first), (year, last_month, last))
}

fn month_day<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, (Date, Date)> {
    let (i, month) = month(i, lexicon)?;
    let (i, first) = preceded(space0, |i| day(i, lexicon)).parse(i)?;
    let (i, last) = opt(preceded(|i| until(i, lexicon), |i| day(i, lexicon))).parse(i)?;
    let (i, year) = preceded(comma, year).parse(i)?;
    dates(i, (year, month, first), (year, month, last.unwrap_or(first)))
}

fn numeric(i: &str) -> IResult<&str, (Date, Date)> {
    let (i, (day, _, month, _, year)) = (number(2), one_of("./"), number(2), one_of("./"), year).parse(i)?;
    dates(i, (year, month as u8, day), (year, month as u8, day))
}

fn dates(i: &str, first: (i16, u8, u16), last: (i16, u8, u16)) -> IResult<&str, (Date, Date)> {
    let date = |(year, month, day): (i16, u8, u16)| Date::new(year, month as i8, day as i8).ok();
    match (date(first), date(last)) {
        (Some(first), Some(last)) => Ok((i, (first, last))),
        _ => Err(nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Verify))),
    }
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
    Ok((i, day))
}

fn year(i: &str) -> IResult<&str, i16> {
    terminated(
        map_opt(take_while_m_n(4, 4, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse().ok()),
        not(peek(one_of("0123456789"))),
    )
    .parse(i)
}

fn time(i: &str) -> IResult<&str, Time> {
    let (i, (hour, _, minute)) =
        (number(2), one_of(".:h"), take_while_m_n(2, 2, |c: char| c.is_ascii_digit())).parse(i)?;
    let minute = minute.parse::<i8>().unwrap_or(60);
    match Time::new(hour as i8, minute, 0, 0) {
        // `14.06.2031` is a date
        Ok(time) if !i.strip_prefix('.').unwrap_or(i).starts_with(|c: char| c.is_ascii_digit()) => Ok((i, time)),
        _ => Err(nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Verify))),
    }
}

/// A dash or a word for one, between the ends of a range.
fn until<'a>(i: &'a str, lexicon: &Lexicon) -> IResult<&'a str, ()> {
    let (i, _) = space0(i)?;
    let (i, _) = alt((
        take_while1(|c| matches!(c, '-' | '–' | '—' | '−' | '‐')),
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
    list.iter().any(|known| known.eq_ignore_ascii_case(word) || known.to_lowercase() == word.to_lowercase())
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
    fn times_of_every_form() {
        let lexicon = Lexicon::embedded();
        for (text, start, end, rest) in [
            ("09.30 – 09.50 Welcome", time(9, 30, 0, 0), Some(time(9, 50, 0, 0)), " Welcome"),
            ("09:30–09:50 Welcome", time(9, 30, 0, 0), Some(time(9, 50, 0, 0)), " Welcome"),
            ("9.30", time(9, 30, 0, 0), None, ""),
            ("14:00 to 15:30 CET: x", time(14, 0, 0, 0), Some(time(15, 30, 0, 0)), ": x"),
        ] {
            let (left, times) = times(text, &lexicon).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!((times.start, times.end, left), (start, end, rest), "{text}");
        }
        for text in ["25.00", "9.5 million", "1.500", "12", "10.305"] {
            assert!(times(text, &lexicon).is_err(), "{text}");
        }
    }
}
