//! A finding as a value, and a value that comes with findings.

use crate::source::Span;
use serde::Serialize;

/// How much a finding weighs; ordered, so that a threshold is a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; nothing is wrong.
    Info,
    /// Something that may surprise.
    Warning,
    /// Something that is wrong, or that could not be done.
    Error,
}

/// One thing that the program has to say about its input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its code, such as `R012`; `explain CODE` tells more.
    pub code: &'static str,
    /// Its weight.
    pub level: Level,
    /// The place; `None` when it is about the whole history.
    pub at: Option<Span>,
    /// What is so, with the names; lower case, no full stop.
    pub message: String,
    /// What it leads to; `None` when the message says it all.
    pub why: Option<String>,
    /// What to do, imperative.
    pub help: Option<String>,
}

impl Finding {
    /// A finding with its code, weight, place and message.
    pub fn new(code: &'static str, level: Level, at: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Finding { code, level, at: at.into(), message: message.into(), why: None, help: None }
    }

    /// The same with what it leads to.
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// The same with what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A value, and what there is to say about how it came to be.
#[must_use]
#[derive(Clone, Debug)]
pub struct Outcome<T> {
    /// The value; always there, as whole as the input allowed.
    pub value: T,
    /// The findings, in the order in which they were made.
    pub findings: Vec<Finding>,
}
