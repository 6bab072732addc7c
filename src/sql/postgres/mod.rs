//! PostgreSQL in and out.

use crate::diag::Outcome;
use crate::ir::{Op, Script};
use crate::source::FileId;

/// Understands a script: every statement becomes one step or several, in order.
pub fn lower(_text: &str, _file: FileId) -> Outcome<Script> {
    Outcome { value: Script::default(), findings: Vec::new() }
}

/// The statement that says an operation, without the closing semicolon.
pub fn print(_op: &Op) -> String {
    String::new()
}
