use rapporteur_diagnostics::{Finding, Summary, count};
use rapporteur_source::{Source, Span};
use rapporteur_validate::{Validator, rules};
use serde_json::Value;

use super::{outcome, rendered};
use crate::config::Settings;
use crate::locate::locate;
use crate::render::{Renderer, Style};
use crate::{Failure, Outcome, args, input, output};

/// `rapporteur validate`: whether documents are JSON and follow the schema.
pub(crate) fn run(args: &args::Validate, style: Style) -> Result<Outcome, Failure> {
    let settings = Settings::read(&args.settings)?;
    let files = input::files(&args.documents)?;
    let mut documents: Vec<Source> = files
        .into_iter()
        .map(|(path, bytes)| Source::new(path.to_string_lossy(), path.to_string_lossy(), bytes))
        .collect();
    let validator = Validator::new();
    let findings: Vec<Finding> = documents.iter().flat_map(|document| check(&validator, document)).collect();
    let findings = settings.apply(findings, &documents, rapporteur_validate::rules());
    let summary = format!("{}; {}", count(documents.len(), "document", "documents"), Summary::of(&findings));
    documents.extend(settings.into_source());
    match rendered(args.shape.format, &findings, &documents) {
        Some(text) => output::stdout(&text)?,
        None => output::stderr(&Renderer::new(&documents, style).with_summary(&findings, &summary)),
    }
    Ok(outcome(&findings))
}

fn check(validator: &Validator, document: &Source) -> Vec<Finding> {
    let value: Value = match serde_json::from_slice(document.bytes()) {
        Ok(value) => value,
        Err(error) => return vec![not_json(document, &error)],
    };
    let violations = validator.check(&value);
    if violations.is_empty() {
        return Vec::new();
    }
    let places = locate(document.text(), violations.iter().map(|fault| fault.pointer.as_str()));
    let findings = violations.iter().zip(places).map(|(fault, place)| {
        let message = match fault.pointer.as_str() {
            "" => fault.message.clone(),
            pointer => format!("{pointer}: {}", fault.message),
        };
        Finding::new(&rules::schema::RULE, message).at(document.id(), place.unwrap_or_default(), "")
    });
    findings.collect()
}

fn not_json(document: &Source, error: &serde_json::Error) -> Finding {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = error.to_string();
    let reason = message.strip_suffix(&place).unwrap_or(&message);
    let line = document.line_at(error.line()).map_or(0, |line| line.span.start);
    let at = (line + error.column()).saturating_sub(1);
    let finding = Finding::new(&rules::not_json::RULE, format!("this is not JSON: {reason}"));
    finding
        .at(document.id(), Span::new(at, at), "")
        .help("`rapporteur parse` writes documents from the text of reports")
}
