//! Constraints: added, validated, altered, dropped, renamed.

use super::{Doing, cascade, table};
use crate::ir::{Behaviour, Constraint, ConstraintKind, Deferrable, KeyPart, Name, Place};
use crate::schema::{Id, Object, Part, cascade::children, derive, family, keys};

pub(super) fn add(doing: &mut Doing<'_>, on: &Place, written: &Constraint) {
    let Some(id) = doing.table(on) else { return };
    let Id::Relation(key) = id.clone() else { return };
    let Some(state) = doing.schema.table(&id) else {
        doing.conflict(format!("{} is not a table", on.table));
        return;
    };
    let siblings = state.table.constraints.clone();
    let mut constraint = written.clone();
    let mut was_index = None;
    if let ConstraintKind::PrimaryKey(keys) | ConstraintKind::Unique(keys) = &mut constraint.kind
        && let Some(index_name) = keys.using_index.take()
    {
        let index_id = doing.schema.relation(&Name::in_schema(&key.schema, &index_name));
        let entry = index_id.as_ref().and_then(|id| doing.schema.get(id)).cloned();
        match (index_id, entry.as_ref().map(|entry| &entry.object)) {
            (Some(index_id), Some(Object::Index(index))) => {
                for part in &index.index.keys {
                    if let KeyPart::Column(column) = &part.part {
                        keys.columns.push(column.clone());
                    }
                }
                keys.include = index.index.include.clone();
                keys.nulls_not_distinct = index.index.nulls_not_distinct;
                if let Some(name) = &constraint.name {
                    table::rename_index(doing.schema, &id, &index_name, name);
                }
                constraint.name.get_or_insert(index_name);
                was_index = doing.schema.take(&index_id);
            }
            _ => {
                doing.conflict(format!("index {index_name} does not exist here"));
                return;
            }
        }
    }
    if matches!(constraint.kind, ConstraintKind::PrimaryKey(_))
        && siblings.iter().any(|other| matches!(other.kind, ConstraintKind::PrimaryKey(_)))
    {
        doing.conflict_on(&id, format!("{id} has a primary key already"));
        return;
    }
    if let ConstraintKind::ForeignKey(foreign) = &mut constraint.kind {
        let target = if doing.schema.relation(&foreign.references) == Some(id.clone()) {
            Some(id.clone())
        } else {
            doing.relation(&foreign.references, false)
        };
        if doing.schema.is_elsewhere() {
            foreign.references = doing.schema.reachable_relation(&foreign.references);
            if let (None, Some(Id::Relation(key))) = (&foreign.references.schema, &target) {
                foreign.references = Name::from(key);
            }
        }
        if foreign.referenced.is_empty()
            && let Some(columns) = target.and_then(|target| primary_key(doing, &target))
        {
            foreign.referenced = columns;
        }
    }
    let name = match &constraint.name {
        Some(name) => name.clone(),
        None => derive::constraint_name(doing.schema, &key, &siblings, &constraint),
    };
    if siblings.iter().any(|other| other.name.as_deref() == Some(&name)) {
        doing.conflict_on(&id, format!("constraint {name} on {id} exists already"));
        crate::schema::doubt::mark(doing.schema, &id, &format!("constraint {name} was added twice").into());
        return;
    }
    constraint.name = Some(name);
    if let ConstraintKind::Check { column, .. } = &mut constraint.kind {
        // It has served to find the name.
        *column = None;
    }
    let missing = own_columns(&constraint).into_iter().find(|column| !table::columns_of(doing, &id).contains(column));
    if let Some(column) = missing
        && doing.schema.table(&id).is_some_and(|state| state.columns_known)
    {
        doing.conflict_on(&id, format!("column {id}.{column} does not exist here"));
        return;
    }
    table::edit(doing, &id, |state| {
        if let ConstraintKind::PrimaryKey(keys) = &constraint.kind {
            for column in &mut state.table.columns {
                column.not_null |= keys.columns.contains(&column.name);
            }
        }
        state.table.constraints.push(constraint.clone());
    });
    if let (Some(index), Some(name)) = (was_index, &constraint.name) {
        doing.schema.edit_facets(&id, |entry| keys::becomes_constraint(&index, entry, name));
    }
    if !on.only {
        family::add_check(doing.schema, &id, &constraint);
        family::key_to_partitions(doing.schema, &id, &constraint);
    }
}

fn own_columns(constraint: &Constraint) -> Vec<String> {
    match &constraint.kind {
        ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => key.columns.clone(),
        ConstraintKind::ForeignKey(key) => key.columns.clone(),
        ConstraintKind::Check { .. } | ConstraintKind::Exclusion(_) => Vec::new(),
    }
}

/// The columns of a table's primary key.
fn primary_key(doing: &Doing<'_>, id: &Id) -> Option<Vec<String>> {
    doing.schema.table(id)?.table.constraints.iter().find_map(|constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey(key) => Some(key.columns.clone()),
        _ => None,
    })
}

/// The position of a constraint, or a conflict.
fn find(doing: &mut Doing<'_>, id: &Id, name: &str, if_exists: bool) -> bool {
    let found = doing
        .schema
        .table(id)
        .is_some_and(|state| state.table.constraints.iter().any(|found| found.name.as_deref() == Some(name)));
    if !found && !if_exists {
        doing.conflict_on(id, format!("constraint {name} on {id} does not exist here"));
    }
    found
}

fn edit(doing: &mut Doing<'_>, id: &Id, name: &str, change: impl FnOnce(&mut Constraint)) {
    table::edit(doing, id, |state| {
        if let Some(found) = state.table.constraints.iter_mut().find(|found| found.name.as_deref() == Some(name)) {
            change(found);
        }
    });
}

/// Changes a constraint, and the shares that children have in it.
fn on_it_and_below(doing: &mut Doing<'_>, id: &Id, name: &str, change: &dyn Fn(&mut Constraint)) {
    let found = doing
        .schema
        .table(id)
        .and_then(|state| state.table.constraints.iter().find(|found| found.name.as_deref() == Some(name)).cloned());
    edit(doing, id, name, change);
    let Some(found) = found else { return };
    for child in children(doing.schema, id) {
        if let Some(share) = family::share_of(doing.schema, &child, &found) {
            on_it_and_below(doing, &child, &share, change);
        }
    }
}

pub(super) fn validate(doing: &mut Doing<'_>, on: &Place, name: &str) {
    let Some(id) = doing.table(on) else { return };
    if find(doing, &id, name, false) {
        on_it_and_below(doing, &id, name, &|constraint| constraint.not_valid = false);
    }
}

pub(super) fn alter(doing: &mut Doing<'_>, on: &Place, name: &str, deferrable: Deferrable) {
    let Some(id) = doing.table(on) else { return };
    if find(doing, &id, name, false) {
        on_it_and_below(doing, &id, name, &|constraint| constraint.deferrable = deferrable);
    }
}

pub(super) fn drop(doing: &mut Doing<'_>, on: &Place, name: &str, if_exists: bool, behaviour: Behaviour) {
    let Some(id) = doing.table(on) else { return };
    if !find(doing, &id, name, if_exists) {
        return;
    }
    if behaviour == Behaviour::Restrict
        && let Some((table, key)) = keys::resting_on(doing.schema, &id, name).into_iter().next()
    {
        doing.conflict(format!("foreign key {key} on {table} rests on constraint {name}"));
        return;
    }
    cascade::drop_constraint(doing.schema, &id, name);
}

pub(super) fn rename(doing: &mut Doing<'_>, on: &Place, from: &str, to: &str) {
    let Some(id) = doing.table(on) else { return };
    if !find(doing, &id, from, false) {
        return;
    }
    rename_constraint(doing, &id, from, to);
}

/// Renames a constraint that is there, with all that names it.
pub(in crate::schema) fn rename_constraint(doing: &mut Doing<'_>, id: &Id, from: &str, to: &str) {
    let is_check = doing.schema.table(id).is_some_and(|state| {
        let found = state.table.constraints.iter().find(|found| found.name.as_deref() == Some(from));
        found.is_some_and(|found| matches!(found.kind, ConstraintKind::Check { .. }))
    });
    let below = if is_check { children(doing.schema, id) } else { Vec::new() };
    for child in below {
        let inherits = doing
            .schema
            .table(&child)
            .is_some_and(|state| state.inherited.contains_key(&Part::Constraint(from.to_owned())));
        if inherits {
            rename_constraint(doing, &child, from, to);
        }
    }
    table::edit(doing, id, |state| {
        if let Some(how) = state.inherited.remove(&Part::Constraint(from.to_owned())) {
            state.inherited.insert(Part::Constraint(to.to_owned()), how);
        }
    });
    edit(doing, id, from, |constraint| constraint.name = Some(to.to_owned()));
    doing.schema.edit(id, |entry| {
        for wrap in [Part::Constraint as fn(String) -> Part, Part::Default as fn(String) -> Part] {
            if let Some(text) = entry.comments.remove(&wrap(from.to_owned())) {
                entry.comments.insert(wrap(to.to_owned()), text);
            }
        }
    });
    table::rename_index(doing.schema, id, from, to);
}
