use std::path::Path;

use rapporteur_diagnostics::count;
use rapporteur_validate::{Validator, canonical};
use rayon::prelude::*;

use super::gathered;
use crate::output::Target;
use crate::{Failure, Outcome, Problem, args, input, output};

/// What is to be done with a file.
enum Form {
    /// It is in canonical form; a file on standard input is written all the same.
    Canonical(String),
    /// It would be this in canonical form.
    Other(String),
    /// It is no document that follows its schema.
    None,
}

/// `rapporteur fmt`: documents in canonical form.
pub(crate) fn run(args: &args::Fmt) -> Result<Outcome, Failure> {
    let validator = Validator::new();
    let paths = input::expanded(&args.documents)?;
    // nothing is written where a file cannot be read
    let forms = gathered(paths.par_iter().map(|path| Form::of(path, &validator)).collect())?;
    let (mut changed, mut refused, mut told) = (0, 0, String::new());
    let done = if args.check { "not in canonical form" } else { "written anew" };
    for (path, form) in paths.iter().zip(forms) {
        let name = input::shown(path);
        match form {
            Form::None => {
                refused += 1;
                told.push_str(&format!(
                    "{name}: no document that follows its schema; `rapporteur validate` says why\n"
                ));
            }
            Form::Canonical(text) | Form::Other(text) if input::is_standard(path) && !args.check => {
                output::stdout(&text)?;
            }
            Form::Canonical(_) => {}
            Form::Other(text) => {
                if !args.check {
                    Target::new::<&Path>(path, &[])?.write(text.as_bytes())?;
                }
                changed += 1;
                told.push_str(&format!("{name}: {done}\n"));
            }
        }
    }
    told.push_str(&format!("{}; {changed} {done}", count(paths.len(), "document", "documents")));
    if refused > 0 {
        told.push_str(&format!(", {refused} left alone"));
    }
    told.push('\n');
    output::stderr(&told);
    let is_clean = refused == 0 && !(args.check && changed > 0);
    Ok(if is_clean { Outcome::Clean } else { Outcome::Findings })
}

impl Form {
    fn of(path: &Path, validator: &Validator) -> Result<Self, Problem> {
        let bytes = input::read(path)?;
        Ok(match str::from_utf8(&bytes).ok().and_then(|text| canonical(validator, text)) {
            Some(text) if text.as_bytes() == bytes && !input::is_standard(path) => Self::Canonical(String::new()),
            Some(text) if text.as_bytes() == bytes => Self::Canonical(text),
            Some(text) => Self::Other(text),
            None => Self::None,
        })
    }
}
