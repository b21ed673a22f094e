//! How far a long run is, told on a terminal.

use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::output;
use crate::render::Style;

/// Runs that are over by then tell nothing.
const SOON: Duration = Duration::from_millis(500);
/// How often the line is written anew, in documents.
const EVERY: usize = 8;

/// A line on standard error that says how many documents are done, where that is a terminal.
pub(crate) struct Progress {
    start: Instant,
    all: usize,
    done: AtomicUsize,
    is_shown: bool,
}

impl Progress {
    /// Nothing of `all` documents is done.
    pub(crate) fn new(all: usize, style: Style) -> Self {
        let is_shown = style == Style::Terminal && std::io::stderr().is_terminal();
        Self { start: Instant::now(), all, done: AtomicUsize::new(0), is_shown }
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.is_shown && done.is_multiple_of(EVERY) && self.start.elapsed() > SOON {
            output::stderr(&format!("\r{done} of {} documents", self.all));
        }
    }

    /// Takes the line away before findings are told.
    pub(crate) fn end(&self) {
        if self.is_shown && self.start.elapsed() > SOON {
            output::stderr("\r\u{1b}[K");
        }
    }
}
