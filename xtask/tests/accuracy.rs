//! `fixtures/accuracy.md` and `fixtures/corpus.md` say how accurately texts are read by the code as it is.

#[test]
fn the_table_of_accuracy_is_current() {
    if let Err(error) = xtask::eval::check() {
        panic!("{error}");
    }
}

#[test]
fn the_table_of_the_corpus_is_current() {
    if let Err(error) = xtask::corpus::check() {
        panic!("{error}");
    }
}

#[test]
fn the_table_of_mutations_is_current() {
    if let Err(error) = xtask::mutate::check() {
        panic!("{error}");
    }
}
