//! Takeaways, and the versions that several sources print.

use rapporteur_diagnostics::{Code, Finding};
use rapporteur_model::{Evidence, Inferred, Takeaway, Version};
use rapporteur_source::{Passage, fold};

use super::Assembly;
use crate::{order, outline, report::Report, takeaways::TakeawayList};

impl Assembly {
    pub(super) fn takeaways(&mut self, report: &Report<'_>, list: TakeawayList<'_>) {
        let context = &report.context;
        let source = context.source.id();
        let authors: Vec<Passage> = list.authors.iter().map(|author| context.join([&author.name])).collect();
        let promised = list.promised;
        let count = list.entries.len();
        let first_source = self.document.takeaways.is_empty();
        for (index, draft) in list.entries.into_iter().enumerate() {
            let title = context.join(&draft.title);
            let body: Vec<Passage> = order::order(&draft.body, &report.people, context)
                .paragraphs
                .iter()
                .map(|paragraph| context.join(paragraph))
                .collect();
            let folded = fold(&title.text);
            let known = (!first_source)
                .then(|| {
                    self.document.takeaways.iter().position(|known| outline::similar(&fold(&known.title), &folded))
                })
                .flatten();
            let mut version = Version {
                source: source.to_owned(),
                title: title.text.clone(),
                body: body.iter().map(|passage| passage.text.clone()).collect(),
                evidence: Evidence::of(source, "title", &title.spans).collect(),
            };
            for (at, passage) in body.iter().enumerate() {
                version.evidence.extend(Evidence::of(source, &format!("body/{at}"), &passage.spans));
            }
            if let Some(at) = known {
                self.merge_version(at, version, report);
                continue;
            }
            let mut takeaway = Takeaway {
                id: self.ids.titled(&title.text),
                number: draft.number.unwrap_or(index + 1),
                title: version.title.clone(),
                body: version.body.clone(),
                evidence: version.evidence.clone(),
                ..Takeaway::default()
            };
            if draft.number.is_none() {
                takeaway.inferred.push(Inferred {
                    field: "number".to_owned(),
                    reason: "the number is not printed; it is the place in the list".to_owned(),
                });
            }
            for author in &authors {
                let field = format!("authors/{}", takeaway.authors.len());
                takeaway.evidence.extend(Evidence::of(source, &field, &author.spans));
                takeaway.authors.push(author.text.clone());
            }
            self.document.takeaways.push(takeaway);
        }
        if !first_source && !authors.is_empty() {
            for takeaway in self.document.takeaways.iter_mut().filter(|takeaway| takeaway.authors.is_empty()) {
                for author in &authors {
                    let field = format!("authors/{}", takeaway.authors.len());
                    takeaway.evidence.extend(Evidence::of(source, &field, &author.spans));
                    takeaway.authors.push(author.text.clone());
                }
            }
        }
        if let Some((promised, clean)) = promised
            && promised != count
        {
            self.findings.push(
                Finding::new(
                    Code::TakeawayCount,
                    format!("the heading promises {promised} takeaways, and {count} were read"),
                )
                .at(source, clean.span(), "promised here"),
            );
        }
    }

    /// The same takeaway from another source: kept as a version, and said where the wording differs.
    fn merge_version(&mut self, at: usize, version: Version, report: &Report<'_>) {
        let takeaway = &mut self.document.takeaways[at];
        let differs = fold(&takeaway.body.concat()) != fold(&version.body.concat())
            || fold(&takeaway.title) != fold(&version.title);
        if differs {
            let here = version.evidence.first().map(Evidence::span).unwrap_or_default();
            let there = takeaway.evidence.first().cloned();
            let mut finding = Finding::new(
                Code::TakeawayDiffers,
                format!("two sources word takeaway {} differently", takeaway.number),
            )
            .at(report.context.source.id(), here, "kept as a version");
            if let Some(there) = there {
                let span = there.span();
                finding = finding.at(&there.source, span, "this wording is the main one");
            }
            self.findings.push(finding);
        }
        takeaway.versions.push(version);
    }
}
