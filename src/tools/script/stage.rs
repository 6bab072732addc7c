//! What operations are among others, and to what.

use crate::emit::Stage;
use crate::ir::{ColumnChange, Name, ObjectKind, Op};

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
        | ColumnChange::ResetOptions(_)
        | ColumnChange::Redefine { .. } => false,
    };
    (is_plain && !on.only && !on.if_exists).then_some((&on.table, column, change))
}
