//! People: one entry a person, credits, affiliations, misprints.

use std::ops::Range;

use rapporteur_grammar::{self as grammar, Role};
use rapporteur_model::{Affiliation, Credit, Evidence, Inferred, Session, Speaker, id_of_person};
use rapporteur_source::{Clean, Passage, Span, fold};
use rustc_hash::FxHashMap;

use super::{Assembly, Misprint, some, sub_spans};
use crate::{
    credits::{CreditDraft, ends_open},
    report::{Report, is_moderator},
};

/// Spellings that are one name: the likelier for each.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Folded misprint to the right spelling and how often that is printed.
    right: FxHashMap<String, (String, usize)>,
}

impl Names {
    /// Two names that differ by a letter or two are one, if one of them stands in the text clearly more often.
    pub(super) fn of(report: &Report<'_>) -> Self {
        let people = &report.people;
        let counts = report.person_counts();
        let mut names = Self::default();
        for wrong in people.all().filter(|&person| counts[person] <= 2) {
            let folded = fold(&people.get(wrong).name);
            let right = people.nearby(&folded).into_iter().filter(|&right| counts[right] > counts[wrong]);
            if let Some(right) = right.max_by_key(|&right| (counts[right], std::cmp::Reverse(right))) {
                names.right.insert(folded, (people.get(right).name.clone(), counts[right]));
            }
        }
        names
    }

    pub(super) fn right(&self, name: &str) -> Option<&(String, usize)> {
        self.right.get(&fold(name))
    }
}

/// One parsed credit with where its parts stand.
pub(super) struct Printed {
    pub(super) honorific: Option<Passage>,
    pub(super) name: Passage,
    pub(super) credit: Option<Passage>,
    pub(super) online: bool,
}

impl Assembly<'_> {
    /// The person of this name among the speakers; a new one where there is none yet.
    pub(super) fn speaker(&mut self, name: &str) -> usize {
        let key = fold(name);
        if let Some(&at) = self.speakers.get(&key) {
            return at;
        }
        let own = id_of_person(name);
        let registered = self.registered.and_then(|register| register.person(name));
        if let Some(person) = registered
            && let Some(at) = self.document.speakers.iter().position(|speaker| speaker.id == person.id)
        {
            self.speakers.insert(key, at);
            return at;
        }
        let at = self.document.speakers.len();
        let mut speaker = Speaker { name: name.to_owned(), ..Speaker::default() };
        if let Some(person) = registered.filter(|person| person.id != own) {
            let reason = format!("the register of people has “{name}” as a name of {}", person.name);
            speaker.inferred.push(Inferred { field: "id".to_owned(), reason });
        }
        speaker.id = self.ids.unique(registered.map_or(own, |person| person.id.clone()));
        self.document.speakers.push(speaker);
        self.speakers.insert(key, at);
        at
    }

    /// The right spelling of a printed name, and the person. Where the print is wrong, that is noted.
    pub(super) fn person(&mut self, report: &Report<'_>, printed: &Passage) -> (usize, Option<Inferred>) {
        let source = report.context.source.id();
        match self.names.right(&printed.text).cloned() {
            Some((right, times)) => self.misprint(report, printed, &right, times),
            None => {
                let at = self.speaker(&printed.text);
                let speaker = &mut self.document.speakers[at];
                if fold(&speaker.name) != fold(&printed.text) {
                    return (at, Some(self.known_variant(source, at, printed)));
                }
                if !speaker.evidence.iter().any(|evidence| evidence.field == "name") {
                    speaker.evidence.extend(Evidence::of(source, "name", &printed.spans));
                }
                (at, None)
            }
        }
    }

    /// Another name of somebody, of which only a register knows that it is theirs.
    fn known_variant(&mut self, source: &str, at: usize, printed: &Passage) -> Inferred {
        let speaker = &mut self.document.speakers[at];
        if !speaker.variants.contains(&printed.text) {
            let field = format!("variants/{}", speaker.variants.len());
            speaker.variants.push(printed.text.clone());
            speaker.evidence.extend(Evidence::of(source, &field, &printed.spans));
        }
        let reason =
            format!("printed “{}” here; the register of people has it as a name of {}", printed.text, speaker.name);
        Inferred { field: "name".to_owned(), reason }
    }

    /// A name that is printed wrongly here: the right one is used, the printed one kept and noted.
    pub(super) fn misprint(
        &mut self,
        report: &Report<'_>,
        printed: &Passage,
        right: &str,
        times: usize,
    ) -> (usize, Option<Inferred>) {
        let source = report.context.source.id();
        let at = self.speaker(right);
        let speaker = &mut self.document.speakers[at];
        let field = format!("variants/{}", speaker.variants.len());
        if !speaker.variants.contains(&printed.text) {
            speaker.variants.push(printed.text.clone());
            speaker.evidence.extend(Evidence::of(source, &field, &printed.spans));
        }
        let reason = format!("printed “{}” here; “{right}” stands in {times} other places", printed.text);
        let span = printed.spans.first().copied().unwrap_or_default();
        if !self.notes.misprints.iter().any(|known| known.span.start == span.start) {
            let printed = printed.text.clone();
            let (source, right) = (source.to_owned(), right.to_owned());
            self.notes.misprints.push(Misprint { source, span, printed, right, times });
        }
        (at, Some(Inferred { field: "name".to_owned(), reason }))
    }

    /// A name whose right spelling stands only in running text or a list: it gets the first place where it stands.
    pub(super) fn name_evidence(&mut self, report: &Report<'_>) {
        let source = report.context.source;
        let lacks = |speaker: &Speaker| !speaker.evidence.iter().any(|evidence| evidence.field == "name");
        if !self.document.speakers.iter().any(lacks) {
            return;
        }
        let mut first: FxHashMap<usize, Span> = FxHashMap::default();
        for found in report.people.find_all(source.text()) {
            first.entry(found.person).or_insert(Span::new(found.range.start, found.range.end));
        }
        for speaker in self.document.speakers.iter_mut().filter(|speaker| lacks(speaker)) {
            let place = report.people.of_name(&speaker.name).and_then(|person| first.get(&person));
            match place {
                Some(span) => speaker.evidence.extend(Evidence::of(source.id(), "name", &[*span])),
                None => speaker.inferred.push(Inferred {
                    field: "name".to_owned(),
                    reason: "this spelling stands on no line of its own; it was put together from a list".to_owned(),
                }),
            }
        }
    }

    pub(super) fn affiliate(
        &mut self,
        report: &Report<'_>,
        speaker: usize,
        honorific: Option<&Passage>,
        credit: Option<&Passage>,
    ) {
        let source = report.context.source.id();
        let person = &mut self.document.speakers[speaker];
        if let (None, Some(honorific)) = (&person.honorific, honorific) {
            person.honorific = Some(honorific.text.clone());
            person.evidence.extend(Evidence::of(source, "honorific", &honorific.spans));
        }
        let Some(credit) = credit.filter(|credit| !credit.text.is_empty()) else { return };
        if person.affiliations.iter().any(|known| fold(&known.credit) == fold(&credit.text)) {
            return;
        }
        let parts = grammar::affiliation(&credit.text, report.context.lexicon);
        person.affiliations.push(Affiliation {
            credit: credit.text.clone(),
            office: parts.office,
            organisation: parts.organisation,
            country: parts.country,
            country_code: parts.country_code,
            evidence: Evidence::of(source, "credit", &credit.spans).collect(),
            ..Affiliation::default()
        });
    }

    pub(super) fn cards(&mut self, report: &Report<'_>) {
        for card in &report.cards {
            let name = report.context.join(&card.name);
            let (speaker, _) = self.person(report, &name);
            let honorific = card.honorific.as_ref().map(|honorific| report.context.join([honorific]));
            let credit = report.context.join(&card.credit);
            self.affiliate(report, speaker, honorific.as_ref(), Some(&credit));
            if let (Some(parts), Some(first)) =
                (card_parts(report, &card.credit), self.document.speakers[speaker].affiliations.first_mut())
                && fold(&first.credit) == fold(&credit.text)
            {
                first.office = parts.office;
                first.organisation = parts.organisation;
                first.country = parts.country;
                first.country_code = parts.country_code;
            }
        }
    }

    pub(super) fn printed(&self, report: &Report<'_>, lines: &[Clean<'_>]) -> Option<Printed> {
        let context = &report.context;
        let whole = context.join(lines);
        let text = &whole.text;
        let known = report.people.find_all(text.get(..text.len().min(90)).unwrap_or(text)).into_iter().next();
        let parsed = match known {
            Some(found)
                if text[..found.range.start].split_whitespace().all(|word| context.lexicon.is_honorific(word)) =>
            {
                grammar::credit_of(text, found.range, context.lexicon)
            }
            _ => match crate::credits::name_line(lines, text, context.lexicon) {
                Some(name) => grammar::credit_of(text, name, context.lexicon),
                None => grammar::credit(text, context.lexicon)?,
            },
        };
        let part = |range: Range<usize>| -> Option<Passage> {
            text[range.clone()]
                .contains(char::is_alphanumeric)
                .then(|| Passage { text: text[range.clone()].trim().to_owned(), spans: sub_spans(lines, text, range) })
        };
        let name = part(parsed.name.clone())?;
        let honorific = text[parsed.honorific.clone()].trim();
        let lead = parsed.honorific.end - honorific.len();
        Some(Printed {
            honorific: part(lead..parsed.honorific.end),
            name,
            credit: part(parsed.credit),
            online: parsed.online,
        })
    }

    pub(super) fn credit(&mut self, report: &Report<'_>, session: &mut Session, draft: &CreditDraft<'_>) {
        let Some(mut printed) = self.printed(report, &draft.lines) else {
            return;
        };
        if let (Some(credit), Some(parted)) = (&mut printed.credit, parted(report, draft))
            && fold(&parted) == fold(&credit.text)
        {
            credit.text = parted;
        }
        let credit = self.credit_entry(report, &printed);
        if draft.role == Role::Moderators { session.moderators.push(credit) } else { session.speakers.push(credit) }
    }

    fn credit_entry(&mut self, report: &Report<'_>, printed: &Printed) -> Credit {
        let source = report.context.source.id();
        let (at, inferred) = self.person(report, &printed.name);
        self.affiliate(report, at, printed.honorific.as_ref(), printed.credit.as_ref());
        let person = &self.document.speakers[at];
        let parts = printed
            .credit
            .as_ref()
            .map(|credit| grammar::affiliation(&credit.text, report.context.lexicon))
            .unwrap_or_default();
        let mut evidence: Vec<Evidence> = Evidence::of(source, "name", &printed.name.spans).collect();
        if let Some(honorific) = &printed.honorific {
            evidence.extend(Evidence::of(source, "honorific", &honorific.spans));
        }
        if let Some(credit) = &printed.credit {
            evidence.extend(Evidence::of(source, "credit", &credit.spans));
        }
        Credit {
            speaker: person.id.clone(),
            name: person.name.clone(),
            honorific: printed.honorific.as_ref().map(|honorific| honorific.text.clone()),
            credit: printed.credit.as_ref().map(|credit| credit.text.clone()),
            office: parts.office,
            organisation: parts.organisation,
            country: parts.country,
            country_code: parts.country_code,
            online: printed.online,
            evidence,
            inferred: inferred.into_iter().collect(),
            ..Credit::default()
        }
    }

    /// Those whom only the contents name for a session that prints no credits; their offices as at their quotes.
    pub(super) fn listed_speakers(&mut self, report: &Report<'_>) {
        for (at, draft) in report.sessions.iter().enumerate() {
            let session = &self.document.sessions[at];
            let Some(title) = draft.known.map(|known| &report.outline.titles[known]) else { continue };
            if !session.speakers.is_empty() || title.people.is_empty() {
                continue;
            }
            let source = report.context.source.id().to_owned();
            for (role, clean) in &title.people {
                let name = report.context.join([clean]);
                let (speaker, inferred) = self.person(report, &name);
                let person_name = self.document.speakers[speaker].name.clone();
                let quoted = report.quotes.iter().filter(|(session, _)| *session == Some(at)).find_map(|(_, quote)| {
                    let by = quote.by.as_ref()?;
                    (fold(&report.context.join(&by.name).text) == fold(&person_name))
                        .then(|| report.context.join(&by.credit))
                });
                let credit = quoted.filter(|credit| !credit.text.is_empty());
                self.affiliate(report, speaker, None, credit.as_ref());
                let parts = credit
                    .as_ref()
                    .map(|credit| grammar::affiliation(&credit.text, report.context.lexicon))
                    .unwrap_or_default();
                let mut evidence: Vec<Evidence> = Evidence::of(&source, "name", &name.spans).collect();
                if let Some(credit) = &credit {
                    evidence.extend(Evidence::of(&source, "credit", &credit.spans));
                }
                let entry = Credit {
                    speaker: self.document.speakers[speaker].id.clone(),
                    name: person_name,
                    credit: credit.map(|credit| credit.text),
                    office: parts.office,
                    organisation: parts.organisation,
                    country: parts.country,
                    country_code: parts.country_code,
                    evidence,
                    inferred: inferred.into_iter().collect(),
                    ..Credit::default()
                };
                let session = &mut self.document.sessions[at];
                if is_moderator(*role) { session.moderators.push(entry) } else { session.speakers.push(entry) }
            }
        }
    }
}

/// The lines of a credit below its name, with commas where one part ends and the next begins on a line of its own.
fn parted(report: &Report<'_>, draft: &CreditDraft<'_>) -> Option<String> {
    let [name, lines @ ..] = draft.lines.as_slice() else { return None };
    if lines.len() < 2 || !grammar::is_name(&name.text, report.context.lexicon) {
        return None;
    }
    let mut parts: Vec<Vec<&Clean<'_>>> = Vec::new();
    for line in lines {
        let goes_on = parts.last().and_then(|part| part.last()).is_some_and(|before| {
            let word = line.text.split(' ').next().map_or(0, |word| word.chars().count());
            // the line before had no room for more
            let full = before.text.chars().count() + 1 + word > draft.width;
            full || ends_open(&before.text) || line.text.starts_with(|c: char| !c.is_uppercase())
        });
        match parts.last_mut() {
            Some(part) if goes_on => part.push(line),
            _ => parts.push(vec![line]),
        }
    }
    let parts: Vec<String> = parts.into_iter().map(|part| report.context.join(part).text).collect();
    Some(parts.join(", "))
}

/// The parts of a card: each printed line is one, unless it goes on in the next.
fn card_parts(report: &Report<'_>, lines: &[Clean<'_>]) -> Option<grammar::Affiliation> {
    let lexicon = report.context.lexicon;
    let mut parts: Vec<Vec<&Clean<'_>>> = Vec::new();
    for line in lines {
        let goes_on = parts.last().and_then(|part| part.last()).is_some_and(|before| {
            let last = before.text.split_whitespace().next_back().unwrap_or_default();
            let small = last.chars().all(char::is_lowercase) && last.len() <= 3;
            small || before.text.ends_with([',', '-', '\u{ad}']) || line.text.starts_with(char::is_lowercase)
        });
        match parts.last_mut() {
            Some(part) if goes_on => part.push(line),
            _ => parts.push(vec![line]),
        }
    }
    if parts.len() < 2 {
        return None;
    }
    let mut parts: Vec<String> = parts.into_iter().map(|part| report.context.join(part).text).collect();
    let mut affiliation = grammar::Affiliation::default();
    if let Some(code) = parts.last().and_then(|part| grammar::country_code(part, lexicon)) {
        affiliation.country = parts.pop();
        affiliation.country_code = Some(code.to_owned());
    }
    let organisation = parts.split_off(1.min(parts.len()));
    affiliation.office = parts.pop();
    affiliation.organisation = some(organisation.join(" "));
    Some(affiliation)
}
