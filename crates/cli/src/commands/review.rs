use rapporteur_correct::Corrections;
use rapporteur_diagnostics::Summary;
use rapporteur_parse::{Options, Reading};
use rapporteur_review::Review;

use super::outcome;
use super::parse::summary;
use crate::args;
use crate::config::Settings;
use crate::input::Sources;
use crate::output::Target;
use crate::render::{Renderer, Style};
use crate::{Failure, Outcome, corrections, input, output, serve};

/// `rapporteur review`: a page with the texts and what was read of them.
pub(crate) fn run(args: &args::Review, style: Style) -> Result<Outcome, Failure> {
    if args.serve {
        return serve::run(args);
    }
    let target = match &args.output {
        Some(path) if !input::is_standard(path) => Some(Target::new(path, &args.sources)?),
        _ => None,
    };
    let settings = Settings::read(&args.settings)?;
    let lexicon = input::lexicon(&args.words)?;
    let mut sources = Sources::read(&args.sources, &args.keep)?;
    let corrections = corrections::read(&args.corrections, &sources.texts, &args.sources)?;
    output::distinct(target.iter().chain(&sources.kept))?;
    let Reading { document, ledgers, findings, readable } =
        rapporteur_parse::read_with(&sources.texts, &Options { corrections: &corrections, ..Options::new(&lexicon) });
    let checked = rapporteur_parse::rules().chain(rapporteur_correct::rules());
    let findings = settings.apply(findings, &sources.texts, checked);
    if !readable {
        // of a picture or an empty file there is nothing to look at but that
        sources.texts.extend(corrections.into_iter().map(Corrections::into_file));
        sources.texts.extend(settings.into_source());
        output::stderr(&Renderer::new(&sources.texts, style).findings(&findings));
        return Ok(Outcome::Findings);
    }
    sources.keep()?;
    let page =
        Review { document: &document, sources: &sources.texts, ledgers: &ledgers, findings: &findings, served: None }
            .page();
    match target {
        Some(target) => target.write(page.as_bytes())?,
        None => output::stdout(&page)?,
    }
    output::stderr(&format!("{}\n", summary(&document, Summary::of(&findings))));
    Ok(outcome(&findings))
}
