/// How a character of a text is shown on the page: itself, unless nobody would see it, or see something else because of
/// it. One character for one, so that columns stay what they are.
///
/// Control characters become their pictures (`␌`), a soft hyphen `¬`, and what has no width or turns the direction of
/// writing `�`.
#[must_use]
pub fn shown(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '␡',
        '\u{ad}' => '¬',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}'..='\u{ffff}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        c => c,
    }
}

/// [`shown`], a text.
pub(crate) fn shown_text(text: &str) -> String {
    text.chars().map(shown).collect()
}
