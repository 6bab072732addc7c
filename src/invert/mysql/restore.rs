//! The operations that turn one state into another: foreign keys go first and come last, because nothing drops what they rest
//! on.

use super::table::{Foreign, changes};
use super::values;
use crate::invert::Loss;
use crate::invert::restore::Restored;
use crate::ir::{Behaviour, ColumnChange, ColumnPosition, Constraint, ConstraintKind, Dialect, Name, Op, Place, Table};
use crate::schema::{Id, Object, Schema, create_all, reference};
use std::collections::BTreeSet;

/// Turns `from` into `to`.
pub(in crate::invert) fn restore(from: &Schema, to: &Schema) -> Restored {
    let mut done = Restored::default();
    if let Some(why) = &to.doubt {
        done.refusals.push(why.to_string());
    }
    let changes: Vec<(Id, bool, bool)> = (from.changes(to).into_iter())
        .filter(|change| !change.id.is_temporary())
        .map(|change| (change.id.clone(), change.before.is_some(), change.after.is_some()))
        .collect();
    for (id, _, after) in &changes {
        for schema in
            [Some(from).filter(|from| from.table(id).is_some()), Some(to).filter(|_| *after)].into_iter().flatten()
        {
            if let Some(why) = schema.get(id).and_then(|entry| entry.unsure()) {
                done.refusals.push(format!("{id} is not known for certain: {why}"));
            }
        }
    }
    let is_table = |schema: &Schema, id: &Id| schema.table(id).is_some();
    let stays = |id: &Id| is_table(from, id) && is_table(to, id);
    let altered: Vec<&Id> = changes.iter().map(|(id, ..)| id).filter(|id| stays(id)).collect();
    let gone: Vec<&Id> = changes.iter().filter(|(id, before, _)| *before && !stays(id)).map(|(id, ..)| id).collect();
    // What is no table is dropped before the tables are touched, and made after that.
    let (tables, others): (Vec<&Id>, Vec<&Id>) = gone.into_iter().partition(|id| is_table(from, id));
    let with_it = |id: &Id| tables.iter().any(|table| matches!(table, Id::Relation(key) if id.owner() == Some(key)));
    for id in others.iter().filter(|id| !with_it(id)) {
        if !is_replaced(from, to, id) {
            drop_object(&mut done, from, id);
        }
    }
    let mut keys = Vec::new();
    for (table, key) in remade(from, to) {
        let on = Place::new(table);
        done.ops.extend(super::table::drop_constraint(&on, &key));
        keys.push(Op::AddConstraint { on, constraint: key });
    }
    for id in altered {
        alter(&mut done, from, to, id, &mut keys);
    }
    drop_tables(&mut done, from, tables);
    let made: BTreeSet<Id> =
        changes.iter().filter(|(id, _, after)| *after && !stays(id)).map(|(id, ..)| id.clone()).collect();
    for id in made.iter().filter(|id| is_table(to, id)) {
        done.lost.push(Loss::table(id, format!("rows of table {id}")));
        if !to.table(id).is_some_and(|state| state.columns_known) {
            done.refusals.push(format!("the columns of {id} are known to the database alone"));
        }
    }
    let (ops, _) = create_all(to, &made);
    done.ops.extend(ops.into_iter().map(|op| match op {
        Op::CreateView { view, .. } => {
            let or_replace = from.relation(&view.name).is_some();
            Op::CreateView { view, or_replace, if_not_exists: false }
        }
        op => op,
    }));
    done.ops.extend(keys);
    done
}

/// Foreign keys that stay and are made anew all the same: the index that came with one is missing, or a column on either
/// side of it becomes another.
fn remade(from: &Schema, to: &Schema) -> Vec<(Name, Constraint)> {
    let mut found = Vec::new();
    for (id, entry) in to.iter() {
        let (Some(wanted), Some(now)) = (entry.object.as_table(), from.table(id)) else { continue };
        for one in wanted.table.constraints.iter().filter(|one| now.table.constraints.contains(one)) {
            let ConstraintKind::ForeignKey(key) = &one.kind else { continue };
            let came_with_it = wanted.table.indexes.iter().find(|index| index.implied && index.name == one.name);
            let is_missing = came_with_it.is_some_and(|index| !now.table.indexes.contains(index));
            let changes = match to.relation(&key.references) {
                Some(other) => changes_type(from, to, &other, &key.referenced),
                None => false,
            };
            if is_missing || changes || changes_type(from, to, id, &key.columns) {
                found.push((wanted.table.name.clone(), one.clone()));
            }
        }
    }
    found
}

/// Whether a column of a table becomes one of another type.
fn changes_type(from: &Schema, to: &Schema, id: &Id, columns: &[String]) -> bool {
    let (Some(now), Some(wanted)) = (from.table(id), to.table(id)) else { return false };
    let of = |table: &Table, name: &String| {
        let column = table.columns.iter().find(|column| column.name == *name)?;
        Some((column.data_type.clone(), column.charset.clone(), column.collation.clone()))
    };
    columns.iter().any(|name| of(&now.table, name) != of(&wanted.table, name))
}

/// Whether what comes back takes the place of what is there.
fn is_replaced(from: &Schema, to: &Schema, id: &Id) -> bool {
    let is_view = |schema: &Schema| matches!(schema.get(id).map(|entry| &entry.object), Some(Object::View(_)));
    is_view(from) && is_view(to)
}

fn drop_object(done: &mut Restored, from: &Schema, id: &Id) {
    let Some(entry) = from.get(id) else { return };
    let mut object = reference(id, &entry.object);
    object.on = None;
    done.ops.push(Op::Drop { object, if_exists: false, behaviour: Behaviour::Restrict, concurrently: false });
}

fn alter(done: &mut Restored, from: &Schema, to: &Schema, id: &Id, keys: &mut Vec<Op>) {
    let (Some(now), Some(wanted)) = (from.table(id), to.table(id)) else { return };
    if !now.columns_known || !wanted.columns_known {
        done.refusals.push(format!("the columns of {id} are known to the database alone"));
        return;
    }
    if now.table.partition_by != wanted.table.partition_by {
        done.refusals.push(format!("{id} was divided into other partitions"));
        return;
    }
    let mut foreign = Foreign::default();
    changes(done, id, &now.table, &wanted.table, &mut foreign);
    keys.extend(foreign.added);
}

/// Drops tables, each before those that it refers to; where several refer to each other their keys go first.
fn drop_tables(done: &mut Restored, from: &Schema, mut tables: Vec<&Id>) {
    let refers = |one: &Id, other: &Id| {
        let keys = from.table(one).map(|state| state.table.constraints.as_slice()).unwrap_or_default();
        one != other
            && keys.iter().any(|key| match &key.kind {
                ConstraintKind::ForeignKey(key) => from.relation(&key.references).as_ref() == Some(other),
                _ => false,
            })
    };
    while !tables.is_empty() {
        let is_free = |id: &&Id| !tables.iter().any(|other| refers(other, id));
        let at = tables.iter().position(is_free).unwrap_or_else(|| {
            for other in tables.iter().skip(1).filter(|other| refers(other, tables[0])) {
                done.ops.extend(from.table(other).map(|state| own_keys(&state.table)).unwrap_or_default());
            }
            0
        });
        let id = tables.remove(at);
        done.discards.push(Loss::thrown(id, ""));
        drop_object(done, from, id);
    }
}

fn own_keys(table: &Table) -> Vec<Op> {
    let is_key = |kind: &ConstraintKind| matches!(kind, ConstraintKind::ForeignKey(_));
    let keys = table.constraints.iter().filter(|one| is_key(&one.kind));
    keys.filter_map(|key| super::table::drop_constraint(&Place::new(table.name.clone()), key)).collect()
}

/// The way back of a column that was given another name and definition at once.
pub(in crate::invert) fn changed_back(op: &Op, before: &Schema) -> Option<Restored> {
    let Op::AlterColumn { on, column, change: ColumnChange::Redefine { column: given, position } } = op else {
        return None;
    };
    if given.name.to_lowercase() == column.to_lowercase() || before.dialect() == Dialect::Postgres {
        return None;
    }
    let id = before.relation(&on.table)?;
    let state = before.table(&id)?;
    let at = state.table.columns.iter().position(|own| own.name.to_lowercase() == column.to_lowercase())?;
    let position = position.as_ref().map(|_| match at.checked_sub(1) {
        Some(before) => ColumnPosition::After(state.table.columns[before].name.clone()),
        None => ColumnPosition::First,
    });
    let own = &state.table.columns[at];
    // Under the name that it has after the way back.
    let lost = values::changed(own, given)
        .map(|what| Loss::values(&id, &own.name, format!("{what} of column {id}.{}", own.name)));
    let change = ColumnChange::Redefine { column: Box::new(own.clone()), position };
    let ops = vec![Op::AlterColumn { on: on.clone(), column: given.name.clone(), change }];
    Some(Restored { ops, lost: lost.into_iter().collect(), ..Restored::default() })
}
