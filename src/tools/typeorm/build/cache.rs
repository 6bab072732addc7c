//! What TypeORM's query runner keeps of tables. It loads a table for the first method that is called on it and goes by
//! that from then on, changing its copy with each method, while SQL passes it by. Source: `getCachedTable` and
//! `replaceCachedTable` of `BaseQueryRunner`, and `PostgresQueryRunner` (typeorm 0.3.31 and 1.1.1).

use crate::ir::{ConstraintKind, ObjectKind, Op};
use crate::schema::{Id, Object, Schema};
use crate::tools::script::{Stage, Written};
use std::collections::BTreeSet;

/// The same statements, but SQL in place of methods that would go by a table as it no longer is.
pub(in crate::tools::typeorm) fn settled(stages: &[Stage<'_>], said: Vec<Written>) -> Vec<Written> {
    let mut cache = Cache::default();
    let mut rest = stages;
    let mut settled = Vec::with_capacity(said.len());
    for mut one in said {
        let (these, others) = rest.split_at(one.ops.min(rest.len()));
        rest = others;
        if these.iter().any(|stage| goes_by_it(stage.op) && cache.is_stale(stage)) {
            one.built = None;
        }
        for stage in these {
            match one.built {
                Some(_) => cache.method(stage),
                None => cache.sql(stage),
            }
        }
        settled.push(one);
    }
    settled
}

/// Whether the method for an operation looks at what the table is like; others only name it.
fn goes_by_it(op: &Op) -> bool {
    match op {
        Op::AddConstraint { constraint, .. } => matches!(constraint.kind, ConstraintKind::PrimaryKey(_)),
        Op::CreateIndex { .. } | Op::CreateTable { .. } => false,
        _ => true,
    }
}

#[derive(Default)]
struct Cache {
    /// Tables that a method was called on.
    loaded: BTreeSet<Id>,
    /// Those of which the copy is not what they are like.
    stale: BTreeSet<Id>,
}

impl Cache {
    fn is_stale(&self, stage: &Stage<'_>) -> bool {
        changed(stage, Extent::Everything).iter().any(|table| self.stale.contains(table))
    }

    fn method(&mut self, stage: &Stage<'_>) {
        for table in changed(stage, Extent::Everything) {
            let is_renaming = matches!(stage.op, Op::Rename { object, .. } if object.kind == ObjectKind::Table);
            if stage.at.before.has(&table) || is_renaming {
                self.loaded.insert(table.clone());
            }
            // The copy stays under the old name.
            if !stage.at.after.has(&table) {
                self.stale.insert(table);
            }
        }
    }

    fn sql(&mut self, stage: &Stage<'_>) {
        let changed = changed(stage, Extent::Definition);
        self.stale.extend(changed.into_iter().filter(|table| self.loaded.contains(table)));
    }
}

/// How much of a table is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Its definition, that of its indexes, and its columns' types.
    Definition,
    /// What is said of it too.
    Everything,
}

/// The tables that an operation changes.
fn changed(stage: &Stage<'_>, extent: Extent) -> BTreeSet<Id> {
    let mut tables = BTreeSet::new();
    for change in stage.at.before.changes(&stage.at.after) {
        let same = change.before.map(|entry| &entry.object) == change.after.map(|entry| &entry.object);
        if same && extent == Extent::Definition {
            continue;
        }
        for (schema, entry) in [(&stage.at.before, change.before), (&stage.at.after, change.after)] {
            let Some(entry) = entry else { continue };
            match &entry.object {
                Object::Table(_) => drop(tables.insert(change.id.clone())),
                Object::Index(state) => tables.extend(schema.relation(&state.index.table)),
                Object::Enum(_) | Object::Domain(_) | Object::Composite(_) => tables.extend(users(schema, change.id)),
                _ => {}
            }
        }
    }
    tables
}

fn users(schema: &Schema, id: &Id) -> Vec<Id> {
    schema.users(id).filter(|user| schema.table(user).is_some()).cloned().collect()
}
