use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::Span;

use crate::question::questions;
use crate::register::{Person, Register};

rule! {
    /// Two people of a register have names that are near to each other.
    ///
    /// They differ by a letter or two, by initials, by the order of the words, or by a word that one of them lacks, and
    /// nobody has decided whether they are one.
    ///
    /// # Why it matters
    /// A name that is misspelt in one edition makes two people of one; but two names that are nearly the same may also be
    /// those of two people. The register holds both until somebody decides.
    ///
    /// # Example
    /// ```json
    /// [{"id": "ada-brunsen", "name": "Ada Brunsen"}, {"id": "ada-brunson", "name": "Ada Brunson"}]
    /// ```
    ///
    /// # What to do
    /// See what the reports say of them, and say whether they are one. The first of two ids is kept, and the other leads
    /// to it:
    ///
    /// ```console
    /// rapporteur people -o people.json --same ada-brunsen ada-brunson --reason "a misprint: the same office"
    /// rapporteur people -o people.json --different ada-brunsen ada-brunson --reason "sisters"
    /// ```
    "people/near-name", Warning
}

/// What is open about who is who in a register. `place` knows where a name of somebody stands: in a document, or in the
/// register itself.
#[must_use]
pub fn findings(register: &Register, place: impl Fn(&Person, &str) -> Option<(String, Span)>) -> Vec<Finding> {
    let told = questions(register).into_iter().map(|question| {
        let ([one, other], names) = (question.people, question.names);
        let message =
            format!("“{}” and “{}” may be one person: they {}", names[0], names[1], question.nearness.as_str());
        let finding = Finding::new(&RULE, message);
        let finding =
            question.people.into_iter().zip(names).fold(finding, |finding, (person, name)| match place(person, name) {
                Some((source, span)) => finding.at(&source, span, told_of(person, name)),
                None => finding,
            });
        // the name that is printed more is likelier the right one
        let (kept, other) = if other.names.len() > one.names.len() { (other, one) } else { (one, other) };
        finding.help(format!(
            "decide: `rapporteur people -o FILE --same {0} {1} --reason …`, or --different {0} {1}",
            kept.id, other.id
        ))
    });
    told.collect()
}

/// In which editions and offices a name is printed.
fn told_of(person: &Person, name: &str) -> String {
    let mut editions: Vec<&str> =
        person.names.iter().filter(|printed| printed.name == name).map(|printed| printed.edition.as_str()).collect();
    editions.dedup();
    let office = person.offices.iter().find(|office| editions.contains(&office.edition.as_str()));
    let office = office.map(|office| format!(": {}", office.credit)).unwrap_or_default();
    format!("{}{office}", editions.join(", "))
}
