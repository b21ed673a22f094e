//! The first layer: whether a file is JSON.

use std::borrow::Cow;

use jsonc_parser::ast;
use jsonc_parser::errors::ParseErrorKind as Kind;
use rapporteur_diagnostics::Finding;
use rapporteur_source::{Source, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::fault::{Edit, Fault};
use crate::read::read;
use crate::rules::{byte_order_mark, duplicate_key, not_json, not_utf_8};
use crate::tree::{LENIENT, Member, Node, STRICT, Tree, parse};

/// What a file may begin with that is no JSON.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What a file in UTF-16 begins with.
const UTF_16: [[u8; 2]; 2] = [[0xff, 0xfe], [0xfe, 0xff]];

/// The text of a file as it can be parsed: as long as the file, without what is told of it beforehand.
pub(crate) fn parsable(file: &Source) -> Cow<'_, str> {
    let text = file.text();
    if file.invalid().is_empty() && !text.starts_with(BYTE_ORDER_MARK) {
        return Cow::Borrowed(text);
    }
    let mut parsable = text.to_owned();
    if parsable.starts_with(BYTE_ORDER_MARK) {
        parsable.replace_range(..BYTE_ORDER_MARK.len(), "   ");
    }
    for span in file.invalid() {
        parsable.replace_range(span.range(), &"?".repeat(span.len()));
    }
    Cow::Owned(parsable)
}

/// What is wrong with the bytes of a file, before it is parsed.
pub(crate) fn bytes(file: &Source) -> Vec<Fault> {
    let mut faults = Vec::new();
    if file.text().starts_with(BYTE_ORDER_MARK) {
        let mark = Span::new(0, BYTE_ORDER_MARK.len());
        let finding = Finding::new(&byte_order_mark::RULE, "the file begins with a byte order mark");
        faults.push(Fault::new(finding.at(file.id(), mark, "")).fix([Edit::new(mark, "")]));
    }
    let is_utf_16 = UTF_16.iter().any(|mark| file.bytes().starts_with(mark));
    // of a file in another encoding every letter may be wrong
    let told = if is_utf_16 { 1 } else { usize::MAX };
    faults.extend(file.invalid().iter().take(told).map(|span| {
        let bytes: Vec<String> = file.bytes()[span.range()].iter().take(8).map(|byte| format!("{byte:02X}")).collect();
        let message = format!("these bytes are no UTF-8: {}", bytes.join(" "));
        let mut finding = Finding::new(&not_utf_8::RULE, message).at(file.id(), *span, "");
        finding.help = is_utf_16.then(|| "a file that begins so is in UTF-16: save it as UTF-8".to_owned());
        Fault::new(finding)
    }));
    faults
}

/// The value in a text, and what keeps it from being JSON; of a sound text there is nothing to tell. Where what was meant cannot be told there is no value, and one
/// fault: what comes after it may be sound.
pub(crate) fn value<'t>(file: &Source, text: &'t str) -> (Option<Tree<'t>>, Vec<Fault>) {
    if let Some(tree) = read(text) {
        return (Some(tree), Vec::new());
    }
    let fault = |span: Span, message: String, help: Option<&str>| {
        let mut finding = Finding::new(&not_json::RULE, format!("this is not JSON: {message}")).at(file.id(), span, "");
        finding.help = help.map(str::to_owned);
        Fault::new(finding)
    };
    let (mut value, is_strict) = match parse(text, &STRICT) {
        Ok(value) => (value, true),
        Err(_) => match parse(text, &LENIENT) {
            Ok(value) => (value, false),
            Err(error) => {
                let end = text.trim_end().len();
                let last = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
                let (span, message) = match error {
                    None => (Span::new(0, 0), "there is nothing in it".to_owned()),
                    Some(error) => match error.kind() {
                        Kind::UnterminatedObject | Kind::UnterminatedArray => {
                            (Span::new(last, end), "it ends before it is complete".to_owned())
                        }
                        Kind::String(_) if error.range().end >= end => {
                            (Span::new(last, end), "it ends inside a string".to_owned())
                        }
                        _ if goes_on_after_zero(text, error.range().start) => {
                            let at = error.range().start - 1;
                            let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
                            (Span::new(at, at + digits), "a number begins with 0".to_owned())
                        }
                        kind => {
                            let range = error.range();
                            (first_line(text, Span::new(range.start, range.end)), lower(&kind.to_string()))
                        }
                    },
                };
                // what is no text is no JSON, and that is told already
                if file.invalid().iter().any(|bytes| bytes.start <= span.start && span.start < bytes.end) {
                    return (None, Vec::new());
                }
                let help = "`rapporteur parse` writes documents from the text of reports";
                return (None, vec![fault(span, message, Some(help))]);
            }
        },
    };
    let tree = Tree::of(text, &value);
    let root = Node::new(&tree);
    let mut slips = Slips { text, is_strict, faults: Vec::new() };
    slips.look(root);
    if !is_strict && slips.faults.is_empty() {
        // all that is left is around the value
        let outside = root.whole();
        let at = text[..outside.start].find('/').or_else(|| text[outside.end..].find('/').map(|at| outside.end + at));
        slips.faults.push((Span::new(at.unwrap_or(0), at.unwrap_or(0) + 1), COMMENT.to_owned(), Vec::new()));
    }
    let faults = slips.faults.into_iter().map(|(span, message, edits)| fault(span, message, None).fix(edits));
    let mut faults: Vec<Fault> = faults.collect();
    let before = faults.len();
    duplicate_keys(file, root, &mut faults);
    if faults.len() > before {
        keep_last(&mut value);
        return (Some(Tree::of(text, &value)), faults);
    }
    (Some(tree), faults)
}

/// Whether a fault of a value follows from what is told of its text.
pub(crate) fn is_told(fault: &Fault, told: &[Fault]) -> bool {
    let places = |fault: &Fault| fault.finding.labels.first().map(|label| (label.start, label.end));
    let holds = |(start, end), (from, to)| start <= from && to <= end;
    places(fault).is_some_and(|outer| told.iter().filter_map(places).any(|inner| holds(outer, inner)))
}

const COMMENT: &str = "comments are no part of it";

/// What a lenient parser lets pass.
struct Slips<'t> {
    text: &'t str,
    is_strict: bool,
    faults: Vec<(Span, String, Vec<Edit>)>,
}

impl Slips<'_> {
    fn look(&mut self, node: Node<'_>) {
        let whole = node.whole();
        if let Some(text) = node.str() {
            // the parser takes line ends inside strings for what they are
            let control = self.text[whole.range()].bytes().position(|byte| byte < 0x20).filter(|_| !text.is_empty());
            if let Some(at) = control.map(|at| whole.start + at) {
                let message = "a line end or another control character stands in a string".to_owned();
                self.faults.push((Span::new(at, at + 1), message, Vec::new()));
            }
        } else if let Some(number) = node.literal() {
            if node.as_number().is_none() {
                let is_infinite = number.parse::<f64>().is_ok_and(f64::is_infinite);
                let what = match number.ends_with(|c: char| c.is_ascii_digit()) && is_infinite {
                    true => "too large a number to be read",
                    false => "no number",
                };
                self.faults.push((whole, format!("{number} is {what}"), Vec::new()));
            }
        } else if node.is_list() {
            let spans: Vec<Span> = node.items().map(Node::whole).collect();
            self.gaps(whole, &spans);
            node.items().for_each(|item| self.look(item));
        } else {
            let spans: Vec<Span> = node.members().map(|member| member.key.cover(member.value.whole())).collect();
            self.gaps(whole, &spans);
            node.members().for_each(|member| self.look(member.value));
        }
    }

    /// Between two values there is one comma, and none after the last.
    fn gaps(&mut self, whole: Span, inner: &[Span]) {
        if self.is_strict || whole.is_empty() {
            return;
        }
        let ends = inner.iter().map(|span| span.end);
        let starts = inner.iter().map(|span| span.start).chain([whole.end - 1]);
        for (number, (from, to)) in [whole.start + 1].into_iter().chain(ends).zip(starts).enumerate() {
            let gap = &self.text[from..to];
            if let Some(at) = gap.find('/') {
                self.faults.push((Span::new(from + at, from + at + 1), COMMENT.to_owned(), Vec::new()));
                continue;
            }
            let comma = gap.find(',').map(|at| Span::new(from + at, from + at + 1));
            let (is_first, is_last) = (number == 0, number == inner.len());
            match comma {
                Some(comma) if is_last && !is_first => {
                    let message = "a comma stands after the last value".to_owned();
                    self.faults.push((comma, message, vec![Edit::new(comma, "")]));
                }
                None if !is_last && !is_first => {
                    let place = Span::new(to, to + 1);
                    let edit = Edit::new(Span::new(from, from), ",");
                    self.faults.push((place, "a comma is missing before this".to_owned(), vec![edit]));
                }
                _ => {}
            }
        }
    }
}

/// Names that stand twice in one object. Where both have the same value, the second says nothing.
fn duplicate_keys(file: &Source, node: Node<'_>, faults: &mut Vec<Fault>) {
    let mut seen: FxHashMap<&str, Member<'_>> = FxHashMap::default();
    let mut before: Option<Span> = None;
    for member in node.members() {
        if let Some(first) = seen.get(member.name) {
            let finding = Finding::new(&duplicate_key::RULE, format!("`{}` stands twice in this object", member.name))
                .at(file.id(), member.key, "again here")
                .at(file.id(), first.key, "first here")
                .help("most programs take the last one; remove the one that is wrong");
            let same = first.value.to_value() == member.value.to_value();
            let edit = before.map(|before| Edit::new(Span::new(before.end, member.value.whole().end), ""));
            faults.push(Fault::new(finding).fix(edit.filter(|_| same)));
        } else {
            seen.insert(member.name, member);
        }
        before = Some(member.value.whole());
    }
    node.members().for_each(|member| duplicate_keys(file, member.value, faults));
    node.items().for_each(|item| duplicate_keys(file, item, faults));
}

/// Of names that stand twice the last one counts, as it does in most programs.
fn keep_last(value: &mut ast::Value<'_>) {
    match value {
        ast::Value::Object(object) => {
            let mut seen = FxHashSet::default();
            object.properties.reverse();
            object.properties.retain(|property| seen.insert(property.name.as_str().to_owned()));
            object.properties.reverse();
            object.properties.iter_mut().for_each(|property| keep_last(&mut property.value));
        }
        ast::Value::Array(list) => list.elements.iter_mut().for_each(keep_last),
        _ => {}
    }
}

/// Whether digits stand after a zero that begins a number, which is all of it for the parser.
fn goes_on_after_zero(text: &str, at: usize) -> bool {
    text[..at].ends_with('0') && text[at..].starts_with(|c: char| c.is_ascii_digit())
}

/// A place is shown on one line, however much of the file an error is about.
fn first_line(text: &str, span: Span) -> Span {
    let end = text[span.range()].find('\n').map_or(span.end, |length| span.start + length);
    Span::new(span.start, end)
}

fn lower(message: &str) -> String {
    let mut characters = message.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}
