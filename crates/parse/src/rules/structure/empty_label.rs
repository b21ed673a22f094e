use rapporteur_diagnostics::{Finding, rule};

use crate::{RegionLabel as L, outline::Zone, piece::Piece, rules::Subject};

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
        let sessions = report.outline.parts.iter().filter(|part| matches!(part.zone, Zone::Session { .. }));
        for part in sessions {
            let read = |piece: &&Piece<'_>| piece.label != Some(L::Furniture);
            let pieces: Vec<&Piece<'_>> = report.pieces[part.range.clone()].iter().filter(read).collect();
            for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| is_label(piece)) {
                // a label without a role is the head of a table of people
                let is_credit = |near: &&&Piece<'_>| {
                    near.label == Some(L::Credit) || near.label == Some(L::CreditLabel) && near.cues.role.is_none()
                };
                let below = pieces.get(at + 1).is_some_and(|next| is_credit(&next));
                let beside = at > 0 && pieces[at - 1].line == piece.line && is_credit(&&pieces[at - 1]);
                if below || beside {
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
}

/// Whether a piece is a label of credits alone, taken for it or not.
fn is_label(piece: &Piece<'_>) -> bool {
    let alone = piece.cues.role.is_some_and(|(_, rest)| rest == piece.text().len());
    alone && matches!(piece.label, Some(L::CreditLabel | L::Body | L::Heading))
}
