//! The programme, and what it adds to the sessions.

use jiff::civil::Time;
use rapporteur_grammar::{self as grammar, Kind};
use rapporteur_model::{Evidence, Inferred, Slot};
use rapporteur_source::{Clean, Passage, fold};

use super::{
    Assembly,
    sessions::{session_kind, split_words},
};
use crate::{credits::CreditDraft, outline, report::Report};

impl Assembly<'_> {
    /// The programme, and what it adds to the sessions: day, time, and credits where none are printed at the session.
    pub(super) fn agenda(&mut self, report: &Report<'_>) {
        let context = &report.context;
        let source = context.source.id();
        let mut slots = report.outline.programme.slots.clone();
        let sessions: Vec<String> = self.document.sessions.iter().map(|session| fold(&session.title)).collect();
        slots.sort_by_key(|slot| {
            (slot.date.as_ref().map(|day| day.date), slot.times.as_ref().map(|(times, _)| times.start))
        });
        for draft in slots {
            let mut title = context.join(&draft.title);
            let mut kind = (!draft.kind.is_empty()).then(|| context.join(&draft.kind));
            let session = self.session_of_slot(&mut title, &mut kind, &sessions, report);
            let date = draft.date.as_ref().map(|day| (day.date.to_string(), day.printed.span()));
            let start = draft.times.as_ref().map(|(times, _)| clock(times.start));
            let end = draft.times.as_ref().and_then(|(times, _)| times.end).map(clock);
            let key = format!(
                "{} {} {}",
                date.as_ref().map_or("", |(date, _)| date),
                start.as_deref().unwrap_or_default(),
                title.text
            );
            let mut slot = Slot {
                id: self.ids.hashed(&format!("agenda {key}")),
                date: date.as_ref().map(|(date, _)| date.clone()),
                start: start.clone(),
                end: end.clone(),
                kind: kind.as_ref().map(|kind| kind.text.clone()),
                title: title.text.clone(),
                session: session.map(|at| self.document.sessions[at].id.clone()),
                ..Slot::default()
            };
            slot.evidence.extend(Evidence::of(source, "title", &title.spans));
            if let Some(kind) = &kind {
                slot.evidence.extend(Evidence::of(source, "kind", &kind.spans));
            }
            if let Some((_, span)) = &date {
                slot.evidence.extend(Evidence::of(source, "date", &[*span]));
            }
            if draft.date.as_ref().is_some_and(|day| !day.year) {
                let reason = "the programme prints the day without its year, which is that of the edition".to_owned();
                slot.inferred.push(Inferred { field: "date".to_owned(), reason });
            }
            if let Some((times, printed)) = &draft.times {
                let ends = [("start", printed.first()), ("end", printed.last().filter(|_| times.end.is_some()))];
                for (field, printed) in ends {
                    let spans: Vec<_> = printed.into_iter().map(Clean::span).collect();
                    slot.evidence.extend(Evidence::of(source, field, &spans));
                }
            }
            if let Some(at) = session {
                self.schedule(at, &slot, report);
                let credits: Vec<CreditDraft<'_>> = draft
                    .credits
                    .iter()
                    .map(|(role, lines)| CreditDraft { role: *role, lines: lines.clone(), width: 0 })
                    .collect();
                let bare =
                    self.document.sessions[at].speakers.is_empty() && self.document.sessions[at].moderators.is_empty();
                if bare && !credits.is_empty() {
                    let mut session = std::mem::take(&mut self.document.sessions[at]);
                    for credit in &credits {
                        self.credit(report, &mut session, credit);
                    }
                    self.document.sessions[at] = session;
                }
            } else {
                for (_, lines) in &draft.credits {
                    if let Some(printed) = self.printed(report, lines) {
                        let (speaker, _) = self.person(report, &printed.name);
                        self.affiliate(report, speaker, printed.honorific.as_ref(), printed.credit.as_ref());
                    }
                }
            }
            self.document.agenda.push(slot);
        }
    }

    fn schedule(&mut self, at: usize, slot: &Slot, report: &Report<'_>) {
        let session = &mut self.document.sessions[at];
        if session.date.is_some() {
            return;
        }
        session.date = slot.date.clone();
        session.start = slot.start.clone();
        session.end = slot.end.clone();
        let timing =
            slot.evidence.iter().filter(|evidence| matches!(evidence.field.as_str(), "date" | "start" | "end"));
        session.evidence.extend(timing.cloned());
        if session.kind_label.is_none()
            && let Some(kind) = &slot.kind
        {
            session.kind_label = Some(kind.clone());
            session.kind = Some(session_kind(kind, report));
            let evidence = slot.evidence.iter().filter(|evidence| evidence.field == "kind").cloned();
            session.evidence.extend(evidence.map(|evidence| Evidence { field: "kind_label".to_owned(), ..evidence }));
        }
    }

    /// The session that a slot announces. A kind that the slot prints run into its title is taken off.
    fn session_of_slot(
        &self,
        title: &mut Passage,
        kind: &mut Option<Passage>,
        titles: &[String],
        report: &Report<'_>,
    ) -> Option<usize> {
        let folded = fold(&title.text);
        let sessions = &self.document.sessions;
        let exact = titles.iter().position(|wanted| outline::similar(wanted, &folded));
        if exact.is_some() {
            return exact;
        }
        for (at, session) in sessions.iter().enumerate() {
            let wanted = &titles[at];
            let label = session.kind_label.as_deref().map(fold).unwrap_or_default();
            if kind.is_none()
                && !label.is_empty()
                && folded.strip_prefix(label.as_str()).is_some_and(|rest| outline::similar(rest, wanted))
            {
                let words = session.kind_label.as_deref().unwrap_or_default().split_whitespace().count();
                split_words(title, kind, words, report);
                return Some(at);
            }
            let whole = kind.as_ref().map(|kind| format!("{}{folded}", fold(&kind.text)));
            if whole.is_some_and(|whole| outline::similar(wanted, &whole)) {
                return Some(at);
            }
        }
        // opening and closing remarks by their kind
        let remarks = |text: &str| {
            let kind = grammar::session_kind(text, report.context.lexicon).ok()?;
            (kind.0.trim().is_empty() && matches!(kind.1, Kind::Opening | Kind::Closing)).then_some(kind.1)
        };
        let wanted = remarks(&title.text)?;
        let mut same = sessions
            .iter()
            .enumerate()
            .filter(|(_, session)| remarks(&session.title) == Some(wanted) && session.date.is_none());
        let found = same.next()?.0;
        same.next().is_none().then_some(found)
    }
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}
