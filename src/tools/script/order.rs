//! The order in which people say things: a key of a column comes right behind the column.

use crate::ir::{Constraint, ConstraintKind, Op};

/// The operations, each key or check moved to the front of the columns and indexes that came before it and have nothing to do with
/// it.
pub(super) fn together(ops: Vec<Op>) -> Vec<Op> {
    let mut ordered: Vec<Op> = Vec::with_capacity(ops.len());
    for op in ops {
        let mut at = ordered.len();
        if let Op::AddConstraint { on, constraint } = &op {
            let before = |op: &Op| match op {
                Op::CreateIndex { index, .. } => !index.unique,
                Op::AddColumn { on: place, column, .. } => {
                    place.table == on.table && !touches(constraint, &column.name)
                }
                _ => false,
            };
            let columns = ordered.iter().rev().take_while(|op| before(op)).count();
            // Only to a column that it is a key of.
            let own = ordered.len() - columns;
            let is_own = |op: &Op| match op {
                Op::AddColumn { on: place, column, .. } => place.table == on.table && touches(constraint, &column.name),
                Op::AddConstraint { on: place, .. } => place.table == on.table,
                _ => false,
            };
            if own.checked_sub(1).and_then(|last| ordered.get(last)).is_some_and(is_own) {
                at = own;
            }
        }
        ordered.insert(at, op);
    }
    ordered
}

/// Whether a key or check has anything to do with a column of its table.
fn touches(constraint: &Constraint, column: &String) -> bool {
    match &constraint.kind {
        ConstraintKind::ForeignKey(key) => key.columns.contains(column) || key.referenced.contains(column),
        ConstraintKind::Unique(key) => key.columns.contains(column),
        ConstraintKind::Check { expr, .. } => {
            let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
            expr.0.to_lowercase().split(|c| !is_part(c)).any(|word| word == column.to_lowercase())
        }
        ConstraintKind::PrimaryKey(_) | ConstraintKind::Exclusion(_) => true,
    }
}
