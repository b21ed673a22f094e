//! `cargo xtask bench-peers`: how long `validate` and other validators of JSON Schema take for the same documents.
//!
//! Whole processes are measured, in the same run, on a thousand documents that are made from those of the fixtures. The
//! peers are installed under `target/peers` by their own installers; one that cannot be had is left out, and told. The
//! table is `fixtures/peers.md`: times are of the machine that wrote it, so that no test compares them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rapporteur_model::VERSIONS;
use serde_json::Value;

use crate::Result;

/// The editions whose documents are multiplied.
const NAMES: &[&str] = &["vmc2017", "vmc2021", "vmc2024"];

/// What `cargo xtask bench-peers` takes.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// How many documents are made
    #[arg(long, value_name = "N", default_value_t = 1000)]
    documents: usize,
    /// How often each is run
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,
}

/// A program, and how it is told to validate all documents.
struct Contestant {
    name: String,
    command: Box<dyn Fn() -> Command>,
    times: Vec<Duration>,
}

/// Measures, prints the table and writes it.
///
/// # Errors
/// Where the tool cannot be built, a document cannot be written, or a program does not find all documents valid.
pub fn run(options: &Options) -> Result<()> {
    let folder = root().join("target/peers");
    let files = documents(&folder.join("documents"), options.documents)?;
    let bytes =
        files.iter().map(|file| Ok(fs::metadata(folder.join("documents").join(file))?.len())).sum::<Result<u64>>()?;
    let schema = root().join("schema").join(VERSIONS.file(VERSIONS.today));
    let mut contestants = ours(&folder, &files)?;
    // where the system tells it: how many programs want to run already
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned();
    for peer in [check_jsonschema, ajv_cli, jsonschema_cli] {
        match peer(&folder, &schema, &files) {
            Ok(peer) => contestants.push(peer),
            Err(error) => eprintln!("left out: {error}"),
        }
    }
    for contestant in &mut contestants {
        // the first run finds no file in the memory of the system, and is not counted
        time(contestant)?;
    }
    for round in 1..=options.runs {
        eprintln!("round {round} of {}", options.runs);
        for contestant in &mut contestants {
            let time = time(contestant)?;
            contestant.times.push(time);
        }
    }
    let page = page(&mut contestants, options, bytes, &load)?;
    fs::write(root().join("fixtures/peers.md"), &page)?;
    print!("{page}");
    Ok(())
}

/// Writes the documents into a folder, and gives their names. No two are the same, and all are sound in all layers: the
/// copies of an edition lack some of its quotes, captions and posts, to which nothing refers.
fn documents(folder: &Path, count: usize) -> Result<Vec<String>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut files = Vec::new();
    for number in 0..count {
        let name = NAMES[number % NAMES.len()];
        let text = fs::read_to_string(root().join("fixtures").join(name).join("document.json"))?;
        let mut document: Value = serde_json::from_str(&text)?;
        let mut left = number / NAMES.len();
        for list in ["quotes", "captions", "posts", "figures"] {
            let items = document[list].as_array_mut().ok_or("the document has no such list")?;
            let lost = left % (items.len() + 1);
            left /= items.len() + 1;
            items.truncate(items.len() - lost);
        }
        for source in document["sources"].as_array_mut().into_iter().flatten() {
            source["path"] = format!("{name}/{}", source["path"].as_str().unwrap_or_default()).into();
        }
        let file = format!("{number:04}.json");
        fs::write(folder.join(&file), serde_json::to_string_pretty(&document)? + "\n")?;
        files.push(file);
    }
    Ok(files)
}

fn ours(folder: &Path, files: &[String]) -> Result<Vec<Contestant>> {
    succeeds(Command::new(env!("CARGO")).args(["build", "--release", "--package", "rapporteur"]).current_dir(root()))?;
    let program = root().join("target/release/rapporteur");
    let sources = root().join("fixtures").to_string_lossy().into_owned();
    let with = |name: &str, args: &[&str], threads: Option<usize>| {
        let (folder, program, files) = (folder.join("documents"), program.clone(), files.to_owned());
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let command = move || {
            let mut command = Command::new(&program);
            command.arg("validate").args(&args).args(&files).current_dir(&folder);
            command.envs(threads.map(|threads| ("RAYON_NUM_THREADS", threads.to_string())));
            command
        };
        let name = format!("rapporteur {}, {name}", env!("CARGO_PKG_VERSION"));
        Contestant { name, command: Box::new(command), times: Vec::new() }
    };
    let texts = ["--sources", sources.as_str()];
    Ok(vec![
        with("schema only", &["--schema-only"], None),
        with("schema and rules", &[], None),
        with("all layers, with the texts", &texts, None),
        with("schema only, one thread", &["--schema-only"], Some(1)),
        with("all layers, one thread", &texts, Some(1)),
    ])
}

fn check_jsonschema(folder: &Path, schema: &Path, files: &[String]) -> Result<Contestant> {
    let home = folder.join("python");
    let program = home.join("bin/check-jsonschema");
    if !program.exists() {
        succeeds(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
        succeeds(Command::new(home.join("bin/pip")).args(["install", "--quiet", "check-jsonschema"]))?;
    }
    let name = printed(Command::new(&program).arg("--version"))?.replace(", version", "");
    Ok(peer(name, &program, folder, vec!["--schemafile".into(), schema.into()], files, &[]))
}

fn ajv_cli(folder: &Path, schema: &Path, files: &[String]) -> Result<Contestant> {
    let home = folder.join("npm");
    let program = home.join("node_modules/.bin/ajv");
    if !program.exists() {
        succeeds(Command::new("npm").arg("--prefix").arg(&home).args([
            "install",
            "--no-audit",
            "--no-fund",
            "ajv-cli",
        ]))?;
    }
    let version = |package: &str| -> Result<String> {
        let about = fs::read_to_string(home.join("node_modules").join(package).join("package.json"))?;
        Ok(serde_json::from_str::<Value>(&about)?["version"].as_str().unwrap_or_default().to_owned())
    };
    let name = format!("ajv-cli {} (ajv {})", version("ajv-cli")?, version("ajv")?);
    // it knows no formats such as `uint`, which the schema has beside a minimum that says the same
    let args = ["validate", "--spec=draft2020", "--strict=false", "--validate-formats=false", "-s"];
    let args = args.iter().map(PathBuf::from).chain([schema.to_owned()]).collect();
    Ok(peer(name, &program, folder, args, files, &["-d"]))
}

fn jsonschema_cli(folder: &Path, schema: &Path, files: &[String]) -> Result<Contestant> {
    let home = folder.join("rust");
    let program = home.join("bin/jsonschema-cli");
    if !program.exists() {
        let mut install = Command::new(env!("CARGO"));
        succeeds(install.args(["install", "--quiet", "--locked", "jsonschema-cli", "--root"]).arg(&home))?;
    }
    let name = printed(Command::new(&program).arg("--version"))?;
    Ok(peer(name, &program, folder, vec!["validate".into(), schema.into()], files, &["-i"]))
}

/// A peer whose arguments end in the documents, each behind `before`.
fn peer(
    name: String,
    program: &Path,
    folder: &Path,
    args: Vec<PathBuf>,
    files: &[String],
    before: &[&str],
) -> Contestant {
    let (program, folder) = (program.to_owned(), folder.join("documents"));
    let files: Vec<String> =
        files.iter().flat_map(|file| before.iter().copied().chain([file.as_str()])).map(str::to_owned).collect();
    let command = move || {
        let mut command = Command::new(&program);
        command.args(&args).args(&files).current_dir(&folder);
        command
    };
    Contestant { name, command: Box::new(command), times: Vec::new() }
}

fn time(contestant: &Contestant) -> Result<Duration> {
    let mut command = (contestant.command)();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status()?;
    let time = start.elapsed();
    if status.success() {
        Ok(time)
    } else {
        Err(format!("{} does not find all documents valid", contestant.name).into())
    }
}

fn page(contestants: &mut [Contestant], options: &Options, bytes: u64, load: &str) -> Result<String> {
    contestants.iter_mut().for_each(|contestant| contestant.times.sort_unstable());
    let median = |contestant: &Contestant| contestant.times[contestant.times.len() / 2].as_secs_f64();
    let cores = thread::available_parallelism()?;
    let mut page = format!(
        "\
# Peers

<!-- Written by `cargo xtask bench-peers`. -->

How long it takes to validate {} documents ({:.0} MB) in one call: the wall time of whole processes, {} runs of each, one
after the other in turn, on a machine with {cores} processors and a load of {load} before it began: above that number of
processors the times are longer than on a machine that does nothing else, and the ratios are what counts. They are those of
the medians. The documents are made from those of the fixtures, and all are valid.

| program | median, s | fastest, s | to our schema layer | to all our layers |
| --- | ---: | ---: | ---: | ---: |
",
        options.documents,
        bytes as f64 / 1e6,
        options.runs,
    );
    let (schema, all) = (median(&contestants[0]), median(&contestants[2]));
    for contestant in &*contestants {
        let _ = writeln!(
            page,
            "| {} | {:.3} | {:.3} | {:.1} | {:.1} |",
            contestant.name,
            median(contestant),
            contestant.times[0].as_secs_f64(),
            median(contestant) / schema,
            median(contestant) / all,
        );
    }
    Ok(page)
}

fn succeeds(command: &mut Command) -> Result<()> {
    let status = command.stdin(Stdio::null()).status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}").into()) }
}

fn printed(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
