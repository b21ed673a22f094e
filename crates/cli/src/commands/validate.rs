use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use rapporteur_diagnostics::{Finding, Summary, count};
use rapporteur_source::Source;
use rapporteur_validate::{Checked, Lookup, Recorded, Validator};
use rayon::prelude::*;

use super::{gathered, outcome, rendered};
use crate::config::Settings;
use crate::originals::Originals;
use crate::output::Target;
use crate::progress::Progress;
use crate::render::{Renderer, Style};
use crate::{Failure, Outcome, Problem, args, input, output};

/// `rapporteur validate`: what is wrong with documents.
pub(crate) fn run(args: &args::Validate, style: Style) -> Result<Outcome, Failure> {
    let settings = Settings::read(&args.settings)?;
    let paths = input::expanded(&args.documents)?;
    if let Some(folder) = args.sources.as_ref().filter(|folder| !folder.is_dir()) {
        return Err(Failure::from(Problem {
            message: format!("there is no folder {}", folder.display()),
            help: "--sources takes the folder that holds the texts which the documents were read from".to_owned(),
        }));
    }
    if args.fix && paths.iter().any(|path| input::is_standard(path)) {
        return Err(Failure::from(Problem {
            message: "standard input cannot be mended".to_owned(),
            help: "name the file, or write standard input to one first".to_owned(),
        }));
    }
    let validator = Validator::new();
    let originals = args.sources.as_deref().map(Originals::new);
    let progress = Progress::new(paths.len(), style);
    let checked = paths.par_iter().map(|path| {
        let checked = Document::check(path, args, &validator, originals.as_ref());
        progress.step();
        checked
    });
    // in the order of the paths, whatever is done first
    let checked: Vec<Result<Document, Problem>> = checked.collect();
    progress.end();
    let mut all = Document::default();
    let mut seen = HashSet::new();
    let mut mended = 0;
    for document in gathered(checked)? {
        all.findings.extend(document.findings);
        all.files.extend(document.files);
        all.texts.extend(document.texts.into_iter().filter(|text| seen.insert(text.id().to_owned())));
        mended += usize::from(document.is_mended);
    }
    let Document { findings, files: mut sources, texts, .. } = all;
    sources.extend(texts.into_iter().map(Arc::unwrap_or_clone));
    let findings = settings.apply(findings, &sources, rapporteur_validate::rules());
    let mut summary = format!("{}; {}", count(paths.len(), "document", "documents"), Summary::of(&findings));
    if mended > 0 {
        summary = format!("{summary}; {mended} mended");
    }
    sources.extend(settings.into_source());
    match rendered(args.shape.format, &findings, &sources) {
        Some(text) => output::stdout(&text)?,
        None => output::stderr(&Renderer::new(&sources, style).with_summary(&findings, &summary)),
    }
    Ok(outcome(&findings))
}

/// What was found in a file.
#[derive(Default)]
struct Document {
    findings: Vec<Finding>,
    files: Vec<Source>,
    texts: Vec<Arc<Source>>,
    is_mended: bool,
}

impl Document {
    /// Checks a file, and mends it first where that is asked for.
    fn check(
        path: &Path,
        args: &args::Validate,
        validator: &Validator,
        originals: Option<&Originals>,
    ) -> Result<Self, Problem> {
        let name = path.to_string_lossy();
        let source = |bytes| Source::new(name.clone(), name.clone(), bytes);
        let mut file = source(input::read(path)?);
        let find = |recorded: &Recorded<'_>| originals?.find(recorded);
        let lookup: Option<Lookup<'_>> = if originals.is_some() { Some(&find) } else { None };
        let mended = if args.fix { rapporteur_validate::fixed(validator, &file, lookup) } else { None };
        let is_mended = mended.is_some();
        if let Some(text) = mended {
            Target::new::<&Path>(path, &[])
                .and_then(|target| target.write(text.as_bytes()))
                .map_err(Failure::into_problem)?;
            file = source(text.into_bytes());
        }
        let Checked { faults, texts } =
            if args.schema_only { validator.form(&file) } else { validator.document(&file, lookup) };
        if faults.is_empty() {
            // of a sound file the name is enough, so that thousands do not take the memory of all their texts
            file = source(Vec::new());
        }
        let findings = faults.into_iter().map(|fault| fault.finding).collect();
        Ok(Self { findings, files: vec![file], texts, is_mended })
    }
}
