//! Quotes: whose they are, and in which session.

use rapporteur_model::{Credit, Evidence, Inferred, Quote};
use rapporteur_source::fold;
use rustc_hash::FxHashMap;

use super::{Assembly, Doubled, some};
use crate::report::Report;

impl Assembly<'_> {
    pub(super) fn quotes(&mut self, report: &Report<'_>) {
        self.listed_speakers(report);
        let source = report.context.source.id();
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        let mut nameless: Vec<(usize, Option<usize>)> = Vec::new();
        for (session, draft) in &report.quotes {
            let text = report.context.join(&draft.text);
            if text.text.is_empty() {
                continue;
            }
            if let Some(&quote) = seen.get(&fold(&text.text)) {
                let span = text.spans.first().copied().unwrap_or_default();
                self.notes.doubled.push(Doubled { source: source.to_owned(), span, quote });
                continue;
            }
            seen.insert(fold(&text.text), self.document.quotes.len());
            let mut quote = Quote {
                id: self.ids.hashed(&text.text),
                text: text.text.clone(),
                session: session.map(|at| self.document.sessions[at].id.clone()),
                ..Quote::default()
            };
            quote.evidence.extend(Evidence::of(source, "text", &text.spans));
            if let Some(by) = &draft.by {
                let name = report.context.join(&by.name);
                let right = by.person.map(|person| report.people.get(person).name.clone());
                let (speaker, inferred) = match right.filter(|right| fold(right) != fold(&name.text)) {
                    Some(right) if self.names.right(&name.text).is_none() => {
                        let times = report.context.source.text().matches(right.as_str()).count();
                        self.misprint(report, &name, &right, times)
                    }
                    _ => self.person(report, &name),
                };
                quote.inferred.extend(inferred.map(|inferred| Inferred { field: "speaker".to_owned(), ..inferred }));
                let guessed =
                    draft.guessed.map(|reason| Inferred { field: "speaker".to_owned(), reason: reason.to_owned() });
                quote.inferred.extend(guessed);
                let credit = report.context.join(&by.credit);
                quote.speaker = Some(self.document.speakers[speaker].id.clone());
                quote.evidence.extend(Evidence::of(source, "speaker", &name.spans));
                if !credit.text.is_empty() {
                    let text = credit
                        .text
                        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'))
                        .to_owned();
                    quote.evidence.extend(Evidence::of(source, "credit", &credit.spans));
                    quote.credit = Some(text);
                    let known = self.document.speakers[speaker].affiliations.is_empty();
                    if known {
                        self.affiliate(report, speaker, None, Some(&credit));
                    }
                }
            } else if let Some((person, office)) = &draft.by_office {
                let name = report.people.get(*person).name.clone();
                let speaker = self.speaker(&name);
                let credit = report.context.join([office]);
                quote.speaker = Some(self.document.speakers[speaker].id.clone());
                quote.evidence.extend(Evidence::of(source, "credit", &credit.spans));
                quote.credit = some(credit.text);
                quote.inferred.push(Inferred {
                    field: "speaker".to_owned(),
                    reason: format!("the name is lost; the office printed at the quote is that of {name} alone"),
                });
                nameless.push((self.document.quotes.len(), *session));
            } else {
                nameless.push((self.document.quotes.len(), *session));
            }
            self.document.quotes.push(quote);
        }
        self.place_quotes();
        self.infer_speakers(&nameless);
    }

    /// A quote by somebody who is not on stage in the session where it stands, but in the one before or after, belongs
    /// there: a column or a page was read too early or too late.
    fn place_quotes(&mut self) {
        let sessions = &self.document.sessions;
        let on_stage = |at: usize, speaker: &str| {
            sessions.get(at).is_some_and(|session| {
                session.speakers.iter().chain(&session.moderators).any(|credit| credit.speaker == speaker)
            })
        };
        for quote in &mut self.document.quotes {
            let (Some(id), Some(speaker)) = (&quote.session, &quote.speaker) else { continue };
            let Some(at) = sessions.iter().position(|session| session.id == *id) else { continue };
            if sessions[at].speakers.is_empty() || on_stage(at, speaker) {
                continue;
            }
            let beside: Vec<usize> =
                [at.wrapping_sub(1), at + 1].into_iter().filter(|&beside| on_stage(beside, speaker)).collect();
            if let [beside] = beside[..] {
                quote.session = Some(sessions[beside].id.clone());
                quote.inferred.push(Inferred {
                    field: "session".to_owned(),
                    reason: format!("it stands in “{}”, where its speaker was not on stage", sessions[at].title),
                });
            }
        }
    }

    /// The one quote of a session without a name is by the one speaker of it without a quote.
    fn infer_speakers(&mut self, nameless: &[(usize, Option<usize>)]) {
        for &(at, session) in nameless {
            let Some(session) = session.filter(|_| self.document.quotes[at].speaker.is_none()) else { continue };
            if nameless.iter().filter(|(_, other)| *other == Some(session)).count() != 1 {
                continue;
            }
            let session = &self.document.sessions[session];
            let quoted: Vec<&str> = self
                .document
                .quotes
                .iter()
                .filter(|quote| quote.session.as_ref() == Some(&session.id))
                .filter_map(|quote| quote.speaker.as_deref())
                .collect();
            let silent: Vec<&Credit> =
                session.speakers.iter().filter(|credit| !quoted.contains(&credit.speaker.as_str())).collect();
            if let ([only], true) = (silent.as_slice(), session.speakers.len() > 1 || quoted.is_empty()) {
                let reason =
                    format!("every other speaker of the session has a quote of their own; {} has none", only.name);
                let speaker = only.speaker.clone();
                let quote = &mut self.document.quotes[at];
                quote.speaker = Some(speaker);
                quote.inferred.push(Inferred { field: "speaker".to_owned(), reason });
            }
        }
    }
}
