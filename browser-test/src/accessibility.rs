//! What axe-core finds.

use std::fs;

use crate::page::Page;
use crate::{Result, Setting, Test};

pub const TESTS: &[Test] = &[("axe finds no violation, in light and dark, wide and narrow", axe)];

fn axe(setting: &Setting) -> Result {
    let Some(script) = &setting.axe else {
        println!("      axe-core is not there, so this was not looked at");
        return Ok(());
    };
    let script = fs::read_to_string(script)?;
    let page = setting.open_report("")?;
    page.tab.evaluate(&script, false)?;
    for width in [1440, 390] {
        page.resize(width, 900)?;
        for theme in ["light", "dark"] {
            page.emulate("", theme)?;
            // with a finding and with a value marked on both sides
            page.run(if theme == "light" {
                "document.querySelector('.finding').click()"
            } else {
                "document.querySelector('.quote .v').click()"
            })?;
            none(&page, &format!("{width} {theme}"))?;
        }
    }
    page.keys(&["?"])?;
    none(&page, "the list of keys")
}

/// Fails where axe finds anything, where axe is there.
pub fn none_if_there(setting: &Setting, page: &Page, when: &str) -> Result {
    let Some(script) = &setting.axe else { return Ok(()) };
    page.tab.evaluate(&fs::read_to_string(script)?, false)?;
    none(page, when)
}

/// Fails where axe finds anything in what is shown.
fn none(page: &Page, when: &str) -> Result {
    let found = page.eval(
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) =>
           `${id}: ${nodes.length}, ${nodes.slice(0, 3).map((it) => `${it.target} (${it.failureSummary})`).join('; ')}`))",
    )?;
    match found.as_array() {
        Some(found) if found.is_empty() => Ok(()),
        _ => Err(format!("{when}: {found:#}").into()),
    }
}
