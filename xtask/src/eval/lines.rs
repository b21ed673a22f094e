//! A ledger against a gold labelling of lines.

use std::collections::BTreeMap;

use super::text::is_space;

/// Rows of a ledger: first line, last line (1-based, inclusive), label.
pub type Rows = Vec<(usize, usize, String)>;

/// How well a ledger agrees with a gold labelling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineScore {
    /// How many lines are not blank.
    pub lines: usize,
    /// How many of these have the right label.
    pub right: usize,
    /// How many of these are in no row of the ledger.
    pub unaccounted: usize,
    /// How many times one of these is in a row more than once.
    pub twice: usize,
    /// Which label stands for which, and how often; the most frequent first.
    pub confusion: Vec<Confusion>,
    /// What is not right, a line each.
    pub misses: Vec<String>,
}

/// Lines that should have one label and have another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    /// The label in the gold.
    pub want: String,
    /// The label in the ledger; `None` where the lines are in no row.
    pub got: Option<String>,
    /// How many lines.
    pub lines: usize,
}

impl LineScore {
    /// The part of the non-blank lines that have the right label; 1 where there are none.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        if self.lines == 0 { 1.0 } else { self.right as f64 / self.lines as f64 }
    }
}

/// Reads `first_line TAB last_line TAB label`; lines that do not start with a digit are comments.
#[must_use]
pub fn parse_rows(tsv: &str) -> Rows {
    let row = |line: &str| {
        let mut fields = line.split('\t');
        let (first, last) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        Some((first, last, fields.next()?.to_owned()))
    };
    tsv.lines().filter_map(row).collect()
}

/// Scores the rows of a ledger over the lines of `source` that are not blank. Where either side says that a line holds
/// several things (`mixed:a+b`), any one of them is right.
#[must_use]
pub fn score_lines(gold: &Rows, source: &str, ledger: &Rows) -> LineScore {
    let want: BTreeMap<usize, &str> = spread(gold).collect();
    let lines: Vec<&str> = source.split('\n').collect();
    let filled = |number: usize| number.checked_sub(1).and_then(|at| lines.get(at)).is_some_and(|line| !is_blank(line));
    let mut score = LineScore::default();
    let mut got: BTreeMap<usize, &str> = BTreeMap::new();
    for (number, label) in spread(ledger) {
        score.twice += usize::from(got.insert(number, label).is_some() && filled(number));
    }
    for (number, line) in (1..).zip(&lines).filter(|(_, line)| !is_blank(line)) {
        let (want, got) = (want.get(&number).copied().unwrap_or("nothing"), got.get(&number).copied());
        score.lines += 1;
        score.unaccounted += usize::from(got.is_none());
        if got.is_some_and(|got| got == want || holds(want, got) || holds(got, want)) {
            score.right += 1;
            continue;
        }
        match score.confusion.iter_mut().find(|known| known.want == want && known.got.as_deref() == got) {
            Some(known) => known.lines += 1,
            None => {
                score.confusion.push(Confusion { want: want.to_owned(), got: got.map(str::to_owned), lines: 1 });
            }
        }
        let start: String = line.trim_matches(is_space).chars().take(90).collect();
        score.misses.push(format!("{number}: want {want}, got {}: {start}", got.unwrap_or("nothing")));
    }
    score.confusion.sort_by_key(|known| std::cmp::Reverse(known.lines));
    score
}

fn spread(rows: &Rows) -> impl Iterator<Item = (usize, &str)> {
    rows.iter().flat_map(|(first, last, label)| (*first..=*last).map(move |number| (number, label.as_str())))
}

fn is_blank(line: &str) -> bool {
    line.chars().all(is_space)
}

/// Whether `mixed` is `mixed:a+b` and `label` one of its parts.
fn holds(mixed: &str, label: &str) -> bool {
    mixed.strip_prefix("mixed:").is_some_and(|labels| labels.split('+').any(|part| part == label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_once() {
        let source = "Head\n\nText\nmore\nwords BY Name\nBY\nlast\n";
        let gold = parse_rows("1\t1\theading\n3\t4\tbody\n5\t5\tmixed:body+quote_by\n6\t6\tquote_by\n7\t7\tbody\n");
        let ledger = parse_rows("# comment\n1\t3\theading\n3\t5\tbody\n6\t6\tmixed:quote_by+body\n");
        let score = score_lines(&gold, source, &ledger);
        assert_eq!((score.lines, score.right, score.unaccounted, score.twice), (6, 5, 1, 1));
        assert_eq!(score.confusion, [Confusion { want: "body".into(), got: None, lines: 1 }]);
        assert_eq!(score.misses, ["7: want body, got nothing: last"]);
        assert_eq!(score_lines(&gold, source, &gold).right, 6);
    }
}
