//! JSON that is sound, read in one pass: most files are, and the parser that reads on after slips takes much longer.

use serde_json::Number;

use crate::tree::{Item, Kind, Pair, Tree};

/// How deep lists and objects are nested at most, so that no text takes more of the stack than there is.
const DEEPEST: usize = 512;

/// So many names of an object are compared with each other.
const FEW: usize = 8;

/// The tree of a text in which there is nothing to be told as long as it is seen as JSON: it is sound, no name stands twice in
/// an object, and every number can be read. `None` where that is not certain.
pub(crate) fn read(text: &str) -> Option<Tree<'_>> {
    u32::try_from(text.len()).ok()?;
    let mut reader = Reader { text, at: 0, tree: Tree::new(text), items: Vec::new(), members: Vec::new() };
    reader.space();
    let root = reader.value(DEEPEST)?;
    reader.space();
    let Reader { at, mut tree, .. } = reader;
    tree.root = root;
    (at == text.len()).then_some(tree)
}

struct Reader<'t> {
    text: &'t str,
    /// How many bytes are read.
    at: usize,
    tree: Tree<'t>,
    /// Values of lists that are not at their end.
    items: Vec<Item>,
    /// Members of objects that are not at their end.
    members: Vec<Pair>,
}

impl Reader<'_> {
    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn is_next(&mut self, byte: u8) -> bool {
        let is_next = self.byte() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn space(&mut self) {
        /// Deeply indented lines begin with it.
        const INDENT: &[u8] = b"        ";
        let rest = self.rest();
        let mut length = 0;
        loop {
            match rest.get(length) {
                Some(b' ') if rest[length..].starts_with(INDENT) => length += INDENT.len(),
                Some(b' ' | b'\n' | b'\r' | b'\t') => length += 1,
                _ => break,
            }
        }
        self.at += length;
    }

    /// A value, in which others are nested at most so deep.
    fn value(&mut self, depth: usize) -> Option<Item> {
        let start = self.at;
        let kind = match self.byte()? {
            b'"' => self.string()?,
            b'{' => self.object(depth.checked_sub(1)?)?,
            b'[' => self.list(depth.checked_sub(1)?)?,
            b't' => self.word("true", Kind::Boolean(true))?,
            b'f' => self.word("false", Kind::Boolean(false))?,
            b'n' => self.word("null", Kind::Null)?,
            _ => self.number()?,
        };
        Some(Item::new(start, self.at, kind))
    }

    fn word(&mut self, word: &str, kind: Kind) -> Option<Kind> {
        let is_next = self.rest().starts_with(word.as_bytes());
        self.at += word.len();
        is_next.then_some(kind)
    }

    fn list(&mut self, depth: usize) -> Option<Kind> {
        let before = self.items.len();
        self.at += 1;
        self.space();
        if !self.is_next(b']') {
            loop {
                let item = self.value(depth)?;
                self.items.push(item);
                self.space();
                if self.is_next(b']') {
                    break;
                }
                self.comma()?;
            }
        }
        Some(self.tree.list(self.items.drain(before..)))
    }

    fn object(&mut self, depth: usize) -> Option<Kind> {
        let before = self.members.len();
        self.at += 1;
        self.space();
        if !self.is_next(b'}') {
            loop {
                let start = self.at;
                let kind = if self.byte() == Some(b'"') { self.string()? } else { return None };
                let name = Item::new(start, self.at, kind);
                self.space();
                if !self.is_next(b':') {
                    return None;
                }
                self.space();
                let value = self.value(depth)?;
                self.members.push(Pair { name, value });
                self.space();
                if self.is_next(b'}') {
                    break;
                }
                self.comma()?;
            }
        }
        if self.has_twice(before) {
            return None;
        }
        Some(self.tree.object(self.members.drain(before..)))
    }

    fn comma(&mut self) -> Option<()> {
        let is_next = self.is_next(b',');
        self.space();
        is_next.then_some(())
    }
    /// Whether a name stands twice among the members from one on.
    fn has_twice(&self, from: usize) -> bool {
        let members = &self.members[from..];
        let name = |pair: &Pair| self.tree.text_of(&pair.name);
        if members.len() <= FEW {
            // with escapes or without, a name that is as long may be the same
            let length = |pair: &Pair| (pair.name.kind == Kind::Plain).then_some(pair.name.end - pair.name.start);
            let may_be = |one, other| length(one) == length(other) || length(one).is_none() || length(other).is_none();
            let is_same = |one, other| may_be(one, other) && name(one) == name(other);
            return (1..members.len()).any(|at| members[..at].iter().any(|other| is_same(other, &members[at])));
        }
        let mut names: Vec<Option<&str>> = members.iter().map(name).collect();
        names.sort_unstable();
        names.windows(2).any(|pair| pair[0] == pair[1])
    }

    fn number(&mut self) -> Option<Kind> {
        let rest = self.rest();
        let is_of_it = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let literal = &rest[..rest.iter().position(|byte| !is_of_it(byte)).unwrap_or(rest.len())];
        // most are a few digits, which need no second look
        let is_plain = literal.len() < 20 && literal.first() != Some(&b'0') && literal.iter().all(u8::is_ascii_digit);
        if !is_plain || literal.is_empty() {
            serde_json::from_slice::<Number>(literal).ok()?;
        }
        self.at += literal.len();
        Some(Kind::Number)
    }

    fn string(&mut self) -> Option<Kind> {
        let start = self.at;
        self.at += 1;
        let mut is_plain = true;
        loop {
            self.at += plain(self.rest());
            match self.byte()? {
                b'"' => break,
                b'\\' => {
                    is_plain = false;
                    self.at += 2;
                }
                _ => return None,
            }
        }
        self.at += 1;
        if is_plain {
            return Some(Kind::Plain);
        }
        let string = serde_json::from_str(self.text.get(start..self.at)?).ok()?;
        Some(self.tree.escaped(string))
    }
}

/// How many bytes there are before one that means something in a string: a quotation mark, a backslash, a control character.
fn plain(bytes: &[u8]) -> usize {
    const ALL: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ALL << 7;
    // eight at a time: whether any byte of a word is less than another
    let has_less = |word: u64, than: u8| word.wrapping_sub(ALL * u64::from(than)) & !word & HIGH != 0;
    let has = |word: u64, byte: u8| has_less(word ^ (ALL * u64::from(byte)), 1);
    let is_plain = |word: u64| !has_less(word, b' ') && !has(word, b'"') && !has(word, b'\\');
    let (words, _) = bytes.as_chunks();
    let length = 8 * words.iter().take_while(|word| is_plain(u64::from_ne_bytes(**word))).count();
    let means = |byte: &u8| matches!(byte, ..b' ' | b'"' | b'\\');
    length + bytes[length..].iter().position(means).unwrap_or(bytes.len() - length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tree::{LENIENT, Node, STRICT, parse};

    /// Whether a text is read; if so, the other parser has to read the same in it.
    fn is_read(text: &str) -> bool {
        let Some(tree) = read(text) else { return false };
        for options in [&STRICT, &LENIENT] {
            let parsed = parse(text, options).unwrap_or_else(|_| panic!("it is sound: {text}"));
            let parsed = Tree::of(text, &parsed);
            assert_same(Node::new(&tree), Node::new(&parsed));
        }
        true
    }

    fn assert_same(one: Node<'_>, other: Node<'_>) {
        assert_eq!((one.whole(), one.str(), one.literal()), (other.whole(), other.str(), other.literal()));
        assert_eq!(one.items().len(), other.items().len());
        assert_eq!(one.members().len(), other.members().len());
        one.items().zip(other.items()).for_each(|(one, other)| assert_same(one, other));
        for (one, other) in one.members().zip(other.members()) {
            assert_eq!((one.name, one.key), (other.name, other.key));
            assert_same(one.value, other.value);
        }
        assert_eq!(one.to_value(), other.to_value());
    }

    #[test]
    fn what_is_sound_is_read() {
        for text in [
            "null",
            " true\r\n",
            "\t[ ]",
            "{ }",
            "[0, -0, 1, -12.50, 1e3, 0.1E-2, 12345678901234567890123]",
            r#"["", "ž", "a \u00e9 \ud83d\ude00 \" \\ \/ \n", "\u007f \u2028"]"#,
            "[\"\u{7f}\u{2028}\"]",
            r#"{"a": {"b": [[], {}]}, "\u0061b": false, "": [{"a": 1}, {"a": 1}]}"#,
            r#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9}"#,
        ] {
            assert!(is_read(text), "{text}");
            serde_json::from_str::<serde_json::Value>(text).expect("it is sound");
        }
        assert!(is_read(&("[".repeat(DEEPEST) + &"]".repeat(DEEPEST))));
    }

    #[test]
    fn what_there_is_something_to_tell_of_is_not() {
        for text in [
            "",
            " ",
            "nul",
            "truex",
            "1 2",
            "[1,]",
            "[1 2]",
            "[,1]",
            "[",
            "[1",
            "]",
            "{",
            "{,}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{\"a\":1 \"b\":2}",
            "{a: 1}",
            "{1: 1}",
            "// no\n1",
            "1 /* no */",
            "NaN",
            "Infinity",
            "-",
            "01",
            "+1",
            ".5",
            "1.",
            "1e",
            "0x1",
            "1e999",
            "\"",
            "\"\\",
            "\"\\\"",
            "'a'",
            "\"a\nb\"",
            "\"\\x\"",
            "\"\\ž\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\u{feff}1",
            "\u{a0}1",
            r#"{"a": 1, "a": 1}"#,
            r#"{"a": 1, "\u0061": 1}"#,
            r#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"a":10}"#,
        ] {
            assert!(!is_read(text), "{text}");
        }
        let deeper = DEEPEST + 1;
        assert!(!is_read(&("[".repeat(deeper) + &"]".repeat(deeper))));
    }

    #[test]
    fn bytes_that_mean_something_are_found_wherever_they_stand() {
        for byte in 0..=u8::MAX {
            let means = byte < b' ' || byte == b'"' || byte == b'\\';
            for at in 0..20 {
                let mut bytes = [0xff; 20];
                bytes[at] = byte;
                assert_eq!(plain(&bytes), if means { at } else { 20 }, "{byte} at {at}");
            }
        }
    }

    proptest! {
        #[test]
        fn pieces_of_json_are_read_as_by_the_other_parser(pieces in prop::collection::vec(
            prop::sample::select(vec![
                "{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "\"b\":", "\"ž\\n\"", "0", "1", "-", ".", "e", "true",
                "null", " ", "\n", "/", "\u{1}", "\\u00e9", "{}", "[]", "\"\":1",
            ]),
            0..12,
        )) {
            is_read(&pieces.concat());
        }
    }
}
