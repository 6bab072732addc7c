//! The operations of a down one after the other, each with the states on either side.

use crate::ir::{ColumnChange, Name, ObjectKind, Op, Step};
use crate::schema::{Event, Replay, Schema};

/// An operation with the states on either side.
pub(in crate::tools) struct Stage<'a> {
    /// The operation.
    pub op: &'a Op,
    /// The step that says it.
    pub step: &'a Step,
    /// The state before it.
    pub before: Schema,
    /// The state after it.
    pub after: Schema,
    /// Whether these are the states right before and right behind it, and it is all that was done between them.
    pub alone: bool,
}

/// Steps with the states that they lead through.
pub(super) fn stages<'o>(steps: &'o [Step], from: &Schema) -> Vec<Stage<'o>> {
    let mut replay = Replay::from(from.clone());
    let mut stages: Vec<Stage<'o>> = Vec::with_capacity(steps.len());
    let mut start = 0;
    while start < steps.len() {
        // What one statement says is done together.
        let more = steps[start + 1..].iter().take_while(|step| step.joined).count();
        let group = &steps[start..=start + more];
        let before = replay.schema.clone();
        let mut states = Vec::with_capacity(group.len());
        let mut alone = true;
        replay.part(group, &mut |event| match event {
            Event::Taken(taken) => {
                alone &= group.get(states.len()).is_some_and(|step| std::ptr::eq(step, taken.step));
                states.push((taken.before.clone(), taken.after.clone()));
            }
            Event::RolledBack(_) => alone = false,
        });
        let after = replay.schema.clone();
        alone &= states.len() == group.len();
        if states.len() == group.len() && group.len() > 1 {
            let one = |(step, (before, after)): (&'o Step, _)| Stage { op: &step.op, step, before, after, alone };
            stages.extend(group.iter().zip(states).map(one));
        } else {
            alone &= states.iter().all(|(first, last)| first.same(&before) && last.same(&after));
            let whole = |step: &'o Step| {
                let (before, after) = (before.clone(), after.clone());
                Stage { op: &step.op, step, before, after, alone }
            };
            stages.extend(group.iter().map(whole));
        }
        start += group.len();
    }
    stages
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
