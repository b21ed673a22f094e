//! `cargo xtask browser-test`: the review page in a real browser.
//!
//! The tests stand in `browser-test/`, a workspace of its own, since what drives a browser is large. What they need beside
//! a browser (the compiler that checks the page's script, and axe-core) is got with npm into `target/`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;

/// What npm installs: the checker of scripts, and the one of accessibility.
const PACKAGES: [&str; 2] = ["typescript@5.9.3", "axe-core@4.14.1"];
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// What `cargo xtask browser-test` is asked for; by default, to run all tests.
#[derive(Debug, Default, clap::Args)]
pub struct Options {
    /// Run only the tests whose names hold this
    name: Option<String>,
    /// Do without the packages of npm where they cannot be had
    #[arg(long)]
    without_npm: bool,
}

/// Builds the command, checks the page's scripts, and runs the tests.
///
/// # Errors
/// Where there is no browser, where npm cannot install, and where a test fails.
pub fn run(options: &Options) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |target| root.join(target));
    let folder = target.join("browser-test");
    let browser = browser().ok_or(
        "no browser was found: install Chromium (`apt-get install chromium`), or name one in the variable CHROMIUM",
    )?;
    let axe = match npm(&folder) {
        Ok(()) => Some(folder.join("node_modules/axe-core/axe.min.js")),
        Err(error) if options.without_npm => {
            println!("neither the script's types nor accessibility are looked at: {error}");
            None
        }
        Err(error) => return Err(error),
    };
    if axe.is_some() {
        let compiler = folder.join("node_modules/typescript/bin/tsc");
        let strict = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--noUncheckedIndexedAccess"];
        let language = ["--target", "es2022", "--lib", "es2024,dom,dom.iterable"];
        let scripts = ["crates/review/assets/review.js", "crates/review/assets/correct.js"];
        done(Command::new("node").arg(compiler).args(strict).args(language).args(scripts).current_dir(root))?;
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    done(Command::new(&cargo).args(["build", "--locked", "-p", "rapporteur"]).current_dir(root))?;
    let mut tests = Command::new(&cargo);
    tests.args(["run", "--quiet", "--locked", "--manifest-path", "browser-test/Cargo.toml", "--"]);
    tests.args(&options.name).current_dir(root);
    tests.env("CARGO_TARGET_DIR", folder.join("build")).env("CHROMIUM", browser);
    tests.env("RAPPORTEUR", target.join("debug/rapporteur")).env("OUT", folder.join("out"));
    done(match axe {
        Some(axe) => tests.env("AXE", axe),
        None => tests.env_remove("AXE"),
    })
}

/// The browser that is there.
fn browser() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    BROWSERS.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()))
}

fn npm(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut install = Command::new("npm");
    install.args([
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--loglevel=error",
        "--prefix",
    ]);
    done(install.arg(folder).args(PACKAGES))
}

/// Runs a command; an error where it cannot be run or fails.
fn done(command: &mut Command) -> Result<()> {
    let name = Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| format!("{name} cannot be run: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{name} failed ({status})").into()) }
}
