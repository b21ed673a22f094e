//! What holds of all texts and all edits of them: places lead back into the source, in their order, and what nobody replaced
//! is what it was.

use proptest::prelude::*;
use proptest::sample::Index;
use rapporteur_source::{Edit, Patched, Source, Span};

/// Where a character begins in a text, and its end.
fn bounds(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &["a", "é", "\u{10348}", " ", "\n", "\r", "\r\n", "word", "\u{c}"];
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

/// A source and edits of it that do not overlap, in no order.
fn edited() -> impl Strategy<Value = (Source, Vec<Edit>)> {
    const TEXTS: &[&str] = &["", "x", "two\nlines", "ß"];
    let cuts = prop::collection::vec(any::<Index>(), 0..12);
    let texts = prop::collection::vec(prop::sample::select(TEXTS), 6);
    (text(), cuts, texts).prop_map(|(text, cuts, texts)| {
        let bounds = bounds(&text);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| bounds[cut.index(bounds.len())]).collect();
        cuts.sort_unstable();
        let spans = cuts.chunks_exact(2).map(|pair| Span::new(pair[0], pair[1]));
        let mut edits: Vec<Edit> = spans.zip(texts).map(|(span, text)| Edit { span, text: text.to_owned() }).collect();
        edits.reverse();
        (Source::new("s", "s.txt", text.into_bytes()), edits)
    })
}

proptest! {
    #[test]
    fn every_place_leads_back_into_the_source_in_its_order((source, edits) in edited()) {
        let patched = Patched::new(&source, edits).expect("they do not overlap");
        let mut last = Span::default();
        for pair in bounds(patched.source().text()).windows(2) {
            let back = patched.back(Span::new(pair[0], pair[1]));
            prop_assert_eq!(source.clamp(back.start, back.end), back, "whole characters of the source");
            prop_assert!(last.start <= back.start && last.end <= back.end, "{last:?} before {back:?}");
            last = back;
        }
        let mut line = 1;
        for number in 1..=patched.source().lines().count() {
            let next = patched.line(number);
            prop_assert!(line <= next && next <= source.lines().count().max(1), "{line} before {next}");
            line = next;
        }
    }

    #[test]
    fn what_nobody_replaced_is_what_it_was_there_and_back((source, edits) in edited()) {
        let patched = Patched::new(&source, edits.clone()).expect("they do not overlap");
        let bounds = bounds(source.text());
        for (nth, &start) in bounds.iter().enumerate() {
            // short spans lie between the edits, the longest goes over all of them
            for &end in bounds[nth + 1..].iter().take(4).chain(bounds.last()).filter(|end| **end > start) {
                let span = Span::new(start, end);
                let there = patched.forward(span);
                let is_touched = edits.iter().any(|edit| edit.span.start <= end && start <= edit.span.end);
                if is_touched {
                    // what was taken out is no part of what is read
                    let back = patched.back(there);
                    let is_whole = edits.iter().all(|edit| !edit.text.is_empty());
                    prop_assert!(!is_whole || back.start <= start && end <= back.end, "{span:?} in {back:?}");
                } else {
                    prop_assert_eq!(patched.source().slice(there), source.slice(span));
                    prop_assert_eq!(patched.back(there), span);
                }
            }
        }
    }

    #[test]
    fn without_edits_a_source_is_itself(text in text()) {
        let source = Source::new("s", "s.txt", text.into_bytes());
        let patched = Patched::new(&source, Vec::new()).expect("nothing overlaps");
        prop_assert_eq!(patched.source().bytes(), source.bytes());
        for number in 1..=source.lines().count() {
            prop_assert_eq!(patched.line(number), number);
        }
    }
}
