use std::path::PathBuf;

use rapporteur_diagnostics::{Finding, Summary, count, nearest};
use rapporteur_model::Document;
use rapporteur_people::{Decision, DecisionKind, Person, Refused, Register, findings, pointer, popolo, update};
use rapporteur_source::{Source, Span};

use super::{json, outcome};
use crate::args::{People, PeopleFormat};
use crate::config::Settings;
use crate::input::{self, Registered};
use crate::output::{self, Target};
use crate::render::{Renderer, Style};
use crate::{Failure, Outcome, Problem};

/// `rapporteur people`: a register of people, made of documents or brought up to date.
pub(crate) fn run(args: &People, style: Style) -> Result<Outcome, Failure> {
    let settings = Settings::read(&args.settings)?;
    let paths = input::expanded(&args.documents)?;
    let Registered { documents, mut registers } = Registered::read(&paths)?;
    let output = args.output.as_ref().filter(|path| !input::is_standard(path));
    // what was read is never written to, but for the register itself
    let sources: Vec<&str> = documents.iter().map(|(source, _)| source.path()).collect();
    let target = output.map(|path| Target::new(path, &sources)).transpose()?;
    let there = output.filter(|path| args.format == PeopleFormat::Register && path.is_file());
    let is_given = |path: &PathBuf| registers.iter().any(|(source, _)| source.path() == path.to_string_lossy());
    if let Some(path) = there.filter(|path| !is_given(path)) {
        registers.push(input::register(path)?);
    }
    if registers.len() > 1 {
        return Err(refusal(
            "there are two registers",
            "one register is updated at a time; name the other with -o alone",
        ));
    }
    if registers.is_empty() && documents.is_empty() {
        return Err(refusal("there is nothing to make a register of", "name documents, or with -o a register"));
    }
    let (file, base) = registers.pop().unzip();
    let register = updated(base.clone().unwrap_or_default(), &documents, args)?;

    let text = match args.format {
        PeopleFormat::Register => json(&register),
        PeopleFormat::Popolo => json(&popolo(&register)),
    };
    match target {
        Some(target) => target.write(text.as_bytes())?,
        None => output::stdout(&text)?,
    }

    let questions = questions(&register, &documents, file.as_ref().zip(base.as_ref()));
    let mut sources: Vec<Source> = documents.into_iter().map(|(source, _)| source).chain(file).collect();
    let questions = settings.apply(questions, &sources, rapporteur_people::rules());
    sources.extend(settings.into_source());
    let summary = summary(&register, Summary::of(&questions));
    output::stderr(&Renderer::new(&sources, style).with_summary(&questions, &summary));
    Ok(outcome(&questions))
}

/// The register with what the documents say and what was decided.
fn updated(base: Register, documents: &[(Source, Document)], args: &People) -> Result<Register, Failure> {
    let documents: Vec<(&str, &Document)> =
        documents.iter().map(|(source, document)| (source.path(), document)).collect();
    let register = update(base, &documents, Vec::new()).map_err(refused)?;
    let kinds = [(DecisionKind::Same, &args.same), (DecisionKind::Different, &args.different)];
    let mut decisions = Vec::new();
    for (kind, ids) in kinds.into_iter().flat_map(|(kind, ids)| ids.chunks(2).map(move |ids| (kind, ids))) {
        for id in ids {
            if register.person(id).is_none() {
                let known = register.people.iter().map(|person| person.id.as_str());
                let help = nearest(id, known).map_or_else(
                    || "ids are those of the register, such as \"ada-brunsen\"".to_owned(),
                    |known| format!("did you mean {known}?"),
                );
                return Err(refusal(&format!("nobody in the register has the id {id}"), &help));
            }
        }
        if ids.first() == ids.last() {
            return Err(refusal(&format!("{} is one id", ids[0]), "a decision is about two"));
        }
        decisions.push(Decision {
            kind,
            ids: ids.to_vec(),
            reason: args.reason.clone().unwrap_or_default(),
            by: args.by.clone(),
            date: args.date.clone(),
        });
    }
    update(register, &[], decisions).map_err(refused)
}

/// What is open about who is who, at the places in the given documents, or else in the register that was there.
fn questions(
    register: &Register,
    documents: &[(Source, Document)],
    before: Option<(&Source, &Register)>,
) -> Vec<Finding> {
    let at = |source: &Source, pointer: &str| -> Option<(String, Span)> {
        let span = rapporteur_validate::places(source, [pointer]).pop()??;
        Some((source.id().to_owned(), span))
    };
    findings(register, |person: &Person, name: &str| {
        let printed = person.names.iter().filter(|printed| printed.name == name);
        let in_documents = printed.clone().find_map(|printed| {
            let (source, document) = documents.iter().find(|(_, document)| document.edition.id == printed.edition)?;
            at(source, &pointer(document, name)?)
        });
        in_documents.or_else(|| {
            let (file, before) = before?;
            before.people.iter().enumerate().find_map(|(number, person)| {
                let place = person.names.iter().position(|printed| printed.name == name)?;
                at(file, &format!("/people/{number}/names/{place}/name"))
            })
        })
    })
}

fn refused(refused: Refused) -> Failure {
    match refused {
        Refused::TwoOfAnEdition(edition) => refusal(
            &format!("two documents are of the edition {edition}"),
            "a register takes one document of each edition: `rapporteur parse` makes one of several sources",
        ),
        Refused::Contradiction(conflict) => refusal(
            &format!("{} and {} are to be one person and two", conflict.ids[0], conflict.ids[1]),
            "remove one of the decisions from the register",
        ),
    }
}

fn refusal(message: &str, help: &str) -> Failure {
    Failure::from(Problem { message: message.to_owned(), help: help.to_owned() })
}

fn summary(register: &Register, found: Summary) -> String {
    let parts = [
        count(register.editions.len(), "edition", "editions"),
        count(register.people.len(), "person", "people"),
        format!("{} in more than one edition", register.recurring()),
    ];
    format!("{}; {found}", parts.join(", "))
}
