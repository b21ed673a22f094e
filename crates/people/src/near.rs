//! Names that are near to each other without being the same.

use rapporteur_model::slug;

/// In which way two names are near to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// They differ by a letter or two.
    Misprint,
    /// They have the same words in another order.
    Order,
    /// One has initials where the other has names.
    Initials,
    /// One is a part of the other: a middle name or an honorific that the other lacks.
    Part,
}

impl Nearness {
    /// What there is about two names, in words that follow “they”.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Misprint => "differ by a letter or two",
            Self::Order => "have the same words in another order",
            Self::Initials => "differ by initials",
            Self::Part => "differ by a word that one of them lacks",
        }
    }
}

/// A shorter name is another name when a letter differs; counted in characters of the folded name.
const SHORTEST: usize = 9;

/// Whether two folded names differ as a name and its misprint do: by one letter or two.
#[must_use]
pub fn is_misprint(one: &str, other: &str) -> bool {
    one.len().abs_diff(other.len()) <= 2
        && one != other
        && one.chars().count() >= SHORTEST
        && strsim::damerau_levenshtein(one, other) <= 2
}

/// In which way two names are near; `None` where they are the same, letter by letter, or have nothing to do with each
/// other. Case, marks on letters and hyphens do not count.
#[must_use]
pub fn near(one: &str, other: &str) -> Option<Nearness> {
    let (one, other) = (slug(one), slug(other));
    let compact = [one.replace('-', ""), other.replace('-', "")];
    if compact[0] == compact[1] {
        return None;
    }
    let (mut short, mut long): (Vec<&str>, Vec<&str>) = (one.split('-').collect(), other.split('-').collect());
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    let sorted = |words: &[&str]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words.concat()
    };
    if sorted(&short) == sorted(&long) {
        return Some(Nearness::Order);
    }
    if is_part(&short, &long) {
        return Some(if short.len() == long.len() { Nearness::Initials } else { Nearness::Part });
    }
    is_misprint(&compact[0], &compact[1]).then_some(Nearness::Misprint)
}

/// Whether the words of one name stand in another in their order, initials for names: at least two of them, and one of
/// these in full.
fn is_part(short: &[&str], long: &[&str]) -> bool {
    /// A shorter word is a title or a particle.
    const FULL: usize = 3;
    let initial = |one: &str, other: &str| one.len() == 1 && other.starts_with(one);
    let mut rest = long.iter();
    let stands = |word: &&str| rest.any(|other| other == word || initial(word, other) || initial(other, word));
    short.len() > 1 && short.iter().all(stands) && short.iter().any(|word| word.len() >= FULL && long.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_told_from_others() {
        for (one, other, expected) in [
            ("Ada Brunsen", "Ada Brunson", Some(Nearness::Misprint)),
            ("Ada Brunsen", "Ada Brünsen", None),
            ("Ada Brunsen", "ADA BRUNSEN", None),
            ("Jean-Luc Ode", "Jeanluc Ode", None),
            ("Ada Brunsen", "Brunsen Ada", Some(Nearness::Order)),
            ("Ada Brunsen", "A. Brunsen", Some(Nearness::Initials)),
            ("Ada M. Brunsen", "Ada Maria Brunsen", Some(Nearness::Initials)),
            ("Ada M. Brunsen", "Ada Brunsen", Some(Nearness::Part)),
            ("Dr Ada Brunsen", "Ada Brunsen", Some(Nearness::Part)),
            ("Ada Brunsen Feyi", "Ada Brunsen", Some(Nearness::Part)),
            ("Ada Brunsen", "Olu Brunsen", None),
            ("Ana Silva", "Ina Silva", None),
            ("A. Brunsen", "Ada B.", None),
            ("Ada", "Ada Brunsen", None),
            ("", "Ada Brunsen", None),
        ] {
            assert_eq!(near(one, other), expected, "{one} / {other}");
            assert_eq!(near(other, one), expected, "{other} / {one}");
        }
    }
}
