//! The rules of the command line itself, and the list of all rules.

pub(crate) mod config_invalid;
pub(crate) mod config_unknown_code;
pub(crate) mod config_unused_silence;
pub(crate) mod lexicon_invalid;

use rapporteur_diagnostics::Rule;

/// The rules of the command line itself.
const OWN: &[&Rule] =
    &[&lexicon_invalid::RULE, &config_invalid::RULE, &config_unknown_code::RULE, &config_unused_silence::RULE];

/// Every rule there is: those on texts, on corrections, on documents, those on the files that the tool is set up with.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    rapporteur_parse::rules()
        .chain(rapporteur_correct::rules())
        .chain(rapporteur_validate::rules())
        .chain(OWN.iter().copied())
}

/// What a level can be set for: every area and every code.
pub(crate) fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = rules().flat_map(|rule| [rule.area(), rule.code]).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut seen = BTreeSet::new();
        for rule in rules() {
            assert!(seen.insert(rule.code), "{rule} stands twice");
            let (area, what) = rule.code.split_once('/').expect("area/what");
            let kebab = |part: &str| {
                !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            };
            assert!(kebab(area) && kebab(what), "{rule}");
        }
    }

    #[test]
    fn every_rule_says_what_it_is_why_and_what_to_do() {
        for rule in rules() {
            let page = rule.page();
            assert!(rule.title().len() > 15, "{rule}: {}", rule.title());
            let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("# ")).collect();
            assert_eq!(headings, ["Why it matters", "Example", "What to do"], "{rule}");
        }
    }
}
