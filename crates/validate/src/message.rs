//! From the validator's errors to sentences that name the fault and nothing else.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;

use crate::schema::{Kind as Fault, Violation};

/// Longest value, as JSON, that a message repeats.
const LONGEST: usize = 60;

/// So many unknown fields of one object are told one by one: each is looked up among all others.
const MOST: usize = 100;

/// Adds what an error says. A choice of schemas that all fail is told by the one that was meant.
pub(crate) fn explain(error: &ValidationError<'_>, violations: &mut Vec<Violation>) {
    if let Kind::AnyOf { context } | Kind::OneOfNotValid { context } = error.kind() {
        if let Some(options) = constants(context) {
            let message = format!("{} is not one of {}", shown(error.instance()), options.join(", "));
            let (pointer, kind) = (error.instance_path().to_string(), Fault::UnknownValue(options));
            return violations.push(Violation { pointer, message, kind });
        }
        // `T | null`: the value is no null, so what the other branch says is to the point.
        let mut meant = context.iter().filter(|branch| !branch.iter().any(|inner| is_null_expected(inner)));
        if let (Some(branch), None) = (meant.next(), meant.next()) {
            branch.iter().for_each(|inner| explain(inner, violations));
            return;
        }
    }
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => {
            violations.extend(unexpected.iter().take(MOST).map(|name| Violation {
                pointer: format!("{}/{}", error.instance_path(), name.replace('~', "~0").replace('/', "~1")),
                message: format!("there is no field `{name}`"),
                kind: Fault::UnknownField(name.clone()),
            }));
            if let Some(more) = unexpected.len().checked_sub(MOST).filter(|more| *more > 0) {
                let message = format!("there are {more} more fields that are not known");
                violations.push(Violation { pointer: error.instance_path().to_string(), message, kind: Fault::Other });
            }
            return;
        }
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default().to_owned();
            let message = format!("the field `{name}` is missing");
            let pointer = error.instance_path().to_string();
            return violations.push(Violation { pointer, message, kind: Fault::MissingField(name) });
        }
        _ => {}
    }
    let message = match shown(error.instance()).as_str() {
        shown @ "the value" => error.masked_with(shown).to_string(),
        _ => error.to_string(),
    };
    let kind = match error.kind() {
        Kind::Constant { expected_value } => Fault::UnknownValue(vec![expected_value.to_string()]),
        Kind::Enum { options } => {
            Fault::UnknownValue(options.as_array().into_iter().flatten().map(Value::to_string).collect())
        }
        _ => Fault::Other,
    };
    violations.push(Violation { pointer: error.instance_path().to_string(), message, kind });
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
