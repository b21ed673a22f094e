//! How fast reports are read, beside a Markdown parser that reads the same text to its tree.

use std::fs;
use std::path::Path;

use comrak::{Arena, Options, parse_document};
use divan::Bencher;
use divan::counter::BytesCount;
use rapporteur_grammar::Lexicon;
use rapporteur_source::Source;

/// The texts, by their paths in `fixtures/`.
const TEXTS: &[&str] =
    &["vmc2017/report", "vmc2021/report", "vmc2021/takeaways", "vmc2024/report", "vmc2024/takeaways"];

fn main() {
    divan::main();
}

/// A text to its document: lines, ledger, entities, findings.
#[divan::bench(args = TEXTS)]
fn rapporteur(bencher: Bencher<'_, '_>, name: &str) {
    read(bencher, text(name));
}

/// A text to the tree of its Markdown.
#[divan::bench(args = TEXTS)]
fn comrak(bencher: Bencher<'_, '_>, name: &str) {
    let text = text(name);
    let options = Options::default();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let arena = Arena::new();
        // the tree lives in the arena: its size says that it was built
        parse_document(&arena, &text, &options);
        arena.len()
    });
}

/// One report several times over: the time for a byte stays the same.
#[divan::bench(args = [1, 10, 100], sample_count = 5, sample_size = 1)]
fn copies(bencher: Bencher<'_, '_>, copies: usize) {
    read(bencher, text("vmc2021/report").repeat(copies));
}

fn read(bencher: Bencher<'_, '_>, text: String) {
    let lexicon = Lexicon::embedded();
    let counter = BytesCount::of_str(&text);
    let sources = [Source::new("report", "report.txt", text.into_bytes())];
    bencher.counter(counter).bench_local(|| rapporteur_parse::read(&sources, &lexicon));
}

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../fixtures/{name}.txt"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
