use rapporteur_diagnostics::{Finding, Summary, count};
use rapporteur_source::{Source, Span};
use rapporteur_validate::{Validator, rules};
use serde_json::Value;

use crate::render::{Renderer, with_summary};
use crate::{Failure, Outcome, args, input, output};

/// `rapporteur validate`: whether documents are JSON and follow the schema.
pub(crate) fn run(args: &args::Validate) -> Result<Outcome, Failure> {
    let files = input::files(&args.documents)?;
    let documents: Vec<Source> = files
        .into_iter()
        .map(|(path, bytes)| Source::new(path.to_string_lossy(), path.to_string_lossy(), bytes))
        .collect();
    let validator = Validator::new();
    let findings: Vec<Finding> = documents.iter().flat_map(|document| check(&validator, document)).collect();
    let found = Summary::of(&findings);
    let summary = format!("{}; {found}", count(documents.len(), "document", "documents"));
    output::stderr(&with_summary(&Renderer::new(&documents).findings(&findings), &summary));
    Ok(if found.errors > 0 { Outcome::Findings } else { Outcome::Clean })
}

fn check(validator: &Validator, document: &Source) -> Vec<Finding> {
    let value: Value = match serde_json::from_slice(document.bytes()) {
        Ok(value) => value,
        Err(error) => return vec![not_json(document, &error)],
    };
    let name = input::shown(document.path().as_ref());
    let violations = validator.check(&value).into_iter();
    violations
        .map(|fault| {
            let message = match fault.pointer.as_str() {
                "" => format!("{name}: {}", fault.message),
                pointer => format!("{name} at {pointer}: {}", fault.message),
            };
            Finding::new(&rules::schema::RULE, message)
        })
        .collect()
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
