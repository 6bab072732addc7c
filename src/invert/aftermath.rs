//! What running a down leaves behind beside what it is for.

use super::trial::trial;
use super::{Loss, rows};
use crate::ir::{Dialect, Op};
use crate::schema::{Event, Schema};
use crate::sql::sqlite::is_about_counters;

/// What is lost, and what is thrown away, when operations are run.
pub(super) fn aftermath(after: &Schema, ops: &[Op]) -> (Vec<Loss>, Vec<Loss>) {
    let (mut lost, mut discards) = (Vec::new(), Vec::new());
    // Nothing but changes of rows and event triggers, there or to be made, leaves anything behind.
    let is_quiet = |op: &Op| {
        !matches!(
            op,
            Op::Insert { .. }
                | Op::Update { .. }
                | Op::Delete { .. }
                | Op::Truncate { .. }
                | Op::Write { .. }
                | Op::Query { .. }
                | Op::Call { .. }
                | Op::Define { .. }
                | Op::AlterDefinition { .. }
                | Op::RefreshView { .. }
        )
    };
    if !after.has_event_triggers() && ops.iter().all(is_quiet) {
        return (lost, discards);
    }
    trial(after, ops, &mut |event| {
        let Event::Taken(taken) = event else { return };
        if after.dialect() == Dialect::Sqlite && is_about_counters(&taken.step.op) {
            return; // a table that is made anew goes on counting
        }
        let (more, thrown) = rows::aftermath(taken.before, &taken.step.op);
        lost.extend(more);
        discards.extend(thrown);
    });
    (lost, discards)
}
