use rapporteur_correct::Corrections;
use rapporteur_diagnostics::{Summary, count};
use rapporteur_model::Document;
use rapporteur_parse::{Options, Reading};
use rapporteur_validate::Validator;

use super::{json, outcome, rendered};
use crate::args::Parse;
use crate::config::Settings;
use crate::input::Sources;
use crate::output::Target;
use crate::render::{Renderer, Style};
use crate::{Failure, Outcome, Problem, corrections, input, output};

/// `rapporteur parse`: the sources of one edition, read into one document.
pub(crate) fn run(args: &Parse, style: Style) -> Result<Outcome, Failure> {
    let target = match &args.output {
        Some(path) if !input::is_standard(path) => Some(Target::new(path, &args.sources)?),
        _ => None,
    };
    let findings_target = args.findings.as_ref().map(|path| Target::new(path, &args.sources)).transpose()?;
    let settings = Settings::read(&args.settings)?;
    let lexicon = input::lexicon(&args.words)?;
    let people = args.people.as_ref().map(|path| input::register(path)).transpose()?;
    let mut sources = Sources::read(&args.sources, &args.keep)?;
    let corrections = corrections::read(&args.corrections, &sources.texts, &args.sources)?;
    let people = people.as_ref().map(|(_, register)| register);
    let options = Options { people, corrections: &corrections, ..Options::new(&lexicon) };
    output::distinct(target.iter().chain(&findings_target).chain(&sources.kept))?;
    let Reading { mut document, findings, readable, .. } = rapporteur_parse::read_with(&sources.texts, &options);
    for (source, extractor) in document.sources.iter_mut().zip(&sources.extractors) {
        source.extractor.clone_from(extractor);
    }

    let faults = faults(&document);
    if !faults.is_empty() {
        let problem = Problem {
            message: format!(
                "the document that was read does not follow its own schema, so it was not written: {}",
                faults.join("; ")
            ),
            help: "This is a fault of rapporteur and not of the text. Please report it to the project, with the text \
                   and this message."
                .to_owned(),
        };
        return Err(Failure::from(problem));
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

    let checked = rapporteur_parse::rules().chain(rapporteur_correct::rules());
    let findings = settings.apply(findings, &sources.texts, checked);
    sources.texts.extend(corrections.into_iter().map(Corrections::into_file));
    sources.texts.extend(settings.into_source());
    let texts = &sources.texts;
    let summary = summary(&document, Summary::of(&findings));
    let for_people = |style| Renderer::new(texts, style).with_summary(&findings, &summary);
    let for_programs = || rendered(args.shape.format, &findings, texts);
    if let Some(target) = &findings_target {
        let style = if style == Style::Plain { style } else { Style::File };
        target.write(for_programs().unwrap_or_else(|| for_people(style)).as_bytes())?;
    }
    if !args.quiet {
        let told = if findings_target.is_some() { None } else { for_programs() };
        output::stderr(&told.unwrap_or_else(|| for_people(style)));
    }
    // that nothing was written is no success, whatever findings are allowed
    Ok(if readable { outcome(&findings) } else { Outcome::Findings })
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

/// What was read and found, in a line.
pub(super) fn summary(document: &Document, found: Summary) -> String {
    let parts = [
        count(document.sessions.len(), "session", "sessions"),
        count(document.speakers.len(), "speaker", "speakers"),
        count(document.quotes.len(), "quote", "quotes"),
        count(document.takeaways.len(), "takeaway", "takeaways"),
    ];
    let corrected = match document.corrections.len() {
        0 => String::new(),
        applied => format!("; {} applied", count(applied, "correction", "corrections")),
    };
    format!("{}{corrected}; {found}", parts.join(", "))
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
    fn the_summary_counts() {
        let document = Document { quotes: vec![Quote::default()], ..Document::default() };
        let found = Summary { errors: 0, warnings: 3, advice: 2 };
        assert_eq!(summary(&document, found), "0 sessions, 0 speakers, 1 quote, 0 takeaways; 3 warnings, 2 advice");
    }
}
