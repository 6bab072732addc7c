//! SQLite's objects back to operations. A table says all of itself, and nothing that it names has to be there.

use crate::ir::{Op, Persistence};
use crate::schema::{Id, Object, Schema};
use std::collections::BTreeSet;

/// What makes the objects `ids` of `target`: tables, indexes, views, triggers.
pub(super) fn create(target: &Schema, ids: &BTreeSet<Id>) -> Vec<Op> {
    let mut ops: Vec<(u8, Op)> = Vec::new();
    for id in ids {
        let Some(entry) = target.get(id) else { continue };
        ops.push(match &entry.object {
            Object::Table(state) if state.table.persistence == Persistence::Temporary => continue,
            Object::Table(state) => (0, Op::CreateTable { table: state.table.clone(), if_not_exists: false }),
            Object::Index(state) => {
                (1, Op::CreateIndex { index: state.index.clone(), if_not_exists: false, concurrently: false })
            }
            Object::View(state) => {
                (2, Op::CreateView { view: state.view.clone(), or_replace: false, if_not_exists: false })
            }
            Object::Trigger(state) => (3, Op::CreateTrigger { trigger: state.trigger.clone(), or_replace: false }),
            _ => continue,
        });
    }
    ops.sort_by_key(|(rank, _)| *rank);
    ops.into_iter().map(|(_, op)| op).collect()
}
