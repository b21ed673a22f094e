//! The command `rapporteur`; everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    rapporteur::run()
}
