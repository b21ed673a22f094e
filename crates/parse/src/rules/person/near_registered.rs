use rapporteur_diagnostics::{Finding, rule};
use rapporteur_model::Evidence;
use rapporteur_source::fold;
use rustc_hash::FxHashSet;

use super::misspelt::on_one_stage;
use crate::rules::{Subject, printed};

rule! {
    /// A name that no other edition prints is near to one that another edition does.
    ///
    /// The names of other editions are those of a register of people, given with `--people`. Two names that differ by a
    /// letter or two, by initials, by the order of words or by a word that one of them lacks are near.
    ///
    /// # Why it matters
    /// A report that misspells a name each time that it prints it gives no sign of that; another edition does. The document
    /// has the name as it is printed, and with it a person of its own.
    ///
    /// # Example
    /// ```text
    /// On stage: Ada Brunson, Mayor
    /// ```
    ///
    /// where the register has Ada Brunsen.
    ///
    /// # What to do
    /// See whether they are one person, and say so in the register, which then has one id for both names:
    ///
    /// ```console
    /// rapporteur people vmc2031.json -o people.json --same ada-brunsen ada-brunson --reason "a misprint"
    /// ```
    "person/near-registered", Warning
}

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(register) = subject.registered else { return };
    let (document, edition) = (subject.document, &subject.document.edition.id);
    let name = |name, evidence| Some((name, printed(evidence, "name")?));
    let speakers = document.speakers.iter().filter_map(|speaker| name(&speaker.name, &speaker.evidence));
    let authors = document.articles.iter().flat_map(|article| &article.authors);
    let authors = authors.filter_map(|author| name(&author.name, &author.evidence));
    let takeaways = document.takeaways.iter().flat_map(|takeaway| {
        let authors = takeaway.authors.iter().enumerate();
        authors.filter_map(|(at, author)| Some((author, printed(&takeaway.evidence, &format!("authors/{at}"))?)))
    });
    let team = document.team.iter().filter_map(|member| name(&member.name, &member.evidence));
    let mut told = FxHashSet::default();
    let names: Vec<(&String, &Evidence)> = speakers.chain(authors).chain(takeaways).chain(team).collect();
    for (name, place) in names {
        if !told.insert(fold(name)) || register.is_printed_elsewhere(name, edition) {
            continue;
        }
        for (person, spelling) in register.near(name, edition) {
            if on_one_stage(subject, name, &person.name) {
                continue;
            }
            let editions: Vec<&str> = person.editions().into_iter().filter(|other| other != edition).collect();
            let message = format!("“{name}” may be {spelling}, who took part in {}", editions.join(", "));
            let office = person.offices.last().map(|office| format!("there {}", office.credit)).unwrap_or_default();
            findings.push(
                Finding::new(&RULE, message).at(&place.source, place.span(), office).help(
                    "the name stands in the document as it is printed; `rapporteur people --same` makes one of two",
                ),
            );
        }
    }
}
