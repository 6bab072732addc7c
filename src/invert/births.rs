//! What a migration itself brings into being, followed through its renamings: losing it loses nothing.

use super::Loss;
use crate::ir::{Name, ObjectKind, Op};
use crate::schema::{Id, Key, Taken};
use std::collections::{BTreeMap, BTreeSet};

/// What a migration itself brought into being.
#[derive(Debug, Default)]
pub(crate) struct Born {
    relations: BTreeSet<Id>,
    columns: BTreeMap<Id, BTreeSet<String>>,
}

impl Born {
    /// Whether a relation was born.
    pub(super) fn has(&self, id: &Id) -> bool {
        self.relations.contains(id)
    }

    fn has_column(&self, id: &Id, column: &str) -> bool {
        self.has(id) || self.columns.get(id).is_some_and(|columns| columns.contains(column))
    }

    /// Whether a loss is none, because what it is about was born.
    pub(super) fn covers(&self, loss: &Loss) -> bool {
        loss.id
            .as_ref()
            .is_some_and(|id| if loss.column.is_empty() { self.has(id) } else { self.has_column(id, &loss.column) })
    }

    /// Takes in what an operation made, took away or renamed.
    pub(super) fn follow(&mut self, taken: &Taken<'_>) {
        if let Some((id, from, to)) = renamed_column(taken) {
            if let Some(columns) = self.columns.get_mut(&id)
                && columns.remove(&from)
            {
                columns.insert(to);
            }
            return;
        }
        if let Some(renamed) = renaming(taken) {
            self.relations = self.relations.iter().map(|id| renamed(id).unwrap_or_else(|| id.clone())).collect();
            let columns = std::mem::take(&mut self.columns).into_iter();
            self.columns = columns.map(|(id, columns)| (renamed(&id).unwrap_or(id), columns)).collect();
            return;
        }
        for change in taken.before.changes(taken.after) {
            match (change.before, change.after) {
                (None, Some(_)) => {
                    self.relations.insert(change.id.clone());
                }
                (Some(_), None) => {
                    self.relations.remove(change.id);
                    self.columns.remove(change.id);
                }
                (Some(before), Some(after)) => {
                    let (Some(one), Some(other)) = (before.object.as_table(), after.object.as_table()) else {
                        continue;
                    };
                    let names = |state: &crate::schema::TableState| -> BTreeSet<String> {
                        state.table.columns.iter().map(|column| column.name.clone()).collect()
                    };
                    let (one, other) = (names(one), names(other));
                    let columns = self.columns.entry(change.id.clone()).or_default();
                    columns.retain(|column| other.contains(column));
                    columns.extend(other.difference(&one).cloned());
                }
                (None, None) => {}
            }
        }
    }
}

/// The column that an operation renames: its table, its old and its new name.
pub(super) fn renamed_column(taken: &Taken<'_>) -> Option<(Id, String, String)> {
    match &taken.step.op {
        Op::RenameColumn { on, from, to } => Some((taken.before.relation(&on.table)?, from.clone(), to.clone())),
        _ => None,
    }
}

/// What the identities of relations become by an operation that renames some; `None` when it renames none.
pub(super) fn renaming(taken: &Taken<'_>) -> Option<impl Fn(&Id) -> Option<Id> + use<>> {
    let (from, to) = match &taken.step.op {
        Op::Rename { object, to, .. } if object.kind == ObjectKind::Schema => {
            (Id::Schema(object.name.name.clone()), Id::Schema(to.clone()))
        }
        Op::Rename { object, to, .. } => {
            taken.before.relation(&object.name).zip(taken.after.relation(&object.name.sibling(to)))?
        }
        Op::SetSchema { object, schema, .. } => {
            let there = Name::in_schema(schema, &object.name.name);
            taken.before.relation(&object.name).zip(taken.after.relation(&there))?
        }
        _ => return None,
    };
    Some(move |id: &Id| match (&from, &to, id) {
        (Id::Schema(from), Id::Schema(to), Id::Relation(key)) if key.schema == *from => {
            Some(Id::Relation(Key::new(to, &key.name)))
        }
        _ => (*id == from).then(|| to.clone()),
    })
}
