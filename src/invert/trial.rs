//! Operations put to the test: what replay says of them.

use crate::diag::Level;
use crate::ir::{ColumnChange, Op, Step};
use crate::schema::{Event, Replay, Schema, differences};
use crate::source::{FileId, Span};

/// Runs operations from a state.
pub(super) fn trial(after: &Schema, ops: &[Op], see: &mut dyn FnMut(Event<'_>)) -> Replay {
    // Each operation is a statement of its own: objects that are dropped one by one can be in each other's way.
    let at = |number: usize| Span::new(FileId::default(), number, number + 1);
    let steps: Vec<Step> = ops.iter().enumerate().map(|(number, op)| Step::new(op.clone(), at(number))).collect();
    let mut trial = Replay::from(after.clone());
    trial.migration(&steps, see);
    trial
}

/// What replay says of operations as the way from `after` back to `before`.
pub(super) struct Proof {
    /// What is wrong with them; `None` when they are right.
    pub wrong: Option<String>,
    /// How many of them would drop something that something else still needs.
    pub in_the_way: usize,
}

/// Holds what operations lead to against what they should.
pub(super) fn prove(before: &Schema, after: &Schema, ops: &[Op]) -> Proof {
    let trial = trial(after, ops, &mut |_| ());
    let error = trial.findings.iter().find(|finding| finding.level == Level::Error || finding.code == "S001");
    let wrong = match error {
        Some(finding) => Some(finding.message.clone()),
        None => differences(before, &trial.schema).into_iter().next().map(|difference| difference.message),
    };
    Proof { wrong, in_the_way: trial.findings.iter().filter(|finding| finding.code == "S003").count() }
}

/// What the database would stop at, because something else still needs what is dropped or changed.
pub(super) fn obstacle(after: &Schema, ops: &[Op]) -> Option<String> {
    let may_meet_one = |op: &Op| {
        let changes_type = matches!(op, Op::AlterColumn { change: ColumnChange::Type { .. }, .. });
        changes_type || matches!(op, Op::Drop { .. } | Op::DropColumn { .. })
    };
    if !ops.iter().any(may_meet_one) {
        return None;
    }
    let trial = trial(after, ops, &mut |_| ());
    let found = trial.findings.iter().find(|finding| finding.code == "S003")?;
    Some(format!("what would be made runs into something that is in the way: {}", found.message))
}

/// What is wrong with `ops` as the way from `after` back to `before`; `None` when replay proves it right.
pub(super) fn unproven(before: &Schema, after: &Schema, ops: &[Op]) -> Option<String> {
    prove(before, after, ops).wrong
}
