//! PostgreSQL in and out.

mod print;

pub use print::{print, print_type, quote_identifier, quote_name};

use crate::diag::Outcome;
use crate::ir::Script;
use crate::source::FileId;

/// Understands a script: every statement becomes one step or several, in order.
pub fn lower(_text: &str, _file: FileId) -> Outcome<Script> {
    Outcome { value: Script::default(), findings: Vec::new() }
}

/// The arguments of a routine, from the text between its parentheses; `None` when that cannot be read.
pub fn arguments(_text: &str) -> Option<Vec<crate::ir::Argument>> {
    None
}
