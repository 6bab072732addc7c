//! The command line: arguments in, text and JSON out, one place that decides the exit code. The only part that prints.

mod arguments;
mod completions;
mod console;
mod convert;
mod counts;
mod document;
mod down;
mod exit;
mod explain;
mod mermaid;
mod project;
mod schema;
mod show;
mod verify;

use crate::threads;
use arguments::{Arguments, Command};
use clap::Parser;
use console::Console;
use exit::{Done, Failure};
use std::panic::catch_unwind;
use std::process::ExitCode;

/// Runs the program with the process's own arguments and gives its exit code: 0 clean, 1 findings at or above the asked
/// level or a failed check, 2 could not do the work.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let unsaid = error.print().is_err_and(|error| error.kind() != std::io::ErrorKind::BrokenPipe);
            return ExitCode::from(if error.use_stderr() || unsaid { 2 } else { 0 });
        }
    };
    let Some(pool) = threads::pool() else {
        eprintln!("error: the system gives no thread to work on");
        return ExitCode::from(2);
    };
    // A panic has been reported by its own message.
    pool.install(|| catch_unwind(|| work(&arguments))).unwrap_or(ExitCode::from(2))
}

fn work(arguments: &Arguments) -> ExitCode {
    let mut console = Console::new(&arguments.global);
    let outcome = match &arguments.command {
        Command::Show(show) => show::run(&mut console, &arguments.global, show),
        Command::Down(down) => down::run(&mut console, &arguments.global, down),
        Command::Convert(convert) => convert::run(&mut console, &arguments.global, convert),
        Command::Verify(verify) => verify::run(&mut console, &arguments.global, verify),
        Command::Targets => convert::targets(&mut console, &arguments.global),
        Command::Templates { export } => convert::templates(&mut console, &arguments.global, export),
        Command::Explain { code } => explain::run(&mut console, &arguments.global, code.as_deref()),
        Command::Completions { shell } => completions::run(&mut console, &arguments.global, *shell),
    };
    exit::code(&mut console, &arguments.global, outcome)
}

/// What a command comes to.
type Outcome = Result<Done, Failure>;
