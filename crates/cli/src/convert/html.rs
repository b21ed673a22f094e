//! The text of a web page, by the crate html2text: headings and lists keep their marks, as in Markdown.

use std::path::Path;

use html2text::config;
use html2text::render::TextDecorator;

use super::{Converted, LIMIT, endless, within};
use crate::Problem;
use crate::input::shown;

/// The version of html2text; a test compares it with `Cargo.lock`.
const VERSION: &str = "0.17.4";
/// Longer than any paragraph: a heading that is broken would be two.
const WIDTH: usize = 100_000;
/// Stands where a line ends, until the text is there. A character that nobody prints.
const LINE_END: char = '\u{e000}';
/// Elements on lines of their own that html2text does not know, and would run into what stands beside them.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "center",
    "details",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "header",
    "main",
    "section",
    "summary",
];
/// What belongs to the website and not to the page. Inside an article `footer` and `aside` may name authors or hold
/// quotes, so only those near the root go.
const HIDDEN: &str = "
    nav, form, button, select, dialog, iframe, svg, hr, [hidden], [role=navigation], [role=dialog],
    body > footer, body > div > footer, body > div > div > footer, [role=contentinfo],
    body > aside, body > div > aside, body > div > div > aside { display: none }
";

/// Takes the text out of a page.
pub(super) fn convert(path: &Path, bytes: &[u8]) -> Result<Converted, Problem> {
    let Ok(page) = std::str::from_utf8(bytes).map(str::to_owned) else {
        return Err(Problem {
            message: format!("cannot read {}: the letters of the web page are not UTF-8", shown(path)),
            help:
                "Save the page again from a browser, or convert it, for example with `iconv -f WINDOWS-1252 -t UTF-8`."
                    .to_owned(),
        });
    };
    match within(LIMIT, move || render(&page)) {
        Some(Ok(text)) => Ok(Converted {
            text: text.into_bytes(),
            name: "html2text",
            version: Some(VERSION.to_owned()),
            mode: "markdown",
        }),
        Some(Err(error)) => Err(Problem {
            message: format!("cannot read {}: {error}", shown(path)),
            help: "Save the page as plain text.".to_owned(),
        }),
        None => Err(endless(path)),
    }
}

fn render(page: &str) -> Result<String, html2text::Error> {
    let lines = |block| format!("{block}::before, {block}::after {{ content: \"{LINE_END}\" }}\n");
    let style: String = BLOCKS.iter().map(lines).chain([HIDDEN.to_owned()]).collect();
    let text = config::with_decorator(Decorator)
        .no_table_borders()
        .link_footnotes(false)
        .unicode_strikeout(false)
        .add_agent_css(&style)?
        .string_from_read(page.as_bytes(), WIDTH)?;
    Ok(paragraphs(&text))
}

/// The lines of a text, with one empty line at most between two.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split(['\n', LINE_END]).map(str::trim_end) {
        if !line.is_empty() || !(out.is_empty() || out.ends_with("\n\n")) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Marks what the parser knows marks of: headings, bullets, bold type. Of a link there is its text, of an image nothing.
#[derive(Clone, Debug)]
struct Decorator;

impl TextDecorator for Decorator {
    type Annotation = ();

    fn header_prefix(&self, level: usize) -> String {
        "#".repeat(level) + " "
    }

    fn unordered_item_prefix(&self) -> String {
        "* ".to_owned()
    }

    fn ordered_item_prefix(&self, number: i64) -> String {
        format!("{number}. ")
    }

    fn decorate_strong_start(&self) -> (String, ()) {
        ("**".to_owned(), ())
    }

    fn decorate_strong_end(&self) -> String {
        "**".to_owned()
    }

    fn quote_prefix(&self) -> String {
        String::new()
    }

    fn decorate_link_start(&mut self, _url: &str) -> (String, ()) {
        Default::default()
    }

    fn decorate_link_end(&mut self) -> String {
        String::new()
    }

    fn decorate_em_start(&self) -> (String, ()) {
        Default::default()
    }

    fn decorate_em_end(&self) -> String {
        String::new()
    }

    fn decorate_strikeout_start(&self) -> (String, ()) {
        Default::default()
    }

    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }

    fn decorate_code_start(&self) -> (String, ()) {
        Default::default()
    }

    fn decorate_code_end(&self) -> String {
        String::new()
    }

    fn decorate_preformat_first(&self) {}

    fn decorate_preformat_cont(&self) {}

    fn decorate_superscript_start(&self) -> (String, ()) {
        Default::default()
    }

    fn decorate_superscript_end(&self) -> String {
        String::new()
    }

    fn decorate_image(&mut self, _url: &str, _title: &str) -> (String, ()) {
        Default::default()
    }

    fn make_subblock_decorator(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_lists_keep_their_marks() {
        let page = "<!DOCTYPE html><html><head><title>Site</title><style>p { color: red }</style></head><body>
            <h1>Four lessons\n for harbours</h1><p>On <a href='/forum'>the <em>forum</em></a> of <b>2031</b>.</p>
            <h2>1. Lamps &amp; oil</h2><ul><li>One</li><li>Two</li></ul><ol start=3><li>Three</li></ol>
            <blockquote>“Trim the lamp.”<br>Orla Venn</blockquote><img src='a.jpg' alt='A lamp'><script>x()</script>
            <p>a*b [c] d_e x<sup>2</sup></p></body></html>";
        assert_eq!(
            render(page).expect("is text"),
            "# Four lessons for harbours\n\nOn the forum of **2031**.\n\n## 1. Lamps & oil\n* One\n* Two\n3. Three\n\n\
             “Trim the lamp.”\nOrla Venn\n\na*b [c] d_e x²\n"
        );
    }

    #[test]
    fn what_belongs_to_the_website_is_left_out() {
        let page = "<html><body><div><nav><ul><li>Home</li></ul></nav><article><p>Text</p><aside>“Quote”</aside>
            <footer>By Orla Venn</footer><figure><img src='a.jpg' alt='A'><figcaption>A lamp</figcaption></figure></article><form>Subscribe</form><footer>All rights</footer></div></body></html>";
        assert_eq!(render(page).expect("is text"), "Text\n\n“Quote”\n\nBy Orla Venn\n\nA lamp\n");
    }

    #[test]
    fn headings_are_never_broken() {
        let page = format!("<html><h1>{}</h1></html>", "word ".repeat(500));
        assert_eq!(render(&page).expect("is text").lines().count(), 1);
    }

    #[test]
    fn a_page_that_is_not_utf8_says_so() {
        let problem = convert(Path::new("page.html"), b"<html>caf\xe9</html>").expect_err("no letters");
        assert_eq!(problem.message, "cannot read page.html: the letters of the web page are not UTF-8");
    }

    #[test]
    fn the_version_is_the_one_that_is_used() {
        let lock = include_str!("../../../../Cargo.lock").replace("\r\n", "\n");
        assert!(
            lock.contains(&format!("name = \"html2text\"\nversion = \"{VERSION}\"\n")),
            "{VERSION} is not in Cargo.lock"
        );
    }
}
