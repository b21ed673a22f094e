use rapporteur_diagnostics::{Severity, Summary, count};
use rapporteur_model::Document;
use rapporteur_parse::Reading;
use rapporteur_validate::Validator;

use super::json;
use crate::args::{Deny, Parse};
use crate::input::Sources;
use crate::output::Target;
use crate::render::{Renderer, with_summary};
use crate::{Failure, Outcome, Problem, input, output};

/// `rapporteur parse`: the sources of one edition, read into one document.
pub(crate) fn run(args: &Parse) -> Result<Outcome, Failure> {
    let target = match &args.output {
        Some(path) if !input::is_standard(path) => Some(Target::new(path, &args.sources)?),
        _ => None,
    };
    let lexicon = input::lexicon(&args.words)?;
    let sources = Sources::read(&args.sources, &args.keep)?;
    output::distinct(target.iter().chain(&sources.kept))?;
    let Reading { mut document, findings, readable, .. } = rapporteur_parse::read(&sources.texts, &lexicon);
    for (source, extractor) in document.sources.iter_mut().zip(&sources.extractors) {
        source.extractor.clone_from(extractor);
    }

    let faults = faults(&document);
    if !faults.is_empty() {
        return Err(Failure::from(Problem {
            message: format!(
                "the document that was read does not follow its own schema, so it was not written: {}",
                faults.join("; ")
            ),
            help: "This is a fault of rapporteur and not of the text. Please report it to the project, with the text \
                   and this message."
                .to_owned(),
        }));
    }

    // of a picture or an empty file there is nothing to say: a document of it would only mislead
    if readable {
        sources.keep()?;
        let text = json(&document);
        match target {
            Some(target) => target.write(text.as_bytes())?,
            None => output::stdout(&text)?,
        }
    }
    let found = Summary::of(&findings);
    if !args.quiet {
        output::stderr(&with_summary(&Renderer::new(&sources.texts).findings(&findings), &summary(&document, found)));
    }
    Ok(outcome(found, args.deny))
}

/// What the schema does not allow in a document that was read here.
fn faults(document: &Document) -> Vec<String> {
    let document = match serde_json::to_value(document) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let violations = Validator::new().check(&document).into_iter();
    violations.map(|fault| format!("{}: {}", fault.pointer, fault.message)).collect()
}

fn outcome(found: Summary, deny: Option<Deny>) -> Outcome {
    let line = if deny == Some(Deny::Warnings) { Severity::Warning } else { Severity::Error };
    if found.worst() >= Some(line) { Outcome::Findings } else { Outcome::Clean }
}

fn summary(document: &Document, found: Summary) -> String {
    let parts = [
        count(document.sessions.len(), "session", "sessions"),
        count(document.speakers.len(), "speaker", "speakers"),
        count(document.quotes.len(), "quote", "quotes"),
        count(document.takeaways.len(), "takeaway", "takeaways"),
    ];
    format!("{}; {found}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use rapporteur_model::{Edition, Quote};

    use super::*;

    #[test]
    fn a_document_that_breaks_the_schema_is_noticed() {
        assert!(faults(&Document::default()).is_empty());
        let edition = Edition { start_date: Some("19 October".into()), ..Edition::default() };
        let faults = faults(&Document { edition, ..Document::default() });
        assert_eq!(faults.len(), 1);
        assert!(faults[0].starts_with("/edition/start_date: "), "{faults:?}");
    }

    #[test]
    fn warnings_matter_where_they_are_denied() {
        let none = Summary::default();
        let (error, warning) = (Summary { errors: 1, ..none }, Summary { warnings: 1, ..none });
        let advice = Summary { advice: 1, ..none };
        for (found, deny, expected) in [
            (error, None, Outcome::Findings),
            (warning, None, Outcome::Clean),
            (warning, Some(Deny::Warnings), Outcome::Findings),
            (advice, Some(Deny::Warnings), Outcome::Clean),
            (none, Some(Deny::Warnings), Outcome::Clean),
        ] {
            assert_eq!(outcome(found, deny), expected, "{found} {deny:?}");
        }
    }

    #[test]
    fn the_summary_counts() {
        let document = Document { quotes: vec![Quote::default()], ..Document::default() };
        let found = Summary { errors: 0, warnings: 3, advice: 2 };
        assert_eq!(summary(&document, found), "0 sessions, 0 speakers, 1 quote, 0 takeaways; 3 warnings, 2 advice");
    }
}
