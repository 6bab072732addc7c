//! The program.

use std::process::ExitCode;

fn main() -> ExitCode {
    transmigrate::cli::run()
}
