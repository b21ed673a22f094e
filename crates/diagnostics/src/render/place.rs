use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::{Component, Path};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rapporteur_source::{Position, Source, Span};
use rustc_hash::FxHashMap;

use super::{SHOWN, harmless, harmless_char, more_places};
use crate::{Finding, Label};

/// Most characters of the text at a place that are repeated.
const EXCERPT: usize = 200;

/// What a path may hold that a part of a URI may not; the colon too, since a relative URI may not begin with `a:`.
const NOT_IN_URIS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'@')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The sources that findings point into, by their ids.
pub(super) struct Places<'a> {
    sources: &'a [Source],
    indices: FxHashMap<&'a str, usize>,
}

/// A label, and where it is in its source.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// Index of the source.
    pub(super) index: usize,
    pub(super) source: &'a Source,
    pub(super) span: Span,
    pub(super) start: Position,
    pub(super) end: Position,
    /// What is to be seen there; may be empty.
    pub(super) text: &'a str,
    /// The JSON pointer to the value that the place is in, where there is one.
    pub(super) pointer: Option<&'a str>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a [Source]) -> Self {
        let indices = sources.iter().enumerate().map(|(index, source)| (source.id(), index)).collect();
        Self { sources, indices }
    }

    /// The places of a finding, the one that it is about first.
    pub(super) fn of(&self, finding: &'a Finding) -> impl Iterator<Item = Place<'a>> {
        finding.labels.iter().filter_map(|label| self.find(label))
    }

    fn find(&self, label: &'a Label) -> Option<Place<'a>> {
        let index = *self.indices.get(label.source.as_str())?;
        let source = &self.sources[index];
        let span = source.clamp(label.start, label.end);
        let (start, end) = (source.position(span.start), source.position(span.end));
        Some(Place { index, source, span, start, end, text: &label.text, pointer: label.pointer.as_deref() })
    }

    /// What stands below the message of a finding, a line each, to be read by a person: the first places that have
    /// something to say, how many more there are, and what to do.
    pub(super) fn details(&self, finding: &'a Finding) -> Vec<String> {
        let mut details = Vec::new();
        let mut more = 0;
        for (index, place) in self.of(finding).enumerate() {
            match index {
                SHOWN.. => more += 1,
                // where the first place is stands beside the message
                0 => details.extend(Some(harmless(place.text)).filter(|text| !text.is_empty())),
                _ => details.push(place.told()),
            }
        }
        details.extend(more_places(more));
        details.extend(finding.help.as_ref().map(|help| format!("help: {}", harmless(help))));
        details
    }
}

impl<'a> Place<'a> {
    /// `path:line:column`.
    pub(super) fn at(&self) -> String {
        format!("{}:{}:{}", name(self.source), self.start.line, self.start.column)
    }

    /// `path:line:column: text`.
    fn told(&self) -> String {
        let mut told = self.at();
        if !self.text.is_empty() {
            let _ = write!(told, ": {}", harmless(self.text));
        }
        told
    }

    /// The text at the place as it stands in the source, or its beginning and an ellipsis.
    pub(super) fn excerpt(&self) -> Cow<'a, str> {
        let text = self.source.slice(self.span);
        match text.char_indices().nth(EXCERPT) {
            Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
            None => Cow::Borrowed(text),
        }
    }
}

/// How a source is called where a person reads it.
pub(super) fn name(source: &Source) -> String {
    if source.path() == "-" { "standard input".to_owned() } else { harmless(source.path()) }
}

/// The path of a source with slashes between its parts and each part changed by `change`; without dots that say nothing.
fn parts(source: &Source, change: impl Fn(&str) -> String) -> String {
    let parts = Path::new(source.path()).components().filter_map(|component| match component {
        Component::Normal(part) => Some(change(&part.to_string_lossy())),
        Component::Prefix(drive) => Some(drive.as_os_str().to_string_lossy().into_owned()),
        Component::ParentDir => Some("..".to_owned()),
        Component::RootDir | Component::CurDir => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The path of a source as a URI: relative where the path is.
pub(super) fn uri(source: &Source) -> String {
    let parts = parts(source, |part| utf8_percent_encode(part, NOT_IN_URIS).to_string());
    if Path::new(source.path()).has_root() { format!("file:///{parts}") } else { parts }
}

/// The path of a source as it stands in a repository, line ends included: whoever writes it down escapes them.
pub(super) fn path(source: &Source) -> String {
    let parts = parts(source, |part| {
        part.chars().map(|c| if matches!(c, '\n' | '\r') { c } else { harmless_char(c) }).collect()
    });
    if Path::new(source.path()).has_root() { format!("/{parts}") } else { parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        for (named, expected_uri, expected_path) in [
            ("report.txt", "report.txt", "report.txt"),
            ("./a/../b//c.txt", "a/../b/c.txt", "a/../b/c.txt"),
            ("Žofie 100%.txt", "%C5%BDofie%20100%25.txt", "Žofie 100%.txt"),
            ("a\nb.txt", "a%0Ab.txt", "a\nb.txt"),
            ("2031: a?#b.txt", "2031%3A%20a%3F%23b.txt", "2031: a?#b.txt"),
            ("/in/a b.txt", "file:///in/a%20b.txt", "/in/a b.txt"),
            ("", "", ""),
        ] {
            let source = Source::new("report", named, Vec::new());
            assert_eq!((uri(&source).as_str(), path(&source).as_str()), (expected_uri, expected_path), "{named}");
        }
    }
}
