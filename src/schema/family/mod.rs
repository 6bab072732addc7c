//! Partitions and inheriting tables: what comes to them from their parents, and goes again. Source: `tablecmds.c` of
//! PostgreSQL 15, checked on a server.

mod made;

use made::is_under;
pub(super) use made::{columns_before_children, inherits_later, is_made_by_hand, made_as_partition};

use super::{Entry, Id, IndexState, Inherited, Key, Object, Part, Schema, TableState, cascade, derive};
use crate::ir::{Column, Constraint, ConstraintKind, Index, Name};
use std::collections::BTreeSet;

/// The parents of a table that are there: the partitioned table, or those that it inherits from in order.
pub(super) fn parents(schema: &Schema, state: &TableState) -> Vec<Id> {
    let partitioned = state.table.partition_of.iter().map(|partition| &partition.parent);
    partitioned.chain(&state.table.inherits).filter_map(|name| schema.relation(name)).collect()
}

/// Whether a table is a partition now.
fn is_partition(schema: &Schema, id: &Id) -> bool {
    schema.table(id).is_some_and(|state| state.table.partition_of.is_some())
}

/// The partitions of a table.
fn partitions(schema: &Schema, id: &Id) -> Vec<Id> {
    cascade::children(schema, id).into_iter().filter(|child| is_partition(schema, child)).collect()
}

fn edit(schema: &mut Schema, id: &Id, change: impl FnOnce(&mut TableState)) {
    schema.edit(id, |entry| {
        if let Object::Table(state) = &mut entry.object {
            change(state);
        }
    });
}

/// A column as a child gets it: an identity stays with the parent.
fn handed_down(column: &Column) -> Column {
    Column { identity: None, options: Vec::new(), statistics: None, ..column.clone() }
}

/// Gives a table that was just made the columns and checks of its parents. Its own columns hold what the statement said:
/// for a partition, just what it says beside the types.
pub(super) fn born(schema: &mut Schema, id: &Id) {
    let Some(state) = schema.table(id).cloned() else { return };
    let parents: Vec<TableState> =
        parents(schema, &state).iter().filter_map(|parent| schema.table(parent).cloned()).collect();
    if parents.is_empty() {
        return;
    }
    let partition = state.table.partition_of.is_some();
    let (mut columns, mut inherited): (Vec<Column>, Vec<(Part, Inherited)>) = (Vec::new(), Vec::new());
    for column in parents.iter().flat_map(|parent| &parent.table.columns) {
        match columns.iter_mut().find(|found| found.name == column.name) {
            Some(found) => found.not_null |= column.not_null,
            None => columns.push(handed_down(column)),
        }
    }
    let mut own = state.table.columns.clone();
    for column in &mut columns {
        let mut how = Inherited::Only;
        if let Some(at) = own.iter().position(|written| written.name == column.name) {
            let written = own.remove(at);
            column.not_null |= written.not_null;
            column.default = written.default.or(column.default.take());
            column.generated = written.generated.or(column.generated.take());
            column.identity = written.identity;
            column.storage = written.storage.or(column.storage.take());
            column.compression = written.compression.or(column.compression.take());
            if !partition {
                how = Inherited::AndLocal;
            }
        }
        inherited.push((Part::Column(column.name.clone()), how));
    }
    columns.extend(own);
    let known = parents.iter().all(|parent| parent.columns_known);
    let checks: Vec<Constraint> = parents
        .iter()
        .flat_map(|parent| &parent.table.constraints)
        .filter(|found| hands_down(found))
        .cloned()
        .collect();
    edit(schema, id, |state| {
        state.table.columns = columns;
        state.columns_known &= known;
        state.inherited.extend(inherited);
    });
    for check in checks {
        merge_check(schema, id, &check);
    }
}

/// Whether children have a constraint of the parent's by inheritance alone.
fn hands_down(constraint: &Constraint) -> bool {
    matches!(constraint.kind, ConstraintKind::Check { no_inherit: false, .. })
}

/// A check of the parent's on one child.
fn merge_check(schema: &mut Schema, id: &Id, check: &Constraint) {
    let Some(name) = &check.name else { return };
    let part = Part::Constraint(name.clone());
    let partition = is_partition(schema, id);
    edit(schema, id, |state| {
        if !state.table.constraints.iter().any(|found| found.name == check.name) {
            state.table.constraints.push(check.clone());
            state.inherited.insert(part, Inherited::Only);
        } else if partition {
            state.inherited.insert(part, Inherited::Only);
        } else {
            state.inherited.entry(part).or_insert(Inherited::AndLocal);
        }
    });
}

/// Gives a partition the keys and indexes of its parent; those that it has already take their places.
pub(super) fn clone_keys(schema: &mut Schema, id: &Id) {
    let Some(parent) = schema.table(id).and_then(|state| parents(schema, state).into_iter().next()) else { return };
    let Some(state) = schema.table(&parent).cloned() else { return };
    for constraint in &state.table.constraints {
        key_to_partition(schema, id, constraint);
    }
    let mut indexes: Vec<(Id, Index)> =
        schema.indexes(&parent).map(|(id, state)| (id.clone(), state.index.clone())).collect();
    indexes.sort_by(|one, other| one.0.cmp(&other.0));
    for (parent_index, index) in indexes {
        index_to_partition(schema, id, &parent_index, &index);
    }
}

/// A key or foreign key of the parent's on every partition.
pub(super) fn key_to_partitions(schema: &mut Schema, parent: &Id, constraint: &Constraint) {
    for child in partitions(schema, parent) {
        key_to_partition(schema, &child, constraint);
    }
}

fn key_to_partition(schema: &mut Schema, id: &Id, constraint: &Constraint) {
    let (Id::Relation(key), Some(state)) = (id, schema.table(id)) else { return };
    if matches!(constraint.kind, ConstraintKind::Check { .. }) {
        return;
    }
    let same = |found: &&Constraint| {
        same_key(&found.kind, &constraint.kind)
            && !state.inherited.contains_key(&Part::Constraint(found.name.clone().unwrap_or_default()))
    };
    let there = state.table.constraints.iter().find(same).and_then(|found| found.name.clone());
    let name = match there {
        Some(name) => name,
        None => {
            let mut copy = constraint.clone();
            let taken = state.table.constraints.iter().any(|found| found.name == copy.name);
            // A foreign key keeps its name where it can.
            if !matches!(copy.kind, ConstraintKind::ForeignKey(_)) || taken {
                copy.name = None;
            }
            let name = match &copy.name {
                Some(name) => name.clone(),
                None => derive::constraint_name(schema, key, &state.table.constraints, &copy),
            };
            copy.name = Some(name.clone());
            edit(schema, id, |state| state.table.constraints.push(copy));
            name
        }
    };
    edit(schema, id, |state| {
        state.inherited.insert(Part::Constraint(name), Inherited::Only);
        if let ConstraintKind::PrimaryKey(key) = &constraint.kind {
            for column in &mut state.table.columns {
                column.not_null |= key.columns.contains(&column.name);
            }
        }
    });
    key_to_partitions(schema, id, constraint);
}

/// Whether two keys are the same but for their names.
fn same_key(one: &ConstraintKind, other: &ConstraintKind) -> bool {
    match (one, other) {
        (ConstraintKind::PrimaryKey(one), ConstraintKind::PrimaryKey(other))
        | (ConstraintKind::Unique(one), ConstraintKind::Unique(other)) => {
            one.columns == other.columns
                && one.include == other.include
                && one.nulls_not_distinct == other.nulls_not_distinct
        }
        _ => one == other,
    }
}

/// An index of the parent's on every partition.
pub(super) fn index_to_partitions(schema: &mut Schema, parent: &Id, parent_index: &Id, index: &Index) {
    for child in partitions(schema, parent) {
        index_to_partition(schema, &child, parent_index, index);
    }
}

fn index_to_partition(schema: &mut Schema, id: &Id, parent_index: &Id, index: &Index) {
    let (Id::Relation(key), Some(state), Some(parent)) = (id, schema.table(id), index_name(schema, parent_index))
    else {
        return;
    };
    let table = state.table.name.clone();
    let fits = |found: &IndexState| found.attached_to.is_none() && same_index(&found.index, index);
    let there = schema.indexes(id).find(|(_, found)| fits(found)).map(|(id, _)| id.clone());
    let child = match there {
        Some(child) => child,
        None => {
            let mut copy = Index { name: None, table, only: false, tablespace: None, ..index.clone() };
            let name = derive::index_name(schema, key, &copy);
            copy.name = Some(name.clone());
            let child = Id::Relation(Key::new(&key.schema, name));
            schema.put(child.clone(), Entry::new(Object::Index(IndexState { index: copy, attached_to: None })));
            child
        }
    };
    schema.edit(&child, |entry| {
        if let Object::Index(state) = &mut entry.object {
            state.attached_to = Some(parent);
        }
    });
    index_to_partitions(schema, id, &child, index);
}

/// Another type of a column builds the indexes over it anew, and those of partitions then have the names that PostgreSQL
/// chooses, or are there for the first time. Where they have others now, what they become is not certain.
pub(super) fn doubt_names_chosen_anew(schema: &mut Schema, id: &Id, column: &str) {
    let over = |index: &&Id| {
        schema
            .get(index)
            .is_some_and(|entry| entry.uses.iter().any(|used| used.id == *id && used.column.as_deref() == Some(column)))
    };
    let anew = |index: &&Id| over(index) && is_made_by_hand(schema, index);
    let indexes: Vec<Id> = schema.indexes(id).map(|(index, _)| index).filter(anew).cloned().collect();
    for index in indexes {
        let why = format!(
            "the type of {id}.{column} was changed, and {index} with what is under it was made anew by the server under names that it chose"
        );
        let why: std::sync::Arc<str> = why.into();
        let mut doubtful = vec![index.clone()];
        for partition in partitions(schema, id) {
            let own = schema.indexes(&partition).filter(|(_, found)| is_under(schema, found, &index));
            let own: Vec<Id> = own.map(|(id, _)| id.clone()).collect();
            // One that had none gets one.
            doubtful.extend(if own.is_empty() { vec![partition] } else { own });
        }
        for one in doubtful {
            super::doubt::mark(schema, &one, &why);
        }
    }
}

/// An index's name, written as its table's is.
pub(super) fn index_name(schema: &Schema, id: &Id) -> Option<Name> {
    match &schema.get(id)?.object {
        Object::Index(state) => Some(state.index.table.sibling(state.index.name.clone()?)),
        _ => None,
    }
}

/// Whether two indexes are the same but for name, table and storage.
fn same_index(one: &Index, other: &Index) -> bool {
    one.unique == other.unique
        && one.method.as_deref().unwrap_or("btree") == other.method.as_deref().unwrap_or("btree")
        && one.keys == other.keys
        && one.include == other.include
        && one.nulls_not_distinct == other.nulls_not_distinct
        && one.predicate == other.predicate
}

/// A table has become a child: its columns and checks are the parent's too.
pub(super) fn joined(schema: &mut Schema, id: &Id, parent: &Id) {
    let Some(parent) = schema.table(parent).cloned() else { return };
    let partition = is_partition(schema, id);
    let columns = parent.table.columns.iter().map(|column| Part::Column(column.name.clone()));
    let checks = parent.table.constraints.iter().filter(|found| hands_down(found));
    let checks = checks.filter_map(|found| found.name.clone()).map(Part::Constraint);
    let parts: Vec<Part> = columns.chain(checks).collect();
    edit(schema, id, |state| {
        for part in parts {
            if partition {
                state.inherited.insert(part, Inherited::Only);
            } else {
                state.inherited.entry(part).or_insert(Inherited::AndLocal);
            }
        }
    });
    if partition {
        clone_keys(schema, id);
    }
}

/// A table has left a parent: what no other parent gives it is its own.
pub(super) fn left(schema: &mut Schema, id: &Id) {
    let Some(state) = schema.table(id) else { return };
    if state.table.partition_of.is_none() && state.table.inherits.is_empty() {
        edit(schema, id, |state| state.inherited.clear());
        let indexes: Vec<Id> = schema.indexes(id).map(|(id, _)| id.clone()).collect();
        for index in indexes {
            schema.edit(&index, |entry| {
                if let Object::Index(state) = &mut entry.object {
                    state.attached_to = None;
                }
            });
        }
        return;
    }
    let gone: Vec<Part> =
        state.inherited.keys().filter(|part| !still_inherited(schema, state, part)).cloned().collect();
    edit(schema, id, |state| state.inherited.retain(|part, _| !gone.contains(part)));
}

/// Whether one of a table's parents has the part.
fn still_inherited(schema: &Schema, state: &TableState, part: &Part) -> bool {
    parents(schema, state).iter().filter_map(|parent| schema.table(parent)).any(|parent| match part {
        Part::Column(name) => parent.table.columns.iter().any(|column| column.name == *name),
        Part::Constraint(name) => {
            let own = state.table.constraints.iter().find(|found| found.name.as_ref() == Some(name));
            parent.table.constraints.iter().any(|found| {
                found.name.as_ref() == Some(name)
                    || state.table.partition_of.is_some() && own.is_some_and(|own| same_key(&own.kind, &found.kind))
            })
        }
        Part::Whole | Part::Default(_) => false,
    })
}

/// A column has come to a parent: its children get it, or share theirs.
pub(super) fn add_column(schema: &mut Schema, parent: &Id, column: &Column) {
    for child in cascade::children(schema, parent) {
        edit(schema, &child, |state| {
            let part = Part::Column(column.name.clone());
            if state.table.columns.iter().any(|found| found.name == column.name) {
                state.inherited.entry(part).or_insert(Inherited::AndLocal);
            } else {
                state.table.columns.push(handed_down(column));
                state.inherited.insert(part, Inherited::Only);
            }
        });
        add_column(schema, &child, column);
    }
}

/// A check has come to a parent.
pub(super) fn add_check(schema: &mut Schema, parent: &Id, check: &Constraint) {
    if hands_down(check) {
        for child in cascade::children(schema, parent) {
            merge_check(schema, &child, check);
            add_check(schema, &child, check);
        }
    }
}

/// What of a child goes because `part` of a parent has gone: nothing when it is the child's own too, or has it from
/// another parent.
pub(super) fn goes_along(schema: &mut Schema, child: &Id, part: &Part) -> bool {
    let Some(state) = schema.table(child) else { return false };
    if still_inherited(schema, state, part) {
        return false;
    }
    match state.inherited.get(part).copied() {
        Some(Inherited::Only) => true,
        Some(Inherited::AndLocal) => {
            edit(schema, child, |state| {
                state.inherited.remove(part);
            });
            false
        }
        None => false,
    }
}

/// The constraint of a child that is its share of a parent's.
pub(super) fn share_of(schema: &Schema, child: &Id, constraint: &Constraint) -> Option<String> {
    let state = schema.table(child)?;
    let inherited =
        |found: &&Constraint| state.inherited.contains_key(&Part::Constraint(found.name.clone().unwrap_or_default()));
    let by_name = state.table.constraints.iter().filter(inherited).find(|found| {
        found.name == constraint.name && std::mem::discriminant(&found.kind) == std::mem::discriminant(&constraint.kind)
    });
    let by_kind = || {
        let partition = state.table.partition_of.is_some() && !matches!(constraint.kind, ConstraintKind::Check { .. });
        let mut same = state.table.constraints.iter().filter(inherited);
        same.find(|found| partition && same_key(&found.kind, &constraint.kind))
    };
    by_name.or_else(by_kind)?.name.clone()
}

/// Every table above a table; the table itself too, in a history that makes it its own ancestor.
pub(super) fn ancestors(schema: &Schema, id: &Id) -> BTreeSet<Id> {
    let mut found = BTreeSet::new();
    let mut open = vec![id.clone()];
    while let Some(id) = open.pop() {
        let above = schema.table(&id).map(|state| parents(schema, state)).unwrap_or_default();
        open.extend(above.into_iter().filter(|parent| found.insert(parent.clone())));
    }
    found
}

/// How many tables a table has above it.
pub(crate) fn depth(schema: &Schema, id: &Id) -> usize {
    ancestors(schema, id).len()
}

/// Every table below a table.
pub(crate) fn descendants(schema: &Schema, id: &Id) -> BTreeSet<Id> {
    let mut found = BTreeSet::new();
    let mut open = cascade::children(schema, id);
    while let Some(child) = open.pop() {
        if found.insert(child.clone()) {
            open.extend(cascade::children(schema, &child));
        }
    }
    found
}
