//! MySQL's and MariaDB's objects back to operations: each table after those that it refers to, views after what they read.

use crate::ir::{ConstraintKind, Index, Op, Persistence, Place, Table};
use crate::schema::{Entry, Id, Object, Schema};
use std::collections::BTreeSet;

/// What makes the objects `ids` of `target`: tables, views, triggers, routines, events.
pub(super) fn create(target: &Schema, ids: &BTreeSet<Id>) -> Vec<Op> {
    let mut ops = Vec::new();
    let mut left: Vec<&Id> = ids.iter().filter(|id| !id.is_temporary()).collect();
    left.sort_by_key(|id| (rank(target, id), (*id).clone()));
    let mut done: BTreeSet<&Id> = BTreeSet::new();
    let mut keys = Vec::new();
    while !left.is_empty() {
        let waits = |id: &&Id| {
            let needs = |used: &Id| used != *id && left.contains(&used);
            target.get(id).is_some_and(|entry| needed(target, entry).iter().any(needs))
        };
        // Of those that refer to each other the first comes first, and its keys come last.
        let at = left.iter().position(|id| !waits(id)).unwrap_or(0);
        let id = left.remove(at);
        if let Some(entry) = target.get(id) {
            one(entry, &left, target, &mut ops, &mut keys);
        }
        done.insert(id);
    }
    ops.extend(keys);
    ops
}

fn rank(schema: &Schema, id: &Id) -> u8 {
    match schema.get(id).map(|entry| &entry.object) {
        Some(Object::Table(_)) => 0,
        Some(Object::Defined(_)) => 1,
        Some(Object::View(_)) => 2,
        _ => 3,
    }
}

/// What has to be there before an object.
fn needed(target: &Schema, entry: &Entry) -> Vec<Id> {
    match &entry.object {
        Object::Table(state) => references(&state.table).into_iter().filter_map(|name| target.relation(name)).collect(),
        Object::Trigger(state) => {
            let before = state.trigger.order.as_ref().map(|(_, name)| name);
            let is_it = |id: &&Id| matches!(id, Id::Trigger(_, own) if Some(own) == before);
            target.iter().map(|(id, _)| id).filter(is_it).cloned().collect()
        }
        _ => entry.used_ids().into_iter().cloned().collect(),
    }
}

fn references(table: &Table) -> Vec<&crate::ir::Name> {
    let of = |kind: &'_ ConstraintKind| matches!(kind, ConstraintKind::ForeignKey(_));
    let keys = table.constraints.iter().filter(|one| of(&one.kind));
    keys.filter_map(|one| match &one.kind {
        ConstraintKind::ForeignKey(key) => Some(&key.references),
        _ => None,
    })
    .collect()
}

fn one(entry: &Entry, later: &[&Id], target: &Schema, ops: &mut Vec<Op>, keys: &mut Vec<Op>) {
    match &entry.object {
        Object::Table(state) => {
            let mut table = definition(&state.table);
            let comes_later = |kind: &ConstraintKind| match kind {
                ConstraintKind::ForeignKey(key) => {
                    target.relation(&key.references).is_some_and(|id| later.contains(&&id))
                }
                _ => false,
            };
            let (after, now) = table.constraints.into_iter().partition(|constraint| comes_later(&constraint.kind));
            table.constraints = now;
            let on = Place::new(table.name.clone());
            let after: Vec<crate::ir::Constraint> = after;
            keys.extend(after.into_iter().map(|constraint| Op::AddConstraint { on: on.clone(), constraint }));
            if table.persistence != Persistence::Temporary {
                ops.push(Op::CreateTable { table, if_not_exists: false });
            }
        }
        Object::View(state) => {
            ops.push(Op::CreateView { view: state.view.clone(), or_replace: false, if_not_exists: false });
        }
        Object::Trigger(state) => ops.push(Op::CreateTrigger { trigger: state.trigger.clone(), or_replace: false }),
        Object::Defined(state) => {
            let definition = state.definition.clone();
            let object = definition.object.clone();
            ops.push(Op::Define { definition, or_replace: false, if_not_exists: false });
            let altered = state.altered.iter();
            ops.extend(altered.map(|sql| Op::AlterDefinition { object: object.clone(), sql: sql.clone() }));
        }
        _ => {}
    }
}

/// A table as a statement says it: an index that comes with the foreign key of its name is left to that, which stands where
/// the index goes; any other is said.
fn definition(of: &Table) -> Table {
    let mut table = of.clone();
    let mut said: Vec<Index> = Vec::new();
    for index in of.indexes.iter().cloned() {
        let brings = table.constraints.iter_mut().find_map(|one| match &mut one.kind {
            ConstraintKind::ForeignKey(key) if index.implied && one.name == index.name => Some(key),
            _ => None,
        });
        match brings {
            Some(key) => key.position = said.len(),
            None => said.push(Index { implied: false, ..index }),
        }
    }
    for one in &mut table.constraints {
        if let ConstraintKind::PrimaryKey(_) = one.kind {
            one.name = None;
        }
        if let ConstraintKind::ForeignKey(key) = &mut one.kind
            && !of.indexes.iter().any(|index| index.implied && index.name == one.name)
        {
            key.position = said.len();
        }
    }
    table.indexes = said;
    table
}
