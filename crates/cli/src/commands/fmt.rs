use std::path::Path;

use rapporteur_diagnostics::count;
use rapporteur_validate::Validator;

use crate::output::Target;
use crate::{Failure, Outcome, args, input, output};

/// `rapporteur fmt`: documents in canonical form.
pub(crate) fn run(args: &args::Fmt) -> Result<Outcome, Failure> {
    let validator = Validator::new();
    let (mut changed, mut refused, mut told) = (0, 0, String::new());
    let paths = input::expanded(&args.documents)?;
    for (path, bytes) in input::files(&paths)? {
        let name = input::shown(path);
        let canonical =
            String::from_utf8(bytes.clone()).ok().and_then(|text| rapporteur_validate::canonical(&validator, &text));
        let Some(canonical) = canonical else {
            refused += 1;
            told.push_str(&format!("{name}: no document that follows the schema; `rapporteur validate` says why\n"));
            continue;
        };
        let is_canonical = canonical.as_bytes() == bytes;
        if input::is_standard(path) && !args.check {
            output::stdout(&canonical)?;
        } else if !is_canonical {
            if !args.check {
                Target::new::<&Path>(path, &[])?.write(canonical.as_bytes())?;
            }
            changed += 1;
            told.push_str(&format!("{name}: {}\n", if args.check { "not in canonical form" } else { "written anew" }));
        }
    }
    let done = if args.check { "not in canonical form" } else { "written anew" };
    told.push_str(&format!("{}; {changed} {done}", count(paths.len(), "document", "documents")));
    if refused > 0 {
        told.push_str(&format!(", {refused} left alone"));
    }
    told.push('\n');
    output::stderr(&told);
    let is_clean = refused == 0 && !(args.check && changed > 0);
    Ok(if is_clean { Outcome::Clean } else { Outcome::Findings })
}
