//! Whether evidence bears a value: whether what the text has there is what the document says.

use rapporteur_source::folds_to;

use crate::entity::Class;

/// Whether the folded text of the evidence of a value gives the value. `spellings` are those that a person's name has.
pub(crate) fn bears(class: Class, value: &str, spellings: &[&str], folded: &str, phrase: &str) -> bool {
    match class {
        Class::Derived => true,
        Class::Printed => folds_to(value, folded),
        Class::Person => spellings.iter().any(|spelling| folds_to(spelling, folded)),
        Class::Normalised => !folded.is_empty() && has_numbers(value, phrase),
    }
}

/// Whether a phrase has the numbers of a date, a time or a year. One without any says it in words.
fn has_numbers(value: &str, phrase: &str) -> bool {
    let numbers: Vec<u32> = numbers(phrase).collect();
    let has = |number: u32| numbers.contains(&number);
    let parts: Vec<u32> = self::numbers(value).collect();
    if numbers.is_empty() {
        return true;
    }
    match (parts.as_slice(), value.len()) {
        // the year and the month may stand elsewhere
        ([_, _, day], 10) => has(*day),
        // 09:30 is printed 9.30, 9:30 am, 0930, 9h30; on the full hour the minutes may be left out
        ([hour, minute], 5) => {
            let hours = [*hour, hour % 12, (hour + 12) % 24];
            let together = hours.iter().any(|hour| has(hour * 100 + minute));
            together || (*minute == 0 || has(*minute)) && (hours.into_iter().any(has) || hour % 12 == 0)
        }
        ([year], 4) => has(*year) || has(year % 100),
        _ => true,
    }
}

fn numbers(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok())
}

#[cfg(test)]
mod tests {
    use rapporteur_source::{Source, Span, fold, fold_span};

    use super::*;

    #[test]
    fn normal_forms_are_told_by_their_numbers() {
        for (value, phrase, expected) in [
            ("2031-05-06", "5 and 6 May 2031", true),
            ("2031-05-07", "5 and 6 May 2031", false),
            ("2031-05-06", "on the sixth day", true),
            ("14:30", "2.30 pm", true),
            ("14:30", "1430", true),
            ("14:00", "2 pm", true),
            ("12:00", "noon", true),
            ("14:45", "14:30 – 15:00", false),
            ("2031", "2031", true),
            ("2030", "2031", false),
            ("hybrid", "hybrid", true),
        ] {
            assert_eq!(bears(Class::Normalised, value, &[], &fold(phrase), phrase), expected, "{value} of {phrase}");
        }
    }

    #[test]
    fn printed_values_have_the_letters_of_their_evidence() {
        let source = Source::new("report", "report.txt", "The **ropes** of to-\nmorrow".into());
        let mut folded = String::new();
        fold_span(&source, Span::new(0, 27), &mut folded);
        assert!(bears(Class::Printed, "The ropes of tomorrow", &[], &folded, ""), "{folded}");
        assert!(!bears(Class::Printed, "The ropes of today", &[], &folded, ""));
        assert!(bears(Class::Person, "x", &["Ada", "The ropes of tomorrow"], &folded, ""));
    }
}
