//! `completions`: a script for a shell.

use super::Outcome;
use super::arguments::{Arguments, Format, Global};
use super::console::Console;
use super::exit::{Done, Failure};
use clap::CommandFactory;

pub(super) fn run(console: &mut Console, global: &Global, shell: clap_complete::Shell) -> Outcome {
    if global.format != Format::Text {
        return Err(Failure::Message("a script for a shell has no other format than text".into()));
    }
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "transmigrate", &mut script);
    console.answer(&String::from_utf8_lossy(&script));
    Ok(Done::default())
}
