//! Sessions with their titles, kinds and running text.

use rapporteur_grammar::{self as grammar, Kind};
use rapporteur_model::{Evidence, Session, SessionKind};
use rapporteur_source::{Clean, Passage, Span, fold};

use super::Assembly;
use crate::report::Report;

impl Assembly<'_> {
    pub(super) fn sessions(&mut self, report: &Report<'_>) {
        for draft in &report.sessions {
            let context = &report.context;
            let source = context.source.id();
            let title = context.join(&draft.title);
            let mut session = Session {
                id: self.ids.titled(&title.text),
                position: self.document.sessions.len() + 1,
                title: title.text.clone(),
                ..Session::default()
            };
            session.evidence.extend(Evidence::of(source, "title", &title.spans));
            let kind = context.join(&draft.kind);
            if !kind.text.is_empty() {
                let label = bare_kind(&kind.text);
                let label = respaced(label, report).unwrap_or_else(|| label.to_owned());
                session.kind_label = Some(label);
                session.evidence.extend(Evidence::of(source, "kind_label", &kind.spans));
            }
            session.kind = session.kind_label.as_deref().map(|label| session_kind(label, report));
            for credit in &draft.credits {
                self.credit(report, &mut session, credit);
            }
            for (at, paragraph) in draft.summary.paragraphs.iter().enumerate() {
                let passage = report.context.join(paragraph);
                session.evidence.extend(Evidence::of(source, &format!("summary/{at}"), &passage.spans));
                session.summary.push(passage.text);
            }
            let conclusions = draft.conclusions.iter().map(|conclusion| report.context.join(conclusion));
            for (at, passage) in conclusions.filter(|passage| !passage.text.is_empty()).enumerate() {
                session.evidence.extend(Evidence::of(source, &format!("conclusions/{at}"), &passage.spans));
                session.conclusions.push(passage.text);
            }
            for (at, link) in draft.links.iter().enumerate() {
                let passage = report.context.join([link]);
                session.evidence.extend(Evidence::of(source, &format!("links/{at}"), &passage.spans));
                session.links.push(passage.text);
            }
            self.document.sessions.push(session);
        }
    }
}

/// A kind without the signs that part it from what stands beside it: `(Debate)`, `Panel I |`, `Keynote:`.
fn bare_kind(text: &str) -> &str {
    const SIGNS: [char; 10] = [' ', ':', ',', ';', '|', '·', '•', '–', '—', '-'];
    let bare = text.trim_matches(SIGNS);
    let inner = bare.strip_prefix(['(', '[']).map(|inner| inner.trim_end_matches([')', ']']));
    inner.unwrap_or(bare).trim_matches(SIGNS)
}

/// A kind in letters that are set apart, of which an extractor made words of its own, with the words that the lexicon or
/// the programme has: `PLE NARY I`.
fn respaced(label: &str, report: &Report<'_>) -> Option<String> {
    if label.chars().any(char::is_lowercase) {
        return None;
    }
    // a number of the session stands apart
    let is_number = |last: &str| last.chars().all(|c| c.is_ascii_digit() || "IVXABC".contains(c));
    let unnumbered = label.rsplit_once(' ').filter(|(_, last)| is_number(last)).map(|(words, _)| words);
    let words = [Some(label), unnumbered].into_iter().flatten().find_map(|label| {
        let folded = fold(label);
        let mut printed = report.outline.programme.slots.iter().map(|slot| report.context.join(&slot.kind).text);
        let known = || report.context.lexicon.kind_words(&folded).map(str::to_owned);
        printed.find(|kind| fold(kind) == folded).or_else(known)
    })?;
    let mut letters = label.chars().filter(|c| !c.is_whitespace());
    let mut text = String::with_capacity(label.len());
    for c in words.chars() {
        text.push(if c.is_whitespace() { ' ' } else { letters.next()? });
    }
    let number: String = letters.collect();
    if !number.is_empty() {
        text.push(' ');
        text.push_str(&number);
    }
    (text != label).then_some(text)
}

pub(super) fn session_kind(label: &str, report: &Report<'_>) -> SessionKind {
    let lexicon = report.context.lexicon;
    let found = crate::piece::Piece::new(0, Clean::new(label, Span::new(0, label.len())), lexicon)
        .cues
        .kind
        .or_else(|| grammar::session_kind(label, lexicon).ok().map(|(_, kind)| kind));
    match found {
        Some(Kind::Keynote) => SessionKind::Keynote,
        Some(Kind::Panel) => SessionKind::Panel,
        Some(Kind::HighLevelPanel) => SessionKind::HighLevelPanel,
        Some(Kind::Dialogue) => SessionKind::Dialogue,
        Some(Kind::Conversation) => SessionKind::Conversation,
        Some(Kind::Debate) => SessionKind::Debate,
        Some(Kind::SideEvent) => SessionKind::SideEvent,
        Some(Kind::Opening) => SessionKind::Opening,
        Some(Kind::Closing) => SessionKind::Closing,
        Some(Kind::Other) | None => SessionKind::Other,
    }
}

/// Takes the first `words` words off a title and makes them its kind.
pub(super) fn split_words(title: &mut Passage, kind: &mut Option<Passage>, words: usize, report: &Report<'_>) {
    let at = title.text.split_whitespace().nth(words).map(|word| word.as_ptr() as usize - title.text.as_ptr() as usize);
    let Some(at) = at else { return };
    let source = report.context.source;
    let mut need = fold(&title.text[..at]).len();
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    for span in &title.spans {
        let text = source.slice(*span);
        let mut cut = 0;
        for (offset, c) in text.char_indices() {
            if need == 0 {
                break;
            }
            need = need.saturating_sub(fold(c.encode_utf8(&mut [0; 4])).len());
            cut = offset + c.len_utf8();
        }
        if cut > 0 {
            head.push(Span::new(span.start, span.start + cut));
        }
        let rest = text[cut..].trim_start();
        if !rest.is_empty() {
            tail.push(Span::new(span.end - rest.len(), span.end));
        }
    }
    *kind = Some(Passage { text: title.text[..at].trim().to_owned(), spans: head });
    *title = Passage { text: title.text[at..].to_owned(), spans: tail };
}
