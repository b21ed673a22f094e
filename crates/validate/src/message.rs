//! From the validator's errors to sentences that name the fault and nothing else.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;

use crate::Violation;

/// Longest value, as JSON, that a message repeats.
const LONGEST: usize = 60;

/// Adds what an error says. A choice of schemas that all fail is told by the one that was meant.
pub(crate) fn explain(error: &ValidationError<'_>, violations: &mut Vec<Violation>) {
    if let Kind::AnyOf { context } | Kind::OneOfNotValid { context } = error.kind() {
        if let Some(options) = constants(context) {
            let message = format!("{} is not one of {}", shown(error.instance()), options.join(", "));
            return violations.push(Violation { pointer: error.instance_path().to_string(), message });
        }
        // `T | null`: the value is no null, so what the other branch says is to the point.
        let mut meant = context.iter().filter(|branch| !branch.iter().any(|inner| is_null_expected(inner)));
        if let (Some(branch), None) = (meant.next(), meant.next()) {
            branch.iter().for_each(|inner| explain(inner, violations));
            return;
        }
    }
    let message = match shown(error.instance()).as_str() {
        shown @ "the value" => error.masked_with(shown).to_string(),
        _ => error.to_string(),
    };
    violations.push(Violation { pointer: error.instance_path().to_string(), message });
}

/// The values of a closed list that is written as a choice of constants, each with its description.
fn constants(context: &[Vec<ValidationError<'static>>]) -> Option<Vec<String>> {
    let mut options = Vec::new();
    for branch in context {
        for error in branch {
            match error.kind() {
                Kind::Constant { expected_value } => options.push(expected_value.to_string()),
                Kind::Enum { options: values } => options.extend(values.as_array()?.iter().map(Value::to_string)),
                Kind::AnyOf { context } | Kind::OneOfNotValid { context } => options.extend(constants(context)?),
                Kind::Type { .. } => {}
                _ => return None,
            }
        }
    }
    (!options.is_empty()).then_some(options)
}

fn is_null_expected(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), Kind::Type { .. }) && error.to_string().ends_with("is not of type \"null\"")
}

fn shown(value: &Value) -> String {
    let json = value.to_string();
    if json.len() <= LONGEST { json } else { "the value".to_owned() }
}
