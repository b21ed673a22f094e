//! The page of a real report, as its readers use it.

use std::fs;
use std::process::Command;

use crate::page::Page;
use crate::{Result, Setting, Test};

pub const TESTS: &[Test] = &[
    ("a long report opens in under a second, in under 3 MB, and scrolls smoothly", opens),
    ("a click on any quote marks its text", quotes),
    ("a click on the text shows what was read there", text),
    ("all places of a value are marked, and keys go through them", places),
    ("findings, inferred values and unread text are walked by keyboard", walks),
    ("lines are walked by keyboard", lines),
    ("filters leave what was asked for, and what leads to hidden things shows them", filters),
    ("search finds on both sides", search),
    ("links lead into the page, back and forward", links),
    ("what was corrected says so, and is walked by keyboard", corrected),
    ("light and dark, keys, narrow windows and paper", looks),
];

/// Only letters and digits count: the text has breaks and hyphens that the value has not.
const LETTERS: &str = "const letters = (it) => it.normalize('NFKC').toLowerCase().replace(/[^\\p{L}\\p{N}]/gu, '');";

fn opens(setting: &Setting) -> Result {
    let path = setting.report()?;
    let size = fs::metadata(&path)?.len();
    let page = setting.open_report("")?;
    let timing = "performance.getEntriesByType('navigation')[0]";
    let load = page.number(&format!("{timing}.loadEventEnd"))?;
    let paint = page.number("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1")?;
    let frames = page.eval(
        "new Promise((done) => { const pane = document.getElementById('text'); const times = []; let last = performance.now();
           const step = (now) => { times.push(now - last); last = now; pane.scrollTop += 400;
             if (times.length < 150 && pane.scrollTop + pane.clientHeight < pane.scrollHeight) requestAnimationFrame(step);
             else { times.sort((a, b) => a - b); done([times.length, times[times.length >> 1], times[Math.floor(times.length * .95)]]); } };
           requestAnimationFrame(step); })",
    )?;
    println!(
        "      {} KB; loaded in {load:.0} ms, painted after {paint:.0} ms; {} frames of scrolling: median {:.0} ms, 95 % under {:.0} ms",
        size / 1000,
        frames[0],
        frames[1].as_f64().unwrap_or(f64::NAN),
        frames[2].as_f64().unwrap_or(f64::NAN)
    );
    if size > 3_000_000 || load > 1000.0 || frames[1].as_f64().is_none_or(|median| median > 34.0) {
        return Err("too big or too slow".into());
    }
    page.clean()
}

fn quotes(setting: &Setting) -> Result {
    let page = setting.open_report("")?;
    page.click("document.querySelector('.quote .says .w')")?;
    let same = format!(
        "(() => {{ {LETTERS} const on = [...document.querySelectorAll('#text .s.on')].map((it) => it.textContent).join('');
           return letters(on) === letters(document.querySelector('.quote .says .w').textContent) && on.length > 50; }})()"
    );
    page.check("the text of the quote is marked", &same)?;
    page.check("it is in view", "(() => { const box = document.querySelector('.s.here').getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight; })()")?;
    page.check("it is told", "document.getElementById('status').textContent.startsWith('text of quote')")?;
    // every other one too
    let differing = page.eval(&format!(
        "(() => {{ {LETTERS} return [...document.querySelectorAll('.quote .says .v')].filter((quote) => {{ quote.click();
           const on = [...document.querySelectorAll('#text .s.on')].map((it) => it.textContent).join('');
           return letters(on) !== letters(quote.querySelector('.w').textContent); }}).map((it) => it.id); }})()"
    ))?;
    let count = page.number("document.querySelectorAll('.quote .says .v[data-mark]').length")?;
    if differing.as_array().is_none_or(|it| !it.is_empty()) || count < 30.0 {
        return Err(format!("of {count} quotes, other text is marked for {differing}").into());
    }
    page.clean()
}

fn text(setting: &Setting) -> Result {
    let page = setting.open_report("")?;
    page.click("[...document.querySelectorAll('#text .is-quote .s')].at(3)")?;
    page.check("the quote is shown", "document.querySelector('#document .v.on')?.closest('.quote.current') !== null")?;
    page.check("with its text", "document.querySelector('#text .s.on') !== null")?;
    page.check("in view", "(() => { const box = document.querySelector('#document .v.on').getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight; })()")?;
    page.clean()
}

fn places(setting: &Setting) -> Result {
    let page = setting.open_report("")?;
    page.run("const it = [...document.querySelectorAll('.running .v')].find((it) => Number(it.dataset.places) > 1); it.querySelector('.at').focus(); window.joined = it;")?;
    page.keys(&["Enter"])?;
    page.check("the value is marked", "joined.matches('.on')")?;
    let here = "[...document.querySelectorAll('.here')].map((it) => it.closest('.line').id).join()";
    let first = page.text(here)?;
    page.keys(&["."])?;
    let second = page.text(here)?;
    page.check("the place is told", "/^place 2 of/.test(document.getElementById('status').textContent)")?;
    page.keys(&[","])?;
    if first == second || first != page.text(here)? || first.is_empty() {
        return Err(format!("places: {first}, then {second}").into());
    }
    page.check("all are marked", "new Set([...document.querySelectorAll('#text .s.on')].flatMap((it) => it.dataset.m.split(' ')).filter((it) => it.startsWith(joined.dataset.mark + '.'))).size === Number(joined.dataset.places)")?;
    page.clean()
}

fn walks(setting: &Setting) -> Result {
    let page = setting.open_report("")?;
    page.keys(&["n"])?;
    page.check("the first finding", "document.activeElement === document.querySelectorAll('.finding')[0] && document.activeElement.matches('.current')")?;
    page.check("its text is marked", "document.querySelector('#text .s.on.here') !== null")?;
    page.keys(&["n", "n", "p"])?;
    page.check("the second finding", "document.activeElement === document.querySelectorAll('.finding')[1]")?;
    page.check("it is told", "/^2 of \\d+, finding: /.test(document.getElementById('status').textContent)")?;
    page.keys(&["i"])?;
    page.check(
        "an inferred value",
        "document.querySelector('.v.inferred.on, .v.inferred:focus, .current .v.inferred') !== null",
    )?;
    page.keys(&["i", "I", "I"])?;
    page.check(
        "its reason is there",
        "document.querySelector('.current .v.inferred .note').textContent.startsWith('inferred')",
    )?;
    page.keys(&["u"])?;
    page.check("unread text, or that there is none", "document.activeElement.matches('.is-unread') || document.getElementById('status').textContent === 'all of the text was read'")?;
    page.keys(&["Escape"])?;
    page.check("nothing is marked", "document.querySelector('.on, .current') === null")?;
    page.clean()
}

fn lines(setting: &Setting) -> Result {
    let page = setting.open_report("")?;
    page.keys(&["s"])?;
    page.check("the first line", "document.activeElement.id === 'line-report-1'")?;
    page.keys(&["ArrowDown", "ArrowDown"])?;
    page.check(
        "the third line with text",
        "document.activeElement === [...document.querySelectorAll('.line:not(.blank)')][2]",
    )?;
    page.run("document.querySelector('.line.is-quote').focus()")?;
    page.keys(&["Enter"])?;
    page.check(
        "what was read there",
        "document.querySelector('#document .v.on') !== null && document.activeElement.matches('.line')",
    )?;
    page.keys(&["s"])?;
    page.check("the other side", "document.activeElement.matches('.quote')")?;
    page.clean()
}

fn filters(setting: &Setting) -> Result {
    let page = setting.open_report("")?;
    let choose = |id: &str, value: &str| {
        page.run(&format!(
            "const it = document.getElementById('{id}'); it.value = '{value}'; it.dispatchEvent(new Event('change'));"
        ))
    };
    let seen =
        |selector: &str| format!("[...document.querySelectorAll('{selector}')].filter((it) => it.checkVisibility())");
    choose("filter-label", "quote")?;
    page.check(
        "lines of quotes only",
        &format!("{0}.length > 10 && {0}.every((it) => it.dataset.label === 'quote')", seen("#text .line")),
    )?;
    choose("filter-kind", "quotes")?;
    page.check("quotes only", &format!("{0}.length === 1 && {0}[0].id === 'quotes'", seen("#document .part")))?;
    choose("filter-kind", "")?;
    choose("filter-severity", "advice")?;
    page.check(
        "advice only",
        &format!("{0}.length > 3 && {0}.every((it) => it.matches('.advice'))", seen("#document .finding")),
    )?;
    page.keys(&["n"])?;
    page.check("walks obey", "document.activeElement.matches('.finding.advice')")?;
    choose("filter-kind", "sessions")?;
    page.run("document.querySelector('.is-quote .s').click()")?;
    page.check("a hidden quote is shown", "document.getElementById('filter-kind').value === '' && document.querySelector('#document .v.on').checkVisibility()")?;
    page.clean()
}

fn search(setting: &Setting) -> Result {
    let page = setting.open_report("")?;
    page.keys(&["/"])?;
    page.check("the field", "document.activeElement.id === 'query'")?;
    let title = page.text("document.querySelector('.session h3 .w').textContent")?;
    page.tab.type_str(&title.to_uppercase())?;
    page.keys(&["Enter"])?;
    page.check("found", "/^1\\/\\d/.test(document.getElementById('found').textContent)")?;
    page.check("in the text first", &format!("document.querySelector('.found').matches('#text .line') && document.querySelector('.found').textContent.toUpperCase().includes({:?})", title.to_uppercase()))?;
    page.check(
        "all are highlighted",
        "CSS.highlights.get('sought').size === Number(document.getElementById('found').textContent.split('/')[1])",
    )?;
    page.keys(&["Enter"])?;
    page.check("the next", "document.getElementById('found').textContent.startsWith('2/')")?;
    page.run("document.getElementById('found-previous').click(); document.getElementById('found-previous').click();")?;
    page.check("the last, in the document", "document.querySelector('.found').matches('#document *')")?;
    page.keys(&["Escape"])?;
    page.run("document.getElementById('query').focus()")?;
    page.tab.type_str("(*+?")?;
    page.keys(&["Enter"])?;
    page.check("signs are signs", "document.getElementById('found').textContent === 'none'")?;
    page.clean()
}

fn links(setting: &Setting) -> Result {
    let quote = setting.open_report("")?.text("document.querySelector('.quote').id")?;
    let page = setting.open_report(&format!("#{quote}"))?;
    let current = |id: &str| format!("document.querySelector('.current')?.id === '{id}'");
    page.check("the quote of the address", &current(&quote))?;
    page.check("in view", "(() => { const box = document.querySelector('.current').getBoundingClientRect(); return box.top > 0 && box.top < innerHeight; })()")?;
    page.keys(&["n"])?;
    page.check("the address of a finding", "/^#finding-[a-z-]+-1$/.test(location.hash)")?;
    page.click("document.querySelector('#text .line:not(.blank) .t')")?;
    page.run("history.back()")?;
    page.until("/^#finding-/.test(location.hash) && document.querySelector('.finding.current') !== null")?;
    page.run("history.back()")?;
    page.until(&format!("location.hash === '#{quote}'"))?;
    page.until(&current(&quote))?;
    page.run("history.forward()")?;
    page.until("document.querySelector('.finding.current') !== null")?;
    page.clean()?;
    let page = setting.open_report("#line-takeaways-5")?;
    page.check("a line", "document.querySelector('.line.on').id === 'line-takeaways-5'")?;
    page.check("that is seen", "(() => { const box = document.querySelector('.line.on').getBoundingClientRect(); return box.top > 0 && box.top < innerHeight; })()")?;
    page.clean()?;
    // far down, behind parts whose heights are only estimated until they are seen
    let seen = |of: &str| {
        format!(
            "(() => {{ const box = {of}.getBoundingClientRect(); const pane = {of}.closest('.pane').getBoundingClientRect(); return box.top >= pane.top && box.bottom <= pane.bottom; }})()"
        )
    };
    let name = page.text("document.querySelector('.speaker:last-of-type h3 .v').id")?;
    let page = setting.open_report(&format!("#{name}"))?;
    page.until(&seen("document.querySelector('.v.on')"))?;
    page.until(&seen("document.querySelector('.s.here')"))?;
    let page = setting.open_report("#team")?;
    page.until(&seen("document.querySelector('#team > h2')"))?;
    page.check(
        "below the parts that stay in view",
        "document.querySelector('#team > h2').getBoundingClientRect().top >= document.querySelector('.contents').getBoundingClientRect().bottom",
    )?;
    page.clean()
}

fn corrected(setting: &Setting) -> Result {
    let folder = setting.harbour()?;
    let report = folder.path().join("report.txt");
    let correct = |args: &[&str]| -> Result {
        let mut command = Command::new(&setting.rapporteur);
        let output = command.arg("correct").arg(&report).args(args).args(["--reason", "as <b>on her card"]).output()?;
        if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into()) }
    };
    correct(&["text", "Ada Brnu", "Ada Brunn"])?;
    correct(&["value", "harbour-forum-2031", "venue", "Net Loft"])?;
    let path = setting.written("corrected", &[&report])?;
    let page = setting.chromium.open(&format!("file://{}", path.display()))?;
    page.keys(&["c"])?;
    page.check("a corrected value", "document.querySelector('.v.corrected.on') !== null && /^1 of \\d, venue of edition/.test(document.getElementById('status').textContent)")?;
    page.keys(&["c"])?;
    page.check("the next one", "document.querySelector('.v.corrected.on .w').textContent === 'Ada Brunn'")?;
    page.check(
        "its text is marked as it is printed",
        "[...document.querySelectorAll('#text .s.on.corrected')].map((it) => it.textContent).join('').includes('Ada Brnu')",
    )?;
    page.check(
        "with its reason",
        "document.querySelector('.v.corrected.on .note').textContent === 'corrected as <b>on her card'",
    )?;
    page.click("document.querySelector('.v.corrected.on .why')")?;
    page.check("its correction", "document.activeElement.matches('.correction.current')")?;
    page.clean()
}

/// Screenshots for the eye, and what can be checked of them.
fn looks(setting: &Setting) -> Result {
    let page = setting.open_report("")?;
    let wait = |page: &Page| {
        page.eval("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))").map(drop)
    };
    for (width, height) in [(1440, 900), (900, 1000), (390, 844)] {
        page.resize(width, height)?;
        for theme in ["light", "dark"] {
            page.emulate("", theme)?;
            for (name, element) in [
                ("top", "#edition .entity"),
                ("quote", ".quote"),
                ("session", ".session ~ .session .running .v"),
                ("finding", ".finding.warning"),
            ] {
                page.run(&format!(
                    "history.replaceState(null, '', '#' + document.querySelector('{element}').id); dispatchEvent(new PopStateEvent('popstate'));"
                ))?;
                wait(&page)?;
                page.screenshot(&setting.out.join(format!("{name}-{width}-{theme}.png")))?;
            }
            page.check(
                "what is told covers nothing",
                "document.getElementById('status').textContent !== '' && document.getElementById('status').getBoundingClientRect().top >= document.querySelector('main').getBoundingClientRect().bottom",
            )?;
            page.check("nothing is wider than the window", "document.documentElement.scrollWidth <= innerWidth && document.getElementById('document').scrollWidth <= document.getElementById('document').clientWidth + 1")?;
        }
    }
    page.check(
        "one side at a time",
        "!document.getElementById('text').checkVisibility() && document.getElementById('document').checkVisibility()",
    )?;
    page.run("document.querySelector('[data-to-pane=text]').click()")?;
    page.check(
        "the other side",
        "document.getElementById('text').checkVisibility() && !document.getElementById('document').checkVisibility()",
    )?;
    page.screenshot(&setting.out.join("text-390-dark.png"))?;
    page.resize(1440, 900)?;
    page.emulate("", "dark")?;
    page.run("document.getElementById('theme').click()")?;
    page.check("light by the switch", "getComputedStyle(document.body).backgroundColor === 'rgb(250, 249, 246)'")?;
    page.keys(&["?"])?;
    page.check("the keys", "document.getElementById('keys').open")?;
    page.screenshot(&setting.out.join("keys-1440-light.png"))?;
    page.run("document.getElementById('keys-close').click()")?;
    page.emulate("print", "light")?;
    // a sheet is as narrow as a phone, on which one side is shown
    for width in [1440, 700] {
        page.resize(width, 1000)?;
        page.check("on paper all is there", "['text', 'document'].every((id) => document.getElementById(id).checkVisibility()) && !document.querySelector('.tools').checkVisibility() && getComputedStyle(document.body).overflow === 'visible'")?;
        page.check(
            "the text stands behind the document",
            "document.getElementById('text').getBoundingClientRect().top >= document.getElementById('document').getBoundingClientRect().bottom",
        )?;
    }
    page.resize(1440, 900)?;
    page.emulate("", "light")?;
    let pdf = page.tab.print_to_pdf(None)?;
    fs::write(setting.out.join("print.pdf"), &pdf)?;
    if pdf.len() < 100_000 {
        return Err(format!("the print has {} bytes only", pdf.len()).into());
    }
    page.clean()
}
