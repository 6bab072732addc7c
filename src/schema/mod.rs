//! The state that a history has built.

use crate::diag::Outcome;
use crate::ir::{History, Op};

/// Every object that exists at one point of a history.
#[derive(Clone, Debug, Default)]
pub struct Schema {}

impl Schema {
    /// The operations that build this schema on an empty database, in an order that works.
    pub fn to_ops(&self) -> Vec<Op> {
        Vec::new()
    }
}

/// The schema after the first `count` migrations.
pub fn replay(_history: &History, _count: usize) -> Outcome<Schema> {
    Outcome { value: Schema::default(), findings: Vec::new() }
}
