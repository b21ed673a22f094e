//! Tests of the review page in Chromium: `cargo xtask browser-test`.
//!
//! The command is given by the environment: RAPPORTEUR names the program that writes the pages, CHROMIUM the browser, AXE
//! the script of axe-core, where it is there. Screenshots and pages go to the folder that OUT names. Run from the root of
//! the project.

mod accessibility;
mod hostile;
mod page;
mod pages;
mod review;
mod served;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use page::Chromium;

/// Anything that goes wrong, in words.
type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// A test: what it says of the page, and how it finds out.
type Test = (&'static str, fn(&Setting) -> Result);

/// What the tests run with.
struct Setting {
    rapporteur: PathBuf,
    out: PathBuf,
    axe: Option<PathBuf>,
    chromium: Chromium,
}

fn setting() -> Result<Setting> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).ok_or(format!("{name} is not set"));
    let out = variable("OUT")?;
    std::fs::create_dir_all(&out)?;
    let chromium = Chromium::new(variable("CHROMIUM")?)?;
    Ok(Setting { rapporteur: variable("RAPPORTEUR")?, out, axe: variable("AXE").ok(), chromium })
}

fn main() -> ExitCode {
    let setting = match setting() {
        Ok(setting) => setting,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    let only = std::env::args().nth(1).unwrap_or_default();
    let tests = [review::TESTS, hostile::TESTS, served::TESTS, accessibility::TESTS].concat();
    let mut failed = 0;
    for (name, test) in tests.iter().filter(|(name, _)| name.contains(&only)) {
        let started = Instant::now();
        match test(&setting) {
            Ok(()) => println!("ok    {name} ({:.1} s)", started.elapsed().as_secs_f32()),
            Err(error) => {
                failed += 1;
                println!("FAILED {name}\n      {error}");
            }
        }
    }
    println!("browser test: {failed} of {} failed; screenshots in {}", tests.len(), setting.out.display());
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
