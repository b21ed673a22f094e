//! The findings, as the page shows them.

use rapporteur_diagnostics::{Finding, Severity};
use rustc_hash::FxHashMap;

use crate::marks::{Look, Marks};
use crate::shown::shown_text;
use crate::view::{FindingView, LabelView};

/// Every finding, with a mark for each of its places.
pub(crate) fn findings(findings: &[Finding], marks: &mut Marks<'_>) -> Vec<FindingView> {
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    let view = |finding: &Finding| {
        let nth = seen.entry(finding.rule.code).or_default();
        *nth += 1;
        let look = match finding.severity {
            Severity::Error => Look::Error,
            Severity::Warning => Look::Warning,
            Severity::Advice => Look::Advice,
        };
        let labels = finding.labels.iter().map(|label| LabelView {
            mark: marks.add([(label.source.as_str(), label.start, label.end)].into_iter(), look),
            text: shown_text(&label.text),
        });
        FindingView {
            id: format!("finding-{}-{nth}", finding.rule.code.replace('/', "-")),
            severity: finding.severity.as_str(),
            code: finding.rule.code,
            message: shown_text(&finding.message),
            help: finding.help.as_deref().map(shown_text),
            labels: labels.collect(),
        }
    };
    findings.iter().map(view).collect()
}
