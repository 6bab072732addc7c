//! How a run ends. The only place that knows the exit codes.

use super::arguments::{Arguments, Command, Format, Global};
use super::console::Console;
use super::document;
use crate::diag::{Finding, Level};
use crate::source::SourceTree;
use crate::tools::{Grounds, Place, Refusal};
use clap::Parser;
use std::process::ExitCode;

/// Work that was done.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// What it found.
    pub findings: Vec<Finding>,
    /// Whether it was a check that failed.
    pub check_failed: bool,
}

/// Work that could not be done.
#[derive(Debug)]
pub(super) enum Failure {
    /// There is no history to work on; why, and in which tree.
    NoHistory(Box<SourceTree>, Refusal),
    /// Something else; what.
    Message(String),
    /// It was said already, and the document with it.
    Said,
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Failure::Message(message)
    }
}

/// Says what is left to say, and gives the exit code.
pub(super) fn code(console: &mut Console, global: &Global, outcome: super::Outcome) -> ExitCode {
    let code = code_of(console, global, outcome);
    match console.unsaid.take() {
        Some(error) => {
            console.say(Level::Error, &format!("standard output cannot be written to: {error}"));
            ExitCode::from(2)
        }
        None => code,
    }
}

fn code_of(console: &mut Console, global: &Global, outcome: super::Outcome) -> ExitCode {
    match outcome {
        Ok(done) => {
            let level: Level = global.level.into();
            let found = done.check_failed || done.findings.iter().any(|finding| finding.level >= level);
            ExitCode::from(u8::from(found))
        }
        Err(failure) => {
            explain(console, global, failure);
            ExitCode::from(2)
        }
    }
}

fn explain(console: &mut Console, global: &Global, failure: Failure) {
    let (message, tree, refusal) = match failure {
        Failure::Said => return,
        Failure::Message(message) => (message, SourceTree::default(), None),
        Failure::NoHistory(tree, refusal) => {
            let message = refusal.findings.last().map(|finding| finding.message.clone()).unwrap_or_default();
            (message, *tree, Some(refusal))
        }
    };
    let Refusal { findings, places } = refusal.unwrap_or_else(|| Refusal { findings: Vec::new(), places: Vec::new() });
    let choices: Vec<String> = places.iter().map(|place| arguments(&tree, place, &places)).collect();
    if global.format == Format::Json {
        console.document(&document::failure(&message, &findings, &choices, &tree));
    } else if findings.is_empty() {
        console.say(Level::Error, &message);
    } else {
        console.findings(&findings, &tree);
    }
    if global.format != Format::Json {
        for choice in choices {
            console.note(&format!("    transmigrate {choice}"));
        }
    }
}

/// The arguments that choose a history, quoted for a shell where that is needed.
fn arguments(tree: &SourceTree, place: &Place, places: &[Place]) -> String {
    let (command, others) = match Arguments::try_parse().map(|arguments| arguments.command) {
        Ok(Command::Down(_)) => ("down", String::new()),
        Ok(Command::Verify(_)) => ("verify", String::new()),
        Ok(Command::Convert(asked)) => {
            ("convert", format!(" --to {} --out {}", quoted(&asked.to), quoted(&asked.out.display().to_string())))
        }
        _ => ("show", String::new()),
    };
    let path = tree.shown(&place.folder);
    let path = quoted(&path);
    let alone = |other: &Place| other.folder != place.folder || other.tool == place.tool;
    // What only looks like it, or is claimed by another tool too, is not chosen by its path alone.
    let from = match place.grounds > Grounds::Shape && places.iter().all(alone) {
        true => String::new(),
        false => format!(" --from {}", format!("{:?}", place.tool).to_lowercase()),
    };
    format!("{command} {path}{from}{others}")
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}
