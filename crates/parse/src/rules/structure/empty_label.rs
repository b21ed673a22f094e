use rapporteur_diagnostics::{Finding, rule};

use crate::{RegionLabel as L, piece::Piece, rules::Subject};

rule! {
    /// A label of credits has nothing under it.
    ///
    /// # Why it matters
    /// Names that the report prints there were lost, or were taken for something else.
    ///
    /// # Example
    /// ```text
    /// MODERATION
    ///
    /// The panel began with a toast to the harbour and to all who keep its light.
    /// ```
    ///
    /// # What to do
    /// Look at the page of the report.
    "structure/empty-label", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for report in subject.texts() {
        let read = |piece: &&Piece<'_>| piece.label != Some(L::Furniture);
        let is_session = |piece: &Piece<'_>| {
            matches!(piece.label, Some(L::Body | L::Credit | L::CreditLabel | L::SessionTitle | L::SessionKind))
        };
        let pieces: Vec<&Piece<'_>> = report.pieces.iter().filter(read).collect();
        for (at, piece) in pieces.iter().enumerate() {
            let alone = piece.cues.role.is_some_and(|(_, rest)| rest == piece.text().len());
            let labelled = piece.label == Some(L::CreditLabel);
            let stray = alone && piece.label == Some(L::Body) && at > 0 && is_session(pieces[at - 1]) && piece.gap;
            let beside = |near: Option<&&Piece<'_>>| near.is_some_and(|near| near.label == Some(L::Credit));
            let filled =
                beside(pieces.get(at + 1)) || at > 0 && piece.line == pieces[at - 1].line && beside(pieces.get(at - 1));
            let another = pieces.get(at + 1).is_some_and(|next| next.label == Some(L::CreditLabel));
            if !labelled && !stray || filled || another {
                continue;
            }
            findings.push(
                Finding::new(&RULE, format!("nobody is named under “{}”", piece.text().trim_end_matches(':')))
                    .at(report.context.source.id(), piece.clean.span(), "this label")
                    .help("look at the page of the report: the names may have been lost"),
            );
        }
    }
}
