use std::ops::Range;

use rapporteur_diagnostics::{Finding, rule};

use crate::{RegionLabel as L, rules::Subject};

rule! {
    /// There is no such time of day.
    ///
    /// # Why it matters
    /// The line is not read as one of the programme, and its title may be lost.
    ///
    /// # Example
    /// ```text
    /// 25:30 – 26:15  Closing remarks
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report and correct the text that was extracted.
    "time/impossible", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let timed = |label: Option<L>| matches!(label, Some(L::Agenda | L::SessionKind | L::SessionTitle | L::Toc));
        for piece in report.pieces.iter().filter(|piece| timed(piece.label)) {
            for range in impossible(piece.text()) {
                let text = &piece.text()[range.clone()];
                findings.push(Finding::new(&RULE, format!("there is no such time as “{text}”")).at(
                    report.context.source.id(),
                    piece.clean.source_span(range.clone()),
                    "",
                ));
            }
        }
    }
}

/// Two numbers of two digits with a point or a colon between them that no clock shows. A date has one number more.
fn impossible(text: &str) -> Vec<Range<usize>> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    let numbers: Vec<Range<usize>> = numbers
        .map(|number| {
            let start = number.as_ptr() as usize - text.as_ptr() as usize;
            start..start + number.len()
        })
        .collect();
    let joined = |a: &Range<usize>, b: &Range<usize>| matches!(&text[a.end..b.start], "." | ":" | "h");
    let value = |range: &Range<usize>| text[range.clone()].parse::<u32>().unwrap_or(u32::MAX);
    let mut found = Vec::new();
    for (at, pair) in numbers.windows(2).enumerate() {
        let [hour, minute] = pair else { continue };
        let more =
            at > 0 && joined(&numbers[at - 1], hour) || numbers.get(at + 2).is_some_and(|next| joined(minute, next));
        let form = joined(hour, minute) && !more && hour.len() <= 2 && minute.len() == 2;
        let letter = text[..hour.start].chars().next_back().is_some_and(char::is_alphanumeric);
        if form && !letter && (value(hour) > 24 || value(minute) > 59) {
            found.push(hour.start..minute.end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::impossible;

    #[test]
    fn times_that_no_clock_shows() {
        for (text, expected) in [
            ("25:30 – 26:15 Closing", &["25:30", "26:15"][..]),
            ("09.75 Coffee", &["09.75"]),
            ("09:30 – 10:15 Opening", &[]),
            ("24:00 End", &[]),
            ("31.12.2031", &[]),
            ("the 1.5 goal", &[]),
            ("E27.30", &[]),
        ] {
            let found: Vec<&str> = impossible(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
