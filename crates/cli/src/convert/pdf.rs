//! The text of a PDF file, by the command `pdftotext` of Poppler.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::{Converted, LIMIT, endless, within};
use crate::Problem;
use crate::input::{LONGEST, shown};

const COMMAND: &str = "pdftotext";
/// The text as it stands on the page, columns side by side. ARCHITECTURE.md says how well each mode is read.
const MODE: &str = "layout";

/// Has `pdftotext` write out the text. It reads a copy: the bytes may come from standard input, and a path that begins
/// with `-` would be an option.
pub(super) fn convert(path: &Path, bytes: &[u8]) -> Result<Converted, Problem> {
    let version = version().map_err(|error| no_command(&error))?;
    let copy = tempfile::Builder::new()
        .prefix("rapporteur-")
        .suffix(".pdf")
        .tempfile()
        .and_then(|mut file| file.write_all(bytes).map(|()| file.into_temp_path()))
        .map_err(|error| Problem {
            message: format!("cannot make a copy of {} for {COMMAND}: {error}", shown(path)),
            help: "The folder for temporary files is full or cannot be written to.".to_owned(),
        })?;
    let mut child = Command::new(COMMAND)
        .args(["-q", "-layout", "-enc", "UTF-8", "-eol", "unix"])
        .arg(&copy)
        .arg("-")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| no_command(&error))?;
    match output(&mut child) {
        Some(Ok(text)) if text.len() as u64 <= LONGEST => {
            if child.wait().is_ok_and(|status| status.success()) {
                Ok(Converted { text, name: COMMAND, version, mode: MODE })
            } else {
                Err(refused(path, bytes))
            }
        }
        ended => {
            let _ = child.kill();
            let _ = child.wait();
            Err(if ended.is_none() { endless(path) } else { refused(path, bytes) })
        }
    }
}

/// What the command prints, one byte more than the longest text at most; nothing where it takes too long.
fn output(child: &mut Child) -> Option<io::Result<Vec<u8>>> {
    let stdout = child.stdout.take()?;
    within(LIMIT, move || {
        let mut text = Vec::new();
        stdout.take(LONGEST + 1).read_to_end(&mut text).map(|_| text)
    })
}

/// The version that the command tells of itself: `22.12.0` of `pdftotext version 22.12.0`.
fn version() -> io::Result<Option<String>> {
    let told = Command::new(COMMAND).arg("-v").stdin(Stdio::null()).output()?;
    let told = String::from_utf8_lossy(&told.stderr);
    let mut words = told.lines().next().unwrap_or_default().split_whitespace();
    Ok(words.find(|&word| word == "version").and(words.next()).map(str::to_owned))
}

fn no_command(error: &io::Error) -> Problem {
    if error.kind() == ErrorKind::NotFound {
        return Problem {
            message: format!("PDF files are read with the command {COMMAND}, which is not installed"),
            help: "It is part of Poppler: `apt install poppler-utils` (Debian, Ubuntu), `dnf install poppler-utils` \
                   (Fedora), `brew install poppler` (macOS), `scoop install poppler` (Windows). Or give the text that \
                   another extractor gets out of the file."
                .to_owned(),
        };
    }
    Problem {
        message: format!("cannot run the command {COMMAND}: {error}"),
        help: format!("Does `{COMMAND} -v` work?"),
    }
}

/// Why the command could not read a file, in words of our own.
fn refused(path: &Path, bytes: &[u8]) -> Problem {
    // Stands in clear in every file that is encrypted, beside what says how.
    let encrypted = bytes.windows(8).any(|word| word == b"/Encrypt");
    let (reason, help) = if encrypted {
        (
            "it is protected by a password",
            "Save a copy without the password in a PDF viewer, or with `qpdf --decrypt --password=… report.pdf open.pdf`.",
        )
    } else {
        ("the PDF file is damaged", "Does a PDF viewer open it? Then print it to a new file; if not, get it anew.")
    };
    Problem { message: format!("cannot read {}: {reason}", shown(path)), help: help.to_owned() }
}
