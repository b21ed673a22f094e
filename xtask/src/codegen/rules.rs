//! The reference page of the rules.

use std::fmt::Write as _;

use rapporteur_diagnostics::Rule;

/// Deepest heading of the page above what a rule says of itself: page, area, rule.
const ABOVE: &str = "###";

/// All rules as one page of Markdown, area by area in the order in which they come: first a list of them, then what each
/// says of itself.
pub(super) fn page(rules: &[&Rule]) -> String {
    let mut areas: Vec<(&str, Vec<&Rule>)> = Vec::new();
    for &rule in rules {
        match areas.iter_mut().find(|(area, _)| *area == rule.area()) {
            Some((_, rules)) => rules.push(rule),
            None => areas.push((rule.area(), vec![rule])),
        }
    }
    let mut page = "\
# Rules

<!-- Written by `cargo xtask codegen` from the rules themselves. -->

Each finding names the rule that it breaks, and `rapporteur explain CODE` prints what stands here. The severity is that
which findings have where no level is set for them.
"
    .to_owned();
    for (area, rules) in &areas {
        let _ = write!(page, "\n**{area}**\n\n| code | severity | what it finds |\n| --- | --- | --- |\n");
        for rule in rules {
            let title = rule.title().replace('|', "\\|");
            let _ = writeln!(page, "| [`{rule}`](#{}) | {} | {title} |", anchor(rule), rule.severity);
        }
    }
    for (area, rules) in &areas {
        let _ = write!(page, "\n## {area}\n");
        for rule in rules {
            let _ = write!(page, "\n{ABOVE} {rule}\n\n*{}*\n\n{}\n", rule.severity, demoted(&rule.page()));
        }
    }
    page
}

/// What a heading is reached by: its letters, digits and hyphens.
fn anchor(rule: &Rule) -> String {
    rule.code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// A page with its headings below those of the reference. A `#` in an example stays as it is.
fn demoted(page: &str) -> String {
    let mut is_example = false;
    let lines = page.trim_end().lines().map(|line| {
        is_example ^= line.starts_with("```");
        if line.starts_with('#') && !is_example { format!("{ABOVE}{line}") } else { line.to_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use rapporteur_diagnostics::Severity;

    use super::*;

    #[test]
    fn a_page_lists_and_then_tells() {
        static ONE: Rule = Rule {
            code: "a/one-thing",
            severity: Severity::Warning,
            documentation: " One | thing. More.\n\n # Example\n ```text\n # no heading\n ```\n",
        };
        static OTHER: Rule = Rule { code: "b/other", severity: Severity::Advice, documentation: " Other.\n" };
        static TWO: Rule = Rule { code: "a/two", severity: Severity::Error, documentation: " Two.\n" };
        let page = page(&[&ONE, &OTHER, &TWO]);
        let (_, page) = page.split_once("set for them.\n").expect("it begins with what it is");
        let expected = "
**a**

| code | severity | what it finds |
| --- | --- | --- |
| [`a/one-thing`](#aone-thing) | warning | One \\| thing |
| [`a/two`](#atwo) | error | Two |

**b**

| code | severity | what it finds |
| --- | --- | --- |
| [`b/other`](#bother) | advice | Other |

## a

### a/one-thing

*warning*

One | thing. More.

#### Example
```text
# no heading
```

### a/two

*error*

Two.

## b

### b/other

*advice*

Other.
";
        assert_eq!(page, expected);
    }
}
