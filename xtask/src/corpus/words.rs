//! Sentences, titles and names out of the lists in `fixtures/corpus/words.toml`.

use std::collections::BTreeMap;

use super::draw::Draw;
use crate::Result;

/// Words nest no deeper than this: claims in sentences, assets in claims.
const DEEPEST: usize = 6;

/// The lists, by name. Each entry may hold slots in braces, which other lists fill.
pub struct Words(BTreeMap<String, Vec<String>>);

impl Words {
    /// The lists that are part of the project.
    ///
    /// # Errors
    ///
    /// When the file is no table of lists of words.
    pub fn embedded() -> Result<Self> {
        Ok(Self(toml::from_str(include_str!("../../../fixtures/corpus/words.toml"))?))
    }

    /// An entry of a list with its slots filled. `speakers` fill the slots of that name.
    ///
    /// # Panics
    ///
    /// When there is no list of that name.
    pub fn text(&self, draw: &mut Draw, list: &str, speakers: &[String]) -> String {
        self.fill(draw, list, speakers, DEEPEST)
    }

    /// The same with a capital letter.
    pub fn sentence(&self, draw: &mut Draw, list: &str, speakers: &[String]) -> String {
        capitalised(&self.text(draw, list, speakers))
    }

    /// An entry that is not yet in `used`, and is from now on.
    pub fn fresh(&self, draw: &mut Draw, list: &str, speakers: &[String], used: &mut Vec<String>) -> String {
        let text = loop {
            let text = self.sentence(draw, list, speakers);
            if !used.contains(&text) {
                break text;
            }
        };
        used.push(text.clone());
        text
    }

    fn fill(&self, draw: &mut Draw, list: &str, speakers: &[String], depth: usize) -> String {
        let entries = self.0.get(list).unwrap_or_else(|| panic!("words.toml has no list {list:?}"));
        assert!(depth > 0, "words.toml: {list:?} holds itself");
        let mut rest = draw.pick(entries).as_str();
        let (mut out, mut said) = (String::new(), Vec::new());
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            out.push_str(before);
            // Two slots of one list are to be two things, if chance allows.
            let mut filled = self.slot(draw, slot, speakers, depth - 1);
            for _ in 0..4 {
                if !said.contains(&filled) {
                    break;
                }
                filled = self.slot(draw, slot, speakers, depth - 1);
            }
            out.push_str(&filled);
            said.push(filled);
            rest = after;
        }
        out + rest
    }

    fn slot(&self, draw: &mut Draw, slot: &str, speakers: &[String], depth: usize) -> String {
        match slot {
            "speaker" => draw.pick(speakers).clone(),
            "small" => draw.between(3, 19).to_string(),
            "percent" => draw.between(11, 89).to_string(),
            "year" => draw.between(1987, 2018).to_string(),
            "future" => draw.between(2036, 2049).to_string(),
            "number" => format!("{},{:03}", draw.between(1, 48), draw.below(1000)),
            list => self.fill(draw, list, speakers, depth),
        }
    }
}

/// The text with a capital letter at its beginning.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
