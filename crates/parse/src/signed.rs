//! Quotes that nothing but a signature tells: lines without quotation marks, closed by a dash and a name.
//!
//! They are found before anything else is read, since large type breaks them into lines that look like titles.

use rapporteur_grammar::{self as grammar, Lexicon};

use crate::{
    RegionLabel,
    piece::{Begin, End, Piece},
};

/// Signs before the name under a quote.
pub(crate) const DASHES: [char; 3] = ['—', '–', '―'];
/// A report that sets its quotes so has at least so many: one alone may be the signature of an article.
const FEWEST: usize = 3;
/// Lines and characters of a quote.
const LINES: usize = 16;
const CHARS: usize = 1_200;

/// Labels the quotes and their signatures.
pub(crate) fn mark(pieces: &mut [Piece<'_>], lexicon: &Lexicon) {
    let quotes: Vec<(Vec<usize>, usize)> = (0..pieces.len())
        .filter(|&at| is_signature(&pieces[at]))
        .filter_map(|at| lines_above(pieces, at, lexicon).map(|lines| (lines, at)))
        .collect();
    let named = quotes.iter().filter(|(_, at)| {
        grammar::credit(pieces[*at].text().trim_start_matches(DASHES).trim_start(), lexicon).is_some()
    });
    if named.count() < FEWEST {
        return;
    }
    for (lines, at) in quotes {
        for line in lines {
            (pieces[line].label, pieces[line].signed) = (Some(RegionLabel::Quote), true);
        }
        (pieces[at].label, pieces[at].signed) = (Some(RegionLabel::QuoteBy), true);
    }
}

/// `— Ana Silva`, `— Ana de la Silva, Director`: a dash, and words with capitals.
fn is_signature(piece: &Piece<'_>) -> bool {
    /// Name and office are no longer, in characters.
    const LONGEST: usize = 160;
    let Some(text) = piece.text().strip_prefix(DASHES).map(str::trim_start) else { return false };
    let name = text.split([',', '|', '(']).next().unwrap_or(text);
    let words: Vec<&str> = name.split_whitespace().collect();
    // `al-Karim`, `d'Aubigny`, `dela Paz`
    let small = words.iter().filter(|word| !word.contains(char::is_uppercase) && word.chars().count() > 3).count();
    piece.label.is_none()
        && piece.cues.chars <= LONGEST
        && (2..=7).contains(&words.len())
        && small <= 1
        && words.last().is_some_and(|word| word.contains(char::is_uppercase))
        && Begin::of(text) != Begin::Other
        && !text.ends_with(['.', ':', '?', '!'])
}

/// The lines of the paragraph above the signature at `at`, as far as they run on into each other.
fn lines_above(pieces: &[Piece<'_>], at: usize, lexicon: &Lexicon) -> Option<Vec<usize>> {
    let mut lines: Vec<usize> = Vec::new();
    let (mut longest, mut chars) = (0, 0);
    let mut below = at;
    for line in (0..at).rev() {
        let piece = &pieces[line];
        if piece.label == Some(RegionLabel::Furniture) {
            continue;
        }
        let facts = || grammar::head(piece.text(), lexicon).is_some_and(|head| head.is_facts() || head.times.is_some());
        let other = piece.label.is_some()
            || is_signature(piece)
            || piece.cues.role.is_some()
            || piece.cues.section.is_some()
            || piece.cues.kind.is_some()
            || piece.cues.link
            || piece.cues.chars <= 100 && facts();
        // a gap parts paragraphs, but for that of a page, and that before the signature
        let parted = !lines.is_empty() && pieces[below].gap && pieces[below].cues.begin != Begin::Lower;
        if other || parted || !lines.is_empty() && !runs_on(piece, &pieces[below], longest) {
            break;
        }
        longest = longest.max(piece.cues.chars);
        chars += piece.cues.chars;
        lines.push(line);
        below = line;
        if lines.len() > LINES || chars > CHARS {
            return None;
        }
    }
    lines.reverse();
    let (&first, &last) = (lines.first()?, lines.last()?);
    // quotation marks say where a quote begins and ends
    let marked = lines.iter().any(|&line| pieces[line].cues.opens.is_some());
    let whole = pieces[first].cues.begin != Begin::Lower
        && pieces[last].cues.end == End::Stop
        && pieces[first].cues.bullet.is_none();
    (whole && !marked).then_some(lines)
}

/// Whether a line may run on into the next: a short one ends a paragraph or is a title.
fn runs_on(piece: &Piece<'_>, next: &Piece<'_>, longest: usize) -> bool {
    let word = next.text().split_whitespace().next().map_or(0, |word| word.chars().count());
    let full = match piece.cues.end {
        End::Stop => piece.cues.chars + 1 + word >= longest,
        _ => piece.cues.chars * 5 >= longest * 3,
    };
    full || next.cues.begin == Begin::Lower && piece.cues.end != End::Stop
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use rapporteur_source::Source;

    #[test]
    fn quotes_above_their_signatures() {
        let text = "Keynote | 3 May 2021, 10.00–11.00\nThe tide keeps no minutes, and nobody has ever asked it to\n\
                    explain itself.\n— Ana Silva\nA lamp is lit by nobody.\n— Orla Venn, Director\n\
                    Ask the ships. They have been waiting longer than we have.\n— Rosa de la Fuente y Ibáñez\n\
                    Silva said so.\n— it was the third time\n";
        let (source, lexicon) = (Source::new("s", "s", text.into()), Lexicon::embedded());
        let context = Context::new(&source, &lexicon);
        let labels = |text: &[&str]| {
            let mut pieces = crate::piece::pieces(&context);
            pieces.retain(|piece| !text.contains(&piece.text()));
            mark(&mut pieces, &lexicon);
            pieces.iter().map(|piece| piece.label.map_or("", |label| label.as_str())).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(labels(&[]).trim(), "quote quote quote_by quote quote_by quote quote_by");
        // two may be anything
        assert_eq!(labels(&["— Ana Silva", "— Orla Venn, Director"]).trim(), "");
    }
}
