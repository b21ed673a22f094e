use rapporteur_diagnostics::{Finding, rule};
use rapporteur_model::{Evidence, Slot};
use rapporteur_source::{Span, fold};

use crate::{
    outline::{Sort, Title, alike, title_words},
    rules::{Subject, printed},
};

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
    let taken: Vec<usize> = report.sessions.iter().filter_map(|draft| draft.known).collect();
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
            |slot: &&Slot| slot.session.is_none() && alike(&title_words(&slot.title), &title_words(&session.title));
        let slot = document.agenda.iter().find(own).or_else(|| document.agenda.iter().find(nearly));
        if let Some(slot) = slot
            && !same(&fold(&slot.title))
        {
            let spans: Vec<Span> = printed(&slot.evidence, "title").map(Evidence::span).into_iter().collect();
            told("programme", &slot.title, &spans);
        }
        let titles = &report.outline.titles;
        let known = draft.known.map(|known| &titles[known]).filter(|title| title.sort != Sort::Slot);
        let nearly = |title: &&Title<'_>| {
            let text = report.context.join(&title.printed).text;
            title.sort == Sort::Session && alike(&title_words(&text), &title_words(&session.title))
        };
        let free =
            || titles.iter().enumerate().filter(|(at, _)| !taken.contains(at)).map(|(_, title)| title).find(nearly);
        if let Some(listed) = known.or_else(free)
            && !same(&listed.whole)
            && listed.stripped.as_ref() != Some(&title)
        {
            let passage = report.context.join(&listed.printed);
            told("contents", &passage.text, &passage.spans);
        }
    }
}
