use std::path::PathBuf;

use clap::Args;

use super::shared::{Corrections, Keep, Plain, Settings, Words};

/// Writes a page on which the sources and what was read of them stand side by side
///
/// The page is one HTML file that needs no network: left the text, each line with what it was taken for, right the
/// document and the findings. A click on either side shows the other. What was inferred, what was not read and what was
/// found stand out and can be gone through with keys; `?` on the page lists them.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur review report.pdf -o review.html                  a report
  rapporteur review report.txt takeaways.txt -o review.html    a report and an article
  rapporteur review report.txt --allow text -o review.html     without the findings about letters and marks
  rapporteur review report.txt takeaways.txt --serve           with forms that write corrections")]
pub(crate) struct Review {
    /// Files of one edition, the report first: text, PDF or HTML; `-` is standard input
    #[arg(value_name = "SOURCE", required = true)]
    pub(crate) sources: Vec<PathBuf>,

    /// Write the page to FILE, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Serve the page on this machine, with forms that write corrections beside the sources, until Ctrl-C
    #[arg(long, conflicts_with_all = ["output", "keep_text", "corrections", "no_corrections"])]
    pub(crate) serve: bool,

    #[command(flatten)]
    pub(crate) keep: Keep,

    #[command(flatten)]
    pub(crate) words: Words,

    #[command(flatten)]
    pub(crate) corrections: Corrections,

    #[command(flatten)]
    pub(crate) settings: Settings,

    #[command(flatten)]
    pub(crate) plain: Plain,
}
