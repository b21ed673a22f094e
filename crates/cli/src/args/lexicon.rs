use clap::Args;

use super::shared::Words;

/// Prints the lexicon, or checks a file that adds to it
///
/// The lexicon holds the words that the parser knows: labels, kinds of session, headings, months, honorifics, signs. To
/// teach it others, write them to a file of the same shape and name that file with --lexicon.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rapporteur lexicon                          print the lexicon that comes with the tool
  rapporteur lexicon --lexicon words.toml     check your own file and see what it adds
  rapporteur parse rapport.txt --lexicon words.toml

A file that teaches a label of French reports:
  [roles]
  speakers = [\"Sur le plateau\"]")]
pub(crate) struct Lexicon {
    #[command(flatten)]
    pub(crate) words: Words,
}
