use rapporteur_diagnostics::{Finding, rule};

use crate::{
    RegionLabel as L,
    rules::{Subject, dates::heads_a_day, printed},
};

rule! {
    /// A date of the event has another year than its title.
    ///
    /// Dates on the title page, in the programme and in the heads of sessions are of the event; others may be of
    /// anything.
    ///
    /// # Why it matters
    /// The year stands in every id of the document.
    ///
    /// # Example
    /// ```text
    /// Rope Forum 2031
    /// 3 and 4 May 2013
    /// ```
    ///
    /// # What to do
    /// See which of them is right.
    "date/year", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let (Some(report), Some(year)) = (subject.report(), subject.document.edition.year) else { return };
    let id = report.context.source.id();
    let of_event = |label: Option<L>| matches!(label, Some(L::Cover | L::Agenda | L::SessionKind | L::SessionTitle));
    for (at, piece, date) in subject.dates() {
        if *at != subject.main || !of_event(piece.label) && !heads_a_day(date, piece.text()) {
            continue;
        }
        let Some(other) = date.year.filter(|other| *other != year) else { continue };
        let mut finding = Finding::new(&RULE, format!("the title says {year}, and this date {other}")).at(
            id,
            piece.clean.source_span(date.range.clone()),
            "this date",
        );
        if let Some(title) = printed(&subject.document.edition.evidence, "year") {
            finding = finding.at(&title.source, title.span(), "the title");
        }
        findings.push(finding);
    }
}
