//! The program.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Replay makes and drops small parts of states all the time; the system's allocator takes a quarter of a run for it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == transmigrate::js::ARGUMENT) {
        return transmigrate::js::serve();
    }
    transmigrate::cli::run()
}
