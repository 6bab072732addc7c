//! How partitions and inheriting tables are made again so that they have just what they had, in the order they had it.

use super::{handed_down, parents, partitions};
use crate::ir::{Column, ConstraintKind, Op};
use crate::schema::{Id, IndexState, Inherited, Object, Part, Schema, TableState, cascade, derive};
use std::collections::BTreeSet;

/// Whether the partitions' indexes under a partitioned index have to be said one by one: some have names that
/// PostgreSQL would not choose, or are missing.
pub(in crate::schema) fn is_made_by_hand(schema: &Schema, index: &Id) -> bool {
    let Some(Object::Index(state)) = schema.get(index).map(|entry| &entry.object) else { return false };
    let Some(table) = schema.relation(&state.index.table) else { return false };
    partitions(schema, &table).iter().any(|partition| {
        let mut own = schema.indexes(partition).filter(|(_, found)| is_under(schema, found, index));
        match own.next() {
            Some((id, found)) => !has_chosen_name(partition, id, found) || is_made_by_hand(schema, id),
            None => true,
        }
    })
}

/// Whether an index is attached to `parent`.
pub(in crate::schema) fn is_under(schema: &Schema, state: &IndexState, parent: &Id) -> bool {
    state.attached_to.as_ref().is_some_and(|name| schema.relation(name).as_ref() == Some(parent))
}

/// Whether a partition's index has the name that PostgreSQL would choose first.
pub(in crate::schema) fn has_chosen_name(table: &Id, id: &Id, state: &IndexState) -> bool {
    match (table, id) {
        (Id::Relation(table), Id::Relation(key)) => derive::first_index_name(table, &state.index) == key.name,
        _ => false,
    }
}

/// How a partition is made: as one from the start where that gives just what it is, else by itself and then attached.
pub(in crate::schema) fn made_as_partition(schema: &Schema, id: &Id, ids: &BTreeSet<Id>) -> Option<Op> {
    let state = schema.table(id)?;
    let parent_id = parents(schema, state).into_iter().next()?;
    let parent = schema.table(&parent_id)?;
    let Id::Relation(key) = id else { return None };
    let only = |part: Part| state.inherited.get(&part) == Some(&Inherited::Only);
    let same_columns = state.table.columns.len() == parent.table.columns.len()
        && state.table.columns.iter().zip(&parent.table.columns).all(|(own, theirs)| {
            let bare = |column: &Column| Column { default: None, not_null: false, ..handed_down(column) };
            bare(own) == bare(theirs)
                && own.identity.is_none()
                && (own.not_null || !theirs.not_null)
                && (own.default.is_some() || theirs.default.is_none())
                && only(Part::Column(own.name.clone()))
        });
    if !same_columns {
        return None;
    }
    let mut table = state.table.clone();
    table.constraints.clear();
    for constraint in &state.table.constraints {
        let name = constraint.name.clone().unwrap_or_default();
        if matches!(constraint.kind, ConstraintKind::ForeignKey(_)) || constraint.not_valid {
            continue;
        }
        if !only(Part::Constraint(name.clone())) {
            table.constraints.push(constraint.clone());
            continue;
        }
        let chosen = matches!(constraint.kind, ConstraintKind::Check { .. })
            || derive::first_constraint_name(key, constraint) == name;
        if !chosen {
            return None;
        }
    }
    // Indexes under one that is there already are made with the table.
    let named = schema.indexes(id).all(|(index, found)| match &found.attached_to {
        Some(parent) if schema.relation(parent).is_some_and(|parent| !ids.contains(&parent)) => {
            has_chosen_name(id, index, found)
        }
        _ => true,
    });
    if !named {
        return None;
    }
    table.columns = state
        .table
        .columns
        .iter()
        .zip(&parent.table.columns)
        .filter(|(own, theirs)| own.default != theirs.default || own.not_null != theirs.not_null)
        .map(|(own, theirs)| {
            let default = if own.default == theirs.default { None } else { own.default.clone() };
            let not_null = own.not_null && !theirs.not_null;
            Column { default, not_null, ..Column::new(&own.name, own.data_type.clone()) }
        })
        .collect();
    Some(Op::CreateTable { table, if_not_exists: false })
}

/// The column names of a table in order.
fn names(state: &TableState) -> Vec<String> {
    state.table.columns.iter().map(|column| column.name.clone()).collect()
}

/// How many of a table's first columns it had when the tables that inherit from it came to be, as the order of their
/// columns tells; all, when that cannot be told.
pub(in crate::schema) fn columns_before_children(schema: &Schema, id: &Id) -> usize {
    let Some(state) = schema.table(id) else { return 0 };
    let own = names(state);
    let children = cascade::children(schema, id);
    if state.table.partition_by.is_some() || children.is_empty() || !parents(schema, state).is_empty() {
        return own.len();
    }
    let fits = |early: &usize| {
        let (first, late) = own.split_at(*early);
        children.iter().all(|child| came_before(schema, child, first, late))
    };
    (0..=own.len()).rev().find(fits).unwrap_or(own.len())
}

/// Whether a child, with those below it, came to be when its parent had the columns `first`, and then got `late`.
fn came_before(schema: &Schema, id: &Id, first: &[String], late: &[String]) -> bool {
    let Some(state) = schema.table(id) else { return false };
    let own = names(state);
    let Some(prefix) = own.strip_suffix(late) else { return false };
    let is_only = |name: &String| state.inherited.get(&Part::Column(name.clone())) == Some(&Inherited::Only);
    let mut natural = first.to_vec();
    natural.extend(prefix.iter().filter(|name| !first.contains(name)).cloned());
    state.table.inherits.len() == 1
        && late.iter().all(is_only)
        && (natural == prefix || !prefix.iter().any(is_only))
        && cascade::children(schema, id).iter().all(|child| came_before(schema, child, prefix, late))
}

/// Whether an inheriting table has all that it shares with its parent as its own too, but for columns that came to the
/// parent later: then it is made by itself, in its own order, and made to inherit.
pub(in crate::schema) fn inherits_later(schema: &Schema, id: &Id) -> bool {
    let Some(state) = schema.table(id) else { return false };
    let parents = parents(schema, state);
    let [parent] = parents.as_slice() else { return false };
    let late = match schema.table(parent) {
        Some(parent_state) => names(parent_state).split_off(columns_before_children(schema, parent)),
        None => return false,
    };
    state.table.partition_of.is_none()
        && state.inherited.iter().all(|(part, how)| {
            let of_late = || {
                schema.get(parent).into_iter().flat_map(|entry| entry.uses.iter()).any(|used| {
                    let column = used.column.as_ref();
                    used.part == *part && used.id == *parent && column.is_some_and(|name| late.contains(name))
                })
            };
            *how == Inherited::AndLocal || matches!(part, Part::Column(name) if late.contains(name)) || of_late()
        })
}
