//! Definitions that hold a value which only a real run can know: their objects are doubtful, so that nothing rests on a
//! guess of it.

use super::{Entry, Id, Object, Schema, doubt, facets};
use crate::ir::{ColumnChange, Op, is_open};
use std::sync::Arc;

const WHY: &str = "a value in its definition is known only in a real run";

/// Makes those objects doubtful that an operation has left with such a value.
pub(super) fn mark(before: &Schema, schema: &mut Schema) {
    let changes = before.changes(schema);
    let open = changes.iter().filter(|change| change.after.is_some_and(|entry| holds(entry)));
    let ids: Vec<Id> = open.map(|change| change.id.clone()).collect();
    let why: Arc<str> = WHY.into();
    for id in ids {
        doubt::mark(schema, &id, &why);
    }
}

/// Why an operation cannot be undone that puts such a value where another one was: whether the two are the same cannot be
/// told, however they are written.
pub(super) fn replaced(before: &Schema, op: &Op) -> Option<&'static str> {
    if op.open_texts().is_empty() {
        return None;
    }
    let (ids, was_open): (Vec<Id>, fn(&Entry) -> bool) = match op {
        Op::AlterColumn { on, change: ColumnChange::SetDefault(_), .. } => {
            (before.relation(&on.table).into_iter().collect(), is_defined_by)
        }
        Op::CreateRoutine { routine, .. } => (before.routines(&routine.name), is_defined_by),
        Op::Comment { object, .. } => {
            (facets::target(before, object).map(|(id, _)| id).into_iter().collect(), is_explained_by)
        }
        _ => return None,
    };
    ids.iter().any(|id| before.get(id).is_some_and(|entry| was_open(entry))).then_some(WHY)
}

/// Whether such a value is in a definition.
fn is_defined_by(entry: &Entry) -> bool {
    match &entry.object {
        Object::Table(state) => state.table.is_open(),
        Object::Routine(state) => state.routine.is_open(),
        _ => false,
    }
}

/// Whether such a value is in a comment.
fn is_explained_by(entry: &Entry) -> bool {
    entry.comment.iter().chain(entry.comments.values()).any(|text| is_open(text))
}

fn holds(entry: &Entry) -> bool {
    is_defined_by(entry) || is_explained_by(entry)
}
