//! The operations of a down one after the other, each with the states on either side.

use crate::ir::{ColumnChange, Name, ObjectKind, Op, Step};
use crate::schema::{Replay, Schema};
use crate::source::{FileId, Span};

/// An operation of a down, with the states on either side.
pub(in crate::tools) struct Stage<'a> {
    /// The operation.
    pub op: &'a Op,
    /// The state before it.
    pub before: Schema,
    /// The state after it.
    pub after: Schema,
}

/// Operations with the states that they lead through.
pub(super) fn stages<'o>(ops: &'o [Op], from: &Schema) -> Vec<Stage<'o>> {
    let mut replay = Replay::from(from.clone());
    let stage = |op: &'o Op| {
        let before = replay.schema.clone();
        replay.part(&[Step::new(op.clone(), Span::new(FileId(0), 0, 0))], &mut |_| ());
        Stage { op, before, after: replay.schema.clone() }
    };
    ops.iter().map(stage).collect()
}

/// Whether a type gives way to another among some operations, as when an enum gets other values.
pub(in crate::tools) fn swaps(stages: &[Stage<'_>]) -> bool {
    stages.iter().any(|stage| matches!(stage.op, Op::Rename { object, .. } if object.kind == ObjectKind::Type))
}

/// The table, the column and the change, where a column's type, default or nullability changes and nothing else.
pub(in crate::tools) fn changed_column(op: &Op) -> Option<(&Name, &String, &ColumnChange)> {
    let Op::AlterColumn { on, column, change } = op else { return None };
    let is_plain = match change {
        ColumnChange::Type { .. }
        | ColumnChange::SetDefault(_)
        | ColumnChange::DropDefault
        | ColumnChange::SetNotNull
        | ColumnChange::DropNotNull => true,
        ColumnChange::SetExpression(_)
        | ColumnChange::DropExpression { .. }
        | ColumnChange::AddIdentity(_)
        | ColumnChange::SetIdentity { .. }
        | ColumnChange::DropIdentity { .. }
        | ColumnChange::SetStorage(_)
        | ColumnChange::SetCompression(_)
        | ColumnChange::SetStatistics(_)
        | ColumnChange::SetOptions(_)
        | ColumnChange::ResetOptions(_) => false,
    };
    (is_plain && !on.only && !on.if_exists).then_some((&on.table, column, change))
}
