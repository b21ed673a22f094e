use rapporteur_diagnostics::{Finding, rule};
use rapporteur_model::SourceKind;
use rapporteur_source::Span;

use crate::rules::Subject;

rule! {
    /// No session was found in a report.
    ///
    /// # Why it matters
    /// A report of a conference is about its sessions; without them the document holds next to nothing.
    ///
    /// # Example
    /// A report whose labels of credits are in a language that the lexicon does not know.
    ///
    /// # What to do
    /// A session is found by its title in the contents or the programme, by a line with its number, kind or time, or by a
    /// label such as `On stage`. Labels can be added with `--lexicon`.
    "session/none", Warning
}

/// A shorter text is a part of a report, and may well have none; in lines.
const WHOLE_REPORT: usize = 100;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let document = subject.document;
    let Some(source) = subject.report().map(|report| report.context.source) else { return };
    let report = document.sources.iter().any(|source| source.kind == SourceKind::Report);
    if report && document.edition.name.is_some() && document.sessions.is_empty() && source.line_count() > WHOLE_REPORT {
        findings.push(
            Finding::new(&RULE, "no session was found")
                .at(source.id(), Span::new(0, 0), "")
                .help("a session is found by its title in the contents or the programme, or by a label such as “On stage”; a label of another language can be added with --lexicon"),
        );
    }
}
