//! Standard output and standard error. A reader that went away is no error: what it did not want is not said.

use super::arguments::{Colour, Format, Global};
use crate::diag::{Finding, Level, Style, plain, render, title};
use crate::source::SourceTree;
use std::io::{ErrorKind, IsTerminal, Write};

/// Where a run prints to.
pub(super) struct Console {
    style: Style,
    format: Format,
    level: Level,
    /// Why the answer did not get out, if it did not.
    pub(super) unsaid: Option<std::io::Error>,
}

impl Console {
    pub(super) fn new(global: &Global) -> Self {
        let coloured = match global.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                let asked_not_to = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                !asked_not_to && std::io::stderr().is_terminal()
            }
        };
        let style = if coloured { Style::Coloured } else { Style::Plain };
        Console { style, format: global.format, level: global.level.into(), unsaid: None }
    }

    /// The answer, on standard output.
    pub(super) fn answer(&mut self, text: &str) {
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => self.unsaid = Some(error),
            Ok(()) | Err(_) => {}
        }
    }

    /// A document, on standard output, in JSON.
    pub(super) fn document(&mut self, document: &impl serde::Serialize) {
        match serde_json::to_string_pretty(document) {
            Ok(text) => self.answer(&format!("{text}\n")),
            Err(error) => self.say(Level::Error, &format!("the document cannot be written: {error}")),
        }
    }

    /// A line for people, on standard error.
    pub(super) fn note(&mut self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// A message for people that is about no file, on standard error; the lines behind its first one are its details.
    pub(super) fn say(&mut self, level: Level, message: &str) {
        let mut lines = message.trim_end().lines();
        self.note(&title(level, lines.next().unwrap_or_default(), self.style));
        lines.for_each(|line| self.note(&plain(line)));
    }

    /// Findings for people, on standard error; in JSON they are part of the document instead. Those below warnings are
    /// counted and not shown, unless they were asked for.
    pub(super) fn findings(&mut self, findings: &[Finding], tree: &SourceTree) {
        if self.format == Format::Json {
            return;
        }
        let lowest = self.level.min(Level::Warning);
        let (shown, hidden): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(|one| one.level >= lowest);
        let mut text = String::new();
        for finding in &shown {
            text.push_str(&render(finding, tree, self.style));
            text.push_str("\n\n");
        }
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
        if !hidden.is_empty() {
            let count = hidden.len();
            let what = if count == 1 { "finding" } else { "findings" };
            self.note(&format!("{count} {what} of level info not shown; --level info shows them"));
        }
    }
}
