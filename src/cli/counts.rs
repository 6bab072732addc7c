//! What the summaries count.

use crate::diag::{Finding, Level};
use crate::ir::{Down, Grade, History, Op, Step};
use crate::tools::DownPlan;
use serde::Serialize;

/// The summary of `show --format json`; the shape is part of what scripts rely on.
#[derive(Debug, Default, Serialize)]
pub(super) struct Summary {
    pub migrations: usize,
    pub steps: Steps,
    pub downs: Downs,
    pub findings: Levels,
}

/// The ups' steps.
#[derive(Debug, Default, Serialize)]
pub(super) struct Steps {
    pub typed: usize,
    pub sql: usize,
    pub code: usize,
}

/// The downs that are there, and the grades of those that would be made for the missing and empty ones. One that cannot be
/// written, or is meant to be empty, would not be made and has no grade here.
#[derive(Debug, Default, Serialize)]
pub(super) struct Downs {
    pub written: usize,
    pub empty: usize,
    pub missing: usize,
    pub exact: usize,
    pub schema_only: usize,
    pub refused: usize,
}

/// Findings by level.
#[derive(Debug, Default, Serialize)]
pub(super) struct Levels {
    pub error: usize,
    pub warning: usize,
    pub info: usize,
}

impl Summary {
    pub(super) fn of(history: &History, plans: &[DownPlan], findings: &[Finding]) -> Self {
        let mut downs = Downs::default();
        for plan in plans {
            match plan.migration.down {
                Down::Written(..) => {
                    downs.written += 1;
                    continue;
                }
                Down::Empty(_) => downs.empty += 1,
                Down::Missing => downs.missing += 1,
            }
            match plan.made().grade {
                _ if !plan.may_write() => {}
                Grade::Exact => downs.exact += 1,
                Grade::SchemaOnly(_) => downs.schema_only += 1,
                Grade::Refused(_) => downs.refused += 1,
            }
        }
        let steps = history.migrations.iter().flat_map(|migration| &migration.up.steps);
        Summary { migrations: history.migrations.len(), steps: Steps::of(steps), downs, findings: Levels::of(findings) }
    }
}

impl Steps {
    fn of<'a>(steps: impl Iterator<Item = &'a Step>) -> Self {
        let mut counted = Steps::default();
        for step in steps {
            if step.op.is_typed() {
                counted.typed += 1;
            } else if matches!(step.op, Op::Code { .. }) {
                counted.code += 1;
            } else {
                counted.sql += 1;
            }
        }
        counted
    }
}

impl Levels {
    pub(super) fn of(findings: &[Finding]) -> Self {
        let mut counted = Levels::default();
        for finding in findings {
            match finding.level {
                Level::Error => counted.error += 1,
                Level::Warning => counted.warning += 1,
                Level::Info => counted.info += 1,
            }
        }
        counted
    }
}

/// A count with its noun: `1 step`, `2 steps`.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
