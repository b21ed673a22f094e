//! `fixtures/accuracy.md` says how accurately the fixtures are read by the code as it is.

#[test]
fn the_table_of_accuracy_is_current() {
    if let Err(error) = xtask::eval::check() {
        panic!("{error}");
    }
}
