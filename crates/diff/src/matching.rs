//! Which items of two lists are the same thing.

use rapporteur_source::fold;
use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::known;

/// What stays of a thing that was corrected is at least this alike, from 0 to 1.
const ALIKE: f64 = 0.5;

/// How much it counts that two things belong to the same session, person, day.
const BESIDE: f64 = 0.1;

/// Of lists with more pairs than this that no id brings together, only ids and equal texts are looked at: they are two
/// different reports.
const MOST_PAIRS: usize = 1 << 20;

/// The items that are in both lists, as numbers in the old and in the new one, in the order of the new one.
pub(crate) fn pairs(old: &[Value], new: &[Value]) -> Vec<(usize, usize)> {
    let mut matching = Matching { old: vec![None; old.len()], new: vec![None; new.len()] };
    matching.ends(old, new);
    matching.by(old, new, |item| known::key(item).map(str::to_owned));
    matching.by(old, new, |item| Some(known::text(item)).filter(|text| !text.is_empty()));
    matching.alike(old, new);
    // what was replaced by something altogether different in its place is told as removed and added
    matching.new.iter().enumerate().filter_map(|(new, old)| Some(((*old)?, new))).collect()
}

/// Which of the pairs changed their order: those outside of the longest row of pairs that is in both orders.
pub(crate) fn moved(pairs: &[(usize, usize)]) -> Vec<bool> {
    // the shortest tail of a row of each length, and what stands before each item in its row
    let (mut tails, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), vec![None; pairs.len()]);
    for (at, (old, _)) in pairs.iter().enumerate() {
        let length = tails.partition_point(|&tail| pairs[tail].0 < *old);
        before[at] = length.checked_sub(1).map(|length| tails[length]);
        tails.truncate(tails.len().max(length));
        if length == tails.len() { tails.push(at) } else { tails[length] = at }
    }
    let mut is_moved = vec![true; pairs.len()];
    let mut at = tails.last().copied();
    while let Some(stays) = at {
        is_moved[stays] = false;
        at = before[stays];
    }
    is_moved
}

struct Matching {
    old: Vec<Option<usize>>,
    new: Vec<Option<usize>>,
}

impl Matching {
    fn join(&mut self, old: usize, new: usize) {
        self.old[old] = Some(new);
        self.new[new] = Some(old);
    }

    fn free<'v>(&self, old: &'v [Value], new: &'v [Value]) -> [Vec<(usize, &'v Value)>; 2] {
        let free = |items: &'v [Value], taken: &[Option<usize>]| {
            items.iter().enumerate().filter(|(at, _)| taken[*at].is_none()).collect()
        };
        [free(old, &self.old), free(new, &self.new)]
    }

    /// Joins what both lists begin with and what both end with: what is printed twice is not taken for its double.
    fn ends(&mut self, old: &[Value], new: &[Value]) {
        let same = |(one, other): &(&Value, &Value)| one == other;
        let head = old.iter().zip(new).take_while(same).count();
        let rest = old.len().min(new.len()) - head;
        let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(same).count();
        (0..head).for_each(|at| self.join(at, at));
        (1..=tail).for_each(|at| self.join(old.len() - at, new.len() - at));
    }

    /// Joins the items with the same key; of several with one key the first with the first.
    fn by(&mut self, old: &[Value], new: &[Value], key: impl Fn(&Value) -> Option<String>) {
        let [free_old, free_new] = self.free(old, new);
        let mut places: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, item) in free_old.into_iter().rev() {
            if let Some(key) = key(item) {
                places.entry(key).or_default().push(at);
            }
        }
        for (at, item) in free_new {
            if let Some(other) = key(item).and_then(|key| places.get_mut(&key)?.pop()) {
                self.join(other, at);
            }
        }
    }

    /// Joins what is left by how alike it is, the most alike first.
    fn alike(&mut self, old: &[Value], new: &[Value]) {
        let [free_old, free_new] = self.free(old, new);
        if free_old.len().saturating_mul(free_new.len()) > MOST_PAIRS {
            return;
        }
        let prints = |items: &[(usize, &Value)]| -> Vec<[Print; 2]> {
            items.iter().map(|(_, item)| [Print::of(known::label(item)), Print::of(&known::text(item))]).collect()
        };
        let (old_prints, new_prints) = (prints(&free_old), prints(&free_new));
        let mut scores: Vec<(f64, usize, usize)> = Vec::new();
        for ((old_at, old_item), one) in free_old.iter().zip(&old_prints) {
            for ((new_at, new_item), other) in free_new.iter().zip(&new_prints) {
                let alike = (one[0].alike(&other[0]) + one[1].alike(&other[1])) / 2.0;
                let score = alike + BESIDE * known::agreement(old_item, new_item);
                if score >= ALIKE {
                    scores.push((score, *old_at, *new_at));
                }
            }
        }
        scores.sort_by(|one, other| {
            let places = |score: &(f64, usize, usize)| (score.1.abs_diff(score.2), score.1, score.2);
            other.0.total_cmp(&one.0).then_with(|| places(one).cmp(&places(other)))
        });
        for (_, old, new) in scores {
            if self.old[old].is_none() && self.new[new].is_none() {
                self.join(old, new);
            }
        }
    }
}

/// The runs of three letters in a text, sorted.
struct Print(Vec<[char; 3]>);

impl Print {
    fn of(text: &str) -> Self {
        let letters: Vec<char> = fold(text).chars().collect();
        let mut runs: Vec<[char; 3]> = letters.windows(3).map(|run| [run[0], run[1], run[2]]).collect();
        runs.sort_unstable();
        Self(runs)
    }

    /// How many of their runs two texts have in common, from 0 to 1.
    fn alike(&self, other: &Self) -> f64 {
        let (mut one, mut two, mut common) = (self.0.iter().peekable(), other.0.iter().peekable(), 0_u32);
        while let (Some(left), Some(right)) = (one.peek(), two.peek()) {
            match left.cmp(right) {
                std::cmp::Ordering::Less => drop(one.next()),
                std::cmp::Ordering::Greater => drop(two.next()),
                std::cmp::Ordering::Equal => {
                    common += 1;
                    one.next();
                    two.next();
                }
            }
        }
        let all = self.0.len() + other.0.len();
        #[expect(clippy::cast_precision_loss, reason = "texts have fewer letters than a float counts")]
        if all == 0 { 0.0 } else { 2.0 * f64::from(common) / all as f64 }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_corrected_is_found_again() {
        let said = "Nobody had asked who trims the lamps of the harbour, and at what price it is done in winter.";
        let old = [
            json!({"id": "a", "kind": "panel", "title": "Who keeps the light?", "summary": [said]}),
            json!({"id": "b", "title": "Rivers"}),
        ];
        let new = [
            json!({"id": "b", "title": "Rivers"}),
            json!({"id": "c", "kind": "panel", "title": "The keepers", "summary": [said]}),
            json!({"id": "d", "title": "Something else", "summary": ["It was said that much had been thought of."]}),
        ];
        assert_eq!(pairs(&old, &new), [(1, 0), (0, 1)]);
    }

    #[test]
    fn what_is_printed_twice_is_found_in_its_own_place() {
        let lines = |lines: &[&str]| lines.iter().map(|line| json!(line)).collect::<Vec<_>>();
        let old = lines(&["Press", "lamp.example", "Design", "lamp.example"]);
        assert_eq!(
            pairs(&old, &lines(&["Press", "a lamp.example", "Design", "lamp.example"])),
            [(0, 0), (1, 1), (2, 2), (3, 3)]
        );
        assert_eq!(pairs(&old, &lines(&["Press", "lamp.example", "lamp.example"])), [(0, 0), (1, 1), (3, 2)]);
    }

    #[test]
    fn another_person_in_the_same_office_is_another_person() {
        let person = |name: &str| {
            let id = name.to_lowercase().replace(' ', "-");
            json!({"id": id, "name": name, "affiliations": [{"credit": "Director, Trust of Harbours"}]})
        };
        assert_eq!(pairs(&[person("Ada Brun")], &[person("Olu Feyi")]), []);
        assert_eq!(pairs(&[person("Ada Brun")], &[person("Ada Brunn")]), [(0, 0)]);
    }

    #[test]
    fn the_fewest_have_moved() {
        for (order, expected) in [
            (&[0, 1, 2, 3][..], &[false, false, false, false][..]),
            (&[3, 0, 1, 2], &[true, false, false, false]),
            (&[1, 2, 0, 3], &[false, false, true, false]),
            (&[], &[]),
        ] {
            let pairs: Vec<_> = order.iter().enumerate().map(|(new, old)| (*old, new)).collect();
            assert_eq!(moved(&pairs), expected, "{order:?}");
        }
    }
}
