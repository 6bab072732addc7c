//! What a migration leaves to the end of its transaction, so that no transaction may span it and the next.

use super::draft::Direction;
use crate::ir::{Deferrable, Op};
use crate::schema::{Object, Schema};

impl Direction<'_> {
    /// Whether a migration rests on the end of its transaction, so that none may span it and the next: it adds a value to an
    /// enum, which nothing can use before; it sets something until then; or it changes rows under constraints that are checked
    /// then, before which their tables cannot be altered.
    pub fn rests_on_its_end(&self) -> bool {
        let at_the_end =
            |op: &Op| op.any(&|op| matches!(op, Op::AddEnumValue { .. } | Op::SetParameter { local: true, .. }));
        let ops = || self.steps.iter().map(|step| &step.op);
        ops().any(at_the_end) || (ops().any(changes_rows) && (puts_off(self.from) || ops().any(comes_to_put_off)))
    }
}

/// Whether an operation may change rows.
fn changes_rows(op: &Op) -> bool {
    matches!(
        op,
        Op::Insert { .. }
            | Op::Update { .. }
            | Op::Delete { .. }
            | Op::Write { .. }
            | Op::Query { .. }
            | Op::Call { .. }
            | Op::When { .. }
            | Op::Attempt { .. }
            | Op::Code { .. }
            | Op::ByRows { .. }
            | Op::Sql { .. }
    )
}

/// Whether a state has a check that can be put off to the end of the transaction.
fn puts_off(schema: &Schema) -> bool {
    schema.iter().any(|(_, entry)| match &entry.object {
        Object::Table(state) => state.table.constraints.iter().any(|one| one.deferrable != Deferrable::No),
        Object::Trigger(state) => state.trigger.deferrable != Deferrable::No,
        _ => false,
    })
}

/// Whether an operation makes such a check.
fn comes_to_put_off(op: &Op) -> bool {
    match op {
        Op::CreateTable { table, .. } => table.constraints.iter().any(|one| one.deferrable != Deferrable::No),
        Op::AddConstraint { constraint, .. } => constraint.deferrable != Deferrable::No,
        Op::AlterConstraint { deferrable, .. } => *deferrable != Deferrable::No,
        Op::CreateTrigger { trigger, .. } => trigger.deferrable != Deferrable::No,
        _ => false,
    }
}
