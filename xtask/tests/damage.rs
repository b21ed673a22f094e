//! `fixtures/damage.md` says how much of the damage is found that is done on purpose, and that is enough.

#[test]
fn damage_is_found_and_nothing_else() {
    if let Err(error) = xtask::damage::check() {
        panic!("{error}");
    }
}
