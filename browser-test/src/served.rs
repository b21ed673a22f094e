//! The page that is served, with its forms.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::page::Page;
use crate::{Result, Setting, Test, accessibility};

pub const TESTS: &[Test] = &[
    ("a correction of each form is made on the served page, and taken back", forms),
    ("two windows at once lose nothing", windows),
    ("a correction of a long report is written and read again at once", quick),
];

/// A server with a report of its own, which ends with it.
struct Server {
    folder: tempfile::TempDir,
    process: Child,
    address: String,
}

impl Server {
    fn new(setting: &Setting) -> Result<Self> {
        Self::of(setting, setting.harbour()?)
    }

    fn of(setting: &Setting, folder: tempfile::TempDir) -> Result<Self> {
        let mut command = Command::new(fs::canonicalize(&setting.rapporteur)?);
        command.args(["review", "report.txt", "--serve", "--no-config"]).current_dir(folder.path());
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut address = String::new();
        let stdout = process.stdout.take().ok_or("the output is not piped")?;
        BufReader::new(stdout).read_line(&mut address)?;
        Ok(Self { folder, process, address: address.trim_end().to_owned() })
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("report.corrections.toml")
    }

    /// Fails where the file of corrections does not hold this.
    fn holds(&self, text: &str) -> Result {
        let file = fs::read_to_string(self.path())?;
        if file.contains(text) { Ok(()) } else { Err(format!("{text} is not in the file:\n{file}").into()) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Fills in a field of the form.
fn fill(page: &Page, name: &str, text: &str) -> Result {
    page.run(&format!(
        "const it = document.getElementById('correct-form').elements.namedItem('{name}'); it.value = ''; it.focus();"
    ))?;
    page.tab.type_str(text)?;
    Ok(())
}

/// Presses Write, and waits for the page that is read again.
fn write(page: &Page) -> Result {
    page.run("window.old = true; document.getElementById('write').click()")?;
    page.until("window.old === undefined && document.documentElement.dataset.ready === ''")
}

fn preview(page: &Page, expected: &str) -> Result {
    page.run("document.getElementById('preview').click()")?;
    page.until(&format!("document.getElementById('effect').textContent.includes({expected:?})"))
}

/// The line that begins with this.
fn line(start: &str) -> String {
    format!(
        "[...document.querySelectorAll('#text .line')].find((it) => it.querySelector('.t')?.textContent.startsWith({start:?}))"
    )
}

fn forms(setting: &Setting) -> Result {
    let server = Server::new(setting)?;
    let page = setting.chromium.open(&server.address)?;

    // text: a part of a name is selected, and taken to whole words
    page.run(&format!(
        "const it = {}.querySelector('.t'); const range = document.createRange(); const node = document.createTreeWalker(it, NodeFilter.SHOW_TEXT).nextNode();
         range.setStart(node, 1); range.setEnd(node, node.length > 7 ? 7 : node.length); getSelection().removeAllRanges(); getSelection().addRange(range);",
        line("Ada Brnu")
    ))?;
    page.keys(&["e"])?;
    page.until("document.getElementById('correct').open")?;
    page.check(
        "whole words",
        "document.getElementById('correct-form').elements.namedItem('find').value === 'Ada Brnu'",
    )?;
    accessibility::none_if_there(setting, &page, "the form of a text")?;
    page.screenshot(&setting.out.join("form-text-1440-light.png"))?;
    fill(&page, "replace", "Ada Brunn")?;
    preview(&page, "Ada Brunn")?;
    fill(&page, "reason", "spelt Brunn on her card")?;
    if server.path().exists() {
        return Err("a preview writes nothing".into());
    }
    page.screenshot(&setting.out.join("form-preview-1440-light.png"))?;
    write(&page)?;
    server.holds("replace = \"Ada Brunn\"")?;
    page.check(
        "the document has changed",
        "document.querySelector('#speaker-ada-brunn h3 .w').textContent === 'Ada Brunn'",
    )?;
    page.check("it says so", "document.querySelector('#speaker-ada-brunn .v.corrected') !== null && document.getElementById('status').textContent.startsWith('written: text-')")?;

    // value
    page.click("document.querySelector('.edition .v[data-field=series] .w')")?;
    page.keys(&["v"])?;
    page.until("document.getElementById('correct').open")?;
    page.check(
        "the value as it is",
        "document.getElementById('correct-form').elements.namedItem('value').value === 'HARBOUR FORUM'",
    )?;
    fill(&page, "value", "Harbour Forum")?;
    page.run("document.getElementById('write').click()")?;
    page.until("document.getElementById('effect').textContent.startsWith('Say why')")?;
    fill(&page, "reason", "the imprint has it so")?;
    preview(&page, "HARBOUR FORUM → Harbour Forum")?;
    write(&page)?;
    server.holds("value = \"Harbour Forum\"")?;
    page.check(
        "the value has changed",
        "document.querySelector('.edition .v.corrected[data-field=series] .w').textContent === 'Harbour Forum'",
    )?;

    // the same value again: one correction takes the place of the other, and Undo gives that back
    page.click("document.querySelector('.edition .v[data-field=series] .w')")?;
    page.keys(&["v"])?;
    page.until("document.getElementById('correct').open")?;
    page.check(
        "the correction that there is is told, and has no part in the new one",
        "document.getElementById('standing').textContent.includes('the imprint has it so') && document.getElementById('correct-form').elements.namedItem('reason').value === ''",
    )?;
    fill(&page, "value", "Harbour Fora")?;
    fill(&page, "reason", "the plural")?;
    page.screenshot(&setting.out.join("form-again-1440-light.png"))?;
    write(&page)?;
    server.holds("value = \"Harbour Fora\"")?;
    if fs::read_to_string(server.path())?.contains("value = \"Harbour Forum\"") {
        return Err("one value has two corrections".into());
    }
    page.run("window.old = true; document.getElementById('undo').click()")?;
    page.until("window.old === undefined && document.querySelector('.edition .v[data-field=series] .w')?.textContent === 'Harbour Forum'")?;
    server.holds("reason = \"the imprint has it so\"")?;

    // what is absent: its placeholder opens the form, which lists all other fields
    page.run("document.querySelector('.edition .v.absent[data-field=organiser] button').focus()")?;
    page.keys(&["Enter"])?;
    page.until("document.getElementById('correct').open")?;
    page.check(
        "the form is for that field, and has the others",
        "(() => { const it = document.getElementById('correct-form').elements.namedItem('field'); return it.value === 'organiser' && [...it.options].some((one) => one.value === 'ordinal'); })()",
    )?;
    accessibility::none_if_there(setting, &page, "the form of a value")?;
    page.run("const it = document.getElementById('correct-form').elements.namedItem('field'); it.value = 'year'; it.dispatchEvent(new Event('change'))")?;
    page.until("document.getElementById('correct-form').elements.namedItem('value').value === '2031'")?;
    page.run("document.getElementById('cancel').click()")?;

    // region: with the keyboard alone
    page.run(&format!("{}.focus()", line("Ropes hold where")))?;
    page.keys(&["r"])?;
    page.until("document.getElementById('correct').open")?;
    page.run("document.getElementById('correct-form').elements.namedItem('label').value = 'quote'")?;
    fill(&page, "reason", "set as a pull quote")?;
    preview(&page, "/quotes")?;
    write(&page)?;
    server.holds("label = \"quote\"")?;
    page.check("there is a quote more", "document.querySelectorAll('#quotes > .quote').length === 2")?;
    page.check("the line says so", &format!("{}.dataset.label === 'quote'", line("Ropes hold where")))?;
    page.check("all are listed", "document.querySelectorAll('.entity.correction').length === 3")?;
    page.screenshot(&setting.out.join("served-1440-light.png"))?;

    // back again
    page.run("window.old = true; document.getElementById('undo').click()")?;
    page.until("window.old === undefined && document.querySelectorAll('#quotes > .quote').length === 1")?;
    page.run("window.old = true; document.querySelector('[data-remove^=value]').click()")?;
    page.until("window.old === undefined && document.querySelector('.edition .v[data-field=series] .w')?.textContent === 'HARBOUR FORUM'")?;
    let file = fs::read_to_string(server.path())?;
    if file.contains("label") || file.contains("Harbour Forum") || !file.contains("Brunn") {
        return Err(format!("what was taken back is there, or other things are gone:\n{file}").into());
    }
    page.clean()
}

fn quick(setting: &Setting) -> Result {
    let folder = tempfile::tempdir()?;
    fs::copy("fixtures/vmc2024/report.txt", folder.path().join("report.txt"))?;
    let server = Server::of(setting, folder)?;
    let page = setting.chromium.open(&server.address)?;
    let times = page.eval(
        "(async () => { const times = []; const read = async () => (await fetch('')).text();
           const version = (page) => /data-version=\"([0-9a-f]+)\"/.exec(page)[1];
           const entity = document.querySelector('.edition').dataset.entity; let page = await read();
           for (const field of ['city', 'venue', 'organiser', 'city', 'venue', 'organiser', 'city', 'venue', 'organiser']) {
             const started = performance.now();
             const value = `Old Marsh ${field} ${times.length}`; const correction = { form: 'value', entity, field, value };
             const body = JSON.stringify({ version: version(page), reason: 'it is so', correction });
             const added = await fetch('add', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
             page = await read();
             if (!added.ok || !page.includes(value)) throw new Error(await added.text());
             times.push(performance.now() - started); }
           return times; })()",
    )?;
    let times: Vec<f64> = times.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).collect();
    let best = times.iter().copied().fold(f64::INFINITY, f64::min);
    println!(
        "      written and read again in {}",
        times.iter().map(|it| format!("{it:.0} ms")).collect::<Vec<_>>().join(", ")
    );
    // the best of many: the machine may be busy. The program of the tests is hardly optimised, and has to keep to the goal
    // all the same
    if best < 200.0 { page.clean() } else { Err("too slow".into()) }
}

fn windows(setting: &Setting) -> Result {
    let server = Server::new(setting)?;
    let (one, other) = (setting.chromium.open(&server.address)?, setting.chromium.open(&server.address)?);
    let correct = |page: &Page, replace: &str| {
        page.tab.activate()?;
        page.run(&format!("{}.focus()", line("The panel looked")))?;
        page.keys(&["e"])?;
        page.until("document.getElementById('correct').open")?;
        fill(page, "find", "new data")?;
        fill(page, "replace", replace)?;
        fill(page, "reason", "as was said")?;
        write(page)
    };
    correct(&one, "old data")?;
    correct(&other, "no data")?;
    other.check("it is told", "document.getElementById('status').textContent.includes('nothing was written')")?;
    other.check(
        "and the page is as it is now",
        "document.querySelector('.session .running').textContent.includes('old data')",
    )?;
    server.holds("old data")?;
    if fs::read_to_string(server.path())?.contains("no data") {
        return Err("what the second window had was written over the first".into());
    }
    other.until("document.getElementById('correct').open")?;
    other.check(
        "the form holds what was written into it, and says why it is there again",
        "['replace', 'reason'].map((name) => document.getElementById('correct-form').elements.namedItem(name).value).join() === 'no data,as was said' && document.getElementById('effect').textContent.includes('nothing was written')",
    )?;
    other.run("document.getElementById('write').click()")?;
    other.until("document.getElementById('effect').textContent.includes('does not apply')")?;
    one.clean()
}
