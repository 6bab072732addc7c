//! What operations do on SQLite. It has one schema and few statements; objects name each other by name alone, so that what
//! is named need not be there; `ALTER TABLE … RENAME` follows names in every other definition. Source: `alter.c` and
//! `build.c` of SQLite 3.50, and its documentation of `ALTER TABLE`.

use super::table::{edit, has_column};
use super::{Doing, Existing};
use crate::ir::{
    Column, Constraint, ConstraintKind, Index, KeyPart, Name, ObjectKind, ObjectRef, Op, Persistence, Place, Table,
    Trigger, View,
};
use crate::schema::{
    Id, IndexState, Key, Object, Part, Schema, TableState, TriggerState, ViewState, doubt, rename, rename_column,
};
use crate::sql::sqlite;
use std::sync::Arc;

/// Applies an operation, which names what is there in the spelling that it has.
pub(super) fn apply(doing: &mut Doing<'_>, op: &Op) {
    match op {
        Op::CreateTable { table, if_not_exists } => create_table(doing, table, *if_not_exists),
        Op::AddColumn { on, column, .. } => add_column(doing, on, column),
        Op::AddConstraint { on, constraint } => add_constraint(doing, on, constraint),
        Op::DropColumn { on, column, .. } => drop_column(doing, on, column),
        Op::RenameColumn { on, from, to } => rename_column(doing, on, from, to),
        Op::CreateIndex { index, if_not_exists, .. } => create_index(doing, index, *if_not_exists),
        Op::CreateView { view, if_not_exists, .. } => create_view(doing, view, *if_not_exists),
        Op::CreateTrigger { trigger, .. } => create_trigger(doing, trigger),
        Op::Drop { object, if_exists, .. } => drop(doing, object, *if_exists),
        Op::Rename { object, to, .. } => rename_table(doing, object, to),
        other => doing.conflict(format!("SQLite has no {}", other.kind().replace('_', " "))),
    }
}

fn id_of(name: &str) -> Id {
    Id::Relation(Key::new("", name))
}

fn create_table(doing: &mut Doing<'_>, written: &Table, if_not_exists: bool) {
    let temporary = written.persistence == Persistence::Temporary;
    let id = Id::Relation(doing.home_of(&written.name, temporary));
    let table = written.clone();
    // What a query gives only the database can tell.
    let columns_known = table.as_query.is_none();
    let state = TableState { columns_known, ..TableState::new(table) };
    if doing.create(id.clone(), Object::Table(Box::new(state)), Existing::or_kept(if_not_exists)) {
        refresh_users(doing.schema, &id);
    }
}

fn add_column(doing: &mut Doing<'_>, on: &Place, column: &Column) {
    let Some(id) = table_of(doing, &on.table) else { return };
    if has_column(doing, &id, &column.name) {
        doing.conflict_on(&id, format!("column {id}.{} exists already", column.name));
        doubt::mark(doing.schema, &id, &format!("column {} was added twice", column.name).into());
        return;
    }
    if let Some(why) = sqlite::cannot_add(column) {
        doing.conflict(format!("column {id}.{} cannot be added: {why}", column.name));
    }
    edit(doing, &id, |state| state.table.columns.push(column.clone()));
    refresh_users(doing.schema, &id);
}

/// A constraint comes with the column that was added before it.
fn add_constraint(doing: &mut Doing<'_>, on: &Place, constraint: &Constraint) {
    let Some(id) = table_of(doing, &on.table) else { return };
    if let ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_) = &constraint.kind {
        doing.conflict(format!("a key cannot be added to {id}"));
    }
    edit(doing, &id, |state| state.table.constraints.push(constraint.clone()));
}

fn drop_column(doing: &mut Doing<'_>, on: &Place, column: &str) {
    let Some(id) = table_of(doing, &on.table) else { return };
    if !has_column(doing, &id, column) {
        doing.conflict_on(&id, format!("column {id}.{column} does not exist here"));
        return;
    }
    if let Some(why) = keeps_column(doing.schema, &id, column) {
        doing.conflict(format!("column {id}.{column} cannot be dropped: {why}"));
    }
    edit(doing, &id, |state| {
        state.table.columns.retain(|found| found.name != column);
        state.table.constraints.retain(|constraint| !(constraint.inline && constraint.is_on(column)));
    });
    refresh_users(doing.schema, &id);
}

/// Why SQLite does not drop a column, if it does not.
pub(crate) fn keeps_column(schema: &Schema, id: &Id, column: &str) -> Option<String> {
    let entry = schema.get(id)?;
    let state = entry.object.as_table()?;
    if state.table.columns.len() == 1 {
        return Some("it is the only one".to_owned());
    }
    for constraint in state.table.constraints.iter().filter(|constraint| constraint.is_on(column)) {
        match constraint.kind {
            ConstraintKind::PrimaryKey(_) => return Some("it is in the primary key".to_owned()),
            ConstraintKind::Unique(_) => return Some("it is unique".to_owned()),
            _ if !constraint.inline => return Some("a constraint of the table is on it".to_owned()),
            _ => {}
        }
    }
    for used in entry.uses.iter().filter(|used| used.id == *id && used.column.as_deref() == Some(column)) {
        match &used.part {
            Part::Column(other) if other != column => return Some(format!("{other} is computed from it")),
            // Those that stand in the column's own definition go with it.
            Part::Constraint(name) => {
                let stays = |constraint: &&Constraint| {
                    constraint.name.as_deref().unwrap_or_default() == name
                        && matches!(constraint.kind, ConstraintKind::Check { .. })
                        && !(constraint.inline && constraint.is_on(column))
                };
                if state.table.constraints.iter().find(stays).is_some_and(|check| names_column(check, column)) {
                    return Some("a check of the table is on it".to_owned());
                }
            }
            _ => {}
        }
    }
    let user = schema.users(id).filter(|user| *user != id).find(|user| {
        let uses = schema.get(user).map(|entry| entry.uses.clone()).unwrap_or_default();
        let is_table = schema.table(user).is_some();
        !is_table && uses.iter().any(|used| used.id == *id && used.column.as_deref() == Some(column))
    });
    user.map(|user| format!("{user} uses it"))
}

fn names_column(check: &Constraint, column: &str) -> bool {
    match &check.kind {
        ConstraintKind::Check { expr, .. } => {
            doubt::words(&expr.0).iter().any(|word| word.eq_ignore_ascii_case(column))
        }
        _ => false,
    }
}

fn rename_column(doing: &mut Doing<'_>, on: &Place, from: &str, to: &str) {
    let Some(id) = table_of(doing, &on.table) else { return };
    if !has_column(doing, &id, from) {
        doing.conflict_on(&id, format!("column {id}.{from} does not exist here"));
        return;
    }
    if has_column(doing, &id, to) {
        doing.conflict_on(&id, format!("column {id}.{to} exists already"));
        return;
    }
    let told = bodies_that_say(doing.schema, &id, from);
    rename_column::column(doing.schema, &id, from, to);
    edit(doing, &id, |state| {
        for constraint in &mut state.table.constraints {
            if let ConstraintKind::Check { column: Some(own), .. } = &mut constraint.kind
                && own == from
            {
                to.clone_into(own);
            }
        }
    });
    for trigger in told {
        let why = format!("column {id}.{from} was renamed to {to}, and its statements could not be followed");
        doubt::mark(doing.schema, &trigger, &why.into());
    }
}

/// The triggers whose statements say a name, of those that have to do with a table.
fn bodies_that_say(schema: &Schema, table: &Id, name: &str) -> Vec<Id> {
    let says = |id: &&Id| match schema.get(id).map(|entry| &entry.object) {
        Some(Object::Trigger(state)) => state
            .trigger
            .body
            .as_deref()
            .is_some_and(|body| doubt::words(body).iter().any(|word| word.eq_ignore_ascii_case(name))),
        _ => false,
    };
    schema.users(table).filter(says).cloned().collect()
}

fn create_index(doing: &mut Doing<'_>, index: &Index, if_not_exists: bool) {
    let Some(table) = table_of(doing, &index.table) else { return };
    let missing = index.keys.iter().find_map(|key| match &key.part {
        KeyPart::Column(column) if !has_column(doing, &table, column) => Some(column.clone()),
        _ => None,
    });
    if let Some(column) = missing.filter(|_| doing.schema.table(&table).is_some_and(|state| state.columns_known)) {
        doing.conflict_on(&table, format!("column {table}.{column} does not exist here"));
        return;
    }
    let id = id_of(index.name.as_deref().unwrap_or_default());
    let object = Object::Index(IndexState { index: index.clone(), attached_to: None });
    doing.create(id, object, Existing::or_kept(if_not_exists));
}

fn create_view(doing: &mut Doing<'_>, view: &View, if_not_exists: bool) {
    let id = Id::Relation(doing.home_of(&view.name, view.temporary));
    let columns = Some(view.columns.clone()).filter(|columns| !columns.is_empty());
    let object = Object::View(ViewState { view: view.clone(), columns, defaults: Default::default() });
    if doing.create(id.clone(), object, Existing::or_kept(if_not_exists)) {
        refresh_users(doing.schema, &id);
    }
}

fn create_trigger(doing: &mut Doing<'_>, trigger: &Trigger) {
    let Some(Id::Relation(table)) = doing.relation(&trigger.table, false) else { return };
    if let Some(id) = trigger_named(doing.schema, &trigger.name) {
        doing.conflict(format!("{id} exists already"));
        return;
    }
    let id = Id::Trigger(table, trigger.name.clone());
    doing.create(id, Object::Trigger(TriggerState { trigger: trigger.clone(), state: None }), Existing::Conflicts);
}

/// The trigger of that name, whatever table it is on.
pub(in crate::schema) fn trigger_named(schema: &Schema, name: &str) -> Option<Id> {
    let is_it = |id: &&Id| matches!(id, Id::Trigger(_, own) if own.eq_ignore_ascii_case(name));
    schema.iter().map(|(id, _)| id).find(is_it).cloned()
}

fn drop(doing: &mut Doing<'_>, object: &ObjectRef, if_exists: bool) {
    let found = match object.kind {
        ObjectKind::Trigger => trigger_named(doing.schema, &object.name.name),
        _ => doing.schema.relation(&object.name),
    };
    let Some(id) = found else {
        if !if_exists {
            doing.missing(object);
        }
        return;
    };
    let fits = match doing.schema.get(&id).map(|entry| &entry.object) {
        Some(Object::Table(_)) => object.kind == ObjectKind::Table,
        Some(Object::View(_)) => object.kind == ObjectKind::View,
        Some(Object::Index(_)) => object.kind == ObjectKind::Index,
        _ => true,
    };
    if !fits {
        doing.conflict(format!("{id} is not a {}", object.kind));
        return;
    }
    // Its indexes and triggers go with it; whatever else names it goes on doing so.
    let with: Vec<Id> = doing.schema.users(&id).filter(|user| goes_along(doing.schema, user, &id)).cloned().collect();
    for one in with.iter().chain([&id]) {
        doing.schema.take(one);
    }
    refresh_users(doing.schema, &id);
}

fn goes_along(schema: &Schema, user: &Id, table: &Id) -> bool {
    match schema.get(user).map(|entry| &entry.object) {
        Some(Object::Index(state)) => id_of(&state.index.table.name) == *table,
        Some(Object::Trigger(_)) => matches!(table, Id::Relation(key) if user.owner() == Some(key)),
        _ => false,
    }
}

fn rename_table(doing: &mut Doing<'_>, object: &ObjectRef, to: &str) {
    let Some(id) = table_of(doing, &object.name) else { return };
    let new = id_of(to);
    if doing.schema.has(&new) {
        doing.conflict(format!("{new} exists already"));
        return;
    }
    let Id::Relation(key) = &id else { return };
    let told: Vec<Id> = bodies_that_say(doing.schema, &id, &key.name);
    rename::object(doing, &ObjectRef::new(ObjectKind::Table, Name::bare(&key.name)), to, false);
    let why: Arc<str> =
        format!("table {} was renamed to {to}, and its statements could not be followed", key.name).into();
    for trigger in told {
        // It has moved with its table.
        let now = match &trigger {
            Id::Trigger(on, name) if on == key => Id::Trigger(Key::new("", to), name.clone()),
            other => other.clone(),
        };
        doubt::mark(doing.schema, &now, &why);
    }
    refresh_users(doing.schema, &new);
}

/// The table of that name; says so when there is none.
fn table_of(doing: &mut Doing<'_>, name: &Name) -> Option<Id> {
    let id = doing.relation(name, false)?;
    if doing.schema.table(&id).is_none() {
        doing.conflict(format!("{id} is not a table"));
        return None;
    }
    Some(id)
}

/// What names an object by its name may mean other columns now.
fn refresh_users(schema: &mut Schema, id: &Id) {
    let users: Vec<Id> = schema.users(id).filter(|user| *user != id).cloned().collect();
    for user in users {
        schema.refresh(&user);
    }
}
