//! Reading files and standard input.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use rapporteur_diagnostics::{Finding, count};
use rapporteur_grammar::Lexicon;
use rapporteur_model::{Document, Extractor, Ids, slug};
use rapporteur_people::Register;
use rapporteur_source::{Source, Span};
use rapporteur_validate::Validator;

use crate::args::{Keep, Words};
use crate::convert::{self, Text};
use crate::output::Target;
use crate::rules::lexicon_invalid;
use crate::{Failure, Problem};

/// No report is as long as this; what is longer is a mistake, or never ends.
pub(crate) const LONGEST: u64 = 512 << 20;

/// The sources of one edition, as text.
#[derive(Debug)]
pub(crate) struct Sources {
    /// The texts.
    pub(crate) texts: Vec<Source>,
    /// What got each of them out of a file that was no text itself.
    pub(crate) extractors: Vec<Option<Extractor>>,
    /// Where the texts that were got out of files are kept, in their order; all of them or none.
    pub(crate) kept: Vec<Target>,
}

impl Sources {
    /// Reads the sources, and gets the text out of those that are no text. Each is called by the name of its file:
    /// `report` for `2021/Report.pdf`.
    pub(crate) fn read<P: AsRef<Path>>(paths: &[P], keep: &Keep) -> Result<Self, Failure> {
        let kept = keep.keep_text.iter().map(|path| Target::new(path, paths)).collect::<Result<Vec<_>, _>>()?;
        let (mut files_read, mut failure) = (Vec::new(), Failure::default());
        for (path, bytes) in files(paths)? {
            match convert::text(path, bytes) {
                Ok(text) => files_read.push((path, text)),
                // that a tool is missing is told once
                Err(problem) if failure.problems.contains(&problem) => {}
                Err(problem) => failure.problems.push(problem),
            }
        }
        if !failure.problems.is_empty() {
            return Err(failure);
        }
        let converted = files_read.iter().filter(|(_, text)| text.extractor.is_some()).count();
        if !kept.is_empty() && kept.len() != converted {
            return Err(Failure::from(not_as_many(kept.len(), converted)));
        }
        let mut places = keep.keep_text.iter();
        let mut ids = Ids::default();
        let mut sources = Self { texts: Vec::new(), extractors: Vec::new(), kept };
        for (path, Text { bytes, extractor }) in files_read {
            let place = if extractor.is_some() { places.next().map_or(path, PathBuf::as_path) } else { path };
            sources.texts.push(Source::new(ids.unique(source_id(path)), place.to_string_lossy(), bytes));
            sources.extractors.push(extractor);
        }
        Ok(sources)
    }

    /// Writes the texts that were got out of files to where they are to be kept.
    pub(crate) fn keep(&self) -> Result<(), Failure> {
        let converted = self.texts.iter().zip(&self.extractors).filter(|(_, extractor)| extractor.is_some());
        self.kept.iter().zip(converted).try_for_each(|(target, (source, _))| target.write(source.bytes()))
    }
}

fn not_as_many(kept: usize, converted: usize) -> Problem {
    let texts = count(converted, "source is a PDF file or a web page", "sources are PDF files or web pages");
    Problem {
        message: format!("{} to keep text in, but {texts}", count(kept, "file", "files")),
        help: "Give --keep-text FILE once for each of these sources, in their order.".to_owned(),
    }
}

/// Reads files, `-` being standard input. Where some cannot be read, all of those are told.
pub(crate) fn files<P: AsRef<Path>>(paths: &[P]) -> Result<Vec<(&Path, Vec<u8>)>, Failure> {
    let paths = paths.iter().map(AsRef::as_ref);
    if paths.clone().filter(|path| is_standard(path)).count() > 1 {
        return Err(Failure::from(twice()));
    }
    let mut failure = Failure::default();
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        match read(path) {
            Ok(bytes) => files.push((path, bytes)),
            Err(problem) => failure.problems.push(problem),
        }
    }
    if failure.problems.is_empty() { Ok(files) } else { Err(failure) }
}

/// The files that paths and patterns (`data/**/*.json`) name: what stands in each, in the order of names. A path that is
/// there is no pattern, whatever signs it has.
pub(crate) fn expanded(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let (mut files, mut failure) = (Vec::new(), Failure::default());
    for path in paths {
        let pattern = path.to_str().filter(|name| name.contains(['*', '?', '[']) && !path.exists());
        let Some(pattern) = pattern else {
            if path.is_dir() {
                failure.problems.push(Problem {
                    message: format!("cannot read {}: it is a folder", shown(path)),
                    help: format!("Name the documents in it by a pattern: '{}'", path.join("**/*.json").display()),
                });
            } else {
                files.push(path.clone());
            }
            continue;
        };
        let (message, help) = match glob::glob(pattern) {
            Ok(found) => {
                let before = files.len();
                files.extend(found.filter_map(Result::ok).filter(|path| path.is_file()));
                if files.len() > before {
                    continue;
                }
                (format!("no file is named by {pattern}"), "`**` stands for folders, `*` for a part of a name")
            }
            Err(error) => {
                (format!("{pattern} is no pattern: {}", error.msg), "signs that are meant go into brackets: `[*]`")
            }
        };
        failure.problems.push(Problem { message, help: help.to_owned() });
    }
    let mut seen = HashSet::new();
    files.retain(|path| is_standard(path) || seen.insert(path.clone()));
    if files.iter().filter(|path| is_standard(path)).count() > 1 {
        failure.problems.push(twice());
    }
    if failure.problems.is_empty() { Ok(files) } else { Err(failure) }
}

fn twice() -> Problem {
    Problem {
        message: "standard input can be read only once".to_owned(),
        help: "give `-` once, and name files beside it".to_owned(),
    }
}

/// The lexicon that comes with the tool, with the words of the user's file if there is one.
pub(crate) fn lexicon(words: &Words) -> Result<Lexicon, Failure> {
    match &words.lexicon {
        Some(path) => lexicon_file(path).map(|(_, lexicon)| lexicon),
        None => Ok(Lexicon::embedded()),
    }
}

/// A user's lexicon file, and the lexicon with its words.
pub(crate) fn lexicon_file(path: &Path) -> Result<(Source, Lexicon), Failure> {
    let source = Source::new("lexicon", path.to_string_lossy(), read(path)?);
    match Lexicon::extended(source.text()) {
        Ok(lexicon) => Ok((source, lexicon)),
        Err(error) => {
            let finding = Finding::new(&lexicon_invalid::RULE, error.message)
                .at(source.id(), error.span.unwrap_or(Span::new(0, 0)), "")
                .help("`rapporteur lexicon` prints the lexicon that comes with the tool; a file has the same shape");
            Err(Failure { findings: vec![finding], sources: vec![source], ..Failure::default() })
        }
    }
}

/// Documents that follow the schema, with the files that hold them. Where some do not, everything that is wrong with those
/// is told as `rapporteur validate` does.
pub(crate) fn documents<P: AsRef<Path>>(paths: &[P]) -> Result<Vec<(Source, Document)>, Failure> {
    let validator = Validator::new();
    let sources = files(paths)?.into_iter().map(|(path, bytes)| file(path, bytes));
    checked("document", sources, |source| validator.read(source))
}

/// What a register of people is made of: documents, and a register that is there already.
pub(crate) struct Registered {
    /// The documents, with the files that hold them.
    pub(crate) documents: Vec<(Source, Document)>,
    /// The registers.
    pub(crate) registers: Vec<(Source, Register)>,
}

impl Registered {
    /// Reads documents and registers.
    pub(crate) fn read<P: AsRef<Path>>(paths: &[P]) -> Result<Self, Failure> {
        let validator = Validator::new();
        let sources = files(paths)?.into_iter().map(|(path, bytes)| file(path, bytes));
        let (registers, documents): (Vec<Source>, Vec<Source>) =
            sources.partition(|source| validator.is_register(source));
        let registers = checked("register of people", registers, |source| validator.read_register(source));
        let documents = checked("document", documents, |source| validator.read(source));
        match (registers, documents) {
            (Ok(registers), Ok(documents)) => Ok(Self { documents, registers }),
            (Err(mut failure), Err(more)) => {
                failure.problems.extend(more.problems);
                failure.findings.extend(more.findings);
                failure.sources.extend(more.sources);
                Err(failure)
            }
            (Err(failure), _) | (_, Err(failure)) => Err(failure),
        }
    }
}

/// A register of people that follows the schema, with its file.
pub(crate) fn register(path: &Path) -> Result<(Source, Register), Failure> {
    let validator = Validator::new();
    let mut registers =
        checked("register of people", [file(path, read(path)?)], |source| validator.read_register(source))?;
    Ok(registers.swap_remove(0))
}

fn file(path: &Path, bytes: Vec<u8>) -> Source {
    Source::new(path.to_string_lossy(), path.to_string_lossy(), bytes)
}

/// What files hold; where some do not follow the schema, all that is wrong with them.
fn checked<T>(
    what: &str,
    sources: impl IntoIterator<Item = Source>,
    read: impl Fn(&Source) -> Result<T, Vec<Finding>>,
) -> Result<Vec<(Source, T)>, Failure> {
    let (mut failure, mut all) = (Failure::default(), Vec::new());
    for source in sources {
        match read(&source) {
            Ok(value) => all.push((source, value)),
            Err(findings) => {
                let message = format!("{} holds no {what} that follows the schema", shown(Path::new(source.path())));
                let help = "`rapporteur parse` writes documents, `rapporteur people` registers of people";
                failure.problems.push(Problem { message, help: help.to_owned() });
                failure.findings.extend(findings);
                failure.sources.push(source);
            }
        }
    }
    if failure.problems.is_empty() { Ok(all) } else { Err(failure) }
}

/// Whether `path` is `-`, which stands for standard input or output.
pub(crate) fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

/// Reads one file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let read = if is_standard(path) {
        io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes))
    };
    match read {
        Ok(_) if bytes.len() as u64 <= LONGEST => Ok(bytes),
        Ok(_) => Err(Problem {
            message: format!("{} is longer than {} MiB", shown(path), LONGEST >> 20),
            help: "The text of a report has a few MB at most. Is this the right file?".to_owned(),
        }),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let (reason, help) = match error.kind() {
        ErrorKind::NotFound => (
            "there is no such file".to_owned(),
            "Check the spelling; the path is taken from the folder that the command runs in.".to_owned(),
        ),
        ErrorKind::IsADirectory => (
            "it is a folder".to_owned(),
            format!("Name the files in it, such as {}", path.join("report.txt").display()),
        ),
        ErrorKind::PermissionDenied => {
            ("permission denied".to_owned(), "Ask the owner of the file to let you read it.".to_owned())
        }
        _ => (error.to_string(), "Try again with a copy of the file.".to_owned()),
    };
    Problem { message: format!("cannot read {}: {reason}", shown(path)), help }
}

/// How a path is called in messages.
pub(crate) fn shown(path: &Path) -> String {
    if is_standard(path) { "standard input".to_owned() } else { path.display().to_string() }
}

fn source_id(path: &Path) -> String {
    if is_standard(path) {
        return "stdin".to_owned();
    }
    let id = path.file_stem().map(|stem| slug(&stem.to_string_lossy())).unwrap_or_default();
    if id.is_empty() { "source".to_owned() } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_called_by_their_files() {
        for (path, id) in
            [("a/Report.txt", "report"), ("SWF 2031.final.txt", "swf-2031-final"), ("-", "stdin"), ("…", "source")]
        {
            assert_eq!(source_id(Path::new(path)), id);
        }
    }
}
