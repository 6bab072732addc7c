//! Downs on SQLite: the statements, which its drivers take one at a time, and what they must not do within a transaction.

use super::Stage;
use crate::ir::{ConstraintKind, ObjectKind, Op};
use crate::schema::{Object, Schema};
use crate::sql::rules::SQLITE;
use crate::sql::split::split_by;
use crate::sql::sqlite;

/// The statements that say operations, one text each.
pub(in crate::tools) fn statements(stages: &[Stage<'_>]) -> Vec<String> {
    let ops: Vec<&Op> = stages.iter().map(|stage| stage.op).collect();
    let text = sqlite::print_together(&ops);
    let pieces = split_by(&SQLITE, &text);
    let one = |statement: &crate::sql::split::Statement| {
        let (first, last) = (statement.tokens.first()?, statement.tokens.last()?);
        text.get(first.start..last.end).map(str::to_owned)
    };
    pieces.statements.iter().filter_map(one).collect()
}

/// Whether operations are one statement, which cannot be taken apart.
pub(super) fn is_one(stages: &[Stage<'_>]) -> bool {
    let ops: Vec<&Op> = stages.iter().map(|stage| stage.op).collect();
    stages.first().is_some_and(|first| first.at.before.dialect() == crate::ir::Dialect::Sqlite)
        && sqlite::in_one_statement(&ops) == ops.len()
}

/// A table that is dropped while others refer to it. As long as foreign keys are on, SQLite deletes its rows first, and does
/// to the rows that refer to them what their keys say; within a transaction they cannot be turned off. Source: SQLite's
/// documentation of foreign keys, 5, and of `PRAGMA foreign_keys`.
pub(super) fn dropped_under(stages: &[Stage<'_>]) -> Option<String> {
    stages.iter().find_map(|stage| match stage.op {
        Op::Drop { object, .. } if object.kind == ObjectKind::Table => {
            let name = &object.name.name;
            is_referred_to(&stage.at.before, name).then(|| name.clone())
        }
        _ => None,
    })
}

/// Whether a foreign key of another table leads to a table.
fn is_referred_to(schema: &Schema, name: &str) -> bool {
    schema.iter().any(|(_, entry)| match &entry.object {
        Object::Table(state) if !state.table.name.name.eq_ignore_ascii_case(name) => {
            state.table.constraints.iter().any(|constraint| match &constraint.kind {
                ConstraintKind::ForeignKey(key) => key.references.name.eq_ignore_ascii_case(name),
                _ => false,
            })
        }
        _ => false,
    })
}
