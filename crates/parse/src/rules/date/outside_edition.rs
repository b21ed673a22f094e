use jiff::civil::Date;
use rapporteur_diagnostics::{Finding, rule};

use crate::{
    RegionLabel as L,
    rules::{Subject, dates::heads_a_day, printed},
};

rule! {
    /// A day of the programme or of a session lies outside the days of the edition.
    ///
    /// # Why it matters
    /// One of the dates is wrong, or the event began before or ended after the days that the title page names.
    ///
    /// # Example
    /// `3 and 4 May 2031` on the title page, and `Monday, 5 May` in the programme.
    ///
    /// # What to do
    /// See which of them is right.
    "date/outside-edition", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(report) = subject.report() else { return };
    let edition = &subject.document.edition;
    let date = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<Date>().ok());
    let Some(first) = date(&edition.start_date) else { return };
    let last = date(&edition.end_date).unwrap_or(first);
    let of_event = |label: Option<L>| matches!(label, Some(L::Agenda | L::SessionKind | L::SessionTitle));
    let days = printed(&edition.evidence, "start_date");
    for (_, piece, printed) in subject.dates().iter().filter(|(at, ..)| *at == subject.main) {
        let Some(day) = printed.date(edition.year) else { continue };
        let event = of_event(piece.label) || heads_a_day(printed, piece.text());
        if !event || (first..=last).contains(&day) {
            continue;
        }
        let span = piece.clean.source_span(printed.range.clone());
        let mut finding = Finding::new(&RULE, format!("{day} lies outside the edition, {first} to {last}")).at(
            report.context.source.id(),
            span,
            "this day",
        );
        if let Some(days) = days.filter(|days| days.span() != span) {
            finding = finding.at(&days.source, days.span(), "the days of the edition");
        }
        findings.push(finding);
    }
}
