use clap::Args;
use clap::builder::{PossibleValue, TypedValueParser};
use rapporteur_diagnostics::Rule;

use super::known::Known;
use crate::rules;

/// Says what a finding means
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur explain                    list all codes
  rapporteur explain quote/no-speaker   say what this one means")]
pub(crate) struct Explain {
    /// The code of the finding; all are listed without it
    #[arg(value_name = "CODE", value_parser = rule(), hide_possible_values = true)]
    pub(crate) rule: Option<&'static Rule>,
}

fn rule() -> impl TypedValueParser<Value = &'static Rule> {
    let codes = rules().map(|rule| PossibleValue::new(rule.code).help(rule.title())).collect();
    Known(codes).try_map(|code| rules().find(|rule| rule.code == code).ok_or("there is no such code"))
}
