//! `CREATE TABLE`, and what `ALTER TABLE` does to the table itself.

use super::redundant::without_repeated;
use super::{Doing, Existing, cascade, column, constraint};
use crate::ir::{
    Attribute, Column, Constraint, ConstraintKind, DataType, Name, ObjectKind, ObjectRef, PartitionOf, Persistence,
    Place, Table, TableChange,
};
use crate::schema::{Id, Object, Schema, TableState, TriggerState, doubt, family, output};
use crate::sql::postgres;
use crate::sql::query::Catalogue;

pub(super) fn create(doing: &mut Doing<'_>, written: &Table, if_not_exists: bool) {
    let temporary = written.persistence == Persistence::Temporary;
    let key = doing.home_of(&written.name, temporary);
    let id = Id::Relation(key.clone());
    if doing.schema.has(&id) && (if_not_exists || !doing.schema.is_blank(&id)) {
        doing.create(id, Object::Schema(String::new()), Existing::or_kept(if_not_exists));
        return;
    }
    let mut table = written.clone();
    let mut columns_known = true;
    let constraints = without_repeated(&std::mem::take(&mut table.constraints));
    let mut columns = std::mem::take(&mut table.columns);
    let likes = std::mem::take(&mut table.like);
    let mut reads = None;
    // A query that writes too is not read: what columns it gives nobody but the server knows, and it cannot be asked again.
    let mut is_asked_once = false;
    if let Some(text) = table.as_query.take() {
        reads = output::reads(doing.schema, &text);
        columns = from_query(doing, &text, &columns);
        table.with_no_data = false;
        columns_known = !columns.is_empty() && columns.iter().all(output::is_known);
        is_asked_once = !std::mem::take(&mut table.query_writes).is_empty() && !columns_known;
        if columns_known || is_asked_once {
            reads = None;
        } else {
            // Only the server can tell the rest.
            table.as_query = Some(output::under_names(&text, &written.columns));
        }
    }
    if let Some(of_type) = &table.of_type {
        match of_composite(doing, of_type, &columns) {
            Some(found) => columns = found,
            None => columns_known = false,
        }
    }
    let mut state = TableState { columns_known, reads, ..TableState::new(table) };
    let mut copied = Vec::new();
    for (position, written) in columns.iter().enumerate() {
        for like in likes.iter().filter(|like| like.position == position) {
            copied.push((state.table.columns.len(), like));
        }
        state.table.columns.push(column::settled(written));
    }
    for like in likes.iter().filter(|like| like.position >= columns.len()) {
        copied.push((state.table.columns.len(), like));
    }
    let mut entry = doing.schema.newborn(&id, Object::Table(Box::new(state)));
    doing.schema.qualify(&id, &mut entry);
    doing.schema.put(id.clone(), entry);
    for written in &columns {
        column::expand_serial(doing, &id, &key, &written.name);
    }
    for (position, like) in copied.into_iter().rev() {
        super::like::copy(doing, &id, &key, position, like);
    }
    family::born(doing.schema, &id);
    let place = Place::new(Name::in_schema(&key.schema, &key.name));
    // Foreign keys come last: they may rest on a key of the same table.
    let (keys, others): (Vec<_>, Vec<_>) =
        constraints.iter().partition(|constraint| matches!(constraint.kind, ConstraintKind::ForeignKey(_)));
    let (others, keys) = (others.into_iter(), keys.into_iter());
    for constraint in others.map(Some).chain([None]).chain(keys.map(Some)) {
        let Some(constraint) = constraint else {
            doing.schema.edit_facets(&id, crate::schema::keys::are_oldest);
            continue;
        };
        // There are no rows yet: NOT VALID says nothing here.
        let constraint = Constraint { not_valid: false, ..constraint.clone() };
        constraint::add(doing, &place, &constraint);
    }
    if written.partition_of.is_some() {
        family::clone_keys(doing.schema, &id);
    }
    doing.schema.refresh(&id);
    if is_asked_once {
        doubt::mark(doing.schema, &id, &"its columns are known to the server alone".into());
    }
}

/// The columns that a query gives, under other names if any are written.
fn from_query(doing: &Doing<'_>, text: &str, names: &[Column]) -> Vec<Column> {
    let mut columns = output::columns(doing.schema, text).unwrap_or_default();
    for (column, written) in columns.iter_mut().zip(names) {
        column.name.clone_from(&written.name);
    }
    columns
}

/// The columns of a typed table: its type's attributes, with what the table says of them.
fn of_composite(doing: &Doing<'_>, of_type: &DataType, overrides: &[Column]) -> Option<Vec<Column>> {
    let id = doing.schema.type_named(of_type.user()?)?;
    let Object::Composite(composite) = &doing.schema.get(&id)?.object else { return None };
    let column = |attribute: &Attribute| {
        let column = Column::new(&attribute.name, attribute.data_type.clone());
        let column = Column { collation: attribute.collation.clone(), ..column };
        overridden(column, overrides)
    };
    Some(composite.attributes.iter().map(column).collect())
}

/// A column that is there already, with what a table says of it.
fn overridden(column: Column, overrides: &[Column]) -> Column {
    match overrides.iter().find(|written| written.name == column.name) {
        Some(written) => Column {
            not_null: column.not_null || written.not_null,
            default: written.default.clone().or(column.default),
            generated: written.generated.clone().or(column.generated),
            identity: written.identity.clone().or(column.identity),
            ..column
        },
        None => column,
    }
}

pub(super) fn alter(doing: &mut Doing<'_>, on: &Place, change: &TableChange) {
    let Some(id) = doing.table(on) else { return };
    match change {
        TableChange::RowSecurity { enabled } => edit(doing, &id, |state| state.row_security = *enabled),
        TableChange::ForceRowSecurity { forced } => edit(doing, &id, |state| state.force_row_security = *forced),
        TableChange::Trigger { state, name, every } => trigger_state(doing, &id, state, name, *every),
        TableChange::Rule { state, name } => {
            let object = ObjectRef::on(ObjectKind::Rule, name, on.table.clone());
            let name = postgres::quote_identifier(name);
            let sql = format!("ALTER TABLE {} {state} RULE {name}", postgres::quote_name(&on.table));
            super::objects::alter_definition(doing, &object, &sql);
        }
        TableChange::SetOptions(options) => with_options(doing, &id, |with| {
            for (name, value) in options {
                set_option(with, name, value);
            }
        }),
        TableChange::ResetOptions(names) => {
            with_options(doing, &id, |with| with.retain(|(name, _)| !names.contains(name)))
        }
        TableChange::Logged { logged } => edit(doing, &id, |state| {
            state.table.persistence = if *logged { Persistence::Permanent } else { Persistence::Unlogged };
        }),
        TableChange::Inherit { parent } => {
            let Some(parent_id) = doing.relation(parent, false) else { return };
            edit(doing, &id, |state| state.table.inherits.push(parent.clone()));
            family::joined(doing.schema, &id, &parent_id);
        }
        TableChange::NoInherit { parent } => {
            let target = doing.schema.relation(parent);
            let gone: Vec<Name> = match doing.schema.table(&id) {
                Some(state) => {
                    state.table.inherits.iter().filter(|name| doing.schema.relation(name) == target).cloned().collect()
                }
                None => Vec::new(),
            };
            edit(doing, &id, |state| state.table.inherits.retain(|name| !gone.contains(name)));
            family::left(doing.schema, &id);
        }
        TableChange::AttachPartition { child, bound } => {
            if let Some(child) = doing.relation(child, false) {
                let partition = PartitionOf { parent: on.table.clone(), bound: bound.clone() };
                edit(doing, &child, |state| state.table.partition_of = Some(partition));
                family::joined(doing.schema, &child, &id);
            }
        }
        TableChange::DetachPartition { child, .. } => {
            if let Some(child) = doing.relation(child, false) {
                edit(doing, &child, |state| state.table.partition_of = None);
                family::left(doing.schema, &child);
            }
        }
        TableChange::ReplicaIdentity { mode, index } => edit(doing, &id, |state| {
            state.replica_identity = (mode != "DEFAULT").then(|| (mode.clone(), index.clone()));
        }),
        TableChange::ClusterOn { index } => edit(doing, &id, |state| state.cluster_on = index.clone()),
        TableChange::Tablespace { name } => edit(doing, &id, |state| state.table.tablespace = Some(name.clone())),
        TableChange::AccessMethod { name } => edit(doing, &id, |state| state.table.method = Some(name.clone())),
        TableChange::OfType { data_type } => edit(doing, &id, |state| state.table.of_type = data_type.clone()),
        TableChange::Convert { .. } => doing.conflict(format!("PostgreSQL gives the columns of {id} no character set")),
    }
}

pub(super) fn edit(doing: &mut Doing<'_>, id: &Id, change: impl FnOnce(&mut TableState)) {
    doing.schema.edit(id, |entry| {
        if let Object::Table(state) = &mut entry.object {
            change(state);
        }
    });
}

fn with_options(doing: &mut Doing<'_>, id: &Id, change: impl FnOnce(&mut Vec<(String, String)>)) {
    doing.schema.edit(id, |entry| match &mut entry.object {
        Object::Table(state) => change(&mut state.table.with),
        Object::View(state) => change(&mut state.view.with),
        Object::Index(state) => change(&mut state.index.with),
        _ => {}
    });
}

/// Sets one storage parameter.
pub(super) fn set_option(with: &mut Vec<(String, String)>, name: &str, value: &str) {
    match with.iter_mut().find(|(found, _)| found == name) {
        Some((_, old)) => value.clone_into(old),
        None => with.push((name.to_owned(), value.to_owned())),
    }
}

fn trigger_state(doing: &mut Doing<'_>, id: &Id, state: &str, name: &str, every: bool) {
    let Id::Relation(key) = id else { return };
    let triggers: Vec<Id> = if every {
        doing.schema.attached(id).into_iter().filter(|id| matches!(id, Id::Trigger(..))).collect()
    } else {
        vec![Id::Trigger(key.clone(), name.to_owned())]
    };
    for trigger in triggers {
        if !doing.schema.has(&trigger) {
            doing.conflict(format!("{trigger} does not exist here"));
        }
        doing.schema.edit(&trigger, |entry| {
            if let Object::Trigger(TriggerState { state: found, .. }) = &mut entry.object {
                *found = (state != "ENABLE").then(|| state.to_owned());
            }
        });
    }
}

/// What a table says of an index follows its renaming.
pub(in crate::schema) fn rename_index(schema: &mut Schema, table: &Id, from: &str, to: &str) {
    schema.edit(table, |entry| {
        if let Object::Table(state) = &mut entry.object {
            if let Some((_, Some(index))) = &mut state.replica_identity
                && index == from
            {
                to.clone_into(index);
            }
            if state.cluster_on.as_deref() == Some(from) {
                state.cluster_on = Some(to.to_owned());
            }
        }
    });
}

/// The columns of a table as statements see them.
pub(super) fn columns_of(doing: &Doing<'_>, id: &Id) -> Vec<String> {
    match doing.schema.get(id).map(|entry| &entry.object) {
        Some(Object::Table(state)) => doing.schema.columns(&state.table.name).unwrap_or_default(),
        Some(Object::View(state)) => state.columns.clone().unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Whether a statement sees that column.
pub(super) fn has_column(doing: &Doing<'_>, id: &Id, column: &str) -> bool {
    match doing.schema.table(id) {
        Some(state) => state.columns_known && state.table.columns.iter().any(|found| found.name == column),
        None => columns_of(doing, id).iter().any(|found| found == column),
    }
}

/// Every descendant of a table.
pub(super) fn descendants(doing: &Doing<'_>, id: &Id) -> Vec<Id> {
    let mut found = Vec::new();
    let mut next = cascade::children(doing.schema, id);
    while let Some(child) = next.pop() {
        if !found.contains(&child) {
            next.extend(cascade::children(doing.schema, &child));
            found.push(child);
        }
    }
    found
}
