//! Definitions that hold a value which only a real run can know: their objects are doubtful, so that nothing rests on a
//! guess of it.

use super::{Entry, Id, Object, Schema, TableState, doubt, facets, family};
use crate::ir::{Behaviour, Column, ColumnChange, ObjectKind, ObjectRef, Op, is_open};
use std::sync::Arc;

/// Why an operation cannot be undone that gives a column such a type: what else the type brings with it is not known.
const TYPE: &str = "the type of a column is known only in a real run";

/// Why a drop with `CASCADE` cannot be undone.
const USES: &str =
    "what uses it is not known: a value in the definition of a table or function is known only in a real run";

/// Why an object is in doubt whose definition holds such a value; the rest of it is certain.
const WHY: &str = "a value in its definition is known only in a real run";

impl Entry {
    /// Whether it is in doubt for nothing but such a value in it.
    pub(crate) fn is_merely_open(&self) -> bool {
        self.doubt.as_deref() == Some(WHY)
    }

    /// Whether more of it is in doubt than a value in it: then it may be gone, or be something else.
    pub(crate) fn is_unsure(&self) -> bool {
        self.doubt.is_some() && !self.is_merely_open()
    }
}

impl Schema {
    /// Whether everything that exists is known by its name, and whatever is not known does not exist.
    pub(crate) fn knows_names(&self) -> bool {
        self.doubt.is_none() && !self.carried.some() && self.objects.values().all(|entry| !entry.is_unsure())
    }

    /// Whether what is not known by its name does not exist, unless code made it that names it; what exists may be in doubt.
    pub(crate) fn knows_what_lacks(&self) -> bool {
        self.doubt.is_none() && !self.carried.may_be_anything()
    }

    /// Whether going from how an object is in `now` to how it is here needs to say no value that only a real run knows, nor
    /// to compare one: all columns that hold one stay as they are, but for whether they take nulls. What such a value uses
    /// may go with something else, or come with it, where it is more than a default of a column that nobody shares.
    pub(crate) fn leaves_open_values(&self, id: &Id, now: &Schema) -> bool {
        let (Some(entry), Some(state), Some(other)) = (self.get(id), self.table(id), now.table(id)) else {
            return false;
        };
        let alone = |schema: &Schema, state: &TableState| {
            family::parents(schema, state).is_empty() && family::descendants(schema, id).is_empty()
        };
        let plain = |state: &TableState| {
            state.table.columns.iter().all(|column| column.data_type.user().is_none_or(|name| !is_open(&name.name)))
                && state.table.constraints.iter().all(|constraint| !holds_open(constraint))
        };
        let stays = |column: &Column| {
            other.table.columns.iter().any(|now| Column { not_null: column.not_null, ..now.clone() } == *column)
        };
        entry.is_merely_open()
            && plain(state)
            && plain(other)
            && alone(self, state)
            && alone(now, other)
            && state.table.columns.iter().filter(|column| holds_open(*column)).all(stays)
    }

    /// Whether a change of a column is one of which such a value in its table is no part.
    pub(crate) fn is_beside_open_values(&self, id: &Id, column: &str, change: &ColumnChange) -> bool {
        let is_null = matches!(change, ColumnChange::SetNotNull | ColumnChange::DropNotNull);
        let found = self.table(id).and_then(|state| state.table.columns.iter().find(|one| one.name == column));
        let is_open = found.is_none_or(holds_open);
        self.leaves_open_values(id, self) && (is_null || !is_open)
    }
}

/// Whether such a value is anywhere in a part of a definition.
fn holds_open(part: &impl serde::Serialize) -> bool {
    serde_json::to_string(part).map_or(true, |text| is_open(&text))
}

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

/// Why an operation cannot be undone that gives a column such a type, takes with it what such a value may use, or puts such
/// a value where another one was: whether the two are the same cannot be told, however they are written.
pub(super) fn unfit(before: &Schema, op: &Op) -> Option<&'static str> {
    if let Op::Drop { object, behaviour: Behaviour::Cascade, .. } = op {
        let is_used = object.kind != ObjectKind::Table && before.iter().any(|(_, entry)| is_defined_by(entry));
        return (is_used && !is_empty_schema(before, object)).then_some(USES);
    }
    if let Op::DropColumn { on, behaviour: Behaviour::Cascade, .. } = op
        && before.relation(&on.table).and_then(|id| before.get(&id)).is_some_and(|entry| is_defined_by(entry))
    {
        return Some(USES);
    }
    if names_open_value(before, op) {
        return Some(WHY);
    }
    if op.open_texts().is_empty() {
        return None;
    }
    if op.has_open_type() {
        return Some(TYPE);
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

/// Whether it is a schema in which nothing is, so that nothing can use what goes with it.
fn is_empty_schema(before: &Schema, object: &ObjectRef) -> bool {
    let name = &object.name.name;
    object.kind == ObjectKind::Schema
        && !before.carried.some()
        && !before.objects.keys().any(|id| id.schema() == Some(name) && **id != Id::Schema(name.clone()))
}

/// Whether an operation goes by a value of an enum that is none of the known ones and may be one that is not known.
fn names_open_value(before: &Schema, op: &Op) -> bool {
    let (name, values) = match op {
        Op::AddEnumValue { name, before, after, .. } => (name, [before.as_deref(), after.as_deref()]),
        Op::RenameEnumValue { name, from, .. } => (name, [Some(from.as_str()), None]),
        _ => return false,
    };
    let id = before.type_named(name);
    let Some(Object::Enum(found)) = id.and_then(|id| before.get(&id)).map(|entry| &entry.object) else { return false };
    found.is_open() && values.into_iter().flatten().any(|value| !found.values.iter().any(|known| known == value))
}

/// Whether such a value is in a definition.
fn is_defined_by(entry: &Entry) -> bool {
    match &entry.object {
        Object::Table(state) => state.table.is_open(),
        Object::Routine(state) => state.routine.is_open(),
        Object::Enum(found) => found.is_open(),
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
