use std::fmt::Write as _;
use std::io::IsTerminal as _;

use clap::builder::styling::Style;
use rapporteur_diagnostics::Rule;

use super::print;
use crate::{Failure, Outcome, output, rules};

/// `rapporteur explain`: what a rule says of itself, or a list of all rules.
pub(crate) fn run(rule: Option<&Rule>) -> Result<Outcome, Failure> {
    let Some(rule) = rule else { return print(&list()) };
    if std::io::stdout().is_terminal() {
        output::styled_stdout(&on_a_terminal(rule))?;
        Ok(Outcome::Clean)
    } else {
        // what goes on to another program is Markdown
        print(&format!("{}\n\n{}\n", head(rule), rule.page()))
    }
}

fn head(rule: &Rule) -> String {
    format!("{rule} ({})", rule.severity)
}

/// A page with its headings in bold, and its examples indented in place of their fences.
fn on_a_terminal(rule: &Rule) -> String {
    let bold = Style::new().bold();
    let mut text = format!("{bold}{}{bold:#}\n\n", head(rule));
    let mut is_example = false;
    for line in rule.page().lines() {
        let _ = match line.strip_prefix("# ") {
            _ if line.starts_with("```") => {
                is_example = !is_example;
                Ok(())
            }
            _ if is_example => writeln!(text, "{}", format!("    {line}").trim_end()),
            Some(heading) => writeln!(text, "{bold}{heading}{bold:#}"),
            None => writeln!(text, "{line}"),
        };
    }
    text
}

fn list() -> String {
    let width = rules().map(|rule| rule.code.len()).max().unwrap_or_default();
    rules().fold(String::new(), |mut text, rule| {
        let _ = writeln!(text, "{:width$}  {:7}  {}", rule.code, rule.severity.as_str(), rule.title());
        text
    })
}

#[cfg(test)]
mod tests {
    use rapporteur_diagnostics::rule;

    use super::*;

    rule! {
        /// A line holds nothing but dots.
        ///
        /// # Example
        /// ```text
        /// # ...
        /// ```
        ///
        /// # What to do
        /// Nothing.
        "text/dots", Advice
    }

    #[test]
    fn marks_of_markdown_are_drawn_on_a_terminal() {
        let shown = on_a_terminal(&RULE).replace("\u{1b}[1m", "<").replace("\u{1b}[0m", ">");
        let expected = "\
<text/dots (advice)>

A line holds nothing but dots.

<Example>
    # ...

<What to do>
Nothing.
";
        assert_eq!(shown, expected);
    }
}
