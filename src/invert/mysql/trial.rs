//! A way back put in an order that the server takes, as far as its rules beside those of replay are known.

use super::restore;
use crate::invert::trial::{self, unproven};
use crate::ir::{Op, Step};
use crate::schema::{Replay, Schema, counts_without_key, without_index};
use crate::source::Span;
use crate::sql::mysql::{Server, together};

/// The operations, or the same in an order that can be proven: what reads tables may have to wait until they have their names
/// again.
pub(in crate::invert) fn in_order(before: &Schema, after: &Schema, ops: Vec<Op>) -> Vec<Op> {
    if unproven(before, after, &ops).is_none() {
        return ops;
    }
    let reads = |op: &&Op| matches!(op, Op::CreateView { .. } | Op::CreateTrigger { .. });
    let (readers, others): (Vec<&Op>, Vec<&Op>) = ops.iter().partition(reads);
    let later: Vec<Op> = others.into_iter().chain(readers).cloned().collect();
    if unproven(before, after, &later).is_none() { later } else { ops }
}

/// The operations, or others that lead the same way where the server would stop at these and the migration may be undone as
/// one change; `Err` is what it would stop at.
pub(in crate::invert) fn past_obstacles(
    before: &Schema,
    after: &Schema,
    ops: Vec<Op>,
    may_be_one: bool,
) -> Result<Vec<Op>, String> {
    let stops = |ops: &[Op]| trial::obstacle(after, ops).or_else(|| obstacle(after, ops));
    let Some(why) = stops(&ops) else { return Ok(ops) };
    // Steps of one statement may need each other on the way back too.
    let whole = restore(after, before);
    let holds = may_be_one && whole.refusals.is_empty() && unproven(before, after, &whole.ops).is_none();
    if holds && stops(&whole.ops).is_none() { Ok(whole.ops) } else { Err(why) }
}

/// What the server would stop at: an index goes on which alone a foreign key rests, or the key of a column that counts.
fn obstacle(after: &Schema, ops: &[Op]) -> Option<String> {
    let mut replay = Replay::from(after.clone());
    for run in together(Server::of(after.dialect()), ops) {
        let steps: Vec<Step> = run.iter().map(|op| Step::new(op.clone(), Span::default())).collect();
        replay.part(&steps, &mut |_| ());
        for (id, entry) in replay.schema.iter() {
            let Some(state) = entry.object.as_table() else { continue };
            if let Some(key) = without_index(&state.table) {
                return Some(format!("the index would be dropped on which foreign key {key} of {id} rests"));
            }
            if let Some(column) = counts_without_key(&state.table) {
                return Some(format!("column {id}.{column} would count without a key"));
            }
        }
    }
    None
}
