//! A report that would do harm if any of it were taken for HTML.

use std::fs;
use std::process::Command;

use crate::{Result, Setting, Test};

pub const TESTS: &[Test] = &[("nothing in a hostile text, file name or correction runs", nothing_runs)];

/// Each tries to set `window.pwned`.
const ATTACKS: &[&str] = &[
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "</style><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "\"><svg onload=window.pwned=1>",
    "' autofocus onfocus=window.pwned=1 x='",
    "<a href=javascript:window.pwned=1>here</a>",
    "[link](javascript:window.pwned=1)",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<b><i></b></i><table><tr><!-- <![CDATA[ ]]> -->",
    "{{ pwned }} {% raw %} ${window.pwned=1} <% window.pwned=1 %>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt; &#x3c;script&#x3e;",
    "<base href=https://example.org/><link rel=stylesheet href=//example.org/x.css>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<form action=https://example.org><button autofocus>x</button></form>",
    "\u{202e}<script>\u{0}window.pwned=1\u{8}</script>\u{feff}",
    "<template><slot><math><mtext></form><mglyph><style></math><img src onerror=window.pwned=1>",
];

fn nothing_runs(setting: &Setting) -> Result {
    let mut report = String::from("HARBOUR FORUM 2031\n\n12 May 2031\n\n");
    for attack in ATTACKS {
        report += &format!(
            "Panel discussion\n\n{attack} and the harbour\n\nON STAGE\n\nAda {attack}, Director, Harbour {attack}\n\n\
             The panel looked at {attack}, and at those who live beside the harbour, in the light of new data.\n\n\
             “{attack} A knot is a promise that two ropes have made to each other, and that is all.”\n\nAda Brunn {attack}\n\n\
             CONCLUSIONS\n\n• {attack} has to be kept.\n\n"
        );
    }
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("\"><img src=x onerror=window.pwned=1>.txt");
    fs::write(&path, &report)?;
    for (field, attack) in ["venue", "city", "organiser"].into_iter().zip([ATTACKS[1], ATTACKS[4], ATTACKS[6]]) {
        let mut correct = Command::new(&setting.rapporteur);
        correct.arg("correct").arg(&path).args(["value", "harbour-forum-2031", field, attack]);
        let corrected = correct.args(["--reason", attack, "--by", attack]).output()?;
        if !corrected.status.success() {
            return Err(String::from_utf8_lossy(&corrected.stderr).into());
        }
    }
    let page = setting.written("hostile", &[&path])?;
    let page = setting.chromium.open(&format!("file://{}", page.display()))?;
    page.check("all corrections are there", "document.querySelectorAll('.entity.correction').length === 3")?;
    page.keys(&["n", "n", "i", "c", "u"])?;
    page.run("for (const it of document.querySelectorAll('#text .s, #document .v, .finding, .line')) it.click();")?;
    page.run("document.getElementById('query').focus()")?;
    page.tab.type_str("<script>")?;
    page.keys(&["Enter", "Enter"])?;
    page.check(
        "the attacks are found as text",
        "Number(document.getElementById('found').textContent.split('/')[1]) > 30",
    )?;
    page.check("nothing ran", "window.pwned === undefined")?;
    page.check("one script", "document.scripts.length === 1 && document.querySelectorAll('style').length === 1")?;
    page.check(
        "no element of the text's",
        "document.querySelector('img, svg, iframe, math, base, link, table, template, form, object, embed') === null",
    )?;
    page.check("no link out", "[...document.querySelectorAll('[href], [src], [action]')].every((it) => it.getAttribute('href')?.startsWith('#'))")?;
    page.check("no handler", "[...document.querySelectorAll('*')].every((it) => it.getAttributeNames().every((name) => !name.startsWith('on') && name !== 'style' && name !== 'autofocus'))")?;
    let shown = page.text("[...document.querySelectorAll('#text .line')].map((it) => it.querySelector('.t')?.textContent ?? '').join('\\n')")?;
    let expected: String = report
        .chars()
        .map(|c| match c {
            '\0' => '␀',
            '\u{8}' => '␈',
            '\u{202e}' | '\u{feff}' => '\u{fffd}',
            c => c,
        })
        .collect();
    if shown != expected {
        return Err("the lines of the page are not those of the text".into());
    }
    page.clean()?;
    // the policy itself holds, whatever would get past the escaping
    page.run(
        "const it = document.createElement('script'); it.textContent = 'window.pwned = 1'; document.body.append(it);",
    )?;
    page.check("a script that was added does not run", "window.pwned === undefined")
}
