//! Chance that can be had again.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A stream of draws that a seed and a name give, the same in every version of this program and its crates: the words
/// of `ChaCha8` are specified, and everything else is made of them here.
pub struct Draw(ChaCha8Rng);

impl Draw {
    /// The stream called `name` of a seed. Streams do not depend on each other, so that a layout which draws once more
    /// than before leaves all other layouts as they were.
    #[must_use]
    pub fn new(seed: u64, name: &str) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(name.bytes().fold(0, |sum: u64, byte| sum.wrapping_mul(257).wrapping_add(u64::from(byte))));
        Self(rng)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        // The part of the product above 64 bits: as even as it has to be for this.
        let scaled = (u128::from(self.0.next_u64()) * end as u128) >> 64;
        usize::try_from(scaled).unwrap_or(0)
    }

    /// A number from `start` to `end`, both included.
    pub fn between(&mut self, start: usize, end: usize) -> usize {
        start + self.below(end + 1 - start)
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    ///
    /// # Panics
    ///
    /// When there are none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of several words.
    ///
    /// # Panics
    ///
    /// When there are none.
    pub fn word<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// Puts items in another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_means_the_same_in_every_version() {
        let draws = |seed, name| {
            let mut draw = Draw::new(seed, name);
            (0..6).map(|_| draw.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draws(1, "folio"), [78, 117, 85, 341, 432, 458]);
        assert_ne!(draws(1, "folio"), draws(2, "folio"));
        assert_ne!(draws(1, "folio"), draws(1, "margin"));
    }
}
