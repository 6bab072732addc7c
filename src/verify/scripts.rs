//! What the directions of a migration send: Prisma's files as they are, and of scripts the statements that they come to.

use super::database::Script;
use crate::emit::statement::{statements, uncarried};
use crate::invert::MadeDown;
use crate::ir::{Dialect, Grade, History, Migration, Op, Step, Tool, TransactionMode};
use crate::source::{FileId, SourceTree};
use crate::sql::{self, sqlite};
use crate::tools::DownPlan;

/// What a direction comes to.
pub(super) struct Sent {
    pub script: Script,
    /// What of it only a run of the script itself does, and is left out: what it is, and whether it may change the schema.
    pub left_out: Vec<(String, bool)>,
}

impl Sent {
    /// Whether all that it does to the schema is sent.
    pub(super) fn is_whole(&self) -> bool {
        self.left_out.iter().all(|(_, schema)| !schema)
    }
}

/// What the up of a migration sends. `Err` when its file cannot be read.
pub(super) fn up(history: &History, tree: &SourceTree, migration: &Migration) -> Result<Sent, String> {
    match history.tool {
        Tool::Prisma => text(tree, migration.file),
        _ => Ok(steps(history.dialect, &migration.up.steps, migration.transaction)),
    }
}

/// What a down that somebody wrote sends.
pub(super) fn written(
    history: &History,
    tree: &SourceTree,
    migration: &Migration,
    file: FileId,
    written: &[Step],
) -> Result<Sent, String> {
    match history.tool {
        Tool::Prisma => text(tree, file),
        _ => Ok(steps(history.dialect, written, migration.down_transaction)),
    }
}

/// What the down sends that we make.
pub(super) fn made(history: &History, plan: &DownPlan<'_>) -> Sent {
    let MadeDown { ops, outside_transaction, .. } = plan.made();
    match history.tool {
        Tool::Prisma => Sent { script: Script::Text(plan.text.clone()), left_out: Vec::new() },
        _ => {
            let steps: Vec<Step> = match history.dialect {
                Dialect::Sqlite => crate::emit::sqlite::steps(ops),
                _ => ops.iter().map(|op| Step::new(op.clone(), Default::default())).collect(),
            };
            let ends = |step: &Step| matches!(step.op, Op::Transaction { .. });
            let mode = if *outside_transaction || steps.iter().any(ends) {
                TransactionMode::None
            } else {
                TransactionMode::Wrapped
            };
            self::steps(history.dialect, &steps, mode)
        }
    }
}

/// What was there before the first migration.
pub(super) fn base(history: &History) -> Script {
    steps(history.dialect, &history.base, TransactionMode::None).script
}

/// Whether a down is one that stops with its reasons.
pub(super) fn is_refused(plan: &DownPlan<'_>) -> bool {
    matches!(plan.made().grade, Grade::Refused(_))
}

fn text(tree: &SourceTree, file: FileId) -> Result<Sent, String> {
    let text = tree.read(file).map_err(|problem| crate::diag::Finding::from(&problem).message)?;
    Ok(Sent { script: Script::Text(text.trim_start_matches('\u{feff}').to_owned()), left_out: Vec::new() })
}

fn steps(dialect: Dialect, steps: &[Step], mode: TransactionMode) -> Sent {
    let mut left_out = Vec::new();
    let mut texts = Vec::new();
    match dialect {
        Dialect::Sqlite => {
            let (sent, left): (Vec<&Step>, Vec<&Step>) = steps.iter().partition(|step| uncarried(&step.op).is_none());
            left_out.extend(left.into_iter().filter_map(|step| leaves(&step.op)));
            let ops: Vec<&Op> = sent.iter().map(|step| &step.op).collect();
            let mut rest = ops.as_slice();
            while !rest.is_empty() {
                let (its, others) = rest.split_at(sqlite::in_one_statement(rest).max(1));
                texts.push(sqlite::print_together(its));
                rest = others;
            }
        }
        Dialect::Postgres | Dialect::Mysql | Dialect::Mariadb => {
            for statement in statements(dialect, steps) {
                match statement.sql {
                    Some(sql) => texts.push(sql),
                    None => {
                        left_out.extend(statement.steps.iter().filter_map(|step| leaves(&step.op)));
                        let carried = statement.steps.iter().filter(|step| uncarried(&step.op).is_none());
                        texts.extend(carried.map(|step| sql::print(dialect, &step.op)));
                    }
                }
            }
        }
    }
    // A statement that ends the transaction, or cannot be in one, does to it what it does with the tool.
    let whole = mode != TransactionMode::None;
    Sent { script: Script::Statements { statements: texts, whole }, left_out }
}

/// What an operation is that cannot be sent, and whether it may change the schema.
fn leaves(op: &Op) -> Option<(String, bool)> {
    let (_, why) = uncarried(op)?;
    let rows_only = match op {
        Op::ByRows { .. } | Op::Insert { .. } | Op::Update { .. } | Op::Delete { .. } | Op::Write { .. } => true,
        Op::Code { rows_only, .. } => *rows_only,
        _ => false,
    };
    Some((why, !rows_only))
}
