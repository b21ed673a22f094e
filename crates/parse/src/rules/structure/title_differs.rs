use std::collections::BTreeSet;

use rapporteur_diagnostics::{Finding, rule};
use rapporteur_model::{Evidence, Slot};
use rapporteur_source::{Span, fold, fold_words};

use crate::rules::{Subject, printed};

rule! {
    /// A title is not the same in the contents, in the programme and at its session.
    ///
    /// # Why it matters
    /// One of the places is wrong, and the document has the title as it stands at the session.
    ///
    /// # Example
    /// ```text
    /// 09:30  Who keeps the lights?
    /// …
    /// Who keeps the light?
    /// On stage: Ada Brun, Mayor
    /// ```
    ///
    /// # What to do
    /// See which of them is right.
    "structure/title-differs", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let document = subject.document;
    let Some(report) = subject.report() else { return };
    let id = report.context.source.id();
    for (session, draft) in document.sessions.iter().zip(&report.sessions) {
        let Some(here) = printed(&session.evidence, "title") else { continue };
        let title = fold(&session.title);
        let kind = session.kind_label.as_deref().map(fold).unwrap_or_default();
        // a kind before the title, or the words before its first colon, are no difference
        let same = |other: &str| {
            other == title
                || other.strip_prefix(kind.as_str()).unwrap_or(other) == title
                || other.ends_with(&title)
                || title.ends_with(other)
        };
        let mut told = |place: &str, other: &str, at: &[Span]| {
            let Some(first) = at.first() else { return };
            findings.push(
                Finding::new(&RULE, format!("“{}” is “{other}” in the {place}", session.title))
                    .at(id, here.span(), "as it stands at the session")
                    .at(id, *first, format!("as it stands in the {place}")),
            );
        };
        let own = |slot: &&Slot| slot.session.as_ref() == Some(&session.id);
        let nearly =
            |slot: &&Slot| session.date.is_none() && slot.session.is_none() && alike(&slot.title, &session.title);
        let slot = document.agenda.iter().find(own).or_else(|| document.agenda.iter().find(nearly));
        if let Some(slot) = slot
            && !same(&fold(&slot.title))
        {
            let spans: Vec<Span> = printed(&slot.evidence, "title").map(Evidence::span).into_iter().collect();
            told("programme", &slot.title, &spans);
        }
        if let Some(listed) = draft.known.map(|known| &report.outline.titles[known])
            && listed.sort != crate::outline::Sort::Slot
            && !same(&listed.whole)
            && !listed.stripped.as_deref().is_some_and(same)
        {
            let passage = report.context.join(&listed.printed);
            told("contents", &passage.text, &passage.spans);
        }
    }
}

/// Whether most words of two titles are the same: too different to be taken for one, too alike to be two.
fn alike(a: &str, b: &str) -> bool {
    /// Titles of fewer words have too many in common with others.
    const FEWEST_WORDS: usize = 4;
    let words = |text: &str| -> BTreeSet<String> { fold_words(text).split(' ').map(str::to_owned).collect() };
    let (a, b) = (words(a), words(b));
    let common = a.intersection(&b).count();
    a.len().min(b.len()) >= FEWEST_WORDS && common * 3 >= a.len().max(b.len()) * 2
}
