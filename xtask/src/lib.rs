//! Tasks of the project, as functions: `cargo xtask` calls them, and so do the tests that check what they write.

use std::fs;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

pub mod browser_test;
pub mod codegen;
pub mod corpus;
pub mod damage;
pub mod eval;
pub mod mutate;
pub mod peers;

/// What a task gives, or why it could not.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Does the same to each item, as many at a time as the machine has processors; the results are in the order of the
/// items.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break done };
            done.push((at, work(item)));
        }
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    let mut done = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(worker)).collect();
        let done = workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        done.flatten().collect::<Vec<_>>()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Whether a file holds this page; where it does not, the error says the first line that differs and the command that
/// writes the file anew.
fn is_current(path: &Path, page: &str, command: &str) -> Result<()> {
    let before = fs::read_to_string(path).unwrap_or_default();
    if before == page {
        return Ok(());
    }
    // Each with an end, so that the first difference is a line of both even where one of the two is the longer.
    let [before, now] = [&before, page].map(|page| page.lines().chain(["(end)"]).collect::<Vec<_>>());
    let (before, now) = before.iter().zip(&now).find(|(before, now)| before != now).unwrap_or((&"", &""));
    let name = path.file_name().unwrap_or_default().display();
    Err(format!("fixtures/{name} is stale; run `{command}`\n  in the file:  {before}\n  measured now: {now}").into())
}
