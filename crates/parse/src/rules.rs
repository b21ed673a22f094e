//! The rules on what was read: what is malformed, contradicts itself, was inferred or could not be read.
//!
//! A rule is one file in the folder of its area. At its head stands what it says of itself, which is also its page in the
//! reference; below that, what it does: `check` looks at the [`Subject`] and pushes what it finds. A rule finds and never
//! mends: what the document holds is decided before any of them runs.

mod count;
mod date;
mod dates;
mod edition;
mod person;
mod places;
mod quote;
mod session;
mod source;
mod structure;
mod takeaway;
mod text;
mod time;
mod words;

use std::cell::OnceCell;

use rapporteur_diagnostics::{Finding, Rule};
use rapporteur_model::{Document, Evidence};
use rapporteur_people::Index;

use self::{
    dates::{PrintedDate, dates_in},
    words::Words,
};
use crate::{
    assemble::{Assembled, Notes},
    piece::Piece,
    report::Report,
};

/// What the rules look at.
pub(crate) struct Subject<'r, 'a> {
    /// What was read of each source.
    pub(crate) reports: &'r [Report<'a>],
    /// Which of them is the report.
    pub(crate) main: usize,
    /// What was made of all of them.
    pub(crate) document: &'r Document,
    /// What was decided on the way and shows in the document no more.
    pub(crate) notes: &'r Notes,
    /// Who took part in other editions.
    pub(crate) registered: Option<&'r Index<'r>>,
    /// The words of each source, counted once for all rules.
    words: Vec<OnceCell<Words<'r, 'a>>>,
    /// The dates of all sources, found once for all rules.
    dates: OnceCell<Vec<(usize, &'r Piece<'a>, PrintedDate)>>,
}

/// A rule and how it is checked.
type Check = (&'static Rule, fn(&Subject<'_, '_>, &mut Vec<Finding>));

/// The rules, area by area.
const AREAS: &[&[Check]] = &[
    text::CHECKS,
    source::CHECKS,
    edition::CHECKS,
    structure::CHECKS,
    session::CHECKS,
    person::CHECKS,
    quote::CHECKS,
    takeaway::CHECKS,
    date::CHECKS,
    time::CHECKS,
    count::CHECKS,
];

/// Every rule on what was read, area by area.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    AREAS.iter().flat_map(|checks| checks.iter().map(|(rule, _)| *rule))
}

/// Everything that the rules find, in the order of the sources and of their text; what stands nowhere comes first.
pub(crate) fn findings(subject: &Subject<'_, '_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, check) in AREAS.iter().copied().flatten() {
        check(subject, &mut findings);
    }
    let place = |finding: &Finding| {
        let label = finding.labels.first();
        let sources = || subject.reports.iter().map(|report| report.context.source.id());
        let source = label.and_then(|label| sources().position(|id| id == label.source));
        (source, label.map(|label| label.start))
    };
    findings.sort_by_key(place);
    findings
}

impl<'r, 'a> Subject<'r, 'a> {
    /// What was read, and the document that was made of it.
    pub(crate) fn new(reports: &'r [Report<'a>], assembled: &'r Assembled, registered: Option<&'r Index<'r>>) -> Self {
        let Assembled { document, main, notes } = assembled;
        Self {
            reports,
            main: *main,
            document,
            notes,
            registered,
            words: reports.iter().map(|_| OnceCell::new()).collect(),
            dates: OnceCell::new(),
        }
    }

    /// The report itself, where there is a source at all that holds text.
    fn report(&self) -> Option<&'r Report<'a>> {
        self.reports.get(self.main).filter(|report| report.is_text())
    }

    /// The sources that hold text.
    fn texts(&self) -> impl Iterator<Item = &'r Report<'a>> {
        self.reports.iter().filter(|report| report.is_text())
    }

    /// The dates that name their month, with the number of the source and the piece that they stand in.
    fn dates(&self) -> &[(usize, &'r Piece<'a>, PrintedDate)] {
        self.dates.get_or_init(|| {
            let reports = self.reports.iter().enumerate().filter(|(_, report)| report.is_text());
            let pieces = reports.flat_map(|(at, report)| report.pieces.iter().map(move |piece| (at, report, piece)));
            pieces
                .flat_map(|(at, report, piece)| {
                    let dates = dates_in(piece.text(), report.context.lexicon);
                    dates.into_iter().map(move |date| (at, piece, date))
                })
                .collect()
        })
    }

    /// The sources that hold text, and their words.
    fn worded(&self) -> impl Iterator<Item = (&'r Report<'a>, &Words<'r, 'a>)> {
        let texts = self.reports.iter().enumerate().filter(|(_, report)| report.is_text());
        texts.map(|(at, report)| (report, self.words_of(at)))
    }

    /// The words of the source with this number.
    fn words_of(&self, at: usize) -> &Words<'r, 'a> {
        self.words[at].get_or_init(|| Words::of(&self.reports[at]))
    }
}

/// Where the value of `field` is printed first.
fn printed<'e>(evidence: &'e [Evidence], field: &str) -> Option<&'e Evidence> {
    evidence.iter().find(|evidence| evidence.field == field)
}
