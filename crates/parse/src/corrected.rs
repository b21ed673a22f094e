//! Corrections applied: sources are read as corrected, and everything that is said of them points into them as they are.

use rapporteur_correct::{Applied, Corrections, MISPLACED, Passage, TextEdit};
use rapporteur_diagnostics::Finding;
use rapporteur_grammar::{self as grammar, Lexicon};
use rapporteur_model::{Corrected, Correction, Document};
use rapporteur_source::{Patched, Source, Span};

use crate::{Ledger, Options, passages, report::Report};

/// A source with its corrections, each in its place.
pub(crate) struct Bound<'s> {
    original: &'s Source,
    /// The file of its corrections.
    file: Option<&'s Corrections>,
    edits: Vec<TextEdit>,
    /// The source as corrected, where its text is.
    patched: Option<Patched>,
    passages: Vec<Passage>,
    findings: Vec<Finding>,
}

impl<'s> Bound<'s> {
    /// Looks for the places of the corrections of a source.
    pub(crate) fn new(original: &'s Source, files: &'s [Corrections]) -> Self {
        let file = files.iter().find(|file| file.source() == Some(original.id()));
        let mut bound =
            Self { original, file, edits: Vec::new(), patched: None, passages: Vec::new(), findings: Vec::new() };
        // of what is no text nothing is read, and nothing corrected
        let Some(file) = file else { return bound };
        bound.findings.extend(file.changed(original));
        let (edits, findings) = file.text(original);
        bound.findings.extend(findings);
        if !edits.is_empty() {
            bound.patched = Patched::new(original, edits.iter().map(|edit| edit.edit.clone()).collect());
            bound.edits = edits;
        }
        let (passages, findings) = file.regions(bound.source(), |span| bound.back(span));
        bound.findings.extend(findings);
        bound.passages = passages;
        bound
    }

    /// The source as it is read.
    fn source(&self) -> &Source {
        self.patched.as_ref().map_or(self.original, Patched::source)
    }

    fn back(&self, span: Span) -> Span {
        self.patched.as_ref().map_or(span, |patched| patched.back(span))
    }

    /// Gives up the passages that cannot be read as their corrections say: they are told, and change nothing.
    pub(crate) fn settle(&mut self, lexicon: &Lexicon) {
        while let Some(file) = self.file.filter(|_| !self.passages.is_empty()) {
            let read = self.report(lexicon).passages;
            if read.iter().all(|read| *read) {
                break;
            }
            let (kept, misplaced): (Vec<_>, Vec<_>) = self.passages.drain(..).zip(read).partition(|(_, read)| *read);
            self.passages = kept.into_iter().map(|(passage, _)| passage).collect();
            for (passage, _) in misplaced {
                let message = format!("the passage cannot be read as `{}` where it stands", passage.label.as_str());
                let finding = file.told(&MISPLACED, &file.entries()[passage.entry], message);
                let finding = finding.at(self.original.id(), self.back(passage.span), "the passage");
                let help = "`rapporteur explain correction/misplaced` says where each label has a meaning";
                self.findings.push(finding.help(help));
            }
        }
    }

    pub(crate) fn report<'b>(&'b self, lexicon: &'b Lexicon) -> Report<'b> {
        Report::read(self.source(), lexicon, &self.passages)
    }

    pub(crate) fn ledger(&self, report: &Report<'_>) -> Ledger {
        let Some(patched) = &self.patched else { return Ledger::of(&report.pieces, |line| line, &[]) };
        let mut touched = Vec::new();
        for edit in &self.edits {
            let span = edit.edit.span;
            let lines = self.original.line_number(span.start)..=self.original.line_number(span.end);
            let filled = |number: &usize| {
                let line = self.original.line_at(*number);
                line.is_some_and(|line| !self.original.slice(line.span).trim().is_empty())
            };
            touched.extend(lines.filter(filled));
        }
        Ledger::of(&report.pieces, |line| patched.line(line), &touched)
    }

    /// The corrections that were applied to the text, in its order.
    fn applied(&self) -> Vec<Correction> {
        let Some(file) = self.file else { return Vec::new() };
        let record = |entry: usize, span: Span| Correction {
            start: Some(span.start),
            end: Some(span.end),
            ..file.entries()[entry].record(self.original.id())
        };
        let texts = self.edits.iter().map(|edit| Correction {
            text: Some(edit.edit.text.clone()),
            was: self.original.slice(edit.edit.span).into(),
            ..record(edit.entry, edit.edit.span)
        });
        let regions = self.passages.iter().map(|passage| Correction {
            label: Some(passages::label(passage.label).as_str().to_owned()),
            ..record(passage.entry, self.back(passage.span))
        });
        texts.chain(regions).collect()
    }
}

/// Puts the values of a document right, and what follows from them.
pub(crate) fn values(options: &Options<'_>, document: &mut Document) -> Applied {
    let files: Vec<&Corrections> = options.corrections.iter().collect();
    if files.iter().all(|file| file.entries().is_empty()) {
        return Applied::default();
    }
    let applied = rapporteur_correct::apply(&files, document);
    let is_corrected = |corrected: &[Corrected], field: &str| corrected.iter().any(|mark| mark.field == field);
    macro_rules! parts {
        ($of:expr, $credit:expr) => {
            if is_corrected(&$of.corrected, "credit") {
                let parts = grammar::affiliation($credit, options.lexicon);
                let set = |field: &str, slot: &mut Option<String>, part: Option<String>| {
                    if !is_corrected(&$of.corrected, field) {
                        *slot = part;
                    }
                };
                set("office", &mut $of.office, parts.office);
                set("organisation", &mut $of.organisation, parts.organisation);
                set("country", &mut $of.country, parts.country);
                set("country_code", &mut $of.country_code, parts.country_code);
            } else if is_corrected(&$of.corrected, "country") && !is_corrected(&$of.corrected, "country_code") {
                let code = $of.country.as_deref().and_then(|name| grammar::country_code(name, options.lexicon));
                $of.country_code = code.map(str::to_owned);
            }
        };
    }
    for credit in
        document.sessions.iter_mut().flat_map(|session| session.speakers.iter_mut().chain(&mut session.moderators))
    {
        parts!(credit, credit.credit.as_deref().unwrap_or_default());
    }
    for affiliation in document.speakers.iter_mut().flat_map(|speaker| &mut speaker.affiliations) {
        parts!(affiliation, &affiliation.credit);
    }
    applied
}

/// Lets everything point into the sources as they are, and says of values that were read of corrected text that they were.
pub(crate) fn back<'f>(bound: &[Bound<'_>], document: &mut Document, findings: impl Iterator<Item = &'f mut Finding>) {
    for (file, bound) in document.sources.iter_mut().zip(bound) {
        file.sha256 = bound.original.sha256().to_owned();
        file.bytes = bound.original.bytes().len();
    }
    let bound: Vec<&Bound<'_>> = bound.iter().filter(|bound| bound.patched.is_some()).collect();
    if bound.is_empty() {
        return;
    }
    let of = |id: &str| bound.iter().find(|bound| bound.original.id() == id).copied();
    document.each_evidence(|evidence, corrected| {
        let mut marks: Vec<Corrected> = Vec::new();
        for place in evidence {
            let Some(bound) = of(&place.source) else { continue };
            let span = bound.back(place.span());
            (place.start, place.end) = (span.start, span.end);
            let touches = |edit: &&TextEdit| edit.edit.span.start < span.end && span.start < edit.edit.span.end;
            for edit in bound.edits.iter().filter(touches) {
                let correction = bound.file.map(|file| file.entries()[edit.entry].id.clone()).unwrap_or_default();
                let mark = Corrected { field: place.field.clone(), correction };
                if !marks.contains(&mark) {
                    marks.push(mark);
                }
            }
        }
        // what a value correction says of a field holds alone
        marks.retain(|mark| !corrected.iter().any(|known| known.field == mark.field));
        corrected.splice(0..0, marks);
    });
    for label in findings.flat_map(|finding| &mut finding.labels) {
        if let Some(bound) = of(&label.source) {
            let span = bound.back(Span::new(label.start, label.end));
            (label.start, label.end) = (span.start, span.end);
        }
    }
}

/// Lists the corrections that were applied, and tells what is wrong with the others.
pub(crate) fn list(
    bound: &[Bound<'_>],
    options: &Options<'_>,
    values: Applied,
    document: &mut Document,
    findings: &mut Vec<Finding>,
) {
    document.corrections = bound.iter().flat_map(Bound::applied).chain(values.corrections).collect();
    let mut told: Vec<Finding> = options.corrections.iter().flat_map(|file| file.findings().to_vec()).collect();
    told.extend(bound.iter().flat_map(|bound| bound.findings.clone()));
    told.extend(values.findings);
    // file by file, in the order of its text
    let file = |finding: &Finding| {
        let label = finding.labels.first();
        let number =
            label.and_then(|label| options.corrections.iter().position(|file| file.file().id() == label.source));
        (number, label.map(|label| label.start))
    };
    told.sort_by_key(file);
    findings.splice(0..0, told);
}
