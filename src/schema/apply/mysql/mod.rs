//! What operations do on MySQL and MariaDB. A table holds its indexes; a foreign key brings one unless another does for it,
//! and that goes when another comes; views and statements of triggers name what they read by its name alone. Tried on MariaDB
//! 10.11 (`tests/live/mariadb`).

mod column;
mod keys;
mod table;

pub(crate) use keys::{counts_without_key, without_index};

use super::table::edit;
use super::{Doing, Existing};
use crate::ir::{ConstraintKind, ConstraintWord, Definition, Name, ObjectKind, ObjectRef, Op, Trigger, View};
use crate::schema::{DefinedState, Id, Key, Object, TableState, TriggerState, ViewState, doubt, facets};
use crate::sql::lex::{Lexer, Token, TokenKind, unquote};
use crate::sql::rules::MYSQL;
use std::sync::Arc;

/// Applies an operation.
pub(super) fn apply(doing: &mut Doing<'_>, op: &Op) {
    match op {
        Op::CreateTable { table, if_not_exists } => table::create(doing, table, *if_not_exists),
        Op::AlterTable { on, change } => table::alter(doing, on, change),
        Op::AddColumn { on, column, if_not_exists, position } => {
            column::add(doing, on, column, *if_not_exists, position.as_ref());
        }
        Op::AlterColumn { on, column, change } => column::alter(doing, on, column, change),
        Op::DropColumn { on, column, if_exists, .. } => column::drop(doing, on, column, *if_exists),
        Op::RenameColumn { on, from, to } => column::rename(doing, on, from, to),
        Op::AddConstraint { on, constraint } => keys::add_constraint(doing, on, constraint),
        Op::DropConstraint { on, name, if_exists, kind, .. } => {
            keys::drop_constraint(doing, on, name, *if_exists, kind.unwrap_or_whichever());
        }
        Op::CreateIndex { index, if_not_exists, .. } => keys::create_index(doing, index, *if_not_exists),
        Op::CreateView { view, or_replace, if_not_exists } => create_view(doing, view, *or_replace, *if_not_exists),
        Op::CreateTrigger { trigger, or_replace } => create_trigger(doing, trigger, *or_replace),
        Op::Define { definition, or_replace, .. } => define(doing, definition, *or_replace),
        Op::AlterDefinition { object, sql } => alter_definition(doing, object, sql),
        Op::Drop { object, if_exists, .. } => drop(doing, object, *if_exists),
        Op::Rename { object, to, if_exists } if object.kind == ObjectKind::Index => {
            keys::rename_index(doing, object, to, *if_exists);
        }
        Op::Rename { object, to, if_exists } => table::rename(doing, object, to, *if_exists),
        Op::Truncate { .. } => {}
        other => doing.conflict(format!("neither MySQL nor MariaDB has {}", other.kind().replace('_', " "))),
    }
}

/// Whichever kind of constraint has the name, where a statement does not say it.
trait OrWhichever {
    fn unwrap_or_whichever(self) -> keys::Wanted;
}

impl OrWhichever for Option<ConstraintWord> {
    fn unwrap_or_whichever(self) -> keys::Wanted {
        self.map_or(keys::Wanted::Whichever, keys::Wanted::Kind)
    }
}

/// When a server stops at what a foreign key rests on.
const UNLESS_OFF: &str = "the database refuses to drop it unless foreign_key_checks is off";

/// Whether a table has a foreign key to another.
fn refers(doing: &Doing<'_>, table: &Id, other: &Id) -> bool {
    let Some(state) = state(doing, table) else { return false };
    state.table.constraints.iter().any(|one| match &one.kind {
        ConstraintKind::ForeignKey(key) => doing.schema.relation(&key.references).as_ref() == Some(other),
        _ => false,
    })
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// The table of that name; says so when there is none.
fn table_of(doing: &mut Doing<'_>, name: &Name, if_exists: bool) -> Option<Id> {
    let id = doing.relation(name, if_exists)?;
    if doing.schema.table(&id).is_none() {
        doing.conflict(format!("{id} is not a table"));
        return None;
    }
    Some(id)
}

fn state<'d>(doing: &'d Doing<'_>, id: &Id) -> Option<&'d TableState> {
    doing.schema.table(id)
}

/// The name that a column has, however a statement spells it.
fn column_of(doing: &mut Doing<'_>, id: &Id, name: &str) -> Option<String> {
    let state = doing.schema.table(id)?;
    let found = state.table.columns.iter().find(|column| same(&column.name, name)).map(|column| column.name.clone());
    if found.is_none() && state.columns_known {
        doing.conflict_on(id, format!("column {id}.{name} does not exist here"));
    }
    found
}

/// Makes a table doubtful.
fn mark(doing: &mut Doing<'_>, id: &Id, why: impl Into<String>) {
    let why: Arc<str> = why.into().into();
    doubt::mark(doing.schema, id, &why);
}

fn create_view(doing: &mut Doing<'_>, view: &View, or_replace: bool, if_not_exists: bool) {
    let id = Id::Relation(doing.schema.home(&view.name));
    let columns = Some(view.columns.clone()).filter(|columns| !columns.is_empty());
    let object = Object::View(ViewState { view: view.clone(), columns, defaults: Default::default() });
    let existing = if or_replace { Existing::Replaced } else { Existing::or_kept(if_not_exists) };
    if doing.create(id.clone(), object, existing)
        && let Some(missing) = missing_in(doing, &id)
    {
        doing.conflict(format!("{id} reads {missing}, which does not exist here"));
    }
}

/// What a view reads that is not there: the server looks when it is made, and not later on.
fn missing_in(doing: &Doing<'_>, id: &Id) -> Option<String> {
    let entry = doing.schema.get(id)?;
    entry.uses.iter().filter(|used| used.id != *id && matches!(used.id, Id::Relation(_))).find_map(|used| {
        let Some(entry) = doing.schema.get(&used.id) else { return Some(used.id.to_string()) };
        let column = used.column.as_ref()?;
        let state = entry.object.as_table().filter(|state| state.columns_known)?;
        let is_there = state.table.columns.iter().any(|own| same(&own.name, column));
        (!is_there).then(|| format!("column {}.{column}", used.id))
    })
}

/// The column of its table that the body of a trigger says and that is not there, which the server looks for when it is made.
fn missing_column(doing: &Doing<'_>, table: &Id, trigger: &Trigger) -> Option<String> {
    let body = trigger.body.as_deref()?;
    let state = state(doing, table).filter(|state| state.columns_known)?;
    let tokens: Vec<Token> = Lexer::by(&MYSQL, body).filter(|token| token.kind != TokenKind::Comment).collect();
    tokens.windows(3).find_map(|run| {
        let [row, dot, column] = run else { return None };
        let is_row = ["NEW", "OLD"].iter().any(|word| same(word, row.text(body)));
        let written = column.text(body);
        let name = if column.kind == TokenKind::Quoted { unquote(written)? } else { written.to_owned() };
        let is_there = state.table.columns.iter().any(|own| same(&own.name, &name));
        (is_row && dot.text(body) == "." && !is_there).then_some(name)
    })
}

/// The trigger of that name, whatever table it is on.
fn trigger_named(doing: &Doing<'_>, name: &str) -> Option<Id> {
    let is_it = |id: &&Id| matches!(id, Id::Trigger(_, own) if own == name);
    doing.schema.iter().map(|(id, _)| id).find(is_it).cloned()
}

fn create_trigger(doing: &mut Doing<'_>, trigger: &Trigger, or_replace: bool) {
    let Some(Id::Relation(table)) = table_of(doing, &trigger.table, false) else { return };
    if let Some(found) = trigger_named(doing, &trigger.name) {
        if !or_replace {
            doing.conflict(format!("{found} exists already"));
            return;
        }
        take_trigger(doing, &found);
    }
    let id = Id::Trigger(table.clone(), trigger.name.clone());
    if let Some(column) = missing_column(doing, &Id::Relation(table.clone()), trigger) {
        doing.conflict(format!("{id} says column {column}, which does not exist here"));
    }
    let mut trigger = trigger.clone();
    let peers = peers(doing, &table, &trigger);
    let order = trigger.order.take();
    let place = match &order {
        Some((word, other)) => {
            peers.iter().position(|(_, name)| name == other).map(|at| at + usize::from(word == "FOLLOWS"))
        }
        None => Some(peers.len()),
    };
    let Some(place) = place else {
        doing.conflict(format!("{id} stands beside a trigger that does not exist here"));
        return;
    };
    let mut names: Vec<String> = peers.into_iter().map(|(_, name)| name).collect();
    names.insert(place, trigger.name.clone());
    doing.create(id, Object::Trigger(TriggerState { trigger, state: None }), Existing::Conflicts);
    chain(doing, &table, &names);
}

/// The triggers on the same event of a table, in the order in which they are run.
fn peers(doing: &Doing<'_>, table: &Key, trigger: &Trigger) -> Vec<(Option<String>, String)> {
    let of = |id: &Id| match (id, doing.schema.get(id).map(|entry| &entry.object)) {
        (Id::Trigger(on, _), Some(Object::Trigger(state)))
            if on == table && state.trigger.timing == trigger.timing && state.trigger.events == trigger.events =>
        {
            let before = state.trigger.order.as_ref().map(|(_, name)| name.clone());
            Some((before, state.trigger.name.clone()))
        }
        _ => None,
    };
    let mut left: Vec<(Option<String>, String)> = doing.schema.iter().filter_map(|(id, _)| of(id)).collect();
    let mut found: Vec<(Option<String>, String)> = Vec::new();
    while let Some(at) = left.iter().position(|(before, _)| before.as_ref() == found.last().map(|(_, name)| name)) {
        found.push(left.remove(at));
    }
    found
}

/// Says of each trigger which it follows.
fn chain(doing: &mut Doing<'_>, table: &Key, names: &[String]) {
    for (at, name) in names.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| names.get(before)).cloned();
        doing.schema.edit(&Id::Trigger(table.clone(), name.clone()), |entry| {
            if let Object::Trigger(state) = &mut entry.object {
                state.trigger.order = before.map(|name| ("FOLLOWS".to_owned(), name));
            }
        });
    }
}

fn take_trigger(doing: &mut Doing<'_>, id: &Id) {
    let Some(Object::Trigger(state)) = doing.schema.get(id).map(|entry| entry.object.clone()) else { return };
    let Id::Trigger(table, name) = id else { return };
    let names: Vec<String> = peers(doing, table, &state.trigger).into_iter().map(|(_, name)| name).collect();
    doing.schema.take(id);
    chain(doing, table, &names.into_iter().filter(|other| other != name).collect::<Vec<_>>());
}

fn define(doing: &mut Doing<'_>, definition: &Definition, or_replace: bool) {
    let id = facets::defined_id(doing.schema, &definition.object);
    let object = Object::Defined(DefinedState { definition: definition.clone(), altered: Vec::new() });
    doing.create(id, object, Existing::or_replaced(or_replace));
}

fn alter_definition(doing: &mut Doing<'_>, object: &ObjectRef, sql: &str) {
    let id = facets::defined_id(doing.schema, object);
    if !doing.schema.has(&id) {
        doing.missing(object);
        return;
    }
    doing.schema.edit(&id, |entry| {
        if let Object::Defined(state) = &mut entry.object {
            state.altered.push(sql.to_owned());
        }
    });
}

fn drop(doing: &mut Doing<'_>, object: &ObjectRef, if_exists: bool) {
    let found = match object.kind {
        ObjectKind::Index => return keys::drop_index(doing, object, if_exists),
        ObjectKind::Trigger => trigger_named(doing, &object.name.name),
        ObjectKind::Table | ObjectKind::View => doing.schema.relation(&object.name),
        _ => Some(facets::defined_id(doing.schema, object)).filter(|id| doing.schema.has(id)),
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
        _ => true,
    };
    if !fits {
        doing.conflict(format!("{id} is not a {}", object.kind));
        return;
    }
    if matches!(id, Id::Trigger(..)) {
        take_trigger(doing, &id);
        return;
    }
    let refers =
        doing.schema.users(&id).find(|user| **user != id && !doing.together.contains(user) && refers(doing, user, &id));
    if let Some(other) = refers.cloned() {
        doing.in_the_way(format!("a foreign key of {other} refers to {id}"), UNLESS_OFF);
    }
    for one in doing.schema.attached(&id).iter().chain([&id]) {
        doing.schema.take(one);
    }
}
