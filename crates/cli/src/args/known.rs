use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

/// One of many known names. Shells complete them; of a name that is not known, the nearest is told and not all of them.
#[derive(Clone)]
pub(crate) struct Known(pub(crate) Vec<PossibleValue>);

impl TypedValueParser for Known {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        let name = value.to_string_lossy().into_owned();
        if self.0.iter().any(|known| known.get_name() == name) {
            return Ok(name);
        }
        let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
        let nearest = rapporteur_diagnostics::nearest(&name, self.0.iter().map(PossibleValue::get_name));
        if let Some(nearest) = nearest {
            error.insert(ContextKind::SuggestedValue, ContextValue::String(nearest.to_owned()));
        }
        error.insert(ContextKind::InvalidArg, ContextValue::String(arg.map(Arg::to_string).unwrap_or_default()));
        error.insert(ContextKind::InvalidValue, ContextValue::String(name));
        Err(error)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().cloned()))
    }
}
