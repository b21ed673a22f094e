//! From lines to fragments in reading order: pages, gaps, columns that stand side by side.

use rapporteur_source::{Source, Span};

/// A run of bytes of one line that belongs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fragment {
    /// 1-based number of the line.
    pub(crate) line: usize,
    /// The bytes.
    pub(crate) span: Span,
    /// Whether a blank line, a page or a column break stands before it.
    pub(crate) gap: bool,
    /// Whether it is the first of a page.
    pub(crate) page_start: bool,
}

/// The fragments of a source, column after column where columns stand side by side.
pub(crate) fn fragments(source: &Source) -> Vec<Fragment> {
    let mut fragments = Vec::with_capacity(source.line_count());
    let mut gap = true;
    let mut page_start = true;
    for line in source.lines() {
        let text = source.slice(line.span);
        page_start |= text.contains('\u{c}');
        gap |= page_start;
        if text.trim().is_empty() {
            gap = true;
            continue;
        }
        fragments.push(Fragment { line: line.number, span: line.span, gap, page_start });
        gap = false;
        page_start = false;
    }
    fragments
}
