//! Takeaways, and the versions that several sources print.

use rapporteur_model::{Evidence, Inferred, Takeaway, Version};
use rapporteur_source::{Passage, fold};

use super::Assembly;
use crate::{order, outline, report::Report, takeaways::TakeawayList};

impl Assembly {
    pub(super) fn takeaways(&mut self, report: &Report<'_>, list: &TakeawayList<'_>) {
        let context = &report.context;
        let source = context.source.id();
        let authors: Vec<Passage> = list.authors.iter().map(|author| context.join([&author.name])).collect();
        let first_source = self.document.takeaways.is_empty();
        for (index, draft) in list.entries.iter().enumerate() {
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
                ..Version::default()
            };
            for (at, passage) in body.iter().enumerate() {
                version.evidence.extend(Evidence::of(source, &format!("body/{at}"), &passage.spans));
            }
            if let Some(at) = known {
                // the same takeaway from another source
                self.document.takeaways[at].versions.push(version);
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
    }
}
