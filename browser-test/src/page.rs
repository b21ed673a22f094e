//! A page in the browser: what it shows and what is done to it. Whatever goes wrong on it is collected.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use headless_chrome::browser::tab::{ModifierKey, point::Point};
use headless_chrome::protocol::cdp::types::Event;
use headless_chrome::protocol::cdp::{Emulation, Network, Page as Cdp};
use headless_chrome::{Browser, LaunchOptions, Tab};
use serde_json::Value;

use crate::Result;

/// The browser, with an empty profile.
pub struct Chromium {
    browser: Browser,
    // removed when the browser has ended
    _profile: tempfile::TempDir,
}

impl Chromium {
    pub fn new(path: PathBuf) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let args = [
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
        ];
        let options = LaunchOptions::default_builder()
            .path(Some(path))
            .sandbox(false)
            .window_size(Some((1440, 900)))
            .user_data_dir(Some(profile.path().to_owned()))
            .idle_browser_timeout(Duration::from_secs(120))
            .args(args.iter().map(OsStr::new).collect())
            .build()?;
        Ok(Self { browser: Browser::new(options)?, _profile: profile })
    }

    /// Opens an address in a new tab and waits until the page's script has run.
    pub fn open(&self, url: &str) -> Result<Page> {
        let tab = self.browser.new_tab()?;
        tab.set_default_timeout(Duration::from_secs(30));
        let faults: Arc<Mutex<Vec<String>>> = Arc::default();
        let (seen, base) = (faults.clone(), url.split('#').next().unwrap_or(url).to_owned());
        tab.enable_log()?.enable_runtime()?;
        tab.call_method(Network::Enable {
            max_total_buffer_size: None,
            max_resource_buffer_size: None,
            max_post_data_size: None,
            report_direct_socket_traffic: None,
            enable_durable_messages: None,
        })?;
        tab.add_event_listener(Arc::new(move |event: &Event| {
            let fault = match event {
                Event::LogEntryAdded(event) => Some(format!("log: {}", event.params.entry.text)),
                Event::RuntimeExceptionThrown(event) => {
                    Some(format!("exception: {:?}", event.params.exception_details))
                }
                Event::RuntimeConsoleAPICalled(event) => Some(format!("console: {:?}", event.params.args)),
                Event::PageJavascriptDialogOpening(event) => Some(format!("dialog: {}", event.params.message)),
                Event::NetworkRequestWillBeSent(event) => {
                    let url = &event.params.request.url;
                    // a page that is served asks its own server
                    let is_served = base.starts_with("http:") && url.starts_with(base.as_str());
                    let own = is_served || url.split('#').next() == Some(base.as_str()) || url == "about:blank";
                    (!own).then(|| format!("request: {url}"))
                }
                _ => None,
            };
            seen.lock().expect("nothing panics with the lock").extend(fault);
        }))?;
        let page = Page { tab, faults };
        page.light()?;
        page.tab.navigate_to(url)?.wait_until_navigated()?;
        page.until("document.documentElement.dataset.ready === ''")?;
        Ok(page)
    }
}

/// A page that is open.
pub struct Page {
    pub tab: Arc<Tab>,
    faults: Arc<Mutex<Vec<String>>>,
}

impl Page {
    /// The value of an expression, as JSON.
    pub fn eval(&self, expression: &str) -> Result<Value> {
        let wrapped = format!("(async () => JSON.stringify((await ({expression})) ?? null))()");
        let result = self.tab.evaluate(&wrapped, true)?;
        let json = result.value.ok_or_else(|| format!("no value: {expression}: {:?}", result.description))?;
        Ok(serde_json::from_str(json.as_str().unwrap_or("null"))?)
    }

    pub fn text(&self, expression: &str) -> Result<String> {
        let value = self.eval(expression)?;
        Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }

    pub fn number(&self, expression: &str) -> Result<f64> {
        self.eval(expression)?.as_f64().ok_or_else(|| format!("no number: {expression}").into())
    }

    /// Runs statements.
    pub fn run(&self, statements: &str) -> Result {
        self.eval(&format!("(() => {{ {statements} }})()")).map(drop)
    }

    /// Fails where an expression is not true.
    pub fn check(&self, what: &str, expression: &str) -> Result {
        match self.eval(expression)? {
            Value::Bool(true) => Ok(()),
            other => Err(format!("{what}: {expression} is {other}").into()),
        }
    }

    /// Waits until an expression is true.
    pub fn until(&self, expression: &str) -> Result {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(15) {
            if self.eval(expression).is_ok_and(|value| value == Value::Bool(true)) {
                return Ok(());
            }
            sleep(Duration::from_millis(25));
        }
        Err(format!("this never came: {expression}").into())
    }

    /// Presses keys, one after the other: `n`, `Enter`, `?`.
    pub fn keys(&self, keys: &[&str]) -> Result {
        for key in keys {
            let is_shifted = key.len() == 1 && key.chars().all(|c| c.is_ascii_uppercase());
            let modifiers: &[ModifierKey] = if is_shifted { &[ModifierKey::Shift] } else { &[] };
            self.tab.press_key_with_modifiers(key, Some(modifiers))?;
        }
        Ok(())
    }

    /// Clicks the beginning of the element that an expression gives, with the mouse.
    pub fn click(&self, element: &str) -> Result {
        // what is above it may get its real height only now: as often as it moves
        let place = self.eval(&format!(
            "(async (it) => {{ const frame = () => new Promise((done) => requestAnimationFrame(done)); let last = '';
               for (let turn = 0; turn < 20; turn++) {{
                 it.scrollIntoView({{ block: 'center', behavior: 'instant' }}); await frame(); await frame();
                 const [box] = it.getClientRects(); const now = `${{box.x}} ${{box.y}}`;
                 if (now === last) return [box.x + Math.min(8, box.width / 2), box.y + box.height / 2];
                 last = now; }} }})({element})"
        ))?;
        let coordinate = |index: usize| place[index].as_f64().ok_or(format!("no such element: {element}"));
        self.tab.click_point(Point { x: coordinate(0)?, y: coordinate(1)? })?;
        Ok(())
    }

    /// As wide and high as a window.
    pub fn resize(&self, width: u32, height: u32) -> Result {
        self.tab.call_method(Emulation::SetDeviceMetricsOverride {
            width,
            height,
            device_scale_factor: 1.0,
            mobile: false,
            ..metrics()
        })?;
        Ok(())
    }

    pub fn light(&self) -> Result {
        self.emulate("", "light")
    }

    pub fn emulate(&self, media: &str, colours: &str) -> Result {
        let feature =
            |name: &str, value: &str| Emulation::MediaFeature { name: name.to_owned(), value: value.to_owned() };
        let features = vec![feature("prefers-color-scheme", colours), feature("prefers-reduced-motion", "reduce")];
        self.tab
            .call_method(Emulation::SetEmulatedMedia { media: Some(media.to_owned()), features: Some(features) })?;
        Ok(())
    }

    pub fn screenshot(&self, path: &Path) -> Result {
        // what is told fades after a while: as it is now
        let image = self.tab.capture_screenshot(Cdp::CaptureScreenshotFormatOption::Png, None, None, true)?;
        std::fs::write(path, image)?;
        Ok(())
    }

    /// Fails where anything went wrong on the page: errors, dialogs, requests, what its policy forbids.
    pub fn clean(&self) -> Result {
        let faults = self.faults.lock().expect("nothing panics with the lock");
        if faults.is_empty() { Ok(()) } else { Err(faults.join("\n      ").into()) }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.tab.close(false);
    }
}

fn metrics() -> Emulation::SetDeviceMetricsOverride {
    serde_json::from_value(serde_json::json!({ "width": 0, "height": 0, "deviceScaleFactor": 1, "mobile": false }))
        .expect("all other fields are optional")
}
