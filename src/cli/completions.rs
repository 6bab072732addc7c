//! `completions`: a script for a shell.

use super::Outcome;
use super::arguments::Arguments;
use super::console::Console;
use super::exit::Done;
use clap::CommandFactory;

pub(super) fn run(console: &mut Console, shell: clap_complete::Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "transmigrate", &mut script);
    console.answer(&String::from_utf8_lossy(&script));
    Ok(Done::default())
}
