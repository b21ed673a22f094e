//! Findings that gather all places of one thing.

use rapporteur_diagnostics::{Finding, Rule, count};
use rapporteur_source::{Source, Span};

/// One finding for all places where the same thing stands; nothing where it stands nowhere.
pub(super) fn gathered(
    rule: &'static Rule,
    what: &str,
    source: &Source,
    places: &[Span],
    help: &str,
) -> Option<Finding> {
    let first = places.first()?;
    let message = match places.len() {
        1 => format!("{what} stands in the text"),
        number => format!("{what} stands in {}", count(number, "place", "places")),
    };
    let finding = Finding::new(rule, message).at(source.id(), *first, "here").help(help);
    Some(places[1..].iter().fold(finding, |finding, span| finding.at(source.id(), *span, "")))
}
