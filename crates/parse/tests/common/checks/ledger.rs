//! Every non-blank line is in exactly one region.

use rapporteur_parse::Ledger;
use rapporteur_source::Source;

/// Lines in no region or in several, and regions that are not where a region can be.
pub(crate) fn ledger(sources: &[Source], ledgers: &[Ledger]) -> Vec<String> {
    let mut faults = Vec::new();
    if sources.len() != ledgers.len() {
        faults.push(format!("{} ledgers of {} sources", ledgers.len(), sources.len()));
    }
    for (source, ledger) in sources.iter().zip(ledgers) {
        faults.extend(of_one(source, ledger).into_iter().map(|fault| format!("{}: {fault}", source.id())));
    }
    faults
}

fn of_one(source: &Source, ledger: &Ledger) -> Vec<String> {
    let mut faults = Vec::new();
    let mut covered = vec![0_u32; source.line_count() + 1];
    let mut last = 0;
    for region in &ledger.regions {
        let (from, to) = (region.first_line, region.last_line);
        if from <= last || from > to || to > source.line_count() {
            faults.push(format!("region {from} to {to} ({}) is out of order or outside", region.label()));
            continue;
        }
        if region.labels.is_empty() {
            faults.push(format!("region {from} to {to} has no label"));
        }
        covered[from..=to].iter_mut().for_each(|count| *count += 1);
        last = to;
    }
    for line in source.lines() {
        let blank = source.slice(line.span).trim().is_empty();
        if !blank && covered[line.number] != 1 {
            faults.push(format!("line {} is in {} regions", line.number, covered[line.number]));
        }
    }
    faults
}
