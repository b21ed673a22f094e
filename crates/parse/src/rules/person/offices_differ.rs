use rapporteur_diagnostics::{Finding, rule};
use rapporteur_source::fold_words;

use crate::rules::{Subject, printed};

rule! {
    /// The same person is printed with different offices.
    ///
    /// # Why it matters
    /// One of them may be a mistake, or two people have one name. The document keeps each where it is printed.
    ///
    /// # Example
    /// ```text
    /// On stage: Ada Brun, Mayor of Selvik
    /// …
    /// Ada Brun
    /// Director, Harbour Trust
    /// ```
    ///
    /// # What to do
    /// See whether both are right. A shorter form of the same office is not told.
    "person/offices-differ", Advice
}

/// Fewer words are no office: `IRT`.
const FEWEST_WORDS: usize = 2;

pub(super) fn check(subject: &Subject<'_, '_>, findings: &mut Vec<Finding>) {
    for speaker in &subject.document.speakers {
        let Some((first, others)) = speaker.affiliations.split_first() else { continue };
        let words = |text: &str| -> Vec<String> { fold_words(text).split(' ').map(str::to_owned).collect() };
        let main = words(&first.credit);
        for other in others {
            let more = words(&other.credit);
            // a shorter form of the same, or its organisation alone
            let (short, long) = if main.len() < more.len() { (&main, &more) } else { (&more, &main) };
            if short.iter().filter(|word| long.contains(word)).count() * 2 >= short.len() || short.len() < FEWEST_WORDS
            {
                continue;
            }
            let (Some(here), Some(there)) = (printed(&other.evidence, "credit"), printed(&first.evidence, "credit"))
            else {
                continue;
            };
            findings.push(
                Finding::new(&RULE, format!("{} is printed with different offices", speaker.name))
                    .at(&here.source, here.span(), format!("“{}”", other.credit))
                    .at(&there.source, there.span(), format!("“{}”", first.credit)),
            );
        }
    }
}
