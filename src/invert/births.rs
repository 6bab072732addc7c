//! What a migration itself brings into being, followed through its renamings: losing it loses nothing.

use super::Loss;
use crate::ir::{Finder, Name, ObjectKind, Op};
use crate::schema::{Id, Key, Schema, TableState, Taken};
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
        if let Some(renaming) = renaming(taken) {
            let relations: Vec<Id> = match renaming.whole_schema() {
                true => self.relations.iter().chain(self.columns.keys()).cloned().collect(),
                false => vec![renaming.from.clone()],
            };
            for id in relations {
                let Some(now) = renaming.of(&id) else { continue };
                if self.relations.remove(&id) {
                    self.relations.insert(now.clone());
                }
                if let Some(columns) = self.columns.remove(&id) {
                    self.columns.insert(now, columns);
                }
            }
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
                    let (gone, come) = (missing(one, other), missing(other, one));
                    if gone.is_empty() && come.is_empty() {
                        continue;
                    }
                    let columns = self.columns.entry(change.id.clone()).or_default();
                    for name in gone {
                        columns.remove(name);
                    }
                    columns.extend(come.into_iter().cloned());
                }
                (None, None) => {}
            }
        }
    }
}

/// The columns of one state of a table that another does not have.
fn missing<'a>(of: &'a TableState, from: &TableState) -> Vec<&'a String> {
    let mut there = Finder::new(&from.table.columns);
    of.table.columns.iter().map(|column| &column.name).filter(|name| there.find(name).is_none()).collect()
}

/// The column that an operation renames: its table, its old and its new name.
pub(super) fn renamed_column(taken: &Taken<'_>) -> Option<(Id, String, String)> {
    match &taken.step.op {
        Op::RenameColumn { on, from, to } => Some((taken.before.relation(&on.table)?, from.clone(), to.clone())),
        _ => None,
    }
}

/// A renaming of a relation, or of the schema of some.
pub(super) struct Renaming {
    from: Id,
    to: Id,
}

impl Renaming {
    /// What the identity of a relation becomes; `None` when it stays.
    pub(super) fn of(&self, id: &Id) -> Option<Id> {
        match (&self.from, &self.to, id) {
            (Id::Schema(from), Id::Schema(to), Id::Relation(key)) if key.schema == *from => {
                Some(Id::Relation(Key::new(to, &key.name)))
            }
            _ => (*id == self.from).then(|| self.to.clone()),
        }
    }

    fn whole_schema(&self) -> bool {
        matches!(self.from, Id::Schema(_))
    }

    /// The relations of a state that get other identities.
    pub(super) fn touched(&self, schema: &Schema) -> Vec<Id> {
        if self.whole_schema() {
            let relations = schema.iter().filter(|(id, _)| matches!(id, Id::Relation(_)) && self.of(id).is_some());
            return relations.map(|(id, _)| id.clone()).collect();
        }
        Some(&self.from).filter(|id| matches!(id, Id::Relation(_)) && schema.has(id)).into_iter().cloned().collect()
    }
}

/// The renaming that an operation is, if it is one.
pub(super) fn renaming(taken: &Taken<'_>) -> Option<Renaming> {
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
    Some(Renaming { from, to })
}
