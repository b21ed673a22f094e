//! What a caption says by its form: who does what on a photograph, and no sentence.

use crate::Lexicon;

/// `caption = lead ":" text | words clause words`: whether a short text says what a photograph shows. It has a capital
/// before it comes to the clause: somebody does something there. Behind a clause that begins with a comma, somebody else
/// stands.
#[must_use]
pub fn depicts(text: &str, lexicon: &Lexicon) -> bool {
    let words = &lexicon.words.captions;
    let lower = text.to_lowercase();
    let lead = lower
        .split_once(':')
        .is_some_and(|(lead, rest)| !rest.trim().is_empty() && words.leads.iter().any(|known| known == lead.trim()));
    let (joined, plain): (Vec<&String>, Vec<&String>) =
        words.clauses.iter().partition(|clause| clause.starts_with(','));
    let told = || {
        let mut found = plain.iter().flat_map(|clause| lower.match_indices(clause.as_str()));
        found.any(|(at, clause)| {
            at > 0
                && stands_alone(&lower, at, at + clause.len())
                && is_whole(clause, &lower[at + clause.len()..], lexicon)
        })
    };
    let somebody = |rest: &str| rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let beside = || {
        let mut found = joined.iter().flat_map(|clause| text.match_indices(clause.as_str()));
        found.any(|(at, clause)| somebody(&text[at + clause.len()..]))
    };
    let named = text.split_whitespace().next().is_some_and(|word| !lexicon.is_function_word(word));
    lead || text.starts_with(char::is_uppercase) && (told() || named && beside())
}

/// Whether a clause has what it is about: `welcoming` somebody, but `in the foyer` and `from left` need nothing behind them.
fn is_whole(clause: &str, rest: &str, lexicon: &Lexicon) -> bool {
    rest.contains(char::is_alphanumeric)
        || clause.split_whitespace().next().is_some_and(|word| lexicon.is_function_word(word))
}

/// Whether no letter stands beside the words from `start` to `end`.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    !text[..start].ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric)
}

/// Whether a sentence ends inside `text` and another begins: a full stop behind a word of small letters, and a capital.
#[must_use]
pub fn runs_over_a_stop(text: &str, lexicon: &Lexicon) -> bool {
    /// A shorter word before a full stop is cut short, and ends no sentence.
    const SHORTEST: usize = 3;
    text.match_indices(['.', '!', '?']).any(|(at, _)| {
        let word = &text[text[..at].rfind(char::is_whitespace).map_or(0, |before| before + 1)..at];
        let begins = text[at + 1..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
        begins
            && word.chars().count() >= SHORTEST
            && !word.starts_with(char::is_uppercase)
            && !lexicon.words.abbreviations.words.iter().any(|known| known.trim_end_matches('.') == word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_say_who_does_what() {
        let lexicon = Lexicon::embedded();
        for (text, yes) in [
            ("Orla Venn, Director, Guild of Lighthouses, in conversation with Bastian Quell", true),
            ("Participants exchange views on lamps in the foyer", true),
            ("Orla Venn of the Guild of Lighthouses during the session on lamps", true),
            ("Orla Venn and Pavel Odd in the foyer", true),
            ("The day began with Orla Venn welcoming", false),
            ("Photo: the hall before the opening", true),
            ("In the picture: Orla Venn", true),
            ("Orla Venn, Director, with Pavel Odd, Warden", true),
            ("Orla Venn, Director, Guild of Lighthouses", false),
            ("The talk, finally, was of lamps, with Orla Venn", false),
            ("Lamps and buoys, with lessons for wardens", false),
            ("In conversation with Orla Venn", false),
            ("Who keeps the light?", false),
            ("during the session on lamps", false),
            ("Ledgers and lamps: the year", false),
        ] {
            assert_eq!(depicts(text, &lexicon), yes, "{text}");
        }
    }

    #[test]
    fn a_full_stop_inside_ends_a_sentence() {
        let lexicon = Lexicon::embedded();
        for (text, yes) in [
            ("was less certain than trust. The", true),
            ("Who asks? Nobody", true),
            ("Dr. Orla B. Venn of the U.S. Guild", false),
            ("Orla Venn and others", false),
        ] {
            assert_eq!(runs_over_a_stop(text, &lexicon), yes, "{text}");
        }
    }
}
